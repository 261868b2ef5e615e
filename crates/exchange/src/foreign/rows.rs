//! Files of lines, read as a stream: a line is handed on and forgotten, so
//! that a file of a hundred thousand lines takes no more room than its bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{BYTES_LIMIT, File, FileError, Heard, LINES_LIMIT};
use crate::tables::sheet::{decode, sniff, unguarded};
use crate::tables::words::plain;
use crate::{Fate, ImportError, Limit, Place};

/// The most cells of a line.
const COLUMNS_LIMIT: usize = 1_000;

/// After how many lines it is told how much has been read.
const TOLD_EACH: usize = 2_048;

/// A file of lines with its head.
pub(crate) struct Rows<'a> {
    /// Which of the files.
    pub file: usize,
    name: &'a str,
    text: Cow<'a, str>,
    delimiter: u8,
    quoting: bool,
    /// The heads as the file has them.
    pub heads: Vec<String>,
    /// The heads as they are compared.
    plain: Vec<String>,
    corrected: &'a BTreeMap<Place, Vec<String>>,
    heard: Heard<'a>,
}

/// One line on its way in.
pub(crate) struct Line<'r> {
    /// Its number in the file, counted from 1.
    pub number: u64,
    /// Its place among the fates.
    pub at: usize,
    cells: &'r [String],
    rows: &'r Rows<'r>,
}

impl Line<'_> {
    /// A cell without the space around it; empty where there is none.
    pub fn get(&self, column: Option<usize>) -> &str {
        column
            .and_then(|column| self.cells.get(column))
            .map_or("", |cell| cell.trim())
    }

    /// All cells as they stand.
    pub fn raw(&self) -> Vec<String> {
        self.cells.to_vec()
    }

    /// Where it stands.
    pub fn place(&self) -> Place {
        self.rows.place(self.number, None)
    }
}

fn refused(error: ImportError) -> impl Fn(usize) -> FileError {
    move |file| FileError { file, error }
}

/// The heads of a file as they are compared; none where it is no text.
pub(super) fn heads(bytes: &[u8]) -> Option<Vec<String>> {
    let heads = first_line(bytes)?;
    Some(heads.iter().map(|head| plain(head)).collect())
}

/// The heads of a file as it has them; none where it is no text.
pub(super) fn first_line(bytes: &[u8]) -> Option<Vec<String>> {
    // A head is short: the rest of a large file is not touched. It may end within a
    // letter, and what follows the first line may be in older letters.
    let head = bytes.get(..bytes.len().min(64 << 10)).unwrap_or_default();
    let text = match decode(head) {
        Ok(text) => text,
        Err(ImportError::Encoding { at }) => {
            let good = head.get(..at).filter(|good| good.contains(&b'\n'))?;
            decode(good).ok()?
        }
        Err(_) => return None,
    };
    let delimiter = sniff(&text);
    let mut records = reader(&text, delimiter, true).into_records();
    let record = records.next()?.ok()?;
    Some(record.iter().map(|head| head.trim().to_owned()).collect())
}

fn reader(text: &str, delimiter: u8, quoting: bool) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(quoting)
        .from_reader(text.as_bytes())
}

impl<'a> Rows<'a> {
    /// Opens a file and reads its head. `tabs_quote`: whether quotes have a
    /// meaning between tabs; in text files of O*NET they have none.
    pub fn open(
        file: usize,
        given: File<'a>,
        corrected: &'a BTreeMap<Place, Vec<String>>,
        tabs_quote: bool,
    ) -> Result<Self, FileError> {
        if given.bytes.len() > BYTES_LIMIT {
            let limit = Limit::Bytes(BYTES_LIMIT);
            return Err(refused(ImportError::TooLarge { limit })(file));
        }
        let text = decode(given.bytes).map_err(|error| FileError { file, error })?;
        let delimiter = sniff(&text);
        let quoting = tabs_quote || delimiter != b'\t';
        let mut records = reader(&text, delimiter, quoting).into_records();
        let record = match records.next() {
            None => return Err(refused(ImportError::Empty)(file)),
            Some(Err(error)) => return Err(refused(malformed(&error))(file)),
            Some(Ok(record)) => record,
        };
        if record.len() > COLUMNS_LIMIT {
            let limit = Limit::Columns(COLUMNS_LIMIT);
            return Err(refused(ImportError::TooLarge { limit })(file));
        }
        let heads: Vec<String> = record.iter().map(|head| head.trim().to_owned()).collect();
        drop(records);
        Ok(Self {
            file,
            name: given.name,
            delimiter,
            quoting,
            plain: heads.iter().map(|head| plain(head)).collect(),
            heads,
            text,
            corrected,
            heard: given.heard,
        })
    }

    /// The column with one of these heads, compared without case and signs.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            let name = plain(name);
            self.plain.iter().position(|head| *head == name)
        })
    }

    /// Whether a head is there.
    pub fn has(&self, name: &str) -> bool {
        self.column(&[name]).is_some()
    }

    /// Where a line or one cell of it stands.
    pub fn place(&self, line: u64, column: Option<usize>) -> Place {
        Place::Line {
            file: self.name.to_owned(),
            line,
            column: column
                .and_then(|column| self.heads.get(column))
                .cloned()
                .unwrap_or_default(),
        }
    }

    /// The line on which a record begins. The reader looks for it right behind the
    /// record before: the end of that line and empty ones may still stand there.
    fn line_at(&self, position: &csv::Position) -> u64 {
        let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let passed = ends.filter(|byte| **byte == b'\n').count();
        position.line() + passed as u64
    }

    /// Hands on every line below the head and gives back a list of fates to
    /// be filled: the head's and one per line, blank ones marked.
    pub fn each(&self, each: &mut dyn FnMut(&Line<'_>)) -> Result<Vec<Fate>, FileError> {
        let mut fates = vec![Fate::Header];
        let mut records = reader(&self.text, self.delimiter, self.quoting).into_records();
        let mut record = csv::StringRecord::new();
        let mut cells: Vec<String> = Vec::new();
        // The head once more.
        drop(records.next());
        let mut rows = records.into_reader();
        loop {
            let at = fates.len();
            if at > LINES_LIMIT {
                let limit = Limit::Rows(LINES_LIMIT);
                return Err(refused(ImportError::TooLarge { limit })(self.file));
            }
            match rows.read_record(&mut record) {
                Ok(false) => return Ok(fates),
                Ok(true) => {}
                Err(error) => return Err(refused(malformed(&error))(self.file)),
            }
            if record.len() > COLUMNS_LIMIT {
                let limit = Limit::Columns(COLUMNS_LIMIT);
                return Err(refused(ImportError::TooLarge { limit })(self.file));
            }
            let number = record.position().map_or(0, |at| self.line_at(at));
            if at.is_multiple_of(TOLD_EACH) {
                let read = record.position().map_or(0, csv::Position::byte);
                let of = self.text.len().max(1);
                self.heard.hears(read as f64 / of as f64);
            }
            cells.clear();
            let corrected = if self.corrected.is_empty() {
                None
            } else {
                self.corrected.get(&self.place(number, None))
            };
            match corrected {
                Some(corrected) => cells.extend(corrected.iter().cloned()),
                None => cells.extend(record.iter().map(unguarded)),
            }
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                fates.push(Fate::Blank);
                continue;
            }
            fates.push(Fate::Applied);
            each(&Line {
                number,
                at,
                cells: &cells,
                rows: self,
            });
        }
    }
}

/// The cells of a line that hold something, by their heads, but for some.
pub(crate) fn rest(
    rows: &Rows<'_>,
    line: &Line<'_>,
    but: &[&str],
) -> serde_json::Map<String, serde_json::Value> {
    let taken: Vec<Option<usize>> = but.iter().map(|head| rows.column(&[head])).collect();
    let mut out = serde_json::Map::new();
    for (column, head) in rows.heads.iter().enumerate() {
        let cell = line.get(Some(column));
        if !cell.is_empty() && !taken.contains(&Some(column)) {
            out.insert(head.clone(), cell.into());
        }
    }
    out
}

fn malformed(error: &csv::Error) -> ImportError {
    let line = error.position().map_or(0, csv::Position::line);
    ImportError::Malformed {
        line: usize::try_from(line).unwrap_or(0),
        column: 0,
    }
}
