//! ESCO, O*NET and Rich Skill Descriptors: a person chooses, the chosen comes
//! in whole, and every line of every file is accounted for.

use crate::foreign_shelf::*;
use weft_exchange::foreign::{self, Foreign, Options};
use weft_exchange::{Fate, Imported, Offer, QuestionKind, Reason, WarningKind};
use weft_model::*;

const ESCO: [&str; 3] = [
    "extract_occupationSkillRelations.csv",
    "extract_occupations_en.csv",
    "extract_skills_en.csv",
];
const ONET: [&str; 3] = [
    "Occupation Data.txt",
    "Task Statements.txt",
    "Technology Skills.txt",
];

fn files(folder: &str, names: &[&'static str]) -> Vec<(&'static str, Vec<u8>)> {
    names
        .iter()
        .map(|name| (*name, fixture(&format!("{folder}/{name}"))))
        .collect()
}

fn run(
    format: Foreign,
    files: &[(&'static str, Vec<u8>)],
    into: &Plan,
    chosen: &[String],
) -> Imported {
    let all: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (*name, bytes.as_slice()))
        .collect();
    for (_, bytes) in &all {
        assert_eq!(foreign::recognise(bytes), Some(format));
    }
    let options = Options {
        chosen: chosen.iter().cloned().collect(),
        ..Options::default()
    };
    take(format, &all, into, &options).unwrap()
}

fn offers(imported: &Imported) -> Vec<Offer> {
    let found = imported
        .questions
        .iter()
        .find_map(|question| match &question.kind {
            QuestionKind::WhichOf { offers } => Some(offers.clone()),
            _ => None,
        });
    found.unwrap()
}

fn rows(files: &[(&'static str, Vec<u8>)], tabs: bool) -> usize {
    let count = |bytes: &[u8]| {
        let mut builder = csv::ReaderBuilder::new();
        builder
            .flexible(true)
            .quoting(!tabs)
            .delimiter(if tabs { b'\t' } else { b',' });
        builder.from_reader(bytes).records().count()
    };
    files.iter().map(|(_, bytes)| count(bytes)).sum()
}

#[test]
fn nothing_of_esco_comes_in_before_occupations_are_chosen() {
    let files = files("esco", &ESCO);
    let imported = run(Foreign::Esco, &files, &Plan::new(), &[]);
    assert_eq!(imported.commands, vec![]);
    balance("ESCO, nothing chosen", rows(&files, false), &imported);
    let offers = offers(&imported);
    assert_eq!(offers.len(), 10);
    assert_eq!(offers.iter().map(|offer| offer.holds).sum::<usize>(), 663);
    let first = &offers[0];
    assert_eq!(
        (first.title.as_str(), first.code.as_str()),
        ("mechatronics assembler", "8211.3")
    );
}

#[test]
fn a_second_occupation_of_esco_takes_nothing_from_what_a_skill_is_to_the_first() {
    let files = files("esco", &ESCO);
    let all = offers(&run(Foreign::Esco, &files, &Plan::new(), &[]));
    let ids: Vec<String> = all.into_iter().map(|offer| offer.id).collect();
    let mut shared = 0;
    for first in &ids {
        let held = after(
            &Plan::new(),
            &run(
                Foreign::Esco,
                &files,
                &Plan::new(),
                std::slice::from_ref(first),
            ),
        );
        for second in ids.iter().filter(|it| *it != first) {
            let more = run(Foreign::Esco, &files, &held, std::slice::from_ref(second));
            let plan = after(&held, &more);
            for line in held.job_items.iter() {
                let now = plan.job_items.get(line.id).unwrap();
                assert!(now.importance >= line.importance, "{first}, then {second}");
                let kept = |line: &JobItem| format!("{:?}", line.kept);
                if kept(now) != kept(line) {
                    shared += 1;
                    assert!(kept(now).contains(first.as_str()), "{}", kept(now));
                }
            }
        }
    }
    assert!(shared > 0, "no skill is asked for by two of them");
}

#[test]
fn chosen_occupations_of_esco_come_with_their_skills() {
    let files = files("esco", &ESCO);
    let all = offers(&run(Foreign::Esco, &files, &Plan::new(), &[]));
    let two: Vec<String> = all.iter().take(2).map(|offer| offer.id.clone()).collect();
    let everything: Vec<String> = all.iter().map(|offer| offer.id.clone()).collect();
    for chosen in [two, everything] {
        let imported = run(Foreign::Esco, &files, &Plan::new(), &chosen);
        balance(
            &format!("ESCO, {} chosen", chosen.len()),
            rows(&files, false),
            &imported,
        );
        assert_eq!(imported.tray, vec![]);
        let plan = after(&Plan::new(), &imported);
        let roles = plan
            .job_items
            .iter()
            .filter(|line| line.tier == Some(Of(Tier::Role)))
            .count();
        assert_eq!(roles, chosen.len());
        let skills = plan.job_items.len() - roles;
        let shared = imported
            .warnings
            .iter()
            .filter(|warning| match &warning.kind {
                // Said of a skill by its name, and not by its address.
                WarningKind::AlsoBelow { what, text } => {
                    assert!(!what.contains("http") && !text.contains("http"), "{what}");
                    true
                }
                _ => false,
            })
            .count();
        let holds: usize = all
            .iter()
            .filter(|offer| chosen.contains(&offer.id))
            .map(|offer| offer.holds)
            .sum();
        assert_eq!(skills + shared, holds);
        assert_eq!(imported.warnings.len(), shared);
        if chosen.len() == 10 {
            assert_eq!(skills, 524);
        }
        assert!(
            plan.job_items
                .iter()
                .any(|line| line.importance.is_some_and(|grade| grade.0 == 5))
        );
        assert!(
            plan.job_items
                .iter()
                .any(|line| line.importance.is_some_and(|grade| grade.0 == 3))
        );
        assert!(
            plan.job_items
                .iter()
                .any(|line| line.kind == Some(Of(CompetencyKind::Knowledge)))
        );
        assert!(
            plan.job_items
                .iter()
                .all(|line| line.origin_uri.starts_with("http://data.europa.eu/esco/"))
        );
        let again = run(Foreign::Esco, &files, &plan, &chosen);
        assert_eq!(again.commands, vec![]);
    }
}

#[test]
fn relations_without_their_skills_wait_in_the_tray() {
    let files = files("esco", &ESCO[..2]);
    let chosen = vec![
        offers(&run(Foreign::Esco, &files, &Plan::new(), &[]))[0]
            .id
            .clone(),
    ];
    let imported = run(Foreign::Esco, &files, &Plan::new(), &chosen);
    balance("ESCO without skills", rows(&files, false), &imported);
    assert!(
        imported
            .tray
            .iter()
            .all(|row| matches!(row.reason, Reason::NoSuch { .. }))
    );
    assert!(!imported.tray.is_empty());
    // Skills alone are offered themselves.
    let alone = [("skills_en.csv", fixture("esco/extract_skills_en.csv"))];
    let all = offers(&run(Foreign::Esco, &alone, &Plan::new(), &[]));
    assert_eq!(all.len(), 524);
    let plan = after(
        &Plan::new(),
        &run(Foreign::Esco, &alone, &Plan::new(), &[all[3].id.clone()]),
    );
    assert_eq!(plan.job_items.len(), 1);
}

#[test]
fn a_file_as_large_as_the_complete_relations_of_esco_is_read_at_once() {
    // 123,855 rows: the extract, with the addresses of others.
    let extract = String::from_utf8(fixture("esco/extract_occupationSkillRelations.csv")).unwrap();
    let mut lines = extract.lines();
    let mut large = lines.next().unwrap().to_owned();
    let real: Vec<&str> = lines.collect();
    for round in 0..187 {
        for line in &real {
            large.push('\n');
            match round {
                0 => large.push_str(line),
                _ => large
                    .push_str(&line.replace("/occupation/", &format!("/occupation/{round:03}"))),
            }
        }
    }
    let mut files = files("esco", &ESCO);
    files[0].1 = large.into_bytes();
    let count = rows(&files[..1], false);
    assert!(count >= 123_855, "{count}");
    let chosen = vec![
        "http://data.europa.eu/esco/occupation/1a6d1acf-5956-4ba0-95bf-b15b05a02013".to_owned(),
    ];
    let imported = run(Foreign::Esco, &files, &Plan::new(), &chosen);
    assert_eq!(fates(&imported, Fate::Tray), 0);
    assert_eq!(
        fates(&imported, Fate::NotChosen) + fates(&imported, Fate::Applied),
        rows(&files, false)
    );
}

#[test]
fn chosen_occupations_of_onet_come_with_their_tasks() {
    let files = files("onet", &ONET);
    let nothing = run(Foreign::Onet, &files, &Plan::new(), &[]);
    assert_eq!(nothing.commands, vec![]);
    balance("O*NET, nothing chosen", rows(&files, true), &nothing);
    let all = offers(&nothing);
    assert_eq!(all.len(), 1016);
    let chosen = vec!["11-1011.00".to_owned(), "11-3021.00".to_owned()];
    let imported = run(Foreign::Onet, &files, &Plan::new(), &chosen);
    balance("O*NET, 2 chosen", rows(&files, true), &imported);
    assert_eq!((&imported.tray, &imported.warnings), (&vec![], &vec![]));
    let plan = after(&Plan::new(), &imported);
    let role = plan
        .job_items
        .iter()
        .find(|line| line.code == "11-1011.00")
        .unwrap();
    assert_eq!(role.statement.get(&Lang::en()), "Chief Executives");
    let holds: usize = all
        .iter()
        .filter(|offer| chosen.contains(&offer.id))
        .map(|offer| offer.holds)
        .sum();
    assert_eq!(plan.job_items.len(), 2 + holds);
    let tasks: Vec<&JobItem> = plan
        .job_items
        .below(role.id)
        .filter(|line| line.tier == Some(Of(Tier::Task)))
        .collect();
    assert!(tasks.len() > 20 && tasks.iter().any(|task| task.origin_uri == "8823"));
    let again = run(Foreign::Onet, &files, &plan, &chosen);
    assert_eq!(again.commands, vec![]);
    let job_codes = [("oNet-Import.csv", fixture("osmt/oNet-Import.csv"))];
    let imported = run(Foreign::Onet, &job_codes, &Plan::new(), &chosen);
    balance("oNet-Import.csv", rows(&job_codes, false), &imported);
    assert_eq!(after(&Plan::new(), &imported).job_items.len(), 2);
}

#[test]
fn rich_skill_descriptors_come_in_from_json_and_csv() {
    let json = [("collection_get.json", fixture("osmt/collection_get.json"))];
    let imported = run(Foreign::Rsd, &json, &Plan::new(), &[]);
    let count = serde_json::from_slice::<serde_json::Value>(&json[0].1).unwrap()["skills"]
        .as_array()
        .unwrap()
        .len();
    balance("collection_get.json", count, &imported);
    assert_eq!((&imported.tray, &imported.warnings), (&vec![], &vec![]));
    let plan = after(&Plan::new(), &imported);
    assert_eq!(plan.job_items.len(), count);
    let line = plan.job_items.iter().next().unwrap();
    assert!(
        line.statement
            .get(&Lang::en())
            .starts_with("Validate authorization")
    );
    assert_eq!(
        line.description.get(&Lang::en()),
        "Validation and Troubleshooting"
    );
    assert_eq!(
        plan.frameworks
            .iter()
            .next()
            .unwrap()
            .title
            .get(&Lang::en()),
        "IT Network"
    );
    assert_eq!(run(Foreign::Rsd, &json, &plan, &[]).commands, vec![]);
    let csv = "RSD Name,Authors,Skill Statement,Categories,Keywords,Standards,Alignment Name,Alignment URL\nTurning,School,\"Turn parts, safely\",Metal,lathe;turning,,x,https://x.org\n,,,Metal,,,,\n";
    let csv = [("skills.csv", csv.as_bytes().to_vec())];
    let imported = run(Foreign::Rsd, &csv, &Plan::new(), &[]);
    balance("skills.csv", 2, &imported);
    let plan = after(&Plan::new(), &imported);
    let line = plan.job_items.iter().next().unwrap();
    assert!(
        line.kept.0.contains("https://x.org")
            && line
                .kept
                .0
                .contains("\"conceptKeywords\":[\"lathe\",\"turning\"]")
    );
    assert_eq!(run(Foreign::Rsd, &csv, &plan, &[]).commands, vec![]);
    // A log of changes holds no descriptor.
    assert_eq!(
        foreign::recognise(&fixture("osmt/skill_log_get.json")),
        None
    );
}

#[test]
fn torn_and_hostile_files_are_an_error_or_a_result() {
    let mut all = files("esco", &ESCO);
    all.extend(files("onet", &ONET));
    all.push(("c.json", fixture("osmt/collection_get.json")));
    for (name, bytes) in &all {
        let format = foreign::recognise(bytes).unwrap();
        let chosen = [
            "http://data.europa.eu/esco/occupation/1a6d1acf-5956-4ba0-95bf-b15b05a02013",
            "11-1011.00",
        ];
        let options = Options {
            chosen: chosen.map(str::to_owned).into(),
            ..Options::default()
        };
        let short = &bytes[..bytes.len().min(6_000)];
        for end in (0..short.len()).step_by(23) {
            let mut torn = short[..end].to_vec();
            for byte in [None, Some(b'"'), Some(0xff), Some(b'\t')] {
                torn.extend(byte);
                foreign::recognise(&torn);
                if let Ok(imported) = take(format, &[(name, &torn)], &Plan::new(), &options) {
                    after(&Plan::new(), &imported);
                }
            }
        }
    }
    for text in [
        "occupationUri,relationType,skillUri\n,,\nx,essential,\n,,y\nx,maybe,y\nx,essential,y,z,z,z\n",
        "conceptUri,preferredLabel,skillType\n,,\nu,,\nu,a,knowledge\nu,b,\n",
        "[{\"skillStatement\":5},{\"skillStatement\":null},{\"skillStatement\":\"\"},7,{\"skillStatement\":\"a\",\"id\":[]}]",
        "{\"skills\":{},\"skillStatement\":\"\"}",
    ] {
        let Some(format) = foreign::recognise(text.as_bytes()) else {
            panic!("{text}")
        };
        let options = Options {
            chosen: ["x".to_owned(), "u".to_owned()].into(),
            ..Options::default()
        };
        if let Ok(imported) = take(format, &[("x", text.as_bytes())], &Plan::new(), &options) {
            after(&Plan::new(), &imported);
            let lines = imported
                .fates
                .iter()
                .flatten()
                .filter(|fate| !matches!(fate, Fate::Header | Fate::Blank))
                .count();
            balance("odd", lines, &imported);
        }
    }
    let wide = format!(
        "occupationUri,relationType,skillUri{}\n",
        ",x".repeat(5_000)
    );
    assert!(
        take(
            Foreign::Esco,
            &[("x", wide.as_bytes())],
            &Plan::new(),
            &Options::default()
        )
        .is_err()
    );
    let deep = format!("{{\"skillStatement\":{}", "[".repeat(100_000));
    assert!(
        take(
            Foreign::Rsd,
            &[("x", deep.as_bytes())],
            &Plan::new(),
            &Options::default()
        )
        .is_err()
    );
}
