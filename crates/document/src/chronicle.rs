//! What was done, by whom, when, and what it changed: the history as people
//! read it. Nothing is kept for it; it is read from the operations when asked.

use core::fmt;
use core::str::FromStr;
use std::collections::{BTreeMap, BTreeSet};

use loro::{ExportMode, Frontiers, ID, IdSpan, LoroDoc, VersionVector};
use weft_model::{
    Aspect, Difference, Intent, ItemId, Kind, PartyId, Plan, Subject, Uid, Value, Verb,
};

use crate::document::Document;
use crate::opening::new_loro;
use crate::project;
use crate::recent::{TOGETHER_SECONDS, thing};
use crate::version::{PeerId, Version};
use crate::walk::{self, Reader, Step};

/// The most differences that one entry lists; the rest is counted.
pub const LISTED: usize = 200;

/// A spot of the history: right after one operation, with all that its author
/// knew by then and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    peer: u64,
    counter: i32,
}

impl Point {
    /// Whether a copy at this version holds it.
    pub(crate) fn is_in(&self, version: &Version) -> bool {
        u32::try_from(self.counter).is_ok_and(|at| at < version.of(PeerId(self.peer)))
    }
}

impl fmt::Display for Point {
    /// `peer.counter`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", Uid(self.peer), self.counter)
    }
}

/// The text is not a written point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAPoint;

impl FromStr for Point {
    type Err = NotAPoint;

    fn from_str(text: &str) -> Result<Self, NotAPoint> {
        let (peer, counter) = text.split_once('.').ok_or(NotAPoint)?;
        Ok(Self {
            peer: peer.parse::<Uid>().map_err(|_| NotAPoint)?.0,
            counter: counter
                .parse()
                .ok()
                .filter(|it| *it >= 0)
                .ok_or(NotAPoint)?,
        })
    }
}

/// What somebody did in one go.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Who, by the uid; 0 where nobody gave one.
    pub author: Uid,
    /// For whom they spoke then; nothing where they had not said so by then.
    pub party: Option<PartyId>,
    /// What it was for; nothing where the writer did not say.
    pub intent: Option<Intent>,
    /// When it was begun and when it was last done, in milliseconds since 1970,
    /// by the clock of whoever did it.
    pub from_millis: i64,
    /// See `from_millis`.
    pub at_millis: i64,
    /// Right after it.
    pub point: Point,
    /// What reads otherwise since, at most [`LISTED`]. Of a new item only that
    /// it came. A text that two wrote at once has no values here.
    pub edits: Vec<Difference>,
    /// How many more there are.
    pub more: usize,
    /// All things that it changed, the ends of links among them.
    pub touched: BTreeSet<ItemId>,
    /// All of it in figures.
    pub tally: Tally,
}

/// What an entry changed, in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Items that came, by kind.
    pub came: BTreeMap<Kind, usize>,
    /// Items that went, by kind.
    pub went: BTreeMap<Kind, usize>,
    /// Values of other items.
    pub values: usize,
    /// Links that came, went or changed.
    pub links: usize,
}

impl Tally {
    fn of(edits: &[Difference]) -> Self {
        let mut tally = Self::default();
        let mut links = BTreeSet::new();
        for edit in edits {
            match (&edit.what, &edit.after) {
                (Aspect::Presence(item), Some(_)) => {
                    *tally.came.entry(item.kind).or_default() += 1;
                }
                (Aspect::Presence(item), None) => *tally.went.entry(item.kind).or_default() += 1,
                (Aspect::Value(..) | Aspect::Place(_), _) => tally.values += 1,
                _ => match edit.what.subject() {
                    Subject::Link(key) => {
                        links.insert(key);
                    }
                    Subject::Plan | Subject::Item(_) => {}
                },
            }
        }
        tally.links = links.len();
        tally
    }
}

impl Document {
    /// All that was done, oldest first; what typed on is told together. With an
    /// item: only what touched it, its links or what belongs to it.
    pub fn chronicle(&self, about: Option<ItemId>) -> Vec<Entry> {
        let steps = walk::steps(&self.loro);
        let told = Telling::of(self, about, Reader::default(), &steps);
        let tails = told.reader.tails(&self.loro);
        if tails.is_empty() {
            return told.told;
        }
        // Once more, now that it is known from where on texts can be told again.
        Telling::of(self, about, Reader::knowing(tails), &steps).told
    }

    /// The point right now, where this copy has one end only; nothing while
    /// two branches have just been merged and nothing was done since.
    pub fn point(&self) -> Option<Point> {
        let ends: Vec<ID> = self.loro.oplog_frontiers().iter().collect();
        match ends.as_slice() {
            [end] => Some(point(*end)),
            _ => None,
        }
    }

    /// What is known at a point; nothing of one that this copy does not hold.
    pub(crate) fn version_at(&self, point: Point) -> Version {
        let end = Frontiers::from_id(ID::new(point.peer, point.counter));
        let vector = self.loro.frontiers_to_vv(&end);
        vector.map_or_else(Version::default, |vector| Version::of_loro(&vector))
    }

    /// The plan as it read at a point; nothing where this copy does not hold it.
    pub fn at(&self, point: &Point) -> Option<Plan> {
        let end = Frontiers::from_id(ID::new(point.peer, point.counter));
        let vector = self.loro.frontiers_to_vv(&end)?;
        self.read_at(&vector)
    }

    /// The plan as it reads for whoever has only this much of the history.
    pub(crate) fn read_at(&self, vector: &VersionVector) -> Option<Plan> {
        // A fork or a checkout takes twenty times as long for a large plan.
        let then = new_loro();
        then.import(&self.updates_up_to(vector)?).ok()?;
        Some(project::whole(&then))
    }

    /// All changes up to a version.
    pub(crate) fn updates_up_to(&self, vector: &VersionVector) -> Option<Vec<u8>> {
        updates_between(&self.loro, &VersionVector::default(), vector)
    }
}

/// What whoever is at one version lacks of another one that includes it.
pub(crate) fn updates_between(
    loro: &LoroDoc,
    from: &VersionVector,
    to: &VersionVector,
) -> Option<Vec<u8>> {
    let held = |peer| from.get(peer).copied().unwrap_or_default();
    let spans = (to.iter())
        .map(|(peer, count)| IdSpan::new(*peer, held(peer), *count))
        .filter(|span| span.counter.start < span.counter.end);
    let updates = ExportMode::updates_in_range(spans.collect::<Vec<_>>());
    loro.export(updates).ok()
}

pub(crate) fn point(id: ID) -> Point {
    Point {
        peer: id.peer,
        counter: id.counter,
    }
}

/// An entry that may still grow.
struct Open {
    entry: Entry,
    from: i64,
    last: i64,
    /// What it touched.
    before: BTreeMap<Aspect, Before>,
}

/// A value before an entry.
#[derive(Default)]
struct Before {
    /// As its author saw it.
    seen: Option<Value>,
    /// As it stood where partners were at it at the same time.
    stood: Option<Value>,
    /// A text that two had written at once: how it read is not told.
    blurred: bool,
}

struct Telling<'a> {
    plan: &'a Plan,
    about: Option<ItemId>,
    reader: Reader,
    open: Option<Open>,
    told: Vec<Entry>,
    /// For whom each author speaks, as far as the walk has come.
    parties: BTreeMap<Uid, PartyId>,
}

impl<'a> Telling<'a> {
    fn of(document: &'a Document, about: Option<ItemId>, reader: Reader, steps: &[Step]) -> Self {
        let mut telling = Self {
            plan: &document.plan,
            about,
            reader,
            open: None,
            told: Vec::new(),
            parties: BTreeMap::new(),
        };
        for (index, step) in steps.iter().enumerate() {
            telling.hear(step, index);
        }
        telling.close();
        telling
    }

    fn hear(&mut self, step: &Step, index: usize) {
        for (author, party) in step.parties() {
            match party {
                Some(party) => self.parties.insert(author, party),
                None => self.parties.remove(&author),
            };
        }
        let party = self.parties.get(&step.author).copied();
        let goes_on = |open: &Open| open.entry.party == party && goes_on(open, step);
        if !self.open.as_ref().is_some_and(goes_on) {
            self.close();
        }
        let at = step.seconds;
        let open = self.open.get_or_insert_with(|| Open {
            entry: Entry {
                author: step.author,
                party,
                intent: step.intent,
                from_millis: at.saturating_mul(1_000),
                at_millis: 0,
                point: point(step.end),
                edits: Vec::new(),
                more: 0,
                touched: BTreeSet::new(),
                tally: Tally::default(),
            },
            from: at,
            last: at,
            before: BTreeMap::new(),
        });
        if let (Some(mine), Some(next)) = (&mut open.entry.intent, step.intent)
            && mine.subject != next.subject
        {
            mine.subject = thing(mine.subject);
        }
        open.last = open.last.max(at);
        open.entry.point = point(step.end);
        let before = &mut open.before;
        let note = |reader: &Reader, what: &Aspect| {
            if !before.contains_key(what) {
                let values = Before {
                    seen: reader.seen(what, step),
                    stood: reader.now(what),
                    blurred: reader.blurred(what),
                };
                before.insert(what.clone(), values);
            }
        };
        self.reader.play(step, index, note, |_, _, _| {});
    }

    fn close(&mut self) {
        let Some(Open {
            mut entry,
            last,
            before,
            ..
        }) = self.open.take()
        else {
            return;
        };
        entry.at_millis = last.saturating_mul(1_000);
        let told = |what: &Aspect| match what {
            Aspect::Value(item, _) | Aspect::Place(item) => {
                let came = before.get(&Aspect::Presence(*item));
                came.is_none_or(|it| it.seen.is_some())
            }
            _ => true,
        };
        let reader = &self.reader;
        let mut edits = Vec::new();
        for (what, it) in &before {
            let after = reader.now(what);
            // A text that cannot be told has no values, yet it was written.
            let blurred = it.blurred || reader.blurred(what);
            if told(what) && (after != it.seen || after != it.stood || blurred) {
                edits.push(Difference {
                    what: what.clone(),
                    before: it.seen.clone().filter(|_| !blurred),
                    after: after.filter(|_| !blurred),
                });
            }
        }
        if let Some(about) = self.about {
            edits.retain(|edit| concerns(self.plan, &edit.what, about));
            if edits.is_empty() {
                return;
            }
        }
        entry.tally = Tally::of(&edits);
        entry.touched = edits.iter().flat_map(|edit| touched(&edit.what)).collect();
        entry.more = edits.len().saturating_sub(LISTED);
        edits.truncate(LISTED);
        entry.edits = edits;
        let meant = entry
            .intent
            .is_some_and(|intent| intent.verb == Verb::Settle);
        if !entry.edits.is_empty() || meant {
            self.told.push(entry);
        }
    }
}

/// The things that something is about.
fn touched(what: &Aspect) -> impl Iterator<Item = ItemId> {
    let both = match what.subject() {
        Subject::Plan => [None, None],
        Subject::Item(item) => [Some(item), None],
        Subject::Link(link) => [Some(link.module.into()), Some(link.competency.into())],
    };
    both.into_iter().flatten()
}

fn goes_on(open: &Open, step: &Step) -> bool {
    let (Some(mine), Some(next)) = (open.entry.intent, step.intent) else {
        return false;
    };
    let near = open.from.abs_diff(step.seconds) <= TOGETHER_SECONDS.unsigned_abs();
    let same = mine.verb == next.verb && thing(mine.subject) == thing(next.subject);
    // Undoing is told step by step.
    let step_by_step = matches!(mine.verb, Verb::Undo | Verb::Redo | Verb::Import);
    open.entry.author == step.author && near && same && !step_by_step
}

/// Whether a value belongs to an item, to what belongs to that, or to a link
/// with it.
fn concerns(plan: &Plan, what: &Aspect, about: ItemId) -> bool {
    let belongs = match what.subject() {
        Subject::Item(item) => {
            let kind = item
                .kind
                .owner_field()
                .and_then(|field| field.shape().target());
            let owner = plan.any(item.kind).owner(item.uid);
            item.kind != about.kind && kind == Some(about.kind) && owner == Some(about.uid)
        }
        _ => false,
    };
    belongs || what.touches(about)
}
