//! The weave as a sheet: modules down, competencies across, letters on shades
//! of their level, heads that stay in view, and the key to it.

use std::collections::HashMap;

use weft_model::{JobItemId, ModuleId, Outline, Plan, Rank, Tier, Uid};

use super::about::TITLE;
use super::book::{Align, Book, Fill, Ink, Style};
use super::progress::term_name;
use crate::{Covered, Figures, Words, Woven};

/// Columns before the competencies: code, title, hours.
const BEFORE: usize = 3;

const PLAIN: Style = Style {
    bold: false,
    large: false,
    ..TITLE
};
const HEAD: Style = Style {
    bold: true,
    fill: Fill::Head,
    boxed: true,
    wrap: true,
    ..PLAIN
};
const TURNED: Style = Style {
    bold: false,
    turned: true,
    ..HEAD
};
const BAND: Style = Style {
    bold: true,
    fill: Fill::Band,
    ..PLAIN
};
const LETTER: Style = Style {
    align: Align::Centre,
    boxed: true,
    ..PLAIN
};

/// A workbook of the weave alone. Bytes are the same for the same plan.
pub fn weave(plan: &Plan, figures: &Figures, words: Words<'_>) -> Vec<u8> {
    let mut book = Book::new(&words.item(plan, weft_model::ABOUT));
    sheet(&mut book, words, plan, figures);
    book.bytes()
}

/// Letters and shades by level, made once.
struct Key<'a> {
    levels: Vec<(String, Style)>,
    plan: &'a Plan,
    words: Words<'a>,
}

impl<'a> Key<'a> {
    fn new(plan: &'a Plan, words: Words<'a>) -> Self {
        let mut key = Self {
            levels: Vec::new(),
            plan,
            words,
        };
        key.levels = (0..=9).map(|rank| key.make(rank)).collect();
        key
    }

    fn make(&self, rank: Rank) -> (String, Style) {
        if rank == 0 {
            return ("•".to_owned(), shaded(0));
        }
        let letter = self.words.letter(self.plan, rank);
        (letter, shaded(step(rank, self.plan.scale_levels.len())))
    }

    fn level(&self, rank: Option<Rank>) -> (&str, Style) {
        let level = self.levels.get(usize::from(rank.unwrap_or(0)));
        level.map_or(("", LETTER), |(letter, style)| (letter.as_str(), *style))
    }
}

const fn shaded(step: u8) -> Style {
    Style {
        fill: Fill::Step(step),
        ..LETTER
    }
}

/// The step of a level on a scale of so many, from 1 to 5, as on the screen.
fn step(rank: Rank, of: usize) -> u8 {
    let (rank, of) = (usize::from(rank), of.max(1));
    if of == 1 {
        return 5;
    }
    let halves = ((rank.clamp(1, of) - 1) * 4 + (of - 1) / 2) / (of - 1);
    u8::try_from(halves + 1).unwrap_or(5)
}

/// Writes the sheet.
pub(super) fn sheet(book: &mut Book, words: Words<'_>, plan: &Plan, figures: &Figures) {
    let outline = Outline::of(plan);
    let columns: Vec<JobItemId> = outline.competencies().collect();
    let key = Key::new(plan, words);
    let places = (columns.iter().enumerate())
        .map(|(at, id)| (*id, at))
        .collect();
    book.sheet(&words.say("print.weave"));
    // Empty cells are left out: a large weave has hundreds of thousands.
    book.ruled();
    let mut widths = vec![(12.0, false), (36.0, false), (8.0, false)];
    widths.extend(columns.iter().map(|_| (4.5, false)));
    book.widths(widths);
    legend(book, &key, plan);
    heads(book, words, plan, figures, &outline, &columns, &key);
    book.freeze(BEFORE, book.line());
    let width = BEFORE + columns.len();
    let several = figures.modules.len() > 1;
    for (term, modules) in &figures.modules {
        if several {
            let name = match term {
                Some(term) => term_name(plan, words, *term),
                None => words.say("print.no_term"),
            };
            let rest = (1..width).map(|_| Ink::Blank(BAND));
            book.row(None, [Ink::Text(&name, BAND)].into_iter().chain(rest));
        }
        for module in modules {
            line(book, words, plan, figures, *module, &places, &key);
        }
    }
}

/// What the letters and shades mean.
fn legend(book: &mut Book, key: &Key<'_>, plan: &Plan) {
    book.row(
        Some(24.0),
        [Ink::Text(&key.words.item(plan, weft_model::ABOUT), TITLE)],
    );
    let mut ranks: Vec<(Rank, String)> = plan
        .scale_levels
        .iter()
        .filter_map(|level| {
            let rank = Rank::try_from(level.rank?.0).ok()?;
            Some((rank, level.name.show(key.words.lang()).to_owned()))
        })
        .collect();
    ranks.sort();
    for (rank, name) in &ranks {
        let (letter, style) = key.level(Some(*rank));
        book.row(None, [Ink::Text(letter, style), Ink::Text(name, PLAIN)]);
    }
    let (dot, style) = key.level(None);
    let (taught, assessed) = (key.words.say("book.taught"), key.words.say("book.assessed"));
    book.row(None, [Ink::Text(dot, style), Ink::Text(&taught, PLAIN)]);
    book.row(None, [Ink::Text("*", LETTER), Ink::Text(&assessed, PLAIN)]);
    book.row(None, []);
}

fn heads(
    book: &mut Book,
    words: Words<'_>,
    plan: &Plan,
    figures: &Figures,
    outline: &Outline,
    columns: &[JobItemId],
    key: &Key<'_>,
) {
    // The tasks above the competencies, each over its columns.
    let above = |id: JobItemId| {
        let line = outline
            .above(id, Tier::Task)
            .or(outline.above(id, Tier::Role));
        line.map_or_else(String::new, |line| words.code_and_title(plan, line.into()))
    };
    let tasks: Vec<String> = columns.iter().map(|id| above(*id)).collect();
    let before = (0..BEFORE).map(|_| Ink::Blank(HEAD));
    let mut last = "";
    let over: Vec<Ink<'_>> = tasks
        .iter()
        .map(|task| {
            let ink = if task == last {
                Ink::Blank(HEAD)
            } else {
                Ink::Text(task, HEAD)
            };
            last = task;
            ink
        })
        .collect();
    book.row(Some(45.0), before.chain(over));
    let line = book.line();
    let mut from = 0;
    for at in 1..=tasks.len() {
        if at == tasks.len() || tasks.get(at) != tasks.get(from) {
            book.merge((BEFORE + from, line), (BEFORE + at - 1, line));
            from = at;
        }
    }
    let labels = ["print.code", "print.module", "book.weave.hours"].map(|key| words.say(key));
    let statements: Vec<String> = columns
        .iter()
        .map(|id| words.code_and_title(plan, (*id).into()))
        .collect();
    let labels = labels.iter().map(|label| Ink::Text(label, HEAD));
    book.row(
        Some(220.0),
        labels.chain(statements.iter().map(|text| Ink::Text(text, TURNED))),
    );
    for (label, pick) in [
        (
            "print.required",
            (|it: &Covered| it.required) as fn(&Covered) -> Option<Rank>,
        ),
        ("print.reached", |it: &Covered| it.reached),
    ] {
        let label = words.say(label);
        let before = [Ink::Blank(HEAD), Ink::Text(&label, HEAD), Ink::Blank(HEAD)];
        let letters = columns
            .iter()
            .map(|id| match figures.coverage.get(id).and_then(pick) {
                Some(rank) => {
                    let (letter, style) = key.level(Some(rank));
                    Ink::Text(letter, style)
                }
                None => Ink::Text("–", LETTER),
            });
        book.row(None, before.into_iter().chain(letters));
    }
}

fn line(
    book: &mut Book,
    words: Words<'_>,
    plan: &Plan,
    figures: &Figures,
    module: ModuleId,
    places: &HashMap<JobItemId, usize>,
    key: &Key<'_>,
) {
    let code = words.code(plan, module.into());
    let title = words.item(plan, module.into());
    let hours = plan
        .modules
        .get(module)
        .and_then(|module| module.total_hours);
    let hours = hours.map_or_else(String::new, |hours| hours.to_string());
    let assessed: Vec<String> = key
        .levels
        .iter()
        .map(|(letter, _)| format!("{letter}*"))
        .collect();
    let name = Style {
        wrap: true,
        ..PLAIN
    };
    let before = [
        Ink::Text(&code, PLAIN),
        Ink::Text(&title, name),
        Ink::Number(&hours, PLAIN),
    ];
    // Cells that hold something, in the order of the columns: of a large weave, few.
    let (first, last) = (JobItemId(Uid(u64::MIN)), JobItemId(Uid(u64::MAX)));
    let woven = figures.cells.range((module, first)..=(module, last));
    let mut woven: Vec<(usize, &Woven)> = woven
        .filter_map(|((_, competency), woven)| Some((*places.get(competency)?, woven)))
        .collect();
    woven.sort_unstable_by_key(|(at, _)| *at);
    let mut next = 0;
    let cells = woven.into_iter().flat_map(|(at, woven)| {
        let skipped = Ink::Skip(at - next);
        next = at + 1;
        let (letter, style) = key.level(woven.level);
        let text = if woven.assessed {
            let text = assessed.get(usize::from(woven.level.unwrap_or(0)));
            text.map_or("*", String::as_str)
        } else {
            letter
        };
        [skipped, Ink::Text(text, style)]
    });
    book.row(None, before.into_iter().chain(cells));
}
