//! What files hold: tables, workbooks, frameworks, our own exchange file,
//! archives of such, or something that is no use here.

use std::iter::once;

use weft_exchange::archive::{self, Opened};
use weft_exchange::case;
use weft_exchange::foreign::{self, Foreign};
use weft_exchange::review_form::{self, Form};
use weft_exchange::tables::{self, OldLetters, Sheet};
use weft_exchange::workbook::{BOOK_CELLS_LIMIT, BookSheet, LETTERS_LIMIT};
use weft_exchange::{ImportError, Limit, curriculum, standards, workbook};

use crate::FILES_LIMIT;
use crate::job::{Entry, Failed, Given, Port, ReadTable, What, Why};

/// How a workbook of before 2007 begins, or one with a password.
const OLD_WORKBOOK: &[u8] = b"\xd0\xcf\x11\xe0";

/// The most bytes of a table that is read in two ways.
const OTHERWISE_LIMIT: usize = 1 << 20;

/// What each of the files holds.
pub(crate) fn look(files: &[Given], port: &mut dyn Port) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut left = FILES_LIMIT;
    let mut room = Room::default();
    let mut beside = Vec::new();
    // Who chooses all that a publisher has unpacked means the framework in it.
    let framework = files.iter().any(is_list);
    let count = files.len().max(1);
    for (file, given) in files.iter().enumerate() {
        port.progress(share(file, count));
        if left == 0 {
            found.push(refused(given, files_limit()));
            continue;
        }
        if room.is_full() {
            found.push(refused(given, room_limit()));
            continue;
        }
        left -= 1;
        if !archive::is_one(&given.bytes) {
            if framework && is_text(&given.bytes) && !is_list(given) {
                beside.push(given.name.clone());
                continue;
            }
            let entries = look_at_one(file, given, port).into_iter();
            found.extend(entries.map(|entry| room.taken(entry)));
            continue;
        }
        match archive::open(&given.bytes) {
            Err(error) => found.push(refused(given, Why::Import(error))),
            Ok(Opened::Workbook) => {
                let entries = look_at_workbook(file, given).into_iter();
                found.extend(entries.map(|entry| room.taken(entry)));
            }
            Ok(Opened::Files {
                files: inner,
                closed,
                ..
            }) if inner.is_empty() => {
                found.push(match closed.is_empty() {
                    true => refused(given, Why::NothingInside),
                    false => packed(given, closed),
                });
            }
            Ok(Opened::Files { files: inner, .. }) if inner.len() > left => {
                found.push(refused(given, files_limit()));
            }
            Ok(Opened::Files {
                files: inner,
                beside: others,
                closed,
            }) => {
                if !closed.is_empty() {
                    found.push(packed(given, closed));
                }
                let within = |path| format!("{} · {path}", given.name);
                beside.extend(others.into_iter().map(within));
                left -= inner.len();
                let all = inner.len();
                for (at, (path, bytes)) in inner.into_iter().enumerate() {
                    port.progress(share(file, count) + share(at, all) / count as f64);
                    let name = format!("{} · {path}", given.name);
                    let inner = Given { name, bytes };
                    if room.is_full() {
                        found.push(refused(&inner, room_limit()));
                        continue;
                    }
                    let entries = look_at_one(file, &inner, port).into_iter();
                    found.extend(entries.map(|entry| room.taken(entry)));
                }
            }
        }
    }
    if !beside.is_empty() {
        found.push(Entry::Beside(beside));
    }
    found
}

fn packed(given: &Given, names: Vec<String>) -> Entry {
    Entry::Packed {
        name: given.name.clone(),
        names,
    }
}

/// Whether bytes are lines and no JSON, workbook or archive.
fn is_text(bytes: &[u8]) -> bool {
    !bytes.starts_with(OLD_WORKBOOK) && !archive::is_one(bytes) && !is_json(bytes)
}

/// Whether a file is a list of a framework, by its head.
fn is_list(given: &Given) -> bool {
    is_text(&given.bytes) && foreign::recognise(&given.bytes).is_some()
}

/// What all tables together have taken: one small archive can hold a hundred
/// that are each just small enough.
#[derive(Default)]
struct Room {
    cells: usize,
    letters: usize,
    /// Cells that were read, with those that found no room.
    read: usize,
}

impl Room {
    /// Whether nothing more is read at all.
    fn is_full(&self) -> bool {
        self.read > 2 * BOOK_CELLS_LIMIT
    }

    /// The entry, or that there is no room for it.
    fn taken(&mut self, entry: Entry) -> Entry {
        let Entry::Table(mut table) = entry else {
            return entry;
        };
        let limit = match self.put(&table.sheet) {
            Ok(()) => {
                // What does not find room beside it is not offered.
                table.otherwise.take_if(|it| self.put(&it.sheet).is_err());
                return Entry::Table(table);
            }
            Err(limit) => limit,
        };
        Entry::Refused(Failed {
            name: table.sheet.name.clone(),
            why: Why::Import(ImportError::TooLarge { limit }),
            json: false,
        })
    }

    fn put(&mut self, sheet: &Sheet) -> Result<(), Limit> {
        let cells = sheet.rows.iter().flat_map(|row| &row.cells);
        let (count, letters) = cells.fold((0, 0), |(count, letters), cell| {
            (count + 1, letters + cell.len())
        });
        self.read += count;
        if self.cells + count > BOOK_CELLS_LIMIT {
            return Err(Limit::Cells(BOOK_CELLS_LIMIT));
        }
        if self.letters + letters > LETTERS_LIMIT {
            return Err(Limit::Letters(LETTERS_LIMIT));
        }
        self.cells += count;
        self.letters += letters;
        Ok(())
    }
}

fn room_limit() -> Why {
    let limit = Limit::Cells(BOOK_CELLS_LIMIT);
    Why::Import(ImportError::TooLarge { limit })
}

fn files_limit() -> Why {
    Why::Files { limit: FILES_LIMIT }
}

fn share(done: usize, of: usize) -> f64 {
    done as f64 / of.max(1) as f64
}

/// A file that is no archive.
fn look_at_one(file: usize, given: &Given, port: &mut dyn Port) -> Vec<Entry> {
    let bytes = &tables::in_utf8(&given.bytes)[..];
    if is_json(bytes) && curriculum::is_one(bytes) {
        return look_at_curriculum(given, bytes);
    }
    vec![look_at(file, given, bytes, port)]
}

/// A curriculum stands for tables.
fn look_at_curriculum(given: &Given, bytes: &[u8]) -> Vec<Entry> {
    match curriculum::read(&given.name, bytes) {
        Ok(read) => {
            let table = |sheet| Entry::Table(Box::new(ReadTable::guessed(sheet, None)));
            let passed_over = (!read.passed_over.is_empty()).then(|| Entry::Keys {
                name: given.name.clone(),
                keys: read.passed_over,
            });
            let tables = read.sheets.into_iter().map(table);
            tables.chain(passed_over).collect()
        }
        Err(error) => vec![refused(given, Why::Import(error))],
    }
}

fn look_at(file: usize, given: &Given, bytes: &[u8], port: &mut dyn Port) -> Entry {
    let known = |what| Entry::Known {
        name: given.name.clone(),
        file,
        what,
    };
    if bytes.starts_with(OLD_WORKBOOK) {
        return refused(given, Why::OldWorkbook);
    }
    // Part of one reads as text, and would be asked for its columns.
    if bytes.starts_with(b"%PDF-") {
        return refused(given, Why::Pdf);
    }
    if is_json(bytes) {
        let what = foreign::recognise(bytes).map_or(What::Weft, What::Foreign);
        return known(what);
    }
    if let Some(format) = foreign::recognise(bytes) {
        return known(What::Foreign(format));
    }
    let (read, letters) = match tables::read(&given.name, bytes) {
        Err(error @ ImportError::Encoding { .. }) => match unicode(error, bytes, port) {
            Some((text, letters)) => {
                if let Some(format) = foreign::recognise(text.as_bytes()) {
                    return known(What::Foreign(format));
                }
                (tables::read(&given.name, text.as_bytes()), Some(letters))
            }
            None => (Err(error), None),
        },
        read => (read, None),
    };
    match read {
        Ok(sheet) => {
            let mut table = ReadTable::guessed(sheet, letters);
            table.otherwise = letters.and_then(|it| read_otherwise(given, bytes, it, port));
            Entry::Table(Box::new(table))
        }
        Err(error) => refused(given, Why::Import(error)),
    }
}

/// The same table by the letters that were not guessed. It is small beside the others:
/// what is large has enough letters to be guessed by.
fn read_otherwise(
    given: &Given,
    bytes: &[u8],
    guessed: OldLetters,
    port: &mut dyn Port,
) -> Option<Box<ReadTable>> {
    if bytes.len() > OTHERWISE_LIMIT {
        return None;
    }
    let letters = guessed.other();
    let text = port.decode(letters.label(), bytes)?;
    let sheet = tables::read(&given.name, text.as_bytes()).ok()?;
    Some(Box::new(ReadTable::guessed(sheet, Some(letters))))
}

/// Each sheet that seems to be a table of a plan; where none does, all that the
/// workbook shows, for the person to say.
fn look_at_workbook(file: usize, given: &Given) -> Vec<Entry> {
    let mut sheets = match workbook::read(&given.bytes) {
        Ok(sheets) => sheets,
        // A Word file has the same container.
        Err(ImportError::NotThisFormat) => return vec![look_at_paper(given)],
        Err(error) => return vec![refused(given, Why::Import(error))],
    };
    match review_form::of_book(&sheets) {
        Ok(None) => {}
        Ok(Some(form)) => return vec![filled_in(given, form)],
        Err(error) => return vec![refused(given, Why::Import(error))],
    }
    let parts = standards::of_book(&sheets);
    let framework = if case::is_framework(&sheets) {
        Some(Foreign::OpenSalt)
    } else {
        (!parts.is_empty()).then_some(Foreign::UkStandards)
    };
    if let Some(format) = framework {
        let known = Entry::Known {
            name: given.name.clone(),
            file,
            what: What::Foreign(format),
        };
        sheets.retain(|it| match format {
            Foreign::OpenSalt => !case::is_part(it),
            _ => !parts.iter().any(|part| part.sheet == it.sheet.name),
        });
        return once(known).chain(passed_over(given, &sheets)).collect();
    }
    let some = sheets.iter().any(|it| it.suggested);
    let (tables, others): (Vec<_>, Vec<_>) = sheets
        .into_iter()
        .partition(|it| it.suggested || !some && !it.hidden);
    if tables.is_empty() {
        return vec![refused(given, Why::Import(ImportError::Empty))];
    }
    let tables = tables.into_iter().map(|it| {
        let name = format!("{} · {}", given.name, it.sheet.name);
        Entry::Table(Box::new(ReadTable {
            sheet: Sheet { name, ..it.sheet },
            matching: it.matching,
            letters: None,
            otherwise: None,
        }))
    });
    tables.chain(passed_over(given, &others)).collect()
}

/// Says which sheets of a workbook nothing is taken from.
fn passed_over(given: &Given, sheets: &[BookSheet]) -> Option<Entry> {
    let names: Vec<String> = sheets.iter().map(|it| it.sheet.name.clone()).collect();
    (!names.is_empty()).then(|| Entry::Sheets {
        name: given.name.clone(),
        sheets: names,
    })
}

/// Of Word files only review forms are read.
fn look_at_paper(given: &Given) -> Entry {
    match review_form::of_paper(&given.bytes) {
        Ok(form) => filled_in(given, form),
        Err(ImportError::NotThisFormat) if is_paper(&given.name) => refused(given, Why::Paper),
        Err(error) => refused(given, Why::Import(error)),
    }
}

fn filled_in(given: &Given, form: Form) -> Entry {
    Entry::Form {
        name: given.name.clone(),
        form: Box::new(form),
    }
}

fn is_paper(name: &str) -> bool {
    let name = name.to_lowercase();
    [".docx", ".docm", ".dotx"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// The text of a file whose letters are from before Unicode, as spreadsheets
/// still save them.
pub(crate) fn unicode(
    error: ImportError,
    bytes: &[u8],
    port: &mut dyn Port,
) -> Option<(String, OldLetters)> {
    // A zero byte is in no text at all, and what begins with a mark of UTF-16 says that
    // it is no older letters.
    let marked = [b"\xff\xfe", b"\xfe\xff"]
        .into_iter()
        .any(|mark| bytes.starts_with(mark));
    if !matches!(error, ImportError::Encoding { .. }) || marked || bytes.contains(&0) {
        return None;
    }
    let likely = OldLetters::of(bytes);
    let mut read = |letters: OldLetters| Some((port.decode(letters.label(), bytes)?, letters));
    // Windows-1252 has a letter for every byte: what comes out must look like a text.
    let is_text = |text: &str| !text.contains(|it: char| it.is_control() && !"\t\r\n".contains(it));
    let found = read(likely);
    // What is large has enough letters to be guessed by.
    if found.is_some() || bytes.len() > OTHERWISE_LIMIT {
        return found;
    }
    read(likely.other()).filter(|(text, _)| is_text(text))
}

/// Whether the bytes are JSON rather than a table: nothing else starts so.
pub(crate) fn is_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    first.is_some_and(|byte| matches!(byte, b'{' | b'['))
}

fn refused(given: &Given, why: Why) -> Entry {
    Entry::Refused(Failed {
        name: given.name.clone(),
        why,
        json: is_json(&given.bytes),
    })
}
