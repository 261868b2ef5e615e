//! Undo where partners have built on what it would take back.

use crate::bench::*;
use weft_document::*;
use weft_model::*;

fn code(uid: u64, text: &str) -> Act {
    one(set(
        module(uid),
        field::module::code.key(),
        Value::str(text),
    ))
}

#[test]
fn what_a_partner_wrote_far_below_or_points_to_stays_in_sight() {
    let line = |uid| item(Kind::JobItem, uid);
    // A role, a task and a competency in one go, and a place.
    let made = || {
        let adds = [
            add(Kind::JobItem, 30, None, tier(Tier::Role)),
            add(Kind::JobItem, 31, Some(30), tier(Tier::Task)),
            add(Kind::JobItem, 32, Some(31), tier(Tier::Competency)),
            add(Kind::Place, 33, None, vec![]),
            add(Kind::Unit, 34, Some(10), vec![]),
        ];
        let commands = adds.into_iter().flat_map(|act| act.commands);
        Act::many(Verb::Add, Subject::Plan, commands.collect())
    };
    let placed = |uid| {
        let place = field::unit::place.key();
        one(set(
            item(Kind::Unit, uid),
            place,
            Value::str(Uid(33).to_string()),
        ))
    };
    let changes: [(&str, Act, &[ItemId]); 4] = [
        (
            "a level",
            link(10, 32, Some(2)),
            &[line(30), line(31), line(32)],
        ),
        (
            "a line",
            add(Kind::JobItem, 35, Some(31), tier(Tier::Competency)),
            &[line(30), line(31), line(35)],
        ),
        (
            "words",
            write(
                TextAt::Field(line(32), field::job_item::statement),
                0,
                0,
                "x",
            ),
            &[line(30), line(31), line(32)],
        ),
        ("a place", placed(34), &[item(Kind::Place, 33)]),
    ];
    for (name, act, stay) in changes {
        let mut ada = small();
        ada.apply(&made(), 0).unwrap();
        let mut ben = reopen(&ada, 2);
        ben.apply(&act, 0).unwrap();
        exchange(&mut ada, &mut ben);
        let done = ada.undo(0).unwrap();
        assert!(!done.left.is_empty(), "{name}");
        for item in stay {
            assert!(ada.plan().is_live(*item), "{name}: {item:?}");
        }
    }
}

#[test]
fn what_was_brought_back_and_a_partner_wrote_in_since_does_not_go_again() {
    let mut ada = small();
    ada.apply(&one(Command::Delete { item: module(10) }), 0)
        .unwrap();
    ada.apply(&one(Command::Restore { item: module(10) }), 0)
        .unwrap();
    let mut ben = reopen(&ada, 2);
    ben.apply(&code(10, "x"), 0).unwrap();
    exchange(&mut ada, &mut ben);
    assert!(matches!(ada.undo(0), Err(UndoError::Changed { .. })));
    assert!(ada.plan().is_live(module(10)));
}
