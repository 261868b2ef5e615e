//! The shortcuts: which keys do what, as long as the component that told of
//! them is on screen; and the overlay that lists them on `?`.

use leptos::prelude::*;

use super::dialog::Dialog;
use crate::{
    browser::keyboard,
    ui::text::{say, t},
};

/// A shortcut of a component.
#[derive(Clone, Copy)]
pub struct Shortcut {
    chord: &'static str,
    name_key: &'static str,
    act: Option<Callback<()>>,
    in_fields: bool,
}

impl Shortcut {
    /// A chord as [`keyboard::chord`] writes it ("Ctrl+K", "Alt+ArrowUp", "?"),
    /// the locale key of what it does, and the act. It rests in fields unless
    /// it has Ctrl or Alt, and while a dialog is open.
    pub fn new(
        chord: &'static str,
        name_key: &'static str,
        act: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        Self {
            chord,
            name_key,
            act: Some(Callback::new(move |()| act())),
            in_fields: chord.contains("Ctrl") || chord.contains("Alt") || chord == "F6",
        }
    }

    /// A shortcut that a component handles itself (the keys of a grid): listed
    /// only.
    #[must_use]
    pub const fn told(chord: &'static str, name_key: &'static str) -> Self {
        Self {
            chord,
            name_key,
            act: None,
            in_fields: false,
        }
    }

    /// Rests in fields even with Ctrl: undo in a field is the field's own.
    #[must_use]
    pub const fn outside_fields(mut self) -> Self {
        self.in_fields = false;
        self
    }
}

#[derive(Clone)]
struct Group {
    id: u64,
    name_key: &'static str,
    shortcuts: Vec<Shortcut>,
}

/// All shortcuts of the moment.
#[derive(Clone, Copy)]
struct Registry {
    groups: RwSignal<Vec<Group>>,
    next: StoredValue<u64>,
    overlay: RwSignal<bool>,
}

/// Makes shortcuts work below this component. Call once, at the root, beside
/// [`ShortcutOverlay`].
pub fn provide_shortcuts() {
    let registry = Registry {
        groups: RwSignal::new(Vec::new()),
        next: StoredValue::new(0),
        overlay: RwSignal::new(false),
    };
    provide_context(registry);
    keyboard::on_key(move |event| {
        if keyboard::is_modal_open() {
            return;
        }
        let chord = keyboard::chord(event);
        let typing = keyboard::is_typing(event);
        // The page told last wins over the frame.
        let act = registry.groups.with_untracked(|groups| {
            groups
                .iter()
                .rev()
                .flat_map(|group| group.shortcuts.iter())
                .find(|shortcut| {
                    shortcut.chord == chord
                        && shortcut.act.is_some()
                        && (shortcut.in_fields || !typing)
                })
                .and_then(|shortcut| shortcut.act)
        });
        if let Some(act) = act {
            event.prevent_default();
            act.run(());
        }
    });
}

/// Registers shortcuts until the calling component goes. `group_key` is the
/// locale key of the heading in the overlay ("page.weave").
pub fn shortcuts(group_key: &'static str, list: Vec<Shortcut>) {
    let Some(registry) = use_context::<Registry>() else {
        return;
    };
    let id = registry.next.get_value();
    registry.next.set_value(id + 1);
    registry.groups.update(|groups| {
        groups.push(Group {
            id,
            name_key: group_key,
            shortcuts: list,
        })
    });
    on_cleanup(move || {
        if !registry.groups.is_disposed() {
            registry
                .groups
                .update(|groups| groups.retain(|group| group.id != id));
        }
    });
}

/// What opens the overlay. Get it while a component is being built.
#[must_use]
pub fn opener() -> Callback<()> {
    let registry = use_context::<Registry>();
    Callback::new(move |()| {
        if let Some(registry) = registry {
            registry.overlay.set(true);
        }
    })
}

/// A chord on key caps.
#[component]
pub fn Keys(
    /// The chord, as [`keyboard::chord`] writes it.
    #[prop(into)]
    chord: String,
) -> impl IntoView {
    view! { <kbd class="keys">{keyboard::show(&chord)}</kbd> }
}

/// The overlay with all shortcuts of the moment, on `?`. Once, at the root.
#[component]
pub fn ShortcutOverlay() -> impl IntoView {
    let registry = use_context::<Registry>();
    registry.map(|registry| {
        let open = registry.overlay;
        shortcuts("shortcuts.everywhere", vec![Shortcut::new("?", "shortcuts.help", move || open.set(true))]);
        view! {
            <Dialog open=open title=t("shortcuts.title") wide=true>
                <div class="shortcuts">
                    {move || registry.groups.with(|groups| headings(groups)).into_iter().map(|(name_key, list)| view! {
                        <section class="shortcut-group">
                            <h3 class="shortcut-head">{say(name_key)}</h3>
                            <dl class="shortcut-list">
                                {list.into_iter().map(|shortcut| view! {
                                    <div class="shortcut">
                                        <dt class="shortcut-name">{say(shortcut.name_key)}</dt>
                                        <dd class="shortcut-keys"><Keys chord=shortcut.chord/></dd>
                                    </div>
                                }).collect_view()}
                            </dl>
                        </section>
                    }).collect_view()}
                </div>
            </Dialog>
        }
    })
}

/// Groups of the same heading joined, in the order in which they were told.
fn headings(groups: &[Group]) -> Vec<(&'static str, Vec<Shortcut>)> {
    let mut headings: Vec<(&'static str, Vec<Shortcut>)> = Vec::new();
    for group in groups {
        match headings
            .iter_mut()
            .find(|(name_key, _)| *name_key == group.name_key)
        {
            Some((_, list)) => list.extend_from_slice(&group.shortcuts),
            None => headings.push((group.name_key, group.shortcuts.clone())),
        }
    }
    headings
}
