//! From the saved document to the plan: whole, or only what a merge touched.
//! Both ways read the present values with the same functions, so that they
//! cannot come to different plans.

use std::collections::BTreeSet;

use loro::event::{Diff, DiffEvent};
use loro::{Container, ContainerTrait, EventTriggerKind, Index, LoroDoc, LoroMap, LoroValue};
use loro::{LoroText, ValueOrContainer};
use weft_model::{Change, FieldKey, ItemId, Kind, Plan, Shape, TextAt, Value, Write};

use crate::layout::{self, Facet};

/// Reads the whole plan.
pub(crate) fn whole(doc: &LoroDoc) -> Plan {
    let mut plan = Plan::new();
    let mut values = Vec::new();
    for kind in Kind::ALL {
        doc.get_map(kind.name()).for_each(|key, stored| {
            if let (Some(item), Some(map)) = (layout::read_item(*kind, key), as_map(Some(stored))) {
                load_item(&mut plan, item, &map, &mut values);
            }
        });
    }
    // Nobody asks what a whole reading touched.
    let mut change = Change::default();
    doc.get_map(layout::WEAVE).for_each(|key, stored| {
        show_link(&mut plan, key, Some(stored), &mut change);
    });
    plan
}

fn load_item(plan: &mut Plan, item: ItemId, map: &LoroMap, values: &mut Vec<(FieldKey, Value)>) {
    values.clear();
    let (mut order, mut deleted) = (String::new(), false);
    map.for_each(|key, stored| match key {
        layout::ORDER => order = read_order(&Some(stored)),
        layout::DELETED => deleted = read_deleted(&Some(stored)),
        _ => {
            if let Some(key) = FieldKey::read(item.kind, key)
                && let Some(value) = read_field(&key, &given(Some(stored)))
            {
                values.push((key, value));
            }
        }
    });
    plan.load(item, &order, deleted, values);
}

/// A spot of the document that a merge touched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Spot {
    /// A key of a root map: its name and the key.
    Root(String, String),
    /// A key of an item: the name of its root map, the item, the key.
    Item(String, String, String),
}

/// Notes the spots that an event names. Anything deeper is not ours.
pub(crate) fn note(event: &DiffEvent<'_>, spots: &mut BTreeSet<Spot>) {
    // What this copy did itself is in the plan already.
    if event.triggered_by == EventTriggerKind::Local {
        return;
    }
    for touched in &event.events {
        let mut names = Vec::with_capacity(3);
        for (_, index) in touched.path {
            match index {
                Index::Key(key) => names.push(key.to_string()),
                _ => break,
            }
        }
        match (&touched.diff, names.as_slice()) {
            (Diff::Map(map), [root]) => {
                spots.extend(
                    map.updated
                        .keys()
                        .map(|key| Spot::Root(root.clone(), key.to_string())),
                );
            }
            (Diff::Map(map), [root, item]) => {
                let keys = map.updated.keys();
                spots.extend(
                    keys.map(|key| Spot::Item(root.clone(), item.clone(), key.to_string())),
                );
            }
            (Diff::Text(_), [root, key]) => {
                spots.insert(Spot::Root(root.clone(), key.clone()));
            }
            (Diff::Text(_), [root, item, key]) => {
                spots.insert(Spot::Item(root.clone(), item.clone(), key.clone()));
            }
            _ => {}
        }
    }
}

/// The plan has to be read anew: an item left the document altogether, which
/// this program never does.
pub(crate) struct Vanished;

/// Brings the plan up to date at these spots.
pub(crate) fn catch_up(
    doc: &LoroDoc,
    plan: &mut Plan,
    spots: &BTreeSet<Spot>,
    change: &mut Change,
) -> Result<(), Vanished> {
    // The map of the item that the last spot was in: spots are sorted.
    let mut last: Option<(ItemId, LoroMap)> = None;
    for spot in spots {
        match spot {
            Spot::Root(root, key) if root == layout::WEAVE => {
                show_link(plan, key, doc.get_map(layout::WEAVE).get(key), change);
            }
            Spot::Root(root, key) => {
                let Some(item) = item_at(root, key) else {
                    continue;
                };
                match as_map(doc.get_map(root.as_str()).get(key)) {
                    Some(map) => show_item(plan, item, &map, change),
                    None if plan.any(item.kind).has(item.uid) && item != weft_model::ABOUT => {
                        return Err(Vanished);
                    }
                    None => {}
                }
            }
            Spot::Item(root, key, field) => {
                let Some(item) = item_at(root, key) else {
                    continue;
                };
                if last.as_ref().is_none_or(|(known, _)| *known != item) {
                    last = as_map(doc.get_map(root.as_str()).get(key)).map(|map| (item, map));
                }
                let Some((_, map)) = last.as_ref().filter(|(known, _)| *known == item) else {
                    continue;
                };
                exist(plan, item, change);
                show_field(plan, item, field, map.get(field), change);
            }
        }
    }
    Ok(())
}

fn item_at(root: &str, key: &str) -> Option<ItemId> {
    layout::read_item(Kind::from_name(root)?, key)
}

/// The map of an item. Only mergeable maps are items: any other container at
/// its place came from elsewhere.
fn as_map(stored: Option<ValueOrContainer>) -> Option<LoroMap> {
    match stored {
        Some(ValueOrContainer::Container(Container::Map(map))) if map.id().is_mergeable() => {
            Some(map)
        }
        _ => None,
    }
}

/// The text at a key. Only mergeable texts are ours.
fn as_text(stored: &ValueOrContainer) -> Option<&LoroText> {
    match stored {
        ValueOrContainer::Container(Container::Text(text)) if text.id().is_mergeable() => {
            Some(text)
        }
        _ => None,
    }
}

fn exist(plan: &mut Plan, item: ItemId, change: &mut Change) {
    if !plan.any(item.kind).has(item.uid) {
        let order = String::new();
        plan.write(&Write::Create { item, order }, change);
    }
}

fn show_item(plan: &mut Plan, item: ItemId, map: &LoroMap, change: &mut Change) {
    exist(plan, item, change);
    map.for_each(|key, stored| show_field(plan, item, key, Some(stored), change));
}

/// Nothing, null and absent are the same.
fn given(stored: Option<ValueOrContainer>) -> Option<ValueOrContainer> {
    stored.filter(|stored| !matches!(stored, ValueOrContainer::Value(LoroValue::Null)))
}

fn show_field(
    plan: &mut Plan,
    item: ItemId,
    key: &str,
    stored: Option<ValueOrContainer>,
    change: &mut Change,
) {
    if key == layout::ORDER {
        let order = read_order(&stored);
        plan.write(&Write::Order { item, order }, change);
    } else if key == layout::DELETED {
        let deleted = read_deleted(&stored);
        plan.write(&Write::Deleted { item, deleted }, change);
    } else if let Some(key) = FieldKey::read(item.kind, key) {
        let value = read_field(&key, &given(stored));
        plan.write(&Write::Put { item, key, value }, change);
    }
}

fn read_order(stored: &Option<ValueOrContainer>) -> String {
    match stored {
        Some(ValueOrContainer::Value(LoroValue::String(order))) => order.to_string(),
        _ => String::new(),
    }
}

fn read_deleted(stored: &Option<ValueOrContainer>) -> bool {
    matches!(stored, Some(ValueOrContainer::Value(LoroValue::Bool(true))))
}

/// What a field shows of what is stored there.
fn read_field(key: &FieldKey, stored: &Option<ValueOrContainer>) -> Option<Value> {
    let stored = stored.as_ref()?;
    let shape = key.field.shape();
    let value = match (shape, stored) {
        (Shape::Text, stored) => as_text(stored).map(|text| Value::Str(text.to_string())),
        (_, ValueOrContainer::Value(value)) => layout::read(value),
        (_, ValueOrContainer::Container(_)) => None,
    };
    Some(value.unwrap_or_else(|| misfit(shape)))
}

/// A value that no field of this shape takes, in place of one that no field
/// takes at all: the plan notes it as a misfit.
fn misfit(shape: Shape) -> Value {
    match shape {
        Shape::Bool | Shape::Set(_) => Value::Int(-1),
        _ => Value::Bool(true),
    }
}

fn show_link(plan: &mut Plan, key: &str, stored: Option<ValueOrContainer>, change: &mut Change) {
    let Some((key, facet)) = layout::read_link_key(key) else {
        return;
    };
    let stored = given(stored);
    let value = match &stored {
        Some(ValueOrContainer::Value(value)) => Some(value),
        _ => None,
    };
    match facet {
        Facet::Level => {
            let level = value.and_then(layout::read_level);
            plan.write(&Write::Link { key, level }, change);
        }
        Facet::Strength => {
            let strength = value.and_then(layout::read_strength);
            plan.write(&Write::Strength { key, strength }, change);
        }
        Facet::To(party) => {
            let named = value == Some(&LoroValue::Bool(true));
            plan.write(&Write::ShowLink { key, party, named }, change);
        }
        Facet::Note(lang) => {
            let text = stored.as_ref().and_then(as_text);
            let text = text.map(LoroText::to_string).unwrap_or_default();
            plan.set_text(TextAt::LinkNote(key), &lang, text, change);
        }
    }
}
