//! The head of a column: its name, its hours and credits, where they happen,
//! and the budget of its weeks.

use leptos::prelude::*;
use weft_analysis::hundredths;
use weft_model::{Choice as _, TermId, field};

use super::arrange::{Bench, mark_id};
use super::layout::Column;
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::components::meter::{Fill, Part, StackedBar};
use crate::ui::sentences::{choice_name, field_name};
use crate::ui::text::{listed, number, say, say_count, say_with};

/// The head of one column.
#[component]
pub fn ColumnHead(column: Column, bench: Bench) -> impl IntoView {
    let name = {
        let column = column.clone();
        Signal::derive(move || bench.column_name(&column))
    };
    if let Column::Term(term) = column {
        return view! { <TermHead term=term name=name bench=bench/> }.into_any();
    }
    let count = move || {
        bench.layout.with(|layout| {
            let at = layout.columns.iter().position(|known| *known == column);
            at.map_or(0, |at| layout.cards(at).len())
        })
    };
    #[expect(clippy::cast_precision_loss, reason = "far fewer modules than 2^52")]
    let text = move || say_count("modules.count", count() as f64, &[]);
    view! {
        <div class="column-head">
            <h2 class="column-title"><span class={"one-line"}>{name}</span></h2>
            <p class="caption">{text}</p>
        </div>
    }
    .into_any()
}

/// What a head shows of a term.
#[derive(Clone, Debug, Default, PartialEq)]
struct Figures {
    hours: f64,
    credits: f64,
    load: Option<i64>,
    weeks: Option<i64>,
    budget: Option<i64>,
    blocks: (i64, Option<i64>),
    places: Vec<(Option<weft_model::PlaceKind>, f64)>,
    parts: Vec<(weft_model::Field, i64)>,
}

#[component]
fn TermHead(term: TermId, name: Signal<String>, bench: Bench) -> impl IntoView {
    let editor = bench.editor;
    let figures = Memo::new(move |_| {
        editor.follow_board();
        editor.plan_and_board(|plan, board| {
            let of = board.term(term).cloned().unwrap_or_default();
            let kinds = [
                field::term::teaching_weeks,
                field::term::military_weeks,
                field::term::whole_week_weeks,
                field::term::enterprise_weeks,
                field::term::exam_weeks,
                field::term::flexible_weeks,
                field::term::graduation_weeks,
                field::term::holiday_weeks,
            ];
            let parts = kinds.into_iter().filter_map(|kind| {
                let weeks = plan.value(term.into(), &kind.key())?.as_int()?;
                (weeks > 0).then_some((kind, weeks))
            });
            Figures {
                hours: of.hours.as_f64(),
                credits: of.credits.as_f64(),
                load: of.weekly_load.map(hundredths),
                weeks: of.weeks,
                budget: of.budget,
                blocks: (of.block_weeks, of.block_budget),
                places: of
                    .by_place
                    .iter()
                    .map(|(kind, hours)| (*kind, hours.as_f64()))
                    .collect(),
                parts: parts.collect(),
            }
        })
    });
    #[expect(clippy::cast_precision_loss, reason = "weeks of a term")]
    let parts = Signal::derive(move || {
        figures.with(|figures| {
            let part = |(kind, weeks): &(weft_model::Field, i64)| Part {
                amount: *weeks as f64,
                fill: fill(*kind),
            };
            figures.parts.iter().map(part).collect::<Vec<_>>()
        })
    });
    #[expect(clippy::cast_precision_loss, reason = "weeks of a term")]
    let whole =
        Signal::derive(move || figures.with(|figures| figures.weeks.map(|weeks| weeks as f64)));
    let words = Signal::derive(move || {
        figures.with(|figures| {
            let part =
                |(kind, weeks): &(weft_model::Field, i64)| format!("{} {weeks}", field_name(*kind));
            listed(&figures.parts.iter().map(part).collect::<Vec<_>>())
        })
    });
    let budget = move || {
        figures.with(|figures| {
            let (Some(budget), Some(weeks)) = (figures.budget, figures.weeks) else {
                let weeks = figures.weeks?;
                return Some((
                    say_with("modules.weeks", &[("n", weeks.to_string())]),
                    false,
                ));
            };
            let text = say_with(
                "modules.budget",
                &[("n", budget.to_string()), ("all", weeks.to_string())],
            );
            Some((text, budget != weeks))
        })
    };
    let blocks = move || {
        figures.with(|figures| {
            let (used, given) = figures.blocks;
            let given = given?;
            (used > 0 || given > 0).then(|| {
                let text = say_with(
                    "modules.blocks",
                    &[("n", used.to_string()), ("all", given.to_string())],
                );
                (text, used > given)
            })
        })
    };
    let load = move || {
        figures.with(|figures| {
            #[expect(clippy::cast_precision_loss, reason = "hours a week")]
            figures
                .load
                .map(|load| say_with("modules.load", &[("n", number(load as f64 / 100.0))]))
        })
    };
    let places = move || {
        figures.with(|figures| {
            let one = |(kind, hours): &(Option<weft_model::PlaceKind>, f64)| {
                let name = kind.map_or_else(
                    || say("modules.place_open"),
                    |kind| choice_name(field::place::kind, kind.id()),
                );
                format!("{name} {}", number(*hours))
            };
            figures
                .places
                .iter()
                .filter(|(_, hours)| *hours > 0.0)
                .map(one)
                .collect::<Vec<_>>()
                .join(" · ")
        })
    };
    let line = |found: Option<(String, bool)>| {
        found.map(|(text, wrong)| {
            view! {
                <span class="head-figure" class:gap=wrong>
                    {wrong.then(|| view! { <Icon sign=Sign::Alert size=12/> })}
                    {text}
                </span>
            }
        })
    };
    view! {
        <div class="column-head" id=mark_id(term)>
            <h2 class="column-title">
                <button type="button" class="column-button" class:is-open=move || bench.spot.item() == Some(term.into())
                    on:click=move |_| bench.open(term)><span class={"one-line"}>{name}</span></button>
                <span class="column-sum">{move || figures.with(|figures| say_with("modules.hours", &[("n", number(figures.hours))]))}</span>
            </h2>
            <StackedBar parts=parts whole=whole label=words/>
            <p class="head-figures">
                {move || line(budget())}
                {move || line(blocks())}
                {load}
                // What nobody said is left out, never zero.
                {move || figures.with(|figures| (figures.credits > 0.0).then(|| view! {
                    <span class="head-figure">{say_with("modules.credits", &[("n", number(figures.credits))])}</span>
                }))}
            </p>
            <p class="head-places" title=places>{places}</p>
        </div>
    }
}

fn fill(kind: weft_model::Field) -> Fill {
    match kind.name() {
        "teaching_weeks" => Fill::Teaching,
        "enterprise_weeks" => Fill::Enterprise,
        "exam_weeks" => Fill::Exams,
        "flexible_weeks" | "holiday_weeks" => Fill::Rest,
        _ => Fill::School,
    }
}
