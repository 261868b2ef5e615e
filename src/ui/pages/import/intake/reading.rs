//! What comes in: files and pasted cells become tables that wait, or one JSON
//! file, or a refusal with its reason.

use leptos::prelude::*;
use weft_exchange::tables::{self, Matching, OldLetters, Sheet};
use weft_exchange::{ImportError, workbook};

use super::{Intake, Json, ROWS_LIMIT, Refusal, Step, Table, Work};
use crate::browser::files::{self, FileError, Incoming};
use crate::browser::{task, timer};

impl Intake {
    /// Takes files, one after the other, with a breath between them.
    pub fn take(self, files: Vec<Result<Incoming, FileError>>) {
        if files.is_empty() {
            return;
        }
        if self.step.get_untracked() == Step::Done {
            self.start_over();
        }
        self.refusals.set(Vec::new());
        let of = files.len();
        let name_of = |file: &Result<Incoming, FileError>| match file {
            Ok(file) => file.name.clone(),
            Err(FileError::TooLarge { name, .. } | FileError::Unreadable { name }) => name.clone(),
        };
        let reading = move |at: usize, name: String| Work::Reading { name, at, of };
        let turn = self.begin(reading(0, files.first().map(name_of).unwrap_or_default()));
        let first_new = self.next_table.get_value();
        task::spawn(async move {
            for (at, file) in files.into_iter().enumerate() {
                self.work.set(Some(reading(at, name_of(&file))));
                timer::breathe().await;
                if !self.wanted(turn) {
                    return;
                }
                let taken = match file {
                    Ok(file) => self.read(file),
                    Err(error) => Err(Refusal::File(error)),
                };
                if let Err(refusal) = taken {
                    self.refusals.update(|all| all.push(refusal));
                }
            }
            self.work.set(None);
            self.arrive(first_new);
        });
    }

    /// Takes pasted cells as one more table.
    pub fn take_cells(self, text: &str, name: String) -> bool {
        self.refusals.set(Vec::new());
        if is_json(text.as_bytes()) {
            let bytes = text.as_bytes().to_vec();
            self.take(vec![Ok(Incoming { name, bytes })]);
            return true;
        }
        let first_new = self.next_table.get_value();
        let read = tables::paste(text).map(|sheet| Sheet {
            name: name.clone(),
            ..sheet
        });
        let taken = match read {
            Ok(sheet) => self.add(sheet, None),
            Err(error) => Err(unreadable(name, error, text.as_bytes())),
        };
        match taken {
            Ok(()) => {
                self.arrive(first_new);
                true
            }
            Err(refusal) => {
                self.refusals.set(vec![refusal]);
                false
            }
        }
    }

    fn read(self, file: Incoming) -> Result<(), Refusal> {
        let Incoming { name, bytes } = file;
        if bytes.starts_with(OLD_WORKBOOK) {
            return Err(Refusal::Workbook { name });
        }
        if bytes.starts_with(ARCHIVE) {
            return self.read_workbook(&name, &bytes);
        }
        if !is_json(&bytes) {
            return match tables::read(&name, &bytes) {
                Ok(sheet) => self.add(sheet, None),
                Err(error) => match read_old(&name, &error, &bytes) {
                    Some((sheet, letters)) => self.add(sheet, Some(letters)),
                    None => Err(unreadable(name, error, &bytes)),
                },
            };
        }
        let alone =
            self.tables.with_untracked(Vec::is_empty) && self.json.with_untracked(Option::is_none);
        if !alone {
            return Err(Refusal::Alone { name });
        }
        let bytes = bytes.into();
        self.json.set(Some(Json { name, bytes }));
        Ok(())
    }

    /// Each sheet that seems to be a table of a plan waits as a table of its own;
    /// where none does, all that the workbook shows, for the person to say.
    fn read_workbook(self, name: &str, bytes: &[u8]) -> Result<(), Refusal> {
        let mut sheets =
            workbook::read(bytes).map_err(|error| unreadable(name.to_owned(), error, bytes))?;
        if sheets.iter().any(|it| it.suggested) {
            sheets.retain(|it| it.suggested);
        } else {
            sheets.retain(|it| !it.hidden);
        }
        if sheets.is_empty() {
            return Err(unreadable(name.to_owned(), ImportError::Empty, bytes));
        }
        for it in sheets {
            let called = format!("{name} · {}", it.sheet.name);
            let sheet = Sheet {
                name: called,
                ..it.sheet
            };
            self.add_matched(sheet, it.matching, None)?;
        }
        Ok(())
    }

    fn add(self, sheet: Sheet, letters: Option<OldLetters>) -> Result<(), Refusal> {
        let matching = tables::guess(&sheet);
        self.add_matched(sheet, matching, letters)
    }

    fn add_matched(
        self,
        sheet: Sheet,
        matching: Matching,
        letters: Option<OldLetters>,
    ) -> Result<(), Refusal> {
        if self.json.with_untracked(Option::is_some) {
            return Err(Refusal::Alone { name: sheet.name });
        }
        if self.rows() + sheet.rows.len() > ROWS_LIMIT {
            return Err(Refusal::Rows { name: sheet.name });
        }
        let id = self.next_table.get_value();
        self.next_table.set_value(id + 1);
        let table = self.owner.get_value().with(|| Table {
            id,
            sheet: RwSignal::new(sheet),
            matching: RwSignal::new(matching),
            letters,
            relevance: RwSignal::new(None),
        });
        self.tables.update(|tables| tables.push(table));
        self.changed();
        Ok(())
    }

    fn rows(self) -> usize {
        let rows = |table: &Table| table.sheet.with_untracked(|sheet| sheet.rows.len());
        self.tables
            .with_untracked(|tables| tables.iter().map(rows).sum())
    }

    /// Takes a table out again.
    pub fn remove(self, id: u32) {
        self.tables
            .update(|tables| tables.retain(|table| table.id != id));
        self.changed();
        self.go(self.first_step());
    }

    /// After reading: on to the first new table that is not understood, else
    /// to the first new one.
    fn arrive(self, first_new: u32) {
        let new = |table: &&Table| table.id >= first_new;
        let unknown = |table: &&Table| table.matching.with_untracked(|m| m.table.is_none());
        let table = self.tables.with_untracked(|tables| {
            let mut all = tables.iter().filter(new);
            all.clone()
                .find(unknown)
                .or(all.next())
                .map(|table| table.id)
        });
        if self.json.with_untracked(Option::is_some) {
            self.go(Step::Preview);
        } else if let Some(id) = table {
            self.go(Step::Table(id));
        }
    }
}

/// Whether the bytes are JSON rather than a table: nothing else starts so.
fn is_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    first.is_some_and(|byte| matches!(byte, b'{' | b'['))
}

/// How a zip archive begins, and with it a workbook.
const ARCHIVE: &[u8] = b"PK\x03\x04";
/// How a workbook of before 2007 begins, or one with a password.
const OLD_WORKBOOK: &[u8] = b"\xd0\xcf\x11\xe0";

/// Reads a table whose letters are from before Unicode, as spreadsheets still
/// save them.
fn read_old(name: &str, error: &ImportError, bytes: &[u8]) -> Option<(Sheet, OldLetters)> {
    // A zero byte is in no text at all.
    if !matches!(error, ImportError::Encoding { .. }) || bytes.contains(&0) {
        return None;
    }
    let letters = OldLetters::of(bytes);
    let text = files::decode(letters.label(), bytes)?;
    let sheet = tables::read(name, text.as_bytes()).ok()?;
    Some((sheet, letters))
}

pub(super) fn unreadable(name: String, error: ImportError, bytes: &[u8]) -> Refusal {
    Refusal::Unreadable {
        name,
        error,
        json: is_json(bytes),
    }
}
