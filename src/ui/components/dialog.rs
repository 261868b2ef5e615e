//! A modal dialog: the browser's own, which keeps the focus in, makes the rest
//! inert and closes on Escape.

use leptos::{html, prelude::*};

use super::{button::IconButton, field::fresh_id, icon::Sign};
use crate::{
    browser::{dom, timer},
    ui::text::t,
};

/// A dialog with a title. Its content is built when it opens and dropped when
/// it closes. For deleting, prefer undo over asking.
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
                <div class="dialog-body">
                    <header class="dialog-head">
                        <h2 class="dialog-title" id=id.get_value()>{title}</h2>
                        <IconButton label=t("act.close") sign=Sign::Close small=true on_press=move |_| open.set(false)/>
                    </header>
                    <div class="dialog-content">{children.with_value(|children| children())}</div>
                    <footer class="dialog-foot">{foot.with_value(ViewFn::run)}</footer>
                </div>
            </Show>
        </dialog>
    }
}
