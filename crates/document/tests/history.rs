//! The history as people read it: what was done, what it changed, and how the
//! plan read at any moment of it.

use std::collections::BTreeMap;

use crate::bench::*;
use rand::Rng;
use weft_document::*;
use weft_model::*;

fn hours() -> FieldKey {
    field::module::total_hours.key()
}

fn edit(item: ItemId, key: FieldKey, value: Value) -> Act {
    Act::one(Verb::Edit, item, set(item, key, value))
}

fn differences_of(entry: &Entry) -> Vec<(Aspect, Option<Value>, Option<Value>)> {
    let told = entry.edits.iter().cloned();
    told.map(|edit| (edit.what, edit.before, edit.after))
        .collect()
}

#[test]
fn an_entry_tells_what_a_value_was_and_what_it_is_since() {
    let mut document = small();
    document.set_author(&ada(), 0);
    document
        .apply(&edit(module(10), hours(), Value::Int(120)), 700_000)
        .unwrap();
    document.apply(&link(10, 3, Some(3)), 2_000_000).unwrap();
    let key = link_key(10, 3);
    document
        .apply(
            &Act::one(Verb::Unweave, key, Command::Unlink { key }),
            4_000_000,
        )
        .unwrap();
    let told = document.chronicle(None);
    let last: Vec<_> = told
        .iter()
        .rev()
        .take(3)
        .rev()
        .map(differences_of)
        .collect();
    let level = |level| Some(Value::Int(level));
    assert_eq!(
        last,
        [
            vec![(
                Aspect::Value(module(10), hours()),
                Some(Value::Int(96)),
                Some(Value::Int(120))
            )],
            vec![(Aspect::Link(key), level(2), level(3))],
            vec![(Aspect::Link(key), level(3), None)],
        ]
    );
    let entry = &told[told.len() - 3];
    assert_eq!((entry.author, entry.at_millis), (ada().uid, 700_000));
}

#[test]
fn of_a_new_item_only_that_it_came_is_told() {
    let document = small();
    let told = document.chronicle(None);
    let made = told.iter().find(|entry| {
        entry
            .edits
            .iter()
            .any(|edit| edit.what == Aspect::Presence(module(10)))
    });
    assert_eq!(
        differences_of(made.unwrap()),
        [(Aspect::Presence(module(10)), None, Some(Value::Bool(true)))]
    );
}

#[test]
fn what_is_typed_in_one_go_is_one_entry_with_the_text_before_and_after() {
    let mut document = small();
    let name = title(module(10));
    let typed = |at: usize, words: &str| {
        let mut act = write(name, at, 0, words);
        act.intent.subject = module(10).into();
        act
    };
    document.apply(&typed(0, "Turning"), 1_000_000).unwrap();
    for (at, letter) in " and milling".chars().enumerate() {
        document
            .apply(
                &typed(7 + at, &letter.to_string()),
                3_000_000 + at as i64 * 2_000,
            )
            .unwrap();
    }
    let mut shorter = write(name, 11, 8, "");
    shorter.intent.subject = module(10).into();
    document.apply(&shorter, 3_100_000).unwrap();
    let told = document.chronicle(None);
    let what = Aspect::Value(module(10), field::module::title.lang(Lang::en()));
    let words = |words: &str| Some(Value::str(words));
    assert_eq!(
        differences_of(told.last().unwrap()),
        [(what.clone(), words("Turning"), words("Turning and"))]
    );
    assert_eq!(
        differences_of(&told[told.len() - 2]),
        [(what, None, words("Turning"))]
    );
}

#[test]
fn a_text_that_two_wrote_at_once_is_told_without_its_words() {
    let mut ada = small();
    let mut ben = reopen(&ada, 2);
    ada.apply(&write(title(module(10)), 0, 0, "Turning"), 0)
        .unwrap();
    ben.apply(&write(title(module(10)), 0, 0, "Milling"), 0)
        .unwrap();
    exchange(&mut ada, &mut ben);
    let told = ada.chronicle(Some(module(10)));
    let what = Aspect::Value(module(10), field::module::title.lang(Lang::en()));
    assert_eq!(differences_of(told.last().unwrap()), [(what, None, None)]);
}

#[test]
fn a_text_that_two_wrote_at_once_is_told_again_by_the_next_who_knows_of_both() {
    let mut one = small();
    let mut other = reopen(&one, 2);
    let text = title(module(10));
    one.apply(&write(text, 0, 0, "Turning"), 1_000_000).unwrap();
    exchange(&mut one, &mut other);
    one.apply(&write(text, 0, 0, "Fine "), 2_000_000).unwrap();
    other
        .apply(&write(text, 7, 0, " shafts"), 2_000_000)
        .unwrap();
    exchange(&mut one, &mut other);
    one.apply(&write(text, 0, 4, "Rough"), 3_000_000).unwrap();
    one.apply(&write(text, 20, 0, ", twice"), 4_000_000)
        .unwrap();
    let what = Aspect::Value(module(10), field::module::title.lang(Lang::en()));
    let told: Vec<_> = one
        .chronicle(None)
        .iter()
        .flat_map(differences_of)
        .collect();
    let told: Vec<_> = told.into_iter().filter(|it| it.0 == what).collect();
    let words = |text: &str| Some(Value::str(text));
    assert_eq!(
        told[told.len() - 3..],
        [
            (what.clone(), None, None),
            (
                what.clone(),
                words("Fine Turning shafts"),
                words("Rough Turning shafts")
            ),
            (
                what,
                words("Rough Turning shafts"),
                words("Rough Turning shafts, twice")
            ),
        ]
    );
}

#[test]
fn a_value_is_told_as_its_author_saw_it_before() {
    let mut ada = small();
    let mut ben = reopen(&ada, 2);
    ada.apply(&edit(module(10), hours(), Value::Int(120)), 0)
        .unwrap();
    ben.apply(&edit(module(10), hours(), Value::Int(160)), 0)
        .unwrap();
    exchange(&mut ada, &mut ben);
    let told = ada.chronicle(None);
    let befores: Vec<_> = told
        .iter()
        .rev()
        .take(2)
        .map(|it| it.edits[0].before.clone())
        .collect();
    assert_eq!(befores, [Some(Value::Int(96)), Some(Value::Int(96))]);
}

#[test]
fn the_history_of_an_item_holds_its_links_and_what_belongs_to_it() {
    let mut document = small();
    let unit = item(Kind::Unit, 11);
    document
        .apply(&edit(unit, field::unit::code.key(), "U".into()), 10_000_000)
        .unwrap();
    document
        .apply(
            &edit(
                item(Kind::JobItem, 4),
                field::job_item::code.key(),
                "C".into(),
            ),
            20_000_000,
        )
        .unwrap();
    let told = document.chronicle(Some(module(10)));
    let subjects: Vec<Subject> = told
        .iter()
        .flat_map(|entry| &entry.edits)
        .map(|edit| edit.what.subject())
        .collect();
    assert_eq!(
        subjects,
        [
            module(10).into(),
            unit.into(),
            link_key(10, 3).into(),
            unit.into()
        ]
    );
}

#[test]
fn a_moment_reads_back_from_its_text() {
    let document = small();
    for entry in document.chronicle(None) {
        assert_eq!(entry.point.to_string().parse(), Ok(entry.point));
    }
    for bad in ["", ".", "1", "0000000000001.-1", "x.1"] {
        assert_eq!(bad.parse::<Point>(), Err(NotAPoint), "{bad}");
    }
}

#[test]
fn the_plan_at_any_moment_is_the_plan_that_its_author_saw() {
    for seed in 0..20 {
        let mut rng = weft_sample::chance(seed);
        let mut ada = small();
        let mut ben = reopen(&ada, 2);
        let mut seen: Vec<(Point, Plan)> = Vec::new();
        for round in 0..40 {
            let (mine, other) = if round % 2 == 0 {
                (&mut ada, &mut ben)
            } else {
                (&mut ben, &mut ada)
            };
            let mut act = weft_sample::random_act(mine.plan(), &mut rng);
            // Each a change of its own.
            act.intent.subject = module(1_000 + round).into();
            if mine
                .apply(&act, 0)
                .is_ok_and(|done| !done.update.is_empty())
            {
                seen.push((mine.point().unwrap(), mine.plan().clone()));
            }
            if round % 7 == 6 {
                exchange(mine, other);
            }
        }
        exchange(&mut ada, &mut ben);
        for (moment, plan) in &seen {
            assert!(
                ada.at(moment).as_ref() == Some(plan),
                "seed {seed}, {moment}"
            );
        }
    }
}

/// What the history says last of everything is what the plan shows.
#[test]
fn the_last_value_told_is_the_one_that_stands() {
    for seed in 0..60 {
        let mut rng = weft_sample::chance(500 + seed);
        let mut ada = Document::create(PLAN, PeerId(1), &ada(), 0);
        let mut ben = reopen(&ada, 2);
        for round in 0..30 {
            for copy in [&mut ada, &mut ben] {
                let act = weft_sample::random_act(copy.plan(), &mut rng);
                drop(copy.apply(&act, round * 700_000));
            }
            if round % 6 == 5 {
                exchange(&mut ada, &mut ben);
            }
        }
        exchange(&mut ada, &mut ben);
        let mut last: BTreeMap<Aspect, Option<Value>> = BTreeMap::new();
        for entry in ada.chronicle(None) {
            assert_eq!(entry.more, 0);
            for edit in entry.edits {
                last.insert(edit.what, edit.after);
            }
        }
        for (what, value) in last {
            let shown = match &what {
                Aspect::Presence(it) => ada
                    .plan()
                    .any(it.kind)
                    .is_live(it.uid)
                    .then_some(Value::Bool(true)),
                Aspect::Value(it, key) if !matches!(key.sub, Sub::Lang(_)) => {
                    let misfit = ada.plan().misfits().any(|(of, bad)| of == it && bad == key);
                    if misfit {
                        continue;
                    }
                    ada.plan().value(*it, key)
                }
                Aspect::Link(key) => ada
                    .plan()
                    .weave
                    .get(key)
                    .map(|link| Value::Int(i64::from(link.level.unwrap_or_default()))),
                _ => continue,
            };
            assert_eq!(value, shown, "seed {seed}, {what:?}");
        }
    }
}

#[test]
fn an_entry_keeps_the_party_that_its_author_spoke_for_then() {
    let speaks = |party: Option<u64>| Author {
        party: party.map(|uid| PartyId(Uid(uid))),
        ..ada()
    };
    let mut document = small();
    for (at, party) in [(1, Some(1)), (2, Some(2)), (3, None)] {
        document.set_author(&speaks(party), at * 600_000);
        let act = edit(module(10), hours(), Value::Int(at));
        document.apply(&act, at * 600_000).unwrap();
    }
    let hour = |told: Vec<Entry>| {
        let told = told.into_iter().filter(|entry| {
            let what = Aspect::Value(module(10), hours());
            entry.edits.iter().any(|edit| edit.what == what)
        });
        told.map(|entry| entry.party.map(|it| it.0.0))
            .collect::<Vec<_>>()
    };
    let told = [Some(1), Some(2), None];
    assert_eq!(hour(document.chronicle(Some(module(10)))), told);
    assert_eq!(hour(reopen(&document, 2).chronicle(Some(module(10)))), told);
}

#[test]
fn what_the_history_says_last_of_a_text_is_how_it_reads() {
    let (mut told, mut again) = (0, 0);
    for seed in 0..60 {
        let mut rng = weft_sample::chance(seed);
        let mut one = small();
        let mut other = reopen(&one, 2);
        for now in 0..60 {
            let document = if rng.random_bool(0.5) {
                &mut one
            } else {
                &mut other
            };
            let text = title(module(10));
            let len = document.plan().text(text, &Lang::en()).chars().count();
            let at = rng.random_range(0..=len);
            let delete = rng.random_range(0..=(len - at).min(3));
            let act = write(
                text,
                at,
                delete,
                ["", "on", " 机床 "][rng.random_range(0..3)],
            );
            drop(document.apply(&act, now * 5_000));
            if rng.random_ratio(1, 4) {
                exchange(&mut one, &mut other);
            }
        }
        exchange(&mut one, &mut other);
        let mut last = std::collections::BTreeMap::new();
        let mut untold = std::collections::BTreeSet::new();
        for (what, before, after) in one.chronicle(None).iter().flat_map(differences_of) {
            let Aspect::Value(item, key) = &what else {
                continue;
            };
            if !matches!(key.sub, Sub::Lang(_)) || !one.plan().is_live(*item) {
                continue;
            }
            if before.is_none() && after.is_none() {
                untold.insert(what.clone());
            } else if untold.contains(&what) {
                again += 1;
            }
            last.insert(what, after);
        }
        for (what, after) in last {
            let Aspect::Value(item, key) = &what else {
                continue;
            };
            if after.is_some() {
                told += 1;
                assert_eq!(after, one.plan().value(*item, key), "seed {seed}: {what:?}");
            }
        }
    }
    assert!(told > 15 && again > 20, "{told} told, {again} again");
}
