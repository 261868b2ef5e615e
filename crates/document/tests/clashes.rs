//! What two sides changed at the same time: found on both, with both values,
//! until somebody decides.

use crate::bench;
use crate::bench::*;
use weft_document::*;
use weft_model::*;

fn hours() -> Aspect {
    Aspect::Value(module(10), field::module::total_hours.key())
}

fn set_hours(value: i64) -> Act {
    one(set(
        module(10),
        field::module::total_hours.key(),
        Value::Int(value),
    ))
}

fn confirm(what: Aspect) -> Act {
    Act::one(Verb::Settle, what.subject(), Command::Confirm { what })
}

fn ben() -> Author {
    Author {
        uid: Uid(200),
        name: "Ben".into(),
        ..Default::default()
    }
}

/// Two copies on which the same act was done with different values.
fn apart(mine: &Act, theirs: &Act) -> (Document, Document) {
    apart_from(small(), mine, theirs)
}

fn apart_from(mut one: Document, mine: &Act, theirs: &Act) -> (Document, Document) {
    let mut other = reopen(&one, 2);
    other.set_author(&ben(), 0);
    one.apply(mine, 1_000).unwrap();
    other.apply(theirs, 2_000).unwrap();
    exchange(&mut one, &mut other);
    (one, other)
}

#[test]
fn a_value_written_on_both_sides_is_listed_with_both_values_and_authors() {
    let (one, other) = apart(&set_hours(120), &set_hours(160));
    let clashes = one.clashes();
    assert_eq!(clashes, other.clashes());
    let [
        Clash::Value {
            what,
            shown,
            others,
        },
    ] = clashes.as_slice()
    else {
        panic!("{clashes:?}");
    };
    assert_eq!(*what, hours());
    let mut claims = vec![shown.clone()];
    claims.extend(others.iter().cloned());
    claims.sort_by_key(|claim| claim.author);
    let claim = |author: Author, value, at_millis| Claim {
        value: Some(Value::Int(value)),
        author: author.uid,
        at_millis,
    };
    assert_eq!(claims, [claim(ada(), 120, 1_000), claim(ben(), 160, 2_000)]);
    assert_eq!(
        shown.value,
        one.plan()
            .value(module(10), &field::module::total_hours.key())
    );
}

#[test]
fn confirming_what_stands_decides_it_on_both_sides() {
    let (mut one, mut other) = apart(&set_hours(120), &set_hours(160));
    let before = one.plan().clone();
    let applied = one.apply(&confirm(hours()), 3_000).unwrap();
    assert!(!applied.update.is_empty() && *one.plan() == before);
    assert_eq!(one.clashes(), []);
    exchange(&mut one, &mut other);
    assert_eq!(other.clashes(), []);
    assert_eq!(one.plan(), other.plan());
}

#[test]
fn writing_the_other_value_decides_it_as_well() {
    let (mut one, mut other) = apart(&set_hours(120), &set_hours(160));
    let Some(Clash::Value { others, .. }) = one.clashes().pop() else {
        panic!()
    };
    let Some(Value::Int(value)) = others[0].value else {
        panic!()
    };
    one.apply(&set_hours(value), 3_000).unwrap();
    exchange(&mut one, &mut other);
    assert_eq!((one.clashes(), other.clashes()), (vec![], vec![]));
}

#[test]
fn the_same_value_on_both_sides_is_nothing_to_decide() {
    let (one, _) = apart(&set_hours(120), &set_hours(120));
    assert_eq!(one.clashes(), []);
}

#[test]
fn what_was_written_knowing_of_the_other_is_not_listed() {
    let mut one = small();
    let mut other = reopen(&one, 2);
    one.apply(&set_hours(120), 0).unwrap();
    exchange(&mut one, &mut other);
    other.apply(&set_hours(160), 0).unwrap();
    one.apply(&edit_code("A"), 0).unwrap();
    exchange(&mut one, &mut other);
    assert_eq!(one.clashes(), []);
}

fn edit_code(code: &str) -> Act {
    one(set(module(10), field::module::code.key(), code.into()))
}

#[test]
fn a_level_and_its_removal_are_listed_with_the_removal_as_no_value() {
    let key = link_key(10, 3);
    let (mut one, _) = apart(
        &link(10, 3, Some(3)),
        &Act::one(Verb::Unweave, key, Command::Unlink { key }),
    );
    let clashes = one.clashes();
    let [
        Clash::Value {
            what: Aspect::Link(found),
            shown,
            others,
        },
    ] = clashes.as_slice()
    else {
        panic!("{clashes:?}");
    };
    assert_eq!(*found, key);
    let mut values = [shown.value.clone(), others[0].value.clone()];
    values.sort_by_key(Option::is_some);
    assert_eq!(values, [None, Some(Value::Int(3))]);
    one.apply(&confirm(Aspect::Link(key)), 0).unwrap();
    assert_eq!(one.clashes(), [], "a removed link is confirmed as removed");
}

#[test]
fn an_item_that_one_deleted_and_the_other_edited_is_listed_until_somebody_decides() {
    let delete = one(Command::Delete { item: module(10) });
    let (mut one, mut other) = apart(&delete, &set_hours(160));
    let clashes = one.clashes();
    assert_eq!(clashes, other.clashes());
    let [
        Clash::Deleted {
            subject,
            by,
            edited,
        },
    ] = clashes.as_slice()
    else {
        panic!("{clashes:?}");
    };
    assert_eq!((*subject, by.author), (module(10).into(), ada().uid));
    let [(what, claim)] = edited.as_slice() else {
        panic!("{edited:?}")
    };
    assert_eq!((what, claim.author), (&hours(), ben().uid));
    let restored = bench::one(Command::Restore { item: module(10) });
    other.apply(&restored, 0).unwrap();
    assert_eq!(other.clashes(), []);
    one.apply(&confirm(Aspect::Presence(module(10))), 0)
        .unwrap();
    assert_eq!(one.clashes(), []);
}

#[test]
fn a_link_that_one_took_away_and_the_other_worked_on_is_listed_until_somebody_decides() {
    let key = link_key(10, 4);
    let note = Command::Write {
        at: TextAt::LinkNote(key),
        lang: Lang::en(),
        splice: Splice {
            at: 0,
            delete: 0,
            insert: "Mind the coolant".into(),
        },
    };
    let strength = Command::Strength {
        key,
        strength: Some(4),
    };
    for work in [note, strength] {
        let mut start = small();
        start.apply(&link(10, 4, Some(2)), 0).unwrap();
        let unlink = one(Command::Unlink { key });
        let (mut one, mut other) = apart_from(start, &unlink, &bench::one(work.clone()));
        let clashes = one.clashes();
        assert_eq!(clashes, other.clashes());
        let [
            Clash::Deleted {
                subject,
                by,
                edited,
            },
        ] = clashes.as_slice()
        else {
            panic!("{work:?}: {clashes:?}");
        };
        assert_eq!((*subject, by.author), (Subject::Link(key), ada().uid));
        assert_eq!((edited.len(), edited[0].1.author), (1, ben().uid));
        let back = bench::one(Command::Link {
            key,
            level: Some(2),
        });
        other.apply(&back, 0).unwrap();
        assert_eq!(other.clashes(), []);
        one.apply(&confirm(Aspect::Link(key)), 0).unwrap();
        assert_eq!(one.clashes(), []);
    }
}

#[test]
fn a_text_a_unit_and_a_link_of_a_deleted_module_are_listed_too() {
    let acts = [
        write(title(module(10)), 0, 0, "Turning"),
        bench::one(set(
            item(Kind::Unit, 11),
            field::unit::code.key(),
            "U".into(),
        )),
        link(10, 4, Some(1)),
    ];
    for act in acts {
        let delete = one(Command::Delete { item: module(10) });
        let (one, _) = apart(&delete, &act);
        let clashes = one.clashes();
        assert!(
            matches!(clashes.as_slice(), [Clash::Deleted { edited, .. }] if edited.len() == 1),
            "{act:?}: {clashes:?}"
        );
    }
}

#[test]
fn what_was_done_far_below_a_deleted_line_is_listed_too() {
    let line = |uid| item(Kind::JobItem, uid);
    let mut first = small();
    for act in [
        add(Kind::JobItem, 30, None, tier(Tier::Role)),
        add(Kind::JobItem, 31, Some(30), tier(Tier::Task)),
        add(Kind::JobItem, 32, Some(31), tier(Tier::Competency)),
    ] {
        first.apply(&act, 0).unwrap();
    }
    let below = [
        write(
            TextAt::Field(line(32), field::job_item::statement),
            0,
            0,
            "Turn",
        ),
        link(10, 32, Some(2)),
        add(Kind::JobItem, 35, Some(31), tier(Tier::Competency)),
    ];
    for theirs in below {
        for gone in [30, 31] {
            let saved = first.save();
            let again = Document::open(first.id(), [&saved], PeerId(7))
                .unwrap()
                .document;
            let gone = line(gone);
            let delete = one(Command::Delete { item: gone });
            let (mut one, mut other) = apart_from(again, &delete, &theirs);
            let clashes = one.clashes();
            assert_eq!(clashes, other.clashes());
            let [
                Clash::Deleted {
                    subject, edited, ..
                },
            ] = clashes.as_slice()
            else {
                panic!("{clashes:?}");
            };
            assert_eq!(*subject, Subject::Item(gone));
            assert!(!edited.is_empty());
            one.apply(
                &Act::one(Verb::Restore, gone, Command::Restore { item: gone }),
                5_000,
            )
            .unwrap();
            exchange(&mut one, &mut other);
            assert_eq!(other.clashes(), vec![]);
            assert!(other.plan().is_live(line(32)));
        }
    }
}

#[test]
fn all_copies_find_the_same_and_deciding_all_of_it_leaves_nothing() {
    let mut found = 0;
    for seed in 0..60 {
        let mut rng = weft_sample::chance(seed);
        let mut copies = [small(), reopen(&small(), 2), reopen(&small(), 3)];
        for round in 0..20 {
            for copy in &mut copies {
                let act = weft_sample::random_act(copy.plan(), &mut rng);
                drop(copy.apply(&act, round * 1_000));
            }
            if round % 5 == 4 {
                let [one, two, _] = &mut copies;
                exchange(one, two);
            }
        }
        for _ in 0..2 {
            let [one, two, three] = &mut copies;
            exchange(one, two);
            exchange(two, three);
        }
        let clashes = copies[0].clashes();
        assert!(
            copies.iter().all(|copy| copy.clashes() == clashes),
            "seed {seed}"
        );
        found += clashes.len();
        for clash in clashes {
            let what = match clash {
                Clash::Value { what, .. } | Clash::Text { what, .. } => what,
                Clash::Deleted { subject, .. } => match subject {
                    Subject::Item(item) => Aspect::Presence(item),
                    Subject::Link(key) => Aspect::Link(key),
                    Subject::Plan => panic!("nobody deletes the plan"),
                },
            };
            copies[0].apply(&confirm(what), 0).unwrap();
        }
        assert_eq!(copies[0].clashes(), [], "seed {seed}");
    }
    assert!(found > 100, "{found}");
}
