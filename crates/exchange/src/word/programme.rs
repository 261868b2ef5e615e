//! The programme, in the order of the plan's own chapters: each table stands in
//! the chapter whose key it belongs to; where the plan has no such chapter,
//! behind the chapter of the table before it in the usual order.

use weft_model::{ABOUT, Choice as _, Plan, field};

use super::chapters::From;
use super::paper::Paper;
use crate::{Figures, Words, numbered_chapters};

/// The tables of the programme by the key of the chapter in which they stand
/// (the keys are those of the templates).
type Table = fn(From<'_>, &mut Paper);
const TABLES: [(&str, Table); 10] = [
    ("objectives", |from, paper| from.specification(paper)),
    ("analysis", |from, paper| from.outline(paper)),
    ("courses", |from, paper| from.structure(paper)),
    ("courses", |from, paper| from.modules(paper)),
    ("progress", |from, paper| from.calendar(paper)),
    ("progress", |from, paper| from.progress(paper)),
    ("conditions", |from, paper| from.parties(paper)),
    ("conditions", |from, paper| from.venues(paper)),
    ("graduation", |from, paper| from.certificates(paper)),
    ("", |from, paper| from.signatures(paper)),
];

/// Which of them is the widest: the teaching-progress table.
const PROGRESS: usize = 5;

/// The programme as a Word file. The same input gives the same bytes.
pub fn programme(plan: &Plan, figures: &Figures, words: Words<'_>) -> Vec<u8> {
    paper(plan, figures, words).bytes(words.foot())
}

/// What the programme says.
pub(crate) fn paper(plan: &Plan, figures: &Figures, words: Words<'_>) -> Paper {
    let title = words.item(plan, ABOUT);
    let mut paper = Paper::new(&title, words.lang());
    let from = From {
        plan,
        figures,
        words,
    };
    cover(&mut paper, from, &title);
    paper.contents(&words.say("book.contents"));
    paper.page();
    let mut done = [false; TABLES.len()];
    // The chapter in which each table stands: its own, or that of the one before.
    let has = |key: &str| plan.sections.iter().any(|section| section.key == key);
    let mut last = "";
    let places = TABLES.map(|(key, _)| {
        if key.is_empty() || has(key) {
            last = key;
        }
        last
    });
    for (title, section) in numbered_chapters(plan, words.lang()) {
        let next: Vec<usize> = (0..TABLES.len())
            .filter(|at| !done[*at] && !section.key.is_empty() && places[*at] == section.key)
            .collect();
        // The chapter with the widest table lies across as a whole: turned within it, it
        // would leave most of an upright page empty.
        paper.turn(next.contains(&PROGRESS) && !plan.modules.is_empty());
        paper.heading(1, &title);
        paper.lines("", section.body.show(words.lang()));
        if section.key == "programme" {
            about(&mut paper, from);
        }
        for at in next {
            (TABLES[at].1)(from, &mut paper);
            done[at] = true;
        }
    }
    paper.turn(false);
    if !has("programme") {
        about(&mut paper, from);
    }
    for ((_, table), done) in TABLES.iter().zip(done) {
        if !done {
            table(from, &mut paper);
        }
    }
    origin(&mut paper, from);
    paper
}

/// Where the plan is from and on which terms, behind all that the office asks for.
fn origin(paper: &mut Paper, from: From<'_>) {
    let (about, words) = (from.plan.about(), from.words);
    let source = about.source.show(words.lang());
    for (field, value) in [
        (field::about::source, source),
        (field::about::licence, about.licence.as_str()),
    ] {
        if !value.is_empty() {
            let name = words.field(field);
            let all = [("name", name.as_str()), ("value", value)];
            paper.lines("WeftNote", &words.with("print.labelled", &all));
        }
    }
}

fn cover(paper: &mut Paper, from: From<'_>, title: &str) {
    paper.paragraph("Title", title);
    // Most titles say it themselves.
    let kind = from.words.say("print.programme");
    if !title.contains(&kind) {
        paper.paragraph("WeftCover", &kind);
    }
    for party in from.plan.parties.iter() {
        paper.paragraph("WeftCover", &from.words.item(from.plan, party.id.into()));
    }
    if let Some(year) = from.plan.about().intake_year {
        let name = from.words.field(field::about::intake_year);
        let year = year.0.to_string();
        let all = [("name", name.as_str()), ("value", year.as_str())];
        paper.paragraph("WeftCover", &from.words.with("print.labelled", &all));
    }
    paper.page();
}

fn about(paper: &mut Paper, from: From<'_>) {
    let (about, words) = (from.plan.about(), from.words);
    let choice =
        |field, id: Option<&str>| id.map_or_else(String::new, |id| words.choice(field, id));
    let told = |value: Option<String>| value.unwrap_or_default();
    from.facts(
        paper,
        &[
            (field::about::code, about.code.clone()),
            (
                field::about::kind,
                choice(field::about::kind, about.kind.map(|it| it.0.id())),
            ),
            (
                field::about::level,
                about.level.show(words.lang()).to_owned(),
            ),
            (
                field::about::status,
                choice(field::about::status, about.status.map(|it| it.0.id())),
            ),
            (
                field::about::length_normal,
                told(about.length_normal.map(|it| it.to_string())),
            ),
            (
                field::about::length_max,
                told(about.length_max.map(|it| it.to_string())),
            ),
            (
                field::about::hour_minutes,
                told(about.hour_minutes.map(|it| it.0.to_string())),
            ),
            (
                field::about::hours_per_credit,
                told(about.hours_per_credit.map(|it| it.to_string())),
            ),
        ],
    );
}
