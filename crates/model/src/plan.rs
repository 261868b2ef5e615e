//! The plan as everyone reads it: tables of items and the weave. It is
//! derived from the saved document and can always be rebuilt.

use core::ops::Deref;
use std::collections::BTreeSet;

use crate::command::{TextAt, Write};
use crate::kinds::{About, Tables};
use crate::{
    AboutId, Aspect, BadValue, Change, Field, FieldKey, Hours, ItemId, Kind, Lang, Link, LinkKey,
    Shape, Splice, Sub, Text, Uid, Value, Weave,
};

/// The uid of what the plan says of itself.
pub const ABOUT: ItemId = ItemId {
    kind: Kind::About,
    uid: Uid(0),
};

/// A curriculum plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    tables: Tables,
    /// The weave.
    pub weave: Weave,
    /// Stored values that did not fit their fields: they are left as they are
    /// and not shown.
    pub(crate) misfits: BTreeSet<(ItemId, FieldKey)>,
}

impl Default for Plan {
    fn default() -> Self {
        let mut tables = Tables::default();
        tables.any_mut(Kind::About).ensure(ABOUT.uid);
        Self {
            tables,
            weave: Weave::default(),
            misfits: BTreeSet::new(),
        }
    }
}

impl Deref for Plan {
    type Target = Tables;

    fn deref(&self) -> &Tables {
        &self.tables
    }
}

impl Plan {
    /// An empty plan.
    pub fn new() -> Self {
        Self::default()
    }

    /// What the plan says of itself.
    pub fn about(&self) -> &About {
        static EMPTY: std::sync::OnceLock<About> = std::sync::OnceLock::new();
        self.tables
            .about
            .raw(AboutId(ABOUT.uid))
            .unwrap_or_else(|| EMPTY.get_or_init(About::default))
    }

    /// One value of an item, deleted or not.
    pub fn value(&self, item: ItemId, key: &FieldKey) -> Option<Value> {
        self.tables.any(item.kind).value(item.uid, key)
    }

    /// A text, in one language; empty if it is not there.
    pub fn text(&self, at: TextAt, lang: &Lang) -> String {
        let found = match at {
            TextAt::Field(item, field) => self.value(item, &field.lang(lang.clone())),
            TextAt::LinkNote(key) => {
                return self
                    .weave
                    .raw(&key)
                    .map_or("", |link| link.note.get(lang))
                    .to_owned();
            }
        };
        found
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Whether the item is there and neither it nor what it belongs to is
    /// deleted.
    pub fn is_live(&self, item: ItemId) -> bool {
        let table = self.tables.any(item.kind);
        if !table.is_live(item.uid) {
            return false;
        }
        let Some(owner_kind) = item.kind.owner_field().and_then(|f| f.shape().target()) else {
            return true;
        };
        let (mut kind, mut at) = (owner_kind, table.owner(item.uid));
        // Owners form short chains; a ring made by two partners ends here.
        for _ in 0..16 {
            let Some(uid) = at else { return true };
            let table = self.tables.any(kind);
            if table.has(uid) && !table.is_live(uid) {
                return false;
            }
            at = table.owner(uid);
            kind = kind
                .owner_field()
                .and_then(|f| f.shape().target())
                .unwrap_or(kind);
        }
        true
    }

    /// The title by which people know the item: its title, name, statement or
    /// body, whichever its kind has.
    pub fn title(&self, item: ItemId) -> Text {
        let mut text = Text::default();
        let Some(field) = title_field(item.kind) else {
            return text;
        };
        self.tables
            .any(item.kind)
            .values(item.uid, &mut |key, value| {
                if let (true, Sub::Lang(lang), Value::Str(words)) =
                    (key.field == field, key.sub, value)
                {
                    text.set(lang, words);
                }
            });
        text
    }

    /// Hours that a module counts: its total, or nothing where the hours are
    /// bracketed or not given.
    pub fn counted_hours(&self, module: &crate::Module) -> Hours {
        if module.counted == Some(false) {
            Hours::ZERO
        } else {
            module.total_hours.unwrap_or_default()
        }
    }

    /// Does one write and notes what it touched. A value that does not fit is
    /// noted as a violation and left out.
    pub fn write(&mut self, write: &Write, change: &mut Change) {
        match write {
            Write::Create { item, order } => {
                let table = self.tables.any_mut(item.kind);
                table.ensure(item.uid);
                table.set_order(item.uid, order);
                change.place(*item);
            }
            Write::Put { item, key, value } => self.put(*item, key, value.as_ref(), change),
            Write::Order { item, order } => {
                self.tables.any_mut(item.kind).set_order(item.uid, order);
                change.place(*item);
            }
            Write::Deleted { item, deleted } => {
                self.tables
                    .any_mut(item.kind)
                    .set_deleted(item.uid, *deleted);
                change.place(*item);
            }
            Write::Splice { at, lang, splice } => {
                if let Some(text) = splice.apply(&self.text(*at, lang)) {
                    self.set_text(*at, lang, text, change);
                }
            }
            Write::Link { key, level } => {
                self.weave.put(*key, *level);
                change.links.insert(*key);
            }
            Write::Strength { key, strength } => {
                self.weave.change(*key, |link| link.strength = *strength);
                change.links.insert(*key);
            }
            // The plan reads as before; what is stored must be saved all the same.
            Write::Confirm { what } => match what {
                Aspect::Presence(item) | Aspect::Place(item) => change.place(*item),
                Aspect::Value(item, key) => change.field(*item, key.field),
                Aspect::Link(key)
                | Aspect::Strength(key)
                | Aspect::Shown(key, _)
                | Aspect::Note(key, _) => drop(change.links.insert(*key)),
            },
            Write::ShowLink { key, party, named } => {
                self.weave.change(*key, |link| {
                    if *named {
                        link.visible_to.insert(*party);
                    } else {
                        link.visible_to.remove(party);
                    }
                });
                change.links.insert(*key);
            }
        }
    }

    fn put(&mut self, item: ItemId, key: &FieldKey, value: Option<&Value>, change: &mut Change) {
        let table = self.tables.any_mut(item.kind);
        if table.put(item.uid, key, value).is_ok() {
            self.misfits.remove(&(item, key.clone()));
        } else {
            // Whatever stood there before is no longer what is stored.
            if table.put(item.uid, key, None).is_ok() {
                self.misfits.insert((item, key.clone()));
            }
        }
        change.field(item, key.field);
    }

    /// Reads a whole item at once, in place of any that is there: the quick way
    /// while a plan is opened. Values that do not fit are noted, as by `write`.
    pub fn load(&mut self, item: ItemId, order: &str, deleted: bool, values: &[(FieldKey, Value)]) {
        let table = self.tables.any_mut(item.kind);
        let refused = table.load(item.uid, order, deleted, values);
        let keys = refused.into_iter().filter_map(|at| values.get(at));
        self.misfits
            .extend(keys.map(|(key, _)| (item, key.clone())));
    }

    /// Puts many links into a plan that has none yet: the quick way while it is
    /// opened.
    pub fn load_links(&mut self, links: impl IntoIterator<Item = (LinkKey, Link)>) {
        self.weave.load(links);
    }

    /// Notes what a link says that is not there at the moment.
    pub fn load_removed_link(&mut self, key: LinkKey, link: Link) {
        self.weave.load_removed(key, link);
    }

    /// Stored values that do not fit their fields.
    pub fn misfits(&self) -> impl Iterator<Item = &(ItemId, FieldKey)> {
        self.misfits.iter()
    }

    /// Notes a stored value that does not fit its field and is not shown.
    pub fn load_misfit(&mut self, item: ItemId, key: FieldKey) {
        self.misfits.insert((item, key));
    }

    /// Takes an item out as if it had never been there.
    pub(crate) fn forget(&mut self, item: ItemId) {
        self.tables.any_mut(item.kind).forget(item.uid);
    }

    /// Replaces a whole text, as it reads after a merge.
    pub fn set_text(&mut self, at: TextAt, lang: &Lang, text: String, change: &mut Change) {
        match at {
            TextAt::Field(item, field) => {
                self.put(
                    item,
                    &field.lang(lang.clone()),
                    Some(&Value::Str(text)),
                    change,
                );
            }
            TextAt::LinkNote(key) => {
                self.weave
                    .change(key, |link| link.note.set(lang.clone(), text));
                change.links.insert(key);
            }
        }
    }

    /// The write that undoes this one, as the plan stands now.
    pub fn inverse(&self, write: &Write) -> Write {
        match write {
            Write::Create { item, .. } => Write::Deleted {
                item: *item,
                deleted: true,
            },
            Write::Put { item, key, .. } => Write::Put {
                item: *item,
                key: key.clone(),
                value: self.value(*item, key),
            },
            Write::Order { item, .. } => {
                let order = self
                    .tables
                    .any(item.kind)
                    .order(item.uid)
                    .unwrap_or_default();
                Write::Order {
                    item: *item,
                    order: order.to_owned(),
                }
            }
            Write::Deleted { item, deleted } => Write::Deleted {
                item: *item,
                deleted: !deleted,
            },
            Write::Splice { at, lang, splice } => {
                let gone = self
                    .text(*at, lang)
                    .chars()
                    .skip(splice.at)
                    .take(splice.delete)
                    .collect();
                let delete = splice.insert.chars().count();
                let splice = Splice {
                    at: splice.at,
                    delete,
                    insert: gone,
                };
                Write::Splice {
                    at: *at,
                    lang: lang.clone(),
                    splice,
                }
            }
            Write::Link { key, .. } => Write::Link {
                key: *key,
                level: self.weave.get(key).map(|link| link.level),
            },
            Write::Strength { key, .. } => {
                let strength = self.weave.raw(key).and_then(|link| link.strength);
                Write::Strength {
                    key: *key,
                    strength,
                }
            }
            Write::Confirm { .. } => write.clone(),
            Write::ShowLink { key, party, .. } => {
                let named = self
                    .weave
                    .raw(key)
                    .is_some_and(|link| link.visible_to.contains(party));
                Write::ShowLink {
                    key: *key,
                    party: *party,
                    named,
                }
            }
        }
    }
}

/// The item that a stored value points to.
pub fn pointed_to(key: &FieldKey, value: &Value) -> Option<ItemId> {
    let kind = key.field.shape().target()?;
    let uid = match (&key.sub, key.field.shape()) {
        (Sub::Member(uid), _) => *uid,
        (_, Shape::Ref(_)) => value.as_str()?.parse().ok()?,
        _ => return None,
    };
    Some(ItemId { kind, uid })
}

/// The field by which people know an item of this kind.
pub fn title_field(kind: Kind) -> Option<Field> {
    // A person's title is their position: they are called by their name.
    ["name", "title", "statement", "body", "reason"]
        .iter()
        .find_map(|name| kind.field(name))
}

impl From<BadValue> for &'static str {
    /// A stable id for messages.
    fn from(why: BadValue) -> Self {
        match why {
            BadValue::WrongType => "wrong_type",
            BadValue::OutOfRange { .. } => "out_of_range",
            BadValue::UnknownChoice => "unknown_choice",
            BadValue::BadDate => "bad_date",
            BadValue::TooLong { .. } => "too_long",
            BadValue::WrongKey => "wrong_key",
        }
    }
}
