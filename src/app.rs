//! The program as one component: what every page counts on, the frame, and
//! the page of the route.

use leptos::prelude::*;

use crate::{
    browser::{hash, prefs},
    route::{Page, Route},
    ui::{
        components::{
            button::{ButtonLink, Look},
            empty::Empty,
            head::PageHead,
            icon::Sign,
            notice::{ToastRegion, provide_toasts},
            palette::{Palette, PaletteItem},
            shortcuts::{Shortcut, ShortcutOverlay, provide_shortcuts, shortcuts},
        },
        frame::Frame,
        pages,
        text::{follow_language, say, t},
    },
};

/// The whole editor.
#[component]
pub fn App() -> impl IntoView {
    prefs::follow_theme();
    follow_language();
    provide_toasts();
    provide_shortcuts();
    let route = hash::current_route();
    let finding = RwSignal::new(false);
    shortcuts(
        "shortcuts.everywhere",
        vec![Shortcut::new("Ctrl+K", "shortcuts.find", move || {
            finding.set(true)
        })],
    );
    // Going from item to item on a page must not build the page anew.
    let place = Memo::new(move |_| {
        route.get().map(|route| match route {
            Route::Home => None,
            Route::Plan { plan, page, .. } => Some((plan, page)),
        })
    });
    let page = move || match place.get() {
        None => view! { <Lost/> }.into_any(),
        Some(None) => view! { <pages::home::HomePage/> }.into_any(),
        Some(Some((_, page))) => match page {
            Page::Overview => view! { <pages::overview::OverviewPage/> }.into_any(),
            Page::Jobs => view! { <pages::jobs::JobsPage/> }.into_any(),
            Page::Modules => view! { <pages::modules::ModulesPage/> }.into_any(),
            Page::Weave => view! { <pages::weave::WeavePage/> }.into_any(),
            Page::Checks => view! { <pages::checks::ChecksPage/> }.into_any(),
            Page::Import => view! { <pages::import::ImportPage/> }.into_any(),
            Page::Export => view! { <pages::export::ExportPage/> }.into_any(),
            Page::Print => view! { <pages::print::PrintPage/> }.into_any(),
        },
    };
    let items = Signal::derive(move || going(&place.get()));
    view! {
        <Frame route=route title=Signal::stored(String::new()) on_find=move |()| finding.set(true)>
            {page}
        </Frame>
        <Palette open=finding items=items/>
        <ShortcutOverlay/>
        <ToastRegion/>
    }
}

/// The pages that can be gone to from here, for *Find or do*.
fn going(place: &Option<Option<(String, Page)>>) -> Vec<PaletteItem> {
    let item = |name: String, sign: Sign, to: Route| PaletteItem {
        label: name,
        hint: say("palette.page"),
        keywords: String::new(),
        sign,
        keys: None,
        run: Callback::new(move |()| hash::go(&to)),
    };
    let plan = place
        .as_ref()
        .and_then(Option::as_ref)
        .map(|(plan, _)| plan.clone());
    let mut items: Vec<PaletteItem> = plan
        .iter()
        .flat_map(|plan| {
            Page::ALL.map(|page| {
                item(
                    say(page.name_key()),
                    Sign::Go,
                    Route::page(plan.clone(), page),
                )
            })
        })
        .collect();
    items.push(item(say("rail.all_plans"), Sign::Home, Route::Home));
    items
}

/// An address that leads nowhere.
#[component]
fn Lost() -> impl IntoView {
    view! {
        <PageHead title=t("lost.title") large=true/>
        <Empty title=t("lost.text")>
            <ButtonLink label=t("lost.home") look=Look::Primary href=Route::Home.href()/>
        </Empty>
    }
}
