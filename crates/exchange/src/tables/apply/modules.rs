//! Rows of module tables and teaching-progress tables: the module, its
//! category, and how it lies in the terms.

use std::collections::BTreeSet;

use weft_model::{CategoryRole, Choice, ItemId, Kind, Lang, ModuleId, Value, field};

use super::identity::{Fit, Named};
use super::pools::pool_of;
use super::sums::{Read, Sums};
use super::{At, Carry, Importer};
use crate::tables::cells;
use crate::tables::target::{TableKind, Target};
use crate::tables::words;
use crate::{Reason, WarningKind};
use field::module;

impl Importer<'_> {
    /// Rows that only name what follows: a category on a line of its own.
    pub(super) fn heading(&mut self, at: At<'_>, table: TableKind, carry: &mut Carry) -> bool {
        if !matches!(table, TableKind::Modules | TableKind::Progress) {
            return false;
        }
        let mut filled = at.sheet.rows[at.row]
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.trim().is_empty());
        let (Some((column, text)), None) = (filled.next(), filled.next()) else {
            return false;
        };
        let text = text.trim().trim_start_matches([
            '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '、', '（', '）', '(', ')',
            '.', ' ',
        ]);
        let category = at.matching.column(Target::Category);
        let known = words::choice(CategoryRole::IDS, text).is_some();
        if category == Some(column) || known {
            carry
                .texts
                .insert(category.unwrap_or(usize::MAX), text.to_owned());
            return true;
        }
        false
    }

    pub(super) fn module(
        &mut self,
        at: At<'_>,
        carry: &mut Carry,
        taken: &mut BTreeSet<ItemId>,
        sums: &mut Sums,
    ) -> Result<Option<ItemId>, Reason> {
        let titles: Vec<(Lang, String)> = at
            .texts(Target::Field(module::title))
            .into_iter()
            .map(|(lang, title)| {
                (
                    lang,
                    cells::pool_mark(title).map_or_else(|| title.to_owned(), |(title, ..)| title),
                )
            })
            .collect();
        let named = Named {
            uid: at.first(Target::Uid),
            uri: at.first(Target::Field(module::origin_uri)),
            code: at.first(Target::Field(module::code)),
            titles: titles
                .iter()
                .map(|(lang, title)| (lang.clone(), title.as_str()))
                .collect(),
            period: at.first(Target::Field(module::period)),
            ..Named::default()
        };
        if named.is_nameless() {
            return Err(Reason::NoName);
        }
        let found = self.settle(at, Kind::Module, &named, taken)?;
        let hours = cells::halves(at.first(Target::Field(module::total_hours)));
        let (hours_given, counted) = (hours.is_some(), hours.is_none_or(|(_, counted)| counted));
        let in_hours = self.in_hours(at);
        let mut values = self.plain_values(at);
        values.retain(|(_, key, _)| {
            in_hours
                || !matches!(
                    key.field,
                    module::total_hours | module::theory_hours | module::practice_hours
                )
        });
        for (_, key, value) in values
            .iter_mut()
            .filter(|(_, key, _)| key.field == module::title)
        {
            let title = titles
                .iter()
                .find(|(lang, _)| key.sub == weft_model::Sub::Lang(lang.clone()));
            *value = title.map_or_else(|| value.clone(), |(_, title)| Value::str(title));
        }
        let bracketed = |item: ItemId| {
            let known = self.work.plan.modules.get(ModuleId(item.uid));
            known.is_some_and(|module| module.counted == Some(false))
        };
        if !counted {
            values.push((0, module::counted.key(), Value::Bool(false)));
        } else if hours_given && found.is_some_and(bracketed) {
            // Its brackets are gone from the sheet.
            values.push((0, module::counted.key(), Value::Bool(true)));
        }
        let item = match found {
            Some(item) => {
                self.work.met(item);
                for (column, key, value) in values {
                    self.put(at, Some(column), item, key, Some(value));
                }
                item
            }
            None => {
                let item = self.uid_for(Kind::Module, named.uid);
                self.add(at, item, None, values)?;
                item
            }
        };
        taken.insert(item);
        let category = self.category(at, item, carry);
        let pool = pool_of(at, &category).map(|(key, _, take)| (key, take));
        sums.push(Read::of(at, counted, pool));
        self.offerings(at, item);
        Ok(Some(item))
    }

    /// Adds an item; values that do not fit are warned about.
    pub(super) fn add(
        &mut self,
        at: At<'_>,
        item: ItemId,
        owner: Option<weft_model::Uid>,
        values: Vec<(usize, weft_model::FieldKey, Value)>,
    ) -> Result<(), Reason> {
        let fields = values
            .iter()
            .map(|(_, key, value)| (key.clone(), value.clone()))
            .collect();
        let refused = self
            .work
            .add(item, owner, fields)
            .map_err(Reason::Refused)?;
        for (key, _, error) in refused {
            let column = values
                .iter()
                .find(|(_, known, _)| *known == key)
                .map(|(column, ..)| *column);
            let text = column
                .map_or("", |column| at.cell(column))
                .chars()
                .take(200)
                .collect();
            self.warn(at.place(column), super::refused(key.field, text, error));
        }
        self.index.note(&self.work.plan, item);
        Ok(())
    }

    fn in_hours(&mut self, at: At<'_>) -> bool {
        let unit = at.first(Target::HoursUnit);
        let known = [
            "",
            "h",
            "std",
            "ustd",
            "stunden",
            "unterrichtsstunden",
            "stunde",
            "hours",
            "hour",
            "class hours",
            "学时",
            "课时",
        ];
        let fits = known.contains(&words::same(unit).trim_end_matches('.'));
        if !fits {
            let text = unit.chars().take(40).collect();
            self.warn(
                at.place(at.matching.column(Target::HoursUnit)),
                WarningKind::OtherUnit { text },
            );
        }
        fits
    }

    /// The category of a row, its own or the last one above. Returns its name.
    fn category(&mut self, at: At<'_>, item: ItemId, carry: &mut Carry) -> String {
        let mut titles: Vec<(Lang, String)> = Vec::new();
        for (column, head) in at.matching.all(Target::Category) {
            let cell = at.cell(column);
            if !cell.is_empty() {
                carry.texts.insert(column, cell.to_owned());
            } else if !at.first(Target::Uid).is_empty() {
                // Weft merges no cells: where it wrote none, there is none.
                carry.texts.clear();
            }
            if let Some(text) = carry.texts.get(&column) {
                titles.push((at.lang(head.lang.as_ref(), text), text.clone()));
            }
        }
        if titles.is_empty()
            && let Some(text) = carry.texts.get(&usize::MAX)
        {
            titles.push((at.lang(None, text), text.clone()));
        }
        let Some((_, name)) = titles.first().cloned() else {
            return String::new();
        };
        let titles: Vec<(Lang, &str)> = titles
            .iter()
            .map(|(lang, title)| (lang.clone(), title.as_str()))
            .collect();
        let named = Named {
            titles: titles.clone(),
            ..Named::default()
        };
        let category = match self.fit(Kind::Category, &named, &BTreeSet::new()) {
            Fit::One(category) => {
                self.work.met(category);
                self.add_titles(at, category, &titles);
                category
            }
            Fit::Several(candidates) => {
                let kind = WarningKind::SeveralHave {
                    kind: Kind::Category,
                    text: name.clone(),
                    candidates,
                };
                self.warn(at.place(at.matching.column(Target::Category)), kind);
                return name;
            }
            _ => {
                let category = self.work.fresh(Kind::Category);
                let mut values: Vec<_> = titles
                    .iter()
                    .map(|(lang, title)| {
                        (
                            0,
                            field::category::title.lang(lang.clone()),
                            Value::str(*title),
                        )
                    })
                    .collect();
                let role = titles
                    .iter()
                    .find_map(|(_, title)| words::choice(CategoryRole::IDS, title));
                values.extend(role.map(|role| (0, field::category::role.key(), Value::str(role))));
                if self.add(at, category, None, values).is_err() {
                    return name;
                }
                category
            }
        };
        let column = at.matching.column(Target::Category);
        self.put(
            at,
            column,
            item,
            module::category.key(),
            Some(Value::Str(category.uid.to_string())),
        );
        name
    }
}
