//! The conversation about one thing: threads with replies, what is new, what is
//! settled. Comments are items of the plan: they merge, and nothing said is lost.

use std::collections::BTreeSet;

use leptos::prelude::*;
use weft_model::{Comment, CommentId, Subject};

use super::{
    button::{Button, IconButton, Look},
    composer::Composer,
    icon::{Icon, Sign},
};
use crate::ui::judging::spoken_for;
use crate::ui::past::Named;
use crate::ui::state::{Editor, use_editor};
use crate::ui::talking::threads;
use crate::ui::text::{say, say_count, t};
use crate::ui::told;

/// The section of a panel.
#[component]
pub fn Talk(
    /// What is talked about.
    anchor: Subject,
    /// What it is called here: by default, comments.
    #[prop(optional, into)]
    title: Option<Signal<String>>,
    /// Whether what was said stands elsewhere on the page: here it is written alone.
    #[prop(optional)]
    writes: bool,
) -> impl IntoView {
    let editor = use_editor();
    let title = title.unwrap_or_else(|| t("talk.title"));
    let all = Memo::new(move |_| {
        editor.follow_comments();
        editor.plan(|plan| threads(plan, anchor))
    });
    let listed = move || if writes { Vec::new() } else { all.get() };
    let writing = RwSignal::new(false);
    let count = move || {
        let open = all.with(|all| all.iter().filter(|thread| !thread.resolved).count());
        (open > 0).then(|| say_count("talk.open", open as f64, &[]))
    };
    view! {
        <section class="panel-section talk">
            <h3 class="panel-section-head">
                <span class={"panel-section-title"}>{title}</span>
                <span class="panel-section-note">{count}</span>
            </h3>
            <ul class="talk-threads">
                <For each=listed key=|thread| thread.root let:thread>
                    <li><ThreadView root=thread.root/></li>
                </For>
            </ul>
            <Show
                when=move || writing.get()
                fallback=move || view! {
                    <Button label=t("talk.write") look=Look::Quiet sign=Sign::Talk on_press=move |_| writing.set(true)/>
                }
            >
                <Composer anchor=anchor on_done=move |()| writing.set(false)/>
            </Show>
        </section>
    }
}

/// One thread.
#[component]
pub fn ThreadView(
    /// Its first comment.
    root: CommentId,
) -> impl IntoView {
    let editor = use_editor();
    let thread = Memo::new(move |_| {
        editor.follow_comments();
        editor.plan(|plan| crate::ui::talking::thread(plan, root))
    });
    // What was unread when it came into sight stays marked while it is there. A settled
    // thread opens for it: what is folded away has not been read.
    let fresh = StoredValue::new(BTreeSet::<CommentId>::new());
    let unfolded = RwSignal::new(false);
    Effect::new(move || {
        if let Some(thread) = thread.get() {
            let new: Vec<CommentId> = thread.all().filter(|id| editor.is_unread(*id)).collect();
            if !new.is_empty() {
                unfolded.set(true);
                editor.mark_read(&new);
                fresh.update_value(|fresh| fresh.extend(new));
            }
        }
    });
    let replying = RwSignal::new(false);
    let said = move || {
        let thread = thread.get()?;
        let (names, own) = (editor.names(), editor.author());
        let mentions_me = editor.mentions_me();
        let resolved = thread.resolved;
        let shown = !resolved || unfolded.get();
        let rows = thread.all().filter_map(|id| {
            let comment = editor.plan(|plan| plan.comments.get(id).cloned())?;
            let author = comment.author.parse().unwrap_or_default();
            let name = names.get(&author).cloned().unwrap_or_default();
            let new =
                fresh.with_value(|fresh| fresh.contains(&id)) || untrack(|| editor.is_unread(id));
            let reader = Reader {
                own: author == own,
                new,
                mentioned: mentions_me(&comment),
            };
            Some(line(editor, comment, name, reader))
        });
        let rows = shown.then(|| rows.collect::<Vec<_>>());
        let settle = move |_| editor.resolve(root, !resolved);
        let word = if resolved {
            "talk.reopen"
        } else {
            "talk.resolve"
        };
        Some(view! {
            <article class="thread" class:is-resolved=resolved>
                {resolved.then(|| view! {
                    <button type="button" class="button quiet fold" aria-expanded=unfolded.get().to_string()
                        on:click=move |_| unfolded.update(|it| *it = !*it)>
                        <Icon sign=Sign::Tick size=14/>
                        <span class={"button-word"}>{say("talk.resolved")}</span>
                    </button>
                })}
                <ul class="comments">{rows}</ul>
                {shown.then(|| view! {
                    <div class="thread-acts">
                        <Button label=t("talk.reply") look=Look::Quiet on_press=move |_| replying.set(true)/>
                        <Button label=t(word) look=Look::Quiet on_press=settle/>
                    </div>
                })}
            </article>
        })
    };
    // Apart from what is said: a partner's answer must not take a draft away.
    let anchor =
        move || thread.with_untracked(|it| it.as_ref().map_or(Subject::Plan, |it| it.anchor));
    view! {
        {said}
        <Show when=move || replying.get()>
            <Composer anchor=anchor() reply_to=root on_done=move |()| replying.set(false)/>
        </Show>
    }
}

/// How a comment stands to whoever reads it.
struct Reader {
    own: bool,
    new: bool,
    mentioned: bool,
}

fn line(editor: Editor, comment: Comment, name: Named, reader: Reader) -> AnyView {
    let Reader {
        own,
        new,
        mentioned,
    } = reader;
    let id = comment.id;
    let lang = editor.lang();
    let words = comment.body.show(&lang).to_owned();
    let at = comment.at.map_or(0, |at| at.0);
    let typist = told::who(&name.name, own);
    let spoken = spoken_for(editor, comment.expert.map(|to| to.0), &typist);
    let who = spoken.unwrap_or(typist);
    view! {
        <li class="comment" class:is-new=new>
            <p class="comment-head">
                <b class=format!("entry-who person-{}", name.colour)>{who}</b>
                <time class="caption">{told::when(at)}</time>
                {new.then(|| view! { <span class="comment-new">{say("talk.new")}</span> })}
                {mentioned.then(|| view! { <span class="comment-you">{say("talk.mentions_you")}</span> })}
                {own.then(|| view! {
                    <IconButton label=t("talk.delete") sign=Sign::Delete small=true
                        on_press=move |_| { editor.delete(id.into()); }/>
                })}
            </p>
            <p class="comment-words" class:is-mention=mentioned>{words}</p>
        </li>
    }
    .into_any()
}
