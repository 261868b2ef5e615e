//! A module that teaches no competency. Public basic courses are left out:
//! they serve the learner and not one job.

use super::{Figures, Group, Look, Rule, RuleInfo};
use weft_model::{CategoryRole, Severity};

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "module.unwoven",
        group: Group::Coverage,
        severity: Severity::Soft,
        source: "practice",
        figures: &[],
    },
    look: Look::Module(|_, _, _, figures| {
        let basic = figures.role == Some(CategoryRole::PublicBasic);
        (figures.links == 0 && !basic).then(Figures::none)
    }),
};
