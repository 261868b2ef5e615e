//! Framework curricula as JSON, compared with the tables that were made from
//! the same files by other hands.

use std::collections::BTreeSet;

use crate::shelf::*;
use weft_exchange::tables::{self, ApplyOptions, Matching, Sheet, TableKind};
use weft_exchange::{ImportError, curriculum};
use weft_model::*;

fn of(name: &str) -> Vec<(Sheet, Matching)> {
    let bytes = std::fs::read(path(&format!("kmk/{name}.json"))).unwrap();
    assert!(curriculum::is_one(&bytes));
    let sheets = curriculum::read(name, &bytes).unwrap().sheets.into_iter();
    sheets
        .map(|sheet| (sheet.clone(), tables::guess(&sheet)))
        .collect()
}

fn taken(sheets: &[(Sheet, Matching)]) -> Plan {
    let imported = apply(&Plan::new(), sheets, &ApplyOptions::default(), 1);
    assert_eq!(imported.tray, vec![]);
    plan_of(&imported, &Plan::new())
}

/// Modules, and which skills they teach in which unit and how strongly.
fn said(plan: &Plan) -> BTreeSet<String> {
    let name = |module: &Module| format!("{} {}", module.code, module.period);
    let mut all = BTreeSet::new();
    for module in plan.modules.iter() {
        let title = module.title.get(&Lang::de());
        all.insert(format!(
            "{}: {title}, {:?} h, {}",
            name(module),
            module.total_hours,
            module.focus
        ));
    }
    for (key, link) in plan.weave.iter() {
        let module = plan.modules.get(key.module).unwrap();
        let unit = key.unit.and_then(|unit| plan.units.get(unit)).unwrap();
        let line = plan.job_items.get(key.competency).unwrap();
        let (unit, words) = (&unit.code, line.statement.get(&Lang::de()));
        all.insert(format!(
            "{} {unit} → {} {words} {:?}",
            name(module),
            line.origin_uri,
            link.strength
        ));
    }
    all
}

#[test]
fn a_curriculum_says_what_its_tables_say() {
    for (name, hours, modules, links) in TRADES {
        let plan = taken(&of(name));
        let (here, there) = (said(&plan), said(&taken(&trade(name))));
        let differ: Vec<&String> = here.symmetric_difference(&there).take(6).collect();
        assert_eq!(differ, Vec::<&String>::new(), "{name}");
        assert_eq!(
            (plan.modules.len(), plan.weave.len()),
            (*modules, *links),
            "{name}"
        );
        let all: Hours = plan
            .modules
            .iter()
            .filter_map(|module| module.total_hours)
            .sum();
        assert_eq!(all, Hours::from_halves(hours * 2), "{name}");
        // What the tables do not have: the trade, outcomes without skills, reasons.
        let roles = plan
            .job_items
            .iter()
            .filter(|line| line.tier == Some(Of(Tier::Role)));
        let roles: Vec<&JobItem> = roles.collect();
        assert!(
            !roles[0].description.is_empty() && roles.len() == 1,
            "{name}"
        );
        let below = plan
            .job_items
            .iter()
            .filter(|line| line.parent == Some(To(roles[0].id)));
        assert_eq!(below.count(), plan.job_items.len() - 1, "{name}");
        assert!(
            plan.weave.iter().all(|(_, link)| !link.note.is_empty()),
            "{name}"
        );
    }
}

#[test]
fn a_curriculum_taken_in_again_changes_nothing() {
    let sheets = of("ausbaufacharbeiter");
    let plan = taken(&sheets);
    nothing_new(&apply(&plan, &sheets, &ApplyOptions::default(), 2));
}

#[test]
fn what_is_no_part_of_a_curriculum_is_shown_and_nothing_falls_away() {
    let text = r#"{"document_data": {"beruf": "B", "lernfeld_ausbildungsteil": [
        "?", {"name": "Eins", "nummer": 1, "kompetenzen": [null, {"text": "Planen", "skills": [7, {"name": "lesen"}]}]}
    ]}}"#;
    let sheets = curriculum::read("x.json", text.as_bytes()).unwrap().sheets;
    let other = sheets
        .iter()
        .find(|sheet| sheet.name == "x.json · other")
        .unwrap();
    let cells: Vec<&str> = other.rows[1..]
        .iter()
        .map(|row| row.cells[1].as_str())
        .collect();
    assert_eq!(cells, ["\"?\"", "null", "7"]);
    assert_eq!(tables::guess(other).table, None);
    let kinds: Vec<_> = sheets
        .iter()
        .filter_map(|sheet| tables::guess(sheet).table)
        .collect();
    let wanted = [
        TableKind::Modules,
        TableKind::Competencies,
        TableKind::Units,
        TableKind::Mapping,
    ];
    assert_eq!(kinds, wanted);
}

#[test]
fn what_is_no_curriculum_is_refused() {
    let read = |text: &str| curriculum::read("x", text.as_bytes()).map(|it| it.sheets);
    assert_eq!(read("{}"), Err(ImportError::NotThisFormat));
    assert_eq!(
        read(r#"{"lernfeld_ausbildungsteil": 3}"#),
        Err(ImportError::NotThisFormat)
    );
    assert_eq!(
        read(r#"{"lernfeld_ausbildungsteil": []}"#),
        Err(ImportError::Empty)
    );
    assert!(matches!(
        read("{\"lernfeld_ausbildungsteil\": ["),
        Err(ImportError::Malformed { .. })
    ));
    let deep = format!("{{\"lernfeld_ausbildungsteil\": {}", "[".repeat(100_000));
    assert!(matches!(read(&deep), Err(ImportError::Malformed { .. })));
}

#[test]
fn what_is_not_read_of_a_curriculum_is_named_and_what_a_trade_needs_is_more_important() {
    let bytes = std::fs::read(path("kmk/anlagenmechaniker.json")).unwrap();
    let read = curriculum::read("x", &bytes).unwrap();
    assert_eq!(read.passed_over, ["esco", "isco_mapping", "kldb_mapping"]);
    let json =
        br#"{ "lernfeld_ausbildungsteil": [{ "name": "Drehen", "farbe": "rot", "kompetenzen": [
        { "text": "planen", "skills": [
            { "name": "a", "uri": "u:a", "essential": true, "kosten": 3 },
            { "name": "b", "uri": "u:b", "essential": false, "leer": "" },
            { "name": "c", "uri": "u:c" }] }] }] }"#;
    let read = curriculum::read("x", json).unwrap();
    assert_eq!(
        read.passed_over,
        ["lernfeld_ausbildungsteil.farbe", "skills.kosten"]
    );
    let rows = read.sheets[1].rows.iter().skip(1);
    let last = rows.map(|row| row.cells.last().unwrap().as_str());
    assert_eq!(last.collect::<Vec<_>>(), ["5", "3", ""]);
}
