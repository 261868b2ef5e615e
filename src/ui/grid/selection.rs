//! Which cells are selected, and where the keys of a spreadsheet lead. One
//! rectangle at a time: the active cell is one of its corners, the far corner
//! moves with Shift and with a drag.

use std::ops::RangeInclusive;

/// A cell by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cell {
    /// The row, from 0.
    pub row: usize,
    /// The column, from 0.
    pub col: usize,
}

impl Cell {
    /// The cell at this row and column.
    #[must_use]
    pub const fn new(row: usize, col: usize) -> Self {
        Self { row, col }
    }
}

/// A rectangle of cells, with both of its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Block {
    /// The first row.
    pub top: usize,
    /// The first column.
    pub left: usize,
    /// The last row.
    pub bottom: usize,
    /// The last column.
    pub right: usize,
}

impl Block {
    /// The smallest rectangle around two cells.
    #[must_use]
    pub fn around(one: Cell, other: Cell) -> Self {
        Self {
            top: one.row.min(other.row),
            left: one.col.min(other.col),
            bottom: one.row.max(other.row),
            right: one.col.max(other.col),
        }
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> RangeInclusive<usize> {
        self.top..=self.bottom
    }

    /// The columns.
    #[must_use]
    pub fn cols(&self) -> RangeInclusive<usize> {
        self.left..=self.right
    }

    /// How many rows there are.
    #[must_use]
    pub fn height(&self) -> usize {
        self.bottom - self.top + 1
    }

    /// How many columns there are.
    #[must_use]
    pub fn width(&self) -> usize {
        self.right - self.left + 1
    }

    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.height() * self.width()
    }

    /// A block is never empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Whether a cell lies within.
    #[must_use]
    pub fn holds(&self, cell: Cell) -> bool {
        self.rows().contains(&cell.row) && self.cols().contains(&cell.col)
    }

    /// All cells, row by row.
    pub fn cells(self) -> impl Iterator<Item = Cell> {
        self.rows()
            .flat_map(move |row| self.cols().map(move |col| Cell { row, col }))
    }
}

/// Where a key leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// By rows and columns, negative upwards and leftwards.
    By(isize, isize),
    /// To the edge of the filled cells in this direction, as Ctrl with an arrow
    /// does in a spreadsheet: to the end of a filled stretch, else to the next
    /// filled cell, else to the last cell.
    Edge(isize, isize),
    /// To the first column.
    RowStart,
    /// To the last column.
    RowEnd,
    /// To the first cell.
    First,
    /// To the last cell.
    Last,
}

/// The selection of a grid of `rows` × `cols` cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Selection {
    /// How many rows the grid has.
    pub rows: usize,
    /// How many columns the grid has.
    pub cols: usize,
    /// The active cell: what is typed goes here.
    pub active: Cell,
    /// The corner across from it.
    pub far: Cell,
}

impl Selection {
    /// The first cell of a grid.
    #[must_use]
    pub fn new(rows: usize, cols: usize) -> Self {
        Self {
            rows,
            cols,
            ..Self::default()
        }
    }

    /// Whether there is any cell to select.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0 || self.cols == 0
    }

    /// The selected rectangle.
    #[must_use]
    pub fn block(&self) -> Block {
        Block::around(self.active, self.far)
    }

    /// Selects one cell; a place beyond the grid is its nearest cell.
    pub fn select(&mut self, cell: Cell) {
        self.active = self.inside(cell);
        self.far = self.active;
    }

    /// Moves the far corner.
    pub fn stretch(&mut self, cell: Cell) {
        self.far = self.inside(cell);
    }

    /// Selects everything; the active cell stays active, as in a spreadsheet
    /// whose selection is a rectangle: it becomes its first corner.
    pub fn all(&mut self) {
        self.active = Cell::default();
        self.far = self.inside(Cell::new(usize::MAX, usize::MAX));
    }

    /// Selects the whole rows of the selection.
    pub fn whole_rows(&mut self) {
        self.active.col = 0;
        self.far.col = self.cols.saturating_sub(1);
    }

    /// Selects the whole columns of the selection.
    pub fn whole_cols(&mut self) {
        self.active.row = 0;
        self.far.row = self.rows.saturating_sub(1);
    }

    /// Follows a key: moves the active cell, or with `stretch` the far corner.
    /// `filled` says which cells have something in them.
    pub fn go(&mut self, step: Step, stretch: bool, filled: impl Fn(Cell) -> bool) {
        if self.is_empty() {
            return;
        }
        let from = if stretch { self.far } else { self.active };
        let to = match step {
            Step::By(rows, cols) => Cell {
                row: from.row.saturating_add_signed(rows),
                col: from.col.saturating_add_signed(cols),
            },
            Step::Edge(rows, cols) => self.edge(from, rows, cols, filled),
            Step::RowStart => Cell { col: 0, ..from },
            Step::RowEnd => Cell {
                col: usize::MAX,
                ..from
            },
            Step::First => Cell::default(),
            Step::Last => Cell::new(usize::MAX, usize::MAX),
        };
        if stretch {
            self.stretch(to);
        } else {
            self.select(to);
        }
    }

    /// The grid has become another: keeps what still lies inside.
    pub fn resize(&mut self, rows: usize, cols: usize) {
        self.rows = rows;
        self.cols = cols;
        self.active = self.inside(self.active);
        self.far = self.inside(self.far);
    }

    fn inside(&self, cell: Cell) -> Cell {
        Cell {
            row: cell.row.min(self.rows.saturating_sub(1)),
            col: cell.col.min(self.cols.saturating_sub(1)),
        }
    }

    fn edge(&self, from: Cell, rows: isize, cols: isize, filled: impl Fn(Cell) -> bool) -> Cell {
        let next = |cell: Cell| {
            let to = self.inside(Cell {
                row: cell.row.saturating_add_signed(rows),
                col: cell.col.saturating_add_signed(cols),
            });
            (to != cell).then_some(to)
        };
        let Some(mut at) = next(from) else {
            return from;
        };
        let in_stretch = filled(from) && filled(at);
        if in_stretch {
            while let Some(to) = next(at).filter(|to| filled(*to)) {
                at = to;
            }
        } else {
            while !filled(at) {
                let Some(to) = next(at) else { break };
                at = to;
            }
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn go(selection: &mut Selection, step: Step) -> Cell {
        // One row of cells is filled: columns 2, 3, 4 and 8.
        selection.go(step, false, |cell| matches!(cell.col, 2..=4 | 8));
        selection.active
    }

    #[test]
    fn arrows_stop_at_the_edges() {
        let mut selection = Selection::new(3, 3);
        assert_eq!(go(&mut selection, Step::By(-1, 0)), Cell::new(0, 0));
        assert_eq!(go(&mut selection, Step::By(0, -1)), Cell::new(0, 0));
        assert_eq!(go(&mut selection, Step::By(1, 1)), Cell::new(1, 1));
        assert_eq!(go(&mut selection, Step::By(50, 0)), Cell::new(2, 1));
        assert_eq!(go(&mut selection, Step::RowEnd), Cell::new(2, 2));
        assert_eq!(go(&mut selection, Step::First), Cell::new(0, 0));
        assert_eq!(go(&mut selection, Step::Last), Cell::new(2, 2));
    }

    #[test]
    fn ctrl_with_an_arrow_goes_to_the_edge_of_what_is_filled() {
        let mut selection = Selection::new(1, 12);
        let mut right = || go(&mut selection, Step::Edge(0, 1)).col;
        assert_eq!(
            (right(), right(), right(), right(), right()),
            (2, 4, 8, 11, 11)
        );
        let mut left = || go(&mut selection, Step::Edge(0, -1)).col;
        assert_eq!((left(), left(), left(), left()), (8, 4, 2, 0));
    }

    #[test]
    fn shift_moves_the_far_corner_and_leaves_the_active_cell() {
        let mut selection = Selection::new(9, 9);
        selection.select(Cell::new(4, 4));
        selection.go(Step::By(-1, 2), true, |_| false);
        assert_eq!(selection.active, Cell::new(4, 4));
        let block = selection.block();
        assert_eq!(
            (block.top, block.left, block.bottom, block.right),
            (3, 4, 4, 6)
        );
        assert_eq!((block.height(), block.width(), block.len()), (2, 3, 6));
        assert_eq!(block.cells().count(), 6);
        selection.go(Step::By(0, 1), false, |_| false);
        assert_eq!(selection.block().len(), 1);
    }

    #[test]
    fn rows_columns_and_all_are_selected_whole() {
        let mut selection = Selection::new(5, 7);
        selection.select(Cell::new(2, 3));
        selection.whole_rows();
        assert_eq!(selection.block().len(), 7);
        selection.select(Cell::new(2, 3));
        selection.whole_cols();
        assert_eq!(selection.block().len(), 5);
        selection.all();
        assert_eq!(selection.block().len(), 35);
    }

    #[test]
    fn a_grid_that_shrinks_keeps_the_selection_inside() {
        let mut selection = Selection::new(5, 7);
        selection.select(Cell::new(4, 6));
        selection.resize(2, 3);
        assert_eq!(selection.active, Cell::new(1, 2));
        selection.resize(0, 0);
        assert!(selection.is_empty());
        selection.go(Step::Last, true, |_| true);
        assert_eq!(selection.active, Cell::new(0, 0));
    }
}
