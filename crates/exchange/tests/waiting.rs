//! What waits in the tray from a JSON file: its cells, and what comes of correcting them.

use std::collections::BTreeMap;

use crate::foreign_shelf::{after, take};
use crate::random_plan::Seeded;
use serde_json::{Value as Json, json};
use weft_exchange::foreign::{Foreign, Options};
use weft_exchange::{AnswerTarget, Imported, Place, QuestionKind, Reason, weft_json};
use weft_model::{Act, Command, ItemId, Kind, Lang, Plan, Spot, Uid, Verb};

type Corrected = BTreeMap<Place, Vec<String>>;

fn foreign(format: Foreign, files: &[(&str, &Json)], corrected: &Corrected) -> Imported {
    let bytes: Vec<Vec<u8>> = (files.iter())
        .map(|(_, file)| file.to_string().into_bytes())
        .collect();
    let files: Vec<(&str, &[u8])> = (files.iter().zip(&bytes))
        .map(|((name, _), bytes)| (*name, bytes.as_slice()))
        .collect();
    let options = Options {
        corrected: corrected.clone(),
        ..Options::default()
    };
    take(format, &files, &Plan::new(), &options).unwrap()
}

fn weft(file: &Json, corrected: &Corrected) -> Imported {
    let bytes = file.to_string().into_bytes();
    let mut seeded = Seeded(7);
    weft_json::import_corrected(&bytes, corrected, &Plan::new(), &mut || seeded.uid()).unwrap()
}

/// Writes into the cell below a head of the only row that waits at a place.
fn write(imported: &Imported, path: &str, head: &str, text: &str, into: &mut Corrected) {
    let place = Place::Path(path.to_owned());
    let row = (imported.tray.iter()).find(|row| row.place == place);
    let row = row.unwrap_or_else(|| panic!("{path}: {:?}", imported.tray));
    let at = row.heads.iter().position(|it| it == head);
    let mut cells = row.cells.clone();
    cells[at.unwrap_or_else(|| panic!("{head}: {:?}", row.heads))] = text.to_owned();
    into.insert(place, cells);
}

fn statements(imported: &Imported) -> Vec<String> {
    let plan = after(&Plan::new(), imported);
    let lines = plan.job_items.iter();
    let mut all: Vec<String> = lines
        .map(|line| line.statement.get(&Lang::en()).to_owned())
        .collect();
    all.sort();
    all
}

#[test]
fn lines_and_links_of_a_package_come_in_corrected() {
    let package = json!({
        "CFDocument": { "identifier": "d", "title": "Turning", "language": "en" },
        "CFItems": [
            { "identifier": "a", "fullStatement": "Clamp" },
            { "identifier": "b", "fullStatement": 17, "humanCodingScheme": "B" },
            "Measure the bore",
        ],
        "CFAssociations": [
            { "identifier": "x", "originNodeURI": "a", "destinationNodeURI": "b" },
        ],
        "CFDefinitions": { "CFConcepts": [{ "identifier": "c" }, "odd"] },
    });
    let mut corrected = Corrected::new();
    let first = foreign(Foreign::Case, &[("p.json", &package)], &corrected);
    assert_eq!(first.tray.len(), 4, "{:?}", first.tray);
    assert_eq!(
        first.tray[0].heads[..2],
        ["fullStatement", "humanCodingScheme"]
    );
    assert_eq!(first.tray[0].cells, ["17", "B", "b"]);
    assert_eq!(first.tray[1].cells, ["Measure the bore", "", ""]);
    write(&first, "CFItems/1", "fullStatement", "17", &mut corrected);
    write(&first, "CFItems/2", "identifier", "c", &mut corrected);
    write(
        &first,
        "CFAssociations/0",
        "associationType",
        "isRelatedTo",
        &mut corrected,
    );
    write(
        &first,
        "CFDefinitions/CFConcepts/1",
        "title",
        "Cutting",
        &mut corrected,
    );

    let second = foreign(Foreign::Case, &[("p.json", &package)], &corrected);
    // A number that was left as it is stays one.
    assert_eq!(second.tray.len(), 1, "{:?}", second.tray);
    write(
        &second,
        "CFItems/1",
        "fullStatement",
        "Turn",
        &mut corrected,
    );
    let third = foreign(Foreign::Case, &[("p.json", &package)], &corrected);
    assert_eq!(third.tray, vec![]);
    assert_eq!(statements(&third), ["Clamp", "Measure the bore", "Turn"]);
    assert_eq!(
        after(&Plan::new(), &third).framework_parts.iter().count(),
        3
    );
}

#[test]
fn of_several_files_the_one_that_was_meant_is_corrected() {
    let one = |words: &str| {
        json!({ "name": words, "skills": [
        { "id": words, "skillName": words, "skillStatement": words },
        { "id": format!("{words}/2"), "skillName": ["odd"] },
    ] })
    };
    let (a, b) = (one("Turning"), one("Milling"));
    let files = [("a.json", &a), ("b.json", &b)];
    let mut corrected = Corrected::new();
    let first = foreign(Foreign::Rsd, &files, &corrected);
    assert_eq!(first.tray.len(), 2);
    write(
        &first,
        "b.json: skills/1",
        "skillName",
        "Slots",
        &mut corrected,
    );
    write(
        &first,
        "b.json: skills/1",
        "skillStatement",
        "Mill slots",
        &mut corrected,
    );
    // The second of two corrections of one row stands alone: put both into it.
    let place = Place::Path("b.json: skills/1".into());
    corrected.insert(
        place,
        ["Mill slots", "Slots", "Milling/2"]
            .map(String::from)
            .to_vec(),
    );
    let second = foreign(Foreign::Rsd, &files, &corrected);
    assert_eq!(second.tray.len(), 1);
    assert_eq!(second.tray[0].place, Place::Path("a.json: skills/1".into()));
    assert_eq!(statements(&second), ["Mill slots", "Milling", "Turning"]);
}

#[test]
fn values_of_a_plan_are_meant_as_their_fields_hold_them() {
    let file = json!({
        "format": "weft-plan", "version": 1,
        "about": { "title": "CNC", "languages": ["zh-CN", "en"], "intake_year": "soon" },
        "modules": [
            { "title": { "en": "Lathes" }, "total_hours": "many", "code": 7, "delivery": [] },
            "Milling",
            { "id": "not one", "title": { "en": "Grinding" } },
        ],
        "links": [{ "module": "x", "competency": "y", "level": 1 }],
        "weather": "fine",
    });
    let first = weft(&file, &Corrected::new());
    let mut corrected = Corrected::new();
    for (path, head, text) in [
        ("about/title", "title", "数控技术"),
        ("about/intake_year", "intake_year", "2026"),
        ("modules/0/total_hours", "total_hours", "64.5"),
        ("modules/0/code", "code", "7"),
        ("modules/0/delivery", "delivery", ""),
        ("modules/2", "id", ""),
    ] {
        write(&first, path, head, text, &mut corrected);
    }
    // Nothing of it is known by another value.
    let unknown = first
        .tray
        .iter()
        .find(|row| matches!(row.reason, Reason::UnknownPart { .. }));
    assert!(unknown.unwrap().heads.is_empty());
    let second = weft(&file, &corrected);
    let left: Vec<String> = (second.tray.iter())
        .map(|row| format!("{:?}", row.place))
        .collect();
    assert_eq!(
        left,
        [
            "Path(\"modules/0/code\")",
            "Path(\"modules/1\")",
            "Path(\"weather\")",
            "Path(\"links/0\")"
        ]
    );
    let plan = after(&Plan::new(), &second);
    assert_eq!(plan.about().title.get(&Lang::zh()), "数控技术");
    assert_eq!(plan.about().intake_year.map(|year| year.0), Some(2026));
    let lathes = plan.modules.iter().next().unwrap();
    assert_eq!(
        lathes.total_hours.map(|hours| hours.to_string()),
        Some("64.5".into())
    );
    assert_eq!(plan.modules.iter().count(), 2);
}

#[test]
fn a_line_whose_identifier_several_lines_have_is_what_a_person_says() {
    let uri = "https://example.org/skill/1";
    let package = json!({
        "CFDocument": { "identifier": "d", "title": "Turning", "language": "en" },
        "CFItems": [{ "identifier": "i1", "uri": uri, "fullStatement": "Turns shafts" }],
    });
    let bytes = package.to_string().into_bytes();
    let files: [(&str, &[u8]); 1] = [("p.json", &bytes)];
    let first = take(Foreign::Case, &files, &Plan::new(), &Options::default()).unwrap();
    let mut plan = after(&Plan::new(), &first);
    // Somebody has copied the line, identifier and all.
    let line = plan.job_items.iter().next().unwrap().id;
    let copy = ItemId {
        kind: Kind::JobItem,
        uid: Uid(900),
    };
    let mut fields = Vec::new();
    plan.any(Kind::JobItem).values(line.0, &mut |key, value| {
        fields.push((key, value));
    });
    let add = Command::Add {
        item: copy,
        owner: None,
        spot: Spot::Last,
        fields,
    };
    plan.apply(&Act::one(Verb::Add, copy, add)).unwrap();
    let asked = take(Foreign::Case, &files, &plan, &Options::default()).unwrap();
    let [question] = asked.questions.as_slice() else {
        panic!("{:?}", asked.questions);
    };
    let QuestionKind::WhichItem { candidates } = &question.kind else {
        panic!("{question:?}");
    };
    assert_eq!(candidates.len(), 2);
    let answered = |answer: AnswerTarget| {
        let options = Options {
            answers: [(question.place.clone(), answer)].into(),
            ..Options::default()
        };
        take(Foreign::Case, &files, &plan, &options).unwrap()
    };
    for item in candidates {
        let imported = answered(AnswerTarget::Item(*item));
        assert_eq!((&imported.tray, &imported.questions), (&vec![], &vec![]));
        assert_eq!(after(&plan, &imported).job_items.len(), 2);
    }
    let new = answered(AnswerTarget::New);
    assert_eq!(after(&plan, &new).job_items.len(), 3);
    let out = answered(AnswerTarget::Skip);
    assert_eq!(out.tray[0].reason, Reason::Skipped);
    assert_eq!(after(&plan, &out).job_items.len(), 2);
}
