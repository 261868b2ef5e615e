//! The history as a timeline: by day, filtered by person and by thing, with the
//! states of the plan side by side.

use std::collections::BTreeMap;

use leptos::prelude::*;
use weft_document::Entry;
use weft_model::{Kind, Uid};

use super::compare::{Compare, Span};
use crate::{
    browser::intl::Moment,
    ui::{
        components::{
            button::{Button, IconButton},
            choice::{Choice, SelectField},
            empty::Empty,
            entry::EntryLine,
            icon::Sign,
        },
        past::Named,
        sentences::kind_names,
        state::{Editor, use_editor},
        text::{moment, say, say_count, t},
        told,
    },
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
    let person = RwSignal::new(String::new());
    let kind = RwSignal::new(String::new());
    let drawn = RwSignal::new(DRAWN);
    let shown = Memo::new(move |_| {
        let person: Option<Uid> = person.get().parse().ok();
        let kind = Kind::from_name(&kind.get());
        entries.with(|all| {
            let fits = |entry: &&Entry| {
                person.is_none_or(|person| entry.author == person)
                    && kind.is_none_or(|kind| is_about(entry, kind))
            };
            all.iter().filter(fits).cloned().collect::<Vec<_>>()
        })
    });
    let days = move || {
        let (names, own) = (editor.names(), editor.author());
        let shown = shown.get();
        let rows = shown.iter().take(drawn.get());
        let mut days: Vec<(String, Vec<Entry>)> = Vec::new();
        for entry in rows {
            #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970")]
            let day = moment(entry.at_millis as f64, Moment::Day);
            match days.last_mut() {
                Some((last, all)) if *last == day => all.push(entry.clone()),
                _ => days.push((day, vec![entry.clone()])),
            }
        }
        let draw = |(day, entries): (String, Vec<Entry>)| {
            let rows = entries.into_iter().map(|entry| {
                let name = names.get(&entry.author).cloned().unwrap_or_default();
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
                <SelectField label=t("review.person") hide_label=true value=person on_commit=move |it| person.set(it)
                    choices=Signal::derive(move || people(editor, entries))/>
                <SelectField label=t("review.kind") hide_label=true value=kind on_commit=move |it| kind.set(it)
                    choices=Signal::derive(move || kinds(entries))/>
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

/// Whether something of this kind was touched.
fn is_about(entry: &Entry, kind: Kind) -> bool {
    entry.edits.iter().any(|edit| match edit.what.subject() {
        weft_model::Subject::Plan => false,
        weft_model::Subject::Item(item) => item.kind == kind,
        weft_model::Subject::Link(_) => matches!(kind, Kind::Module | Kind::JobItem),
    })
}

/// Who has done something, with how much.
fn people(editor: Editor, entries: Memo<Vec<Entry>>) -> Vec<Choice> {
    let (names, own) = (editor.names(), editor.author());
    let mut counts: BTreeMap<Uid, usize> = BTreeMap::new();
    entries.with(|all| {
        for entry in all {
            *counts.entry(entry.author).or_default() += 1;
        }
    });
    let all = Choice::new("", say("review.everybody"));
    let each = counts.into_iter().map(|(author, count)| {
        let name = names.get(&author).cloned().unwrap_or_default();
        let who = told::who(&name.name, author == own);
        Choice::new(author.to_string(), format!("{who} ({count})"))
    });
    core::iter::once(all).chain(each).collect()
}

/// The kinds of things that were touched.
fn kinds(entries: Memo<Vec<Entry>>) -> Vec<Choice> {
    let touched = |kind: &&Kind| entries.with(|all| all.iter().any(|it| is_about(it, **kind)));
    let all = Choice::new("", say("review.everything"));
    let each = Kind::ALL.iter().filter(touched);
    let each = each.map(|kind| Choice::new(kind.name(), kind_names(*kind)));
    core::iter::once(all).chain(each).collect()
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
    let since = move |_| span.set(Some(Span { from, to: None }));
    view! {
        <EntryLine editor=editor entry=entry name=name own=own clock=true>
            <IconButton label=t("review.since") sign=Sign::Compare small=true on_press=since/>
        </EntryLine>
    }
}
