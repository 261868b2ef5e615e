//! Nothing that was shown as saved is ever lost, and what is not saved is
//! said to be so.

use crate::support::{Fault, Store, TABS, Tab, add_module, heard, talk};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use weft_session::{Event, LineId, LineKind, Notice, SaveState, StoreError};

#[test]
fn what_is_shown_as_saved_is_there_after_a_restart() {
    let store = Store::default();
    let mut tab = Tab::open(&store, 1, 0).unwrap();
    for number in 0..20 {
        tab.act(add_module(number + 1, &format!("M{number}")));
        assert_eq!(tab.state(), SaveState::Saved);
        let again = Tab::open(&store, 100 + number, 0).unwrap();
        assert_eq!(again.titles(), tab.titles());
        assert!(again.notices.is_empty());
    }
    assert_eq!(store.borrow().card.as_ref().unwrap().modules, 20);
}

/// What a restart would find, without touching the store.
fn stored_titles(store: &Store, peer: u64) -> usize {
    let copy = Store::default();
    copy.borrow_mut().records = store.borrow().records.clone();
    Tab::open(&copy, peer, 0).map_or(0, |tab| tab.titles().len())
}

#[test]
fn a_device_that_fails_at_any_call_loses_nothing_and_says_so_meanwhile() {
    for error in [
        StoreError::QuotaExceeded,
        StoreError::Lost,
        StoreError::Unavailable,
    ] {
        for call in 0..60 {
            let store = Store::default();
            store.borrow_mut().fail(call, Fault::Error(error.clone()));
            let mut tab = Tab::open(&store, 1, 0).unwrap();
            for number in 0..50 {
                let failing = tab.state() == SaveState::Failing(error.clone());
                let stored = stored_titles(&store, 1_000 + number);
                assert_eq!(
                    failing,
                    stored < tab.titles().len() || store.borrow().records.is_empty()
                );
                tab.act(add_module(number + 1, &format!("M{number}")));
            }
            tab.rest();
            assert_eq!(tab.state(), SaveState::Saved, "call {call}");
            assert_eq!(tab.titles().len(), 50);
            assert_eq!(Tab::open(&store, 2, 0).unwrap().titles(), tab.titles());
        }
    }
}

#[test]
fn a_write_that_never_answers_is_never_called_saved() {
    let store = Store::default();
    let mut tab = Tab::open(&store, 1, 0).unwrap();
    store.borrow_mut().fail(0, Fault::Hang);
    tab.act(add_module(1, "A"));
    tab.act(add_module(2, "B"));
    assert_eq!(tab.state(), SaveState::Saving);
    assert_eq!(tab.titles(), ["A", "B"]);
}

#[test]
fn a_storage_that_is_emptied_is_filled_again() {
    let store = Store::default();
    let mut tab = Tab::open(&store, 1, 0).unwrap();
    tab.act(add_module(1, "A"));
    store.borrow_mut().records.clear();
    tab.send(Event::StorageGone);
    assert!(tab.notices.contains(&Notice::StorageGone));
    assert_eq!(tab.state(), SaveState::Saved);
    assert_eq!(Tab::open(&store, 2, 0).unwrap().titles(), ["A"]);
}

#[test]
fn damage_to_any_record_leaves_the_others_readable_and_is_reported() {
    let store = Store::default();
    let mut tab = Tab::open(&store, 1, 0).unwrap();
    for number in 0..6 {
        tab.act(add_module(number + 1, &format!("M{number}")));
    }
    let whole = store.borrow().records.clone();
    let mut rng = ChaCha8Rng::seed_from_u64(6);
    for at in 1..whole.len() {
        for _ in 0..40 {
            let mut records = whole.clone();
            let bytes = &mut records[at].1;
            let bit = rng.random_range(0..bytes.len() * 8);
            bytes[bit / 8] ^= 1 << (bit % 8);
            store.borrow_mut().records = records;
            let opened = Tab::open(&store, 2, 0).unwrap();
            assert!(
                opened
                    .notices
                    .iter()
                    .any(|n| matches!(n, Notice::Damaged(d) if d.lost == 1))
            );
            // The acts before the damage are all there.
            assert!(opened.titles().len() >= at.saturating_sub(1), "record {at}");
        }
    }
}

#[test]
fn two_tabs_see_each_others_edits_and_both_are_kept() {
    let store = Store::default();
    let mut tabs = vec![Tab::open(&store, 1, 0).unwrap()];
    tabs.push(Tab::open(&store, 2, 0).unwrap());
    talk(&mut tabs);
    for number in 0..10 {
        tabs[(number % 2) as usize].act(add_module(number + 1, &format!("M{number}")));
        if number % 3 == 0 {
            talk(&mut tabs);
        }
    }
    talk(&mut tabs);
    assert_eq!(tabs[0].session.plan(), tabs[1].session.plan());
    assert_eq!(tabs[0].titles().len(), 10);
    let reopened = Tab::open(&store, 3, 0).unwrap();
    assert_eq!(reopened.session.plan(), tabs[0].session.plan());
}

#[test]
fn tidying_up_keeps_what_another_tab_wrote_unheard() {
    let store = Store::default();
    let mut first = Tab::open(&store, 1, 0).unwrap();
    let mut second = Tab::open(&store, 2, 0).unwrap();
    // The line between the tabs is cut: nothing is heard.
    second.act(add_module(5_000, "from the other tab"));
    first.send(Event::Led(true));
    for number in 0..450 {
        first.act(add_module(number + 1, &format!("M{number}")));
    }
    assert!(
        store.borrow().records.len() < 60,
        "{}",
        store.borrow().records.len()
    );
    assert!(first.titles().contains(&"from the other tab".to_owned()));
    let reopened = Tab::open(&store, 3, 0).unwrap();
    assert_eq!(reopened.titles().len(), 451);
    assert_eq!(reopened.session.plan(), first.session.plan());
}

#[test]
fn a_tab_that_meets_a_newer_program_stops_writing() {
    let store = Store::default();
    let mut tab = Tab::open(&store, 1, 0).unwrap();
    tab.act(add_module(1, "A"));
    let other = Tab::open(&store, 2, 0).unwrap();
    let (line, mut frame) = other.said[0].clone();
    // The program number stands behind version, kind and both peers.
    frame[18] = 99;
    tab.send(heard(line, frame));
    assert_eq!(tab.state(), SaveState::ReadOnly);
    let before = store.borrow().records.clone();
    tab.act(add_module(2, "B"));
    assert_eq!((tab.refused, tab.titles().len()), (1, 1));
    assert_eq!(store.borrow().records, before);
}

#[test]
fn what_was_done_before_a_newer_program_took_over_still_goes_onto_the_device() {
    let store = Store::default();
    let mut tab = Tab::open(&store, 1, 0).unwrap();
    store
        .borrow_mut()
        .fail(0, Fault::Error(StoreError::QuotaExceeded));
    tab.act(add_module(1, "A"));
    tab.send(Event::StorageNewer);
    assert!(tab.notices.contains(&Notice::NewerTab));
    // Not on the device, so that it must not look as if it were.
    assert_eq!(tab.state(), SaveState::Failing(StoreError::QuotaExceeded));
    tab.act(add_module(2, "B"));
    assert_eq!((tab.refused, tab.titles().len()), (1, 1));
    tab.rest();
    assert_eq!(tab.state(), SaveState::ReadOnly);
    assert_eq!(Tab::open(&store, 2, 0).unwrap().titles(), ["A"]);
}

#[test]
fn nonsense_from_another_tab_changes_nothing() {
    let store = Store::default();
    let mut tab = Tab::open(&store, 1, 0).unwrap();
    tab.act(add_module(1, "A"));
    let before = tab.session.plan().clone();
    let mut rng = ChaCha8Rng::seed_from_u64(9);
    let mut other = Tab::open(&store, 2, 0).unwrap();
    let real: Vec<_> = {
        other.act(add_module(2, "B"));
        std::mem::take(&mut other.said)
    };
    for round in 0..2_000 {
        let (line, mut frame) = real[round % real.len()].clone();
        for _ in 0..rng.random_range(1..4) {
            // A higher program number is no nonsense; it is tested above.
            let at = rng.random_range(26..frame.len());
            frame[at] = rng.random();
        }
        frame.truncate(rng.random_range(0..=frame.len()));
        tab.send(heard(line, frame));
    }
    assert_eq!(tab.session.plan(), &before);
}

#[test]
fn a_copy_that_left_the_device_is_noted_even_if_nothing_is_edited_afterwards() {
    let store = Store::default();
    let mut tab = Tab::open(&store, 1, 0).unwrap();
    tab.act(add_module(1, "A"));
    let exported = |store: &Store| store.borrow().card.as_ref().unwrap().exported_millis;
    assert_eq!(exported(&store), None);
    tab.send(Event::Exported);
    assert_eq!(exported(&store), Some(tab.now));
}

#[test]
fn a_copy_taken_while_the_device_is_full_is_noted_with_the_next_write() {
    let store = Store::default();
    let mut tab = Tab::open(&store, 1, 0).unwrap();
    for call in 0..2 {
        store
            .borrow_mut()
            .fail(call, Fault::Error(StoreError::QuotaExceeded));
    }
    tab.act(add_module(1, "A"));
    tab.send(Event::Exported);
    let taken = tab.now;
    assert_eq!(store.borrow().card.as_ref().unwrap().exported_millis, None);
    tab.rest();
    let card = store.borrow().card.clone().unwrap();
    assert_eq!((card.exported_millis, card.modules), (Some(taken), 1));
}

#[test]
fn the_same_events_give_the_same_effects() {
    let run = || {
        let store = Store::default();
        let mut tab = Tab::open(&store, 1, 0).unwrap();
        tab.act(add_module(1, "A"));
        tab.send(Event::Undone);
        tab.send(Event::Redone);
        tab.act(add_module(2, "B"));
        (
            tab.said.clone(),
            tab.shown.clone(),
            tab.changes.clone(),
            store.borrow().records.clone(),
        )
    };
    assert_eq!(run(), run());
}

#[test]
fn what_several_frames_brought_too_early_is_not_written_before_it_has_its_place() {
    let store = Store::default();
    let mut one = Tab::open(&store, 1, 0).unwrap();
    one.act(add_module(1, "Turning"));
    // A store of its own: what is counted below is what the first tab writes.
    let far = Store::default();
    far.borrow_mut().records = store.borrow().records.clone();
    let mut tabs = [one, Tab::open(&far, 2, 0).unwrap()];
    talk(&mut tabs);
    let [mut one, mut two] = tabs;
    let mut frames = |title, uid| -> Vec<Vec<u8>> {
        two.act(add_module(uid, title));
        let said = std::mem::take(&mut two.said);
        said.into_iter().map(|(_, frame)| frame).collect()
    };
    let lost = frames("Milling", 2);
    let early = [frames("Grinding", 3), frames("Assembly", 4)].concat();
    let written = store.borrow().records.len();
    one.send(Event::Heard {
        line: TABS,
        frames: early,
    });
    assert_eq!(one.titles(), ["Turning"]);
    assert_eq!(store.borrow().records.len(), written);
    one.send(Event::Heard {
        line: TABS,
        frames: lost,
    });
    assert_eq!(one.titles(), ["Turning", "Milling", "Grinding", "Assembly"]);
    // What comes whole is not told back, though something has waited once.
    one.said.clear();
    one.send(Event::Heard {
        line: TABS,
        frames: [frames("Welding", 5), frames("Turning, twice", 6)].concat(),
    });
    assert_eq!(one.titles().len(), 6);
    assert!(one.said.is_empty(), "{:?}", one.said.len());
    let again = Tab::open_alone(&store, 3, 0).unwrap();
    assert_eq!(again.titles(), one.titles());
}

#[test]
fn what_waited_is_told_to_whoever_brought_what_it_waited_for() {
    const LINE: LineId = LineId(7);
    let store = Store::default();
    let mut one = Tab::open(&store, 1, 0).unwrap();
    one.act(add_module(1, "Turning"));
    let mut tabs = [
        one,
        Tab::open(&store, 2, 0).unwrap(),
        Tab::open(&store, 3, 0).unwrap(),
    ];
    talk(&mut tabs);
    let [mut one, mut beside, mut partner] = tabs;
    // The third one is a partner at the other end of a line of the first tab as well.
    for tab in [&mut one, &mut partner] {
        let kind = LineKind::Partner;
        tab.send(Event::Joined { line: LINE, kind });
    }
    let said_on = |tab: &mut Tab, line: LineId| -> Vec<Vec<u8>> {
        let (here, other) = std::mem::take(&mut tab.said)
            .into_iter()
            .partition(|(at, _)| *at == line);
        tab.said = other;
        let here: Vec<(LineId, Vec<u8>)> = here;
        here.into_iter().map(|(_, frame)| frame).collect()
    };
    for _ in 0..4 {
        let (there, back) = (said_on(&mut one, LINE), said_on(&mut partner, LINE));
        partner.send(Event::Heard {
            line: LINE,
            frames: there,
        });
        one.send(Event::Heard {
            line: LINE,
            frames: back,
        });
    }
    partner.said.clear();
    partner.act(add_module(2, "Milling"));
    let lost_on_the_line = said_on(&mut partner, LINE);
    assert!(!lost_on_the_line.is_empty());
    let to_tabs = said_on(&mut partner, TABS);
    partner.act(add_module(3, "Grinding"));
    let early = said_on(&mut partner, LINE);
    one.send(Event::Heard {
        line: LINE,
        frames: early,
    });
    assert_eq!(one.titles(), ["Turning"]);
    one.said.clear();
    for tab in [&mut beside, &mut one] {
        let frames = to_tabs.clone();
        tab.send(Event::Heard { line: TABS, frames });
    }
    assert_eq!(one.titles(), ["Turning", "Milling", "Grinding"]);
    let frames = said_on(&mut one, TABS);
    beside.send(Event::Heard { line: TABS, frames });
    assert_eq!(beside.titles(), one.titles());
}
