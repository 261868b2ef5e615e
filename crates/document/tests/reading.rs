//! A plan that was read already opens as the same plan, and never as another.

use crate::bench::*;
use rand::Rng;
use weft_document::*;
use weft_model::*;

/// A snapshot with its reading, what was written behind it, and the plan as it
/// reads at last.
struct Log {
    records: Vec<Vec<u8>>,
    reading: Vec<u8>,
    plan: Plan,
}

impl Log {
    fn kept(&self) -> Kept<'_> {
        Kept {
            record: 1,
            reading: &self.reading,
        }
    }

    fn open(&self, kept: Option<Kept<'_>>) -> Opened {
        Document::open_with(PLAN, &self.records, kept, PeerId(9)).unwrap()
    }
}

/// What another program writes: a word where a number belongs, and a link with a
/// remark that is not there.
fn odd(document: &Document) -> Vec<u8> {
    foreign(document, |loro| {
        let module = loro.get_map("modules").get(&Uid(10).to_string());
        let Some(loro::ValueOrContainer::Container(loro::Container::Map(map))) = module else {
            panic!("there is no module");
        };
        map.insert("total_hours", "many").unwrap();
        let gone = format!("{}#strength", link_key(10, 4));
        loro.get_map("weave").insert(&gone, 3).unwrap();
    })
}

/// Two partners write, one after the other and at the same time; the reading is
/// kept somewhere in between. The first record is an update from before it.
fn log(seed: u64) -> Log {
    let mut rng = weft_sample::chance(seed);
    let mut ada = small();
    let mut ben = reopen(&ada, 2);
    let early = ada.apply(&add(Kind::Party, 50, None, vec![]), 0).unwrap();
    let mut records = vec![early.update];
    let mut reading = Vec::new();
    let before = rng.random_range(5..40);
    for step in 0..before + rng.random_range(0..30) {
        if step == before {
            exchange(&mut ada, &mut ben);
            if seed.is_multiple_of(2) {
                ada.merge(&odd(&ada)).unwrap();
            }
            records.push(ada.save());
            reading = ada.reading();
        }
        let act = weft_sample::random_act(ada.plan(), &mut rng);
        let mine = ada.apply(&act, step).map(|applied| applied.update);
        let act = weft_sample::random_act(ben.plan(), &mut rng);
        let theirs = ben.apply(&act, step).map(|applied| applied.update);
        if step >= before {
            records.extend(mine);
            if let Ok(update) = theirs
                && ada.merge(&update).is_ok()
            {
                records.push(update);
            }
        }
    }
    if records.len() == 1 {
        records.push(ada.save());
        reading = ada.reading();
    }
    if seed.is_multiple_of(3) {
        records.push(odd(&ada));
        ada.merge(&odd(&ada)).unwrap();
    }
    Log {
        records,
        reading,
        plan: ada.plan().clone(),
    }
}

#[test]
fn a_plan_opens_from_its_reading_as_from_its_document() {
    for seed in 0..200_u64 {
        let log = log(seed);
        let slow = log.open(None);
        let soon = log.open(Some(log.kept()));
        assert!(soon.sooner && !slow.sooner, "seed {seed}");
        assert_eq!(soon.pending, slow.pending);
        assert_eq!(soon.document.plan(), slow.document.plan(), "seed {seed}");
        assert_eq!(*soon.document.plan(), log.plan, "seed {seed}");
        assert_eq!(soon.document.fingerprint(), slow.document.fingerprint());
        assert_eq!(soon.document.reading(), slow.document.reading());
    }
}

#[test]
fn what_is_edited_and_merged_after_a_quick_opening_is_as_after_a_slow_one() {
    for seed in 0..60 {
        let log = log(seed);
        let mut copies = [None, Some(log.kept())].map(|kept| log.open(kept).document);
        let mut partner = reopen(&copies[0], 3);
        for copy in &mut copies {
            let mut rng = weft_sample::chance(1_000 + seed);
            for step in 0..10 {
                let act = weft_sample::random_act(copy.plan(), &mut rng);
                let applied = copy.apply(&act, step);
                if applied.is_ok() && rng.random_bool(0.3) {
                    drop(copy.undo(step));
                }
            }
        }
        partner
            .apply(&one(set(ABOUT, field::about::code.key(), "X".into())), 0)
            .unwrap();
        let news = partner.updates_since(&copies[0].version());
        for copy in &mut copies {
            copy.merge(&news).unwrap();
        }
        let [slow, soon] = copies;
        assert_eq!(slow.plan(), soon.plan(), "seed {seed}");
        let whole = reopen(&soon, 10);
        assert_eq!(whole.plan(), soon.plan(), "seed {seed}");
    }
}

#[test]
fn a_reading_of_another_moment_is_not_taken() {
    let mut ada = small();
    let early = ada.reading();
    ada.apply(&link(10, 4, Some(1)), 0).unwrap();
    let kept = Kept {
        record: 0,
        reading: &early,
    };
    let opened = Document::open_with(PLAN, [ada.save()], Some(kept), PeerId(3)).unwrap();
    assert!(!opened.sooner);
    assert_eq!(opened.document.plan(), ada.plan());
}

#[test]
fn a_torn_reading_is_not_taken_and_costs_nothing() {
    let log = log(7);
    let step = (log.reading.len() / 300).max(1);
    for end in (0..log.reading.len()).step_by(step) {
        let kept = Kept {
            record: 1,
            reading: &log.reading[..end],
        };
        let opened = log.open(Some(kept));
        assert!(!opened.sooner, "{end} bytes");
        assert_eq!(*opened.document.plan(), log.plan, "{end} bytes");
    }
    for record in [0, 2, 999] {
        let kept = Kept {
            record,
            reading: &log.reading,
        };
        let opened = log.open(Some(kept));
        assert!(!opened.sooner, "record {record}");
        assert_eq!(*opened.document.plan(), log.plan, "record {record}");
    }
}
