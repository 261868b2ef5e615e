//! One table: what it is, where its header stands, and what its columns are
//! for. The guess is shown, and everything about it can be changed.

use leptos::prelude::*;
use weft_exchange::tables::{self, Column, Matching, OldLetters, Sheet, TableKind, Target};
use weft_model::Lang;

use super::columns::{Columns, Relevance};
use super::intake::{Intake, Step, Table};
use super::words;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::choice::{Choice, SelectField};
use crate::ui::components::head::SectionHead;
use crate::ui::components::notice::{Note, Tone};
use crate::ui::text::{number, say, say_count, say_with, t};

/// Rows among which the header can be chosen.
const HEADER_WITHIN: usize = 20;
/// What the select shows for a table that nothing fits.
const NONE: &str = "none";

/// The step of one table.
#[component]
pub fn TableStep(intake: Intake, table: Table) -> impl IntoView {
    let Table {
        id,
        sheet,
        matching,
        letters,
        ..
    } = table;
    let title = Signal::derive(move || super::file_name(table));
    let size = Signal::derive(move || {
        sheet.with(|sheet| {
            let rows = say_count("import.rows", sheet.rows.len() as f64, &[]);
            let columns = say_count("import.columns", sheet.width() as f64, &[]);
            [rows, columns].join(&say("import.comma"))
        })
    });
    let change = move |change: &dyn Fn(&Sheet, &mut Matching)| {
        sheet.with_untracked(|sheet| matching.update(|matching| change(sheet, matching)));
        intake.changed();
    };
    let next = Signal::derive(move || match intake.after(id) {
        Step::Table(next) => say_with(
            "import.next_table",
            &[("file", super::step_name(intake, Step::Table(next)))],
        ),
        _ => say("import.to_preview"),
    });
    let doubt = move || {
        let table = matching.with(|matching| matching.table);
        table
            .is_none()
            .then(|| view! { <Note tone=Tone::Caution>{say("import.not_recognised")}</Note> })
    };
    view! {
        <SectionHead title=title note=size>
            <Button label=t("import.leave_out") look=Look::Quiet on_press=move |_| intake.remove(id)/>
        </SectionHead>
        {doubt}
        <div class="fields-side-by-side import-about">
            <WhatField matching=matching on_change=move |table| change(&|sheet, matching| *matching = match table {
                Some(table) => tables::match_as(sheet, table),
                None => Matching { table: None, ..matching.clone() },
            })/>
            <HeaderField sheet=sheet matching=matching on_change=move |header| change(&|sheet, matching| {
                *matching = with_header(sheet, matching, header);
            })/>
            <SelectField
                label=t("import.lang")
                hint=t("import.lang_hint")
                value=Signal::derive(move || matching.with(|matching| matching.lang.to_string()))
                choices=Signal::derive(lang_choices)
                on_commit=move |tag: String| if let Some(lang) = Lang::new(&tag) {
                    change(&|_, matching| matching.lang = lang.clone());
                }
            />
            {letters.get_untracked().map(|_| view! { <LettersField intake=intake table=table/> })}
        </div>
        <Columns intake=intake table=table/>
        <Relevance intake=intake table=table/>
        <div class="import-foot">
            <Button label=next look=Look::Primary on_press=move |_| intake.go(untrack(|| intake.after(id)))/>
        </div>
    }
}

/// The letters that a table from before Unicode was read as, and the others that it
/// may have been written in: its texts show which are right.
#[component]
fn LettersField(intake: Intake, table: Table) -> impl IntoView {
    let letters = table.letters;
    let value = move || letters.get().map_or("", OldLetters::label).to_owned();
    let choices = move || {
        let read = letters.get();
        let other = table.otherwise.with_value(|it| it.as_ref()?.letters);
        let mut known: Vec<OldLetters> = read.into_iter().chain(other).collect();
        known.sort_by_key(|it| it.label());
        let name = |it: OldLetters| match it {
            OldLetters::Gb18030 => say("import.letters.gb18030"),
            OldLetters::Windows1252 => say("import.letters.windows_1252"),
        };
        let choice = |it: &OldLetters| Choice::new(it.label(), name(*it));
        known.iter().map(choice).collect::<Vec<_>>()
    };
    // Few Western texts can be read as Chinese at all.
    let hint = move || {
        letters.track();
        let other = table.otherwise.with_value(Option::is_some);
        if other {
            say("import.letters_hint")
        } else {
            String::new()
        }
    };
    view! {
        <SelectField label=t("import.letters") hint=Signal::derive(hint)
            value=Signal::derive(value) choices=Signal::derive(choices)
            on_commit=move |label: String| intake.read_as(table, &label)/>
    }
}

/// The languages that texts can be in.
pub fn lang_choices() -> Vec<Choice> {
    [Lang::zh(), Lang::en(), Lang::de()]
        .iter()
        .map(|lang| Choice::new(lang.as_str(), words::lang_name(lang)))
        .collect()
}

/// What the table is.
#[component]
fn WhatField(
    matching: RwSignal<Matching>,
    #[prop(into)] on_change: Callback<Option<TableKind>>,
) -> impl IntoView {
    let value = move || matching.with(|m| m.table.map_or(NONE, TableKind::id).to_owned());
    let choices = || {
        let known = TableKind::ALL
            .iter()
            .map(|table| Choice::new(table.id(), words::table_name(*table)));
        known
            .chain([Choice::new(NONE, say("import.table.none"))])
            .collect::<Vec<_>>()
    };
    let commit = move |id: String| {
        on_change.run(
            TableKind::ALL
                .iter()
                .copied()
                .find(|table| table.id() == id),
        );
    };
    view! {
        <SelectField label=t("import.what") value=Signal::derive(value) choices=Signal::derive(choices) on_commit=commit/>
    }
}

/// The rows of the header, by what stands in them.
#[component]
fn HeaderField(
    sheet: RwSignal<Sheet>,
    matching: RwSignal<Matching>,
    #[prop(into)] on_change: Callback<Option<(usize, usize)>>,
) -> impl IntoView {
    let write = |header: Option<(usize, usize)>| match header {
        Some((first, last)) => format!("{first}-{last}"),
        None => NONE.to_owned(),
    };
    let value = move || write(matching.with(|matching| matching.header));
    let choices = move || {
        sheet.with(|sheet| {
            let mut rows: Vec<(usize, usize)> = (0..sheet.rows.len().min(HEADER_WITHIN))
                .map(|row| (row, row))
                .collect();
            if let Some(header) = matching.with(|matching| matching.header)
                && !rows.contains(&header)
            {
                rows.push(header);
                rows.sort_unstable();
            }
            let label = |(first, last): (usize, usize)| {
                let cells = sheet.rows.get(last).into_iter().flat_map(|row| &row.cells);
                let filled = cells
                    .map(|cell| cell.trim())
                    .filter(|cell| !cell.is_empty());
                let text: Vec<&str> = filled.take(6).collect();
                let text: String = text.join(" | ").chars().take(60).collect();
                let line =
                    |row: usize| number(sheet.rows.get(row).map_or(0, |row| row.line) as f64);
                if first == last {
                    format!("{}: {text}", line(first))
                } else {
                    format!("{}–{}: {text}", line(first), line(last))
                }
            };
            let known = rows
                .into_iter()
                .map(|header| Choice::new(write(Some(header)), label(header)));
            known
                .chain([Choice::new(NONE, say("import.no_header"))])
                .collect::<Vec<_>>()
        })
    };
    let commit = move |text: String| {
        let rows = text
            .split_once('-')
            .and_then(|(first, last)| Some((first.parse().ok()?, last.parse().ok()?)));
        on_change.run(rows);
    };
    view! {
        <SelectField label=t("import.header") hint=t("import.header_hint") value=Signal::derive(value)
            choices=Signal::derive(choices) on_commit=commit/>
    }
}

/// The matching when a person says where the header stands: the columns are
/// guessed anew from there where that yields anything.
fn with_header(sheet: &Sheet, old: &Matching, header: Option<(usize, usize)>) -> Matching {
    let Some((first, last)) = header else {
        return Matching {
            header: None,
            ..old.clone()
        };
    };
    let below = Sheet {
        name: sheet.name.clone(),
        rows: sheet.rows.get(first..).unwrap_or_default().to_vec(),
        ..Sheet::default()
    };
    let guessed = match old.table {
        Some(table) => tables::match_as(&below, table),
        None => tables::guess(&below),
    };
    let fits = guessed.header == Some((0, last - first));
    let mut columns = if fits {
        guessed.columns
    } else {
        old.columns.clone()
    };
    columns.resize(sheet.width(), Column::new(Target::Skip));
    Matching {
        table: old.table.or(guessed.table),
        header: Some((first, last)),
        columns,
        lang: old.lang.clone(),
    }
}
