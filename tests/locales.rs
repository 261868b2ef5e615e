//! The locale files: every text in every language, with the same names in
//! braces, and every key that the program asks for.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may fail loudly"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

// The editor is a program: nothing can be linked from it.
#[path = "../src/ui/phrase.rs"]
mod phrase;

const LANGUAGES: [&str; 2] = ["en", "zh-CN"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn catalogue(language: &str) -> BTreeMap<String, String> {
    let path = root().join("locales").join(format!("{language}.json"));
    let json = fs::read_to_string(&path).unwrap();
    let texts: BTreeMap<String, String> =
        serde_json::from_str(&json).expect("a flat object of texts");
    // A map would hide a key that stands twice.
    let keys = json
        .lines()
        .filter(|line| line.trim_start().starts_with('"') && line.contains("\": \""))
        .count();
    assert_eq!(
        keys,
        texts.len(),
        "{language}: one key to a line, none twice"
    );
    texts
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The literals of a source that look like keys: lower-case words joined by dots.
fn literals(source: &str) -> impl Iterator<Item = &str> {
    source.split('"').skip(1).filter(|text| {
        text.contains('.')
            && text.split('.').all(|part| {
                !part.is_empty()
                    && part.chars().all(|letter| {
                        letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_'
                    })
            })
    })
}

/// The first argument of each call of `function` that is a literal.
fn arguments<'a>(source: &'a str, function: &'a str) -> impl Iterator<Item = &'a str> {
    source.match_indices(function).filter_map(move |(at, _)| {
        let before = source[..at].chars().next_back();
        let literal = source[at + function.len()..]
            .trim_start()
            .strip_prefix('"')?;
        (!before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_'))
            .then(|| literal.split('"').next())?
    })
}

#[test]
fn both_languages_have_the_same_keys() {
    let english: BTreeSet<_> = catalogue("en").into_keys().collect();
    for language in LANGUAGES {
        let keys: BTreeSet<_> = catalogue(language).into_keys().collect();
        let missing: Vec<_> = english.symmetric_difference(&keys).collect();
        assert!(missing.is_empty(), "{language} differs in {missing:?}");
    }
}

#[test]
fn every_text_names_the_same_values_in_both_languages() {
    let english = catalogue("en");
    for language in LANGUAGES {
        for (key, text) in catalogue(language) {
            let names: BTreeSet<_> = phrase::names(&text).into_iter().collect();
            let wanted: BTreeSet<_> = phrase::names(&english[&key]).into_iter().collect();
            assert_eq!(names, wanted, "{language}: {key}");
            assert!(!text.trim().is_empty(), "{language}: {key} is empty");
        }
    }
}

#[test]
fn a_plural_has_all_its_forms() {
    for language in LANGUAGES {
        let texts = catalogue(language);
        for key in texts.keys() {
            for (form, other) in [(".one", ".other"), (".other", ".one")] {
                // *Other* is also a choice in many of the plan's lists.
                let choice = key.starts_with("plan.choice.") || key.matches('.').count() < 2;
                if let (Some(stem), false) = (key.strip_suffix(form), choice) {
                    assert!(
                        texts.contains_key(&format!("{stem}{other}")),
                        "{language}: {stem} lacks {other}"
                    );
                }
            }
        }
    }
}

#[test]
fn every_key_that_the_program_asks_for_exists() {
    let texts = catalogue("en");
    let spaces: BTreeSet<&str> = texts
        .keys()
        .filter_map(|key| key.split('.').next())
        .collect();
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let mut missing = BTreeSet::new();
    for path in files {
        let source = fs::read_to_string(&path).unwrap();
        // Comments may show examples.
        let code: String = source
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n");
        let asked = ["t(", "t_with(", "say(", "say_with(", "say_untracked("]
            .into_iter()
            .flat_map(|call| arguments(&code, call));
        let counted: BTreeSet<&str> = ["t_count(", "say_count("]
            .into_iter()
            .flat_map(|call| arguments(&code, call))
            .collect();
        let is_file = |text: &str| [".js", ".wasm"].iter().any(|end| text.ends_with(end));
        let other = literals(&code).filter(|text| {
            let space = text.split('.').next();
            !is_file(text) && space.is_some_and(|space| spaces.contains(space))
        });
        for key in asked.chain(other).filter(|key| !counted.contains(key)) {
            // A key that stands in a list may be counted where it is taken from.
            let counted_later = texts.contains_key(&format!("{key}.one"));
            if !texts.contains_key(key) && !counted_later {
                missing.insert(format!(
                    "{key} in {}",
                    path.strip_prefix(root()).unwrap().display()
                ));
            }
        }
        for key in counted {
            for form in ["one", "other"] {
                if !texts.contains_key(&format!("{key}.{form}")) {
                    missing.insert(format!(
                        "{key}.{form} in {}",
                        path.strip_prefix(root()).unwrap().display()
                    ));
                }
            }
        }
    }
    assert!(missing.is_empty(), "no text for {missing:#?}");
}
