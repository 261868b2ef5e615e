//! Carrying what was changed in one copy of a plan over to another one, by uid:
//! for copies that share no history. What the copy never held is not touched,
//! and nothing that stands otherwise here is written over: it is set aside.

use std::collections::BTreeSet;

use crate::command::{Command, Spot};
use crate::difference::{Aspect, differences, item_differences, link_differences};
use crate::restore::Making;
use crate::{ItemId, Kind, Plan, Subject, Uid, Value, field};

/// How deep an outline can be.
const DEPTH: usize = 16;

/// What is to be done here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Carried {
    /// Each for the plan as the ones before it leave it.
    pub commands: Vec<Command>,
    /// What was changed there and reads otherwise here than the copy began with,
    /// with both values: a person decides.
    pub aside: Vec<Aside>,
}

/// A change that is not done by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Aside {
    /// Of what.
    pub what: Aspect,
    /// What it reads here.
    pub here: Option<Value>,
    /// What it was changed to.
    pub there: Option<Value>,
}

/// What was changed between `base` and `theirs`, to be done to `ours`. Named
/// versions and signatures are about a history and stay where they are.
pub fn carrying(ours: &Plan, base: &Plan, theirs: &Plan) -> Carried {
    let mut carrier = Carrier {
        making: Making::new(ours),
        base,
        theirs,
        aside: Vec::new(),
    };
    let mut all = differences(base, theirs);
    all.retain(
        |it| !matches!(it.what.subject(), Subject::Item(item) if is_of_a_history(item.kind)),
    );
    let (presence, rest): (Vec<_>, Vec<_>) =
        (all.into_iter()).partition(|it| matches!(it.what, Aspect::Presence(_)));
    let (came, went): (Vec<_>, Vec<_>) = presence.into_iter().partition(|it| it.after.is_some());
    let came: Vec<ItemId> = came.iter().filter_map(|it| item_of(&it.what)).collect();
    carrier.add(&came);
    // Only now is everything there that an item may point to.
    for item in &came {
        let mut values = Vec::new();
        let mut note = |key, value| values.push((key, value));
        theirs.any(item.kind).values(item.uid, &mut note);
        for (key, value) in values {
            carrier.change(&Aspect::Value(*item, key), None, Some(&value));
        }
    }
    let mut rest = rest;
    rest.sort_by_key(|it| match it.what {
        Aspect::Value(..) | Aspect::Presence(_) | Aspect::Place(_) => 0,
        Aspect::Link(_) => 1,
        _ => 2,
    });
    for it in rest {
        carrier.change(&it.what, it.before.as_ref(), it.after.as_ref());
    }
    for it in went.iter().rev() {
        if let Some(item) = item_of(&it.what) {
            carrier.delete(item);
        }
    }
    carrier.put_in_order();
    Carried {
        commands: carrier.making.commands,
        aside: carrier.aside,
    }
}

fn is_of_a_history(kind: Kind) -> bool {
    matches!(kind, Kind::NamedVersion | Kind::Signature)
}

fn item_of(what: &Aspect) -> Option<ItemId> {
    match what.subject() {
        Subject::Item(item) => Some(item),
        _ => None,
    }
}

struct Carrier<'a> {
    making: Making,
    base: &'a Plan,
    theirs: &'a Plan,
    aside: Vec<Aside>,
}

impl Carrier<'_> {
    /// Makes the new items, owners before what they own.
    fn add(&mut self, came: &[ItemId]) {
        let mut waiting = came.to_vec();
        for _ in 0..DEPTH {
            let mut later = Vec::new();
            for item in waiting {
                let owner = self.theirs.any(item.kind).owner(item.uid);
                let kind = item.kind.owner_field().and_then(|it| it.shape().target());
                let there = match (kind, owner) {
                    (Some(kind), Some(uid)) => self.making.plan.any(kind).has(uid),
                    _ => true,
                };
                if there {
                    self.add_one(item, owner);
                } else {
                    later.push(item);
                }
            }
            if later.is_empty() {
                return;
            }
            waiting = later;
        }
    }

    fn add_one(&mut self, item: ItemId, owner: Option<Uid>) {
        if self.making.plan.any(item.kind).has(item.uid) {
            return;
        }
        let mut fields = Vec::new();
        if item.kind == Kind::JobItem
            && let Some(tier) = self.theirs.value(item, &field::job_item::tier.key())
        {
            fields.push((field::job_item::tier.key(), tier));
        }
        let siblings = self.theirs.any(item.kind).below(owner);
        let at = siblings
            .iter()
            .position(|uid| *uid == item.uid)
            .unwrap_or(0);
        let here = |uid: &&Uid| self.making.plan.any(item.kind).is_live(**uid);
        let before = siblings.iter().take(at).rev().find(here);
        let behind = siblings.iter().skip(at + 1).any(|uid| here(&uid));
        let spot = match before {
            Some(uid) => Spot::After(*uid),
            None if behind => Spot::First,
            None => Spot::Last,
        };
        self.making.push(Command::Add {
            item,
            owner,
            spot,
            fields,
        });
    }

    fn change(&mut self, what: &Aspect, before: Option<&Value>, after: Option<&Value>) {
        if matches!(what, Aspect::Place(_) | Aspect::Presence(_)) {
            return;
        }
        let now = what.read(&self.making.plan);
        if now.as_ref() == after {
            return;
        }
        let made = now.as_ref() == before && {
            self.making.value(what, after, self.theirs);
            what.read(&self.making.plan).as_ref() == after
        };
        if !made {
            self.set_aside(what, now, after.cloned());
            return;
        }
        // What a new link says beside its level is not told apart.
        if let (Aspect::Link(key), None, Some(_)) = (what, before, after) {
            let more = link_differences(&self.making.plan, self.theirs, *key);
            for it in more.iter().filter(|it| it.what != *what) {
                // A note of a link that was once here is not the copy's.
                self.making.value(&it.what, it.after.as_ref(), self.theirs);
            }
        }
    }

    fn set_aside(&mut self, what: &Aspect, here: Option<Value>, there: Option<Value>) {
        self.aside.push(Aside {
            what: what.clone(),
            here,
            there,
        });
    }

    /// Deletes an item that is as the copy knew it, with all that hangs on it.
    fn delete(&mut self, item: ItemId) {
        let plan = &self.making.plan;
        if !plan.any(item.kind).is_live(item.uid) {
            return;
        }
        let presence = Aspect::Presence(item);
        let known = item_differences(self.base, plan, item)
            .iter()
            .all(|it| matches!(it.what, Aspect::Place(_)));
        let held = |kind: &Kind| {
            let owned = kind.owner_field().and_then(|it| it.shape().target()) == Some(item.kind);
            let below = plan.any(*kind).below(Some(item.uid));
            !owned || below.iter().all(|uid| self.base.any(*kind).has(*uid))
        };
        let woven = (plan.weave.iter())
            .filter(|(key, _)| Aspect::Link(**key).touches(item))
            .all(|(key, _)| self.base.weave.get(key).is_some());
        if known && woven && Kind::ALL.iter().all(held) {
            self.making.make(&presence, None);
        } else {
            self.set_aside(&presence, Some(Value::Bool(true)), None);
        }
    }

    /// Moves what was moved among the siblings that the copy held.
    fn put_in_order(&mut self) {
        for kind in Kind::ALL {
            let table = self.theirs.any(*kind);
            let owners: BTreeSet<Option<Uid>> = (table.live().into_iter())
                .map(|uid| table.owner(uid))
                .collect();
            for owner in owners {
                self.order_siblings(*kind, owner);
            }
        }
    }

    fn order_siblings(&mut self, kind: Kind, owner: Option<Uid>) {
        let then = self.base.any(kind).below(owner);
        let now = self.theirs.any(kind).below(owner);
        let stayed = |all: &[Uid], other: &[Uid]| -> Vec<Uid> {
            all.iter()
                .copied()
                .filter(|uid| other.contains(uid))
                .collect()
        };
        let before = self.base.any(kind);
        let moved_here = |uid: &Uid| before.is_live(*uid) && before.owner(*uid) != owner;
        let kept_order = stayed(&then, &now) == stayed(&now, &then);
        if kept_order && !now.iter().any(moved_here) {
            return;
        }
        let here: BTreeSet<Uid> = self
            .making
            .plan
            .any(kind)
            .below(owner)
            .into_iter()
            .collect();
        let mut last = None;
        for uid in now.into_iter().filter(|uid| here.contains(uid)) {
            let mut present = self.making.plan.any(kind).below(owner);
            present.retain(|uid| self.theirs.any(kind).is_live(*uid));
            let at = present.iter().position(|it| *it == uid);
            let before = at
                .and_then(|at| at.checked_sub(1))
                .and_then(|at| present.get(at));
            if before.copied() != last {
                let spot = last.map_or(Spot::First, Spot::After);
                let item = ItemId { kind, uid };
                self.making.push(Command::Move { item, owner, spot });
            }
            last = Some(uid);
        }
    }
}
