//! Values that point to items that were never there.

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use weft_model::{Severity, Violation};

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "data.dangling",
        group: Group::Data,
        severity: Severity::Soft,
        source: "design",
        figures: &["fields"],
    },
    look: Look::Data(|violations| {
        let keys: Vec<_> = violations
            .iter()
            .filter_map(|violation| match violation {
                Violation::Dangling { key, .. } => Some(key.clone()),
                _ => None,
            })
            .collect();
        (!keys.is_empty()).then(|| Figures::none().with("fields", Figure::Fields(keys)))
    }),
};
