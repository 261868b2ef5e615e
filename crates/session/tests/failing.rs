//! A device that fails at any call, in every way that a store can: with an error,
//! an aborted transaction, a connection that was closed, or no answer at all.
//! Nothing is lost from memory, the person sees it, and it is tried again.

use crate::support::{Fault, Store, Tab, add_module};
use weft_session::{Event, SaveState, StoreError};

const EDITS: u64 = 200;
/// One call in so many fails, each time another one: between two failures the
/// device has time to be well again.
const STRIDE: usize = 5;
/// Records that are there before, so that the log is tidied up meanwhile.
const BEFORE: u64 = 230;

/// What a restart would find, without touching the store.
fn stored(store: &Store, peer: u64) -> usize {
    let copy = Store::default();
    copy.borrow_mut().records = store.borrow().records.clone();
    Tab::open(&copy, peer, 0).map_or(0, |tab| tab.titles().len())
}

fn filled() -> Store {
    let store = Store::default();
    let mut tab = Tab::open(&store, 1, 0).unwrap();
    for number in 0..BEFORE {
        tab.act(add_module(10_000 + number, "before"));
    }
    store
}

/// Runs the script; the calls whose number leaves this rest fail so. Returns how
/// many calls there were.
fn run(from: &Store, fault: &Fault, rest: usize) -> usize {
    let store = Store::default();
    store.borrow_mut().records = from.borrow().records.clone();
    let mut tab = Tab::open(&store, 2, 0).unwrap();
    tab.send(Event::Led(true));
    let begun = store.borrow().calls;
    for call in (rest..2 * EDITS as usize).step_by(STRIDE) {
        store.borrow_mut().fail(call, fault.clone());
    }
    let mut well = true;
    for number in 0..EDITS {
        let before = tab.shown.len();
        tab.act(add_module(number + 1, "meanwhile"));
        let there = tab.titles().len();
        assert_eq!(
            there as u64,
            BEFORE + number + 1,
            "nothing goes from memory"
        );
        let saved = tab.state() == SaveState::Saved;
        if !(saved && well) || number % 50 == 0 {
            let found = stored(&store, 1_000 + number) == there;
            assert_eq!(saved, found, "edit {number}");
        }
        well = saved;
        if !saved {
            // It is to be seen at once, or after some time without an answer.
            for _ in 0..3 {
                if tab.state() == SaveState::Saving {
                    let at = tab.wake.take().unwrap();
                    tab.now = tab.now.max(at);
                    tab.send(Event::Woke);
                }
            }
            let seen = &tab.shown[before..];
            let failing = seen.iter().any(|it| matches!(it, SaveState::Failing(_)));
            assert!(failing, "edit {number}: {seen:?}");
            // Some go on editing meanwhile, some wait.
            if number % 2 == 0 {
                tab.rest();
                assert_eq!(tab.state(), SaveState::Saved, "edit {number}");
            }
        }
    }
    tab.rest();
    assert_eq!(tab.state(), SaveState::Saved);
    let again = Tab::open(&store, 3, 0).unwrap();
    assert_eq!(again.session.plan(), tab.session.plan());
    store.borrow().calls - begun
}

fn every_call(fault: Fault) {
    let store = filled();
    for rest in 0..STRIDE {
        let calls = run(&store, &fault, rest);
        assert!(calls > EDITS as usize, "{calls}");
    }
}

#[test]
fn every_call_of_two_hundred_edits_may_find_a_full_device() {
    every_call(Fault::Error(StoreError::QuotaExceeded));
}

#[test]
fn every_call_of_two_hundred_edits_may_be_aborted_or_find_the_connection_closed() {
    // Both reach the session as this.
    every_call(Fault::Error(StoreError::Lost));
}

#[test]
fn every_call_of_two_hundred_edits_may_be_refused() {
    every_call(Fault::Error(StoreError::Unavailable));
}

#[test]
fn every_call_of_two_hundred_edits_may_never_be_answered() {
    every_call(Fault::Hang);
}

#[test]
fn an_answer_that_comes_after_all_does_no_harm() {
    let store = Store::default();
    let mut tab = Tab::open(&store, 1, 0).unwrap();
    tab.act(add_module(1, "A"));
    store.borrow_mut().fail(0, Fault::Hang);
    tab.act(add_module(2, "B"));
    let ticket = 1 + store.borrow().records.len() as u64;
    tab.now = tab.wake.take().unwrap().max(tab.now + 10_000);
    tab.send(Event::Woke);
    assert_eq!(tab.state(), SaveState::Failing(StoreError::Silent));
    for ticket in 1..=ticket {
        tab.send(Event::Written { ticket });
    }
    assert_ne!(
        tab.state(),
        SaveState::Saved,
        "it may have been another one"
    );
    tab.rest();
    assert_eq!(tab.state(), SaveState::Saved);
    assert_eq!(stored(&store, 9), 2);
}
