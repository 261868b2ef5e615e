//! The items of one kind: by uid, and in order below what they belong to.

use std::collections::{BTreeMap, BTreeSet};

use crate::{BadValue, FieldKey, Id, Kind, Slot, Uid, Value};

/// One kind of item, as the tables see it.
pub trait Item: Clone + PartialEq + core::fmt::Debug {
    /// Its typed id.
    type Id: Id;
    /// An empty item.
    fn empty(id: Self::Id) -> Self;
    /// Its id.
    fn id(&self) -> Self::Id;
    /// Its place among its siblings; see [`order_between`].
    fn order(&self) -> &str;
    /// True once somebody deleted it. It stays recoverable.
    fn deleted(&self) -> bool;
    /// The field at this place in the list of its kind's fields.
    fn slot(&self, index: usize) -> Option<&dyn Slot>;
    /// The same, to be written.
    fn slot_mut(&mut self, index: usize) -> Option<&mut dyn Slot>;
    /// What it belongs to: a unit to its module, a competency to its task.
    fn owner(&self) -> Option<Uid>;
    /// Sets the place among its siblings.
    fn set_order(&mut self, order: &str);
    /// Marks it as deleted or not.
    fn set_deleted(&mut self, deleted: bool);
}

/// All items of one kind. `get` and the iterators leave deleted items out.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<T: Item> {
    rows: BTreeMap<T::Id, T>,
    /// Live items below their owner, in order; equal orders fall back to the
    /// id, so that every copy of a plan shows the same sequence.
    placed: BTreeMap<Option<Uid>, BTreeSet<(String, T::Id)>>,
}

impl<T: Item> Default for Table<T> {
    fn default() -> Self {
        Self {
            rows: BTreeMap::new(),
            placed: BTreeMap::new(),
        }
    }
}

impl<T: Item> Table<T> {
    /// The item, unless it is deleted or was never there.
    pub fn get(&self, id: T::Id) -> Option<&T> {
        self.rows.get(&id).filter(|item| !item.deleted())
    }

    /// The item, deleted or not.
    pub fn raw(&self, id: T::Id) -> Option<&T> {
        self.rows.get(&id)
    }

    /// All live items: by owner, then in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.placed
            .values()
            .flatten()
            .filter_map(|(_, id)| self.rows.get(id))
    }

    /// The live items that belong to `owner`, in order. Items of a kind
    /// without owners all belong to `None`.
    pub fn of(&self, owner: Option<Uid>) -> impl Iterator<Item = &T> {
        self.placed
            .get(&owner)
            .into_iter()
            .flatten()
            .filter_map(|(_, id)| self.rows.get(id))
    }

    /// The live items that belong to this item, in order.
    pub fn below(&self, owner: impl Into<Uid>) -> impl Iterator<Item = &T> {
        self.of(Some(owner.into()))
    }

    /// Items that somebody deleted, by id.
    pub fn deleted(&self) -> impl Iterator<Item = &T> {
        self.rows.values().filter(|item| item.deleted())
    }

    /// Every item, deleted or not, by id.
    pub fn every(&self) -> impl Iterator<Item = &T> {
        self.rows.values()
    }

    /// How many live items there are.
    pub fn len(&self) -> usize {
        self.placed.values().map(BTreeSet::len).sum()
    }

    /// Whether there is no live item.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn take_place(&mut self, id: T::Id) {
        let Some(item) = self.rows.get(&id) else {
            return;
        };
        let owner = item.owner();
        if let Some(siblings) = self.placed.get_mut(&owner) {
            siblings.remove(&(item.order().to_owned(), id));
            if siblings.is_empty() {
                self.placed.remove(&owner);
            }
        }
    }

    fn give_place(&mut self, id: T::Id) {
        if let Some(item) = self.rows.get(&id).filter(|item| !item.deleted()) {
            let place = (item.order().to_owned(), id);
            self.placed.entry(item.owner()).or_default().insert(place);
        }
    }

    fn change(&mut self, id: T::Id, change: impl FnOnce(&mut T)) {
        self.take_place(id);
        change(self.rows.entry(id).or_insert_with(|| T::empty(id)));
        self.give_place(id);
    }
}

/// A table without the type of its items.
pub trait AnyTable {
    /// Whether the item is there and not deleted.
    fn is_live(&self, uid: Uid) -> bool;
    /// Whether the item is there, deleted or not.
    fn has(&self, uid: Uid) -> bool;
    /// What the item belongs to.
    fn owner(&self, uid: Uid) -> Option<Uid>;
    /// The item's place among its siblings.
    fn order(&self, uid: Uid) -> Option<&str>;
    /// One value of the item.
    fn value(&self, uid: Uid, key: &FieldKey) -> Option<Value>;
    /// Every value of the item, in the order of its fields.
    fn values(&self, uid: Uid, emit: &mut dyn FnMut(FieldKey, Value));
    /// Live items below an owner, in order.
    fn below(&self, owner: Option<Uid>) -> Vec<Uid>;
    /// The last live item below an owner, leaving one out.
    fn last_below(&self, owner: Option<Uid>, but: Uid) -> Option<Uid>;
    /// Takes an item out for good: only for an act that failed half way.
    fn forget(&mut self, uid: Uid);
    /// Live items: by owner, then in order.
    fn live(&self) -> Vec<Uid>;
    /// Every uid, deleted or not, ascending.
    fn every(&self) -> Vec<Uid>;
    /// Makes sure that the item exists.
    fn ensure(&mut self, uid: Uid);
    /// Writes one value; a refused one changes nothing.
    fn put(&mut self, uid: Uid, key: &FieldKey, value: Option<&Value>) -> Result<(), BadValue>;
    /// Sets the place among the siblings.
    fn set_order(&mut self, uid: Uid, order: &str);
    /// Marks as deleted or not.
    fn set_deleted(&mut self, uid: Uid, deleted: bool);
    /// Reads a whole item at once, in place of any that is there. Returns
    /// which of the values were refused.
    fn load(
        &mut self,
        uid: Uid,
        order: &str,
        deleted: bool,
        values: &[(FieldKey, Value)],
    ) -> Vec<usize>;
}

impl<T: Item> AnyTable for Table<T> {
    fn is_live(&self, uid: Uid) -> bool {
        self.get(uid.into()).is_some()
    }

    fn has(&self, uid: Uid) -> bool {
        self.rows.contains_key(&uid.into())
    }

    fn owner(&self, uid: Uid) -> Option<Uid> {
        self.raw(uid.into())?.owner()
    }

    fn order(&self, uid: Uid) -> Option<&str> {
        self.raw(uid.into()).map(Item::order)
    }

    fn value(&self, uid: Uid, key: &FieldKey) -> Option<Value> {
        self.raw(uid.into())?.slot(key.field.index())?.get(&key.sub)
    }

    fn values(&self, uid: Uid, emit: &mut dyn FnMut(FieldKey, Value)) {
        let Some(item) = self.raw(uid.into()) else {
            return;
        };
        for field in <T::Id as Id>::KIND.all_fields() {
            if let Some(slot) = item.slot(field.index()) {
                slot.each(&mut |sub, value| emit(FieldKey { field, sub }, value));
            }
        }
    }

    fn below(&self, owner: Option<Uid>) -> Vec<Uid> {
        self.of(owner).map(|item| item.id().into()).collect()
    }

    fn last_below(&self, owner: Option<Uid>, but: Uid) -> Option<Uid> {
        let siblings = self.placed.get(&owner)?.iter().rev();
        siblings.map(|(_, id)| (*id).into()).find(|uid| *uid != but)
    }

    fn forget(&mut self, uid: Uid) {
        self.take_place(uid.into());
        self.rows.remove(&uid.into());
    }

    fn live(&self) -> Vec<Uid> {
        self.iter().map(|item| item.id().into()).collect()
    }

    fn every(&self) -> Vec<Uid> {
        self.rows.keys().map(|id| (*id).into()).collect()
    }

    fn ensure(&mut self, uid: Uid) {
        if !self.has(uid) {
            self.change(uid.into(), |_| ());
        }
    }

    fn put(&mut self, uid: Uid, key: &FieldKey, value: Option<&Value>) -> Result<(), BadValue> {
        let mut result = Err(BadValue::WrongKey);
        // Only the owner decides the place, so other fields need no reshuffle.
        let moves = <T::Id as Id>::KIND.owner_field() == Some(key.field);
        if moves || !self.has(uid) {
            self.change(uid.into(), |item| {
                if let Some(slot) = item.slot_mut(key.field.index()) {
                    result = slot.put(&key.sub, value);
                }
            });
        } else if let Some(slot) = self
            .rows
            .get_mut(&uid.into())
            .and_then(|item| item.slot_mut(key.field.index()))
        {
            result = slot.put(&key.sub, value);
        }
        result
    }

    fn set_order(&mut self, uid: Uid, order: &str) {
        self.change(uid.into(), |item| item.set_order(order));
    }

    fn set_deleted(&mut self, uid: Uid, deleted: bool) {
        self.change(uid.into(), |item| item.set_deleted(deleted));
    }

    fn load(
        &mut self,
        uid: Uid,
        order: &str,
        deleted: bool,
        values: &[(FieldKey, Value)],
    ) -> Vec<usize> {
        let id = uid.into();
        let mut item = T::empty(id);
        item.set_order(order);
        item.set_deleted(deleted);
        let mut refused = Vec::new();
        for (at, (key, value)) in values.iter().enumerate() {
            let put = match item.slot_mut(key.field.index()) {
                Some(slot) => slot.put(&key.sub, Some(value)),
                None => Err(BadValue::WrongKey),
            };
            if put.is_err() {
                refused.push(at);
            }
        }
        self.take_place(id);
        self.rows.insert(id, item);
        self.give_place(id);
        refused
    }
}

impl Kind {
    /// The field that says what an item of this kind belongs to.
    pub fn owner_field(self) -> Option<crate::Field> {
        use crate::field;
        Some(match self {
            Self::JobItem => field::job_item::parent,
            Self::Offering => field::offering::module,
            Self::Unit => field::unit::module,
            Self::Assessment => field::assessment::module,
            Self::Intake => field::intake::cohort,
            Self::Group => field::group::track,
            Self::Conversion => field::conversion::certificate,
            Self::RotationBlock => field::rotation_block::mode,
            _ => return None,
        })
    }
}
