//! An import on its way: what was chosen, how it is read, and what it would do
//! to the plan. Nothing here draws. Scope of what is kept: the page; only
//! `bring_in` touches the plan, with one act.

mod looking;
mod reading;

pub use reading::several;

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use weft_exchange::foreign;
use weft_exchange::release::{Choices, Comparison};
use weft_exchange::tables::{self, ApplyOptions, Matching, OldLetters, Sheet};
use weft_exchange::{AnswerTarget, Imported, Offer, Place};
use weft_model::{ItemId, Text};
use weft_sandbox::{Failed, ReadTable, What};

use super::forms::Waiting;
use crate::browser::device;
use crate::browser::files::{Chosen, FileError};
use crate::browser::sandbox::{Failure, Stop};
use crate::ui::pages::home::shelf::{Shelf, use_shelf};
use crate::ui::state::Editor;

/// The largest file that is read, in bytes. Formats have bounds of their own.
pub const FILE_LIMIT: u64 = foreign::LARGEST as u64;
/// The most rows of all tables together.
pub const ROWS_LIMIT: usize = tables::ROWS_LIMIT;

/// A table that waits to come in.
#[derive(Clone, Copy)]
pub struct Table {
    /// Tells tables apart, in the order in which they came.
    pub id: u32,
    /// Its cells, as the file has them and the person has corrected them.
    pub sheet: RwSignal<Sheet>,
    /// What it is and what its columns are for.
    pub matching: RwSignal<Matching>,
    /// The letters that it was read as, where they are no Unicode.
    pub letters: RwSignal<Option<OldLetters>>,
    /// The same table read as other letters.
    pub otherwise: StoredValue<Option<ReadTable>>,
    /// The column of a relevance that the person took for a level: so that the
    /// choice can be taken back.
    pub relevance: RwSignal<Option<usize>>,
}

/// Files that come in as they are, without columns to match: one Weft JSON file,
/// or all files of one framework.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole {
    /// What they are.
    pub what: What,
    /// The files, some of them archives.
    pub files: Vec<Chosen>,
    /// The names of those that mean something, as the person knows them.
    pub names: Vec<String>,
}

impl Whole {
    /// Its name for the screen: that of the first file.
    pub fn name(&self) -> String {
        self.names.first().cloned().unwrap_or_default()
    }
}

/// Where the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Step {
    /// Choosing files.
    #[default]
    Source,
    /// Looking at what experts wrote into review forms.
    Forms,
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
    Unread(Failed),
    /// Reading it ended early.
    Sandbox {
        /// The file, or the first of them.
        name: String,
        /// Why.
        failure: Failure,
    },
    /// A Weft JSON file comes in by itself.
    Alone {
        /// The file.
        name: String,
    },
    /// It is of another kind than those before it.
    Apart {
        /// The file.
        name: String,
    },
    /// They came with the lists of a framework and are none of it.
    Beside {
        /// The files.
        names: Vec<String>,
    },
    /// Archives and office files within an archive.
    Packed {
        /// The archive.
        name: String,
        /// What lies in it.
        names: Vec<String>,
    },
    /// Sheets of a workbook from which nothing is taken.
    Sheets {
        /// The workbook.
        name: String,
        /// The sheets.
        sheets: Vec<String>,
    },
    /// Keys of a JSON file that are not read.
    Keys {
        /// The file.
        name: String,
        /// The keys.
        keys: Vec<String>,
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
        /// How much of all is done, from 0 to 1.
        share: f64,
    },
    /// Working out what would change.
    Looking {
        /// How much is done, from 0 to 1.
        share: f64,
    },
    /// Bringing it in.
    Bringing,
}

/// A row that fits several items of the plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Those.
    pub candidates: Vec<ItemId>,
    /// What the row says, as a reminder.
    pub cells: Vec<String>,
}

/// What would come in.
pub struct Preview {
    /// The tables as they were read; empty for files that come as they are.
    pub sheets: Vec<(Sheet, Matching)>,
    /// The name of the file that comes as it is.
    pub whole: Option<String>,
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
    /// Files that come as they are; never together with tables.
    pub whole: RwSignal<Option<Whole>, LocalStorage>,
    /// Review forms: they come in remark by remark, apart from the tables.
    pub forms: RwSignal<Vec<Waiting>>,
    /// What was not taken, until the next choice.
    pub refusals: RwSignal<Vec<Refusal>>,
    /// Where the person is.
    pub step: RwSignal<Step>,
    /// What the person decided.
    pub options: RwSignal<ApplyOptions>,
    /// Rows that were asked about, with those that fit; answered ones stay.
    pub asked: RwSignal<BTreeMap<Place, Asked>>,
    /// The letters that fit several scales, with those scales.
    pub scale_asked: RwSignal<Option<(Vec<String>, Vec<usize>)>>,
    /// What there is to choose from in the files of a framework.
    pub offers: RwSignal<Arc<Vec<Offer>>>,
    /// What the person decided about these files.
    pub foreign: RwSignal<foreign::Options>,
    /// What would come in, as far as it is worked out.
    pub preview: RwSignal<Option<Arc<Preview>>>,
    /// Of a newer release of a framework: which changes are taken over.
    pub choices: RwSignal<Choices>,
    /// Long work on its way.
    pub work: RwSignal<Option<Work>>,
    /// The plan has changed since the preview was worked out.
    pub overtaken: RwSignal<bool>,
    /// Why bringing it in failed.
    pub failed: RwSignal<Option<String>>,
    /// What the choices were made about.
    compared: StoredValue<Vec<Comparison>>,
    /// Grows with each work that is begun or given up: older work then ends.
    turn: StoredValue<u64>,
    /// Fresh uids come from here, the same ones each time, so that an answer
    /// that names an item still fits when the tables are read anew.
    seed: StoredValue<u64>,
    next_table: StoredValue<u32>,
    stop: StoredValue<Stop, LocalStorage>,
    owner: StoredValue<Owner>,
    /// Whole plans that come as files are met there.
    shelf: Shelf,
}

impl Intake {
    /// Nothing chosen yet. Belongs to the page that makes it.
    pub fn new(editor: Editor) -> Self {
        let intake = Self {
            editor,
            tables: RwSignal::new(Vec::new()),
            whole: RwSignal::new_local(None),
            forms: RwSignal::new(Vec::new()),
            refusals: RwSignal::new(Vec::new()),
            step: RwSignal::new(Step::Source),
            options: RwSignal::new(ApplyOptions::default()),
            asked: RwSignal::new(BTreeMap::new()),
            scale_asked: RwSignal::new(None),
            offers: RwSignal::default(),
            foreign: RwSignal::default(),
            preview: RwSignal::new(None),
            choices: RwSignal::default(),
            work: RwSignal::new(None),
            overtaken: RwSignal::new(false),
            failed: RwSignal::new(None),
            compared: StoredValue::default(),
            turn: StoredValue::new(0),
            seed: StoredValue::new(device::chance()),
            next_table: StoredValue::new(0),
            stop: StoredValue::new_local(Stop::default()),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            shelf: use_shelf(),
        };
        on_cleanup(move || intake.end_job());
        editor.on_change(move |_| {
            if !intake.overtaken.get_untracked() {
                intake.overtaken.set(true);
            }
        });
        intake
    }

    /// Begins long work; older work ends at its next breath, in the Worker at
    /// once.
    fn begin(self, work: Work) -> u64 {
        self.end_job();
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        self.work.set(Some(work));
        turn
    }

    /// Whether this work is still wanted. False also when the page is gone.
    fn wanted(self, turn: u64) -> bool {
        self.turn.try_get_value() == Some(turn)
    }

    /// Ends what the Worker is doing for this page.
    fn end_job(self) {
        if let Some(stop) = self.stop.try_get_value() {
            stop.pull();
        }
    }

    /// Gives up what is on its way; what was read so far stays.
    pub fn cancel(self) {
        self.end_job();
        self.turn.update_value(|turn| *turn += 1);
        self.work.set(None);
        if self.step.get_untracked() == Step::Preview
            && self.preview.with_untracked(Option::is_none)
        {
            // Without tables there is nothing but the preview: choose anew.
            self.whole.set(None);
            self.go(self.first_step());
        }
    }

    /// Forgets everything that was chosen.
    pub fn start_over(self) {
        self.end_job();
        self.turn.update_value(|turn| *turn += 1);
        self.seed.set_value(device::chance());
        self.work.set(None);
        self.step.set(Step::Source);
        self.preview.set(None);
        self.tables.set(Vec::new());
        self.whole.set(None);
        self.forms.set(Vec::new());
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
            options.below = None;
        });
        self.offers.set(Arc::default());
        self.foreign.set(foreign::Options::default());
        self.choices.set(Choices::default());
        self.compared.set_value(Vec::new());
    }

    /// Something about the tables has changed: what was worked out and asked
    /// no longer fits.
    pub fn changed(self) {
        self.preview.set(None);
        self.forget_answers();
    }

    /// What the person said about a row. Reactive.
    pub fn answer_to(self, place: &Place) -> Option<AnswerTarget> {
        match place {
            Place::Row { sheet, row, .. } => {
                let at = (*sheet, *row);
                self.options
                    .with(|options| options.answers.get(&at).copied())
            }
            place => self
                .foreign
                .with(|options| options.answers.get(place).copied()),
        }
    }

    fn first_step(self) -> Step {
        if self.whole.with_untracked(Option::is_some) {
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
}
