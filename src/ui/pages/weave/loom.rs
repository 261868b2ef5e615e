//! The state of the open Weave: what is shown, what is selected, whether the
//! panel is open. Scope: screen, but for the panel, which the device
//! remembers. Handles are copied freely; what draws asks it, what is pressed
//! tells it.

use std::rc::Rc;

use leptos::prelude::*;
use weft_model::{Plan, Uid};

use super::fill::Filling;
use super::sheet::{Filters, Mark, Sheet, Stand, Warp, gaps};
use super::view::View;
use crate::browser::timer::{self, Timer};
use crate::browser::{hash, prefs};
use crate::route::{Page, Route};
use crate::ui::components::notice::{Toasts, toasts};
use crate::ui::grid::selection::{Cell, Selection, Step};
use crate::ui::state::{Editor, use_editor};
use crate::ui::text::say;

/// How long the selection rests before panel, foot line and address follow.
/// A held arrow key goes on at about 30 a second.
const REST_MILLIS: u32 = 45;

/// A cell by what meets there: the uids of its row and its column.
pub(super) type Crossing = (Uid, Uid);

/// The open Weave. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Loom {
    pub editor: Editor,
    pub filters: RwSignal<Filters>,
    /// Counts the arrangements of rows and columns.
    pub arranged: RwSignal<u32>,
    /// What the panel and the foot line speak of: follows the selection when
    /// it rests.
    pub crossing: RwSignal<Option<Crossing>>,
    /// What is selected, likewise.
    pub chosen: RwSignal<Selection>,
    pub panel: RwSignal<bool>,
    /// Whether the panel takes the focus as it opens.
    pub panel_focus: RwSignal<u32>,
    /// Whether its comments take the focus.
    pub talk_focus: RwSignal<u32>,
    /// Competencies with a gap, in the whole plan.
    pub gaps: Memo<u32>,
    /// Wakes what says in words what is in the cells, once they have changed.
    pub worded: Trigger,
    /// What a screen reader should hear beside the active cell.
    pub told: RwSignal<String>,
    pub toasts: Toasts,
    /// The fill that is being dragged.
    pub filling: StoredValue<Option<Filling>>,
    sheet: StoredValue<Rc<Sheet>, LocalStorage>,
    selection: StoredValue<Selection>,
    view: StoredValue<Option<Rc<View>>, LocalStorage>,
    rest: StoredValue<Option<Timer>>,
    /// Whether rows and columns are about to be arranged.
    pub(super) waiting: StoredValue<bool>,
    /// Whether words are about to follow.
    pub(super) telling: StoredValue<bool>,
    plan: StoredValue<String>,
    /// The address that this page wrote last.
    written: StoredValue<Vec<String>>,
}

impl Loom {
    /// Sets up the state of the page.
    pub fn new() -> Self {
        let editor = use_editor();
        let loom = Self {
            editor,
            filters: RwSignal::new(Filters::default()),
            arranged: RwSignal::new(0),
            crossing: RwSignal::new(None),
            chosen: RwSignal::new(Selection::default()),
            panel: RwSignal::new(prefs::read("weave-panel").as_deref() == Some("open")),
            panel_focus: RwSignal::new(0),
            talk_focus: RwSignal::new(0),
            gaps: Memo::new(move |_| {
                editor.follow_board();
                editor.plan_and_board(gaps)
            }),
            worded: Trigger::new(),
            told: RwSignal::new(String::new()),
            toasts: toasts(),
            filling: StoredValue::new(None),
            sheet: StoredValue::new_local(Rc::default()),
            selection: StoredValue::new(Selection::default()),
            view: StoredValue::new_local(None),
            rest: StoredValue::new(None),
            waiting: StoredValue::new(false),
            telling: StoredValue::new(false),
            plan: StoredValue::new(editor.id().to_string()),
            written: StoredValue::new(Vec::new()),
        };
        // Filters and language arrange anew at once; edits by `changed`.
        Effect::new(move || {
            let filters = loom.filters.get();
            let lang = loom.editor.lang();
            let sheet = loom
                .editor
                .plan_and_board(|plan, board| Sheet::of(plan, board, &filters, &lang));
            loom.put(sheet);
        });
        Effect::new(move || {
            loom.editor.marks();
            loom.with_view(View::marked);
        });
        editor.on_change(move |change| loom.changed(change));
        loom
    }

    /// The rows and columns of the moment.
    pub fn sheet(&self) -> Rc<Sheet> {
        self.sheet.get_value()
    }

    /// The same, followed: wakes the caller when they are arranged anew.
    pub fn follow_sheet(&self) -> Rc<Sheet> {
        self.arranged.track();
        self.sheet()
    }

    /// What is selected.
    pub fn selection(&self) -> Selection {
        self.selection.get_value()
    }

    /// Gives the state what draws it, or takes it away.
    pub fn show_in(&self, view: Option<Rc<View>>) {
        self.view.set_value(view);
        self.with_view(View::arrange);
    }

    /// Does something with what draws, if anything does.
    pub fn with_view(&self, act: impl FnOnce(&View)) {
        // The page may be gone by the time a timer rings.
        if let Some(Some(view)) = self.view.try_get_value() {
            quietly(|| act(&view));
        }
    }

    /// The mark of a cell.
    pub fn mark(&self, cell: Cell) -> Option<Mark> {
        let sheet = self.sheet();
        self.editor
            .plan_and_board(|plan, board| sheet.mark(plan, board, cell))
    }

    pub(super) fn put(&self, sheet: Sheet) {
        let before = self.crossing_of(self.selection().active);
        let mut selection = if self.sheet().warp == sheet.warp {
            self.selection()
        } else {
            Selection::default()
        };
        selection.resize(sheet.rows.len(), sheet.cols.len());
        // The same cell stays selected wherever it has moved to.
        if let Some((row, col)) = before
            && let (Some(row), Some(col)) = (sheet.row_of(row), sheet.col_of(col))
            && selection.active != Cell::new(row, col)
        {
            selection.select(Cell::new(row, col));
        }
        self.sheet.set_value(Rc::new(sheet));
        self.selection.set_value(selection);
        self.arranged.update(|count| *count += 1);
        self.with_view(View::arrange);
        self.rested();
    }

    // ---- selecting ---------------------------------------------------------

    /// What meets in a cell.
    pub fn crossing_of(&self, cell: Cell) -> Option<Crossing> {
        let sheet = self.sheet();
        Some((sheet.rows.get(cell.row)?.uid, sheet.cols.get(cell.col)?.uid))
    }

    /// Changes the selection and brings its moving end into sight.
    pub fn select(&self, change: impl FnOnce(&mut Selection)) {
        let mut selection = self.selection();
        let before = selection.clone();
        change(&mut selection);
        if selection == before {
            return;
        }
        self.selection.set_value(selection.clone());
        self.with_view(|view| {
            view.reveal_end(&selection);
            view.selected();
        });
        self.rest_soon();
    }

    /// Follows a key.
    pub fn go(&self, step: Step, stretch: bool) {
        let loom = *self;
        self.select(|selection| {
            selection.go(step, stretch, |cell| {
                loom.mark(cell).is_some_and(|mark| mark.links > 0)
            });
        });
    }

    /// Keeps what is selected beside what the next keys select.
    pub fn keep_range(&self) {
        self.select(Selection::keep);
        self.told.set(say("weave.told.kept"));
    }

    fn rest_soon(&self) {
        let loom = *self;
        if let Some(timer) = self.rest.try_update_value(Option::take).flatten() {
            timer.stop();
        }
        self.rest
            .set_value(Some(Timer::after(REST_MILLIS, move || loom.rested())));
    }

    fn rested(&self) {
        let Some(selection) = self.selection.try_get_value() else {
            return;
        };
        let crossing = self.crossing_of(selection.active);
        if self.crossing.get_untracked() != crossing {
            self.crossing.set(crossing);
        }
        if self.chosen.with_untracked(|chosen| *chosen != selection) {
            self.chosen.set(selection);
        }
        self.write_address();
    }

    // ---- the address -------------------------------------------------------

    /// Puts the active cell into the address, so that a copied link leads back,
    /// once the person has selected anything.
    fn write_address(&self) {
        let selection = self.selection();
        let started = selection.active != Cell::default()
            || !self.written.with_value(Vec::is_empty)
            || self.panel.get_untracked();
        let Some((row, col)) = self.crossing_of(selection.active).filter(|_| started) else {
            return;
        };
        let at = vec![row.to_string(), col.to_string()];
        if self.written.with_value(|written| *written == at) {
            return;
        }
        self.written.set_value(at.clone());
        hash::point(&Route::spot(self.plan.get_value(), Page::Weave, at));
    }

    /// Goes to what an address names: a cell, or a line by itself.
    pub fn go_to(&self, at: &[String]) {
        if at.is_empty() || self.written.with_value(|written| written == at) {
            return;
        }
        self.written.set_value(at.to_vec());
        let uids: Vec<Uid> = at.iter().filter_map(|uid| uid.parse().ok()).collect();
        let wanted = self.editor.plan(|plan| warp_of(plan, &uids));
        let known = |sheet: &Sheet| {
            uids.iter()
                .all(|uid| sheet.row_of(*uid).or_else(|| sheet.col_of(*uid)).is_some())
        };
        if wanted != self.filters.with_untracked(|filters| filters.warp) || !known(&self.sheet()) {
            // What is gone to must not be filtered away.
            self.filters.set(Filters {
                warp: wanted,
                ..Filters::default()
            });
        }
        let loom = *self;
        // Behind the effect that arranges the rows and columns.
        timer::next_frame(move || {
            let Some(sheet) = loom.sheet.try_get_value() else {
                return;
            };
            let row = uids.iter().find_map(|uid| sheet.row_of(*uid));
            let col = uids.iter().find_map(|uid| sheet.col_of(*uid));
            if row.is_none() && col.is_none() {
                return;
            }
            loom.select(|selection| {
                let cell = Cell::new(row.unwrap_or(0), col.unwrap_or(0));
                selection.select(cell);
                match (row, col) {
                    (Some(_), None) => selection.whole_rows(),
                    (None, Some(_)) => selection.whole_cols(),
                    _ => {}
                }
            });
            if row.is_some() && col.is_some() {
                loom.open_panel(false);
            }
        });
    }

    /// Goes to a cell by what meets there.
    pub fn go_to_crossing(&self, crossing: Crossing) {
        self.go_to(&[crossing.0.to_string(), crossing.1.to_string()]);
    }

    // ---- gaps and the panel ------------------------------------------------

    /// Selects the next column with a gap (or the next requirement without
    /// support), from the active cell onwards and around.
    pub fn next_gap(&self, back: bool) {
        let sheet = self.sheet();
        let active = self.selection().active;
        let gap = |at: usize| {
            self.editor.plan_and_board(|plan, board| match sheet.warp {
                Warp::Competencies => sheet.ends(plan, board, at).stand == Stand::Gap,
                Warp::Specification => sheet.row_total(board, at) == 0,
            })
        };
        let (count, from) = match sheet.warp {
            Warp::Competencies => (sheet.cols.len(), active.col),
            Warp::Specification => (sheet.rows.len(), active.row),
        };
        let step = |away: usize| {
            if back {
                (from + count - away) % count
            } else {
                (from + away) % count
            }
        };
        if let Some(at) = (1..=count).map(step).find(|at| gap(*at)) {
            self.select(|selection| {
                selection.select(match sheet.warp {
                    Warp::Competencies => Cell::new(active.row, at),
                    Warp::Specification => Cell::new(at, active.col),
                });
            });
        }
    }

    /// Selects the next cell where something is said or proposed, row by row from
    /// the active cell onwards and around.
    pub fn next_said(&self, back: bool) {
        let (sheet, marks) = (self.sheet(), self.editor.marks_now());
        let (rows, cols) = (sheet.rows.len(), sheet.cols.len());
        if rows == 0 || cols == 0 {
            return;
        }
        let all = || (0..rows).flat_map(|row| (0..cols).map(move |col| Cell::new(row, col)));
        let said: Vec<Cell> = all()
            .filter(|cell| sheet.waiting(&marks, *cell).is_some())
            .collect();
        let active = self.selection().active;
        let at = |cell: &Cell| (cell.row, cell.col);
        let found = if back {
            let before = said.iter().rev().find(|cell| at(cell) < at(&active));
            before.or(said.last())
        } else {
            let after = said.iter().find(|cell| at(cell) > at(&active));
            after.or(said.first())
        };
        match found {
            Some(cell) => self.select(|selection| selection.select(*cell)),
            None => self.told.set(say("weave.told.nothing_said")),
        }
    }

    /// Opens the panel at the comments of the cell.
    pub fn open_talk(&self) {
        self.open_panel(false);
        self.talk_focus.update(|count| *count += 1);
    }

    /// Opens the panel, with the focus in it or without.
    pub fn open_panel(&self, focus: bool) {
        if !self.panel.get_untracked() {
            self.panel.set(true);
            prefs::write("weave-panel", "open");
        }
        self.rested();
        if focus {
            self.panel_focus.update(|count| *count += 1);
        }
    }

    /// Closes the panel.
    pub fn close_panel(&self) {
        self.panel.set(false);
        prefs::write("weave-panel", "closed");
        self.with_view(View::focus);
    }
}

/// Does something that reads signals on purpose without following them: what
/// is painted is told of changes by other ways.
pub(super) fn quietly<T>(act: impl FnOnce() -> T) -> T {
    let _zone = leptos::reactive::diagnostics::SpecialNonReactiveZone::enter();
    untrack(act)
}

/// Which warp holds these items.
fn warp_of(plan: &Plan, uids: &[Uid]) -> Warp {
    let in_specification = |uid: &Uid| plan.specification.get((*uid).into()).is_some();
    if uids.iter().any(in_specification) {
        Warp::Specification
    } else {
        Warp::Competencies
    }
}
