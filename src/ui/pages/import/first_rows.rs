//! The first rows of each table, as they were understood.

use leptos::prelude::*;
use weft_exchange::Fate;
use weft_exchange::tables::{Matching, Sheet, Target};

use super::intake::Intake;
use super::preview::with;
use super::words;
use crate::ui::components::head::SectionHead;
use crate::ui::components::table::TableFrame;
use crate::ui::text::say_count;

/// First rows of each table.
const ROWS_SHOWN: usize = 5;
/// Columns of the first rows.
const COLUMNS_SHOWN: usize = 8;

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
        let taken = fates.iter().filter(|fate| **fate == Fate::Applied).count();
        Some((number, name, taken, heads, cells))
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
            .map(|(_, name, taken, heads, cells)| {
                let note = say_count("import.rows_taken", taken as f64, &[]);
                let label = Signal::stored(name.clone());
                view! {
                    <div class="import-first">
                        <SectionHead title=Signal::stored(name) note=Signal::stored(note)/>
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
