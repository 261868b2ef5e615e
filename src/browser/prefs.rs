//! What this device remembers for its person: theme and language (scope:
//! device). Kept in localStorage; where that is missing or full, the choice
//! lasts until the tab closes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};

thread_local! {
    /// What the browser did not take.
    static UNKEPT: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// Reads a remembered choice.
#[must_use]
pub fn read(name: &str) -> Option<String> {
    if let Some(value) = UNKEPT.with_borrow(|all| all.get(name).cloned()) {
        return Some(value);
    }
    window()
        .local_storage()
        .ok()
        .flatten()?
        .get_item(&format!("weft.{name}"))
        .ok()
        .flatten()
}

/// Remembers a choice; says whether the browser has taken it. If not, the page does.
pub fn write(name: &str, value: &str) -> bool {
    let storage = window().local_storage().ok().flatten();
    let kept =
        storage.is_some_and(|storage| storage.set_item(&format!("weft.{name}"), value).is_ok());
    UNKEPT.with_borrow_mut(|all| match kept {
        true => drop(all.remove(name)),
        false => drop(all.insert(name.to_owned(), value.to_owned())),
    });
    kept
}

/// Whether the browser keeps what is remembered beyond this page.
#[must_use]
pub fn all_kept() -> bool {
    UNKEPT.with_borrow(BTreeMap::is_empty)
}

/// The languages that the browser asks for, best first, as BCP 47 tags.
#[must_use]
pub fn languages() -> Vec<String> {
    window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect()
}

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system has it, also when that changes.
    #[default]
    System,
    /// Paper.
    Light,
    /// Night.
    Dark,
}

impl Theme {
    /// All, in the order of the menu.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The name under which it is remembered.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// The chosen theme.
#[must_use]
pub fn theme() -> ArcRwSignal<Theme> {
    static THEME: OnceLock<ArcRwSignal<Theme>> = OnceLock::new();
    THEME
        .get_or_init(|| {
            let remembered = read("theme");
            ArcRwSignal::new(
                Theme::ALL
                    .into_iter()
                    .find(|theme| Some(theme.name()) == remembered.as_deref())
                    .unwrap_or_default(),
            )
        })
        .clone()
}

/// Chooses a theme and remembers it.
pub fn choose_theme(theme_chosen: Theme) {
    write("theme", theme_chosen.name());
    theme().set(theme_chosen);
}

/// Whether the system asks for dark, kept current.
fn system_is_dark() -> ArcReadSignal<bool> {
    watch_media("(prefers-color-scheme: dark)")
}

/// Whether a media query holds, kept current. The listener stays for the
/// life of the page: call once per query, at the root.
#[must_use]
pub fn watch_media(query: &str) -> ArcReadSignal<bool> {
    let list = window().match_media(query).ok().flatten();
    let (holds, set_holds) =
        arc_signal(list.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    if let Some(list) = list {
        let changed = Closure::<dyn Fn(web_sys::MediaQueryListEvent)>::new(
            move |event: web_sys::MediaQueryListEvent| set_holds.set(event.matches()),
        );
        list.set_onchange(Some(changed.as_ref().unchecked_ref()));
        // The list must outlive this call, or Safari stops telling.
        changed.forget();
        std::mem::forget(list);
    }
    holds
}

/// Keeps `data-theme` on the root element in step with the choice and the
/// system. Call once, at the root.
pub fn follow_theme() {
    let system = system_is_dark();
    let chosen = theme();
    Effect::new(move || {
        let dark = match chosen.get() {
            Theme::System => system.get(),
            Theme::Light => false,
            Theme::Dark => true,
        };
        super::dom::set_root_attribute("data-theme", if dark { "dark" } else { "light" });
    });
}
