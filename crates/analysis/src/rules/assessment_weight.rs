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
    look: Look::Module(|plan, _, module, _| {
        let (mut sum, mut all, mut any) = (0, true, false);
        for assessment in plan.assessments.below(module.id) {
            any = true;
            all &= assessment.weight.is_some();
            sum += assessment.weight.map_or(0, |weight| weight.0);
        }
        (sum > 100 || (any && all && sum < 100)).then(|| {
            Figures::none()
                .with("sum", Figure::Percent(sum))
                .with("off", Figure::PercentOff(sum - 100))
        })
    }),
};
