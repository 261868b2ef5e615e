//! Sheets into commands. Items first, sheet by sheet in an order in which
//! what others refer to comes before them; then what they say of each other.
//! Every command is tried on a copy of the plan: the act as a whole cannot
//! fail on the plan that it was made for.

mod further;
mod identity;
mod listed;
mod mapping;
mod modules;
mod offerings;
mod outline;
mod pools;
mod records;
mod refer;
mod scale;
mod sums;
mod terms;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use weft_model::{EditError, Field, FieldKey, ItemId, Kind, Lang, Plan, Rank, Sub, Uid, Value};

use super::sheet::Sheet;
use super::target::{Matching, TableKind, Target};
use super::words;
use crate::foreign::Heard;
use crate::work::Work;
use crate::{
    AnswerTarget, Fate, Imported, Place, Question, QuestionKind, Reason, TrayRow, Warning,
    WarningKind,
};
use identity::Index;
pub use scale::{KnownLevel, KnownScale, SCALES};

/// What a person decides about an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplyOptions {
    /// Answers to [`QuestionKind::WhichItem`], by sheet and row.
    pub answers: BTreeMap<(usize, usize), AnswerTarget>,
    /// Answer to [`QuestionKind::WhichScale`]: an index into [`SCALES`].
    pub scale: Option<usize>,
    /// A level for links whose table names none; none: taught, level not
    /// stated. A relevance is never taken for a level.
    pub level: Option<Rank>,
    /// Make modules and competencies that a mapping names and nothing has.
    pub make_missing: bool,
    /// Make a term of each school year that modules name, with their hours.
    pub terms_from_periods: bool,
    /// The line of the job outline that lines come in below which their table puts
    /// at the top; none: at the top. Those that are here already stay where they are.
    pub below: Option<Uid>,
}

impl Default for ApplyOptions {
    fn default() -> Self {
        Self {
            answers: BTreeMap::new(),
            scale: None,
            level: None,
            make_missing: false,
            terms_from_periods: true,
            below: None,
        }
    }
}

/// What the sheets mean for this plan. The commands are one act's worth;
/// nothing is written anywhere. The same input gives the same answer, as far
/// as `fresh` does.
pub fn apply(
    plan: &Plan,
    sheets: &[(Sheet, Matching)],
    options: &ApplyOptions,
    fresh: &mut dyn FnMut() -> Uid,
) -> Imported {
    apply_heard(plan, sheets, options, fresh, Heard(None))
}

/// The same, and says on the way how much is done.
pub fn apply_heard(
    plan: &Plan,
    sheets: &[(Sheet, Matching)],
    options: &ApplyOptions,
    fresh: &mut dyn FnMut() -> Uid,
    heard: Heard<'_>,
) -> Imported {
    let mut importer = Importer {
        index: Index::of(plan),
        work: Work::new(plan, fresh),
        before: plan,
        options,
        out: Imported::default(),
        scale: scale::Scale::default(),
        sheets,
        ids: BTreeMap::new(),
        also: BTreeMap::new(),
        further: further::Further::default(),
        rows_done: 0,
        heard,
    };
    importer.out.fates = sheets
        .iter()
        .map(|(sheet, _)| vec![Fate::Blank; sheet.rows.len()])
        .collect();
    let mut order: Vec<usize> = (0..sheets.len()).collect();
    order.sort_by_key(|at| sheets[*at].1.table);
    let is_further = |at: &&usize| sheets[**at].1.table == Some(TableKind::Further);
    let mut rows: BTreeMap<(usize, usize), ItemId> = BTreeMap::new();
    for at in order.iter().filter(is_further) {
        importer.make(*at, &mut rows);
    }
    importer.make_further();
    // The levels of the plan's scale have come in by now.
    importer.find_scale();
    for at in order.iter().filter(|at| !is_further(at)) {
        importer.make(*at, &mut rows);
    }
    importer.make_further();
    importer.put_further();
    for at in order.iter().filter(|at| !is_further(at)) {
        importer.refer(*at, &rows);
    }
    let Importer { work, mut out, .. } = importer;
    (out.items, out.links) = work.counts();
    out.commands = work.commands;
    out
}

/// After how many rows it is said how much is done.
const HEARD_ROWS: usize = 256;

struct Importer<'a> {
    work: Work<'a>,
    /// The plan before the import.
    before: &'a Plan,
    index: Index,
    options: &'a ApplyOptions,
    out: Imported,
    scale: scale::Scale,
    sheets: &'a [(Sheet, Matching)],
    /// Which item of the plan the id in a row means, where that is another.
    ids: BTreeMap<ItemId, ItemId>,
    /// Further items of a row that stands for several.
    also: BTreeMap<(usize, usize), Vec<ItemId>>,
    further: further::Further,
    /// Of both passes.
    rows_done: usize,
    heard: Heard<'a>,
}

/// A row on its way in.
#[derive(Clone, Copy)]
struct At<'a> {
    number: usize,
    row: usize,
    sheet: &'a Sheet,
    matching: &'a Matching,
}

impl<'a> At<'a> {
    fn place(self, column: Option<usize>) -> Place {
        Place::Row {
            sheet: self.number,
            row: self.row,
            column,
        }
    }

    fn cell(self, column: usize) -> &'a str {
        self.sheet.cell(self.row, column)
    }

    /// The first cell for a target; empty where there is none.
    fn first(self, target: Target) -> &'a str {
        let columns = self.matching.all(target);
        columns
            .map(|(column, _)| self.cell(column))
            .find(|cell| !cell.is_empty())
            .unwrap_or("")
    }

    /// All texts for a target, by language.
    fn texts(self, target: Target) -> Vec<(Lang, &'a str)> {
        let mut all: Vec<(Lang, &str)> = Vec::new();
        for (column, head) in self.matching.all(target) {
            let cell = self.cell(column);
            if !cell.is_empty() {
                all.push((self.lang(head.lang.as_ref(), cell), cell));
            }
        }
        all
    }

    /// The language of a cell: its column's, else by its letters.
    fn lang(self, column: Option<&Lang>, cell: &str) -> Lang {
        match column {
            Some(lang) => lang.clone(),
            None if words::is_chinese(cell) => Lang::zh(),
            None if self.matching.lang == Lang::zh() => Lang::en(),
            None => self.matching.lang.clone(),
        }
    }

    fn raw(self) -> Vec<String> {
        self.sheet
            .rows
            .get(self.row)
            .map(|row| row.cells.clone())
            .unwrap_or_default()
    }
}

impl<'a> Importer<'a> {
    /// One more row was gone through, in one of the two passes.
    fn hears(&mut self) {
        self.rows_done += 1;
        if self.rows_done.is_multiple_of(HEARD_ROWS) {
            let all: usize = self.sheets.iter().map(|(sheet, _)| sheet.rows.len()).sum();
            let share = self.rows_done as f64 / (2 * all).max(1) as f64;
            self.heard.hears(share.min(1.0));
        }
    }

    /// First pass over a sheet: the items of its rows.
    fn make(&mut self, number: usize, rows: &mut BTreeMap<(usize, usize), ItemId>) {
        let sheets = self.sheets;
        let (sheet, matching) = &sheets[number];
        let at = |row| At {
            number,
            row,
            sheet,
            matching,
        };
        if let Some((first, last)) = matching.header {
            for row in 0..sheet.rows.len().min(last + 1) {
                self.fate(
                    at(row),
                    if row < first {
                        Fate::Above
                    } else {
                        Fate::Header
                    },
                );
            }
        }
        let first = matching.first_row();
        let Some(table) = matching.table else {
            for row in first..sheet.rows.len() {
                if !blank(at(row)) {
                    self.tray(at(row), Reason::NoTable);
                }
            }
            return;
        };
        if sheet.uncalculated > 0 {
            let cells = sheet.uncalculated;
            self.warn(
                Place::Sheet { sheet: number },
                WarningKind::Uncalculated { cells },
            );
        }
        let mut carry = Carry::default();
        let mut taken = BTreeSet::new();
        let mut sums = sums::Sums::default();
        for row in first..sheet.rows.len() {
            self.hears();
            let at = at(row);
            if blank(at) {
                continue;
            }
            if let Some(text) = self.remark(at) {
                self.fate(at, Fate::Remark);
                self.warn(at.place(None), WarningKind::Remark { text });
                continue;
            }
            if self.sum_row(at, table, &mut sums) {
                continue;
            }
            if self.heading(at, table, &mut carry) {
                self.fate(at, Fate::Heading);
                continue;
            }
            let beyond = at.sheet.rows[row]
                .cells
                .iter()
                .skip(matching.columns.len())
                .filter(|cell| !cell.trim().is_empty())
                .count();
            if beyond > 0 {
                self.warn(at.place(None), WarningKind::CellsBeyond { cells: beyond });
            }
            if self.options.answers.get(&(number, row)) == Some(&AnswerTarget::Skip) {
                self.tray(at, Reason::Skipped);
                continue;
            }
            let made = match table {
                TableKind::Modules | TableKind::Progress => {
                    self.module(at, &mut carry, &mut taken, &mut sums)
                }
                TableKind::Competencies => self.competency(at, &mut carry, &mut taken),
                TableKind::Units => self.unit_row(at, &mut carry, &mut taken),
                TableKind::Mapping => Ok(None),
                TableKind::Further => self.note_further(at).map(|()| None),
                TableKind::Rotation => self.block(at, &mut carry),
                _ => self.record(at, table.item(), &mut taken),
            };
            match made {
                Ok(item) => {
                    self.fate(at, Fate::Applied);
                    if let Some(item) = item {
                        self.means(item.kind, at.first(Target::Uid), item);
                        rows.insert((number, row), item);
                    }
                }
                Err(reason) => self.tray(at, reason),
            }
        }
        if matches!(table, TableKind::Modules | TableKind::Progress) {
            self.sheet_sums(number, &sums);
        }
    }

    /// Second pass: what the rows say of other items.
    fn refer(&mut self, number: usize, rows: &BTreeMap<(usize, usize), ItemId>) {
        let sheets = self.sheets;
        let (sheet, matching) = &sheets[number];
        let Some(table) = matching.table else { return };
        if table == TableKind::Mapping {
            self.mapping(number);
            return;
        }
        let mut pools = pools::Pools::default();
        for row in matching.first_row()..sheet.rows.len() {
            self.hears();
            let Some(item) = rows.get(&(number, row)).copied() else {
                continue;
            };
            let at = At {
                number,
                row,
                sheet,
                matching,
            };
            self.point(at, item);
            match table {
                TableKind::Modules | TableKind::Progress => {
                    self.module_refers(at, item, &mut pools)
                }
                TableKind::Parties => self.staff(at, item),
                TableKind::Specification => self.supports(at, item),
                TableKind::Certificates => self.conversion(at, item),
                TableKind::Orders => self.seats(at, item),
                TableKind::Competencies => self.owner(at, item, weft_model::field::job_item::owner),
                _ => {}
            }
            for item in self.also.remove(&(number, row)).unwrap_or_default() {
                self.point(at, item);
                self.owner(at, item, weft_model::field::job_item::owner);
            }
        }
        self.pools(pools);
    }

    /// Notes that the id in a row means this item.
    fn means(&mut self, kind: Kind, id: &str, item: ItemId) {
        if let Ok(uid) = id.parse::<Uid>()
            && uid != item.uid
        {
            self.ids.insert(ItemId { kind, uid }, item);
        }
    }

    /// The live item that an id in a row means.
    fn meant(&self, kind: Kind, id: &str) -> Option<ItemId> {
        let said = ItemId {
            kind,
            uid: id.parse().ok()?,
        };
        let item = self.ids.get(&said).copied().unwrap_or(said);
        self.work.plan.is_live(item).then_some(item)
    }

    fn fate(&mut self, at: At<'_>, fate: Fate) {
        if let Some(slot) = self
            .out
            .fates
            .get_mut(at.number)
            .and_then(|rows| rows.get_mut(at.row))
        {
            *slot = fate;
        }
    }

    fn warn(&mut self, place: Place, kind: WarningKind) {
        self.out.warnings.push(Warning { place, kind });
    }

    /// Puts a row into the tray, with the question where one helps.
    fn tray(&mut self, at: At<'_>, reason: Reason) {
        self.fate(at, Fate::Tray);
        if let Reason::SeveralFit { candidates } | Reason::OtherTitle { candidates } = &reason {
            self.out.questions.push(Question {
                place: at.place(None),
                kind: QuestionKind::WhichItem {
                    candidates: candidates.clone(),
                },
            });
        }
        self.out.tray.push(TrayRow {
            place: at.place(None),
            reason,
            cells: at.raw(),
            heads: Vec::new(),
        });
    }

    fn remark(&self, at: At<'_>) -> Option<String> {
        let mut filled = at.sheet.rows[at.row]
            .cells
            .iter()
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty());
        let first = filled.next()?;
        (filled.next().is_none() && words::is_remark(first)).then(|| first.to_owned())
    }

    /// Sets a value and warns where the plan refuses it.
    fn put(
        &mut self,
        at: At<'_>,
        column: Option<usize>,
        item: ItemId,
        key: FieldKey,
        value: Option<Value>,
    ) {
        let mut value = value;
        if let (Some(Value::Str(new)), Some(Value::Str(known))) =
            (&mut value, self.work.plan.value(item, &key))
            && let Some(whole) = crate::workbook::joined(new, &known)
        {
            *new = whole;
        }
        // Cells are read without the space around them: that is no edit.
        if let (Sub::Lang(_), Some(Value::Str(new))) = (&key.sub, &value)
            && let Some(Value::Str(known)) = self.work.plan.value(item, &key)
            && known.trim() == new
        {
            return;
        }
        let text = column.map_or("", |column| at.cell(column)).to_owned();
        if let Err(error) = self.work.set(item, key.clone(), value) {
            let kind = refused(key.field, text, error);
            self.warn(at.place(column), kind);
        } else {
            self.index.note(&self.work.plan, item);
        }
    }
}

/// What merged cells hand down to the rows below.
#[derive(Default)]
struct Carry {
    /// Texts by column.
    texts: BTreeMap<usize, String>,
    /// The role, task and content above.
    lines: [Option<ItemId>; 3],
    /// The modules above, several where one cell lists them; of a rotation its mode.
    modules: Vec<ItemId>,
    unit: Option<ItemId>,
}

fn blank(at: At<'_>) -> bool {
    at.sheet
        .rows
        .get(at.row)
        .is_none_or(|row| row.cells.iter().all(|cell| cell.trim().is_empty()))
}

fn refused(field: Field, text: String, error: EditError) -> WarningKind {
    match error {
        EditError::Value { why, .. } => WarningKind::BadValue { field, text, why },
        other => WarningKind::Refused(other),
    }
}
