//! A plan that came as a file and is here already: what merging would change,
//! and the three ways to go on.

use std::collections::BTreeSet;

use leptos::prelude::*;
use weft_seal::PublicKey;
use weft_session::Counts;

use super::shelf::Shelf;
use super::visitor::{Changed, Replaced, Visitor};
use super::words::{card_title, when};
use crate::browser::profile::known_keys;
use crate::ui::components::area::TextArea;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::dialog::Dialog;
use crate::ui::me::use_me;
use crate::ui::one_file::is_one_file;
use crate::ui::profile::fingerprint::FingerprintView;
use crate::ui::sentences::kind_names;
use crate::ui::text::{number, say, say_count, say_with, t};

/// Values that are drawn; more are counted, and kept or taken with all.
const DRAWN: usize = 200;

/// Whether what came holds a whole plan, and not only what is new.
fn makes_a_plan(visitor: &Visitor) -> bool {
    !visitor.head.only_new || visitor.excerpt.is_some()
}

/// The dialog; open while a visitor waits.
#[component]
pub(super) fn MetPlan(shelf: Shelf) -> impl IntoView {
    let visitor = shelf.visitor();
    let open = RwSignal::new(false);
    Effect::new(move || {
        let waits = visitor.with(Option::is_some);
        if open.get_untracked() != waits {
            open.set(waits);
        }
    });
    // Closed in any other way: the plan stays as it is.
    Effect::new(move || {
        if !open.get() && visitor.with_untracked(Option::is_some) {
            visitor.set(None);
        }
    });
    let me = use_me();
    let why = RwSignal::new(String::new());
    let missing = RwSignal::new(None::<String>);
    let kept = RwSignal::new(BTreeSet::new());
    Effect::new(move || {
        if visitor.with(Option::is_some) {
            why.set(String::new());
            missing.set(None);
            kept.set(BTreeSet::new());
        }
    });
    let asks_why =
        move || visitor.with(|it| it.as_ref().is_some_and(|it| !it.unapproved.is_empty()));
    let merge = move |_| {
        let words = why.get_untracked().trim().to_owned();
        if words.is_empty() && untrack(asks_why) {
            missing.set(Some(say("frozen.no_reason")));
        } else {
            let kept = kept.get_untracked();
            let stays = visitor.with_untracked(|it| {
                let all = it.iter().flat_map(|it| &it.replaced).enumerate();
                let stays = all.filter(|(at, _)| kept.contains(at));
                stays.map(|(_, it)| it.aspect.clone()).collect()
            });
            let merge = move || shelf.merge(words.clone(), Vec::clone(&stays));
            // An approval stands in the history with their name.
            if untrack(asks_why) {
                me.ask(merge);
            } else {
                merge();
            }
        }
    };
    let foot = move || {
        view! {
            <Button label=t("act.cancel") look=Look::Quiet on_press=move |_| open.set(false)/>
            // Of changes alone no plan can be made.
            {(!is_one_file() && visitor.with(|it| it.as_ref().is_some_and(makes_a_plan))).then(|| view! {
                <Button label=t("home.met.apart") on_press=move |_| shelf.keep_apart()/>
            })}
            <Button label=t("home.met.merge") look=Look::Primary on_press=merge/>
        }
        .into_any()
    };
    view! {
        <Dialog open=open title=t("home.met.title") foot=foot>
            {move || visitor.get().map(|visitor| told(&visitor))}
            {move || visitor.get().map(|visitor| view! { <Values replaced=visitor.replaced kept=kept/> })}
            <Show when=asks_why>
                <div class="met">
                    <h3 class={"met-head"}>{t("frozen.title")}</h3>
                    <p class="caption">{t("frozen.text")}</p>
                    <TextArea label=t("frozen.reason") value=why problem=missing on_commit=move |it| why.set(it)/>
                </div>
            </Show>
        </Dialog>
    }
}

/// Values that would take the place of others, each with what stays instead where
/// the person says so.
#[component]
fn Values(replaced: Vec<Replaced>, kept: RwSignal<BTreeSet<usize>>) -> impl IntoView {
    if replaced.is_empty() {
        return ().into_any();
    }
    let count = replaced.len();
    let more = count.saturating_sub(DRAWN);
    let all = move |keep: bool| {
        kept.set(if keep {
            (0..count).collect()
        } else {
            BTreeSet::new()
        });
    };
    let rows = replaced.into_iter().take(DRAWN).enumerate().map(|(at, it)| {
        let stays = Signal::derive(move || kept.with(|kept| kept.contains(&at)));
        let keep = move |keep: bool| {
            kept.update(|kept| {
                if keep {
                    kept.insert(at);
                } else {
                    kept.remove(&at);
                }
            });
        };
        let label = say_with("home.met.keep_mine", &[("what", it.what.clone())]);
        let blank = |words: String| if words.is_empty() { say("told.nothing") } else { words };
        view! {
            <tr class:stays=move || stays.get()>
                <th scope="row">{it.what}</th>
                <td class="met-here">{blank(it.here)}</td>
                <td class="met-there">{blank(it.there)}</td>
                <td><input type="checkbox" class="checkbox-box" aria-label=label prop:checked=stays on:change=move |event| keep(event_target_checked(&event))/></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="met">
            <h3 class={"met-head"}>{say_count("home.met.replaced", count as f64, &[])}</h3>
            <p class="caption">{say("home.met.replaced_text")}</p>
            <div class="met-all">
                <Button label=t("home.met.keep_all") look=Look::Quiet on_press=move |_| all(true)/>
                <Button label=t("home.met.take_all") look=Look::Quiet on_press=move |_| all(false)/>
            </div>
            <table class={"met-values"}>
                <thead><tr>
                    <th scope="col">{say("print.revised")}</th>
                    <th scope="col">{say("home.met.here")}</th>
                    <th scope="col">{say("home.met.there")}</th>
                    <th scope="col">{say("home.met.keep")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
            {(more > 0).then(|| view! { <p class="caption">{say_count("told.and_more", more as f64, &[])}</p> })}
        </div>
    }
    .into_any()
}

fn told(visitor: &Visitor) -> impl IntoView + use<> {
    let title = card_title(&visitor.card);
    let when = when(visitor.head.saved_millis);
    let by_link = visitor.head.saved_millis == 0;
    let from = if by_link && visitor.head.saved_by.is_empty() {
        say("home.met.from_link")
    } else if by_link {
        let name = visitor.head.saved_by.clone();
        say_with("home.met.from_link_whom", &[("name", name)])
    } else if visitor.head.saved_by.is_empty() {
        say_with("home.met.from", &[("when", when)])
    } else {
        let name = visitor.head.saved_by.clone();
        say_with("home.met.from_whom", &[("when", when), ("name", name)])
    };
    let excerpt = visitor.excerpt.as_ref().map(|came| came.proposed);
    let deleted = visitor.card.deleted_millis.is_some();
    let items = visitor.meeting.items.iter();
    let mut lines: Vec<(String, Counts)> = items
        .map(|(kind, counts)| (kind_names(*kind), *counts))
        .collect();
    if visitor.meeting.links != Counts::default() {
        lines.push((say("home.met.links"), visitor.meeting.links));
    }
    let nothing = lines.is_empty();
    let clashes = visitor.meeting.clashes.len();
    let rows = lines.into_iter().map(|(name, counts)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{figures(counts)}</td>
            </tr>
        }
    });
    view! {
        <div class="met">
            <p class={"met-intro"}>{say_with("home.met.intro", &[("title", title)])}</p>
            <p class="caption">{from}</p>
            {(!by_link).then(|| view! { <SignedBy signer=visitor.signer/> })}
            {excerpt.map(|_| view! { <p class="caption">{say("home.met.excerpt")}</p> })}
            {deleted.then(|| view! { <p class={"met-deleted"}>{say("home.met.deleted")}</p> })}
            <h3 class={"met-head"}>{say("home.met.would")}</h3>
            {nothing.then(|| view! { <p class={"met-nothing"}>{say("home.met.nothing_seen")}</p> })}
            <table class="met-table" hidden=nothing><tbody>{rows.collect_view()}</tbody></table>
            {changes(&visitor.changes)}
            {(clashes > 0).then(|| view! {
                <p class={"met-clashes"}>{say_count("home.met.clashes", clashes as f64, &[])}</p>
            })}
            {excerpt.filter(|count| *count > 0).map(|count| view! {
                <p class={"met-clashes"}>{say_count("home.met.excerpt_proposed", count as f64, &[])}</p>
            })}
            <p class="caption">{say(if by_link { "home.met.link_keeps" } else { "home.met.safe" })}</p>
            {visitor.meeting.ahead.then(|| view! { <p class="caption">{say("home.met.ahead")}</p> })}
        </div>
    }
}

/// One by one, unfolded when somebody wants to read them.
fn changes(all: &[Changed]) -> Option<impl IntoView + use<>> {
    let rows = all.iter().cloned().map(|it| {
        view! {
            <tr>
                <th scope="row">{it.what}</th>
                <td class="met-here">{it.here}</td>
                <td class="met-there">{it.then}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    (!all.is_empty()).then(|| {
        view! {
            <details class="met-changes">
                <summary>{say("home.met.one_by_one")}</summary>
                <table class="met-values">
                    <thead><tr>
                        <th scope="col">{say("print.revised")}</th>
                        <th scope="col">{say("home.met.here")}</th>
                        <th scope="col">{say("home.met.then")}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        }
    })
}

/// Who signed the file: that alone is certain.
#[component]
fn SignedBy(signer: Option<PublicKey>) -> impl IntoView {
    let Some(key) = signer else {
        return view! { <p class="caption">{say("home.met.unsigned")}</p> }.into_any();
    };
    let text = match known_keys().remove(&key.to_string()) {
        Some(name) => say_with("home.met.signed_known", &[("name", name)]),
        None => say("home.met.signed"),
    };
    view! {
        <div class="met-signed">
            <p class="caption">{text}</p>
            <FingerprintView public=key/>
        </div>
    }
    .into_any()
}

fn figures(counts: Counts) -> String {
    let all = [
        ("home.met.added", counts.added),
        ("home.met.changed", counts.changed),
        ("home.met.removed", counts.removed),
    ];
    let told = all.into_iter().filter(|(_, count)| *count > 0);
    told.map(|(key, count)| say_with(key, &[("n", number(count as f64))]))
        .collect::<Vec<_>>()
        .join(" · ")
}
