//! The rail: the pages in the order making, judging, leaving; below them what
//! belongs to the person: appearance, language, shortcuts.

use leptos::prelude::*;

use super::Counts;
use crate::{
    browser::prefs::{self, Theme},
    route::{Page, Route},
    ui::{
        components::{
            icon::{Icon, Sign},
            menu::{MenuButton, MenuItem},
            notice::Tone,
            shortcuts,
        },
        me::use_me,
        one_file::is_one_file,
        text::{self, Language, t},
    },
};

const fn sign(page: Page) -> Sign {
    match page {
        Page::Overview => Sign::Overview,
        Page::Jobs => Sign::Jobs,
        Page::Modules => Sign::Modules,
        Page::Weave => Sign::Weave,
        Page::Data => Sign::Calendar,
        Page::Checks => Sign::Checks,
        Page::Review => Sign::Talk,
        Page::Import => Sign::Import,
        Page::Export => Sign::Export,
        Page::Print => Sign::Print,
    }
}

/// Pages after which a line is drawn: the end of making, and of judging.
const LAST_OF_GROUP: [Page; 2] = [Page::Data, Page::Review];

#[component]
fn RailLink(
    href: String,
    sign: Sign,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] current: Signal<bool>,
    #[prop(optional, into)] count: Signal<Option<usize>>,
    #[prop(optional)] tone: Tone,
) -> impl IntoView {
    // Counted anew at every edit, drawn anew only for another figure, and then the
    // figure alone.
    let count = Memo::new(move |_| count.get().filter(|count| *count > 0));
    let some = Memo::new(move |_| count.get().is_some());
    let figure = move || {
        some.get().then(|| {
            view! { <span class="rail-count" class:gap=tone == Tone::Gap>{move || count.get()}</span> }
        })
    };
    view! {
        <a class="rail-item" href=href aria-current=move || current.get().then_some("page")>
            <Icon sign=sign/>
            <span class={"rail-word"}>{label}</span>
            {figure}
        </a>
    }
}

fn at_page(route: Signal<Option<Route>>, page: Page) -> Signal<bool> {
    Signal::derive(move || {
        route.with(|route| matches!(route, Some(Route::Plan { page: here, .. }) if *here == page))
    })
}

fn plan_link(
    plan: &str,
    page: Page,
    route: Signal<Option<Route>>,
    counts: Signal<Counts>,
    name_key: &'static str,
) -> impl IntoView + use<> {
    let count = Signal::derive(move || match page {
        Page::Checks => counts.get().checks,
        Page::Review => counts.get().review,
        _ => None,
    });
    view! {
        <RailLink href=Route::page(plan, page).href() sign=sign(page) label=t(name_key)
            current=at_page(route, page) count=count tone=Tone::Gap/>
    }
}

/// The rail.
#[component]
pub fn Rail(
    /// Where we are.
    route: Signal<Option<Route>>,
    /// Figures beside the words.
    counts: Signal<Counts>,
    /// Whether it is open as a drawer, on the phone.
    drawer: RwSignal<bool>,
) -> impl IntoView {
    let plan = Memo::new(move |_| {
        route.with(|route| {
            route
                .as_ref()
                .and_then(|route| route.plan().map(str::to_owned))
        })
    });
    let plans = Signal::derive(move || counts.get().plans);
    let at_home = Signal::derive(move || route.with(|route| *route == Some(Route::Home)));
    let pages = move || {
        match plan.get() {
        None => view! {
            <RailLink href=Route::Home.href() sign=Sign::Plan label=t("rail.plans") current=at_home count=plans/>
        }
        .into_any(),
        Some(plan) => Page::ALL
            .into_iter()
            .map(|page| {
                let link = plan_link(&plan, page, route, counts, page.name_key());
                let line = LAST_OF_GROUP.contains(&page).then(|| view! { <hr class={"rail-line"}/> });
                (link, line)
            })
            .collect_view()
            .into_any(),
    }
    };
    let all_plans = move || {
        // A file holds one plan.
        plan.get().filter(|_| !is_one_file()).map(|_| {
            view! { <RailLink href=Route::Home.href() sign=Sign::Home label=t("rail.all_plans") current=false/> }
        })
    };
    let themes = Signal::derive(move || {
        let chosen = prefs::theme().get();
        Theme::ALL
            .into_iter()
            .map(|theme| {
                let key = match theme {
                    Theme::System => "theme.system",
                    Theme::Light => "theme.light",
                    Theme::Dark => "theme.dark",
                };
                MenuItem::new(t(key), move || prefs::choose_theme(theme)).checked(theme == chosen)
            })
            .collect::<Vec<_>>()
    });
    let languages = Signal::derive(move || {
        Language::ALL
            .into_iter()
            .map(|language| {
                MenuItem::new(Signal::stored(language.own_name().to_owned()), move || {
                    text::choose_language(language)
                })
                .checked(language == text::language())
            })
            .collect::<Vec<_>>()
    });
    // The registry is found here, not in the handler: contexts follow owners.
    let show_shortcuts = shortcuts::opener();
    let language = Signal::derive(|| text::language().own_name().to_owned());
    let me = use_me();
    let my_name = move || {
        let name = me.profile().name;
        if name.is_empty() {
            text::say("rail.me")
        } else {
            name
        }
    };
    view! {
        <nav class="rail" aria-label=move || text::say(if plan.get().is_some() { "rail.plan" } else { "rail.home" })>
            {pages}
            <span class={"rail-gap"}></span>
            {all_plans}
            <hr class={"rail-line"}/>
            <MenuButton label=t("rail.appearance") sign=Sign::Appearance items=themes class="rail-item"/>
            <MenuButton label=language sign=Sign::Language items=languages class="rail-item"/>
            <button
                type="button"
                class="rail-item"
                on:click=move |_| {
                    drawer.set(false);
                    me.show();
                }
            >
                <Icon sign=Sign::Person/>
                <span class={"rail-word"}>{my_name}</span>
            </button>
            <button
                type="button"
                class="rail-item"
                on:click=move |_| {
                    drawer.set(false);
                    show_shortcuts.run(());
                }
            >
                <Icon sign=Sign::Keyboard/>
                <span class={"rail-word"}>{t("rail.shortcuts")}</span>
            </button>
        </nav>
    }
}

/// The main pages of a plan at the thumb, on the phone.
#[component]
pub fn BottomBar(
    /// Where we are.
    route: Signal<Option<Route>>,
    /// Figures beside the words.
    counts: Signal<Counts>,
) -> impl IntoView {
    const PAGES: [Page; 6] = [
        Page::Overview,
        Page::Jobs,
        Page::Modules,
        Page::Weave,
        Page::Checks,
        Page::Review,
    ];
    let plan = Memo::new(move |_| {
        route.with(|route| {
            route
                .as_ref()
                .and_then(|route| route.plan().map(str::to_owned))
        })
    });
    move || {
        plan.get().map(|plan| {
            view! {
                <nav class="bottombar" aria-label=move || text::say("rail.main_pages")>
                    {PAGES.into_iter().map(|page| plan_link(&plan, page, route, counts, page.short_name_key())).collect_view()}
                </nav>
            }
        })
    }
}
