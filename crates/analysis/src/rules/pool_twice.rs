//! A module that is a member of several elective pools: it can be taken once
//! only, and totals count it in the first.

use std::collections::BTreeMap;

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use crate::facts::Facts;
use crate::reach::Topic;
use weft_model::{ItemId, ModuleId, Plan, Severity, Subject};

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "pool.twice",
        group: Group::Electives,
        severity: Severity::Soft,
        source: "practice",
        figures: &["pools"],
    },
    look: Look::Across(Topic::Pools, twice),
};

fn twice(plan: &Plan, facts: &Facts) -> Vec<(Subject, Figures)> {
    let mut pools: BTreeMap<ModuleId, Vec<ItemId>> = BTreeMap::new();
    for pool in plan.elective_pools.iter() {
        for member in &pool.members {
            if facts.module(*member).is_some() {
                pools.entry(*member).or_default().push(pool.id.into());
            }
        }
    }
    pools
        .into_iter()
        .filter(|(_, pools)| pools.len() > 1)
        .map(|(module, pools)| {
            let figures = Figures::none().with("pools", Figure::Items(pools));
            (Subject::Item(module.into()), figures)
        })
        .collect()
}
