//! A link one end of which was never there, or whose unit is another module's.
//! It counts nowhere.

use super::{Figures, Group, Look, Rule, RuleInfo};
use weft_model::{Severity, Violation};

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "data.link",
        group: Group::Data,
        severity: Severity::Soft,
        source: "design",
        figures: &[],
    },
    look: Look::Data(|violations| {
        let odd = |violation: &Violation| matches!(violation, Violation::DanglingLink(_));
        violations.iter().any(odd).then(Figures::none)
    }),
};
