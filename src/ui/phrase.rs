//! Filling in a sentence: `{name}` replaced by its value, and the choice of
//! the plural form. Which sentence, and in which language, is `ui::text`'s.

/// Replaces each `{name}` by its value. A name without a value stays as it is,
/// so that it is seen; values are never searched for further names.
#[must_use]
pub fn fill(sentence: &str, values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let tail = &rest[open..];
        let value = tail.find('}').and_then(|close| {
            let name = &tail[1..close];
            values
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (value, close))
        });
        if let Some((value, close)) = value {
            out.push_str(value);
            rest = &tail[close + 1..];
        } else {
            out.push('{');
            rest = &tail[1..];
        }
    }
    out.push_str(rest);
    out
}

/// The names in braces of a sentence, in their order.
#[must_use]
pub fn names(sentence: &str) -> Vec<&str> {
    sentence
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .collect()
}

/// The suffix of the plural form that English uses for a count; Chinese has
/// one form alone and always takes `.other`.
#[must_use]
pub fn plural_suffix(english: bool, count: f64) -> &'static str {
    if english && (count.abs() - 1.0).abs() < f64::EPSILON {
        ".one"
    } else {
        ".other"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_by_their_values_and_the_rest_stays() {
        let values = [("n", "7".to_owned()), ("plan", "{n} plans".to_owned())];
        assert_eq!(
            fill("{n} of {plan}, {missing} { open", &values),
            "7 of {n} plans, {missing} { open"
        );
        assert_eq!(fill("{", &values), "{");
        assert_eq!(fill("课程 {n}", &values), "课程 7");
    }

    #[test]
    fn the_names_of_a_sentence_are_listed() {
        assert_eq!(names("{a} and {b}"), ["a", "b"]);
        assert_eq!(names("none"), Vec::<&str>::new());
    }

    #[test]
    fn english_tells_one_from_many_and_chinese_does_not() {
        assert_eq!(plural_suffix(true, 1.0), ".one");
        assert_eq!(plural_suffix(true, 0.0), ".other");
        assert_eq!(plural_suffix(false, 1.0), ".other");
    }
}
