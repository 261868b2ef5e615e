//! Theory and practice hours that do not add up to the total. Checked only
//! where all three are given.

use super::{Group, Look, Rule, RuleInfo, hours_differ};
use weft_model::Severity;

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "hours.split",
        group: Group::Hours,
        severity: Severity::Hard,
        source: "arithmetic",
        figures: &["stated", "sum", "off"],
    },
    look: Look::Module(|_, _, module, _| {
        let parts = module.theory_hours.zip(module.practice_hours);
        hours_differ(module.total_hours, parts.map(|(theory, practice)| theory + practice))
    }),
};
