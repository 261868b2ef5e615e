//! An entry of the history: who did what when, and what it changed.

use leptos::prelude::*;
use weft_document::Entry;
use weft_model::Difference;

use super::difference::DifferenceLine;
use crate::ui::past::Named;
use crate::ui::state::Editor;
use crate::ui::text::{say, say_count};
use crate::ui::told;

/// Differences that are shown without being asked for.
const AT_ONCE: usize = 3;
/// From this many on they are told in figures instead.
const MANY: usize = 8;

/// The entry. `name` is its author's; buttons and menus come as children.
#[component]
pub fn EntryLine(
    /// The open plan.
    editor: Editor,
    /// The entry.
    entry: Entry,
    /// How its author is told of.
    name: Named,
    /// Whether that is who edits here.
    own: bool,
    /// The time of the day alone: the day stands above.
    #[prop(optional)]
    clock: bool,
    /// At the right of the head.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let Entry {
        intent,
        at_millis,
        mut edits,
        more,
        tally,
        ..
    } = entry;
    edits.retain(|it| !it.what.is_a_note());
    let many = edits.len() > MANY;
    let rest = edits.split_off(if many { 0 } else { edits.len().min(AT_ONCE) });
    let hidden = rest.len();
    let subject = intent.map(|intent| intent.subject);
    let line = move |difference: Difference| {
        let bare = subject == Some(difference.what.subject());
        view! {
            <li class={"entry-edit"}><DifferenceLine editor=editor difference=difference bare=bare/></li>
        }
    };
    let figures =
        move || many.then(|| view! { <li class={"entry-edit"}>{told::tally(&tally)}</li> });
    let rest = StoredValue::new(rest);
    let open = RwSignal::new(false);
    let did = move || match intent {
        Some(intent) => told::did(editor, intent),
        None => say("told.unknown_act"),
    };
    view! {
        <article class="entry">
            <header class="entry-head">
                <p class="entry-words">
                    <b class=format!("entry-who person-{}", name.colour)>{move || told::who(&name.name, own)}</b>
                    " "
                    {did}
                </p>
                <time class="caption entry-when">{move || if clock { told::clock(at_millis) } else { told::when(at_millis) }}</time>
                {children.map(|children| children())}
            </header>
            <ul class="entry-edits">
                {figures}
                {edits.into_iter().map(line).collect_view()}
                {move || open.get().then(|| rest.get_value().into_iter().map(line).collect_view())}
                {move || (open.get() && more > 0).then(|| view! {
                    <li class="entry-edit caption">{say_count("told.and_more", more as f64, &[])}</li>
                })}
            </ul>
            {(hidden > 0).then(|| view! {
                <button
                    type="button"
                    class="button quiet entry-more"
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {move || if open.get() {
                        say("told.less")
                    } else {
                        say_count("told.more", (hidden + more) as f64, &[])
                    }}
                </button>
            })}
        </article>
    }
}
