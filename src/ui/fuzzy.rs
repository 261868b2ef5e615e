//! How well what somebody typed fits a name: the ranking behind "find or do".
//! No list, no drawing.

/// How well `query` fits `text`; higher is better, `None` means not at all.
///
/// Every word of the query must be found, in any order: best at the start of
/// the text, then at the start of a word, then anywhere, last as letters in
/// their order ("cnct" finds "CNC Turning"). Case is ignored, and so are
/// full-width forms, which input methods leave behind. An empty query fits
/// everything equally.
#[must_use]
pub fn score(query: &str, text: &str) -> Option<u32> {
    let text: Vec<char> = letters(text).collect();
    let mut total = 0;
    for word in query.split_whitespace() {
        let word: Vec<char> = letters(word).collect();
        total += score_word(&word, &text)?;
    }
    Some(total)
}

/// A text without case and full-width forms, to be searched many times.
#[must_use]
pub fn fold(text: &str) -> String {
    letters(text).collect()
}

/// How well folded words fit folded lines: every word must be in one of them,
/// best as a whole line, then at the start of one, at the start of a word,
/// anywhere. The scale is that of [`score`], doubled, so that the finds of both
/// can stand in one list. Quick enough for every letter typed over 10,000
/// items: nothing is allocated.
#[must_use]
pub fn score_lines(words: &[String], lines: &str) -> Option<u32> {
    let mut total = 0;
    for word in words {
        let fit = lines
            .match_indices(word.as_str())
            // A letter that is everywhere fits well enough at one of these.
            .take(8)
            .map(|(at, _)| fit_at(lines, at, at + word.len()))
            .max()?;
        total += fit;
    }
    Some(total)
}

fn fit_at(lines: &str, from: usize, to: usize) -> u32 {
    let before = lines[..from].chars().next_back();
    let first = lines[from..].chars().next();
    let starts_line = before.is_none_or(|letter| letter == '\n');
    let ends_line = lines[to..]
        .chars()
        .next()
        .is_none_or(|letter| letter == '\n');
    // Chinese has no spaces: a word may start anywhere.
    let starts_word = before.is_some_and(|letter| !letter.is_alphanumeric())
        || first.is_some_and(|letter| !letter.is_ascii());
    match (starts_line, ends_line, starts_word) {
        (true, true, _) => 240,
        (true, false, _) => 190,
        (false, _, true) => 150,
        (false, _, false) => 110,
    }
}

fn score_word(word: &[char], text: &[char]) -> Option<u32> {
    let found: Vec<usize> = text
        .windows(word.len())
        .enumerate()
        .filter(|(_, window)| *window == word)
        .map(|(at, _)| at)
        .collect();
    // Chinese has no spaces: a word may start anywhere.
    let starts_word =
        |at: usize| at == 0 || !text[at - 1].is_alphanumeric() || !text[at].is_ascii();
    let closeness = u32::try_from(word.len() * 10 / text.len().max(1)).unwrap_or(0);
    if found.first() == Some(&0) {
        return Some(100 + closeness);
    }
    if found.iter().any(|&at| starts_word(at)) {
        return Some(80 + closeness);
    }
    if !found.is_empty() {
        return Some(60 + closeness);
    }
    // Letters in their order, the first of them at the start of a word.
    let first = *word.first()?;
    (0..text.len())
        .filter(|&at| text[at] == first && starts_word(at))
        .filter_map(|at| {
            let mut gaps = 0;
            let mut rest = text[at + 1..].iter();
            for wanted in &word[1..] {
                gaps += rest.position(|letter| letter == wanted)?;
            }
            Some(
                40_u32
                    .saturating_sub(u32::try_from(gaps).unwrap_or(u32::MAX))
                    .max(1),
            )
        })
        .max()
        // A scattering of letters over a long text is chance, not a find.
        .filter(|&fit| fit > 20)
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().map(half_width).flat_map(char::to_lowercase)
}

/// The ordinary form of a full-width Latin letter, digit or mark; every other
/// character as it is.
#[must_use]
pub fn half_width(letter: char) -> char {
    match letter {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_of_the_name_beats_the_start_of_a_word_beats_the_middle() {
        let name = score("turn", "Turning").unwrap_or(0);
        let word = score("turn", "CNC Turning").unwrap_or(0);
        let middle = score("turn", "Returning").unwrap_or(0);
        assert!(
            name > word && word > middle && middle > 0,
            "{name} {word} {middle}"
        );
    }

    #[test]
    fn words_are_found_in_any_order_and_all_of_them() {
        assert!(score("turning cnc", "CNC Turning").is_some());
        assert_eq!(score("turning milling", "CNC Turning"), None);
    }

    #[test]
    fn letters_in_their_order_are_enough() {
        assert!(score("cnct", "CNC Turning").is_some());
        assert_eq!(score("tcnc", "CNC Turning"), None);
        assert_eq!(score("xyz", "CNC Turning"), None);
    }

    #[test]
    fn chinese_and_full_width_letters_are_found() {
        assert!(score("编程", "数控车削编程与操作") > score("cn", "ab acn"));
        assert!(score("ｃｎｃ", "CNC Turning").is_some());
    }

    #[test]
    fn a_whole_line_beats_its_start_beats_a_word_beats_the_middle() {
        let fit = |lines: &str| score_lines(&[fold("LF1")], &fold(lines)).unwrap_or(0);
        let all = [
            fit("lf1\nTurning"),
            fit("LF10\nTurning"),
            fit("see LF1"),
            fit("xlf1"),
        ];
        assert!(all.is_sorted_by(|first, second| first > second), "{all:?}");
        assert_eq!(
            score_lines(&[fold("turning"), fold("milling")], "turning"),
            None
        );
        assert_eq!(score_lines(&[], "turning"), Some(0));
        assert!(score_lines(&[fold("编程")], "数控车削编程与操作\ncnc").is_some());
    }

    #[test]
    fn nothing_typed_fits_everything() {
        assert_eq!(score("", "anything"), Some(0));
        assert_eq!(score("  ", ""), Some(0));
        assert_eq!(score("a", ""), None);
    }
}
