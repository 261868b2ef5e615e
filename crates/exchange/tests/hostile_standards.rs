//! Standards that mean harm, are torn, or are very large: an error or a result,
//! never a crash.

use crate::foreign_shelf::*;
use serde_json::{Value as Json, json};
use weft_exchange::foreign::{FileError, Foreign, Options};
use weft_exchange::standards::{ENTRIES_LIMIT, STANDARDS_LIMIT};
use weft_exchange::{Fate, ImportError, Imported, Limit};
use weft_model::*;

fn read(bytes: &[u8], options: &Options) -> Result<Imported, FileError> {
    take(
        Foreign::UkStandards,
        &[("x.json", bytes)],
        &Plan::new(),
        options,
    )
}

fn all() -> Options {
    let ids = ["ST9001_1.1", "ST9002_1.0", "FA9001_1.0"];
    Options {
        chosen: ids.iter().map(|id| (*id).to_owned()).collect(),
        ..Options::default()
    }
}

fn paths(json: &Json, at: String, found: &mut Vec<String>) {
    match json {
        Json::Object(all) => {
            for (key, value) in all {
                found.push(format!("{at}/{key}"));
                paths(value, format!("{at}/{key}"), found);
            }
        }
        Json::Array(all) => {
            for (key, value) in all.iter().enumerate() {
                found.push(format!("{at}/{key}"));
                paths(value, format!("{at}/{key}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn torn_standards_are_an_error_or_a_result() {
    let bytes = fixture("standards/standards.json");
    for end in (0..bytes.len() - 2).step_by(97) {
        assert!(read(&bytes[..end], &all()).is_err());
    }
    for at in (0..bytes.len()).step_by(31) {
        for byte in [b'9', b'"', b'}', b'[', 0xff] {
            let mut torn = bytes.clone();
            torn[at] = byte;
            if let Ok(imported) = read(&torn, &all()) {
                after(&Plan::new(), &imported);
            }
        }
    }
}

#[test]
fn types_that_no_key_expects_are_a_result_in_which_nothing_falls_away() {
    let whole: Json = serde_json::from_slice(&fixture("standards/standards.json")).unwrap();
    let mut found = Vec::new();
    paths(&whole, String::new(), &mut found);
    for odd in [
        "null",
        "[]",
        "{}",
        "\"\"",
        "1e99",
        "[[[]]]",
        "{\"id\":[]}",
        "[null]",
        "true",
    ] {
        let odd: Json = serde_json::from_str(odd).unwrap();
        for path in found.iter().step_by(2) {
            let mut json = whole.clone();
            *json.pointer_mut(path).unwrap() = odd.clone();
            let imported = read(json.to_string().as_bytes(), &all()).unwrap();
            let plan = after(&Plan::new(), &imported);
            let entries = imported.fates.iter().flatten();
            let entries = entries.filter(|fate| **fate != Fate::Blank).count();
            balance(path, entries, &imported);
            let again = take(
                Foreign::UkStandards,
                &[("x.json", json.to_string().as_bytes())],
                &plan,
                &all(),
            );
            assert_eq!(again.unwrap().commands, vec![], "{path} {odd}");
        }
    }
}

#[test]
fn nesting_and_numbers_without_an_end_are_refused() {
    let too_many = |limit| ImportError::TooLarge { limit };
    let error = |bytes: &str| read(bytes.as_bytes(), &all()).unwrap_err().error;
    for bomb in ["[".repeat(100_000), "{\"duties\":".repeat(100_000)] {
        assert!(matches!(error(&bomb), ImportError::Malformed { .. }));
    }
    let values = format!("[{{\"duties\":[{}0]}}]", "0,".repeat(1_000_001));
    assert_eq!(error(&values), too_many(Limit::Values(1_000_000)));
    let standards = format!("[{}{{}}]", "{},".repeat(STANDARDS_LIMIT));
    assert_eq!(error(&standards), too_many(Limit::Values(STANDARDS_LIMIT)));
    assert_eq!(error(" \n"), ImportError::Empty);
    let long = format!("{{\"a\":\"{}\"}}", "x".repeat(33 << 20));
    assert_eq!(error(&long), too_many(Limit::Bytes(32 << 20)));
}

#[test]
fn what_is_wrong_in_a_list_is_told_by_its_line_and_column() {
    let list = "\u{feff} [\n {\"title\": \"ä\", \"n\": [1]} ,\n\t{}\n]\n ";
    assert!(read(list.as_bytes(), &all()).is_ok());
    let of_json = |text: &str| serde_json::from_str::<Json>(text.trim_start_matches('\u{feff}'));
    for (at, _) in list.char_indices() {
        for put in ["?", "]", "}", ",", "\"", "\u{7f}"] {
            let wrong = format!("{}{put}{}", &list[..at], &list[at..]);
            let told = match (at, of_json(&wrong)) {
                // Before the mark, or what is no list any more.
                (0..=4, _) | (_, Ok(_)) => continue,
                (_, Err(error)) => ImportError::Malformed {
                    line: error.line(),
                    column: error.column(),
                },
            };
            let error = read(wrong.as_bytes(), &all()).unwrap_err().error;
            assert_eq!(error, told, "{wrong:?}");
        }
    }
}

/// A standard with so many skills, and a duty that wants each of the first half
/// twice.
fn large(count: usize) -> Vec<u8> {
    let skills: Vec<Json> = (0..count)
        .map(|at| json!({ "skillId": format!("id {at}"), "detail": format!("Do {at}") }))
        .collect();
    let wants: Vec<String> = (0..count).map(|at| format!("id {}", at / 2)).collect();
    let duty = json!({ "dutyID": "d", "dutyDetail": "All", "mappedSkills": wants });
    let standard = json!({
        "referenceNumber": "ST1", "title": "Large", "version": "1.0", "skills": skills,
        "duties": [duty],
    });
    standard.to_string().into_bytes()
}

#[test]
fn as_many_entries_as_a_standard_may_have_come_in_and_a_hundred_thousand_are_refused() {
    let imported = read(&large(ENTRIES_LIMIT - 1), &Options::default()).unwrap();
    assert_eq!(fates(&imported, Fate::Applied), ENTRIES_LIMIT + 1);
    assert_eq!(imported.tray, vec![]);
    let plan = after(&Plan::new(), &imported);
    let duty = plan
        .job_items
        .iter()
        .find(|line| line.code == "D1")
        .unwrap();
    assert_eq!(plan.job_items.below(duty.id).count(), ENTRIES_LIMIT / 2);
    let error = read(&large(100_000), &Options::default())
        .unwrap_err()
        .error;
    let limit = Limit::Values(ENTRIES_LIMIT);
    assert_eq!(error, ImportError::TooLarge { limit });
}
