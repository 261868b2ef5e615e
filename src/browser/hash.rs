//! The address bar's fragment as a signal, and going to another one.

use leptos::prelude::*;

use crate::route::Route;

fn fragment() -> String {
    // Firefox once decoded `location.hash`; the part of href is raw everywhere.
    let href = window().location().href().unwrap_or_default();
    href.split_once('#')
        .map(|(_, fragment)| fragment.to_owned())
        .unwrap_or_default()
}

/// The address of this page without its fragment.
#[must_use]
pub fn base() -> String {
    let href = window().location().href().unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// The route in the address bar, kept current; `None` for an address that is
/// none of ours. Every caller has a signal of its own.
#[must_use]
pub fn current_route() -> ReadSignal<Option<Route>> {
    let (route, set_route) = signal(Route::parse(&fragment()));
    let listening = window_event_listener(leptos::ev::hashchange, move |_| {
        let now = Route::parse(&fragment());
        if route.get_untracked() != now {
            set_route.set(now);
        }
    });
    on_cleanup(move || listening.remove());
    route
}

/// The route in the address bar at this moment.
#[must_use]
pub fn route_now() -> Option<Route> {
    Route::parse(&fragment())
}

/// Goes to a route; the way back leads here.
pub fn go(route: &Route) {
    // Fails only where the document is not active any more: nothing to go to.
    drop(window().location().set_hash(&route.href()));
}

/// Puts another spot of the page that the address names into it, without a step
/// in the history: the selection has moved. Where somebody has gone on to another
/// page, nothing: a page hears of that only some moments later, and what it was
/// still about must not take the person back.
pub fn point(route: &Route) {
    if route_now().is_some_and(|now| now.same_page(route)) {
        replace(route);
    }
}

/// Puts another route into the address bar without a step in the history,
/// whatever stands there. Tells the signal as well.
pub fn replace(route: &Route) {
    // `location.replace` with a fragment alone fires hashchange, unlike
    // history.replaceState.
    drop(window().location().replace(&route.href()));
}
