//! Numbers: read as people type them, written as fields and sentences have them.

use super::fuzzy::half_width;

/// What a field for a number was given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Typed {
    /// Nothing, or only spaces.
    Nothing,
    /// A number.
    Number(f64),
    /// Something else.
    NotANumber,
}

/// Reads a number: point or comma before the decimals, spaces (also thin and
/// no-break ones) or apostrophes between thousands, full-width digits, a sign.
/// A comma followed by exactly three digits, or more than one comma, separates
/// thousands ("1,020" is 1020 hours, never 1.02). Exponents and infinities are
/// not what a teacher means and are refused.
#[must_use]
pub fn read(text: &str) -> Typed {
    let plain: String = text
        .chars()
        .map(half_width)
        .map(|letter| match letter {
            '−' => '-',
            '，' | '、' => ',',
            '。' => '.',
            other => other,
        })
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '\'' | '’'))
        .collect();
    if plain.is_empty() {
        return Typed::Nothing;
    }
    if !plain
        .chars()
        .all(|letter| letter.is_ascii_digit() || matches!(letter, '-' | '+' | '.' | ','))
    {
        return Typed::NotANumber;
    }
    let commas = plain.matches(',').count();
    let thousands = commas > 0
        && plain.split(',').skip(1).all(|group| {
            group
                .split('.')
                .next()
                .is_some_and(|digits| digits.len() == 3)
        })
        && !plain.trim_start_matches(['-', '+']).starts_with([',', '0'])
        && !plain
            .split_once('.')
            .is_some_and(|(_, decimals)| decimals.contains(','));
    let plain = if thousands {
        plain.replace(',', "")
    } else {
        plain.replace(',', ".")
    };
    plain
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
        .map_or(Typed::NotANumber, Typed::Number)
}

/// A number as it stands in a field: as few digits as it takes, no grouping.
#[must_use]
pub fn write(number: f64) -> String {
    // At most six decimals: nobody types a float's rounding noise.
    let text = format!("{number:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A number in a sentence or a table: groups of three, a point, at most two
/// decimals, halves away from zero ("2,688", "62.95"). Both languages of the editor
/// write it so, and so does `Intl.NumberFormat`, of which the first one alone takes a
/// page some 26 ms on a slow machine.
#[must_use]
pub fn shown(number: f64) -> String {
    // The fewest digits that mean this number: 2.675 is a half in them.
    let digits = number.abs().to_string();
    let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
    let Ok(cut) = format!("{whole}{decimals:0<2.2}").parse::<u128>() else {
        return number.to_string();
    };
    let up = decimals.as_bytes().get(2).is_some_and(|it| *it >= b'5');
    let hundredths = cut + u128::from(up);
    let mut text = String::new();
    if number < 0.0 && hundredths > 0 {
        text.push('-');
    }
    let whole = (hundredths / 100).to_string();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    let decimals = format!(".{:02}", hundredths % 100);
    text.push_str(decimals.trim_end_matches('0').trim_end_matches('.'));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (text, number) in [
            ("80", 80.0),
            (" 62.95 ", 62.95),
            ("62,95", 62.95),
            ("1,020", 1020.0),
            ("1,020.5", 1020.5),
            ("1 020", 1020.0),
            ("1\u{202f}020", 1020.0),
            ("1'020", 1020.0),
            ("8０", 80.0),
            ("−3", -3.0),
            ("0,125", 0.125),
            ("1,000,000", 1_000_000.0),
        ] {
            assert_eq!(read(text), Typed::Number(number), "{text}");
        }
    }

    #[test]
    fn nothing_and_nonsense_are_told_apart() {
        assert_eq!(read("  "), Typed::Nothing);
        for text in ["h", "8h", "1e9", "inf", "NaN", "1,2,3", "--1", "1.2.3", "."] {
            assert_eq!(read(text), Typed::NotANumber, "{text}");
        }
    }

    #[test]
    fn a_written_number_reads_back_as_itself() {
        for number in [0.0, 1.0, 1.5, 17.12, 2688.0, -4.25] {
            assert_eq!(read(&write(number)), Typed::Number(number));
        }
        assert_eq!(write(0.1 + 0.2), "0.3");
    }

    #[test]
    fn a_shown_number_is_grouped_and_rounded_as_intl_has_it_in_both_languages() {
        // By `Intl.NumberFormat` of "en" and "zh-CN", which agree, in Node 20.
        for (number, text) in [
            (0.0, "0"),
            (7.0, "7"),
            (999.0, "999"),
            (1000.0, "1,000"),
            (2688.0, "2,688"),
            (25_000.0, "25,000"),
            (1_234_567.0, "1,234,567"),
            (62.95, "62.95"),
            (0.5, "0.5"),
            (4.1, "4.1"),
            (0.125, "0.13"),
            (2.675, "2.68"),
            (1.005, "1.01"),
            (0.285, "0.29"),
            (999.995, "1,000"),
            (1999.999, "2,000"),
            (1.0 / 3.0, "0.33"),
            (2.0 / 3.0, "0.67"),
            (0.004, "0"),
            (-4.25, "-4.25"),
            (-1020.5, "-1,020.5"),
            (1e21, "1,000,000,000,000,000,000,000"),
            (1_234_567.891, "1,234,567.89"),
        ] {
            assert_eq!(shown(number), text, "{number}");
        }
    }

    #[test]
    fn nothing_below_nothing_has_a_sign_and_no_number_at_all_is_said() {
        assert_eq!(shown(-0.0), "0");
        assert_eq!(shown(-0.004), "0");
        assert_eq!(shown(f64::NAN), "NaN");
        assert_eq!(shown(1e300), 1e300.to_string());
    }
}
