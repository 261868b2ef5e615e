//! A term with more whole weeks of modules than its budget has weeks for them
//! (military, whole weeks, enterprise, graduation).

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use weft_model::Severity;

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "calendar.overload",
        group: Group::Calendar,
        severity: Severity::Soft,
        source: "arithmetic",
        figures: &["budget", "planned", "off"],
    },
    look: Look::Term(|_, _, _, figures| {
        let budget = figures.block_budget?;
        let planned = figures.block_weeks;
        (planned > budget).then(|| {
            Figures::none()
                .with("budget", Figure::Weeks(budget))
                .with("planned", Figure::Weeks(planned))
                .with("off", Figure::WeeksOff(planned - budget))
        })
    }),
};
