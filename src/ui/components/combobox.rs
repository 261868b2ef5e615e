//! One of many, found by typing: a field with a list that narrows down. What
//! the entries are is given; choosing and making new ones is the caller's.

use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{
    choice::Choice,
    field::{FieldLook, Labelled, fresh_id},
    icon::{Icon, Sign},
};
use crate::{
    browser::{dom, keyboard, timer},
    ui::{
        fuzzy,
        text::{say, say_with},
    },
};

/// How many entries are shown at once; more are found by typing.
const MOST_SHOWN: usize = 80;

/// A line of the open list.
#[derive(Clone, PartialEq)]
enum Line {
    Entry(Choice),
    New(String),
}

/// The field. It is never without meaning: what was typed and not chosen goes
/// away when the focus does; an emptied field means none.
#[component]
pub fn Combobox(
    /// What the field is for.
    #[prop(into)]
    label: Signal<String>,
    /// What is chosen, in words; empty for nothing.
    #[prop(into)]
    value: Signal<String>,
    /// What there is to choose, read while the list is open.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// Called with the chosen value.
    #[prop(into)]
    on_choose: Callback<String>,
    /// Called when the field was emptied; without it nothing can be emptied.
    #[prop(optional_no_strip, into)]
    on_clear: Option<Callback<()>>,
    /// Called with a name that is not in the list yet.
    #[prop(optional_no_strip, into)]
    on_new: Option<Callback<String>>,
    /// Stands in the empty field.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// Readable but not changeable.
    #[prop(optional, into)]
    read_only: Signal<bool>,
    /// The label is read out but not shown.
    #[prop(optional)]
    hide_label: bool,
    /// How it looks.
    #[prop(optional)]
    look: FieldLook,
) -> impl IntoView {
    let id = fresh_id("combo");
    let list_id = format!("{id}-list");
    let node = NodeRef::<html::Input>::new();
    let list = NodeRef::<html::Div>::new();
    let open = RwSignal::new(false);
    let focused = RwSignal::new(false);
    let query = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let place = RwSignal::new((0.0, 0.0, 0.0));
    Effect::new(move || {
        let value = value.get();
        if let (Some(input), false) = (node.get(), focused.get()) {
            input.set_value(&value);
        }
    });
    let lines = Memo::new(move |_| {
        if open.get() {
            found(&query.get(), &options.get(), on_new.is_some())
        } else {
            Vec::new()
        }
    });
    let show = move || {
        if read_only.get_untracked() || open.get_untracked() {
            return;
        }
        if let Some(input) = node.get_untracked() {
            let area = dom::measure(&input);
            place.set((area.left, area.top + area.height + 2.0, area.width));
        }
        at.set(0);
        open.set(true);
    };
    Effect::new(move || {
        let Some(list) = list.get() else { return };
        dom::lift(&list);
        // Above the field where there is no room below.
        let own = dom::measure(&list);
        let (width, height) = dom::window_size();
        if let Some(input) = node.get_untracked() {
            let area = dom::measure(&input);
            let below = area.top + area.height + 2.0;
            let top = if below + own.height > height - 8.0 && area.top > own.height + 10.0 {
                area.top - own.height - 2.0
            } else {
                below
            };
            let left = area.left.min(width - own.width - 8.0).max(8.0);
            place.set((left, top, area.width));
        }
    });
    let close = move || {
        open.set(false);
        query.set(String::new());
    };
    let restore = move || {
        if let Some(Some(input)) = node.try_get_untracked() {
            input.set_value(&value.get_untracked());
        }
    };
    let choose = move |index: usize| {
        let line = lines.with_untracked(|lines| lines.get(index).cloned());
        close();
        match line {
            Some(Line::Entry(choice)) => on_choose.run(choice.value),
            Some(Line::New(name)) => {
                if let Some(on_new) = on_new {
                    on_new.run(name);
                }
            }
            None => {}
        }
        // What was chosen may be what already stood there.
        restore();
    };
    let step = move |to: usize| {
        at.set(to);
        timer::next_frame(move || {
            if let Some(Some(list)) = list.try_get_untracked()
                && let Some(option) = dom::first_within(&list, "[aria-selected=true]")
            {
                dom::reveal(&option);
            }
        });
    };
    let on_keydown = move |event: KeyboardEvent| {
        if keyboard::is_composing(&event) || event.ctrl_key() || event.meta_key() {
            return;
        }
        let count = lines.with_untracked(Vec::len);
        let now = at.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if !open.get_untracked() => show(),
            "ArrowUp" if !open.get_untracked() && event.alt_key() => show(),
            "ArrowUp" if !open.get_untracked() => return,
            "ArrowDown" if count > 0 => step((now + 1) % count),
            "ArrowUp" if count > 0 => step((now + count - 1) % count),
            "Enter" if open.get_untracked() && count > 0 => choose(now),
            "Escape" if open.get_untracked() => {
                close();
                restore();
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let on_blur = move |event| {
        let typed = event_target_value(&event);
        focused.set(false);
        close();
        if let (true, Some(on_clear)) = (typed.trim().is_empty(), on_clear)
            && !value.get_untracked().is_empty()
        {
            on_clear.run(());
        }
        restore();
    };
    let option_id = {
        let list_id = list_id.clone();
        move |index: usize| format!("{list_id}-{index}")
    };
    let active = {
        let option_id = option_id.clone();
        move || {
            lines
                .with(|lines| !lines.is_empty())
                .then(|| option_id(at.get()))
        }
    };
    let options_view = move || {
        let option_id = option_id.clone();
        let drawn = move |(index, line): (usize, Line)| {
            let (text, new) = match line {
                Line::Entry(choice) => (choice.label, false),
                Line::New(name) => (say_with("form.new_named", &[("name", name)]), true),
            };
            view! {
                <div
                    class="combo-option"
                    class:is-new=new
                    role="option"
                    id=option_id(index)
                    aria-selected=move || (at.get() == index).to_string()
                    on:pointermove=move |_| if at.get_untracked() != index { at.set(index) }
                    // The field keeps the focus.
                    on:pointerdown=move |event| event.prevent_default()
                    on:click=move |_| choose(index)
                >
                    {new.then(|| view! { <Icon sign=Sign::Add size=14/> })}
                    <span class={"one-line"}>{text}</span>
                </div>
            }
        };
        lines
            .get()
            .into_iter()
            .enumerate()
            .map(drawn)
            .collect_view()
    };
    let list_name = list_id.clone();
    let popup = move || {
        open.get().then(|| {
            let options_view = options_view.clone();
            view! {
                <div
                    class="combo-list"
                    role="listbox"
                    popover="manual"
                    id=list_name.clone()
                    aria-label=move || label.get()
                    node_ref=list
                    style:left=move || format!("{}px", place.get().0)
                    style:top=move || format!("{}px", place.get().1)
                    style:min-width=move || format!("{}px", place.get().2.max(180.0))
                >
                    {options_view}
                    <p class="combo-empty" hidden=move || lines.with(|lines| !lines.is_empty())>{move || say("form.nothing_found")}</p>
                </div>
            }
        })
    };
    view! {
        <Labelled id=id.clone() label=label hide_label=hide_label look=look hint=None problem=Signal::stored(None)>
            <span class="field-box is-combo">
                <input
                    class="field-input"
                    id=id
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    node_ref=node
                    aria-expanded=move || open.get().to_string()
                    aria-autocomplete="list"
                    aria-controls=list_id
                    aria-activedescendant=active
                    readonly=move || read_only.get()
                    placeholder=move || placeholder.get()
                    on:focus=move |_| {
                        focused.set(true);
                        if let Some(input) = node.get_untracked() {
                            dom::select_text(&input);
                        }
                    }
                    on:blur=on_blur
                    on:click=move |_| show()
                    on:input=move |event| {
                        show();
                        query.set(event_target_value(&event));
                        at.set(0);
                    }
                    on:keydown=on_keydown
                />
                <Icon sign=Sign::Down size=14/>
            </span>
            {popup}
        </Labelled>
    }
}

fn found(query: &str, options: &[Choice], may_add: bool) -> Vec<Line> {
    let mut scored: Vec<(u32, usize)> = options
        .iter()
        .enumerate()
        .filter_map(|(at, choice)| Some((fuzzy::score(query, &choice.label)?, at)))
        .collect();
    scored.sort_by(|(first, at), (second, then)| second.cmp(first).then(at.cmp(then)));
    let mut lines: Vec<Line> = scored
        .into_iter()
        .take(MOST_SHOWN)
        .map(|(_, at)| Line::Entry(options[at].clone()))
        .collect();
    let name = query.trim();
    let known = options.iter().any(|choice| choice.label == name);
    if may_add && !name.is_empty() && !known {
        lines.push(Line::New(name.to_owned()));
    }
    lines
}
