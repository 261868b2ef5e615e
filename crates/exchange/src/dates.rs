//! Days of the Gregorian calendar, without a clock.

/// The day of the calendar so many days after 1 January 1970: year, month, day
/// (`civil_from_days` of Howard Hinnant's date algorithms).
pub(crate) const fn calendar_day(days: i64) -> (i64, i64, i64) {
    // Days since the first of March of year 0, in eras of 400 years.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day = shifted.rem_euclid(146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, date)
}

/// The number of days from 1 January 1970 to a day written `2026-09-07`.
pub(crate) fn day_number(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, '-').map(str::parse::<i64>);
    let (year, month, day) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let from_march = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    let day = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    Some(era * 146_097 + day - 719_468)
}

/// A moment in milliseconds since 1970: the day, and hours, minutes, seconds.
pub(crate) const fn time_of(at: i64) -> ((i64, i64, i64), (i64, i64, i64)) {
    let seconds = at.div_euclid(1000);
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    (
        calendar_day(days),
        (rest / 3_600, rest / 60 % 60, rest % 60),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_its_number_and_back() {
        for (text, number) in [
            ("1970-01-01", 0),
            ("2024-02-29", 19_782),
            ("2000-03-01", 11_017),
            ("1900-01-01", -25_567),
            ("2299-12-31", 120_529),
        ] {
            assert_eq!(day_number(text), Some(number), "{text}");
            let (year, month, day) = calendar_day(number);
            assert_eq!(format!("{year:04}-{month:02}-{day:02}"), text);
        }
        assert_eq!(day_number("soon"), None);
    }
}
