//! The cells as a screen reader finds them: elements without a look, over the
//! painted ones. The active cell is always among them, with its whole name;
//! the others that are filled follow when scrolling rests. Empty cells are
//! left out, their column and row numbers say so.

use std::collections::HashMap;

use super::frame::{Frame, px};
use super::heads::Heads;
use super::sheet::{Ends, Mark, Sheet, Stand, Warp};
use crate::browser::piece::Piece;
use crate::ui::grid::selection::{Cell, Selection};
use crate::ui::state::Editor;
use crate::ui::text::{say, say_count, say_with};

/// The most cells that get an element.
const MOST: usize = 700;

#[derive(Default)]
pub(super) struct Spoken {
    cells: HashMap<Cell, Told>,
    /// Elements to be used again.
    spare: Vec<Piece>,
    active: Option<Cell>,
}

struct Told {
    piece: Piece,
    name: String,
    selected: bool,
    /// The row that it is in, and where: moving an element asks for a layout.
    place: Option<(Piece, f64)>,
}

impl Spoken {
    /// Rows and columns have moved: every element stands for another cell.
    pub fn forget(&mut self) {
        for (_, told) in self.cells.drain() {
            told.piece.remove();
            self.spare.push(told.piece);
        }
        self.active = None;
    }

    /// Makes the active cell be there and be the one that is spoken of.
    pub fn activate(
        &mut self,
        sheet: &Sheet,
        frame: &Frame,
        selection: &Selection,
        editor: Editor,
        heads: &Heads,
        grid: &Piece,
    ) {
        let cell = selection.active;
        if heads.row(cell.row).is_none() {
            // Scrolled out of sight by the wheel: it comes back with the next
            // key. An element in no row would be none of the grid's.
            if self.active.take().is_some() {
                grid.unset("aria-activedescendant");
            }
            return;
        }
        self.tell(sheet, frame, cell, selection, editor, heads);
        if self.active != Some(cell) {
            self.active = Some(cell);
            grid.set("aria-activedescendant", &id(cell));
        }
    }

    /// Puts all filled cells in sight into the rows that are drawn now.
    pub fn settle(
        &mut self,
        sheet: &Sheet,
        frame: &Frame,
        selection: &Selection,
        editor: Editor,
        heads: &Heads,
        grid: &Piece,
    ) {
        let mut wanted: Vec<Cell> = Vec::new();
        let cols = frame.cols.seen();
        let marks = editor.marks_now();
        editor.plan_and_board(|plan, board| {
            for (row, _) in heads.rows() {
                let cells = cols.clone().map(|col| Cell::new(row, col));
                wanted.extend(cells.filter(|cell| {
                    sheet.mark(plan, board, *cell).is_some()
                        || sheet.waiting(&marks, *cell).is_some()
                }));
            }
        });
        wanted.truncate(MOST);
        wanted.push(selection.active);
        let keep: std::collections::HashSet<Cell> = wanted.iter().copied().collect();
        let gone: Vec<Cell> = self
            .cells
            .keys()
            .filter(|cell| !keep.contains(cell))
            .copied()
            .collect();
        for cell in gone {
            if let Some(told) = self.cells.remove(&cell) {
                told.piece.remove();
                self.spare.push(told.piece);
            }
        }
        // A row's element may stand for another row by now.
        for cell in wanted {
            self.tell(sheet, frame, cell, selection, editor, heads);
        }
        self.active = None;
        self.activate(sheet, frame, selection, editor, heads, grid);
        heads.name_cols(sheet, editor);
    }

    fn tell(
        &mut self,
        sheet: &Sheet,
        frame: &Frame,
        cell: Cell,
        selection: &Selection,
        editor: Editor,
        heads: &Heads,
    ) {
        let Some(row) = heads.row(cell.row) else {
            return;
        };
        let selected = selection.holds(cell);
        let name = editor.plan_and_board(|plan, board| {
            let mark = sheet.mark(plan, board, cell);
            let waiting = sheet.waiting(&editor.marks_now(), cell);
            let mut name = vec![name(sheet, cell, mark, sheet.ends(plan, board, cell.col))];
            name.extend(waiting.words());
            name.join(", ")
        });
        let told = match self.cells.remove(&cell) {
            Some(told) => Some(told),
            None => self.fresh(cell).map(|piece| Told {
                piece,
                name: String::new(),
                selected: !selected,
                place: None,
            }),
        };
        let Some(mut told) = told else { return };
        if told.name != name {
            told.piece.set("aria-label", &name);
            told.name = name;
        }
        if told.selected != selected {
            told.piece
                .set("aria-selected", if selected { "true" } else { "false" });
            told.selected = selected;
        }
        let left = frame.metrics.left + frame.cols.place(cell.col);
        match &told.place {
            Some((known, at)) if *known == row.row => {
                if (at - left).abs() > f64::EPSILON {
                    told.piece.style("left", &px(left));
                }
            }
            _ => {
                told.piece.style("left", &px(left));
                row.row.add(&told.piece);
            }
        }
        told.place = Some((row.row.clone(), left));
        self.cells.insert(cell, told);
    }

    fn fresh(&mut self, cell: Cell) -> Option<Piece> {
        let piece = match self.spare.pop() {
            Some(piece) => piece,
            None => {
                let piece = Piece::new("div", "weave-cell")?;
                piece.set("role", "gridcell");
                piece
            }
        };
        piece.set("id", &id(cell));
        piece.set("aria-colindex", &(cell.col + 2).to_string());
        Some(piece)
    }
}

fn id(cell: Cell) -> String {
    format!("weave-{}-{}", cell.row, cell.col)
}

/// The name of a cell: what meets there, the level, and what is required.
pub(super) fn name(sheet: &Sheet, cell: Cell, mark: Option<Mark>, ends: Ends) -> String {
    let line = |line: Option<&super::sheet::Line>| {
        line.map(|line| format!("{} {}", line.code, line.title).trim().to_owned())
            .unwrap_or_default()
    };
    let mut parts = vec![format!(
        "{} × {}",
        line(sheet.rows.get(cell.row)),
        line(sheet.cols.get(cell.col))
    )];
    match mark.filter(|mark| mark.links > 0) {
        None => parts.push(say("weave.level.none")),
        Some(mark) => {
            parts.push(sheet.level_name(mark.rank));
            if mark.links > 1 {
                parts.push(say_count("weave.links", f64::from(mark.links), &[]));
            }
        }
    }
    if mark.is_some_and(|mark| mark.assessed) {
        parts.push(say("weave.assessed"));
    }
    if sheet.warp == Warp::Competencies
        && let Some(required) = ends.required
    {
        let level = sheet.level_name(Some(required));
        parts.push(say_with("weave.say.required", &[("level", level)]));
        if ends.stand == Stand::Gap {
            parts.push(say("weave.gap"));
        }
    }
    parts.join(", ")
}
