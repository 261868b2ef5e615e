//! The revision comparison table as a workbook.

use super::about::TITLE;
use super::book::{Book, Ink, Style};
use super::progress::{HEAD, MIDDLE, TEXT};
use crate::Words;
use crate::revision::{HEADS, Revision};

const WIDTHS: [f64; 5] = [6.0, 40.0, 40.0, 40.0, 34.0];

/// The table. `title` names the plan, `since` says between which two states.
/// The same input gives the same bytes.
pub fn revision(title: &str, since: &str, rows: &[Revision], words: Words<'_>) -> Vec<u8> {
    let name = words.say("print.revision");
    let full = words.with("book.progress.of", &[("title", title), ("what", &name)]);
    let mut book = Book::new(&full);
    book.sheet(&name);
    book.widths(WIDTHS.map(|width| (width, false)).to_vec());
    let plain = Style {
        boxed: false,
        ..TEXT
    };
    for (text, style) in [(full.as_str(), TITLE), (since, plain)] {
        book.row(None, [Ink::Over(text, style)]);
        let line = book.line();
        book.merge((0, line), (WIDTHS.len() - 1, line));
    }
    let heads = HEADS.map(|key| words.say(key));
    book.row(None, heads.iter().map(|head| Ink::Text(head, HEAD)));
    book.freeze(0, book.line());
    for (at, row) in rows.iter().enumerate() {
        let number = (at + 1).to_string();
        book.row(
            None,
            [
                Ink::Number(&number, MIDDLE),
                Ink::Text(&row.what, TEXT),
                Ink::said(&row.old, TEXT),
                Ink::said(&row.new, TEXT),
                Ink::Text(&row.reason, TEXT),
            ],
        );
    }
    if rows.is_empty() {
        let none = words.say("versions.as_now");
        book.row(None, [Ink::Over(&none, plain)]);
    }
    book.bytes()
}
