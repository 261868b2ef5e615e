//! The totals of the Weave, painted: required and reached levels above the
//! cells, how many modules teach and assess below, links at the right.

use std::ops::Range;

use weft_model::Rank;

use super::frame::TOTAL;
use super::paint::{Look, Paint, Scene, stamp};
use super::sheet::{Ends, Sheet, Stand, Warp};
use crate::browser::canvas::{Canvas, Pen};

impl Paint {
    /// What is required and reached of some columns, above the cells.
    pub(super) fn above(&self, scene: &Scene<'_>, pen: &Pen, ends: &[(usize, Ends)]) {
        let Scene {
            canvas,
            sheet,
            frame,
            selection,
            ..
        } = *scene;
        let metrics = frame.metrics;
        if metrics.ends <= 0.0 {
            return;
        }
        let cell_w = frame.cols.cell;
        let scale = sheet.scale();
        for (col, ends) in ends {
            let x = frame.cols.place(*col);
            pen.rect(&self.sunken, x, 0.0, cell_w, metrics.ends);
            if selection.holds_col(*col) {
                pen.rect(&self.accent_tint, x, 0.0, cell_w, metrics.ends);
            } else if ends.stand == Stand::Gap {
                pen.rect(&self.gap_tint, x, TOTAL, cell_w, metrics.ends - TOTAL);
            }
            if sheet.warp == Warp::Competencies {
                self.levels(canvas, sheet, *ends, x, cell_w, scale);
            }
            let line = self.line_behind(sheet, *col);
            pen.rect(line, x + cell_w - 1.0, 0.0, 1.0, metrics.ends);
        }
        pen.rect(&self.line_2, 0.0, metrics.ends - 1.0, metrics.body_w, 1.0);
        pen.rect(&self.line, 0.0, TOTAL - 1.0, metrics.body_w, 1.0);
    }

    /// How many modules teach and assess the competencies of some columns, below the
    /// cells.
    pub(super) fn below(&self, scene: &Scene<'_>, pen: &Pen, ends: &[(usize, Ends)]) {
        let Scene {
            canvas,
            sheet,
            frame,
            selection,
            ..
        } = *scene;
        let metrics = frame.metrics;
        let foot = metrics.ends + metrics.body_h;
        let cell_w = frame.cols.cell;
        let size = (cell_w, TOTAL);
        for (col, ends) in ends {
            let x = frame.cols.place(*col);
            pen.rect(&self.sunken, x, foot, cell_w, metrics.foot);
            if selection.holds_col(*col) {
                pen.rect(&self.accent_tint, x, foot, cell_w, metrics.foot);
            }
            let line = self.line_behind(sheet, *col);
            pen.rect(line, x + cell_w - 1.0, foot, 1.0, metrics.foot);
            self.figure(canvas, ends.taught, (x, foot), size);
            if sheet.warp == Warp::Competencies {
                self.figure(canvas, ends.assessed, (x, foot + TOTAL), size);
            }
        }
        pen.rect(&self.line_2, 0.0, foot, metrics.body_w, 1.0);
        if metrics.ends > 0.0 {
            pen.rect(&self.line, 0.0, foot + TOTAL, metrics.body_w, 1.0);
        }
    }

    /// The colour of the line at the right of a column.
    fn line_behind(&self, sheet: &Sheet, col: usize) -> &str {
        let opens = sheet.cols.get(col + 1).is_none_or(|next| next.opens);
        if opens { &self.line_2 } else { &self.line }
    }

    /// A total; none at all is a gap. A picture: the same few figures stand at
    /// every end, and text is slow to draw.
    fn figure(&self, canvas: &Canvas, figure: u32, at: (f64, f64), size: (f64, f64)) {
        canvas.stamp(total_stamp(figure, true), at, size, |pen| {
            let (weight, ink) = if figure == 0 {
                (600, &self.gap)
            } else {
                (400, &self.ink_2)
            };
            pen.font(&format!("{weight} 12px {}", self.font));
            pen.text(ink, &figure.to_string(), size.0 / 2.0, size.1 / 2.0, 12.0);
        });
    }

    fn levels(
        &self,
        canvas: &Canvas,
        sheet: &Sheet,
        ends: Ends,
        x: f64,
        cell_w: f64,
        scale: usize,
    ) {
        let size = (cell_w, TOTAL);
        if ends.required.is_some() {
            let key = stamp(Look::Required, ends.required, false, false);
            canvas.stamp(key, (x, 0.0), size, |pen| {
                pen.edge(
                    &self.control,
                    1.0,
                    (cell_w - 21.0) / 2.0,
                    3.0,
                    20.0,
                    18.0,
                    3.0,
                );
                let letter = sheet.letter(ends.required);
                let size = self.fit(pen, &letter, 11.5, 18.0);
                pen.text(
                    &self.ink_2,
                    &letter,
                    (cell_w - 1.0) / 2.0,
                    TOTAL / 2.0,
                    size,
                );
            });
        }
        let look = match ends.stand {
            Stand::Gap => Look::Gap,
            Stand::Waived => Look::Waived,
            Stand::Fine if ends.taught == 0 => return,
            Stand::Fine => Look::Reached,
        };
        let taught = ends.taught > 0;
        let key = stamp(look, ends.reached, taught, false);
        canvas.stamp(key, (x, TOTAL), size, |pen| {
            let letter = if taught {
                sheet.letter(ends.reached)
            } else {
                "–".to_owned()
            };
            self.reached(pen, look, &letter, ends.reached, scale, cell_w);
        });
    }

    fn reached(
        &self,
        pen: &Pen,
        look: Look,
        letter: &str,
        rank: Option<Rank>,
        scale: usize,
        cell_w: f64,
    ) {
        let (x, y, w, h) = ((cell_w - 27.0) / 2.0, 2.0, 26.0, 20.0);
        let middle = (cell_w - 1.0) / 2.0;
        match look {
            Look::Gap => {
                pen.round(&self.surface, x, y, w, h, 3.0);
                pen.edge(&self.gap, 1.5, x, y, w, h, 3.0);
                pen.rect(&self.gap, x + 6.0, y + 5.0, 1.5, 6.5);
                pen.rect(&self.gap, x + 6.0, y + 13.0, 1.5, 1.8);
                let size = self.fit(pen, letter, 11.5, 13.0);
                pen.text(&self.gap, letter, x + 16.5, y + h / 2.0, size);
            }
            Look::Waived => {
                pen.round(&self.surface, x, y, w, h, 3.0);
                pen.edge(&self.control, 1.0, x, y, w, h, 3.0);
                let size = self.fit(pen, letter, 11.5, 20.0);
                pen.text(&self.ink_2, letter, middle, y + h / 2.0, size);
                pen.line(
                    &self.ink_2,
                    1.2,
                    (x + 1.0, y + h - 2.0),
                    (x + w - 1.0, y + 2.0),
                );
            }
            Look::Taught | Look::Required | Look::Reached => {
                let [fill, ink, edge] = self.shade(rank, scale);
                let (x, w) = ((cell_w - 21.0) / 2.0, 20.0);
                pen.round(fill, x, 3.0, w, 18.0, 3.0);
                pen.edge(edge, 1.0, x, 3.0, w, 18.0, 3.0);
                let size = self.fit(pen, letter, 11.5, 18.0);
                pen.text(ink, letter, middle, TOTAL / 2.0, size);
            }
        }
    }

    /// The totals of some rows, at the right.
    pub(super) fn row_totals(&self, scene: &Scene<'_>, pen: &Pen, rows: &Range<usize>) {
        let Scene {
            canvas,
            sheet,
            board,
            frame,
            selection,
            ..
        } = *scene;
        let metrics = frame.metrics;
        let (x, width) = (metrics.body_w, metrics.right);
        let height = metrics.ends + metrics.body_h;
        for row in rows.clone() {
            let y = metrics.ends + frame.rows.place(row);
            let ground = if selection.holds_row(row) {
                &self.accent_tint
            } else {
                &self.sunken
            };
            pen.rect(ground, x, y, width, frame.rows.cell);
            let opens = sheet.rows.get(row + 1).is_none_or(|next| next.opens);
            let line = if opens { &self.line_2 } else { &self.line };
            pen.rect(line, x, y + frame.rows.cell - 1.0, width, 1.0);
            let total = sheet.row_total(board, row);
            let size = (width, frame.rows.cell);
            if total == 0 && sheet.warp == Warp::Specification {
                self.figure(canvas, 0, (x, y), size);
            } else {
                canvas.stamp(total_stamp(total, false), (x, y), size, |pen| {
                    pen.font(&format!("400 12px {}", self.font));
                    let middle = (size.0 / 2.0, size.1 / 2.0);
                    pen.text(&self.ink_2, &total.to_string(), middle.0, middle.1, 12.0);
                });
            }
        }
        pen.rect(&self.line_2, x, 0.0, 1.0, height);
    }

    /// Above the totals of the rows.
    pub(super) fn corner(&self, scene: &Scene<'_>, pen: &Pen) {
        let metrics = scene.frame.metrics;
        pen.rect(
            &self.sunken,
            metrics.body_w,
            0.0,
            metrics.right,
            metrics.ends,
        );
        pen.rect(&self.line_2, metrics.body_w, 0.0, 1.0, metrics.ends);
    }

    /// The totals of all, at the right and below.
    pub(super) fn grand(&self, scene: &Scene<'_>, pen: &Pen) {
        let metrics = scene.frame.metrics;
        let (x, width) = (metrics.body_w, metrics.right);
        let foot = metrics.ends + metrics.body_h;
        pen.rect(&self.sunken, x, foot, width, metrics.foot);
        pen.rect(&self.line_2, x, foot, 1.0, metrics.foot);
        pen.rect(&self.line_2, x, foot, width, 1.0);
        let (links, assessed) = scene.sheet.grand(scene.board);
        self.digits(scene.canvas, links, x + width / 2.0, foot);
        if let Some(assessed) = assessed {
            self.digits(scene.canvas, assessed, x + width / 2.0, foot + TOTAL);
        }
    }

    /// A figure that changes with every edit, in pictures of its digits: text on the
    /// page's canvas has the browser look at the style of the whole page first.
    fn digits(&self, canvas: &Canvas, figure: u32, middle: f64, top: f64) {
        let font = format!("500 12px {}", self.font);
        let widths = self.digit_widths.get_or_init(|| {
            let pen = canvas.pen();
            pen.font(&font);
            core::array::from_fn(|digit| pen.width(&digit.to_string()))
        });
        let text = figure.to_string();
        let digits = || text.bytes().map(|digit| usize::from(digit - b'0'));
        let mut x = middle - digits().map(|digit| widths[digit]).sum::<f64>() / 2.0;
        for digit in digits() {
            let at = (canvas.to_the_dot(x - DIGIT_ROOM), top);
            let size = (widths[digit].ceil() + 2.0 * DIGIT_ROOM, TOTAL);
            canvas.stamp(digit_stamp(digit), at, size, |pen| {
                pen.font(&font);
                let middle = (DIGIT_ROOM + widths[digit] / 2.0, TOTAL / 2.0);
                pen.text(&self.ink, &digit.to_string(), middle.0, middle.1, 12.0);
            });
            x += widths[digit];
        }
    }
}

/// What a digit may reach beyond its width on either side.
const DIGIT_ROOM: f64 = 1.0;

/// The key of a digit's picture.
fn digit_stamp(digit: usize) -> u64 {
    1 << 29 | (digit as u64) << 32
}

/// The key of a total's picture: `of_column`, because rows and columns have
/// ends of different sizes.
fn total_stamp(figure: u32, of_column: bool) -> u64 {
    // Behind the keys of `stamp`, which end below this bit.
    1 << 31 | u64::from(of_column) << 30 | u64::from(figure) << 32
}
