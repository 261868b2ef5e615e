//! One sheet, read as a stream: only cells that say something are kept. Cells
//! merged downwards hand their words to the rows below, as a person reads
//! them; numbers they do not: hours merged over two rows are hours of both
//! together.

use std::collections::BTreeMap;

use super::cell::{LAST_LINE, Merge, address};
use super::number::{Format, shown};
use super::read::{BOOK_CELLS_LIMIT, Bounds, broken};
use crate::pack::{Markup, Node, PIECE_LIMIT, Part, local};
use crate::tables::{Row, Sheet};
use crate::{ImportError, Limit};

/// The most merged areas that are looked at.
const MERGES_LIMIT: usize = 50_000;
/// The most cells that are looked at below merged ones: areas of a workbook do
/// not overlap.
const LOOKS_LIMIT: usize = 20_000_000;
/// The most formulas without a value that are told.
const FORMULAS_LIMIT: usize = 50_000;

/// What all sheets of a workbook share.
pub(super) struct Shared {
    /// Texts by their number.
    pub strings: Vec<String>,
    /// Formats of numbers, by the number of a cell's style.
    pub formats: Vec<Format>,
    /// Days count from 1904.
    pub from_1904: bool,
    /// The most rows that are read of a sheet.
    pub rows: usize,
}

/// A sheet as it was read.
pub(super) struct Grid {
    pub sheet: Sheet,
}

/// A cell on its way.
#[derive(Default)]
struct Cell {
    column: usize,
    kind: String,
    style: usize,
    value: Option<String>,
    text: String,
    formula: bool,
}

/// Reads a sheet.
pub(super) fn grid(
    name: &str,
    part: Part<'_, '_>,
    shared: &Shared,
    bounds: &mut Bounds,
) -> Result<Grid, ImportError> {
    let mut markup = Markup::new(part);
    let mut out = Grid {
        sheet: Sheet {
            name: name.to_owned(),
            ..Sheet::default()
        },
    };
    let mut merges: Vec<Merge> = Vec::new();
    let (mut line, mut next) = (0_u64, 0_usize);
    let mut row = Vec::new();
    let mut cell: Option<Cell> = None;
    // Where text that comes now belongs.
    let (mut in_value, mut in_text, mut in_reading) = (false, false, false);
    loop {
        match markup.next()? {
            Node::Open(tag) => match tag.local_name().as_ref() {
                "row" => {
                    let said = local(&tag, "r").and_then(|line| line.parse().ok());
                    line = said.unwrap_or(line + 1);
                    if line > LAST_LINE {
                        return Err(broken());
                    }
                    next = 0;
                }
                "c" => {
                    let said = local(&tag, "r").and_then(|at| address(&at));
                    let column = said.map_or(next, |(column, _)| column);
                    next = column + 1;
                    cell = Some(Cell {
                        column,
                        kind: local(&tag, "t").unwrap_or_default(),
                        style: local(&tag, "s")
                            .and_then(|style| style.parse().ok())
                            .unwrap_or(0),
                        ..Cell::default()
                    });
                }
                "v" => in_value = true,
                "t" => in_text = !in_reading,
                // How Chinese or Japanese letters are read aloud.
                "rPh" => in_reading = true,
                "f" => {
                    if let Some(cell) = &mut cell {
                        cell.formula = true;
                    }
                }
                "mergeCell" => {
                    let merge = local(&tag, "ref").and_then(|area| Merge::parse(&area));
                    merges.extend(merge.filter(|_| merges.len() < MERGES_LIMIT));
                }
                _ => {}
            },
            Node::Text(text) => {
                if let Some(cell) = &mut cell {
                    if in_value {
                        append(cell.value.get_or_insert_default(), &text)?;
                    } else if in_text {
                        append(&mut cell.text, &text)?;
                    }
                }
            }
            Node::Close(name) => match name.as_str() {
                "v" => in_value = false,
                "t" => in_text = false,
                "rPh" => in_reading = false,
                "c" => {
                    if let Some(cell) = cell.take() {
                        keep(cell, shared, bounds, &mut row, &mut out)?;
                    }
                }
                "row" => {
                    let cells: Vec<String> = core::mem::take(&mut row);
                    if cells.iter().any(|cell| !cell.is_empty()) {
                        bounds.row(out.sheet.rows.len())?;
                        out.sheet.rows.push(Row { line, cells });
                    }
                    if out.sheet.rows.len() >= shared.rows {
                        break;
                    }
                }
                _ => {}
            },
            Node::End => break,
        }
    }
    hand_down(&mut out.sheet, &merges, bounds)?;
    Ok(out)
}

/// Appends a piece of a text, which may come in many.
pub(super) fn append(text: &mut String, more: &str) -> Result<(), ImportError> {
    if text.len() + more.len() > PIECE_LIMIT {
        let limit = Limit::Letters(PIECE_LIMIT);
        return Err(ImportError::TooLarge { limit });
    }
    text.push_str(more);
    Ok(())
}

/// Puts a cell's text into the row.
fn keep(
    cell: Cell,
    shared: &Shared,
    bounds: &mut Bounds,
    row: &mut Vec<String>,
    out: &mut Grid,
) -> Result<(), ImportError> {
    let format = shared.formats.get(cell.style).unwrap_or(&Format::Plain);
    let value = cell.value.as_deref().unwrap_or("");
    let text = match cell.kind.as_str() {
        "s" => {
            let at = value.trim().parse::<usize>().ok();
            at.and_then(|at| shared.strings.get(at))
                .cloned()
                .unwrap_or_default()
        }
        "inlineStr" => unescaped(cell.text),
        "b" => match value.trim() {
            "1" | "true" => "TRUE".to_owned(),
            "0" | "false" => "FALSE".to_owned(),
            other => other.to_owned(),
        },
        "str" | "e" | "d" => unescaped(value.to_owned()),
        _ => shown(value, format, shared.from_1904),
    };
    if text.is_empty() {
        // A text that is empty is a result.
        let unknown = cell.value.is_none() && cell.kind != "str";
        if cell.formula && unknown && bounds.formulas < FORMULAS_LIMIT {
            bounds.formulas += 1;
            out.sheet.uncalculated += 1;
        }
        return Ok(());
    }
    bounds.cell(row.len(), cell.column, text.len())?;
    if row.len() <= cell.column {
        row.resize(cell.column + 1, String::new());
    }
    if let Some(slot) = row.get_mut(cell.column) {
        *slot = text;
    }
    Ok(())
}

/// `_x000D_` as the letter that it stands for: Excel writes so what XML cannot
/// hold.
pub(super) fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let code = found.get(2..6).filter(|_| found.get(6..7) == Some("_"));
        let letter = code
            .filter(|code| code.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        match letter {
            Some(letter) => {
                out.push(letter);
                rest = &found[7..];
            }
            None => {
                out.push_str("_x");
                rest = &found[2..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Hands the words of cells that are merged downwards to the rows below that
/// hold something themselves.
fn hand_down(sheet: &mut Sheet, merges: &[Merge], bounds: &mut Bounds) -> Result<(), ImportError> {
    let rows: BTreeMap<u64, usize> = (sheet.rows.iter().enumerate())
        .map(|(at, row)| (row.line, at))
        .collect();
    let mut looks = 0;
    for merge in merges {
        let (column, first) = merge.first;
        let Some(top) = rows
            .get(&first)
            .map(|at| sheet.cell(*at, column).to_owned())
        else {
            continue;
        };
        let words = top.chars().any(char::is_alphabetic);
        if !words || merge.last.1 == first {
            continue;
        }
        for at in rows.range(first + 1..=merge.last.1).map(|(_, at)| *at) {
            let Some(row) = sheet.rows.get_mut(at) else {
                continue;
            };
            looks += row.cells.len() + 1;
            if looks > LOOKS_LIMIT {
                let limit = Limit::Cells(BOOK_CELLS_LIMIT);
                return Err(ImportError::TooLarge { limit });
            }
            // What else stands in the area is a leftover that nobody sees.
            let own = row.cells.iter().enumerate().any(|(at, cell)| {
                !cell.trim().is_empty() && !(column..=merge.last.0).contains(&at)
            });
            if !own {
                continue;
            }
            bounds.cell(row.cells.len(), column, top.len())?;
            if row.cells.len() <= column {
                row.cells.resize(column + 1, String::new());
            }
            if let Some(slot) = row.cells.get_mut(column) {
                slot.clone_from(&top);
            }
        }
    }
    Ok(())
}

impl Bounds {
    /// Counts a row.
    fn row(&mut self, rows: usize) -> Result<(), ImportError> {
        if rows >= crate::tables::ROWS_LIMIT {
            return Err(ImportError::TooLarge {
                limit: Limit::Rows(crate::tables::ROWS_LIMIT),
            });
        }
        Ok(())
    }
}
