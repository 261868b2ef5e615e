//! The frame around every page: the bar at the top, the rail at the left (a
//! drawer on the phone, with the main pages at the bottom), and the sheet.

mod rail;
mod topbar;

use leptos::prelude::*;

pub use topbar::{SaveState, Step, TopBar};

use self::rail::{BottomBar, Rail};
use crate::{
    browser::{dom, keyboard, task, timer},
    route::{Page, Route},
    ui::text::{say, t},
};

/// Figures beside the words of the rail; nothing shows none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Plans on this device.
    pub plans: Option<usize>,
    /// Open gaps and other findings.
    pub checks: Option<usize>,
    /// What partners left to be decided.
    pub review: Option<usize>,
}

/// The frame. Slots that are not given are not there: no dead buttons.
#[component]
pub fn Frame(
    /// Where we are.
    #[prop(into)]
    route: Signal<Option<Route>>,
    /// The plan's title; empty on Home.
    #[prop(into)]
    title: Signal<String>,
    /// The plan's status in a word: *Draft*.
    #[prop(optional, into)]
    status: Signal<Option<String>>,
    /// How far everything is saved.
    #[prop(optional, into)]
    save: Signal<Option<SaveState>>,
    /// Who else has the plan open.
    #[prop(optional, into)]
    present: Signal<Vec<String>>,
    /// Saves the plan in a new file, where there is no other place for it.
    #[prop(optional, into)]
    save_file: Signal<Option<Callback<()>>>,
    /// Undo.
    #[prop(optional)]
    undo: Option<Step>,
    /// Redo.
    #[prop(optional)]
    redo: Option<Step>,
    /// Opens *Find or do*.
    #[prop(optional, into)]
    on_find: Option<Callback<()>>,
    /// Figures of the rail.
    #[prop(optional, into)]
    counts: Signal<Counts>,
    /// Banners over the sheet.
    #[prop(optional, into)]
    banners: ViewFn,
    /// The page.
    children: Children,
) -> impl IntoView {
    let drawer = RwSignal::new(false);
    // A page change closes the drawer, tells the tab its name, and moves the
    // focus to the sheet, where a screen reader goes on reading.
    let place = Memo::new(move |_| {
        route.get().map(|route| match route {
            Route::Home | Route::Open { .. } => (String::new(), None),
            Route::Plan { plan, page, .. } => (plan, Some(page)),
        })
    });
    Effect::new(move |was: Option<Option<(String, Option<Page>)>>| {
        let now = place.get();
        if was.is_some_and(|was| was != now) {
            drawer.set(false);
            dom::focus_id("sheet");
        }
        now
    });
    Effect::new(move || {
        let page = match place.get() {
            Some((_, Some(page))) => say(page.name_key()),
            Some((_, None)) => say("home.title"),
            None => say("lost.title"),
        };
        let title = title.get();
        let parts = [page, title, "Weft".to_owned()].into_iter();
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        // Behind the frame: the browser takes its time to show it, and nobody waits.
        task::spawn(async move {
            timer::breathe().await;
            dom::set_title(&parts.join(" · "));
        });
    });
    let skip = move |event: leptos::ev::MouseEvent| {
        // The fragment is the route: the link must not change it.
        event.prevent_default();
        dom::focus_id("sheet");
    };
    view! {
        <div class="frame" class:in-plan=move || route.with(|route| route.as_ref().is_some_and(|route| route.plan().is_some()))>
            <a class="skip-link" href="#sheet" on:click=skip>{t("frame.skip")}</a>
            <TopBar route=route title=title status=status save=save save_file=save_file present=present undo=undo redo=redo on_find=on_find drawer=drawer/>
            <div
                class="rail-scrim"
                class:open=move || drawer.get()
                on:click=move |_| drawer.set(false)
            ></div>
            <div
                class="rail-place"
                id="rail"
                class:open=move || drawer.get()
                on:keydown=move |event| {
                    if event.key() == "Escape" && !keyboard::is_composing(&event) && drawer.get_untracked() {
                        drawer.set(false);
                        dom::focus_id("drawer-button");
                    }
                }
            >
                <Rail route=route counts=counts drawer=drawer/>
            </div>
            <main class="sheet" id="sheet" tabindex="-1">
                <div class="banners">{move || banners.run()}</div>
                <div class="page-place">{children()}</div>
            </main>
            <BottomBar route=route counts=counts/>
        </div>
    }
}
