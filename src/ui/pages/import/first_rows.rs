//! The first rows of each table, as they were understood.

use leptos::prelude::*;
use weft_exchange::Fate;
use weft_exchange::tables::{Matching, Sheet, Target};
use weft_model::{Command, FieldKey, Sub, title_field};

use super::intake::Intake;
use super::preview::with;
use super::words;
use crate::ui::components::head::SectionHead;
use crate::ui::components::notice::{Note, Tone};
use crate::ui::components::table::TableFrame;
use crate::ui::sentences;
use crate::ui::text::{say, say_count, say_with, t};

/// First rows of each table.
const ROWS_SHOWN: usize = 5;
/// Columns of the first rows.
const COLUMNS_SHOWN: usize = 8;
/// First items of files that come as they are.
const ITEMS_SHOWN: usize = 8;

/// The first rows of each table, as they were understood.
#[component]
pub fn FirstRows(intake: Intake) -> impl IntoView {
    let one = |number: usize, sheet: &Sheet, matching: &Matching, fates: &[Fate]| {
        let columns: Vec<usize> = (0..sheet.width())
            .filter(|column| {
                matching
                    .columns
                    .get(*column)
                    .is_some_and(|c| c.target != Target::Skip)
            })
            .take(COLUMNS_SHOWN)
            .collect();
        let rows: Vec<usize> = (0..sheet.rows.len())
            .filter(|row| fates.get(*row) == Some(&Fate::Applied))
            .take(ROWS_SHOWN)
            .collect();
        if columns.is_empty() || rows.is_empty() {
            return None;
        }
        let heads: Vec<String> = columns
            .iter()
            .filter_map(|column| matching.columns.get(*column))
            .map(|column| match &column.lang {
                Some(lang) => format!(
                    "{} ({})",
                    words::target_name(column.target),
                    words::lang_name(lang)
                ),
                None => words::target_name(column.target),
            })
            .collect();
        let cells: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                columns
                    .iter()
                    .map(|column| words::cut(sheet.cell(*row, *column)))
                    .collect()
            })
            .collect();
        let name = words::sheet_name(sheet, matching);
        // Only of what holds something below its head.
        let first = matching.first_row();
        let left: Vec<String> = (0..sheet.width())
            .filter(|column| {
                let target = matching.columns.get(*column).map(|it| it.target);
                matches!(target, None | Some(Target::Skip))
                    && (first..sheet.rows.len()).any(|row| !sheet.cell(row, *column).is_empty())
            })
            .map(|column| words::column_head(sheet, matching, column))
            .collect();
        let taken = fates.iter().filter(|fate| **fate == Fate::Applied).count();
        Some((number, name, taken, heads, cells, left))
    };
    let all = move || {
        with(intake, |preview| {
            let sheets = preview.sheets.iter().enumerate();
            let all = sheets.filter_map(|(number, (sheet, matching))| {
                let fates = preview.imported.fates.get(number)?;
                one(number, sheet, matching, fates)
            });
            all.collect::<Vec<_>>()
        })
        .unwrap_or_default()
    };
    move || {
        all()
            .into_iter()
            .map(|(_, name, taken, heads, cells, left)| {
                let note = say_count("import.rows_taken", taken as f64, &[]);
                let label = Signal::stored(name.clone());
                let left = (!left.is_empty()).then(|| {
                    let text = say_with("import.columns_left", &[("columns", left.join(say("finding.comma").as_str()))]);
                    view! { <Note tone=Tone::Caution>{text}</Note> }
                });
                view! {
                    <div class="import-first">
                        <SectionHead title=Signal::stored(name) note=Signal::stored(note)/>
                        {left}
                        <TableFrame label=label>
                            <table class="table import-first-table">
                                <thead>
                                    <tr>{heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr>
                                </thead>
                                <tbody>
                                    {cells.into_iter().map(|row| view! {
                                        <tr>{row.into_iter().map(|cell| view! { <td class="import-cell">{cell}</td> }).collect_view()}</tr>
                                    }).collect_view()}
                                </tbody>
                            </table>
                        </TableFrame>
                    </div>
                }
            })
            .collect_view()
    }
}

/// The first items of files that come as they are.
#[component]
pub fn FirstItems(intake: Intake) -> impl IntoView {
    let all = Memo::new(move |_| {
        let lang = intake.editor.lang();
        with(intake, |preview| {
            if preview.whole.is_none() {
                return Vec::new();
            }
            let added = preview.imported.commands.iter().filter_map(|command| {
                let Command::Add { item, fields, .. } = command else {
                    return None;
                };
                let title = title_field(item.kind)?;
                let words = fields
                    .iter()
                    .filter(|(key, _)| key.field == title)
                    .filter_map(|(key, value)| Some((key, value.as_str()?)));
                let in_lang = |(key, _): &(&FieldKey, &str)| key.sub == Sub::Lang(lang.clone());
                let (_, title) = words.clone().find(in_lang).or(words.clone().next())?;
                let code = fields.iter().find_map(|(key, value)| {
                    (key.field.name() == "code")
                        .then(|| value.as_str())
                        .flatten()
                });
                let code = code.unwrap_or_default().to_owned();
                Some((sentences::kind_name(item.kind), code, words::cut(title)))
            });
            added.take(ITEMS_SHOWN).collect::<Vec<_>>()
        })
        .unwrap_or_default()
    });
    let any = Memo::new(move |_| !all.with(Vec::is_empty));
    let rows = move || {
        all.get()
            .into_iter()
            .map(|(kind, code, title)| {
                view! {
                    <tr>
                        <td class="import-cell">{kind}</td>
                        <td class="import-cell">{code}</td>
                        <td class="import-cell">{title}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    move || {
        any.get().then(|| {
            view! {
                <div class="import-first">
                    <SectionHead title=t("import.first_items")/>
                    <TableFrame label=t("import.first_items")>
                        <table class="table import-first-table">
                            <thead>
                                <tr>
                                    <th scope="col">{t("import.kind")}</th>
                                    <th scope="col">{t("import.first_code")}</th>
                                    <th scope="col">{t("import.first_title")}</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </TableFrame>
                </div>
            }
        })
    }
}
