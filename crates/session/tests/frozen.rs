//! A frozen plan that partners who have not heard of it change over a line or through a folder.

use crate::support::*;
use weft_model::{
    ABOUT, Act, Choice as _, Command, ItemId, Kind, PlanStatus, Spot, Uid, Value, Verb, field,
};
use weft_session::{Event, LineId, LineKind, Notice};

/// A school and an enterprise that hold the same plan.
fn partners() -> (Tab, Tab) {
    let store = Store::default();
    let mut school = Tab::open_alone(&store, 1, 0).unwrap();
    school.act(add_module(1, "Turning"));
    let copy = Store::default();
    copy.borrow_mut()
        .records
        .clone_from(&store.borrow().records);
    (school, Tab::open_as(&copy, 2, 0, 70).unwrap())
}

#[test]
fn a_frozen_plan_that_a_partner_changes_without_a_reason_of_their_own_is_noticed() {
    let status = |status: PlanStatus| {
        let set = Command::Set {
            item: ABOUT,
            key: field::about::status.key(),
            value: Some(Value::str(status.id())),
        };
        Act::one(Verb::Edit, ABOUT, set)
    };
    let approval = |author: Uid| {
        let item = ItemId {
            kind: Kind::Amendment,
            uid: Uid(500),
        };
        let author = (
            field::amendment::author.key(),
            Value::str(author.to_string()),
        );
        let add = Command::Add {
            item,
            owner: None,
            spot: Spot::Last,
            fields: vec![author],
        };
        Act::one(Verb::Add, item, add)
    };
    let told = |acts: Vec<Act>, frozen: PlanStatus| {
        let (school, works) = partners();
        let mut tabs = [school, works];
        tabs[0].act(status(frozen));
        for act in acts {
            tabs[1].act(act);
        }
        let (line, kind) = (LineId(9), LineKind::Partner);
        for tab in &mut tabs {
            tab.send(Event::Joined { line, kind });
        }
        talk(&mut tabs);
        let notices = |tab: &Tab| tab.notices.contains(&Notice::FrozenChanged);
        assert!(!notices(&tabs[1]), "it was not frozen there");
        notices(&tabs[0])
    };
    let frozen = PlanStatus::Frozen;
    assert!(told(vec![add_module(2, "Milling")], frozen));
    assert!(!told(vec![add_module(2, "Milling")], PlanStatus::Draft));
    let explained = vec![approval(Uid(70)), add_module(2, "Milling")];
    assert!(!told(explained, frozen));
    assert!(!told(vec![approval(Uid(70))], frozen));
}

#[test]
fn a_frozen_plan_that_is_changed_over_a_folder_is_noticed_and_one_that_was_asked_for_is_not() {
    let frozen = Command::Set {
        item: ABOUT,
        key: field::about::status.key(),
        value: Some(Value::str(PlanStatus::Frozen.id())),
    };
    let told = |event: fn(Vec<u8>) -> Event| {
        let (mut school, mut works) = partners();
        school.act(Act::one(Verb::Edit, ABOUT, frozen.clone()));
        works.act(add_module(2, "Milling"));
        let known = school.session.version();
        let history = weft_session::weft_file::read(&works.session.file(5, None))
            .unwrap()
            .history
            .to_vec();
        assert!(!known.includes(&works.session.version()));
        school.send(event(history));
        school.notices.contains(&Notice::FrozenChanged)
    };
    assert!(told(Event::Followed));
    assert!(!told(Event::Received));
}
