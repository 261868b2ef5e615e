//! Editing cells: every gesture becomes one act, so that one undo takes it
//! back. What it takes to set a cell with several links is the model's rule
//! (`Plan::set_cell`); here is which cells, and what the person is told. Filling
//! and the clipboard have files of their own.

use weft_model::{Choice, Command, Rank, Subject, Value, Verb, field};

use super::loom::Loom;
use super::sheet::{Mark, Warp, rank_support};
use crate::ui::grid::selection::{Block, Cell};
use crate::ui::text::{number, say, say_count, say_with};

/// The most cells that one gesture sets: more is a slip of the hand.
pub(super) const MOST_AT_ONCE: usize = 5_000;

/// What a cell is to read: nothing, or taught with or without a level.
pub(super) type Wanted = Option<Option<Rank>>;

/// What a gesture came down to.
#[derive(Default)]
pub(super) struct Sum {
    commands: Vec<Command>,
    pub set: usize,
    pub cleared: usize,
    pub removed: usize,
    pub units_changed: usize,
}

impl Loom {
    /// Makes every selected cell read so.
    pub fn set_block(&self, wanted: Wanted) {
        let parts = self.selection().parts();
        if wanted.is_none() {
            self.clear(&parts);
            return;
        }
        let size = parts.iter().map(Block::len).sum();
        if size > MOST_AT_ONCE {
            self.refuse_size(size);
            return;
        }
        let cells: Vec<(Cell, Wanted)> = parts
            .into_iter()
            .flat_map(Block::cells)
            .map(|cell| (cell, wanted))
            .collect();
        if let Some(sum) = self.write(Verb::Weave, &cells)
            && sum.units_changed > 0
        {
            self.tell_with_undo(say_count("weave.told.units", count(sum.units_changed), &[]));
        }
    }

    /// Empties every selected cell.
    pub fn clear_block(&self) {
        self.clear(&self.selection().parts());
    }

    fn clear(&self, parts: &[Block]) {
        let filled = self.filled(parts);
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

    /// The cells of these blocks that have a link, and what stands in them.
    pub(super) fn filled(&self, parts: &[Block]) -> Vec<(Cell, Mark)> {
        let sheet = self.sheet();
        self.editor.plan_and_board(|plan, board| {
            let parts = parts.iter();
            parts
                .flat_map(|part| sheet.filled(plan, board, *part))
                .collect()
        })
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

    /// Does the act; nothing where nothing changes or it is impossible.
    pub(super) fn write(&self, verb: Verb, cells: &[(Cell, Wanted)]) -> Option<Sum> {
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

    pub(super) fn tell_sum(&self, sum: &Sum, notes: Vec<String>) {
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

    pub(super) fn refuse_size(&self, cells: usize) {
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
