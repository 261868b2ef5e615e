//! Where modules and competencies meet, by row and by column.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{JobItemId, Link, LinkKey, ModuleId, Rank, Uid};

/// Where a module meets a competency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The highest level among the links; none: taught, level not stated, or
    /// assessed without a link.
    pub level: Option<Rank>,
    /// How many links there are.
    pub links: u32,
    /// How many of them come from a unit.
    pub units: u32,
    /// Whether an assessment of the module names the competency.
    pub assessed: bool,
}

impl Cell {
    pub(crate) fn add(&mut self, key: &LinkKey, link: &Link) {
        self.links += 1;
        self.units += u32::from(key.unit.is_some());
        self.level = self.level.max(link.level);
    }
}

/// All cells with a link or an assessment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Cells {
    pub(crate) by_module: BTreeMap<(ModuleId, JobItemId), Cell>,
    pub(crate) by_competency: BTreeSet<(JobItemId, ModuleId)>,
}

impl Cells {
    pub(crate) fn get(&self, module: ModuleId, competency: JobItemId) -> Option<&Cell> {
        self.by_module.get(&(module, competency))
    }

    pub(crate) fn len(&self) -> usize {
        self.by_module.len()
    }

    pub(crate) fn of_module(&self, module: ModuleId) -> impl Iterator<Item = (JobItemId, &Cell)> {
        let first = (module, JobItemId(Uid(0)));
        let last = (module, JobItemId(Uid(u64::MAX)));
        self.by_module
            .range(first..=last)
            .map(|((_, competency), cell)| (*competency, cell))
    }

    pub(crate) fn of_competency(
        &self,
        competency: JobItemId,
    ) -> impl Iterator<Item = (ModuleId, &Cell)> {
        let first = (competency, ModuleId(Uid(0)));
        let last = (competency, ModuleId(Uid(u64::MAX)));
        self.by_competency
            .range(first..=last)
            .filter_map(move |(_, module)| {
                let cell = self.by_module.get(&(*module, competency))?;
                Some((*module, cell))
            })
    }

    /// Replaces one cell; gives the one that was there. Without links and assessment
    /// there is none.
    pub(crate) fn set(&mut self, module: ModuleId, competency: JobItemId, cell: Cell) -> Cell {
        let before = if cell == Cell::default() {
            self.by_competency.remove(&(competency, module));
            self.by_module.remove(&(module, competency))
        } else {
            self.by_competency.insert((competency, module));
            self.by_module.insert((module, competency), cell)
        };
        before.unwrap_or_default()
    }

    /// The highest level of one competency, which is known to be `most` or lower.
    pub(crate) fn highest(&self, competency: JobItemId, most: Option<Rank>) -> Option<Rank> {
        let mut highest = None;
        for (_, cell) in self.of_competency(competency) {
            highest = highest.max(cell.level);
            if highest == most {
                break;
            }
        }
        highest
    }

    /// Replaces the cells of one competency, which come in the order of their modules;
    /// says whose rows changed.
    pub(crate) fn set_column(
        &mut self,
        competency: JobItemId,
        cells: &[(ModuleId, Cell)],
        rows: &mut BTreeSet<ModuleId>,
    ) {
        let place = |module: &ModuleId| cells.binary_search_by_key(module, |(module, _)| *module);
        let mut same = vec![false; cells.len()];
        let mut gone = Vec::new();
        for (module, cell) in self.of_competency(competency) {
            match place(&module) {
                Ok(at) => same[at] = cells[at].1 == *cell,
                Err(_) => gone.push(module),
            }
        }
        for module in gone {
            self.by_module.remove(&(module, competency));
            self.by_competency.remove(&(competency, module));
            rows.insert(module);
        }
        let changed = cells.iter().zip(same).filter(|(_, same)| !same);
        for ((module, cell), _) in changed {
            self.by_module.insert((*module, competency), *cell);
            self.by_competency.insert((competency, *module));
            rows.insert(*module);
        }
    }
}
