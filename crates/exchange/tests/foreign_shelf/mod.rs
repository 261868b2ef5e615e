//! Foreign files as tests read them.
#![allow(dead_code, reason = "the examples take a part of it")]
#![allow(clippy::print_stdout)]

use weft_exchange::foreign::{self, File, FileError, Foreign, Options};
use weft_exchange::{Fate, Imported};
use weft_model::*;

use crate::random_plan::Seeded;

/// Packages of CASE in the fixtures, without their ending.
pub const CASE_PACKAGES: [&str; 4] = [
    "Ordering",
    "SmartLevelFramework",
    "opensalt-framework-20c5134f",
    "everything-v1p1",
];

pub fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/../../tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub fn take(
    format: Foreign,
    files: &[(&str, &[u8])],
    into: &Plan,
    options: &Options,
) -> Result<Imported, FileError> {
    let mut seeded = Seeded(7);
    let files: Vec<File<'_>> = files
        .iter()
        .map(|(name, bytes)| File {
            name,
            bytes,
            heard: Default::default(),
        })
        .collect();
    let read = foreign::import(format, &files, into, options, &mut || seeded.uid());
    if let Ok(imported) = &read {
        accounted(imported);
    }
    read
}

/// Every entry in is one that was applied, kept, left out by choice, or waits
/// in the tray.
pub fn accounted(imported: &Imported) {
    let waiting = fates(imported, Fate::Tray);
    // A line of ours with a field that is not known waits beside its line.
    assert!(imported.tray.len() >= waiting);
}

pub fn fates(imported: &Imported, fate: Fate) -> usize {
    let all = imported.fates.iter().flatten();
    all.filter(|known| **known == fate).count()
}

pub fn after(plan: &Plan, imported: &Imported) -> Plan {
    let mut plan = plan.clone();
    let act = Act::many(Verb::Import, Subject::Plan, imported.commands.clone());
    plan.apply(&act).unwrap();
    assert_eq!(plan.violations(), vec![]);
    plan
}

/// Prints what became of the entries of a file, and checks that none fell
/// away.
pub fn balance(name: &str, entries: usize, imported: &Imported) {
    let [applied, kept, tray, blank, left, heads] = [
        Fate::Applied,
        Fate::Kept,
        Fate::Tray,
        Fate::Blank,
        Fate::NotChosen,
        Fate::Header,
    ]
    .map(|fate| fates(imported, fate));
    println!(
        "{name}: {entries} in = {applied} applied + {kept} kept + {left} not chosen + {tray} in the tray ({blank} blank, {heads} heads)"
    );
    assert_eq!(entries, applied + kept + left + tray, "{name}");
    assert_eq!(tray, imported.tray.len(), "{name}");
}

/// The outline, a line each: depth, tier, code and statement.
pub fn outline(plan: &Plan) -> Vec<String> {
    let outline = Outline::of(plan);
    let rows = outline.rows().iter().map(|row| {
        let line = plan.job_items.get(row.id).unwrap();
        let words = line.statement.show(&Lang::en());
        format!(
            "{}{:?} {} {}",
            "  ".repeat(row.depth.into()),
            row.tier,
            line.code,
            words
        )
    });
    rows.collect()
}
