//! A module that runs for more weeks than a term has: weekly teaching against
//! the teaching weeks, and anything against the end of the term where its
//! first week is given. Tells the term where it is worst.

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use crate::facts::Facts;
use weft_model::{Offering, Pattern, Severity};

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "calendar.weeks",
        group: Group::Calendar,
        severity: Severity::Soft,
        source: "arithmetic",
        figures: &["term", "there", "planned", "off"],
    },
    look: Look::Module(|plan, facts, module, _| {
        let worst = plan
            .offerings
            .below(module.id)
            .filter_map(|offering| Some((over(facts, offering)?, offering)))
            .filter(|((there, planned), _)| planned > there)
            .max_by_key(|((there, planned), offering)| {
                let place = offering.term.and_then(|term| facts.term_place(term.0));
                (planned - there, core::cmp::Reverse(place))
            });
        let ((there, planned), offering) = worst?;
        let figures = Figures::none()
            .with("term", Figure::Items(vec![offering.term?.0.into()]))
            .with("there", Figure::Weeks(there))
            .with("planned", Figure::Weeks(planned))
            .with("off", Figure::WeeksOff(planned - there));
        Some(figures)
    }),
};

/// Weeks that are there, and weeks that the offering takes.
fn over(facts: &Facts, offering: &Offering) -> Option<(i64, i64)> {
    let term = facts.term(offering.term?.0)?;
    let weeks = offering.weeks?.0;
    let weekly = offering.pattern.map(|pattern| pattern.0) == Some(Pattern::Weekly);
    let teaching = term.teaching_weeks.filter(|_| weekly);
    let by_teaching = teaching.map(|there| (there, weeks));
    let begins = offering.start_week.map_or(1, |week| week.0);
    let by_end = term.weeks.map(|there| (there, begins + weeks - 1));
    let excess = |pair: &(i64, i64)| pair.1 - pair.0;
    by_teaching.into_iter().chain(by_end).max_by_key(excess)
}
