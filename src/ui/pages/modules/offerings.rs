//! In which terms a module runs, and how: hours a week for some weeks, whole
//! weeks, lectures. The sums are the board's.

use leptos::prelude::*;
use weft_analysis::offering_hours;
use weft_model::{Field, ItemId, Kind, ModuleId, OfferingId, Pattern, Uid, field};

use super::panel::sum_note;
use crate::ui::components::item_field::ItemField;
use crate::ui::components::item_list::ItemList;
use crate::ui::state::use_editor;
use crate::ui::text::{number, say_with};

/// The offerings of a module.
#[component]
pub fn Offerings(module: ModuleId) -> impl IntoView {
    let editor = use_editor();
    let row = Callback::new(|uid: Uid| view! { <Offering id=OfferingId(uid)/> }.into_any());
    let sum = move || {
        editor.follow_board();
        let (sum, total) = editor.board(|board| {
            board.module(module).map_or((None, None), |figures| {
                (figures.pattern_hours, figures.hours)
            })
        });
        sum.map(|sum| {
            sum_note(
                sum.as_f64(),
                total.map(|total| total.as_f64()),
                "modules.sum_of",
            )
        })
    };
    view! {
        <ItemList kind=Kind::Offering owner=ItemId::from(module) row=row/>
        {sum}
    }
}

/// One stretch: its term, its pattern, and what the pattern needs.
#[component]
fn Offering(id: OfferingId) -> impl IntoView {
    let editor = use_editor();
    let item = ItemId::from(id);
    let pattern = Memo::new(move |_| {
        editor.follow_item(item);
        editor
            .plan(|plan| plan.offerings.get(id).and_then(|it| it.pattern))
            .map(|pattern| pattern.0)
    });
    let hours = move || {
        editor.follow_item(item);
        let hours = editor.plan(|plan| plan.offerings.get(id).and_then(offering_hours))?;
        Some(say_with(
            "modules.is_hours",
            &[("n", number(hours.as_f64()))],
        ))
    };
    let needs = move || {
        let fields: &[Field] = match pattern.get() {
            Some(Pattern::Weekly) => &[
                field::offering::hours_per_week,
                field::offering::weeks,
                field::offering::start_week,
            ],
            Some(Pattern::WholeWeeks) => &[
                field::offering::weeks,
                field::offering::hours_per_week,
                field::offering::start_week,
            ],
            Some(Pattern::Lectures) => &[field::offering::hours],
            None => &[],
        };
        fields
            .iter()
            .map(|field| view! { <div class="list-field is-figure"><ItemField item=item field=*field/></div> })
            .collect_view()
    };
    view! {
        <div class="list-field is-half"><ItemField item=item field=field::offering::term/></div>
        <div class="list-field is-half"><ItemField item=item field=field::offering::pattern/></div>
        {needs}
        <span class="list-sum">{hours}</span>
    }
}
