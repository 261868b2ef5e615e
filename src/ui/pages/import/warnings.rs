//! What comes in with a reservation: each with its place, and where that is one cell
//! of a sheet, with a field in which it is corrected.

use std::collections::BTreeMap;

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
use crate::ui::text::{number, say_count, say_with, t};

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

/// Places that a line names; of more it says how many.
const PLACES: usize = 6;
/// In how many rows the same name may be a slip.
const MISSPELT: usize = 3;
/// Warnings among which equal ones become one line: more are told one by one.
const GROUPED: usize = 5_000;

/// The warnings as lines: equal ones, where nothing can be corrected, as one that names
/// their places.
fn grouped(preview: &Preview) -> Vec<Line> {
    let warnings = &preview.imported.warnings;
    let mut all: Vec<(Line, usize)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    // What many rows name and nothing is called so is missing, rather than misspelt in
    // each of them.
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    let missing = |it: &&Warning| matches!(it.kind, WarningKind::NoSuch { .. });
    for warning in warnings.iter().take(GROUPED).filter(missing) {
        *named.entry(words::warning(&warning.kind)).or_default() += 1;
    }
    for warning in warnings.iter().take(GROUPED) {
        let mut line = line(preview, warning);
        if named.get(&line.text).is_some_and(|rows| *rows > MISSPELT) {
            line.cell = None;
        }
        let same = known.get(&line.text).and_then(|at| all.get_mut(*at));
        match same.filter(|_| line.cell.is_none()) {
            Some((first, count)) => {
                *count += 1;
                if *count <= PLACES && !line.place.is_empty() {
                    let places = [("place", first.place.clone()), ("next", line.place)];
                    first.place = say_with("import.place.and", &places);
                }
            }
            None => {
                if line.cell.is_none() {
                    known.insert(line.text.clone(), all.len());
                }
                all.push((line, 1));
            }
        }
    }
    let named = all.into_iter().map(|(mut line, count)| {
        if count > PLACES {
            let place = ("place", line.place);
            line.place = say_count("import.place.more", (count - PLACES) as f64, &[place]);
        }
        line
    });
    named.collect()
}

/// What is taken in with a reservation.
#[component]
pub fn Warnings(intake: Intake) -> impl IntoView {
    let count = Memo::new(move |_| with(intake, |p| p.imported.warnings.len()).unwrap_or(0));
    let drawn = RwSignal::new(SHOWN);
    let first = Memo::new(move |_| with(intake, grouped).unwrap_or_default());
    let count_lines =
        Memo::new(move |_| first.with(Vec::len) + count.get().saturating_sub(GROUPED));
    // Two may read the same: the whole file is the place of each.
    let lines = Memo::new(move |_| {
        let mut shown = first.with(|all| all.iter().take(drawn.get()).cloned().collect::<Vec<_>>());
        let more = drawn.get().saturating_sub(shown.len());
        let rest = with(intake, |preview| {
            let rest = preview.imported.warnings.iter().skip(GROUPED).take(more);
            rest.map(|it| line(preview, it)).collect::<Vec<_>>()
        });
        shown.extend(rest.unwrap_or_default());
        shown.into_iter().enumerate().collect::<Vec<_>>()
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
                    <ShowMore count=count_lines shown=drawn step=SHOWN/>
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
