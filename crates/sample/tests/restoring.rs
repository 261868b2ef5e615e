//! Bringing back what once stood, over plans made from seeds.
#![allow(clippy::unwrap_used)]

use weft_model::*;
use weft_sample::{chance, random_act};

/// A plan, and the same after some more acts.
fn two(seed: u64) -> (Plan, Plan) {
    let mut rng = chance(seed);
    let mut plan = Plan::new();
    let mut go_on = |plan: &mut Plan, acts: usize| {
        for _ in 0..acts {
            drop(plan.apply(&random_act(plan, &mut rng)));
        }
    };
    go_on(&mut plan, 60);
    let then = plan.clone();
    go_on(&mut plan, 40);
    (then, plan)
}

/// What reads otherwise of the plan itself.
fn apart(one: &Plan, other: &Plan) -> Vec<Difference> {
    let mut all = differences(one, other);
    all.retain(|it| match it.what.subject() {
        Subject::Item(item) => !item.kind.is_about_the_plan(),
        _ => true,
    });
    all
}

fn rows(plan: &Plan) -> Vec<(Kind, Option<Uid>, Vec<Uid>)> {
    let mut all = Vec::new();
    for kind in Kind::ALL.iter().filter(|kind| !kind.is_about_the_plan()) {
        let table = plan.any(*kind);
        let mut owners: Vec<Option<Uid>> = table
            .live()
            .into_iter()
            .map(|uid| table.owner(uid))
            .collect();
        owners.sort_unstable();
        owners.dedup();
        for owner in owners {
            let live = table.live().into_iter();
            let row = live.filter(|uid| table.owner(*uid) == owner).collect();
            all.push((*kind, owner, row));
        }
    }
    all
}

fn act(commands: Vec<Command>) -> Act {
    Act::many(Verb::Restore, Subject::Plan, commands)
}

#[test]
fn a_plan_that_is_brought_back_reads_as_it_did_then() {
    let mut restored = 0;
    for seed in 0..80 {
        let (then, mut plan) = two(seed);
        let commands = restoring(&plan, &then);
        restored += commands.len();
        plan.apply(&act(commands)).unwrap();
        assert_eq!(apart(&plan, &then), [], "seed {seed}");
        assert_eq!(rows(&plan), rows(&then), "seed {seed}");
        assert_eq!(restoring(&plan, &then), [], "seed {seed}: nothing is left");
    }
    assert!(restored > 2_000, "{restored}");
}

#[test]
fn an_item_that_is_brought_back_reads_as_it_did_then_and_nothing_else_changes() {
    for seed in 0..40 {
        let (then, now) = two(1_000 + seed);
        for uid in then.modules.iter().map(|module| module.id) {
            let item = ItemId::from(uid);
            let mut plan = now.clone();
            plan.apply(&act(restoring_item(&plan, &then, item)))
                .unwrap();
            assert_eq!(
                item_differences(&plan, &then, item)
                    .iter()
                    .filter(|it| !matches!(it.what, Aspect::Place(_)))
                    .count(),
                0,
                "seed {seed}"
            );
            let others = differences(&now, &plan);
            assert!(others.iter().all(|it| it.what.touches(item)), "seed {seed}");
        }
    }
}

/// Modules called by letters, in this order.
fn in_order(plan: &Plan) -> String {
    plan.modules.iter().map(|it| it.code.as_str()).collect()
}

fn moved(plan: &mut Plan, code: &str, spot: impl Fn(&Plan) -> Spot) {
    let item = module(plan, code);
    let command = Command::Move {
        item,
        owner: None,
        spot: spot(plan),
    };
    plan.apply(&act(vec![command])).unwrap();
}

fn module(plan: &Plan, code: &str) -> ItemId {
    let found = plan.modules.iter().find(|it| it.code == code);
    found.unwrap().id.into()
}

fn of_letters(letters: &str) -> Plan {
    let mut plan = Plan::new();
    for (at, letter) in letters.chars().enumerate() {
        let add = Command::Add {
            item: ItemId {
                kind: Kind::Module,
                uid: Uid(at as u64 + 1),
            },
            owner: None,
            spot: Spot::Last,
            fields: vec![(field::module::code.key(), Value::str(letter.to_string()))],
        };
        plan.apply(&act(vec![add])).unwrap();
    }
    plan
}

#[test]
fn moves_that_come_to_the_same_order_are_no_difference() {
    let then = of_letters("abc");
    let mut plan = then.clone();
    moved(&mut plan, "b", |_| Spot::First);
    assert_eq!(differences(&then, &plan).len(), 1);
    moved(&mut plan, "a", |_| Spot::First);
    assert_eq!(in_order(&plan), "abc");
    assert_eq!(differences(&then, &plan), []);
}

#[test]
fn a_moved_item_alone_goes_back_to_its_place_and_so_does_one_of_several() {
    let then = of_letters("abcde");
    let mut plan = then.clone();
    moved(&mut plan, "d", |_| Spot::First);
    let one = restoring_item(&plan, &then, module(&plan, "d"));
    let mut back = plan.clone();
    back.apply(&act(one)).unwrap();
    assert_eq!(in_order(&back), "abcde");
    assert_eq!(differences(&back, &then), []);

    moved(&mut plan, "e", |_| Spot::First);
    moved(&mut plan, "b", |plan| Spot::After(module(plan, "c").uid));
    assert_eq!(in_order(&plan), "edacb");
    for code in ["e", "d", "b"] {
        let item = module(&plan, code);
        let commands = restoring_item(&plan, &then, item);
        plan.apply(&act(commands)).unwrap();
    }
    assert_eq!(in_order(&plan), "abcde");
    assert_eq!(differences(&plan, &then), []);
}
