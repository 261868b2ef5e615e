//! The fixtures as tests read them.

use weft_exchange::tables::{self, ApplyOptions, Matching, Sheet};
use weft_exchange::{Fate, Imported};
use weft_model::*;

use crate::random_plan::Seeded;

pub const TRADES: &[(&str, i64, usize, usize)] = &[
    ("aenderungsschneider", 600, 10, 207),
    ("anlagenmechaniker", 1020, 13, 288),
    ("aufbereitungsmechaniker", 1360, 16, 352),
    ("ausbaufacharbeiter", 880, 17, 226),
    ("verfahrensmechaniker", 940, 14, 335),
];

pub const CHINESE: &[&str] = &[
    "certificates",
    "competencies",
    "courses",
    "mapping",
    "order",
    "parties",
    "people",
    "rotation",
    "specification",
    "terms",
    "venues",
];

pub fn path(name: &str) -> String {
    format!("{}/../../tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))
}

pub fn sheet(name: &str) -> (Sheet, Matching) {
    let bytes = std::fs::read(path(name)).unwrap();
    let sheet = tables::read(name, &bytes).unwrap();
    let matching = tables::guess(&sheet);
    (sheet, matching)
}

pub fn trade(name: &str) -> Vec<(Sheet, Matching)> {
    ["mapping", "modules", "competencies"]
        .iter()
        .map(|table| sheet(&format!("tables/{name}.{table}.csv")))
        .collect()
}

pub fn chinese() -> Vec<(Sheet, Matching)> {
    CHINESE
        .iter()
        .map(|table| sheet(&format!("example-cn/{table}.csv")))
        .collect()
}

pub fn apply(
    plan: &Plan,
    sheets: &[(Sheet, Matching)],
    options: &ApplyOptions,
    seed: u64,
) -> Imported {
    let mut seeded = Seeded(seed);
    let imported = tables::apply(plan, sheets, options, &mut || seeded.uid());
    accounted(sheets, &imported);
    imported
}

/// Rows in are rows applied and rows in the tray; nothing falls away.
pub fn accounted(sheets: &[(Sheet, Matching)], imported: &Imported) {
    assert_eq!(imported.fates.len(), sheets.len());
    for ((sheet, _), fates) in sheets.iter().zip(&imported.fates) {
        assert_eq!(fates.len(), sheet.rows.len());
        for (row, fate) in sheet.rows.iter().zip(fates) {
            let blank = row.cells.iter().all(|cell| cell.trim().is_empty());
            assert!(
                blank || *fate != Fate::Blank,
                "{}: line {} fell away",
                sheet.name,
                row.line
            );
        }
    }
    let waiting = imported
        .fates
        .iter()
        .flatten()
        .filter(|fate| **fate == Fate::Tray)
        .count();
    assert_eq!(waiting, imported.tray.len());
}

pub fn plan_of(imported: &Imported, start: &Plan) -> Plan {
    let mut plan = start.clone();
    plan.apply(&Act::many(
        Verb::Import,
        Subject::Plan,
        imported.commands.clone(),
    ))
    .unwrap();
    plan
}

pub fn hours(plan: &Plan) -> Hours {
    let mut pooled: Vec<ModuleId> = Vec::new();
    for pool in plan.elective_pools.iter() {
        let take = pool.take_modules.map_or(0, |take| take.0) as usize;
        pooled.extend(pool.members.iter().skip(take));
    }
    plan.modules
        .iter()
        .filter(|module| !pooled.contains(&module.id))
        .map(|module| plan.counted_hours(module))
        .sum()
}

pub fn credits(plan: &Plan) -> Credits {
    let pooled: Vec<ModuleId> = plan
        .elective_pools
        .iter()
        .flat_map(|pool| pool.members.iter().skip(1).copied())
        .collect();
    plan.modules
        .iter()
        .filter(|module| !pooled.contains(&module.id))
        .filter_map(|module| module.credits)
        .sum()
}

/// Nothing waits, nothing is asked, nothing is odd, and the sums hold.
pub fn quiet(imported: &Imported) {
    assert_eq!(imported.tray, vec![]);
    assert_eq!(imported.questions, vec![]);
    assert_eq!(imported.warnings, vec![]);
    assert!(
        imported.checks.iter().all(|check| check.holds()),
        "{:?}",
        imported.checks
    );
}

/// The plan would stay as it is.
pub fn nothing_new(imported: &Imported) {
    assert_eq!(imported.commands, vec![]);
    assert!(
        imported
            .items
            .values()
            .all(|counted| counted.new + counted.updated == 0),
        "{:?}",
        imported.items
    );
    assert_eq!(imported.links.new + imported.links.updated, 0);
}
