//! Several cells of `item_table` at once: selected by Shift and by dragging,
//! copied, pasted into, emptied. Which cells those are is `grid::selection`'s,
//! how they travel `grid::clipboard`'s; here they are items and fields.

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use weft_model::{Command, Field, ItemId, Subject, Uid, Verb};

use super::item_table::Grid;
use super::notice::Toasts;
use crate::browser::clipboard::{self as device, Event};
use crate::browser::pointer::{self, Following, Motion};
use crate::browser::{caret, dom};
use crate::ui::cell_read::{emptying, reading};
use crate::ui::cell_text::field_text;
use crate::ui::grid::clipboard::{self, Rows, to_html, to_tsv};
use crate::ui::grid::selection::{Block, Cell, Selection, Step};
use crate::ui::state::Editor;
use crate::ui::text::{say, say_count, say_with};
use crate::ui::writing::writing_lang_now;

/// The most cells that one gesture writes: more is a slip of the hand.
const MOST_AT_ONCE: usize = 5_000;

impl Grid {
    /// What is selected, by places. Nothing before any cell was gone to.
    /// Reactive.
    pub(super) fn selection(self) -> Option<Selection> {
        self.rows.with(|rows| {
            self.columns.with(|columns| {
                let place = |(row, column): (Uid, Field)| {
                    Some(Cell::new(
                        rows.iter().position(|known| *known == row)?,
                        columns.iter().position(|known| *known == column)?,
                    ))
                };
                let mut selection = Selection::new(rows.len(), columns.len());
                selection.select(place(self.at.get()?)?);
                if let Some(far) = self.far.get().and_then(place) {
                    selection.stretch(far);
                }
                Some(selection)
            })
        })
    }

    fn selected(self) -> Option<Selection> {
        untrack(|| self.selection())
    }

    fn cell(self, cell: Cell) -> Option<(Uid, Field)> {
        let row = self.rows.with_untracked(|rows| rows.get(cell.row).copied());
        let column = |all: &Vec<Field>| all.get(cell.col).copied();
        Some((row?, self.columns.with_untracked(column)?))
    }

    /// Changes the selection; the cell that has the focus keeps it.
    pub(super) fn reach(self, change: impl FnOnce(&mut Selection)) {
        let Some(mut selection) = self.selected() else {
            return;
        };
        let active = selection.active;
        change(&mut selection);
        if selection.active != active
            && let Some((row, column)) = self.cell(selection.active)
        {
            self.go(row, column);
        }
        self.far.set(self.cell(selection.far));
        self.reveal(selection.far.row);
    }

    /// Follows a key that stretches.
    pub(super) fn stretch(self, step: Step) {
        self.reach(|selection| selection.go(step, true, |_| false));
    }

    /// A press on a cell: goes there, or with Shift stretches to it, and follows
    /// the drag that may come of it.
    pub(super) fn pressed(self, event: &PointerEvent, mine: (Uid, Field)) {
        if event.pointer_type() == "touch" || !pointer::is_plain(event) {
            return;
        }
        // The browser would select text, and move the focus on Shift.
        event.prevent_default();
        if event.shift_key() && self.at.get_untracked().is_some() {
            self.editing.set(false);
            self.far.set(Some(mine));
        } else {
            self.editing.set(false);
            self.far.set(None);
            self.at.set(Some(mine));
            if let Some(cell) = dom::by_id(&self.id(mine.0, mine.1)) {
                caret::focus_in_place(&cell);
            }
        }
        let following = StoredValue::new_local(None::<Following>);
        let stop = move || {
            if let Some(following) = following.try_update_value(Option::take).flatten() {
                following.stop();
            }
        };
        let act = move |motion: Motion| match motion {
            Motion::Moved(x, y) if !self.at.is_disposed() => {
                if self.far.get_untracked().is_some() {
                    pointer::scroll_at_edge(x, y);
                }
                let under = pointer::marked_under(x, y, "data-cell");
                if let Some(to) = under.and_then(|(name, _)| self.named(&name))
                    && (self.far.get_untracked().is_some() || to != mine)
                {
                    self.far.set(Some(to));
                }
            }
            _ => stop(),
        };
        following.set_value(Some(pointer::follow(event.pointer_id(), act)));
    }

    /// The cell of an element.
    fn named(self, name: &str) -> Option<(Uid, Field)> {
        let (row, column) = name.split_once(' ')?;
        let (row, column): (Uid, usize) = (row.parse().ok()?, column.parse().ok()?);
        let field = |all: &Vec<Field>| all.iter().find(|field| field.index() == column).copied();
        Some((row, self.columns.with_untracked(field)?))
    }

    // ---- what is done to all of them ---------------------------------------

    fn items(self, block: Block) -> Vec<(Cell, ItemId, Field)> {
        let of = |cell: Cell| {
            let (uid, field) = self.cell(cell)?;
            let item = ItemId {
                kind: self.kind,
                uid,
            };
            Some((cell, item, field))
        };
        block.cells().filter_map(of).collect()
    }

    /// Puts the selected cells on the clipboard.
    pub(super) fn copy(self, editor: Editor, event: &Event) {
        let Some(selection) = self.selected().filter(|_| !self.editing.get_untracked()) else {
            return;
        };
        let block = selection.block();
        if block.len() > clipboard::MOST_CELLS {
            return;
        }
        let lang = untrack(|| editor.lang());
        let mut rows: Rows = vec![vec![String::new(); block.width()]; block.height()];
        editor.plan(|plan| {
            for (cell, item, field) in self.items(block) {
                rows[cell.row - block.top][cell.col - block.left] =
                    untrack(|| field_text(plan, &lang, item, field));
            }
        });
        device::answer_copy(event, &to_tsv(&rows), &to_html(&rows));
    }

    /// Empties the selected cells.
    pub(super) fn empty(self, editor: Editor, toasts: Toasts) {
        let Some(block) = self.selected().map(|selection| selection.block()) else {
            return;
        };
        if refuses(toasts, block.len()) {
            return;
        }
        let lang = writing_lang_now(&editor);
        let cells = self.items(block);
        let commands = editor.plan(|plan| {
            let all = cells.iter();
            all.flat_map(|(_, item, field)| emptying(plan, &lang, *item, *field))
                .collect::<Vec<Command>>()
        });
        if !commands.is_empty() {
            editor.act(Verb::Edit, subject(&cells), commands);
        }
    }

    /// Puts pasted cells down from the first selected one on, as one act. What
    /// is no value of its field is left out, and said.
    pub(super) fn paste(self, editor: Editor, toasts: Toasts, event: &Event) {
        let Some(selection) = self.selected().filter(|_| !self.editing.get_untracked()) else {
            return;
        };
        event.prevent_default();
        if untrack(|| editor.read_only()) {
            return;
        }
        let pasted = device::pasted(event);
        let Ok(rows) = clipboard::read(&pasted.text, &pasted.html) else {
            toasts.say(say("table.told.large"));
            return;
        };
        let block = selection.block();
        let (height, width) = clipboard::spread(&rows, block.height(), block.width());
        if refuses(toasts, height * width) {
            return;
        }
        let target = Block::sized(Cell::new(block.top, block.left), height, width);
        let wide = rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
        let lang = writing_lang_now(&editor);
        let cells = self.items(target);
        let beyond = height * width - cells.len();
        let (mut commands, mut set, mut unknown) = (Vec::new(), 0, 0);
        editor.plan(|plan| {
            for (cell, item, field) in &cells {
                let row = &rows[(cell.row - target.top) % rows.len()];
                // A row that is shorter than the others says nothing about the
                // cells that it lacks.
                let Some(words) = row.get((cell.col - target.left) % wide) else {
                    continue;
                };
                let read = untrack(|| {
                    let shown = field_text(plan, &editor.lang(), *item, *field);
                    if shown == words.trim() {
                        return Some(Vec::new());
                    }
                    reading(plan, &lang, *item, *field, words)
                });
                match read {
                    Some(mine) => {
                        set += usize::from(!mine.is_empty());
                        commands.extend(mine);
                    }
                    None => unknown += 1,
                }
            }
        });
        let done = commands.is_empty() || editor.act(Verb::Paste, subject(&cells), commands);
        if !done {
            return;
        }
        let mut parts = vec![say_count("table.told.set", count(set), &[])];
        if unknown > 0 {
            parts.push(say_count("table.told.unknown", count(unknown), &[]));
        }
        if beyond > 0 {
            parts.push(say_count("table.told.beyond", count(beyond), &[]));
        }
        let text = parts.join(" ");
        if set > 0 {
            toasts.say_with(text, say("act.undo"), move || editor.undo());
        } else {
            toasts.say(text);
        }
        self.reach(|selection| {
            selection.select(Cell::new(target.top, target.left));
            selection.stretch(Cell::new(target.bottom, target.right));
        });
    }
}

/// What an act on cells is about: their row, or else the plan.
fn subject(cells: &[(Cell, ItemId, Field)]) -> Subject {
    match cells {
        [(_, first, _), ..] if cells.iter().all(|(_, item, _)| item == first) => (*first).into(),
        _ => Subject::Plan,
    }
}

fn refuses(toasts: Toasts, cells: usize) -> bool {
    let large = cells > MOST_AT_ONCE;
    if large {
        let values = [("n", cells.to_string()), ("most", MOST_AT_ONCE.to_string())];
        toasts.say(say_with("weave.told.too_many", &values));
    }
    large
}

#[expect(clippy::cast_precision_loss, reason = "far fewer cells than 2^52")]
fn count(number: usize) -> f64 {
    number as f64
}
