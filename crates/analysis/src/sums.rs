//! What terms and the whole plan sum up to. Elective pools count what must be
//! taken: of "choose 1 of 2" one module counts. Which ones stand for those
//! taken: the members with the fewest hours (then least practice, fewest
//! credits, earliest in order), so that a sum says what every learner gets at
//! least. Members with equal hours make no difference. A pool that does not
//! say what must be taken counts whole. A module in two pools belongs to the
//! first.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{
    CategoryId, CategoryRole, Credits, ElectivePool, Hours, Module, ModuleId, Nature, Pattern,
    PlaceKind, Plan, Ratio, Term, TermId, TrackId,
};

use crate::facts::Facts;
use crate::teaching::ModuleFigures;

/// Modules, hours and credits of one category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CategorySums {
    /// Live modules, counted or not.
    pub modules: u32,
    /// Counted hours.
    pub hours: Hours,
    /// Counted credits.
    pub credits: Credits,
    /// Counted theory hours, as far as they are known.
    pub theory: Hours,
    /// Counted practice hours, as far as they are known.
    pub practice: Hours,
}

/// What the whole plan sums up to. All hours and credits are counted ones:
/// without bracketed modules, and with what must be taken from elective pools.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Live modules, counted or not.
    pub modules: u32,
    /// Hours.
    pub hours: Hours,
    /// Credits.
    pub credits: Credits,
    /// Theory hours, as far as they are known.
    pub theory: Hours,
    /// Practice hours, as far as they are known.
    pub practice: Hours,
    /// Hours of which nobody said whether they are theory or practice.
    pub unsplit: Hours,
    /// Hours of modules without a term.
    pub unscheduled: Hours,
    /// Bracketed hours; in no other figure here.
    pub bracketed: Hours,
    /// Hours of pool members that need not be taken; in no other figure here.
    pub left_in_pools: Hours,
    /// Hours by what the category stands for; `None`: no category or one that
    /// does not say.
    pub by_role: BTreeMap<Option<CategoryRole>, Hours>,
    /// By category; `None`: modules without one.
    pub by_category: BTreeMap<Option<CategoryId>, CategorySums>,
    /// Hours by nature; `None`: not said.
    pub by_nature: BTreeMap<Option<Nature>, Hours>,
    /// Hours by kind of place; `None`: not said.
    pub by_place: BTreeMap<Option<PlaceKind>, Hours>,
}

impl Sums {
    /// The share of one role of category in all hours.
    pub fn role_share(&self, role: CategoryRole) -> Ratio {
        let part = self.by_role.get(&Some(role)).copied();
        part.unwrap_or_default().share_of(self.hours)
    }

    /// The share of public basic courses.
    pub fn public_basic(&self) -> Ratio {
        self.role_share(CategoryRole::PublicBasic)
    }

    /// The share of electives: restricted and free.
    pub fn electives(&self) -> Ratio {
        self.elective_hours().share_of(self.hours)
    }

    /// The hours of electives: restricted and free.
    pub fn elective_hours(&self) -> Hours {
        [Nature::Restricted, Nature::Free]
            .iter()
            .filter_map(|nature| self.by_nature.get(&Some(*nature)).copied())
            .sum()
    }

    /// The share of practice. Unsplit hours count as none.
    pub fn practice_share(&self) -> Ratio {
        self.practice.share_of(self.hours)
    }

    /// The share of one kind of place.
    pub fn place_share(&self, kind: PlaceKind) -> Ratio {
        let part = self.by_place.get(&Some(kind)).copied();
        part.unwrap_or_default().share_of(self.hours)
    }

    /// Hours per credit; show it with [`hundredths`].
    pub fn hours_per_credit(&self) -> Ratio {
        Ratio {
            part: self.hours.halves(),
            whole: self.credits.halves(),
        }
    }
}

/// A ratio as hundredths, rounded half up: 2,688 h for 157 credits is 1712,
/// read 17.12. Zero when there is no whole.
pub const fn hundredths(ratio: Ratio) -> i64 {
    if ratio.whole == 0 {
        return 0;
    }
    let numerator = ratio.part as i128 * 200 + ratio.whole as i128;
    (numerator / (2 * ratio.whole as i128)) as i64
}

/// The figures of one term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermFigures {
    /// Modules offered in it, counted or not.
    pub modules: u32,
    /// Counted hours in it.
    pub hours: Hours,
    /// Credits of the modules that end in it.
    pub credits: Credits,
    /// Counted hours that come week by week.
    pub weekly: Hours,
    /// Those per teaching week, on average; nothing where the teaching weeks
    /// are not given. Show it with [`hundredths`].
    pub weekly_load: Option<Ratio>,
    /// Its weeks, as given.
    pub weeks: Option<i64>,
    /// Its teaching weeks, as given.
    pub teaching_weeks: Option<i64>,
    /// Σ of its budget over all kinds of weeks; nothing if none is given.
    pub budget: Option<i64>,
    /// Weeks of the budget meant for blocks: military, whole weeks, enterprise
    /// and graduation; nothing if none of these is given.
    pub block_budget: Option<i64>,
    /// Whole weeks that modules take: those for everybody, and the most that
    /// any one track adds. Pool members that need not be taken take none.
    pub block_weeks: i64,
    /// Counted hours by kind of place. `None`: not said, or a module with
    /// several kinds of place over several terms.
    pub by_place: BTreeMap<Option<PlaceKind>, Hours>,
}

/// Whole weeks of a term: those for everybody, and those of each track.
type Blocks = BTreeMap<TermId, BTreeMap<Option<TrackId>, i64>>;

impl Facts {
    /// Adds up terms and plan. The figures of modules must be right already,
    /// but for `counts`. Says of which modules that changed.
    pub(crate) fn add_up(&mut self, plan: &Plan) -> BTreeSet<ModuleId> {
        let left = self.left_in_pools(plan);
        let mut changed = BTreeSet::new();
        let mut sums = Sums::default();
        let mut blocks = Blocks::new();
        let mut terms: BTreeMap<_, TermFigures> = plan
            .terms
            .iter()
            .map(|term| (term.id, TermFigures::of(term)))
            .collect();
        for module in plan.modules.iter() {
            let Some(figures) = self.modules.get_mut(&module.id) else {
                continue;
            };
            let left_in_pool = left.contains(&module.id);
            let counts = module.counted != Some(false) && !left_in_pool;
            if (figures.counts, figures.left_in_pool) != (counts, left_in_pool) {
                (figures.counts, figures.left_in_pool) = (counts, left_in_pool);
                changed.insert(module.id);
            }
            sums.add(plan, module, figures);
            for offered in &figures.offered {
                if let Some(term) = terms.get_mut(&offered.term) {
                    term.modules += 1;
                }
            }
            if !left_in_pool {
                take_weeks(plan, module, &mut blocks);
            }
            if counts {
                add_to_terms(plan, module, figures, &mut terms);
            }
        }
        for (id, term) in &mut terms {
            if let Some(of_term) = blocks.get(id) {
                let of_track = |(track, weeks): (&Option<TrackId>, &i64)| track.map(|_| *weeks);
                let tracks = of_term.iter().filter_map(of_track).max().unwrap_or(0);
                term.block_weeks = of_term.get(&None).copied().unwrap_or(0) + tracks;
            }
            let teaching = term.teaching_weeks.filter(|weeks| *weeks > 0);
            term.weekly_load = teaching.map(|weeks| Ratio {
                part: term.weekly.halves(),
                whole: weeks * 2,
            });
        }
        self.sums = sums;
        self.terms = terms;
        changed
    }

    /// The members of pools that need not be taken.
    fn left_in_pools(&self, plan: &Plan) -> BTreeSet<ModuleId> {
        let mut claimed = BTreeSet::new();
        let mut left = BTreeSet::new();
        for pool in plan.elective_pools.iter() {
            let members: Vec<ModuleId> = pool
                .members
                .iter()
                .copied()
                .filter(|member| self.modules.contains_key(member) && claimed.insert(*member))
                .collect();
            left.extend(self.not_taken(plan, pool, members));
        }
        left
    }

    fn not_taken(
        &self,
        plan: &Plan,
        pool: &ElectivePool,
        mut members: Vec<ModuleId>,
    ) -> Vec<ModuleId> {
        members.sort_by_cached_key(|id| {
            let figures = self.modules.get(id);
            let hours = figures.and_then(|f| f.hours).unwrap_or_default();
            let practice = figures.and_then(|f| f.practice).unwrap_or_default();
            let credits = figures.and_then(|f| f.credits).unwrap_or_default();
            let order = plan.modules.get(*id).map(|module| module.order.clone());
            (hours, practice, credits, order, *id)
        });
        let taken = match (pool.take_modules, pool.take_credits) {
            (Some(take), _) => usize::try_from(take.0).unwrap_or(usize::MAX),
            (None, Some(take)) => {
                let mut sum = Credits::ZERO;
                let mut enough = 0;
                for member in &members {
                    if sum >= take {
                        break;
                    }
                    let credits = self.modules.get(member).and_then(|f| f.credits);
                    sum += credits.unwrap_or_default();
                    enough += 1;
                }
                enough
            }
            (None, None) => members.len(),
        };
        members.split_off(taken.min(members.len()))
    }
}

impl Sums {
    fn add(&mut self, plan: &Plan, module: &Module, figures: &ModuleFigures) {
        let hours = figures.hours.unwrap_or_default();
        let credits = figures.credits.unwrap_or_default();
        let category = module
            .category
            .map(|category| category.0)
            .filter(|category| plan.categories.get(*category).is_some());
        let of_category = self.by_category.entry(category).or_default();
        self.modules += 1;
        of_category.modules += 1;
        if module.counted == Some(false) {
            self.bracketed += hours;
            return;
        }
        if figures.left_in_pool {
            self.left_in_pools += hours;
            return;
        }
        self.hours += hours;
        self.credits += credits;
        of_category.hours += hours;
        of_category.credits += credits;
        match (figures.theory, figures.practice) {
            (None, None) => self.unsplit += hours,
            (theory, practice) => {
                self.theory += theory.unwrap_or_default();
                self.practice += practice.unwrap_or_default();
                of_category.theory += theory.unwrap_or_default();
                of_category.practice += practice.unwrap_or_default();
            }
        }
        *self.by_role.entry(figures.role).or_default() += hours;
        let nature = module.nature.map(|nature| nature.0);
        *self.by_nature.entry(nature).or_default() += hours;
        for (kind, hours) in &figures.by_place {
            *self.by_place.entry(*kind).or_default() += *hours;
        }
        if figures.offered.is_empty() {
            self.unscheduled += hours;
        }
    }
}

/// Adds a module that counts to the terms in which it is offered.
fn add_to_terms(
    plan: &Plan,
    module: &Module,
    figures: &ModuleFigures,
    terms: &mut BTreeMap<TermId, TermFigures>,
) {
    if let Some(last) = figures.last_term().and_then(|last| terms.get_mut(&last)) {
        last.credits += figures.credits.unwrap_or_default();
    }
    for offered in &figures.offered {
        let Some(term) = terms.get_mut(&offered.term) else {
            continue;
        };
        term.hours += offered.hours;
        let mut kinds = figures.by_place.keys();
        match (kinds.next(), kinds.next()) {
            (Some(kind), None) => *term.by_place.entry(*kind).or_default() += offered.hours,
            // Several kinds of place: in one term it is plain which hours are
            // meant, over several it is not.
            (Some(_), Some(_)) if figures.offered.len() == 1 => {
                for (kind, hours) in &figures.by_place {
                    *term.by_place.entry(*kind).or_default() += *hours;
                }
            }
            _ => *term.by_place.entry(None).or_default() += offered.hours,
        }
    }
    for offering in plan.offerings.below(module.id) {
        let weekly = offering.pattern.map(|pattern| pattern.0) == Some(Pattern::Weekly);
        let term = offering.term.and_then(|term| terms.get_mut(&term.0));
        if let (true, Some(term)) = (weekly, term) {
            term.weekly += crate::offering_hours(offering).unwrap_or_default();
        }
    }
}

/// Notes the whole weeks that a module takes.
fn take_weeks(plan: &Plan, module: &Module, blocks: &mut Blocks) {
    for offering in plan.offerings.below(module.id) {
        let whole = offering.pattern.map(|pattern| pattern.0) == Some(Pattern::WholeWeeks);
        let (Some(term), Some(weeks), true) = (offering.term, offering.weeks, whole) else {
            continue;
        };
        let of_term = blocks.entry(term.0).or_default();
        if module.tracks.is_empty() {
            *of_term.entry(None).or_default() += weeks.0;
        }
        for track in &module.tracks {
            *of_term.entry(Some(*track)).or_default() += weeks.0;
        }
    }
}

impl TermFigures {
    fn of(term: &Term) -> Self {
        let sum = |kinds: &[Option<weft_model::Count>]| {
            let given: Vec<i64> = kinds.iter().flatten().map(|weeks| weeks.0).collect();
            (!given.is_empty()).then(|| given.iter().sum())
        };
        let block_budget = sum(&[
            term.military_weeks,
            term.whole_week_weeks,
            term.enterprise_weeks,
            term.graduation_weeks,
        ]);
        let rest = sum(&[
            term.teaching_weeks,
            term.exam_weeks,
            term.flexible_weeks,
            term.holiday_weeks,
        ]);
        Self {
            weeks: term.weeks.map(|weeks| weeks.0),
            teaching_weeks: term.teaching_weeks.map(|weeks| weeks.0),
            budget: match (block_budget, rest) {
                (None, None) => None,
                (blocks, rest) => Some(blocks.unwrap_or(0) + rest.unwrap_or(0)),
            },
            block_budget,
            ..Self::default()
        }
    }
}
