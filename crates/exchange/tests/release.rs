//! A newer release of a framework: what it changes, and which modules that
//! touches.

use crate::foreign_shelf::*;
use crate::releases::*;
use serde_json::json;
use weft_exchange::Imported;
use weft_exchange::foreign::{Foreign, Options};
use weft_exchange::release::{Choices, Group, Release, Whose, taking};
use weft_model::*;

#[test]
fn a_first_import_is_compared_with_nothing() {
    let imported = import(&framework("1", "2025-03-01", &FIRST), &Plan::new());
    assert_eq!(imported.comparisons, vec![]);
}

#[test]
fn the_same_release_again_changes_nothing() {
    let plan = holding();
    let imported = import(&framework("1", "2025-03-01", &FIRST), &plan);
    let comparison = one(&imported);
    assert_eq!(comparison.changes(), 0);
    assert_eq!(comparison.same.len(), 6);
    let choices = Choices::suggested(&imported.comparisons);
    assert_eq!(taking(&plan, &imported, &choices), vec![]);
}

#[test]
fn a_release_says_what_is_changed_new_and_gone_and_which_modules_that_touches() {
    let plan = weave(&holding(), 900, "Turning", &["T1.1", "T1.2"]);
    let plan = weave(&plan, 901, "Drawings", &["T1.3"]);
    let imported = import(&second(), &plan);
    let comparison = one(&imported);
    assert_eq!(comparison.title, "Machining");
    let release = |name: &str, day: &str| Release {
        name: name.into(),
        changed: format!("{day}T00:00:00+00:00"),
    };
    assert_eq!(comparison.before, release("1", "2025-03-01"));
    assert_eq!(comparison.after, release("2", "2026-06-01"));

    let [changed] = comparison.changed.as_slice() else {
        panic!("{:?}", comparison.changed)
    };
    assert_eq!(changed.line, line(&plan, "T1.1"));
    assert_eq!(changed.whose, Whose::Source);
    let [difference] = changed.differences.as_slice() else {
        panic!("{:?}", changed.differences)
    };
    assert_eq!(difference.before, Some(Value::str("Set up a lathe")));
    assert_eq!(difference.after, Some(Value::str("Set up a CNC lathe")));
    assert_eq!(titles(&plan, &changed.modules), ["Turning"]);

    let [new] = comparison.new.as_slice() else {
        panic!("{:?}", comparison.new)
    };
    assert_eq!((new.code.as_str(), new.tier), ("T1.4", Tier::Competency));
    assert_eq!(new.above, Some(line(&plan, "T1")));
    assert!(!new.deleted);

    let [gone] = comparison.gone.as_slice() else {
        panic!("{:?}", comparison.gone)
    };
    assert_eq!(gone.line, line(&plan, "T1.3"));
    assert_eq!(titles(&plan, &gone.modules), ["Drawings"]);
    assert_eq!(comparison.same.len(), 4);
}

#[test]
fn a_line_touches_the_modules_of_what_stands_below_it_and_of_what_assesses_it() {
    let plan = weave(&holding(), 901, "Drawings", &["T1.3"]);
    let plan = weave(&plan, 900, "Turning", &["T1.1"]);
    let plan = weave(&plan, 902, "Milling", &["T2.1"]);
    let assessment = ItemId {
        kind: Kind::Assessment,
        uid: Uid(950),
    };
    let assessed = field::assessment::competencies.member(line(&plan, "T1.2").0);
    let add = Command::Add {
        item: assessment,
        owner: Some(Uid(902)),
        spot: Spot::Last,
        fields: vec![(assessed, Value::Bool(true))],
    };
    let plan = run(&plan, vec![add]);
    let mut package = framework("2", "2026-06-01", &FIRST);
    package["CFItems"][0]["fullStatement"] = json!("Turn and thread parts");
    let imported = import(&package, &plan);
    let changed = &one(&imported).changed[0];
    assert_eq!(changed.line, line(&plan, "T1"));
    // In the order of the plan.
    assert_eq!(
        titles(&plan, &changed.modules),
        ["Drawings", "Turning", "Milling"]
    );
}

#[test]
fn what_the_partners_have_changed_is_told_from_what_the_source_has() {
    let plan = write(&holding(), "T1.1", "Set up our lathe");
    let plan = write(&plan, "T1.2", "Know speeds and feeds");
    let imported = import(&second(), &plan);
    let changed = &one(&imported).changed;
    let of = |code: &str| {
        let id = line(&plan, code);
        changed.iter().find(|it| it.line == id).unwrap()
    };
    // The source and the partners have both reworded it.
    assert_eq!(of("T1.1").whose, Whose::Both);
    assert_eq!(of("T1.1").said.as_deref(), Some("Set up a lathe"));
    // The source says what it said.
    assert_eq!(of("T1.2").whose, Whose::Plan);
    // Neither is taken over unasked.
    let choices = Choices::suggested(&imported.comparisons);
    assert_eq!(choices.taken_of(one(&imported), Group::Changed), 0);
}

#[test]
fn what_replaces_a_line_is_named_and_so_are_particulars_without_a_field() {
    let plan = holding();
    let mut package = second();
    package["CFItems"][4]["educationLevel"] = json!(["VET"]);
    package["CFItems"][5]["statusEndDate"] = json!("2027-12-31");
    let edge = json!({
        "identifier": "77777777-2222-4333-8444-555555555501", "associationType": "replacedBy",
        "originNodeURI": { "identifier": uuid(4), "uri": format!("https://example.org/x/{}", uuid(4)), "title": "" },
        "destinationNodeURI": { "identifier": uuid(7), "uri": format!("https://example.org/x/{}", uuid(7)), "title": "" },
    });
    package["CFAssociations"].as_array_mut().unwrap().push(edge);
    let imported = import(&package, &plan);
    let comparison = one(&imported);
    assert_eq!(comparison.gone[0].replaced_by, [comparison.new[0].line]);
    let of = |code: &str| {
        let id = line(&plan, code);
        let changed = comparison.changed.iter().find(|it| it.line == id).unwrap();
        let told = |it: &weft_exchange::release::Particular| {
            (it.name.clone(), it.before.clone(), it.after.clone())
        };
        changed.particulars.iter().map(told).collect::<Vec<_>>()
    };
    let told = |name: &str, after: &str| vec![(name.to_owned(), String::new(), after.to_owned())];
    assert_eq!(of("T2"), told("educationLevel", "VET"));
    assert_eq!(of("T2.1"), told("statusEndDate", "2027-12-31"));
}

#[test]
fn a_release_without_a_version_is_known_by_its_date() {
    let plan = holding();
    let mut package = second();
    package["CFDocument"]
        .as_object_mut()
        .unwrap()
        .remove("version");
    let imported = import(&package, &plan);
    let choices = Choices::suggested(&imported.comparisons);
    let next = run(&plan, taking(&plan, &imported, &choices));
    let changed = next.job_items.get(line(&next, "T1.1")).unwrap();
    assert_eq!(changed.origin_release, "2026-06-01T00:00:00+00:00");
}

#[test]
fn a_csv_under_another_name_is_known_as_a_release_by_its_lines() {
    let head = "Identifier,fullStatement,Human Coding Scheme,Is Child Of\n";
    let row = |number: u8, words: &str, code: &str| format!("{},{words},{code},\n", uuid(number));
    let old = [
        row(1, "Turn parts", "A"),
        row(2, "Mill parts", "B"),
        row(3, "Grind parts", "C"),
    ];
    let read = |name: &str, rows: &[String], into: &Plan| {
        let text = format!("{head}{}", rows.concat());
        let files = [(name, text.as_bytes())];
        take(Foreign::OpenSalt, &files, into, &Options::default()).unwrap()
    };
    let plan = after(&Plan::new(), &read("craft-2025.csv", &old, &Plan::new()));
    let new = [row(1, "Turn parts", "A"), row(2, "Mill steel parts", "B")];
    let imported = read("craft-2026.csv", &new, &plan);
    let comparison = one(&imported);
    let counts = [
        &comparison.changed.len(),
        &comparison.new.len(),
        &comparison.gone.len(),
    ];
    assert_eq!(counts, [&1, &0, &1]);
    let next = after(&plan, &imported);
    assert_eq!(next.job_items.len(), 3);
    // One line of three says nothing of the two others.
    let imported = read("craft-2025.csv", &new[1..], &plan);
    assert_eq!(one(&imported).gone, vec![]);
}

#[test]
fn a_release_that_its_source_does_not_name_is_called_as_the_person_says() {
    let head = "Identifier,fullStatement,Human Coding Scheme,Is Child Of\n";
    let read = |words: &str, called: &str, into: &Plan| {
        let text = format!("{head}{},{words},A,\n", uuid(1));
        let options = Options {
            release: called.to_owned(),
            ..Options::default()
        };
        let files = [("craft.csv", text.as_bytes())];
        take(Foreign::OpenSalt, &files, into, &options).unwrap()
    };
    let plan = after(&Plan::new(), &read("Turn parts", " 2025 ", &Plan::new()));
    let imported = read("Turn steel parts", "2026", &plan);
    let comparison = one(&imported);
    assert_eq!(
        [&comparison.before.name, &comparison.after.name],
        ["2025", "2026"]
    );
    let next = after(&plan, &imported);
    assert_eq!(next.job_items.iter().next().unwrap().origin_release, "2026");
    // What the source says itself goes before.
    let package = framework("1", "2025-03-01", &FIRST).to_string();
    let options = Options {
        release: "mine".to_owned(),
        ..Options::default()
    };
    let files = [("machining.json", package.as_bytes())];
    let imported = take(Foreign::Case, &files, &Plan::new(), &options).unwrap();
    let plan = after(&Plan::new(), &imported);
    assert_eq!(plan.frameworks.iter().next().unwrap().release, "1");
}

#[test]
fn a_line_that_waits_in_the_tray_is_not_gone() {
    let plan = holding();
    let mut package = framework("2", "2026-06-01", &FIRST);
    package["CFItems"][3]["fullStatement"] = json!(3);
    let imported = import(&package, &plan);
    assert_eq!(imported.tray.len(), 1);
    assert_eq!(one(&imported).gone, vec![]);
}

fn shelf(folder: &str, names: &[&'static str]) -> Vec<(&'static str, String)> {
    let text =
        |name: &&'static str| String::from_utf8(fixture(&format!("{folder}/{name}"))).unwrap();
    names.iter().map(|name| (*name, text(name))).collect()
}

fn chosen(
    format: Foreign,
    files: &[(&'static str, String)],
    ids: &[&str],
    into: &Plan,
) -> Imported {
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    let options = Options {
        chosen: ids.iter().map(|id| (*id).to_owned()).collect(),
        ..Options::default()
    };
    take(format, &files, into, &options).unwrap()
}

#[test]
fn of_esco_a_skill_is_gone_when_no_chosen_occupation_asks_for_it_and_not_when_none_was_chosen() {
    let names = [
        "extract_occupationSkillRelations.csv",
        "extract_occupations_en.csv",
        "extract_skills_en.csv",
    ];
    let mut files = shelf("esco", &names);
    let first = "http://data.europa.eu/esco/occupation/1a6d1acf-5956-4ba0-95bf-b15b05a02013";
    let relations: Vec<String> = files[0].1.lines().map(str::to_owned).collect();
    let second = relations[1..]
        .iter()
        .map(|row| row.split(',').next().unwrap());
    let second = second
        .into_iter()
        .find(|it| *it != first)
        .unwrap()
        .to_owned();
    let both = chosen(Foreign::Esco, &files, &[first, &second], &Plan::new());
    let plan = after(&Plan::new(), &both);
    // One occupation alone: what belongs to the other is not gone.
    let alone = chosen(Foreign::Esco, &files, &[first], &plan);
    assert_eq!(one(&alone).changes(), 0, "{:?}", one(&alone));
    // A skill that the other asks for as well stays while only one is looked at.
    let of = |occupation: &str| -> Vec<String> {
        let rows = relations.iter().filter(|row| row.starts_with(occupation));
        rows.map(|row| row.rsplit(',').next().unwrap().to_owned())
            .collect()
    };
    let only: Vec<String> = of(first)
        .into_iter()
        .filter(|it| !of(&second).contains(it))
        .collect();
    let dropped = relations
        .iter()
        .filter(|row| !(row.starts_with(first) && row.ends_with(&only[0])));
    files[0].1 = dropped.cloned().collect::<Vec<_>>().join("\n");
    let imported = chosen(Foreign::Esco, &files, &[first], &plan);
    let gone = &one(&imported).gone;
    assert_eq!(gone.len(), 1, "{gone:?}");
    assert_eq!(
        plan.job_items.get(gone[0].line).unwrap().origin_uri,
        only[0]
    );
}

#[test]
fn of_onet_a_task_is_gone_from_a_chosen_occupation_and_another_wording_is_a_change() {
    let names = ["Occupation Data.txt", "Task Statements.txt"];
    let mut files = shelf("onet", &names);
    let both = chosen(
        Foreign::Onet,
        &files,
        &["11-1011.00", "11-3021.00"],
        &Plan::new(),
    );
    let plan = after(&Plan::new(), &both);
    let text = files[1].1.replace(
        "Prepare budgets for approval",
        "Prepare and defend budgets for approval",
    );
    let text = text.replace("\t95\t08/2023", "\t97\t08/2026");
    files[1].1 = text
        .lines()
        .filter(|row| !row.contains("\t8824\t"))
        .map(|row| format!("{row}\n"))
        .collect();
    let imported = chosen(Foreign::Onet, &files, &["11-1011.00"], &plan);
    let comparison = one(&imported);
    assert_eq!(comparison.changed.len(), 1, "{:?}", comparison.changed);
    assert_eq!(comparison.gone.len(), 1, "{:?}", comparison.gone);
    assert_eq!(
        plan.job_items
            .get(comparison.gone[0].line)
            .unwrap()
            .origin_uri,
        "8824"
    );
}

/// The same files, in which the source and the partners have changed one line each, and
/// one both: which of them is whose, and which is taken over unasked.
fn whose(
    format: Foreign,
    files: &[(&'static str, String)],
    chosen_ones: &[&str],
    words: [&str; 3],
) {
    let plan = after(
        &Plan::new(),
        &chosen(format, files, chosen_ones, &Plan::new()),
    );
    let line = |words: &str| {
        let says = |it: &&JobItem| it.statement.get(&Lang::en()) == words;
        plan.job_items.iter().find(says).unwrap().id
    };
    let [source, partners, both] = words.map(line);
    let reword = |line: JobItemId, words: &str| Command::Set {
        item: line.into(),
        key: field::job_item::statement.lang(Lang::en()),
        value: Some(Value::str(words)),
    };
    let plan = run(
        &plan,
        vec![reword(partners, "in our words"), reword(both, "in ours")],
    );
    let mut newer = files.to_vec();
    for (_, text) in &mut newer {
        *text = text.replace(words[0], &format!("{} anew", words[0]));
        *text = text.replace(words[2], &format!("{} anew", words[2]));
    }
    let imported = chosen(format, &newer, chosen_ones, &plan);
    let changed = &one(&imported).changed;
    let of = |line: JobItemId| changed.iter().find(|it| it.line == line).unwrap();
    let found = [source, partners, both].map(|line| of(line).whose);
    assert_eq!(found, [Whose::Source, Whose::Plan, Whose::Both]);
    assert_eq!(of(both).said.as_deref(), Some(words[2]));
    let choices = Choices::suggested(&imported.comparisons);
    assert_eq!(choices.taken_of(one(&imported), Group::Changed), 1);
}

#[test]
fn of_occupational_databases_too_the_partners_words_are_told_from_those_of_the_source() {
    let names = ["Occupation Data.txt", "Task Statements.txt"];
    let files = shelf("onet", &names);
    let words = |id: &str| {
        let mut rows = files[1].1.lines();
        let row = rows.find(|row| row.contains(&format!("\t{id}\t"))).unwrap();
        row.split('\t').nth(2).unwrap()
    };
    let tasks = ["8823", "8824", "8827"].map(words);
    whose(Foreign::Onet, &files, &["11-1011.00"], tasks);
    let names = [
        "extract_occupationSkillRelations.csv",
        "extract_occupations_en.csv",
        "extract_skills_en.csv",
    ];
    let files = shelf("esco", &names);
    let first = "http://data.europa.eu/esco/occupation/1a6d1acf-5956-4ba0-95bf-b15b05a02013";
    let skills = [
        "follow standards for machinery safety",
        "measure parts of manufactured products",
        "assemble hardware components",
    ];
    whose(Foreign::Esco, &files, &[first], skills);
}
