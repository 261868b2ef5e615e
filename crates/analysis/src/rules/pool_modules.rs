//! An elective pool of which more modules must be taken than it has.

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use weft_model::Severity;

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "pool.modules",
        group: Group::Electives,
        severity: Severity::Hard,
        source: "arithmetic",
        figures: &["take", "members"],
    },
    look: Look::Pool(|_, facts, pool| {
        let take = pool.take_modules?.0;
        let live = |id: &&weft_model::ModuleId| facts.module(**id).is_some();
        let members = pool.members.iter().filter(live).count() as i64;
        (take > members).then(|| {
            Figures::none()
                .with("take", Figure::Count(take))
                .with("members", Figure::Count(members))
        })
    }),
};
