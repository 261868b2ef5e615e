//! The button below a list that shows only so many of its rows.

use leptos::prelude::*;

use super::button::{Button, Look};
use crate::ui::text::say_count;

/// Shows some more rows; nothing where all are shown.
#[component]
pub fn ShowMore(
    /// How many rows there are.
    #[prop(into)]
    count: Signal<usize>,
    /// How many are shown.
    shown: RwSignal<usize>,
    /// How many come at a press.
    step: usize,
) -> impl IntoView {
    let more = Memo::new(move |_| count.get().saturating_sub(shown.get()).min(step));
    let label = Signal::derive(move || say_count("told.more", more.get() as f64, &[]));
    view! {
        <Show when=move || { more.get() > 0 }>
            <Button label=label look=Look::Quiet on_press=move |_| shown.update(|shown| *shown += step)/>
        </Show>
    }
}
