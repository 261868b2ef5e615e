//! What draws the Weave: sizes, scrolling, and one frame for many reasons to
//! draw. The cells are painted (`paint`), the heads and what a screen reader
//! needs are elements (`heads`, `spoken`).
//!
//! The whole grid lies in one scrolling element. Its content is a space as
//! large as all cells, and a window within it that stays in sight; scrolling
//! is the browser's own, and every frame draws what the window then shows.

use std::cell::{Cell as Slot, RefCell};

use leptos::prelude::GetValue as _;

use super::fill::Handle;
use super::frame::{BAND, Frame, HEAD, Metrics, ROLE, TASK, TOTAL, px};
use super::heads::Heads;
use super::loom::Loom;
use super::paint::{Paint, Scene};
use super::sheet::{Sheet, Warp};
use super::spoken::Spoken;
use crate::browser::canvas::Canvas;
use crate::browser::dom::window_size;
use crate::browser::piece::{Piece, Watch, on_look};
use crate::browser::timer::{Frames, Timer};
use crate::ui::grid::geometry::Axis;
use crate::ui::grid::selection::{Cell, Selection};

/// How long scrolling rests before what a screen reader finds follows.
const SETTLE_MILLIS: u32 = 120;

/// What draws the Weave.
pub(super) struct View {
    loom: Loom,
    scroller: Piece,
    space: Piece,
    window: Piece,
    grid: Piece,
    handle: Handle,
    canvas: Canvas,
    /// Read off the style at the first drawing, when the browser has looked at that anyhow.
    paint: RefCell<Option<Paint>>,
    heads: RefCell<Heads>,
    spoken: RefCell<Spoken>,
    frame: Slot<Option<Frame>>,
    /// How far the cells are scrolled: left, top. Asking the browser for it
    /// costs a layout whenever anything on the page has changed.
    scroll: Slot<(f64, f64)>,
    /// Whether the grid has the focus, once it was asked for.
    focus: Slot<Option<bool>>,
    waiting: Slot<bool>,
    measure: Slot<bool>,
    /// What the next frame has to draw anew.
    due: RefCell<Due>,
    settle: Slot<Option<Timer>>,
    frames: Frames,
    watches: RefCell<Vec<Watch>>,
}

impl View {
    /// Sets up what draws, in elements that are already there.
    pub fn new(
        loom: Loom,
        scroller: Piece,
        space: Piece,
        window: Piece,
        grid: Piece,
        handle: Handle,
        canvas: Canvas,
    ) -> Option<Self> {
        let heads = Heads::new(&window, &grid)?;
        let view = Self {
            loom,
            paint: RefCell::default(),
            heads: RefCell::new(heads),
            spoken: RefCell::default(),
            frame: Slot::new(None),
            scroll: Slot::new((0.0, 0.0)),
            focus: Slot::new(None),
            waiting: Slot::new(false),
            measure: Slot::new(true),
            due: RefCell::default(),
            settle: Slot::new(None),
            frames: Frames::new(move || loom.with_view(View::draw))?,
            watches: RefCell::default(),
            scroller,
            space,
            window,
            grid,
            handle,
            canvas,
        };
        let resized = view.scroller.on_resize(move || {
            loom.with_view(|view| {
                view.measure.set(true);
                view.paint();
            });
        });
        let looked = on_look(move || loom.with_view(View::recolor));
        view.watches
            .borrow_mut()
            .extend(resized.into_iter().chain(looked));
        Some(view)
    }

    /// Rows, columns or filters have changed.
    pub fn arrange(&self) {
        self.measure.set(true);
        self.heads.borrow_mut().forget();
        self.spoken.borrow_mut().forget();
        self.canvas.forget();
        self.paint();
    }

    /// What is said or proposed somewhere has changed.
    pub fn marked(&self) {
        self.heads.borrow_mut().forget();
        self.paint();
    }

    /// Draws everything with the next frame.
    pub fn paint(&self) {
        self.due.replace(Due::All);
        self.draw_soon();
    }

    /// Draws these cells and what hangs on them with the next frame.
    pub fn paint_cells(&self, cells: &[Cell]) {
        if let Due::Cells(due) = &mut *self.due.borrow_mut() {
            due.extend(cells);
        }
        self.draw_soon();
    }

    fn draw_soon(&self) {
        if self.waiting.replace(true) {
            return;
        }
        self.frames.ask();
    }

    /// The cells have been scrolled.
    pub fn scrolled(&self) {
        self.scroll.set(self.scroller.scrolled());
        self.paint();
    }

    /// The selection has moved.
    pub fn selected(&self) {
        self.paint();
    }

    /// Gives the focus to the grid.
    pub fn focus(&self) {
        self.grid.focus();
    }

    /// Whether the grid has the focus; for some cells, as it was last known.
    fn focused(&self, due: &Due) -> bool {
        if let Due::All = due {
            self.focus.set(None);
        }
        let focused = self.focus.get().unwrap_or_else(|| self.grid.holds_focus());
        self.focus.set(Some(focused));
        focused
    }

    fn recolor(&self) {
        self.paint.take();
        self.canvas.forget();
        self.measure.set(true);
        self.paint();
    }

    /// Scrolls until a cell is in sight, by the shortest way.
    pub fn reveal(&self, cell: Cell) {
        let Some(frame) = self.frame() else { return };
        let (left, top) = (frame.cols.reveal(cell.col), frame.rows.reveal(cell.row));
        self.scroll_to(&frame, left, top);
    }

    /// Brings the moving end of a selection into sight. Whole rows and columns
    /// have no end to go to: only where they are is brought into sight.
    pub fn reveal_end(&self, selection: &Selection) {
        let Some(frame) = self.frame() else { return };
        let (block, far) = (selection.block(), selection.far);
        let to = |axis: &Axis, at: usize, length: usize| {
            if length == axis.count {
                axis.scroll
            } else {
                axis.reveal(at)
            }
        };
        let left = to(&frame.cols, far.col, block.width());
        let top = to(&frame.rows, far.row, block.height());
        self.scroll_to(&frame, left, top);
    }

    fn scroll_to(&self, frame: &Frame, left: f64, top: f64) {
        if (left, top) != (frame.cols.scroll, frame.rows.scroll) {
            self.scroller.scroll_to(left, top);
            // The browser rounds, and keeps within what there is.
            self.scroll.set(self.scroller.scrolled());
        }
    }

    /// How many rows and columns a page up, down or sideways goes.
    pub fn page(&self) -> (usize, usize) {
        self.frame()
            .map_or((1, 1), |frame| (frame.rows.page(), frame.cols.page()))
    }

    /// The frame with the scroll of this moment.
    fn frame(&self) -> Option<Frame> {
        let mut frame = self.frame.get()?;
        let (left, top) = self.scroll.get();
        frame.cols.scroll = left;
        frame.rows.scroll = top;
        Some(frame)
    }

    // ---- finding -----------------------------------------------------------

    /// What lies at a point of the page.
    pub fn at(&self, x: f64, y: f64) -> Option<Spot> {
        let frame = self.frame()?;
        let area = self.window.area();
        let (x, y) = (x - area.left, y - area.top);
        let metrics = frame.metrics;
        let row = frame.rows.at(y - metrics.top());
        let col = frame.cols.at(x - metrics.left);
        match (row, col) {
            (Some(row), Some(col)) => Some(Spot::Cell(Cell::new(row, col))),
            (Some(row), None) if x < metrics.left => Some(Spot::Row(row)),
            (None, Some(col)) if (0.0..metrics.top()).contains(&y) => Some(Spot::Col(col)),
            _ => None,
        }
    }

    /// The cell nearest to a point of the page, also beyond the cells.
    pub fn nearest(&self, x: f64, y: f64) -> Option<Cell> {
        let frame = self.frame()?;
        let area = self.window.area();
        Some(Cell {
            row: frame.rows.nearest(y - area.top - frame.metrics.top())?,
            col: frame.cols.nearest(x - area.left - frame.metrics.left)?,
        })
    }

    // ---- drawing -----------------------------------------------------------

    fn draw(&self) {
        self.waiting.set(false);
        let sheet = self.loom.sheet();
        let mut due = self.due.replace(Due::Cells(Vec::new()));
        if self.measure.replace(false) {
            due = Due::All;
            let first = self.frame.get().is_none();
            self.fit(&sheet);
            // A link may have selected a cell before there was anything to see.
            if first {
                self.reveal_end(&self.loom.selection());
            }
        }
        let Some(frame) = self.frame() else { return };
        let selection = self.loom.selection();
        let focused = self.focused(&due);
        // What an edit of some cells leaves where it is.
        if let Due::All = due {
            self.heads
                .borrow_mut()
                .place(&sheet, &frame, &selection, self.loom.editor);
            let filling = self.loom.filling.get_value();
            self.handle.place(&frame, &selection, filling);
        }
        let paint = self.paint.borrow();
        let Some(paint) = paint.as_ref() else { return };
        let marks = self.loom.editor.marks_now();
        self.loom.editor.plan_and_board(|plan, board| {
            let scene = Scene {
                canvas: &self.canvas,
                sheet: &sheet,
                plan,
                board,
                frame: &frame,
                selection: &selection,
                focused,
                marks: &marks,
            };
            match &due {
                Due::All => paint.draw(&scene),
                Due::Cells(cells) => {
                    let seen = |cell: &&Cell| {
                        frame.rows.seen().contains(&cell.row)
                            && frame.cols.seen().contains(&cell.col)
                    };
                    for cell in cells.iter().filter(seen) {
                        let stand = sheet.ends(plan, board, cell.col).stand;
                        let turned = self.heads.borrow_mut().turn(cell.col, stand);
                        paint.draw_around(&scene, *cell, turned);
                    }
                }
            }
        });
        // A screen reader has the active cell already, and hears of it by itself (`tell`).
        let told = |cells: &[Cell]| cells.iter().all(|cell| *cell == selection.active);
        match due {
            Due::Cells(cells) if told(&cells) => {}
            _ => {
                self.tell_active(&sheet, &frame, &selection);
                self.settle_soon();
            }
        }
    }

    /// Lets a screen reader have the active cell as it is now.
    fn tell_active(&self, sheet: &Sheet, frame: &Frame, selection: &Selection) {
        if sheet.rows.is_empty() || sheet.cols.is_empty() {
            self.grid.unset("aria-activedescendant");
            return;
        }
        let (heads, editor) = (self.heads.borrow(), self.loom.editor);
        self.spoken
            .borrow_mut()
            .activate(sheet, frame, selection, editor, &heads, &self.grid);
    }

    /// The same with the head of its column, after some cells have changed. Where all is
    /// drawn anew, that tells it.
    pub fn tell(&self) {
        if matches!(*self.due.borrow(), Due::All) {
            return;
        }
        let Some(frame) = self.frame() else { return };
        let (sheet, selection) = (self.loom.sheet(), self.loom.selection());
        self.tell_active(&sheet, &frame, &selection);
        let heads = self.heads.borrow();
        heads.name_col(&sheet, selection.active.col, self.loom.editor);
    }

    fn settle_soon(&self) {
        if let Some(timer) = self.settle.take() {
            timer.stop();
        }
        let loom = self.loom;
        let timer = Timer::after(SETTLE_MILLIS, move || loom.with_view(View::settle));
        self.settle.set(Some(timer));
    }

    /// Puts what a screen reader finds where the cells are now.
    fn settle(&self) {
        let Some(frame) = self.frame() else { return };
        let sheet = self.loom.sheet();
        let heads = self.heads.borrow();
        self.spoken.borrow_mut().settle(
            &sheet,
            &frame,
            &self.loom.selection(),
            self.loom.editor,
            &heads,
            &self.grid,
        );
    }

    fn fit(&self, sheet: &Sheet) {
        let (width, height) = self.scroller.inner_size();
        // Before anything is set: each look at the style after that is a new one.
        let read = || Paint::new(&self.window);
        self.paint.borrow_mut().get_or_insert_with(read);
        let length = |name: &str, other: f64| {
            let found = self.window.computed(name);
            found.trim_end_matches("px").parse().unwrap_or(other)
        };
        let cell_w: f64 = length("--cell-w", 32.0);
        let cell_h: f64 = length("--cell-h", 24.0);
        let with_ends = sheet.warp == Warp::Competencies;
        let mut metrics = Metrics {
            cell_w,
            cell_h,
            // By the page's width, so that the panel moves nothing.
            left: BAND + (window_size().0 * 0.22).clamp(170.0, 292.0).round(),
            heads: ROLE + HEAD + if with_ends { TASK } else { 0.0 },
            ends: if with_ends { 2.0 * TOTAL } else { 0.0 },
            right: 44.0,
            foot: if with_ends { 2.0 * TOTAL } else { TOTAL },
            body_w: 0.0,
            body_h: 0.0,
        };
        let cols = sheet.cols.len() as f64 * cell_w;
        let rows = sheet.rows.len() as f64 * cell_h;
        metrics.body_w = (width - metrics.left - metrics.right).clamp(0.0, cols);
        metrics.body_h = (height - metrics.top() - metrics.foot).clamp(0.0, rows);
        self.space
            .style("width", &px(metrics.left + cols + metrics.right));
        self.space
            .style("height", &px(metrics.top() + rows + metrics.foot));
        self.window.style("width", &px(width));
        self.window.style("height", &px(height));
        for (name, size) in [
            ("--weave-left", metrics.left),
            ("--weave-heads", metrics.heads),
            ("--weave-ends", metrics.ends),
            ("--weave-foot", metrics.foot),
            ("--weave-body-w", metrics.body_w),
            ("--weave-body-h", metrics.body_h),
        ] {
            self.window.style(name, &px(size));
        }
        self.canvas.fit(
            metrics.body_w + metrics.right,
            metrics.ends + metrics.body_h + metrics.foot,
        );
        self.grid
            .set("aria-rowcount", &(sheet.rows.len() + 1).to_string());
        self.grid
            .set("aria-colcount", &(sheet.cols.len() + 1).to_string());
        // With fewer or smaller cells the browser has scrolled back.
        self.scroll.set(self.scroller.scrolled());
        self.frame.set(Some(Frame {
            metrics,
            rows: Axis {
                count: sheet.rows.len(),
                cell: cell_h,
                scroll: 0.0,
                window: metrics.body_h,
            },
            cols: Axis {
                count: sheet.cols.len(),
                cell: cell_w,
                scroll: 0.0,
                window: metrics.body_w,
            },
        }));
    }
}

/// What has to be drawn anew.
#[derive(Default)]
enum Due {
    /// Everything.
    #[default]
    All,
    /// What hangs on these cells.
    Cells(Vec<Cell>),
}

/// What lies at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// A cell.
    Cell(Cell),
    /// The head of a row.
    Row(usize),
    /// The head of a column, or its required and reached levels.
    Col(usize),
}
