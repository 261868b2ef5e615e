//! A competency that must be learned at the enterprise, taught by modules none
//! of which has hours there. One that is not taught at all is told by
//! `coverage.none`.

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use weft_model::{PlaceKind, Severity};

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "enterprise.hours",
        group: Group::Enterprise,
        severity: Severity::Hard,
        source: "practice",
        figures: &["modules"],
    },
    look: Look::Competency(|_, _, line, coverage| {
        let wanted = line.learn_at.map(|place| place.0) == Some(PlaceKind::Enterprise);
        (wanted && coverage.links > 0 && !coverage.taught_at_enterprise).then(|| {
            Figures::none().with("modules", Figure::Count(i64::from(coverage.modules)))
        })
    }),
};
