//! The keys of the grid: those of a spreadsheet. Undo, redo and *Find or do*
//! are the frame's; copy, cut and paste come as events of their own.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::loom::Loom;
use crate::browser::{device, keyboard};
use crate::ui::components::shortcuts::{Shortcut, shortcuts};
use crate::ui::grid::clipboard::{Said, said};
use crate::ui::grid::selection::Step;

/// How long typed letters belong together: for scales with longer letters.
const TOGETHER_MILLIS: f64 = 900.0;

/// What has been typed, and when.
#[derive(Clone, Copy)]
pub(super) struct Typing(StoredValue<(String, f64)>);

impl Typing {
    /// Nothing typed yet.
    pub fn new() -> Self {
        Self(StoredValue::new((String::new(), 0.0)))
    }

    fn add(&self, letter: &str) -> String {
        let now = device::ticks();
        let mut text = String::new();
        self.0.update_value(|(typed, at)| {
            if now - *at > TOGETHER_MILLIS {
                typed.clear();
            }
            typed.push_str(letter);
            *at = now;
            text.clone_from(typed);
        });
        text
    }

    fn stop(&self) {
        self.0.update_value(|(typed, _)| typed.clear());
    }
}

/// Does what a key of the grid stands for.
pub(super) fn press(loom: Loom, typing: Typing, event: &KeyboardEvent) {
    if keyboard::is_composing(event) || event.default_prevented() {
        return;
    }
    let key = event.key();
    let (ctrl, shift, alt) = (
        event.ctrl_key() || event.meta_key(),
        event.shift_key(),
        event.alt_key(),
    );
    let done = if ctrl {
        with_ctrl(loom, &key, shift)
    } else if alt {
        with_alt(loom, &key, shift)
    } else {
        plain(loom, typing, &key, shift)
    };
    if done {
        event.prevent_default();
        event.stop_propagation();
    }
    if key.chars().count() > 1 {
        typing.stop();
    }
}

fn page(loom: Loom) -> (isize, isize) {
    let mut page = (1, 1);
    loom.with_view(|view| {
        let (rows, cols) = view.page();
        page = (rows.cast_signed(), cols.cast_signed());
    });
    page
}

fn with_ctrl(loom: Loom, key: &str, shift: bool) -> bool {
    match key {
        "ArrowUp" => loom.go(Step::Edge(-1, 0), shift),
        "ArrowDown" => loom.go(Step::Edge(1, 0), shift),
        "ArrowLeft" => loom.go(Step::Edge(0, -1), shift),
        "ArrowRight" => loom.go(Step::Edge(0, 1), shift),
        "Home" => loom.go(Step::First, shift),
        "End" => loom.go(Step::Last, shift),
        " " => loom.select(|selection| selection.whole_cols()),
        "a" | "A" if !shift => loom.select(|selection| selection.all()),
        "F8" if !shift => loom.keep_range(),
        "d" | "D" if !shift => loom.fill(true),
        "r" | "R" if !shift => loom.fill(false),
        _ => return false,
    }
    true
}

fn with_alt(loom: Loom, key: &str, shift: bool) -> bool {
    match key {
        "PageDown" => loom.go(Step::By(0, page(loom).1), shift),
        "PageUp" => loom.go(Step::By(0, -page(loom).1), shift),
        _ => return false,
    }
    true
}

fn plain(loom: Loom, typing: Typing, key: &str, shift: bool) -> bool {
    match key {
        "ArrowUp" => loom.go(Step::By(-1, 0), shift),
        "ArrowDown" => loom.go(Step::By(1, 0), shift),
        "ArrowLeft" => loom.go(Step::By(0, -1), shift),
        "ArrowRight" => loom.go(Step::By(0, 1), shift),
        "PageDown" => loom.go(Step::By(page(loom).0, 0), shift),
        "PageUp" => loom.go(Step::By(-page(loom).0, 0), shift),
        "Home" => loom.go(Step::RowStart, shift),
        "End" => loom.go(Step::RowEnd, shift),
        " " if shift => loom.select(|selection| selection.whole_rows()),
        " " => loom.step_block(),
        "F2" if shift => loom.open_talk(),
        "Enter" | "F2" => loom.open_panel(true),
        "Delete" | "Backspace" => loom.clear_block(),
        "Escape" => return escape(loom),
        letter if letter.chars().count() == 1 => return type_letter(loom, typing, letter),
        _ => return false,
    }
    true
}

/// First a drag of the fill handle ends, then the selection goes back to its active
/// cell, then the panel closes.
fn escape(loom: Loom) -> bool {
    if loom.stop_filling() {
        return true;
    }
    let selection = loom.selection();
    if selection.len() > 1 {
        loom.select(|selection| selection.select(selection.active));
    } else if loom.panel.get_untracked() {
        loom.close_panel();
    } else {
        return false;
    }
    true
}

fn type_letter(loom: Loom, typing: Typing, letter: &str) -> bool {
    let letters = loom.sheet().letters();
    let together = typing.add(letter);
    let read = match said(&together, &letters) {
        Said::Unknown => said(letter, &letters),
        read => read,
    };
    match read {
        Said::Level(rank) => loom.set_block(Some(Some(rank))),
        Said::Yes => loom.set_block(Some(None)),
        Said::Nothing if letter == "/" => return false,
        Said::Nothing => loom.clear_block(),
        Said::Unknown => {
            let begun = letters.iter().any(|level| {
                let mut names = level.names.iter().chain([&level.letter]);
                names.any(|name| name.to_lowercase().starts_with(&together.to_lowercase()))
            });
            if !letter.chars().all(char::is_alphanumeric) {
                return false;
            }
            if !begun {
                loom.refuse_letter(letter);
                typing.stop();
            }
        }
    }
    true
}

/// Lists the keys in the overlay.
pub(super) fn list_shortcuts(loom: Loom) {
    shortcuts(
        "page.weave",
        vec![
            Shortcut::new("F8", "weave.key.next_gap", move || loom.next_gap(false)),
            Shortcut::new("Shift+F8", "weave.key.gap_before", move || {
                loom.next_gap(true);
            }),
            Shortcut::new("Alt+F8", "weave.key.next_said", move || {
                loom.next_said(false);
            }),
            Shortcut::new("Alt+Shift+F8", "weave.key.said_before", move || {
                loom.next_said(true);
            }),
            Shortcut::told("P", "weave.key.letter"),
            Shortcut::told("Space", "weave.key.step"),
            Shortcut::told("Delete", "weave.key.clear"),
            Shortcut::told("F2", "weave.key.panel"),
            Shortcut::told("Shift+F2", "weave.key.talk"),
            Shortcut::told("Ctrl+ArrowRight", "weave.key.edge"),
            Shortcut::told("Shift+ArrowRight", "weave.key.stretch"),
            Shortcut::told("Ctrl+F8", "weave.key.further"),
            Shortcut::told("Shift+Space", "weave.key.row"),
            Shortcut::told("Ctrl+Space", "weave.key.column"),
            Shortcut::told("Ctrl+A", "weave.key.all"),
            Shortcut::told("Ctrl+C", "weave.key.copy"),
            Shortcut::told("Ctrl+X", "weave.key.cut"),
            Shortcut::told("Ctrl+V", "weave.key.paste"),
            Shortcut::told("Ctrl+D", "weave.key.fill_down"),
            Shortcut::told("Ctrl+R", "weave.key.fill_right"),
        ],
    );
}
