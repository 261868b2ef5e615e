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
    let mut change = Change::default();
    for kind in Kind::ALL {
        doc.get_map(kind.name()).for_each(|key, stored| {
            if let (Some(item), Some(map)) = (layout::read_item(*kind, key), as_map(Some(stored))) {
                show_item(&mut plan, item, &map, &mut change);
            }
        });
        // Nobody asks what a whole reading touched.
        change = Change::default();
    }
    doc.get_map(layout::WEAVE).for_each(|key, stored| {
        show_link(&mut plan, key, Some(stored), &mut change);
    });
    plan
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
    let stored = given(stored);
    let value = match &stored {
        Some(ValueOrContainer::Value(value)) => layout::read(value),
        _ => None,
    };
    if key == layout::ORDER {
        let order = value.and_then(|value| value.as_str().map(str::to_owned));
        let order = order.unwrap_or_default();
        plan.write(&Write::Order { item, order }, change);
        return;
    }
    if key == layout::DELETED {
        let deleted = value == Some(Value::Bool(true));
        plan.write(&Write::Deleted { item, deleted }, change);
        return;
    }
    let Some(key) = FieldKey::read(item.kind, key) else {
        return;
    };
    let shown = match (key.field.shape(), &stored, value) {
        (_, None, _) => None,
        (Shape::Text, Some(stored), _) => match as_text(stored) {
            Some(text) => Some(Value::Str(text.to_string())),
            None => Some(misfit(Shape::Text)),
        },
        (_, Some(_), Some(value)) => Some(value),
        (shape, Some(_), None) => Some(misfit(shape)),
    };
    plan.write(
        &Write::Put {
            item,
            key,
            value: shown,
        },
        change,
    );
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
