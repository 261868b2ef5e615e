//! Hours by term and place as columns, and the same as a table for those who
//! cannot see them.

use std::collections::BTreeMap;

use leptos::prelude::*;
use weft_analysis::Board;
use weft_model::{Choice, Hours, Lang, PlaceKind, Plan, TermId, field};

use super::{hours, page};
use crate::{
    route::{Page, Route},
    ui::{
        components::{
            button::MoreLink,
            head::SectionHead,
            meter::{Column, Columns, Fill, Legend, Part},
        },
        sentences::{choice_name, item_name},
        state::use_editor,
        text::{say, say_with, t},
    },
};

/// What a colour stands for: kinds of place, from below.
const KINDS: [Option<PlaceKind>; 6] = [
    Some(PlaceKind::School),
    Some(PlaceKind::Enterprise),
    Some(PlaceKind::Third),
    Some(PlaceKind::Online),
    Some(PlaceKind::Other),
    None,
];

const fn fill(kind: Option<PlaceKind>) -> Fill {
    match kind {
        Some(PlaceKind::School) => Fill::School,
        Some(PlaceKind::Enterprise) => Fill::Enterprise,
        Some(PlaceKind::Third | PlaceKind::Online | PlaceKind::Other) => Fill::Third,
        None => Fill::Rest,
    }
}

fn kind_name(kind: Option<PlaceKind>) -> String {
    match kind {
        Some(kind) => choice_name(field::place::kind, kind.id()),
        None => say("overview.no_place"),
    }
}

type ByPlace = BTreeMap<Option<PlaceKind>, Hours>;

/// One term, as the chart and the table show it.
#[derive(Clone, PartialEq)]
struct Term {
    id: TermId,
    name: String,
    hours: Hours,
    by_place: ByPlace,
}

/// The section.
#[component]
pub(super) fn HoursByTerm() -> impl IntoView {
    let editor = use_editor();
    let terms = Memo::new(move |_| {
        editor.follow_board();
        let lang = editor.lang();
        editor.plan_and_board(|plan, board| terms(plan, board, &lang))
    });
    let places = Memo::new(move |_| {
        editor.follow_board();
        editor.board(|board| {
            let mut places = board.sums().by_place.clone();
            places.retain(|_, hours| !hours.is_zero());
            places
        })
    });
    let unscheduled = Memo::new(move |_| {
        editor.follow_board();
        editor.board(|board| board.sums().unscheduled)
    });
    let any = move || terms.with(|terms| terms.iter().any(|term| !term.hours.is_zero()));
    let columns = Signal::derive(move || {
        let id = editor.id().to_string();
        let column = |term: &Term| Column {
            name: term.name.clone(),
            figure: hours(term.hours),
            parts: KINDS
                .iter()
                .filter_map(|kind| {
                    let amount = term.by_place.get(kind)?.as_f64();
                    Some(Part {
                        amount,
                        fill: fill(*kind),
                    })
                })
                .collect(),
            href: Route::spot(id.clone(), Page::Modules, [term.id.to_string()]).href(),
        };
        terms.with(|terms| terms.iter().map(column).collect::<Vec<_>>())
    });
    let legends = move || {
        places.with(|places| {
            KINDS
                .iter()
                .filter_map(|kind| {
                    let values = [("place", kind_name(*kind)), ("hours", hours(*places.get(kind)?))];
                    Some(view! { <Legend fill=fill(*kind) label=say_with("overview.place_hours", &values)/> })
                })
                .collect_view()
        })
    };
    view! {
        <section class="overview-section">
            <SectionHead title=t("overview.hours")>
                <MoreLink label=t("overview.open_modules") href=page(editor, Page::Modules)/>
            </SectionHead>
            <Show
                when=move || places.with(|places| !places.is_empty())
                fallback=move || view! { <p class="overview-none">{t("overview.no_hours")}</p> }
            >
                <p class="legends">{legends}</p>
            </Show>
            <Show when=any>
                <div class="overview-chart">
                    <Columns columns=columns label=t("overview.hours")/>
                </div>
                <HoursTable terms=terms places=places/>
            </Show>
            <Show when=move || !unscheduled.get().is_zero()>
                <p class="caption">{move || say_with("overview.unscheduled", &[("hours", hours(unscheduled.get()))])}</p>
            </Show>
        </section>
    }
}

fn terms(plan: &Plan, board: &Board, lang: &Lang) -> Vec<Term> {
    board
        .term_order()
        .iter()
        .map(|id| {
            let figures = board.term(*id).cloned().unwrap_or_default();
            let code = plan.terms.get(*id).map(|term| term.code.clone());
            Term {
                id: *id,
                name: code
                    .filter(|code| !code.is_empty())
                    .unwrap_or_else(|| item_name(plan, lang, (*id).into())),
                hours: figures.hours,
                by_place: figures.by_place,
            }
        })
        .collect()
}

/// The chart's figures as a table, read out and not shown.
#[component]
fn HoursTable(terms: Memo<Vec<Term>>, places: Memo<ByPlace>) -> impl IntoView {
    let kinds = move || {
        let there = places.get();
        let kept = KINDS
            .into_iter()
            .filter(move |kind| there.contains_key(kind));
        kept.collect::<Vec<_>>()
    };
    let heads = move || {
        kinds()
            .into_iter()
            .map(|kind| view! { <th scope="col">{kind_name(kind)}</th> })
            .collect_view()
    };
    let rows = move || {
        let kinds = kinds();
        terms.get().into_iter().map(|term| {
            let cells = kinds.iter().map(|kind| {
                let of_kind = term.by_place.get(kind).copied().unwrap_or_default();
                view! { <td>{hours(of_kind)}</td> }
            }).collect_view();
            view! { <tr><th scope="row">{term.name}</th><td>{hours(term.hours)}</td>{cells}</tr> }
        }).collect_view()
    };
    view! {
        <div class="visually-hidden">
            <table>
                <caption>{t("overview.hours")}</caption>
                <thead><tr><th scope="col">{t("overview.term")}</th><th scope="col">{t("overview.class_hours")}</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
