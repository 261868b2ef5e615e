//! Everything that screens show about a plan and nobody typed, kept up to
//! date. The order of the steps below matters: each stands on the ones before.

use core::ops::Deref;
use std::collections::{BTreeMap, BTreeSet};

use weft_model::{
    Change, Day, ItemId, JobItemId, Kind, ModuleId, Outline, Plan, Rank, Subject, TermId,
    Violation, WaiverId,
};

use crate::facts::Facts;
use crate::finding::{Finding, FindingTally, Findings};
use crate::reach::{Reach, Topic};
use crate::rules::{Look, RULES};

/// What follows from a plan: its facts (reached by dereferencing) and the
/// findings. Scope: derived; it is never saved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Board {
    facts: Facts,
    findings: Findings,
}

/// What a change made look different, so that screens redraw no more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Everything may look different.
    pub all: bool,
    /// The outline, its order or its lines.
    pub outline: bool,
    /// The order of modules or their grouping by term.
    pub order: bool,
    /// Sums of the plan or of a term.
    pub sums: bool,
    /// Some finding came, went or changed.
    pub findings: bool,
    /// Competencies whose cells or coverage were looked at again.
    pub competencies: BTreeSet<JobItemId>,
    /// Modules whose figures or rows changed.
    pub modules: BTreeSet<ModuleId>,
}

/// Up to so many cells of a competency are looked at one by one; with more, all of it.
const FEW: usize = 4;

impl Deref for Board {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.facts
    }
}

impl Board {
    /// Looks at a whole plan.
    pub fn new(plan: &Plan) -> Self {
        let mut board = Self::default();
        board.rebuild(plan);
        board
    }

    /// Catches up with a change that the plan already holds. The board then
    /// equals `Board::new(plan)`, provided that offerings, units and
    /// assessments keep their module, as commands make sure.
    pub fn apply(&mut self, plan: &Plan, change: &Change) -> Touched {
        let reach = Reach::of(plan, &self.facts, change);
        if reach.all {
            *self = Self::new(plan);
            return Touched {
                all: true,
                outline: true,
                order: true,
                sums: true,
                findings: true,
                ..Touched::default()
            };
        }
        self.follow(plan, reach)
    }

    fn rebuild(&mut self, plan: &Plan) {
        self.findings.set_up(plan);
        let facts = &mut self.facts;
        facts.term_order = plan.terms.iter().map(|term| term.id).collect();
        let places = facts.term_order.iter().enumerate();
        facts.term_place = places.map(|(place, term)| (*term, place)).collect();
        let ranks = plan.scale_levels.iter().filter_map(|level| level.rank);
        let highest = ranks.map(|rank| rank.0).max();
        facts.highest_level = highest.and_then(|rank| Rank::try_from(rank).ok());
        self.follow(
            plan,
            Reach {
                all: true,
                outline: true,
                modules: plan.modules.iter().map(|module| module.id).collect(),
                terms: plan.terms.iter().map(|term| term.id).collect(),
                topics: [
                    Topic::Order,
                    Topic::Sums,
                    Topic::Sequence,
                    Topic::Codes,
                    Topic::Pools,
                    Topic::Specification,
                    Topic::Waivers,
                ]
                .into(),
                ..Reach::default()
            },
        );
    }

    fn follow(&mut self, plan: &Plan, mut reach: Reach) -> Touched {
        let mut touched = Touched {
            outline: reach.outline,
            ..Touched::default()
        };
        if reach.outline {
            self.redraw_outline(plan, &mut reach);
        }
        self.weigh_modules(plan, &mut reach);
        let mut rows = BTreeSet::new();
        if reach.all {
            self.facts.cover_all(plan);
        } else {
            self.cover(plan, &mut reach, &mut rows);
        }
        if reach.outline {
            self.facts.count_all();
        }
        reach.modules.extend(rows);
        for module in &reach.modules {
            self.facts.add_up_row(*module);
        }
        if reach.topics.contains(&Topic::Order) {
            self.facts.arrange(plan);
            touched.order = true;
        }
        if reach.topics.contains(&Topic::Sums) {
            let changed = self.facts.add_up(plan);
            reach.modules.extend(changed);
            reach.terms.extend(plan.terms.iter().map(|term| term.id));
            touched.sums = true;
        }
        if reach.topics.contains(&Topic::Specification) {
            self.count_support(plan);
        }
        touched.findings = self.judge(plan, &reach);
        touched.competencies = reach.competencies;
        touched.modules = reach.modules;
        touched
    }

    /// Looks anew at what was reached of the weave, and has all of its competencies
    /// among those that were reached.
    fn cover(&mut self, plan: &Plan, reach: &mut Reach, rows: &mut BTreeSet<ModuleId>) {
        let cells: Vec<_> = core::mem::take(&mut reach.cells).into_iter().collect();
        let columns = cells.chunk_by(|one, next| one.0 == next.0);
        let many = columns.filter(|cells| cells.len() > FEW);
        reach.competencies.extend(many.map(|cells| cells[0].0));
        let whole = reach.competencies.iter().map(|line| (*line, None));
        let alone = cells
            .iter()
            .filter(|(line, _)| !reach.competencies.contains(line));
        let alone = alone.map(|(line, module)| (*line, Some(*module)));
        for (competency, cell) in whole.chain(alone) {
            let before = self.facts.coverage.get(&competency).copied();
            let changed = match cell {
                None => self.facts.cover(plan, competency, rows),
                Some(module) => self.facts.cover_cell(plan, competency, module, rows),
            };
            if changed && !reach.outline {
                let after = self.facts.coverage.get(&competency).copied();
                self.facts
                    .count(competency, before.as_ref(), after.as_ref());
            }
        }
        reach
            .competencies
            .extend(cells.iter().map(|(line, _)| line));
    }

    /// Competencies that appear, vanish or stop being competencies have to be
    /// looked at; so have the misplaced lines.
    fn redraw_outline(&mut self, plan: &Plan, reach: &mut Reach) {
        let before = core::mem::replace(&mut self.facts.outline, Outline::of(plan));
        let old: BTreeSet<JobItemId> = before.competencies().collect();
        let new: BTreeSet<JobItemId> = self.facts.outline.competencies().collect();
        reach.competencies.extend(old.symmetric_difference(&new));
        let lines = before.misplaced().chain(self.facts.outline.misplaced());
        reach.items.extend(lines.map(ItemId::from));
    }

    fn weigh_modules(&mut self, plan: &Plan, reach: &mut Reach) {
        for id in &reach.modules {
            let figures = plan
                .modules
                .get(*id)
                .map(|module| self.facts.weigh(plan, module));
            let before = match figures {
                None => self.facts.modules.remove(id),
                Some(mut figures) => {
                    // What later steps fill in stays until they do.
                    if let Some(before) = self.facts.modules.get(id) {
                        figures.links = before.links;
                        figures.competencies = before.competencies;
                        figures.counts = before.counts;
                        figures.left_in_pool = before.left_in_pool;
                    }
                    self.facts.modules.insert(*id, figures)
                }
            };
            let none = BTreeSet::new();
            let before = before.map(|figures| figures.assesses).unwrap_or_default();
            let after = self.facts.modules.get(id).map_or(&none, |f| &f.assesses);
            for competency in before.symmetric_difference(after) {
                if after.contains(competency) {
                    self.facts.assessors.insert((*competency, *id));
                } else {
                    self.facts.assessors.remove(&(*competency, *id));
                }
                reach.competencies.insert(*competency);
            }
        }
    }

    fn count_support(&mut self, plan: &Plan) {
        let live = |id: &&ModuleId| self.facts.modules.contains_key(id);
        self.facts.support = plan
            .specification
            .iter()
            .map(|item| {
                (
                    item.id,
                    item.supported_by.keys().filter(live).count() as u32,
                )
            })
            .collect();
    }

    /// Runs the rules of everything that was reached.
    fn judge(&mut self, plan: &Plan, reach: &Reach) -> bool {
        let Self { facts, findings } = self;
        // Looked for once, and not by every rule.
        let competencies = found(&reach.competencies, |id| {
            plan.job_items.get(id).zip(facts.coverage.get(&id))
        });
        let modules = found(&reach.modules, |id| {
            plan.modules.get(id).zip(facts.modules.get(&id))
        });
        let terms = found(&reach.terms, |id| {
            plan.terms.get(id).zip(facts.terms.get(&id))
        });
        let mut changed = false;
        for (at, rule) in RULES.iter().enumerate() {
            match rule.look {
                Look::Competency(look) => {
                    for (id, found) in &competencies {
                        let said =
                            found.and_then(|(line, coverage)| look(plan, facts, line, coverage));
                        changed |= findings.put(at, Subject::Item(*id), said);
                    }
                }
                Look::Module(look) => {
                    for (id, found) in &modules {
                        let said =
                            found.and_then(|(module, figures)| look(plan, facts, module, figures));
                        changed |= findings.put(at, Subject::Item(*id), said);
                    }
                }
                Look::Term(look) => {
                    for (id, found) in &terms {
                        let said =
                            found.and_then(|(term, figures)| look(plan, facts, term, figures));
                        changed |= findings.put(at, Subject::Item(*id), said);
                    }
                }
                Look::Pool(look) if reach.topics.contains(&Topic::Pools) => {
                    let said = plan.elective_pools.iter().filter_map(|pool| {
                        Some((Subject::Item(pool.id.into()), look(plan, facts, pool)?))
                    });
                    changed |= findings.put_all(at, said.collect());
                }
                Look::Requirement(look) if reach.topics.contains(&Topic::Specification) => {
                    let said = plan.specification.iter().filter_map(|item| {
                        let supporters = facts.supporters(item.id);
                        Some((Subject::Item(item.id.into()), look(item, supporters)?))
                    });
                    changed |= findings.put_all(at, said.collect());
                }
                Look::Across(topic, look) if reach.topics.contains(&topic) => {
                    changed |= findings.put_all(at, look(plan, facts));
                }
                _ => {}
            }
        }
        changed |= self.judge_data(plan, reach);
        if reach.topics.contains(&Topic::Waivers) {
            changed |= self.findings.waive(plan);
        }
        changed
    }

    /// Runs the rules about the plan as data.
    fn judge_data(&mut self, plan: &Plan, reach: &Reach) -> bool {
        let mut odd: BTreeMap<Subject, Vec<Violation>> = BTreeMap::new();
        if reach.all {
            for violation in plan.violations_beside(&self.facts.outline) {
                odd.entry(violation.subject()).or_default().push(violation);
            }
        } else {
            self.look_at_data(plan, reach, &mut odd);
        }
        let mut changed = false;
        for (at, look) in data_rules() {
            for (subject, violations) in &odd {
                changed |= self.findings.put(at, *subject, look(violations));
            }
        }
        changed
    }

    /// The violations of every subject whose data may have changed, sound ones
    /// too.
    fn look_at_data(
        &self,
        plan: &Plan,
        reach: &Reach,
        odd: &mut BTreeMap<Subject, Vec<Violation>>,
    ) {
        let items = reach.items.iter().map(|item| Subject::Item(*item));
        let mut subjects: BTreeSet<Subject> = items.collect();
        subjects.extend(reach.links.iter().map(|key| Subject::Link(*key)));
        if reach.placed {
            // What came or went may be what others miss.
            let known = data_rules().flat_map(|(at, _)| self.findings.of_rule(at));
            subjects.extend(known.map(|finding| finding.subject));
        }
        let misplaced: BTreeSet<JobItemId> = self.facts.outline.misplaced().collect();
        for subject in subjects {
            let violations = match subject {
                Subject::Plan => Vec::new(),
                Subject::Link(key) => plan.link_violation(&key).into_iter().collect(),
                Subject::Item(item) => {
                    let mut all = plan.violations_of(item);
                    if item.kind == Kind::JobItem && misplaced.contains(&JobItemId(item.uid)) {
                        all.push(Violation::Misplaced { item });
                    }
                    all
                }
            };
            odd.insert(subject, violations);
        }
    }

    /// What was derived, without judgement.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// All findings, waived ones too: in the order of [`crate::rules`], then
    /// by subject.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter()
    }

    /// All findings in the order of rules, and below each rule in the order in
    /// which the screens show the subjects: outline, order of modules, terms.
    pub fn findings_in_order(&self) -> Vec<&Finding> {
        let mut sorted = Vec::new();
        for at in 0..RULES.len() {
            let mut of_rule: Vec<&Finding> = self.findings.of_rule(at).collect();
            of_rule.sort_by_cached_key(|finding| (self.place(finding.subject), finding.subject));
            sorted.extend(of_rule);
        }
        sorted
    }

    fn place(&self, subject: Subject) -> usize {
        let Subject::Item(item) = subject else {
            return usize::MAX;
        };
        let place = match item.kind {
            Kind::JobItem => self.outline().position(JobItemId(item.uid)),
            Kind::Module => self.module_place(ModuleId(item.uid)),
            Kind::Term => self.term_place(TermId(item.uid)),
            _ => None,
        };
        place.unwrap_or(usize::MAX)
    }

    /// The findings about one item or link. O(number of rules × log n).
    pub fn findings_about(&self, subject: Subject) -> impl Iterator<Item = &Finding> {
        (0..RULES.len()).filter_map(move |at| self.findings.about(at, subject))
    }

    /// How many findings there are on this day.
    pub fn finding_tally(&self, today: Option<&Day>) -> FindingTally {
        self.findings.tally(today)
    }

    /// Waivers that cover nothing (any more): the finding went, its figures
    /// changed, or nobody can read what they are about.
    pub fn fallen_waivers(&self, plan: &Plan) -> Vec<WaiverId> {
        self.findings.fallen(plan)
    }
}

type DataLook = fn(&[Violation]) -> Option<crate::Figures>;

fn data_rules() -> impl Iterator<Item = (usize, DataLook)> {
    let all = RULES.iter().enumerate();
    all.filter_map(|(at, rule)| match rule.look {
        Look::Data(look) => Some((at, look)),
        _ => None,
    })
}

/// Items that are to be looked at, each with what is there of it.
fn found<I: Copy + Into<ItemId>, T>(
    ids: &BTreeSet<I>,
    look: impl Fn(I) -> Option<T>,
) -> Vec<(ItemId, Option<T>)> {
    ids.iter().map(|id| ((*id).into(), look(*id))).collect()
}
