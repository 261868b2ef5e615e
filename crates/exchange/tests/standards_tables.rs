//! The table of a standard's page, as people copy it into a spreadsheet.

use crate::foreign_shelf::*;
use crate::random_plan;
use weft_exchange::foreign::{Foreign, Options, recognise};
use weft_exchange::tables::{Row, Sheet, guess};
use weft_exchange::{Fate, Imported, Place, Reason, WarningKind, standards, workbook};
use weft_model::*;

const FORMAT: Foreign = Foreign::UkStandards;
const TABLE: &str = "Duty,KSBs
Duty 1 Plan a cabinet,K1 K2 S1 B1
\"Duty 2 Make it, and finish it\",\"K1, S2; B1 K9\"
Deliver it,S2
Knowledge,
K1: How timber moves,
K2,What a cutting list says
Skills,
S1: Mark out a joint
S2 - Cut a joint
Behaviours
B1: Works with care
B2: Keeps to the time
,
Something else,entirely
";

fn read(name: &str, text: &str, into: &Plan, options: &Options) -> Imported {
    assert_eq!(recognise(text.as_bytes()), Some(FORMAT));
    take(FORMAT, &[(name, text.as_bytes())], into, options).unwrap()
}

fn all(name: &str, text: &str) -> (Plan, Imported) {
    let imported = read(name, text, &Plan::new(), &Options::default());
    (after(&Plan::new(), &imported), imported)
}

#[test]
fn a_table_of_duties_and_the_lists_below_it_come_in_whole() {
    let (plan, imported) = all("st9001-v1-0.csv", TABLE);
    assert_eq!(
        outline(&plan),
        [
            "Role ST9001 st9001-v1-0",
            "  Task D1 Plan a cabinet",
            "    Competency K1 How timber moves",
            "    Competency K2 What a cutting list says",
            "    Competency S1 Mark out a joint",
            "    Competency B1 Works with care",
            "  Task D2 Make it, and finish it",
            "    Competency S2 Cut a joint",
            "  Task D3 Deliver it",
            "  Competency B2 Keeps to the time",
        ]
    );
    // Every row is an entry, a heading, blank, or waits.
    balance("a copied table", 9 + 1, &{
        let mut rows = imported.clone();
        rows.fates[0].retain(|fate| *fate != Fate::Heading);
        rows
    });
    assert_eq!(fates(&imported, Fate::Heading), 3);
    let [row] = imported.tray.as_slice() else {
        panic!("{:?}", imported.tray)
    };
    assert_eq!(row.reason, Reason::NoName);
    assert_eq!(row.cells, ["Something else", "entirely"]);
    // What no list has is named.
    let missing = WarningKind::NoSuch {
        kind: Kind::JobItem,
        text: "K9".into(),
    };
    assert!(imported.warnings.iter().any(|it| it.kind == missing));
    let framework = plan.frameworks.iter().next().unwrap();
    assert_eq!(framework.identifier, "ST9001");
}

#[test]
fn a_row_of_the_tray_comes_in_corrected_and_the_same_table_changes_nothing() {
    let (plan, imported) = all("st9001-v1-0.csv", TABLE);
    let again = read("st9001-v1-0.csv", TABLE, &plan, &Options::default());
    assert_eq!(again.commands, vec![]);
    let mut options = Options::default();
    let cells = vec!["S3: Something else".to_owned(), String::new()];
    options
        .corrected
        .insert(imported.tray[0].place.clone(), cells);
    let corrected = read("st9001-v1-0.csv", TABLE, &plan, &options);
    assert_eq!(corrected.tray, vec![]);
    assert_eq!(
        after(&plan, &corrected).job_items.len(),
        plan.job_items.len() + 1
    );
}

#[test]
fn a_table_without_a_reference_has_the_name_of_its_file_and_a_newer_one_is_compared() {
    let (plan, _) = all("Joiner.csv", TABLE);
    let framework = plan.frameworks.iter().next().unwrap();
    assert_eq!(framework.identifier, "");
    assert_eq!(framework.title.get(&Lang::en()), "Joiner");
    let newer = TABLE
        .replace("Cut a joint", "Cut and fit a joint")
        .replace("B2: Keeps to the time\n", "");
    let imported = read("Joiner.csv", &newer, &plan, &Options::default());
    let comparison = &imported.comparisons[0];
    let counts = [
        comparison.changed.len(),
        comparison.new.len(),
        comparison.gone.len(),
    ];
    assert_eq!(counts, [1, 0, 1]);
}

fn row(line: u64, cells: &[&str]) -> Row {
    Row {
        line,
        cells: cells.iter().map(|it| (*it).to_owned()).collect(),
    }
}

fn sheet(name: &str, rows: Vec<Row>) -> workbook::BookSheet {
    let sheet = Sheet {
        name: name.to_owned(),
        rows,
        ..Sheet::default()
    };
    workbook::BookSheet {
        matching: guess(&sheet),
        sheet,
        suggested: false,
        hidden: false,
    }
}

fn of_book(sheets: &[workbook::BookSheet]) -> (Plan, Imported) {
    let parts = standards::of_book(sheets);
    let files: Vec<(String, Vec<u8>)> = (parts.into_iter())
        .map(|part| (format!("st9001.xlsx · {}", part.sheet), part.bytes))
        .collect();
    let files: Vec<(&str, &[u8])> = (files.iter())
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let imported = take(FORMAT, &files, &Plan::new(), &Options::default()).unwrap();
    (after(&Plan::new(), &imported), imported)
}

#[test]
fn a_sheet_of_a_workbook_is_read_as_the_same_table_with_its_own_lines() {
    let (plan, imported) = of_book(&[sheet(
        "Sheet1",
        vec![
            row(1, &["ST9001 Workshop joiner v1.2"]),
            row(4, &["Duty", "KSBs"]),
            row(5, &["Duty 1 Plan \"it\"", "K1"]),
            row(7, &["K1: How timber\nmoves"]),
            row(9, &["Odd one"]),
        ],
    )]);
    assert_eq!(
        outline(&plan),
        [
            "Role ST9001 Workshop joiner",
            "  Task D1 Plan \"it\"",
            "    Competency K1 How timber moves"
        ]
    );
    assert_eq!(plan.frameworks.iter().next().unwrap().release, "1.2");
    assert_eq!(fates(&imported, Fate::Above), 1);
    let place = Place::Line {
        file: "st9001.xlsx · Sheet1".into(),
        line: 9,
        column: String::new(),
    };
    assert_eq!(imported.tray[0].place, place);
    assert_eq!(
        standards::of_book(&[sheet("Sheet1", vec![row(1, &["Duty", "Task"])])]),
        []
    );
}

#[test]
fn duties_and_lists_in_sheets_of_their_own_are_one_standard() {
    let lists = sheet(
        "KSBs",
        vec![
            row(1, &["What they know and do"]),
            row(2, &["Ref", "Type", "Statement", "Taught"]),
            row(3, &["K1", "Knowledge", "How timber moves", "Year 1"]),
            row(4, &["S1", "Skill", "Mark out a joint", ""]),
            row(6, &["B1", "Behaviour", "", ""]),
        ],
    );
    let duties = sheet(
        "Duties",
        vec![
            row(1, &["ST9002 Joiner"]),
            row(3, &["Duty", "Criteria for measuring performance", "KSBs"]),
            row(4, &["Duty 1 Plan", "Plans are whole", "K1"]),
            row(5, &["Duty 2 Make", "", "K1, S1"]),
        ],
    );
    let (plan, imported) = of_book(&[lists, duties]);
    assert_eq!(
        outline(&plan),
        [
            "Role ST9001 ST9002 Joiner",
            "  Task D1 Plan",
            "    Competency K1 How timber moves",
            "  Task D2 Make",
            "    Competency S1 Mark out a joint",
        ]
    );
    let duty = plan.job_items.iter().find(|it| it.code == "D1").unwrap();
    assert_eq!(duty.description.get(&Lang::en()), "Plans are whole");
    // What has no words waits, with the sheet that it stands in.
    let [waiting] = imported.tray.as_slice() else {
        panic!("{:?}", imported.tray)
    };
    let place = Place::Line {
        file: "st9001.xlsx · KSBs".into(),
        line: 6,
        column: String::new(),
    };
    assert_eq!(waiting.place, place);
    assert_eq!(fates(&imported, Fate::Above), 2);
    assert_eq!(fates(&imported, Fate::Applied), 4);
}

#[test]
fn lists_without_heads_and_duties_with_numbers_beside_them_are_read() {
    let lists = sheet(
        "KSBs",
        vec![
            row(1, &["Knowledge"]),
            row(2, &["K1: How timber moves"]),
            row(3, &["Skills"]),
            row(4, &["S1: Mark out a joint"]),
        ],
    );
    let duties = sheet(
        "Duties",
        vec![
            row(1, &["Duty", "What is done", "KSBs"]),
            row(2, &["1", "Plan", "K1"]),
            row(3, &["D2", "Make", "S1"]),
        ],
    );
    let other = sheet("Notes", vec![row(1, &["Ask K1 again"])]);
    let (plan, imported) = of_book(&[lists, duties, other]);
    assert_eq!(
        outline(&plan)[1..],
        [
            "  Task D1 Plan",
            "    Competency K1 How timber moves",
            "  Task D2 Make",
            "    Competency S1 Mark out a joint",
        ]
    );
    assert_eq!(imported.tray, vec![]);
    assert_eq!(imported.warnings, vec![]);
}

#[test]
fn odd_tables_are_an_error_or_a_result() {
    for text in [
        "Duty,KSBs".to_owned(),
        "Duty\tKSBs\nDuty 1 x\tK1".to_owned(),
        "Duty,KSBs\n\"never closed".to_owned(),
        format!("Duty,KSBs\n{}", "K1: a,\n".repeat(5_000)),
        format!("Duty,KSBs\nDuty 1 a,{}", "K1 ".repeat(100_000)),
        TABLE.replace("K1", "<b>&lt;K1"),
        format!("Duty,KSBs\n{}", ",x\n".repeat(5_000)),
    ] {
        if let Ok(imported) = take(
            FORMAT,
            &[("x.csv", text.as_bytes())],
            &Plan::new(),
            &Options::default(),
        ) {
            after(&Plan::new(), &imported);
        }
    }
    let large = format!(
        "Duty,KSBs\n{}",
        "K1: a,\n".repeat(standards::ENTRIES_LIMIT + 1)
    );
    assert!(
        take(
            FORMAT,
            &[("x.csv", large.as_bytes())],
            &Plan::new(),
            &Options::default()
        )
        .is_err()
    );
    assert!(
        take(
            FORMAT,
            &[("x.csv", b"a,b\n1,2")],
            &Plan::new(),
            &Options::default()
        )
        .is_err()
    );
}

/// Sheets of words that standards are made of, thrown together.
fn thrown(seed: u64) -> Vec<workbook::BookSheet> {
    const WORDS: [&str; 20] = [
        "Duty",
        "KSBs",
        "K1",
        "K1: Know",
        "S1",
        "S1 - Do",
        "B1",
        "1",
        "D2",
        "Duty 3 Make",
        "K1 S1",
        "Ref",
        "Type",
        "Statement",
        "Knowledge",
        "Plan",
        "",
        "",
        "\n\"",
        "é: x",
    ];
    let mut chance = random_plan::Seeded(seed);
    let sheets = 1 + chance.below(3);
    let one = |at: usize, chance: &mut random_plan::Seeded| {
        let mut line = 0;
        let rows = (0..chance.below(8)).map(|_| {
            line += 1 + chance.below(2) as u64;
            let cells = (0..chance.below(4)).map(|_| WORDS[chance.below(WORDS.len())]);
            row(line, &cells.collect::<Vec<_>>())
        });
        let mut rows: Vec<Row> = rows.collect();
        if at == 0 {
            rows.insert(0, row(0, &["Duty", "KSBs"]));
            rows.iter_mut().for_each(|row| row.line += 1);
        }
        sheet(&format!("Sheet{at}"), rows)
    };
    (0..sheets).map(|at| one(at, &mut chance)).collect()
}

#[test]
fn sheets_thrown_together_are_read_row_by_row_in_two_thousand_seeds() {
    let mut read = 0;
    for seed in 1..=2_000 {
        let sheets = thrown(seed);
        let parts = standards::of_book(&sheets);
        assert!(!parts.is_empty(), "{seed}");
        let files: Vec<(&str, &[u8])> = (parts.iter())
            .map(|part| (part.sheet.as_str(), part.bytes.as_slice()))
            .collect();
        let Ok(imported) = take(FORMAT, &files, &Plan::new(), &Options::default()) else {
            continue;
        };
        read += 1;
        after(&Plan::new(), &imported);
        // Every row that holds something has a fate of its own, and waits where it is
        // in no list.
        for (part, fates) in parts.iter().zip(&imported.fates) {
            let of = sheets
                .iter()
                .find(|it| it.sheet.name == part.sheet)
                .unwrap();
            let filled = |row: &&Row| row.cells.iter().any(|cell| !cell.trim().is_empty());
            let rows = of.sheet.rows.iter().filter(filled).count();
            let told = fates.iter().filter(|fate| **fate != Fate::Blank).count();
            assert_eq!(told, rows + 1, "{seed} {part:?} {fates:?}");
        }
        assert_eq!(fates(&imported, Fate::Tray), imported.tray.len(), "{seed}");
    }
    assert!(read > 1_900, "{read}");
}
