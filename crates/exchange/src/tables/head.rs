//! What the cells of a sheet say as heads, and what they are the heads of.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use weft_model::Lang;

use super::dictionary::heads;
use super::heading::{ticked, without_lang, without_unit};
use super::sheet::Sheet;
use super::target::{Column, TableKind, Target};
use super::words::{plain, small_number, term_number, without_weeks};

/// A cell in the forms in which a head is looked for. They are made once: each kind of
/// table and each reading of up to three rows asks for them.
pub(super) struct Said<'sheet> {
    cell: &'sheet str,
    whole: String,
    unitless: Option<String>,
    /// Without its language, and that.
    name: String,
    lang: Option<Lang>,
}

impl<'sheet> Said<'sheet> {
    /// None where nothing stands, or more than a head says.
    fn of(cell: &'sheet str) -> Option<Self> {
        let cell = cell.trim();
        if cell.is_empty() || cell.chars().count() > 60 {
            return None;
        }
        let (name, lang) = without_lang(cell);
        Some(Self {
            cell,
            whole: plain(cell),
            unitless: without_unit(cell).map(|name| plain(&name)),
            name: plain(&name),
            lang,
        })
    }
}

/// The cells of as many rows as may be part of a header.
pub(super) fn said(sheet: &Sheet, within: usize) -> Vec<Vec<Option<Said<'_>>>> {
    let rows = sheet.rows.iter().take(within);
    rows.map(|row| row.cells.iter().map(|cell| Said::of(cell)).collect())
        .collect()
}

/// What the columns below each cell are for if it is a head of one table, and how far
/// down in the list of the heads for that it stands.
pub(super) struct Heads(Vec<Vec<Option<(Column, usize)>>>);

impl Heads {
    pub fn of(table: TableKind, said: &[Vec<Option<Said<'_>>>]) -> Self {
        let head = |said: &Option<Said<'_>>| head(table, said.as_ref()?);
        let rows = said.iter().map(|row| row.iter().map(head).collect());
        Self(rows.collect())
    }

    pub fn at(&self, row: usize, column: usize) -> Option<&(Column, usize)> {
        self.0.get(row)?.get(column)?.as_ref()
    }
}

/// What a column with this head is for, and how far down in the list of its heads that
/// one stands.
fn head(table: TableKind, said: &Said<'_>) -> Option<(Column, usize)> {
    let cell = said.cell;
    let forms = [Some(&said.whole), said.unitless.as_ref()];
    let mut known = forms.into_iter().flatten();
    if let Some((target, rank)) = known.find_map(|it| meaning(table, it)) {
        return Some((Column::new(target), rank));
    }
    if let (Some((target, rank)), Some(lang)) = (meaning(table, &said.name), &said.lang) {
        // A code is the same in every language: this is what the code stands for.
        let target = match target {
            Target::ModuleCode => Target::ModuleTitle,
            Target::CompetencyCode => Target::CompetencyTitle,
            Target::UnitCode => Target::UnitTitle,
            Target::LineCode(tier) => Target::LineTitle(tier),
            other => other,
        };
        let column = Column {
            lang: Some(lang.clone()),
            ..Column::new(target)
        };
        return Some((column, rank));
    }
    if table == TableKind::Parties
        && let Some((word, key)) = cell.split_once(['_', ' ', ':'])
        && matches!(
            plain(word).as_str(),
            "staff" | "员工" | "职工" | "mitarbeitende"
        )
    {
        let column = Column {
            key: key.trim().to_owned(),
            ..Column::new(Target::StaffOf)
        };
        return Some((column, 0));
    }
    if matches!(table, TableKind::Modules | TableKind::Progress) {
        if let Some((target, id)) = ticked(&said.whole) {
            let column = Column {
                key: id.to_owned(),
                ..Column::new(target)
            };
            return Some((column, 0));
        }
        let (name, weeks) = without_weeks(cell);
        let number = term_number(&name).or_else(|| small_number(&plain(&name)));
        return number.map(|number| {
            let column = Column {
                key: weeks.map_or_else(String::new, |weeks| weeks.to_string()),
                ..Column::new(Target::TermCell(number))
            };
            (column, 0)
        });
    }
    None
}

/// What a head means in a table, and its rank among the heads for that. A head counts
/// for the first target that lists it.
fn meaning(table: TableKind, word: &str) -> Option<(Target, usize)> {
    type Heads = BTreeMap<TableKind, BTreeMap<String, (Target, usize)>>;
    static ALL: OnceLock<Heads> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let mut all = Heads::new();
        for table in TableKind::ALL {
            let known = all.entry(*table).or_default();
            for (target, words) in heads(*table) {
                for (rank, word) in words.split('|').enumerate() {
                    known.entry(plain(word)).or_insert((*target, rank));
                }
            }
        }
        all
    });
    all.get(&table)?.get(word).copied()
}
