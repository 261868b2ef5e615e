//! Buttons and links that look like them. One primary button per region.

use leptos::{ev::MouseEvent, prelude::*};

use super::icon::{Icon, Sign};

/// How a button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// With an edge: the usual one.
    #[default]
    Plain,
    /// The one main act of a region.
    Primary,
    /// Without an edge.
    Quiet,
    /// Without an edge, for what takes something away.
    Danger,
}

impl Look {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Look::Plain => "button",
            Look::Primary => "button primary",
            Look::Quiet => "button quiet",
            Look::Danger => "button quiet danger",
        }
    }
}

/// A button with a word on it, and an icon before the word if given.
#[component]
pub fn Button(
    /// The word.
    #[prop(into)]
    label: Signal<String>,
    /// What it does.
    #[prop(into)]
    on_press: Callback<MouseEvent>,
    /// How it looks.
    #[prop(optional)]
    look: Look,
    /// An icon before the word.
    #[prop(optional, into)]
    sign: Option<Sign>,
    /// Whether it rests. A resting button stays reachable by the keyboard, so
    /// that its hint can be read.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// A longer explanation, shown on hover and read out.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// Pressed or not, for a button that stays down.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// The node, to move the focus to it.
    #[prop(optional)]
    node: NodeRef<leptos::html::Button>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=look.class()
            node_ref=node
            aria-disabled=move || disabled.get().then_some("true")
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            title=move || hint.map(|hint| hint.get())
            on:click=move |event| {
                if !disabled.get_untracked() {
                    on_press.run(event);
                }
            }
        >
            {sign.map(|sign| view! { <Icon sign=sign/> })}
            <span class={"button-word"}>{label}</span>
        </button>
    }
}

/// A button with an icon alone: undo, redo, close, more, go, and whatever else
/// stands in a dense row. The label is read out and shown on hover.
#[component]
pub fn IconButton(
    /// What it does, in words.
    #[prop(into)]
    label: Signal<String>,
    /// The icon.
    #[prop(into)]
    sign: Signal<Sign>,
    /// What it does.
    #[prop(into)]
    on_press: Callback<MouseEvent>,
    /// Whether it rests.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// 24 px instead of 28 px high (44 px on touch either way).
    #[prop(optional)]
    small: bool,
    /// Pressed or not, for a button that stays down.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// The node, to move the focus to it.
    #[prop(optional)]
    node: NodeRef<leptos::html::Button>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button quiet sole"
            class:small=small
            node_ref=node
            aria-label=move || label.get()
            title=move || label.get()
            aria-disabled=move || disabled.get().then_some("true")
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            on:click=move |event| {
                if !disabled.get_untracked() {
                    on_press.run(event);
                }
            }
        >
            <Icon sign=sign size={if small { 14 } else { 16 }}/>
        </button>
    }
}

/// A link that looks like a button: for going somewhere.
#[component]
pub fn ButtonLink(
    /// The word.
    #[prop(into)]
    label: Signal<String>,
    /// Where to: `Route::href()`.
    #[prop(into)]
    href: Signal<String>,
    /// How it looks.
    #[prop(optional)]
    look: Look,
    /// An icon before the word.
    #[prop(optional, into)]
    sign: Option<Sign>,
) -> impl IntoView {
    view! {
        <a class=look.class() href=move || href.get()>
            {sign.map(|sign| view! { <Icon sign=sign/> })}
            <span class={"button-word"}>{label}</span>
        </a>
    }
}

/// A quiet link to more, with a small arrow: "Open the Weave ›".
#[component]
pub fn MoreLink(
    /// The words.
    #[prop(into)]
    label: Signal<String>,
    /// Where to: `Route::href()`.
    #[prop(into)]
    href: Signal<String>,
) -> impl IntoView {
    view! {
        <a class="more-link" href=move || href.get()>
            <span class={"button-word"}>{label}</span>
            <Icon sign=Sign::Right size=12/>
        </a>
    }
}
