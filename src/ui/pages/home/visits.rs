//! Plans that come as files while any page is open: dropped on the window, or
//! handed on by a page. Home says what went wrong among its plans; over every
//! other page a banner does.

use leptos::prelude::*;

use super::met::MetPlan;
use super::shelf::{FILE_LIMIT, Shelf};
use super::unlock::Unlock;
use super::words;
use crate::browser::files;
use crate::route::{Page, Route};
use crate::ui::components::notice::{Banner, Tone};
use crate::ui::one_file::is_one_file;

/// Whether a file is a whole plan with its history, by its name.
pub fn is_plan(name: &str) -> bool {
    let name = name.to_lowercase();
    let endings = [".weft", ".html", ".htm"];
    endings.iter().any(|ending| name.ends_with(ending))
}

/// The dialogs of plans that come. Once, at the root.
#[component]
pub fn Visits(
    /// Where plans come in.
    shelf: Shelf,
    /// Where we are.
    #[prop(into)]
    route: Signal<Option<Route>>,
) -> impl IntoView {
    follow_drops(shelf, route);
    view! {
        <MetPlan shelf=shelf/>
        <Unlock shelf=shelf/>
    }
}

/// What went wrong with a plan that came, anywhere but on Home.
#[component]
pub fn VisitTrouble(
    /// Where plans come in.
    shelf: Shelf,
    /// Where we are.
    #[prop(into)]
    route: Signal<Option<Route>>,
) -> impl IntoView {
    let home = Memo::new(move |_| {
        !is_one_file() && route.with(|route| route.as_ref() == Some(&Route::Home))
    });
    move || {
        let trouble = shelf.trouble().filter(|_| !home.get())?;
        Some(view! {
            <Banner text=Signal::derive(move || words::trouble(&trouble)) tone=Tone::Caution on_close=move |()| shelf.dismiss()/>
        })
    }
}

/// Takes files that are dropped anywhere: the browser would open them in place of
/// the editor. Import takes them itself.
fn follow_drops(shelf: Shelf, route: Signal<Option<Route>>) {
    let dragged = shelf.dragged();
    let elsewhere = move || {
        route.with_untracked(|route| {
            matches!(
                route,
                Some(Route::Plan {
                    page: Page::Import,
                    ..
                })
            )
        })
    };
    let over = window_event_listener(leptos::ev::dragover, move |event| {
        if files::carries_files(&event) && !elsewhere() {
            event.prevent_default();
            if !dragged.get_untracked() {
                dragged.set(true);
            }
        }
    });
    let leave = window_event_listener(leptos::ev::dragleave, move |event| {
        // Only when it leaves the window, not from element to element.
        if event.related_target().is_none() {
            dragged.set(false);
        }
    });
    let drop = window_event_listener(leptos::ev::drop, move |event| {
        if files::carries_files(&event) && !elsewhere() {
            event.prevent_default();
            dragged.set(false);
            files::dropped(&event, FILE_LIMIT, move |files| shelf.take_files(files));
        }
    });
    let paste = window_event_listener(leptos::ev::paste, move |event| {
        // The dialog that reads codes takes its own, and so does Import. What else is
        // pasted over a plan than plans belongs to the page.
        if shelf.reading().get_untracked() || elsewhere() {
            return;
        }
        let home = route.with_untracked(|route| *route == Some(Route::Home));
        let wanted = |name: &str| home || is_plan(name) || name.ends_with(".weftpart");
        if files::pasted(&event, FILE_LIMIT, wanted, move |files| {
            shelf.take_files(files);
        }) {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        paste.remove();
        over.remove();
        leave.remove();
        drop.remove();
    });
}
