//! Everybody who has written in this plan, and their keys to compare.

use leptos::prelude::*;
use weft_document::Author;
use weft_model::{ABOUT, Uid};
use weft_seal::PublicKey;

use crate::{
    browser::{
        files,
        profile::{known_keys, mark_key},
    },
    ui::{
        components::{
            button::{Button, Look},
            choice::CheckboxField,
            empty::Empty,
            icon::Sign,
        },
        file_name::file_name,
        me::use_me,
        pages::export,
        past::Named,
        profile::{self, fingerprint::FingerprintView},
        state::use_editor,
        text::{say, say_count, say_with, t},
        told,
    },
};

/// More than this is not counted.
const COUNTED: usize = 99;
/// How much of it is listed.
const SHOWN: usize = 6;

/// The list.
#[component]
pub(super) fn Partners() -> impl IntoView {
    let editor = use_editor();
    let me = use_me();
    let rows = move || {
        editor.follow_board();
        // One's own name may just have been given.
        me.profile();
        let mut names = editor.names();
        let mut all: Vec<Author> = editor.authors().into_values().collect();
        let own = editor.author();
        all.sort_by_key(|author| (author.uid != own, author.name.clone(), author.uid));
        let rows = all.into_iter().map(|author| {
            let named = names.remove(&author.uid).unwrap_or_default();
            let own = author.uid == own;
            view! { <li><Row author=author named=named own=own/></li> }
        });
        rows.collect_view()
    };
    let nobody = move || {
        editor.follow_board();
        editor.authors().is_empty()
    };
    view! {
        <p class="review-intro">{t("review.partners_intro")}</p>
        <Show when=nobody>
            <Empty title=t("review.nobody")/>
        </Show>
        <ul class="partners">{rows}</ul>
        <div class="acts">
            <Button label=t("review.edit_me") look=Look::Plain sign=Sign::Person on_press=move |_| me.show()/>
        </div>
    }
}

#[component]
fn Row(author: Author, named: Named, own: bool) -> impl IntoView {
    let key = author.key.parse::<PublicKey>().ok();
    let known = RwSignal::new(known_keys().contains_key(&author.key));
    let name = named.name.clone();
    let commit = StoredValue::new((author.key.clone(), named.name.clone()));
    let mark = move |yes: bool| {
        commit.with_value(|(key, name)| mark_key(key, yes.then_some(name.as_str())));
        known.set(yes);
    };
    let role = author.role.clone();
    let nameless = named.name.is_empty();
    view! {
        <article class="partner">
            <p class="partner-words">
                <b class=format!("entry-who person-{}", named.colour)>{move || told::who(&name, own)}</b>
                {(own && !nameless).then(|| view! { <span class="caption">{move || say("review.this_is_you")}</span> })}
                <span class="caption">{role}</span>
            </p>
            {match key {
                Some(key) => view! {
                    <FingerprintView public=key/>
                    {(!own).then(|| view! {
                        <CheckboxField label=t("review.compared") checked=known on_commit=mark/>
                    })}
                }
                .into_any(),
                None => view! { <p class="caption">{t("review.no_key")}</p> }.into_any(),
            }}
            {(!own).then(|| view! { <Unseen author=author.uid name=named.name/> })}
        </article>
    }
}

/// What a partner has not seen yet, and a file with just that.
#[component]
fn Unseen(author: Uid, name: String) -> impl IntoView {
    let editor = use_editor();
    let me = use_me();
    let told = RwSignal::new(None::<String>);
    // One walk through the history for each of these, a moment after a change.
    let lacking = Memo::new(move |_| {
        editor.follow_board();
        let (version, _) = editor.reached(author)?;
        Some(editor.done_since(&version, COUNTED))
    });
    let send = move |name: String| {
        let reached = editor.reached(author);
        let key = profile::key();
        let made = reached.and_then(|(it, _)| editor.weft_file_for(&it, key.as_ref()));
        let Some(bytes) = made else { return };
        let title = untrack(|| editor.title(ABOUT));
        let part = say_with("file.new_for", &[("name", name)]);
        let file = file_name(&[&title, &part], "weft");
        let taken = files::download(&file, "application/octet-stream", &bytes);
        let size = export::size(bytes.len()).get_untracked();
        told.set(Some(if taken {
            say_with("review.sent_new", &[("file", file), ("size", size)])
        } else {
            say("export.refused")
        }));
    };
    let name = StoredValue::new(name);
    let rows = move || {
        let acts = lacking.get().unwrap_or_default();
        let rows = acts.into_iter().take(SHOWN).map(|act| {
            let did = move || told::did(editor, act.intent);
            view! { <li class="unseen-line">{did}" "<span class="caption">{told::when(act.at_millis)}</span></li> }
        });
        rows.collect_view()
    };
    let more = move || {
        lacking
            .get()
            .map_or(0, |acts| acts.len().saturating_sub(SHOWN))
    };
    let further = move || {
        (more() > 0).then(|| {
            let words = say_count("told.and_more", more() as f64, &[]);
            view! { <li class="unseen-line caption">{words}</li> }
        })
    };
    view! {
        {move || match lacking.get().map(|acts| acts.len()) {
            None => view! { <p class="caption">{t("review.never_heard")}</p> }.into_any(),
            Some(0) => view! { <p class="caption">{t("review.seen_all")}</p> }.into_any(),
            Some(count) => view! {
                <p class="unseen-head">{move || say_count("review.not_seen", count as f64, &[])}</p>
                <ul class="unseen">{rows}{further}</ul>
                // A copy without history goes back whole, as it came.
                {(!editor.is_excerpt()).then(|| view! { <div class="acts">
                    <Button
                        label=t("review.send_new")
                        sign=Sign::Export
                        on_press=move |_| me.ask(move || send(name.get_value()))
                    />
                </div> })}
            }
            .into_any(),
        }}
        <p class="caption" role="status">{move || told.get()}</p>
    }
}
