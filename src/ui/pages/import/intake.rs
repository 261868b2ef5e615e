//! An import on its way: what was chosen, how it is read, and what it would do
//! to the plan. Nothing here draws. Scope of what is kept: the page; only
//! `bring_in` touches the plan, with one act.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use weft_exchange::tables::{self, ApplyOptions, Matching, Sheet};
use weft_exchange::{AnswerTarget, ImportError, Imported, Place, QuestionKind, weft_json};
use weft_model::{Act, ItemId, Subject, Text, Uid, Verb};

use crate::browser::files::{FileError, Incoming};
use crate::browser::{device, task, timer};
use crate::ui::sentences;
use crate::ui::state::Editor;

/// The largest file that is read, in bytes. Formats have bounds of their own.
pub const FILE_LIMIT: u64 = 32 << 20;
/// The most rows of all tables together.
pub const ROWS_LIMIT: usize = 20_000;

/// A table that waits to come in.
#[derive(Clone, Copy)]
pub struct Table {
    /// Tells tables apart, in the order in which they came.
    pub id: u32,
    /// Its cells, as the file has them and the person has corrected them.
    pub sheet: RwSignal<Sheet>,
    /// What it is and what its columns are for.
    pub matching: RwSignal<Matching>,
}

/// A Weft JSON file that waits to come in.
#[derive(Clone, Debug, PartialEq)]
pub struct Json {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// Where the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Step {
    /// Choosing files.
    #[default]
    Source,
    /// Looking at one table.
    Table(u32),
    /// Looking at what will come in.
    Preview,
    /// It is in.
    Done,
}

/// Why something was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The browser did not give the file.
    File(FileError),
    /// It cannot be read.
    Unreadable {
        /// The file.
        name: String,
        /// Why.
        error: ImportError,
        /// It is a spreadsheet file: it must be saved as CSV first.
        workbook: bool,
        /// It is JSON.
        json: bool,
    },
    /// A Weft JSON file comes in by itself.
    Alone {
        /// The file.
        name: String,
    },
    /// All tables together have too many rows.
    Rows {
        /// The table that was one too many.
        name: String,
    },
}

/// Long work on its way.
#[derive(Clone, Debug, PartialEq)]
pub enum Work {
    /// Reading this file.
    Reading {
        /// Its name.
        name: String,
        /// Which one, from 0.
        at: usize,
        /// Of how many.
        of: usize,
    },
    /// Working out what would change.
    Looking,
    /// Bringing it in.
    Bringing,
}

/// What would come in.
pub struct Preview {
    /// The tables as they were read; empty for a JSON file.
    pub sheets: Vec<(Sheet, Matching)>,
    /// The JSON file's name.
    pub json: Option<String>,
    /// What came of it.
    pub imported: Imported,
    /// Titles of items that questions and warnings speak of: some are not in
    /// the plan yet.
    pub titles: BTreeMap<ItemId, Text>,
}

/// An import on its way. A handle: copy it freely.
#[derive(Clone, Copy)]
pub struct Intake {
    /// The plan that it is for.
    pub editor: Editor,
    /// The tables.
    pub tables: RwSignal<Vec<Table>>,
    /// The JSON file; never together with tables.
    pub json: RwSignal<Option<Json>>,
    /// What was not taken, until the next choice.
    pub refusals: RwSignal<Vec<Refusal>>,
    /// Where the person is.
    pub step: RwSignal<Step>,
    /// What the person decided.
    pub options: RwSignal<ApplyOptions>,
    /// Rows that were asked about, with those that fit; answered ones stay.
    pub asked: RwSignal<BTreeMap<(usize, usize), Vec<ItemId>>>,
    /// The letters that fit several scales, with those scales.
    pub scale_asked: RwSignal<Option<(Vec<String>, Vec<usize>)>>,
    /// What would come in, as far as it is worked out.
    pub preview: RwSignal<Option<Arc<Preview>>>,
    /// Long work on its way.
    pub work: RwSignal<Option<Work>>,
    /// The plan has changed since the preview was worked out.
    pub overtaken: RwSignal<bool>,
    /// Why bringing it in failed.
    pub failed: RwSignal<Option<String>>,
    /// Grows with each work that is begun or given up: older work then ends.
    turn: StoredValue<u64>,
    /// Fresh uids come from here, the same ones each time, so that an answer
    /// that names an item still fits when the tables are read anew.
    seed: StoredValue<u64>,
    next_table: StoredValue<u32>,
    owner: StoredValue<Owner>,
}

impl Intake {
    /// Nothing chosen yet. Belongs to the page that makes it.
    pub fn new(editor: Editor) -> Self {
        let intake = Self {
            editor,
            tables: RwSignal::new(Vec::new()),
            json: RwSignal::new(None),
            refusals: RwSignal::new(Vec::new()),
            step: RwSignal::new(Step::Source),
            options: RwSignal::new(ApplyOptions::default()),
            asked: RwSignal::new(BTreeMap::new()),
            scale_asked: RwSignal::new(None),
            preview: RwSignal::new(None),
            work: RwSignal::new(None),
            overtaken: RwSignal::new(false),
            failed: RwSignal::new(None),
            turn: StoredValue::new(0),
            seed: StoredValue::new(device::chance()),
            next_table: StoredValue::new(0),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        };
        editor.on_change(move |_| {
            if !intake.overtaken.get_untracked() {
                intake.overtaken.set(true);
            }
        });
        intake
    }

    /// Begins long work; older work ends at its next breath.
    fn begin(self, work: Work) -> u64 {
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        self.work.set(Some(work));
        turn
    }

    /// Whether this work is still wanted. False also when the page is gone.
    fn wanted(self, turn: u64) -> bool {
        self.turn.try_get_value() == Some(turn)
    }

    /// Gives up what is on its way; what was read so far stays.
    pub fn cancel(self) {
        self.turn.update_value(|turn| *turn += 1);
        self.work.set(None);
        if self.step.get_untracked() == Step::Preview
            && self.preview.with_untracked(Option::is_none)
        {
            self.go(self.first_step());
        }
    }

    /// Forgets everything that was chosen.
    pub fn start_over(self) {
        self.turn.update_value(|turn| *turn += 1);
        self.seed.set_value(device::chance());
        self.work.set(None);
        self.step.set(Step::Source);
        self.preview.set(None);
        self.tables.set(Vec::new());
        self.json.set(None);
        self.refusals.set(Vec::new());
        self.failed.set(None);
        self.forget_answers();
        self.options.set(ApplyOptions::default());
    }

    fn forget_answers(self) {
        self.asked.set(BTreeMap::new());
        self.scale_asked.set(None);
        self.options.update(|options| {
            options.answers.clear();
            options.scale = None;
        });
    }

    // ---- what comes --------------------------------------------------------

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
            self.arrive();
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
        let read = tables::paste(text).map(|sheet| Sheet {
            name: name.clone(),
            ..sheet
        });
        let taken = match read {
            Ok(sheet) => self.add(sheet),
            Err(error) => Err(unreadable(name, error, text.as_bytes())),
        };
        match taken {
            Ok(()) => {
                self.arrive();
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
        if !is_json(&bytes) {
            return match tables::read(&name, &bytes) {
                Ok(sheet) => self.add(sheet),
                Err(error) => Err(unreadable(name, error, &bytes)),
            };
        }
        let alone = self.tables.with_untracked(Vec::is_empty)
            && self.json.with_untracked(Option::is_none);
        if !alone {
            return Err(Refusal::Alone { name });
        }
        // Read once here, so that a broken file is refused before anything is
        // shown of it.
        let read = self.editor.plan(|plan| weft_json::import(&bytes, plan, &mut self.uids()));
        match read {
            Ok(_) => {
                let bytes = bytes.into();
                self.json.set(Some(Json { name, bytes }));
                Ok(())
            }
            Err(error) => Err(unreadable(name, error, &bytes)),
        }
    }

    fn add(self, sheet: Sheet) -> Result<(), Refusal> {
        if self.json.with_untracked(Option::is_some) {
            return Err(Refusal::Alone { name: sheet.name });
        }
        if self.rows() + sheet.rows.len() > ROWS_LIMIT {
            return Err(Refusal::Rows { name: sheet.name });
        }
        let matching = tables::guess(&sheet);
        let id = self.next_table.get_value();
        self.next_table.set_value(id + 1);
        let table = self.owner.get_value().with(|| Table {
            id,
            sheet: RwSignal::new(sheet),
            matching: RwSignal::new(matching),
        });
        self.tables.update(|tables| tables.push(table));
        self.changed();
        Ok(())
    }

    fn rows(self) -> usize {
        let rows = |table: &Table| table.sheet.with_untracked(|sheet| sheet.rows.len());
        self.tables.with_untracked(|tables| tables.iter().map(rows).sum())
    }

    /// Takes a table out again.
    pub fn remove(self, id: u32) {
        self.tables.update(|tables| tables.retain(|table| table.id != id));
        self.changed();
        self.go(self.first_step());
    }

    /// Something about the tables has changed: what was worked out and asked
    /// no longer fits.
    pub fn changed(self) {
        self.preview.set(None);
        self.forget_answers();
    }

    /// After reading: on to the first table that is not understood, else to
    /// the first.
    fn arrive(self) {
        if self.json.with_untracked(Option::is_some) {
            self.go(Step::Preview);
        } else if matches!(self.step.get_untracked(), Step::Source | Step::Done) {
            self.go(self.first_step());
        }
    }

    fn first_step(self) -> Step {
        if self.json.with_untracked(Option::is_some) {
            return Step::Preview;
        }
        self.tables.with_untracked(|tables| {
            let unknown = |table: &&Table| table.matching.with_untracked(|m| m.table.is_none());
            let first = tables.iter().find(unknown).or(tables.first());
            first.map_or(Step::Source, |table| Step::Table(table.id))
        })
    }

    /// The step after a table.
    pub fn after(self, id: u32) -> Step {
        self.tables.with(|tables| {
            let at = tables.iter().position(|table| table.id == id);
            let next = at.and_then(|at| tables.get(at + 1));
            next.map_or(Step::Preview, |table| Step::Table(table.id))
        })
    }

    /// Goes to a step; the preview is worked out on the way.
    pub fn go(self, step: Step) {
        self.step.set(step);
        if step == Step::Preview && self.preview.with_untracked(Option::is_none) {
            self.look();
        }
    }

    // ---- what it would do --------------------------------------------------

    fn uids(self) -> impl FnMut() -> Uid {
        let seed = self.seed.get_value();
        let mut count = 0_u64;
        move || {
            count += 1;
            Uid(mixed(seed.wrapping_add(count.wrapping_mul(0x9e37_79b9_7f4a_7c15))))
        }
    }

    /// Works out what would come in.
    pub fn look(self) {
        let turn = self.begin(Work::Looking);
        self.failed.set(None);
        task::spawn(async move {
            timer::breathe().await;
            if !self.wanted(turn) {
                return;
            }
            let looked = match self.json.get_untracked() {
                Some(json) => self.look_at_json(json),
                None => Ok(self.look_at_tables()),
            };
            self.work.set(None);
            self.overtaken.set(false);
            match looked {
                Ok(preview) => {
                    self.note_questions(&preview);
                    self.preview.set(Some(Arc::new(preview)));
                }
                Err(refusal) => {
                    self.json.set(None);
                    self.refusals.set(vec![refusal]);
                    self.step.set(Step::Source);
                }
            }
        });
    }

    fn look_at_json(self, json: Json) -> Result<Preview, Refusal> {
        let read = self.editor.plan(|plan| weft_json::import(&json.bytes, plan, &mut self.uids()));
        let imported = read.map_err(|error| unreadable(json.name.clone(), error, &json.bytes))?;
        Ok(self.preview_of(Vec::new(), Some(json.name), imported))
    }

    fn look_at_tables(self) -> Preview {
        let sheets: Vec<(Sheet, Matching)> = self.tables.with_untracked(|tables| {
            let parts = |table: &Table| (table.sheet.get_untracked(), table.matching.get_untracked());
            tables.iter().map(parts).collect()
        });
        let options = self.options.get_untracked();
        let imported = self
            .editor
            .plan(|plan| tables::apply(plan, &sheets, &options, &mut self.uids()));
        self.preview_of(sheets, None, imported)
    }

    fn preview_of(
        self,
        sheets: Vec<(Sheet, Matching)>,
        json: Option<String>,
        imported: Imported,
    ) -> Preview {
        let mut named: Vec<ItemId> = Vec::new();
        for question in &imported.questions {
            if let QuestionKind::WhichItem { candidates } = &question.kind {
                named.extend(candidates);
            }
        }
        let titles = self.editor.plan(|plan| {
            // Some of them only come with this import.
            let after = named.iter().any(|item| !plan.any(item.kind).has(item.uid)).then(|| {
                let mut after = plan.clone();
                let act = Act::many(Verb::Import, Subject::Plan, imported.commands.clone());
                // Where it does not fit, titles are missing and nothing else.
                drop(after.apply(&act));
                after
            });
            let title = |item: &ItemId| (*item, after.as_ref().unwrap_or(plan).title(*item));
            named.iter().map(title).collect()
        });
        Preview {
            sheets,
            json,
            imported,
            titles,
        }
    }

    /// Keeps what was asked: an answered question is no longer asked, but the
    /// answer must stay changeable.
    fn note_questions(self, preview: &Preview) {
        let answers = self.options.with_untracked(|options| options.answers.clone());
        let scale = self.options.with_untracked(|options| options.scale);
        let mut asked = self.asked.get_untracked();
        asked.retain(|place, _| answers.contains_key(place));
        let mut letters = None;
        for question in &preview.imported.questions {
            match (&question.kind, &question.place) {
                (QuestionKind::WhichItem { candidates }, Place::Row { sheet, row, .. }) => {
                    asked.insert((*sheet, *row), candidates.clone());
                }
                (QuestionKind::WhichScale { letters: found, scales }, _) => {
                    letters = Some((found.clone(), scales.clone()));
                }
                (QuestionKind::WhichItem { .. }, _) => {}
            }
        }
        self.asked.set(asked);
        if letters.is_some() || scale.is_none() {
            self.scale_asked.set(letters);
        }
    }

    /// Answers which item a row is; none takes the answer back.
    pub fn answer(self, place: (usize, usize), answer: Option<AnswerTarget>) {
        self.options.update(|options| {
            match answer {
                Some(answer) => options.answers.insert(place, answer),
                None => options.answers.remove(&place),
            };
        });
        self.look();
    }

    /// Answers all rows that wait for an answer alike.
    pub fn answer_all(self, answer: AnswerTarget) {
        let asked = self.asked.get_untracked();
        self.options.update(|options| {
            for place in asked.keys() {
                options.answers.entry(*place).or_insert(answer);
            }
        });
        self.look();
    }

    /// Changes how the tables are read.
    pub fn choose(self, change: impl FnOnce(&mut ApplyOptions)) {
        self.options.update(change);
        self.look();
    }

    /// Corrects a cell of a row that waits in the tray. Takes effect with the
    /// next look.
    pub fn correct(self, sheet: usize, row: usize, column: usize, text: String) {
        let table = self.tables.with_untracked(|tables| tables.get(sheet).copied());
        let Some(table) = table else { return };
        table.sheet.update(|sheet| {
            let Some(row) = sheet.rows.get_mut(row) else { return };
            if row.cells.len() <= column {
                row.cells.resize(column + 1, String::new());
            }
            if let Some(cell) = row.cells.get_mut(column) {
                *cell = text;
            }
        });
    }

    // ---- into the plan -----------------------------------------------------

    /// Brings everything in that is understood, as one act.
    pub fn bring_in(self) {
        if self.overtaken.get_untracked() {
            // What was shown no longer is what would happen: show it anew.
            self.look();
            return;
        }
        let Some(preview) = self.preview.get_untracked() else { return };
        let turn = self.begin(Work::Bringing);
        task::spawn(async move {
            timer::breathe().await;
            if !self.wanted(turn) {
                return;
            }
            let commands = preview.imported.commands.clone();
            let done = self.editor.try_act(Act::many(Verb::Import, Subject::Plan, commands));
            self.work.set(None);
            match done {
                Ok(()) => self.step.set(Step::Done),
                Err(error) => self.failed.set(Some(sentences::edit_error(&error))),
            }
        });
    }
}

/// Whether the bytes are JSON rather than a table: nothing else starts so.
fn is_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    first.is_some_and(|byte| matches!(byte, b'{' | b'['))
}

fn unreadable(name: String, error: ImportError, bytes: &[u8]) -> Refusal {
    // A zip archive, or the older compound file: what Excel saves by itself.
    let workbook = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0");
    Refusal::Unreadable {
        name,
        error,
        workbook,
        json: is_json(bytes),
    }
}

/// Spreads neighbouring numbers over all of the space (the finisher of
/// SplitMix64).
fn mixed(mut number: u64) -> u64 {
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
