//! What was changed on two sides at the same time, neither having seen the
//! other. The document shows one of the values; the others are found in the
//! history. Every copy finds the same, and one that is decided anywhere, by
//! writing a value or by confirming the one that stands, is decided everywhere.

use std::collections::{BTreeMap, BTreeSet};

use loro::ID;
use weft_model::{Aspect, ItemId, Plan, Subject, Uid, Value};

use crate::document::Document;
use crate::walk::{self, Reader, Step};

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
    /// An item that one deleted while another worked on it.
    Deleted {
        /// The item.
        item: ItemId,
        /// Who deleted it, and when.
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
            Self::Deleted { item, .. } => (*item).into(),
        }
    }
}

/// A write that nobody who wrote later had seen.
#[derive(Clone)]
struct Head {
    at: usize,
    id: ID,
    value: Option<Value>,
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
        if walk::is_a_line(&self.loro) {
            return Vec::new();
        }
        let steps = walk::steps(&self.loro);
        let mut reader = Reader::default();
        let mut heads: BTreeMap<Aspect, Vec<Head>> = BTreeMap::new();
        for (index, step) in steps.iter().enumerate() {
            let mut texts: BTreeSet<Aspect> = BTreeSet::new();
            let note = |_: &Reader, what: &Aspect| {
                texts.insert(what.clone());
            };
            let written = |what: &Aspect, id: ID, value: &Option<Value>| {
                let head = Head {
                    at: index,
                    id,
                    value: value.clone(),
                };
                put(&mut heads, what, head, step);
            };
            reader.play(step, index, note, written);
            for what in texts {
                let fresh = heads
                    .get(&what)
                    .is_none_or(|all| all.iter().all(|it| it.at != index));
                if fresh {
                    let head = Head {
                        at: index,
                        id: step.end,
                        value: None,
                    };
                    put(&mut heads, &what, head, step);
                }
            }
        }
        let claim = |head: &Head| Claim {
            value: head.value.clone(),
            author: steps.get(head.at).map_or(Uid(0), |step| step.author),
            at_millis: steps
                .get(head.at)
                .map_or(0, |step| step.seconds.saturating_mul(1_000)),
        };
        let mut all = Vec::new();
        let mut deleted: BTreeMap<ItemId, &Head> = BTreeMap::new();
        for (what, heads) in &heads {
            let item = match what {
                Aspect::Presence(item) => Some(*item),
                _ => None,
            };
            if let Some(item) = item
                && !self.plan.any(item.kind).is_live(item.uid)
                && let Some(head) = heads.iter().rfind(|head| head.value.is_none())
            {
                deleted.insert(item, head);
            }
            let shows = reader.now(what);
            let listed = matches!(
                what,
                Aspect::Value(..) | Aspect::Link(_) | Aspect::Strength(_) | Aspect::Shown(..)
            );
            if heads.len() < 2 || !listed || is_a_note(what) || !visible(&self.plan, what) {
                continue;
            }
            let Some(shown) = heads.iter().rfind(|head| head.value == shows) else {
                continue;
            };
            let others = heads.iter().filter(|head| head.value != shows);
            let others: Vec<Claim> = others.map(claim).collect();
            if !others.is_empty() {
                all.push(Clash::Value {
                    what: what.clone(),
                    shown: claim(shown),
                    others,
                });
            }
        }
        for (item, gone) in deleted {
            let edited = self.edited_meanwhile(&heads, &steps, item, gone);
            if !edited.is_empty() {
                let edited = edited.into_iter().map(|(what, head)| (what, claim(head)));
                all.push(Clash::Deleted {
                    item,
                    by: claim(gone),
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
        steps: &[Step],
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
            if !mine {
                continue;
            }
            for head in all {
                let apart = |one: &Head, other: &Head| {
                    one.at != other.at
                        && !steps
                            .get(one.at)
                            .is_some_and(|step| step.saw.includes(other.at, other.id))
                };
                if apart(head, gone) && apart(gone, head) {
                    found.push((what.clone(), head));
                    break;
                }
            }
        }
        found
    }
}

/// A write takes the place of all that its author knew.
fn put(heads: &mut BTreeMap<Aspect, Vec<Head>>, what: &Aspect, head: Head, step: &Step) {
    let all = heads.entry(what.clone()).or_default();
    all.retain(|old| old.at != head.at && !step.saw.includes(old.at, old.id));
    all.push(head);
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
