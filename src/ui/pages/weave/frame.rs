//! The place and the size of everything in one frame of the Weave.

use crate::ui::grid::geometry::Axis;
use crate::ui::grid::selection::Block;

/// Sizes around the cells, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Metrics {
    pub cell_w: f64,
    pub cell_h: f64,
    /// The band of terms and the heads of rows together.
    pub left: f64,
    /// Roles, tasks and the heads of columns together.
    pub heads: f64,
    /// Required and reached together; 0 without them.
    pub ends: f64,
    pub right: f64,
    pub foot: f64,
    /// The room for cells: never more than they need.
    pub body_w: f64,
    pub body_h: f64,
}

impl Metrics {
    /// Where the cells begin, from the top.
    pub fn top(&self) -> f64 {
        self.heads + self.ends
    }
}

/// The width of the band of terms.
pub(super) const BAND: f64 = 34.0;
/// The height of the heads of roles.
pub(super) const ROLE: f64 = 24.0;
/// The height of the heads of tasks.
pub(super) const TASK: f64 = 36.0;
/// The height of the heads of columns.
pub(super) const HEAD: f64 = 126.0;
/// The height of a row of totals.
pub(super) const TOTAL: f64 = 24.0;

/// The place of everything in one frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub metrics: Metrics,
    pub rows: Axis,
    pub cols: Axis,
}

impl Frame {
    /// Where a block begins in the room for cells, and how large it is.
    pub fn place(&self, block: Block) -> (f64, f64, f64, f64) {
        (
            self.cols.place(block.left),
            self.rows.place(block.top),
            block.width() as f64 * self.cols.cell,
            block.height() as f64 * self.rows.cell,
        )
    }
}

/// A length as CSS writes it.
pub(super) fn px(length: f64) -> String {
    format!("{length}px")
}
