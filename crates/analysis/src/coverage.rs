//! The weave as it reads: coverage of each competency, its cells, and counts of
//! coverage for the lines above. Links count only while their module, their
//! unit and their competency are there.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{
    JobItemId, Link, LinkKey, ModuleId, PlaceKind, Plan, Rank, To, Uid, Unit, UnitId,
};

use crate::cells::Cell;
use crate::facts::Facts;
use crate::teaching::ModuleFigures;

/// How far a competency is covered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum CoverageState {
    /// No module teaches it.
    #[default]
    NotCovered,
    /// A level is required, and no link states one.
    LevelNotStated,
    /// The highest level taught is below the required one.
    Below,
    /// Taught, and up to the required level where one is required.
    Covered,
}

/// What the modules do for one competency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The required level, if one is stated.
    pub required: Option<Rank>,
    /// The highest level among the links.
    pub reached: Option<Rank>,
    /// How many links there are: the column total.
    pub links: u32,
    /// How many modules teach it.
    pub modules: u32,
    /// How many modules assess it.
    pub assessed: u32,
    /// Whether some of its teaching happens at an enterprise: a linked unit
    /// placed there, or a linked module with hours there.
    pub taught_at_enterprise: bool,
    /// The sum of it.
    pub state: CoverageState,
}

impl Coverage {
    fn add(&mut self, link: &Link, at_enterprise: bool) {
        self.links += 1;
        self.reached = self.reached.max(link.level);
        self.taught_at_enterprise |= at_enterprise;
    }
}

/// Counts over some competencies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many there are.
    pub competencies: u32,
    /// Those in state [`CoverageState::Covered`].
    pub covered: u32,
    /// Those in state [`CoverageState::Below`].
    pub below: u32,
    /// Those in state [`CoverageState::LevelNotStated`].
    pub level_not_stated: u32,
    /// Those in state [`CoverageState::NotCovered`].
    pub not_covered: u32,
    /// Taught, and assessed by some module.
    pub assessed: u32,
    /// Links to them.
    pub links: u32,
}

impl Tally {
    fn add(&mut self, coverage: &Coverage) {
        self.competencies += 1;
        self.links += coverage.links;
        *self.slot(coverage.state) += 1;
        if coverage.links > 0 && coverage.assessed > 0 {
            self.assessed += 1;
        }
    }

    fn take(&mut self, coverage: &Coverage) {
        self.competencies -= 1;
        self.links -= coverage.links;
        *self.slot(coverage.state) -= 1;
        if coverage.links > 0 && coverage.assessed > 0 {
            self.assessed -= 1;
        }
    }

    fn slot(&mut self, state: CoverageState) -> &mut u32 {
        match state {
            CoverageState::NotCovered => &mut self.not_covered,
            CoverageState::LevelNotStated => &mut self.level_not_stated,
            CoverageState::Below => &mut self.below,
            CoverageState::Covered => &mut self.covered,
        }
    }

    /// How many competencies are taught at all.
    pub fn taught(&self) -> u32 {
        self.competencies - self.not_covered
    }
}

impl Facts {
    /// Looks at one competency anew: its cells, its coverage, and the counts
    /// of the lines above. The figures of modules must be right already, but
    /// for their row totals: `rows` takes the modules whose rows changed.
    /// Says whether its coverage changed.
    pub(crate) fn cover(
        &mut self,
        plan: &Plan,
        competency: JobItemId,
        rows: &mut BTreeSet<ModuleId>,
    ) -> bool {
        let mut cells = Vec::new();
        let after = self.shows_competency(competency).then(|| {
            let mut coverage = self.column(plan, competency, &mut cells);
            coverage.required = required(plan, competency);
            coverage.state = state(&coverage);
            coverage
        });
        self.cells.set_column(competency, &cells, rows);
        let before = match after {
            Some(after) => self.coverage.insert(competency, after),
            None => self.coverage.remove(&competency),
        };
        before != after
    }

    /// The same where of one cell alone other links are there than before, and all else
    /// of its competency, its module and their assessments is as it was: without going
    /// through the whole column, which an edit would wait for.
    pub(crate) fn cover_cell(
        &mut self,
        plan: &Plan,
        competency: JobItemId,
        module: ModuleId,
        rows: &mut BTreeSet<ModuleId>,
    ) -> bool {
        let Some(before) = self.coverage.get(&competency).copied() else {
            return false;
        };
        let mut cell = Cell {
            assessed: self.assessors.contains(&(competency, module)),
            ..Cell::default()
        };
        let mut now_at_enterprise = false;
        for (key, link) in plan.weave.cell(module, competency) {
            if let Some(at_enterprise) = self.teaches_at_enterprise(plan, key) {
                cell.add(key, link);
                now_at_enterprise |= at_enterprise;
            }
        }
        let old = self.cells.set(module, competency, cell);
        if old != cell {
            rows.insert(module);
        }
        let mut after = before;
        after.links = before.links + cell.links - old.links;
        after.modules = before.modules + u32::from(cell.links > 0) - u32::from(old.links > 0);
        // What this cell alone may have given is looked for in the others.
        after.reached = if old.level == before.reached {
            let most = before.reached.max(cell.level);
            self.cells.highest(competency, most)
        } else {
            before.reached.max(cell.level)
        };
        let others = || {
            let mut links = plan.weave.of_competency(competency);
            links.any(|(key, _)| self.teaches_at_enterprise(plan, &key) == Some(true))
        };
        after.taught_at_enterprise =
            now_at_enterprise || before.taught_at_enterprise && (old.links == 0 || others());
        after.state = state(&after);
        self.coverage.insert(competency, after);
        before != after
    }

    /// Whether a link stands for teaching at an enterprise; nothing if it does not count.
    fn teaches_at_enterprise(&self, plan: &Plan, key: &LinkKey) -> Option<bool> {
        let module = self.modules.get(&key.module)?;
        at_enterprise(module, key, |unit| unit_place(plan, key.module, unit))
    }

    /// Looks at all competencies of a plan of which nothing is known yet, as
    /// [`Self::cover`] does at one: the links in their own order, so that
    /// nothing is searched for twice.
    pub(crate) fn cover_all(&mut self, plan: &Plan) {
        let shown = self.outline.competencies();
        // Each with the modules of its cells, in the order in which they come.
        let mut columns: BTreeMap<JobItemId, (Coverage, Vec<ModuleId>)> = shown
            .map(|line| {
                let required = required(plan, line);
                let coverage = Coverage {
                    required,
                    ..Coverage::default()
                };
                (line, (coverage, Vec::new()))
            })
            .collect();
        let mut cells: Vec<((ModuleId, JobItemId), Cell)> = Vec::with_capacity(plan.weave.len());
        let mut last = None;
        let (mut module, mut units) = (None, Vec::new());
        for (key, link) in plan.weave.iter() {
            if last.replace(key.module) != Some(key.module) {
                module = self.modules.get(&key.module);
                units.clear();
                let live = plan.units.below(key.module);
                units.extend(live.map(|unit| (unit.id, place_kind(plan, unit))));
            }
            let column = columns.get_mut(&key.competency);
            let (Some(module), Some((coverage, rows))) = (module, column) else {
                continue;
            };
            let place = |unit: UnitId| {
                let found = units.iter().find(|(id, _)| *id == unit);
                found.map(|(_, kind)| *kind)
            };
            let Some(at_enterprise) = at_enterprise(module, key, place) else {
                continue;
            };
            let place = (key.module, key.competency);
            if cells.last().is_none_or(|(at, _)| *at != place) {
                cells.push((place, Cell::default()));
                rows.push(key.module);
                coverage.modules += 1;
            }
            if let Some((_, cell)) = cells.last_mut() {
                cell.add(key, link);
            }
            coverage.add(link, at_enterprise);
        }
        self.cells.by_module = cells.into_iter().collect();
        // In order already: nothing has to be sorted.
        let places = (columns.iter())
            .flat_map(|(line, (_, rows))| rows.iter().map(|module| (*line, *module)));
        self.cells.by_competency = places.collect();
        for (competency, module) in &self.assessors {
            if let Some((coverage, _)) = columns.get_mut(competency) {
                let cell = self.cells.by_module.entry((*module, *competency));
                cell.or_default().assessed = true;
                self.cells.by_competency.insert((*competency, *module));
                coverage.assessed += 1;
            }
        }
        let coverage = columns.into_iter().map(|(line, (mut coverage, _))| {
            coverage.state = state(&coverage);
            (line, coverage)
        });
        self.coverage = coverage.collect();
    }

    fn column(
        &self,
        plan: &Plan,
        competency: JobItemId,
        cells: &mut Vec<(ModuleId, Cell)>,
    ) -> Coverage {
        let mut coverage = Coverage::default();
        for (key, link) in plan.weave.of_competency(competency) {
            let Some(at_enterprise) = self.teaches_at_enterprise(plan, &key) else {
                continue;
            };
            if cells.last().is_none_or(|(module, _)| *module != key.module) {
                cells.push((key.module, Cell::default()));
            }
            if let Some((_, cell)) = cells.last_mut() {
                cell.add(&key, link);
            }
            coverage.add(link, at_enterprise);
        }
        coverage.modules = cells.len() as u32;
        let first = (competency, ModuleId(Uid(0)));
        let last = (competency, ModuleId(Uid(u64::MAX)));
        for (_, module) in self.assessors.range(first..=last) {
            let at = match cells.binary_search_by_key(module, |(module, _)| *module) {
                Ok(at) => at,
                Err(at) => {
                    cells.insert(at, (*module, Cell::default()));
                    at
                }
            };
            cells[at].1.assessed = true;
            coverage.assessed += 1;
        }
        coverage
    }

    /// Counts coverage for every line above a competency, from the start.
    pub(crate) fn count_all(&mut self) {
        self.tallies.clear();
        self.overall = Tally::default();
        let all: Vec<_> = self.coverage.iter().map(|(id, c)| (*id, *c)).collect();
        for (competency, coverage) in all {
            self.count(competency, None, Some(&coverage));
        }
    }

    /// Takes one competency's old coverage out of the counts above it and puts
    /// the new one in. The outline must not have changed in between.
    pub(crate) fn count(
        &mut self,
        competency: JobItemId,
        before: Option<&Coverage>,
        after: Option<&Coverage>,
    ) {
        let change = |tally: &mut Tally| {
            if let Some(before) = before {
                tally.take(before);
            }
            if let Some(after) = after {
                tally.add(after);
            }
        };
        change(&mut self.overall);
        let mut at = self.outline.row(competency).and_then(|row| row.parent);
        while let Some(line) = at {
            change(self.tallies.entry(line).or_default());
            at = self.outline.row(line).and_then(|row| row.parent);
        }
    }

    /// Adds up the row of one module.
    pub(crate) fn add_up_row(&mut self, module: ModuleId) {
        let (mut links, mut competencies) = (0, 0);
        for (_, cell) in self.cells.of_module(module) {
            links += cell.links;
            competencies += u32::from(cell.links > 0);
        }
        if let Some(figures) = self.modules.get_mut(&module) {
            figures.links = links;
            figures.competencies = competencies;
        }
    }
}

fn state(coverage: &Coverage) -> CoverageState {
    match (coverage.links, coverage.required, coverage.reached) {
        (0, ..) => CoverageState::NotCovered,
        (_, None, _) => CoverageState::Covered,
        (_, Some(_), None) => CoverageState::LevelNotStated,
        (_, Some(required), Some(reached)) if reached < required => CoverageState::Below,
        _ => CoverageState::Covered,
    }
}

fn required(plan: &Plan, competency: JobItemId) -> Option<Rank> {
    let level = plan.job_items.get(competency)?.required_level?;
    Rank::try_from(level.0).ok()
}

/// Whether a link stands for teaching at an enterprise; nothing if it does not
/// count, because its unit is not there. `place` tells of a unit as [`unit_place`] does.
fn at_enterprise(
    module: &ModuleFigures,
    key: &LinkKey,
    place: impl Fn(UnitId) -> Option<Option<PlaceKind>>,
) -> Option<bool> {
    let Some(unit) = key.unit else {
        return Some(module.at_enterprise);
    };
    Some(place(unit)?.map_or(module.at_enterprise, |kind| kind == PlaceKind::Enterprise))
}

/// Where a unit of this module is taught: nothing if it is not a live unit of
/// the module; nothing within if its place is not said.
fn unit_place(plan: &Plan, module: ModuleId, unit: UnitId) -> Option<Option<PlaceKind>> {
    let unit = plan.units.get(unit)?;
    (unit.module == Some(To(module))).then(|| place_kind(plan, unit))
}

fn place_kind(plan: &Plan, unit: &Unit) -> Option<PlaceKind> {
    let place = unit.place.and_then(|place| plan.places.get(place.0));
    place.and_then(|place| place.kind).map(|kind| kind.0)
}
