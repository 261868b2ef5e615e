//! The course-opening plan as a workbook: a sheet for each term.

use weft_model::{ABOUT, Plan, TermId};

use super::about::TITLE;
use super::book::{Align, Book, Ink, Style};
use super::progress::{HEAD, MIDDLE, SUM, TEXT};
use crate::opening::{COLUMNS, HOURS_AT, WIDTHS, heads, openings as all_of};
use crate::{Figures, Words};

/// The course-opening plan of one term, or of all in their order. The same
/// input gives the same bytes.
pub fn openings(plan: &Plan, figures: &Figures, words: Words<'_>, only: Option<TermId>) -> Vec<u8> {
    let title = words.item(plan, ABOUT);
    let name = words.say("print.opening");
    let of = |title: &str| words.with("book.progress.of", &[("title", title), ("what", &name)]);
    let mut book = Book::new(&of(&title));
    let all = all_of(plan, figures, words, only);
    if all.is_empty() {
        book.sheet(&name);
        book.row(None, [Ink::Text(&words.say("print.nothing"), TEXT)]);
    }
    let large = Style {
        align: Align::Centre,
        ..TITLE
    };
    for opening in &all {
        book.sheet(&opening.term);
        let widths = WIDTHS.iter().enumerate().map(|(at, parts)| {
            let letters = if at == 2 { 30.0 } else { *parts as f64 * 2.2 };
            (letters, false)
        });
        book.widths(widths.collect());
        let head = of(&opening.term);
        let lines = [head.as_str(), title.as_str(), opening.note.as_str()];
        for (at, line) in lines.iter().filter(|it| !it.is_empty()).enumerate() {
            let style = if at == 0 { large } else { MIDDLE };
            let rest = (1..COLUMNS).map(|_| Ink::Blank(style));
            let height = (at == 0).then_some(30.0);
            book.row(height, [Ink::Over(line, style)].into_iter().chain(rest));
            let line = book.line();
            book.merge((0, line), (COLUMNS - 1, line));
        }
        let heads = heads(words);
        book.row(Some(32.0), heads.iter().map(|head| Ink::Text(head, HEAD)));
        book.freeze(3, book.line());
        for row in &opening.rows {
            book.row(None, row.iter().enumerate().map(|(at, it)| cell(at, it)));
        }
        let label = words.say("paper.opening.counted");
        let sum = (0..COLUMNS).map(|at| match at {
            0 => Ink::Over(&label, SUM),
            HOURS_AT => Ink::Number(&opening.hours, SUM),
            _ => Ink::Blank(SUM),
        });
        book.row(None, sum);
        let line = book.line();
        book.merge((0, line), (HOURS_AT - 1, line));
    }
    book.bytes()
}

/// Numbers as numbers, so that an office can add them up.
fn cell(at: usize, text: &str) -> Ink<'_> {
    let number = matches!(at, 0 | 6 | HOURS_AT) && text.parse::<f64>().is_ok();
    match (number, at) {
        (true, _) => Ink::Number(text, MIDDLE),
        (false, 2 | 3 | 10..) => Ink::Text(text, TEXT),
        (false, _) => Ink::Text(text, MIDDLE),
    }
}
