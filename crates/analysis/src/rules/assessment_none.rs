//! A competency that is taught and that no assessment names.

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use weft_model::Severity;

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "assessment.none",
        group: Group::Assessment,
        severity: Severity::Soft,
        source: "practice",
        figures: &["modules"],
    },
    look: Look::Competency(|_, _, _, coverage| {
        (coverage.links > 0 && coverage.assessed == 0).then(|| {
            Figures::none().with("modules", Figure::Count(i64::from(coverage.modules)))
        })
    }),
};
