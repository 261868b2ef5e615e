//! What an act, a merge or an undo touched: enough for everything derived to
//! catch up without looking at the rest of the plan.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Field, ItemId, LinkKey};

/// The items, fields and links that changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Items with the fields that changed. No field: the item came, went or
    /// moved among its siblings.
    pub items: BTreeMap<ItemId, BTreeSet<Field>>,
    /// Items that came, went, came back or moved.
    pub placed: BTreeSet<ItemId>,
    /// Links that came, went or changed.
    pub links: BTreeSet<LinkKey>,
    /// The plan was loaded anew: everything may differ.
    pub whole: bool,
}

impl Change {
    /// Everything may differ.
    pub fn whole() -> Self {
        Self {
            whole: true,
            ..Self::default()
        }
    }

    /// True when nothing changed.
    pub fn is_empty(&self) -> bool {
        !self.whole && self.items.is_empty() && self.links.is_empty()
    }

    /// Adds what another change touched.
    pub fn merge(&mut self, other: Self) {
        self.whole |= other.whole;
        for (item, fields) in other.items {
            self.items.entry(item).or_default().extend(fields);
        }
        self.placed.extend(other.placed);
        self.links.extend(other.links);
    }

    /// Notes one field of one item.
    pub fn field(&mut self, item: ItemId, field: Field) {
        self.items.entry(item).or_default().insert(field);
        if item.kind.owner_field() == Some(field) {
            self.placed.insert(item);
        }
    }

    /// Notes that an item came, went or moved.
    pub fn place(&mut self, item: ItemId) {
        self.items.entry(item).or_default();
        self.placed.insert(item);
    }
}
