//! A term whose kinds of weeks do not add up to its weeks. Checked where the
//! weeks and at least one kind are given; a kind that is not given counts none.

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use weft_model::Severity;

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "calendar.budget",
        group: Group::Calendar,
        severity: Severity::Soft,
        source: "arithmetic",
        figures: &["stated", "sum", "off"],
    },
    look: Look::Term(|_, _, _, figures| {
        let (stated, sum) = figures.weeks.zip(figures.budget)?;
        (stated != sum).then(|| {
            Figures::none()
                .with("stated", Figure::Weeks(stated))
                .with("sum", Figure::Weeks(sum))
                .with("off", Figure::WeeksOff(sum - stated))
        })
    }),
};
