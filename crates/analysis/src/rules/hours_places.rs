//! Hours by place that do not add up to the total. Checked where the total and
//! the hours of at least one place are given.

use super::{Group, Look, Rule, RuleInfo, hours_differ};
use weft_model::Severity;

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "hours.places",
        group: Group::Hours,
        severity: Severity::Hard,
        source: "arithmetic",
        figures: &["stated", "sum", "off"],
    },
    look: Look::Module(|_, _, module, figures| {
        hours_differ(module.total_hours, figures.placed_hours)
    }),
};
