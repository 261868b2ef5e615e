//! The walk through all that was done at the same time: what stands of each value,
//! on each side, with the change that wrote it.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use loro::{ID, LoroDoc, VersionVector};
use weft_model::{Aspect, Uid, Value, Verb};

use crate::clashes::{Claim, Clash};
use crate::walk::{self, Reader, Saw, Step, Wrote};
use crate::wording::Stroke;

/// A write that nobody who wrote later had seen.
#[derive(Clone)]
pub(crate) struct Head {
    /// The place of its change in the walk.
    pub at: usize,
    pub id: ID,
    /// By [`Step::rank`].
    rank: (u32, u64),
    /// Nothing also for an edit of a text.
    pub value: Option<Value>,
    pub by: Arc<By>,
}

/// What all writes of one change have in common.
pub(crate) struct By {
    pub author: Uid,
    pub seconds: i64,
    pub saw: Saw,
    /// It decides about what was written at the same time.
    pub settles: bool,
}

impl Head {
    pub fn claim(&self) -> Claim {
        Claim {
            value: self.value.clone(),
            author: self.by.author,
            at_millis: self.by.seconds.saturating_mul(1_000),
        }
    }

    /// Whether neither of the two had seen the other.
    pub fn apart(&self, other: &Self) -> bool {
        let knew = |one: &Self, other: &Self| one.by.saw.includes(other.at, other.id);
        self.at != other.at && !knew(self, other) && !knew(other, self)
    }
}

/// The walk through all that is not a line, as far as it has come: what a merge
/// brings is walked through when it is looked at next, and nothing twice.
pub(crate) struct Side {
    /// Where the line ends.
    pub begin: VersionVector,
    /// How far it has been walked.
    walked: VersionVector,
    changes: usize,
    /// The changes that none of those walked so far builds on.
    ends: HashSet<ID>,
    pub reader: Reader,
    pub heads: BTreeMap<Aspect, Vec<Head>>,
    /// What was written in texts.
    pub strokes: BTreeMap<Aspect, Vec<Stroke>>,
    /// What was found of texts, with the heads for which it holds.
    pub texts: RefCell<BTreeMap<Aspect, Known>>,
}

/// Of a text for which heads it was looked at, and what was found.
type Known = (Vec<ID>, Option<Clash>);

impl core::fmt::Debug for Side {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Side({} changes)", self.changes)
    }
}

impl Side {
    pub fn new(begin: VersionVector) -> Self {
        Self {
            walked: begin.clone(),
            begin,
            changes: 0,
            ends: HashSet::new(),
            reader: Reader::lean(),
            heads: BTreeMap::new(),
            strokes: BTreeMap::new(),
            texts: RefCell::default(),
        }
    }

    /// What came later cannot have been seen by what was walked before: behind it
    /// is behind all that it builds on.
    pub fn go_on(&mut self, loro: &LoroDoc) {
        let steps = walk::steps_since(loro, &self.walked, self.changes, &mut self.ends);
        self.walked = loro.oplog_vv();
        for step in steps {
            self.take(&step);
        }
    }

    fn take(&mut self, step: &Step) {
        let index = self.changes;
        self.changes += 1;
        let by = Arc::new(By {
            author: step.author,
            seconds: step.seconds,
            saw: step.saw.clone(),
            settles: step.intent.is_some_and(|it| it.verb == Verb::Settle),
        });
        let head = |id: ID, value: Option<Value>| Head {
            at: index,
            id,
            rank: step.rank(id),
            value,
            by: Arc::clone(&by),
        };
        let (heads, strokes) = (&mut self.heads, &mut self.strokes);
        let wrote = |what: &Aspect, id: ID, wrote: Wrote<'_>| match wrote {
            Wrote::Value(value) => put(heads, what, head(id, value.clone())),
            Wrote::Text(op) => {
                let all = strokes.entry(what.clone()).or_default();
                all.push(Stroke {
                    at: index,
                    end: id,
                    by: Arc::clone(&by),
                    op: op.clone(),
                });
                put(heads, what, head(id, None));
            }
        };
        self.reader.play(step, index, |_, _| {}, wrote);
    }
}

/// A write takes the place of all that its author knew. Those that stand are in the
/// order of their ranks, which is the same on every copy, whatever came first.
fn put(heads: &mut BTreeMap<Aspect, Vec<Head>>, what: &Aspect, head: Head) {
    let all = heads.entry(what.clone()).or_default();
    all.retain(|old| old.at != head.at && !head.by.saw.includes(old.at, old.id));
    let at = all.partition_point(|old| old.rank < head.rank);
    all.insert(at, head);
}
