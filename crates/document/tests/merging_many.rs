//! Several updates taken in at one go: what comes of it is what comes of one after
//! the other, in whatever order.

use crate::bench::*;
use rand::Rng;
use rand::seq::SliceRandom;
use weft_document::*;
use weft_model::*;
use weft_sample::{chance, random_act};

/// A plan that has been worked in a little.
fn begun(seed: u64) -> Document {
    let mut rng = chance(seed);
    let mut document = Document::create(PLAN, PeerId(1), &ada(), 0);
    for time in 0..40 {
        let act = random_act(document.plan(), &mut rng);
        // What is impossible is refused, which is as good.
        drop(document.apply(&act, time));
    }
    document
}

/// What partners have done apart from one another, in some pieces each, and who.
fn apart(base: &Document, seed: u64) -> Vec<Vec<u8>> {
    let mut rng = chance(seed + 1_000);
    let mut updates = Vec::new();
    for partner in 0..rng.random_range(2..7) {
        let mut copy = reopen(base, 10 + partner);
        for piece in 0..rng.random_range(1..4) {
            let before = copy.version();
            for time in 0..rng.random_range(1..12) {
                let act = random_act(copy.plan(), &mut rng);
                drop(copy.apply(&act, 100 * piece + time));
            }
            updates.push(copy.updates_since(&before));
        }
    }
    updates.retain(|update| !update.is_empty());
    updates
}

fn slices(updates: &[Vec<u8>]) -> Vec<&[u8]> {
    updates.iter().map(Vec::as_slice).collect()
}

#[test]
fn all_at_one_go_gives_what_one_after_the_other_gives() {
    let mut taken = 0;
    for seed in 0..60 {
        let base = begun(seed);
        let mut updates = apart(&base, seed);
        let mut one_by_one = reopen(&base, 2);
        for update in &updates {
            one_by_one.merge(update).unwrap();
        }
        // A piece may lie before the one that it builds on, and come twice.
        let mut rng = chance(seed + 2_000);
        updates.push(updates[0].clone());
        updates.shuffle(&mut rng);
        let mut at_once = reopen(&base, 3);
        let before = at_once.version();
        let mut followed = at_once.plan().clone();
        let (merged, _) = at_once.merge_all(&slices(&updates)).unwrap();
        assert!(!merged.pending, "seed {seed}");
        assert_eq!(at_once.version(), one_by_one.version(), "seed {seed}");
        assert_eq!(at_once.plan(), one_by_one.plan(), "seed {seed}");
        assert_eq!(at_once.fingerprint(), one_by_one.fingerprint());
        assert_eq!(merged.news, at_once.version() != before, "seed {seed}");
        // What it says has changed is all that has.
        if !merged.change.whole {
            let known = |item: &ItemId| merged.change.items.contains_key(item);
            for kind in Kind::ALL {
                for uid in at_once.plan().any(*kind).every() {
                    let item = ItemId { kind: *kind, uid };
                    let same = values(&followed, item) == values(at_once.plan(), item);
                    assert!(same || known(&item), "seed {seed}: {item:?}");
                }
            }
        }
        followed.clone_from(at_once.plan());
        let (again, _) = at_once.merge_all(&slices(&updates)).unwrap();
        assert!(!again.news && again.change.is_empty(), "seed {seed}");
        assert_eq!(*at_once.plan(), followed);
        taken += updates.len();
    }
    assert!(taken > 300, "{taken}");
}

#[test]
fn getting_ready_for_merges_changes_nothing_and_what_comes_is_taken_in_as_ever() {
    let mut undone = 0;
    for seed in 0..60 {
        let base = begun(seed);
        let updates = apart(&base, seed);
        let (mut plain, mut ready) = (reopen(&base, 2), reopen(&base, 2));
        let mut rng = chance(seed + 3_000);
        for (at, update) in updates.iter().enumerate() {
            let (before, plan) = (ready.fingerprint(), ready.plan().clone());
            ready.expect_merges();
            assert_eq!(ready.fingerprint(), before, "seed {seed}");
            assert_eq!(*ready.plan(), plan, "seed {seed}");
            assert_eq!(plain.merge(update), ready.merge(update), "seed {seed}");
            ready.look_on();
            // Own acts between, each of which may be taken back.
            let act = random_act(plain.plan(), &mut rng);
            let time = 10_000 * at as i64;
            assert_eq!(plain.apply(&act, time), ready.apply(&act, time));
            if at % 3 == 2 {
                let both = (plain.undo(time + 1), ready.undo(time + 1));
                assert_eq!(both.0, both.1, "seed {seed}");
                undone += usize::from(both.0.is_ok());
            }
        }
        assert_eq!(plain.plan(), ready.plan(), "seed {seed}");
        assert_eq!(plain.fingerprint(), ready.fingerprint(), "seed {seed}");
        assert_eq!(plain.clashes(), ready.clashes(), "seed {seed}");
    }
    assert!(undone > 30, "{undone}");
}

/// All that is kept of an item.
fn values(plan: &Plan, item: ItemId) -> Vec<(FieldKey, Value)> {
    let mut all = Vec::new();
    plan.any(item.kind)
        .values(item.uid, &mut |key, value| all.push((key, value.clone())));
    all
}

#[test]
fn what_lacks_its_beginning_waits_and_the_others_are_taken_in() {
    let base = begun(7);
    let mut ada = reopen(&base, 20);
    let first = ada.version();
    ada.apply(&add(Kind::Module, 900, None, vec![]), 0).unwrap();
    let early = ada.updates_since(&first);
    let second = ada.version();
    ada.apply(&add(Kind::Module, 901, None, vec![]), 0).unwrap();
    let late = ada.updates_since(&second);
    let mut ben = reopen(&base, 21);
    ben.apply(&add(Kind::Module, 902, None, vec![]), 0).unwrap();
    let other = ben.updates_since(&first);
    let mut copy = reopen(&base, 22);
    let (merged, _) = copy.merge_all(&[&late, &other]).unwrap();
    assert!(merged.pending && merged.news);
    let live = |copy: &Document, uid| copy.plan().is_live(module(uid));
    assert!(live(&copy, 902) && !live(&copy, 901));
    copy.merge(&early).unwrap();
    assert!(live(&copy, 900) && live(&copy, 901));
}

#[test]
fn where_one_is_spoilt_nothing_is_taken_in() {
    for seed in 0..40 {
        let base = begun(seed);
        let mut updates = apart(&base, seed);
        let mut rng = chance(seed + 3_000);
        let at = rng.random_range(0..updates.len());
        let byte = rng.random_range(0..updates[at].len());
        updates[at][byte] ^= 1 << rng.random_range(0..8);
        let mut copy = reopen(&base, 2);
        let (version, plan) = (copy.version(), copy.plan().clone());
        if copy.merge_all(&slices(&updates)).is_none() {
            assert_eq!(copy.version(), version);
            assert_eq!(*copy.plan(), plan);
        } else {
            // The head of an update has bytes that nothing depends on.
            assert!(byte < 16, "seed {seed}: byte {byte} of {at}");
        }
    }
}
