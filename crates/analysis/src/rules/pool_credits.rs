//! An elective pool of which more credits must be taken than its modules
//! give. Checked only where every member has credits, and no number of modules
//! is asked for instead.

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use weft_model::{Credits, Severity};

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "pool.credits",
        group: Group::Electives,
        severity: Severity::Hard,
        source: "arithmetic",
        figures: &["take", "there", "off"],
    },
    look: Look::Pool(|_, facts, pool| {
        let take = pool.take_credits.filter(|_| pool.take_modules.is_none())?;
        let live = pool.members.iter().filter_map(|id| facts.module(*id));
        let there: Option<Credits> = live.map(|module| module.credits).sum();
        let there = there?;
        (take > there).then(|| {
            Figures::none()
                .with("take", Figure::Credits(take))
                .with("there", Figure::Credits(there))
                .with("off", Figure::CreditsOff(there - take))
        })
    }),
};
