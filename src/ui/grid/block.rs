//! A cell, and rectangles of cells: what selecting, filling and copying reckon
//! with.

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

    /// The rectangle of `height` × `width` cells, at least one each, that begins
    /// at a cell.
    #[must_use]
    pub fn sized(first: Cell, height: usize, width: usize) -> Self {
        Self {
            top: first.row,
            left: first.col,
            bottom: first.row + height.max(1) - 1,
            right: first.col + width.max(1) - 1,
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

    /// What is left of it without another: up to four rectangles, from top to
    /// bottom.
    #[must_use]
    pub fn without(self, other: Self) -> Vec<Self> {
        let (top, bottom) = (self.top.max(other.top), self.bottom.min(other.bottom));
        let (left, right) = (self.left.max(other.left), self.right.min(other.right));
        if top > bottom || left > right {
            return vec![self];
        }
        let mut rest = Vec::new();
        if self.top < top {
            rest.push(Self {
                bottom: top - 1,
                ..self
            });
        }
        let beside = Self {
            top,
            bottom,
            ..self
        };
        if self.left < left {
            rest.push(Self {
                right: left - 1,
                ..beside
            });
        }
        if right < self.right {
            rest.push(Self {
                left: right + 1,
                ..beside
            });
        }
        if bottom < self.bottom {
            rest.push(Self {
                top: bottom + 1,
                ..self
            });
        }
        rest
    }

    /// All cells, row by row.
    pub fn cells(self) -> impl Iterator<Item = Cell> {
        self.rows()
            .flat_map(move |row| self.cols().map(move |col| Cell { row, col }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_rectangle_without_another_never_overlaps_and_lacks_nothing() {
        let whole = Block::around(Cell::new(2, 2), Cell::new(5, 6));
        for (one, other) in [
            ((0, 0), (1, 9)),
            ((2, 2), (5, 6)),
            ((0, 0), (9, 9)),
            ((3, 3), (4, 4)),
            ((2, 2), (2, 2)),
            ((5, 6), (9, 9)),
            ((0, 4), (9, 4)),
            ((4, 0), (4, 9)),
        ] {
            let other = Block::around(Cell::new(one.0, one.1), Cell::new(other.0, other.1));
            let rest = whole.without(other);
            for cell in whole.cells() {
                let times = rest.iter().filter(|block| block.holds(cell)).count();
                assert_eq!(times, usize::from(!other.holds(cell)), "{cell:?} {other:?}");
            }
            let cells: usize = rest.iter().map(Block::len).sum();
            let shared = whole.cells().filter(|cell| other.holds(*cell)).count();
            assert_eq!(cells + shared, whole.len());
        }
    }
}
