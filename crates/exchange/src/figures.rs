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
    pub cells: WovenCells,
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
    /// Hours of electives, restricted and free.
    pub electives: Hours,
    /// Open and waived findings, in words.
    pub gaps: Vec<Gap>,
}

/// Cells of the weave that hold something, row by row: a full weave has half a
/// million, and a tree of them all would take twice the memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WovenCells(BTreeMap<ModuleId, Vec<(JobItemId, Woven)>>);

impl WovenCells {
    /// Puts the cells of a module, in place of those that it had.
    pub fn put(&mut self, module: ModuleId, cells: impl IntoIterator<Item = (JobItemId, Woven)>) {
        let mut cells: Vec<_> = cells.into_iter().collect();
        cells.sort_unstable_by_key(|(competency, _)| *competency);
        cells.dedup_by_key(|(competency, _)| *competency);
        cells.shrink_to_fit();
        self.0.insert(module, cells);
    }

    /// One cell, if it holds something.
    pub fn get(&self, module: ModuleId, competency: JobItemId) -> Option<&Woven> {
        let cells = self.of_module(module);
        let at = cells.binary_search_by_key(&competency, |(competency, _)| *competency);
        cells.get(at.ok()?).map(|(_, woven)| woven)
    }

    /// The cells of a module, by the ids of their competencies.
    pub fn of_module(&self, module: ModuleId) -> &[(JobItemId, Woven)] {
        self.0.get(&module).map_or(&[], Vec::as_slice)
    }

    /// Which cells hold something.
    pub fn places(&self) -> impl Iterator<Item = (ModuleId, JobItemId)> {
        self.0
            .iter()
            .flat_map(|(module, cells)| cells.iter().map(|(line, _)| (*module, *line)))
    }

    /// How many hold something.
    pub fn len(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    /// Whether none holds anything.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(Vec::is_empty)
    }
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
