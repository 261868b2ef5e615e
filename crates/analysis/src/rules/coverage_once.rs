//! A competency that only one module teaches, though it matters: the highest
//! level of the scale is required, or its importance is 4 or 5. For others one
//! module is normal (a learning field is taught once).

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use weft_model::Severity;

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "coverage.once",
        group: Group::Coverage,
        severity: Severity::Soft,
        source: "practice",
        figures: &["importance", "required"],
    },
    look: Look::Competency(|_, facts, line, coverage| {
        let importance = line.importance.filter(|grade| grade.0 >= 4);
        let required = coverage
            .required
            .filter(|level| facts.highest_level().is_some_and(|most| *level >= most));
        let matters = importance.is_some() || required.is_some();
        (coverage.modules == 1 && matters).then(|| {
            let mut figures = Figures::none();
            if let Some(grade) = importance {
                figures = figures.with("importance", Figure::Count(grade.0));
            }
            if let Some(level) = required {
                figures = figures.with("required", Figure::Level(level));
            }
            figures
        })
    }),
};
