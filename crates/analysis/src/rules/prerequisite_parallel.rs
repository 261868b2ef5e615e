//! A module that begins in the very term in which a prerequisite ends, though
//! the two are not marked as parallel. Fine where the weeks are given and show
//! that the prerequisite ends first.

use super::prerequisite_order::{parallel, said, span};
use super::{Group, Look, Rule, RuleInfo};
use crate::facts::Facts;
use crate::reach::Topic;
use weft_model::{Module, ModuleId, Plan, Severity, TermId};

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "prerequisite.parallel",
        group: Group::Sequence,
        severity: Severity::Soft,
        source: "practice",
        figures: &["prerequisites", "term"],
    },
    look: Look::Across(Topic::Sequence, |plan, facts| said(plan, facts, same_term)),
};

fn same_term(plan: &Plan, facts: &Facts, module: &Module, before: ModuleId) -> bool {
    let Some(((begins, _), (_, ends))) = span(facts, module.id).zip(span(facts, before)) else {
        return false;
    };
    let Some(term) = facts.term_order().get(begins) else {
        return false;
    };
    begins == ends
        && !parallel(plan, module, before)
        && !ends_first(plan, *term, before, module.id)
}

/// Whether the weeks in this term are given for both and do not overlap.
fn ends_first(plan: &Plan, term: TermId, before: ModuleId, after: ModuleId) -> bool {
    let weeks = |module: ModuleId| -> Option<(i64, i64)> {
        let mut range: Option<(i64, i64)> = None;
        for offering in plan.offerings.below(module) {
            if offering.term.is_none_or(|of| of.0 != term) {
                continue;
            }
            let first = offering.start_week?.0;
            let last = first + offering.weeks?.0 - 1;
            let (begins, ends) = range.unwrap_or((first, last));
            range = Some((begins.min(first), ends.max(last)));
        }
        range
    };
    weeks(before)
        .zip(weeks(after))
        .is_some_and(|((_, ends), (begins, _))| ends < begins)
}
