//! A plan of 200 modules that two sides have edited for a while, merged by file:
//! what both changed without seeing each other is listed, with both values, and
//! nothing else.
//!
//! `cargo test -p weft-session --release -- clash_list --ignored --nocapture`
//! says how long opening, taking in and looking for it take.
#![allow(clippy::print_stdout)]

use std::collections::BTreeSet;
use std::time::Instant;

use crate::support::*;
use weft_document::{Clash, PeerId};
use weft_model::*;
use weft_sample::Size;
use weft_session::{Event, log, weft_file};

const SIZE: Size = Size {
    modules: 200,
    units_per_module: 4,
    roles: 4,
    tasks: 20,
    competencies: 150,
    links: 3_000,
    comments: 60,
};
/// How often each side writes where the other does not.
const ALONE: usize = 400;

/// What is to be listed: where, and the values.
type Listed = BTreeSet<(String, BTreeSet<String>)>;

fn one(command: Command) -> Act {
    Act::one(Verb::Edit, Subject::Plan, command)
}

fn set(item: ItemId, key: FieldKey, value: Value) -> Act {
    let value = Some(value);
    one(Command::Set { item, key, value })
}

fn description(item: ItemId) -> TextAt {
    TextAt::Field(item, field::module::description)
}

fn words(item: ItemId, at: usize, text: &str) -> Act {
    one(Command::Write {
        at: description(item),
        lang: Lang::en(),
        splice: Splice {
            at,
            delete: 0,
            insert: text.into(),
        },
    })
}

/// The plan on two devices.
fn two() -> (Store, Tab, Store, Tab) {
    let store = Store::default();
    let mut school = Tab::open(&store, 1, 0).unwrap();
    for act in weft_sample::sized(SIZE, 7) {
        school.act(act);
    }
    let file = school.session.file(5, None);
    let copy = Store::default();
    let history = weft_file::read(&file).unwrap().history;
    copy.borrow_mut()
        .put(0, log::frame(log::RecordKind::Snapshot, history));
    let works = Tab::open_as(&copy, 2, 0, 8).unwrap();
    (store, school, copy, works)
}

/// Both edit for a while; returns what must be listed.
fn edit(school: &mut Tab, works: &mut Tab) -> Listed {
    use field::module as of;
    let modules = school.session.plan().any(Kind::Module).live();
    let competencies: Vec<JobItemId> = (school.session.plan().job_items.iter())
        .filter(|line| line.tier.is_some_and(|tier| tier.0 == Tier::Competency))
        .map(|line| line.id)
        .collect();
    let mut listed = Listed::new();
    let mut list = |what: Aspect, values: [Option<Value>; 2]| {
        let values = values.iter().map(|it| format!("{it:?}")).collect();
        listed.insert((format!("{what:?}"), values));
    };
    for (number, uid) in modules.iter().enumerate() {
        let item = ItemId {
            kind: Kind::Module,
            uid: *uid,
        };
        let hours = |value| set(item, of::total_hours.key(), Value::Int(value));
        let (mine, theirs) = (100 + number as i64, 400 + number as i64);
        match number % 10 {
            // Each writes another value.
            0 => {
                school.act(hours(mine));
                works.act(hours(theirs));
                let values = [mine, theirs].map(|it| Some(Value::Int(it)));
                list(Aspect::Value(item, of::total_hours.key()), values);
            }
            // The same on both sides is nothing to decide.
            1 => {
                school.act(hours(mine));
                works.act(hours(mine));
            }
            // Different fields of one module.
            2 => {
                school.act(hours(mine));
                works.act(set(item, of::credits.key(), Value::Int(theirs)));
            }
            // Texts merge by character: at two spots nothing is to decide, at one it is.
            3 => {
                let before = school.session.plan().text(description(item), &Lang::en());
                let end = before.chars().count();
                let apart = number % 20 == 3;
                school.act(words(item, 0, "By the school. "));
                works.act(words(item, if apart { end } else { 0 }, "By the works. "));
                assert!(!apart || end > 0);
                if !apart {
                    let texts = ["By the school. ", "By the works. "];
                    let key = of::description.lang(Lang::en());
                    let values = texts.map(|it| Some(Value::Str(format!("{it}{before}"))));
                    list(Aspect::Value(item, key), values);
                }
            }
            // Gone on one side, worked on on the other.
            4 => {
                school.act(one(Command::Delete { item }));
                works.act(hours(theirs));
                let what = Aspect::Value(item, of::total_hours.key());
                list(what, [None, Some(Value::Int(theirs))]);
            }
            // One link with two levels.
            5 => {
                let weave = &school.session.plan().weave;
                let keys = competencies
                    .iter()
                    .map(|it| LinkKey::of(ModuleId(*uid), *it));
                let key = keys.into_iter().find(|key| weave.get(key).is_none());
                let key = key.unwrap();
                for (tab, level) in [(&mut *school, 1), (&mut *works, 2)] {
                    let level = Some(level);
                    tab.act(one(Command::Link { key, level }));
                }
                list(Aspect::Link(key), [1, 2].map(|it| Some(Value::Int(it))));
            }
            // A link taken away on one side, worked on on the other.
            9 if number % 20 == 9 => {
                let weave = &school.session.plan().weave;
                let keys = competencies
                    .iter()
                    .map(|it| LinkKey::of(ModuleId(*uid), *it));
                let key = keys.into_iter().find(|key| weave.get(key).is_some());
                let key = key.unwrap();
                school.act(one(Command::Unlink { key }));
                let strength = Some(3);
                works.act(one(Command::Strength { key, strength }));
                list(Aspect::Strength(key), [None, Some(Value::Int(3))]);
            }
            // Places settle by themselves.
            6 => {
                for (tab, spot) in [(&mut *school, Spot::First), (&mut *works, Spot::Last)] {
                    let owner = None;
                    tab.act(one(Command::Move { item, owner, spot }));
                }
            }
            // Both deleted it.
            7 => {
                school.act(one(Command::Delete { item }));
                works.act(one(Command::Delete { item }));
            }
            // One wrote, changed its mind, and the other did nothing.
            8 => {
                school.act(hours(mine));
                school.send(Event::Undone);
                works.act(set(item, of::code.key(), Value::Str(format!("W{number}"))));
            }
            // Each adds something of its own.
            _ => {
                school.act(add_module(50_000 + number as u64, "of the school"));
                works.act(add_module(60_000 + number as u64, "of the works"));
            }
        }
    }
    // What each writes where the other does not.
    let untouched: Vec<&Uid> = modules.iter().skip(2).step_by(10).collect();
    for number in 0..ALONE {
        for (tab, half) in [(&mut *school, 0), (&mut *works, 1)] {
            let uid = *untouched[(2 * number + half) % untouched.len()];
            let kind = Kind::Module;
            tab.act(words(ItemId { kind, uid }, 0, "More of it. "));
        }
    }
    listed
}

/// The clashes in the same form.
fn told(clashes: &[Clash]) -> Listed {
    let mut told = Listed::new();
    for clash in clashes {
        match clash {
            Clash::Value {
                what,
                shown,
                others,
            } => {
                let claims = others.iter().chain([shown]);
                let values = claims.map(|it| format!("{:?}", it.value)).collect();
                assert!(told.insert((format!("{what:?}"), values)));
            }
            Clash::Text { what, sides, .. } => {
                let values = sides.iter().map(|it| format!("{:?}", it.value)).collect();
                assert!(told.insert((format!("{what:?}"), values)));
            }
            Clash::Deleted { by, edited, .. } => {
                for (what, claim) in edited {
                    let values = [&by.value, &claim.value].map(|it| format!("{it:?}"));
                    assert!(told.insert((format!("{what:?}"), values.into())));
                }
            }
        }
    }
    told
}

#[test]
fn every_conflict_of_two_hundred_modules_is_listed_and_nothing_else() {
    let (store, mut school, _, mut works) = two();
    let listed = edit(&mut school, &mut works);
    assert_eq!(listed.len(), 80);
    let file = works.session.file(10, None);
    let history = weft_file::read(&file).unwrap().history;
    let meeting = school.session.meet(history, PeerId(77)).unwrap();
    assert_eq!(told(&meeting.clashes), listed, "before it is taken in");
    school.send(Event::Received(history.to_vec()));
    let clashes = school.session.clashes();
    assert_eq!(told(&clashes), listed, "after it was taken in");
    // The other side finds the same, and so does whoever opens the plan later.
    let file = school.session.file(11, None);
    let back = weft_file::read(&file).unwrap().history;
    works.send(Event::Received(back.to_vec()));
    assert_eq!(works.session.clashes(), clashes);
    assert_eq!(works.session.plan(), school.session.plan());
    let again = Tab::open(&store, 9, 0).unwrap();
    assert_eq!(again.session.clashes(), clashes);
}

#[test]
#[ignore = "measures, by hand"]
fn how_long_the_list_of_two_hundred_modules_takes() {
    let (_, mut school, copy, mut works) = two();
    edit(&mut school, &mut works);
    let file = works.session.file(10, None);
    let history = weft_file::read(&file).unwrap().history;
    let millis = |since: Instant| since.elapsed().as_secs_f64() * 1_000.0;
    for round in 0..5 {
        let store = Store::default();
        store.borrow_mut().records = school.store.borrow().records.clone();
        let since = Instant::now();
        let mut tab = Tab::open(&store, 100 + round, 0).unwrap();
        let opened = millis(since);
        let since = Instant::now();
        tab.session.meet(history, PeerId(200 + round)).unwrap();
        let met = millis(since);
        let since = Instant::now();
        tab.send(Event::Received(history.to_vec()));
        let taken = millis(since);
        let since = Instant::now();
        let count = tab.session.clashes().len();
        let looked = millis(since);
        println!(
            "opened {opened:.0} ms, met {met:.0} ms, taken in {taken:.0} ms, \
             {count} clashes found in {looked:.0} ms; {} bytes",
            file.len()
        );
    }
    drop(copy);
}
