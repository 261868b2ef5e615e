//! Rows that hold one value of one item each: what no other table has a
//! column for. They are read in steps, since items of these rows belong to
//! others and others point to them: first the items that belong to nothing
//! else, then those that belong to rows of other tables, then the values.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{ABOUT, BadValue, Field, FieldKey, ItemId, Kind, Lang, Shape, Uid, Value, field};

use super::identity::{Fit, Named};
use super::values::scalar;
use super::{At, Importer};
use crate::tables::export::{UNCARRIED, is_uncarried};
use crate::tables::target::Target;
use crate::{Fate, Reason, WarningKind};

/// The rows, by the item that they name, in the order of the file.
#[derive(Default)]
pub(super) struct Further {
    items: Vec<(ItemId, Vec<(usize, usize)>)>,
    known: BTreeMap<ItemId, usize>,
    /// What the items have become.
    made: BTreeMap<ItemId, ItemId>,
    /// The same, to look them up.
    taken: BTreeSet<ItemId>,
}

impl<'a> Importer<'a> {
    /// Notes a row, or says why it can be no value.
    pub(super) fn note_further(&mut self, at: At<'_>) -> Result<(), Reason> {
        let kind = at.first(Target::ValueKind);
        let kind = Kind::from_name(kind).filter(|kind| !UNCARRIED.contains(kind));
        let kind = kind.ok_or_else(|| unknown(at.first(Target::ValueKind)))?;
        let uid: Uid = at
            .first(Target::Uid)
            .parse()
            .map_err(|_| Reason::BadShape)?;
        field_of(at, kind)?;
        let item = ItemId { kind, uid };
        let further = &mut self.further;
        let next = further.items.len();
        let slot = *further.known.entry(item).or_insert(next);
        if slot == next {
            further.items.push((item, Vec::new()));
        }
        further.items[slot].1.push((at.number, at.row));
        Ok(())
    }

    fn row(&self, (number, row): (usize, usize)) -> At<'a> {
        let sheets = self.sheets;
        let (sheet, matching) = &sheets[number];
        At {
            number,
            row,
            sheet,
            matching,
        }
    }

    /// Finds or makes the items of these rows whose owner is there.
    pub(super) fn make_further(&mut self) {
        let items = std::mem::take(&mut self.further.items);
        for (said, rows) in &items {
            let Some(first) = rows.first().map(|row| self.row(*row)) else {
                continue;
            };
            if !self.further.made.contains_key(said)
                && let Some(item) = self.further_item(*said, first, rows)
            {
                self.further.made.insert(*said, item);
                self.further.taken.insert(item);
                self.means(said.kind, &said.uid.to_string(), item);
                // Tables that follow find it by its words.
                self.put_values(item, rows, false);
            }
        }
        self.further.items = items;
    }

    fn further_item(
        &mut self,
        said: ItemId,
        at: At<'_>,
        rows: &[(usize, usize)],
    ) -> Option<ItemId> {
        let kind = said.kind;
        if kind == Kind::About {
            return Some(ABOUT);
        }
        if let Some(item) = self.meant(kind, &said.uid.to_string()) {
            self.work.met(item);
            return Some(item);
        }
        if has_a_table(kind) {
            return None;
        }
        let owner = match (kind.owner_field(), at.first(Target::OwnerUid)) {
            (Some(field), text) if !text.is_empty() => {
                Some(self.meant(field.shape().target()?, text)?.uid)
            }
            _ => None,
        };
        if let Some(item) = self.of_that_name(kind, owner, rows) {
            self.work.met(item);
            return Some(item);
        }
        let item = self.uid_for(kind, &said.uid.to_string());
        self.add(at, item, owner, Vec::new()).ok()?;
        Some(item)
    }

    /// The item of the plan as it was that is called the same.
    fn of_that_name(
        &self,
        kind: Kind,
        owner: Option<Uid>,
        rows: &[(usize, usize)],
    ) -> Option<ItemId> {
        let title = weft_model::title_field(kind);
        let value = |name: Field| {
            let mut all = rows.iter().map(|row| self.row(*row));
            let row = all.find(|at| at.first(Target::ValueField) == name.name());
            row.map_or("", |at| at.first(Target::FurtherValue))
        };
        let titles = rows.iter().map(|row| self.row(*row)).filter_map(|at| {
            let field = title.filter(|it| it.name() == at.first(Target::ValueField));
            let lang = field.and_then(|_| Lang::new(at.first(Target::ValueFor)))?;
            Some((lang, at.first(Target::FurtherValue)))
        });
        let free = |item: &ItemId| self.before.is_live(*item) && !self.further.taken.contains(item);
        let key = match kind {
            Kind::ScaleLevel => Some(field::scale_level::letter),
            Kind::Place => Some(field::place::kind),
            Kind::Section => Some(field::section::key),
            Kind::Rule => Some(field::rule::code),
            _ => None,
        };
        if let Some(key) = key {
            let wanted = scalar(key.shape(), value(key))?;
            let alike =
                |item: &ItemId| self.before.value(*item, &key.key()).as_ref() == Some(&wanted);
            let all = self.before.any(kind).live().into_iter();
            let all = all.map(|uid| ItemId { kind, uid });
            let found: Vec<ItemId> = all.filter(alike).filter(free).collect();
            return match found.as_slice() {
                [one] => Some(*one),
                _ => None,
            };
        }
        let named = Named {
            code: kind.field("code").map_or("", value),
            titles: titles.collect(),
            owner: Some(owner),
            ..Named::default()
        };
        match self.fit(kind, &named, &BTreeSet::new()) {
            Fit::One(item) => Some(item).filter(free),
            _ => None,
        }
    }

    /// Puts what points to others in, now that everything is there.
    pub(super) fn put_further(&mut self) {
        let items = std::mem::take(&mut self.further.items);
        for (said, rows) in items {
            if let Some(item) = self.further.made.get(&said).copied() {
                self.put_values(item, &rows, true);
                continue;
            }
            for row in rows {
                let text = said.uid.to_string();
                let kind = said.kind;
                self.tray(self.row(row), Reason::NoSuch { kind, text });
            }
        }
    }

    /// Puts those values in that point to others, or those that do not.
    fn put_values(&mut self, item: ItemId, rows: &[(usize, usize)], pointing: bool) {
        let takes = item != ABOUT || self.is_of_this_plan();
        for row in rows {
            let at = self.row(*row);
            if !takes {
                self.fate(at, Fate::NotChosen);
                continue;
            }
            let Ok(Some(field)) = field_of(at, item.kind) else {
                continue;
            };
            if field.shape().target().is_some() != pointing {
                continue;
            }
            match self.further_value(at, field) {
                Ok(Some((key, value))) => {
                    let column = at.matching.column(Target::FurtherValue);
                    self.put(at, column, item, key, Some(value));
                }
                Ok(None) => {}
                Err(reason) => self.tray(at, reason),
            }
        }
    }

    /// What the plan is called and the like comes from a file of this very
    /// plan, or into one in which nobody has begun: another plan keeps its own
    /// name.
    fn is_of_this_plan(&self) -> bool {
        let begun = [Kind::Module, Kind::JobItem, Kind::Person];
        if begun
            .iter()
            .all(|kind| self.before.any(*kind).live().is_empty())
        {
            return true;
        }
        let known = |item: &ItemId| item.kind != Kind::About && self.before.is_live(*item);
        self.further.known.keys().any(known)
            || self.sheets.iter().any(|(sheet, matching)| {
                let kind = matching.table.map(|table| table.item());
                let column = matching.column(Target::Uid);
                kind.zip(column).is_some_and(|(kind, column)| {
                    (matching.first_row()..sheet.rows.len()).any(|row| {
                        let uid = sheet.cell(row, column).parse::<Uid>();
                        uid.is_ok_and(|uid| known(&ItemId { kind, uid }))
                    })
                })
            })
    }

    /// The value of a row. What it points to and does not find is warned about.
    fn further_value(
        &mut self,
        at: At<'_>,
        field: Field,
    ) -> Result<Option<(FieldKey, Value)>, Reason> {
        let cell = at.first(Target::FurtherValue);
        let part = at.first(Target::ValueFor);
        let column = at.matching.column(Target::FurtherValue).unwrap_or(0);
        if cell.is_empty() {
            return Ok(None);
        }
        let bad = |why: BadValue| WarningKind::BadValue {
            field,
            text: cell.chars().take(200).collect(),
            why,
        };
        let (key, shape) = match field.shape() {
            Shape::Text => {
                let lang = Lang::new(part).ok_or(Reason::BadShape)?;
                return Ok(Some((field.lang(lang), Value::str(cell))));
            }
            Shape::Set(of) => match self.named(at, column, of, part) {
                Some(member) => (field.member(member.uid), Shape::Bool),
                None => return Ok(None),
            },
            Shape::Map(of, inner) => match self.named(at, column, of, part) {
                Some(member) => (field.member(member.uid), *inner),
                None => return Ok(None),
            },
            Shape::Ref(of) => {
                let to = self.named(at, column, of, cell);
                return Ok(to.map(|to| (field.key(), Value::Str(to.uid.to_string()))));
            }
            shape => (field.key(), shape),
        };
        let value = scalar(shape, cell);
        if value.is_none() {
            self.warn(at.place(Some(column)), bad(BadValue::WrongType));
        }
        Ok(value.map(|value| (key, value)))
    }
}

/// Whether the items of a kind come by a table of their own.
fn has_a_table(kind: Kind) -> bool {
    use crate::tables::target::TableKind;
    let own = |table: &&TableKind| !matches!(table, TableKind::Further | TableKind::Rotation);
    let mut tables = TableKind::ALL.iter().filter(own);
    tables.any(|table| table.item() == kind)
}

fn unknown(name: &str) -> Reason {
    Reason::UnknownPart {
        name: name.chars().take(60).collect(),
    }
}

/// The field of a row; none: the row says that its item is there.
fn field_of(at: At<'_>, kind: Kind) -> Result<Option<Field>, Reason> {
    let name = at.first(Target::ValueField);
    if name.is_empty() {
        return Ok(None);
    }
    let field = kind.field(name).filter(|field| !is_uncarried(*field));
    field.map(Some).ok_or_else(|| unknown(name))
}
