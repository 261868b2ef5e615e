//! Details come as HTML, some of it written as entities once more; a plan has
//! plain text. Codes stand before the words in some files and beside them in
//! others.

use crate::moodle::html::plain;

/// The words of a detail: a line for each paragraph and each point of a list.
pub(super) fn words(detail: &str) -> String {
    let mut text = detail.to_owned();
    if detail.contains(['<', '&']) {
        text = plain(&broken(&text));
        if ["</", "<br", "<p>", "<li>"]
            .iter()
            .any(|it| text.contains(it))
            && detail.contains("&lt;")
        {
            text = plain(&broken(&text));
        }
    }
    let lines = text.lines().map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.join(" ")
    });
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// A list begins a line, and so does each of its points.
fn broken(html: &str) -> String {
    let mut text = html.to_owned();
    for tag in ["<ul", "<ol", "<li"] {
        text = text.replace(tag, &format!("\n{tag}"));
    }
    text
}

/// Whether a text is a code of these letters: `K1`, `s12a`.
pub(super) fn is_code(text: &str, letters: &str) -> bool {
    let Some(start) = text.get(..letters.len()) else {
        return false;
    };
    let rest = text.get(letters.len()..).unwrap_or_default();
    let digits = rest.trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
    start.eq_ignore_ascii_case(letters)
        && (1..=4).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && rest.len() <= digits.len() + 1
}

/// The code before the words, and the words: `K1: …`, `S12 - …`, `Duty 3 …`.
pub(super) fn coded<'a>(text: &'a str, letters: &str) -> Option<(String, &'a str)> {
    if letters == DUTY {
        let rest = text
            .strip_prefix("Duty ")
            .or_else(|| text.strip_prefix("DUTY "))?;
        let end = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = rest
            .split_at_checked(end)
            .filter(|_| (1..=4).contains(&end))?;
        let bare =
            rest.trim_start_matches(|sign: char| sign.is_whitespace() || MARKS.contains(sign));
        return (bare.len() < rest.len()).then(|| (format!("{DUTY}{number}"), bare));
    }
    let end = text.find(|sign: char| !sign.is_ascii_alphanumeric())?;
    let (code, rest) = text.split_at_checked(end)?;
    let behind = rest.trim_start();
    let bare = behind.trim_start_matches(MARKS_LIST);
    // A code that a sentence begins with, as in "K1 is", is none before words.
    let marked = bare.len() < behind.len();
    (marked && is_code(code, letters)).then(|| (code.to_ascii_uppercase(), bare.trim_start()))
}

/// What stands between a code and its words.
const MARKS: &str = ":.-–—)";
const MARKS_LIST: [char; 6] = [':', '.', '-', '–', '—', ')'];
/// The letter of duties.
pub(super) const DUTY: &str = "D";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_falls_away_also_where_it_was_written_as_entities() {
        for (detail, text) in [
            ("<p>Set up a <b>lathe</b>.</p>", "Set up a lathe."),
            (
                "Know:<ul><li>speeds</li><li>feeds</li></ul>",
                "Know:\nspeeds\nfeeds",
            ),
            ("&lt;p&gt;Read a drawing&lt;/p&gt;", "Read a drawing"),
            ("R &amp; D at 5 &lt; 6", "R & D at 5 < 6"),
            ("  one\u{a0} two\r\n\r\n three ", "one two\nthree"),
            ("<script>alert(1)</script>", ""),
            ("", ""),
        ] {
            assert_eq!(words(detail), text, "{detail:?}");
        }
    }

    #[test]
    fn a_code_before_the_words_is_told_from_words() {
        let of = |text: &'static str, letters| coded(text, letters);
        let read = |code: &str, rest| Some((code.to_owned(), rest));
        assert_eq!(of("K1: Know steel", "K"), read("K1", "Know steel"));
        assert_eq!(of("s12 – Turn", "S"), read("S12", "Turn"));
        assert_eq!(of("TK3. Know", "TK"), read("TK3", "Know"));
        assert_eq!(of("Duty 10 Plan work", DUTY), read("D10", "Plan work"));
        assert_eq!(of("Duty 2: Plan", DUTY), read("D2", "Plan"));
        for (text, letters) in [
            ("K1 is short for", "K"),
            ("S1: Turn", "K"),
            ("Know: steel", "K"),
            ("Duty of care", DUTY),
            ("Duty 2nd", DUTY),
            ("K99999: x", "K"),
            ("K1", "K"),
            ("é: x", "K"),
        ] {
            assert_eq!(of(text, letters), None, "{text:?}");
        }
    }

    #[test]
    fn codes_are_known_by_their_letters() {
        assert!(is_code("K1", "K") && is_code("b12a", "B") && is_code("ESB2", "ESB"));
        for text in ["", "K", "K1ab", "S1", "1K", "K12345", "é1"] {
            assert!(!is_code(text, "K"), "{text:?}");
        }
    }
}
