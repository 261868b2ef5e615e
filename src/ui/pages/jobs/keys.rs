//! The keys of a line: each one thing to do. No key means anything while an
//! input method composes; the fields see to that before they ask here.

use leptos::ev::KeyboardEvent;
use weft_model::JobItemId;

use super::lines::Lines;
use crate::browser::caret::{caret, focus_in_place, typed};
use crate::browser::{dom, keyboard};
use crate::ui::components::shortcuts::Shortcut;

/// What the keys do, for the overlay.
pub fn told() -> Vec<Shortcut> {
    vec![
        Shortcut::told("Enter", "jobs.key.new"),
        Shortcut::told("Tab", "jobs.key.lower"),
        Shortcut::told("Shift+Tab", "jobs.key.raise"),
        Shortcut::told("Alt+ArrowUp", "jobs.key.up"),
        Shortcut::told("Alt+ArrowDown", "jobs.key.down"),
        Shortcut::told("Alt+ArrowLeft", "jobs.key.fold"),
        Shortcut::told("Alt+ArrowRight", "jobs.key.unfold"),
        Shortcut::told("Shift+ArrowDown", "jobs.key.choose"),
        Shortcut::told("Ctrl+A", "jobs.key.choose_all"),
        Shortcut::told("Backspace", "jobs.key.delete"),
        Shortcut::told("Ctrl+Enter", "jobs.key.panel"),
        Shortcut::told("Escape", "jobs.key.leave"),
    ]
}

/// What was asked of the page rather than of the outline.
pub enum Ask {
    /// Nothing more.
    Nothing,
    /// Show the line in the panel and go there.
    Panel,
}

/// A key in one of the fields of a line. `words` is whether it is the
/// statement.
pub fn in_field(lines: Lines, line: JobItemId, words: bool, event: &KeyboardEvent) -> Ask {
    let rests = lines.editor.read_only();
    let chord = keyboard::chord(event);
    let at = caret();
    let edge = |start: bool| {
        at.is_some_and(|at| {
            at.is_point()
                && (if start {
                    at.start == 0
                } else {
                    at.end == at.length
                })
        })
    };
    let many = lines.has_many();
    if matches!(
        chord.as_str(),
        "Tab" | "Shift+Tab" | "Alt+ArrowUp" | "Alt+ArrowDown" | "Ctrl+Enter"
    ) {
        settle(lines, line, words);
    }
    match chord.as_str() {
        "Enter" if !rests => lines.add_after(Some(line)),
        "Ctrl+Enter" => {
            event.prevent_default();
            return Ask::Panel;
        }
        "Tab" if !rests => lines.lower(line),
        "Shift+Tab" if !rests => lines.raise(line),
        "Alt+ArrowUp" if !rests => lines.up(line),
        "Alt+ArrowDown" if !rests => lines.down(line),
        "Alt+ArrowLeft" => lines.fold(line, true),
        "Alt+ArrowRight" => lines.fold(line, false),
        "ArrowUp" => lines.go_by(line, -1),
        "ArrowDown" => lines.go_by(line, 1),
        "PageUp" => lines.go_by(line, -(lines.window.page().cast_signed())),
        "PageDown" => lines.go_by(line, lines.window.page().cast_signed()),
        "Ctrl+Home" => lines.go_by(line, isize::MIN / 2),
        "Ctrl+End" => lines.go_by(line, isize::MAX / 2),
        "Shift+ArrowUp" => lines.choose_by(line, -1),
        "Shift+ArrowDown" => lines.choose_by(line, 1),
        "Ctrl+A" if at.is_none_or(|at| at.is_all()) => lines.choose_all(),
        "Delete" | "Backspace" if many && !rests => lines.delete(&lines.about(line)),
        "Backspace" if words && !rests && at.is_some_and(|at| at.length == 0) => {
            lines.delete_empty(line);
        }
        "ArrowLeft" if words && edge(true) => beside(false),
        "ArrowRight" if edge(false) => beside(true),
        // What was done to the outline is taken back from within a line; typing
        // that is not written yet is the field's own.
        "Ctrl+Z" if !is_draft(lines, line, words) => lines.editor.undo(),
        "Ctrl+Y" | "Ctrl+Shift+Z" if !is_draft(lines, line, words) => lines.editor.redo(),
        "Escape" if many => lines.clear_chosen(),
        "Escape" => lines.window.focus(),
        _ => return Ask::Nothing,
    }
    event.prevent_default();
    event.stop_propagation();
    Ask::Nothing
}

/// A key on one of the buttons of a line.
pub fn on_button(lines: Lines, line: JobItemId, event: &KeyboardEvent) {
    match keyboard::chord(event).as_str() {
        "ArrowLeft" => beside(false),
        "ArrowRight" => beside(true),
        "ArrowUp" => lines.go_by(line, -1),
        "ArrowDown" => lines.go_by(line, 1),
        "Escape" => lines.go_to(line, true),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// Goes to the next cell of the line, or the one before.
fn beside(next: bool) {
    let Some(now) = dom::focused() else { return };
    let Some(row) = now.closest("[role=row]").ok().flatten() else {
        return;
    };
    let cells = dom::all_within(&row, "input, button:not(.line-fold), a");
    let Some(at) = cells.iter().position(dom::is_focused_element) else {
        return;
    };
    let to = if next {
        at.checked_add(1)
    } else {
        at.checked_sub(1)
    };
    if let Some(cell) = to.and_then(|to| cells.get(to)) {
        dom::focus(cell);
    }
}

/// Writes what is typed before the outline changes around it; the caret stays.
fn settle(lines: Lines, line: JobItemId, words: bool) {
    if is_draft(lines, line, words)
        && let Some(field) = dom::focused()
    {
        drop(field.blur());
        focus_in_place(&field);
    }
}

/// Whether the field holds something that is not in the plan yet.
fn is_draft(lines: Lines, line: JobItemId, words: bool) -> bool {
    let Some(text) = dom::focused().and_then(|element| typed(&element)) else {
        return false;
    };
    let lang = crate::ui::writing::writing_lang_now(&lines.editor);
    lines.editor.plan(|plan| {
        plan.job_items.get(line).is_some_and(|line| {
            let written = if words {
                line.statement.get(&lang)
            } else {
                line.code.as_str()
            };
            written != text
        })
    })
}
