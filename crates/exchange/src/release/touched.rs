//! Which modules a line of the job outline touches: those that are mapped to
//! it or to a line below it, and those that assess it.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{JobItemId, ModuleId, Plan};

/// The modules of each competency, and where each module stands.
pub(super) struct Touched<'a> {
    plan: &'a Plan,
    of: BTreeMap<JobItemId, BTreeSet<ModuleId>>,
    place: BTreeMap<ModuleId, usize>,
}

impl<'a> Touched<'a> {
    pub fn of(plan: &'a Plan) -> Self {
        let modules = plan.modules.iter().enumerate();
        let place: BTreeMap<ModuleId, usize> = modules.map(|(at, it)| (it.id, at)).collect();
        let mut of: BTreeMap<JobItemId, BTreeSet<ModuleId>> = BTreeMap::new();
        let mut note = |competency, module| {
            if place.contains_key(&module) {
                of.entry(competency).or_default().insert(module);
            }
        };
        for (key, _) in plan.weave.iter() {
            note(key.competency, key.module);
        }
        for assessment in plan.assessments.iter() {
            for competency in &assessment.competencies {
                if let Some(module) = assessment.module {
                    note(*competency, module.0);
                }
            }
        }
        Self { plan, of, place }
    }

    /// The modules that a line touches, in the order of the plan.
    pub fn modules(&self, line: JobItemId) -> Vec<ModuleId> {
        let mut found: BTreeSet<ModuleId> = BTreeSet::new();
        for line in below(self.plan, line) {
            found.extend(self.of.get(&line).into_iter().flatten());
        }
        let mut found: Vec<ModuleId> = found.into_iter().collect();
        found.sort_by_key(|module| self.place.get(module).copied());
        found
    }
}

/// A line and all that stand below it. Lines that hang in a ring, as a merge
/// may leave them, are met once.
pub(super) fn below(plan: &Plan, line: JobItemId) -> BTreeSet<JobItemId> {
    let mut met = BTreeSet::new();
    let mut left = vec![line];
    while let Some(line) = left.pop() {
        if met.insert(line) {
            left.extend(plan.job_items.below(line).map(|it| it.id));
        }
    }
    met
}
