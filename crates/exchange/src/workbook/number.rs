//! Numbers as the cell shows them: dates, percentages, and the words that a
//! number format puts around a number. All else is the number itself: what a
//! format rounds away is still meant.

use crate::dates::calendar_day;

/// What a number format makes of a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Format {
    /// The number.
    #[default]
    Plain,
    /// A day, a time or both.
    Date,
    /// Times 100.
    Percent,
    /// With words around it: `0"学时"`, `(0)`.
    Worded(String, String),
}

/// The format behind a built-in number.
pub(super) fn built_in(id: u32) -> Format {
    match id {
        9 | 10 => Format::Percent,
        // 27 to 36 and 50 to 58 are dates of East Asian editions.
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Format::Date,
        _ => Format::Plain,
    }
}

/// The format that a code writes, by its first section.
pub(super) fn written(code: &str) -> Format {
    if code.eq_ignore_ascii_case("general") {
        return Format::Plain;
    }
    let (mut before, mut after) = (String::new(), String::new());
    let (mut digits, mut date, mut percent) = (false, false, false);
    let mut letters = code.chars();
    let mut word = |letter: char, digits: bool| {
        if digits {
            after.push(letter);
        } else {
            before.push(letter);
        }
    };
    while let Some(letter) = letters.next() {
        match letter {
            ';' => break,
            '"' => {
                for quoted in letters.by_ref().take_while(|letter| *letter != '"') {
                    word(quoted, digits);
                }
            }
            '\\' => letters
                .next()
                .into_iter()
                .for_each(|letter| word(letter, digits)),
            // Room as wide as a letter, or a letter to fill with.
            '_' | '*' => {
                letters.next();
            }
            '[' => {
                let inner: String = letters
                    .by_ref()
                    .take_while(|letter| *letter != ']')
                    .collect();
                let elapsed = inner.chars().all(|letter| "hmsHMS".contains(letter));
                date |= elapsed && !inner.is_empty();
            }
            '%' => percent = true,
            '0' | '#' | '?' => digits = true,
            'G' | 'g' => {
                // `General` with words around it.
                digits = true;
                letters = letters
                    .as_str()
                    .trim_start_matches(['e', 'n', 'r', 'a', 'l', 'E', 'N', 'R', 'A', 'L'])
                    .chars();
            }
            '(' | ')' => word(letter, digits),
            'y' | 'm' | 'd' | 'h' | 's' | 'Y' | 'M' | 'D' | 'H' | 'S' | 'e' if !digits => {
                date = true;
            }
            '年' | '月' | '日' => {}
            _ => {}
        }
    }
    if date {
        return Format::Date;
    }
    if percent {
        return Format::Percent;
    }
    let says = |text: &str| {
        text.chars()
            .any(|letter| letter.is_alphabetic() || "()/".contains(letter))
    };
    if says(&before) || says(&after) {
        return Format::Worded(before, after);
    }
    Format::Plain
}

/// A number as text. `from_1904`: the workbook counts days from 1904.
pub(super) fn shown(raw: &str, format: &Format, from_1904: bool) -> String {
    let raw = raw.trim();
    let Some(number) = raw.parse::<f64>().ok().filter(|number| number.is_finite()) else {
        return raw.to_owned();
    };
    match format {
        Format::Plain => plain(raw, number),
        Format::Percent => format!("{}%", plain(raw, number * 100.0)),
        Format::Worded(before, after) => format!("{before}{}{after}", plain(raw, number)),
        Format::Date => moment(number, from_1904).unwrap_or_else(|| plain(raw, number)),
    }
}

/// Fifteen digits, as spreadsheets show at most: 0.1 + 0.2 is 0.3.
fn plain(raw: &str, number: f64) -> String {
    if number.abs() >= 1e15 || (number != 0.0 && number.abs() < 1e-9) {
        return raw.to_owned();
    }
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    // No minus in front of a zero.
    format!("{}", rounded + 0.0)
}

/// Days since the turn of 1900, with the time as their fraction.
fn moment(number: f64, from_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    let minutes = (number.fract() * 1_440.0).round() as i64;
    let day = number.trunc() as i64 + minutes / 1_440;
    let minutes = minutes % 1_440;
    let time = format!("{:02}:{:02}", minutes / 60, minutes % 60);
    if day == 0 && !from_1904 {
        return Some(time);
    }
    // Days to 1970-01-01; before March 1900 the count of 1900 is one ahead.
    let to_1970 = match (from_1904, day) {
        (true, _) => 24_107,
        (false, ..=59) => 25_568,
        (false, _) => 25_569,
    };
    let (year, month, day) = calendar_day(day - to_1970);
    let date = format!("{year:04}-{month:02}-{day:02}");
    Some(if minutes == 0 {
        date
    } else {
        format!("{date} {time}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_as_its_cell_shows_it() {
        for (raw, code, wanted) in [
            ("48", "General", "48"),
            ("48.0", "0.00", "48"),
            ("0.30000000000000004", "0.0", "0.3"),
            ("3.5", "0", "3.5"),
            ("-0", "0", "0"),
            ("46272", "yyyy-mm-dd", "2026-09-07"),
            ("46272.354166666664", "yyyy/m/d h:mm", "2026-09-07 08:30"),
            ("46272", "yyyy\"年\"m\"月\"d\"日\"", "2026-09-07"),
            ("46272", "[$-804]aaaa", "46272"),
            ("60", "yyyy-mm-dd", "1900-02-28"),
            ("0.5", "h:mm", "12:00"),
            ("0.35", "0%", "35%"),
            ("2", "0\"W\"", "2W"),
            ("4", "General\"学时\"", "4学时"),
            ("108", "(0)", "(108)"),
            ("108", "0_);(0)", "108"),
            ("48", "#,##0.00_ ", "48"),
            ("1e300", "0", "1e300"),
            ("#REF!", "0", "#REF!"),
        ] {
            assert_eq!(shown(raw, &written(code), false), wanted, "{raw} {code}");
        }
        assert_eq!(shown("44810", &built_in(14), true), "2026-09-07");
    }

    #[test]
    fn every_day_has_a_day_after_it() {
        let mut before = calendar_day(-30_000);
        for days in -29_999..60_000 {
            let day = calendar_day(days);
            assert!(day > before && (1..=12).contains(&day.1) && (1..=31).contains(&day.2));
            before = day;
        }
    }
}
