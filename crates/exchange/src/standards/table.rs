//! The table of a standard as its published page shows it and people copy it
//! into a spreadsheet: `Duty` and `KSBs` (`Duty 1 …`, `K1 K2 S1`), and below it
//! the lists (`K1: …`, or code and words in two cells). It is read as the JSON
//! that it stands for; a row that is neither waits in the tray.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::shape::{DUTIES, Head, MAPPED, PARTS, Part};
use super::words::{DUTY, coded, is_code};
use crate::foreign::{FileError, Line, Rows};
use crate::tables::Row;
use crate::tables::words::plain;
use crate::workbook::BookSheet;
use crate::{Fate, Place, Reason};

/// The heads by which such a table is known, as heads are compared.
pub(crate) const HEADS: [&str; 2] = ["duty", "ksbs"];

/// Where an entry of the JSON stands in the table: by the name of its list and
/// its place in it.
pub(super) type Lines = BTreeMap<(&'static str, usize), (Place, (usize, usize))>;

/// A table that was read.
pub(super) struct Table {
    pub head: Head,
    pub whole: Map<String, Json>,
    pub lines: Lines,
    /// Rows that are not understood.
    pub unread: Vec<super::Waiting>,
    pub fates: Vec<Fate>,
}

/// Reads a table. It has the name of its file, and the reference in it where
/// there is one: `st0001-v1-0.csv`.
pub(super) fn read(rows: &Rows<'_>, name: &str) -> Result<Table, FileError> {
    let columns = HEADS.map(|head| rows.column(&[head]));
    let mut lists: BTreeMap<&'static str, Vec<Json>> = BTreeMap::new();
    let mut lines = Lines::new();
    let mut unread = Vec::new();
    let mut headings = Vec::new();
    let mut fates = rows.each(&mut |line| {
        let [first, second] = columns.map(|column| line.get(column));
        if is_heading(first) && (second.is_empty() || is_heading(second)) {
            return headings.push(line.at);
        }
        let Some((list, entry)) = entry(first, second) else {
            return unread.push(waiting(rows, line));
        };
        let of_list = lists.entry(list).or_default();
        let fate = (rows.file, line.at);
        lines.insert((list, of_list.len()), (line.place(), fate));
        of_list.push(entry);
    })?;
    for at in headings {
        if let Some(fate) = fates.get_mut(at) {
            *fate = Fate::Heading;
        }
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let holds = lists.values().map(Vec::len).sum();
    let lists = lists
        .into_iter()
        .map(|(list, all)| (list.to_owned(), all.into()));
    let reference = reference(stem);
    Ok(Table {
        head: Head {
            named: reference.is_some(),
            reference: reference.unwrap_or_else(|| stem.to_owned()),
            title: stem.to_owned(),
            holds,
            ..Head::default()
        },
        whole: lists.collect(),
        lines,
        unread,
        fates,
    })
}

fn waiting(rows: &Rows<'_>, line: &Line<'_>) -> super::Waiting {
    super::Waiting {
        place: line.place(),
        fate: (rows.file, line.at),
        reason: Reason::NoName,
        cells: line.raw(),
    }
}

/// Whether a cell is the name of what stands below it.
fn is_heading(cell: &str) -> bool {
    let names = [
        "duty",
        "duties",
        "ksbs",
        "knowledge",
        "skills",
        "behaviours",
        "knowledgeskillsandbehaviours",
        "knowledgeskillsandbehavioursksbs",
    ];
    names.contains(&plain(cell).as_str())
}

/// What a row is, and the list that it belongs to.
fn entry(first: &str, second: &str) -> Option<(&'static str, Json)> {
    let [duties] = DUTIES else { return None };
    if let Some((code, words)) = coded(first, DUTY) {
        return Some((duties, duty(&code, words, second)));
    }
    for part in &PARTS {
        if let Some((code, words)) = coded(first, part.letters) {
            return ksb(part, &code, words);
        }
        if is_code(first, part.letters) && !second.is_empty() {
            return ksb(part, &first.to_ascii_uppercase(), second);
        }
    }
    // A duty without a number is one by what it wants.
    let wants = !second.is_empty() && wanted(second).all(|code| part_of(code).is_some());
    (wants && !first.is_empty()).then(|| (*duties, duty("", first, second)))
}

fn ksb(part: &'static Part, code: &str, words: &str) -> Option<(&'static str, Json)> {
    let list = part.names.first()?;
    let id = part.ids.first()?;
    let mut entry = Map::new();
    entry.insert((*id).to_owned(), code.into());
    entry.insert("detail".to_owned(), words.into());
    Some((list, entry.into()))
}

fn duty(code: &str, words: &str, wants: &str) -> Json {
    let mut duty = json!({ "dutyDetail": words });
    if let Json::Object(duty) = &mut duty {
        if !code.is_empty() {
            duty.insert("dutyID".to_owned(), code.into());
        }
        let wants: Vec<&str> = wanted(wants).collect();
        if !wants.is_empty() {
            // Which of the lists it is in shows from the code.
            let [[_, list], ..] = MAPPED;
            duty.insert(list.to_owned(), wants.into());
        }
    }
    duty
}

fn wanted(cell: &str) -> impl Iterator<Item = &str> {
    let parts = cell.split(|sign: char| sign.is_whitespace() || ",;/".contains(sign));
    parts.filter(|part| !part.is_empty())
}

fn part_of(code: &str) -> Option<&'static Part> {
    PARTS.iter().find(|part| is_code(code, part.letters))
}

/// A reference in a name: `ST0001`, of foundations `FA0001`, of units `AU0001`,
/// of occupations `OCC0001`.
fn reference(name: &str) -> Option<String> {
    let mut parts = name.split(|sign: char| !sign.is_ascii_alphanumeric());
    let found = parts.find(|part| {
        let letters = ["ST", "FA", "AU", "OCC"].into_iter();
        letters
            .filter(|letters| part.len() == letters.len() + 4)
            .any(|letters| is_code(part, letters))
    })?;
    Some(found.to_ascii_uppercase())
}

/// The list in the first sheet of a workbook that holds one.
fn list(sheets: &[BookSheet]) -> Option<(&BookSheet, &[Row])> {
    let is_head = |row: &Row| {
        let heads: Vec<String> = row.cells.iter().map(|cell| plain(cell)).collect();
        HEADS.iter().all(|head| heads.iter().any(|it| it == head))
    };
    let mut found = sheets.iter().filter(|it| !it.hidden).filter_map(|it| {
        let rows = &it.sheet.rows;
        let head = rows.iter().take(ABOVE).position(is_head)?;
        Some((it, rows.get(head..)?))
    });
    found.next()
}

/// Which sheet of a workbook the list is read from.
pub fn listed_in(sheets: &[BookSheet]) -> Option<&str> {
    list(sheets).map(|(sheet, _)| sheet.sheet.name.as_str())
}

/// The table of a workbook as CSV, its lines numbered as in its sheet; none where
/// no sheet is one.
pub fn of_book(sheets: &[BookSheet]) -> Option<Vec<u8>> {
    let (_, rows) = list(sheets)?;
    let mut out = Vec::new();
    let mut line = 1;
    for (at, row) in rows.iter().enumerate() {
        // A stray cell far below is not worth a million lines.
        let gap = row.line.saturating_sub(line).min(GAP);
        for _ in 0..gap {
            // A reader counts a line with nothing on it to the next one.
            out.extend(if at == 0 { &b"\n"[..] } else { b",\n" });
        }
        let cells = row.cells.iter().map(|cell| {
            let words: Vec<&str> = cell.split_whitespace().collect();
            format!("\"{}\"", words.join(" ").replace('"', "\"\""))
        });
        out.extend(cells.collect::<Vec<_>>().join(",").into_bytes());
        out.push(b'\n');
        line = row.line + 1;
    }
    Some(out)
}

/// Rows that may stand above the heads in a workbook.
const ABOVE: usize = 10;
/// The most empty rows that are counted.
const GAP: u64 = 1_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_found_in_the_name_of_a_file() {
        for (name, found) in [
            ("st0585-v1-1", Some("ST0585")),
            ("My copy of OCC0499 (2)", Some("OCC0499")),
            ("first0585", None),
            ("ST58", None),
            ("joiner", None),
        ] {
            assert_eq!(reference(name).as_deref(), found, "{name}");
        }
    }
}
