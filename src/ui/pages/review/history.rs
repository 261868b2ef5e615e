//! The history as a timeline: by day, as far as the sieve lets it through, with the
//! states of the plan side by side.

use leptos::prelude::*;
use weft_document::Entry;

use super::compare::{Compare, Span, Within};
use super::sieve::{Sieve, SieveFields, day_of};
use crate::ui::{
    components::{
        button::{Button, IconButton},
        empty::Empty,
        entry::EntryLine,
        icon::Sign,
    },
    past::Named,
    state::{Editor, use_editor},
    text::{say_count, t},
};

/// Entries that are drawn at first, and with each further press.
const DRAWN: usize = 60;

/// The timeline, or two states side by side while there is a `span`.
#[component]
pub(super) fn History(span: RwSignal<Option<Span>>) -> impl IntoView {
    let editor = use_editor();
    let entries = Memo::new(move |_| {
        editor.follow_board();
        let mut all = editor.chronicle(None);
        all.reverse();
        all
    });
    let sieve = Sieve::default();
    let drawn = RwSignal::new(DRAWN);
    let shown = Memo::new(move |_| sieve.left(editor, entries));
    let days = move || {
        let (by_whom, own) = (editor.by_whom(), editor.author());
        let shown = shown.get();
        let rows = shown.iter().take(drawn.get());
        let mut days: Vec<(String, Vec<Entry>)> = Vec::new();
        for entry in rows {
            let day = day_of(entry);
            match days.last_mut() {
                Some((last, all)) if *last == day => all.push(entry.clone()),
                _ => days.push((day, vec![entry.clone()])),
            }
        }
        let draw = |(day, entries): (String, Vec<Entry>)| {
            let rows = entries.into_iter().map(|entry| {
                let name = by_whom(&entry);
                let own = entry.author == own;
                view! { <li><Line editor=editor entry=entry name=name own=own span=span/></li> }
            });
            view! {
                <section class="day">
                    <h2 class="day-name">{day}</h2>
                    <ol class="entries">{rows.collect_view()}</ol>
                </section>
            }
        };
        days.into_iter().map(draw).collect_view()
    };
    let left = move || shown.with(Vec::len).saturating_sub(drawn.get());
    view! {
        <Show
            when=move || span.with(Option::is_none)
            fallback=move || view! { <Compare editor=editor span=span entries=entries/> }
        >
            <div class="review-filters">
                <SieveFields editor=editor sieve=sieve entries=entries/>
                <span class="caption">{move || say_count("review.acts", shown.with(Vec::len) as f64, &[])}</span>
            </div>
            {days}
            <Show when=move || shown.with(Vec::is_empty)>
                <Empty title=t("review.nothing_done") text=t("review.nothing_done_text")/>
            </Show>
            <Show when=move || { left() > 0 }>
                <Button
                    label=Signal::derive(move || say_count("review.older", left() as f64, &[]))
                    on_press=move |_| drawn.update(|drawn| *drawn += DRAWN)
                />
            </Show>
        </Show>
    }
}

/// One entry with the way to what has changed since.
#[component]
fn Line(
    editor: Editor,
    entry: Entry,
    name: Named,
    own: bool,
    span: RwSignal<Option<Span>>,
) -> impl IntoView {
    let from = entry.point;
    let since = move |_| {
        span.set(Some(Span {
            from,
            to: None,
            within: Within::Plan,
        }))
    };
    view! {
        <EntryLine editor=editor entry=entry name=name own=own clock=true>
            <IconButton label=t("review.since") sign=Sign::Compare small=true on_press=since/>
        </EntryLine>
    }
}
