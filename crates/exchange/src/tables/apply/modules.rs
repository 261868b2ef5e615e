//! Rows of module tables and teaching-progress tables: the module, its
//! category, and how it lies in the terms.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{CategoryRole, Choice, ItemId, Kind, Lang, Value, field};

use super::identity::{Fit, Named};
use super::sums::{Read, Sums};
use super::{At, Carry, Importer};
use crate::tables::cells::{self, Stretch};
use crate::tables::target::{TableKind, Target};
use crate::tables::words;
use crate::{Reason, WarningKind};
use field::{module, offering};

/// Elective pools that a sheet names: how many to take, and the members.
#[derive(Default)]
pub(super) struct Pools {
    all: BTreeMap<String, (Option<(usize, usize)>, Lang, String, i64, Vec<ItemId>)>,
}

/// The pool of a row: its key, its name and how many of it are taken.
fn pool_of(at: At<'_>, category: &str) -> Option<(String, String, i64)> {
    let name = at.first(Target::Pool);
    if !name.is_empty() {
        let take = cells::whole(at.first(Target::PoolTake)).unwrap_or(1);
        return Some((name.to_owned(), name.to_owned(), take));
    }
    let (_, mark, take) = cells::pool_mark(at.first(Target::Field(module::title)))?;
    Some((format!("{category}|{mark}"), mark, take))
}

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
        if named.code.is_empty() && named.titles.is_empty() {
            return Err(Reason::NoName);
        }
        let found = self.settle(at, Kind::Module, &named, taken)?;
        let (_, counted) =
            cells::halves(at.first(Target::Field(module::total_hours))).unwrap_or((0, true));
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
        if !counted {
            values.push((0, module::counted.key(), Value::Bool(false)));
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

    /// How a row lies in the terms.
    fn offerings(&mut self, at: At<'_>, item: ItemId) {
        let mut all: Vec<(ItemId, Stretch)> = Vec::new();
        let mut planned = false;
        for (column, head) in at.matching.columns.iter().enumerate() {
            let cell = at.cell(column);
            match head.target {
                Target::TermCell(number) => {
                    planned |= !cell.is_empty();
                    if cell.is_empty() || cell == "-" || cell == "—" || cell == "/" {
                        continue;
                    }
                    match cells::stretch(cell) {
                        Some(stretch) => {
                            all.extend(self.term_number(at, number).map(|term| (term, stretch)))
                        }
                        None => self.bad_pattern(at, column, cell),
                    }
                }
                Target::Progress => {
                    planned |= !cell.is_empty();
                    for (term, cell) in cells::progress(cell) {
                        match (cells::stretch(cell), self.term_named(at, &term)) {
                            (Some(stretch), Some(term)) => all.push((term, stretch)),
                            _ => self.bad_pattern(at, column, &format!("{term}:{cell}")),
                        }
                    }
                }
                _ => {}
            }
        }
        if !planned {
            self.period_term(at, item);
            return;
        }
        let total = self
            .work
            .plan
            .modules
            .raw(item.uid.into())
            .and_then(|module| module.total_hours)
            .map(|hours| hours.halves());
        self.work_out(at, total, &mut all);
        let mut used: BTreeSet<ItemId> = BTreeSet::new();
        for (term, stretch) in all {
            self.offering(at, item, term, stretch, &mut used);
        }
    }

    fn bad_pattern(&mut self, at: At<'_>, column: usize, cell: &str) {
        let text = cell.chars().take(60).collect();
        self.warn(at.place(Some(column)), WarningKind::BadPattern { text });
    }

    /// Gives lectures and whole weeks their hours where the total leaves one
    /// way only, and compares the sum with the total.
    fn work_out(&mut self, at: At<'_>, total: Option<i64>, all: &mut [(ItemId, Stretch)]) {
        for (term, stretch) in all.iter_mut() {
            if let Stretch::Weekly {
                weeks: weeks @ None,
                ..
            } = stretch
            {
                *weeks = self
                    .work
                    .plan
                    .terms
                    .raw(term.uid.into())
                    .and_then(|term| term.teaching_weeks)
                    .map(|weeks| weeks.0);
            }
        }
        let Some(total) = total else { return };
        let known: i64 = all
            .iter()
            .map(|(_, stretch)| hours(*stretch).unwrap_or(0))
            .sum();
        let open: i64 = all
            .iter()
            .filter(|(_, stretch)| hours(*stretch).is_none())
            .map(|(_, stretch)| share(*stretch))
            .sum();
        if open == 0 {
            if known != total && !all.is_empty() {
                self.warn(
                    at.place(None),
                    WarningKind::PatternSum {
                        total,
                        offerings: known,
                    },
                );
            }
            return;
        }
        let left = total - known;
        let one_kind = all
            .iter()
            .filter(|(_, stretch)| hours(*stretch).is_none())
            .map(|(_, stretch)| core::mem::discriminant(stretch));
        let kinds: Vec<_> = one_kind.collect();
        if left <= 0 || left % open != 0 || kinds.windows(2).any(|pair| pair[0] != pair[1]) {
            return;
        }
        let each = left / open;
        for (_, stretch) in all.iter_mut() {
            match stretch {
                Stretch::Whole {
                    hours: hours @ None,
                    ..
                }
                | Stretch::Lectures {
                    hours: hours @ None,
                } => *hours = Some(each),
                _ => {}
            }
        }
        self.warn(at.place(None), WarningKind::HoursWorkedOut);
    }

    fn offering(
        &mut self,
        at: At<'_>,
        item: ItemId,
        term: ItemId,
        stretch: Stretch,
        used: &mut BTreeSet<ItemId>,
    ) {
        let (pattern, per_week, weeks, hours) = match stretch {
            Stretch::Weekly { hours, weeks } => ("weekly", Some(hours), weeks, None),
            Stretch::Whole { weeks, hours } => ("whole_weeks", hours, Some(weeks), None),
            Stretch::Lectures { hours } => ("lectures", None, None, hours),
        };
        let mut values = vec![(offering::pattern.key(), Value::str(pattern))];
        values.extend(per_week.map(|hours| (offering::hours_per_week.key(), Value::Int(hours))));
        values.extend(weeks.map(|weeks| (offering::weeks.key(), Value::Int(weeks))));
        values.extend(hours.map(|hours| (offering::hours.key(), Value::Int(hours))));
        let same = self.work.plan.offerings.below(item.uid).find(|known| {
            let id: ItemId = known.id.into();
            let pattern = known.pattern.is_none_or(|known| known.0.id() == pattern);
            known.term.is_some_and(|known| known.0.0 == term.uid) && pattern && !used.contains(&id)
        });
        match same.map(|known| ItemId::from(known.id)) {
            Some(known) => {
                self.work.met(known);
                used.insert(known);
                for (key, value) in values {
                    self.put(at, None, known, key, Some(value));
                }
            }
            None => {
                values.push((offering::term.key(), Value::Str(term.uid.to_string())));
                let values = values
                    .into_iter()
                    .map(|(key, value)| (0, key, value))
                    .collect();
                let new = self.work.fresh(Kind::Offering);
                match self.add(at, new, Some(item.uid), values) {
                    Ok(()) => {
                        used.insert(new);
                    }
                    Err(Reason::Refused(error)) => {
                        self.warn(at.place(None), WarningKind::Refused(error))
                    }
                    Err(_) => {}
                }
            }
        }
    }

    /// The pool that a row names, for when all rows are in.
    pub(super) fn note_pool(&self, at: At<'_>, item: ItemId, pools: &mut Pools) {
        let category = self
            .work
            .plan
            .modules
            .raw(item.uid.into())
            .and_then(|module| module.category);
        let category = category.map_or_else(String::new, |category| category.0.to_string());
        if let Some((key, name, take)) = pool_of(at, &category) {
            let lang = at.lang(None, &name);
            let entry = pools
                .all
                .entry(key)
                .or_insert_with(|| (Some((at.number, at.row)), lang, name, take, Vec::new()));
            entry.4.push(item);
        }
    }

    /// Elective pools: known by a member or by their name, else made.
    pub(super) fn pools(&mut self, pools: Pools) {
        use field::elective_pool;
        for (_, (place, lang, name, take, members)) in pools.all {
            let Some((number, row)) = place else { continue };
            let sheets = self.sheets;
            let at = At {
                number,
                row,
                sheet: &sheets[number].0,
                matching: &sheets[number].1,
            };
            let known = self.work.plan.elective_pools.iter().find(|pool| {
                pool.members
                    .iter()
                    .any(|member| members.contains(&(*member).into()))
                    || pool.title.iter().any(|(_, title)| title == name)
            });
            let item = match known.map(|pool| ItemId::from(pool.id)) {
                Some(item) => {
                    self.work.met(item);
                    item
                }
                None => {
                    let item = self.work.fresh(Kind::ElectivePool);
                    let values = vec![
                        (0, elective_pool::title.lang(lang), Value::Str(name)),
                        (0, elective_pool::take_modules.key(), Value::Int(take)),
                    ];
                    if self.add(at, item, None, values).is_err() {
                        continue;
                    }
                    item
                }
            };
            for member in members {
                self.put(
                    at,
                    None,
                    item,
                    elective_pool::members.member(member.uid),
                    Some(Value::Bool(true)),
                );
            }
        }
    }
}

/// The hours of a stretch, in halves; none: the cell does not say.
fn hours(stretch: Stretch) -> Option<i64> {
    match stretch {
        Stretch::Weekly { hours, weeks } => Some(hours * weeks.unwrap_or(0)),
        Stretch::Whole { weeks, hours } => hours.map(|hours| hours * weeks),
        Stretch::Lectures { hours } => hours,
    }
}

/// How many equal parts of what is left a stretch takes.
fn share(stretch: Stretch) -> i64 {
    match stretch {
        Stretch::Whole { weeks, .. } => weeks,
        _ => 1,
    }
}
