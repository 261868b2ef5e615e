//! The review form as a workbook: a line per task and competency, a list to
//! choose the judgement from, room for a remark and for other words. What each
//! line is stands in a hidden first column.

use weft_model::{ABOUT, Choice as _, Judgement, Plan, Uid, field};

use super::about::TITLE;
use super::book::{Book, Fill, Ink, Style};
use super::progress::{HEAD, MIDDLE, SUM, TEXT};
use crate::review_form::lines::{Kind, lines};
use crate::review_form::mark;
use crate::{Figures, Words};

/// Columns, the hidden one first.
const WIDTHS: [f64; 7] = [6.0, 10.0, 46.0, 34.0, 12.0, 40.0, 40.0];
const QUIET: Style = Style {
    quiet: true,
    boxed: false,
    ..TEXT
};
/// Where something is written.
const ROOM: Style = TEXT;
/// A line that is there for what is missing.
const NEW: Style = Style {
    quiet: true,
    ..TEXT
};
const TASK: Style = Style {
    bold: true,
    fill: Fill::Band,
    ..TEXT
};

/// The form. `of` is the plan's own id. The same input gives the same bytes.
pub fn review_form(plan: &Plan, figures: &Figures, words: Words<'_>, of: Uid) -> Vec<u8> {
    let title = words.item(plan, ABOUT);
    let name = words.say("print.review");
    let full = words.with("book.progress.of", &[("title", &title), ("what", &name)]);
    let mut book = Book::new(&full);
    book.sheet(&name);
    let widths = WIDTHS.iter().enumerate();
    book.widths(widths.map(|(at, width)| (*width, at == 0)).collect());
    let mark = mark(of, words);
    let last = WIDTHS.len() - 1;
    let across = |book: &mut Book, text: &str, style: Style, height: f64| {
        let first = if book.line() == 0 { mark.as_str() } else { "" };
        book.row(
            Some(height),
            [Ink::Text(first, QUIET), Ink::Text(text, style)],
        );
        let line = book.line();
        book.merge((1, line), (last, line));
    };
    across(&mut book, &full, TITLE, 26.0);
    across(&mut book, &words.say("paper.review.how"), QUIET, 62.0);
    for key in ["name", "role", "party"] {
        let label = words.say(&format!("paper.review.{key}"));
        let mut cells = vec![
            Ink::Text(key, QUIET),
            Ink::Text(&label, HEAD),
            Ink::Blank(ROOM),
        ];
        cells.push(Ink::Blank(ROOM));
        book.row(Some(22.0), cells);
        let line = book.line();
        book.merge((2, line), (3, line));
    }
    book.row(None, []);
    let heads = heads(words);
    let row = core::iter::once(Ink::Text("heads", QUIET));
    book.row(
        Some(32.0),
        row.chain(heads.iter().map(|head| Ink::Text(head, HEAD))),
    );
    book.freeze(3, book.line());
    let mut judged = Vec::new();
    for it in lines(plan, figures, words) {
        let key = Ink::Text(&it.key, QUIET);
        let (code, text) = (it.code.as_str(), it.words.as_str());
        let taught = it.taught.as_str();
        match it.kind {
            Kind::Role => {
                let rest = (3..=last).map(|_| Ink::Blank(SUM));
                let head = [key, Ink::Text(code, SUM), Ink::Text(text, TASK)];
                book.row(Some(22.0), head.into_iter().chain(rest));
            }
            Kind::Task => {
                book.row(
                    None,
                    [
                        key,
                        Ink::Text(code, TASK),
                        Ink::Text(text, TASK),
                        Ink::Text(taught, ROOM),
                        Ink::Blank(MIDDLE),
                        Ink::Blank(ROOM),
                        Ink::Blank(ROOM),
                    ],
                );
                judged.push(book.line());
            }
            Kind::Competency | Kind::NewCompetency | Kind::NewTask => {
                let style = if it.kind == Kind::Competency {
                    TEXT
                } else {
                    NEW
                };
                book.row(
                    None,
                    [
                        key,
                        Ink::Text(code, style),
                        Ink::Text(text, style),
                        Ink::Text(taught, style),
                        Ink::Blank(SUM),
                        Ink::Blank(ROOM),
                        Ink::Blank(ROOM),
                    ],
                );
            }
        }
    }
    let answers = Judgement::ALL.iter();
    let answers = answers.map(|it| words.choice(field::verdict::judgement, it.id()));
    book.choose(4, judged, &answers.collect::<Vec<_>>());
    // Seen, so that the form is known again where the hidden column is lost.
    book.row(None, []);
    book.row(None, [Ink::Blank(QUIET), Ink::Over(&mark, QUIET)]);
    book.bytes()
}

/// The heads of the visible columns.
fn heads(words: Words<'_>) -> [String; 6] {
    [
        "print.code",
        "paper.review.line",
        "experts.taught_in",
        "plan.field.judgement",
        "paper.review.remark",
        "experts.new_words",
    ]
    .map(|key| words.say(key))
}
