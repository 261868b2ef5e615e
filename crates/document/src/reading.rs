//! A plan as it read at a snapshot, kept beside that snapshot. Reading six
//! thousand items out of a document takes ten times as long as reading them
//! from here. It is no format: another program, another version of this one or
//! another state of the document does not take it, and whatever is wrong with it
//! costs nothing but the time that it would have saved.

use core::fmt::Write as _;
use std::collections::BTreeSet;

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
const EDITION: u32 = 2;

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
    /// How many values stand behind it.
    values: u32,
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

/// One link of a module. Both ends by their place among those that occur: a uid takes
/// ten bytes, and most plans have more links than all else.
#[derive(Serialize, Deserialize)]
struct Thread<'a> {
    competency: u32,
    unit: Option<u32>,
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
            let row = Row {
                uid: uid.0,
                order: table.order(uid).unwrap_or_default(),
                deleted: !table.is_live(uid),
                values: values.len() as u32,
            };
            put(&mut out, &row);
            for (key, value) in &values {
                let value = match value {
                    Value::Bool(yes) => Stored::Bool(*yes),
                    Value::Int(number) => Stored::Int(*number),
                    Value::Str(text) => Stored::Str(text),
                };
                put(
                    &mut out,
                    &(key.field.index() as u8, key_of(&key.sub), value),
                );
            }
        }
    }
    put_links(&mut out, &plan.weave.iter().collect::<Vec<_>>());
    put_links(&mut out, &plan.weave.removed().collect::<Vec<_>>());
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
            for _ in 0..row.values {
                let (field, key, value): (u8, Key<'_>, Stored<'_>) = next(&mut bytes)?;
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
    let mut links = Links::begin(&mut bytes)?;
    plan.load_links(&mut links);
    links.ended()?;
    let mut removed = Links::begin(&mut bytes)?;
    for (key, link) in &mut removed {
        plan.load_removed_link(key, link);
    }
    removed.ended()?;
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

/// Writes links in the order of their keys: module by module.
fn put_links(out: &mut Vec<u8>, links: &[(&LinkKey, &Link)]) {
    let ends: BTreeSet<u64> = links.iter().map(|(key, _)| key.competency.0.0).collect();
    let units = links.iter().filter_map(|(key, _)| key.unit);
    let units: BTreeSet<u64> = units.map(|unit| unit.0.0).collect();
    let (ends, units) = (Vec::from_iter(ends), Vec::from_iter(units));
    put(out, &(&ends, &units));
    let place = |all: &[u64], uid: u64| all.binary_search(&uid).unwrap_or_default() as u32;
    let modules: Vec<_> =
        (links.chunk_by(|(one, _), (next, _)| one.module == next.module)).collect();
    put(out, &modules.len());
    for links in modules {
        let module = links.first().map_or(0, |(key, _)| key.module.0.0);
        put(out, &(module, links.len()));
        for (key, link) in links {
            let thread = Thread {
                competency: place(&ends, key.competency.0.0),
                unit: key.unit.map(|unit| place(&units, unit.0.0)),
                level: link.level,
                strength: link.strength,
                note: (link.note.iter())
                    .map(|(lang, text)| (lang.as_str(), text))
                    .collect(),
                visible_to: (link.visible_to.iter())
                    .map(|party| Uid::from(*party).0)
                    .collect(),
            };
            put(out, &thread);
        }
    }
}

/// The links that [`put_links`] has written, one after the other.
struct Links<'a, 'b> {
    bytes: &'b mut &'a [u8],
    ends: Vec<u64>,
    units: Vec<u64>,
    /// Modules that are still to come.
    modules: usize,
    /// The module of the moment, and how many links of it are still to come.
    module: (u64, usize),
    /// Something did not read as a link.
    broken: bool,
}

impl<'a, 'b> Links<'a, 'b> {
    fn begin(bytes: &'b mut &'a [u8]) -> Option<Self> {
        let (ends, units) = next(bytes)?;
        let modules = next(bytes)?;
        Some(Self {
            bytes,
            ends,
            units,
            modules,
            module: (0, 0),
            broken: false,
        })
    }

    /// Whether all were there.
    fn ended(self) -> Option<()> {
        (!self.broken && self.modules == 0 && self.module.1 == 0).then_some(())
    }

    fn read(&mut self) -> Option<(LinkKey, Link)> {
        let thread: Thread<'_> = next(self.bytes)?;
        let unit = match thread.unit {
            Some(at) => Some(UnitId(Uid(*self.units.get(at as usize)?))),
            None => None,
        };
        let key = LinkKey {
            module: ModuleId(Uid(self.module.0)),
            competency: JobItemId(Uid(*self.ends.get(thread.competency as usize)?)),
            unit,
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
}

impl Iterator for Links<'_, '_> {
    type Item = (LinkKey, Link);

    fn next(&mut self) -> Option<Self::Item> {
        while self.module.1 == 0 {
            self.modules = self.modules.checked_sub(1)?;
            let Some(module) = next(self.bytes) else {
                self.broken = true;
                return None;
            };
            self.module = module;
        }
        self.module.1 -= 1;
        let link = self.read();
        self.broken |= link.is_none();
        link
    }
}
