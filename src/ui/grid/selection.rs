//! Which cells are selected, and where the keys of a spreadsheet lead. The
//! range of the active cell is the one that keys and drags work on: the active
//! cell is one of its corners, the far corner moves with Shift and with a drag.
//! Further ranges may stand beside it; whatever selects without adding to them
//! lets them go.

use std::collections::BTreeSet;

pub use super::block::{Block, Cell};

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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// How many rows the grid has.
    pub rows: usize,
    /// How many columns the grid has.
    pub cols: usize,
    /// The active cell: what is typed goes here.
    pub active: Cell,
    /// The corner across from it.
    pub far: Cell,
    /// The ranges beside that of the active cell, in the order of choosing.
    others: Vec<Block>,
    /// Whether the active cell roams without letting the other ranges go.
    adding: bool,
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

    /// The range of the active cell.
    #[must_use]
    pub fn block(&self) -> Block {
        Block::around(self.active, self.far)
    }

    /// All ranges, that of the active cell last. They may overlap.
    pub fn ranges(&self) -> impl Iterator<Item = Block> {
        self.others.iter().copied().chain([self.block()])
    }

    /// Whether there are further ranges beside that of the active cell.
    #[must_use]
    pub fn is_several(&self) -> bool {
        !self.others.is_empty()
    }

    /// All selected cells as rectangles that do not overlap.
    #[must_use]
    pub fn parts(&self) -> Vec<Block> {
        let mut parts: Vec<Block> = Vec::new();
        for range in self.ranges() {
            let mut fresh = vec![range];
            for known in &parts {
                fresh = fresh
                    .into_iter()
                    .flat_map(|block| block.without(*known))
                    .collect();
            }
            parts.extend(fresh);
        }
        parts
    }

    /// How many cells are selected.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts().iter().map(Block::len).sum()
    }

    /// Whether a cell is selected.
    #[must_use]
    pub fn holds(&self, cell: Cell) -> bool {
        self.ranges().any(|range| range.holds(cell))
    }

    /// Whether any cell of a row is selected.
    #[must_use]
    pub fn holds_row(&self, row: usize) -> bool {
        self.ranges().any(|range| range.rows().contains(&row))
    }

    /// Whether any cell of a column is selected.
    #[must_use]
    pub fn holds_col(&self, col: usize) -> bool {
        self.ranges().any(|range| range.cols().contains(&col))
    }

    /// The rows and columns of the selection, if every one of these rows is
    /// selected in every one of these columns: then it can be laid together as
    /// one table, as ranges that share their rows or their columns can.
    #[must_use]
    pub fn lattice(&self) -> Option<(Vec<usize>, Vec<usize>)> {
        let mut rows = BTreeSet::new();
        let mut cols = BTreeSet::new();
        for range in self.ranges() {
            rows.extend(range.rows());
            cols.extend(range.cols());
        }
        (rows.len() * cols.len() == self.len())
            .then(|| (rows.into_iter().collect(), cols.into_iter().collect()))
    }

    /// Selects one cell; a place beyond the grid is its nearest cell.
    pub fn select(&mut self, cell: Cell) {
        self.others.clear();
        self.adding = false;
        self.active = self.inside(cell);
        self.far = self.active;
    }

    /// Begins a further range at a cell.
    pub fn add(&mut self, cell: Cell) {
        self.others.push(self.block());
        self.active = self.inside(cell);
        self.far = self.active;
    }

    /// Takes one cell out of the selection, unless it is the only one. What is
    /// left of the range it lay in stays selected.
    pub fn leave_out(&mut self, cell: Cell) {
        let gone = Block::around(cell, cell);
        let active = self.block();
        let mut kept: Vec<Block> = self
            .ranges()
            .flat_map(|range| range.without(gone))
            .collect();
        if let Some(last) = kept.pop() {
            if last != active {
                self.active = Cell::new(last.top, last.left);
                self.far = Cell::new(last.bottom, last.right);
            }
            self.others = kept;
        }
    }

    /// Keeps what is selected: the next step of the active cell leaves it
    /// behind as a range of its own instead of letting it go.
    pub fn keep(&mut self) {
        let block = self.block();
        if block.len() > 1 || !self.others.iter().any(|range| range.holds(self.active)) {
            self.others.push(block);
        }
        self.far = self.active;
        self.adding = true;
    }

    /// Moves the far corner. What stretches is a range, and no longer roams.
    pub fn stretch(&mut self, cell: Cell) {
        self.far = self.inside(cell);
        self.adding = false;
    }

    /// Selects everything; the active cell stays active, as in a spreadsheet
    /// whose selection is a rectangle: it becomes its first corner.
    pub fn all(&mut self) {
        self.select(Cell::default());
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
        } else if self.adding {
            self.active = self.inside(to);
            self.far = self.active;
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
        self.others
            .retain(|range| range.bottom < rows && range.right < cols);
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

    fn three() -> Selection {
        let mut selection = Selection::new(9, 9);
        selection.select(Cell::new(1, 1));
        selection.stretch(Cell::new(2, 2));
        selection.add(Cell::new(1, 4));
        selection.stretch(Cell::new(2, 4));
        selection.add(Cell::new(1, 7));
        selection.stretch(Cell::new(2, 8));
        selection
    }

    #[test]
    fn further_ranges_stand_beside_the_first_and_cells_that_they_share_count_once() {
        let mut selection = three();
        assert!(selection.is_several());
        assert_eq!(selection.len(), 10);
        assert!(selection.holds(Cell::new(2, 2)) && selection.holds(Cell::new(1, 4)));
        assert!(!selection.holds(Cell::new(1, 3)));
        assert!(selection.holds_row(1) && !selection.holds_row(3));
        assert!(selection.holds_col(8) && !selection.holds_col(6));
        selection.add(Cell::new(0, 0));
        selection.stretch(Cell::new(1, 8));
        assert_eq!(selection.len(), 18 + 5);
        let cells: Vec<Cell> = selection
            .parts()
            .into_iter()
            .flat_map(Block::cells)
            .collect();
        let unlike: BTreeSet<Cell> = cells.iter().copied().collect();
        assert_eq!((cells.len(), unlike.len()), (23, 23));
    }

    #[test]
    fn a_plain_click_or_arrow_goes_back_to_one_range() {
        let mut selection = three();
        selection.select(Cell::new(5, 5));
        assert_eq!((selection.is_several(), selection.len()), (false, 1));
        let mut selection = three();
        selection.go(Step::By(1, 0), true, |_| false);
        assert!(selection.is_several(), "Shift stretches the last range");
        assert_eq!(selection.len(), 12);
        selection.go(Step::By(1, 0), false, |_| false);
        assert_eq!((selection.active, selection.len()), (Cell::new(2, 7), 1));
        let mut selection = three();
        selection.all();
        assert_eq!((selection.is_several(), selection.len()), (false, 81));
    }

    #[test]
    fn a_cell_can_be_left_out_again_but_not_the_last_one() {
        let mut selection = three();
        selection.leave_out(Cell::new(1, 1));
        assert_eq!(selection.len(), 9);
        assert!(!selection.holds(Cell::new(1, 1)) && selection.holds(Cell::new(2, 1)));
        let mut selection = Selection::new(3, 3);
        selection.add(Cell::new(2, 2));
        selection.leave_out(Cell::new(2, 2));
        assert_eq!((selection.active, selection.len()), (Cell::new(0, 0), 1));
        selection.leave_out(Cell::new(0, 0));
        assert!(selection.holds(Cell::new(0, 0)));
    }

    #[test]
    fn by_the_keyboard_a_range_is_kept_and_the_next_one_begun() {
        let mut selection = Selection::new(9, 9);
        selection.go(Step::By(1, 0), true, |_| false);
        selection.keep();
        selection.keep();
        for _ in 0..3 {
            selection.go(Step::By(0, 1), false, |_| false);
        }
        assert_eq!((selection.active, selection.len()), (Cell::new(0, 3), 3));
        selection.keep();
        selection.go(Step::By(2, 0), false, |_| false);
        selection.go(Step::By(0, 1), true, |_| false);
        assert_eq!(selection.len(), 5);
        selection.go(Step::By(1, 0), false, |_| false);
        assert_eq!((selection.is_several(), selection.len()), (false, 1));
    }

    #[test]
    fn ranges_that_share_rows_or_columns_lie_together_as_one_table() {
        assert_eq!(three().lattice(), Some((vec![1, 2], vec![1, 2, 4, 7, 8])));
        let mut selection = three();
        selection.add(Cell::new(5, 1));
        assert_eq!(selection.lattice(), None);
        let mut below = Selection::new(9, 9);
        below.add(Cell::new(4, 0));
        assert_eq!(below.lattice(), Some((vec![0, 4], vec![0])));
        below.add(Cell::new(4, 6));
        assert_eq!(below.lattice(), None);
        below.add(Cell::new(0, 6));
        assert_eq!(below.lattice(), Some((vec![0, 4], vec![0, 6])));
    }

    #[test]
    fn ranges_that_a_smaller_grid_no_longer_has_are_let_go() {
        let mut selection = three();
        selection.resize(9, 6);
        assert_eq!(selection.ranges().count(), 3);
        selection.resize(9, 3);
        assert_eq!(selection.ranges().count(), 2);
    }
}
