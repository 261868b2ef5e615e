//! Keys: what was pressed, and whether it may be a shortcut at all.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// Whether the key belongs to an input method that is composing. Such a key is
/// never a shortcut, and never a commit or a cancel.
#[must_use]
pub fn is_composing(event: &KeyboardEvent) -> bool {
    // 229 is what Safari sends for the Enter that ends a composition, after
    // compositionend and with isComposing false.
    event.is_composing() || event.key_code() == 229
}

/// A key with its modifiers as text, in the order Ctrl, Alt, Shift: "Ctrl+K",
/// "Alt+Shift+ArrowUp", "?", "Delete". Command on a Mac is Ctrl. Letters are
/// upper case; Shift is named only beside a key that is no character of its
/// own ("?" stays "?").
#[must_use]
pub fn chord(event: &KeyboardEvent) -> String {
    let key = event.key();
    let one_character = key.chars().count() == 1;
    let mut chord = String::new();
    if event.ctrl_key() || event.meta_key() {
        chord.push_str("Ctrl+");
    }
    if event.alt_key() {
        chord.push_str("Alt+");
    }
    let letter = one_character && key.chars().all(char::is_alphabetic);
    if event.shift_key() && (!one_character || letter || key == " ") {
        chord.push_str("Shift+");
    }
    match key.as_str() {
        " " => chord.push_str("Space"),
        key if letter => chord.push_str(&key.to_uppercase()),
        key => chord.push_str(key),
    }
    chord
}

/// Whether the event comes from where text is typed.
#[must_use]
pub fn is_typing(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
        .is_some_and(|element| match element.tag_name().as_str() {
            "TEXTAREA" | "SELECT" => true,
            "INPUT" => !matches!(
                element.get_attribute("type").as_deref(),
                Some("checkbox" | "radio" | "button")
            ),
            _ => element.is_content_editable(),
        })
}

/// Whether a modal dialog is open: shortcuts of the page behind it rest.
#[must_use]
pub fn is_modal_open() -> bool {
    document()
        .query_selector("dialog[open]")
        .ok()
        .flatten()
        .is_some()
}

/// Whether a key was pressed in a field of one line.
#[must_use]
pub fn is_in_line(event: &KeyboardEvent) -> bool {
    let others = ["checkbox", "radio", "file", "button", "submit", "color"];
    let target = event.target();
    let field = target.and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok());
    field.is_some_and(|field| !others.contains(&field.type_().as_str()))
}

/// Calls `act` for every key pressed anywhere in the page, until the owner is
/// cleaned up. Keys that a component has taken (`prevent_default`) are left out.
pub fn on_key(act: impl Fn(&KeyboardEvent) + 'static) {
    let listening = window_event_listener(leptos::ev::keydown, move |event| {
        if !event.default_prevented() && !is_composing(&event) {
            act(&event);
        }
    });
    on_cleanup(move || listening.remove());
}

/// Whether this is a Mac, where Ctrl is written ⌘.
#[must_use]
pub fn is_mac() -> bool {
    window()
        .navigator()
        .user_agent()
        .is_ok_and(|agent| agent.contains("Mac OS") || agent.contains("iPhone"))
}

/// A chord as it is shown on a key cap: "Ctrl K", on a Mac "⌘ K"; arrows as
/// arrows.
#[must_use]
pub fn show(chord: &str) -> String {
    let mac = is_mac();
    chord
        .split('+')
        .map(|key| match key {
            "Ctrl" if mac => "⌘",
            "Alt" if mac => "⌥",
            "ArrowUp" => "↑",
            "ArrowDown" => "↓",
            "ArrowLeft" => "←",
            "ArrowRight" => "→",
            "Escape" => "Esc",
            "Delete" => "Del",
            other => other,
        })
        .collect::<Vec<_>>()
        .join(" ")
}
