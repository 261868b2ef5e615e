//! Files that go out, made as the Worker makes them: the same bytes as here.

use std::borrow::Cow;
use std::collections::BTreeMap;

use weft_analysis::Board;
use weft_exchange::{Content, Gap, Going, Revision, Words, formats, look, weft_json};
use weft_model::{Act, Lang, Plan, Subject, Uid, Verb};
use weft_sandbox::{Answer, Job, Port, Sandbox, Writing, answer, read, write};

#[derive(Default)]
struct Hands {
    out: Vec<Vec<u8>>,
    shares: Vec<f64>,
}

impl Port for Hands {
    fn progress(&mut self, share: f64) {
        self.shares.push(share);
    }

    fn decode(&mut self, _: &str, _: &[u8]) -> Option<String> {
        None
    }

    fn hand_out(&mut self, bytes: &[u8]) {
        self.out.push(bytes.to_vec());
    }
}

fn read_file(name: &str) -> Vec<u8> {
    let path = format!("{}/../../{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

fn example() -> Plan {
    let bytes = read_file("examples/cnc-order-class.json");
    let imported = weft_json::import(&bytes, &Plan::new(), &mut || Uid(1)).unwrap();
    let mut plan = Plan::new();
    let act = Act::many(Verb::Import, Subject::Plan, imported.commands);
    plan.apply(&act).unwrap();
    plan
}

/// What the page hands over for a format.
fn writing(plan: &Plan, id: &str) -> Writing {
    let format = weft_exchange::format(id).unwrap();
    let told = format.carries.contains(&Content::Findings);
    let board = Board::new(plan);
    let findings = told.then(|| board.findings_in_order().into_iter().map(gap));
    Writing {
        format: id.to_owned(),
        extension: format.extension.to_owned(),
        plan: Some(weft_document::pack_plan(plan)),
        moment: b"first".to_vec(),
        id: Uid(7),
        edited_millis: 1_772_352_000_000,
        lang: Lang::zh(),
        words: String::from_utf8(read_file("locales/zh-CN.json")).unwrap(),
        foot: String::new(),
        gaps: findings.into_iter().flatten().collect(),
        langs: Vec::new(),
        bare: false,
        only: None,
        revised: Some(("第一版".to_owned(), vec![Revision::default()])),
        voices: Vec::new(),
    }
}

fn gap(finding: &weft_analysis::Finding) -> Gap {
    Gap {
        rule: finding.rule.to_owned(),
        subject: format!("{:?}", finding.subject),
        ..Gap::default()
    }
}

/// Through the bytes on both ways, as between the editor and the Worker.
fn done(writing: Writing) -> (Answer, Hands) {
    let job: Job = read(&write(&Job::Write(Box::new(writing)))).unwrap();
    let mut hands = Hands::default();
    let answered = answer(&job, &[], &mut hands);
    let carried: Answer = read(&write(&answered)).unwrap();
    assert_eq!(carried, answered);
    (carried, hands)
}

#[test]
fn every_format_that_goes_out_is_made_apart_as_it_is_made_here() {
    let plan = example();
    let lang = Lang::zh();
    let texts: BTreeMap<String, String> =
        serde_json::from_slice(&read_file("locales/zh-CN.json")).unwrap();
    let find = |key: &str| texts.get(key).cloned();
    let mut files = 0;
    for format in formats().iter().filter(|format| format.exports) {
        let asked = writing(&plan, format.id);
        let going = Going {
            plan: &plan,
            id: asked.id,
            edited_millis: asked.edited_millis,
            words: Words::new(&find, &lang),
            figures: &|| Cow::Owned(weft_figures::figures(&Board::new(&plan), gap)),
            langs: &[],
            bare: false,
            only: None,
            revised: &|| asked.revised.clone(),
            voices: &asked.voices,
        };
        let here = weft_exchange::write(format.id, &going);
        let (answered, hands) = done(asked.clone());
        let Answer::Written(made) = answered else {
            panic!("{}: {answered:?}", format.id);
        };
        assert_eq!(made.len(), here.len(), "{}", format.id);
        for ((made, out), here) in made.iter().zip(&hands.out).zip(&here) {
            assert_eq!(made.part, here.part, "{}", format.id);
            assert!(*out == here.bytes, "{} {}", format.id, here.part);
            assert_eq!(made.size, here.bytes.len());
            assert_eq!(made.seen, look(format.extension, &here.bytes));
            files += 1;
        }
        assert!(hands.shares.is_sorted(), "{:?}", hands.shares);
    }
    assert!(files > 20, "{files}");
}

#[test]
fn tables_are_counted_by_their_records_and_not_by_their_lines() {
    let (answered, hands) = done(writing(&example(), "tables"));
    let Answer::Written(made) = answered else {
        panic!("{answered:?}");
    };
    for (made, bytes) in made.iter().zip(&hands.out) {
        let records = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(bytes.as_slice())
            .records()
            .count();
        assert_eq!(made.records, records, "{}", made.part);
    }
}

#[test]
fn a_plan_that_another_build_wrote_is_not_made_into_files() {
    let mut asked = writing(&example(), "xlsx");
    asked.plan.as_mut().unwrap().truncate(9);
    let (answered, hands) = done(asked);
    assert_eq!(answered, Answer::OtherBuild);
    assert!(hands.out.is_empty());
}

#[test]
fn the_plan_that_was_written_last_is_kept_until_another_comes_or_a_file_from_elsewhere() {
    let (plan, mut sandbox) = (example(), Sandbox::default());
    let mut done = |job: &Job| {
        let mut hands = Hands::default();
        (sandbox.answer(job.clone(), &[], &mut hands), hands.out)
    };
    let whole = |id: &str| Job::Write(Box::new(writing(&plan, id)));
    let again = |id: &str, moment: &[u8]| {
        Job::Write(Box::new(Writing {
            plan: None,
            moment: moment.to_vec(),
            ..writing(&plan, id)
        }))
    };
    assert_eq!(
        done(&again("xlsx", b"first")),
        (Answer::NotKept, Vec::new())
    );
    // In another order than alone: what was reckoned for one format serves the next.
    for id in ["xlsx_weave", "markdown", "xlsx", "html"] {
        let alone = answer_of(&whole(id));
        assert_eq!(done(&whole(id)), alone, "{id}");
        for other in ["xlsx", "docx_programme", "xlsx_weave", "markdown"] {
            assert_eq!(
                done(&again(other, b"first")),
                answer_of(&whole(other)),
                "{other}"
            );
        }
    }
    assert_eq!(done(&again("xlsx", b"then")).0, Answer::NotKept);
    assert!(matches!(
        done(&again("xlsx", b"first")).0,
        Answer::Written(_)
    ));
    done(&Job::Look);
    assert_eq!(done(&again("xlsx", b"first")).0, Answer::NotKept);
}

fn answer_of(job: &Job) -> (Answer, Vec<Vec<u8>>) {
    let mut hands = Hands::default();
    (answer(job, &[], &mut hands), hands.out)
}
