//! The sheets that only people read: what the plan is, how learning is
//! assessed, what is open.

use weft_model::{ABOUT, Choice as _, Plan, field};

use super::book::{Align, Book, Fill, Ink, Style};
use crate::{Figures, Words};

pub(super) const TITLE: Style = Style {
    bold: true,
    large: true,
    quiet: false,
    fill: Fill::None,
    align: Align::Usual,
    wrap: false,
    turned: false,
    boxed: false,
};
pub(super) const HEAD: Style = Style {
    bold: true,
    large: false,
    fill: Fill::Head,
    wrap: true,
    boxed: true,
    ..TITLE
};
const LABEL: Style = Style {
    large: false,
    ..TITLE
};
const TEXT: Style = Style {
    bold: false,
    wrap: true,
    ..LABEL
};
const QUIET: Style = Style {
    quiet: true,
    ..TEXT
};

/// What the plan is, its sums, and how the workbook is read.
pub(super) fn about(book: &mut Book, words: Words<'_>, plan: &Plan, figures: &Figures) {
    let about = plan.about();
    book.sheet(&words.say("book.about"));
    book.tall();
    book.widths(vec![(30.0, false), (70.0, false)]);
    book.row(Some(24.0), [Ink::Text(&words.item(plan, ABOUT), TITLE)]);
    book.row(None, []);
    let shown = words.lang();
    let choice =
        |field, id: Option<&str>| id.map_or_else(String::new, |id| words.choice(field, id));
    let pairs = [
        (field::about::code, about.code.clone()),
        (
            field::about::kind,
            choice(field::about::kind, about.kind.map(|it| it.0.id())),
        ),
        (field::about::level, about.level.show(shown).to_owned()),
        (
            field::about::status,
            choice(field::about::status, about.status.map(|it| it.0.id())),
        ),
        (
            field::about::intake_year,
            told(about.intake_year.map(|it| it.0)),
        ),
        (field::about::length_normal, told(about.length_normal)),
        (field::about::length_max, told(about.length_max)),
        (
            field::about::hour_minutes,
            told(about.hour_minutes.map(|it| it.0)),
        ),
        (field::about::hours_per_credit, told(about.hours_per_credit)),
        (field::about::source, about.source.show(shown).to_owned()),
        (field::about::source_uri, about.source_uri.clone()),
        (field::about::licence, about.licence.clone()),
    ];
    let parties = plan
        .parties
        .iter()
        .map(|party| words.item(plan, party.id.into()));
    let parties: Vec<String> = parties.collect();
    let mut rows: Vec<(String, String)> = pairs
        .into_iter()
        .map(|(field, value)| (words.field(field), value))
        .collect();
    rows.push((
        words.say("print.parties"),
        parties.join(&words.say("print.semicolon")),
    ));
    let total = figures.total;
    rows.extend([
        (
            words.kinds(weft_model::Kind::Module),
            plan.modules.len().to_string(),
        ),
        (words.say("print.hours"), total.hours.to_string()),
        (words.say("print.theory"), total.theory.to_string()),
        (words.say("print.practice"), total.practice.to_string()),
        (words.say("print.credits"), total.credits.to_string()),
    ]);
    for (label, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        book.row(None, [Ink::Text(label, LABEL), Ink::said(value, TEXT)]);
    }
    book.row(None, []);
    let note = words.say("book.about_note");
    book.row(Some(90.0), [Ink::Blank(QUIET), Ink::Text(&note, QUIET)]);
}

fn told(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// How learning is assessed.
pub(super) fn assessments(book: &mut Book, words: Words<'_>, plan: &Plan) {
    if plan.assessments.is_empty() {
        return;
    }
    let rows = plan.assessments.iter().map(|it| {
        let module = it.module.map(|to| words.code_and_title(plan, to.0.into()));
        let competencies = it.competencies.iter().map(|id| {
            let code = words.code(plan, (*id).into());
            if code.is_empty() {
                words.item(plan, (*id).into())
            } else {
                code
            }
        });
        let competencies: Vec<String> = competencies.collect();
        vec![
            module.unwrap_or_default(),
            it.title.show(words.lang()).to_owned(),
            it.kind.map_or_else(String::new, |kind| {
                words.choice(field::assessment::kind, kind.0.id())
            }),
            told(it.weight.map(|it| it.0)),
            it.by.map_or_else(String::new, |by| {
                words.choice(field::assessment::by, by.0.id())
            }),
            told(it.enterprise_percent.map(|it| it.0)),
            competencies.join(&words.say("print.semicolon")),
            it.note.show(words.lang()).to_owned(),
        ]
    });
    let fields = [
        field::assessment::title,
        field::assessment::kind,
        field::assessment::weight,
        field::assessment::by,
        field::assessment::enterprise_percent,
    ];
    // Words of their own: this sheet is no list of links to be read back.
    let mut heads = vec![words.say("book.assessments.module")];
    heads.extend(fields.map(|field| words.field(field)));
    heads.push(words.say("book.assessments.competencies"));
    heads.push(words.field(field::assessment::note));
    let name = words.kinds(weft_model::Kind::Assessment);
    list(
        book,
        &name,
        &heads,
        &[32.0, 24.0, 14.0, 10.0, 14.0, 14.0, 48.0, 28.0],
        rows,
    );
}

/// What is open, and what was accepted.
pub(super) fn gaps(book: &mut Book, words: Words<'_>, figures: &Figures) {
    let heads = [
        "print.finding",
        "print.where",
        "print.reason",
        "print.waiver",
    ];
    let rows = figures.gaps.iter().map(|gap| {
        vec![
            gap.rule.clone(),
            gap.subject.clone(),
            gap.reason.clone(),
            gap.waiver.clone(),
        ]
    });
    let heads = heads.map(|key| words.say(key));
    list(
        book,
        &words.say("book.gaps"),
        &heads,
        &[32.0, 40.0, 60.0, 40.0],
        rows,
    );
}

/// A plain list as a sheet.
fn list(
    book: &mut Book,
    name: &str,
    heads: &[String],
    widths: &[f64],
    rows: impl Iterator<Item = Vec<String>>,
) {
    book.sheet(name);
    book.widths(widths.iter().map(|width| (*width, false)).collect());
    book.row(None, heads.iter().map(|head| Ink::Text(head, HEAD)));
    book.freeze(1, 1);
    book.filter(heads.len());
    for row in rows {
        let inks = row.iter().map(|cell| Ink::said(cell, TEXT));
        book.row(None, inks);
    }
}
