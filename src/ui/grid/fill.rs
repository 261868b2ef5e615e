//! Filling: which cells a drag of the fill handle takes, and which of the
//! selected cells each of them repeats.

use super::block::{Block, Cell};

/// The cells that are filled when the handle of `from` is dragged to `to`: those
/// beyond it in the one direction that leads farther, so that what is filled is
/// always a rectangle. Nothing while the drag is still within.
#[must_use]
pub fn reach(from: Block, to: Cell) -> Option<Block> {
    let (down, up) = (
        to.row.saturating_sub(from.bottom),
        from.top.saturating_sub(to.row),
    );
    let (right, left) = (
        to.col.saturating_sub(from.right),
        from.left.saturating_sub(to.col),
    );
    let along_rows = down.max(up) >= right.max(left);
    if along_rows && down > 0 {
        let top = from.bottom + 1;
        Some(Block {
            top,
            bottom: to.row,
            ..from
        })
    } else if along_rows && up > 0 {
        let bottom = from.top - 1;
        Some(Block {
            top: to.row,
            bottom,
            ..from
        })
    } else if right > 0 {
        let left = from.right + 1;
        Some(Block {
            left,
            right: to.col,
            ..from
        })
    } else if left > 0 {
        let right = from.left - 1;
        Some(Block {
            left: to.col,
            right,
            ..from
        })
    } else {
        None
    }
}

/// The cell of `from` that a cell beyond it repeats: the pattern goes on in
/// every direction.
#[must_use]
pub fn repeated(from: Block, cell: Cell) -> Cell {
    Cell {
        row: wrapped(cell.row, from.top, from.height()),
        col: wrapped(cell.col, from.left, from.width()),
    }
}

fn wrapped(at: usize, start: usize, length: usize) -> usize {
    match at.checked_sub(start) {
        Some(beyond) => start + beyond % length,
        None => start + length - 1 - (start - 1 - at) % length,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(top: usize, left: usize, bottom: usize, right: usize) -> Block {
        Block {
            top,
            left,
            bottom,
            right,
        }
    }

    #[test]
    fn a_drag_fills_in_the_direction_that_leads_farther() {
        let from = block(3, 3, 4, 5);
        for (to, filled) in [
            ((4, 5), None),
            ((3, 4), None),
            ((7, 4), Some(block(5, 3, 7, 5))),
            ((7, 6), Some(block(5, 3, 7, 5))),
            ((5, 9), Some(block(3, 6, 4, 9))),
            ((1, 4), Some(block(1, 3, 2, 5))),
            ((3, 0), Some(block(3, 0, 4, 2))),
        ] {
            assert_eq!(reach(from, Cell::new(to.0, to.1)), filled, "{to:?}");
        }
    }

    #[test]
    fn the_pattern_goes_on_in_every_direction() {
        let from = block(3, 3, 4, 5);
        let rows: Vec<usize> = (0..9)
            .map(|row| repeated(from, Cell::new(row, 3)).row)
            .collect();
        assert_eq!(rows, [4, 3, 4, 3, 4, 3, 4, 3, 4]);
        let cols: Vec<usize> = (0..9)
            .map(|col| repeated(from, Cell::new(3, col)).col)
            .collect();
        assert_eq!(cols, [3, 4, 5, 3, 4, 5, 3, 4, 5]);
    }
}
