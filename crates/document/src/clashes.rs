//! What was changed on two sides at the same time, neither having seen the
//! other. The document shows one of the values; the others are found in the
//! history. Every copy finds the same, and one that is decided anywhere, by
//! writing a value or by confirming the one that stands, is decided everywhere.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use loro::{ID, LoroDoc, VersionVector};
use weft_model::{Aspect, ItemId, LinkKey, Plan, Subject, Uid, Value};

use crate::document::Document;
use crate::line::end_of_line;
use crate::walk::{self, Reader, Saw, Step};

/// A value that somebody wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The value, as a [`Difference`](weft_model::Difference) tells it.
    pub value: Option<Value>,
    /// Who, by the uid; 0 where nobody gave one.
    pub author: Uid,
    /// When, in milliseconds since 1970, by the clock of whoever did it.
    pub at_millis: i64,
}

/// Something that was changed on several sides at the same time.
#[derive(Clone, Debug, PartialEq)]
pub enum Clash {
    /// One value, written differently.
    Value {
        /// What.
        what: Aspect,
        /// The value that is shown.
        shown: Claim,
        /// Those that are not.
        others: Vec<Claim>,
    },
    /// An item that one deleted, or a link that one took away, while another worked
    /// on it.
    Deleted {
        /// The item or the link.
        subject: Subject,
        /// Who did that, and when.
        by: Claim,
        /// What was written meanwhile, with the values.
        edited: Vec<(Aspect, Claim)>,
    },
}

impl Clash {
    /// What it is about.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Value { what, .. } => what.subject(),
            Self::Deleted { subject, .. } => *subject,
        }
    }
}

/// A write that nobody who wrote later had seen.
#[derive(Clone)]
struct Head {
    at: usize,
    id: ID,
    /// By [`Step::rank`].
    rank: (u32, u64),
    value: Option<Value>,
    by: Arc<By>,
}

/// What all writes of one change have in common.
struct By {
    author: Uid,
    seconds: i64,
    saw: Saw,
}

impl Head {
    fn claim(&self) -> Claim {
        Claim {
            value: self.value.clone(),
            author: self.by.author,
            at_millis: self.by.seconds.saturating_mul(1_000),
        }
    }

    /// Whether neither of the two had seen the other.
    fn apart(&self, other: &Self) -> bool {
        let knew = |one: &Self, other: &Self| one.by.saw.includes(other.at, other.id);
        self.at != other.at && !knew(self, other) && !knew(other, self)
    }
}

/// The walk through all that is not a line, as far as it has come: what a merge
/// brings is walked through when it is looked at next, and nothing twice.
pub(crate) struct Side {
    /// Where the line ends.
    begin: VersionVector,
    /// How far it has been walked.
    walked: VersionVector,
    changes: usize,
    /// The changes that none of those walked so far builds on.
    ends: HashSet<ID>,
    reader: Reader,
    heads: BTreeMap<Aspect, Vec<Head>>,
}

impl core::fmt::Debug for Side {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Side({} changes)", self.changes)
    }
}

impl Side {
    fn new(begin: VersionVector) -> Self {
        Self {
            walked: begin.clone(),
            begin,
            changes: 0,
            ends: HashSet::new(),
            reader: Reader::lean(),
            heads: BTreeMap::new(),
        }
    }

    /// What came later cannot have been seen by what was walked before: behind it
    /// is behind all that it builds on.
    fn go_on(&mut self, loro: &LoroDoc) {
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
        });
        let head = |id: ID, value: Option<Value>| Head {
            at: index,
            id,
            rank: step.rank(id),
            value,
            by: Arc::clone(&by),
        };
        let mut texts: BTreeSet<Aspect> = BTreeSet::new();
        let heads = &mut self.heads;
        let note = |_: &Reader, what: &Aspect| {
            texts.insert(what.clone());
        };
        let written = |what: &Aspect, id: ID, value: &Option<Value>| {
            put(heads, what, head(id, value.clone()));
        };
        self.reader.play(step, index, note, written);
        for what in texts {
            let all = self.heads.get(&what);
            if all.is_none_or(|all| all.iter().all(|it| it.at != index)) {
                put(&mut self.heads, &what, head(step.end, None));
            }
        }
    }
}

impl Document {
    /// How often something came from elsewhere that was not here. What was done
    /// at the same time grows with that alone.
    pub fn merges(&self) -> u64 {
        self.others.merges()
    }

    /// What is still open of all that was changed at the same time, sorted by
    /// what it is. Texts merge by character and places settle by themselves:
    /// neither is listed, unless the item they are in was deleted meanwhile.
    pub fn clashes(&self) -> Vec<Clash> {
        if !self.look_on() {
            return Vec::new();
        }
        let side = self.side.borrow();
        side.as_ref()
            .map_or_else(Vec::new, |side| self.clashes_in(side))
    }

    /// Reads what merges have brought since the last look, for [`Document::clashes`] to
    /// have less to read: it takes as long as there is news. False: all is one line.
    pub fn look_on(&self) -> bool {
        let Some(begin) = end_of_line(&self.loro) else {
            return false;
        };
        let mut side = self.side.borrow_mut();
        // What came late may have begun further back.
        let kept = side.take().filter(|side| side.begin == begin);
        let mut walked = kept.unwrap_or_else(|| Side::new(begin));
        walked.go_on(&self.loro);
        *side = Some(walked);
        true
    }

    fn clashes_in(&self, side: &Side) -> Vec<Clash> {
        let heads = &side.heads;
        let mut all = Vec::new();
        let mut deleted: BTreeMap<Subject, &Head> = BTreeMap::new();
        for (what, heads) in heads {
            let gone = match what {
                Aspect::Presence(item) => !self.plan.any(item.kind).is_live(item.uid),
                Aspect::Link(key) => {
                    self.plan.weave.get(key).is_none() && visible(&self.plan, what)
                }
                _ => false,
            };
            if gone && let Some(head) = heads.iter().rfind(|head| head.value.is_none()) {
                deleted.insert(what.subject(), head);
            }
            let listed = matches!(
                what,
                Aspect::Value(..) | Aspect::Link(_) | Aspect::Strength(_) | Aspect::Shown(..)
            );
            if heads.len() < 2 || !listed || is_a_note(what) || !visible(&self.plan, what) {
                continue;
            }
            let shows = side.reader.now(what);
            let Some(shown) = heads.iter().rfind(|head| head.value == shows) else {
                continue;
            };
            let others = heads.iter().filter(|head| head.value != shows);
            let others: Vec<Claim> = others.map(Head::claim).collect();
            if !others.is_empty() {
                // Whoever decides about a link decides about what hangs on it.
                deleted.remove(&what.subject());
                all.push(Clash::Value {
                    what: what.clone(),
                    shown: shown.claim(),
                    others,
                });
            }
        }
        let links = worked_on(heads);
        for (subject, gone) in deleted {
            let edited = match subject {
                Subject::Item(item) => self.edited_meanwhile(heads, item, gone),
                Subject::Link(key) => {
                    let all = links.get(&key).into_iter().flatten();
                    let apart = all.filter_map(|(what, all)| {
                        let head = all.iter().find(|head| head.apart(gone))?;
                        Some(((*what).clone(), head))
                    });
                    apart.collect()
                }
                Subject::Plan => Vec::new(),
            };
            if !edited.is_empty() {
                let edited = edited.into_iter().map(|(what, head)| (what, head.claim()));
                all.push(Clash::Deleted {
                    subject,
                    by: gone.claim(),
                    edited: edited.collect(),
                });
            }
        }
        all.sort_by_key(Clash::subject);
        all
    }

    /// What was written of an item, its links and what belongs to it by those
    /// who did not know that it was deleted.
    fn edited_meanwhile<'a>(
        &self,
        heads: &'a BTreeMap<Aspect, Vec<Head>>,
        item: ItemId,
        gone: &Head,
    ) -> Vec<(Aspect, &'a Head)> {
        let mut found = Vec::new();
        for (what, all) in heads {
            let mine = match what {
                Aspect::Presence(it) | Aspect::Place(it) => {
                    *it != item && owner(&self.plan, *it) == Some(item)
                }
                Aspect::Value(it, _) => *it == item || owner(&self.plan, *it) == Some(item),
                other => other.touches(item),
            };
            if mine && let Some(head) = all.iter().find(|head| head.apart(gone)) {
                found.push((what.clone(), head));
            }
        }
        found
    }
}

/// What was written at links besides their levels, by link.
fn worked_on(heads: &BTreeMap<Aspect, Vec<Head>>) -> BTreeMap<LinkKey, Vec<(&Aspect, &Vec<Head>)>> {
    let mut all: BTreeMap<LinkKey, Vec<_>> = BTreeMap::new();
    for (what, heads) in heads {
        if let Aspect::Strength(key) | Aspect::Shown(key, _) | Aspect::Note(key, _) = what {
            all.entry(*key).or_default().push((what, heads));
        }
    }
    all
}

/// A write takes the place of all that its author knew. Those that stand are in the
/// order of their ranks, which is the same on every copy, whatever came first.
fn put(heads: &mut BTreeMap<Aspect, Vec<Head>>, what: &Aspect, head: Head) {
    let all = heads.entry(what.clone()).or_default();
    all.retain(|old| old.at != head.at && !head.by.saw.includes(old.at, old.id));
    let at = all.partition_point(|old| old.rank < head.rank);
    all.insert(at, head);
}

fn owner(plan: &Plan, item: ItemId) -> Option<ItemId> {
    let kind = item
        .kind
        .owner_field()
        .and_then(|field| field.shape().target())?;
    let uid = plan.any(item.kind).owner(item.uid)?;
    Some(ItemId { kind, uid })
}

/// Whether it only notes who said something, and when: nobody decides between those.
fn is_a_note(what: &Aspect) -> bool {
    match what {
        Aspect::Value(item, key) => {
            let notes = ["author", "at", "confirmed", "confirmed_at"];
            item.kind.is_about_the_plan() && notes.contains(&key.field.name())
        }
        _ => false,
    }
}

/// Whether what it is about is there to be seen.
fn visible(plan: &Plan, what: &Aspect) -> bool {
    match what {
        Aspect::Strength(key) | Aspect::Shown(key, _) if plan.weave.get(key).is_none() => false,
        _ => match what.subject() {
            Subject::Plan => true,
            Subject::Item(item) => plan.is_live(item),
            Subject::Link(key) => {
                let ends = [
                    Some(key.module.into()),
                    Some(key.competency.into()),
                    key.unit.map(Into::into),
                ];
                ends.into_iter().flatten().all(|end| plan.is_live(end))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use rand::Rng;
    use weft_model::Uid;

    use super::*;
    use crate::{Author, PeerId};

    /// The whole history walked through at once.
    fn from_the_beginning(document: &Document) -> Vec<Clash> {
        let mut side = Side::new(VersionVector::default());
        side.go_on(&document.loro);
        document.clashes_in(&side)
    }

    #[test]
    fn walking_on_behind_the_line_finds_what_the_whole_history_says() {
        let mut found = 0;
        for seed in 0..120 {
            let mut rng = weft_sample::chance(seed);
            let author = Author::default();
            let mut first = Document::create(Uid(1), PeerId(1), &author, 0);
            for _ in 0..rng.random_range(0..40) {
                let act = weft_sample::random_act(first.plan(), &mut rng);
                drop(first.apply(&act, 0));
            }
            let saved = first.save();
            let mut all = vec![first];
            for peer in 2..=4 {
                let opened = Document::open(Uid(1), [&saved], PeerId(peer)).unwrap();
                all.push(opened.document);
            }
            for now in 0..70 {
                let at = rng.random_range(0..all.len());
                if rng.random_ratio(1, 4) {
                    let from = rng.random_range(0..all.len());
                    let news = all[from].updates_since(&all[at].version());
                    all[at].merge(&news).unwrap();
                } else {
                    let act = weft_sample::random_act(all[at].plan(), &mut rng);
                    drop(all[at].apply(&act, now * 700));
                }
                if rng.random_ratio(1, 3) {
                    let clashes = all[at].clashes();
                    found += clashes.len();
                    assert_eq!(clashes, from_the_beginning(&all[at]), "seed {seed}, {now}");
                }
            }
        }
        assert!(found > 1_000, "{found}");
    }
}
