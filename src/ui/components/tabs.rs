//! Tabs: parts of one thing, one shown at a time.

use leptos::{ev::KeyboardEvent, html, prelude::*};

use crate::browser::dom::{self, Step};

/// A tab.
#[derive(Debug, Clone, Copy)]
pub struct Tab {
    /// Its id within the group.
    pub id: &'static str,
    /// Its word.
    pub label: Signal<String>,
    /// A figure after the word, left out when nothing.
    pub count: Signal<Option<usize>>,
}

impl Tab {
    /// A tab without a figure.
    pub fn new(id: &'static str, label: impl Into<Signal<String>>) -> Self {
        Self {
            id,
            label: label.into(),
            count: Signal::stored(None),
        }
    }

    /// A tab with a figure after its word.
    #[must_use]
    pub fn count(mut self, count: impl Into<Signal<Option<usize>>>) -> Self {
        self.count = count.into();
        self
    }
}

/// The row of tabs. One tab stop; the arrow keys choose.
#[component]
pub fn Tabs(
    /// A name for the group, unique on the page; joins tabs and panels.
    group: &'static str,
    /// What the tabs are parts of, read out.
    #[prop(into)]
    label: Signal<String>,
    /// The tabs.
    tabs: Vec<Tab>,
    /// The id of the chosen tab.
    selected: RwSignal<&'static str>,
) -> impl IntoView {
    let row = NodeRef::<html::Div>::new();
    let on_keydown = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowRight" => Step::Next,
            "ArrowLeft" => Step::Back,
            "Home" => Step::First,
            "End" => Step::Last,
            _ => return,
        };
        event.prevent_default();
        if let Some(row) = row.get_untracked() {
            dom::rove(&row, "[role=tab]", step);
            if let Some(tab) = dom::focused() {
                tab.click();
            }
        }
    };
    let tabs = tabs
        .into_iter()
        .map(|tab| {
            let chosen = move || selected.get() == tab.id;
            view! {
                <button
                    type="button"
                    class="tab"
                    role="tab"
                    id=format!("{group}-{}-tab", tab.id)
                    aria-controls=format!("{group}-{}", tab.id)
                    aria-selected=move || chosen().to_string()
                    tabindex=move || if chosen() { 0 } else { -1 }
                    on:click=move |_| selected.set(tab.id)
                >
                    <span class={"tab-word"}>{tab.label}</span>
                    {move || tab.count.get().map(|count| view! { <span class="tab-count">{count}</span> })}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="tabs" role="tablist" aria-label=move || label.get() node_ref=row on:keydown=on_keydown>{tabs}</div>
    }
}

/// What a tab shows; built when chosen, dropped when not.
#[component]
pub fn TabPanel(
    /// The group's name, as in [`Tabs`].
    group: &'static str,
    /// The tab's id.
    tab: &'static str,
    /// The id of the chosen tab.
    selected: RwSignal<&'static str>,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    view! {
        <div
            class="tab-panel"
            role="tabpanel"
            id=format!("{group}-{tab}")
            aria-labelledby=format!("{group}-{tab}-tab")
            hidden=move || selected.get() != tab
        >
            <Show when=move || selected.get() == tab>{children.with_value(|children| children())}</Show>
        </div>
    }
}
