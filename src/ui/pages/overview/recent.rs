//! What was done lately, by whom and when. Read from the history only while
//! this is shown, and again after every change.

use leptos::prelude::*;
use weft_document::RecentAct;

use super::page;
use crate::route::Page;
use crate::ui::{
    components::{button::MoreLink, head::SectionHead},
    state::{Editor, use_editor},
    text::t,
    told,
};

/// How many acts are shown.
const SHOWN: usize = 6;

/// The section.
#[component]
pub(super) fn Recent() -> impl IntoView {
    let editor = use_editor();
    let acts = Memo::new(move |_| {
        editor.follow_board();
        editor.recent(SHOWN)
    });
    view! {
        <section class="aside-section">
            <SectionHead title=t("overview.recent")>
                <MoreLink label=t("overview.all_history") href=page(editor, Page::Review)/>
            </SectionHead>
            <Show
                when=move || acts.with(|acts| !acts.is_empty())
                fallback=move || view! { <p class="overview-none">{t("overview.nothing_recent")}</p> }
            >
                <ol class="aside-list">
                    <For
                        each=move || acts.get()
                        key=|act| format!("{} {} {}", act.at_millis, act.author, act.intent)
                        let:act
                    >
                        <Line editor=editor act=act/>
                    </For>
                </ol>
            </Show>
        </section>
    }
}

#[component]
fn Line(editor: Editor, act: RecentAct) -> impl IntoView {
    let href = told::href(editor, act.intent);
    let act = StoredValue::new(act);
    let who = move || act.with_value(|act| told::who(&act.name, act.own));
    let did = move || told::did(editor, act.with_value(|act| act.intent));
    let when = move || told::when(act.with_value(|act| act.at_millis));
    view! {
        <li class="recent-line">
            <p class={"recent-words"}>
                <b class="recent-who">{who}</b>
                " "
                {match href {
                    Some(href) => view! { <a class="recent-what" href=href>{did}</a> }.into_any(),
                    None => view! { <span class="recent-what">{did}</span> }.into_any(),
                }}
            </p>
            <time class="caption recent-when">{when}</time>
        </li>
    }
}
