//! A module that begins before a prerequisite has ended, by terms. A
//! prerequisite that may run in parallel must only not begin later. Modules
//! without a term are left out.

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use crate::facts::Facts;
use crate::reach::Topic;
use weft_model::{Module, ModuleId, Plan, Severity, Subject};

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "prerequisite.order",
        group: Group::Sequence,
        severity: Severity::Hard,
        source: "practice",
        figures: &["prerequisites", "term"],
    },
    look: Look::Across(Topic::Sequence, |plan, facts| said(plan, facts, too_late)),
};

/// Per module, the prerequisites that `odd` picks, and the module's first term.
pub(super) fn said(
    plan: &Plan,
    facts: &Facts,
    odd: fn(&Plan, &Facts, &Module, ModuleId) -> bool,
) -> Vec<(Subject, Figures)> {
    let mut said = Vec::new();
    for module in plan.modules.iter() {
        let picked: Vec<_> = module
            .prerequisites
            .iter()
            .filter(|before| **before != module.id && odd(plan, facts, module, **before))
            .map(|before| (*before).into())
            .collect();
        let first = facts.module(module.id).and_then(|f| f.first_term());
        if let (false, Some(first)) = (picked.is_empty(), first) {
            let figures = Figures::none()
                .with("prerequisites", Figure::Items(picked))
                .with("term", Figure::Items(vec![first.into()]));
            said.push((Subject::Item(module.id.into()), figures));
        }
    }
    said
}

/// The places of the first and the last term of a scheduled module.
pub(super) fn span(facts: &Facts, module: ModuleId) -> Option<(usize, usize)> {
    let figures = facts.module(module)?;
    let first = facts.term_place(figures.first_term()?)?;
    Some((first, facts.term_place(figures.last_term()?)?))
}

/// Whether one of the two names the other as running in parallel.
pub(super) fn parallel(plan: &Plan, module: &Module, other: ModuleId) -> bool {
    let back = plan.modules.get(other);
    module.parallels.contains(&other)
        || back.is_some_and(|other| other.parallels.contains(&module.id))
}

fn too_late(plan: &Plan, facts: &Facts, module: &Module, before: ModuleId) -> bool {
    let spans = span(facts, module.id).zip(span(facts, before));
    spans.is_some_and(|((begins, _), (first, last))| {
        let must_lie_before = if parallel(plan, module, before) { first } else { last };
        must_lie_before > begins
    })
}
