//! All that is said about the plan, newest first, with where it is said.

use leptos::prelude::*;
use weft_model::Subject;

use crate::ui::{
    components::{
        choice::{Segment, Segmented},
        empty::Empty,
        talk::{Talk, ThreadView},
    },
    state::use_editor,
    talking::{Thread, all_threads},
    text::t,
    told,
};

const OPEN: &str = "open";
const UNREAD: &str = "unread";
const MENTIONS: &str = "mentions";
const ALL: &str = "all";

/// The list.
#[component]
pub(super) fn Comments() -> impl IntoView {
    let editor = use_editor();
    let which = RwSignal::new(OPEN);
    // What is unread is asked once: reading must not take a thread away.
    let unread_now = move || {
        let all = editor.plan(all_threads).into_iter();
        let new = all.filter(|it| it.all().any(|id| editor.is_unread(id)));
        new.map(|it| (it.root, it.resolved)).collect::<Vec<_>>()
    };
    let unread = StoredValue::new(untrack(unread_now));
    let was_unread = move |thread: &Thread| {
        let root = thread.root;
        unread.with_value(|all| all.iter().find(|it| it.0 == root).map(|it| it.1))
    };
    let choose = move |value: &'static str| {
        unread.set_value(unread_now());
        which.set(value);
    };
    let shown = Memo::new(move |_| {
        editor.follow_comments();
        let which = which.get();
        let mut all: Vec<Thread> = editor.plan(all_threads);
        let mentions_me = editor.mentions_me();
        let about_me = |id| {
            let said = editor.plan(|plan| plan.comments.get(id).cloned());
            said.is_some_and(|comment| mentions_me(&comment))
        };
        all.retain(|thread| match which {
            // What came to a settled thread and has not been read is open as well.
            OPEN => !thread.resolved || was_unread(thread) == Some(true),
            UNREAD => was_unread(thread).is_some(),
            MENTIONS => thread.all().any(about_me),
            _ => true,
        });
        all.sort_by_key(|thread| core::cmp::Reverse((thread.last, thread.root)));
        all.into_iter()
            .map(|it| (it.root, it.anchor))
            .collect::<Vec<_>>()
    });
    let option = |value, label| Segment {
        value,
        label,
        sign: None,
    };
    let options = vec![
        option(OPEN, t("talk.only_open")),
        option(UNREAD, t("talk.only_unread")),
        option(MENTIONS, t("talk.only_mentions")),
        option(ALL, t("talk.all")),
    ];
    let value = Signal::derive(move || which.get().to_owned());
    view! {
        <div class="review-filters">
            <Segmented label=t("talk.which") options=options value=value on_commit=choose/>
        </div>
        <ul class="all-threads">
            <For each=move || shown.get() key=|it| *it let:it>
                <li class="all-thread">
                    <p class="all-thread-where">{where_is(editor, it.1)}</p>
                    <ThreadView root=it.0/>
                </li>
            </For>
        </ul>
        <Show when=move || shown.with(Vec::is_empty)>
            <Empty title=t("talk.none") text=t("talk.none_text")/>
        </Show>
        <div class="talk-plan"><Talk anchor=Subject::Plan title=t("talk.of_plan") writes=true/></div>
    }
}

fn where_is(editor: crate::ui::state::Editor, anchor: Subject) -> AnyView {
    let name = move || told::thing(editor, anchor);
    match told::href_of(editor, anchor) {
        Some(href) => view! { <a class="clash-title" href=href>{name}</a> }.into_any(),
        None => view! { <span class="clash-title">{name}</span> }.into_any(),
    }
}
