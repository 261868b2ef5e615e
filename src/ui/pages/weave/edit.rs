//! Editing cells: every gesture becomes one act, so that one undo takes it
//! back. What it takes to set a cell with several links is the model's rule
//! (`Plan::set_cell`); here is which cells, and what the person is told.

use std::collections::BTreeSet;

use leptos::prelude::*;
use weft_model::{Choice, Command, Rank, Subject, Value, Verb, field};

use super::loom::Loom;
use super::sheet::{Warp, rank_support};
use crate::browser::clipboard::Pasted;
use crate::ui::grid::clipboard::{self, Rows, Said};
use crate::ui::grid::selection::{Block, Cell};
use crate::ui::text::{number, say, say_count, say_with};

/// The most cells that one gesture sets: more is a slip of the hand.
const MOST_AT_ONCE: usize = 5_000;

/// What a cell is to read: nothing, or taught with or without a level.
pub(super) type Wanted = Option<Option<Rank>>;

/// What a gesture came down to.
#[derive(Default)]
struct Sum {
    commands: Vec<Command>,
    set: usize,
    cleared: usize,
    removed: usize,
    units_changed: usize,
}

impl Loom {
    /// Makes every selected cell read so.
    pub fn set_block(&self, wanted: Wanted) {
        let block = self.selection().block();
        if wanted.is_none() {
            self.clear(block);
            return;
        }
        if block.len() > MOST_AT_ONCE {
            self.refuse_size(block.len());
            return;
        }
        let cells: Vec<(Cell, Wanted)> = block.cells().map(|cell| (cell, wanted)).collect();
        if let Some(sum) = self.write(Verb::Weave, &cells)
            && sum.units_changed > 0
        {
            self.tell_with_undo(say_count("weave.told.units", count(sum.units_changed), &[]));
        }
    }

    /// Empties every selected cell.
    pub fn clear_block(&self) {
        self.clear(self.selection().block());
    }

    fn clear(&self, block: Block) {
        let sheet = self.sheet();
        let filled = self
            .editor
            .plan_and_board(|plan, board| sheet.filled(plan, board, block));
        let cells: Vec<(Cell, Wanted)> = filled.iter().map(|(cell, _)| (*cell, None)).collect();
        if let Some(sum) = self.write(Verb::Unweave, &cells)
            && sum.removed > 1
        {
            self.tell_with_undo(say_count(
                "weave.told.cleared",
                count(sum.removed),
                &[("cells", number(count(sum.cleared)))],
            ));
        }
    }

    /// Takes the selected cells to the next level of the active one: from
    /// nothing up the scale and back to nothing. A cell of several links goes
    /// back to the lowest level instead, because nothing would remove them.
    pub fn step_block(&self) {
        let sheet = self.sheet();
        let mark = self
            .mark(self.selection().active)
            .filter(|mark| mark.links > 0);
        let first = sheet.levels.first().map(|level| level.rank);
        let wanted = match mark {
            None => Some(first),
            Some(mark) => {
                let higher = sheet.levels.iter().map(|level| level.rank);
                let next = higher.into_iter().find(|rank| Some(*rank) > mark.rank);
                match next {
                    Some(next) => Some(Some(next)),
                    None if mark.links > 1 => Some(first),
                    None => None,
                }
            }
        };
        self.set_block(wanted);
    }

    /// Sets one cell, from the panel or the list.
    pub fn set_one(&self, cell: Cell, wanted: Wanted) {
        let verb = if wanted.is_some() {
            Verb::Weave
        } else {
            Verb::Unweave
        };
        if let Some(sum) = self.write(verb, &[(cell, wanted)]) {
            if sum.units_changed > 0 {
                self.tell_with_undo(say_count("weave.told.units", count(sum.units_changed), &[]));
            } else if sum.removed > 1 {
                self.tell_with_undo(say_count(
                    "weave.told.cleared",
                    count(sum.removed),
                    &[("cells", number(1.0))],
                ));
            }
        }
    }

    /// Copies the first row of the selection down, or its first column to the
    /// right. A selection of one row takes from the row above it, of one column
    /// from the column before.
    pub fn fill(&self, down: bool) {
        let block = self.selection().block();
        let single = if down {
            block.height() == 1
        } else {
            block.width() == 1
        };
        let source = |cell: Cell| -> Option<Cell> {
            let (start, at) = if down {
                (block.top, cell.row)
            } else {
                (block.left, cell.col)
            };
            let from = if single { start.checked_sub(1)? } else { start };
            (from != at).then_some(if down {
                Cell { row: from, ..cell }
            } else {
                Cell { col: from, ..cell }
            })
        };
        if block.len() > MOST_AT_ONCE {
            self.refuse_size(block.len());
            return;
        }
        let cells: Vec<(Cell, Wanted)> = block
            .cells()
            .filter_map(|cell| {
                let mark = self.mark(source(cell)?).filter(|mark| mark.links > 0);
                Some((cell, mark.map(|mark| mark.rank)))
            })
            .collect();
        if let Some(sum) = self.write(Verb::Fill, &cells)
            && (sum.removed > 0 || sum.units_changed > 0)
        {
            self.tell_sum(&sum, Vec::new());
        }
    }

    /// The selected cells as letters; nothing where there are too many.
    pub fn copied(&self) -> Option<Rows> {
        let block = self.selection().block();
        if self.selection().is_empty() {
            return None;
        }
        if block.len() > clipboard::MOST_CELLS {
            self.refuse_size(block.len());
            return None;
        }
        let sheet = self.sheet();
        let mut rows: Rows = vec![vec![String::new(); block.width()]; block.height()];
        let filled = self
            .editor
            .plan_and_board(|plan, board| sheet.filled(plan, board, block));
        for (cell, mark) in filled {
            rows[cell.row - block.top][cell.col - block.left] = sheet.letter(mark.rank);
        }
        self.told
            .set(say_count("weave.told.copied", count(block.len()), &[]));
        Some(rows)
    }

    /// Puts pasted cells down from the first selected cell on. What lies beyond
    /// the edge and what is no level is left out, and said.
    pub fn paste(&self, pasted: &Pasted) {
        let selection = self.selection();
        let Ok(rows) = clipboard::read(&pasted.text, &pasted.html) else {
            self.toasts.say(say("weave.told.paste_large"));
            return;
        };
        if selection.is_empty() {
            return;
        }
        let block = selection.block();
        let (height, width) = clipboard::spread(&rows, block.height(), block.width());
        if height * width > MOST_AT_ONCE * 4 {
            self.refuse_size(height * width);
            return;
        }
        let letters = self.sheet().letters();
        let (mut cells, mut beyond, mut unknown) = (Vec::new(), 0, Vec::new());
        for row in 0..height {
            let source = &rows[row % rows.len()];
            let wide = rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
            for col in 0..width {
                // A row that is shorter than the others says nothing about the
                // cells that it lacks.
                let Some(text) = source.get(col % wide) else {
                    continue;
                };
                let cell = Cell::new(block.top + row, block.left + col);
                if cell.row >= selection.rows || cell.col >= selection.cols {
                    beyond += usize::from(!text.trim().is_empty());
                    continue;
                }
                match clipboard::said(text, &letters) {
                    Said::Nothing => cells.push((cell, None)),
                    Said::Level(rank) => cells.push((cell, Some(Some(rank)))),
                    Said::Yes => cells.push((cell, Some(None))),
                    Said::Unknown => unknown.push(text.trim().to_owned()),
                }
            }
        }
        let sum = self.write(Verb::Paste, &cells).unwrap_or_default();
        let mut notes = Vec::new();
        if beyond > 0 {
            notes.push(say_count("weave.told.beyond", count(beyond), &[]));
        }
        if !unknown.is_empty() {
            let some: BTreeSet<String> = unknown
                .iter()
                .map(|text| text.chars().take(20).collect())
                .collect();
            let some: Vec<String> = some
                .into_iter()
                .take(5)
                .map(|text| format!("“{text}”"))
                .collect();
            notes.push(say_count(
                "weave.told.unknown",
                count(unknown.len()),
                &[("letters", some.join(" "))],
            ));
        }
        self.tell_sum(&sum, notes);
        self.select(|selection| {
            let from = Cell::new(block.top, block.left);
            selection.select(from);
            selection.stretch(Cell::new(from.row + height - 1, from.col + width - 1));
        });
    }

    /// Does the act; nothing where nothing changes or it is impossible.
    fn write(&self, verb: Verb, cells: &[(Cell, Wanted)]) -> Option<Sum> {
        let sheet = self.sheet();
        let mut sum = Sum::default();
        self.editor.plan(|plan| {
            for (cell, wanted) in cells {
                if let Some((module, competency)) = sheet.ends_of(*cell) {
                    let edit = match wanted {
                        Some(level) => plan.set_cell(module, competency, *level),
                        None => plan.clear_cell(module, competency),
                    };
                    sum.set += usize::from(wanted.is_some() && !edit.commands.is_empty());
                    sum.cleared += usize::from(edit.removed > 0);
                    sum.removed += edit.removed;
                    sum.units_changed += edit.units_changed;
                    sum.commands.extend(edit.commands);
                } else if let Some((item, module)) = sheet.support_of(*cell) {
                    let now = plan
                        .specification
                        .get(item)
                        .and_then(|item| item.supported_by.get(&module))
                        .map(|support| support.0);
                    let then = wanted.map(rank_support);
                    if now != then {
                        sum.set += usize::from(then.is_some());
                        sum.cleared += usize::from(then.is_none());
                        sum.removed += usize::from(then.is_none());
                        sum.commands.push(Command::Set {
                            item: item.into(),
                            key: field::specification_item::supported_by.member(module),
                            value: then.map(|support| Value::str(support.id())),
                        });
                    }
                }
            }
        });
        if sum.commands.is_empty() {
            return None;
        }
        let verb = match (sheet.warp, verb) {
            (Warp::Specification, Verb::Weave | Verb::Unweave) => Verb::Edit,
            (_, verb) => verb,
        };
        let commands = std::mem::take(&mut sum.commands);
        self.editor
            .act(verb, self.subject(cells), commands)
            .then_some(sum)
    }

    /// What an act is about: the cell, the row that all cells share, the plan.
    fn subject(&self, cells: &[(Cell, Wanted)]) -> Subject {
        let sheet = self.sheet();
        let Some((first, _)) = cells.first() else {
            return Subject::Plan;
        };
        let one_row = cells.iter().all(|(cell, _)| cell.row == first.row);
        if let Some((module, competency)) = sheet.ends_of(*first) {
            if cells.len() == 1 {
                return weft_model::LinkKey::of(module, competency).into();
            }
            if one_row {
                return Subject::Item(module.into());
            }
        } else if let Some((item, _)) = sheet.support_of(*first)
            && one_row
        {
            return Subject::Item(item.into());
        }
        Subject::Plan
    }

    // ---- telling -----------------------------------------------------------

    fn tell_sum(&self, sum: &Sum, notes: Vec<String>) {
        let mut parts = Vec::new();
        if sum.set > 0 {
            parts.push(say_count("weave.told.set", count(sum.set), &[]));
        }
        if sum.removed > 0 {
            parts.push(say_count(
                "weave.told.cleared",
                count(sum.removed),
                &[("cells", number(count(sum.cleared)))],
            ));
        }
        if sum.units_changed > 0 {
            parts.push(say_count("weave.told.units", count(sum.units_changed), &[]));
        }
        let changed = !parts.is_empty();
        parts.extend(notes);
        if parts.is_empty() {
            parts.push(say("weave.told.same"));
        }
        let text = parts.join(" ");
        if changed {
            self.tell_with_undo(text);
        } else {
            self.toasts.say(text);
        }
    }

    fn tell_with_undo(&self, text: String) {
        let editor = self.editor;
        self.toasts
            .say_with(text, say("act.undo"), move || editor.undo());
    }

    fn refuse_size(&self, cells: usize) {
        self.toasts.say(say_with(
            "weave.told.too_many",
            &[
                ("n", number(count(cells))),
                ("most", number(count(MOST_AT_ONCE))),
            ],
        ));
    }

    /// Says that a typed letter is none of the scale's.
    pub fn refuse_letter(&self, letter: &str) {
        let sheet = self.sheet();
        let known: Vec<String> = sheet
            .levels
            .iter()
            .map(|level| level.letter.clone())
            .collect();
        let key = if known.is_empty() {
            "weave.told.no_scale"
        } else {
            "weave.told.no_letter"
        };
        self.toasts.say(say_with(
            key,
            &[("letter", letter.to_owned()), ("known", known.join(" · "))],
        ));
    }
}

/// A count as the sentences take it.
pub(super) fn count(number: usize) -> f64 {
    number as f64
}
