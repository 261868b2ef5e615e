//! From the saved document to the plan: whole, or only what a merge touched.
//! Both ways read the present values with the same functions, so that they
//! cannot come to different plans.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use loro::event::{Diff, DiffEvent};
use loro::{Container, ContainerID, ContainerTrait, EventTriggerKind, Index, LoroDoc, LoroMap};
use loro::{LoroValue, ValueOrContainer};
use weft_model::{
    Change, FieldKey, ItemId, Kind, Link, LinkKey, Plan, Shape, TextAt, Value, Write,
};

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
    let (mut levels, mut others) = (Vec::new(), Vec::new());
    let weave = doc.get_map(layout::WEAVE);
    if let LoroValue::Map(stored) = weave.get_value() {
        for (key, value) in stored.iter() {
            match layout::read_link_key(key) {
                Some((link, Facet::Level)) => {
                    levels.extend(layout::read_level(value).map(|level| (link, level)));
                }
                Some((link, facet)) => others.push((link, facet, opened(&weave, key, value))),
                None => {}
            }
        }
    }
    // In order, because the weave grows fastest at its end.
    levels.sort_unstable();
    let link = |level| Link {
        level,
        ..Link::default()
    };
    plan.load_links(levels.into_iter().map(|(key, level)| (key, link(level))));
    // Nobody asks what a whole reading touched.
    let mut change = Change::default();
    for (link, facet, value) in others {
        show_link(&mut plan, link, facet, value.as_ref(), &mut change);
    }
    plan
}

fn load_item(plan: &mut Plan, item: ItemId, map: &LoroMap, values: &mut Vec<(FieldKey, Value)>) {
    values.clear();
    let (mut order, mut deleted) = (String::new(), false);
    // Level by level and never deep at once: a hostile document may nest
    // without end, and a deep reading would overrun the stack.
    if let LoroValue::Map(stored) = map.get_value() {
        for (key, stored) in stored.iter() {
            match key.as_str() {
                layout::ORDER => order = read_order(Some(stored)),
                layout::DELETED => deleted = read_deleted(Some(stored)),
                text => {
                    if let Some(key) = FieldKey::read(item.kind, text)
                        && let Some(value) = read_field(&key, opened(map, text, stored).as_ref())
                    {
                        values.push((key, value));
                    }
                }
            }
        }
    }
    plan.load(item, &order, deleted, values);
}

/// A value from a flat reading, where containers stand as marks of theirs.
fn opened(map: &LoroMap, key: &str, stored: &LoroValue) -> Option<LoroValue> {
    match stored {
        LoroValue::Binary(_) | LoroValue::Container(_) => read(map.get(key)),
        other => Some(other.clone()),
    }
}

/// A spot of the document that a merge touched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Spot {
    /// A key of a root map: its name and the key.
    Root(String, String),
    /// A key of an item: the name of its root map, the item, the key.
    Item(String, String, String),
}

/// What a subscription has noted and nobody has taken yet.
pub(crate) type Spots = Arc<Mutex<BTreeSet<Spot>>>;

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
                if let Some((link, facet)) = layout::read_link_key(key) {
                    let stored = read(doc.get_map(layout::WEAVE).get(key));
                    show_link(plan, link, facet, stored.as_ref(), change);
                }
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
                show_field(plan, item, field, read(map.get(field)).as_ref(), change);
            }
        }
    }
    Ok(())
}

fn item_at(root: &str, key: &str) -> Option<ItemId> {
    layout::read_item(Kind::from_name(root)?, key)
}

/// The map of an item. Only mergeable maps are items, and their ids are roots:
/// any other container at its place came from elsewhere.
fn as_map(stored: Option<ValueOrContainer>) -> Option<LoroMap> {
    match stored {
        Some(ValueOrContainer::Container(Container::Map(map)))
            if matches!(map.id(), ContainerID::Root { .. }) =>
        {
            Some(map)
        }
        _ => None,
    }
}

/// What stands at a key; of a text what it says.
fn read(stored: Option<ValueOrContainer>) -> Option<LoroValue> {
    Some(match stored? {
        ValueOrContainer::Value(value) => value,
        ValueOrContainer::Container(Container::Text(text)) => {
            LoroValue::String(text.to_string().into())
        }
        ValueOrContainer::Container(other) => LoroValue::Container(other.id()),
    })
}

fn exist(plan: &mut Plan, item: ItemId, change: &mut Change) {
    if !plan.any(item.kind).has(item.uid) {
        let order = String::new();
        plan.write(&Write::Create { item, order }, change);
    }
}

fn show_item(plan: &mut Plan, item: ItemId, map: &LoroMap, change: &mut Change) {
    exist(plan, item, change);
    map.for_each(|key, stored| {
        show_field(plan, item, key, read(Some(stored)).as_ref(), change);
    });
}

fn show_field(
    plan: &mut Plan,
    item: ItemId,
    key: &str,
    stored: Option<&LoroValue>,
    change: &mut Change,
) {
    if key == layout::ORDER {
        let order = read_order(stored);
        plan.write(&Write::Order { item, order }, change);
    } else if key == layout::DELETED {
        let deleted = read_deleted(stored);
        plan.write(&Write::Deleted { item, deleted }, change);
    } else if let Some(key) = FieldKey::read(item.kind, key) {
        let value = read_field(&key, stored);
        plan.write(&Write::Put { item, key, value }, change);
    }
}

fn read_order(stored: Option<&LoroValue>) -> String {
    match stored {
        Some(LoroValue::String(order)) => order.to_string(),
        _ => String::new(),
    }
}

fn read_deleted(stored: Option<&LoroValue>) -> bool {
    stored == Some(&LoroValue::Bool(true))
}

/// What a field shows of what is stored there. Nothing, null and absent are
/// the same.
fn read_field(key: &FieldKey, stored: Option<&LoroValue>) -> Option<Value> {
    match stored? {
        LoroValue::Null => None,
        stored => Some(layout::read(stored).unwrap_or_else(|| misfit(key.field.shape()))),
    }
}

/// A value that no field of this shape takes, in place of one that no field
/// takes at all: the plan notes it as a misfit.
fn misfit(shape: Shape) -> Value {
    match shape {
        Shape::Bool | Shape::Set(_) => Value::Int(-1),
        _ => Value::Bool(true),
    }
}

fn show_link(
    plan: &mut Plan,
    key: LinkKey,
    facet: Facet,
    stored: Option<&LoroValue>,
    change: &mut Change,
) {
    match facet {
        Facet::Level => {
            let level = stored.and_then(layout::read_level);
            plan.write(&Write::Link { key, level }, change);
        }
        Facet::Strength => {
            let strength = stored.and_then(layout::read_strength);
            plan.write(&Write::Strength { key, strength }, change);
        }
        Facet::To(party) => {
            let named = stored == Some(&LoroValue::Bool(true));
            plan.write(&Write::ShowLink { key, party, named }, change);
        }
        Facet::Note(lang) => {
            let text = match stored {
                Some(LoroValue::String(text)) => text.to_string(),
                _ => String::new(),
            };
            plan.set_text(TextAt::LinkNote(key), &lang, text, change);
        }
    }
}
