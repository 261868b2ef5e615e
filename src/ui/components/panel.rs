//! The side panel: beside the sheet on a desktop, over it on a tablet, a sheet
//! from below on a phone. It takes its room from the page's grid
//! (`class="with-panel"`), so the page beside it keeps its scroll.

use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{
    button::IconButton,
    icon::Sign,
    shortcuts::{Shortcut, shortcuts},
};
use crate::{
    browser::{dom, keyboard, timer},
    ui::text::t,
};

/// A panel about what is selected. Place it last within an element of class
/// `with-panel`. On the phone the focus moves into it; on a desktop it stays
/// where the person is working, and F6 leads over and back.
#[component]
pub fn SidePanel(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// What it is about, read out: "Module", "Cell".
    #[prop(into)]
    label: Signal<String>,
    /// Called by Escape, the close button, and a tap beside it.
    #[prop(into)]
    on_close: Callback<()>,
    /// 312 px instead of 348 px wide.
    #[prop(optional)]
    narrow: bool,
    /// What stands at the top beside the close button: code, tag, menu.
    #[prop(optional, into)]
    head: ViewFn,
    /// The content, usually sections (`class="panel-section"`).
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Aside>::new();
    let back = StoredValue::new_local(None);
    let close = move || {
        let within = node
            .get_untracked()
            .is_some_and(|panel| dom::holds_focus(&panel));
        on_close.run(());
        if within && let Some(element) = back.get_value() {
            timer::next_frame(move || {
                dom::focus(&element);
            });
        }
    };
    Effect::new(move |was_open: Option<bool>| {
        let now = open.get();
        if now && was_open != Some(true) {
            back.set_value(dom::focused());
            if dom::window_size().0 <= 720.0 {
                timer::next_frame(move || {
                    if let Some(Some(panel)) = node.try_get_untracked() {
                        dom::focus(&panel);
                    }
                });
            }
        }
        now
    });
    shortcuts(
        "shortcuts.everywhere",
        vec![Shortcut::new("F6", "shortcuts.panel", move || {
            let Some(panel) = node.get_untracked() else {
                return;
            };
            if !dom::holds_focus(&panel) {
                back.set_value(dom::focused());
                dom::focus(&panel);
            } else if let Some(element) = back.get_value() {
                dom::focus(&element);
            }
        })],
    );
    let on_keydown = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !keyboard::is_composing(&event) {
            event.prevent_default();
            event.stop_propagation();
            close();
        }
    };
    let head = StoredValue::new(head);
    let children = StoredValue::new(children);
    view! {
        <Show when=move || open.get()>
            <div class="panel-scrim" on:click=move |_| close()></div>
            <aside
                class="panel"
                class:narrow=narrow
                id="panel"
                tabindex="-1"
                aria-label=move || label.get()
                node_ref=node
                on:keydown=on_keydown
            >
                <header class="panel-head">
                    <div class="panel-lead">{head.with_value(ViewFn::run)}</div>
                    <IconButton label=t("act.close") sign=Sign::Close small=true on_press=move |_| close()/>
                </header>
                <div class="panel-content">{children.with_value(|children| children())}</div>
            </aside>
        </Show>
    }
}

/// A part of a panel under a small head, with a figure at its right if given.
#[component]
pub fn PanelSection(
    /// The head.
    #[prop(into)]
    title: Signal<String>,
    /// A figure or word at the right of the head.
    #[prop(optional, into)]
    note: Option<Signal<String>>,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="panel-section">
            <h3 class="panel-section-head">
                <span class={"panel-section-title"}>{title}</span>
                {note.map(|note| view! { <span class="panel-section-note">{note}</span> })}
            </h3>
            {children()}
        </section>
    }
}

/// Into what the selector finds in the panel, as soon as it stands there: an
/// address leads the panel to what was just made, and how many frames that
/// takes is the browser's to say.
pub fn enter(selector: String) {
    enter_within(selector, 60);
}

fn enter_within(selector: String, frames: u32) {
    let found = dom::by_id("panel").and_then(|panel| dom::first_within(&panel, &selector));
    match found.filter(dom::focus) {
        Some(found) => dom::select_text(&found),
        None if frames > 0 => {
            timer::next_frame(move || enter_within(selector, frames - 1));
        }
        None => {}
    }
}
