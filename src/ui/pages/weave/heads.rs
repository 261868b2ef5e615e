//! The heads of the Weave as elements: modules at the left, competencies at
//! the top, and their groups. There are about as many elements as can be seen;
//! scrolling shifts them all at once and rewrites only those that come in.

use std::ops::Range;

use super::bands::{Along, Band, place_bands};
use super::frame::{Frame, HEAD, ROLE, TASK, px};
use super::sheet::{At, Line, Sheet, Stand, Warp};
use crate::browser::piece::Piece;
use crate::ui::grid::selection::Selection;
use crate::ui::marks::{Marks, Waiting};
use crate::ui::state::Editor;
use crate::ui::text::{Language, language, say, say_with};

/// A row: its element, and its head.
pub(super) struct Row {
    /// The element of role `row`, for the cells of the row.
    pub row: Piece,
    head: Piece,
    code: Piece,
    title: Piece,
    said: Piece,
    at: Piece,
    hours: Piece,
    of: Option<usize>,
    current: bool,
}

struct Col {
    head: Piece,
    said: Piece,
    code: Piece,
    title: Piece,
    of: Option<usize>,
    current: bool,
    stand: Stand,
}

/// All heads.
pub(super) struct Heads {
    rows_box: Piece,
    cols_box: Piece,
    col_row: Piece,
    bands_box: Piece,
    roles_box: Piece,
    tasks_box: Piece,
    rows: Vec<Row>,
    cols: Vec<Col>,
    bands: Vec<Band>,
    roles: Vec<Band>,
    tasks: Vec<Band>,
    /// Where the heads of columns begin.
    top: f64,
}

impl Heads {
    /// Makes the boxes that the heads shift in.
    pub fn new(window: &Piece, grid: &Piece) -> Option<Self> {
        let clip = |parent: &Piece, class: &str| -> Option<Piece> {
            let outer = parent.grow("div", class)?;
            outer.set("aria-hidden", "true");
            outer.grow("div", "weave-shift")
        };
        let bands_box = clip(window, "weave-bands")?;
        let roles_box = clip(window, "weave-roles")?;
        let tasks_box = clip(window, "weave-tasks")?;
        let cols_box = grid.grow("div", "weave-cols")?;
        let col_row = cols_box.grow("div", "weave-shift")?;
        col_row.set("role", "row");
        col_row.set("aria-rowindex", "1");
        let rows_box = grid.grow("div", "weave-rows")?.grow("div", "weave-shift")?;
        Some(Self {
            rows_box,
            cols_box,
            col_row,
            bands_box,
            roles_box,
            tasks_box,
            rows: Vec::new(),
            cols: Vec::new(),
            bands: Vec::new(),
            roles: Vec::new(),
            tasks: Vec::new(),
            top: f64::NAN,
        })
    }

    /// Writes everything anew at the next frame.
    pub fn forget(&mut self) {
        self.rows.iter_mut().for_each(|row| row.of = None);
        self.cols.iter_mut().for_each(|col| col.of = None);
        for bands in [&mut self.bands, &mut self.roles, &mut self.tasks] {
            bands.iter_mut().for_each(Band::forget);
        }
    }

    /// The element of a row that is drawn now.
    pub fn row(&self, at: usize) -> Option<&Row> {
        let slot = at.checked_rem(self.rows.len())?;
        self.rows.get(slot).filter(|row| row.of == Some(at))
    }

    /// The rows that are drawn now.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &Row)> {
        self.rows
            .iter()
            .filter_map(|row| row.of.map(|at| (at, row)))
    }

    /// Puts all heads where this frame has them.
    pub fn place(&mut self, sheet: &Sheet, frame: &Frame, selection: &Selection, editor: Editor) {
        let (rows, cols) = (frame.rows, frame.cols);
        self.rows_box.shift(0.0, -rows.scroll);
        self.bands_box.shift(0.0, -rows.scroll);
        for row_of_heads in [&self.col_row, &self.roles_box, &self.tasks_box] {
            row_of_heads.shift(-cols.scroll, 0.0);
        }
        let top = frame.metrics.heads - HEAD;
        if self.top != top {
            self.top = top;
            self.cols_box.style("top", &px(top));
        }
        let marks = editor.marks_now();
        self.place_rows(sheet, frame, selection, &marks);
        self.place_cols(sheet, frame, selection, editor);
        let shown = sheet.warp == Warp::Competencies;
        place_bands(
            &mut self.bands,
            &self.bands_box,
            &sheet.bands,
            rows.seen(),
            Along::Down {
                cell: rows.cell,
                scroll: rows.scroll,
                code: shown,
            },
        );
        let across = |height| Along::Across {
            cell: cols.cell,
            scroll: cols.scroll,
            window: cols.window,
            height,
        };
        place_bands(
            &mut self.roles,
            &self.roles_box,
            &sheet.roles,
            cols.seen(),
            across(ROLE),
        );
        place_bands(
            &mut self.tasks,
            &self.tasks_box,
            &sheet.tasks,
            cols.seen(),
            across(TASK),
        );
    }

    fn place_rows(&mut self, sheet: &Sheet, frame: &Frame, selection: &Selection, marks: &Marks) {
        let seen = frame.rows.seen();
        while self.rows.len() < slots(&seen) {
            let Some(row) = Row::new(&self.rows_box) else {
                return;
            };
            self.rows.push(row);
            // A larger ring puts everything elsewhere.
            self.rows.iter_mut().for_each(|row| row.of = None);
        }
        let ring = self.rows.len();
        for at in seen.clone() {
            let row = &mut self.rows[at % ring];
            if row.of != Some(at)
                && let Some(line) = sheet.rows.get(at)
            {
                row.write(at, line, frame, marks.item(line.uid));
            }
            let current = selection.holds_row(at);
            if row.current != current {
                row.current = current;
                row.head.class(row_class(current));
            }
        }
        for row in &mut self.rows {
            let kept = row.of.is_some_and(|at| seen.contains(&at));
            if !kept {
                row.of = None;
            }
            row.row.show(kept);
        }
    }

    fn place_cols(&mut self, sheet: &Sheet, frame: &Frame, selection: &Selection, editor: Editor) {
        let seen = frame.cols.seen();
        while self.cols.len() < slots(&seen) {
            let Some(col) = Col::new(&self.col_row) else {
                return;
            };
            self.cols.push(col);
            self.cols.iter_mut().for_each(|col| col.of = None);
        }
        let ring = self.cols.len();
        let chinese = language() == Language::Chinese;
        for at in seen.clone() {
            let col = &mut self.cols[at % ring];
            if col.of != Some(at)
                && let Some(line) = sheet.cols.get(at)
            {
                let waiting = editor.marks_now().item(line.uid);
                col.write(at, line, frame, chinese, waiting);
            }
            let stand = editor.plan_and_board(|plan, board| sheet.ends(plan, board, at).stand);
            col.show_as(selection.holds_col(at), stand);
        }
        for col in &mut self.cols {
            let kept = col.of.is_some_and(|at| seen.contains(&at));
            if !kept {
                col.of = None;
            }
            col.head.show(kept);
        }
    }

    /// Shows how a column stands now; says whether it stood otherwise before.
    pub fn turn(&mut self, at: usize, stand: Stand) -> bool {
        let slot = at.checked_rem(self.cols.len()).unwrap_or_default();
        let col = self.cols.get_mut(slot).filter(|col| col.of == Some(at));
        col.is_none_or(|col| col.show_as(col.current, stand))
    }

    /// Tells the columns what a screen reader says of them.
    pub fn name_cols(&self, sheet: &Sheet, editor: Editor) {
        for at in self.cols.iter().filter_map(|col| col.of) {
            self.name_col(sheet, at, editor);
        }
    }

    /// Tells one column, if it is drawn, what a screen reader says of it.
    pub fn name_col(&self, sheet: &Sheet, at: usize, editor: Editor) {
        let col = at
            .checked_rem(self.cols.len())
            .and_then(|slot| self.cols.get(slot))
            .filter(|col| col.of == Some(at));
        if let (Some(col), Some(line)) = (col, sheet.cols.get(at)) {
            col.head
                .set("aria-label", &col_name(sheet, line, at, editor));
        }
    }
}

/// Enough elements for what is seen, with two to spare so that a scroll by
/// part of a cell needs no more.
fn slots(seen: &Range<usize>) -> usize {
    if seen.is_empty() { 0 } else { seen.len() + 2 }
}

const fn row_class(current: bool) -> &'static str {
    if current {
        "weave-row-head current"
    } else {
        "weave-row-head"
    }
}

impl Row {
    fn new(parent: &Piece) -> Option<Self> {
        let row = parent.grow("div", "weave-row")?;
        row.set("role", "row");
        let head = row.grow("div", row_class(false))?;
        head.set("role", "rowheader");
        head.set("aria-colindex", "1");
        Some(Self {
            code: head.grow("span", "weave-code")?,
            title: head.grow("span", "weave-name")?,
            said: head.grow("span", "weave-said")?,
            at: head.grow("span", "weave-at")?,
            hours: head.grow("span", "weave-hours")?,
            row,
            head,
            of: None,
            current: false,
        })
    }

    fn write(&mut self, at: usize, line: &Line, frame: &Frame, waiting: Waiting) {
        self.of = Some(at);
        self.row.style("top", &px(frame.rows.cell * at as f64));
        self.row.set("aria-rowindex", &(at + 2).to_string());
        self.row.class(if line.opens {
            "weave-row opens"
        } else {
            "weave-row"
        });
        self.code.text(&line.code);
        self.title.text(&line.title);
        self.hours.text(&line.hours);
        self.at.class(match line.at {
            At::Unsaid => "weave-at",
            At::School => "weave-at school",
            At::Enterprise => "weave-at enterprise",
            At::Both => "weave-at both",
            At::Elsewhere => "weave-at elsewhere",
        });
        let mut name: Vec<String> = [&line.group, &line.code, &line.title]
            .into_iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect();
        let whole = name.join(" ");
        if !line.hours.is_empty() {
            name.push(say_with("weave.hours", &[("n", line.hours.clone())]));
        }
        let mut said = vec![name.join(" ")];
        said.extend(waiting.words());
        self.said.class(said_class(waiting));
        self.head.set("title", &whole);
        self.head.set("aria-label", &said.join(", "));
    }
}

impl Col {
    fn new(parent: &Piece) -> Option<Self> {
        let head = parent.grow("div", "weave-col")?;
        head.set("role", "columnheader");
        let text = head.grow("span", "weave-turned")?;
        Some(Self {
            said: head.grow("span", "weave-said")?,
            code: text.grow("b", "weave-col-code")?,
            title: text.grow("span", "weave-col-name")?,
            head,
            of: None,
            current: false,
            stand: Stand::Fine,
        })
    }

    /// Says whether anything changed.
    fn show_as(&mut self, current: bool, stand: Stand) -> bool {
        if self.current == current && self.stand == stand {
            return false;
        }
        (self.current, self.stand) = (current, stand);
        self.head.class(match (current, stand) {
            (true, _) => "weave-col current",
            (false, Stand::Gap) => "weave-col short",
            _ => "weave-col",
        });
        true
    }

    fn write(&mut self, at: usize, line: &Line, frame: &Frame, chinese: bool, waiting: Waiting) {
        self.of = Some(at);
        self.head.style("left", &px(frame.cols.cell * at as f64));
        self.head.set("aria-colindex", &(at + 2).to_string());
        self.said.class(said_class(waiting));
        // Statements begin with 能 ("can"), which says nothing in a head.
        let short = line.title.strip_prefix('能').filter(|_| chinese);
        self.code.text(&line.code);
        self.title.text(short.unwrap_or(&line.title));
        let name = format!("{} {}", line.code, line.title);
        self.head.set("title", name.trim());
        self.head.set("aria-label", name.trim());
    }
}

/// What a screen reader says of a column: what it is, what is required and
/// reached, who teaches and assesses it.
fn col_name(sheet: &Sheet, line: &Line, at: usize, editor: Editor) -> String {
    let mut name = vec![format!("{} {}", line.code, line.title).trim().to_owned()];
    if sheet.warp == Warp::Competencies {
        let ends = editor.plan_and_board(|plan, board| sheet.ends(plan, board, at));
        if let Some(required) = ends.required {
            let level = sheet.level_name(Some(required));
            name.push(say_with("weave.say.required", &[("level", level)]));
        }
        if ends.taught == 0 {
            name.push(say("weave.say.not_taught"));
        } else {
            let level = sheet.level_name(ends.reached);
            name.push(say_with("weave.say.reached", &[("level", level)]));
        }
        match ends.stand {
            Stand::Gap => name.push(say("weave.gap")),
            Stand::Waived => name.push(say("weave.waived")),
            Stand::Fine => {}
        }
    }
    name.extend(editor.marks_now().item(line.uid).words());
    name.join(", ")
}

/// The mark of what waits at a line: comments, some of them new, or proposals.
const fn said_class(waiting: Waiting) -> &'static str {
    match (
        waiting.unread > 0,
        waiting.threads > 0,
        waiting.proposals > 0,
    ) {
        (true, _, _) => "weave-said unread",
        (false, true, _) => "weave-said some",
        (false, false, true) => "weave-said proposed",
        _ => "weave-said",
    }
}
