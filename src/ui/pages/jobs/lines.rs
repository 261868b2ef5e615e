//! The outline as the page holds it: which lines are shown, which one is being
//! written, which are chosen, and going from one to another. Keys and
//! pointers only call what is here. What is done to the plan is `acts`'. Scope: screen.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;
use weft_model::{JobItemId, Kind, Outline, OutlineRow};

use crate::browser::{
    dom,
    timer::{self, Timer},
};
use crate::ui::components::notice::{Toasts, toasts};
use crate::ui::components::windowed::Windowed;
use crate::ui::state::Editor;

/// The shown lines and the place of each.
#[derive(Debug, Default, PartialEq)]
pub struct Shown {
    /// From top to bottom.
    pub ids: Vec<JobItemId>,
    at: BTreeMap<JobItemId, usize>,
}

impl Shown {
    /// The place of a line among those shown.
    pub fn place(&self, line: JobItemId) -> Option<usize> {
        self.at.get(&line).copied()
    }
}

/// The line that is to get the focus, and where its caret goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// The line.
    pub line: JobItemId,
    /// At the end of the text, or at its start.
    pub at_end: bool,
}

/// The outline of the page. A handle: copy it freely.
#[derive(Clone, Copy)]
pub struct Lines {
    /// The open plan.
    pub editor: Editor,
    /// All lines.
    pub outline: Memo<Arc<Outline>>,
    /// Those that are not folded away.
    pub shown: Memo<Arc<Shown>>,
    /// The line that is being written.
    pub current: RwSignal<Option<JobItemId>>,
    /// Lines that are chosen together; empty while only one is meant.
    pub chosen: RwSignal<BTreeSet<JobItemId>>,
    /// Lines whose lines below are folded away.
    pub folded: RwSignal<BTreeSet<JobItemId>>,
    /// Who gets the focus.
    pub wanted: RwSignal<Option<Wanted>>,
    /// A quiet word on why something was not done.
    pub note: RwSignal<String>,
    /// What is in sight.
    pub window: Windowed,
    anchor: StoredValue<Option<JobItemId>>,
    /// Whether the focus is in the outline, or was when its line was redrawn.
    held: StoredValue<bool>,
    pub(super) note_timer: StoredValue<Option<Timer>>,
    pub(super) toasts: Toasts,
}

impl Lines {
    /// The outline of the open plan.
    pub fn new(editor: Editor, row_height: Signal<f64>) -> Self {
        let outline = Memo::new(move |_| {
            editor.follow(Kind::JobItem);
            Arc::new(editor.board(|board| board.outline().clone()))
        });
        let folded = RwSignal::new(BTreeSet::new());
        let shown = Memo::new(move |_| {
            let folded = folded.get();
            outline.with(|outline| Arc::new(shown(outline, &folded)))
        });
        let lines = Self {
            editor,
            outline,
            shown,
            current: RwSignal::new(None),
            chosen: RwSignal::new(BTreeSet::new()),
            folded,
            wanted: RwSignal::new(None),
            note: RwSignal::new(String::new()),
            window: Windowed::new(row_height),
            anchor: StoredValue::new(None),
            held: StoredValue::new(false),
            note_timer: StoredValue::new(None),
            toasts: toasts(),
        };
        lines.keep_current();
        lines
    }

    /// When the line that was being written goes away (undo, another tab), the
    /// focus goes to the one that took its place; when it only moved, it stays.
    fn keep_current(self) {
        Effect::new(move |before: Option<usize>| {
            let shown = self.shown.get();
            let current = self.current.get_untracked();
            let place = current.and_then(|line| shown.place(line));
            if current.is_some() && place.is_none() {
                let next = before.and_then(|at| {
                    let last = shown.ids.len().checked_sub(1)?;
                    shown.ids.get(at.min(last)).copied()
                });
                self.current.set(next);
            }
            if self.held.get_value() {
                // Once the lines are where they belong.
                timer::once_redrawn(move || {
                    let line = self.current.try_get_untracked().flatten();
                    if let (Some(line), true) = (line, is_nowhere()) {
                        self.go_to(line, true);
                    }
                });
            }
            self.chosen.update(|chosen| {
                chosen.retain(|line| shown.place(*line).is_some());
            });
            place.or(before).unwrap_or(0)
        });
    }

    /// Tells that the focus has left a line: for good, if it is elsewhere now.
    pub fn left(self) {
        timer::next_frame(move || {
            let gone = self
                .window
                .node
                .try_get_untracked()
                .flatten()
                .is_some_and(|node| !dom::holds_focus(&node));
            if gone && !is_nowhere() {
                self.held.set_value(false);
            }
        });
    }

    /// One line, as the outline has it. Not reactive.
    pub fn row(self, line: JobItemId) -> Option<OutlineRow> {
        self.outline
            .with_untracked(|outline| outline.row(line).copied())
    }

    /// The lines that a key or a menu is about: the chosen ones if the line is
    /// among them, else the line alone.
    pub fn about(self, line: JobItemId) -> Vec<JobItemId> {
        self.chosen.with_untracked(|chosen| {
            if chosen.contains(&line) {
                chosen.iter().copied().collect()
            } else {
                vec![line]
            }
        })
    }

    /// Whether several lines are chosen.
    pub fn has_many(self) -> bool {
        self.chosen.with_untracked(|chosen| chosen.len() > 1)
    }

    // ---- going -------------------------------------------------------------

    /// Moves the focus into a line.
    pub fn go_to(self, line: JobItemId, at_end: bool) {
        self.current.set(Some(line));
        self.anchor.set_value(Some(line));
        if let Some(place) = self.shown.with_untracked(|shown| shown.place(line)) {
            self.window.reveal(place, 0.0);
        }
        self.wanted.set(Some(Wanted { line, at_end }));
    }

    /// Goes some lines up or down; stays at the edges.
    pub fn go_by(self, line: JobItemId, steps: isize) {
        let to = self.shown.with_untracked(|shown| {
            let place = shown.place(line)?;
            let last = shown.ids.len().checked_sub(1)?;
            shown
                .ids
                .get(place.saturating_add_signed(steps).min(last))
                .copied()
        });
        if let Some(to) = to {
            self.clear_chosen();
            self.go_to(to, true);
        }
    }

    /// Notes that a line has the focus.
    pub fn arrived(self, line: JobItemId) {
        self.held.set_value(true);
        if self.current.get_untracked() != Some(line) {
            self.current.set(Some(line));
        }
        if !self
            .chosen
            .with_untracked(|chosen| chosen.contains(&line) || chosen.is_empty())
        {
            self.clear_chosen();
        }
    }

    // ---- choosing ----------------------------------------------------------

    /// Only one line is meant again.
    pub fn clear_chosen(self) {
        if self.chosen.with_untracked(|chosen| !chosen.is_empty()) {
            self.chosen.update(BTreeSet::clear);
        }
    }

    /// Puts a line among the chosen ones, or takes it out.
    pub fn toggle(self, line: JobItemId) {
        let current = self.current.get_untracked();
        self.chosen.update(|chosen| {
            if chosen.is_empty() {
                chosen.extend(current);
            }
            if !chosen.remove(&line) {
                chosen.insert(line);
            }
        });
        self.anchor.set_value(Some(line));
    }

    /// Chooses everything from the line where choosing began to this one.
    pub fn choose_to(self, line: JobItemId) {
        let from = self.anchor.get_value().or(self.current.get_untracked());
        let range = self.shown.with_untracked(|shown| {
            let to = shown.place(line)?;
            let from = from.and_then(|line| shown.place(line)).unwrap_or(to);
            let all = &shown.ids[from.min(to)..=from.max(to)];
            Some(all.iter().copied().collect::<BTreeSet<_>>())
        });
        if let Some(range) = range {
            self.chosen.set(range);
        }
        let anchor = self.anchor.get_value();
        self.go_to(line, true);
        self.anchor.set_value(anchor);
    }

    /// Chooses one line more, above or below.
    pub fn choose_by(self, line: JobItemId, steps: isize) {
        if self.anchor.get_value().is_none() {
            self.anchor.set_value(Some(line));
        }
        let to = self.shown.with_untracked(|shown| {
            let place = shown.place(line)?.checked_add_signed(steps)?;
            shown.ids.get(place).copied()
        });
        if let Some(to) = to {
            self.choose_to(to);
        }
    }

    /// Chooses all shown lines.
    pub fn choose_all(self) {
        let all = self
            .shown
            .with_untracked(|shown| shown.ids.iter().copied().collect());
        self.chosen.set(all);
    }

    /// Folds the lines below a line away, or shows them again.
    pub fn fold(self, line: JobItemId, away: bool) {
        let holds = self
            .outline
            .with_untracked(|outline| outline.children(line).next().is_some());
        if !holds {
            return;
        }
        self.folded.update(|folded| {
            if away {
                folded.insert(line);
            } else {
                folded.remove(&line);
            }
        });
    }
}

fn shown(outline: &Outline, folded: &BTreeSet<JobItemId>) -> Shown {
    let mut shown = Shown::default();
    let mut below: Option<u8> = None;
    for row in outline.rows() {
        if below.is_some_and(|depth| row.depth > depth) {
            continue;
        }
        below = folded.contains(&row.id).then_some(row.depth);
        shown.at.insert(row.id, shown.ids.len());
        shown.ids.push(row.id);
    }
    shown
}

/// Whether nothing has the focus, as after its element was taken away.
fn is_nowhere() -> bool {
    dom::focused().is_none_or(|element| element.tag_name() == "BODY")
}
