//! Course standards as a workbook: a sheet for each course, with the same parts
//! as in Word. Tables of different columns stand on one grid of narrow columns,
//! whose cells are merged.

use weft_model::{ABOUT, ModuleId, Plan};

use super::about::TITLE;
use super::book::{Align, Book, Fill, Ink, Style};
use super::leaf;
use super::progress::{HEAD, MIDDLE, TEXT};
use crate::word::{Cell, Grid, Piece, standards_in_pieces};
use crate::{Figures, Words};

/// Columns of the grid, and the width of each in letters.
const COLUMNS: usize = 24;
const WIDTH: f64 = 4.2;

const WORDS: Style = Style {
    boxed: false,
    ..TEXT
};
const SECTION: Style = Style {
    bold: true,
    ..WORDS
};
const LABEL: Style = Style {
    bold: true,
    fill: Fill::Band,
    align: Align::Usual,
    ..TEXT
};

/// The course standard of one module, or of all in the order of the weave. The
/// same input gives the same bytes.
pub fn standards(
    plan: &Plan,
    figures: &Figures,
    words: Words<'_>,
    only: Option<ModuleId>,
) -> Vec<u8> {
    let name = words.say("print.standard");
    let title = words.item(plan, ABOUT);
    let mut book =
        Book::new(&words.with("book.progress.of", &[("title", &title), ("what", &name)]));
    let all = standards_in_pieces(plan, figures, words, only);
    if all.is_empty() {
        book.sheet(&name);
        book.row(None, [Ink::Text(&words.say("print.nothing"), TEXT)]);
    }
    for (name, pieces) in &all {
        book.sheet(name);
        book.tall();
        book.widths(vec![(WIDTH, false); COLUMNS]);
        for piece in pieces {
            match piece {
                Piece::Heading(1, text) => line(&mut book, text, TITLE),
                Piece::Heading(_, text) => {
                    book.row(None, []);
                    line(&mut book, text, SECTION);
                }
                Piece::Words(_, text) => line(&mut book, text, WORDS),
                Piece::Table(grid) => table(&mut book, grid),
            }
        }
    }
    book.bytes()
}

/// A text over the whole width.
fn line(book: &mut Book, text: &str, style: Style) {
    across(book, &[(text, style, COLUMNS)]);
}

/// Texts side by side, each over so many columns of the grid; the row is as high
/// as the highest of them, since no program makes it so for merged cells.
fn across(book: &mut Book, cells: &[(&str, Style, usize)]) {
    let high = |(text, style, columns): &(&str, Style, usize)| {
        let letters = if style.large { 0.7 } else { 1.0 };
        leaf::lines(text, *columns as f64 * WIDTH * letters)
    };
    let lines = cells.iter().map(high).max().unwrap_or(1);
    let large = cells.iter().any(|(_, style, _)| style.large);
    let height = leaf::height(lines).map(|height| height as f64);
    let height = if large {
        Some(height.unwrap_or(15.0) * 1.6)
    } else {
        height
    };
    let inks = cells.iter().flat_map(|(text, style, columns)| {
        let rest = (1..*columns).map(|_| Ink::Blank(*style));
        let ink = match Ink::said(text, *style) {
            Ink::Text(text, style) => Ink::Over(text, style),
            number => number,
        };
        [ink].into_iter().chain(rest)
    });
    book.row(height, inks);
    let (line, mut from) = (book.line(), 0);
    for (_, _, columns) in cells {
        book.merge((from, line), (from + columns - 1, line));
        from += columns;
    }
}

fn table(book: &mut Book, grid: &Grid) {
    let edges = edges(&grid.parts);
    if !grid.heads.is_empty() {
        let heads: Vec<_> = (grid.heads.iter().zip(edges.windows(2)))
            .map(|(head, edge)| (head.as_str(), HEAD, edge[1] - edge[0]))
            .collect();
        across(book, &heads);
    }
    for row in &grid.rows {
        let mut at = 0;
        let mut cells = Vec::new();
        for cell in row {
            let to = (at + cell.span.max(1)).min(edges.len() - 1);
            if to > at {
                cells.push((cell.text.as_str(), style(cell), edges[to] - edges[at]));
            }
            at = to;
        }
        across(book, &cells);
    }
}

fn style(cell: &Cell) -> Style {
    match (cell.strong, cell.centre) {
        (true, _) => LABEL,
        (false, true) => MIDDLE,
        (false, false) => TEXT,
    }
}

/// Where the columns of a table end on the grid: each has its part of the width,
/// and at least one column.
fn edges(parts: &[usize]) -> Vec<usize> {
    let sum = parts.iter().sum::<usize>().max(1);
    let (mut all, mut gone) = (vec![0], 0);
    for (at, part) in parts.iter().enumerate() {
        gone += part;
        let least = all.last().map_or(0, |last| last + 1);
        let most = COLUMNS.saturating_sub(parts.len() - 1 - at);
        let edge = (gone * COLUMNS + sum / 2) / sum;
        all.push(edge.clamp(least.min(most), most));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_of_every_table_fill_the_grid_and_none_is_without_room() {
        for parts in [
            &[3, 5, 3, 5][..],
            &[2, 13],
            &[5, 3, 2, 3, 3, 5, 4],
            &[1, 40, 1],
            &[1; 24],
        ] {
            let all = edges(parts);
            assert_eq!((all[0], all[parts.len()]), (0, COLUMNS), "{parts:?}");
            assert!(
                all.windows(2).all(|pair| pair[0] < pair[1]),
                "{parts:?} {all:?}"
            );
        }
    }
}
