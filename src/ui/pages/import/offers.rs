//! What of all that the files hold is meant: occupations of ESCO or O*NET, found
//! by typing and ticked. Nothing comes in until something is chosen.

use std::collections::BTreeSet;

use leptos::prelude::*;
use weft_exchange::Offer;

use super::intake::Intake;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::choice::CheckboxField;
use crate::ui::components::field::{FieldLook, TextField};
use crate::ui::components::head::SectionHead;
use crate::ui::text::{say_count, t};

/// Lines that are shown at once; more are found by typing.
const SHOWN: usize = 60;

/// The choice, where the files ask for one.
#[component]
pub fn Offers(intake: Intake) -> impl IntoView {
    let any = Memo::new(move |_| intake.offers.with(|offers| !offers.is_empty()));
    move || any.get().then(|| view! { <Choosing intake=intake/> })
}

/// Whether the files ask for a choice that was not made yet. Reactive.
pub fn none_ticked(intake: Intake) -> bool {
    intake.offers.with(|offers| !offers.is_empty())
        && intake.foreign.with(|options| options.chosen.is_empty())
}

#[component]
fn Choosing(intake: Intake) -> impl IntoView {
    let offers = intake.offers;
    let query = RwSignal::new(String::new());
    let picked = RwSignal::new(
        intake
            .foreign
            .with_untracked(|options| options.chosen.clone()),
    );
    // What was ticked stays in sight whatever is looked for.
    let found = Memo::new(move |_| {
        let wanted = query.with(|query| query.trim().to_lowercase());
        let fits = |offer: &Offer| {
            let at = |text: &str| text.to_lowercase().contains(&wanted);
            wanted.is_empty() || at(&offer.title) || at(&offer.code)
        };
        offers.with(|offers| {
            let fitting = offers.iter().enumerate().filter(|(_, offer)| fits(offer));
            fitting.map(|(at, _)| at).collect::<Vec<usize>>()
        })
    });
    let lines = move || {
        // Looked at when the search changes, not at each tick: a line that moved
        // would lose the focus.
        let chosen = picked.get_untracked();
        offers.with(|offers| {
            let is_chosen = |at: &usize| {
                offers
                    .get(*at)
                    .is_some_and(|offer| chosen.contains(&offer.id))
            };
            let found = found.get();
            let first = (0..offers.len()).filter(is_chosen);
            let others = found.into_iter().filter(|at| !is_chosen(at));
            first.chain(others).take(SHOWN).collect::<Vec<_>>()
        })
    };
    let line = move |at: usize| {
        let offer = offers.with_untracked(|offers| offers.get(at).cloned())?;
        let Offer {
            id,
            code,
            title,
            holds,
        } = offer;
        let words = if code.is_empty() {
            title
        } else {
            format!("{code} {title}")
        };
        let holds = (holds > 0).then(|| say_count("import.offer_holds", holds as f64, &[]));
        let own = id.clone();
        let checked = Signal::derive(move || picked.with(|picked| picked.contains(&own)));
        let tick = move |on: bool| {
            picked.update(|picked| {
                if on {
                    picked.insert(id.clone());
                } else {
                    picked.remove(&id);
                }
            });
        };
        Some(view! {
            <li class="import-offer">
                <CheckboxField label=Signal::stored(words) checked=checked on_commit=tick/>
                <span class="caption">{holds}</span>
            </li>
        })
    };
    let status = move || {
        let all = found.with(Vec::len);
        let further = all.saturating_sub(SHOWN);
        let fits = say_count("import.offers_found", all as f64, &[]);
        if further == 0 {
            fits
        } else {
            format!(
                "{fits} {}",
                say_count("import.offers_further", further as f64, &[])
            )
        }
    };
    let note = Signal::derive(move || {
        say_count(
            "import.offers_chosen",
            picked.with(BTreeSet::len) as f64,
            &[],
        )
    });
    let same = Signal::derive(move || {
        intake
            .foreign
            .with(|options| picked.with(|picked| options.chosen == *picked))
    });
    view! {
        <div class="import-offers">
            <SectionHead title=t("import.offers") note=note/>
            <p class="caption">{t("import.offers_note")}</p>
            <TextField label=t("import.offers_search") value=query look=FieldLook::Boxed on_input=move |text: String| query.set(text) on_commit=move |text: String| query.set(text)/>
            <p class="caption" role="status">{status}</p>
            <ul class="import-list import-offers-list" aria-label=move || t("import.offers").get()>
                <For each=lines key=|at| *at children=line/>
            </ul>
            <div class="acts">
                <Button label=t("import.offers_take") look=Look::Primary disabled=same
                    on_press=move |_| intake.choose_offers(picked.get_untracked())/>
                <Button label=t("import.offers_none") look=Look::Quiet
                    on_press=move |_| picked.set(BTreeSet::new())/>
            </div>
        </div>
    }
}
