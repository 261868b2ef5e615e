//! The list of formats, and what it says of each: every test here walks it.

use crate::random_plan;
use std::collections::BTreeSet;

use crate::figured::{example, locale, written};
use crate::foreign_shelf::{after, fixture, outline, take};
use weft_exchange::foreign::{Foreign, Options, recognise};
use weft_exchange::{Block, Content, FormatInfo, Loss, Purpose, formats, look, weft_json};
use weft_model::*;

/// The format as which a file of this one comes back.
fn comes_back_as(format: &FormatInfo) -> Option<Foreign> {
    let id = format.id.split('_').next().unwrap_or_default();
    let mut all = Foreign::ALL.iter();
    all.find(|foreign| foreign.id() == id).copied()
}

fn going_out() -> impl Iterator<Item = &'static FormatInfo> {
    formats().iter().filter(|format| format.exports)
}

#[test]
fn every_format_has_a_line_and_words_in_both_languages() {
    let ids: BTreeSet<&str> = formats().iter().map(|format| format.id).collect();
    assert_eq!(ids.len(), formats().len());
    for foreign in Foreign::ALL {
        let format = weft_exchange::format(foreign.id());
        assert!(format.is_some_and(|format| format.imports), "{foreign:?}");
    }
    for language in ["en", "zh-CN"] {
        let texts = locale(language);
        let said = |key: &str| assert!(texts.contains_key(key), "{key} in {language}");
        for format in formats() {
            said(format.name_key);
            assert!(!format.extension.is_empty() && format.media_type.contains('/'));
            format.loses.iter().for_each(|loss| said(loss.key()));
            if format.exports {
                said(&format!("export.about.{}", format.id));
                assert!(!format.carries.is_empty(), "{}", format.id);
            }
            // What does not come back says so.
            let reads = format.imports || !format.exports;
            let said = [Loss::WayBack, Loss::OneWay];
            let said = said.iter().any(|loss| format.loses.contains(loss));
            assert!(reads || said, "{}", format.id);
        }
        Content::ALL.iter().for_each(|content| said(content.key()));
        Purpose::ALL.iter().for_each(|purpose| said(purpose.key()));
    }
}

#[test]
fn every_format_that_goes_out_repeats_its_bytes_and_is_known_again() {
    for (plan, whole) in [
        (random_plan::random_plan(5, 150, false), false),
        (example(), true),
    ] {
        for format in going_out() {
            let files = written(format.id, &plan, "en");
            assert!(!files.is_empty() || !whole, "{} writes nothing", format.id);
            assert!(
                files == written(format.id, &plan, "en"),
                "{} differs from itself",
                format.id
            );
            let parts: BTreeSet<&str> = files.iter().map(|file| file.part.as_str()).collect();
            assert_eq!(parts.len(), files.len(), "{}", format.id);
            for file in &files {
                let known = comes_back_as(format).filter(|_| format.imports);
                assert_eq!(recognise(&file.bytes), known, "{}", format.id);
            }
        }
    }
}

#[test]
fn every_format_can_be_looked_into_before_it_is_saved() {
    let plan = example();
    for format in going_out() {
        for file in written(format.id, &plan, "zh-CN") {
            let seen = look(format.extension, &file.bytes);
            assert!(seen.blocks.len() > 2, "{}: {seen:?}", format.id);
            let lines = seen.blocks.iter().any(|it| matches!(it, Block::Line(_)));
            assert_eq!(
                lines,
                !matches!(format.extension, "xlsx" | "docx" | "html"),
                "{}",
                format.id
            );
        }
    }
}

#[test]
fn an_empty_plan_goes_out_as_well() {
    // A table or a calendar with nothing in it is none.
    let always = |format: &&FormatInfo| !matches!(format.id, "tables" | "icalendar");
    for format in going_out().filter(always) {
        let files = written(format.id, &Plan::new(), "en");
        assert!(
            files.iter().all(|file| !file.bytes.is_empty()) && !files.is_empty(),
            "{}",
            format.id
        );
    }
}

#[test]
fn what_goes_out_and_comes_in_again_changes_nothing_that_the_format_carries() {
    let plan = example();
    for format in going_out().filter(|format| format.imports) {
        // Tables and workbooks are matched by a person, and a form brings remarks;
        // `tables`, `written_books` and `review_forms` bring them back.
        let files = written(format.id, &plan, "en");
        let read = match (format.id, comes_back_as(format)) {
            ("tables" | "xlsx" | "docx_review" | "xlsx_review", _) => continue,
            ("weft_json", _) => weft_json::import(&files[0].bytes, &plan, &mut || Uid(1)).unwrap(),
            (_, known) => {
                let files = [("plan", files[0].bytes.as_slice())];
                take(known.unwrap(), &files, &plan, &Options::default()).unwrap()
            }
        };
        assert_eq!(read.tray, vec![], "{}", format.id);
        let again = after(&plan, &read);
        assert_eq!(outline(&again), outline(&plan), "{}", format.id);
        assert!(again.modules == plan.modules, "{}", format.id);
        assert!(again.weave == plan.weave, "{}", format.id);
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

/// The table of formats as the README has it, in English.
fn table() -> String {
    let texts = locale("en");
    let say = |key: &str| texts.get(key).cloned().unwrap_or_default();
    let mut out = String::from(
        "| format | file | in | out | going out, it does not carry |\n| --- | --- | --- | --- | --- |\n",
    );
    for format in formats() {
        let also = format.also.iter().map(|it| format!(", `.{it}`"));
        let yes = |it: bool| if it { "yes" } else { "" };
        let lost: Vec<String> = format.loses.iter().map(|loss| say(loss.key())).collect();
        out.push_str(&format!(
            "| {} | `.{}`{} | {} | {} | {} |\n",
            say(format.name_key),
            format.extension,
            also.collect::<String>(),
            yes(format.imports),
            yes(format.exports),
            lost.join("; ")
        ));
    }
    out
}

#[test]
fn the_table_of_formats_in_the_readme_is_this_list() {
    let path = format!("{}/../../README.md", env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(&path).unwrap();
    let (begin, end) = ("<!-- formats -->\n", "<!-- /formats -->");
    let (before, rest) = readme.split_once(begin).expect("a place for the table");
    let (now, behind) = rest.split_once(end).expect("its end");
    if std::env::var_os("WEFT_REWRITE").is_some() {
        std::fs::write(&path, format!("{before}{begin}{}{end}{behind}", table())).unwrap();
        return;
    }
    assert_eq!(
        now,
        table(),
        "`WEFT_REWRITE=1 cargo test -p weft-exchange registry` writes it anew"
    );
}

#[test]
fn no_two_files_for_other_systems_are_called_alike() {
    let mut names: Vec<String> = (formats().iter())
        .filter(|it| it.exports && (it.purpose == Purpose::Systems || it.id == "weft_json"))
        .map(|it| format!("{}.{}", it.part_of_name(""), it.extension))
        .collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all, "{names:?}");
}
