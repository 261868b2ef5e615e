//! The house rules that a compiler does not check, over the text of the sources:
//! who names the browser, what Trusted Types would refuse, long files, colours
//! outside the tokens, locales that differ. `cargo test` runs them too.

use crate::hash;
use crate::view_macro;
use anyhow::{Context, Result, bail};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Lines that a file may have. Past 400 it is asking to be two.
const MOST_LINES: usize = 500;

/// Where hand-written code and styles are.
const FOLDERS: [&str; 9] = [
    "src",
    "crates",
    "xtask",
    "tests",
    "benches",
    "style",
    "locales",
    "boot.js",
    "single.js",
];

/// Fails with all breaches, one line each: `path:line: what`.
pub fn check(root: &Path) -> Result<()> {
    let breaches = breaches(root)?;
    if breaches.is_empty() {
        return Ok(());
    }
    bail!(
        "{} of the house rules {} broken:\n{}",
        breaches.len(),
        if breaches.len() == 1 { "is" } else { "are" },
        breaches.join("\n")
    )
}

fn breaches(root: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut locales = BTreeMap::new();
    for folder in FOLDERS {
        for path in hash::files(&root.join(folder))? {
            let name = path
                .strip_prefix(root)?
                .to_string_lossy()
                .replace('\\', "/");
            if name.contains("/fixtures/") {
                continue;
            }
            let extension = path.extension().unwrap_or_default().to_string_lossy();
            let look: fn(&str, &str) -> Vec<view_macro::Complaint> = match extension.as_ref() {
                "rs" => rust,
                "css" => style,
                "mjs" | "js" => |_, text| long(text).into_iter().collect(),
                "json" if name.starts_with("locales/") => {
                    let text = fs::read_to_string(&path)?;
                    locales.insert(name.clone(), sentences(&text).context(name)?);
                    continue;
                }
                _ => continue,
            };
            let text = fs::read_to_string(&path).with_context(|| name.clone())?;
            for (line, what) in look(&name, &text) {
                found.push(format!("{name}:{line}: {what}"));
            }
        }
    }
    found.extend(differing(&locales));
    found.extend(forgotten(root)?);
    Ok(found)
}

/// Files of tests that no program runs, in the crates whose tests are one program.
fn forgotten(root: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for path in hash::files(&root.join("crates"))? {
        let Some(tests) = path.parent().filter(|it| it.ends_with("tests")) else {
            continue;
        };
        let (main, manifest) = (tests.join("main.rs"), tests.with_file_name("Cargo.toml"));
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if path == main || !main.is_file() || path.extension().is_none_or(|it| it != "rs") {
            continue;
        }
        let named = fs::read_to_string(&main)?.contains(&format!("\nmod {name};"))
            || fs::read_to_string(&manifest)?.contains(&format!("\"tests/{name}.rs\""));
        if !named {
            let path = path.strip_prefix(root)?.display();
            found.push(format!(
                "{path}:1: no program runs these tests: name it in main.rs"
            ));
        }
    }
    Ok(found)
}

fn rust(name: &str, text: &str) -> Vec<view_macro::Complaint> {
    let mut found = Vec::new();
    if !text.starts_with("//!") {
        let what = "begins without `//!` saying what is here and what is not";
        found.push((1, what.to_owned()));
    }
    found.extend(long(text));
    let Ok(tokens) = text.parse::<TokenStream>() else {
        found.push((1, "is not Rust".to_owned()));
        return found;
    };
    let rules = forbidden_in(name);
    words(&tokens, &mut |word, line| {
        for (start, what) in &rules {
            if word == *start || (start.ends_with('_') && word.starts_with(start)) {
                found.push((line, format!("`{word}`: {what}")));
            }
        }
    });
    if name.starts_with("src/") {
        found.extend(view_macro::complaints(&tokens));
    }
    found
}

/// Identifiers that a file may not hold, each with the reason. One that ends in
/// `_` stands for all that begin so.
fn forbidden_in(name: &str) -> Vec<(&'static str, &'static str)> {
    let mut rules = Vec::new();
    let browser = "only src/browser names the browser";
    let in_browser = name.starts_with("src/browser/") || name == "src/browser.rs";
    let in_program = name.starts_with("src/");
    let in_room = name.starts_with("crates/") && !name.starts_with("crates/worker/");
    if (in_program && !in_browser) || in_room {
        rules.extend([("web_sys", browser), ("js_sys", browser), ("gloo", browser)]);
        rules.extend([("gloo_", browser), ("wasm_bindgen_futures", browser)]);
        // The start attribute has to stand at the program's root.
        if name != "src/lib.rs" {
            rules.push(("wasm_bindgen", browser));
        }
    }
    if in_room {
        // What clippy has seen natively is all there is (`lint::to_lint`).
        rules.push(("target_", "a room is the same wherever it runs"));
    }
    if name != "src/parts.rs" && !name.starts_with("xtask/") {
        let reason = "only the cuts of src/parts.rs may be unsafe";
        rules.extend([("unsafe", reason), ("unsafe_code", reason)]);
    }
    if in_program && !in_browser {
        rules.push(("spawn_local", "only the browser's runtime spawns"));
    }
    let pure = ["crates/model/", "crates/analysis/", "crates/session/"];
    if pure
        .iter()
        .any(|room| name.starts_with(room) && name.contains("/src/"))
    {
        let reason = "time and chance come in as arguments";
        rules.extend([
            ("SystemTime", reason),
            ("Instant", reason),
            ("thread_rng", reason),
        ]);
    }
    rules
}

fn words(tokens: &TokenStream, visit: &mut impl FnMut(&str, usize)) {
    for tree in tokens.clone() {
        match tree {
            TokenTree::Ident(ident) => visit(&ident.to_string(), ident.span().start().line),
            TokenTree::Group(group) => words(&group.stream(), visit),
            _ => {}
        }
    }
}

fn long(text: &str) -> Option<view_macro::Complaint> {
    let lines = text.lines().count();
    (lines > MOST_LINES).then(|| {
        let what = format!("{lines} lines: past {MOST_LINES} a file is two");
        (MOST_LINES, what)
    })
}

/// Styles with colours of their own: the tokens, and the page that is given out,
/// which has no other style beside it.
const COLOURED: [&str; 2] = ["style/tokens.css", "crates/exchange/src/reading/page.css"];

/// Colours stand in tokens.css and nowhere else: a theme must reach all of them.
fn style(name: &str, text: &str) -> Vec<view_macro::Complaint> {
    let mut found: Vec<_> = long(text).into_iter().collect();
    if COLOURED.contains(&name) {
        return found;
    }
    for (at, line) in blank_comments(text).lines().enumerate() {
        if let Some(colour) = literal_colour(line) {
            let what = format!("the colour `{colour}` belongs in style/tokens.css");
            found.push((at + 1, what));
        }
    }
    found
}

/// The same text with comments as spaces, so that lines keep their numbers.
fn blank_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        let comment = &rest[start..];
        let end = comment.find("*/").map_or(comment.len(), |end| end + 2);
        out.extend(comment[..end].chars().filter(|c| *c == '\n'));
        rest = &comment[end..];
    }
    out.push_str(rest);
    out
}

/// `#id` in a selector is no colour: only what follows a colon counts, and a
/// selector's pseudo-class is told by the brace at the end of its line.
fn literal_colour(line: &str) -> Option<String> {
    let value = match (line.find('{'), line.trim_end().ends_with(['{', ','])) {
        (Some(brace), false) => &line[brace..],
        (None, false) => line,
        _ => return None,
    };
    let value = &value[value.find(':')?..];
    let functions = [
        "rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(",
    ];
    if let Some(function) = functions.iter().find(|function| {
        value
            .match_indices(**function)
            .any(|(at, _)| !value[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-'))
    }) {
        return Some((*function).to_owned());
    }
    value.match_indices('#').find_map(|(at, _)| {
        let digits: String = value[at + 1..]
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '-' || *c == '_')
            .collect();
        let hex = digits.chars().all(|c| c.is_ascii_hexdigit());
        // `url(#mask)` names an element.
        let reference = value[..at].trim_end_matches(['"', '\'']).ends_with("url(");
        (hex && [3, 4, 6, 8].contains(&digits.len()) && !reference).then(|| format!("#{digits}"))
    })
}

/// Key → the places for values in its sentence. Nested objects join with a dot.
fn sentences(text: &str) -> Result<BTreeMap<String, BTreeSet<String>>> {
    fn walk(
        value: &serde_json::Value,
        key: &str,
        into: &mut BTreeMap<String, BTreeSet<String>>,
    ) -> Result<()> {
        match value {
            serde_json::Value::Object(fields) => {
                for (name, value) in fields {
                    let dot = if key.is_empty() { "" } else { "." };
                    walk(value, &format!("{key}{dot}{name}"), into)?;
                }
            }
            serde_json::Value::String(sentence) if sentence.trim().is_empty() => {
                bail!("`{key}` is empty")
            }
            serde_json::Value::String(sentence) => {
                into.insert(key.to_owned(), places(sentence));
            }
            other => bail!("`{key}` is no sentence but {other}"),
        }
        Ok(())
    }
    let mut into = BTreeMap::new();
    walk(&serde_json::from_str(text)?, "", &mut into)?;
    Ok(into)
}

/// `{name}` in a sentence.
fn places(sentence: &str) -> BTreeSet<String> {
    sentence
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// Keys that a locale lacks, and sentences whose places differ. Plural forms
/// (`.one`, `.other`) are asked of each language alike.
fn differing(locales: &BTreeMap<String, BTreeMap<String, BTreeSet<String>>>) -> Vec<String> {
    let mut found = Vec::new();
    let every: BTreeSet<&String> = locales.values().flat_map(BTreeMap::keys).collect();
    for key in every {
        let mut first: Option<(&String, &BTreeSet<String>)> = None;
        for (name, sentences) in locales {
            match (sentences.get(key), first) {
                (None, _) => found.push(format!("{name}: `{key}` is missing")),
                (Some(places), None) => first = Some((name, places)),
                (Some(places), Some((other, wanted))) if places != wanted => found.push(format!(
                    "{name}: `{key}` has the places {places:?}, {other} has {wanted:?}"
                )),
                _ => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_tree_keeps_the_house_rules() {
        let broken = breaches(&crate::run::root()).unwrap();
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }

    fn said(name: &str, text: &str) -> Vec<usize> {
        rust(name, text).into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn only_src_browser_names_the_browser() {
        let text =
            "//! x\nuse web_sys::Window;\n// web_sys in a comment\nconst A: &str = \"js_sys\";";
        assert_eq!(said("src/ui/pages/home.rs", text), [2]);
        assert_eq!(said("crates/session/src/lib.rs", text), [2]);
        assert!(said("src/browser/files.rs", text).is_empty());
        assert_eq!(
            said("src/app.rs", "//! x\nfn f() { spawn_local(g()) }"),
            [2]
        );
    }

    #[test]
    fn the_start_attribute_may_stand_in_the_root_of_the_program_alone() {
        let text = "//! x\n#[wasm_bindgen::prelude::wasm_bindgen(start)]\nfn f() {}";
        assert!(said("src/lib.rs", text).is_empty());
        assert!(!said("src/app.rs", text).is_empty());
    }

    #[test]
    fn a_room_that_is_another_in_the_browser_is_found() {
        let text = "//! x\n#[cfg(target_arch = \"wasm32\")]\nfn f() {}";
        assert_eq!(said("crates/exchange/src/lib.rs", text), [2]);
        assert!(said("crates/worker/src/lib.rs", text).is_empty());
    }

    #[test]
    fn a_session_with_a_clock_of_its_own_is_found() {
        let text = "//! x\nfn f() { std::time::SystemTime::now(); }";
        assert_eq!(said("crates/session/src/lib.rs", text), [2]);
        assert!(said("crates/session/tests/replay.rs", text).is_empty());
    }

    #[test]
    fn a_file_without_an_opening_and_a_long_one_are_found() {
        assert_eq!(said("src/app.rs", "fn f() {}"), [1]);
        let long = format!("//! x\n{}", "\n".repeat(MOST_LINES));
        assert_eq!(said("src/app.rs", &long), [MOST_LINES]);
    }

    #[test]
    fn a_colour_outside_the_tokens_is_found_and_an_id_is_not() {
        let found = |text| style("style/base.css", text).len();
        assert_eq!(found("a {\n  color: #fff;\n}"), 1);
        assert_eq!(found("a { color: rgb(0 0 0 / 50%) }"), 1);
        assert_eq!(found("#face:hover {\n  color: var(--ink);\n}"), 0);
        assert_eq!(found("#add:focus,\n#bad { mask: url(#fade) }"), 0);
        assert_eq!(
            found("/* #fff\n */ a { --x: color-mix(in oklab, var(--a), var(--b)) }"),
            0
        );
        assert_eq!(style("style/tokens.css", "a { color: #fff }").len(), 0);
    }

    #[test]
    fn a_file_of_tests_that_no_program_runs_is_found() {
        let root = std::env::temp_dir().join(format!("weft-tests-{}", std::process::id()));
        let room = root.join("crates/room");
        fs::create_dir_all(room.join("tests/shelf")).unwrap();
        let files = [
            ("Cargo.toml", "[[test]]\npath = \"tests/apart.rs\"\n"),
            ("tests/main.rs", "//! x\n\nmod known;\nmod shelf;\n"),
            ("tests/known.rs", ""),
            ("tests/apart.rs", ""),
            ("tests/shelf/mod.rs", ""),
            ("tests/new.rs", ""),
        ];
        for (name, text) in files {
            fs::write(room.join(name), text).unwrap();
        }
        let found = forgotten(&root).unwrap();
        fs::remove_dir_all(&root).unwrap();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("new.rs"));
    }

    #[test]
    fn locales_that_differ_in_keys_or_places_are_found() {
        let locale = |name: &str, text| (name.to_owned(), sentences(text).unwrap());
        let found = differing(&BTreeMap::from([
            locale("en", r#"{"a": {"b": "short by {hours} h"}, "c": "yes"}"#),
            locale("zh", r#"{"a": {"b": "差 {hour} 学时"}}"#),
        ]));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(sentences(r#"{"a": " "}"#).is_err());
    }
}
