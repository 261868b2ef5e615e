//! Texts longer than a cell can be. Excel refuses a file with such a cell, so the
//! text is cut on its way out, and a sign says so. On the way back into the plan
//! it came from, what somebody changed of the part in the cell takes that part's
//! place, and the rest stays.

/// The most UTF-16 units that a cell can hold.
const TEXT_LIMIT: usize = 32_767;
/// What stands where a text was cut.
pub(super) const SIGN: char = '…';
/// How many letters before the cut tell that a cell was cut from a text.
const SEAM: usize = 40;

/// The part of a text that a cell holds before the sign; none: all of it fits.
pub(super) fn cut(text: &str) -> Option<&str> {
    // A letter has at least as many bytes as units.
    if text.len() <= TEXT_LIMIT || text.encode_utf16().count() <= TEXT_LIMIT {
        return None;
    }
    let mut units = 1;
    let over = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > TEXT_LIMIT
    });
    over.and_then(|(at, _)| text.get(..at))
}

/// A text that a plan has, with what a cell says in place of the part that was
/// written into it; none where the cell was not cut from this text.
pub(crate) fn joined(cell: &str, known: &str) -> Option<String> {
    let part = cut(known)?;
    let said = cell.strip_suffix(SIGN)?;
    let (seam, _) = part.char_indices().rev().nth(SEAM - 1)?;
    let rest = known.get(part.len()..)?;
    said.ends_with(part.get(seam..)?)
        .then(|| format!("{said}{rest}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Letters of one, two and three bytes, and one of two units.
    fn text(length: usize) -> String {
        "a车é😀b"
            .chars()
            .cycle()
            .take(length)
            .enumerate()
            .map(|(at, letter)| if at % 7 == 0 { 'x' } else { letter })
            .collect()
    }

    fn written(text: &str) -> String {
        cut(text).map_or_else(|| text.to_owned(), |part| format!("{part}{SIGN}"))
    }

    #[test]
    fn a_text_is_cut_between_letters_at_the_longest_that_a_cell_holds() {
        for length in [0, 32_766, 32_767] {
            assert_eq!(cut(&"a".repeat(length)), None);
        }
        for length in 32_768..32_780 {
            for text in ["a".repeat(length), "😀".repeat(length), text(length)] {
                let units = written(&text).encode_utf16().count();
                assert!((TEXT_LIMIT - 1..=TEXT_LIMIT).contains(&units), "{units}");
            }
        }
    }

    #[test]
    fn a_cut_text_is_joined_with_its_rest_and_no_other_is() {
        let known = text(60_000);
        let cell = written(&known);
        assert_eq!(joined(&cell, &known), Some(known.clone()));
        let edited = cell.replacen("x车é", "new words", 1);
        let wanted = known.replacen("x车é", "new words", 1);
        assert_eq!(joined(&edited, &known), Some(wanted));
        for other in ["", "…", "something else…", &cell[1..cell.len() - 3], &known] {
            assert_eq!(joined(other, &known), None);
        }
        assert_eq!(joined(&cell, "short"), None);
    }
}
