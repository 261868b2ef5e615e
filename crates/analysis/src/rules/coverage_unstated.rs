//! A competency with a required level of which no module says how far it
//! teaches it. Such links cover, but never reach a level.

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use crate::coverage::CoverageState;
use weft_model::Severity;

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "coverage.unstated",
        group: Group::Coverage,
        severity: Severity::Soft,
        source: "practice",
        figures: &["required", "modules"],
    },
    look: Look::Competency(|_, _, _, coverage| {
        let required = coverage.required?;
        (coverage.state == CoverageState::LevelNotStated).then(|| {
            Figures::none()
                .with("required", Figure::Level(required))
                .with("modules", Figure::Count(i64::from(coverage.modules)))
        })
    }),
};
