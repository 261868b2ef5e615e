//! A competency that no module teaches.

use super::{Figures, Group, Look, Rule, RuleInfo};
use crate::coverage::CoverageState;
use weft_model::Severity;

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "coverage.none",
        group: Group::Coverage,
        severity: Severity::Hard,
        source: "practice",
        figures: &[],
    },
    look: Look::Competency(|_, _, _, coverage| {
        (coverage.state == CoverageState::NotCovered).then(Figures::none)
    }),
};
