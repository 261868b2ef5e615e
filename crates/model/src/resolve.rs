//! From commands to writes: what a command means for this plan, or why it is
//! impossible.

use crate::command::{Act, Command, EditError, Spot, TextAt, Write};
use crate::order::order_between;
use crate::plan::{ABOUT, Plan, pointed_to};
use crate::slot::TEXT_LIMIT;
use crate::table::AnyTable;
use crate::{
    Aspect, BadValue, Change, Choice, FieldKey, ItemId, Kind, LinkKey, Rank, Shape, Splice, Sub,
    Tier, Uid, Value,
};

/// What an act came down to.
#[derive(Clone, Debug, PartialEq)]
pub struct Performed {
    /// What it touched.
    pub change: Change,
    /// Its writes, in order.
    pub writes: Vec<Write>,
    /// For each write the one that takes it back, as the plan stood just
    /// before it. To go back, do them from the last to the first.
    pub back: Vec<Write>,
}

impl Plan {
    /// Applies a whole act, or nothing of it. Returns what it touched and the
    /// writes it came down to, in order.
    pub fn apply(&mut self, act: &Act) -> Result<(Change, Vec<Write>), EditError> {
        self.perform(act).map(|done| (done.change, done.writes))
    }

    /// Applies a whole act, or nothing of it, and tells how to take each of
    /// its writes back.
    pub fn perform(&mut self, act: &Act) -> Result<Performed, EditError> {
        let mut change = Change::default();
        let mut done: Vec<Write> = Vec::new();
        let mut back: Vec<Write> = Vec::new();
        for command in &act.commands {
            match self.resolve(command) {
                Ok(writes) => {
                    for write in writes {
                        back.push(self.inverse(&write));
                        self.write(&write, &mut change);
                        done.push(write);
                    }
                }
                Err(error) => {
                    let mut ignored = Change::default();
                    for write in back.iter().rev() {
                        self.write(write, &mut ignored);
                    }
                    self.forget_created(&done);
                    return Err(error);
                }
            }
        }
        Ok(Performed {
            change,
            writes: done,
            back,
        })
    }

    /// The writes that a command comes down to, as the plan stands now.
    pub fn resolve(&self, command: &Command) -> Result<Vec<Write>, EditError> {
        match command {
            Command::Add {
                item,
                owner,
                spot,
                fields,
            } => self.add(*item, *owner, *spot, fields),
            Command::Set { item, key, value } => self.set(*item, key, value.as_ref()),
            Command::Write { at, lang, splice } => {
                self.can_write(*at)?;
                let after = splice
                    .apply(&self.text(*at, lang))
                    .ok_or(EditError::PastEnd)?;
                if after.len() > TEXT_LIMIT && after.chars().count() > TEXT_LIMIT {
                    let key = match at {
                        TextAt::Field(_, field) => field.lang(lang.clone()),
                        TextAt::LinkNote(_) => crate::field::module::note.lang(lang.clone()),
                    };
                    return Err(EditError::Value {
                        key,
                        why: BadValue::TooLong { limit: TEXT_LIMIT },
                    });
                }
                Ok(vec![Write::Splice {
                    at: *at,
                    lang: lang.clone(),
                    splice: splice.clone(),
                }])
            }
            Command::Move { item, owner, spot } => self.relocate(*item, *owner, *spot),
            Command::Delete { item } => {
                if *item == ABOUT {
                    return Err(EditError::Permanent);
                }
                self.live(*item)?;
                Ok(vec![Write::Deleted {
                    item: *item,
                    deleted: true,
                }])
            }
            Command::Restore { item } => match self.live(*item) {
                Err(EditError::Deleted(_)) => Ok(vec![Write::Deleted {
                    item: *item,
                    deleted: false,
                }]),
                Err(error) => Err(error),
                Ok(()) => Ok(Vec::new()),
            },
            Command::Link { key, level } => {
                self.can_link(key)?;
                in_scale(*level, 9)?;
                Ok(vec![Write::Link {
                    key: *key,
                    level: Some(*level),
                }])
            }
            Command::Unlink { key } => {
                self.there(key)?;
                Ok(vec![Write::Link {
                    key: *key,
                    level: None,
                }])
            }
            Command::Strength { key, strength } => {
                self.there(key)?;
                in_scale(*strength, 5)?;
                Ok(vec![Write::Strength {
                    key: *key,
                    strength: *strength,
                }])
            }
            Command::Confirm { what } => self.confirm(what),
            Command::ShowLink { key, party, named } => {
                self.there(key)?;
                // One that is gone can still be taken out.
                if *named {
                    self.live((*party).into())?;
                }
                Ok(vec![Write::ShowLink {
                    key: *key,
                    party: *party,
                    named: *named,
                }])
            }
        }
    }

    fn confirm(&self, what: &Aspect) -> Result<Vec<Write>, EditError> {
        let known = |item: ItemId| match self.live(item) {
            Err(EditError::Missing(item)) => Err(EditError::Missing(item)),
            _ => Ok(()),
        };
        match what {
            Aspect::Presence(item) | Aspect::Place(item) => known(*item)?,
            Aspect::Value(item, key) => {
                self.live(*item)?;
                if key.field.kind() != item.kind {
                    return Err(EditError::WrongField(key.clone()));
                }
            }
            Aspect::Link(key) => {
                known(key.module.into())?;
                known(key.competency.into())?;
            }
            Aspect::Strength(key) | Aspect::Shown(key, _) | Aspect::Note(key, _) => {
                self.there(key)?;
            }
        }
        Ok(vec![Write::Confirm { what: what.clone() }])
    }

    fn live(&self, item: ItemId) -> Result<(), EditError> {
        let table = self.any(item.kind);
        if table.is_live(item.uid) {
            Ok(())
        } else if table.has(item.uid) {
            Err(EditError::Deleted(item))
        } else {
            Err(EditError::Missing(item))
        }
    }

    fn there(&self, key: &LinkKey) -> Result<(), EditError> {
        self.weave
            .get(key)
            .map(|_| ())
            .ok_or(EditError::MissingLink(*key))
    }

    fn can_link(&self, key: &LinkKey) -> Result<(), EditError> {
        self.live(key.module.into())?;
        self.live(key.competency.into())?;
        if let Some(unit) = key.unit {
            self.live(unit.into())?;
            let owner = self.units.get(unit).and_then(|u| u.module);
            if owner.is_none_or(|module| module.0 != key.module) {
                return Err(EditError::WrongPlace(unit.into()));
            }
        }
        let tier = self
            .job_items
            .get(key.competency)
            .and_then(|line| line.tier);
        if tier.is_some_and(|tier| tier.0 != Tier::Competency) {
            return Err(EditError::WrongPlace(key.competency.into()));
        }
        Ok(())
    }

    fn can_write(&self, at: TextAt) -> Result<(), EditError> {
        match at {
            TextAt::Field(item, field) => {
                self.live(item)?;
                let fits = field.kind() == item.kind && field.shape() == Shape::Text;
                if fits {
                    Ok(())
                } else {
                    Err(EditError::WrongField(field.key()))
                }
            }
            TextAt::LinkNote(key) => self.there(&key),
        }
    }

    fn add(
        &self,
        item: ItemId,
        owner: Option<Uid>,
        spot: Spot,
        fields: &[(FieldKey, Value)],
    ) -> Result<Vec<Write>, EditError> {
        if self.any(item.kind).has(item.uid) {
            return Err(EditError::Exists(item));
        }
        // There is one of it, and it is always there.
        if item.kind == Kind::About {
            return Err(EditError::WrongPlace(item));
        }
        self.can_belong(item, owner)?;
        let order = self.order_at(item, owner, spot)?;
        let mut writes = vec![Write::Create { item, order }];
        if let (Some(field), Some(owner)) = (item.kind.owner_field(), owner) {
            writes.push(Write::Put {
                item,
                key: field.key(),
                value: Some(Value::Str(owner.to_string())),
            });
        }
        for (key, value) in fields {
            self.fits(item.kind, key, Some(value))?;
            writes.push(match (&key.sub, value) {
                (Sub::Lang(lang), Value::Str(text)) => Write::Splice {
                    at: TextAt::Field(item, key.field),
                    lang: lang.clone(),
                    splice: Splice {
                        at: 0,
                        delete: 0,
                        insert: text.clone(),
                    },
                },
                _ => Write::Put {
                    item,
                    key: key.clone(),
                    value: Some(value.clone()),
                },
            });
        }
        if let (Kind::JobItem, Some(owner)) = (item.kind, owner) {
            let tier = fields
                .iter()
                .find(|(key, _)| key.field == crate::field::job_item::tier);
            let tier = tier
                .and_then(|(_, value)| value.as_str())
                .and_then(Tier::from_id);
            self.holds(item, owner, tier)?;
        }
        Ok(writes)
    }

    fn set(
        &self,
        item: ItemId,
        key: &FieldKey,
        value: Option<&Value>,
    ) -> Result<Vec<Write>, EditError> {
        self.live(item)?;
        self.fits(item.kind, key, value)?;
        if let Sub::Lang(lang) = &key.sub {
            let at = TextAt::Field(item, key.field);
            let new = value.and_then(Value::as_str).unwrap_or_default();
            let splice = Splice::between(&self.text(at, lang), new);
            let write = splice.map(|splice| Write::Splice {
                at,
                lang: lang.clone(),
                splice,
            });
            return Ok(write.into_iter().collect());
        }
        if self.value(item, key).as_ref() == value {
            return Ok(Vec::new());
        }
        Ok(vec![Write::Put {
            item,
            key: key.clone(),
            value: value.cloned(),
        }])
    }

    fn relocate(
        &self,
        item: ItemId,
        owner: Option<Uid>,
        spot: Spot,
    ) -> Result<Vec<Write>, EditError> {
        self.live(item)?;
        if spot == Spot::After(item.uid) {
            return Err(EditError::Cycle(item));
        }
        let before = self.any(item.kind).owner(item.uid);
        if before != owner {
            if item.kind != Kind::JobItem {
                return Err(EditError::WrongPlace(item));
            }
            self.can_belong(item, owner)?;
            if let Some(owner) = owner {
                self.not_below_itself(item, owner)?;
                let tier = self
                    .job_items
                    .get(item.uid.into())
                    .and_then(|line| line.tier);
                self.holds(item, owner, tier.map(|tier| tier.0))?;
            }
        }
        let mut writes = vec![Write::Order {
            item,
            order: self.order_at(item, owner, spot)?,
        }];
        if let (true, Some(field)) = (before != owner, item.kind.owner_field()) {
            let value = owner.map(|owner| Value::Str(owner.to_string()));
            writes.push(Write::Put {
                item,
                key: field.key(),
                value,
            });
        }
        Ok(writes)
    }

    fn can_belong(&self, item: ItemId, owner: Option<Uid>) -> Result<(), EditError> {
        let kind = item
            .kind
            .owner_field()
            .and_then(|field| field.shape().target());
        match (kind, owner) {
            (None, None) => Ok(()),
            // A line of the outline may stand at the top, nothing else stands alone.
            (Some(_), None) if item.kind == Kind::JobItem => Ok(()),
            (Some(kind), Some(uid)) => self.live(ItemId { kind, uid }),
            _ => Err(EditError::WrongPlace(item)),
        }
    }

    /// A line of the outline can be below any line of a higher tier.
    fn holds(&self, item: ItemId, owner: Uid, tier: Option<Tier>) -> Result<(), EditError> {
        let above = self.job_items.get(owner.into()).and_then(|line| line.tier);
        match (above, tier) {
            (Some(above), Some(tier)) if above.0 < tier => Ok(()),
            _ => Err(EditError::WrongPlace(item)),
        }
    }

    fn not_below_itself(&self, item: ItemId, owner: Uid) -> Result<(), EditError> {
        let table = self.any(item.kind);
        let mut at = Some(owner);
        for _ in 0..16 {
            match at {
                Some(uid) if uid == item.uid => return Err(EditError::Cycle(item)),
                Some(uid) => at = table.owner(uid),
                None => return Ok(()),
            }
        }
        Err(EditError::Cycle(item))
    }

    fn order_at(&self, item: ItemId, owner: Option<Uid>, spot: Spot) -> Result<String, EditError> {
        let table = self.any(item.kind);
        let neighbours = table.neighbours(owner, item.uid, spot);
        let (before, after) = neighbours.ok_or(EditError::WrongPlace(item))?;
        Ok(order_between(before.as_deref(), after.as_deref()))
    }

    /// Whether the value may stand there at all.
    fn fits(&self, kind: Kind, key: &FieldKey, value: Option<&Value>) -> Result<(), EditError> {
        let wrong = || EditError::WrongField(key.clone());
        if key.field.kind() != kind || !key.fits() || kind.owner_field() == Some(key.field) {
            return Err(wrong());
        }
        let Some(value) = value else { return Ok(()) };
        crate::kinds::try_value(key, value).map_err(|why| EditError::Value {
            key: key.clone(),
            why,
        })?;
        match pointed_to(key, value) {
            Some(to) => self.live(to),
            None => Ok(()),
        }
    }

    /// Takes items out again that an act created before it failed: for the
    /// plan they were never there.
    fn forget_created(&mut self, done: &[Write]) {
        for write in done {
            if let Write::Create { item, .. } = write {
                self.forget(*item);
            }
        }
    }
}

fn in_scale(rank: Option<Rank>, most: Rank) -> Result<(), EditError> {
    match rank {
        Some(rank) if !(1..=most).contains(&rank) => Err(EditError::OutOfScale),
        _ => Ok(()),
    }
}

impl dyn AnyTable + '_ {
    /// The places before and behind a spot among the live items of `owner`,
    /// leaving `moving` itself out; nothing if the spot is not there.
    fn neighbours(
        &self,
        owner: Option<Uid>,
        moving: Uid,
        spot: Spot,
    ) -> Option<(Option<String>, Option<String>)> {
        let order = |uid: Uid| self.order(uid).map(str::to_owned);
        match spot {
            Spot::Last => Some((self.last_below(owner, moving).and_then(order), None)),
            Spot::First => {
                let siblings = self.below(owner);
                let first = siblings.into_iter().find(|uid| *uid != moving);
                Some((None, first.and_then(order)))
            }
            Spot::After(anchor) => {
                let siblings = self.below(owner);
                let mut rest = siblings.into_iter().filter(|uid| *uid != moving);
                rest.by_ref().find(|uid| *uid == anchor)?;
                Some((order(anchor), rest.next().and_then(order)))
            }
        }
    }
}
