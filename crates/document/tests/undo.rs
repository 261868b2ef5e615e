//! Undo by intent: own acts only, and never over what a partner did since.

use crate::bench::*;
use rand::Rng;
use weft_document::*;
use weft_model::*;

fn code(uid: u64, to: &str) -> Act {
    one(set(module(uid), field::module::code.key(), to.into()))
}

fn code_of(document: &Document, uid: u64) -> String {
    document
        .plan()
        .modules
        .raw(ModuleId(Uid(uid)))
        .unwrap()
        .code
        .clone()
}

fn text_of(document: &Document) -> String {
    document.plan().text(title(module(10)), &Lang::en())
}

/// Whether a plan reads as an earlier one did: what was made since may still
/// be there, as something deleted.
fn reads_as(now: &Plan, then: &Plan) -> bool {
    let same = |kind: Kind| {
        let (now, then) = (now.any(kind), then.any(kind));
        now.live() == then.live()
            && then.every().into_iter().all(|uid| {
                let mut values = [Vec::new(), Vec::new()];
                for (table, values) in [now, then].into_iter().zip(&mut values) {
                    table.values(uid, &mut |key, value| values.push((key, value)));
                }
                values[0] == values[1] && now.order(uid) == then.order(uid)
            })
            && now
                .every()
                .into_iter()
                .all(|uid| then.has(uid) || !now.is_live(uid))
    };
    Kind::ALL.iter().all(|kind| same(*kind)) && now.weave == then.weave
}

#[test]
fn undoing_everything_goes_back_through_the_same_plans_and_redoing_forth() {
    for seed in 0..60 {
        let mut rng = weft_sample::chance(seed);
        let mut document = if seed % 2 == 0 {
            small()
        } else {
            reopen(&small(), 2)
        };
        let mut now = 1_000_000;
        let mut plans = Vec::new();
        let mut acts = Vec::new();
        for number in 0..60 {
            now += 5_000;
            let before = document.plan().clone();
            let mut act = weft_sample::random_act(&before, &mut rng);
            // A name by which its step is known.
            act.intent.subject = module(number).into();
            if document.apply(&act, now).is_err() {
                continue;
            }
            let kept = document.undoable() == Some(act.intent);
            // What an act adds and deletes itself leaves nothing to take back.
            assert!(
                kept || reads_as(document.plan(), &before),
                "seed {seed}: {act:?}"
            );
            if kept {
                plans.push((before, document.plan().clone()));
                acts.push(act.clone());
            }
            // Back and forth in between, too.
            if rng.random_ratio(1, 5) && !plans.is_empty() {
                let (before, after) = plans.last().unwrap();
                document.undo(now).unwrap();
                assert!(reads_as(document.plan(), before), "seed {seed}: {act:?}");
                document.redo(now).unwrap();
                assert!(document.plan() == after, "seed {seed}: {act:?}");
            }
        }
        for (at, (before, _)) in plans.iter().enumerate().rev() {
            let done = document.undo(now).unwrap();
            assert_eq!(done.left, vec![], "seed {seed}, act {at} {:?}", acts[at]);
            assert!(reads_as(document.plan(), before), "seed {seed}, act {at}");
        }
        for (at, (_, after)) in plans.iter().enumerate() {
            document.redo(now).unwrap();
            assert!(reads_as(document.plan(), after), "seed {seed}, act {at}");
        }
        assert_eq!(document.redo(now).unwrap_err(), UndoError::Nothing);
        assert!(
            reopen(&document, 3).plan() == document.plan(),
            "seed {seed}"
        );
    }
}

#[test]
fn undo_never_changes_a_partners_value() {
    let mut ada = small();
    ada.apply(&code(10, "mine"), 0).unwrap();
    let mut ben = reopen(&ada, 2);
    ben.apply(&code(10, "theirs"), 0).unwrap();
    exchange(&mut ada, &mut ben);
    let version = ada.version();
    let by_others = vec![Subject::Item(module(10))];
    assert_eq!(ada.undo(0).unwrap_err(), UndoError::Changed { by_others });
    assert_eq!(
        (code_of(&ada, 10).as_str(), ada.version()),
        ("theirs", version)
    );
    // The step is dropped: the next undo takes the one before it.
    assert_eq!(ada.undoable().unwrap().verb, Verb::Weave);
    ada.undo(0).unwrap();
    assert!(ada.plan().weave.is_empty());
}

#[test]
fn a_partner_who_sets_the_same_value_still_owns_it() {
    let mut ada = small();
    ada.apply(&code(10, "same"), 0).unwrap();
    let mut ben = reopen(&ada, 2);
    ben.apply(&code(10, "other"), 0).unwrap();
    ben.apply(&code(10, "same"), 0).unwrap();
    exchange(&mut ada, &mut ben);
    assert!(matches!(ada.undo(0), Err(UndoError::Changed { .. })));
    assert_eq!(code_of(&ada, 10), "same");
}

#[test]
fn what_no_partner_touched_is_undone_and_the_rest_named() {
    let mut ada = small();
    ada.apply(&add(Kind::Module, 20, None, vec![]), 0).unwrap();
    let both = vec![
        set(module(10), field::module::code.key(), "A".into()),
        set(module(20), field::module::code.key(), "B".into()),
    ];
    ada.apply(&Act::many(Verb::Fill, Subject::Plan, both), 0)
        .unwrap();
    let mut ben = reopen(&ada, 2);
    ben.apply(&code(20, "C"), 0).unwrap();
    exchange(&mut ada, &mut ben);
    let done = ada.undo(0).unwrap();
    assert_eq!(done.left, vec![Subject::Item(module(20))]);
    assert_eq!(
        (code_of(&ada, 10).as_str(), code_of(&ada, 20).as_str()),
        ("", "C")
    );
    ada.redo(0).unwrap();
    assert_eq!(
        (code_of(&ada, 10).as_str(), code_of(&ada, 20).as_str()),
        ("A", "C")
    );
}

#[test]
fn an_item_that_a_partner_wrote_in_stays() {
    let changes: [(&str, Act); 4] = [
        ("a value", code(20, "x")),
        ("a text", write(title(module(20)), 0, 0, "x")),
        ("a unit", add(Kind::Unit, 21, Some(20), vec![])),
        ("a link", link(20, 3, None)),
    ];
    for (name, act) in changes {
        let mut ada = small();
        ada.apply(&add(Kind::Module, 20, None, vec![]), 0).unwrap();
        let mut ben = reopen(&ada, 2);
        ben.apply(&act, 0).unwrap();
        exchange(&mut ada, &mut ben);
        let by_others = vec![Subject::Item(module(20))];
        assert_eq!(
            ada.undo(0).unwrap_err(),
            UndoError::Changed { by_others },
            "{name}"
        );
        assert!(ada.plan().is_live(module(20)), "{name}");
    }
}

#[test]
fn a_link_that_a_partner_remarked_on_stays() {
    let mut ada = small();
    let mut ben = reopen(&ada, 2);
    let note = write(TextAt::LinkNote(link_key(10, 3)), 0, 0, "remark");
    ben.apply(&note, 0).unwrap();
    exchange(&mut ada, &mut ben);
    assert!(matches!(ada.undo(0), Err(UndoError::Changed { .. })));
    assert_eq!(ada.plan().weave.len(), 1);
}

#[test]
fn an_item_that_a_partner_deleted_is_not_edited_by_undo() {
    let mut ada = small();
    ada.apply(&code(10, "A"), 0).unwrap();
    let mut ben = reopen(&ada, 2);
    ben.apply(&one(Command::Delete { item: module(10) }), 0)
        .unwrap();
    exchange(&mut ada, &mut ben);
    assert!(matches!(ada.undo(0), Err(UndoError::Changed { .. })));
    assert_eq!(code_of(&ada, 10), "A");
}

fn relocate(uid: u64, owner: u64, spot: Spot) -> Act {
    one(Command::Move {
        item: ItemId {
            kind: Kind::JobItem,
            uid: Uid(uid),
        },
        owner: Some(Uid(owner)),
        spot,
    })
}

/// Where a line of the outline stands: below what, and in which order.
fn place_of(document: &Document, uid: u64) -> (Option<Uid>, Option<String>) {
    let table = document.plan().any(Kind::JobItem);
    let order = table.order(Uid(uid)).map(str::to_owned);
    (table.owner(Uid(uid)), order)
}

/// Two more tasks, 5 and 6, beside that of the competencies 3 and 4.
fn three_tasks() -> Document {
    let mut ada = small();
    for uid in [5, 6] {
        let task = add(Kind::JobItem, uid, Some(1), tier(Tier::Task));
        ada.apply(&task, 0).unwrap();
    }
    ada
}

#[test]
fn a_line_that_a_partner_moved_since_stays_where_they_put_it() {
    let mut ada = three_tasks();
    ada.apply(&relocate(3, 5, Spot::Last), 0).unwrap();
    let mut ben = reopen(&ada, 2);
    ben.apply(&relocate(3, 2, Spot::Last), 0).unwrap();
    exchange(&mut ada, &mut ben);
    let theirs = place_of(&ben, 3);
    assert_eq!(theirs.0, Some(Uid(2)));
    assert!(matches!(ada.undo(0), Err(UndoError::Changed { .. })));
    assert_eq!(place_of(&ada, 3), theirs);
}

#[test]
fn of_two_moves_at_the_same_time_undo_takes_back_no_partners() {
    for (own, theirs) in [(12, 13), (13, 12)] {
        let base = three_tasks();
        let (mut ada, mut ben) = (reopen(&base, own), reopen(&base, theirs));
        let before = place_of(&ada, 3);
        ada.apply(&relocate(3, 5, Spot::Last), 0).unwrap();
        ben.apply(&relocate(3, 6, Spot::Last), 0).unwrap();
        let placed = place_of(&ben, 3);
        exchange(&mut ada, &mut ben);
        assert_eq!(place_of(&ada, 3), place_of(&ben, 3));
        if place_of(&ada, 3) == placed {
            assert!(matches!(ada.undo(0), Err(UndoError::Changed { .. })));
            assert_eq!(place_of(&ada, 3), placed);
        } else {
            ada.undo(0).unwrap();
            assert_eq!(place_of(&ada, 3), before);
        }
    }
}

#[test]
fn a_move_is_undone_also_where_a_partner_wrote_in_the_line() {
    let mut ada = three_tasks();
    let before = place_of(&ada, 3);
    ada.apply(&relocate(3, 5, Spot::Last), 0).unwrap();
    let mut ben = reopen(&ada, 2);
    let competency = ItemId {
        kind: Kind::JobItem,
        uid: Uid(3),
    };
    let value = Value::Str("K7".to_owned());
    ben.apply(&one(set(competency, field::job_item::code.key(), value)), 0)
        .unwrap();
    exchange(&mut ada, &mut ben);
    ada.undo(0).unwrap();
    assert_eq!(place_of(&ada, 3), before);
    assert_eq!(
        ada.plan().job_items.raw(JobItemId(Uid(3))).unwrap().code,
        "K7"
    );
}

#[test]
fn undoing_a_delete_brings_everything_back() {
    let mut ada = small();
    let before = ada.plan().clone();
    ada.apply(&one(Command::Delete { item: module(10) }), 0)
        .unwrap();
    let mut ben = reopen(&ada, 2);
    ada.undo(0).unwrap();
    assert_eq!(ada.plan(), &before);
    exchange(&mut ada, &mut ben);
    assert_eq!(ben.plan(), &before);
}

#[test]
fn undoing_a_text_leaves_the_characters_of_partners() {
    let mut ada = small();
    ada.apply(&write(title(module(10)), 0, 0, "CNC turning"), 0)
        .unwrap();
    ada.apply(&write(title(module(10)), 3, 0, " three-axis"), 9_000)
        .unwrap();
    let mut ben = reopen(&ada, 2);
    // Before the stretch, inside it, and behind it.
    ben.apply(&write(title(module(10)), 0, 0, ">>"), 0).unwrap();
    ben.apply(&write(title(module(10)), 9, 0, "XX"), 0).unwrap();
    ben.apply(&write(title(module(10)), 26, 0, "!"), 0).unwrap();
    exchange(&mut ada, &mut ben);
    assert_eq!(text_of(&ada), ">>CNC thrXXee-axis turning!");
    let done = ada.undo(0).unwrap();
    assert_eq!(text_of(&ada), ">>CNCXX turning!");
    assert_eq!(done.left, vec![]);
    ada.redo(0).unwrap();
    assert_eq!(text_of(&ada).replace("XX", ""), ">>CNC three-axis turning!");
    exchange(&mut ada, &mut ben);
    assert_eq!(text_of(&ben), text_of(&ada));
}

#[test]
fn a_deleted_stretch_comes_back_at_its_neighbours() {
    let mut ada = small();
    ada.apply(&write(title(module(10)), 0, 0, "one two three"), 0)
        .unwrap();
    ada.apply(&write(title(module(10)), 4, 4, ""), 9_000)
        .unwrap();
    let mut ben = reopen(&ada, 2);
    ben.apply(&write(title(module(10)), 0, 0, "zero "), 0)
        .unwrap();
    exchange(&mut ada, &mut ben);
    ada.undo(0).unwrap();
    assert_eq!(text_of(&ada), "zero one two three");
    // The first step still knows its characters, those that came back too.
    ada.undo(0).unwrap();
    assert_eq!(text_of(&ada), "zero ");
    ada.redo(0).unwrap();
    ada.redo(0).unwrap();
    assert_eq!(text_of(&ada), "zero one three");
}

#[test]
fn a_text_that_a_partner_emptied_is_left_alone() {
    let mut ada = small();
    ada.apply(&write(title(module(10)), 0, 0, "mine"), 0)
        .unwrap();
    let mut ben = reopen(&ada, 2);
    ben.apply(&write(title(module(10)), 0, 4, "theirs"), 0)
        .unwrap();
    exchange(&mut ada, &mut ben);
    assert!(matches!(ada.undo(0), Err(UndoError::Changed { .. })));
    assert_eq!(text_of(&ada), "theirs");
}

#[test]
fn typing_without_a_pause_is_one_step() {
    let mut ada = small();
    for (at, key) in "turning".chars().enumerate() {
        ada.apply(
            &write(title(module(10)), at, 0, &key.to_string()),
            at as i64 * 900,
        )
        .unwrap();
    }
    // A slip, taken back with the backspace key.
    ada.apply(&write(title(module(10)), 6, 1, ""), 6_000)
        .unwrap();
    ada.apply(&write(title(module(10)), 6, 0, "G"), 6_100)
        .unwrap();
    // After a pause, and somewhere else.
    ada.apply(&write(title(module(10)), 7, 0, "!"), 7_101)
        .unwrap();
    ada.apply(&write(title(module(10)), 0, 0, "A "), 7_200)
        .unwrap();
    assert_eq!(text_of(&ada), "A turninG!");
    ada.undo(0).unwrap();
    assert_eq!(text_of(&ada), "turninG!");
    ada.undo(0).unwrap();
    assert_eq!(text_of(&ada), "turninG");
    ada.undo(0).unwrap();
    assert_eq!(text_of(&ada), "");
    assert_eq!(ada.undoable().unwrap().verb, Verb::Weave);
    for read in ["turninG", "turninG!", "A turninG!"] {
        ada.redo(0).unwrap();
        assert_eq!(text_of(&ada), read);
    }
}

#[test]
fn an_import_is_one_step() {
    let mut ada = Document::create(PLAN, PeerId(1), &ada(), 0);
    let empty = ada.plan().clone();
    let acts = weft_sample::sized(weft_sample::Size::USUAL, 1);
    let commands = acts.into_iter().flat_map(|act| act.commands).collect();
    ada.apply(&Act::many(Verb::Import, Subject::Plan, commands), 0)
        .unwrap();
    let full = ada.plan().clone();
    ada.undo(0).unwrap();
    assert!(reads_as(ada.plan(), &empty));
    assert_eq!(ada.undo(0).unwrap_err(), UndoError::Nothing);
    ada.redo(0).unwrap();
    assert!(ada.plan() == &full);
}

#[test]
fn what_partners_and_other_sessions_did_is_not_undone_here() {
    let ada = small();
    let mut ben = reopen(&ada, 2);
    assert_eq!(ben.undoable(), None);
    assert_eq!(ben.undo(0).unwrap_err(), UndoError::Nothing);
    let mut ada = ada;
    ada.apply(&code(10, "A"), 0).unwrap();
    exchange(&mut ada, &mut ben);
    assert_eq!(ben.undo(0).unwrap_err(), UndoError::Nothing);
}

#[test]
fn a_new_act_ends_what_could_be_redone_and_old_steps_are_let_go() {
    let mut ada = small();
    ada.apply(&code(10, "A"), 0).unwrap();
    ada.undo(0).unwrap();
    assert!(ada.redoable().is_some());
    ada.apply(&code(10, "B"), 0).unwrap();
    assert_eq!(ada.redo(0).unwrap_err(), UndoError::Nothing);
    for number in 0..300 {
        ada.apply(&code(10, &format!("{number}")), 0).unwrap();
    }
    let mut steps = 0;
    while ada.undo(0).is_ok() {
        steps += 1;
    }
    assert_eq!(steps, UNDO_LIMIT);
    assert_eq!(code_of(&ada, 10), "99");
}
