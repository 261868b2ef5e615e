//! Small charts: a filled bar, a stacked bar (the week budget, hours by place),
//! threads (one per competency) and stacked columns (hours by term). Each says
//! in words what it shows. Figures come from elsewhere; here they become lengths.

use leptos::prelude::*;

use super::{button::IconButton, icon::Sign};
use crate::ui::text::t;

/// What a part of a chart stands for; the colour follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// The school.
    School,
    /// The enterprise.
    Enterprise,
    /// A third place.
    Third,
    /// Teaching weeks.
    Teaching,
    /// Exams and the like.
    Exams,
    /// What is left over.
    Rest,
    /// A gap.
    Gap,
}

impl Fill {
    const fn class(self) -> &'static str {
        match self {
            Fill::School => "fill-school",
            Fill::Enterprise => "fill-enterprise",
            Fill::Third => "fill-third",
            Fill::Teaching => "fill-teaching",
            Fill::Exams => "fill-exams",
            Fill::Rest => "fill-rest",
            Fill::Gap => "fill-gap",
        }
    }
}

/// A part of a stacked bar or column.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// How much, in any unit, the same for all parts. Negative counts as none.
    pub amount: f64,
    /// What it stands for.
    pub fill: Fill,
}

/// A bar of parts, 6 px high. `whole` above the sum leaves room at the end;
/// below it, the bar is full.
#[component]
pub fn StackedBar(
    /// The parts, from left to right.
    #[prop(into)]
    parts: Signal<Vec<Part>>,
    /// What the whole width stands for; nothing means the sum.
    #[prop(optional, into)]
    whole: Signal<Option<f64>>,
    /// What it shows, in words: "16 weeks teaching, 1 in the enterprise".
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let rects = move || {
        let parts = parts.get();
        let sum: f64 = parts.iter().map(|part| part.amount.max(0.0)).sum();
        let whole = whole.get().unwrap_or(sum).max(sum).max(f64::MIN_POSITIVE);
        let mut x = 0.0;
        parts
            .into_iter()
            .filter(|part| part.amount > 0.0)
            .map(|part| {
                let width = part.amount / whole * 200.0;
                let rect = view! { <rect class=part.fill.class() x=x y="-1" width=width height="8"></rect> };
                x += width;
                rect
            })
            .collect_view()
    };
    view! {
        <svg class="stacked-bar" viewBox="0 0 200 6" preserveAspectRatio="none" role="img" aria-label=move || label.get()>{rects}</svg>
    }
}

/// How far something is: storage used, steps done. From 0 to 1.
#[component]
pub fn Meter(
    /// From 0 to 1; more counts as 1.
    #[prop(into)]
    value: Signal<f64>,
    /// What it measures, read out.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let width = move || (value.get().clamp(0.0, 1.0) * 200.0).max(0.0);
    view! {
        <svg class="meter" viewBox="0 0 200 6" preserveAspectRatio="none" role="meter"
            aria-valuemin="0" aria-valuemax="1" aria-valuenow=move || format!("{:.3}", value.get().clamp(0.0, 1.0)) aria-label=move || label.get()>
            <rect class="meter-bed" width={"200"} height="6"></rect>
            <rect class="meter-value" width=width height="6"></rect>
        </svg>
    }
}

/// Long work: what is done, how far, and a way to stop it. Show it after 400 ms.
#[component]
pub fn Progress(
    /// What is being done.
    #[prop(into)]
    label: Signal<String>,
    /// From 0 to 1.
    #[prop(into)]
    value: Signal<f64>,
    /// Called to stop; without it the work cannot be stopped.
    #[prop(optional, into)]
    on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <div class="progress" role="status">
            <span class={"progress-label"}>{label}</span>
            <Meter value=value label=label/>
            {on_cancel.map(|cancel| view! {
                <IconButton label=t("act.cancel") sign=Sign::Close small=true on_press=move |_| cancel.run(())/>
            })}
        </div>
    }
}

/// How one thread of the coverage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thread {
    /// Reached: full.
    Reached,
    /// Below the required level: half.
    Below,
    /// Not covered: hollow.
    Open,
    /// Waived: low and grey.
    Waived,
}

/// One thread per competency, with the same width in every row: `most` is the
/// length of the longest row.
#[component]
pub fn Threads(
    /// The threads, in the order in which they are shown.
    #[prop(into)]
    threads: Signal<Vec<Thread>>,
    /// How many the longest row has.
    #[prop(into)]
    most: Signal<usize>,
    /// What it shows, in words: "12 of 16 reached".
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let rects = move || {
        let threads = threads.get();
        #[expect(
            clippy::cast_precision_loss,
            reason = "a row has far fewer than 2^52 threads"
        )]
        let step = 400.0 / most.get().max(threads.len()).max(1) as f64;
        // The gap between threads shrinks with them, so that 500 still show.
        let gap = (step * 0.12).min(2.0);
        let mut x = 0.0;
        threads
            .into_iter()
            .map(|thread| {
                let (class, y, height) = match thread {
                    Thread::Reached => ("fill-school", 0.0, 10.0),
                    Thread::Below => ("fill-gap", 5.0, 5.0),
                    Thread::Open => ("thread-open", 0.75, 8.5),
                    Thread::Waived => ("fill-third", 7.0, 3.0),
                };
                let rect =
                    view! { <rect class=class x=x y=y width=step - gap height=height></rect> };
                x += step;
                rect
            })
            .collect_view()
    };
    view! {
        <svg class="threads" viewBox="0 0 400 10" preserveAspectRatio="none" role="img" aria-label=move || label.get()>{rects}</svg>
    }
}

/// A column of [`Columns`].
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// What stands below it.
    pub name: String,
    /// What stands above it: the sum, as text.
    pub figure: String,
    /// The parts, from below.
    pub parts: Vec<Part>,
    /// Where it leads: `Route::href()`; empty for nowhere.
    pub href: String,
}

/// Stacked columns with their sums above, for instance the hours by term and
/// place. The figures are text, so that they can be read, selected and printed.
#[component]
pub fn Columns(
    /// The columns, from left to right.
    #[prop(into)]
    columns: Signal<Vec<Column>>,
    /// What they show, read out.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let drawn = move || {
        let columns = columns.get();
        let most = columns
            .iter()
            .map(Column::sum)
            .fold(f64::MIN_POSITIVE, f64::max);
        columns
            .into_iter()
            .map(|column| {
                let mut y = 100.0;
                let top = format!("{}%", 100.0 - column.sum() / most * 100.0);
                let rects = column
                    .parts
                    .iter()
                    .filter(|part| part.amount > 0.0)
                    .map(|part| {
                        let height = part.amount / most * 100.0;
                        y -= height;
                        view! { <rect class=part.fill.class() x="-1" y=y width="12" height=height></rect> }
                    })
                    .collect_view();
                let name = if column.href.is_empty() {
                    view! { <span class={"column-name"}>{column.name}</span> }.into_any()
                } else {
                    view! { <a class="column-name" href=column.href>{column.name}</a> }.into_any()
                };
                view! {
                    <li class="column">
                        <span class="column-plot">
                            <svg class="column-bar" viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">{rects}</svg>
                            <b class="column-figure" style:top=top>{column.figure}</b>
                        </span>
                        {name}
                    </li>
                }
            })
            .collect_view()
    };
    view! { <ul class="columns" aria-label=move || label.get()>{drawn}</ul> }
}

impl Column {
    fn sum(&self) -> f64 {
        self.parts.iter().map(|part| part.amount.max(0.0)).sum()
    }
}

/// What a colour of a chart stands for: a swatch and a word.
#[component]
pub fn Legend(
    /// The swatch.
    fill: Fill,
    /// The word, with its figure: "school 1,976".
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <span class="legend">
            <svg class="legend-swatch" width="10" height="10" aria-hidden="true"><rect class=fill.class() width="10" height="10" rx="2"></rect></svg>
            <span class={"legend-word"}>{label}</span>
        </span>
    }
}
