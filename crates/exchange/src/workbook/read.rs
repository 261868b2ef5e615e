//! A workbook's bytes as tables, one per sheet, each with a guess of what it
//! is.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::analysis;
use super::grid::{Grid, Shared, append, grid, unescaped};
use super::number::{Format, built_in, written};
use crate::pack::{Archive, Markup, Node, local};
use crate::tables::{self, CELLS_LIMIT, COLUMNS_LIMIT, Matching, Sheet, Target};
use crate::{ImportError, Limit};

/// The most sheets.
pub const SHEETS_LIMIT: usize = 255;
/// The most cells of all sheets together: a large plan's weave and its list of
/// links stand side by side.
pub const BOOK_CELLS_LIMIT: usize = 2 * CELLS_LIMIT;
/// The most bytes of text in all cells together. A text that many cells share
/// stands once in the file and counts for each.
pub const LETTERS_LIMIT: usize = 32 << 20;
/// The most relations of a part.
const RELATIONS_LIMIT: usize = 10_000;
/// The most styles, and the most formats of numbers; Excel ends there too.
const STYLES_LIMIT: usize = 65_536;
/// The longest code of a number's format, in bytes: Excel takes 255 letters.
const CODE_LIMIT: usize = 1_000;

/// One sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookSheet {
    /// Its cells; its name is the sheet's own.
    pub sheet: Sheet,
    /// What it seems to be.
    pub matching: Matching,
    /// Whether it is a table that a plan can take in: a guess that a person may
    /// overrule.
    pub suggested: bool,
    /// The workbook does not show it.
    pub hidden: bool,
}

/// Reads all sheets that hold cells, in the order of the workbook.
pub fn read(bytes: &[u8]) -> Result<Vec<BookSheet>, ImportError> {
    let mut all = Vec::new();
    for (named, read) in grids(bytes, usize::MAX)? {
        let matching = tables::guess(&read.sheet);
        all.push(BookSheet {
            suggested: !named.hidden && is_table(&read.sheet, &matching),
            matching,
            sheet: read.sheet,
            hidden: named.hidden,
        });
    }
    analysis::prepare(&mut all);
    only_tables_of_weft(&mut all);
    Ok(all)
}

/// In a workbook that Weft wrote, the tables that read back have ids; what has
/// none is for people, however much its words look like heads of a table.
fn only_tables_of_weft(all: &mut [BookSheet]) {
    let has_ids = |sheet: &BookSheet| {
        let head = sheet.matching.header.map(|(_, last)| last);
        let ids = [Target::Uid, Target::ModuleUid];
        let mut columns = ids.into_iter().filter_map(|id| sheet.matching.column(id));
        columns.any(|column| {
            head.is_some_and(|row| {
                let cell = sheet.sheet.cell(row, column);
                cell.to_lowercase().ends_with("weft id")
            })
        })
    };
    if all.iter().any(has_ids) {
        for sheet in all {
            sheet.suggested &= has_ids(sheet);
        }
    }
}

/// The cells alone, of each sheet the first rows that say something, and of areas that
/// are merged their first cell alone: for a look into a file, which must not take as
/// long as reading it.
pub(crate) fn read_rows(bytes: &[u8], rows: usize) -> Result<Vec<Sheet>, ImportError> {
    let all = grids(bytes, rows)?.into_iter();
    Ok(all.map(|(_, read)| read.sheet).collect())
}

/// The sheets that hold cells, and of each the first rows that say something.
fn grids(bytes: &[u8], rows: usize) -> Result<Vec<(Named, Grid)>, ImportError> {
    let mut archive = Archive::open(bytes)?;
    let root = relations(&mut archive, "_rels/.rels", "")?;
    let book = root
        .values()
        .find(|relation| relation.kind == "officeDocument")
        .map_or_else(
            || "xl/workbook.xml".to_owned(),
            |relation| relation.target.clone(),
        );
    let (folder, file) = book.rsplit_once('/').unwrap_or(("", &book));
    let parts = relations(&mut archive, &format!("{folder}/_rels/{file}.rels"), folder)?;
    let (sheets, from_1904) = contents(&mut archive, &book)?;
    let of_kind = |kind: &str| {
        let mut all = parts.values().filter(move |part| part.kind == kind);
        all.next().map(|part| part.target.clone())
    };
    let shared = Shared {
        strings: match of_kind("sharedStrings") {
            Some(part) => strings(&mut archive, &part)?,
            None => Vec::new(),
        },
        formats: match of_kind("styles") {
            Some(part) => formats(&mut archive, &part)?,
            None => Vec::new(),
        },
        from_1904,
        rows,
    };
    let mut bounds = Bounds::default();
    let mut all = Vec::new();
    for named in sheets {
        let relation = parts.get(&named.relation);
        let Some(relation) = relation.filter(|part| part.kind == "worksheet") else {
            // A chart, or a dialog of old.
            continue;
        };
        let part = archive.part(&relation.target)?.ok_or_else(broken)?;
        let read = grid(&named.name, part, &shared, &mut bounds)?;
        if read.sheet.rows.is_empty() {
            continue;
        }
        all.push((named, read));
    }
    if all.is_empty() {
        return Err(ImportError::Empty);
    }
    Ok(all)
}

/// Whether a sheet is a table of what it was taken for. Where most heads are
/// unknown, as in a matrix of modules and competencies, it is something else.
fn is_table(sheet: &Sheet, matching: &Matching) -> bool {
    let Some((first, last)) = matching.header.filter(|_| matching.table.is_some()) else {
        return false;
    };
    let (mut known, mut named) = (0, 0);
    for (at, column) in matching.columns.iter().enumerate() {
        let head = [first, last]
            .iter()
            .any(|row| !sheet.cell(*row, at).is_empty());
        named += usize::from(head);
        known += usize::from(head && column.target != Target::Skip);
    }
    known * 3 >= named
}

/// What has been taken in so far.
#[derive(Default)]
pub(super) struct Bounds {
    cells: usize,
    letters: usize,
    /// Formulas without a value, of all sheets.
    pub(super) formulas: usize,
}

impl Bounds {
    /// Counts a cell at a column of a row that is so long by now. The cells
    /// left empty before it count: they take room.
    pub fn cell(&mut self, long: usize, column: usize, letters: usize) -> Result<(), ImportError> {
        let large = |limit| Err(ImportError::TooLarge { limit });
        if column >= COLUMNS_LIMIT {
            return large(Limit::Columns(COLUMNS_LIMIT));
        }
        self.cells += (column + 1).saturating_sub(long);
        self.letters = self.letters.saturating_add(letters);
        if self.cells > BOOK_CELLS_LIMIT {
            return large(Limit::Cells(BOOK_CELLS_LIMIT));
        }
        if self.letters > LETTERS_LIMIT {
            return large(Limit::Letters(LETTERS_LIMIT));
        }
        Ok(())
    }
}

/// A part is missing or contradicts itself.
pub(super) const fn broken() -> ImportError {
    ImportError::Malformed { line: 0, column: 0 }
}

/// A sheet as the workbook lists it.
struct Named {
    name: String,
    relation: String,
    hidden: bool,
}

/// What a part says of another.
struct Relation {
    /// The last word of its type.
    kind: String,
    /// The part's full name.
    target: String,
}

/// The relations of a part, by id. A part may have none.
fn relations(
    archive: &mut Archive<'_>,
    name: &str,
    folder: &str,
) -> Result<BTreeMap<String, Relation>, ImportError> {
    let mut all = BTreeMap::new();
    let Some(part) = archive.part(name.trim_start_matches('/'))? else {
        return Ok(all);
    };
    let mut markup = Markup::new(part);
    loop {
        match markup.next()? {
            Node::Open(tag) if tag.local_name().as_ref() == "Relationship" => {
                if all.len() == RELATIONS_LIMIT {
                    let limit = Limit::Entries(RELATIONS_LIMIT);
                    return Err(ImportError::TooLarge { limit });
                }
                let said = |name| local(&tag, name).unwrap_or_default();
                if said("TargetMode") == "External" {
                    continue;
                }
                let kind = said("Type");
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let target = resolve(folder, &said("Target"));
                all.insert(said("Id"), Relation { kind, target });
            }
            Node::End => return Ok(all),
            _ => {}
        }
    }
}

/// A target as a full name, without steps back.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let joined = match target.strip_prefix('/') {
        Some(full) => full.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The sheets that a workbook lists, and whether its days count from 1904.
fn contents(archive: &mut Archive<'_>, name: &str) -> Result<(Vec<Named>, bool), ImportError> {
    let part = archive.part(name)?.ok_or(ImportError::NotThisFormat)?;
    let mut markup = Markup::new(part);
    let (mut sheets, mut from_1904, mut workbook) = (Vec::new(), false, false);
    loop {
        match markup.next()? {
            Node::Open(tag) => match tag.local_name().as_ref() {
                "workbook" => workbook = true,
                "sheet" => {
                    if sheets.len() == SHEETS_LIMIT {
                        return Err(ImportError::TooLarge {
                            limit: Limit::Entries(SHEETS_LIMIT),
                        });
                    }
                    sheets.push(Named {
                        name: local(&tag, "name").unwrap_or_default(),
                        relation: local(&tag, "id").unwrap_or_default(),
                        hidden: local(&tag, "state").is_some_and(|state| state != "visible"),
                    });
                }
                "workbookPr" => {
                    from_1904 =
                        local(&tag, "date1904").is_some_and(|said| said == "1" || said == "true");
                }
                _ => {}
            },
            // A Word file has the same container.
            Node::End if !workbook => return Err(ImportError::NotThisFormat),
            Node::End => return Ok((sheets, from_1904)),
            _ => {}
        }
    }
}

/// The texts that cells share.
fn strings(archive: &mut Archive<'_>, name: &str) -> Result<Vec<String>, ImportError> {
    let mut all = Vec::new();
    let Some(part) = archive.part(name)? else {
        return Ok(all);
    };
    let mut markup = Markup::new(part);
    let (mut text, mut letters) = (String::new(), 0);
    let (mut in_text, mut in_reading) = (false, false);
    loop {
        match markup.next()? {
            Node::Open(tag) => match tag.local_name().as_ref() {
                "si" => text.clear(),
                "t" => in_text = !in_reading,
                "rPh" => in_reading = true,
                _ => {}
            },
            Node::Text(more) if in_text => {
                append(&mut text, &more)?;
                letters += more.len();
                if letters > LETTERS_LIMIT {
                    let limit = Limit::Letters(LETTERS_LIMIT);
                    return Err(ImportError::TooLarge { limit });
                }
            }
            Node::Text(_) => {}
            Node::Close(name) => match name.as_str() {
                "t" => in_text = false,
                "rPh" => in_reading = false,
                "si" => {
                    if all.len() == CELLS_LIMIT {
                        return Err(ImportError::TooLarge {
                            limit: Limit::Cells(CELLS_LIMIT),
                        });
                    }
                    all.push(unescaped(core::mem::take(&mut text)));
                }
                _ => {}
            },
            Node::End => return Ok(all),
        }
    }
}

/// The formats of numbers, by the number of a cell's style.
fn formats(archive: &mut Archive<'_>, name: &str) -> Result<Vec<Format>, ImportError> {
    let mut all = Vec::new();
    let Some(part) = archive.part(name)? else {
        return Ok(all);
    };
    let mut markup = Markup::new(part);
    let mut codes: BTreeMap<u32, Format> = BTreeMap::new();
    let mut in_cells = false;
    loop {
        match markup.next()? {
            Node::Open(tag) => {
                let id = local(&tag, "numFmtId").and_then(|id| id.parse::<u32>().ok());
                match tag.local_name().as_ref() {
                    "numFmt" if codes.len() < STYLES_LIMIT => {
                        let code = local(&tag, "formatCode").unwrap_or_default();
                        let known = id.filter(|_| code.len() <= CODE_LIMIT);
                        codes.extend(known.map(|id| (id, written(&code))));
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells && all.len() < STYLES_LIMIT => {
                        let id = id.unwrap_or(0);
                        all.push(codes.get(&id).cloned().unwrap_or_else(|| built_in(id)));
                    }
                    _ => {}
                }
            }
            Node::Close(name) if name == "cellXfs" => in_cells = false,
            Node::End => return Ok(all),
            _ => {}
        }
    }
}
