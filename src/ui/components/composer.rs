//! Where a comment is written, and whom it names: "@" offers who may be meant.

use leptos::{ev::KeyboardEvent, html, prelude::*};
use weft_model::{CommentId, Kind, Subject};

use super::{
    area::TextArea,
    button::{Button, Look},
    field::fresh_id,
};
use crate::browser::{caret, dom, keyboard, timer};
use crate::ui::{
    me::use_me,
    mention,
    state::use_editor,
    text::{say, t},
};

/// Names that are offered at once; more letters narrow them down.
const MOST_OFFERED: usize = 8;

/// The field with what sends it. Ctrl+Enter sends too.
#[component]
pub fn Composer(
    /// What is talked about.
    anchor: Subject,
    /// The thread that is answered.
    #[prop(optional, into)]
    reply_to: Option<CommentId>,
    /// Called when it was sent or left.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let editor = use_editor();
    let me = use_me();
    let draft = RwSignal::new(String::new());
    let area = NodeRef::<html::Textarea>::new();
    let place = NodeRef::<html::Div>::new();
    let send = move || {
        let words = draft.get_untracked().trim().to_owned();
        if words.is_empty() {
            return on_done.run(());
        }
        me.ask(move || {
            if editor.comment(anchor, reply_to, &words) {
                on_done.run(());
            }
        });
    };
    Effect::new(move || {
        if let (Some(place), Some(area)) = (place.get(), area.get()) {
            timer::as_soon(move || {
                let there = dom::focus(&area);
                if there {
                    // With the buttons below it.
                    dom::reveal(&place);
                }
                there
            });
        }
    });
    let people = Memo::new(move |_| {
        editor.follow(Kind::Person);
        editor.mentionable()
    });
    // What stands between "@" and the caret, while somebody is being named.
    let asked = RwSignal::new(None::<String>);
    let at = RwSignal::new(0_usize);
    let offered = Memo::new(move |_| {
        let Some(asked) = asked.get() else {
            return Vec::new();
        };
        let fits = |name: &&String| mention::may_be(name, &asked);
        people.with(|all| {
            all.iter()
                .filter(fits)
                .take(MOST_OFFERED)
                .cloned()
                .collect()
        })
    });
    let look = move || {
        let before = area.get_untracked().and_then(|area| caret::before(&area));
        let now = before.and_then(|before| mention::asked(&before).map(str::to_owned));
        if asked.with_untracked(|asked| *asked != now) {
            at.set(0);
            asked.set(now);
        }
    };
    let name = move |index: usize| {
        let chosen = offered.with_untracked(|all| all.get(index).cloned());
        let typed = asked.get_untracked();
        if let (Some(name), Some(typed), Some(area)) = (chosen, typed, area.get_untracked()) {
            dom::focus(&area);
            caret::write_over(&area, &typed, &format!("{name} "));
        }
        asked.set(None);
    };
    let start_naming = move |_| {
        let Some(area) = area.get_untracked() else {
            return;
        };
        dom::focus(&area);
        let before = caret::before(&area).unwrap_or_default();
        if mention::asked(&before).is_none() {
            let apart = before.is_empty() || before.ends_with(char::is_whitespace);
            caret::write_over(&area, "", if apart { "@" } else { " @" });
        }
        look();
    };
    // Before the field has the key: there Escape takes back what was typed.
    let on_keydown_first = move |event: KeyboardEvent| {
        let count = offered.with_untracked(Vec::len);
        if count == 0 || keyboard::is_composing(&event) {
            return;
        }
        let now = at.get_untracked();
        match keyboard::chord(&event).as_str() {
            "ArrowDown" => at.set((now + 1) % count),
            "ArrowUp" => at.set((now + count - 1) % count),
            "Enter" | "Tab" => name(now),
            "Escape" => asked.set(None),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    // After it: it has given what was typed.
    let on_keydown = move |event: KeyboardEvent| {
        if keyboard::chord(&event) == "Ctrl+Enter" && !keyboard::is_composing(&event) {
            event.stop_propagation();
            send();
        }
    };
    let on_keyup = move |event: KeyboardEvent| {
        if !keyboard::is_composing(&event) && event.key() != "Escape" {
            look();
        }
    };
    let option_id = StoredValue::new(fresh_id("names"));
    let active = Signal::derive(move || {
        let shown = offered.with(|all| !all.is_empty());
        shown.then(|| option_id.with_value(|list| format!("{list}-{}", at.get())))
    });
    let options = move || {
        let all = offered.get().into_iter().enumerate();
        let each = all.map(|(index, who)| {
            let id = option_id.with_value(|list| format!("{list}-{index}"));
            view! {
                <li class="combo-option" role="option" id=id
                    aria-selected=move || (at.get() == index).to_string()
                    // The field keeps the focus.
                    on:pointerdown=move |event| event.prevent_default()
                    on:click=move |_| name(index)
                >
                    <span class={"one-line"}>{who}</span>
                </li>
            }
        });
        each.collect_view()
    };
    let somebody = move || people.with(|people| !people.is_empty());
    view! {
        <div class="composer" node_ref=place
            on:keydown:capture=on_keydown_first on:keydown=on_keydown on:keyup=on_keyup on:input=move |_| look()
            on:click=move |_| look() on:focusout=move |_| asked.set(None)
        >
            <TextArea label=t("talk.words") hide_label=true value=draft on_commit=move |it| draft.set(it) node=area
                active_option=active/>
            <Show when=move || offered.with(|all| !all.is_empty())>
                <ul class="composer-names" role="listbox" aria-label=move || say("talk.mention")>{options}</ul>
            </Show>
            <div class="thread-acts">
                <Button label=t("talk.send") look=Look::Primary on_press=move |_| send()/>
                <Button label=t("act.cancel") look=Look::Quiet on_press=move |_| on_done.run(())/>
                <Show when=somebody>
                    <Button label=t("talk.mention") look=Look::Quiet on_press=start_naming/>
                </Show>
            </div>
        </div>
    }
}
