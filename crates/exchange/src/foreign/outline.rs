//! A foreign hierarchy as lines of the job outline. What is already there, by
//! its identifier, is updated where it stands; the rest is added below the
//! line that the file puts it under. The outline has four tiers: what is
//! deeper comes in as competencies of the lowest line that can hold them, and
//! the hierarchy of the file is kept beside it for the way back.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};
use weft_model::{
    Choice as _, EditError, FieldKey, FrameworkId, ItemId, JobItemId, Kind, Plan, Shape, Tier, Uid,
    Value, field,
};

use super::Options;
use super::moving::Places;
use super::source::{Source, short};
use super::tiers::tiers;
use crate::release::{Coming, compare};
use crate::work::Work;
use crate::{
    AnswerTarget, Fate, Imported, Place, Question, QuestionKind, Reason, TrayRow, Warning,
    WarningKind,
};

/// One line of the hierarchy.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub place: Place,
    /// Which entry of the fates it is.
    pub fate: (usize, usize),
    /// The uid that a file of our own names.
    pub uid: Option<Uid>,
    /// The identifier at its source; empty: none.
    pub origin: String,
    /// Another identifier by which it may be known; empty: none.
    pub alias: String,
    /// The line above it, among all nodes.
    pub parent: Option<usize>,
    /// What the file says that it is; none: its depth tells.
    pub tier: Option<Tier>,
    pub values: Vec<(FieldKey, Value)>,
    /// What is kept of it for the way back.
    pub kept: Option<Map<String, Json>>,
    /// The cells for the tray.
    pub raw: Vec<String>,
}

impl Node {
    /// What it is called; empty: it has neither code nor words.
    pub fn called(&self) -> String {
        crate::imported::called(&self.values)
    }
}

/// Puts foreign lines into a plan.
pub(crate) struct Planter<'a> {
    pub work: Work<'a>,
    pub out: Imported,
    pub(super) source: Source,
    pub(super) framework: Option<FrameworkId>,
    pub(super) by_origin: BTreeMap<String, BTreeSet<JobItemId>>,
    by_words: BTreeMap<(String, String), BTreeSet<JobItemId>>,
    pub(super) parts: BTreeMap<(String, String), ItemId>,
    pub(super) taken: BTreeSet<JobItemId>,
    /// What came in, framework by framework.
    pub(super) coming: Vec<Coming>,
    /// Which of them comes in now.
    pub(super) now: usize,
    /// The line of the plan that what is at the top of the file comes in below.
    below: Option<JobItemId>,
    /// What the person calls a release that its source does not name.
    called: String,
    /// Which line of the plan a person said that a line is.
    answers: BTreeMap<Place, AnswerTarget>,
    /// See [`Planter::plant_in_place`]; none while places say nothing.
    pub(super) places: Option<Places>,
}

impl<'a> Planter<'a> {
    /// Starts from a plan.
    pub fn new(plan: &Plan, fresh: &'a mut dyn FnMut() -> Uid) -> Self {
        Self {
            work: Work::new(plan, fresh),
            out: Imported::default(),
            source: Source::default(),
            framework: None,
            by_origin: BTreeMap::new(),
            by_words: BTreeMap::new(),
            parts: BTreeMap::new(),
            taken: BTreeSet::new(),
            coming: Vec::new(),
            now: 0,
            below: None,
            called: String::new(),
            answers: BTreeMap::new(),
            places: None,
        }
    }

    /// Goes by what the person decided: below which line comes in what is at the
    /// top of the files, what releases without a name are called, and which of
    /// several lines one is.
    pub fn decided(mut self, options: &Options) -> Self {
        self.answers.clone_from(&options.answers);
        options.release.trim().clone_into(&mut self.called);
        self.below = options.below.map(JobItemId).filter(|line| {
            self.work.plan.is_live((*line).into()) && self.tier(*line) < Tier::Competency
        });
        self
    }

    /// Begins with a source. `keeps`: whether it becomes a framework of the
    /// plan.
    pub fn begin(&mut self, source: Source, keeps: bool) {
        self.source = source;
        if self.source.release.is_empty() {
            self.source.release.clone_from(&self.called);
        }
        self.framework = None;
        self.parts.clear();
        if keeps {
            self.settle_framework();
        }
        self.expect();
        self.by_words.clear();
        self.by_origin.clear();
        let lines: Vec<weft_model::JobItem> = self.work.plan.job_items.iter().cloned().collect();
        for line in lines {
            let mine = self.framework.is_some() && line.framework.map(|to| to.0) == self.framework;
            if line.origin_uri.is_empty() || mine {
                for (_, words) in line.statement.iter() {
                    let key = (line.code.trim().to_owned(), words.trim().to_owned());
                    self.by_words.entry(key).or_default().insert(line.id);
                }
            }
            self.note_origin(&line.origin_uri, line.id);
        }
    }

    /// Addresses change between releases, the identifier at their end does not.
    fn note_origin(&mut self, origin: &str, line: JobItemId) {
        let names = [Some(origin.to_owned()), crate::case::uuid_at_end(origin)];
        for name in names.into_iter().flatten().filter(|name| !name.is_empty()) {
            self.by_origin.entry(name).or_default().insert(line);
        }
    }

    pub fn fate(&mut self, at: (usize, usize), fate: Fate) {
        if let Some(slot) = self.out.fates.get_mut(at.0).and_then(|of| of.get_mut(at.1)) {
            *slot = fate;
        }
    }

    pub fn warn(&mut self, place: Place, kind: WarningKind) {
        self.out.warnings.push(Warning { place, kind });
    }

    pub fn tray(&mut self, place: Place, at: (usize, usize), reason: Reason, cells: Vec<String>) {
        self.fate(at, Fate::Tray);
        self.out.tray.push(TrayRow {
            place,
            reason,
            cells,
            heads: Vec::new(),
        });
    }

    pub(super) fn refused(&mut self, place: &Place, refused: Vec<(FieldKey, Value, EditError)>) {
        for (key, value, error) in refused {
            let kind = match error {
                EditError::Value { why, .. } => WarningKind::BadValue {
                    field: key.field,
                    text: value
                        .as_str()
                        .unwrap_or_default()
                        .chars()
                        .take(200)
                        .collect(),
                    why,
                },
                other => WarningKind::Refused(other),
            };
            self.warn(place.clone(), kind);
        }
    }

    pub(super) fn put(&mut self, place: &Place, item: ItemId, key: FieldKey, value: Value) {
        if key.field.shape() == Shape::Verbatim
            && let (Some(known), Some(new)) = (self.work.plan.value(item, &key), value.as_str())
            && known
                .as_str()
                .is_some_and(|known| says_the_same(known, new))
        {
            return;
        }
        if let Err(error) = self.work.set(item, key.clone(), Some(value.clone())) {
            self.refused(place, vec![(key, value, error)]);
        }
    }

    /// Adds and updates all lines. Gives back which line each has become.
    pub fn plant(&mut self, mut nodes: Vec<Node>) -> Vec<Option<JobItemId>> {
        let order = self.arrange(&mut nodes);
        let tiers = tiers(&nodes, &order);
        let mut placed: Vec<Option<JobItemId>> = vec![None; nodes.len()];
        // The nearest node, from each upwards, whose line can hold others: a
        // hierarchy may be as deep as a file is long.
        let mut holders: Vec<Option<usize>> = vec![None; nodes.len()];
        for at in order {
            let Some(node) = nodes.get(at) else { continue };
            let holder = |node: &Node| holders.get(node.parent?).copied().flatten();
            let mut above = holder(node);
            let parent = loop {
                let Some(next) = above else { break None };
                let line = placed.get(next).copied().flatten();
                match line {
                    Some(line) if self.holds(line, node.tier) => break Some(line),
                    _ => above = nodes.get(next).and_then(holder),
                }
            };
            let nearest = holder(node);
            let higher = above != node.parent;
            let wanted = tiers.get(at).copied().unwrap_or(Tier::Competency);
            let also = self.also_below(at, &nodes);
            let line = self.one(node, (parent, also.as_deref()), (wanted, higher));
            let holds = line.is_some_and(|line| self.holds(line, None));
            if let (Some(slot), Some(held)) = (placed.get_mut(at), holders.get_mut(at)) {
                *slot = line;
                *held = if holds { Some(at) } else { nearest };
            }
        }
        placed
    }

    fn tier(&self, line: JobItemId) -> Tier {
        let line = self.work.plan.job_items.get(line);
        line.and_then(|line| line.tier)
            .map_or(Tier::Competency, |tier| tier.0)
    }

    fn holds(&self, line: JobItemId, below: Option<Tier>) -> bool {
        let tier = self.tier(line);
        tier < Tier::Competency && below.is_none_or(|below| tier < below)
    }

    /// The line that a node is: found (`Ok(Some)`) or to be made (`Ok(None)`).
    fn find(&self, node: &Node) -> Result<Option<JobItemId>, Reason> {
        let live = |line: &JobItemId| self.work.plan.is_live((*line).into());
        match self.answers.get(&node.place) {
            Some(AnswerTarget::Item(item)) if item.kind == Kind::JobItem => {
                let line = JobItemId(item.uid);
                if live(&line) && !self.taken.contains(&line) {
                    return Ok(Some(line));
                }
            }
            Some(AnswerTarget::New) => return Ok(None),
            Some(AnswerTarget::Skip) => return Err(Reason::Skipped),
            Some(AnswerTarget::Item(_)) | None => {}
        }
        if let Some(line) = node.uid.map(JobItemId).filter(live) {
            return if self.taken.contains(&line) {
                Err(Reason::Twice)
            } else {
                Ok(Some(line))
            };
        }
        let names = [&node.origin, &node.alias];
        let mut named = names.into_iter().filter(|name| !name.is_empty());
        let same = named.find_map(|name| self.by_origin.get(name));
        let alike: Vec<JobItemId> = same.into_iter().flatten().copied().filter(live).collect();
        let mine: Vec<JobItemId> = alike
            .iter()
            .copied()
            .filter(|line| {
                let of = self
                    .work
                    .plan
                    .job_items
                    .get(*line)
                    .and_then(|line| line.framework);
                self.framework.is_some() && of.map(|to| to.0) == self.framework
            })
            .collect();
        // An identifier that is no address means something in its own source
        // alone.
        let known_everywhere = node.origin.contains("://")
            || crate::case::is_uuid(&node.origin)
            || !node.alias.is_empty();
        let alike = if mine.is_empty() && known_everywhere {
            alike
        } else {
            mine
        };
        match alike.as_slice() {
            [] => {}
            [line] if self.taken.contains(line) => return Err(Reason::Twice),
            [line] => return Ok(Some(*line)),
            several => {
                let candidates = several.iter().map(|line| (*line).into()).collect();
                return Err(Reason::SeveralFit { candidates });
            }
        }
        let code = value_of(node, field::job_item::code).trim().to_owned();
        let words = value_of(node, field::job_item::statement).trim().to_owned();
        let alike = self.by_words.get(&(code, words)).into_iter().flatten();
        let mut alike = alike.copied().filter(live).filter(|line| {
            let known = self.work.plan.job_items.get(*line);
            let free = known.is_some_and(|known| known.origin_uri.is_empty());
            !self.taken.contains(line) && (free || node.origin.is_empty())
        });
        match (alike.next(), alike.next()) {
            (Some(line), None) => Ok(Some(line)),
            _ => Ok(None),
        }
    }

    fn one(
        &mut self,
        node: &Node,
        (parent, also): (Option<JobItemId>, Option<&[JobItemId]>),
        (wanted, higher): (Tier, bool),
    ) -> Option<JobItemId> {
        use field::job_item as f;
        let place = &node.place;
        self.saw(&node.origin);
        self.saw(&node.alias);
        let found = match self.find(node) {
            Ok(found) => found,
            Err(reason) => {
                if let Reason::SeveralFit { candidates } = &reason {
                    self.out.questions.push(Question {
                        place: place.clone(),
                        kind: QuestionKind::WhichItem {
                            candidates: candidates.clone(),
                        },
                    });
                }
                self.tray(place.clone(), node.fate, reason, node.raw.clone());
                return None;
            }
        };
        let mut values = node.values.clone();
        let named =
            |values: &[(FieldKey, Value)], of| values.iter().any(|(key, _)| key.field == of);
        // A release without a name is known by its date.
        let release = match self.source.release.as_str() {
            "" => &self.source.changed,
            name => name,
        };
        let lines = [
            (f::origin_uri, node.origin.clone()),
            (f::origin_source, short(&self.source.title)),
            (f::origin_release, short(release)),
            (
                f::framework,
                self.framework.map_or_else(String::new, |to| to.to_string()),
            ),
        ];
        // Of a line of our own, the file itself says where it came from.
        if node.uid.is_none() || self.framework.is_some() {
            for (of, text) in lines {
                if !text.is_empty() && !named(&values, of) {
                    values.push((of.key(), Value::Str(text)));
                }
            }
        }
        let chosen = parent.or(self.below);
        if let (Some(line), Some(also), None) = (found, also, node.uid) {
            self.follow(line, chosen, also);
        }
        let lowest = chosen.map_or(Tier::Role, |line| next_below(self.tier(line)));
        let tier = node.tier.unwrap_or(wanted).max(lowest);
        if let Some(kept) = &node.kept {
            let above = match found {
                Some(line) => self
                    .work
                    .plan
                    .job_items
                    .get(line)
                    .and_then(|line| line.parent)
                    .map(|to| to.0),
                None => chosen,
            };
            let mut kept = kept.clone();
            if let Some(above) = above {
                kept.insert("below".into(), above.to_string().into());
            }
            let tier = found.map_or(tier, |line| self.tier(line));
            kept.insert("tier".into(), tier.id().into());
            values.push((f::kept.key(), Value::Str(Json::Object(kept).to_string())));
        }
        if let Some(line) = found {
            let item = ItemId::from(line);
            self.meet(line);
            self.work.met(item);
            for (key, value) in values {
                self.put(place, item, key, value);
            }
            let above = self
                .work
                .plan
                .job_items
                .get(line)
                .and_then(|line| line.parent)
                .map(|to| to.0);
            // Where the file has it at the top, the person said where that is.
            if above != parent && (parent.is_some() || self.below.is_none()) {
                let what = node.called();
                self.warn(place.clone(), WarningKind::StaysWhere { what });
            }
            self.fate(node.fate, Fate::Applied);
            return Some(line);
        }
        values.push((f::tier.key(), Value::str(tier.id())));
        let item = match node
            .uid
            .filter(|uid| *uid != Uid(0) && !self.work.plan.any(Kind::JobItem).has(*uid))
        {
            Some(uid) => ItemId {
                kind: Kind::JobItem,
                uid,
            },
            None => self.work.fresh(Kind::JobItem),
        };
        match self.work.add(item, chosen.map(|line| line.0), values) {
            Ok(refused) => self.refused(place, refused),
            Err(error) => {
                self.tray(
                    place.clone(),
                    node.fate,
                    Reason::Refused(error),
                    node.raw.clone(),
                );
                return None;
            }
        }
        if higher {
            let what = node.called();
            self.warn(place.clone(), WarningKind::PutHigher { what });
        }
        let line = JobItemId(item.uid);
        self.meet(line);
        self.note_origin(&node.origin, line);
        self.note_origin(&node.alias, line);
        self.fate(node.fate, Fate::Applied);
        Some(line)
    }

    /// What came of it, for the plan that it began with.
    pub fn finish(self, into: &Plan) -> Imported {
        let Self {
            work,
            mut out,
            coming,
            ..
        } = self;
        out.comparisons = compare(into, &work.plan, &coming);
        (out.items, out.links) = work.counts();
        out.commands = work.commands;
        out
    }
}

fn value_of(node: &Node, of: weft_model::Field) -> &str {
    let found = node.values.iter().find(|(key, _)| key.field == of);
    found
        .and_then(|(_, value)| value.as_str())
        .unwrap_or_default()
}

/// Whether two pieces of JSON differ at most in how they are written.
fn says_the_same(one: &str, other: &str) -> bool {
    let read = |text: &str| serde_json::from_str::<Json>(text).ok();
    one == other || read(one).is_some_and(|one| read(other) == Some(one))
}

const fn next_below(tier: Tier) -> Tier {
    match tier {
        Tier::Role => Tier::Task,
        Tier::Task => Tier::Content,
        Tier::Content | Tier::Competency => Tier::Competency,
    }
}
