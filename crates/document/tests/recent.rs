//! What was done lately, as the history tells it.

use weft_document::{Author, Document, PeerId, RecentAct};
use weft_model::{
    Act, Command, Intent, ItemId, JobItemId, Kind, Lang, LinkKey, ModuleId, Spot, Subject, Tier,
    Uid, Value, Verb, field,
};

const PLAN: Uid = Uid(7);

fn author(uid: u64, name: &str) -> Author {
    Author {
        uid: Uid(uid),
        name: name.into(),
        ..Default::default()
    }
}

fn module(uid: u64) -> ItemId {
    ItemId {
        kind: Kind::Module,
        uid: Uid(uid),
    }
}

fn new(peer: u64, author: &Author, now: i64) -> Document {
    Document::create(PLAN, PeerId(peer), author, now)
}

/// The same plan in other hands.
fn copy(document: &Document, peer: u64, author: &Author) -> Document {
    let mut opened = Document::open(document.id(), [document.save()], PeerId(peer)).unwrap();
    opened.document.set_author(author, 0);
    opened.document
}

fn add(item: ItemId) -> Act {
    let fields = match item.kind {
        Kind::JobItem => vec![(
            field::job_item::tier.key(),
            Value::str(weft_model::Choice::id(Tier::Competency)),
        )],
        _ => Vec::new(),
    };
    let command = Command::Add {
        item,
        owner: None,
        spot: Spot::Last,
        fields,
    };
    Act::one(Verb::Add, item, command)
}

fn title(item: ItemId, words: &str) -> Act {
    let command = Command::Set {
        item,
        key: field::module::title.lang(Lang::en()),
        value: Some(Value::str(words)),
    };
    Act::one(Verb::Write, item, command)
}

fn weave(of: u64, competency: u64) -> Act {
    let key = LinkKey::of(ModuleId(Uid(of)), JobItemId(Uid(competency)));
    Act::one(Verb::Weave, key, Command::Link { key, level: None })
}

fn lines(acts: &[RecentAct]) -> Vec<(String, Verb, Subject, i64)> {
    acts.iter()
        .map(|act| {
            let Intent { verb, subject } = act.intent;
            (act.name.clone(), verb, subject, act.at_millis / 1_000)
        })
        .collect()
}

#[test]
fn acts_are_told_newest_first_with_who_did_them() {
    let ada = author(100, "Ada");
    let mut one = new(1, &ada, 1_000);
    one.apply(&add(module(1)), 2_000).unwrap();
    let mut other = copy(&one, 2, &author(200, "Bo"));
    let update = other.apply(&add(module(2)), 5_000).unwrap().update;
    one.apply(&add(module(3)), 4_000).unwrap();
    one.merge(&update).unwrap();
    one.undo(9_000).unwrap();
    let recent = one.recent(10);
    let line = |who: &str, verb, item: ItemId, at| (who.to_owned(), verb, item.into(), at);
    assert_eq!(
        lines(&recent),
        [
            line("Ada", Verb::Undo, module(3), 9),
            line("Bo", Verb::Add, module(2), 5),
            line("Ada", Verb::Add, module(3), 4),
            line("Ada", Verb::Add, module(1), 2),
        ]
    );
    let own: Vec<bool> = recent.iter().map(|act| act.own).collect();
    assert_eq!(own, [true, false, true, true]);
    assert_eq!(one.recent(2), recent[..2]);
    assert_eq!(one.recent(0), []);
    let reopened = copy(&one, 3, &ada);
    assert_eq!(reopened.recent(10), recent, "a saved plan tells the same");
}

#[test]
fn what_one_person_does_to_one_thing_in_a_while_is_told_as_one_act() {
    let mut one = new(1, &author(100, "Ada"), 1_000);
    one.apply(&add(module(1)), 100_000).unwrap();
    let competency = |uid| ItemId {
        kind: Kind::JobItem,
        uid: Uid(uid),
    };
    for uid in [31, 32, 33] {
        one.apply(&add(competency(uid)), 101_000).unwrap();
    }
    let mut words = String::new();
    for step in 0..50 {
        words.push('x');
        one.apply(&title(module(1), &words), 200_000 + step * 3_000)
            .unwrap();
    }
    one.apply(&title(module(1), "later"), 5_000_000).unwrap();
    one.apply(&weave(1, 31), 6_000_000).unwrap();
    assert_eq!(
        one.recent(1)[0].intent.subject,
        Subject::Link(LinkKey::of(ModuleId(Uid(1)), JobItemId(Uid(31)))),
        "a single cell is told as the cell"
    );
    one.apply(&weave(1, 32), 6_010_000).unwrap();
    one.apply(&weave(1, 33), 6_020_000).unwrap();
    let verbs: Vec<(Verb, Subject, i64)> = lines(&one.recent(3))
        .into_iter()
        .map(|(_, verb, subject, at)| (verb, subject, at))
        .collect();
    assert_eq!(
        verbs,
        [
            (Verb::Weave, module(1).into(), 6_020),
            (Verb::Write, module(1).into(), 5_000),
            (Verb::Write, module(1).into(), 347),
        ]
    );
}

#[test]
fn making_a_plan_and_filling_it_as_it_is_made_is_no_change() {
    let ada = author(100, "Ada");
    let mut one = new(1, &ada, 10_000);
    assert_eq!(one.recent(9), []);
    let fill = |verb, uid| Act {
        intent: Intent {
            verb,
            subject: Subject::Plan,
        },
        ..add(module(uid))
    };
    one.apply(&fill(Verb::Template, 1), 10_000).unwrap();
    assert_eq!(one.recent(9), []);
    one.apply(&fill(Verb::Import, 2), 60_000).unwrap();
    assert_eq!(lines(&one.recent(9)).len(), 1, "a table that came later");
}
