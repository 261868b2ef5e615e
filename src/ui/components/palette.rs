//! Find or do: one field over everything, on Ctrl+K. It is given a list and
//! knows nothing of what the items are.

use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{
    field::fresh_id,
    icon::{Icon, Sign},
    shortcuts::Keys,
};
use crate::{
    browser::{dom, keyboard, timer},
    ui::{
        fuzzy,
        text::{say, say_count, t},
    },
};

/// How many finds are shown.
const MOST_SHOWN: usize = 60;

/// Something that can be found or done. Texts in the language of the moment.
#[derive(Clone)]
pub struct PaletteItem {
    /// What it is called.
    pub label: String,
    /// What or where it is, in grey: "module, Term 3", "command".
    pub hint: String,
    /// What else finds it: code, the name in the other language, pinyin.
    pub keywords: String,
    /// Its icon.
    pub sign: Sign,
    /// The shortcut that does the same, if any.
    pub keys: Option<&'static str>,
    /// Goes there or does it.
    pub run: Callback<()>,
}

/// The palette. `items` is read when it opens, in the order in which they show
/// while nothing is typed (commands first).
#[component]
pub fn Palette(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Everything there is to find.
    #[prop(into)]
    items: Signal<Vec<PaletteItem>>,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let open = open.get();
        let Some(dialog) = node.get() else { return };
        if open {
            dom::show_modal(&dialog)
        } else {
            dom::close_modal(&dialog)
        }
    });
    view! {
        <dialog
            class="palette"
            node_ref=node
            aria-label=move || say("palette.title")
            on:close=move |_| open.set(false)
            on:pointerdown=move |event| if event.target() == event.current_target() { open.set(false) }
        >
            <Show when=move || open.get()><Finder open=open items=items.get_untracked()/></Show>
        </dialog>
    }
}

#[component]
fn Finder(open: RwSignal<bool>, items: Vec<PaletteItem>) -> impl IntoView {
    let list_id = fresh_id("palette");
    let items = StoredValue::new(items);
    let query = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let found = Memo::new(move |_| items.with_value(|items| find(&query.get(), items)));
    let input = NodeRef::<html::Input>::new();
    let list = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(input) = input.get() {
            dom::focus(&input);
        }
    });
    let choose = move |index: usize| {
        let run = found
            .with_untracked(|found| found.get(index).copied())
            .and_then(|item| items.with_value(|items| items.get(item).map(|item| item.run)));
        open.set(false);
        if let Some(run) = run {
            // After the dialog has closed and given the focus back.
            timer::next_frame(move || run.run(()));
        }
    };
    let option_id = {
        let list_id = list_id.clone();
        move |index: usize| format!("{list_id}-{index}")
    };
    let move_to = move |index: usize| {
        at.set(index);
        timer::next_frame(move || {
            if let Some(Some(list)) = list.try_get_untracked()
                && let Some(option) = dom::first_within(&list, "[aria-selected=true]")
            {
                dom::reveal(&option);
            }
        });
    };
    let on_keydown = move |event: KeyboardEvent| {
        if keyboard::is_composing(&event) {
            return;
        }
        let count = found.with_untracked(Vec::len).min(MOST_SHOWN);
        let now = at.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if count > 0 => move_to((now + 1) % count),
            "ArrowUp" if count > 0 => move_to((now + count - 1) % count),
            "PageDown" if count > 0 => move_to((now + 10).min(count - 1)),
            "PageUp" => move_to(now.saturating_sub(10)),
            "Enter" => choose(now),
            _ => return,
        }
        event.prevent_default();
    };
    let active = {
        let option_id = option_id.clone();
        move || {
            found
                .with(|found| !found.is_empty())
                .then(|| option_id(at.get()))
        }
    };
    let options = move || {
        let option_id = option_id.clone();
        found.with(|found| {
            found
                .iter()
                .take(MOST_SHOWN)
                .enumerate()
                .filter_map(|(index, &item)| {
                    items
                        .with_value(|items| items.get(item).cloned())
                        .map(|item| (index, item))
                })
                .map(|(index, item)| {
                    view! {
                        <div
                            class="palette-item"
                            role="option"
                            id=option_id(index)
                            aria-selected=move || (at.get() == index).to_string()
                            on:pointermove=move |_| if at.get_untracked() != index { at.set(index) }
                            on:click=move |_| choose(index)
                        >
                            <Icon sign=item.sign/>
                            <span class="palette-label">{item.label}</span>
                            <span class="palette-hint">{item.hint}</span>
                            {item.keys.map(|chord| view! { <Keys chord=chord/> })}
                        </div>
                    }
                })
                .collect_view()
        })
    };
    let said = move || {
        let count = found.with(Vec::len);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a plan has far fewer than 2^52 items"
        )]
        if count == 0 {
            say("palette.nothing")
        } else {
            say_count("palette.found", count as f64, &[])
        }
    };
    view! {
        <div class="palette-body">
            <div class="palette-field">
                <Icon sign=Sign::Find/>
                <input
                    class="palette-input"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    aria-expanded="true"
                    aria-autocomplete="list"
                    aria-controls=list_id.clone()
                    aria-activedescendant=active
                    aria-label=move || say("palette.title")
                    placeholder=move || say("palette.placeholder")
                    node_ref=input
                    on:input=move |event| {
                        query.set(event_target_value(&event));
                        at.set(0);
                    }
                    on:keydown=on_keydown
                />
                <Keys chord="Escape"/>
            </div>
            <div class="palette-list" role="listbox" id=list_id aria-label=move || say("palette.title") node_ref=list>{options}</div>
            <p class="palette-empty" hidden=move || found.with(|found| !found.is_empty())>{t("palette.nothing")}</p>
            <p class="visually-hidden" role="status">{said}</p>
        </div>
    }
}

/// The places of the items that fit, best first; ties in their own order.
fn find(query: &str, items: &[PaletteItem]) -> Vec<usize> {
    let mut found: Vec<(u32, usize)> = items
        .iter()
        .enumerate()
        .filter_map(|(place, item)| {
            let by_label = fuzzy::score(query, &item.label).map(|score| score * 2);
            // Words may be spread over name, place and keywords.
            let by_all = || {
                fuzzy::score(
                    query,
                    &format!("{} {} {}", item.label, item.hint, item.keywords),
                )
            };
            by_label.or_else(by_all).map(|score| (score, place))
        })
        .collect();
    found.sort_by(|(first, first_place), (second, second_place)| {
        second.cmp(first).then(first_place.cmp(second_place))
    });
    found.into_iter().map(|(_, place)| place).collect()
}
