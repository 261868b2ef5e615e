//! A plan that came as a file and is here already: what merging would change,
//! and the three ways to go on.

use leptos::prelude::*;
use weft_seal::PublicKey;
use weft_session::Counts;

use super::making::Visitor;
use super::shelf::Shelf;
use super::words::{card_title, when};
use crate::browser::profile::known_keys;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::dialog::Dialog;
use crate::ui::one_file::is_one_file;
use crate::ui::profile::fingerprint::FingerprintView;
use crate::ui::sentences::kind_names;
use crate::ui::text::{number, say, say_count, say_with, t};

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
    let foot = move || {
        view! {
            <Button label=t("act.cancel") look=Look::Quiet on_press=move |_| open.set(false)/>
            {(!is_one_file()).then(|| view! {
                <Button label=t("home.met.apart") on_press=move |_| shelf.keep_apart()/>
            })}
            <Button label=t("home.met.merge") look=Look::Primary on_press=move |_| shelf.merge()/>
        }
        .into_any()
    };
    view! {
        <Dialog open=open title=t("home.met.title") foot=foot>
            {move || visitor.get().map(|visitor| told(&visitor))}
        </Dialog>
    }
}

fn told(visitor: &Visitor) -> impl IntoView + use<> {
    let title = card_title(&visitor.card);
    let when = when(visitor.head.saved_millis);
    let by_link = visitor.head.saved_millis == 0;
    let from = if by_link {
        say("home.met.from_link")
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
            {(clashes > 0).then(|| view! {
                <p class={"met-clashes"}>{say_count("home.met.clashes", clashes as f64, &[])}</p>
            })}
            {excerpt.filter(|count| *count > 0).map(|count| view! {
                <p class={"met-clashes"}>{say_count("home.met.excerpt_proposed", count as f64, &[])}</p>
            })}
            <p class="caption">{say("home.met.safe")}</p>
            {visitor.meeting.ahead.then(|| view! { <p class="caption">{say("home.met.ahead")}</p> })}
        </div>
    }
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
