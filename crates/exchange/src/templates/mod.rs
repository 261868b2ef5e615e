//! Plans to start from: blank, a Chinese higher vocational programme, a
//! German dual-system trade, a UK-style apprenticeship. Each is one act for an
//! empty plan; its texts stand in English and Chinese, the German one's in
//! German too.

mod chinese;
mod draft;
mod german;
mod stand_in;
mod uk;

pub use draft::Draft;
pub use stand_in::{stand_ins, superseded};
use weft_model::{Act, PlanKind, Uid, field};

/// A plan to start from.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// Its stable id; also the end of its locale keys.
    pub id: &'static str,
    /// What kind of plan it makes.
    pub kind: PlanKind,
    /// Makes the act. `fresh` gives uids that the plan does not have.
    pub build: fn(&mut dyn FnMut() -> Uid) -> Act,
}

/// The ids of all templates, in the order of lists: for whoever shows the list
/// and leaves the making to others.
pub const IDS: [&str; 4] = [
    "blank",
    "chinese_higher_vocational",
    "german_dual_system",
    "uk_apprenticeship",
];

/// All templates, in the order of lists.
pub const TEMPLATES: &[Template] = &[
    Template {
        id: "blank",
        kind: PlanKind::Other,
        build: blank,
    },
    Template {
        id: "chinese_higher_vocational",
        kind: PlanKind::HigherVocational,
        build: chinese::build,
    },
    Template {
        id: "german_dual_system",
        kind: PlanKind::DualSystem,
        build: german::build,
    },
    Template {
        id: "uk_apprenticeship",
        kind: PlanKind::Apprenticeship,
        build: uk::build,
    },
];

/// A plan with a scale, a school, an enterprise and nothing else.
pub fn blank(fresh: &mut dyn FnMut() -> Uid) -> Act {
    let mut draft = Draft::new(fresh);
    draft.about(field::about::kind, PlanKind::Other);
    draft.about_langs("en zh-CN");
    draft.scale(&[
        ("I", "Introduce", "入门"),
        ("P", "Practise", "应用"),
        ("M", "Master", "熟练"),
    ]);
    draft.sides(("School", "学校", ""), ("Enterprise", "企业", ""));
    draft.act()
}

/// A Chinese higher vocational programme of six terms.
pub fn chinese_higher_vocational(fresh: &mut dyn FnMut() -> Uid) -> Act {
    chinese::build(fresh)
}

/// A German dual-system trade with learning fields.
pub fn german_dual_system(fresh: &mut dyn FnMut() -> Uid) -> Act {
    german::build(fresh)
}

/// A UK-style apprenticeship with duties and knowledge, skills and behaviours.
pub fn uk_apprenticeship(fresh: &mut dyn FnMut() -> Uid) -> Act {
    uk::build(fresh)
}
