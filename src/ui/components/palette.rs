//! Find or do: one field over everything, on Ctrl+K. It is given a list and
//! knows nothing of what the items are.

use std::sync::Arc;

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

/// How many finds are shown at most.
pub const MOST_SHOWN: usize = 50;

/// Something that can be found or done. Texts in the language of the moment.
#[derive(Clone)]
pub struct PaletteItem {
    label: String,
    hint: String,
    keywords: String,
    sign: Sign,
    keys: Option<&'static str>,
    // Not a Callback: the item outlives the owner under which it was made.
    run: Arc<dyn Fn() + Send + Sync>,
}

impl PaletteItem {
    /// What it is called, its icon, and what goes there or does it.
    pub fn new(
        label: impl Into<String>,
        sign: Sign,
        run: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        Self {
            label: label.into(),
            hint: String::new(),
            keywords: String::new(),
            sign,
            keys: None,
            run: Arc::new(run),
        }
    }

    /// With what or where it is, in grey: "module, Term 3", "command".
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// With what else finds it: code, the name in the other language, pinyin.
    #[must_use]
    pub fn keywords(mut self, keywords: impl Into<String>) -> Self {
        self.keywords = keywords.into();
        self
    }

    /// With the shortcut that does the same ("Ctrl+Z"). Shown, not registered.
    #[must_use]
    pub fn keys(mut self, chord: &'static str) -> Self {
        self.keys = Some(chord);
        self
    }
}

/// The palette. `find` is asked when it opens, with nothing typed, and again
/// with every letter.
#[component]
pub fn Palette(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What fits the words typed, best first, at most [`MOST_SHOWN`].
    #[prop(into)]
    find: Callback<String, Vec<PaletteItem>>,
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
            <Show when=move || open.get()><Finder open=open find=find/></Show>
        </dialog>
    }
}

#[component]
fn Finder(open: RwSignal<bool>, find: Callback<String, Vec<PaletteItem>>) -> impl IntoView {
    let list_id = fresh_id("palette");
    let at = RwSignal::new(0_usize);
    let found = RwSignal::new(find.run(String::new()));
    let input = NodeRef::<html::Input>::new();
    let list = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(input) = input.get() {
            dom::focus(&input);
        }
    });
    let choose = move |index: usize| {
        let run = found.with_untracked(|found| found.get(index).map(|item| Arc::clone(&item.run)));
        open.set(false);
        if let Some(run) = run {
            // After the dialog has closed and given the focus back.
            timer::next_frame(move || run());
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
                .cloned()
                .enumerate()
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
                        found.set(find.run(event_target_value(&event)));
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

/// The items that fit, each with how well; an empty query keeps all of them in
/// their order.
#[must_use]
pub fn rank(query: &str, items: Vec<PaletteItem>) -> Vec<(u32, PaletteItem)> {
    let mut found: Vec<(u32, PaletteItem)> = items
        .into_iter()
        .filter_map(|item| {
            let by_label = fuzzy::score(query, &item.label).map(|score| score * 2);
            // Words may be spread over name, place and keywords.
            let by_all = || {
                let all = format!("{} {} {}", item.label, item.hint, item.keywords);
                fuzzy::score(query, &all)
            };
            by_label.or_else(by_all).map(|score| (score, item))
        })
        .collect();
    found.sort_by_key(|(score, _)| core::cmp::Reverse(*score));
    found
}
