//! Jobs as the Worker's program does them, without a Worker: what goes in, in
//! which letters and wrappings, and what comes out, over the same bytes.

use crate::worker::*;
use weft_exchange::foreign::{Foreign, Options};
use weft_exchange::tables::{self, ApplyOptions, OldLetters, TableKind};
use weft_exchange::{Fate, ImportError};
use weft_model::{Act, Plan, Subject, Verb};
use weft_sandbox::{Answer, Entry, Given, Job, What, Why, answer};

#[test]
fn tables_are_read_in_unicode_and_in_older_letters() {
    let entries = looked(&[
        fixture("tables/anlagenmechaniker.modules.csv"),
        given(
            "old.csv",
            b"code;title;hours\nA1;Drehen f\xfcr gro\xdfe Werkst\xfccke;40\n",
        ),
    ]);
    assert_eq!(table(&entries[0]).letters, None);
    assert_eq!(table(&entries[0]).matching.table, Some(TableKind::Modules));
    let old = table(&entries[1]);
    assert_eq!(old.letters, Some(OldLetters::Windows1252));
    assert_eq!(old.sheet.cell(1, 1), "Drehen für große Werkstücke");
}

#[test]
fn tables_mean_for_a_plan_what_they_mean_without_a_worker_and_it_says_how_far_it_is() {
    let names = ["modules", "competencies", "mapping"];
    let files = names.map(|name| fixture(&format!("tables/anlagenmechaniker.{name}.csv")));
    let entries = looked(&files);
    let sheets: Vec<_> = entries
        .iter()
        .map(|entry| (table(entry).sheet.clone(), table(entry).matching.clone()))
        .collect();
    let (plan, options) = (Plan::new(), ApplyOptions::default());
    let job = Job::Apply {
        sheets: sheets.clone(),
        plan: weft_document::pack_plan(&plan),
        options: options.clone(),
        seed: 7,
    };
    // As it goes to the Worker and comes back.
    let job: Job = weft_sandbox::read(&weft_sandbox::write(&job)).unwrap();
    let mut port = Letters { shares: Vec::new() };
    let Answer::Imported(Ok(imported)) = answer(&job, &[], &mut port) else {
        panic!("not applied");
    };
    let here = tables::apply(&plan, &sheets, &options, &mut weft_sandbox::fresh(7));
    assert_eq!(*imported, here);
    assert_eq!(imported.links.new, 288);
    assert!(port.shares.len() > 1, "{:?}", port.shares);
    assert!(port.shares.is_sorted() && port.shares.iter().all(|it| (0.0..=1.0).contains(it)));
}

#[test]
fn a_workbook_becomes_its_tables() {
    let entries = looked(&[fixture("example-cn/progress-table.xlsx")]);
    let tables: Vec<_> = entries.iter().map(|it| table(it).matching.table).collect();
    assert!(tables.contains(&Some(TableKind::Progress)), "{tables:?}");
}

#[test]
fn files_that_are_no_use_are_refused_with_the_reason() {
    let entries = looked(&[
        given("old.xls", b"\xd0\xcf\x11\xe0 of before 2007"),
        given("empty.csv", b""),
        given(
            "plan.pdf",
            b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
        ),
        given("picture.png", b"\x89PNG\x00\x01"),
        given("pictures.zip", &zipped(&[("a.png", b"\x89PNG")])),
        given("cut.zip", b"PK\x03\x04 and no more"),
    ]);
    let whys: Vec<Why> = (entries.iter())
        .map(|entry| match entry {
            Entry::Refused(failed) => failed.why,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(whys[0], Why::OldWorkbook);
    assert_eq!(whys[1], Why::Import(ImportError::Empty));
    assert_eq!(whys[2], Why::Pdf);
    assert!(matches!(whys[3], Why::Import(ImportError::Encoding { .. })));
    assert_eq!(whys[4], Why::NothingInside);
    assert!(matches!(
        whys[5],
        Why::Import(ImportError::Malformed { .. })
    ));
}

/// Every foreign file, with how many of its entries there are and what the
/// person chose.
#[test]
fn every_foreign_file_is_known_and_all_that_is_in_it_is_accounted_for() {
    let occupation = "http://data.europa.eu/esco/occupation/";
    let all: [(Foreign, &[&str]); 12] = [
        (Foreign::Case, &["case/Ordering.json"]),
        (Foreign::Case, &["case/SmartLevelFramework.json"]),
        (Foreign::Case, &["case/opensalt-framework-20c5134f.json"]),
        (Foreign::Case, &["case/everything-v1p1.json"]),
        (Foreign::OpenSalt, &["case/children.csv"]),
        (Foreign::OpenSalt, &["case/sample_case.csv"]),
        (
            Foreign::Esco,
            &[
                "esco/extract_occupations_en.csv",
                "esco/extract_skills_en.csv",
                "esco/extract_occupationSkillRelations.csv",
            ],
        ),
        (
            Foreign::Onet,
            &[
                "onet/Occupation Data.txt",
                "onet/Task Statements.txt",
                "onet/Technology Skills.txt",
            ],
        ),
        (Foreign::Onet, &["osmt/oNet-Import.csv"]),
        (Foreign::Rsd, &["osmt/collection_get.json"]),
        (Foreign::UkStandards, &["standards/standards.json"]),
        (Foreign::UkStandards, &["standards/occupation.json"]),
    ];
    for (format, names) in all {
        let files: Vec<Given> = names.iter().map(|name| fixture(name)).collect();
        let entries = looked(&files);
        let mut known = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            match entry {
                Entry::Known { file, what, .. } if *what == What::Foreign(format) => {
                    known.push(*file);
                }
                other => panic!("{}: {other:?}", names[at]),
            }
        }
        assert_eq!(known, (0..names.len()).collect::<Vec<_>>());
        // Also as one archive, as they are published.
        let parts: Vec<(&str, &[u8])> = (files.iter())
            .map(|file| (file.name.as_str(), file.bytes.as_slice()))
            .chain([("README.txt", &b"how it was made"[..])])
            .collect();
        let archive = [given("all.zip", &zipped(&parts))];
        assert_eq!(looked(&archive).len(), names.len());
        let plan = Plan::new();
        let mut options = Options::default();
        let asked = imported(What::Foreign(format), &files, &plan, options.clone()).unwrap();
        if let Some(question) = asked.questions.first() {
            let weft_exchange::QuestionKind::WhichOf { offers } = &question.kind else {
                panic!("{question:?}");
            };
            assert!(format != Foreign::Esco || offers[0].id.starts_with(occupation));
            options.chosen.insert(offers[0].id.clone());
        }
        let came = imported(What::Foreign(format), &files, &plan, options.clone()).unwrap();
        let count = |fate: Fate| {
            came.fates
                .iter()
                .flatten()
                .filter(|it| **it == fate)
                .count()
        };
        let (tray, applied) = (count(Fate::Tray), count(Fate::Applied) + count(Fate::Kept));
        assert!(applied > 0, "{names:?}");
        assert_eq!(tray, came.tray.len(), "{names:?}");
        let mut after = plan.clone();
        let act = Act::many(Verb::Import, Subject::Plan, came.commands.clone());
        after.apply(&act).unwrap();
        let again = imported(What::Foreign(format), &archive, &plan, options).unwrap();
        assert_eq!(
            again.commands.len(),
            came.commands.len(),
            "{names:?} as an archive"
        );
    }
}

#[test]
fn what_a_framework_has_at_its_top_comes_in_below_the_line_that_was_chosen() {
    use weft_model::{Command, ItemId, Kind, Spot, Tier, Uid, Value, field};
    let role = ItemId {
        kind: Kind::JobItem,
        uid: Uid(1),
    };
    let mut plan = Plan::new();
    let add = Command::Add {
        item: role,
        owner: None,
        spot: Spot::Last,
        fields: vec![(field::job_item::tier.key(), Value::str("role"))],
    };
    plan.apply(&Act::one(Verb::Add, role, add)).unwrap();
    let files = [fixture("case/children.csv")];
    let what = What::Foreign(Foreign::OpenSalt);
    let options = Options {
        below: Some(role.uid),
        ..Options::default()
    };
    let come = imported(what, &files, &plan, options.clone()).unwrap();
    plan.apply(&Act::many(Verb::Import, Subject::Plan, come.commands))
        .unwrap();
    let top: Vec<_> = plan.job_items.of(None).map(|line| line.id.0).collect();
    assert_eq!(top, [role.uid]);
    let below: Vec<_> = (plan.job_items.of(Some(role.uid)))
        .map(|line| line.tier.unwrap().0)
        .collect();
    assert!(!below.is_empty() && below.iter().all(|tier| *tier > Tier::Role));
    // Taken in again, they are where they were put.
    let again = imported(what, &files, &plan, options).unwrap();
    assert_eq!((again.commands, again.warnings), (vec![], vec![]));
}

#[test]
fn json_that_is_no_plan_and_no_framework_is_refused_as_such() {
    // A log of changes holds no descriptor.
    let log = [fixture("osmt/skill_log_get.json")];
    let failed = imported(What::Weft, &log, &Plan::new(), Options::default()).unwrap_err();
    assert_eq!(failed.why, Why::Import(ImportError::NotThisFormat));
    assert!(failed.json);
}

#[test]
fn json_of_two_bytes_a_letter_is_read_like_any_other() {
    for name in ["case/Ordering.json", "osmt/collection_get.json"] {
        let plain = fixture(name);
        let text = std::str::from_utf8(&plain.bytes).unwrap();
        let wide = text.encode_utf16().flat_map(u16::to_le_bytes);
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(wide).collect();
        let wide = [given(&plain.name, &wide)];
        let plain = [plain];
        let entries = looked(&wide);
        assert_eq!(entries, looked(&plain), "{name}");
        let Entry::Known { what, .. } = entries[0] else {
            panic!("{entries:?}");
        };
        let read = |files: &[Given]| imported(what, files, &Plan::new(), Options::default());
        assert_eq!(read(&wide), read(&plain), "{name}");
    }
}

#[test]
fn our_own_exchange_file_means_the_same_here_as_in_the_editor() {
    let plan = weft_sample::large_plan(3);
    let bytes = weft_exchange::weft_json::export(&plan);
    let files = [given("plan.json", &bytes)];
    assert!(matches!(
        looked(&files)[..],
        [Entry::Known {
            what: What::Weft,
            file: 0,
            ..
        }]
    ));
    let here = weft_exchange::weft_json::import(&bytes, &Plan::new(), &mut weft_sandbox::fresh(7));
    let there = imported(What::Weft, &files, &Plan::new(), Options::default());
    assert_eq!(there.unwrap(), here.unwrap());
}

#[test]
fn a_plan_of_another_build_is_no_plan() {
    let job = Job::Import {
        what: What::Weft,
        plan: b"of another build".to_vec(),
        options: Options::default(),
        seed: 1,
    };
    assert_eq!(done(&job, &[given("plan.json", b"{}")]), Answer::OtherBuild);
}

#[test]
fn progress_never_goes_back_and_stays_between_nothing_and_all() {
    let parts: Vec<(String, Vec<u8>)> = (0..5)
        .map(|at| (format!("{at}.csv"), b"code,title\nA,B\n".to_vec()))
        .collect();
    let parts: Vec<(&str, &[u8])> = (parts.iter())
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let files = [
        given("a.zip", &zipped(&parts)),
        given("b.zip", &zipped(&parts)),
    ];
    let mut letters = Letters { shares: Vec::new() };
    answer(&Job::Look, &files, &mut letters);
    assert!(letters.shares.len() > 5);
    assert!(letters.shares.windows(2).all(|pair| pair[0] <= pair[1]));
    assert!(
        letters
            .shares
            .iter()
            .all(|share| (0.0..=1.0).contains(share))
    );
}

/// The list of all standards is some 80 MB.
#[test]
fn how_far_a_list_of_standards_is_read_is_told_on_the_way() {
    let one = r#"{"referenceNumber":"ST1","title":"T","knowledges":[]}"#;
    let list = format!("[{}]", vec![one; 1_000].join(","));
    let job = Job::Import {
        what: What::Foreign(Foreign::UkStandards),
        plan: weft_document::pack_plan(&Plan::new()),
        options: Options::default(),
        seed: 1,
    };
    let mut letters = Letters { shares: Vec::new() };
    answer(&job, &[given("all.json", list.as_bytes())], &mut letters);
    assert!(letters.shares.len() > 20, "{:?}", letters.shares);
    assert!(letters.shares.windows(2).all(|pair| pair[0] <= pair[1]));
}

/// A workbook of one sheet with this name.
fn book(name: &str, rows: &[&[&str]]) -> Vec<u8> {
    sheets(&[(name, rows)])
}

fn sheets(all: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let cell = |text: &&str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row =
        |cells: &&[&str]| format!("<row>{}</row>", cells.iter().map(cell).collect::<String>());
    let (mut names, mut relations, mut parts) = (String::new(), String::new(), Vec::new());
    for (at, (name, rows)) in all.iter().enumerate() {
        let rows: String = rows.iter().map(row).collect();
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        names += &format!("<sheet name=\"{name}\" r:id=\"r{at}\"/>");
        relations +=
            &format!("<Relationship Id=\"r{at}\" Type=\"x/worksheet\" Target=\"s{at}.xml\"/>");
        parts.push((format!("xl/s{at}.xml"), sheet));
    }
    let book = format!("<workbook xmlns:r=\"r\"><sheets>{names}</sheets></workbook>");
    let relations = format!("<Relationships>{relations}</Relationships>");
    let mut files = vec![
        ("[Content_Types].xml", b"<Types/>".as_slice()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
    ];
    files.extend(
        parts
            .iter()
            .map(|(name, sheet)| (name.as_str(), sheet.as_bytes())),
    );
    zipped(&files)
}

#[test]
fn the_table_of_a_standard_is_known_in_a_workbook_and_as_a_file_of_lines() {
    let rows: [&[&str]; 4] = [
        &["Duty", "KSBs"],
        &["Duty 1 Plan a cabinet", "K1 S1"],
        &["K1: How timber moves", ""],
        &["S1", "Mark out a joint"],
    ];
    let lines: String = rows.iter().map(|row| row.join("\t") + "\n").collect();
    let apart = sheets(&[("Notes", &rows[2..]), ("Duties", &rows[..2])]);
    for (name, bytes) in [
        ("st9001.xlsx", book("Sheet1", &rows)),
        ("st9001 apart.xlsx", apart),
        ("st9001.txt", lines.into_bytes()),
    ] {
        let files = [given(name, &bytes)];
        let what = What::Foreign(Foreign::UkStandards);
        let entries = looked(&files);
        assert!(
            matches!(&entries[..], [Entry::Known { what: known, .. }] if *known == what),
            "{entries:?}"
        );
        let came = imported(what, &files, &Plan::new(), Options::default()).unwrap();
        assert_eq!((came.tray, came.warnings), (vec![], vec![]));
        let mut after = Plan::new();
        let act = Act::many(Verb::Import, Subject::Plan, came.commands);
        after.apply(&act).unwrap();
        let role = after.job_items.of(None).next().unwrap();
        let duty = after.job_items.of(Some(role.id.0)).next().unwrap();
        assert_eq!((role.code.as_str(), duty.code.as_str()), ("ST9001", "D1"));
        assert_eq!(after.job_items.of(Some(duty.id.0)).count(), 2);
    }
}

#[test]
fn a_framework_in_a_workbook_is_known_and_comes_in() {
    let book = book(
        "CF Item",
        &[
            &[
                "identifier",
                "fullStatement",
                "humanCodingScheme",
                "smartLevel",
            ],
            &["a", "Prepare", "A", "1"],
            &["b", "Turn", "A.1", "1.1"],
        ],
    );
    let files = [given("framework.xlsx", &book)];
    let what = What::Foreign(Foreign::OpenSalt);
    let known = Entry::Known {
        name: "framework.xlsx".into(),
        file: 0,
        what,
    };
    assert_eq!(looked(&files), [known]);
    let plan = Plan::new();
    let came = imported(what, &files, &plan, Options::default()).unwrap();
    let mut after = plan.clone();
    after
        .apply(&Act::many(Verb::Import, Subject::Plan, came.commands))
        .unwrap();
    let top: Vec<_> = after.job_items.of(None).map(|line| line.id.0).collect();
    assert_eq!(
        (top.len(), after.job_items.of(Some(top[0])).count()),
        (1, 1)
    );
    // As anything else it is none.
    let other = imported(
        What::Foreign(Foreign::Case),
        &files,
        &plan,
        Options::default(),
    );
    assert!(other.is_err());
}
