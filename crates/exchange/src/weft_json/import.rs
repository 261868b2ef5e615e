//! Weft JSON into commands: items first, then what they say of each other,
//! then links, then what was deleted. What is not understood waits in the
//! tray; the rest comes in.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};
use weft_model::{
    ABOUT, Choice as _, Command, EditError, Field, FieldKey, ItemId, JobItemId, Kind, PartyId,
    Plan, Spot, Tier, Uid, Value, field, pointed_to,
};

use super::export::{ExportOptions, held, is_pointing};
use super::values::read_field;
use super::{FORMAT, VERSION, bounded, voices};
use crate::waiting::{self, Of};
use crate::work::Work;
use crate::{ImportError, Imported, Place, Reason, TrayRow, Warning, WarningKind};

/// Reads a file in which a person has corrected values that waited in the tray, by
/// their places. What is still in the tray has the cells to correct it.
///
/// # Errors
///
/// As [`import`].
pub fn import_corrected(
    bytes: &[u8],
    corrected: &BTreeMap<Place, Vec<String>>,
    into: &Plan,
    fresh: &mut dyn FnMut() -> Uid,
) -> Result<Imported, ImportError> {
    let bytes = waiting::corrected(Of::Weft, ("", bytes, false), corrected);
    let mut read = import(&bytes, into, fresh)?;
    waiting::to_cells(Of::Weft, ("", &bytes, false), &mut read);
    Ok(read)
}

/// Reads a file for this plan. Into an empty plan it comes back with the same
/// uids. Items that the plan already has (by uid) are updated: a field that
/// the file names becomes what the file says, others stay. Items without an id
/// get a fresh one.
pub fn import(
    bytes: &[u8],
    into: &Plan,
    fresh: &mut dyn FnMut() -> Uid,
) -> Result<Imported, ImportError> {
    let Json::Object(file) = bounded::read(bytes)? else {
        return Err(ImportError::NotThisFormat);
    };
    if file.get("format").and_then(Json::as_str) != Some(FORMAT) {
        return Err(ImportError::NotThisFormat);
    }
    match file.get("version").and_then(Json::as_u64) {
        Some(VERSION) => {}
        Some(version) if version > VERSION => return Err(ImportError::Newer { version }),
        _ => return Err(ImportError::NotThisFormat),
    }
    let mut reader = Reader {
        kept: reader_of(&file).map(|reader| {
            let options = ExportOptions {
                deleted: false,
                reader: Some(reader),
            };
            held(into, options).0
        }),
        work: Work::new(into, fresh),
        out: Imported::default(),
        tiers: BTreeMap::new(),
    };
    let entries = reader.entries(&file);
    reader.create(&entries);
    for entry in &entries {
        if reader.work.plan.any(entry.item.kind).has(entry.item.uid) {
            reader.point(entry);
        }
    }
    reader.links(file.get("links"));
    reader.final_tiers();
    for entry in entries.iter().rev().filter(|entry| entry.deleted) {
        // Deleting what an earlier file deleted is no edit.
        if reader
            .work
            .plan
            .any(entry.item.kind)
            .is_live(entry.item.uid)
            && let Err(error) = reader.work.run(Command::Delete { item: entry.item })
        {
            reader.warn(&entry.path, WarningKind::Refused(error));
        }
    }
    let Reader { work, mut out, .. } = reader;
    (out.items, out.links) = work.counts();
    out.commands = work.commands;
    Ok(out)
}

/// The party for which a file was made, where it says so.
pub fn made_for(bytes: &[u8]) -> Option<PartyId> {
    let Ok(Json::Object(file)) = bounded::read(bytes) else {
        return None;
    };
    reader_of(&file)
}

fn reader_of(file: &Map<String, Json>) -> Option<PartyId> {
    let uid = file.get("made_for")?.as_str()?.parse().ok()?;
    Some(PartyId(uid))
}

/// One item of the file, read but not yet applied.
struct Entry {
    item: ItemId,
    owner: Option<Uid>,
    deleted: bool,
    path: String,
    /// Values that stand for themselves.
    plain: Vec<(FieldKey, Value)>,
    /// Values that point to other items.
    pointing: Vec<(FieldKey, Value)>,
    /// Sets and maps that the file names: other members go.
    whole: BTreeSet<Field>,
}

pub(super) struct Reader<'a> {
    pub(super) work: Work<'a>,
    out: Imported,
    /// Tiers that lines get at the very end. Partners can leave a line below
    /// one that cannot hold it, or a link at a task; such a plan comes back
    /// as it is, by way of tiers that its lines have for the moment.
    tiers: BTreeMap<ItemId, Option<Value>>,
    /// Of a file for one party: what of the plan that may see. The file does not
    /// name the rest, and takes none of it away.
    kept: Option<BTreeSet<ItemId>>,
}

impl Reader<'_> {
    fn warn(&mut self, path: &str, kind: WarningKind) {
        self.out.warnings.push(Warning {
            place: Place::Path(path.to_owned()),
            kind,
        });
    }

    pub(super) fn tray(&mut self, path: &str, reason: Reason, value: &Json) {
        self.out.tray.push(TrayRow {
            place: Place::Path(path.to_owned()),
            reason,
            cells: vec![value.to_string()],
            heads: Vec::new(),
        });
    }

    fn entries(&mut self, file: &Map<String, Json>) -> Vec<Entry> {
        let mut all = Vec::new();
        let mut ids = BTreeSet::new();
        for (name, part) in file {
            match (Kind::from_name(name), part) {
                (Some(Kind::About), Json::Object(fields)) => {
                    all.push(self.entry(ABOUT, fields, "about".into()))
                }
                (Some(kind), Json::Array(items)) if kind != Kind::About => {
                    for (at, item) in items.iter().enumerate() {
                        let path = format!("{name}/{at}");
                        let Json::Object(fields) = item else {
                            self.tray(&path, Reason::BadShape, item);
                            continue;
                        };
                        let uid = match fields.get("id") {
                            None | Some(Json::Null) => self.work.fresh(kind).uid,
                            Some(id) => match id.as_str().and_then(|id| id.parse().ok()) {
                                Some(uid) => uid,
                                None => {
                                    self.tray(&path, Reason::BadShape, item);
                                    continue;
                                }
                            },
                        };
                        let id = ItemId { kind, uid };
                        if ids.insert(id) {
                            let entry = self.entry(id, fields, path);
                            all.push(entry);
                        } else {
                            self.tray(&path, Reason::Twice, item);
                        }
                    }
                }
                (Some(_), other) => self.tray(name, Reason::BadShape, other),
                (None, _)
                    if matches!(
                        name.as_str(),
                        "format"
                            | "version"
                            | "made_for"
                            | "links"
                            | "$schema"
                            | voices::MEMBER
                            | voices::SENDER
                    ) => {}
                (None, other) => self.tray(name, Reason::UnknownPart { name: name.clone() }, other),
            }
        }
        // Owners before what they own, whatever the order of the file.
        all.sort_by_key(|entry| entry.item.kind);
        all
    }

    fn entry(&mut self, item: ItemId, fields: &Map<String, Json>, path: String) -> Entry {
        let mut entry = Entry {
            item,
            owner: None,
            deleted: fields.get("deleted") == Some(&Json::Bool(true)),
            path,
            plain: Vec::new(),
            pointing: Vec::new(),
            whole: BTreeSet::new(),
        };
        for (name, json) in fields {
            if name == "id" || name == "deleted" {
                continue;
            }
            let path = format!("{}/{name}", entry.path);
            let Some(field) = item.kind.field(name) else {
                self.tray(&path, Reason::UnknownPart { name: name.clone() }, json);
                continue;
            };
            if item.kind.owner_field() == Some(field) {
                entry.owner = json.as_str().and_then(|uid| uid.parse().ok());
                if entry.owner.is_none() && !json.is_null() {
                    self.tray(&path, Reason::BadShape, json);
                }
                continue;
            }
            let mut values = Vec::new();
            if read_field(field, json, &mut values).is_err() {
                self.tray(&path, Reason::BadShape, json);
            } else if is_pointing(field) {
                entry.whole.insert(field);
                entry.pointing.extend(values);
            } else {
                entry.plain.extend(values);
            }
        }
        entry
    }

    /// Adds or updates the items, with all that stands for itself.
    fn create(&mut self, entries: &[Entry]) {
        let mut waiting: Vec<&Entry> = entries.iter().collect();
        // Lines of the outline may stand before the line they belong to; four
        // tiers need four rounds.
        for round in 0..6 {
            let mut later = Vec::new();
            for entry in waiting {
                let waits = entry.item.kind == Kind::JobItem
                    && entry
                        .owner
                        .is_some_and(|uid| !self.work.plan.any(Kind::JobItem).has(uid));
                if waits && round < 5 {
                    later.push(entry);
                } else if self.work.plan.any(entry.item.kind).has(entry.item.uid) {
                    self.update(entry);
                } else {
                    self.add(entry);
                }
            }
            waiting = later;
        }
    }

    fn add(&mut self, entry: &Entry) {
        let mut owner = entry.owner;
        let mut plain = entry.plain.clone();
        if let (Kind::JobItem, Some(above)) = (entry.item.kind, owner) {
            if !self.work.plan.any(Kind::JobItem).is_live(above) {
                let what = crate::imported::called(&plain);
                self.warn(&entry.path, WarningKind::PutAtTop { what });
                owner = None;
            } else if !self.can_hold(above, &plain) {
                let key = field::job_item::tier.key();
                let mine = plain.iter().position(|(known, _)| *known == key);
                let mine = mine.map(|at| plain.remove(at).1);
                self.tiers.insert(entry.item, mine);
                plain.push((key, Value::str(Tier::Competency.id())));
                let above = ItemId {
                    kind: Kind::JobItem,
                    uid: above,
                };
                self.for_the_moment(above, Tier::Role);
            }
        }
        match self.work.add(entry.item, owner, plain) {
            Ok(refused) => {
                for (key, value, error) in refused {
                    self.refused(&entry.path, &key, &value, error);
                }
            }
            Err(error) => {
                let id = Json::String(entry.item.uid.to_string());
                self.tray(&entry.path, Reason::Refused(error), &id);
            }
        }
    }

    fn can_hold(&self, above: Uid, plain: &[(FieldKey, Value)]) -> bool {
        let mine = plain
            .iter()
            .find(|(key, _)| key.field == field::job_item::tier);
        let mine = mine
            .and_then(|(_, value)| value.as_str())
            .and_then(Tier::from_id);
        let above = self
            .work
            .plan
            .job_items
            .get(JobItemId(above))
            .and_then(|line| line.tier);
        matches!((above, mine), (Some(above), Some(mine)) if above.0 < mine)
    }

    /// Gives a line another tier until all is in.
    pub(super) fn for_the_moment(&mut self, line: ItemId, tier: Tier) {
        let key = field::job_item::tier.key();
        let own = self.work.plan.value(line, &key);
        self.tiers.entry(line).or_insert(own);
        let command = Command::Set {
            item: line,
            key,
            value: Some(Value::str(tier.id())),
        };
        if let Err(error) = self.work.run(command) {
            self.warn("job_items", WarningKind::Refused(error));
        }
    }

    fn final_tiers(&mut self) {
        for (item, value) in core::mem::take(&mut self.tiers) {
            let key = field::job_item::tier.key();
            if self.work.plan.any(item.kind).is_live(item.uid)
                && let Err(error) = self.work.run(Command::Set { item, key, value })
            {
                self.warn("job_items", WarningKind::Refused(error));
            }
        }
    }

    fn update(&mut self, entry: &Entry) {
        let item = entry.item;
        self.work.met(item);
        if !self.work.plan.any(item.kind).is_live(item.uid) && !entry.deleted {
            match self.work.run(Command::Restore { item }) {
                Ok(_) => self.work.changed(item),
                Err(error) => self.warn(&entry.path, WarningKind::Refused(error)),
            }
        }
        let owner = self.work.plan.any(item.kind).owner(item.uid);
        if item.kind.owner_field().is_some() && owner != entry.owner {
            let moved = Command::Move {
                item,
                owner: entry.owner,
                spot: Spot::Last,
            };
            match self.work.run(moved) {
                Ok(_) => self.work.changed(item),
                Err(error) => self.warn(&entry.path, WarningKind::Refused(error)),
            }
        }
        self.put_all(entry, &entry.plain);
    }

    /// What an item says of others, once all are there.
    fn point(&mut self, entry: &Entry) {
        self.put_all(entry, &entry.pointing);
        let named: BTreeSet<&FieldKey> = entry.pointing.iter().map(|(key, _)| key).collect();
        let mut gone = Vec::new();
        self.work
            .plan
            .any(entry.item.kind)
            .values(entry.item.uid, &mut |key, value| {
                if entry.whole.contains(&key.field) && !named.contains(&key) {
                    gone.push((key, value));
                }
            });
        for (key, value) in gone {
            // A file does not name what is deleted; it comes back with its item. Parties
            // that something is shown to are named all the same.
            let to = pointed_to(&key, &value);
            let unseen =
                (self.kept.as_ref()).is_some_and(|seen| to.is_some_and(|to| !seen.contains(&to)));
            let hidden = unseen
                || key.field.name() != "visible_to"
                    && pointed_to(&key, &value).is_some_and(|to| !self.work.plan.is_live(to));
            if hidden {
                continue;
            }
            if let Err(error) = self.work.set(entry.item, key, None) {
                self.warn(&entry.path, WarningKind::Refused(error));
            }
        }
    }

    fn put_all(&mut self, entry: &Entry, values: &[(FieldKey, Value)]) {
        for (key, value) in values {
            if let Err(error) = self.work.set(entry.item, key.clone(), Some(value.clone())) {
                self.refused(&entry.path, key, value, error);
            }
        }
    }

    fn refused(&mut self, path: &str, key: &FieldKey, value: &Value, error: EditError) {
        let text = match value {
            Value::Str(text) => text.chars().take(200).collect(),
            Value::Int(number) => number.to_string(),
            Value::Bool(yes) => yes.to_string(),
        };
        let path = format!("{path}/{key}");
        let kind = match error {
            EditError::Value { why, .. } => WarningKind::BadValue {
                field: key.field,
                text,
                why,
            },
            EditError::Missing(to) | EditError::Deleted(to) => WarningKind::NoSuch {
                kind: to.kind,
                text: to.uid.to_string(),
            },
            other => WarningKind::Refused(other),
        };
        self.warn(&path, kind);
    }
}
