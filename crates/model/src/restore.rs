//! Bringing back what once stood: as new acts, never by turning the history
//! back.

use std::collections::{BTreeMap, BTreeSet};

use crate::command::{Command, EditError, Spot, TextAt};
use crate::difference::{Aspect, Difference, differences, item_differences};
use crate::{Choice, ItemId, Kind, Plan, Rank, Splice, Tier, Uid, Value};

/// The command after which this reads so, as the plan stands; nothing where it
/// does already or no command can do it. Values stand as in a [`Difference`].
pub fn making(plan: &Plan, what: &Aspect, value: Option<&Value>) -> Option<Command> {
    let number = || value.and_then(Value::as_int);
    match what {
        Aspect::Presence(item) => {
            let table = plan.any(item.kind);
            match (table.is_live(item.uid), value.is_some()) {
                (false, true) if table.has(item.uid) => Some(Command::Restore { item: *item }),
                (true, false) => Some(Command::Delete { item: *item }),
                _ => None,
            }
        }
        // A key among siblings says nothing by itself.
        Aspect::Place(_) => None,
        Aspect::Value(item, key) if item.kind.owner_field() == Some(key.field) => {
            let uid = value.and_then(Value::as_str).and_then(|it| it.parse().ok());
            (item.kind == Kind::JobItem && plan.any(item.kind).owner(item.uid) != uid).then_some(
                Command::Move {
                    item: *item,
                    owner: uid,
                    spot: Spot::Last,
                },
            )
        }
        Aspect::Value(item, key) => {
            (plan.value(*item, key).as_ref() != value).then(|| Command::Set {
                item: *item,
                key: key.clone(),
                value: value.cloned(),
            })
        }
        Aspect::Link(key) => {
            let level = number().and_then(|level| Rank::try_from(level).ok());
            let wanted = value.map(|_| level.filter(|level| *level > 0));
            let present = plan.weave.get(key).map(|link| link.level);
            match (present == wanted, wanted) {
                (true, _) => None,
                (false, Some(level)) => Some(Command::Link { key: *key, level }),
                (false, None) => Some(Command::Unlink { key: *key }),
            }
        }
        Aspect::Strength(key) => {
            let strength = number().and_then(|it| u8::try_from(it).ok());
            let present = plan.weave.get(key)?.strength;
            (present != strength).then_some(Command::Strength {
                key: *key,
                strength,
            })
        }
        Aspect::Shown(key, party) => {
            let named = value.is_some();
            let present = plan.weave.get(key)?.visible_to.contains(party);
            (present != named).then_some(Command::ShowLink {
                key: *key,
                party: *party,
                named,
            })
        }
        Aspect::Note(key, lang) => {
            let wanted = value.and_then(Value::as_str).unwrap_or_default();
            let present = plan.weave.get(key)?.note.get(lang);
            Splice::between(present, wanted).map(|splice| Command::Write {
                at: TextAt::LinkNote(*key),
                lang: lang.clone(),
                splice,
            })
        }
    }
}

/// The commands after which the whole plan reads as it did then. What has been
/// made since is deleted, and can be brought back as well.
pub fn restoring(now: &Plan, then: &Plan) -> Vec<Command> {
    let mut making = Making::new(now);
    let mut all = differences(now, then);
    all.retain(|it| !is_about_the_plan(&it.what));
    let (came_back, rest): (Vec<_>, Vec<_>) =
        (all.iter()).partition(|it| matches!(it.what, Aspect::Presence(_)) && it.after.is_some());
    // Back first, for the rest may point to it; what goes, last.
    let mut restored = Vec::new();
    for difference in came_back {
        making.make(&difference.what, difference.after.as_ref());
        restored.extend(subject_item(&difference.what));
    }
    // What an item says that was away is told only now.
    for item in restored {
        for Difference { what, after, .. } in item_differences(&making.plan, then, item) {
            making.value(&what, after.as_ref(), then);
        }
    }
    let (gone, rest): (Vec<_>, Vec<_>) =
        (rest.into_iter()).partition(|it| matches!(it.what, Aspect::Presence(_)));
    // Links hang on items, and what a link says on the link.
    let rank = |what: &Aspect| match what {
        Aspect::Value(..) => 0,
        Aspect::Link(_) => 1,
        _ => 2,
    };
    let mut rest = rest;
    rest.sort_by_key(|it| rank(&it.what));
    for difference in rest {
        making.value(&difference.what, difference.after.as_ref(), then);
    }
    // What a link said that was away is told only now.
    for difference in differences(&making.plan, then) {
        if is_about_the_plan(&difference.what) {
            continue;
        }
        making.value(&difference.what, difference.after.as_ref(), then);
    }
    for difference in gone {
        making.make(&difference.what, difference.after.as_ref());
    }
    making.put_in_order(then);
    making.commands
}

/// The commands after which one item reads as it did then, with its links.
pub fn restoring_item(now: &Plan, then: &Plan, item: ItemId) -> Vec<Command> {
    let mut making = Making::new(now);
    let was_there = then.any(item.kind).is_live(item.uid);
    making.make(
        &Aspect::Presence(item),
        was_there.then_some(Value::Bool(true)).as_ref(),
    );
    if !was_there {
        return making.commands;
    }
    for _ in 0..2 {
        let all = differences(&making.plan, then);
        for Difference { what, after, .. } in all.iter().filter(|it| it.what.touches(item)) {
            match what {
                Aspect::Presence(_) => {}
                Aspect::Place(_) => making.place(item, then),
                _ => making.value(what, after.as_ref(), then),
            }
        }
    }
    making.commands
}

/// See [`Kind::is_about_the_plan`].
fn is_about_the_plan(what: &Aspect) -> bool {
    subject_item(what).is_some_and(|item| item.kind.is_about_the_plan())
}

fn subject_item(what: &Aspect) -> Option<ItemId> {
    match what.subject() {
        crate::Subject::Item(item) => Some(item),
        _ => None,
    }
}

/// Commands, each for the plan as the ones before it leave it.
pub(crate) struct Making {
    pub(crate) plan: Plan,
    pub(crate) commands: Vec<Command>,
}

impl Making {
    pub(crate) fn new(plan: &Plan) -> Self {
        Self {
            plan: plan.clone(),
            commands: Vec::new(),
        }
    }

    /// Does what can be done; what cannot is left as it is.
    pub(crate) fn push(&mut self, command: Command) {
        let writes = match self.plan.resolve(&command) {
            Ok(writes) => writes,
            // A line that was no competency any more kept its links, but gets no
            // new ones: it is one while the link is made.
            Err(EditError::WrongPlace(line)) if matches!(command, Command::Link { .. }) => {
                let tier = Aspect::Value(line, crate::field::job_item::tier.key());
                let Aspect::Value(_, key) = &tier else { return };
                let now = self.plan.value(line, key);
                let competency = Value::str(Tier::Competency.id());
                if line.kind == Kind::JobItem && now.as_ref() != Some(&competency) {
                    self.make(&tier, Some(&competency));
                    self.push(command);
                    self.make(&tier, now.as_ref());
                }
                return;
            }
            Err(_) => return,
        };
        let mut change = crate::Change::default();
        for write in &writes {
            self.plan.write(write, &mut change);
        }
        if !writes.is_empty() {
            self.commands.push(command);
        }
    }

    pub(crate) fn make(&mut self, what: &Aspect, value: Option<&Value>) {
        if let Some(command) = making(&self.plan, what, value) {
            self.push(command);
        }
    }

    pub(crate) fn value(&mut self, what: &Aspect, value: Option<&Value>, then: &Plan) {
        // A line that moves below another takes its tier's word for it.
        if let Aspect::Value(item, key) = what
            && item.kind.owner_field() == Some(key.field)
            && let Some(owner) = value.and_then(Value::as_str).and_then(|it| it.parse().ok())
        {
            let above = ItemId {
                kind: item.kind,
                uid: owner,
            };
            let tier = crate::field::job_item::tier.key();
            for line in [above, *item] {
                self.make(
                    &Aspect::Value(line, tier.clone()),
                    then.value(line, &tier).as_ref(),
                );
            }
        }
        self.make(what, value);
    }

    /// Moves an item to where it stood among its siblings, as nearly as those stand
    /// today: where it passes the fewest of them on the wrong side.
    fn place(&mut self, item: ItemId, then: &Plan) {
        let (was, is) = (then.any(item.kind), self.plan.any(item.kind));
        let owner = is.owner(item.uid);
        if was.owner(item.uid) != owner {
            return;
        }
        let ahead: BTreeSet<Uid> = (was.below(owner).into_iter())
            .take_while(|uid| *uid != item.uid)
            .collect();
        let known: BTreeSet<Uid> = was.below(owner).into_iter().collect();
        let here = is.below(owner).into_iter();
        let here: Vec<Uid> = here.filter(|uid| known.contains(uid)).collect();
        let stands = here.iter().position(|uid| *uid == item.uid);
        let others: Vec<Uid> = here.into_iter().filter(|uid| *uid != item.uid).collect();
        // Before all others, every one that stood ahead of it is on the wrong side.
        let mut wrong = others.iter().filter(|uid| ahead.contains(uid)).count();
        let mut all = vec![wrong];
        for uid in &others {
            if ahead.contains(uid) {
                wrong -= 1;
            } else {
                wrong += 1;
            }
            all.push(wrong);
        }
        let Some((best, least)) = all.iter().enumerate().min_by_key(|(_, wrong)| **wrong) else {
            return;
        };
        if stands.and_then(|at| all.get(at)) == Some(least) {
            return;
        }
        let after = best.checked_sub(1).and_then(|at| others.get(at));
        let spot = after.map_or(Spot::First, |uid| Spot::After(*uid));
        self.push(Command::Move { item, owner, spot });
    }

    /// Brings siblings into the order that they had.
    fn put_in_order(&mut self, then: &Plan) {
        for kind in Kind::ALL.iter().filter(|kind| !kind.is_about_the_plan()) {
            let mut owners: BTreeMap<Option<Uid>, Vec<Uid>> = BTreeMap::new();
            for uid in then.any(*kind).live() {
                owners
                    .entry(then.any(*kind).owner(uid))
                    .or_default()
                    .push(uid);
            }
            for (owner, mut wanted) in owners {
                let here = |making: &Self| -> Vec<Uid> {
                    let table = making.plan.any(*kind);
                    let all = table.live().into_iter();
                    all.filter(|uid| table.owner(*uid) == owner).collect()
                };
                wanted.sort_by(|a, b| {
                    let key = |uid: &Uid| (then.any(*kind).order(*uid).map(str::to_owned), *uid);
                    key(a).cmp(&key(b))
                });
                let present: BTreeSet<Uid> = here(self).into_iter().collect();
                wanted.retain(|uid| present.contains(uid));
                let mut last: Option<Uid> = None;
                for uid in wanted {
                    let now = here(self);
                    let at = now.iter().position(|it| *it == uid);
                    let before = at
                        .and_then(|at| at.checked_sub(1))
                        .and_then(|at| now.get(at));
                    if before.copied() != last {
                        let item = ItemId { kind: *kind, uid };
                        let spot = last.map_or(Spot::First, Spot::After);
                        self.push(Command::Move { item, owner, spot });
                    }
                    last = Some(uid);
                }
            }
        }
    }
}
