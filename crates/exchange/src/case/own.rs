//! What CASE has no key for, in `extensions` under our name: the fields of a
//! line or a module as Weft JSON writes them. What points to other items of
//! the plan stays out: a framework has no parties and no places.

use serde_json::{Map, Value as Json};
use weft_model::{Field, FieldKey, ItemId, Kind, LinkKey, ModuleId, Plan, Rank, Value};

use super::OWN;
use crate::weft_json::put;
use crate::weft_json::values::read_field;

/// The fields of an item that hold something, but for some.
pub(super) fn fields(
    plan: &Plan,
    item: ItemId,
    but: &dyn Fn(&FieldKey) -> bool,
) -> Map<String, Json> {
    let mut out = Map::new();
    plan.any(item.kind).values(item.uid, &mut |key, value| {
        if travels(key.field) && !but(&key) {
            put(&mut out, &key, &value);
        }
    });
    out
}

/// Whether a field means anything outside its plan.
fn travels(field: Field) -> bool {
    field.shape().target().is_none() && field.shape() != weft_model::Shape::Verbatim
}

/// Reads what [`fields`] wrote. Back come the values, and the names of those
/// that are not understood.
pub(super) fn values(kind: Kind, own: &Map<String, Json>) -> (Vec<(FieldKey, Value)>, Vec<String>) {
    let (mut values, mut odd) = (Vec::new(), Vec::new());
    for (name, json) in own {
        if name == "id" {
            continue;
        }
        let field = kind.field(name).filter(|field| travels(*field));
        let before = values.len();
        if field.is_none_or(|field| read_field(field, json, &mut values).is_err()) {
            values.truncate(before);
            odd.push(name.clone());
        }
    }
    (values, odd)
}

/// Our part of an object's extensions.
pub(super) fn part(object: &Map<String, Json>) -> Option<&Map<String, Json>> {
    object.get("extensions")?.get(OWN)?.as_object()
}

/// The object without our part.
pub(super) fn without(object: &Map<String, Json>) -> Map<String, Json> {
    let mut out = object.clone();
    if let Some(Json::Object(extensions)) = out.get_mut("extensions") {
        extensions.shift_remove(OWN);
        if extensions.is_empty() {
            out.shift_remove("extensions");
        }
    }
    out
}

/// Puts our part into an object.
pub(super) fn add(object: &mut Map<String, Json>, own: Map<String, Json>) {
    if own.is_empty() {
        return;
    }
    let extensions = object
        .entry("extensions")
        .or_insert_with(|| Json::Object(Map::new()));
    if let Json::Object(extensions) = extensions {
        extensions.insert(OWN.into(), Json::Object(own));
    }
}

/// What a link of the weave says, but for its ends.
pub(super) fn link(plan: &Plan, key: &LinkKey) -> Map<String, Json> {
    let mut out = Map::new();
    let Some(link) = plan.weave.get(key) else {
        return out;
    };
    if let Some(level) = link.level {
        out.insert("level".into(), level.into());
    }
    if let Some(strength) = link.strength {
        out.insert("strength".into(), strength.into());
    }
    if !link.note.is_empty() {
        let words = link.note.iter();
        let words = words.map(|(lang, words)| (lang.to_string(), Json::from(words)));
        out.insert("note".into(), Json::Object(words.collect()));
    }
    out
}

/// The level and strength of a link; nothing of what is no such number.
pub(super) fn grades(own: &Map<String, Json>) -> (Option<Rank>, Option<u8>) {
    let number = |name: &str| {
        let number = own.get(name)?.as_u64()?;
        u8::try_from(number).ok()
    };
    (
        number("level").filter(|level| (1..=9).contains(level)),
        number("strength").filter(|strength| (1..=5).contains(strength)),
    )
}

/// The module of the plan with this identifier.
pub(super) fn module(plan: &Plan, identifier: &str) -> Option<ModuleId> {
    let uid = super::identity::item_of(Kind::Module, identifier)?;
    plan.modules.get(ModuleId(uid)).map(|module| module.id)
}
