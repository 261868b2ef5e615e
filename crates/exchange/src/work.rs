//! The plan as it will be: every command of an import is tried on a copy
//! first, so that the act as a whole cannot fail on the plan it was made for.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{
    Act, Command, EditError, FieldKey, ItemId, Kind, LinkKey, Plan, Rank, Spot, Subject, Uid,
    Value, Verb,
};

use crate::Counted;

/// How far a touched item or link got.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Touch {
    Unchanged,
    Updated,
    New,
}

/// A copy of the plan with the commands that lead to it.
pub(crate) struct Work<'a> {
    /// The plan after all commands so far.
    pub plan: Plan,
    /// The commands so far.
    pub commands: Vec<Command>,
    fresh: &'a mut dyn FnMut() -> Uid,
    items: BTreeMap<ItemId, Touch>,
    links: BTreeMap<LinkKey, Touch>,
    handed_out: BTreeSet<Uid>,
}

impl<'a> Work<'a> {
    /// Starts from a plan.
    pub fn new(plan: &Plan, fresh: &'a mut dyn FnMut() -> Uid) -> Self {
        Self {
            plan: plan.clone(),
            commands: Vec::new(),
            fresh,
            items: BTreeMap::new(),
            links: BTreeMap::new(),
            handed_out: BTreeSet::new(),
        }
    }

    /// A uid that nothing of this kind has. A source of uids that repeats
    /// itself is stepped past.
    pub fn fresh(&mut self, kind: Kind) -> ItemId {
        let mut uid = (self.fresh)();
        for _ in 0..64 {
            if !self.taken(kind, uid) {
                break;
            }
            uid = (self.fresh)();
        }
        while self.taken(kind, uid) {
            uid = Uid(uid.0.wrapping_add(1));
        }
        self.handed_out.insert(uid);
        ItemId { kind, uid }
    }

    fn taken(&self, kind: Kind, uid: Uid) -> bool {
        uid == Uid(0) || self.handed_out.contains(&uid) || self.plan.any(kind).has(uid)
    }

    /// Applies one command; one that changes nothing is left out.
    pub fn run(&mut self, command: Command) -> Result<bool, EditError> {
        let act = Act {
            intent: weft_model::Intent {
                verb: Verb::Import,
                subject: Subject::Plan,
            },
            commands: vec![command],
        };
        let (_, writes) = self.plan.apply(&act)?;
        let changed = !writes.is_empty();
        if changed {
            self.commands.extend(act.commands);
        }
        Ok(changed)
    }

    /// Adds an item behind its siblings. Values that do not fit are left out
    /// and handed back.
    pub fn add(
        &mut self,
        item: ItemId,
        owner: Option<Uid>,
        mut fields: Vec<(FieldKey, Value)>,
    ) -> Result<Vec<(FieldKey, Value, EditError)>, EditError> {
        let mut refused = Vec::new();
        loop {
            let command = Command::Add {
                item,
                owner,
                spot: Spot::Last,
                fields: fields.clone(),
            };
            let error = match self.run(command) {
                Ok(_) => {
                    self.items.insert(item, Touch::New);
                    return Ok(refused);
                }
                Err(error) => error,
            };
            let culprit = match &error {
                EditError::Value { key, .. } | EditError::WrongField(key) => {
                    fields.iter().position(|(known, _)| known == key)
                }
                EditError::Missing(to) | EditError::Deleted(to) => fields
                    .iter()
                    .position(|(key, value)| weft_model::pointed_to(key, value) == Some(*to)),
                _ => None,
            };
            match culprit {
                Some(at) => {
                    let (key, value) = fields.remove(at);
                    refused.push((key, value, error));
                }
                None => return Err(error),
            }
        }
    }

    /// Notes that the import speaks of an item that is already there.
    pub fn met(&mut self, item: ItemId) {
        self.items.entry(item).or_insert(Touch::Unchanged);
    }

    /// Sets one value of an item. True when that changed something.
    pub fn set(
        &mut self,
        item: ItemId,
        key: FieldKey,
        value: Option<Value>,
    ) -> Result<bool, EditError> {
        let changed = self.run(Command::Set { item, key, value })?;
        if changed {
            self.changed(item);
        }
        Ok(changed)
    }

    /// Notes that an item was changed.
    pub fn changed(&mut self, item: ItemId) {
        let touch = self.items.entry(item).or_insert(Touch::Updated);
        *touch = (*touch).max(Touch::Updated);
    }

    /// Makes a link or gives it a level. A known link keeps its level where
    /// the import says none.
    pub fn link(&mut self, key: LinkKey, level: Option<Rank>) -> Result<(), EditError> {
        let touch = match self.plan.weave.get(&key).map(|link| link.level) {
            Some(known) if level.is_none() || known == level => {
                self.links.entry(key).or_insert(Touch::Unchanged);
                return Ok(());
            }
            Some(_) => Touch::Updated,
            None => Touch::New,
        };
        self.run(Command::Link { key, level })?;
        self.touch_link(key, touch);
        Ok(())
    }

    /// Says how strongly a link holds.
    pub fn strength(&mut self, key: LinkKey, strength: Option<u8>) -> Result<(), EditError> {
        if self
            .plan
            .weave
            .get(&key)
            .is_some_and(|link| link.strength == strength)
        {
            return Ok(());
        }
        self.run(Command::Strength { key, strength })?;
        self.touch_link(key, Touch::Updated);
        Ok(())
    }

    /// Notes that a link came or changed.
    pub fn link_changed(&mut self, key: LinkKey) {
        self.touch_link(key, Touch::Updated);
    }

    fn touch_link(&mut self, key: LinkKey, touch: Touch) {
        let known = self.links.entry(key).or_insert(touch);
        *known = (*known).max(touch);
    }

    /// New, updated and unchanged, by kind and for links.
    pub fn counts(&self) -> (BTreeMap<Kind, Counted>, Counted) {
        let mut items: BTreeMap<Kind, Counted> = BTreeMap::new();
        for (item, touch) in &self.items {
            count(items.entry(item.kind).or_default(), *touch);
        }
        let mut links = Counted::default();
        for touch in self.links.values() {
            count(&mut links, *touch);
        }
        (items, links)
    }
}

fn count(counted: &mut Counted, touch: Touch) {
    match touch {
        Touch::Unchanged => counted.unchanged += 1,
        Touch::Updated => counted.updated += 1,
        Touch::New => counted.new += 1,
    }
}
