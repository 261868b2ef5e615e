//! What of the history is shown: of a person, a party, a day, a kind of thing, or
//! one thing alone. Scope: screen.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use weft_document::Entry;
use weft_model::{ItemId, Kind, PartyId, Uid};

use crate::{
    browser::{device, intl::Moment},
    ui::{
        components::choice::{Choice, SelectField},
        sentences::{item_name, kind_names},
        state::Editor,
        text::{moment, say, t},
        told,
        writing::item_label,
    },
};

/// The choices of the moment; empty ones leave nothing out. A handle: copy it freely.
#[derive(Clone, Copy, Default)]
pub(super) struct Sieve {
    person: RwSignal<String>,
    party: RwSignal<String>,
    day: RwSignal<String>,
    kind: RwSignal<String>,
    thing: RwSignal<String>,
}

impl Sieve {
    /// What is left of all entries, in their order. Reactive.
    pub fn left(&self, editor: Editor, entries: Memo<Vec<Entry>>) -> Vec<Entry> {
        let person: Option<Uid> = self.person.get().parse().ok();
        let party: Option<Uid> = self.party.get().parse().ok();
        let (day, kind) = (self.day.get(), self.kind());
        let parties = party.map(|_| parties_of(editor)).unwrap_or_default();
        let fits = |entry: &&Entry| {
            person.is_none_or(|person| entry.author == person)
                && party.is_none_or(|party| party_of(&parties, entry) == Some(PartyId(party)))
                && (day.is_empty() || number_of_day(entry) == day)
                && kind.is_none_or(|kind| entry.touched.iter().any(|it| it.kind == kind))
        };
        match self.thing() {
            // An entry lists some of what it changed; the history knows all of it.
            Some(item) => {
                entries.track();
                let all = editor.chronicle(Some(item));
                all.iter().rev().filter(fits).cloned().collect()
            }
            None => entries.with(|all| all.iter().filter(fits).cloned().collect()),
        }
    }

    fn kind(&self) -> Option<Kind> {
        Kind::from_name(&self.kind.get())
    }

    fn thing(&self) -> Option<ItemId> {
        let (kind, uid) = (self.kind()?, self.thing.get().parse().ok()?);
        Some(ItemId { kind, uid })
    }
}

/// The day of an entry, as it is written.
pub(super) fn day_of(entry: &Entry) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970")]
    moment(entry.at_millis as f64, Moment::Day)
}

/// The day in numbers, which no language changes.
fn number_of_day(entry: &Entry) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970")]
    device::day_at(entry.at_millis as f64)
}

/// For which party each author speaks.
fn parties_of(editor: Editor) -> BTreeMap<Uid, PartyId> {
    let authors = editor.authors().into_iter();
    authors
        .filter_map(|(uid, author)| Some((uid, author.party?)))
        .collect()
}

/// For which party somebody spoke; where they had not said so, for which they speak now.
fn party_of(known: &BTreeMap<Uid, PartyId>, entry: &Entry) -> Option<PartyId> {
    entry.party.or_else(|| known.get(&entry.author).copied())
}

/// The fields with the choices. They offer what the history holds.
#[component]
pub(super) fn SieveFields(
    editor: Editor,
    sieve: Sieve,
    entries: Memo<Vec<Entry>>,
) -> impl IntoView {
    let several = move |choices: Vec<Choice>| (choices.len() > 2).then_some(choices);
    let of_parties = Memo::new(move |_| several(parties(editor, entries)));
    let of_things = Memo::new(move |_| {
        let kind = sieve.kind()?;
        several(named_things(editor, entries, kind))
    });
    view! {
        <SelectField label=t("review.person") hide_label=true value=sieve.person
            choices=Signal::derive(move || people(editor, entries))
            on_commit=move |it| sieve.person.set(it)/>
        {move || of_parties.get().map(|choices| view! {
            <SelectField label=t("review.party") hide_label=true value=sieve.party
                choices=Signal::stored(choices) on_commit=move |it| sieve.party.set(it)/>
        })}
        <SelectField label=t("review.day") hide_label=true value=sieve.day
            choices=Signal::derive(move || days(entries))
            on_commit=move |it| sieve.day.set(it)/>
        <SelectField label=t("review.kind") hide_label=true value=sieve.kind
            choices=Signal::derive(move || kinds(entries))
            on_commit=move |it| {
                sieve.thing.set(String::new());
                sieve.kind.set(it);
            }/>
        {move || of_things.get().map(|choices| view! {
            <SelectField label=t("review.thing") hide_label=true value=sieve.thing
                choices=Signal::stored(choices) on_commit=move |it| sieve.thing.set(it)/>
        })}
    }
}

/// All of them, and each with how many entries it has.
fn counted<K: Ord>(
    all: &str,
    keys: impl Iterator<Item = K>,
    choice: impl Fn(&K) -> (String, String),
) -> Vec<Choice> {
    let mut counts: BTreeMap<K, usize> = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
    let each = counts.iter().map(|(key, count)| {
        let (value, name) = choice(key);
        Choice::new(value, format!("{name} ({count})"))
    });
    let mut choices = vec![Choice::new("", say(all))];
    choices.extend(each);
    choices
}

/// Who has done something.
fn people(editor: Editor, entries: Memo<Vec<Entry>>) -> Vec<Choice> {
    let (names, own) = (editor.names(), editor.author());
    entries.with(|all| {
        let authors = all.iter().map(|entry| entry.author);
        counted("review.everybody", authors, |author| {
            let name = names.get(author).cloned().unwrap_or_default();
            (author.to_string(), told::who(&name.name, *author == own))
        })
    })
}

/// The parties that they speak for.
fn parties(editor: Editor, entries: Memo<Vec<Entry>>) -> Vec<Choice> {
    editor.follow(Kind::Party);
    let (lang, known) = (editor.lang(), parties_of(editor));
    entries.with(|all| {
        let parties = all.iter().filter_map(|entry| party_of(&known, entry));
        counted("review.all_parties", parties, |party| {
            let name = editor.plan(|plan| item_name(plan, &lang, (*party).into()));
            (party.0.to_string(), name)
        })
    })
}

/// The days, the newest first.
fn days(entries: Memo<Vec<Entry>>) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", say("review.any_day"))];
    entries.with(|all| {
        let mut last = String::new();
        for entry in all {
            let day = number_of_day(entry);
            if day != last {
                choices.push(Choice::new(day.clone(), day_of(entry)));
                last = day;
            }
        }
    });
    choices
}

/// The kinds of things that were touched.
fn kinds(entries: Memo<Vec<Entry>>) -> Vec<Choice> {
    let touched: BTreeSet<Kind> = entries.with(|all| {
        all.iter()
            .flat_map(|it| &it.touched)
            .map(|it| it.kind)
            .collect()
    });
    let all = Choice::new("", say("review.everything"));
    let each = Kind::ALL.iter().filter(|kind| touched.contains(kind));
    let each = each.map(|kind| Choice::new(kind.name(), kind_names(*kind)));
    core::iter::once(all).chain(each).collect()
}

/// The things of a kind that were touched, by their names.
fn named_things(editor: Editor, entries: Memo<Vec<Entry>>, kind: Kind) -> Vec<Choice> {
    editor.follow(kind);
    let lang = editor.lang();
    let touched: BTreeSet<ItemId> = entries.with(|all| {
        let all = all.iter().flat_map(|it| &it.touched);
        all.filter(|it| it.kind == kind).copied().collect()
    });
    let mut named: Vec<(String, ItemId)> = editor.plan(|plan| {
        let named = touched.iter();
        named
            .map(|item| (item_label(plan, &lang, *item), *item))
            .collect()
    });
    named.sort();
    let all = Choice::new("", say("review.all_things"));
    let each = named.into_iter();
    let each = each.map(|(name, item)| Choice::new(item.uid.to_string(), name));
    core::iter::once(all).chain(each).collect()
}
