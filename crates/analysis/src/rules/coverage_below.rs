//! A competency that is taught, but not up to the required level.

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use crate::coverage::CoverageState;
use weft_model::Severity;

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "coverage.below",
        group: Group::Coverage,
        severity: Severity::Hard,
        source: "practice",
        figures: &["reached", "required"],
    },
    look: Look::Competency(|_, _, _, coverage| {
        let (reached, required) = coverage.reached.zip(coverage.required)?;
        (coverage.state == CoverageState::Below).then(|| {
            Figures::none()
                .with("reached", Figure::Level(reached))
                .with("required", Figure::Level(required))
        })
    }),
};
