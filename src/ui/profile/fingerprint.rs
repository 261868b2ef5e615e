//! A key in a form that two people can compare: four words and a small picture.

use leptos::prelude::*;
use weft_seal::{PublicKey, WordList};

use crate::ui::text::{Language, language, say_with};

/// The words of a key in the language of the screen. Reactive.
pub fn words(public: &PublicKey) -> String {
    words_in(public, language())
}

/// The words of a key in a language.
fn words_in(public: &PublicKey, language: Language) -> String {
    let list = match language {
        Language::English => WordList::English,
        Language::Chinese => WordList::Chinese,
    };
    public.fingerprint().words(list).join(" ")
}

/// Picture and words: those of the screen first, and the other ones, for whoever compares
/// with a partner whose screen speaks the other language.
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
    let others = move || {
        let others = Language::ALL.into_iter().filter(|it| *it != language());
        others
            .map(|it| view! { <span lang=it.tag()>{words_in(&public, it)}</span> })
            .collect_view()
    };
    view! {
        <div class="fingerprint">
            <svg class="fingerprint-picture" viewBox="-0.5 -0.5 6 6" aria-hidden="true">{filled()}</svg>
            <div>
                <div class="fingerprint-words" title=said>{move || words(&public)}</div>
                <div class="caption">{others}</div>
            </div>
        </div>
    }
}
