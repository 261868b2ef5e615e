//! Filling: the values of the selected cells repeated in the cells beside them,
//! by key, by button, or by dragging the small square at the corner of the
//! selection. Each is one act. Which cells it takes is `grid::fill`'s; here is
//! what is written and what is seen of the drag.

use std::collections::BTreeMap;

use leptos::ev::PointerEvent;
use leptos::{html, prelude::*};
use weft_model::Verb;

use super::edit::{MOST_AT_ONCE, Wanted, count};
use super::frame::{Frame, px};
use super::loom::Loom;
use super::mouse::{How, choose, place};
use super::view::View;
use crate::browser::piece::Piece;
use crate::browser::pointer::{self, Following, Motion};
use crate::ui::grid::fill::{reach, repeated};
use crate::ui::grid::selection::{Block, Cell, Selection};
use crate::ui::text::say_count;

/// Within how many pixels a press of the handle is a click: it then selects the
/// cell below, as if there were no handle.
const STILL: f64 = 3.0;

/// A fill that is being dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Filling {
    /// What is repeated.
    from: Block,
    /// Where to; nothing while the drag is within what is repeated.
    goal: Option<Block>,
}

impl Loom {
    /// Copies the first row of each selected range down, or its first column to
    /// the right. A range of one row takes from the row above it, of one column
    /// from the column before.
    pub fn fill(&self, down: bool) {
        let selection = self.selection();
        if selection.is_empty() || self.refuses(selection.len()) {
            return;
        }
        let mut from: BTreeMap<Cell, Cell> = BTreeMap::new();
        for range in selection.ranges() {
            let single = if down {
                range.height() == 1
            } else {
                range.width() == 1
            };
            let start = if down { range.top } else { range.left };
            let Some(start) = start.checked_sub(usize::from(single)) else {
                continue;
            };
            let pairs = range.cells().map(|cell| {
                let source = if down {
                    Cell { row: start, ..cell }
                } else {
                    Cell { col: start, ..cell }
                };
                (cell, source)
            });
            from.extend(pairs.filter(|(cell, source)| cell != source));
        }
        self.repeat(from);
    }

    /// Repeats the selected range in `goal`, and selects both.
    fn fill_into(&self, from: Block, goal: Block) {
        if self.refuses(goal.len()) {
            return;
        }
        self.repeat(goal.cells().map(|cell| (cell, repeated(from, cell))));
        self.select(|selection| {
            // The handle is where the drag ended.
            selection.select(Cell::new(from.top.min(goal.top), from.left.min(goal.left)));
            selection.stretch(Cell::new(
                from.bottom.max(goal.bottom),
                from.right.max(goal.right),
            ));
        });
    }

    /// Makes each first cell read as the second does.
    fn repeat(&self, pairs: impl IntoIterator<Item = (Cell, Cell)>) {
        let cells: Vec<(Cell, Wanted)> = pairs
            .into_iter()
            .map(|(cell, source)| {
                let mark = self.mark(source).filter(|mark| mark.links > 0);
                (cell, mark.map(|mark| mark.rank))
            })
            .collect();
        let Some(sum) = self.write(Verb::Fill, &cells) else {
            return;
        };
        let filled = count(sum.set + sum.cleared);
        self.told.set(say_count("weave.told.filled", filled, &[]));
        if sum.removed > 0 || sum.units_changed > 0 {
            self.tell_sum(&sum, Vec::new());
        }
    }

    fn refuses(&self, cells: usize) -> bool {
        let large = cells > MOST_AT_ONCE;
        if large {
            self.refuse_size(cells);
        }
        large
    }

    /// Lets a drag of the handle go without filling; says whether there was one.
    pub fn stop_filling(&self) -> bool {
        let stopped = self.filling.get_value().is_some();
        if stopped {
            self.filling.set_value(None);
            self.with_view(View::paint);
        }
        stopped
    }
}

/// The handle and the outline of what a drag will fill, as the view places them.
pub(super) struct Handle {
    handle: Piece,
    goal: Piece,
}

impl Handle {
    /// In elements that are already there.
    pub const fn new(handle: Piece, goal: Piece) -> Self {
        Self { handle, goal }
    }

    /// Puts them where this frame has them. Several ranges have no handle:
    /// there is no saying which of them it would repeat.
    pub fn place(&self, frame: &Frame, selection: &Selection, filling: Option<Filling>) {
        let shown = !selection.is_empty() && !selection.is_several();
        self.handle.show(shown);
        if shown {
            let (x, y, width, height) = frame.place(selection.block());
            self.handle.shift(x + width, y + height);
        }
        let goal = filling.and_then(|filling| filling.goal);
        self.goal.show(goal.is_some());
        if let Some(goal) = goal {
            let (x, y, width, height) = frame.place(goal);
            self.goal.shift(x, y);
            self.goal.style("width", &px(width));
            self.goal.style("height", &px(height));
        }
    }
}

/// The layer over the cells that holds the handle. Whoever does not see it has
/// the keys and the buttons below the grid.
#[component]
pub(super) fn Hold(
    loom: Loom,
    handle: NodeRef<html::Div>,
    goal: NodeRef<html::Div>,
) -> impl IntoView {
    view! {
        <div class="weave-hold" aria-hidden="true">
            <div class="weave-goal" hidden=true node_ref=goal></div>
            <div
                class="weave-handle"
                hidden=true
                node_ref=handle
                on:pointerdown=move |event| hold(loom, &event)
                on:click=move |event| event.stop_propagation()
            ></div>
        </div>
    }
}

fn hold(loom: Loom, event: &PointerEvent) {
    if event.button() != 0 || !event.is_primary() {
        return;
    }
    event.prevent_default();
    event.stop_propagation();
    loom.with_view(View::focus);
    let from = loom.selection().block();
    let start = place(event);
    let shift = event.shift_key();
    loom.filling.set_value(Some(Filling { from, goal: None }));
    let following = StoredValue::new_local(None::<Following>);
    let moved = StoredValue::new(false);
    let stop = move || {
        if let Some(following) = following.try_update_value(Option::take).flatten() {
            following.stop();
        }
    };
    let act = move |motion: Motion| {
        // Escape lets it go in the grid, before it comes here.
        let Some(filling) = loom.filling.try_get_value().flatten() else {
            stop();
            return;
        };
        match motion {
            Motion::Moved(x, y) => {
                if (x - start.0).hypot(y - start.1) > STILL {
                    moved.set_value(true);
                }
                if moved.get_value() {
                    follow(loom, filling, x, y);
                }
            }
            Motion::Released(x, y) => {
                stop();
                loom.stop_filling();
                if let Some(goal) = filling.goal {
                    loom.fill_into(filling.from, goal);
                } else if !moved.get_value() {
                    press_through(loom, x, y, shift);
                }
            }
            Motion::Cancelled => {
                stop();
                loom.stop_filling();
            }
        }
    };
    following.set_value(Some(pointer::follow(event.pointer_id(), act)));
}

fn follow(loom: Loom, filling: Filling, x: f64, y: f64) {
    let mut near = None;
    loom.with_view(|view| near = view.nearest(x, y));
    let Some(cell) = near else { return };
    let now = Filling {
        goal: reach(filling.from, cell),
        ..filling
    };
    if now != filling {
        loom.filling.set_value(Some(now));
        loom.with_view(|view| {
            view.reveal(cell);
            view.paint();
        });
    }
}

fn press_through(loom: Loom, x: f64, y: f64, shift: bool) {
    let mut spot = None;
    loom.with_view(|view| spot = view.at(x, y));
    if let Some(spot) = spot {
        let how = if shift { How::Stretch } else { How::Anew };
        choose(loom, spot, how);
    }
}
