//! The one form in which a plan is hashed and signed, described in
//! docs/formats/sealing.md. Two copies that read the same have the same form,
//! whatever way they came to it.

use core::fmt;
use core::str::FromStr;
use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};
use weft_model::{ItemId, Kind, ModuleId, OrderId, Plan, TrackId, Uid, Value, field};

use crate::key::{BadKey, read_hex, write_hex};

/// A SHA-256 of a plan in its canonical form. Written as 64 hexadecimal letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Its bytes.
    pub fn bytes(&self) -> [u8; 32] {
        self.0
    }

    /// The first twelve letters in groups of four, as printed pages carry it.
    pub fn short(&self) -> String {
        let whole = self.to_string();
        format!("{}-{}-{}", &whole[..4], &whole[4..8], &whole[8..12])
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(&self.0, f)
    }
}

impl FromStr for Digest {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        read_hex(text).map(Self).ok_or(BadKey)
    }
}

/// What of a plan is hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of it.
    Whole,
    /// These modules, with what belongs to them and their links.
    Modules(BTreeSet<ModuleId>),
    /// An order, its tracks, and the modules of those.
    Order(OrderId),
}

impl Scope {
    /// Whether a part of the plan is in it.
    pub(crate) fn holds(&self, plan: &Plan, item: ItemId) -> bool {
        let modules = |module: ModuleId| match self {
            Self::Whole => true,
            Self::Modules(all) => all.contains(&module),
            Self::Order(order) => plan.modules.get(module).is_some_and(|module| {
                let mut tracks = module.tracks.iter().filter_map(|it| plan.tracks.get(*it));
                tracks.any(|track| track.order_of.is_some_and(|of| of.0 == *order))
            }),
        };
        match (self, item.kind) {
            (Self::Whole, _) => true,
            (_, Kind::Module) => modules(ModuleId(item.uid)),
            (_, Kind::Offering | Kind::Unit | Kind::Assessment) => {
                let owner = plan.any(item.kind).owner(item.uid);
                owner.is_some_and(|owner| modules(ModuleId(owner)))
            }
            (Self::Order(order), Kind::Order) => order.0 == item.uid,
            (Self::Order(order), Kind::Track) => (plan.tracks.get(TrackId(item.uid)))
                .is_some_and(|track| track.order_of.is_some_and(|of| of.0 == *order)),
            _ => false,
        }
    }
}

/// The hash of the plan as it stands.
pub fn digest(plan: &Plan) -> Digest {
    digest_in(plan, &Scope::Whole)
}

/// The hash of a part of the plan.
pub fn digest_in(plan: &Plan, scope: &Scope) -> Digest {
    digest_of(canonical_in(plan, scope).as_bytes())
}

/// The SHA-256 of any bytes.
pub fn digest_of(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// The plan as canonical JSON (RFC 8785): an object without white space whose
/// members are sorted, `weft_canonical` 1, the items by kind and uid with their
/// values by key, the links of the weave by key. Only what is there: deleted
/// items, what hangs on them, and empty values are not.
pub fn canonical(plan: &Plan) -> String {
    canonical_in(plan, &Scope::Whole)
}

/// The same of a part of the plan.
pub fn canonical_in(plan: &Plan, scope: &Scope) -> String {
    let mut top: BTreeMap<String, String> = BTreeMap::new();
    top.insert("weft_canonical".to_owned(), "1".to_owned());
    for kind in Kind::ALL.iter().filter(|kind| !kind.is_about_the_plan()) {
        let mut items: BTreeMap<String, String> = BTreeMap::new();
        let mut places: BTreeMap<Option<Uid>, usize> = BTreeMap::new();
        for uid in plan.any(*kind).live() {
            let item = ItemId { kind: *kind, uid };
            if plan.is_live(item) && scope.holds(plan, item) {
                let place = places.entry(plan.any(*kind).owner(uid)).or_default();
                items.insert(uid.to_string(), item_json(plan, item, *place));
                *place += 1;
            }
        }
        if !items.is_empty() {
            top.insert(kind.name().to_owned(), object(&items));
        }
    }
    let mut links: BTreeMap<String, String> = BTreeMap::new();
    for (key, link) in plan.weave.iter() {
        if !scope.holds(plan, key.module.into()) {
            continue;
        }
        let unit = key.unit.is_none_or(|unit| plan.is_live(unit.into()));
        if !unit || !plan.is_live(key.module.into()) || !plan.is_live(key.competency.into()) {
            continue;
        }
        let mut values: BTreeMap<String, String> = BTreeMap::new();
        let level = link.level.unwrap_or_default().to_string();
        values.insert("level".to_owned(), level);
        if let Some(strength) = link.strength {
            values.insert("strength".to_owned(), strength.to_string());
        }
        for (lang, words) in link.note.iter() {
            values.insert(format!("note@{lang}"), string_json(words));
        }
        for party in &link.visible_to {
            values.insert(format!("visible_to/{party}"), "true".to_owned());
        }
        links.insert(key.to_string(), object(&values));
    }
    if !links.is_empty() {
        top.insert("weave".to_owned(), object(&links));
    }
    object(&top)
}

/// `place` is counted among siblings, from 0: the keys by which they are sorted
/// differ between copies that read the same. How far the plan has come is said of
/// it and not in it.
fn item_json(plan: &Plan, item: ItemId, place: usize) -> String {
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    plan.any(item.kind).values(item.uid, &mut |key, value| {
        if key.field == field::about::status {
            return;
        }
        let value = match value {
            Value::Bool(yes) => yes.to_string(),
            Value::Int(number) => number.to_string(),
            Value::Str(words) => string_json(&words),
        };
        values.insert(key.to_string(), value);
    });
    values.insert("~place".to_owned(), place.to_string());
    object(&values)
}

/// Members sorted as RFC 8785 asks. All our names are ASCII but for nothing, so
/// the order of bytes is that of UTF-16 units.
fn object(members: &BTreeMap<String, String>) -> String {
    let mut out = String::from("{");
    for (at, (name, value)) in members.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push_str(&string_json(name));
        out.push(':');
        out.push_str(value);
    }
    out.push('}');
    out
}

/// A string as RFC 8785 writes it (that is ECMAScript's JSON.stringify).
pub(crate) fn string_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{9}' => out.push_str("\\t"),
            '\u{a}' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\u{d}' => out.push_str("\\r"),
            control if control < ' ' => {
                out.push_str(&format!("\\u{:04x}", u32::from(control)));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}
