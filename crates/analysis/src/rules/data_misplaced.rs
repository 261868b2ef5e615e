//! A line of the job outline below something that cannot hold it: two partners
//! each moved lines. It is shown at the end of the outline.

use super::{Figures, Group, Look, Rule, RuleInfo};
use weft_model::{Severity, Violation};

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "data.misplaced",
        group: Group::Data,
        severity: Severity::Soft,
        source: "design",
        figures: &[],
    },
    look: Look::Data(|violations| {
        let odd = |violation: &Violation| matches!(violation, Violation::Misplaced { .. });
        violations.iter().any(odd).then(Figures::none)
    }),
};
