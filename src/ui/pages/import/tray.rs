//! The tray: rows that were not understood, each with its reason, to be
//! corrected and tried again, or taken away as a file. They never come in
//! half.

use leptos::prelude::*;
use weft_exchange::{Place, TrayRow};
use weft_model::ABOUT;

use super::intake::{Intake, Preview};
use super::words;
use crate::browser::files;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::field::{FieldLook, TextField};
use crate::ui::components::head::SectionHead;
use crate::ui::components::icon::Sign;
use crate::ui::components::notice::{Note, Tone};
use crate::ui::components::show_more::ShowMore;
use crate::ui::components::table::TableFrame;
use crate::ui::file_name::file_name;
use crate::ui::text::{say, say_count, t};

/// Rows that are shown at first, and as many more each time that somebody asks.
const SHOWN: usize = 50;
/// Cells of a row that are shown: the table scrolls. Moodle's last column is its 14th.
const CELLS_SHOWN: usize = 20;

/// Where a row is corrected.
#[derive(Clone, PartialEq, Eq, Hash)]
enum At {
    /// In its sheet.
    Sheet(usize, usize),
    /// In a file whose columns its format fixes: a line of it, or a value of a JSON
    /// file.
    Foreign(Place),
    /// Nowhere.
    Nowhere,
}

/// A row of the tray as it is drawn.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Line {
    at: At,
    place: String,
    reason: String,
    cells: Vec<String>,
    /// The heads of the columns of a foreign file, as far as they are known.
    heads: Vec<String>,
}

fn line(preview: &Preview, row: &TrayRow) -> Line {
    let mut heads = Vec::new();
    let at = match &row.place {
        Place::Row { sheet, row, .. } => At::Sheet(*sheet, *row),
        Place::Line { file, line, .. } => {
            let known = preview.imported.heads.get(file);
            heads.extend(known.into_iter().flatten().cloned());
            At::Foreign(Place::Line {
                file: file.clone(),
                line: *line,
                column: String::new(),
            })
        }
        Place::Path(_) if !row.heads.is_empty() => {
            heads.extend(row.heads.iter().cloned());
            At::Foreign(row.place.clone())
        }
        Place::Path(_) if row.cells.len() > 1 => {
            heads.extend(["import.tray_id", "import.tray_words"].map(say));
            At::Foreign(row.place.clone())
        }
        Place::File | Place::Sheet { .. } | Place::Path(_) => At::Nowhere,
    };
    Line {
        at,
        place: words::place(preview, &row.place),
        reason: words::reason(&row.reason),
        cells: row.cells.clone(),
        heads,
    }
}

/// The tray.
#[component]
pub fn Tray(intake: Intake) -> impl IntoView {
    let shown = RwSignal::new(SHOWN);
    let lines = Memo::new(move |_| {
        intake.preview.with(|preview| {
            let preview = preview.as_deref()?;
            let rows = preview.imported.tray.iter().take(shown.get());
            Some(rows.map(|row| line(preview, row)).collect::<Vec<Line>>())
        })
    });
    let count = Memo::new(move |_| {
        intake.preview.with(|preview| {
            preview
                .as_ref()
                .map_or(0, |preview| preview.imported.tray.len())
        })
    });
    let any = Memo::new(move |_| count.get() > 0);
    let note = Signal::derive(move || say_count("import.tray_rows", count.get() as f64, &[]));
    let can_correct = Memo::new(move |_| {
        lines.with(|lines| lines.iter().flatten().any(|line| line.at != At::Nowhere))
    });
    let again = move || {
        can_correct.get().then(|| {
            view! {
                <Button label=t("import.try_again") on_press=move |_| intake.look()/>
            }
        })
    };
    move || {
        any.get().then(|| {
            view! {
                <div class="import-tray">
                    <SectionHead title=t("import.tray") note=note>
                        {again}
                        <Button label=t("import.tray_download") look=Look::Quiet sign=Sign::Export on_press=move |_| download(intake)/>
                    </SectionHead>
                    <p class="caption">{t("import.tray_note")}</p>
                    <ul class="import-list">
                        <For each=move || lines.get().unwrap_or_default() key=|line| (line.at.clone(), line.place.clone(), line.reason.clone()) let:line>
                            <TrayLine intake=intake line=line/>
                        </For>
                    </ul>
                    <ShowMore count=count shown=shown step=SHOWN/>
                </div>
            }
        })
    }
}

#[component]
fn TrayLine(intake: Intake, line: Line) -> impl IntoView {
    let Line {
        at,
        place,
        reason,
        cells,
        heads,
    } = line;
    let head = view! {
        <Note tone=Tone::Caution>{reason}</Note>
        <p class="caption import-tray-place">{place.clone()}</p>
    };
    let body = match at {
        At::Sheet(sheet, row) => {
            view! { <Cells intake=intake at=(sheet, row) place=place/> }.into_any()
        }
        At::Foreign(at) => {
            let row = (heads, cells);
            view! { <ForeignCells intake=intake at=at place=place row=row/> }.into_any()
        }
        At::Nowhere => {
            let text = words::cut(&cells.join(" "));
            view! { <p class="import-tray-value">{text}</p> }.into_any()
        }
    };
    view! { <li class="import-tray-row">{head}{body}</li> }
}

/// The cells of one row, each in a field below its head.
#[component]
fn Cells(intake: Intake, at: (usize, usize), place: String) -> impl IntoView {
    let (number_of, row) = at;
    let table = intake
        .tables
        .with_untracked(|tables| tables.get(number_of).copied());
    let table = table?;
    let heads = table.sheet.with_untracked(|sheet| {
        table.matching.with_untracked(|matching| {
            // What is matched first: there the mistake is.
            let known = |column: &usize| {
                use weft_exchange::tables::Target;
                matching
                    .columns
                    .get(*column)
                    .is_some_and(|column| column.target != Target::Skip)
            };
            let (mut columns, others): (Vec<usize>, Vec<usize>) =
                (0..sheet.width()).partition(known);
            columns.extend(
                others
                    .into_iter()
                    .filter(|column| !sheet.cell(row, *column).is_empty()),
            );
            columns.truncate(CELLS_SHOWN);
            let head = |column: usize| (column, words::column_head(sheet, matching, column));
            columns.into_iter().map(head).collect::<Vec<_>>()
        })
    });
    let field = move |(column, head): (usize, String)| {
        let value =
            Signal::derive(move || table.sheet.with(|sheet| sheet.cell(row, column).to_owned()));
        let label = Signal::stored(head);
        view! {
            <td class="import-tray-cell">
                <TextField label=label hide_label=true look=FieldLook::Boxed value=value on_commit=move |text: String| {
                    intake.correct(number_of, row, column, text);
                }/>
            </td>
        }
    };
    let titles = heads
        .iter()
        .map(|(_, head)| view! { <th scope="col">{head.clone()}</th> })
        .collect_view();
    let fields = heads.into_iter().map(field).collect_view();
    Some(view! {
        <TableFrame label=Signal::stored(place)>
            <table class="table import-tray-table">
                <thead><tr>{titles}</tr></thead>
                <tbody><tr>{fields}</tr></tbody>
            </table>
        </TableFrame>
    })
}

/// The cells of one line of a framework's file below the heads of that file; a
/// column that has none is named by its letters, as a spreadsheet does.
#[component]
fn ForeignCells(
    intake: Intake,
    at: Place,
    place: String,
    row: (Vec<String>, Vec<String>),
) -> impl IntoView {
    let (heads, cells) = row;
    let cells = StoredValue::new(cells);
    let width = cells.with_value(Vec::len);
    // What holds something, and the empty ones before it.
    let shown = width.min(CELLS_SHOWN);
    let head = move |column: usize| {
        let known = heads.get(column).filter(|head| !head.is_empty());
        known.map_or_else(|| words::column_letters(column), |head| words::cut(head))
    };
    let titles = (0..shown)
        .map(|column| view! { <th scope="col">{head(column)}</th> })
        .collect_view();
    let fields = (0..shown)
        .map(|column| {
            let at = at.clone();
            let value = cells.with_value(|cells| cells.get(column).cloned().unwrap_or_default());
            let label = Signal::stored(head(column));
            view! {
                <td class="import-tray-cell">
                    <TextField label=label hide_label=true look=FieldLook::Boxed value=Signal::stored(value) on_commit=move |text: String| {
                        cells.update_value(|cells| if let Some(cell) = cells.get_mut(column) { *cell = text });
                        intake.correct_line(at.clone(), cells.get_value());
                        }/>
                </td>
            }
        })
        .collect_view();
    view! {
        <TableFrame label=Signal::stored(place)>
            <table class="table import-tray-table">
                <thead><tr>{titles}</tr></thead>
                <tbody><tr>{fields}</tr></tbody>
            </table>
        </TableFrame>
    }
}

/// Offers the rows of the tray as a CSV file, with place and reason.
pub fn download(intake: Intake) {
    let Some(preview) = intake.preview.get_untracked() else {
        return;
    };
    let mut lines = vec![vec![
        say("import.tray_csv.place"),
        say("import.tray_csv.reason"),
    ]];
    for row in &preview.imported.tray {
        let line = line(&preview, row);
        let mut cells = vec![line.place, line.reason];
        cells.extend(line.cells);
        lines.push(cells);
    }
    let text: String = lines.iter().map(|cells| csv_line(cells)).collect();
    // The mark by which Excel takes it for UTF-8.
    let bytes = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let title = untrack(|| intake.editor.title(ABOUT));
    let name = file_name(&[&title, &say("import.tray_csv.name")], "csv");
    files::download(&name, "text/csv", &bytes);
}

/// One line of CSV: every cell quoted, none that a spreadsheet runs.
fn csv_line(cells: &[String]) -> String {
    let quoted = |cell: &String| {
        let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            "'"
        } else {
            ""
        };
        format!("\"{guard}{}\"", cell.replace('"', "\"\""))
    };
    let cells: Vec<String> = cells.iter().map(quoted).collect();
    format!("{}\r\n", cells.join(","))
}

/// What stays out, in a sentence; none where nothing does.
pub fn left(preview: &Preview) -> Option<String> {
    let rows = preview.imported.tray.len();
    (rows > 0).then(|| say_count("import.left", rows as f64, &[]))
}
