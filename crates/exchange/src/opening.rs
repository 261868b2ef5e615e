//! The course-opening plan (开课计划) of a term, as rows: which courses are given,
//! to whom, in which weeks, for how many hours, by whom and where. `word` and
//! `workbook` write it down.

use std::collections::BTreeSet;

use weft_model::{Choice as _, Module, ModuleId, Plan, TermId, field};

use crate::dates::{calendar_day, day_number};
use crate::workbook::{progress_cell, term_name};
use crate::{Figures, Words};

/// How many columns it has.
pub(crate) const COLUMNS: usize = 14;
/// The column of the hours of the term, counted from 0.
pub(crate) const HOURS_AT: usize = 7;

/// The plan of one term.
pub(crate) struct Opening {
    /// The term's name.
    pub term: String,
    /// Its days and weeks, as far as they are known; may be empty.
    pub note: String,
    /// A row per course.
    pub rows: Vec<[String; COLUMNS]>,
    /// The hours that count.
    pub hours: String,
}

/// The plans of the terms, or of one of them.
pub(crate) fn openings(
    plan: &Plan,
    figures: &Figures,
    words: Words<'_>,
    only: Option<TermId>,
) -> Vec<Opening> {
    let all = figures.terms.iter();
    let wanted = all.filter(|(term, _)| only.is_none_or(|only| only == *term));
    wanted
        .map(|(term, hours)| opening(plan, figures, words, *term, hours.to_string()))
        .collect()
}

/// The heads of the columns.
pub(crate) fn heads(words: Words<'_>) -> [String; COLUMNS] {
    [
        words.say("print.no"),
        words.say("book.progress.code"),
        words.say("book.progress.title"),
        words.say("book.progress.category"),
        words.say("book.progress.nature"),
        words.say("book.progress.exam"),
        words.say("paper.opening.credits"),
        words.say("paper.opening.hours"),
        words.say("paper.opening.pattern"),
        words.say("paper.opening.weeks"),
        words.field(field::module::teachers),
        words.field(field::module::mentors),
        words.field(field::module::venues),
        words.say("paper.opening.for"),
    ]
}

/// How wide the columns are, in parts.
pub(crate) const WIDTHS: [usize; COLUMNS] = [3, 4, 9, 6, 6, 7, 4, 4, 5, 4, 6, 6, 7, 4];

fn opening(
    plan: &Plan,
    figures: &Figures,
    words: Words<'_>,
    term: TermId,
    hours: String,
) -> Opening {
    let given = |id: &&ModuleId| {
        let mut offerings = plan.offerings.below(**id);
        offerings.any(|it| it.term.is_some_and(|of| of.0 == term))
    };
    // Courses by category, as offices list them; within it as the plan has them.
    let order = plan.categories.iter().map(|it| Some(it.id)).chain([None]);
    let mut rows = Vec::new();
    for category in order {
        let modules = plan.modules.iter().filter(|module| {
            let of = module.category.map(|it| it.0);
            of.filter(|id| plan.categories.get(*id).is_some()) == category
        });
        for module in modules.filter(|module| given(&&module.id)) {
            let number = (rows.len() + 1).to_string();
            rows.push(row(plan, figures, words, module, term, number));
        }
    }
    let start = plan.value(term.into(), &field::term::start.key());
    let start = start.and_then(|it| it.as_str().map(str::to_owned));
    let weeks = plan.terms.get(term).and_then(|it| it.weeks).map(|it| it.0);
    let start = start.map(|start| days(&start, weeks));
    let weeks = weeks.map(|weeks| n_weeks(words, "paper.opening.n_weeks", weeks));
    let note: Vec<String> = [start, weeks].into_iter().flatten().collect();
    let code = term_name(plan, words, term);
    let name = words.item(plan, term.into());
    Opening {
        term: if code == name {
            name
        } else {
            format!("{code} {name}")
        },
        note: note.join(" · "),
        rows,
        hours,
    }
}

fn row(
    plan: &Plan,
    figures: &Figures,
    words: Words<'_>,
    module: &Module,
    term: TermId,
    number: String,
) -> [String; COLUMNS] {
    let comma = words.say("finding.comma");
    let names = |people: &BTreeSet<weft_model::PersonId>| {
        let all = plan.people.iter().filter(|it| people.contains(&it.id));
        let all = all.map(|it| words.item(plan, it.id.into()));
        all.collect::<Vec<_>>().join(&comma)
    };
    let venues = plan.venues.iter();
    let venues = venues.filter(|it| module.venues.contains(&it.id));
    let venues: Vec<String> = venues.map(|it| words.item(plan, it.id.into())).collect();
    let tracks = plan.tracks.iter();
    let tracks = tracks.filter(|it| module.tracks.contains(&it.id));
    let tracks: Vec<String> = tracks.map(|it| words.item(plan, it.id.into())).collect();
    let hours = figures.offered.get(&(module.id, term));
    let hours = hours.map_or_else(String::new, |it| it.to_string());
    let hours = match module.counted {
        Some(false) if !hours.is_empty() => format!("({hours})"),
        _ => hours,
    };
    [
        number,
        module.code.clone(),
        words.item(plan, module.id.into()),
        module
            .category
            .map_or_else(String::new, |it| words.item(plan, it.0.into())),
        module.nature.map_or_else(String::new, |it| {
            words.choice(field::module::nature, it.0.id())
        }),
        module.exam.map_or_else(String::new, |it| {
            words.choice(field::module::exam, it.0.id())
        }),
        module.credits.map_or_else(String::new, |it| it.to_string()),
        hours,
        progress_cell(plan, module, term),
        weeks_of(plan, words, module, term),
        names(&module.teachers),
        names(&module.mentors),
        venues.join(&comma),
        if tracks.is_empty() {
            words.say("paper.opening.all")
        } else {
            tracks.join(&comma)
        },
    ]
}

/// The weeks of the term in which a module is given: which ones, where a first
/// week is said (`3-10`), else how many; without either all that the term has.
fn weeks_of(plan: &Plan, words: Words<'_>, module: &Module, term: TermId) -> String {
    let offerings = plan.offerings.below(module.id);
    let all = offerings.filter(|it| it.term.is_some_and(|of| of.0 == term));
    let whole = plan.terms.get(term).and_then(|it| it.weeks).map(|it| it.0);
    let parts = all.filter_map(|it| {
        let weeks = it.weeks.map(|it| it.0);
        let Some(first) = it.start_week.map(|it| it.0) else {
            return weeks
                .or(whole)
                .map(|weeks| n_weeks(words, "paper.opening.of_weeks", weeks));
        };
        let last = first + weeks.unwrap_or(1) - 1;
        Some(if last > first {
            format!("{first}-{last}")
        } else {
            first.to_string()
        })
    });
    parts.collect::<Vec<_>>().join("+")
}

fn n_weeks(words: Words<'_>, key: &str, weeks: impl ToString) -> String {
    words.with(key, &[("weeks", &weeks.to_string())])
}

/// The first day of a term, and its last where its weeks are known.
fn days(start: &str, weeks: Option<i64>) -> String {
    let last = day_number(start).zip(weeks.filter(|weeks| *weeks > 0));
    let Some((first, weeks)) = last else {
        return start.to_owned();
    };
    let (year, month, day) = calendar_day(first + weeks * 7 - 1);
    format!("{start} – {year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_ends_with_its_last_week() {
        assert_eq!(days("2026-09-07", Some(18)), "2026-09-07 – 2027-01-10");
        assert_eq!(days("2026-09-07", None), "2026-09-07");
        assert_eq!(days("soon", Some(18)), "soon");
    }
}
