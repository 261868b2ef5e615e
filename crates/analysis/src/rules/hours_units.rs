//! Hours of units that do not add up to the module's total. Checked only where
//! every unit has hours.

use super::{Group, Look, Rule, RuleInfo, hours_differ};
use weft_model::Severity;

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "hours.units",
        group: Group::Hours,
        severity: Severity::Soft,
        source: "arithmetic",
        figures: &["stated", "sum", "off"],
    },
    look: Look::Module(|_, _, module, figures| {
        hours_differ(module.total_hours, figures.unit_hours)
    }),
};
