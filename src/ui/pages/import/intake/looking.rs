//! What an import would do: worked out anew after each decision, and brought
//! in as one act.

use std::sync::Arc;

use leptos::prelude::*;
use weft_exchange::tables::{self, ApplyOptions, Matching, Sheet};
use weft_exchange::{AnswerTarget, Imported, Place, QuestionKind, weft_json};
use weft_model::{Act, ItemId, Subject, Uid, Verb};

use super::reading::unreadable;
use super::{Intake, Json, Preview, Refusal, Step, Table, Work};
use crate::browser::{task, timer};
use crate::ui::sentences;

impl Intake {
    fn uids(self) -> impl FnMut() -> Uid {
        let seed = self.seed.get_value();
        let mut count = 0_u64;
        move || {
            count += 1;
            Uid(mixed(
                seed.wrapping_add(count.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
            ))
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
                    self.refusals.update(|all| all.push(refusal));
                    self.step.set(Step::Source);
                }
            }
        });
    }

    fn look_at_json(self, json: Json) -> Result<Preview, Refusal> {
        let read = self
            .editor
            .plan(|plan| weft_json::import(&json.bytes, plan, &mut self.uids()));
        let imported = read.map_err(|error| unreadable(json.name.clone(), error, &json.bytes))?;
        Ok(self.preview_of(Vec::new(), Some(json.name), imported))
    }

    fn look_at_tables(self) -> Preview {
        let sheets: Vec<(Sheet, Matching)> = self.tables.with_untracked(|tables| {
            let parts =
                |table: &Table| (table.sheet.get_untracked(), table.matching.get_untracked());
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
            json,
            imported,
            titles,
        }
    }

    /// Keeps what was asked: an answered question is no longer asked, but the
    /// answer must stay changeable.
    fn note_questions(self, preview: &Preview) {
        let answers = self
            .options
            .with_untracked(|options| options.answers.clone());
        let scale = self.options.with_untracked(|options| options.scale);
        let mut asked = self.asked.get_untracked();
        asked.retain(|place, _| answers.contains_key(place));
        let mut letters = None;
        for question in &preview.imported.questions {
            match (&question.kind, &question.place) {
                (QuestionKind::WhichItem { candidates }, Place::Row { sheet, row, .. }) => {
                    asked.insert((*sheet, *row), candidates.clone());
                }
                (
                    QuestionKind::WhichScale {
                        letters: found,
                        scales,
                    },
                    _,
                ) => {
                    letters = Some((found.clone(), scales.clone()));
                }
                (QuestionKind::WhichItem { .. } | QuestionKind::WhichOf { .. }, _) => {}
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
            let commands = preview.imported.commands.clone();
            let done = self
                .editor
                .try_act(Act::many(Verb::Import, Subject::Plan, commands));
            self.work.set(None);
            match done {
                Ok(()) => self.step.set(Step::Done),
                Err(error) => self.failed.set(Some(sentences::edit_error(&error))),
            }
        });
    }
}

/// Spreads neighbouring numbers over all of the space (the finisher of
/// SplitMix64).
fn mixed(mut number: u64) -> u64 {
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
