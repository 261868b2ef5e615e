//! One importer under libFuzzer: `WEFT_FUZZ` names it. Whatever it is given ends
//! with an error or with a result; a result is done to a plan as one act, whole,
//! what comes of it is a plan without anything impossible in it, and the same
//! files may come in once more.

#![no_main]

mod parts;

use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use parts::{BETWEEN, BOOK, PAPER};
use weft_exchange::foreign::{Foreign, Options};
use weft_exchange::tables::{self, ApplyOptions, Matching, Sheet};
use weft_exchange::{Imported, QuestionKind, link};
use weft_model::{Act, Plan, Subject, Verb, Violation};
use weft_sandbox::{Answer, Entry, Given, Job, Port, ReadTable, What, answer, fresh};

static WAY: LazyLock<String> = LazyLock::new(|| std::env::var("WEFT_FUZZ").unwrap_or_default());

fuzz_target!(|bytes: &[u8]| {
    let plain = || vec![given("file", bytes)];
    let several = || {
        let files = parts(bytes).into_iter().enumerate();
        files
            .map(|(at, part)| given(&format!("{at}.csv"), part))
            .collect::<Vec<_>>()
    };
    match WAY.as_str() {
        "weft_json" => import(What::Weft, &plain()),
        "case" => import(What::Foreign(Foreign::Case), &plain()),
        "moodle" => import(What::Foreign(Foreign::Moodle), &plain()),
        "opensalt" => import(What::Foreign(Foreign::OpenSalt), &plain()),
        "esco" => import(What::Foreign(Foreign::Esco), &several()),
        "onet" => import(What::Foreign(Foreign::Onet), &several()),
        "rsd" => import(What::Foreign(Foreign::Rsd), &plain()),
        "uk_standards" => import(What::Foreign(Foreign::UkStandards), &plain()),
        "curriculum" => look(&[given("curriculum.json", bytes)]),
        "tables" => look(&several()),
        "xlsx" => look_into(BOOK, bytes, "book.xlsx"),
        "docx" => look_into(PAPER, bytes, "paper.docx"),
        "zip" => look(&[given("all.zip", bytes)]),
        "link" => {
            if let Ok((_, json)) = link::unpack(bytes) {
                import(What::Weft, &[given("link", &json)]);
            }
        }
        other => panic!("WEFT_FUZZ names no importer: {other:?}"),
    }
});

struct Letters;

impl Port for Letters {
    fn progress(&mut self, _: f64) {}

    fn decode(&mut self, label: &str, bytes: &[u8]) -> Option<String> {
        (label == "windows-1252").then(|| bytes.iter().map(|byte| char::from(*byte)).collect())
    }

    fn hand_out(&mut self, _: &[u8]) {}
}

fn given(name: &str, bytes: &[u8]) -> Given {
    Given {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    }
}

fn look_into(names: &[&str], bytes: &[u8], name: &str) {
    if let Some(file) = packed(names, &parts(bytes)) {
        look(&[given(name, &file)]);
    }
}

/// What a person does who drops the files: whatever they are found to be comes in.
fn look(files: &[Given]) {
    let Answer::Looked(entries) = answer(&Job::Look, files, &mut Letters) else {
        unreachable!("a look is answered with one");
    };
    let mut sheets: Vec<(Sheet, Matching)> = Vec::new();
    let mut known = Vec::new();
    for entry in entries {
        match entry {
            Entry::Table(table) => {
                let ReadTable {
                    sheet, matching, ..
                } = *table;
                sheets.push((sheet, matching));
            }
            Entry::Known { what, .. } if !known.contains(&what) => known.push(what),
            Entry::Form { form, .. } => drop(form.remarks(&Plan::new())),
            Entry::Known { .. } | Entry::Refused(_) | Entry::Beside(_) => {}
        }
    }
    if !sheets.is_empty() {
        let mut plan = Plan::new();
        let mut uids = fresh(7);
        for make_missing in [false, true] {
            let options = ApplyOptions {
                make_missing,
                ..ApplyOptions::default()
            };
            let read = tables::apply(&plan, &sheets, &options, &mut uids);
            plan = done(&plan, read);
        }
    }
    for what in known {
        import(what, files);
    }
}

fn import(what: What, files: &[Given]) {
    let mut plan = Plan::new();
    let mut options = Options::default();
    // At first nothing may be chosen; then what was offered comes in, and again.
    for seed in 0..3 {
        let Some(read) = imported(what, files, &plan, &options, seed) else {
            return;
        };
        let offered = read
            .questions
            .iter()
            .filter_map(|question| match &question.kind {
                QuestionKind::WhichOf { offers } => Some(offers.iter().take(3)),
                _ => None,
            });
        let chosen: BTreeSet<String> = offered.flatten().map(|offer| offer.id.clone()).collect();
        plan = done(&plan, read);
        options.chosen.extend(chosen);
    }
}

fn imported(
    what: What,
    files: &[Given],
    plan: &Plan,
    options: &Options,
    seed: u64,
) -> Option<Imported> {
    let (plan, options) = (weft_document::pack_plan(plan), options.clone());
    match answer(
        &Job::Import {
            what,
            plan,
            options,
            seed,
        },
        files,
        &mut Letters,
    ) {
        Answer::Imported(read) => read.ok().map(|read| *read),
        _ => unreachable!("an import is answered with one"),
    }
}

fn done(before: &Plan, read: Imported) -> Plan {
    let mut plan = before.clone();
    let act = Act::many(Verb::Import, Subject::Plan, read.commands);
    if let Err(error) = plan.apply(&act) {
        panic!("what was read cannot be done: {error:?}");
    }
    let mut broken = plan.violations();
    // A line below one that cannot hold it comes in as it went out.
    broken.retain(|one| !matches!(one, Violation::Misplaced { .. }));
    assert!(broken.is_empty(), "{broken:?}");
    plan
}

/// The parts of an input.
fn parts(input: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = input;
    while let Some(at) = rest.windows(BETWEEN.len()).position(|it| it == BETWEEN) {
        parts.push(&rest[..at]);
        rest = &rest[at + BETWEEN.len()..];
    }
    parts.push(rest);
    parts
}

/// A container with these parts, not compressed.
fn packed(names: &[&str], parts: &[&[u8]]) -> Option<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in names.iter().zip(parts) {
        zip.start_file(*name, options).ok()?;
        zip.write_all(bytes).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}
