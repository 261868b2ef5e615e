//! Copying and pasting as text and as HTML, the two shapes spreadsheets speak.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::ClipboardEvent;
/// The event of a copy, a cut or a paste, for handlers that pass it on.
pub use web_sys::Event;

/// What a paste brings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pasted {
    /// The plain text; for cells, tab-separated lines.
    pub text: String,
    /// The HTML, empty when there is none. Never to be shown, only to be read.
    pub html: String,
}

/// What a paste event brings; empty where the event has no data.
#[must_use]
pub fn pasted(event: &Event) -> Pasted {
    event
        .dyn_ref::<ClipboardEvent>()
        .and_then(ClipboardEvent::clipboard_data)
        .map_or_else(Pasted::default, |data| Pasted {
            text: data.get_data("text/plain").unwrap_or_default(),
            html: data.get_data("text/html").unwrap_or_default(),
        })
}

/// Answers a copy or cut event with our own text and HTML; says whether the
/// browser took it. Needs no permission, unlike [`copy`].
pub fn answer_copy(event: &Event, text: &str, html: &str) -> bool {
    let Some(data) = event
        .dyn_ref::<ClipboardEvent>()
        .and_then(ClipboardEvent::clipboard_data)
    else {
        return false;
    };
    event.prevent_default();
    data.set_data("text/plain", text).is_ok()
        && (html.is_empty() || data.set_data("text/html", html).is_ok())
}

/// Puts text on the clipboard from a button; `done` learns whether it worked.
pub fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    let navigator = window().navigator();
    // Absent on plain http and in old browsers.
    let available =
        js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| it.is_object());
    if !available {
        done(false);
        return;
    }
    let writing = navigator.clipboard().write_text(text);
    spawn_local(async move { done(JsFuture::from(writing).await.is_ok()) });
}
