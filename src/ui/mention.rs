//! Who is named in a comment: "@Lin Jing". Of several names that begin alike the
//! longest is meant. Scope: pure.

/// Whether words name somebody of this name, among all who have names here.
pub fn mentions(words: &str, name: &str, all: &[String]) -> bool {
    if name.is_empty() {
        return false;
    }
    let after = words.split('@').skip(1);
    let mut meant = after.map(|rest| {
        let named = all.iter().map(String::as_str).chain([name]);
        let fits = named.filter(|it| rest.starts_with(it) && ends(rest, it));
        fits.max_by_key(|it| it.len())
    });
    meant.any(|it| it == Some(name))
}

/// Whether the name ends there: "@Lin" is not in "@Linda". Names in Chinese letters
/// stand without spaces.
fn ends(rest: &str, name: &str) -> bool {
    let last = name.chars().next_back();
    let next = rest[name.len()..].chars().next();
    let latin =
        |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() && (it as u32) < 0x2e80);
    !(latin(last) && latin(next))
}

/// What stands between an "@" and the end, where somebody may be naming a person just
/// now: in one line, and not in the middle of an address.
pub fn asked(before: &str) -> Option<&str> {
    let (ahead, name) = before.rsplit_once('@')?;
    let in_a_word = ahead
        .chars()
        .next_back()
        .is_some_and(|it| it.is_ascii_alphanumeric());
    let one_line = !name.contains('\n') && !name.starts_with(' ');
    (one_line && !in_a_word).then_some(name)
}

/// Whether this person may be meant by what was typed of their name so far: from the
/// start of one of its words, or anywhere where names are written without spaces.
pub fn may_be(name: &str, asked: &str) -> bool {
    let (name, asked) = (name.to_lowercase(), asked.to_lowercase());
    let spaced = name.is_ascii();
    name.match_indices(&asked)
        .any(|(at, _)| !spaced || at == 0 || name[..at].ends_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_that_fits_is_meant() {
        let all = ["Lin", "Lin Jing", "林静", "林静怡"].map(str::to_owned);
        assert!(mentions("@Lin Jing, please look", "Lin Jing", &all));
        assert!(!mentions("@Lin Jing, please look", "Lin", &all));
        assert!(mentions("ask @Lin", "Lin", &all));
        assert!(!mentions("@Linda knows", "Lin", &all));
        assert!(mentions("请@林静怡看一下", "林静怡", &all));
        assert!(!mentions("请@林静怡看一下", "林静", &all));
        assert!(mentions("请@林静看一下", "林静", &all));
        assert!(!mentions("no one", "", &all));
    }
    #[test]
    fn a_name_is_asked_for_after_an_at_that_begins_a_word() {
        assert_eq!(asked("please @Li"), Some("Li"));
        assert_eq!(asked("@"), Some(""));
        assert_eq!(asked("请@林"), Some("林"));
        assert_eq!(asked("@Lin Ji"), Some("Lin Ji"));
        assert_eq!(asked("write to lin@example"), None);
        assert_eq!(asked("@Lin\nmore"), None);
        assert_eq!(asked("2 @ 3"), None);
        assert_eq!(asked("no one"), None);
    }

    #[test]
    fn a_name_fits_from_the_start_of_its_words() {
        assert!(may_be("Lin Jing", ""));
        assert!(may_be("Lin Jing", "lin j"));
        assert!(may_be("Lin Jing", "ji"));
        assert!(!may_be("Lin Jing", "ing"));
        assert!(!may_be("Lin Jing", "Lin Jing "));
        assert!(may_be("林静怡", "静"));
        assert!(!may_be("林静怡", "丁"));
    }
}
