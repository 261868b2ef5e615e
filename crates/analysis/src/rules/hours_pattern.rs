//! Hours over the terms (weekly hours × weeks, whole weeks, lectures) that do
//! not add up to the module's total. Checked only where every offering says
//! its hours.

use super::{Group, Look, Rule, RuleInfo, hours_differ};
use weft_model::Severity;

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "hours.pattern",
        group: Group::Hours,
        severity: Severity::Hard,
        source: "arithmetic",
        figures: &["stated", "sum", "off"],
    },
    look: Look::Module(|_, _, module, figures| {
        hours_differ(module.total_hours, figures.pattern_hours)
    }),
};
