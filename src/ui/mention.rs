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
}
