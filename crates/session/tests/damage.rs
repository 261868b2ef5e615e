//! Damage of a log of usual size: a snapshot of some hundred items and some
//! hundred acts behind it. Cut off at any byte, or with any bit turned, it gives
//! the plan as it was before the damage, says so, and can be edited again.

use std::ops::Range;
use std::sync::LazyLock;

use rand::Rng;
use weft_document::{Author, Document, PeerId};
use weft_model::{Act, Command, Plan, Subject, Uid, Value, Verb, field};
use weft_sample::{Size, chance, random_act, sized};
use weft_session::log::{Damage, RecordKind, Recovered, frame, read_records, read_stream};
use weft_session::{Effect, Event, Notice, OpenProblem, Opening, Session};

const PLAN: Uid = Uid(0xDA_3A6E);
const ACTS: usize = 300;
static LOG: LazyLock<Log> = LazyLock::new(Log::new);

/// A log, and the plan as it was after each of its records.
struct Log {
    records: Vec<Vec<u8>>,
    plans: Vec<Plan>,
    stream: Vec<u8>,
    /// Where each record ends in the stream.
    ends: Vec<usize>,
}

impl Log {
    fn new() -> Self {
        let mut document = Document::create(PLAN, PeerId(1), &author(), 0);
        for act in sized(Size::USUAL, 1) {
            document.apply(&act, 0).unwrap();
        }
        let mut log = Self {
            records: vec![frame(RecordKind::Snapshot, &document.save())],
            plans: vec![document.plan().clone()],
            stream: Vec::new(),
            ends: Vec::new(),
        };
        let mut rng = chance(5);
        let mut now = 0;
        while log.records.len() <= ACTS {
            let act = random_act(document.plan(), &mut rng);
            now += 2_000;
            let Ok(applied) = document.apply(&act, now) else {
                continue;
            };
            if !applied.update.is_empty() {
                log.records.push(frame(RecordKind::Update, &applied.update));
                log.plans.push(document.plan().clone());
            }
        }
        for record in &log.records {
            log.stream.extend_from_slice(record);
            log.ends.push(log.stream.len());
        }
        log
    }

    /// Where a record lies in the stream.
    fn span(&self, record: usize) -> Range<usize> {
        let end = self.ends[record];
        end - self.records[record].len()..end
    }

    /// The record that a byte of the stream belongs to.
    fn record_at(&self, byte: usize) -> usize {
        self.ends.partition_point(|end| *end <= byte)
    }

    /// Whether exactly the records of this range were read, each as it was.
    fn holds(&self, read: &Recovered<'_>, records: Range<usize>) -> bool {
        let whole = read_records(self.records[records].iter().map(Vec::as_slice));
        whole.damage.is_none() && read.good == whole.good
    }
}

fn author() -> Author {
    Author {
        uid: Uid(7),
        name: "Zhou Mingyuan".into(),
        ..Default::default()
    }
}

fn open(records: &[&[u8]], peer: u64) -> Result<(Session, Vec<Effect>), OpenProblem> {
    weft_session::open(Opening {
        records: records.to_vec(),
        plan: PLAN,
        card: None,
        peer: PeerId(peer),
        author: author(),
        now: 0,
    })
}

fn damage_in(effects: &[Effect]) -> Option<Damage> {
    effects.iter().find_map(|effect| match effect {
        Effect::Notify(Notice::Damaged(damage)) => Some(*damage),
        _ => None,
    })
}

/// Opens a damaged log of which so many records are good, and edits in what it
/// gives: both must be there when it is opened again.
fn expect_prefix(log: &Log, records: &[&[u8]], good: usize, what: &str) {
    let Some(plan) = good.checked_sub(1).map(|last| &log.plans[last]) else {
        // Without its beginning nothing of a plan can be shown.
        let problem = open(records, 2).map(|_| ()).unwrap_err();
        assert!(
            matches!(problem, OpenProblem::Unreadable(Some(damage)) if damage.record == 0),
            "{what}: {problem:?}"
        );
        return;
    };
    let (mut session, effects) = open(records, 2).unwrap();
    assert!(session.plan() == plan, "{what}: the plan is another");
    let damage = damage_in(&effects).unwrap();
    assert_eq!((damage.record, damage.lost), (good, 1), "{what}");
    let key = field::about::code.key();
    let command = Command::Set {
        item: weft_model::ABOUT,
        key,
        value: Some(Value::str("after the damage")),
    };
    let act = Act::one(Verb::Edit, Subject::Plan, command);
    let effects = session.handle(1, Event::Acted(act));
    let added = effects.into_iter().find_map(|effect| match effect {
        Effect::Append { records, .. } => Some(records),
        _ => None,
    });
    let added = added.unwrap();
    let mut longer = records.to_vec();
    longer.extend(added.iter().map(Vec::as_slice));
    let (again, _) = open(&longer, 3).unwrap();
    assert!(again.plan() == session.plan(), "{what}: the edit is lost");
    assert_eq!(again.plan().about().code, "after the damage", "{what}");
}

#[test]
fn a_long_log_cut_off_at_any_byte_gives_every_whole_record_and_says_so() {
    let log = &*LOG;
    for record in 0..log.records.len() {
        // One record in front stands for all of them: the test below cuts the
        // whole stream.
        let first = record.saturating_sub(1);
        let (start, span) = (log.span(first).start, log.span(record));
        for cut in span.clone() {
            let read = read_stream(&log.stream[start..cut]);
            assert!(log.holds(&read, first..record), "cut at {cut}");
            let torn = (cut > span.start).then(|| Damage {
                record: record - first,
                lost: 1,
                bytes: cut - span.start,
            });
            assert_eq!(read.damage, torn, "cut at {cut}");
            // The same as a record of a store.
            let torn = read_records([&log.stream[span.start..cut]]);
            assert!(
                torn.good.is_empty() && torn.damage.is_some(),
                "cut at {cut}"
            );
        }
    }
    let mut rng = chance(6);
    for _ in 0..1_000 {
        let cut = rng.random_range(0..log.stream.len());
        let read = read_stream(&log.stream[..cut]);
        assert!(log.holds(&read, 0..log.record_at(cut)), "cut at {cut}");
    }
}

#[test]
fn ten_thousand_turned_bits_of_a_long_log_are_all_seen() {
    let log = &*LOG;
    let mut stream = log.stream.clone();
    let mut rng = chance(7);
    for _ in 0..10_000 {
        let bit = rng.random_range(0..stream.len() * 8);
        stream[bit / 8] ^= 1 << (bit % 8);
        let record = log.record_at(bit / 8);
        let read = read_stream(&stream);
        assert!(log.holds(&read, 0..record), "bit {bit}");
        let damage = Damage {
            record,
            lost: 1,
            bytes: stream.len() - log.span(record).start,
        };
        assert_eq!(read.damage, Some(damage), "bit {bit}");
        stream[bit / 8] ^= 1 << (bit % 8);
    }
}

#[test]
fn a_plan_whose_log_was_cut_off_opens_as_it_was_before_the_cut() {
    let log = &*LOG;
    let mut rng = chance(8);
    // As many cuts in updates as in the snapshot, which is the longest by far.
    let updates = log.span(1).start;
    for round in 0..80 {
        let cut = match round % 8 {
            0 => rng.random_range(1..updates),
            _ => rng.random_range(updates..log.stream.len()),
        };
        let good = log.record_at(cut);
        let mut records: Vec<&[u8]> = log.records[..good].iter().map(Vec::as_slice).collect();
        let torn = &log.stream[log.span(good).start..cut];
        if !torn.is_empty() {
            records.push(torn);
            expect_prefix(log, &records, good, &format!("cut at {cut}"));
        }
    }
}

#[test]
fn a_plan_with_a_turned_bit_in_its_log_opens_as_it_was_before_that_act() {
    let log = &*LOG;
    let mut rng = chance(9);
    let updates = log.span(1).start;
    for round in 0..80 {
        let byte = match round % 8 {
            0 => rng.random_range(0..updates),
            _ => rng.random_range(updates..log.stream.len()),
        };
        let damaged = log.record_at(byte);
        let mut record = log.records[damaged].clone();
        record[byte - log.span(damaged).start] ^= 1 << rng.random_range(0..8);
        let mut records: Vec<&[u8]> = log.records.iter().map(Vec::as_slice).collect();
        records[damaged] = &record;
        expect_prefix(log, &records, damaged, &format!("byte {byte}"));
    }
}
