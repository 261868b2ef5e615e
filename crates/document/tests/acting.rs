//! Acting on a plan, saving it, opening it again, merging copies.

use crate::bench::*;
use weft_document::*;
use weft_model::*;

#[test]
fn a_saved_plan_opens_as_it_was() {
    let mut here = small();
    here.apply(&write(title(module(10)), 0, 0, "数控车削"), 5_000)
        .unwrap();
    let there = reopen(&here, 9);
    assert_eq!(there.plan(), here.plan());
    assert_eq!(there.fingerprint(), here.fingerprint());
    assert_eq!(there.version(), here.version());
    assert_eq!(there.id(), PLAN);
    assert_eq!(there.authors().get(&Uid(100)).unwrap().name, "Ada");
}

#[test]
fn the_bytes_of_each_act_make_the_plan_in_any_order() {
    let mut here = Document::create(PLAN, PeerId(1), &ada(), 0);
    let mut records = vec![here.save()];
    for act in small_acts() {
        records.push(here.apply(&act, 1_000).unwrap().update);
    }
    for _ in 0..records.len() {
        records.rotate_left(1);
        let opened = Document::open(PLAN, &records, PeerId(5)).unwrap();
        assert!(!opened.pending);
        assert_eq!(opened.document.plan(), here.plan());
    }
}

#[test]
fn an_act_that_is_refused_leaves_nothing_behind() {
    let mut here = small();
    let (plan, version) = (here.plan().clone(), here.version());
    let act = Act::many(
        Verb::Edit,
        Subject::Plan,
        vec![
            set(module(10), field::module::code.key(), "A1".into()),
            Command::Delete { item: module(99) },
        ],
    );
    assert_eq!(
        here.apply(&act, 0).unwrap_err(),
        EditError::Missing(module(99))
    );
    assert_eq!((here.plan(), here.version()), (&plan, version));
    let undoable = here.undoable();
    assert_eq!(here.undo(0).map(|_| ()), Ok(()));
    assert_ne!(here.undoable(), undoable);
}

#[test]
fn two_copies_that_exchange_all_hold_the_same_plan() {
    let mut ada = small();
    let mut ben = reopen(&ada, 2);
    ada.apply(&write(title(module(10)), 0, 0, "Turning"), 0)
        .unwrap();
    ben.apply(&write(title(module(10)), 0, 0, "CNC "), 0)
        .unwrap();
    ben.apply(&link(10, 4, Some(3)), 0).unwrap();
    ada.apply(
        &one(set(module(10), field::module::code.key(), "A".into())),
        0,
    )
    .unwrap();
    let merged = exchange(&mut ada, &mut ben);
    assert!(merged.links.contains(&link_key(10, 4)));
    assert_eq!(ada.plan(), ben.plan());
    assert_eq!(ada.fingerprint(), ben.fingerprint());
    assert_eq!(reopen(&ada, 3).plan(), ada.plan());
    let text = ada.plan().text(title(module(10)), &Lang::en());
    assert!(text == "TurningCNC " || text == "CNC Turning", "{text}");
}
