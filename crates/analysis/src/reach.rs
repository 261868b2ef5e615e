//! How far a change reaches: which parts of the board have to look again. A
//! field that nothing is derived from (a title, a description) reaches nothing
//! but the check of the item's own data.

use std::collections::BTreeSet;

use weft_model::{Change, Field, ItemId, JobItemId, Kind, LinkKey, ModuleId, Plan, TermId, field};

use crate::facts::Facts;

/// A part that is derived from many items at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Topic {
    /// The order of modules.
    Order,
    /// Sums of terms and of the plan, and the rules of terms.
    Sums,
    /// Prerequisites against terms.
    Sequence,
    /// Codes.
    Codes,
    /// Elective pools.
    Pools,
    /// The training specification.
    Specification,
    /// Waivers.
    Waivers,
}

/// What has to look again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reach {
    /// Everything, from the start.
    pub(crate) all: bool,
    pub(crate) outline: bool,
    /// Competencies whose whole column may be another.
    pub(crate) competencies: BTreeSet<JobItemId>,
    /// Cells of which only links have changed.
    pub(crate) cells: BTreeSet<(JobItemId, ModuleId)>,
    pub(crate) modules: BTreeSet<ModuleId>,
    pub(crate) terms: BTreeSet<TermId>,
    pub(crate) topics: BTreeSet<Topic>,
    /// Items and links whose own data have to be checked.
    pub(crate) items: BTreeSet<ItemId>,
    pub(crate) links: BTreeSet<LinkKey>,
    /// Something came or went, so that references may point elsewhere.
    pub(crate) placed: bool,
}

impl Reach {
    /// How far a change reaches. `facts` is as it was before the change.
    pub(crate) fn of(plan: &Plan, facts: &Facts, change: &Change) -> Self {
        let mut reach = Self {
            all: change.whole,
            placed: !change.placed.is_empty(),
            ..Self::default()
        };
        if change.whole {
            return reach;
        }
        for key in &change.links {
            reach.cells.insert((key.competency, key.module));
            reach.links.insert(*key);
        }
        for (item, fields) in &change.items {
            reach.items.insert(*item);
            reach.item(plan, facts, *item, change.placed.contains(item), fields);
        }
        reach
    }

    fn item(
        &mut self,
        plan: &Plan,
        facts: &Facts,
        item: ItemId,
        placed: bool,
        fields: &BTreeSet<Field>,
    ) {
        let any = |of: &[Field]| of.iter().any(|field| fields.contains(field));
        match item.kind {
            Kind::About => self.all |= any(&[field::about::hours_per_credit]),
            Kind::ScaleLevel => self.all |= placed || any(&[field::scale_level::rank]),
            Kind::Place => self.all |= placed || any(&[field::place::kind]),
            Kind::Category => self.all |= placed || any(&[field::category::role]),
            Kind::Rule => self.all = true,
            Kind::Waiver => self.topic(Topic::Waivers),
            Kind::Term => self.term(facts, item, placed, fields),
            Kind::JobItem => {
                use field::job_item as f;
                let line = JobItemId(item.uid);
                if placed || any(&[f::tier, f::parent]) {
                    self.outline = true;
                    self.topic(Topic::Codes);
                }
                if any(&[f::required_level, f::importance, f::learn_at]) {
                    self.competencies.insert(line);
                }
                if any(&[f::code]) {
                    self.topic(Topic::Codes);
                }
            }
            Kind::SpecificationItem
                if placed || any(&[field::specification_item::supported_by]) =>
            {
                self.topic(Topic::Specification);
            }
            Kind::Module => self.module(plan, facts, ModuleId(item.uid), placed, fields),
            Kind::Offering => {
                if let Some(module) = plan.offerings.raw(item.uid.into()).and_then(|o| o.module) {
                    self.modules.insert(module.0);
                    for topic in [Topic::Order, Topic::Sums, Topic::Sequence, Topic::Codes] {
                        self.topic(topic);
                    }
                }
            }
            Kind::Unit => {
                let Some(module) = plan.units.raw(item.uid.into()).and_then(|unit| unit.module)
                else {
                    return;
                };
                if placed || any(&[field::unit::place]) {
                    self.competencies_of(plan, facts, module.0);
                    self.modules.insert(module.0);
                }
                if any(&[field::unit::hours]) {
                    self.modules.insert(module.0);
                }
            }
            Kind::Assessment => {
                let of = plan.assessments.raw(item.uid.into());
                if let (true, Some(module)) = (
                    placed || any(&[field::assessment::competencies, field::assessment::weight]),
                    of.and_then(|assessment| assessment.module),
                ) {
                    self.modules.insert(module.0);
                }
            }
            Kind::ElectivePool => {
                use field::elective_pool as f;
                if placed || any(&[f::members, f::take_modules, f::take_credits]) {
                    self.topic(Topic::Pools);
                    self.topic(Topic::Sums);
                }
            }
            _ => {}
        }
    }

    fn term(&mut self, facts: &Facts, item: ItemId, placed: bool, fields: &BTreeSet<Field>) {
        use field::term as f;
        self.all |= placed;
        let weeks = [
            f::weeks,
            f::teaching_weeks,
            f::military_weeks,
            f::whole_week_weeks,
            f::enterprise_weeks,
            f::exam_weeks,
            f::flexible_weeks,
            f::graduation_weeks,
            f::holiday_weeks,
        ];
        if weeks.iter().any(|field| fields.contains(field)) {
            let term = TermId(item.uid);
            self.topic(Topic::Sums);
            let offered = facts.modules().filter(|(_, module)| {
                let mut terms = module.offered.iter();
                terms.any(|offered| offered.term == term)
            });
            self.modules.extend(offered.map(|(id, _)| id));
        }
    }

    fn module(
        &mut self,
        plan: &Plan,
        facts: &Facts,
        module: ModuleId,
        placed: bool,
        fields: &BTreeSet<Field>,
    ) {
        use field::module as f;
        let any = |of: &[Field]| of.iter().any(|field| fields.contains(field));
        if placed {
            self.modules.insert(module);
            self.competencies_of(plan, facts, module);
            for topic in [
                Topic::Order,
                Topic::Sums,
                Topic::Sequence,
                Topic::Codes,
                Topic::Pools,
                Topic::Specification,
            ] {
                self.topic(topic);
            }
            return;
        }
        let hours = [
            f::total_hours,
            f::theory_hours,
            f::practice_hours,
            f::module_type,
            f::counted,
            f::nature,
            f::credits,
            f::category,
            f::hours_by_place,
            f::tracks,
        ];
        if any(&hours) {
            self.modules.insert(module);
            self.topic(Topic::Sums);
        }
        if any(&[f::credits]) {
            self.topic(Topic::Pools);
        }
        if any(&[f::credit_basis]) {
            self.modules.insert(module);
        }
        if any(&[f::category]) {
            self.topic(Topic::Order);
        }
        if any(&[f::hours_by_place]) {
            self.competencies_of(plan, facts, module);
        }
        if any(&[f::prerequisites, f::parallels]) {
            self.topic(Topic::Sequence);
        }
        if any(&[f::code, f::period]) {
            self.topic(Topic::Codes);
        }
    }

    /// The competencies that a module taught or assessed before the change, or
    /// teaches after it.
    fn competencies_of(&mut self, plan: &Plan, facts: &Facts, module: ModuleId) {
        let before = facts.teaches(module).map(|(competency, _)| competency);
        self.competencies.extend(before);
        let after = plan.weave.of_module(module).map(|(key, _)| key.competency);
        self.competencies.extend(after);
    }

    fn topic(&mut self, topic: Topic) {
        self.topics.insert(topic);
    }
}
