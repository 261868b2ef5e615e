//! The generic rules: one file each, one line in the list below. A rule looks
//! at one subject at a time wherever it can, so that an edit runs only the
//! rules of what it touched.

use weft_model::{
    ElectivePool, JobItem, Module, Plan, Severity, SpecificationItem, Subject, Term, Violation,
};

use crate::coverage::Coverage;
use crate::facts::Facts;
use crate::finding::{Figure, Figures};
use crate::reach::Topic;
use crate::sums::TermFigures;
use crate::teaching::ModuleFigures;

/// What a rule is about; Checks groups by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Group {
    Coverage,
    Assessment,
    Sequence,
    Hours,
    Calendar,
    Credits,
    Electives,
    Enterprise,
    Codes,
    Specification,
    Data,
}

impl Group {
    /// All groups, in the order in which Checks shows them.
    pub const ALL: &'static [Self] = &[
        Self::Coverage,
        Self::Assessment,
        Self::Sequence,
        Self::Hours,
        Self::Calendar,
        Self::Credits,
        Self::Electives,
        Self::Enterprise,
        Self::Codes,
        Self::Specification,
        Self::Data,
    ];

    /// A stable id, for texts.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::Assessment => "assessment",
            Self::Sequence => "sequence",
            Self::Hours => "hours",
            Self::Calendar => "calendar",
            Self::Credits => "credits",
            Self::Electives => "electives",
            Self::Enterprise => "enterprise",
            Self::Codes => "codes",
            Self::Specification => "specification",
            Self::Data => "data",
        }
    }
}

/// What is known about a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// Its id: stable, part of saved waivers and of the keys of texts.
    pub id: &'static str,
    /// What it is about.
    pub group: Group,
    /// How much it weighs unless the plan sets another weight.
    pub severity: Severity,
    /// Where it comes from: a regulation by its number, or an id of a text
    /// (`practice`: the practice of the field; `arithmetic`: numbers that
    /// contradict each other; `design`: how plans merge).
    pub source: &'static str,
    /// The names of the figures that its findings can carry.
    pub figures: &'static [&'static str],
}

/// A rule: what is known about it, and how it looks.
#[derive(Clone, Copy)]
pub(crate) struct Rule {
    pub(crate) info: RuleInfo,
    pub(crate) look: Look,
}

type Said = Option<Figures>;

/// What a rule looks at.
#[derive(Clone, Copy)]
pub(crate) enum Look {
    /// A competency of the outline.
    Competency(fn(&Plan, &Facts, &JobItem, &Coverage) -> Said),
    /// A live module.
    Module(fn(&Plan, &Facts, &Module, &ModuleFigures) -> Said),
    /// A live term.
    Term(fn(&Plan, &Facts, &Term, &TermFigures) -> Said),
    /// A live elective pool.
    Pool(fn(&Plan, &Facts, &ElectivePool) -> Said),
    /// A requirement of the specification, with its number of supporters.
    Requirement(fn(&SpecificationItem, u32) -> Said),
    /// Many items at once; again whenever the topic is touched.
    Across(Topic, fn(&Plan, &Facts) -> Vec<(Subject, Figures)>),
    /// What the model calls a violation; all of one subject together.
    Data(fn(&[Violation]) -> Said),
}

macro_rules! registry {
    ($($name:ident,)*) => {
        $(mod $name;)*
        pub(crate) static RULES: &[Rule] = &[$($name::RULE,)*];
        static INFOS: &[RuleInfo] = &[$($name::RULE.info,)*];
    };
}

registry! {
    coverage_none,
    coverage_below,
    coverage_unstated,
    coverage_once,
    module_unwoven,
    assessment_none,
    assessment_weight,
    prerequisite_cycle,
    prerequisite_order,
    prerequisite_parallel,
    hours_split,
    hours_places,
    hours_units,
    hours_pattern,
    calendar_budget,
    calendar_overload,
    calendar_weeks,
    credits_ratio,
    pool_modules,
    pool_credits,
    pool_twice,
    enterprise_hours,
    code_duplicate,
    spec_unsupported,
    data_misfit,
    data_dangling,
    data_misplaced,
    data_link,
}

/// All rules, in the order of Checks.
pub fn rules() -> &'static [RuleInfo] {
    INFOS
}

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static RuleInfo> {
    INFOS.iter().find(|info| info.id == id)
}

/// `stated`, `sum` and `off` of hours, if they differ.
fn hours_differ(stated: Option<weft_model::Hours>, sum: Option<weft_model::Hours>) -> Said {
    let (stated, sum) = (stated?, sum?);
    (stated != sum).then(|| {
        Figures::none()
            .with("stated", Figure::Hours(stated))
            .with("sum", Figure::Hours(sum))
            .with("off", Figure::HoursOff(sum - stated))
    })
}
