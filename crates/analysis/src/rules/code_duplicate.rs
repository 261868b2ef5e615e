//! The same code twice where it should tell things apart: modules of one
//! period, or of one term where no period is given; competencies below one
//! role. Codes that come again in another year are normal (LF1 in years 1, 2
//! and 3). One finding per group of equal codes, about the first of them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use crate::facts::Facts;
use crate::reach::Topic;
use weft_model::{ItemId, JobItemId, Plan, Severity, Subject, TermId, Tier};

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "code.duplicate",
        group: Group::Codes,
        severity: Severity::Soft,
        source: "practice",
        figures: &["code", "items"],
    },
    look: Look::Across(Topic::Codes, |plan, facts| {
        let mut said = modules(plan, facts);
        said.extend(competencies(plan, facts));
        said
    }),
};

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Within<'a> {
    Period(&'a str),
    Term(TermId),
    NoTerm,
}

fn modules(plan: &Plan, facts: &Facts) -> Vec<(Subject, Figures)> {
    let mut groups: BTreeMap<(&str, Within<'_>), Vec<ItemId>> = BTreeMap::new();
    for module in plan.modules.iter() {
        let (code, period) = (module.code.trim(), module.period.trim());
        let Some(figures) = facts.module(module.id).filter(|_| !code.is_empty()) else {
            continue;
        };
        let within = if !period.is_empty() {
            vec![Within::Period(period)]
        } else if figures.offered.is_empty() {
            vec![Within::NoTerm]
        } else {
            let terms = figures.offered.iter();
            terms.map(|offered| Within::Term(offered.term)).collect()
        };
        for within in within {
            groups.entry((code, within)).or_default().push(module.id.into());
        }
    }
    // The same modules can meet in several terms: told once.
    let mut said: BTreeMap<ItemId, (&str, BTreeSet<ItemId>)> = BTreeMap::new();
    for ((code, _), items) in groups {
        if items.len() < 2 {
            continue;
        }
        let (_, all) = said.entry(items[0]).or_insert((code, BTreeSet::new()));
        all.extend(items);
    }
    said.into_iter()
        .map(|(first, (code, items))| told(first, code, items))
        .collect()
}

fn competencies(plan: &Plan, facts: &Facts) -> Vec<(Subject, Figures)> {
    let mut groups: BTreeMap<(Option<JobItemId>, &str), Vec<ItemId>> = BTreeMap::new();
    for id in facts.outline().competencies() {
        let code = plan.job_items.get(id).map_or("", |line| line.code.trim());
        if !code.is_empty() {
            let role = facts.outline().above(id, Tier::Role);
            groups.entry((role, code)).or_default().push(id.into());
        }
    }
    groups
        .into_iter()
        .filter(|(_, items)| items.len() > 1)
        .map(|((_, code), items)| told(items[0], code, items.into_iter().collect()))
        .collect()
}

fn told(first: ItemId, code: &str, items: BTreeSet<ItemId>) -> (Subject, Figures) {
    let others = items.into_iter().filter(|item| *item != first);
    let figures = Figures::none()
        .with("code", Figure::Code(code.to_owned()))
        .with("items", Figure::Items([first].into_iter().chain(others).collect()));
    (first.into(), figures)
}
