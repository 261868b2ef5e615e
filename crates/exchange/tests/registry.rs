//! The list of formats, and what it says of each.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod foreign_shelf;
mod random_plan;

use std::collections::BTreeSet;

use foreign_shelf::fixture;
use weft_exchange::case::CaseOptions;
use weft_exchange::foreign::{Foreign, recognise};
use weft_exchange::moodle::MoodleOptions;
use weft_exchange::{case, formats, moodle, tables, weft_json};
use weft_model::*;

#[test]
fn every_format_has_a_line_and_a_name_in_both_languages() {
    let ids: BTreeSet<&str> = formats().iter().map(|format| format.id).collect();
    assert_eq!(ids.len(), formats().len());
    for foreign in Foreign::ALL {
        let format = formats().iter().find(|format| format.id == foreign.id());
        assert!(format.is_some_and(|format| format.imports), "{foreign:?}");
    }
    let others = [
        "weft_json",
        "tables",
        "xlsx",
        "xlsx_progress",
        "docx_programme",
        "docx_correspondence",
    ];
    let known = Foreign::ALL.iter().map(|foreign| foreign.id());
    let known: BTreeSet<&str> = known.chain(others).collect();
    assert_eq!(ids, known);
    for language in ["en", "zh-CN"] {
        let path = format!(
            "{}/../../locales/{language}.json",
            env!("CARGO_MANIFEST_DIR")
        );
        let texts: serde_json::Value =
            serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        for format in formats() {
            assert!(
                texts[format.name_key].is_string(),
                "{} in {language}",
                format.name_key
            );
            let about = format!("export.about.{}", format.id);
            assert!(
                !format.exports || texts[&about].is_string(),
                "{about} in {language}"
            );
            assert!(!format.extension.is_empty() && format.media_type.contains('/'));
        }
    }
}

#[test]
fn every_format_that_goes_out_is_known_again_and_repeats_its_bytes() {
    let plan = random_plan::random_plan(5, 150, false);
    let written = |id: &str| -> Vec<u8> {
        let lang = Lang::en();
        match id {
            "weft_json" => weft_json::export(&plan),
            "tables" => tables::export_tables(&plan, &[])
                .into_iter()
                .flat_map(|(_, bytes)| bytes)
                .collect(),
            "case" => case::export(
                &plan,
                &CaseOptions {
                    plan: Uid(3),
                    at: 9,
                    lang,
                },
            ),
            "moodle" => moodle::export(&plan, &MoodleOptions { plan: Uid(3), lang }),
            other => panic!("{other} goes out, and nothing here writes it"),
        }
    };
    // Workbooks and Word files have tests of their own: `written_…`.
    let office = |id: &str| id.starts_with("xlsx") || id.starts_with("docx");
    for format in formats()
        .iter()
        .filter(|format| format.exports && !office(format.id))
    {
        let bytes = written(format.id);
        assert_eq!(bytes, written(format.id), "{}", format.id);
        let foreign = Foreign::ALL
            .iter()
            .find(|foreign| foreign.id() == format.id);
        assert_eq!(recognise(&bytes), foreign.copied(), "{}", format.id);
    }
}

#[test]
fn tables_of_our_own_and_texts_are_taken_for_nothing_foreign() {
    for name in [
        "example-cn/courses.csv",
        "example-cn/progress-table.csv",
        "tables/ausbaufacharbeiter.mapping.csv",
        "kmk/anlagenmechaniker.json",
        "osmt/skill_log_get.json",
    ] {
        assert_eq!(recognise(&fixture(name)), None, "{name}");
    }
    for bytes in [
        &b""[..],
        b"{",
        b"[]",
        b"\xff\xfe",
        b"PK\x03\x04\x00",
        b"\xff",
        b"plain words\nand more",
    ] {
        assert_eq!(recognise(bytes), None);
    }
}
