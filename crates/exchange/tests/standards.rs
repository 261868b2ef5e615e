//! UK occupational standards: chosen by version, whole, with every entry
//! accounted for, and a newer version compared with what the plan holds.

use crate::foreign_shelf::*;
use serde_json::{Value as Json, json};
use weft_exchange::foreign::{Foreign, Options, recognise};
use weft_exchange::release::{Choices, Whose, taking};
use weft_exchange::{Fate, Imported, Offer, Place, QuestionKind, Reason, WarningKind};
use weft_model::*;

const FORMAT: Foreign = Foreign::UkStandards;

fn standards() -> Json {
    serde_json::from_slice(&fixture("standards/standards.json")).unwrap()
}

fn read(file: &Json, into: &Plan, options: &Options) -> Imported {
    let bytes = file.to_string().into_bytes();
    assert_eq!(recognise(&bytes), Some(FORMAT));
    take(FORMAT, &[("standards.json", &bytes)], into, options).unwrap()
}

fn choosing(ids: &[&str]) -> Options {
    Options {
        chosen: ids.iter().map(|id| (*id).to_owned()).collect(),
        ..Options::default()
    }
}

fn offers(imported: &Imported) -> Vec<Offer> {
    let kinds = imported.questions.iter().map(|question| &question.kind);
    let mut found = kinds.filter_map(|kind| match kind {
        QuestionKind::WhichOf { offers } => Some(offers.clone()),
        _ => None,
    });
    found.next().unwrap_or_default()
}

/// The plan with a version of the joiner.
fn holding(version: &str) -> Plan {
    let options = choosing(&[&format!("ST9001_{version}")]);
    after(&Plan::new(), &read(&standards(), &Plan::new(), &options))
}

fn line<'a>(plan: &'a Plan, code: &str) -> &'a JobItem {
    let mut lines = plan.job_items.iter();
    lines.find(|line| line.code == code).unwrap()
}

fn path(place: &Place) -> &str {
    match place {
        Place::Path(path) => path,
        other => panic!("{other:?}"),
    }
}

fn also(imported: &Imported) -> Vec<(String, String)> {
    let warnings = imported.warnings.iter();
    let also = warnings.filter_map(|it| match &it.kind {
        WarningKind::AlsoBelow { text, .. } => Some((path(&it.place).to_owned(), text.clone())),
        _ => None,
    });
    also.collect()
}

#[test]
fn nothing_comes_in_before_a_version_of_a_standard_is_chosen() {
    let imported = read(&standards(), &Plan::new(), &Options::default());
    assert_eq!(imported.commands, vec![]);
    balance("standards, nothing chosen", 4, &imported);
    let offers = offers(&imported);
    let said: Vec<(&str, &str, usize)> = offers
        .iter()
        .map(|it| (it.id.as_str(), it.title.as_str(), it.holds))
        .collect();
    assert_eq!(
        said,
        [
            ("ST9001_1.0", "Workshop joiner · 1.0 · Retired", 15),
            (
                "ST9001_1.1",
                "Workshop joiner · 1.1 · Approved for delivery",
                15
            ),
            ("ST9002_1.0", "Kiln operator · 1.0 · Withdrawn", 3),
            (
                "FA9001_1.0",
                "Woodworking foundation · 1.0 · Approved for delivery",
                4
            ),
        ]
    );
    assert_eq!(offers[0].code, "ST9001");
}

#[test]
fn a_chosen_standard_comes_in_whole_each_line_once_and_below_its_first_duty() {
    let imported = read(&standards(), &Plan::new(), &choosing(&["ST9001_1.0"]));
    // Four standards, and of one its duties, entries and options.
    balance("ST9001 1.0", 4 + 4 + 11 + 2, &imported);
    assert_eq!(imported.tray, vec![]);
    let plan = after(&Plan::new(), &imported);
    assert_eq!(
        outline(&plan),
        [
            "Role ST9001 Workshop joiner",
            "  Task D1 Plan a piece of joinery from a customer’s drawing.",
            "    Competency K1 Know the grain of timber and how it moves as it dries.",
            "    Competency K2 How to read a cutting list: sizes sections joints",
            "    Competency S1 Mark out a joint from a drawing.",
            "    Competency B2 Keeps to what was agreed with the customer.",
            "  Task D2 Make joints and frames at the bench.",
            "    Competency K3 Rules for guards & extraction on wood machines.",
            "    Competency S2 Cut and fit a mortise and tenon.",
            "    Competency S3 Set the fence and the guard of a planer.",
            "    Competency B1 Takes care of own safety and that of others.",
            "  Task D3 Fit joinery on site.",
            "    Competency S4 Hang a door so that it closes by itself.",
            "  Task D4 Leave the workplace safe and clean.",
            "  Competency K4 Costs of a job and what waste adds to them.",
            "  Competency S5 Fix a cabinet to a hollow wall.",
        ]
    );
    // What several duties want is named with the others of them.
    assert_eq!(
        also(&imported),
        [
            ("0/knowledges/0".to_owned(), "D2".to_owned()),
            ("0/knowledges/2".to_owned(), "D4".to_owned()),
            ("0/skills/0".to_owned(), "D2".to_owned()),
            ("0/behaviours/0".to_owned(), "D3, D4".to_owned()),
            ("0/behaviours/1".to_owned(), "D2, D3".to_owned()),
        ]
    );
    assert_eq!(imported.warnings.len(), 5);
    let kinds = ["K1", "S1", "B1"].map(|code| line(&plan, code).kind.unwrap().0);
    assert_eq!(
        kinds,
        [
            CompetencyKind::Knowledge,
            CompetencyKind::Skill,
            CompetencyKind::Behaviour
        ]
    );
    let en = Lang::en();
    let duty = line(&plan, "D1");
    assert_eq!(duty.description.get(&en), "The customer agrees.");
    assert_eq!(line(&plan, "D2").note.get(&en), "Bench");
    let role = line(&plan, "ST9001");
    assert_eq!(
        role.description.get(&en),
        "Makes and fits joinery in a workshop – and on site."
    );
    // Who wrote it stays out, what it says of itself is kept.
    assert!(!role.kept.0.contains("nobody") && role.kept.0.contains("\"typicalDuration\":24"));
}

#[test]
fn identifiers_source_release_and_date_are_kept_as_they_stand() {
    let plan = holding("1.0");
    let of = |code: &str| line(&plan, code).origin_uri.as_str();
    assert_eq!(of("ST9001"), "ST9001");
    assert_eq!(of("D1"), "0b1e0004-5a7e-4c1d-9e55-000000000001");
    assert_eq!(of("B2"), "0b1e0003-5a7e-4c1d-9e55-000000000002");
    let line = line(&plan, "K3");
    assert_eq!(line.origin_source, "Workshop joiner");
    assert_eq!(line.origin_release, "1.0");
    let framework = plan.frameworks.get(line.framework.unwrap().0).unwrap();
    assert_eq!(framework.identifier, "ST9001");
    assert_eq!(framework.uri, "https://standards.example/st9001-v1-0");
    assert_eq!(framework.release, "1.0");
    assert_eq!(framework.changed, "2024-12-02T09:30:00");
    assert_eq!(framework.publisher, "Skills England");
    assert_eq!(framework.licence, "Open Government Licence v3.0");
    // All that a duty is mapped to, as its source writes it.
    let kept: Json = serde_json::from_str(&self::line(&plan, "D2").kept.0).unwrap();
    assert_eq!(kept["release"]["mappedSkills"].as_array().unwrap().len(), 3);
    assert_eq!(
        kept["uk"]["KSBs"],
        json!(["K1", "K3", "S1", "S2", "S3", "B1", "B2"])
    );
}

#[test]
fn the_same_version_again_changes_nothing() {
    for id in ["ST9001_1.0", "ST9001_1.1", "ST9002_1.0", "FA9001_1.0"] {
        let options = choosing(&[id]);
        let plan = after(&Plan::new(), &read(&standards(), &Plan::new(), &options));
        let again = read(&standards(), &plan, &options);
        assert_eq!(again.commands, vec![], "{id}");
        assert_eq!(again.comparisons[0].changes(), 0, "{id}");
    }
}

#[test]
fn a_newer_version_is_compared_and_what_only_got_another_identifier_is_known_by_its_words() {
    let plan = holding("1.0");
    let imported = read(&standards(), &plan, &choosing(&["ST9001_1.1"]));
    let [comparison] = imported.comparisons.as_slice() else {
        panic!("{:?}", imported.comparisons)
    };
    assert_eq!(
        (&*comparison.before.name, &*comparison.after.name),
        ("1.0", "1.1")
    );
    assert_eq!(comparison.after.changed, "2025-11-03T10:00:00");
    let changed: Vec<&str> = comparison
        .changed
        .iter()
        .map(|it| plan.job_items.get(it.line).unwrap().code.as_str())
        .collect();
    // The duty wants one more; the second behaviour has only another GUID.
    assert_eq!(changed, ["ST9001", "D2", "S3"]);
    assert_eq!(comparison.changed[0].particulars[0].name, "status");
    let particular = &comparison.changed[1].particulars[0];
    assert_eq!(particular.name, "KSBs");
    assert!(particular.after.contains("K5") && !particular.before.contains("K5"));
    let new: Vec<&str> = comparison.new.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(new, ["K5"]);
    let gone: Vec<JobItemId> = comparison.gone.iter().map(|it| it.line).collect();
    assert_eq!(gone, [line(&plan, "S5").id]);
    let choices = Choices::suggested(&imported.comparisons);
    let mut next = plan.clone();
    let commands = taking(&plan, &imported, &choices);
    next.apply(&Act::many(Verb::Import, Subject::Plan, commands))
        .unwrap();
    assert_eq!(line(&next, "B2").id, line(&plan, "B2").id);
    assert_eq!(
        line(&next, "B2").origin_uri,
        "0b1e0003-5a7e-4c1d-9e55-000000000016"
    );
    assert_eq!(line(&next, "K1").origin_release, "1.1");
}

#[test]
fn what_the_partners_have_reworded_is_told_from_what_the_standard_has() {
    let plan = holding("1.0");
    let write = |plan: &Plan, code: &str, words: &str| {
        let set = Command::Set {
            item: line(plan, code).id.into(),
            key: field::job_item::statement.lang(Lang::en()),
            value: Some(Value::str(words)),
        };
        let mut next = plan.clone();
        next.apply(&Act::one(Verb::Edit, Subject::Plan, set))
            .unwrap();
        next
    };
    let plan = write(
        &write(&plan, "S1", "Mark out our joints."),
        "S3",
        "Set our planer.",
    );
    let imported = read(&standards(), &plan, &choosing(&["ST9001_1.1"]));
    let whose = |code: &str| {
        let id = line(&plan, code).id;
        let mut changed = imported.comparisons[0].changed.iter();
        changed.find(|it| it.line == id).unwrap().whose
    };
    assert_eq!((whose("S1"), whose("S3")), (Whose::Plan, Whose::Both));
}

#[test]
fn of_two_versions_of_one_standard_the_newer_comes_in_and_the_other_is_named() {
    let both = choosing(&["ST9001_1.0", "ST9001_1.1", "FA9001_1.0"]);
    let imported = read(&standards(), &Plan::new(), &both);
    let plan = after(&Plan::new(), &imported);
    assert_eq!(plan.frameworks.len(), 2);
    assert_eq!(line(&plan, "S1").origin_release, "1.1");
    let newer = WarningKind::NewerChosen { text: "1.1".into() };
    assert!(imported.warnings.iter().any(|it| it.kind == newer));
    // 1.10 is newer than 1.9.
    let mut file = standards();
    file[0]["version"] = json!("1.10");
    file[1]["version"] = json!("1.9");
    let both = choosing(&["ST9001_1.10", "ST9001_1.9"]);
    let plan = after(&Plan::new(), &read(&file, &Plan::new(), &both));
    assert_eq!(line(&plan, "S1").origin_release, "1.10");
}

#[test]
fn a_standard_without_duties_and_a_foundation_have_their_entries_below_the_role() {
    let options = choosing(&["ST9002_1.0", "FA9001_1.0"]);
    let imported = read(&standards(), &Plan::new(), &options);
    // The duty that stands for none is blank.
    balance("old and foundation", 4 + 2 + 4, &imported);
    assert_eq!(
        (fates(&imported, Fate::Blank), imported.warnings.len()),
        (1, 0)
    );
    let plan = after(&Plan::new(), &imported);
    assert_eq!(
        outline(&plan),
        [
            "Role ST9002 Kiln operator",
            "  Competency K1 How a load of timber dries.",
            "  Competency S1 Stack a load with stickers.",
            "Role FA9001 Woodworking foundation",
            "  Competency TK1 Names of hand tools and what each is for.",
            "  Competency TS1 Sharpen a chisel.",
            "  Competency TS2 Plane a face flat.",
            "  Competency ESB1 Is on time and says when something is late.",
        ]
    );
    // The empty GUID is no identifier; a code is one where there is no other.
    assert_eq!(line(&plan, "S1").origin_uri, "");
    assert_eq!(line(&plan, "K1").origin_uri, "K1");
}

#[test]
fn one_standard_alone_comes_in_unasked_also_from_the_occupational_maps() {
    let one = standards()[1].clone();
    let imported = read(&one, &Plan::new(), &Options::default());
    assert_eq!(imported.questions, vec![]);
    balance("one standard", 1 + 4 + 11 + 2, &imported);
    assert_eq!(outline(&after(&Plan::new(), &imported)).len(), 16);

    let bytes = fixture("standards/occupation.json");
    let occupation: Json = serde_json::from_slice(&bytes).unwrap();
    let imported = read(&occupation, &Plan::new(), &Options::default());
    balance("an occupation of the maps", 1 + 1 + 4, &imported);
    let plan = after(&Plan::new(), &imported);
    assert_eq!(
        outline(&plan),
        [
            "Role OCC9001 Workshop joiner",
            "  Task D1 Plan a piece of joinery.",
            "    Competency K1 How timber moves.",
            "    Competency S1 Mark out a joint.",
            "    Competency B1 Works with care.",
            "  Competency K2 How a joint holds.",
        ]
    );
    assert_eq!(
        line(&plan, "K1").origin_uri,
        "0b1e0009-5a7e-4c1d-9e55-000000000001"
    );
    let framework = plan.frameworks.iter().next().unwrap();
    assert_eq!(
        (&*framework.release, &*framework.changed),
        ("1.1", "2025-11-03T10:00:00")
    );
    let again = read(
        &json!({ "results": [occupation] }),
        &plan,
        &Options::default(),
    );
    assert_eq!(again.commands, vec![]);
}

#[test]
fn what_is_not_understood_waits_in_the_tray_and_comes_in_corrected() {
    let mut file = standards();
    file[1]["skills"][1]["detail"] = json!(["no", "text"]);
    file[1]["knowledges"][2] = json!(17);
    file[1]["duties"][3]["dutyDetail"] = json!(null);
    file[1]["behaviours"] = json!("none");
    file[3] = json!("a standard?");
    let choice = choosing(&["ST9001_1.1"]);
    let imported = read(&file, &Plan::new(), &choice);
    balance("with odd entries", 4 + 4 + 5 + 4 + 1 + 2, &imported);
    let tray: Vec<(&str, &Reason)> = imported
        .tray
        .iter()
        .map(|row| (path(&row.place), &row.reason))
        .collect();
    assert_eq!(
        tray,
        [
            ("3", &Reason::BadShape),
            ("1/knowledges/2", &Reason::BadShape),
            ("1/skills/1", &Reason::BadShape),
            ("1/behaviours", &Reason::BadShape),
            ("1/duties/3", &Reason::NoName),
        ]
    );
    assert_eq!(imported.tray[2].cells[1], "[\"no\",\"text\"]");
    // What a duty wants and the lists do not have is named.
    let missing = imported
        .warnings
        .iter()
        .filter(|it| matches!(&it.kind, WarningKind::NoSuch { text, .. } if !text.is_empty()));
    assert!(missing.count() >= 5);

    let mut options = choice;
    let mut correct = |at: &str, id: &str, words: &str| {
        let cells = vec![id.to_owned(), words.to_owned()];
        options.corrected.insert(Place::Path(at.to_owned()), cells);
    };
    correct(
        "1/knowledges/2",
        "0b1e0001-5a7e-4c1d-9e55-000000000003",
        "Rules for guards.",
    );
    correct(
        "1/skills/1",
        "0b1e0002-5a7e-4c1d-9e55-000000000002",
        "Cut a tenon.",
    );
    correct(
        "1/duties/3",
        "0b1e0004-5a7e-4c1d-9e55-000000000004",
        "Leave it clean.",
    );
    correct("3", "ST9004", "A standard");
    let imported = read(&file, &Plan::new(), &options);
    assert_eq!(imported.tray.len(), 1);
    let plan = after(&Plan::new(), &imported);
    let words = |code: &str| line(&plan, code).statement.get(&Lang::en()).to_owned();
    assert_eq!(words("S2"), "Cut a tenon.");
    assert_eq!(words("D4"), "Leave it clean.");
    assert_eq!(offers(&imported)[3].code, "ST9004");
}

#[test]
fn what_waits_in_the_tray_or_stands_in_a_list_that_is_missing_is_not_gone() {
    let plan = holding("1.0");
    let mut file = standards();
    file[1]["skills"][0]["detail"] = json!([3]);
    file[1]["behaviours"] = json!(null);
    let imported = read(&file, &plan, &choosing(&["ST9001_1.1"]));
    assert_eq!(imported.tray.len(), 1);
    let gone: Vec<JobItemId> = imported.comparisons[0]
        .gone
        .iter()
        .map(|it| it.line)
        .collect();
    assert_eq!(gone, [line(&plan, "S5").id]);
}

#[test]
fn a_version_that_stands_twice_waits_and_a_line_that_standards_share_comes_in_once() {
    let mut file = standards();
    file[3] = file[1].clone();
    let imported = read(&file, &Plan::new(), &choosing(&["ST9001_1.1"]));
    assert_eq!(imported.tray.len(), 1);
    assert_eq!(imported.tray[0].reason, Reason::Twice);
    // Another standard with some of the same.
    file[3]["referenceNumber"] = json!("ST9003");
    file[3]["title"] = json!("Site joiner");
    file[3]["duties"] = json!([]);
    let options = choosing(&["ST9001_1.1", "ST9003_1.1"]);
    let imported = read(&file, &Plan::new(), &options);
    assert_eq!(imported.tray, vec![]);
    let plan = after(&Plan::new(), &imported);
    assert_eq!(plan.job_items.len(), 16 + 1);
    let shared = also(&imported)
        .into_iter()
        .filter(|(_, text)| text == "Site joiner");
    assert_eq!(shared.count(), 11);
}
