//! The cells and totals of the Weave, painted on one canvas. Colours and the
//! font come from the style sheet; letters on their shades are small pictures
//! that are drawn once and stamped as often as they occur.

use weft_analysis::Board;
use weft_model::{Plan, Rank};

use super::sheet::{Ends, Mark, Sheet, Stand};
use super::view::Frame;
use crate::browser::canvas::{Canvas, Pen};
use crate::browser::piece::Piece;
use crate::ui::components::chip::shade;
use crate::ui::grid::selection::{Cell, Selection};

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
        }
    }

    /// Draws one frame. The canvas begins below the heads and right of them.
    #[expect(clippy::too_many_arguments, reason = "what a frame is made of")]
    pub fn draw(
        &self,
        canvas: &Canvas,
        sheet: &Sheet,
        plan: &Plan,
        board: &Board,
        frame: &Frame,
        selection: &Selection,
        focused: bool,
    ) {
        let metrics = frame.metrics;
        let ends: Vec<(usize, Ends)> = frame
            .cols
            .seen()
            .map(|col| (col, sheet.ends(plan, board, col)))
            .collect();
        canvas.draw(|pen| {
            let (top, width, height) = (metrics.ends, metrics.body_w, metrics.body_h);
            pen.rect(&self.surface, 0.0, 0.0, width, top + height);
            pen.within(0.0, top, width, height, |pen| {
                self.grounds(pen, frame, &ends, selection);
                self.lines(pen, sheet, frame);
                self.marks(canvas, pen, sheet, plan, board, frame);
                self.selection(pen, frame, selection, focused);
            });
            pen.within(0.0, 0.0, width, top + height + metrics.foot, |pen| {
                self.column_ends(canvas, pen, sheet, frame, &ends, selection);
            });
            self.row_totals(canvas, pen, sheet, board, frame, selection);
        });
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

    fn lines(&self, pen: &Pen, sheet: &Sheet, frame: &Frame) {
        let metrics = frame.metrics;
        let (top, width, height) = (metrics.ends, metrics.body_w, metrics.body_h);
        let (seen_rows, seen_cols) = (frame.rows.seen(), frame.cols.seen());
        let col_end = |col: usize| frame.cols.place(col) + frame.cols.cell - 1.0;
        let row_end = |row: usize| top + frame.rows.place(row) + frame.rows.cell - 1.0;
        pen.color(&self.line);
        for col in seen_cols.clone() {
            pen.again(col_end(col), top, 1.0, height);
        }
        for row in seen_rows.clone() {
            pen.again(0.0, row_end(row), width, 1.0);
        }
        pen.color(&self.line_2);
        for col in seen_cols {
            if sheet.cols.get(col + 1).is_none_or(|next| next.opens) {
                pen.again(col_end(col), top, 1.0, height);
            }
        }
        for row in seen_rows {
            if sheet.rows.get(row + 1).is_none_or(|next| next.opens) {
                pen.again(0.0, row_end(row), width, 1.0);
            }
        }
    }

    fn marks(
        &self,
        canvas: &Canvas,
        pen: &Pen,
        sheet: &Sheet,
        plan: &Plan,
        board: &Board,
        frame: &Frame,
    ) {
        let scale = sheet.scale();
        let (cell_w, cell_h) = (frame.cols.cell, frame.rows.cell);
        let seen_cols = frame.cols.seen();
        for row in frame.rows.seen() {
            let y = frame.metrics.ends + frame.rows.place(row);
            for col in seen_cols.clone() {
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
