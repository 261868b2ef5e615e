//! Everybody who has written in this plan, and their keys to compare.

use leptos::prelude::*;
use weft_document::Author;
use weft_seal::PublicKey;

use crate::{
    browser::profile::{known_keys, mark_key},
    ui::{
        components::{
            button::{Button, Look},
            choice::CheckboxField,
            empty::Empty,
            icon::Sign,
        },
        me::use_me,
        past::Named,
        profile::fingerprint::FingerprintView,
        state::use_editor,
        text::{say, t},
        told,
    },
};

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
        </article>
    }
}
