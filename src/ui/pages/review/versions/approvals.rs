//! The approvals to change a frozen plan: who, when, why, and what was then changed.

use leptos::prelude::*;
use weft_document::Approval;
use weft_model::Kind;

use crate::ui::{
    components::entry::EntryLine,
    state::{Editor, use_editor},
    text::{say, say_with, t},
    told,
};

/// The list; nothing where nobody approved anything.
#[component]
pub(super) fn Approvals() -> impl IntoView {
    let editor = use_editor();
    let any = Memo::new(move |_| {
        editor.follow(Kind::Amendment);
        editor.plan(|plan| plan.amendments.iter().next().is_some())
    });
    let all = Memo::new(move |_| {
        if !any.get() {
            return Vec::new();
        }
        editor.follow_board();
        let mut all = editor.approvals();
        all.reverse();
        all
    });
    view! {
        <Show when=move || any.get()>
            <section class="approvals" aria-label=move || say("approvals.title")>
                <h2 class="section-name">{t("approvals.title")}</h2>
                <p class="review-intro">{t("approvals.intro")}</p>
                <ol class="clashes">
                    {move || all.get().into_iter().map(|it| card(editor, it)).collect_view()}
                </ol>
            </section>
        </Show>
    }
}

fn card(editor: Editor, approval: Approval) -> AnyView {
    let (names, own) = (editor.names(), editor.author());
    let lang = editor.lang();
    let amendment = editor.plan(|plan| plan.amendments.get(approval.amendment).cloned());
    let amendment = amendment.unwrap_or_default();
    let author = amendment.author.parse().unwrap_or(approval.author);
    let name = names.get(&author).cloned().unwrap_or_default();
    let who = told::who(&name.name, author == own);
    let when = told::when(amendment.at.map_or(0, |at| at.0));
    let reason = amendment.reason.show(&lang).to_owned();
    let nothing = approval.entries.is_empty();
    let by_whom = editor.by_whom();
    let entries = approval.entries.into_iter().map(|entry| {
        let name = by_whom(&entry);
        let own = entry.author == own;
        view! { <li><EntryLine editor=editor entry=entry name=name own=own/></li> }
    });
    view! {
        <li class="clash approval">
            <header class="clash-head">
                <h3 class="clash-title">{reason}</h3>
                <span class="caption proposal-by">{say_with("approvals.by", &[("who", who), ("when", when)])}</span>
            </header>
            <ol class="entries">{entries.collect_view()}</ol>
            {nothing.then(|| view! { <p class="caption approval-none">{say("approvals.nothing")}</p> })}
        </li>
    }
    .into_any()
}
