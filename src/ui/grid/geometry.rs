//! Where the cells of a large grid lie within a small window: which of them
//! are to be seen, and how far to scroll to see another one. Pixels are CSS
//! pixels; what lies around the cells (heads, totals) is the caller's.

use std::ops::Range;

/// One direction of a grid: equal cells in a window that has been scrolled.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Axis {
    /// How many cells there are.
    pub count: usize,
    /// The size of a cell, more than 0.
    pub cell: f64,
    /// How far the window has been scrolled.
    pub scroll: f64,
    /// The size of the window.
    pub window: f64,
}

impl Axis {
    /// The size of all cells together.
    #[must_use]
    pub fn extent(&self) -> f64 {
        self.count as f64 * self.cell
    }

    /// How far the window can be scrolled at most.
    #[must_use]
    pub fn most(&self) -> f64 {
        (self.extent() - self.window).max(0.0)
    }

    /// Where a cell begins within the window; negative before it.
    #[must_use]
    pub fn place(&self, at: usize) -> f64 {
        at as f64 * self.cell - self.scroll
    }

    /// The cells that can be seen, whole or in part.
    #[must_use]
    pub fn seen(&self) -> Range<usize> {
        if self.count == 0 || self.window <= 0.0 || self.cell <= 0.0 {
            return 0..0;
        }
        let first = whole((self.scroll.max(0.0) / self.cell).floor());
        let last = whole(((self.scroll.max(0.0) + self.window) / self.cell).ceil());
        first.min(self.count)..last.min(self.count)
    }

    /// The cell at a point of the window; nothing beside the cells.
    #[must_use]
    pub fn at(&self, point: f64) -> Option<usize> {
        if point < 0.0 || point >= self.window {
            return None;
        }
        let at = whole(((point + self.scroll) / self.cell).floor());
        (at < self.count).then_some(at)
    }

    /// The cell nearest to a point, also of one beside the window: for a drag
    /// that has left it. Nothing where there is no cell.
    #[must_use]
    pub fn nearest(&self, point: f64) -> Option<usize> {
        let last = self.count.checked_sub(1)?;
        let at = ((point + self.scroll) / self.cell).floor().max(0.0);
        Some(whole(at).min(last))
    }

    /// The scroll from which a cell is seen whole, by the shortest way.
    #[must_use]
    pub fn reveal(&self, at: usize) -> f64 {
        let start = at as f64 * self.cell;
        let end = start + self.cell;
        let scroll = if start < self.scroll || self.cell > self.window {
            start
        } else if end > self.scroll + self.window {
            end - self.window
        } else {
            self.scroll
        };
        scroll.clamp(0.0, self.most())
    }

    /// How many cells a page up or down goes: what is seen whole, but one.
    #[must_use]
    pub fn page(&self) -> usize {
        if self.cell <= 0.0 {
            return 1;
        }
        whole((self.window / self.cell).floor())
            .saturating_sub(1)
            .max(1)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded, not negative, and far below 2^53"
)]
fn whole(number: f64) -> usize {
    number.max(0.0) as usize
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn axis(scroll: f64) -> Axis {
        Axis {
            count: 100,
            cell: 24.0,
            scroll,
            window: 240.0,
        }
    }

    #[test]
    fn a_cell_that_shows_in_part_is_seen() {
        assert_eq!(axis(0.0).seen(), 0..10);
        assert_eq!(axis(1.0).seen(), 0..11);
        assert_eq!(axis(24.0).seen(), 1..11);
        assert_eq!(axis(2_160.0).seen(), 90..100);
    }

    #[test]
    fn an_empty_grid_or_window_shows_nothing() {
        assert_eq!(Axis::default().seen(), 0..0);
        let shut = Axis {
            window: 0.0,
            ..axis(0.0)
        };
        assert_eq!(shut.seen(), 0..0);
        assert_eq!(
            Axis {
                count: 0,
                ..axis(0.0)
            }
            .nearest(5.0),
            None
        );
    }

    #[test]
    fn a_point_finds_the_cell_that_lies_there() {
        assert_eq!(axis(10.0).at(0.0), Some(0));
        assert_eq!(axis(10.0).at(14.0), Some(1));
        assert_eq!(axis(10.0).at(-1.0), None);
        assert_eq!(axis(10.0).at(240.0), None);
        let few = Axis {
            count: 3,
            ..axis(0.0)
        };
        assert_eq!(few.at(80.0), None);
        assert_eq!(few.nearest(500.0), Some(2));
        assert_eq!(few.nearest(-500.0), Some(0));
    }

    #[test]
    fn revealing_scrolls_by_the_shortest_way_and_never_past_the_end() {
        assert!((axis(0.0).reveal(9) - 0.0).abs() < f64::EPSILON);
        assert!((axis(0.0).reveal(10) - 24.0).abs() < f64::EPSILON);
        assert!((axis(480.0).reveal(3) - 72.0).abs() < f64::EPSILON);
        assert!((axis(0.0).reveal(99) - 2_160.0).abs() < f64::EPSILON);
        for at in 0..100 {
            for scroll in [0.0, 13.0, 1_000.0, 2_160.0] {
                let now = Axis {
                    scroll: axis(scroll).reveal(at),
                    ..axis(scroll)
                };
                assert!(now.place(at) >= 0.0 && now.place(at) + now.cell <= now.window);
            }
        }
    }

    #[test]
    fn a_page_keeps_one_cell_of_the_page_before() {
        assert_eq!(axis(0.0).page(), 9);
        let flat = Axis {
            window: 10.0,
            ..axis(0.0)
        };
        assert_eq!(flat.page(), 1);
    }
}
