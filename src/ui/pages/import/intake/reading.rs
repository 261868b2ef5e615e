//! What comes in: files and pasted cells become tables that wait, or files that
//! come as they are, or a refusal with its reason. Files are opened in the
//! sandbox, and nowhere else.

use leptos::prelude::*;
use weft_exchange::review_form::Form;
use weft_exchange::tables::{self, Sheet};
use weft_sandbox::{Answer, Entry, Failed, Job, ReadTable, What, Why};

use super::super::forms::Waiting;
use super::{Intake, ROWS_LIMIT, Refusal, Step, Table, Whole, Work};
use crate::browser::files::{Chosen, FileError};
use crate::browser::sandbox::{self, Failure};
use crate::browser::task;
use crate::ui::pages::home::visits::is_plan;

impl Intake {
    /// Takes files: all of them are one job of the sandbox.
    pub fn take(self, files: Vec<Result<Chosen, FileError>>) {
        // A whole plan with its history merges; it does not come in as rows.
        let (plans, files): (Vec<_>, Vec<_>) = files
            .into_iter()
            .partition(|file| file.as_ref().is_ok_and(|file| is_plan(&file.name)));
        if !plans.is_empty() {
            self.shelf.take_chosen(plans);
        }
        if files.is_empty() {
            return;
        }
        if self.step.get_untracked() == Step::Done {
            self.start_over();
        }
        let mut good = Vec::new();
        let mut refusals = Vec::new();
        for file in files {
            match file {
                Ok(file) => good.push(file),
                Err(error) => refusals.push(Refusal::File(error)),
            }
        }
        self.refusals.set(refusals);
        if good.is_empty() {
            return;
        }
        let names: Vec<String> = good.iter().map(|file| file.name.clone()).collect();
        let reading = move |share: f64| {
            let at = (share * names.len() as f64) as usize;
            let name = names.get(at).or(names.last()).cloned().unwrap_or_default();
            Work::Reading { name, share }
        };
        let turn = self.begin(reading(0.0));
        let first_new = self.next_table.get_value();
        let stop = self.stop.get_value();
        task::spawn(async move {
            let progress = move |share: f64| {
                if self.wanted(turn) {
                    self.work.set(Some(reading(share)));
                }
            };
            let answer = sandbox::ask(&Job::Look, &good, &stop, progress).await;
            if !self.wanted(turn) {
                return;
            }
            match answer {
                Ok(Answer::Looked(entries)) => self.take_entries(entries, &good),
                Ok(_) => self.refuse_job(&good, Failure::Missing),
                Err(failure) => self.refuse_job(&good, failure),
            }
            self.work.set(None);
            self.arrive(first_new);
        });
    }

    fn refuse_job(self, files: &[Chosen], failure: Failure) {
        let name = files
            .first()
            .map_or_else(String::new, |file| file.name.clone());
        self.refuse(Refusal::Sandbox { name, failure });
    }

    pub(super) fn refuse(self, refusal: Refusal) {
        self.refusals.update(|all| all.push(refusal));
    }

    fn take_entries(self, entries: Vec<Entry>, files: &[Chosen]) {
        for entry in entries {
            let taken = match entry {
                Entry::Table(read) => self.add_matched(*read),
                Entry::Known { name, file, what } => match files.get(file) {
                    Some(file) => self.add_whole(name, file, what),
                    None => Ok(()),
                },
                Entry::Form { name, form } => {
                    self.add_form(name, *form);
                    Ok(())
                }
                Entry::Refused(failed) => Err(Refusal::Unread(failed)),
                Entry::Beside(names) => Err(Refusal::Beside { names }),
                Entry::Packed { name, names } => Err(Refusal::Packed { name, names }),
                Entry::Keys { name, keys } => Err(Refusal::Keys { name, keys }),
                Entry::Sheets { name, sheets } => Err(Refusal::Sheets { name, sheets }),
            };
            if let Err(refusal) = taken {
                self.refuse(refusal);
            }
        }
    }

    /// A file that comes as it is: alone, or with others of its framework.
    fn add_whole(self, name: String, file: &Chosen, what: What) -> Result<(), Refusal> {
        let apart = |name: String| match what {
            What::Weft => Refusal::Alone { name },
            What::Foreign(_) => Refusal::Apart { name },
        };
        if !self.tables.with_untracked(Vec::is_empty) {
            return Err(apart(name));
        }
        let before = self.whole.get_untracked();
        let whole = match before {
            None => Whole {
                what,
                files: vec![file.clone()],
                names: vec![name],
            },
            Some(mut whole) if whole.what == what && several(what) => {
                if !whole.files.contains(file) {
                    whole.files.push(file.clone());
                }
                whole.names.push(name);
                whole
            }
            Some(_) => return Err(apart(name)),
        };
        self.whole.set(Some(whole));
        self.changed();
        Ok(())
    }

    fn add_form(self, name: String, form: Form) {
        let id = self.next_table.get_value();
        self.next_table.set_value(id + 1);
        let waiting = self
            .owner
            .get_value()
            .with(|| Waiting::new(self.editor, id, name, form));
        self.forms.update(|forms| forms.push(waiting));
    }

    /// Takes pasted cells as one more table.
    pub fn take_cells(self, text: &str, name: String) -> bool {
        self.refusals.set(Vec::new());
        if text.trim_start().starts_with(['{', '[']) {
            let file = Chosen::of(&name, text.as_bytes());
            self.take(vec![file.ok_or(FileError::Unreadable { name })]);
            return true;
        }
        let first_new = self.next_table.get_value();
        let read = tables::paste(text).map(|sheet| Sheet {
            name: name.clone(),
            ..sheet
        });
        let taken = match read {
            Ok(sheet) => self.add_matched(ReadTable::guessed(sheet, None)),
            Err(error) => Err(Refusal::Unread(Failed {
                name,
                why: Why::Import(error),
                json: false,
            })),
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

    fn add_matched(self, read: ReadTable) -> Result<(), Refusal> {
        let ReadTable {
            sheet,
            matching,
            letters,
            otherwise,
        } = read;
        match self
            .whole
            .with_untracked(|whole| whole.as_ref().map(|whole| whole.what))
        {
            Some(What::Weft) => return Err(Refusal::Alone { name: sheet.name }),
            Some(What::Foreign(_)) => return Err(Refusal::Apart { name: sheet.name }),
            None => {}
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
            letters: RwSignal::new(letters),
            otherwise: StoredValue::new(otherwise.map(|it| *it)),
            relevance: RwSignal::new(None),
        });
        self.tables.update(|tables| tables.push(table));
        self.changed();
        Ok(())
    }

    /// Takes the reading of a table by these letters in place of the one that is shown,
    /// without what was corrected in that.
    pub fn read_as(self, table: Table, label: &str) {
        let wanted = |it: &ReadTable| it.letters.is_some_and(|it| it.label() == label);
        let found = table
            .otherwise
            .try_update_value(|it| it.take_if(|it| wanted(it)));
        let Some(read) = found.flatten() else {
            return;
        };
        let before = ReadTable {
            sheet: table.sheet.get_untracked(),
            matching: table.matching.get_untracked(),
            letters: table.letters.get_untracked(),
            otherwise: None,
        };
        table.otherwise.set_value(Some(before));
        table.letters.set(read.letters);
        table.relevance.set(None);
        table.sheet.set(read.sheet);
        table.matching.set(read.matching);
        self.changed();
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
        let new_form = self
            .forms
            .with_untracked(|forms| forms.iter().any(|form| form.id >= first_new));
        if new_form {
            // Tables that came along wait: they are not lost.
            self.step.set(Step::Forms);
        } else if self.whole.with_untracked(Option::is_some) {
            self.go(Step::Preview);
        } else if let Some(id) = table {
            self.go(Step::Table(id));
        }
    }
}

/// Whether files of this kind come several at once.
pub fn several(what: What) -> bool {
    matches!(what, What::Foreign(_))
}
