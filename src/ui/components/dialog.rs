//! A modal dialog: the browser's own, which keeps the focus in, makes the rest
//! inert and closes on Escape.

use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{button::IconButton, field::fresh_id, icon::Sign};
use crate::{
    browser::{dom, keyboard, timer},
    ui::text::t,
};

/// A dialog with a title. Its content is built when it opens and dropped when
/// it closes. Enter in a field of one line, and Ctrl+Enter anywhere, press the
/// primary button. For deleting, prefer undo over asking.
#[component]
pub fn Dialog(
    /// Whether it is open; set false by Escape, the close button, or a click
    /// beside it.
    open: RwSignal<bool>,
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// 720 px instead of 480 px wide.
    #[prop(optional)]
    wide: bool,
    /// The buttons at the foot; the primary one last.
    #[prop(optional, into)]
    foot: ViewFn,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let id = fresh_id("dialog");
    let labelled = id.clone();
    Effect::new(move || {
        let open = open.get();
        let Some(dialog) = node.get() else { return };
        if open {
            dom::show_modal(&dialog);
            // The browser would take the close button, as the first.
            timer::as_soon(move || {
                let field = "input, textarea, select, button, a";
                let first = format!(".dialog-content :is({field}), .dialog-foot .primary");
                dom::first_within(&dialog, &first).is_some_and(|first| dom::focus(&first))
            });
        } else {
            dom::close_modal(&dialog);
        }
    });
    // Enter in a field of one line does what the primary button does.
    let on_keydown = move |event: KeyboardEvent| {
        let Some(dialog) = node.get_untracked() else {
            return;
        };
        let in_line = keyboard::is_in_line(&event);
        let with_ctrl = event.ctrl_key() || event.meta_key();
        if event.key() != "Enter"
            || event.default_prevented()
            || keyboard::is_composing(&event)
            || !(in_line || with_ctrl)
        {
            return;
        }
        if let Some(primary) = dom::first_within(&dialog, ".dialog-foot .primary") {
            event.prevent_default();
            primary.click();
        }
    };
    // What is missing is where the person goes on.
    let on_click = move |_| {
        timer::next_frame(move || {
            let Some(Some(dialog)) = node.try_get_untracked() else {
                return;
            };
            if let Some(wrong) = dom::first_within(&dialog, "[aria-invalid='true']") {
                dom::focus(&wrong);
            }
        });
    };
    let foot = StoredValue::new(foot);
    let children = StoredValue::new(children);
    let id = StoredValue::new(id);
    view! {
        <dialog
            class="dialog"
            class:wide=wide
            node_ref=node
            aria-labelledby=labelled
            on:close=move |_| open.set(false)
            // A click on the backdrop has the dialog itself as its target.
            on:pointerdown=move |event| if event.target() == event.current_target() { open.set(false) }
        >
            <Show when=move || open.get()>
                <div class="dialog-body" on:keydown=on_keydown>
                    <header class="dialog-head">
                        <h2 class="dialog-title" id=id.get_value()>{title}</h2>
                        <IconButton label=t("act.close") sign=Sign::Close small=true on_press=move |_| open.set(false)/>
                    </header>
                    <div class="dialog-content">{children.with_value(|children| children())}</div>
                    <footer class="dialog-foot" on:click=on_click>{foot.with_value(ViewFn::run)}</footer>
                </div>
            </Show>
        </dialog>
    }
}
