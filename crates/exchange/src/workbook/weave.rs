//! The weave as a sheet: modules down, competencies across, letters on shades
//! of their level, heads that stay in view, and the key to it.

use weft_model::{JobItemId, ModuleId, Outline, Plan, Rank, Tier};

use super::about::TITLE;
use super::book::{Align, Book, Fill, Ink, Stamp, Style};
use super::leaf::{lines, wide};
use super::progress::term_name;
use crate::{Covered, Figures, Words, Woven};

/// Columns before the competencies: code, title, hours.
const BEFORE: usize = 3;

/// The width of most columns of competencies, in letters.
const NARROW: f64 = 4.5;

/// The height of their heads, in points and in letters of a text that stands upwards.
const UP: (f64, f64) = (220.0, 40.0);

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
    book.sheet(&words.say("print.weave"));
    // Empty cells are left out: a large weave has hundreds of thousands.
    book.ruled();
    let mut widths = vec![(12.0, false), (36.0, false), (8.0, false)];
    let statement = |id: &JobItemId| words.code_and_title(plan, (*id).into());
    widths.extend(columns.iter().map(|id| (room(&statement(id)), false)));
    book.widths(widths);
    legend(book, &key, plan, columns.len());
    heads(book, words, plan, figures, &outline, &columns, &key);
    book.freeze(BEFORE, book.line());
    let width = BEFORE + columns.len();
    let mut cells = Cells::new(book, &columns, &key);
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
            line(book, words, plan, figures, *module, &mut cells);
        }
    }
}

/// The title, and what the letters and shades mean: in a line or two, because all
/// above the modules stays in view.
fn legend(book: &mut Book, key: &Key<'_>, plan: &Plan, columns: usize) {
    let mut ranks: Vec<(Rank, String)> = plan
        .scale_levels
        .iter()
        .filter_map(|level| {
            let rank = Rank::try_from(level.rank?.0).ok()?;
            Some((rank, level.name.show(key.words.lang()).to_owned()))
        })
        .collect();
    ranks.sort();
    let mut parts: Vec<((&str, Style), String)> = (ranks.into_iter())
        .map(|(rank, name)| (key.level(Some(rank)), name))
        .collect();
    parts.push((key.level(None), key.words.say("book.taught")));
    parts.push((("*", LETTER), key.words.say("book.assessed")));
    let title = key.words.item(plan, weft_model::ABOUT);
    book.row(Some(24.0), [Ink::Text(&title, TITLE)]);
    let mut line = vec![Ink::Skip(BEFORE)];
    let mut used = 0;
    for ((letter, style), name) in &parts {
        let wide = 2 + columns_of(name);
        if used > 0 && used + wide > columns.max(LEGEND) {
            book.row(None, line.drain(..));
            line.push(Ink::Skip(BEFORE));
            used = 0;
        }
        // A text reaches over the empty cells behind it.
        let name = [Ink::Text(letter, *style), Ink::Text(name, PLAIN)];
        line.extend(name.into_iter().chain([Ink::Skip(wide - 2)]));
        used += wide;
    }
    book.row(None, line);
}

/// The width of a column under a statement that stands upwards: two lines of it have
/// room in most.
fn room(statement: &str) -> f64 {
    let more = lines(statement, UP.1).saturating_sub(2).min(3);
    NARROW + 2.2 * more as f64
}

/// Columns that the legend takes at least, also beside a weave with fewer of them.
const LEGEND: usize = 30;

/// How many narrow columns a text takes.
fn columns_of(text: &str) -> usize {
    (wide(text) / NARROW).ceil() as usize
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
        Some(UP.0),
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

/// The cells of a row. A full weave has as many as half a million, so that nothing is
/// looked up for each.
struct Cells<'a> {
    /// Columns by competency, in the order in which the cells of a module stand.
    places: Vec<(JobItemId, usize)>,
    /// What is in each column of the row.
    row: Vec<Option<&'a Woven>>,
    /// The letter of each level, and the same when it is assessed; none: not stated.
    stamps: Vec<[Stamp; 2]>,
    /// A level beyond the scale.
    beyond: [Stamp; 2],
}

impl<'a> Cells<'a> {
    fn new(book: &mut Book, columns: &[JobItemId], key: &Key<'_>) -> Self {
        let mut both = |letter: &str, assessed: &str, style| {
            [book.stamp(letter, style), book.stamp(assessed, style)]
        };
        let of_level =
            |(letter, style): &(String, Style)| both(letter, &format!("{letter}*"), *style);
        let stamps = key.levels.iter().map(of_level).collect();
        let mut places: Vec<_> = (columns.iter().enumerate())
            .map(|(at, id)| (*id, at))
            .collect();
        places.sort_unstable();
        Self {
            places,
            row: vec![None; columns.len()],
            stamps,
            beyond: both("", "*", LETTER),
        }
    }

    /// Lays out the cells of a module.
    fn lay(&mut self, figures: &'a Figures, module: ModuleId) {
        self.row.fill(None);
        let mut places = self.places.iter().peekable();
        for (competency, woven) in figures.cells.of_module(module) {
            while places.next_if(|(id, _)| id < competency).is_some() {}
            let place = places.next_if(|(id, _)| id == competency);
            if let Some(cell) = place.and_then(|(_, at)| self.row.get_mut(*at)) {
                *cell = Some(woven);
            }
        }
    }

    fn inks(&self) -> impl Iterator<Item = Ink<'_>> {
        self.row.iter().map(|cell| {
            let Some(woven) = cell else {
                return Ink::Skip(1);
            };
            let level = self.stamps.get(usize::from(woven.level.unwrap_or(0)));
            let [plain, assessed] = level.unwrap_or(&self.beyond);
            Ink::Stamp(if woven.assessed { assessed } else { plain })
        })
    }
}

fn line<'a>(
    book: &mut Book,
    words: Words<'_>,
    plan: &Plan,
    figures: &'a Figures,
    module: ModuleId,
    cells: &mut Cells<'a>,
) {
    let code = words.code(plan, module.into());
    let title = words.item(plan, module.into());
    let hours = plan
        .modules
        .get(module)
        .and_then(|module| module.total_hours);
    let hours = hours.map_or_else(String::new, |hours| hours.to_string());
    let name = Style {
        wrap: true,
        ..PLAIN
    };
    let before = [
        Ink::Text(&code, PLAIN),
        Ink::Text(&title, name),
        Ink::Number(&hours, PLAIN),
    ];
    cells.lay(figures, module);
    book.row(None, before.into_iter().chain(cells.inks()));
}
