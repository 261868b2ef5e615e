//! Moodle competency frameworks, and frameworks as OpenSALT writes them as
//! CSV: in, out, and back.

use crate::foreign_shelf::*;
use crate::random_plan;
use proptest::prelude::*;
use weft_exchange::foreign::{self, Foreign, Options};
use weft_exchange::moodle::{self, MoodleOptions};
use weft_exchange::{Fate, Imported, Place, Reason, WarningKind};
use weft_model::*;

/// As Moodle's exporter writes it; composed here.
const EXPORTED: &str = r#""Parent ID number","ID number","Short name",Description,"Description format","Scale values","Scale configuration","Rule type (optional)","Rule outcome (optional)","Rule config (optional)","Cross-referenced competency ID numbers","Exported ID (optional)","Is framework",Taxonomy
,CNC-2026,CNC,"<p>Turning &amp; milling</p>",1,"Not yet competent,Competent","[{""scaleid"":""2""},{""id"":2,""scaledefault"":1,""proficient"":1}]",,,,,,1,"domain,competency,competency,competency"
,T1,Turning,,1,,,core_competency\competency_rule_all,1,null,,1,,
T1,P-1.1.1,"Operate a CNC lathe","<p>With <b>care</b></p><p>and goggles</p>",1,,,,0,null,"P-1.1.2,T%2C9",2,,
T1,P-1.1.2,Measure,,1,"No,Yes","[{""scaleid"":""5""},{""id"":2,""scaledefault"":1,""proficient"":1}]",,0,null,,3,,
,"T,9",Drawing,,1,,,,0,null,,4,,
"#;

/// The heads of the older plugin: twelve, spelt otherwise.
const OLDER: &str = "Parent id number,Id number,Shortname,Description,Description format,Scale values,Scale configuration,Rule type,Rule outcome,Rule config,Is framework,Taxonomy
,F,Frame,,1,\"a,b\",\"[{\"\"scaleid\"\":\"\"1\"\"}]\",,,,1,\"{\"\"1\"\":\"\"domain\"\"}\"
,A,Alpha,,1,,,,0,null,,
A,B,Beta,text,1,,,,0,null,,
";

fn options() -> MoodleOptions {
    MoodleOptions {
        plan: Uid(77),
        lang: Lang::en(),
    }
}

fn import(text: &str, into: &Plan) -> Imported {
    let files = [("frame.csv", text.as_bytes())];
    take(Foreign::Moodle, &files, into, &Options::default()).unwrap()
}

#[test]
fn both_spellings_and_both_widths_are_known_and_read() {
    for text in [EXPORTED, OLDER] {
        assert_eq!(foreign::recognise(text.as_bytes()), Some(Foreign::Moodle));
        let imported = import(text, &Plan::new());
        balance("moodle", text.trim_end().lines().count() - 1, &imported);
        assert_eq!((&imported.tray, &imported.warnings), (&vec![], &vec![]));
        let again = import(text, &after(&Plan::new(), &imported));
        assert_eq!(again.commands, vec![]);
    }
    let plan = after(&Plan::new(), &import(EXPORTED, &Plan::new()));
    assert_eq!(
        outline(&plan),
        [
            "Task T1 Turning",
            "  Competency P-1.1.1 Operate a CNC lathe",
            "  Competency P-1.1.2 Measure",
            "Competency T,9 Drawing",
        ]
    );
    let line = plan
        .job_items
        .iter()
        .find(|line| line.code == "P-1.1.1")
        .unwrap();
    assert_eq!(line.description.get(&Lang::en()), "With care\nand goggles");
}

#[test]
fn a_framework_of_moodle_goes_out_as_it_came() {
    let plan = after(&Plan::new(), &import(EXPORTED, &Plan::new()));
    let out = moodle::export(&plan, &options());
    let read = |bytes: &[u8]| -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(bytes);
        let rows = reader
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect());
        rows.collect()
    };
    assert_eq!(read(&out), read(EXPORTED.as_bytes()));
    assert_eq!(out, moodle::export(&plan, &options()));
}

#[test]
fn rows_that_moodle_would_drop_wait_in_the_tray() {
    let text = "Parent ID number,ID number,Short name,Is framework\n,F,Frame,1\n,,No id,\n,x,,\n,a,A,\n,a,A again,\ngone,b,B,\nc,d,D,\nd,c,C,\n,G,Second,1\n";
    let imported = import(text, &Plan::new());
    balance("odd moodle", 9, &imported);
    let reasons: Vec<&Reason> = imported.tray.iter().map(|row| &row.reason).collect();
    assert_eq!(
        reasons
            .iter()
            .filter(|reason| ***reason == Reason::NoName)
            .count(),
        2
    );
    assert_eq!(
        reasons
            .iter()
            .filter(|reason| ***reason == Reason::Twice)
            .count(),
        2
    );
    let kinds: Vec<&WarningKind> = imported
        .warnings
        .iter()
        .map(|warning| &warning.kind)
        .collect();
    assert!(
        kinds
            .iter()
            .any(|it| matches!(it, WarningKind::PutAtTop { what } if !what.is_empty()))
    );
    assert!(
        kinds
            .iter()
            .any(|kind| matches!(kind, WarningKind::NoSuch { .. }))
    );
    // What waits is corrected below the heads of its file.
    let heads = &imported.heads["frame.csv"];
    assert!(text.starts_with(&heads.join(",")), "{heads:?}");
    // A corrected line comes in.
    let place = imported
        .tray
        .iter()
        .find(|row| row.cells.contains(&"No id".into()))
        .unwrap()
        .place
        .clone();
    assert_eq!(
        place,
        Place::Line {
            file: "frame.csv".into(),
            line: 3,
            column: String::new()
        }
    );
    let mut options = Options::default();
    options.corrected.insert(
        place,
        vec![String::new(), "n1".into(), "No id".into(), String::new()],
    );
    let files = [("frame.csv", text.as_bytes())];
    let corrected = take(Foreign::Moodle, &files, &Plan::new(), &options).unwrap();
    assert_eq!(corrected.tray.len(), imported.tray.len() - 1);
}

/// What a framework of Moodle carries: the hierarchy with codes, statements
/// and descriptions in one language, spaces as one.
fn carried(plan: &Plan, lang: &Lang) -> Vec<String> {
    let outline = Outline::of(plan);
    let one = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let rows = outline.rows().iter().map(|row| {
        let line = plan.job_items.get(row.id).unwrap();
        format!(
            "{} {} | {} | {}",
            row.depth,
            one(&line.code),
            one(line.statement.show(lang)),
            one(line.description.show(lang))
        )
    });
    rows.collect()
}

fn sample(seed: u64) -> Plan {
    let mut rng = weft_sample::chance(seed);
    let mut plan = Plan::new();
    for _ in 0..260 {
        let act = weft_sample::random_act(&plan, &mut rng);
        plan.apply(&act).ok();
    }
    plan
}

#[test]
fn what_moodle_carries_of_a_plan_comes_back_equal() {
    let mut lines = 0;
    for seed in 0..40 {
        let mut plan = sample(seed);
        // Codes that repeat or are missing get an ID number in their place,
        // and a short name must be there: named among the losses.
        let all: Vec<(usize, JobItemId)> = plan
            .job_items
            .iter()
            .map(|line| line.id)
            .enumerate()
            .collect();
        for (at, line) in &all {
            let set = |key, value: String| Command::Set {
                item: (*line).into(),
                key,
                value: Some(Value::Str(value)),
            };
            let commands = vec![
                set(field::job_item::code.key(), format!("=C{at}")),
                set(
                    field::job_item::statement.lang(Lang::en()),
                    format!(
                        "{} {}",
                        ["-1+1", "Turn", &"long words ".repeat(15), "车削"][at % 4],
                        at
                    ),
                ),
                set(
                    field::job_item::description.lang(Lang::en()),
                    ["", "<b>a</b> & b\nsecond", "@x"][at % 3].to_owned(),
                ),
            ];
            plan.apply(&Act::many(Verb::Edit, Subject::Plan, commands))
                .unwrap();
        }
        // Tiers follow from the hierarchy: one line below another is deeper.
        lines += all.len();
        let out = moodle::export(&plan, &options());
        let text = String::from_utf8(out).unwrap();
        for row in csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes())
            .records()
        {
            for cell in row.unwrap().iter() {
                assert!(
                    !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                    "{cell}"
                );
            }
        }
        let imported = import(&text, &Plan::new());
        assert_eq!(imported.tray, vec![], "seed {seed}");
        let back = after(&Plan::new(), &imported);
        assert_eq!(
            carried(&back, &Lang::en()),
            carried(&plan, &Lang::en()),
            "seed {seed}"
        );
    }
    assert!(lines > 200, "{lines} lines are too few to prove anything");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(13), ..ProptestConfig::default() })]

    #[test]
    fn every_plan_goes_out_to_moodle_and_back_with_all_its_lines(seed in 0u64..1_000_000) {
        let plan = random_plan::random_plan(seed, 140, true);
        let lines = Outline::of(&plan).rows().len();
        let text = String::from_utf8(moodle::export(&plan, &options())).unwrap();
        let imported = import(&text, &Plan::new());
        prop_assert_eq!(&imported.tray, &vec![]);
        prop_assert_eq!(after(&Plan::new(), &imported).job_items.len(), lines);
    }

    #[test]
    fn random_cells_under_the_heads_of_moodle_go_through(seed in 0u64..1_000_000) {
        const CELLS: &[&str] = &["", "a", "b", "c", "1", "true", "<p>", "&#x110000;", "{", "[]", "0000000000001", "'=1", "…", "x...", "\u{0}"];
        let mut seeded = random_plan::Seeded(seed);
        let mut text = EXPORTED.lines().next().unwrap().to_owned();
        for _ in 0..12 {
            text.push('\n');
            for _ in 0..14 {
                text.push_str(CELLS[seeded.below(CELLS.len())]);
                text.push(',');
            }
        }
        let files = [("x.csv", text.as_bytes())];
        if let Ok(imported) = take(Foreign::Moodle, &files, &Plan::new(), &Options::default()) {
            let plan = after(&Plan::new(), &imported);
            moodle::export(&plan, &options());
        }
    }
}

#[test]
fn torn_frameworks_are_an_error_or_a_result() {
    for (format, text) in [
        (Foreign::Moodle, EXPORTED.to_owned()),
        (
            Foreign::OpenSalt,
            String::from_utf8(fixture("case/sample_case.csv")).unwrap(),
        ),
    ] {
        let bytes = text.as_bytes();
        for end in 0..bytes.len() {
            let files = [("x.csv", &bytes[..end])];
            if let Ok(imported) = take(format, &files, &Plan::new(), &Options::default()) {
                after(&Plan::new(), &imported);
            }
        }
        for at in (0..bytes.len()).step_by(7) {
            for byte in [b'"', b',', b'\n', 0xff] {
                let mut torn = bytes.to_vec();
                torn[at] = byte;
                foreign::recognise(&torn);
                let files = [("x.csv", torn.as_slice())];
                if let Ok(imported) = take(format, &files, &Plan::new(), &Options::default()) {
                    after(&Plan::new(), &imported);
                }
            }
        }
    }
}

#[test]
fn frameworks_of_opensalt_come_in_whole() {
    let read = |name: &str| {
        let bytes = fixture(&format!("case/{name}"));
        assert_eq!(foreign::recognise(&bytes), Some(Foreign::OpenSalt));
        let files = [(name, bytes.as_slice())];
        let imported = take(Foreign::OpenSalt, &files, &Plan::new(), &Options::default()).unwrap();
        let rows = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(bytes.as_slice())
            .records()
            .count();
        balance(name, rows, &imported);
        assert_eq!(imported.tray, vec![]);
        let plan = after(&Plan::new(), &imported);
        let again = take(Foreign::OpenSalt, &files, &plan, &Options::default()).unwrap();
        assert_eq!(again.commands, vec![]);
        plan
    };
    assert_eq!(
        outline(&read("children.csv")),
        [
            "Role A.B full statement A",
            "  Task A.B.C full statement B",
            "    Competency A.B.C.L full statement D",
            "  Competency A.B.D full statement C",
        ]
    );
    let plan = read("sample_case.csv");
    let lines = outline(&plan);
    assert_eq!(lines.len(), 10);
    assert_eq!(lines[0], "Role M Everything about math");
    let child = plan
        .job_items
        .iter()
        .find(|line| line.code == "M.F.1-2.S1a")
        .unwrap();
    let above = plan.job_items.get(child.parent.unwrap().0).unwrap();
    // It is the fifth level of the file; the outline has four.
    assert_eq!(above.code, "M.F.1-2");
    assert!(child.kept.0.contains("M.F.1-2.S1"));
    assert!(
        plan.job_items
            .iter()
            .any(|line| line.kept.0.contains("S1143417"))
    );
    assert_eq!(
        fates(
            &take(
                Foreign::OpenSalt,
                &[("x.csv", b"fullStatement,Human Coding Scheme\n,\n , \n")],
                &Plan::new(),
                &Options::default()
            )
            .unwrap(),
            Fate::Blank
        ),
        2
    );
}
