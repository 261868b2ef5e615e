//! What one module comes to: its hours over terms and places, its split, its
//! credits, its assessments. Row totals of the weave are filled in by
//! coverage.rs, and whether it counts by sums.rs.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{
    CategoryRole, Credits, Hours, JobItemId, Module, ModuleType, Offering, Pattern, PlaceKind,
    Plan, TermId,
};

use crate::facts::Facts;

/// The hours of a module in one term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The term.
    pub term: TermId,
    /// By its patterns. Where an offering has no pattern, the hours that are
    /// left of the module's total are spread evenly over such offerings, in
    /// halves, earlier ones first.
    pub hours: Hours,
}

/// The figures of one module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModuleFigures {
    /// Links of the weave: the row total.
    pub links: u32,
    /// Competencies with a link.
    pub competencies: u32,
    /// Live units.
    pub units: u32,
    /// Its total, as given.
    pub hours: Option<Hours>,
    /// Its credits, as given.
    pub credits: Option<Credits>,
    /// Theory hours: as given; else what practice hours leave of the total;
    /// else by its type (A: all, C: none); else unknown.
    pub theory: Option<Hours>,
    /// Practice hours, likewise.
    pub practice: Option<Hours>,
    /// Whether the totals count it: not when its hours are bracketed, and not
    /// when it is among those of an elective pool that need not be taken.
    pub counts: bool,
    /// Whether it is among those of an elective pool that need not be taken.
    pub left_in_pool: bool,
    /// Its hours per term, in the order of terms, each term once. Empty: not
    /// scheduled.
    pub offered: Vec<Offered>,
    /// Σ offerings, where every one says its hours.
    pub pattern_hours: Option<Hours>,
    /// Σ units, where every one says its hours.
    pub unit_hours: Option<Hours>,
    /// Σ by place, where any is given.
    pub placed_hours: Option<Hours>,
    /// Hours per kind of place. `None`: a place without a kind, or the part of
    /// the total for which no place is given.
    pub by_place: BTreeMap<Option<PlaceKind>, Hours>,
    /// Whether some of it happens at an enterprise.
    pub at_enterprise: bool,
    /// What its category stands for.
    pub role: Option<CategoryRole>,
    /// Σ weights of its assessments in percent, where any is given.
    pub weights: Option<i64>,
    /// The competencies that its assessments name, live or not.
    pub(crate) assesses: BTreeSet<JobItemId>,
}

impl ModuleFigures {
    /// The term in which it begins.
    pub fn first_term(&self) -> Option<TermId> {
        self.offered.first().map(|offered| offered.term)
    }

    /// The term in which it ends.
    pub fn last_term(&self) -> Option<TermId> {
        self.offered.last().map(|offered| offered.term)
    }

    /// Its hours in one term; zero if it is not offered there.
    pub fn hours_in(&self, term: TermId) -> Hours {
        let found = self.offered.iter().find(|offered| offered.term == term);
        found.map_or(Hours::ZERO, |offered| offered.hours)
    }

    /// Its hours over several terms: what a bar of the board stands for.
    pub fn hours_over(&self, terms: impl IntoIterator<Item = TermId>) -> Hours {
        terms.into_iter().map(|term| self.hours_in(term)).sum()
    }
}

/// The hours of one offering by its pattern; nothing where a part is missing.
pub fn offering_hours(offering: &Offering) -> Option<Hours> {
    let weekly = || Some(offering.hours_per_week?.times(offering.weeks?.0));
    match offering.pattern.map(|pattern| pattern.0) {
        Some(Pattern::Weekly | Pattern::WholeWeeks) => weekly(),
        Some(Pattern::Lectures) => offering.hours,
        None => offering.hours.or_else(weekly),
    }
}

impl Facts {
    /// Looks at one module anew. Row totals and `counts` are left for later.
    pub(crate) fn weigh(&self, plan: &Plan, module: &Module) -> ModuleFigures {
        let mut figures = ModuleFigures {
            hours: module.total_hours,
            credits: module.credits,
            role: module
                .category
                .and_then(|category| plan.categories.get(category.0))
                .and_then(|category| category.role)
                .map(|role| role.0),
            ..ModuleFigures::default()
        };
        (figures.theory, figures.practice) = split(module);
        self.offer(plan, module, &mut figures);
        place(plan, module, &mut figures);
        for assessment in plan.assessments.below(module.id) {
            figures.assesses.extend(&assessment.competencies);
            if let Some(weight) = assessment.weight {
                *figures.weights.get_or_insert(0) += weight.0;
            }
        }
        figures
    }

    fn offer(&self, plan: &Plan, module: &Module, figures: &mut ModuleFigures) {
        let mut said: BTreeMap<usize, Hours> = BTreeMap::new();
        let mut unsaid: Vec<usize> = Vec::new();
        let (mut sum, mut any) = (Hours::ZERO, false);
        for offering in plan.offerings.below(module.id) {
            let hours = offering_hours(offering);
            any = true;
            sum += hours.unwrap_or_default();
            let Some(place) = offering.term.and_then(|term| self.term_place(term.0)) else {
                if hours.is_none() {
                    unsaid.push(usize::MAX);
                }
                continue;
            };
            *said.entry(place).or_default() += hours.unwrap_or_default();
            if hours.is_none() {
                unsaid.push(place);
            }
        }
        if any && unsaid.is_empty() {
            figures.pattern_hours = Some(sum);
        }
        unsaid.sort_unstable();
        let left = (module.total_hours.unwrap_or_default() - sum).max(Hours::ZERO);
        let count = unsaid.len() as i64;
        for (at, place) in unsaid.iter().enumerate() {
            let extra = i64::from((at as i64) < left.halves() % count);
            if let Some(hours) = said.get_mut(place) {
                *hours += Hours::from_halves(left.halves() / count + extra);
            }
        }
        figures.offered = said
            .into_iter()
            .filter_map(|(place, hours)| {
                let term = *self.term_order.get(place)?;
                Some(Offered { term, hours })
            })
            .collect();
    }
}

fn split(module: &Module) -> (Option<Hours>, Option<Hours>) {
    let rest = |part: Hours| {
        let rest = module.total_hours? - part;
        (rest >= Hours::ZERO).then_some(rest)
    };
    let by_type = |all: ModuleType| match (module.module_type?.0, module.total_hours) {
        (kind, Some(total)) if kind == all => Some(total),
        (ModuleType::A | ModuleType::C, Some(_)) => Some(Hours::ZERO),
        _ => None,
    };
    match (module.theory_hours, module.practice_hours) {
        (None, None) => (by_type(ModuleType::A), by_type(ModuleType::C)),
        (Some(theory), None) => (Some(theory), rest(theory)),
        (None, Some(practice)) => (rest(practice), Some(practice)),
        both => both,
    }
}

fn place(plan: &Plan, module: &Module, figures: &mut ModuleFigures) {
    let kind_of = |id| {
        let place: Option<&weft_model::Place> = plan.places.get(id);
        place.map(|place| place.kind.map(|kind| kind.0))
    };
    for (id, hours) in &module.hours_by_place {
        let Some(kind) = kind_of(*id) else { continue };
        *figures.placed_hours.get_or_insert(Hours::ZERO) += *hours;
        if !hours.is_zero() {
            *figures.by_place.entry(kind).or_default() += *hours;
            figures.at_enterprise |= kind == Some(PlaceKind::Enterprise);
        }
    }
    let placed = figures.placed_hours.unwrap_or_default();
    let rest = module.total_hours.unwrap_or_default() - placed;
    if rest > Hours::ZERO {
        *figures.by_place.entry(None).or_default() += rest;
    }
    let (mut sum, mut all) = (Hours::ZERO, true);
    for unit in plan.units.below(module.id) {
        figures.units += 1;
        all &= unit.hours.is_some();
        sum += unit.hours.unwrap_or_default();
        let kind = unit.place.and_then(|place| kind_of(place.0)).flatten();
        figures.at_enterprise |= kind == Some(PlaceKind::Enterprise);
    }
    if all && figures.units > 0 {
        figures.unit_hours = Some(sum);
    }
}
