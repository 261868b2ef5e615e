//! The items of one kind: by uid, and in order below what they belong to.

use std::collections::{BTreeMap, BTreeSet};

use crate::{BadValue, Field, FieldKey, Id, ItemId, Kind, Slot, Uid, Value};

/// One item, as the tables see it.
pub trait Row {
    /// Its uid.
    fn uid(&self) -> Uid;
    /// Its place among its siblings; see [`order_between`](crate::order_between).
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

/// One kind of item.
pub trait Item: Row + Clone + PartialEq + core::fmt::Debug {
    /// Its typed id.
    type Id: Id;
    /// An empty item.
    fn empty(id: Self::Id) -> Self;
    /// Its id.
    fn id(&self) -> Self::Id;
}

/// Where the items of a table are. Without their type: the program holds this
/// once and not once for every kind.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Where each item stands in the rows.
    at: BTreeMap<Uid, usize>,
    /// Live items below their owner, in order; equal orders fall back to the
    /// uid, so that every copy of a plan shows the same sequence.
    placed: BTreeMap<Option<Uid>, BTreeSet<(String, Uid)>>,
}

impl Index {
    fn take_place(&mut self, row: &dyn Row) {
        let owner = row.owner();
        if let Some(siblings) = self.placed.get_mut(&owner) {
            siblings.remove(&(row.order().to_owned(), row.uid()));
            if siblings.is_empty() {
                self.placed.remove(&owner);
            }
        }
    }

    fn give_place(&mut self, row: &dyn Row) {
        if !row.deleted() {
            let place = (row.order().to_owned(), row.uid());
            self.placed.entry(row.owner()).or_default().insert(place);
        }
    }

    /// Rows of live items: by owner, then in order.
    fn live(&self) -> impl DoubleEndedIterator<Item = (Uid, usize)> {
        self.found(self.placed.values().flatten())
    }

    /// Rows of the live items below an owner, in order.
    fn below(&self, owner: Option<Uid>) -> impl DoubleEndedIterator<Item = (Uid, usize)> {
        self.found(self.placed.get(&owner).into_iter().flatten())
    }

    fn found<'a>(
        &'a self,
        places: impl DoubleEndedIterator<Item = &'a (String, Uid)>,
    ) -> impl DoubleEndedIterator<Item = (Uid, usize)> {
        places.filter_map(|(_, uid)| Some((*uid, *self.at.get(uid)?)))
    }
}

/// All items of one kind. `get` and the iterators leave deleted items out.
#[derive(Clone, Debug)]
pub struct Table<T: Item> {
    index: Index,
    /// In the order in which they came; only the index knows a better one.
    rows: Vec<T>,
}

impl<T: Item> Default for Table<T> {
    fn default() -> Self {
        Self {
            index: Index::default(),
            rows: Vec::new(),
        }
    }
}

/// Equal items are equal tables, whichever came first.
impl<T: Item> PartialEq for Table<T> {
    fn eq(&self, other: &Self) -> bool {
        self.rows.len() == other.rows.len() && self.every().eq(other.every())
    }
}

impl<T: Item> Table<T> {
    /// The item, unless it is deleted or was never there.
    pub fn get(&self, id: T::Id) -> Option<&T> {
        self.raw(id).filter(|item| !item.deleted())
    }

    /// The item, deleted or not.
    pub fn raw(&self, id: T::Id) -> Option<&T> {
        self.rows.get(*self.index.at.get(&id.into())?)
    }

    /// All live items: by owner, then in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.index.live().filter_map(|(_, at)| self.rows.get(at))
    }

    /// The live items that belong to `owner`, in order. Items of a kind
    /// without owners all belong to `None`.
    pub fn of(&self, owner: Option<Uid>) -> impl Iterator<Item = &T> {
        let below = self.index.below(owner);
        below.filter_map(|(_, at)| self.rows.get(at))
    }

    /// The live items that belong to this item, in order.
    pub fn below(&self, owner: impl Into<Uid>) -> impl Iterator<Item = &T> {
        self.of(Some(owner.into()))
    }

    /// Items that somebody deleted, by id.
    pub fn deleted(&self) -> impl Iterator<Item = &T> {
        self.every().filter(|item| item.deleted())
    }

    /// Every item, deleted or not, by id.
    pub fn every(&self) -> impl Iterator<Item = &T> {
        self.index.at.values().filter_map(|at| self.rows.get(*at))
    }

    /// How many live items there are.
    pub fn len(&self) -> usize {
        self.index.placed.values().map(BTreeSet::len).sum()
    }

    /// Whether there is no live item.
    pub fn is_empty(&self) -> bool {
        self.index.placed.is_empty()
    }
}

/// A table without the type of its items. The methods of the trait are what a
/// kind must bring itself; all others stand on them, once for all kinds.
pub trait AnyTable {
    /// What its items are.
    fn kind(&self) -> Kind;
    /// Where they are.
    #[doc(hidden)]
    fn index(&self) -> &Index;
    /// The item in this row.
    #[doc(hidden)]
    fn row(&self, at: usize) -> Option<&dyn Row>;
    /// The index, and the item in this row to be written.
    #[doc(hidden)]
    fn both(&mut self, at: usize) -> Option<(&mut Index, &mut dyn Row)>;
    /// An empty item without a place, instead of any that is there; its row.
    #[doc(hidden)]
    fn fresh(&mut self, uid: Uid) -> usize;
    /// Takes an item out for good: only for an act that failed half way.
    fn forget(&mut self, uid: Uid);
}

impl<T: Item> AnyTable for Table<T> {
    fn kind(&self) -> Kind {
        <T::Id as Id>::KIND
    }

    fn index(&self) -> &Index {
        &self.index
    }

    fn row(&self, at: usize) -> Option<&dyn Row> {
        Some(self.rows.get(at)?)
    }

    fn both(&mut self, at: usize) -> Option<(&mut Index, &mut dyn Row)> {
        Some((&mut self.index, self.rows.get_mut(at)?))
    }

    fn fresh(&mut self, uid: Uid) -> usize {
        let empty = T::empty(uid.into());
        match self.index.at.get(&uid) {
            Some(&at) => {
                if let Some(row) = self.rows.get_mut(at) {
                    self.index.take_place(row);
                    *row = empty;
                }
                at
            }
            None => {
                let at = self.rows.len();
                self.index.at.insert(uid, at);
                self.rows.push(empty);
                at
            }
        }
    }

    fn forget(&mut self, uid: Uid) {
        let Some(at) = self.index.at.remove(&uid) else {
            return;
        };
        let row = self.rows.swap_remove(at);
        self.index.take_place(&row);
        if let Some(moved) = self.rows.get(at) {
            self.index.at.insert(moved.uid(), at);
        }
    }
}

impl dyn AnyTable + '_ {
    fn find(&self, uid: Uid) -> Option<&dyn Row> {
        self.row(*self.index().at.get(&uid)?)
    }

    /// Whether the item is there and not deleted.
    pub fn is_live(&self, uid: Uid) -> bool {
        self.find(uid).is_some_and(|row| !row.deleted())
    }

    /// Whether the item is there, deleted or not.
    pub fn has(&self, uid: Uid) -> bool {
        self.index().at.contains_key(&uid)
    }

    /// What the item belongs to.
    pub fn owner(&self, uid: Uid) -> Option<Uid> {
        self.find(uid)?.owner()
    }

    /// The item's place among its siblings.
    pub fn order(&self, uid: Uid) -> Option<&str> {
        self.find(uid).map(Row::order)
    }

    /// One value of the item.
    pub fn value(&self, uid: Uid, key: &FieldKey) -> Option<Value> {
        if key.field.kind() != self.kind() {
            return None;
        }
        self.find(uid)?.slot(key.field.index())?.get(&key.sub)
    }

    /// Every value of the item, in the order of its fields.
    pub fn values(&self, uid: Uid, emit: &mut dyn FnMut(FieldKey, Value)) {
        let Some(item) = self.find(uid) else {
            return;
        };
        for field in self.kind().all_fields() {
            if let Some(slot) = item.slot(field.index()) {
                slot.each(&mut |sub, value| emit(FieldKey { field, sub }, value));
            }
        }
    }

    /// The values of the item that point to other items.
    pub fn references(&self, uid: Uid, emit: &mut dyn FnMut(FieldKey, Value)) {
        let Some(item) = self.find(uid) else {
            return;
        };
        for field in self.pointing() {
            if let Some(slot) = item.slot(field.index()) {
                slot.each(&mut |sub, value| emit(FieldKey { field, sub }, value));
            }
        }
    }

    /// What every live item points to, in no order. Without keys and values: where there
    /// are thousands, these take longer than to look.
    pub fn every_target(&self, emit: &mut dyn FnMut(Uid, ItemId)) {
        let pointing = self.pointing().into_iter();
        let fields: Vec<(usize, Kind)> = pointing
            .filter_map(|field| Some((field.index(), field.shape().target()?)))
            .collect();
        if fields.is_empty() {
            return;
        }
        let rows = (0..).map_while(|at| self.row(at));
        for item in rows.filter(|item| !item.deleted()) {
            for (at, kind) in &fields {
                if let Some(slot) = item.slot(*at) {
                    let kind = *kind;
                    slot.each_target(&mut |uid| emit(item.uid(), ItemId { kind, uid }));
                }
            }
        }
    }

    /// The fields that point to other items.
    fn pointing(&self) -> Vec<Field> {
        let all = self.kind().all_fields();
        all.filter(|field| field.shape().target().is_some())
            .collect()
    }

    /// Live items below an owner, in order.
    pub fn below(&self, owner: Option<Uid>) -> Vec<Uid> {
        self.index().below(owner).map(|(uid, _)| uid).collect()
    }

    /// The last live item below an owner, leaving one out.
    pub fn last_below(&self, owner: Option<Uid>, but: Uid) -> Option<Uid> {
        let mut below = self.index().below(owner).rev().map(|(uid, _)| uid);
        below.find(|uid| *uid != but)
    }

    /// Live items: by owner, then in order.
    pub fn live(&self) -> Vec<Uid> {
        self.index().live().map(|(uid, _)| uid).collect()
    }

    /// Every uid, deleted or not, ascending.
    pub fn every(&self) -> Vec<Uid> {
        self.index().at.keys().copied().collect()
    }

    /// Changes an item in a way that may move it, and makes it if need be.
    fn change(&mut self, uid: Uid, change: &mut dyn FnMut(&mut dyn Row)) {
        let at = match self.index().at.get(&uid) {
            Some(at) => *at,
            None => self.fresh(uid),
        };
        if let Some((index, row)) = self.both(at) {
            index.take_place(row);
            change(row);
            index.give_place(row);
        }
    }

    /// Makes sure that the item exists.
    pub fn ensure(&mut self, uid: Uid) {
        if !self.has(uid) {
            self.change(uid, &mut |_| ());
        }
    }

    /// Writes one value; a refused one changes nothing.
    pub fn put(&mut self, uid: Uid, key: &FieldKey, value: Option<&Value>) -> Result<(), BadValue> {
        let mut result = Err(BadValue::WrongKey);
        let mut put = |row: &mut dyn Row| {
            if let Some(slot) = row.slot_mut(key.field.index()) {
                result = slot.put(&key.sub, value);
            }
        };
        // Only the owner decides the place, so other fields need no reshuffle.
        let moves = self.kind().owner_field() == Some(key.field);
        match self.index().at.get(&uid) {
            Some(&at) if !moves => {
                if let Some((_, row)) = self.both(at) {
                    put(row);
                }
            }
            _ => self.change(uid, &mut put),
        }
        result
    }

    /// Sets the place among the siblings.
    pub fn set_order(&mut self, uid: Uid, order: &str) {
        self.change(uid, &mut |row| row.set_order(order));
    }

    /// Marks as deleted or not.
    pub fn set_deleted(&mut self, uid: Uid, deleted: bool) {
        self.change(uid, &mut |row| row.set_deleted(deleted));
    }

    /// Reads a whole item at once, in place of any that is there. Returns
    /// which of the values were refused.
    pub fn load(
        &mut self,
        uid: Uid,
        order: &str,
        deleted: bool,
        values: &[(FieldKey, Value)],
    ) -> Vec<usize> {
        let at = self.fresh(uid);
        let Some((index, row)) = self.both(at) else {
            return (0..values.len()).collect();
        };
        row.set_order(order);
        row.set_deleted(deleted);
        let mut refused = Vec::new();
        for (at, (key, value)) in values.iter().enumerate() {
            let put = match row.slot_mut(key.field.index()) {
                Some(slot) => slot.put(&key.sub, Some(value)),
                None => Err(BadValue::WrongKey),
            };
            if put.is_err() {
                refused.push(at);
            }
        }
        index.give_place(row);
        refused
    }
}

impl Kind {
    /// Whether items of this kind are said about a plan and not in it: talk,
    /// what experts say, versions and what is signed under them. They are not in what is signed, and
    /// bringing back an older state leaves them alone.
    pub const fn is_about_the_plan(self) -> bool {
        matches!(
            self,
            Self::Comment
                | Self::Proposal
                | Self::Expert
                | Self::Verdict
                | Self::NamedVersion
                | Self::Signature
                | Self::Amendment
                | Self::RevisionReason
        )
    }

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
            Self::Verdict => field::verdict::task,
            Self::Signature => field::signature::version,
            Self::FrameworkPart => field::framework_part::framework,
            _ => return None,
        })
    }
}
