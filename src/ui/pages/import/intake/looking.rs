//! What an import would do: worked out anew after each decision, and brought
//! in as one act.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use weft_exchange::release::{self, Choices};
use weft_exchange::tables::{self, ApplyOptions, Matching, Sheet};
use weft_exchange::{AnswerTarget, Imported, Place, QuestionKind, templates};
use weft_model::{Act, Command, ItemId, Plan, Subject, Uid, Verb};
use weft_sandbox::{Answer, Job, fresh};

use super::{Asked, Intake, Preview, Refusal, Step, Table, Whole, Work};
use crate::browser::sandbox::{self, Failure};
use crate::browser::{task, timer};
use crate::ui::sentences;

impl Intake {
    fn uids(self) -> impl FnMut() -> Uid {
        fresh(self.seed.get_value())
    }

    /// Works out what would come in.
    pub fn look(self) {
        let turn = self.begin(Work::Looking { share: 0.0 });
        self.failed.set(None);
        task::spawn(async move {
            timer::breathe().await;
            if !self.wanted(turn) {
                return;
            }
            let looked = match self.whole.get_untracked() {
                Some(whole) => self.look_at_whole(whole, turn).await,
                None => self.look_at_tables(turn).await,
            };
            if !self.wanted(turn) {
                return;
            }
            self.work.set(None);
            self.overtaken.set(false);
            match looked {
                Ok(preview) => {
                    self.note_questions(&preview);
                    self.settle_choices(&preview);
                    self.preview.set(Some(Arc::new(preview)));
                }
                Err(refusal) => {
                    self.whole.set(None);
                    self.refuse(refusal);
                    self.step.set(Step::Source);
                }
            }
        });
    }

    async fn look_at_whole(self, whole: Whole, turn: u64) -> Result<Preview, Refusal> {
        let job = Job::Import {
            what: whole.what,
            plan: self.editor.plan(weft_document::pack_plan),
            options: self.foreign.get_untracked(),
            seed: self.seed.get_value(),
        };
        let stop = self.stop.get_value();
        let name = whole.name();
        match sandbox::ask(&job, &whole.files, &stop, self.progress(turn)).await {
            Ok(Answer::Imported(Ok(imported))) => {
                Ok(self.preview_of(Vec::new(), Some(name), *imported))
            }
            Ok(Answer::Imported(Err(failed))) => Err(Refusal::Unread(failed)),
            Ok(_) => Err(Refusal::Sandbox {
                name,
                failure: Failure::Missing,
            }),
            Err(failure) => Err(Refusal::Sandbox { name, failure }),
        }
    }

    fn progress(self, turn: u64) -> impl Fn(f64) + 'static {
        move |share: f64| {
            if self.wanted(turn) {
                self.work.set(Some(Work::Looking { share }));
            }
        }
    }

    async fn look_at_tables(self, turn: u64) -> Result<Preview, Refusal> {
        let sheets: Vec<(Sheet, Matching)> = self.tables.with_untracked(|tables| {
            let parts =
                |table: &Table| (table.sheet.get_untracked(), table.matching.get_untracked());
            tables.iter().map(parts).collect()
        });
        let options = self.options.get_untracked();
        let job = Job::Apply {
            sheets: sheets.clone(),
            plan: self.editor.plan(weft_document::pack_plan),
            options: options.clone(),
            seed: self.seed.get_value(),
        };
        let stop = self.stop.get_value();
        let imported = match sandbox::ask(&job, &[], &stop, self.progress(turn)).await {
            Ok(Answer::Imported(Ok(imported))) => *imported,
            Ok(Answer::Imported(Err(failed))) => return Err(Refusal::Unread(failed)),
            // Pasted cells need no Worker: where none comes, they are gone through here.
            Ok(_) | Err(Failure::Unavailable | Failure::Missing) => {
                (self.editor).plan(|plan| tables::apply(plan, &sheets, &options, &mut self.uids()))
            }
            Err(failure) => {
                let name = sheets.first().map(|(sheet, _)| sheet.name.clone());
                let name = name.unwrap_or_default();
                return Err(Refusal::Sandbox { name, failure });
            }
        };
        Ok(self.preview_of(sheets, None, imported))
    }

    fn preview_of(
        self,
        sheets: Vec<(Sheet, Matching)>,
        whole: Option<String>,
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
            let after = named
                .iter()
                .any(|item| !plan.any(item.kind).has(item.uid))
                .then(|| {
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
            whole,
            imported,
            titles,
        }
    }

    /// What is decided about the changes of a release: what a person said stays,
    /// the rest is as suggested.
    fn settle_choices(self, preview: &Preview) {
        let new = &preview.imported.comparisons;
        let known = self.compared.get_value();
        let choices = if known.is_empty() {
            Choices::suggested(new)
        } else {
            let decided = self.choices.get_untracked();
            decided.carried(&known, new)
        };
        self.compared.set_value(new.clone());
        self.choices.set(choices);
    }

    /// Keeps what was asked: an answered question is no longer asked, but the
    /// answer must stay changeable.
    fn note_questions(self, preview: &Preview) {
        let scale = self.options.with_untracked(|options| options.scale);
        let mut asked = self.asked.get_untracked();
        asked.retain(|place, _| untrack(|| self.answer_to(place)).is_some());
        let mut letters = None;
        for question in &preview.imported.questions {
            match &question.kind {
                QuestionKind::WhichItem { candidates } => {
                    let mut waits = preview.imported.tray.iter();
                    let row = waits.find(|row| row.place == question.place);
                    let question_of = Asked {
                        candidates: candidates.clone(),
                        cells: row.map(|row| row.cells.clone()).unwrap_or_default(),
                    };
                    asked.insert(whole_row(&question.place), question_of);
                }
                QuestionKind::WhichScale {
                    letters: found,
                    scales,
                } => letters = Some((found.clone(), scales.clone())),
                QuestionKind::WhichOf { offers } => self.offers.set(Arc::new(offers.clone())),
            }
        }
        self.asked.set(asked);
        if letters.is_some() || scale.is_none() {
            self.scale_asked.set(letters);
        }
    }

    fn note_answer(self, place: Place, answer: Option<AnswerTarget>) {
        match place {
            Place::Row { sheet, row, .. } => self.options.update(|options| {
                put(&mut options.answers, (sheet, row), answer);
            }),
            place => self.foreign.update(|options| {
                put(&mut options.answers, place, answer);
            }),
        }
    }

    /// Answers which item a row is; none takes the answer back.
    pub fn answer(self, place: Place, answer: Option<AnswerTarget>) {
        self.note_answer(place, answer);
        self.look();
    }

    /// Answers all rows that wait for an answer alike.
    pub fn answer_all(self, answer: AnswerTarget) {
        for place in self.asked.get_untracked().into_keys() {
            if untrack(|| self.answer_to(&place)).is_none() {
                self.note_answer(place, Some(answer));
            }
        }
        self.look();
    }

    /// Changes how the tables are read.
    pub fn choose(self, change: impl FnOnce(&mut ApplyOptions)) {
        self.options.update(change);
        self.look();
    }

    /// Says which of the offers are meant.
    pub fn choose_offers(self, ids: std::collections::BTreeSet<String>) {
        self.foreign.update(|options| options.chosen = ids);
        self.look();
    }

    /// Says below which line of the job outline lines come in.
    pub fn put_below(self, line: Option<Uid>) {
        self.foreign.update(|options| options.below = line);
        self.options.update(|options| options.below = line);
        self.look();
    }

    /// Says what the release of a framework is called that does not name it.
    pub fn call_release(self, name: String) {
        self.foreign.update(|options| options.release = name);
        self.look();
    }

    /// Corrects a line of a framework's file. Takes effect with the next look.
    pub fn correct_line(self, place: Place, cells: Vec<String>) {
        self.foreign.update(|options| {
            options.corrected.insert(place, cells);
        });
    }

    /// Corrects a cell of a row that waits in the tray. Takes effect with the
    /// next look.
    pub fn correct(self, sheet: usize, row: usize, column: usize, text: String) {
        let table = self
            .tables
            .with_untracked(|tables| tables.get(sheet).copied());
        let Some(table) = table else { return };
        table.sheet.update(|sheet| {
            let Some(row) = sheet.rows.get_mut(row) else {
                return;
            };
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
        let Some(preview) = self.preview.get_untracked() else {
            return;
        };
        let turn = self.begin(Work::Bringing);
        task::spawn(async move {
            timer::breathe().await;
            if !self.wanted(turn) {
                return;
            }
            let imported = &preview.imported;
            let commands = if imported.comparisons.is_empty() {
                imported.commands.clone()
            } else {
                let choices = self.choices.get_untracked();
                self.editor
                    .plan(|plan| release::taking(plan, imported, &choices))
            };
            let act = self.editor.plan(|plan| whole_act(plan, commands));
            let done = self.editor.try_act(act);
            self.work.set(None);
            match done {
                Ok(()) => {
                    self.refusals.set(Vec::new());
                    self.step.set(Step::Done);
                }
                Err(error) => self.failed.set(Some(sentences::edit_error(&error))),
            }
        });
    }
}

/// The row that a place is in.
fn whole_row(place: &Place) -> Place {
    match place {
        Place::Row { sheet, row, .. } => Place::Row {
            sheet: *sheet,
            row: *row,
            column: None,
        },
        other => other.clone(),
    }
}

fn put<K: Ord>(answers: &mut BTreeMap<K, AnswerTarget>, at: K, answer: Option<AnswerTarget>) {
    match answer {
        Some(answer) => answers.insert(at, answer),
        None => answers.remove(&at),
    };
}

/// What comes in as one act, with what makes room for it: the nameless school and
/// enterprise of a new plan go when real ones come.
fn whole_act(plan: &Plan, commands: Vec<Command>) -> Act {
    let mut act = Act::many(Verb::Import, Subject::Plan, commands);
    if !templates::stand_ins(plan).is_empty() {
        let mut after = plan.clone();
        if after.apply(&act).is_ok() {
            act.commands.extend(templates::superseded(plan, &after));
        }
    }
    act
}
