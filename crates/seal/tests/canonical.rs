//! The form in which a plan is hashed.

use rand::Rng as _;
use weft_model::*;
use weft_sample::{chance, random_act};
use weft_seal::{Scope, canonical, changed, digest, digest_in, digest_of};

fn act(commands: Vec<Command>) -> Act {
    Act::many(Verb::Edit, Subject::Plan, commands)
}

fn add(kind: Kind, uid: u64, owner: Option<u64>, fields: Vec<(FieldKey, Value)>) -> Command {
    Command::Add {
        item: ItemId {
            kind,
            uid: Uid(uid),
        },
        owner: owner.map(Uid),
        spot: Spot::Last,
        fields,
    }
}

/// The example of docs/formats/sealing.md.
fn documented() -> Plan {
    let mut plan = Plan::new();
    let tier = |tier: Tier| (field::job_item::tier.key(), Value::str(tier.id()));
    plan.apply(&act(vec![
        Command::Set {
            item: ABOUT,
            key: field::about::title.lang(Lang::en()),
            value: Some(Value::str("Turning \"A\"\n")),
        },
        add(
            Kind::Module,
            10,
            None,
            vec![
                (
                    field::module::title.lang(Lang::new("zh-CN").unwrap()),
                    Value::str("车削"),
                ),
                (field::module::total_hours.key(), Value::Int(96)),
            ],
        ),
        add(Kind::JobItem, 3, None, vec![tier(Tier::Competency)]),
        Command::Link {
            key: LinkKey::of(ModuleId(Uid(10)), JobItemId(Uid(3))),
            level: Some(2),
        },
    ]))
    .unwrap();
    plan
}

#[test]
fn the_documented_example_has_the_documented_form_and_hash() {
    let plan = documented();
    assert_eq!(
        canonical(&plan),
        r#"{"about":{"0000000000000":{"title@en":"Turning \"A\"\n","~place":0}},"job_items":{"0000000000003":{"tier":"competency","~place":0}},"modules":{"000000000000a":{"title@zh-CN":"车削","total_hours":96,"~place":0}},"weave":{"000000000000a:-:0000000000003":{"level":2}},"weft_canonical":1}"#
    );
    assert_eq!(
        digest(&plan).to_string(),
        "f053f5436287145c0ba38cdb0ad9360f23b17896c34bed2124c7e963ed7c7635"
    );
    assert_eq!(digest(&plan).short(), "f053-f543-6287");
}

#[test]
fn the_canonical_form_is_json_that_another_reader_reads() {
    let mut rng = chance(3);
    let mut plan = documented();
    for _ in 0..300 {
        drop(plan.apply(&random_act(&plan, &mut rng)));
    }
    let text = canonical(&plan);
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        serde_json::to_string(&read).unwrap(),
        text,
        "sorted and without white space"
    );
}

#[test]
fn what_was_deleted_or_never_said_leaves_no_trace() {
    let mut plan = documented();
    let before = digest(&plan);
    let item = ItemId {
        kind: Kind::Module,
        uid: Uid(77),
    };
    plan.apply(&act(vec![add(Kind::Module, 77, None, vec![])]))
        .unwrap();
    assert_ne!(digest(&plan), before);
    plan.apply(&act(vec![Command::Delete { item }])).unwrap();
    assert_eq!(digest(&plan), before);
}

#[test]
fn a_comment_and_the_status_break_no_seal() {
    let mut plan = documented();
    let before = digest(&plan);
    plan.apply(&act(vec![
        add(Kind::Comment, 5, None, vec![]),
        Command::Set {
            item: ABOUT,
            key: field::about::status.key(),
            value: Some(Value::str("agreed")),
        },
    ]))
    .unwrap();
    assert_eq!(digest(&plan), before);
}

#[test]
fn every_other_change_is_seen_and_taking_it_back_gives_the_same_hash() {
    for seed in 0..60 {
        let mut rng = chance(seed);
        let mut plan = documented();
        for _ in 0..40 {
            drop(plan.apply(&random_act(&plan, &mut rng)));
        }
        let then = plan.clone();
        for _ in 0..20 {
            drop(plan.apply(&random_act(&plan, &mut rng)));
        }
        let comments = |it: &Difference| matches!(it.what.subject(), Subject::Item(item) if item.kind.is_about_the_plan());
        let mut apart = differences(&then, &plan);
        apart.retain(|it| !comments(it));
        if !apart.is_empty() && !apart.iter().all(|it| matches!(&it.what, Aspect::Value(item, key) if !plan.is_live(*item) || key.field == field::about::status)) {
            assert_ne!(digest(&plan), digest(&then), "seed {seed}");
        }
        plan.apply(&act(restoring(&plan, &then))).unwrap();
        assert_eq!(digest(&plan), digest(&then), "seed {seed}");
    }
}

/// A plan, what was done to it since, and what a signature may cover of it.
fn at_random(seed: u64) -> (Plan, Plan, Vec<Scope>) {
    let mut rng = chance(seed);
    let mut plan = documented();
    for _ in 0..60 {
        drop(plan.apply(&random_act(&plan, &mut rng)));
    }
    let then = plan.clone();
    for _ in 0..rng.random_range(1..6) {
        drop(plan.apply(&random_act(&plan, &mut rng)));
    }
    let modules: Vec<ModuleId> = then.modules.iter().map(|it| it.id).collect();
    let some = modules.into_iter().filter(|_| rng.random_bool(0.4));
    let mut scopes = vec![Scope::Whole, Scope::Modules(some.collect())];
    scopes.extend(then.orders.iter().map(|it| Scope::Order(it.id)));
    (then, plan, scopes)
}

#[test]
fn what_changed_of_what_is_covered_is_told_exactly_where_the_hash_is_another_one() {
    let mut told = [0, 0];
    for seed in 0..400 {
        let (then, now, scopes) = at_random(seed);
        for scope in scopes {
            let same = digest_in(&then, &scope) == digest_in(&now, &scope);
            let all = changed(&then, &now, &scope);
            assert_eq!(all.is_empty(), same, "seed {seed}, {scope:?}: {all:#?}");
            told[usize::from(same)] += 1;
        }
    }
    assert!(told.iter().all(|times| *times > 100), "{told:?}");
}

#[test]
fn the_hash_of_known_bytes_is_that_of_the_standard() {
    // FIPS 180-4.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(digest_of(b"abc").to_string(), abc);
}
