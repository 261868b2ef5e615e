//! What stands where nothing is yet: a sentence that says what to do, and the
//! buttons to do it.

use leptos::prelude::*;

use super::icon::{Icon, Sign};

/// An empty place.
#[component]
pub fn Empty(
    /// What is missing, in a few words.
    #[prop(into)]
    title: Signal<String>,
    /// What to do, in a sentence.
    #[prop(optional, into)]
    text: Option<Signal<String>>,
    /// An icon above.
    #[prop(optional, into)]
    sign: Option<Sign>,
    /// Buttons; the likeliest first and primary.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            {sign.map(|sign| view! { <Icon sign=sign size=24/> })}
            <p class="empty-title">{title}</p>
            {text.map(|text| view! { <p class="empty-text">{text}</p> })}
            <div class="empty-acts">{children.map(|children| children())}</div>
        </div>
    }
}
