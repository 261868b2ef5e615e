//! The revision comparison table as a Word file, on pages that lie across.

use super::paper::{Cell, Paper};
use crate::Words;
use crate::revision::{HEADS, Revision};

/// The table. `title` names the plan, `since` says between which two states.
/// The same input gives the same bytes.
pub fn revision(title: &str, since: &str, rows: &[Revision], words: Words<'_>) -> Vec<u8> {
    let name = words.say("print.revision");
    let full = words.with("book.progress.of", &[("title", title), ("what", &name)]);
    let mut paper = Paper::new(&full, words.lang());
    paper.turn(true);
    paper.heading(1, &full);
    paper.lines("WeftNote", since);
    if rows.is_empty() {
        paper.lines("", &words.say("versions.as_now"));
        return paper.bytes(words.foot());
    }
    let cells: Vec<Vec<Cell>> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            vec![
                Cell::figure((at + 1).to_string()),
                Cell::new(row.what.as_str()),
                Cell::new(row.old.as_str()),
                Cell::new(row.new.as_str()),
                Cell::new(row.reason.as_str()),
            ]
        })
        .collect();
    let heads = HEADS.map(|key| words.say(key));
    paper.table(&heads, &[2, 9, 9, 9, 8], &cells);
    paper.bytes(words.foot())
}
