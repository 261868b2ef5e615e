//! A requirement of the training specification that no module supports.

use super::{Figures, Group, Look, Rule, RuleInfo};
use weft_model::Severity;

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "spec.unsupported",
        group: Group::Specification,
        severity: Severity::Soft,
        source: "practice",
        figures: &[],
    },
    look: Look::Requirement(|_, supporters| (supporters == 0).then(Figures::none)),
};
