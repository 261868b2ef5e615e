//! A standard in a workbook: a sheet of duties, and lists of knowledge, skills and
//! behaviours below it or in sheets of their own. Each sheet goes on as the table
//! ([`super::table`]) that it stands for, its lines numbered as in the workbook.

use super::shape::PARTS;
use super::table::{HEADS, LISTS};
use super::words::{DUTY, coded, is_code};
use crate::tables::Row;
use crate::tables::words::plain;
use crate::workbook::BookSheet;

/// Rows that may stand above the heads in a workbook.
const ABOVE: usize = 10;
/// The most empty rows that are counted.
const GAP: u64 = 1_000;

/// A sheet of a standard, as CSV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookPart {
    /// The name of the sheet.
    pub sheet: String,
    /// The table.
    pub bytes: Vec<u8>,
}

/// The sheets of a workbook that are a standard, that of the duties first; none
/// where no sheet has duties and what they want.
pub fn of_book(sheets: &[BookSheet]) -> Vec<BookPart> {
    let visible = || sheets.iter().enumerate().filter(|(_, it)| !it.hidden);
    let mut duties = visible().filter_map(|(at, it)| Some((at, Layout::of_duties(it)?)));
    let Some((first, layout)) = duties.next() else {
        return Vec::new();
    };
    let lists = visible().filter(|(at, _)| *at != first);
    let lists = lists.filter_map(|(at, it)| Some((at, Layout::of_lists(it)?)));
    let all = core::iter::once((first, layout)).chain(lists);
    let parts = all.filter_map(|(at, layout)| {
        let sheet = &sheets.get(at)?.sheet;
        Some(BookPart {
            sheet: sheet.name.clone(),
            bytes: layout.written(&sheet.rows),
        })
    });
    parts.collect()
}

/// How a sheet becomes a table.
struct Layout {
    /// The heads of the two columns that are read.
    heads: [&'static str; 2],
    /// Where codes stand that have a column of their own.
    code: Option<usize>,
    /// Where the two columns stand in the sheet.
    columns: [Option<usize>; 2],
    /// Which row is the head.
    head: Option<usize>,
    /// Further columns that have a head.
    further: Vec<(usize, String)>,
}

impl Layout {
    /// A sheet with the heads `Duty` and `KSBs`.
    fn of_duties(sheet: &BookSheet) -> Option<Self> {
        let rows = &sheet.sheet.rows;
        let find = |row: &Row, head: &str| row.cells.iter().position(|it| plain(it) == head);
        let mut heads = rows.iter().take(ABOVE).enumerate();
        let (at, [duty, ksbs]) = heads.find_map(|(at, row)| {
            let [duty, ksbs] = HEADS.map(|head| find(row, head));
            Some((at, [duty?, ksbs?]))
        })?;
        let below = rows.get(at + 1..).unwrap_or_default();
        let mut columns = [Some(duty), Some(ksbs)];
        let mut code = None;
        let bare = |row: &&Row| is_bare(cell(row, duty));
        let filled = below.iter().filter(|row| !cell(row, ksbs).is_empty());
        // A number alone says nothing: the words stand beside it.
        if filled.clone().all(|row| bare(&row)) && filled.count() > 0 {
            let words = longest(below, &[duty, ksbs]);
            (code, columns) = (words.map(|_| duty), [words.or(Some(duty)), Some(ksbs)]);
        }
        Some(Self::new(HEADS, code, columns, rows, Some(at)))
    }

    /// A sheet most of whose rows are knowledge, skills or behaviours.
    fn of_lists(sheet: &BookSheet) -> Option<Self> {
        let rows = &sheet.sheet.rows;
        let widest = rows.iter().map(|row| row.cells.len()).max()?;
        let of_column = |column: usize| {
            let known = |row: &&Row| is_listed(cell(row, column));
            (rows.iter().filter(known).count(), widest - column, column)
        };
        let (count, _, column) = (0..widest.min(ABOVE)).map(of_column).max()?;
        let filled = rows
            .iter()
            .filter(|row| !row.cells.iter().all(|it| it.trim().is_empty()));
        if count == 0 || count * 2 < filled.count() {
            return None;
        }
        let first = rows.iter().position(|row| is_listed(cell(row, column)))?;
        // The name of a list stands alone in its row.
        let names = |row: &Row| row.cells.iter().filter(|it| !it.trim().is_empty()).count();
        let head = first.checked_sub(1);
        let head = head.filter(|at| rows.get(*at).is_some_and(|row| names(row) > 1));
        let below = rows.get(first..).unwrap_or_default();
        let bare = |row: &Row| {
            PARTS
                .iter()
                .any(|part| is_code(cell(row, column), part.letters))
        };
        let words = if below.iter().any(bare) {
            longest(below, &[column])
        } else {
            None
        };
        Some(Self::new(LISTS, None, [Some(column), words], rows, head))
    }

    fn new(
        heads: [&'static str; 2],
        code: Option<usize>,
        columns: [Option<usize>; 2],
        rows: &[Row],
        head: Option<usize>,
    ) -> Self {
        let names = head.and_then(|at| rows.get(at));
        let named = names
            .into_iter()
            .flat_map(|row| row.cells.iter().enumerate());
        let further = named.filter(|(at, name)| {
            let taken = columns.contains(&Some(*at)) || code == Some(*at);
            // The letter of a code says the same.
            !taken && !name.trim().is_empty() && plain(name) != "type"
        });
        let further = further
            .map(|(at, name)| (at, name.trim().to_owned()))
            .collect();
        Self {
            heads,
            code,
            columns,
            head,
            further,
        }
    }

    /// The table.
    fn written(&self, rows: &[Row]) -> Vec<u8> {
        let further = self.further.iter().map(|(_, name)| name.as_str());
        let heads: Vec<String> = self.heads.into_iter().chain(further).map(quoted).collect();
        let mut out = heads.join(",").into_bytes();
        // It ends the head and counts as no line: the first row stands on line 1.
        out.push(b'\r');
        let mut line = 1;
        for (at, row) in rows.iter().enumerate() {
            // A stray cell far below is not worth a million lines.
            for _ in 0..row.line.saturating_sub(line).min(GAP) {
                // A reader counts a line with nothing on it to the next one.
                out.extend(b",\n");
            }
            let [mut first, second] = self
                .columns
                .map(|column| column.map_or("", |column| cell(row, column)).to_owned());
            let code = self.code.map_or("", |column| cell(row, column));
            if is_bare(code) && !first.is_empty() {
                let digits = code.trim_start_matches(|sign: char| !sign.is_ascii_digit());
                first = format!("Duty {digits} {first}");
            }
            let further = self.further.iter().map(|(column, _)| cell(row, *column));
            let cells = [first.as_str(), second.as_str()];
            let cells: Vec<String> = cells.into_iter().chain(further).map(quoted).collect();
            // What stands in other columns alone is a title or a remark.
            let is_empty = cells.iter().all(|it| it == "\"\"");
            let cells = if Some(at) == self.head {
                self.heads.map(quoted).to_vec()
            } else if is_empty {
                row.cells.iter().map(|it| quoted(it)).collect()
            } else {
                cells
            };
            out.extend(cells.join(",").into_bytes());
            out.push(b'\n');
            line = row.line + 1;
        }
        out
    }
}

/// A cell on one line, so that lines stay those of the sheet.
fn quoted(cell: &str) -> String {
    let words: Vec<&str> = cell.split_whitespace().collect();
    format!("\"{}\"", words.join(" ").replace('"', "\"\""))
}

fn cell(row: &Row, column: usize) -> &str {
    row.cells.get(column).map_or("", |cell| cell.trim())
}

/// The number of a duty without its words: `1`, `D1`, `Duty 1`.
fn is_bare(text: &str) -> bool {
    let rest = ["Duty ", "DUTY "]
        .iter()
        .find_map(|word| text.strip_prefix(word));
    let digits = rest.unwrap_or(text).trim();
    is_code(digits, DUTY) || is_code(&format!("{DUTY}{digits}"), DUTY)
}

/// Knowledge, a skill or a behaviour: its code, or code and words.
fn is_listed(text: &str) -> bool {
    let mut parts = PARTS.iter();
    parts.any(|part| is_code(text, part.letters) || coded(text, part.letters).is_some())
}

/// The column with most letters, but for some.
fn longest(rows: &[Row], but: &[usize]) -> Option<usize> {
    let widest = rows.iter().map(|row| row.cells.len()).max()?;
    let columns = (0..widest).filter(|column| !but.contains(column));
    let letters = |column: usize| -> usize {
        rows.iter()
            .map(|row| cell(row, column).chars().count())
            .sum()
    };
    let (most, column) = columns.map(|column| (letters(column), column)).max()?;
    (most > 0).then_some(column)
}
