//! Stored values that do not fit their fields (a newer version or a damaged
//! file wrote them): kept, not shown.

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use weft_model::{Severity, Violation};

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "data.misfit",
        group: Group::Data,
        severity: Severity::Hard,
        source: "design",
        figures: &["fields"],
    },
    look: Look::Data(|violations| {
        let keys: Vec<_> = violations
            .iter()
            .filter_map(|violation| match violation {
                Violation::Misfit { key, .. } => Some(key.clone()),
                _ => None,
            })
            .collect();
        (!keys.is_empty()).then(|| Figures::none().with("fields", Figure::Fields(keys)))
    }),
};
