//! Reading a number as people type it. Showing numbers is `browser::intl`'s.

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
}
