//! The columns of a table: what stands in each, and where it goes.

use leptos::prelude::*;
use weft_exchange::tables::{self, Column, Matching, TableKind, Target};
use weft_model::Lang;

use super::intake::{Intake, Table};
use super::matching::lang_choices;
use super::words;
use crate::ui::components::choice::{CheckboxField, Choice, SelectField};
use crate::ui::components::field::FieldLook;
use crate::ui::components::head::SectionHead;
use crate::ui::components::table::TableFrame;
use crate::ui::text::{number, say, say_count, say_with, t};

/// Columns that are shown; further ones are left out unless another header or
/// table says otherwise.
const COLUMNS_SHOWN: usize = 80;
/// Values of a column that are shown.
const VALUES_SHOWN: usize = 3;

/// The columns: what stands in them and where it goes.
#[component]
pub fn Columns(intake: Intake, table: Table) -> impl IntoView {
    let Table {
        sheet, matching, ..
    } = table;
    let filled = Memo::new(move |_| {
        sheet.with(|sheet| {
            let filled = |column: &usize| {
                (0..sheet.rows.len()).any(|row| !sheet.cell(row, *column).is_empty())
            };
            (0..sheet.width()).filter(filled).collect::<Vec<usize>>()
        })
    });
    let shown = move || {
        filled
            .get()
            .into_iter()
            .take(COLUMNS_SHOWN)
            .collect::<Vec<_>>()
    };
    let note = Signal::derive(move || {
        let of = filled.with(Vec::len);
        let taken = matching.with(|m| {
            filled.with(|filled| {
                let known = |column: &&usize| {
                    m.columns
                        .get(**column)
                        .is_some_and(|column| column.target != Target::Skip)
                };
                filled.iter().filter(known).count()
            })
        });
        say_with(
            "import.columns_matched",
            &[("n", number(taken as f64)), ("of", number(of as f64))],
        )
    });
    let further = move || {
        let further = filled.with(Vec::len).saturating_sub(COLUMNS_SHOWN);
        (further > 0).then(|| view! { <p class="caption">{say_count("import.columns_further", further as f64, &[])}</p> })
    };
    let targets = Memo::new(move |_| {
        let mut all = vec![Target::Skip];
        all.extend(
            matching
                .with(|matching| matching.table)
                .map(tables::targets)
                .unwrap_or_default(),
        );
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
fn ColumnRow(
    intake: Intake,
    table: Table,
    column: usize,
    targets: Memo<Vec<Target>>,
) -> impl IntoView {
    let Table {
        sheet, matching, ..
    } = table;
    let target = Memo::new(move |_| {
        matching.with(|m| {
            m.columns
                .get(column)
                .map_or(Target::Skip, |column| column.target)
        })
    });
    let head =
        Signal::derive(move || sheet.with(|s| matching.with(|m| words::column_head(s, m, column))));
    let values = move || {
        let first = matching.with(Matching::first_row);
        sheet.with(|sheet| {
            let cells = (first..sheet.rows.len()).map(|row| sheet.cell(row, column));
            let filled: Vec<String> = cells
                .filter(|cell| !cell.is_empty())
                .take(VALUES_SHOWN)
                .map(words::cut)
                .collect();
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
        let choice =
            |(at, target): (usize, Target)| Choice::new(at.to_string(), words::target_name(target));
        all.get()
            .into_iter()
            .enumerate()
            .map(choice)
            .collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        all.with(|all| all.iter().position(|known| *known == target.get()))
            .unwrap_or(0)
            .to_string()
    });
    let set = move |change: &dyn Fn(&mut Column)| {
        matching.update(|matching| {
            if matching.columns.len() <= column {
                matching
                    .columns
                    .resize(column + 1, Column::new(Target::Skip));
            }
            if let Some(column) = matching.columns.get_mut(column) {
                change(column);
            }
        });
        intake.changed();
    };
    let commit = move |at: String| {
        let chosen = at
            .parse::<usize>()
            .ok()
            .and_then(|at| all.with_untracked(|all| all.get(at).copied()));
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
pub fn Relevance(intake: Intake, table: Table) -> impl IntoView {
    let Table {
        sheet,
        matching,
        relevance,
        ..
    } = table;
    let column = Memo::new(move |_| {
        matching.with(|matching| {
            if matching.table != Some(TableKind::Mapping) {
                return None;
            }
            let is_level = |at: &usize| {
                matching
                    .columns
                    .get(*at)
                    .is_some_and(|c| c.target == Target::Level)
            };
            let said = relevance.get().filter(is_level);
            matching.column(Target::Strength).or(said)
        })
    });
    let as_level = Signal::derive(move || {
        let target = |m: &Matching| m.columns.get(column.get()?).map(|column| column.target);
        matching.with(target) == Some(Target::Level)
    });
    let commit = move |level: bool| {
        let Some(column) = column.get_untracked() else {
            return;
        };
        relevance.set(level.then_some(column));
        matching.update(|matching| {
            if let Some(column) = matching.columns.get_mut(column) {
                column.target = if level {
                    Target::Level
                } else {
                    Target::Strength
                };
            }
        });
        intake.changed();
    };
    move || {
        let at = column.get()?;
        let head =
            sheet.with(|sheet| matching.with(|matching| words::column_head(sheet, matching, at)));
        Some(view! {
            <div class="import-relevance">
                <CheckboxField label=say_with("import.relevance", &[("column", head)]) checked=as_level on_commit=commit/>
                <p class="caption">{t("import.relevance_note")}</p>
            </div>
        })
    }
}
