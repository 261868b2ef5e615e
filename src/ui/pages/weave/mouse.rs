//! What a mouse, a pen or a finger does on the grid: select, stretch, add a
//! further range, open the panel.

use leptos::ev::{MouseEvent, PointerEvent};
use leptos::prelude::*;

use super::loom::Loom;
use super::view::Spot;
use crate::browser::pointer::{self, Following, Motion};
use crate::ui::grid::selection::Cell;

pub(super) fn place(event: &MouseEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// A finger scrolls; it selects with a tap (see [`tapped`]).
pub(super) fn pointer_down(loom: Loom, event: &PointerEvent) {
    if event.pointer_type() == "touch" || event.button() != 0 {
        return;
    }
    let (x, y) = place(event);
    let mut spot = None;
    loom.with_view(|view| {
        spot = view.at(x, y);
        if spot.is_some() {
            view.focus();
        }
    });
    let Some(spot) = spot else { return };
    // Keeps the browser from moving the focus and from selecting text.
    event.prevent_default();
    let further = event.ctrl_key() || event.meta_key();
    let how = match (event.shift_key(), further) {
        (true, _) => How::Stretch,
        (false, true) => How::Add,
        (false, false) => How::Anew,
    };
    if choose(loom, spot, how) {
        follow_drag(loom, event.pointer_id(), spot);
    }
}

/// What becomes of what is selected already.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// It is let go.
    Anew,
    /// Its last range reaches to the spot.
    Stretch,
    /// It stays beside a further range, or loses the cell that was pressed.
    Add,
}

/// Selects what was pressed; says whether a drag may go on from there.
pub(super) fn choose(loom: Loom, spot: Spot, how: How) -> bool {
    let mut drags = true;
    loom.select(|selection| {
        let cell = match spot {
            Spot::Cell(cell) => cell,
            Spot::Row(row) => Cell::new(row, selection.active.col),
            Spot::Col(col) => Cell::new(selection.active.row, col),
        };
        match how {
            How::Stretch => selection.stretch(cell),
            How::Anew => selection.select(cell),
            How::Add if matches!(spot, Spot::Cell(_)) && selection.holds(cell) => {
                selection.leave_out(cell);
                drags = false;
            }
            How::Add => selection.add(cell),
        }
        match spot {
            Spot::Cell(_) => {}
            Spot::Row(_) => selection.whole_rows(),
            Spot::Col(_) => selection.whole_cols(),
        }
    });
    drags
}

fn follow_drag(loom: Loom, id: i32, from: Spot) {
    let following = StoredValue::new_local(None::<Following>);
    let stop = move || {
        if let Some(following) = following.try_update_value(Option::take).flatten() {
            following.stop();
        }
    };
    let act = move |motion: Motion| match motion {
        Motion::Moved(x, y) => {
            let mut near = None;
            loom.with_view(|view| near = view.nearest(x, y));
            if let Some(cell) = near {
                loom.select(|selection| {
                    selection.stretch(cell);
                    match from {
                        Spot::Cell(_) => {}
                        Spot::Row(_) => selection.whole_rows(),
                        Spot::Col(_) => selection.whole_cols(),
                    }
                });
            }
        }
        Motion::Released(..) | Motion::Cancelled => stop(),
    };
    following.set_value(Some(pointer::follow(id, act)));
}

pub(super) fn tapped(loom: Loom, event: &MouseEvent) {
    let (x, y) = place(event);
    let mut spot = None;
    loom.with_view(|view| {
        spot = view.at(x, y);
        view.focus();
    });
    if let Some(spot) = spot {
        choose(loom, spot, How::Anew);
        if matches!(spot, Spot::Cell(_)) {
            loom.open_panel(false);
        }
    }
}

pub(super) fn double_clicked(loom: Loom, event: &MouseEvent) {
    let (x, y) = place(event);
    let mut spot = None;
    loom.with_view(|view| spot = view.at(x, y));
    if matches!(spot, Some(Spot::Cell(_))) {
        loom.open_panel(true);
    }
}
