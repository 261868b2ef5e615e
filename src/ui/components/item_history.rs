//! What was done to one item, in its panel. The history is read when it is
//! asked for, and again after changes while it is shown.

use leptos::prelude::*;
use weft_model::{Difference, ItemId, Subject};

use super::entry::EntryLine;
use super::show_more::ShowMore;
use crate::ui::state::use_editor;
use crate::ui::text::{say, t};

/// How many entries are drawn at first, and further each time.
const SHOWN: usize = 30;

/// The section, closed at first.
#[component]
pub fn ItemHistory(
    /// The item.
    item: ItemId,
    /// Only what links it with this one.
    #[prop(optional, into)]
    with: Option<ItemId>,
) -> impl IntoView {
    let editor = use_editor();
    let open = RwSignal::new(false);
    let drawn = RwSignal::new(SHOWN);
    let entries = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        // Its links and what is part of it are told here, too.
        editor.follow_board();
        let mut all = editor.chronicle(Some(item));
        all.reverse();
        if let Some(other) = with {
            let links = |it: &Difference| match it.what.subject() {
                Subject::Link(_) => it.what.touches(other),
                _ => false,
            };
            for entry in &mut all {
                entry.edits.retain(links);
                // What it lists no more is about other cells.
                entry.more = 0;
            }
            all.retain(|entry| !entry.edits.is_empty());
        }
        all
    });
    let rows = move || {
        let (by_whom, own) = (editor.by_whom(), editor.author());
        let rows = entries.get().into_iter().take(drawn.get()).map(|entry| {
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
                <ShowMore count=Signal::derive(move || entries.with(Vec::len)) shown=drawn step=SHOWN/>
                <Show when=move || entries.with(Vec::is_empty)>
                    <p class="caption">{move || say("told.no_history")}</p>
                </Show>
            </Show>
        </section>
    }
}
