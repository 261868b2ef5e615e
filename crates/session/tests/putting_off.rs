//! An edit whose bytes are put off until the person has seen it.

use weft_session::{Event, SaveState};

use crate::support::{Store, TABS, Tab, add_module, heard, talk};

fn lazily(store: &Store, peer: u64) -> Tab {
    let mut tab = Tab::open(store, peer, 0).unwrap();
    tab.session.put_off();
    tab
}

#[test]
fn an_edit_that_is_put_off_counts_as_not_saved_until_it_is_written() {
    let store = Store::default();
    let mut tab = lazily(&store, 1);
    tab.said.clear();
    let before = store.borrow().records.len();
    tab.act(add_module(1, "Turning"));
    assert_eq!(tab.titles(), ["Turning"]);
    assert_eq!(tab.state(), SaveState::Saving);
    assert_eq!(
        store.borrow().records.len(),
        before,
        "nothing is written yet"
    );
    assert!(tab.said.is_empty() && tab.due);
    // Who looks for what only this tab has finds it.
    assert_eq!(tab.session.unsaved().len(), 1);
    tab.pay();
    assert_eq!(tab.state(), SaveState::Saved);
    assert!(tab.session.unsaved().is_empty());
    assert_eq!(store.borrow().records.len(), before + 1);
    let again = Tab::open(&store, 2, 0).unwrap();
    assert_eq!(again.titles(), ["Turning"]);
}

#[test]
fn edits_that_follow_each_other_quickly_are_asked_for_once_and_written_in_one_piece() {
    let store = Store::default();
    let mut tab = lazily(&store, 1);
    let before = store.borrow().records.len();
    for (at, title) in ["Turning", "Milling", "Grinding"].into_iter().enumerate() {
        tab.act(add_module(at as u64 + 1, title));
    }
    tab.send(Event::Undone);
    tab.pay();
    assert_eq!(store.borrow().records.len(), before + 1);
    tab.pay();
    assert_eq!(
        store.borrow().records.len(),
        before + 1,
        "nothing is owed twice"
    );
    let again = Tab::open(&store, 2, 0).unwrap();
    assert_eq!(again.titles(), ["Turning", "Milling"]);
    assert_eq!(again.session.version(), tab.session.version());
}

#[test]
fn whatever_comes_meanwhile_finds_the_edit_written_and_said() {
    let store = Store::default();
    let mut tabs = [lazily(&store, 1), Tab::open(&store, 2, 0).unwrap()];
    talk(&mut tabs);
    tabs[1].act(add_module(2, "Milling"));
    let (line, frame) = tabs[1].said.remove(0);
    assert_eq!(line, TABS);
    tabs[0].act(add_module(1, "Turning"));
    assert!(tabs[0].said.is_empty());
    tabs[0].send(heard(line, frame));
    assert!(!tabs[0].said.is_empty(), "its own goes first");
    talk(&mut tabs);
    // The moment that was asked for comes late, and finds nothing.
    tabs[0].pay();
    for tab in &tabs {
        let mut titles = tab.titles();
        titles.sort();
        assert_eq!(titles, ["Milling", "Turning"]);
        assert_eq!(tab.state(), SaveState::Saved);
    }
}
