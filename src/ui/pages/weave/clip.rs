//! The cells of the Weave on the clipboard: selected ones as letters, pasted
//! ones as levels.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::Verb;

use super::edit::{MOST_AT_ONCE, Wanted, count};
use super::loom::Loom;
use crate::browser::clipboard::Pasted;
use crate::ui::grid::clipboard::{self, Rows, Said};
use crate::ui::grid::selection::{Block, Cell};
use crate::ui::text::{say, say_count};
use leptos::prelude::Set;

impl Loom {
    /// The selected cells as letters; nothing where there are too many.
    pub fn copied(&self) -> Option<Rows> {
        let selection = self.selection();
        if selection.is_empty() {
            return None;
        }
        let size = selection.len();
        if size > clipboard::MOST_CELLS {
            self.refuse_size(size);
            return None;
        }
        // A clipboard holds one table: ranges that make none are left alone.
        let Some((from_rows, from_cols)) = selection.lattice() else {
            self.toasts.say(say("weave.told.copy_apart"));
            return None;
        };
        let sheet = self.sheet();
        let mut rows: Rows = vec![vec![String::new(); from_cols.len()]; from_rows.len()];
        for (cell, mark) in self.filled(&selection.parts()) {
            // Both lists are sorted, and every selected cell is in them.
            if let (Ok(row), Ok(col)) = (
                from_rows.binary_search(&cell.row),
                from_cols.binary_search(&cell.col),
            ) {
                rows[row][col] = sheet.letter(mark.rank);
            }
        }
        self.told
            .set(say_count("weave.told.copied", count(size), &[]));
        Some(rows)
    }

    /// Puts pasted cells down from the first cell of each selected range on. What
    /// lies beyond the edge and what is no level is left out, and said.
    pub fn paste(&self, pasted: &Pasted) {
        let selection = self.selection();
        let Ok(rows) = clipboard::read(&pasted.text, &pasted.html) else {
            self.toasts.say(say("weave.told.paste_large"));
            return;
        };
        if selection.is_empty() {
            return;
        }
        let ranges: Vec<(Block, usize, usize)> = selection
            .ranges()
            .map(|range| {
                let (height, width) = clipboard::spread(&rows, range.height(), range.width());
                (range, height, width)
            })
            .collect();
        let size = ranges.iter().map(|(_, height, width)| height * width).sum();
        if size > MOST_AT_ONCE * 4 {
            self.refuse_size(size);
            return;
        }
        let letters = self.sheet().letters();
        let wide = rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
        // Where ranges overlap, the last one has the say.
        let mut cells: BTreeMap<Cell, Wanted> = BTreeMap::new();
        let (mut beyond, mut unknown) = (0, Vec::new());
        for (range, height, width) in &ranges {
            for at in Block::sized(Cell::default(), *height, *width).cells() {
                // A row that is shorter than the others says nothing about the
                // cells that it lacks.
                let Some(text) = rows[at.row % rows.len()].get(at.col % wide) else {
                    continue;
                };
                let cell = Cell::new(range.top + at.row, range.left + at.col);
                if cell.row >= selection.rows || cell.col >= selection.cols {
                    beyond += usize::from(!text.trim().is_empty());
                    continue;
                }
                match clipboard::said(text, &letters) {
                    Said::Nothing => drop(cells.insert(cell, None)),
                    Said::Level(rank) => drop(cells.insert(cell, Some(Some(rank)))),
                    Said::Yes => drop(cells.insert(cell, Some(None))),
                    Said::Unknown => unknown.push(text.trim().to_owned()),
                }
            }
        }
        let cells: Vec<(Cell, Wanted)> = cells.into_iter().collect();
        let sum = self.write(Verb::Paste, &cells).unwrap_or_default();
        let mut notes = Vec::new();
        if beyond > 0 {
            notes.push(say_count("weave.told.beyond", count(beyond), &[]));
        }
        if !unknown.is_empty() {
            let some: BTreeSet<String> = unknown
                .iter()
                .map(|text| text.chars().take(20).collect())
                .collect();
            let some: Vec<String> = some
                .into_iter()
                .take(5)
                .map(|text| format!("“{text}”"))
                .collect();
            notes.push(say_count(
                "weave.told.unknown",
                count(unknown.len()),
                &[("letters", some.join(" "))],
            ));
        }
        self.tell_sum(&sum, notes);
        if let [(range, height, width)] = ranges.as_slice() {
            let pasted = Block::sized(Cell::new(range.top, range.left), *height, *width);
            self.select(|selection| {
                selection.select(Cell::new(pasted.top, pasted.left));
                selection.stretch(Cell::new(pasted.bottom, pasted.right));
            });
        }
    }
}
