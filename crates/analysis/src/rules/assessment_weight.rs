//! The weights of a module's assessments do not add up to 100 %. Checked when
//! all are given, or when those given are already too many.

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use weft_model::Severity;

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "assessment.weight",
        group: Group::Assessment,
        severity: Severity::Hard,
        source: "arithmetic",
        figures: &["sum", "off"],
    },
    look: Look::Module(|plan, _, module, figures| {
        let sum = figures.weights?;
        let mut assessments = plan.assessments.below(module.id);
        let all = assessments.all(|assessment| assessment.weight.is_some());
        (sum > 100 || (all && sum < 100)).then(|| {
            Figures::none()
                .with("sum", Figure::Percent(sum))
                .with("off", Figure::PercentOff(sum - 100))
        })
    }),
};
