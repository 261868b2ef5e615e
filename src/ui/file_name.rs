//! Names for files that go out: from a plan's title, fit for every system.

/// The longest name, in characters, without its ending.
const LONGEST: usize = 80;

/// A file name: the parts that say something, joined by a hyphen, and the
/// ending. Signs that a system refuses become spaces; names that Windows keeps
/// for itself get an underscore; where nothing is left it is `weft`.
#[must_use]
pub fn file_name(parts: &[&str], ending: &str) -> String {
    let cleaned: Vec<String> = parts
        .iter()
        .map(|part| clean(part))
        .filter(|part| !part.is_empty())
        .collect();
    let mut stem: String = cleaned.join("-").chars().take(LONGEST).collect();
    stem.truncate(stem.trim_end_matches([' ', '.']).len());
    if stem.is_empty() {
        "weft".clone_into(&mut stem);
    }
    if is_reserved(&stem) {
        stem.push('_');
    }
    format!("{stem}.{ending}")
}

fn clean(part: &str) -> String {
    let refused = |letter: char| {
        letter.is_control()
            || matches!(
                letter,
                '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'
            )
            // Turn the direction of reading: a name could then lie.
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let plain: String = part
        .chars()
        .map(|letter| if refused(letter) { ' ' } else { letter })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").trim_matches(['.', ' ']).to_owned()
}

fn is_reserved(stem: &str) -> bool {
    let name = stem.split('.').next().unwrap_or_default();
    let upper = name.to_ascii_uppercase();
    let numbered = |start: &str| {
        upper
            .strip_prefix(start)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    matches!(upper.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_in_any_script() {
        assert_eq!(
            file_name(&["数控技术专业", "modules"], "csv"),
            "数控技术专业-modules.csv"
        );
        assert_eq!(
            file_name(&["CNC: Turning / Milling?"], "json"),
            "CNC Turning Milling.json"
        );
    }

    #[test]
    fn a_name_that_a_system_refuses_is_never_given() {
        for (title, name) in [
            ("", "weft.json"),
            ("  ..", "weft.json"),
            ("../../etc", "etc.json"),
            ("con", "con_.json"),
            ("LPT1", "LPT1_.json"),
            ("Comet", "Comet.json"),
            ("a\u{202e}b\nc", "a b c.json"),
        ] {
            assert_eq!(file_name(&[title], "json"), name, "{title:?}");
        }
        let long = "经".repeat(400);
        assert_eq!(file_name(&[&long], "json").chars().count(), 80 + 5);
    }
}
