//! A key in a form that two people can compare: four words and a small picture.

use leptos::prelude::*;
use weft_seal::{PublicKey, WordList};

use crate::ui::text::{Language, language, say_with};

/// The words of a key in the language of the screen. Reactive.
pub fn words(public: &PublicKey) -> String {
    let list = match language() {
        Language::English => WordList::English,
        Language::Chinese => WordList::Chinese,
    };
    public.fingerprint().words(list).join(" ")
}

/// Picture and words.
#[component]
pub fn FingerprintView(
    /// The key.
    public: PublicKey,
) -> impl IntoView {
    let squares = public.fingerprint().picture();
    let filled = move || {
        let rows = squares.into_iter().enumerate();
        rows.flat_map(|(y, row)| {
            let filled = row.into_iter().enumerate().filter(|(_, on)| *on);
            filled.map(move |(x, _)| view! { <rect x=x.to_string() y=y.to_string() width="1.02" height="1.02"></rect> })
        })
        .collect_view()
    };
    let said = move || say_with("me.fingerprint", &[("words", words(&public))]);
    view! {
        <div class="fingerprint">
            <svg class="fingerprint-picture" viewBox="-0.5 -0.5 6 6" aria-hidden="true">{filled()}</svg>
            <span class="fingerprint-words" title=said>{move || words(&public)}</span>
        </div>
    }
}
