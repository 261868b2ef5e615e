//! Menus: behind a button, and at the pointer. One tab stop, arrow keys within,
//! letters jump, Escape and Tab close and give the focus back.

use std::sync::Arc;

use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    html,
    prelude::*,
};

use super::{
    button::Look,
    icon::{Icon, Sign},
    shortcuts::Keys,
};
use crate::browser::{
    dom::{self, Area, Step},
    keyboard, timer,
};

/// A line of a menu.
#[derive(Clone)]
pub struct MenuItem {
    label: Signal<String>,
    // Not a Callback: the line outlives the owner under which it was made.
    run: Arc<dyn Fn() + Send + Sync>,
    sign: Option<Sign>,
    keys: Option<&'static str>,
    checked: Option<bool>,
    danger: bool,
    disabled: bool,
    apart: bool,
}

impl MenuItem {
    /// A line with its word and what it does.
    pub fn new(label: impl Into<Signal<String>>, run: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            label: label.into(),
            run: Arc::new(run),
            sign: None,
            keys: None,
            checked: None,
            danger: false,
            disabled: false,
            apart: false,
        }
    }

    /// With an icon.
    #[must_use]
    pub fn sign(mut self, sign: Sign) -> Self {
        self.sign = Some(sign);
        self
    }

    /// With the shortcut that does the same ("Ctrl+D"). Shown, not registered.
    #[must_use]
    pub fn keys(mut self, chord: &'static str) -> Self {
        self.keys = Some(chord);
        self
    }

    /// One of several choices, chosen or not.
    #[must_use]
    pub fn checked(mut self, checked: bool) -> Self {
        self.checked = Some(checked);
        self
    }

    /// Takes something away.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.danger = true;
        self
    }

    /// Rests when `disabled`.
    #[must_use]
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }

    /// With a line above it.
    #[must_use]
    pub fn apart(mut self) -> Self {
        self.apart = true;
        self
    }
}

/// The open list. `anchor` is what it belongs to: it opens below, above when
/// there is no room, and never beyond the window's edge.
#[component]
fn MenuList(
    #[prop(into)] label: Signal<String>,
    items: Vec<MenuItem>,
    anchor: Area,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let place = RwSignal::new((anchor.left, anchor.top + anchor.height + 4.0));
    let back = StoredValue::new_local(dom::focused());
    let close = move |give_back: bool| {
        if give_back && let Some(element) = back.get_value() {
            dom::focus(&element);
        }
        on_close.run(());
    };
    Effect::new(move || {
        let Some(element) = list.get() else { return };
        dom::lift(&element);
        let own = dom::measure(&element);
        let (width, height) = dom::window_size();
        let below = anchor.top + anchor.height + 4.0;
        let above = anchor.top - own.height - 4.0;
        let top = if below + own.height > height - 8.0 && above >= 8.0 {
            above
        } else {
            below
        };
        place.set((
            anchor.left.min(width - own.width - 8.0).max(8.0),
            top.min(height - own.height - 8.0).max(8.0),
        ));
        let chosen = dom::first_within(&element, "[aria-checked=true]");
        if let Some(item) = chosen.or_else(|| dom::first_within(&element, "[role^=menuitem]")) {
            dom::focus(&item);
        }
    });
    let outside = window_event_listener(leptos::ev::pointerdown, move |event| {
        if list
            .get_untracked()
            .is_some_and(|list| !dom::is_within(event.target(), &list))
        {
            on_close.run(());
        }
    });
    on_cleanup(move || outside.remove());
    let on_keydown = move |event: KeyboardEvent| {
        if keyboard::is_composing(&event) {
            return;
        }
        let Some(root) = list.get_untracked() else {
            return;
        };
        let key = event.key();
        let step = match key.as_str() {
            "ArrowDown" => Some(Step::Next),
            "ArrowUp" => Some(Step::Back),
            "Home" => Some(Step::First),
            "End" => Some(Step::Last),
            _ => None,
        };
        if let Some(step) = step {
            dom::rove(&root, "[role^=menuitem]", step);
        } else if matches!(key.as_str(), "Escape" | "Tab") {
            close(true);
        } else if key.chars().count() == 1 && key != " " {
            let wanted = key.to_lowercase();
            let items = dom::all_within(&root, "[role^=menuitem]");
            let at = items
                .iter()
                .position(|item| dom::is_focused(item))
                .map_or(0, |at| at + 1);
            let hit = items
                .iter()
                .cycle()
                .skip(at)
                .take(items.len())
                .find(|item| {
                    item.text_content()
                        .unwrap_or_default()
                        .trim()
                        .to_lowercase()
                        .starts_with(&wanted)
                });
            if let Some(item) = hit {
                dom::focus(item);
            }
        } else {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let lines = items
        .into_iter()
        .map(|item| {
            let run = item.run;
            let choose = move |event: MouseEvent| {
                event.stop_propagation();
                if !item.disabled {
                    close(true);
                    // After the menu is gone and the focus is back.
                    let run = Arc::clone(&run);
                    timer::next_frame(move || run());
                }
            };
            view! {
                <button
                    type="button"
                    class="menu-item"
                    class:danger=item.danger
                    class:apart=item.apart
                    role=if item.checked.is_some() { "menuitemradio" } else { "menuitem" }
                    aria-checked=item.checked.map(|checked| checked.to_string())
                    aria-disabled=item.disabled.then_some("true")
                    tabindex="-1"
                    on:click=choose
                >
                    <span class={"menu-sign"}>
                        {match (item.checked, item.sign) {
                            (Some(true), _) => Some(view! { <Icon sign=Sign::Tick/> }),
                            (None, Some(sign)) => Some(view! { <Icon sign=sign/> }),
                            _ => None,
                        }}
                    </span>
                    <span class={"menu-word"}>{item.label}</span>
                    {item.keys.map(|chord| view! { <Keys chord=chord/> })}
                </button>
            }
        })
        .collect_view();
    view! {
        <div
            class="menu"
            role="menu"
            popover="manual"
            tabindex="-1"
            aria-label=move || label.get()
            node_ref=list
            style:left=move || format!("{}px", place.get().0)
            style:top=move || format!("{}px", place.get().1)
            on:keydown=on_keydown
        >
            {lines}
        </div>
    }
}

/// A button that opens a menu. With `sole` it shows its icon alone.
#[component]
pub fn MenuButton(
    /// The word on the button, or read out with `sole`.
    #[prop(into)]
    label: Signal<String>,
    /// The lines, read when the menu opens.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
    /// An icon before the word.
    #[prop(optional, into)]
    sign: Option<Sign>,
    /// The icon alone.
    #[prop(optional)]
    sole: bool,
    /// How the button looks.
    #[prop(default = Look::Quiet)]
    look: Look,
    /// A class of its own in place of a button's, for a line of the rail.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let open = RwSignal::new(None::<Area>);
    let toggle = move || {
        let now = if open.get_untracked().is_some() {
            None
        } else {
            button.get_untracked().map(|it| dom::measure(&it))
        };
        open.set(now);
    };
    let class = if class.is_empty() {
        format!("{}{}", look.class(), if sole { " sole" } else { "" })
    } else {
        class.to_owned()
    };
    view! {
        <button
            type="button"
            class=class
            node_ref=button
            aria-haspopup="menu"
            aria-expanded=move || open.with(Option::is_some).to_string()
            aria-label=move || sole.then(|| label.get())
            title=move || sole.then(|| label.get())
            // The list closes itself on pointerdown outside; stopping here
            // keeps the click that follows from opening it again.
            on:pointerdown=move |event| if open.get_untracked().is_some() { event.stop_propagation() }
            on:click=move |event| { event.stop_propagation(); toggle(); }
            on:keydown=move |event| {
                if event.key() == "ArrowDown" && open.get_untracked().is_none() {
                    event.prevent_default();
                    toggle();
                }
            }
        >
            {sign.map(|sign| view! { <Icon sign=sign/> })}
            {(!sole).then(|| view! { <span class={"button-word"}>{label}</span> })}
        </button>
        {move || open.get().map(|anchor| view! {
            <MenuList label=label items=items.get_untracked() anchor=anchor on_close=move |()| open.set(None)/>
        })}
    }
}

/// A menu at a point of the window: set `at` from `contextmenu`'s
/// `client_x`/`client_y` (call `prevent_default`), or from an element's place
/// for the Menu key.
#[component]
pub fn ContextMenu(
    /// What the menu is about, read out.
    #[prop(into)]
    label: Signal<String>,
    /// Where it is open, in CSS pixels of the window; `None` is closed.
    at: RwSignal<Option<(f64, f64)>>,
    /// The lines, read when the menu opens.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
) -> impl IntoView {
    move || {
        at.get().map(|(left, top)| {
            let anchor = Area { left, top: top - 4.0, width: 0.0, height: 0.0 };
            view! { <MenuList label=label items=items.get_untracked() anchor=anchor on_close=move |()| at.set(None)/> }
        })
    }
}
