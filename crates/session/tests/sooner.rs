//! Large plans are kept with a reading beside their snapshot, as long as the
//! device has room for it.

use crate::support::*;
use weft_document::{Document, Kept, PeerId};
use weft_model::{Act, Intent, Subject, Verb};
use weft_session::{Event, SaveState, StoreError, log};

/// Many modules in one act.
fn many(count: u64) -> Act {
    let commands = (1..=count).flat_map(|uid| add_module(uid, "Turning").commands);
    Act {
        intent: Intent {
            verb: Verb::Add,
            subject: Subject::Plan,
        },
        commands: commands.collect(),
    }
}

/// A tab that has tidied up the log of a plan of so many modules, and gone on
/// writing.
fn tidied(store: &Store, modules: u64) -> Tab {
    let mut tab = Tab::open(store, 1, 0).unwrap();
    tab.act(many(modules));
    for uid in 0..450 {
        tab.act(add_module(100_000 + uid, "Milling"));
    }
    tab.send(Event::Led(true));
    tab.act(add_module(200_000, "Grinding"));
    tab
}

fn reading(store: &Store) -> Option<usize> {
    let records = store.borrow().records.clone();
    let read = log::read_records(records.iter().map(|(_, record)| record.as_slice()));
    let (record, bytes) = read.reading?;
    let bodies: Vec<&[u8]> = read.good.iter().map(|(_, body)| *body).collect();
    let kept = Kept {
        record,
        reading: bytes,
    };
    let opened = Document::open_with(PLAN, bodies, Some(kept), PeerId(77)).unwrap();
    assert!(opened.sooner, "the reading does not fit its snapshot");
    Some(bytes.len())
}

#[test]
fn a_large_plan_is_tidied_into_a_snapshot_with_its_reading() {
    let store = Store::default();
    let tab = tidied(&store, 300);
    assert!(store.borrow().records.len() < 5);
    assert!(reading(&store).is_some());
    let again = Tab::open(&store, 2, 1_000).unwrap();
    assert_eq!(again.session.plan(), tab.session.plan());
    assert!(again.notices.is_empty(), "{:?}", again.notices);
}

#[test]
fn a_small_plan_is_kept_without_a_reading() {
    let store = Store::default();
    let mut tab = Tab::open(&store, 1, 0).unwrap();
    tab.send(Event::Led(true));
    for step in 0..450 {
        tab.act(add_module(1, "Turning"));
        tab.send(if i32::rem_euclid(step, 2) == 0 {
            Event::Undone
        } else {
            Event::Redone
        });
    }
    assert!(store.borrow().records.len() < 450);
    assert_eq!(reading(&store), None);
}

#[test]
fn a_plan_written_again_after_its_storage_was_emptied_has_a_reading() {
    let store = Store::default();
    let mut tab = tidied(&store, 300);
    store.borrow_mut().records.clear();
    tab.send(Event::StorageGone);
    assert_eq!(tab.state(), SaveState::Saved);
    assert!(reading(&store).is_some());
}

#[test]
fn a_device_that_is_short_of_room_is_asked_for_no_reading() {
    let store = Store::default();
    let mut tab = tidied(&store, 300);
    store.borrow_mut().records.clear();
    store
        .borrow_mut()
        .fail(0, Fault::Error(StoreError::QuotaExceeded));
    tab.send(Event::StorageGone);
    tab.rest();
    assert_eq!(tab.state(), SaveState::Saved);
    assert_eq!(reading(&store), None);
    let again = Tab::open(&store, 2, 100_000).unwrap();
    assert_eq!(again.session.plan(), tab.session.plan());
}

#[test]
fn tidying_up_that_failed_is_tried_again_without_a_reading() {
    let store = Store::default();
    let mut tab = Tab::open(&store, 1, 0).unwrap();
    tab.act(many(600));
    for uid in 0..450 {
        tab.act(add_module(100_000 + uid, "Milling"));
    }
    store
        .borrow_mut()
        .fail(0, Fault::Error(StoreError::QuotaExceeded));
    tab.send(Event::Led(true));
    assert!(store.borrow().records.len() > 400);
    for uid in 0..450 {
        tab.act(add_module(200_000 + uid, "Grinding"));
    }
    assert!(store.borrow().records.len() < 100);
    assert_eq!(reading(&store), None);
}
