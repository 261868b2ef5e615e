//! Addresses of cells: `B7` is column 1 of line 7.

/// The last column and line that a workbook can have.
pub(super) const LAST_COLUMN: usize = 16_384;
pub(super) const LAST_LINE: u64 = 1_048_576;

/// The column (from 0) and the line (from 1) of an address.
pub(super) fn address(text: &str) -> Option<(usize, u64)> {
    let digits = text.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, line) = text.split_at_checked(digits)?;
    let line: u64 = line.parse().ok()?;
    let mut column = 0;
    for letter in letters.bytes() {
        let letter = letter.to_ascii_uppercase();
        if !letter.is_ascii_uppercase() || column > LAST_COLUMN {
            return None;
        }
        column = column * 26 + usize::from(letter - b'A') + 1;
    }
    let fits = (1..=LAST_COLUMN).contains(&column) && (1..=LAST_LINE).contains(&line);
    fits.then(|| (column - 1, line))
}

/// The letters of a column.
pub(super) fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + u8::try_from(column % 26).unwrap_or(0));
        if column < 26 {
            break;
        }
        column = column / 26 - 1;
    }
    letters
        .iter()
        .rev()
        .map(|letter| char::from(*letter))
        .collect()
}

/// Cells that are shown as one: the first and the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Merge {
    pub first: (usize, u64),
    pub last: (usize, u64),
}

impl Merge {
    /// Reads `A3:A9`.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':')?;
        let (first, last) = (address(first)?, address(last)?);
        (first.0 <= last.0 && first.1 <= last.1).then_some(Self { first, last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_read_and_write() {
        for (text, wanted) in [
            ("A1", Some((0, 1))),
            ("Z9", Some((25, 9))),
            ("AA10", Some((26, 10))),
            ("xfd1048576", Some((16_383, 1_048_576))),
            ("XFE1", None),
            ("A0", None),
            ("A1048577", None),
            ("1", None),
            ("A", None),
            ("É1", None),
            ("AAAAAAAAAAAAAAAAAAAA1", None),
        ] {
            assert_eq!(address(text), wanted, "{text}");
        }
        for column in 0..LAST_COLUMN {
            assert_eq!(address(&format!("{}1", letters(column))), Some((column, 1)));
        }
        assert_eq!(Merge::parse("B2:A1"), None);
    }
}
