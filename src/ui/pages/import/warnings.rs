//! What comes in with a reservation: each with its place, and where that is one cell
//! of a sheet, with a field in which it is corrected.

use leptos::prelude::*;
use weft_exchange::{Place, Warning, WarningKind};
use weft_model::{BadValue, Shape};

use super::intake::{Intake, Preview};
use super::preview::with;
use super::words;
use crate::ui::components::button::Button;
use crate::ui::components::choice::{Choice, SelectField};
use crate::ui::components::field::{FieldLook, TextField};
use crate::ui::components::head::SectionHead;
use crate::ui::components::show_more::ShowMore;
use crate::ui::sentences::choice_name;
use crate::ui::text::{number, say_with, t};

/// Warnings that are shown at first, and as many more each time that somebody asks.
const SHOWN: usize = 50;

/// A warning as it is drawn.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Line {
    text: String,
    place: String,
    /// Sheet, row and column of the cell that is to blame.
    cell: Option<(usize, usize, usize)>,
    /// What may stand there, where that is one of several.
    choices: Vec<String>,
}

fn line(preview: &Preview, warning: &Warning) -> Line {
    let cell = match (&warning.place, &warning.kind) {
        // Nothing is wrong with what stands there.
        (
            _,
            WarningKind::Marks { .. } | WarningKind::Remark { .. } | WarningKind::Listed { .. },
        ) => None,
        (
            Place::Row {
                sheet,
                row,
                column: Some(column),
            },
            _,
        ) => Some((*sheet, *row, *column)),
        _ => None,
    };
    let choices = match &warning.kind {
        WarningKind::BadValue {
            field,
            why: BadValue::UnknownChoice,
            ..
        } => match field.shape() {
            Shape::Choice(ids) => ids.iter().map(|id| choice_name(*field, id)).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    Line {
        choices,
        text: words::warning(&warning.kind),
        place: words::place(preview, &warning.place),
        cell,
    }
}

/// What is taken in with a reservation.
#[component]
pub fn Warnings(intake: Intake) -> impl IntoView {
    let count = Memo::new(move |_| with(intake, |p| p.imported.warnings.len()).unwrap_or(0));
    let drawn = RwSignal::new(SHOWN);
    let lines = Memo::new(move |_| {
        with(intake, |preview| {
            let shown = preview.imported.warnings.iter().take(drawn.get());
            // Two may read the same: the whole file is the place of each.
            let lines = shown.map(|it| line(preview, it)).enumerate();
            lines.collect::<Vec<_>>()
        })
        .unwrap_or_default()
    });
    let note = Signal::derive(move || number(count.get() as f64));
    let any = Memo::new(move |_| count.get() > 0);
    let correctable =
        Memo::new(move |_| lines.with(|all| all.iter().any(|(_, it)| it.cell.is_some())));
    let again = move || {
        correctable.get().then(|| {
            view! { <Button label=t("import.try_again") on_press=move |_| intake.look()/> }
        })
    };
    let how = move || {
        correctable
            .get()
            .then(|| view! { <span>" "{t("import.warnings_correct")}</span> })
    };
    move || {
        any.get().then(|| {
            view! {
                <div class="import-warnings">
                    <SectionHead title=t("import.warnings") note=note>{again}</SectionHead>
                    <p class="caption">{t("import.warnings_note")}{how}</p>
                    <ul class="import-list">
                        <For each=move || lines.get() key=Clone::clone let:line>
                            <WarningLine intake=intake line=line.1/>
                        </For>
                    </ul>
                    <ShowMore count=count shown=drawn step=SHOWN/>
                </div>
            }
        })
    }
}

#[component]
fn WarningLine(intake: Intake, line: Line) -> impl IntoView {
    let Line {
        text,
        place,
        cell,
        choices,
    } = line;
    let field = cell.and_then(|(sheet, row, column)| {
        let table = (intake.tables).with_untracked(|tables| tables.get(sheet).copied())?;
        let value =
            Signal::derive(move || table.sheet.with(|sheet| sheet.cell(row, column).to_owned()));
        let label = Signal::stored(say_with("import.correct_cell", &[("place", place.clone())]));
        let commit = move |text: String| intake.correct(sheet, row, column, text);
        let field = if choices.is_empty() {
            view! { <TextField label=label hide_label=true look=FieldLook::Boxed value=value on_commit=commit/> }
                .into_any()
        } else {
            // What stands there can be left as it is.
            let offered = Signal::derive(move || {
                let here = value.get();
                let known = choices.contains(&here);
                let here = (!known).then(|| Choice::new(here.clone(), here.clone()));
                let others = choices.iter().map(|it| Choice::new(it.clone(), it.clone()));
                here.into_iter().chain(others).collect::<Vec<_>>()
            });
            view! { <SelectField label=label hide_label=true look=FieldLook::Boxed value=value choices=offered on_commit=commit/> }
                .into_any()
        };
        Some(view! { <span class="import-warning-cell">{field}</span> })
    });
    view! {
        <li class="import-warning">
            <span class="import-warning-text">{text}</span>
            <span class="caption">{place}</span>
            {field}
        </li>
    }
}
