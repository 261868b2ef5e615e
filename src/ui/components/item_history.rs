//! What was done to one item, in its panel. The history is read when it is
//! asked for, and again after changes while it is shown.

use leptos::prelude::*;
use weft_model::ItemId;

use super::entry::EntryLine;
use crate::ui::state::use_editor;
use crate::ui::text::{say, t};

/// How many entries are shown; the page Review has the rest.
const SHOWN: usize = 30;

/// The section, closed at first.
#[component]
pub fn ItemHistory(
    /// The item.
    item: ItemId,
) -> impl IntoView {
    let editor = use_editor();
    let open = RwSignal::new(false);
    let entries = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        editor.follow_item(item);
        let mut all = editor.chronicle(Some(item));
        all.reverse();
        all.truncate(SHOWN);
        all
    });
    let rows = move || {
        let (by_whom, own) = (editor.by_whom(), editor.author());
        let rows = entries.get().into_iter().map(|entry| {
            let name = by_whom(&entry);
            let own = entry.author == own;
            view! { <li><EntryLine editor=editor entry=entry name=name own=own/></li> }
        });
        rows.collect_view()
    };
    view! {
        <section class="panel-section item-history">
            <h3 class="panel-section-head">
                <button
                    type="button"
                    class="button quiet fold"
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {t("told.history")}
                </button>
            </h3>
            <Show when=move || open.get()>
                <ol class="entries">{rows}</ol>
                <Show when=move || entries.with(Vec::is_empty)>
                    <p class="caption">{move || say("told.no_history")}</p>
                </Show>
            </Show>
        </section>
    }
}
