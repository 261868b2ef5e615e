//! One table: what it is, where its header stands, and what its columns are
//! for. The guess is shown, and everything about it can be changed.

use leptos::prelude::*;
use weft_exchange::tables::{self, Column, Matching, Sheet, TableKind, Target};
use weft_model::Lang;

use super::intake::{Intake, Step, Table};
use super::words;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::choice::{CheckboxField, Choice, SelectField};
use crate::ui::components::field::FieldLook;
use crate::ui::components::head::SectionHead;
use crate::ui::components::notice::{Note, Tone};
use crate::ui::components::table::TableFrame;
use crate::ui::text::{number, say, say_count, say_with, t};

/// Columns that are shown; further ones are left out unless another header or
/// table says otherwise.
const COLUMNS_SHOWN: usize = 80;
/// Rows among which the header can be chosen.
const HEADER_WITHIN: usize = 20;
/// Values of a column that are shown.
const VALUES_SHOWN: usize = 3;
/// What the select shows for a table that nothing fits.
const NONE: &str = "none";

/// The step of one table.
#[component]
pub fn TableStep(intake: Intake, table: Table) -> impl IntoView {
    let Table { id, sheet, matching } = table;
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
        Step::Table(next) => say_with("import.next_table", &[("file", super::step_name(intake, Step::Table(next)))]),
        _ => say("import.to_preview"),
    });
    let doubt = move || {
        let table = matching.with(|matching| matching.table);
        table.is_none().then(|| view! { <Note tone=Tone::Caution>{say("import.not_recognised")}</Note> })
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
                choices=Signal::derive(|| lang_choices())
                on_commit=move |tag: String| if let Some(lang) = Lang::new(&tag) {
                    change(&|_, matching| matching.lang = lang.clone());
                }
            />
        </div>
        <Columns intake=intake table=table/>
        <Relevance intake=intake table=table/>
        <div class="import-foot">
            <Button label=next look=Look::Primary on_press=move |_| intake.go(untrack(|| intake.after(id)))/>
        </div>
    }
}

fn lang_choices() -> Vec<Choice> {
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
        let known = TableKind::ALL.iter().map(|table| Choice::new(table.id(), words::table_name(*table)));
        known.chain([Choice::new(NONE, say("import.table.none"))]).collect::<Vec<_>>()
    };
    let commit = move |id: String| {
        on_change.run(TableKind::ALL.iter().copied().find(|table| table.id() == id));
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
            let mut rows: Vec<(usize, usize)> =
                (0..sheet.rows.len().min(HEADER_WITHIN)).map(|row| (row, row)).collect();
            if let Some(header) = matching.with(|matching| matching.header)
                && !rows.contains(&header)
            {
                rows.push(header);
                rows.sort_unstable();
            }
            let label = |(first, last): (usize, usize)| {
                let cells = sheet.rows.get(last).into_iter().flat_map(|row| &row.cells);
                let filled = cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
                let text: Vec<&str> = filled.take(6).collect();
                let text: String = text.join(" | ").chars().take(60).collect();
                let line = |row: usize| number(sheet.rows.get(row).map_or(0, |row| row.line) as f64);
                if first == last {
                    format!("{}: {text}", line(first))
                } else {
                    format!("{}–{}: {text}", line(first), line(last))
                }
            };
            let known = rows.into_iter().map(|header| Choice::new(write(Some(header)), label(header)));
            known.chain([Choice::new(NONE, say("import.no_header"))]).collect::<Vec<_>>()
        })
    };
    let commit = move |text: String| {
        let rows = text.split_once('-').and_then(|(first, last)| Some((first.parse().ok()?, last.parse().ok()?)));
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
        return Matching { header: None, ..old.clone() };
    };
    let below = Sheet {
        name: sheet.name.clone(),
        rows: sheet.rows.get(first..).unwrap_or_default().to_vec(),
    };
    let guessed = match old.table {
        Some(table) => tables::match_as(&below, table),
        None => tables::guess(&below),
    };
    let fits = guessed.header == Some((0, last - first));
    let mut columns = if fits { guessed.columns } else { old.columns.clone() };
    columns.resize(sheet.width(), Column::new(Target::Skip));
    Matching {
        table: old.table.or(guessed.table),
        header: Some((first, last)),
        columns,
        lang: old.lang.clone(),
    }
}

/// The columns: what stands in them and where it goes.
#[component]
fn Columns(intake: Intake, table: Table) -> impl IntoView {
    let Table { sheet, matching, .. } = table;
    let filled = Memo::new(move |_| {
        sheet.with(|sheet| {
            let filled = |column: &usize| (0..sheet.rows.len()).any(|row| !sheet.cell(row, *column).is_empty());
            (0..sheet.width()).filter(filled).collect::<Vec<usize>>()
        })
    });
    let shown = move || filled.get().into_iter().take(COLUMNS_SHOWN).collect::<Vec<_>>();
    let note = Signal::derive(move || {
        let of = filled.with(Vec::len);
        let taken = matching.with(|m| filled.with(|filled| {
            let known = |column: &&usize| m.columns.get(**column).is_some_and(|column| column.target != Target::Skip);
            filled.iter().filter(known).count()
        }));
        say_with("import.columns_matched", &[("n", number(taken as f64)), ("of", number(of as f64))])
    });
    let further = move || {
        let further = filled.with(Vec::len).saturating_sub(COLUMNS_SHOWN);
        (further > 0).then(|| view! { <p class="caption">{say_count("import.columns_further", further as f64, &[])}</p> })
    };
    let targets = Memo::new(move |_| {
        let mut all = vec![Target::Skip];
        all.extend(matching.with(|matching| matching.table).map(tables::targets).unwrap_or_default());
        all
    });
    view! {
        <div class="import-columns">
            <SectionHead title=t("import.columns_title") note=note/>
            <TableFrame label=t("import.columns_title")>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class={"import-col-head"}>{t("import.column")}</th>
                            <th scope="col" class={"import-col-values"}>{t("import.first_values")}</th>
                            <th scope="col" class={"import-col-target"}>{t("import.goes_to")}</th>
                            <th scope="col" class={"import-col-lang"}>{t("import.in_language")}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=shown key=|column| *column let:column>
                            <ColumnRow intake=intake table=table column=column targets=targets/>
                        </For>
                    </tbody>
                </table>
            </TableFrame>
            {further}
        </div>
    }
}

#[component]
fn ColumnRow(intake: Intake, table: Table, column: usize, targets: Memo<Vec<Target>>) -> impl IntoView {
    let Table { sheet, matching, .. } = table;
    let target = Memo::new(move |_| {
        matching.with(|m| m.columns.get(column).map_or(Target::Skip, |column| column.target))
    });
    let head = Signal::derive(move || sheet.with(|s| matching.with(|m| words::column_head(s, m, column))));
    let values = move || {
        let first = matching.with(Matching::first_row);
        sheet.with(|sheet| {
            let cells = (first..sheet.rows.len()).map(|row| sheet.cell(row, column));
            let filled: Vec<String> = cells.filter(|cell| !cell.is_empty()).take(VALUES_SHOWN).map(words::cut).collect();
            filled
        })
    };
    // The guess may have found something that the list does not have.
    let all = Memo::new(move |_| {
        let mut all = targets.get();
        if !all.contains(&target.get()) {
            all.push(target.get());
        }
        all
    });
    let choices = Signal::derive(move || {
        let choice = |(at, target): (usize, Target)| Choice::new(at.to_string(), words::target_name(target));
        all.get().into_iter().enumerate().map(choice).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        all.with(|all| all.iter().position(|known| *known == target.get())).unwrap_or(0).to_string()
    });
    let set = move |change: &dyn Fn(&mut Column)| {
        matching.update(|matching| {
            if matching.columns.len() <= column {
                matching.columns.resize(column + 1, Column::new(Target::Skip));
            }
            if let Some(column) = matching.columns.get_mut(column) {
                change(column);
            }
        });
        intake.changed();
    };
    let commit = move |at: String| {
        let chosen = at.parse::<usize>().ok().and_then(|at| all.with_untracked(|all| all.get(at).copied()));
        if let Some(chosen) = chosen {
            set(&|column| column.target = chosen);
        }
    };
    let lang_label = Signal::derive(move || say_with("import.lang_of", &[("column", head.get())]));
    let lang = Signal::derive(move || {
        let lang = matching.with(|m| m.columns.get(column).and_then(|column| column.lang.clone()));
        lang.map_or_else(String::new, |lang| lang.to_string())
    });
    let langs = Signal::derive(|| {
        let mut all = vec![Choice::new("", say("import.lang.by_text"))];
        all.extend(lang_choices());
        all
    });
    let lang_field = move || {
        let shown = words::has_language(target.get());
        shown.then(|| view! {
            <SelectField label=lang_label hide_label=true look=FieldLook::Cell value=lang choices=langs
                on_commit=move |tag: String| set(&|column| column.lang = Lang::new(&tag))/>
        })
    };
    let skipped = move || target.get() == Target::Skip;
    view! {
        <tr class="import-column" class:skipped=skipped>
            <th scope="row" class="import-column-head">
                <span class="code">{words::column_letters(column)}</span>
                <span class="import-column-name">{head}</span>
            </th>
            <td class="import-values">
                {move || values().into_iter().map(|value| view! { <span class="import-value">{value}</span> }).collect_view()}
            </td>
            <td class="import-target">
                <SelectField label=Signal::derive(move || say_with("import.target_of", &[("column", head.get())]))
                    hide_label=true look=FieldLook::Cell value=value choices=choices on_commit=commit/>
            </td>
            <td class="import-lang">{lang_field}</td>
        </tr>
    }
}

/// A relevance from 1 to 5 is no level: only a person can say that it is meant
/// as one.
#[component]
fn Relevance(intake: Intake, table: Table) -> impl IntoView {
    let Table { sheet, matching, .. } = table;
    // The column in question, remembered when it is no longer a relevance.
    let column = Memo::new(move |before: Option<&Option<usize>>| {
        let found = matching.with(|matching| {
            (matching.table == Some(TableKind::Mapping)).then(|| matching.column(Target::Strength))
        });
        match found {
            Some(Some(column)) => Some(column),
            // Now a level: still the same column.
            Some(None) => before.copied().flatten(),
            None => None,
        }
    });
    let as_level = Signal::derive(move || {
        let target = |m: &Matching| m.columns.get(column.get()?).map(|column| column.target);
        matching.with(target) == Some(Target::Level)
    });
    let commit = move |level: bool| {
        let Some(column) = column.get_untracked() else { return };
        matching.update(|matching| {
            if let Some(column) = matching.columns.get_mut(column) {
                column.target = if level { Target::Level } else { Target::Strength };
            }
        });
        intake.changed();
    };
    move || {
        let at = column.get()?;
        let head = sheet.with(|sheet| matching.with(|matching| words::column_head(sheet, matching, at)));
        Some(view! {
            <div class="import-relevance">
                <CheckboxField label=say_with("import.relevance", &[("column", head)]) checked=as_level on_commit=commit/>
                <p class="caption">{t("import.relevance_note")}</p>
            </div>
        })
    }
}
