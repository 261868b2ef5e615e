//! The teaching-progress table (教学进程表) as Chinese offices keep it: modules
//! by category with merged cells, a column per term in the field's notation,
//! subtotals and a total. It reads back.

use weft_model::{ABOUT, CategoryId, Choice as _, Module, Offering, Pattern, Plan, TermId, field};

use super::about::TITLE;
use super::book::{Align, Book, Fill, Ink, Style};
use crate::{Figures, Total, Words};

pub(super) const HEAD: Style = Style {
    bold: true,
    large: false,
    fill: Fill::Head,
    align: Align::Centre,
    wrap: true,
    boxed: true,
    ..TITLE
};
pub(super) const TEXT: Style = Style {
    bold: false,
    fill: Fill::None,
    align: Align::Usual,
    ..HEAD
};
pub(super) const MIDDLE: Style = Style {
    align: Align::Centre,
    ..TEXT
};
pub(super) const SUM: Style = Style {
    bold: true,
    fill: Fill::Band,
    ..MIDDLE
};

/// Heads before the terms, by their keys and widths.
const HEADS: [(&str, f64); 9] = [
    ("book.progress.category", 12.0),
    ("book.progress.title", 34.0),
    ("book.progress.code", 12.0),
    ("book.progress.nature", 10.0),
    ("book.progress.exam", 10.0),
    ("book.progress.hours", 8.0),
    ("book.progress.credits", 8.0),
    ("book.progress.theory", 8.0),
    ("book.progress.practice", 8.0),
];

/// The table as a workbook. Bytes are the same for the same plan.
pub fn progress_table(plan: &Plan, figures: &Figures, words: Words<'_>) -> Vec<u8> {
    let name = words.say("import.table.progress");
    let title = words.with(
        "book.progress.of",
        &[("title", &words.item(plan, ABOUT)), ("what", &name)],
    );
    let mut book = Book::new(&title);
    book.sheet(&name);
    let terms: Vec<TermId> = figures.terms.iter().map(|(term, _)| *term).collect();
    let width = HEADS.len() + terms.len();
    let mut widths: Vec<(f64, bool)> = HEADS.iter().map(|(_, width)| (*width, false)).collect();
    widths.extend(terms.iter().map(|_| (10.0, false)));
    book.widths(widths);
    // As it hangs on the wall: the last sums do not go over alone.
    if plan.modules.len() <= 60 {
        book.one_page();
    }
    let large = Style {
        align: Align::Centre,
        ..TITLE
    };
    let rest = (1..width).map(|_| Ink::Blank(large));
    book.row(
        Some(30.0),
        [Ink::Text(&title, large)].into_iter().chain(rest),
    );
    book.merge((0, 1), (width - 1, 1));
    let mut heads: Vec<String> = HEADS.iter().map(|(key, _)| words.say(key)).collect();
    heads.extend(
        (1..=terms.len())
            .map(|number| words.with("book.progress.term", &[("number", &number.to_string())])),
    );
    book.row(Some(32.0), heads.iter().map(|head| Ink::Text(head, HEAD)));
    book.freeze(3, 2);
    let mut groups: Vec<Option<CategoryId>> = plan
        .categories
        .iter()
        .map(|category| Some(category.id))
        .collect();
    groups.push(None);
    for group in groups {
        category(&mut book, words, plan, figures, group, &terms);
    }
    let hours: Vec<String> = figures
        .terms
        .iter()
        .map(|(_, hours)| hours.to_string())
        .collect();
    sum(
        &mut book,
        &words.say("book.progress.total"),
        &figures.total,
        &hours,
    );
    let note = words.say("book.progress.note");
    let small = Style {
        quiet: true,
        boxed: false,
        ..TEXT
    };
    book.row(Some(48.0), [Ink::Text(&note, small)]);
    let line = book.line();
    book.merge((0, line), (width - 1, line));
    book.bytes()
}

fn category(
    book: &mut Book,
    words: Words<'_>,
    plan: &Plan,
    figures: &Figures,
    group: Option<CategoryId>,
    terms: &[TermId],
) {
    let there = |module: &&Module| {
        let category = module.category.map(|category| category.0);
        category.filter(|id| plan.categories.get(*id).is_some()) == group
    };
    let modules: Vec<&Module> = plan.modules.iter().filter(there).collect();
    if modules.is_empty() {
        return;
    }
    let name = match group {
        Some(id) => words.item(plan, id.into()),
        None => words.say("print.no_category"),
    };
    let first = book.line() + 1;
    for (at, module) in modules.into_iter().enumerate() {
        row(
            book,
            words,
            plan,
            figures,
            module,
            if at == 0 { &name } else { "" },
            terms,
        );
    }
    book.merge((0, first), (0, book.line()));
    let total = figures.categories.get(&group).copied().unwrap_or_default();
    let none = vec![String::new(); terms.len()];
    sum(book, &words.say("book.progress.subtotal"), &total, &none);
}

fn row(
    book: &mut Book,
    words: Words<'_>,
    plan: &Plan,
    figures: &Figures,
    module: &Module,
    category: &str,
    terms: &[TermId],
) {
    let counted = module.counted != Some(false);
    let hours = told_hours(module);
    let (theory, practice) = figures.split.get(&module.id).copied().unwrap_or_default();
    let text =
        |value: Option<weft_model::Hours>| value.map_or_else(String::new, |it| it.to_string());
    let nature = module
        .nature
        .map(|it| words.choice(field::module::nature, it.0.id()));
    let exam = module
        .exam
        .map(|it| words.choice(field::module::exam, it.0.id()));
    let title = words.item(plan, module.id.into());
    let title = match pool_words(plan, words, module) {
        Some(mark) => format!("{title}{mark}"),
        None => title,
    };
    let credits = module.credits.map_or_else(String::new, |it| it.to_string());
    let (nature, exam) = (nature.unwrap_or_default(), exam.unwrap_or_default());
    let (theory, practice) = (text(theory), text(practice));
    let cells: Vec<String> = terms.iter().map(|term| cell(plan, module, *term)).collect();
    let head = [
        Ink::Over(category, MIDDLE),
        Ink::Text(&title, TEXT),
        Ink::Text(&module.code, TEXT),
        Ink::Text(&nature, MIDDLE),
        Ink::Text(&exam, MIDDLE),
        if counted {
            Ink::Number(&hours, MIDDLE)
        } else {
            Ink::Text(&hours, MIDDLE)
        },
        Ink::Number(&credits, MIDDLE),
        Ink::Number(&theory, MIDDLE),
        Ink::Number(&practice, MIDDLE),
    ];
    let cells = cells.iter().map(|cell| Ink::Text(cell, MIDDLE));
    book.row(None, head.into_iter().chain(cells));
}

/// `（二选一）` behind the title of a module that learners choose among others.
pub(crate) fn pool_words(plan: &Plan, words: Words<'_>, module: &Module) -> Option<String> {
    let (of, take) = chosen_among(plan, module)?;
    let number = |number: usize| match number {
        1..=9 => words.say(&format!("book.number.{number}")),
        _ => number.to_string(),
    };
    let values = [("of", number(of)), ("take", number(take))];
    let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
    Some(words.with("book.progress.pool", &values))
}

/// Among how many modules learners choose this one, and how many of them they take;
/// none: they do not choose it.
pub fn chosen_among(plan: &Plan, module: &Module) -> Option<(usize, usize)> {
    let mut pools = plan.elective_pools.iter();
    let pool = pools.find(|pool| pool.members.contains(&module.id))?;
    let take = usize::try_from(pool.take_modules?.0).ok()?;
    let members = pool.members.iter();
    let live = members.filter(|id| plan.modules.get(**id).is_some());
    Some((live.count(), take))
}

/// The hours of a module; in brackets where they do not count.
pub fn told_hours(module: &Module) -> String {
    let hours = module.total_hours.map(|hours| hours.to_string());
    match hours {
        Some(hours) if module.counted == Some(false) => format!("({hours})"),
        hours => hours.unwrap_or_default(),
    }
}

fn sum(book: &mut Book, label: &str, total: &Total, terms: &[String]) {
    let figures = [
        total.hours.to_string(),
        total.credits.to_string(),
        total.theory.to_string(),
        total.practice.to_string(),
    ];
    let before = (1..5).map(|_| Ink::Blank(SUM));
    let cells = [Ink::Over(label, SUM)]
        .into_iter()
        .chain(before)
        .chain(figures.iter().map(|it| Ink::Number(it, SUM)))
        .chain(terms.iter().map(|it| Ink::Number(it, SUM)));
    book.row(None, cells);
    let line = book.line();
    book.merge((0, line), (4, line));
}

/// A term's code, else its title.
pub(crate) fn term_name(plan: &Plan, words: Words<'_>, term: TermId) -> String {
    let code = words.code(plan, term.into());
    if code.is_empty() {
        words.item(plan, term.into())
    } else {
        code
    }
}

/// What a module is in one term, in the notation of the field; several stretches are
/// joined.
pub fn cell(plan: &Plan, module: &Module, term: TermId) -> String {
    let offerings = plan.offerings.below(module.id);
    let bare = follows(plan, module);
    let parts: Vec<String> = offerings
        .filter(|offering| offering.term.is_some_and(|of| of.0 == term))
        .map(|offering| stretch(offering, bare))
        .collect();
    let text = parts.join("+");
    if module.counted == Some(false) && !text.is_empty() && parts.len() == 1 {
        format!("({text})")
    } else {
        text
    }
}

/// Whether the hours of whole weeks follow from the total: what is left of it
/// falls on them evenly. Then `2W` says enough.
fn follows(plan: &Plan, module: &Module) -> bool {
    let (mut weekly, mut whole, mut each) = (0, 0, None);
    for offering in plan.offerings.below(module.id) {
        let weeks = offering.weeks.map_or(0, |weeks| weeks.0);
        let week = offering.hours_per_week.map_or(0, |hours| hours.halves());
        match offering.pattern.map(|pattern| pattern.0) {
            Some(Pattern::WholeWeeks) if each.is_none_or(|each| each == week) => {
                each = Some(week);
                whole += weeks;
            }
            Some(Pattern::Weekly) => weekly += weeks * week,
            _ => return false,
        }
    }
    let left = module.total_hours.map_or(0, |hours| hours.halves()) - weekly;
    each.is_some_and(|each| each > 0 && whole > 0 && whole * each == left)
}

/// A stretch in the field's notation; `bare`: whole weeks without their hours.
fn stretch(offering: &Offering, bare: bool) -> String {
    let weeks = offering
        .weeks
        .map_or_else(String::new, |it| it.0.to_string());
    let week = offering
        .hours_per_week
        .map_or_else(String::new, |it| it.to_string());
    let hours = offering.hours.map_or_else(String::new, |it| it.to_string());
    match offering.pattern.map(|pattern| pattern.0) {
        Some(Pattern::Weekly) if weeks.is_empty() => week,
        Some(Pattern::Weekly) => format!("{week}/{weeks}W"),
        Some(Pattern::WholeWeeks) if bare || week.is_empty() => format!("{weeks}W"),
        Some(Pattern::WholeWeeks) => format!("{weeks}W@{week}"),
        Some(Pattern::Lectures) => format!("☆{hours}"),
        None if !hours.is_empty() => format!("{hours}h"),
        None if !week.is_empty() => format!("{week}/{weeks}W"),
        // Nothing said but that it is there.
        None => "•".to_owned(),
    }
}
