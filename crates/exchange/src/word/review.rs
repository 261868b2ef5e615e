//! The review form as a Word file: a line per task and competency with a box
//! for each judgement that is ticked with a click (or with a pen, on paper), and
//! room for a remark and for other words. What each line is stands behind its
//! code as hidden text.

use weft_model::{ABOUT, Choice as _, Judgement, Plan, Uid, field};

use super::paper::{Cell, Paper};
use crate::review_form::lines::{Kind, lines};
use crate::review_form::mark;
use crate::{Figures, Words};

/// Columns: code, line, where it is taught, three boxes, remark, other words.
const PARTS: [usize; 8] = [3, 8, 10, 3, 3, 3, 7, 6];

/// The form. `of` is the plan's own id. The same input gives the same bytes.
pub fn review_form(plan: &Plan, figures: &Figures, words: Words<'_>, of: Uid) -> Vec<u8> {
    let title = words.item(plan, ABOUT);
    let name = words.say("print.review");
    let full = words.with("book.progress.of", &[("title", &title), ("what", &name)]);
    let mut paper = Paper::new(&full, words.lang());
    paper.turn(true);
    paper.heading(1, &full);
    paper.lines("", &words.say("paper.review.how"));
    let who: Vec<Vec<Cell>> = ["name", "role", "party"]
        .iter()
        .map(|key| {
            let label = words.say(&format!("paper.review.{key}"));
            vec![
                Cell {
                    key: (*key).to_owned(),
                    ..Cell::band(label, 1)
                },
                Cell::new(""),
            ]
        })
        .collect();
    paper.table(&[], &[3, 7], &who);
    let mut heads = vec![
        words.say("print.code"),
        words.say("paper.review.line"),
        words.say("experts.taught_in"),
    ];
    let answers = Judgement::ALL.iter();
    heads.extend(answers.map(|it| words.choice(field::verdict::judgement, it.id())));
    heads.push(words.say("paper.review.remark"));
    heads.push(words.say("experts.new_words"));
    let rows: Vec<Vec<Cell>> = lines(plan, figures, words)
        .into_iter()
        .map(|it| {
            let strong = matches!(it.kind, Kind::Role | Kind::Task);
            let code = Cell {
                key: it.key.clone(),
                strong,
                ..Cell::new(it.code.as_str())
            };
            if it.kind == Kind::Role {
                return vec![code, Cell::band(it.words, PARTS.len() - 1)];
            }
            let mut row = vec![
                code,
                Cell {
                    strong,
                    ..Cell::new(it.words)
                },
                Cell::new(it.taught),
            ];
            if it.kind == Kind::Task {
                row.extend((0..3).map(|_| Cell {
                    tick: true,
                    centre: true,
                    ..Cell::default()
                }));
            } else {
                row.push(Cell {
                    span: 3,
                    ..Cell::default()
                });
            }
            row.extend([Cell::new(""), Cell::new("")]);
            row
        })
        .collect();
    paper.table(&heads, &PARTS, &rows);
    paper.lines("WeftNote", &mark(of, words));
    paper.bytes(words.foot())
}
