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

/// What reads otherwise, keys among siblings aside.
fn apart(one: &Plan, other: &Plan) -> Vec<Difference> {
    let mut all = differences(one, other);
    all.retain(|it| match it.what.subject() {
        Subject::Item(item) => !item.kind.is_about_the_plan(),
        _ => true,
    });
    all.retain(|it| !matches!(it.what, Aspect::Place(_)));
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
