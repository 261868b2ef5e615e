//! A plan as it read at a snapshot, kept beside that snapshot. Reading six
//! thousand items out of a document takes ten times as long as reading them
//! from here. It is no format: another program, another version of this one or
//! another state of the document does not take it, and whatever is wrong with it
//! costs nothing but the time that it would have saved.

use core::fmt::Write as _;

use serde::{Deserialize, Serialize};
use weft_model::{
    FieldKey, ItemId, JobItemId, Kind, Lang, Link, LinkKey, ModuleId, PartyId, Plan, Sub, Uid,
    UnitId, Value,
};

use crate::fingerprint::{START, hash};
use crate::layout::SCHEMA;
use crate::version::Version;

/// Grows when a document is read differently, or this is written differently,
/// while neither the program's version nor any field changes.
const EDITION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Head<'a> {
    stamp: u64,
    version: &'a [u8],
}

#[derive(Serialize, Deserialize)]
struct Row<'a> {
    uid: u64,
    order: &'a str,
    deleted: bool,
    #[serde(borrow)]
    values: Vec<(u8, Key<'a>, Stored<'a>)>,
}

#[derive(Serialize, Deserialize)]
enum Key<'a> {
    None,
    Lang(&'a str),
    Member(u64),
}

#[derive(Serialize, Deserialize)]
enum Stored<'a> {
    Bool(bool),
    Int(i64),
    Str(&'a str),
}

#[derive(Serialize, Deserialize)]
struct Thread<'a> {
    module: u64,
    competency: u64,
    unit: Option<u64>,
    level: Option<u8>,
    strength: Option<u8>,
    #[serde(borrow)]
    note: Vec<(&'a str, &'a str)>,
    visible_to: Vec<u64>,
}

#[derive(Serialize, Deserialize)]
struct Misfit<'a> {
    kind: u8,
    uid: u64,
    field: u8,
    #[serde(borrow)]
    key: Key<'a>,
}

/// What a program must be like to take a reading: which version it has, and
/// which kinds with which fields.
fn stamp() -> u64 {
    let mut all = format!("{} {EDITION} {SCHEMA}", env!("CARGO_PKG_VERSION"));
    for kind in Kind::ALL {
        all.push_str(kind.name());
        for field in kind.fields() {
            // Writing to a string does not fail.
            let written = write!(all, " {} {:?}", field.name, field.shape);
            debug_assert!(written.is_ok());
        }
    }
    hash(START, all.as_bytes())
}

/// A plan as it reads, without its history, for another program of this very
/// build.
pub fn pack_plan(plan: &Plan) -> Vec<u8> {
    write(plan, &Version::default())
}

/// A plan that [`pack_plan`] of this very build has written.
pub fn unpack_plan(bytes: &[u8]) -> Option<Plan> {
    read(bytes, &Version::default())
}

/// Writes the plan as it reads at this version of its document.
pub(crate) fn write(plan: &Plan, version: &Version) -> Vec<u8> {
    let mut out = Vec::new();
    let head = Head {
        stamp: stamp(),
        version: &version.encode(),
    };
    put(&mut out, &head);
    for kind in Kind::ALL {
        let table = plan.any(*kind);
        let uids = table.every();
        put(&mut out, &uids.len());
        for uid in uids {
            let mut values = Vec::new();
            table.values(uid, &mut |key, value| values.push((key, value)));
            let values = values.iter().map(|(key, value)| {
                let value = match value {
                    Value::Bool(yes) => Stored::Bool(*yes),
                    Value::Int(number) => Stored::Int(*number),
                    Value::Str(text) => Stored::Str(text),
                };
                (key.field.index() as u8, key_of(&key.sub), value)
            });
            let row = Row {
                uid: uid.0,
                order: table.order(uid).unwrap_or_default(),
                deleted: !table.is_live(uid),
                values: values.collect(),
            };
            put(&mut out, &row);
        }
    }
    put(&mut out, &plan.weave.len());
    for (key, link) in plan.weave.iter() {
        put(&mut out, &thread(key, link));
    }
    put(&mut out, &plan.weave.removed().count());
    for (key, link) in plan.weave.removed() {
        put(&mut out, &thread(key, link));
    }
    put(&mut out, &plan.misfits().count());
    for (item, key) in plan.misfits() {
        let misfit = Misfit {
            kind: Kind::ALL
                .iter()
                .position(|kind| *kind == item.kind)
                .unwrap_or_default() as u8,
            uid: item.uid.0,
            field: key.field.index() as u8,
            key: key_of(&key.sub),
        };
        put(&mut out, &misfit);
    }
    out
}

/// Reads a plan, if this program wrote it at just this version of the document.
pub(crate) fn read(mut bytes: &[u8], version: &Version) -> Option<Plan> {
    let head: Head<'_> = next(&mut bytes)?;
    if head.stamp != stamp() || head.version != version.encode() {
        return None;
    }
    let mut plan = Plan::new();
    let mut values = Vec::new();
    for kind in Kind::ALL {
        for _ in 0..next::<usize>(&mut bytes)? {
            let row: Row<'_> = next(&mut bytes)?;
            let item = ItemId {
                kind: *kind,
                uid: Uid(row.uid),
            };
            values.clear();
            for (field, key, value) in row.values {
                let value = match value {
                    Stored::Bool(yes) => Value::Bool(yes),
                    Stored::Int(number) => Value::Int(number),
                    Stored::Str(text) => Value::str(text),
                };
                values.push((key_in(*kind, field, key)?, value));
            }
            plan.load(item, row.order, row.deleted, &values);
        }
    }
    let mut whole = true;
    plan.load_links((0..next::<usize>(&mut bytes)?).map_while(|_| {
        let link = next(&mut bytes).and_then(link);
        whole &= link.is_some();
        link
    }));
    if !whole {
        return None;
    }
    for _ in 0..next::<usize>(&mut bytes)? {
        let (key, link) = link(next(&mut bytes)?)?;
        plan.load_removed_link(key, link);
    }
    for _ in 0..next::<usize>(&mut bytes)? {
        let misfit: Misfit<'_> = next(&mut bytes)?;
        let item = ItemId {
            kind: *Kind::ALL.get(usize::from(misfit.kind))?,
            uid: Uid(misfit.uid),
        };
        plan.load_misfit(item, key_in(item.kind, misfit.field, misfit.key)?);
    }
    bytes.is_empty().then_some(plan)
}

fn put(out: &mut Vec<u8>, part: &impl Serialize) {
    // In memory and of plain types: this does not fail, and a reading without
    // its end is not taken.
    let more = postcard::to_extend(part, core::mem::take(out));
    debug_assert!(more.is_ok(), "{more:?}");
    *out = more.unwrap_or_default();
}

fn next<'a, T: Deserialize<'a>>(bytes: &mut &'a [u8]) -> Option<T> {
    let (part, rest) = postcard::take_from_bytes(bytes).ok()?;
    *bytes = rest;
    Some(part)
}

fn key_of(sub: &Sub) -> Key<'_> {
    match sub {
        Sub::None => Key::None,
        Sub::Lang(lang) => Key::Lang(lang.as_str()),
        Sub::Member(uid) => Key::Member(uid.0),
    }
}

fn key_in(kind: Kind, field: u8, key: Key<'_>) -> Option<FieldKey> {
    let field = kind.field_at(usize::from(field))?;
    let sub = match key {
        Key::None => Sub::None,
        Key::Lang(tag) => Sub::Lang(Lang::new(tag)?),
        Key::Member(uid) => Sub::Member(Uid(uid)),
    };
    Some(FieldKey { field, sub })
}

fn thread<'a>(key: &LinkKey, link: &'a Link) -> Thread<'a> {
    Thread {
        module: Uid::from(key.module).0,
        competency: Uid::from(key.competency).0,
        unit: key.unit.map(|unit| Uid::from(unit).0),
        level: link.level,
        strength: link.strength,
        note: (link.note.iter())
            .map(|(lang, text)| (lang.as_str(), text))
            .collect(),
        visible_to: (link.visible_to.iter())
            .map(|party| Uid::from(*party).0)
            .collect(),
    }
}

fn link(thread: Thread<'_>) -> Option<(LinkKey, Link)> {
    let key = LinkKey {
        module: ModuleId(Uid(thread.module)),
        competency: JobItemId(Uid(thread.competency)),
        unit: thread.unit.map(|unit| UnitId(Uid(unit))),
    };
    let mut link = Link {
        level: thread.level,
        strength: thread.strength,
        visible_to: (thread.visible_to.into_iter())
            .map(|party| PartyId(Uid(party)))
            .collect(),
        ..Link::default()
    };
    for (lang, text) in thread.note {
        link.note.set(Lang::new(lang)?, text.to_owned());
    }
    Some((key, link))
}
