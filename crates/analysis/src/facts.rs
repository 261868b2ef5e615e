//! Everything derived from a plan that is no judgement: one place for screens
//! and rules to read it from. How each part is computed lies in the file that
//! is named after it.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{Hours, JobItemId, ModuleId, Outline, Rank, SpecificationItemId, TermId, Tier};

use crate::cells::{Cell, Cells};
use crate::coverage::{Coverage, Tally};
use crate::order::{ModuleOrder, TermGroup};
use crate::sums::{Sums, TermFigures};
use crate::teaching::ModuleFigures;

/// What follows from a plan, without judging it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    pub(crate) outline: Outline,
    pub(crate) term_order: Vec<TermId>,
    pub(crate) term_place: BTreeMap<TermId, usize>,
    pub(crate) highest_level: Option<Rank>,
    pub(crate) modules: BTreeMap<ModuleId, ModuleFigures>,
    /// Which modules assess a competency.
    pub(crate) assessors: BTreeSet<(JobItemId, ModuleId)>,
    pub(crate) cells: Cells,
    pub(crate) coverage: BTreeMap<JobItemId, Coverage>,
    pub(crate) tallies: BTreeMap<JobItemId, Tally>,
    pub(crate) overall: Tally,
    pub(crate) order: ModuleOrder,
    pub(crate) terms: BTreeMap<TermId, TermFigures>,
    pub(crate) sums: Sums,
    pub(crate) support: BTreeMap<SpecificationItemId, u32>,
}

impl Facts {
    /// The job outline.
    pub fn outline(&self) -> &Outline {
        &self.outline
    }

    /// The terms in order.
    pub fn term_order(&self) -> &[TermId] {
        &self.term_order
    }

    /// The place of a term among all terms, counted from 0.
    pub fn term_place(&self, term: TermId) -> Option<usize> {
        self.term_place.get(&term).copied()
    }

    /// The highest level of the plan's scale; nothing if it has no scale.
    pub fn highest_level(&self) -> Option<Rank> {
        self.highest_level
    }

    /// All live modules grouped by the term in which they begin, in the order
    /// of terms; within a term by category, then by their own order. Modules
    /// without a term come last, in a group without a term. A term without
    /// beginning modules has an empty group; the last group is left out when
    /// it is empty.
    pub fn module_order(&self) -> &[TermGroup] {
        &self.order.groups
    }

    /// The place of a module in [`Self::module_order`], counted through all
    /// groups from 0.
    pub fn module_place(&self, module: ModuleId) -> Option<usize> {
        self.order.place.get(&module).copied()
    }

    /// The figures of one live module.
    pub fn module(&self, module: ModuleId) -> Option<&ModuleFigures> {
        self.modules.get(&module)
    }

    /// The figures of all live modules, by id.
    pub fn modules(&self) -> impl Iterator<Item = (ModuleId, &ModuleFigures)> {
        self.modules.iter().map(|(id, figures)| (*id, figures))
    }

    /// Σ total hours of some modules, as far as they are given.
    pub fn hours_of(&self, modules: impl IntoIterator<Item = ModuleId>) -> Hours {
        let hours = |module| self.module(module)?.hours;
        modules.into_iter().filter_map(hours).sum()
    }

    /// Where a module meets a competency; nothing where they have neither a
    /// link nor an assessment in common. O(log n).
    pub fn cell(&self, module: ModuleId, competency: JobItemId) -> Option<&Cell> {
        self.cells.get(module, competency)
    }

    /// The cells of one module, by competency id.
    pub fn teaches(&self, module: ModuleId) -> impl Iterator<Item = (JobItemId, &Cell)> {
        self.cells.of_module(module)
    }

    /// The cells of one competency, by module id.
    pub fn taught_in(&self, competency: JobItemId) -> impl Iterator<Item = (ModuleId, &Cell)> {
        self.cells.of_competency(competency)
    }

    /// How many cells hold a link or an assessment.
    pub fn cell_count(&self) -> usize {
        self.cells.len()
    }

    /// How far one competency is covered; nothing for a line that is no
    /// competency or is hidden.
    pub fn coverage(&self, competency: JobItemId) -> Option<&Coverage> {
        self.coverage.get(&competency)
    }

    /// The counts over all competencies of the plan.
    pub fn overall(&self) -> Tally {
        self.overall
    }

    /// The counts over the competencies below a role, task or work content;
    /// all zero for a line that holds none.
    pub fn tally(&self, line: JobItemId) -> Tally {
        self.tallies.get(&line).copied().unwrap_or_default()
    }

    /// The figures of one live term.
    pub fn term(&self, term: TermId) -> Option<&TermFigures> {
        self.terms.get(&term)
    }

    /// What the whole plan sums up to.
    pub fn sums(&self) -> &Sums {
        &self.sums
    }

    /// How many live modules support a requirement of the specification.
    pub fn supporters(&self, item: SpecificationItemId) -> u32 {
        self.support.get(&item).copied().unwrap_or_default()
    }

    pub(crate) fn shows_competency(&self, line: JobItemId) -> bool {
        let row = self.outline.row(line);
        row.is_some_and(|row| row.tier == Tier::Competency)
    }
}
