//! What follows from a plan and stands in files that people read. This crate
//! does not judge plans: whoever writes a file hands the figures in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use weft_model::{CategoryId, Credits, Hours, JobItemId, ModuleId, PlaceKind, Rank, TermId};

/// The figures of a plan, as `analysis` has them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Modules in the order of the weave: by the term of their first offering.
    pub modules: Vec<(Option<TermId>, Vec<ModuleId>)>,
    /// Terms in order, with the hours that lie in each.
    pub terms: Vec<(TermId, Hours)>,
    /// The hours of each module in each term, as far as they are known.
    pub offered: BTreeMap<(ModuleId, TermId), Hours>,
    /// Cells of the weave that hold something.
    pub cells: BTreeMap<(ModuleId, JobItemId), Woven>,
    /// What of each competency is required and reached.
    pub coverage: BTreeMap<JobItemId, Covered>,
    /// Theory and practice hours of each module, as far as they are known.
    pub split: BTreeMap<ModuleId, (Option<Hours>, Option<Hours>)>,
    /// The kinds of place at which each module has hours.
    pub places: BTreeMap<ModuleId, Vec<PlaceKind>>,
    /// Sums by category; none: modules without one.
    pub categories: BTreeMap<Option<CategoryId>, Total>,
    /// The sums of the plan.
    pub total: Total,
    /// Open and waived findings, in words.
    pub gaps: Vec<Gap>,
}

/// A cell of the weave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Woven {
    /// The highest level reached; none: taught, level not stated.
    pub level: Option<Rank>,
    /// The module assesses the competency.
    pub assessed: bool,
}

/// Levels of a competency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    /// Required.
    pub required: Option<Rank>,
    /// Reached.
    pub reached: Option<Rank>,
}

/// Sums over modules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// Credits.
    pub credits: Credits,
    /// Hours that count.
    pub hours: Hours,
    /// Theory hours, as far as they are known.
    pub theory: Hours,
    /// Practice hours, as far as they are known.
    pub practice: Hours,
}

/// A finding, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// What the rule is called.
    pub rule: String,
    /// What it is about.
    pub subject: String,
    /// What is wrong.
    pub reason: String,
    /// By whom and why it is accepted; empty: it is open.
    pub waiver: String,
}
