//! The course-opening plan as a Word file: each term on pages of its own that
//! lie across.

use weft_model::{ABOUT, Plan, TermId};

use super::paper::{Cell, Paper};
use crate::opening::{COLUMNS, HOURS_AT, WIDTHS, heads, openings as all_of};
use crate::{Figures, Words};

/// The course-opening plan of one term, or of all in their order. The same
/// input gives the same bytes.
pub fn openings(plan: &Plan, figures: &Figures, words: Words<'_>, only: Option<TermId>) -> Vec<u8> {
    let title = words.item(plan, ABOUT);
    let name = words.say("print.opening");
    let mut paper = Paper::new(
        &words.with("book.progress.of", &[("title", &title), ("what", &name)]),
        words.lang(),
    );
    paper.turn(true);
    let all = all_of(plan, figures, words, only);
    if all.is_empty() {
        paper.heading(1, &name);
        paper.lines("", &words.say("print.nothing"));
    }
    for (at, opening) in all.iter().enumerate() {
        if at > 0 {
            paper.page();
        }
        let of = [("title", opening.term.as_str()), ("what", name.as_str())];
        paper.heading(1, &words.with("book.progress.of", &of));
        paper.lines("WeftNote", &title);
        paper.lines("WeftNote", &opening.note);
        if opening.rows.is_empty() {
            paper.lines("", &words.say("paper.opening.none"));
            continue;
        }
        let mut rows: Vec<Vec<Cell>> = opening
            .rows
            .iter()
            .map(|row| {
                let cell = |(at, text): (usize, &String)| match at {
                    2 | 3 | 10.. => Cell::new(text.as_str()),
                    _ => Cell::figure(text.as_str()),
                };
                row.iter().enumerate().map(cell).collect()
            })
            .collect();
        let hours = Cell {
            strong: true,
            ..Cell::figure(opening.hours.as_str())
        };
        rows.push(vec![
            Cell::band(words.say("paper.opening.counted"), HOURS_AT),
            hours,
            Cell::band("", COLUMNS - HOURS_AT - 1),
        ]);
        paper.table(&heads(words), &WIDTHS, &rows);
    }
    paper.lines("WeftNote", &words.say("print.notation"));
    paper.bytes(words.foot())
}
