//! What table a sheet is, where its header stands and what its columns are
//! for: from the heads, and where a head says too little, from the values.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{Lang, field};

use super::dictionary::heads;
use super::head::{Heads, Said, said};
use super::sheet::Sheet;
use super::target::{Column, Matching, TableKind, Target};
use super::words::{language, weeks_alone};

/// Rows above which a header is looked for.
const HEADER_WITHIN: usize = 30;
/// With those that a header goes on in.
const WITHIN: usize = HEADER_WITHIN + 2;

/// The best guess. `table` is none where no head is understood.
pub fn guess(sheet: &Sheet) -> Matching {
    let said = said(sheet, WITHIN);
    let best = TableKind::ALL
        .iter()
        .filter(|table| **table != TableKind::Progress);
    let best = best
        .filter_map(|table| best_header(sheet, &said, *table, true))
        .reduce(|best, next| if next.score > best.score { next } else { best });
    finish(sheet, best)
}

/// The best guess for a sheet of which a person says what table it is.
pub fn match_as(sheet: &Sheet, table: TableKind) -> Matching {
    let header = best_header(sheet, &said(sheet, WITHIN), table, false);
    let mut matching = finish(sheet, header);
    matching.table = Some(table);
    matching
}

/// What the columns of a table can be for, in the order of its dictionary: what
/// a person can choose from.
pub fn targets(table: TableKind) -> Vec<Target> {
    let mut all: Vec<Target> = Vec::new();
    for (target, _) in heads(table) {
        if !all.contains(target) {
            all.push(*target);
        }
    }
    if table == TableKind::Progress {
        all.extend((1..=12).map(Target::TermCell));
    }
    all
}

struct Header {
    table: TableKind,
    rows: (usize, usize),
    columns: Vec<Column>,
    score: i64,
}

fn finish(sheet: &Sheet, header: Option<Header>) -> Matching {
    let width = sheet.width();
    let (table, rows, mut columns) = match header {
        Some(header) => (Some(header.table), Some(header.rows), header.columns),
        None => (None, None, Vec::new()),
    };
    columns.resize(width, Column::new(Target::Skip));
    let first = rows.map_or(0, |(_, last)| last + 1);
    let table = match table {
        Some(TableKind::Modules)
            if columns
                .iter()
                .any(|column| matches!(column.target, Target::TermCell(_))) =>
        {
            Some(TableKind::Progress)
        }
        other => other,
    };
    let texts = sheet
        .rows
        .iter()
        .skip(first)
        .take(2_000)
        .flat_map(|row| row.cells.iter().map(String::as_str));
    let mut matching = Matching {
        table,
        header: rows,
        columns,
        lang: language(texts),
    };
    by_values(sheet, &mut matching);
    matching
}

fn best_header(
    sheet: &Sheet,
    said: &[Vec<Option<Said<'_>>>],
    table: TableKind,
    needs: bool,
) -> Option<Header> {
    let heads = Heads::of(table, said);
    let mut best: Option<Header> = None;
    for row in 0..sheet.rows.len().min(HEADER_WITHIN) {
        for last in [row, row + 1, row + 2] {
            let Some(found) = header(sheet, &heads, table, row, last) else {
                continue;
            };
            if needs && !fits(table, &found.columns) {
                continue;
            }
            if best.as_ref().is_none_or(|best| found.score > best.score) {
                best = Some(found);
            }
        }
    }
    best
}

/// Reads one row, or up to three, as a header. The rows below the first name what that
/// leaves open, terms below a merged head, and parts of what is merged above them.
fn header(
    sheet: &Sheet,
    all: &Heads,
    table: TableKind,
    first: usize,
    last: usize,
) -> Option<Header> {
    let rows = sheet.rows.get(first..=last)?;
    let width = rows.iter().map(|row| row.cells.len()).max()?;
    // Cells that are merged downwards stand again in the rows below: those are heads, too.
    let merged = |row: usize| {
        // Once it may be a value that reads as its head does.
        let again = (0..width).filter(|at| {
            let cell = sheet.cell(row, *at);
            !cell.is_empty() && cell == sheet.cell(row - 1, *at)
        });
        let weeks = (0..width).filter(|at| weeks_alone(sheet.cell(row, *at)).is_some());
        // Or nothing but heads stands there: no course is called so in each of its cells.
        let filled = (0..width).filter(|at| !sheet.cell(row, *at).is_empty());
        let heads = (0..width).filter(|at| {
            let column = all.at(row, *at).map(|it| it.0.target);
            column.is_some_and(|it| !matches!(it, Target::TermCell(_)))
        });
        let only = heads.count();
        weeks.count() > 1 || again.count() > 1 || only > 1 && only == filled.count()
    };
    // A title above the heads is none of them.
    let own = (0..width).filter(|at| all.at(first, *at).is_some());
    let sure = if own.count() > 1 {
        (first + 1..=last).filter(|row| merged(*row)).count()
    } else {
        0
    };
    if last > first + 1 && sure < last - first {
        return None;
    }
    let below = |at: usize| {
        let mut rows = first + 1..=last;
        rows.find_map(|row| all.at(row, at))
    };
    let named = |at: usize| {
        let above = sheet.cell(first, at);
        let spans = sure > 0
            && !above.is_empty()
            && sheet.cell(first, at + 1).is_empty()
            && below(at + 1).is_some();
        let found = match all.at(first, at) {
            found @ Some(_) if !spans => found,
            found => {
                let open = sure > 0
                    || above.is_empty()
                    || above.contains("学期")
                    || above.to_lowercase().contains("term");
                (below(at).filter(|_| open)).or(found)
            }
        };
        found.cloned().map(|(mut column, rank)| {
            if matches!(column.target, Target::TermCell(_)) && column.key.is_empty() {
                let mut rows = first + 1..=last;
                let weeks = rows.find_map(|row| weeks_alone(sheet.cell(row, at)));
                column.key = weeks.map_or_else(String::new, |weeks| weeks.to_string());
            }
            (column, rank)
        })
    };
    let found: Vec<Option<(Column, usize)>> = (0..width).map(named).collect();
    // Of several columns for one thing, the one with the head that says it best.
    let mut best: BTreeMap<(Target, Option<Lang>, String), (usize, usize)> = BTreeMap::new();
    for (at, (column, rank)) in found
        .iter()
        .enumerate()
        .filter_map(|(at, it)| Some((at, it.as_ref()?)))
    {
        let key = (column.target, column.lang.clone(), column.key.clone());
        let known = best.entry(key).or_insert((*rank, at));
        *known = (*known).min((*rank, at));
    }
    let taken: BTreeSet<usize> = best.into_values().map(|(_, at)| at).collect();
    let mut columns = Vec::with_capacity(width);
    let (mut score, mut matched, mut bare) = (0, 0, 0);
    for (at, column) in found.into_iter().enumerate() {
        let above = sheet.cell(first, at);
        let column = column
            .filter(|_| taken.contains(&at))
            .map(|(column, _)| column);
        match &column {
            Some(column) => {
                bare += usize::from(matches!(column.target, Target::TermCell(_)));
                matched += 1;
                score += 2;
            }
            None if above.is_empty() => {}
            None => score -= 1,
        }
        columns.push(column.unwrap_or(Column::new(Target::Skip)));
    }
    // A row of numbers is no header of terms.
    if matched == 0 || bare == 1 || bare == matched {
        return None;
    }
    // Of two readings the shorter header, unless the longer one is sure.
    let more = (last - first) as i64;
    score = score * 2 + if sure as i64 == more { more } else { -more };
    Some(Header {
        table,
        rows: (first, last),
        columns,
        score,
    })
}

/// Whether a table of this kind could do with these columns.
fn fits(table: TableKind, columns: &[Column]) -> bool {
    use Target::Field;
    let has = |target: Target| columns.iter().any(|column| column.target == target);
    let any = |targets: &[Target]| targets.iter().any(|target| has(*target));
    match table {
        TableKind::Further => has(Target::ValueKind) && has(Target::FurtherValue),
        TableKind::Parties => {
            has(Field(field::party::name))
                && any(&[Field(field::party::kind), Field(field::party::staff_total)])
        }
        TableKind::Terms => {
            has(Field(field::term::code))
                && any(&[
                    Field(field::term::weeks),
                    Field(field::term::start),
                    Field(field::term::teaching_weeks),
                ])
        }
        TableKind::Venues => {
            has(Field(field::venue::title))
                && any(&[
                    Field(field::venue::workstations),
                    Field(field::venue::capacity),
                    Field(field::venue::equipment),
                ])
        }
        TableKind::People => {
            has(Field(field::person::name))
                && any(&[
                    Field(field::person::role),
                    Field(field::person::party),
                    Field(field::person::teaching_certificate),
                ])
        }
        TableKind::Competencies => {
            any(&[
                Field(field::job_item::statement),
                Field(field::job_item::origin_uri),
            ]) || columns
                .iter()
                .filter(|column| matches!(column.target, Target::LineTitle(_)))
                .count()
                > 1
        }
        TableKind::Modules | TableKind::Progress => {
            any(&[Field(field::module::title), Field(field::module::code)])
                && (any(&[
                    Field(field::module::total_hours),
                    Field(field::module::credits),
                    Field(field::module::nature),
                    Field(field::module::period),
                    Target::Category,
                    Target::Progress,
                ]) || columns
                    .iter()
                    .any(|column| matches!(column.target, Target::TermCell(_))))
        }
        TableKind::Units => {
            any(&[Target::ModuleUid, Target::ModuleCode, Target::ModuleTitle])
                && has(Field(field::unit::title))
        }
        TableKind::Specification => {
            has(Field(field::specification_item::statement))
                && any(&[
                    Field(field::specification_item::dimension),
                    Target::Supports,
                ])
        }
        TableKind::Certificates => {
            has(Field(field::certificate::title))
                && any(&[
                    Field(field::certificate::authority),
                    Target::Converts,
                    Target::CreditCap,
                ])
        }
        TableKind::Orders => {
            has(Target::OrderSeats) && any(&[Field(field::order::enterprise), Target::OrderRole])
        }
        TableKind::Rotation => has(Target::BlockWeeks) && has(Field(field::rotation_block::group)),
        TableKind::Mapping => {
            any(&[Target::ModuleUid, Target::ModuleCode, Target::ModuleTitle])
                && any(&[
                    Target::CompetencyUid,
                    Target::CompetencyUri,
                    Target::CompetencyCode,
                    Target::CompetencyTitle,
                ])
        }
    }
}

/// `module` and `competency` head codes in one table and titles in another:
/// the values tell. A column of addresses is one whatever its head.
fn by_values(sheet: &Sheet, matching: &mut Matching) {
    let first = matching.first_row();
    for at in 0..matching.columns.len() {
        let values = || {
            let rows = first..sheet.rows.len();
            rows.map(|row| sheet.cell(row, at))
                .filter(|cell| !cell.is_empty())
                .take(200)
        };
        if values().next().is_none() {
            continue;
        }
        let share = |test: fn(&str) -> bool| {
            values().filter(|cell| test(cell)).count() * 10 >= values().count() * 8
        };
        let codes = || share(looks_like_code);
        let target = match matching.columns[at].target {
            Target::CompetencyCode | Target::CompetencyTitle if share(looks_like_uri) => {
                Target::CompetencyUri
            }
            Target::CompetencyCode if !codes() && !matching.has(Target::CompetencyTitle) => {
                Target::CompetencyTitle
            }
            Target::ModuleCode if !codes() && !matching.has(Target::ModuleTitle) => {
                Target::ModuleTitle
            }
            other => other,
        };
        let taken = matching
            .columns
            .iter()
            .any(|column| column.target == target && column.lang == matching.columns[at].lang);
        if target != matching.columns[at].target && !taken {
            matching.columns[at].target = target;
        }
    }
}

fn looks_like_code(cell: &str) -> bool {
    let letters = cell.chars().count();
    letters <= 16
        && (cell.chars().any(|letter| letter.is_ascii_digit()) || letters <= 4)
        && !cell.contains(' ')
}

fn looks_like_uri(cell: &str) -> bool {
    cell.contains("://") || cell.starts_with("urn:")
}
