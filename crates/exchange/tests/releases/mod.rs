//! A small framework in two releases, and plans that hold the first.
#![allow(clippy::indexing_slicing)]

use serde_json::{Value as Json, json};
use weft_exchange::Imported;
use weft_exchange::foreign::{Foreign, Options};
use weft_exchange::release::Comparison;
use weft_model::*;

use crate::foreign_shelf::{after, take};

/// Lines of the small framework: the last two digits of the identifier, the
/// code, the words, and the line above (0: the document).
pub type Line = (u8, &'static str, &'static str, u8);

pub const FIRST: [Line; 6] = [
    (1, "T1", "Turn parts", 0),
    (2, "T1.1", "Set up a lathe", 1),
    (3, "T1.2", "Know cutting speeds", 1),
    (4, "T1.3", "Read a drawing", 1),
    (5, "T2", "Mill parts", 0),
    (6, "T2.1", "Set up a mill", 5),
];

pub fn uuid(number: u8) -> String {
    format!("11111111-2222-4333-8444-5555555555{number:02}")
}

/// A package of CASE 1.1.
pub fn framework(version: &str, day: &str, lines: &[Line]) -> Json {
    let address = |part: &str, id: &str| format!("https://example.org/ims/case/v1p1/{part}/{id}");
    let document = uuid(99);
    let items: Vec<Json> = lines
        .iter()
        .map(|(number, code, words, _)| {
            let id = uuid(*number);
            json!({
                "identifier": id, "uri": address("CFItems", &id), "fullStatement": words,
                "humanCodingScheme": code, "language": "en",
                "lastChangeDateTime": format!("{day}T00:00:00+00:00"),
            })
        })
        .collect();
    let edges: Vec<Json> = lines
        .iter()
        .enumerate()
        .map(|(at, (number, _, _, above))| {
            let edge = format!("66666666-2222-4333-8444-5555555555{number:02}");
            let (to, part) = match above {
                0 => (document.clone(), "CFDocuments"),
                above => (uuid(*above), "CFItems"),
            };
            json!({
                "identifier": edge, "uri": address("CFAssociations", &edge),
                "associationType": "isChildOf", "sequenceNumber": at,
                "originNodeURI": { "identifier": uuid(*number), "uri": address("CFItems", &uuid(*number)), "title": "" },
                "destinationNodeURI": { "identifier": to, "uri": address(part, &to), "title": "" },
            })
        })
        .collect();
    json!({
        "CFDocument": {
            "identifier": document, "uri": address("CFDocuments", &document), "creator": "Chamber",
            "title": "Machining", "language": "en", "caseVersion": "1.1", "version": version,
            "lastChangeDateTime": format!("{day}T00:00:00+00:00"),
        },
        "CFItems": items,
        "CFAssociations": edges,
    })
}

pub fn import(package: &Json, into: &Plan) -> Imported {
    let bytes = package.to_string();
    let files = [("machining.json", bytes.as_bytes())];
    take(Foreign::Case, &files, into, &Options::default()).unwrap()
}

/// A plan with the first release.
pub fn holding() -> Plan {
    let package = framework("1", "2025-03-01", &FIRST);
    after(&Plan::new(), &import(&package, &Plan::new()))
}

pub fn line(plan: &Plan, code: &str) -> JobItemId {
    let found = plan.job_items.iter().find(|line| line.code == code);
    found.unwrap_or_else(|| panic!("no line {code}")).id
}

pub fn words(plan: &Plan, code: &str) -> String {
    let line = plan.job_items.get(line(plan, code)).unwrap();
    line.statement.get(&Lang::en()).to_owned()
}

pub fn run(plan: &Plan, commands: Vec<Command>) -> Plan {
    let mut next = plan.clone();
    next.apply(&Act::many(Verb::Edit, Subject::Plan, commands))
        .unwrap();
    next
}

pub fn write(plan: &Plan, code: &str, words: &str) -> Plan {
    let set = Command::Set {
        item: line(plan, code).into(),
        key: field::job_item::statement.lang(Lang::en()),
        value: Some(Value::str(words)),
    };
    run(plan, vec![set])
}

/// Adds a module that is mapped to these competencies.
pub fn weave(plan: &Plan, uid: u64, title: &str, codes: &[&str]) -> Plan {
    let module = ModuleId(Uid(uid));
    let add = Command::Add {
        item: module.into(),
        owner: None,
        spot: Spot::Last,
        fields: vec![(field::module::title.lang(Lang::en()), Value::str(title))],
    };
    let link = |code: &&str| Command::Link {
        key: LinkKey::of(module, line(plan, code)),
        level: Some(2),
    };
    let links = codes.iter().map(link);
    run(plan, core::iter::once(add).chain(links).collect())
}

pub fn one(imported: &Imported) -> &Comparison {
    assert_eq!(imported.comparisons.len(), 1);
    &imported.comparisons[0]
}

pub fn titles(plan: &Plan, modules: &[ModuleId]) -> Vec<String> {
    let title = |module: &ModuleId| {
        plan.modules
            .get(*module)
            .unwrap()
            .title
            .get(&Lang::en())
            .to_owned()
    };
    modules.iter().map(title).collect()
}

/// The second release: one line reworded, one new, one gone.
pub fn second() -> Json {
    let lines = [
        FIRST[0],
        (2, "T1.1", "Set up a CNC lathe", 1),
        FIRST[2],
        (7, "T1.4", "Measure a part", 1),
        FIRST[4],
        FIRST[5],
    ];
    framework("2", "2026-06-01", &lines)
}
