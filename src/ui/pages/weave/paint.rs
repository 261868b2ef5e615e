//! The cells and totals of the Weave, painted on one canvas. Colours and the
//! font come from the style sheet; letters on their shades are small pictures
//! that are drawn once and stamped as often as they occur.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;

use weft_analysis::Board;
use weft_model::{Plan, Rank};

use super::frame::Frame;
use super::sheet::{Ends, Mark, Sheet, Stand};
use crate::browser::canvas::{Canvas, Pen};
use crate::browser::dom::Area;
use crate::browser::piece::Piece;
use crate::ui::components::chip::shade;
use crate::ui::grid::geometry::Axis;
use crate::ui::grid::selection::{Cell, Selection};
use crate::ui::marks::Marks;

/// The colours and the font of the moment.
pub(super) struct Paint {
    pub(super) surface: String,
    pub(super) sunken: String,
    pub(super) line: String,
    pub(super) line_2: String,
    pub(super) control: String,
    pub(super) ink: String,
    pub(super) ink_2: String,
    pub(super) accent: String,
    pub(super) accent_tint: String,
    pub(super) gap: String,
    pub(super) gap_tint: String,
    /// Fill, letter and edge of each shade.
    shades: Vec<(&'static str, [String; 3])>,
    pub(super) font: String,
    /// How wide digits are, once one was drawn.
    pub(super) digit_widths: OnceCell<[f64; 10]>,
    stood: RefCell<Stood>,
}

/// What was drawn at the ends of some columns and rows since all was drawn: most edits
/// leave it as it is.
#[derive(Default)]
struct Stood {
    cols: BTreeMap<usize, Ends>,
    rows: BTreeMap<usize, u32>,
    grand: Option<(u32, Option<u32>)>,
}

/// What a frame is made of.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub canvas: &'a Canvas,
    pub sheet: &'a Sheet,
    pub plan: &'a Plan,
    pub board: &'a Board,
    pub frame: &'a Frame,
    pub selection: &'a Selection,
    pub focused: bool,
    pub marks: &'a Marks,
}

impl Scene<'_> {
    /// What stands at the ends of these columns.
    fn ends(&self, cols: Range<usize>) -> Vec<(usize, Ends)> {
        cols.map(|col| (col, self.sheet.ends(self.plan, self.board, col)))
            .collect()
    }

    /// Whether every edge lies between two dots of the screen and not within one.
    fn is_sharp(&self) -> bool {
        let Frame {
            metrics,
            rows,
            cols,
        } = self.frame;
        let edges = [cols.place(0), rows.place(0), metrics.body_w, metrics.body_h];
        edges.into_iter().all(|at| self.canvas.is_sharp(at))
    }
}

/// What a picture shows.
#[derive(Clone, Copy)]
pub(super) enum Look {
    Taught,
    Required,
    Reached,
    Gap,
    Waived,
}

impl Paint {
    /// Reads colours and font from the style of an element.
    pub fn new(window: &Piece) -> Self {
        let color = |name: &str| window.computed(name);
        let shades = [
            ("shade-0", ["--surface", "--ink-2", "--line-control"]),
            ("shade-1", ["--level-1", "--on-level-1", "--level-1-edge"]),
            (
                "shade-1-5",
                ["--level-1-5", "--on-level-1-5", "--level-1-5"],
            ),
            ("shade-2", ["--level-2", "--on-level-2", "--level-2"]),
            (
                "shade-2-5",
                ["--level-2-5", "--on-level-2-5", "--level-2-5"],
            ),
            ("shade-3", ["--level-3", "--on-level-3", "--level-3"]),
        ];
        Self {
            surface: color("--surface"),
            sunken: color("--sunken"),
            line: color("--line"),
            line_2: color("--line-2"),
            control: color("--line-control"),
            ink: color("--ink"),
            ink_2: color("--ink-2"),
            accent: color("--accent"),
            accent_tint: color("--accent-tint"),
            gap: color("--gap"),
            gap_tint: color("--gap-tint"),
            shades: shades
                .into_iter()
                .map(|(name, parts)| (name, parts.map(color)))
                .collect(),
            font: window.computed("font-family"),
            digit_widths: OnceCell::new(),
            stood: RefCell::default(),
        }
    }

    /// Draws one frame. The canvas begins below the heads and right of them.
    pub fn draw(&self, scene: &Scene<'_>) {
        let Frame {
            metrics,
            rows,
            cols,
        } = scene.frame;
        let (rows, canvas, sharp) = (rows.seen(), scene.canvas, scene.is_sharp());
        let ends = scene.ends(cols.seen());
        let tile = |left, top, width, height| Area {
            left,
            top,
            width,
            height,
        };
        let (right, ends_at) = (metrics.body_w, metrics.ends);
        let foot = metrics.ends + metrics.body_h;
        canvas.clear();
        self.stood.take();
        let body = tile(0.0, ends_at, metrics.body_w, metrics.body_h);
        canvas.redraw(body, false, |pen| self.cells(scene, pen, &rows, &ends));
        let above = tile(0.0, 0.0, metrics.body_w, ends_at);
        canvas.redraw(above, sharp, |pen| self.above(scene, pen, &ends));
        let below = tile(0.0, foot, metrics.body_w, metrics.foot);
        canvas.redraw(below, sharp, |pen| self.below(scene, pen, &ends));
        // Over what reaches out of the columns; and the corners over the rows.
        let beside = tile(right, ends_at, metrics.right, metrics.body_h);
        canvas.redraw(beside, sharp, |pen| self.row_totals(scene, pen, &rows));
        let corner = tile(right, 0.0, metrics.right, ends_at);
        canvas.redraw(corner, sharp, |pen| self.corner(scene, pen));
        let grand = tile(right, foot, metrics.right, metrics.foot);
        canvas.redraw(grand, sharp, |pen| self.grand(scene, pen));
    }

    /// Draws what one cell decides over what is there: itself with those around it,
    /// into which the line around the active cell reaches, or all of their columns
    /// where a gap has come or gone and colours them (`turned`); and, where they differ
    /// from what was drawn, the ends of its column and of its row and the totals of all.
    pub fn draw_around(&self, scene: &Scene<'_>, cell: Cell, turned: bool) {
        let Frame {
            metrics,
            rows,
            cols,
        } = scene.frame;
        let near = |at: usize, seen: Range<usize>| {
            at.saturating_sub(1).max(seen.start)..(at + 2).min(seen.end)
        };
        let near_cols = near(cell.col, cols.seen());
        let near_rows = if turned {
            rows.seen()
        } else {
            near(cell.row, rows.seen())
        };
        let place = |axis: &Axis, at: &Range<usize>| {
            let from = axis.place(at.start).max(0.0);
            (from, (axis.place(at.end).min(axis.window) - from).max(0.0))
        };
        let area = |(left, width), (top, height)| Area {
            left,
            top,
            width,
            height,
        };
        let down = |(top, height)| (metrics.ends + top, height);
        let (col, row) = (cell.col..cell.col + 1, cell.row..cell.row + 1);
        let whole = |axis: &Axis, at: &Range<usize>| {
            axis.place(at.start) >= 0.0 && axis.place(at.end) <= axis.window
        };
        let canvas = scene.canvas;
        // To clip takes as long as to draw: only what is cut off at an edge, and where
        // edges lie between two dots, which would grow darker each time.
        let sharp = scene.is_sharp();
        let (col_fits, row_fits) = (sharp && whole(cols, &col), sharp && whole(rows, &row));
        let across = place(cols, &col);
        let right = (metrics.body_w, metrics.right);
        let above = area(across, (0.0, metrics.ends));
        let below = (metrics.ends + metrics.body_h, metrics.foot);
        let around = area(place(cols, &near_cols), down(place(rows, &near_rows)));
        canvas.redraw(around, false, |pen| {
            self.cells(scene, pen, &near_rows, &scene.ends(near_cols));
        });
        let ends = scene.ends(col);
        let total = scene.sheet.row_total(scene.board, cell.row);
        let all = scene.sheet.grand(scene.board);
        let stood = &mut *self.stood.borrow_mut();
        let ends_differ = |(at, ends): &(usize, Ends)| stood.cols.insert(*at, *ends) != Some(*ends);
        if ends.iter().any(ends_differ) {
            canvas.redraw(above, col_fits, |pen| self.above(scene, pen, &ends));
            canvas.redraw(area(across, below), col_fits, |pen| {
                self.below(scene, pen, &ends);
            });
        }
        if stood.rows.insert(cell.row, total) != Some(total) {
            canvas.redraw(area(right, down(place(rows, &row))), row_fits, |pen| {
                self.row_totals(scene, pen, &row);
            });
        }
        if stood.grand.replace(all) != Some(all) {
            canvas.redraw(area(right, below), sharp, |pen| self.grand(scene, pen));
        }
    }

    /// These rows of some columns, without what stands at their ends. What is cut off at
    /// an edge of the view reaches beyond it.
    fn cells(&self, scene: &Scene<'_>, pen: &Pen, rows: &Range<usize>, ends: &[(usize, Ends)]) {
        let metrics = scene.frame.metrics;
        let (top, width, height) = (metrics.ends, metrics.body_w, metrics.body_h);
        let (first, last) = (ends.first(), ends.last());
        let cols = first.map_or(0, |(at, _)| *at)..last.map_or(0, |(at, _)| at + 1);
        pen.rect(&self.surface, 0.0, top, width, height);
        self.grounds(pen, scene.frame, ends, scene.selection);
        self.lines(pen, scene.sheet, scene.frame, rows, &cols);
        self.marks(scene, pen, rows, &cols);
        self.waiting(scene, pen, rows, &cols);
        self.selection(pen, scene.frame, scene.selection, scene.focused);
    }

    fn grounds(&self, pen: &Pen, frame: &Frame, ends: &[(usize, Ends)], selection: &Selection) {
        let (top, height) = (frame.metrics.ends, frame.metrics.body_h);
        pen.faint(0.42, |pen| {
            pen.color(&self.gap_tint);
            for (col, ends) in ends {
                if ends.stand == Stand::Gap {
                    pen.again(frame.cols.place(*col), top, frame.cols.cell, height);
                }
            }
        });
        if selection.is_several() || selection.block().len() > 1 {
            pen.color(&self.accent_tint);
            for range in selection.ranges() {
                let (x, y, width, height) = frame.place(range);
                pen.again(x, top + y, width, height);
            }
        }
    }

    fn lines(
        &self,
        pen: &Pen,
        sheet: &Sheet,
        frame: &Frame,
        rows: &Range<usize>,
        cols: &Range<usize>,
    ) {
        let metrics = frame.metrics;
        let (top, width, height) = (metrics.ends, metrics.body_w, metrics.body_h);
        let col_end = |col: usize| frame.cols.place(col) + frame.cols.cell - 1.0;
        let row_end = |row: usize| top + frame.rows.place(row) + frame.rows.cell - 1.0;
        pen.color(&self.line);
        for col in cols.clone() {
            pen.again(col_end(col), top, 1.0, height);
        }
        for row in rows.clone() {
            pen.again(0.0, row_end(row), width, 1.0);
        }
        pen.color(&self.line_2);
        for col in cols.clone() {
            if sheet.cols.get(col + 1).is_none_or(|next| next.opens) {
                pen.again(col_end(col), top, 1.0, height);
            }
        }
        for row in rows.clone() {
            if sheet.rows.get(row + 1).is_none_or(|next| next.opens) {
                pen.again(0.0, row_end(row), width, 1.0);
            }
        }
    }

    fn marks(&self, scene: &Scene<'_>, pen: &Pen, rows: &Range<usize>, cols: &Range<usize>) {
        let Scene {
            canvas,
            sheet,
            plan,
            board,
            frame,
            ..
        } = *scene;
        let scale = sheet.scale();
        let (cell_w, cell_h) = (frame.cols.cell, frame.rows.cell);
        for row in rows.clone() {
            let y = frame.metrics.ends + frame.rows.place(row);
            for col in cols.clone() {
                let Some(mark) = sheet.mark(plan, board, Cell::new(row, col)) else {
                    continue;
                };
                let x = frame.cols.place(col);
                if mark.links == 0 {
                    // Assessed and not taught: the dot alone.
                    pen.dot(&self.ink_2, x + cell_w - 6.0, y + 6.0, 2.0);
                    continue;
                }
                let key = stamp(Look::Taught, mark.rank, mark.assessed, mark.links > 1);
                canvas.stamp(key, (x, y), (cell_w, cell_h), |pen| {
                    self.taught(pen, &sheet.letter(mark.rank), mark, scale, cell_w, cell_h);
                });
            }
        }
    }

    /// What is said and proposed: a ring for comments at the upper left, a full dot
    /// where some are new, and a square below for proposals, each on a ground of its
    /// own so that it shows on every shade.
    fn waiting(&self, scene: &Scene<'_>, pen: &Pen, rows: &Range<usize>, cols: &Range<usize>) {
        let Scene {
            sheet,
            frame,
            marks,
            ..
        } = *scene;
        if marks.no_cells() {
            return;
        }
        for row in rows.clone() {
            for col in cols.clone() {
                let waiting = sheet.waiting(marks, Cell::new(row, col));
                let x = frame.cols.place(col) + 5.0;
                let y = frame.metrics.ends + frame.rows.place(row) + 5.0;
                if waiting.unread > 0 {
                    pen.dot(&self.surface, x, y, 5.0);
                    pen.dot(&self.accent, x, y, 3.5);
                } else if waiting.threads > 0 {
                    pen.dot(&self.surface, x, y, 4.5);
                    pen.dot(&self.ink_2, x, y, 3.5);
                    pen.dot(&self.surface, x, y, 2.0);
                }
                if waiting.proposals > 0 {
                    let y = y + frame.rows.cell - 11.0;
                    pen.rect(&self.surface, x - 4.0, y - 4.0, 8.0, 8.0);
                    pen.edge(&self.accent, 1.5, x - 3.0, y - 3.0, 6.0, 6.0, 0.0);
                }
            }
        }
    }

    pub(super) fn shade(&self, rank: Option<Rank>, scale: usize) -> &[String; 3] {
        let name = rank.map_or("shade-0", |rank| shade(usize::from(rank), scale));
        let found = self.shades.iter().find(|(known, _)| *known == name);
        found.map_or(&self.shades[0].1, |(_, parts)| parts)
    }

    fn taught(&self, pen: &Pen, letter: &str, mark: Mark, scale: usize, width: f64, height: f64) {
        let [fill, ink, edge] = self.shade(mark.rank, scale);
        let (x, y, w, h) = (1.0, 1.0, width - 3.0, height - 3.0);
        pen.round(fill, x, y, w, h, 2.0);
        pen.edge(edge, 1.0, x, y, w, h, 2.0);
        let size = self.fit(pen, letter, 12.0, w - 6.0);
        pen.text(ink, letter, x + w / 2.0, y + h / 2.0, size);
        if mark.assessed {
            pen.dot(ink, x + w - 4.5, y + 4.5, 2.0);
        }
        if mark.links > 1 {
            // Several links: two threads below the letter.
            pen.rect(ink, x + w / 2.0 - 6.0, y + h - 4.0, 5.0, 1.5);
            pen.rect(ink, x + w / 2.0 + 1.0, y + h - 4.0, 5.0, 1.5);
        }
    }

    /// Chooses the largest font up to `size` in which the letters fit.
    pub(super) fn fit(&self, pen: &Pen, text: &str, size: f64, room: f64) -> f64 {
        pen.font(&format!("600 {size}px {}", self.font));
        let width = pen.width(text);
        if width <= room {
            return size;
        }
        let smaller = (size * room / width).max(8.0);
        pen.font(&format!("600 {smaller}px {}", self.font));
        smaller
    }

    fn selection(&self, pen: &Pen, frame: &Frame, selection: &Selection, focused: bool) {
        if selection.is_empty() {
            return;
        }
        let top = frame.metrics.ends;
        let (cell_w, cell_h) = (frame.cols.cell, frame.rows.cell);
        for range in selection.ranges() {
            if selection.is_several() || range.len() > 1 {
                let (x, y, width, height) = frame.place(range);
                pen.edge(
                    &self.accent,
                    1.5,
                    x - 1.0,
                    top + y - 1.0,
                    width + 1.0,
                    height + 1.0,
                    0.0,
                );
            }
        }
        let (line, out) = if focused { (2.5, 2.0) } else { (1.5, 1.0) };
        pen.edge(
            &self.accent,
            line,
            (frame.cols.place(selection.active.col) - out).max(0.0),
            (top + frame.rows.place(selection.active.row) - out).max(top),
            cell_w - 1.0 + 2.0 * out,
            cell_h - 1.0 + 2.0 * out,
            3.0,
        );
    }
}

/// A key for a small picture: all that it depends on beside colours and scale.
pub(super) fn stamp(look: Look, rank: Option<Rank>, one: bool, other: bool) -> u64 {
    let look = match look {
        Look::Taught => 0,
        Look::Required => 1,
        Look::Reached => 2,
        Look::Gap => 3,
        Look::Waived => 4,
    };
    look | u64::from(one) << 8
        | u64::from(other) << 9
        | u64::from(rank.is_some()) << 10
        | u64::from(rank.unwrap_or(0)) << 16
}
