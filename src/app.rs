//! The program as one component: what every page counts on, the frame, and
//! the page of the route.

use leptos::prelude::*;
use weft_model::Uid;

use crate::browser::runtime::OpenFailure;
use crate::browser::{hash, prefs, refocus};
use crate::route::{Page, Route};
use crate::ui::components::button::{Button, ButtonLink, Look};
use crate::ui::components::empty::Empty;
use crate::ui::components::head::PageHead;
use crate::ui::components::notice::{ToastRegion, provide_toasts};
use crate::ui::components::palette::Palette;
use crate::ui::components::shortcuts::{Shortcut, ShortcutOverlay, provide_shortcuts, shortcuts};
use crate::ui::desk::{Desk, Face, Stage, provide_desk};
use crate::ui::find::finder;
use crate::ui::frame::{Counts, Frame, Step};
use crate::ui::me::{MePlace, provide_me};
use crate::ui::one_file::{is_one_file, provide_one_file};
use crate::ui::pages;
use crate::ui::pages::home::shelf::{Shelf, provide_shelf};
use crate::ui::pages::home::visits::{VisitTrouble, Visits};
use crate::ui::sentences;
use crate::ui::text::{follow_language, t};

/// The whole editor.
#[component]
pub fn App() -> impl IntoView {
    prefs::follow_theme();
    refocus::keep_focus();
    follow_language();
    provide_toasts();
    provide_shortcuts();
    let desk = provide_desk();
    let shelf = provide_shelf();
    provide_me();
    let file = provide_one_file();
    if is_one_file() {
        shelf.open_own(file.plan);
    }
    let route = hash::current_route();
    let finding = RwSignal::new(false);
    let undo = step(desk, |face| face.undo);
    let redo = step(desk, |face| face.redo);
    let again = move || untrack(|| redo.act.run(()));
    shortcuts(
        "shortcuts.everywhere",
        vec![
            Shortcut::new("Ctrl+K", "shortcuts.find", move || finding.set(true)),
            Shortcut::new("Ctrl+Z", "shortcuts.undo", move || {
                untrack(|| undo.act.run(()))
            })
            .outside_fields(),
            Shortcut::new("Ctrl+Y", "shortcuts.redo", again).outside_fields(),
            Shortcut::new("Ctrl+Shift+Z", "shortcuts.redo", again).outside_fields(),
        ],
    );
    if is_one_file() {
        let save = move || {
            if let Some(save) = untrack(|| desk.face()).and_then(|face| face.save_file) {
                save.run(());
            }
        };
        let keys = vec![Shortcut::new("Ctrl+S", "shortcuts.save_file", save)];
        shortcuts("shortcuts.file", keys);
    }
    // Going from item to item on a page must not build the page anew.
    let place = Memo::new(move |_| {
        route.get().map(|route| match route {
            Route::Home | Route::Open { .. } => None,
            Route::Plan { plan, page, .. } => Some((plan, page)),
        })
    });
    // The plan of a file must be read before its address means anything.
    let waiting = Memo::new(move |_| is_one_file() && file.plan.get().is_none());
    let plan = Memo::new(move |_| {
        let place = place.get().flatten().filter(|_| !waiting.get());
        place.map(|(plan, _)| plan)
    });
    // A file holds one plan, and is that plan: there is no place beside it.
    Effect::new(move || {
        let Some(own) = file.plan.get().map(|own| own.to_string()) else {
            return;
        };
        let route = route.get();
        let known = matches!(&route, Some(Route::Plan { plan, .. }) if *plan == own);
        if !known && !matches!(route, Some(Route::Open { .. })) {
            hash::replace(&Route::page(own, Page::Overview));
        }
    });
    // At once, before any part of the page follows the address: what the device has to
    // look for it looks for meanwhile.
    ImmediateEffect::new_scoped(move || {
        let wanted = plan.get();
        desk.show(wanted.and_then(|plan| plan.parse().ok()));
    });
    // A plan that came in the address: it is opened at once, and leaves the
    // address, so that it is not opened again.
    Effect::new(move || {
        if let Some(Route::Open { payload }) = route.get() {
            hash::replace(&Route::Home);
            shelf.open_link(payload);
        }
    });
    let page = move || match place.get() {
        _ if waiting.get() => view! { <Reading shelf=shelf/> }.into_any(),
        None => view! { <Lost/> }.into_any(),
        Some(None) => view! { <pages::home::HomePage/> }.into_any(),
        Some(Some((plan, page))) if plan.parse::<Uid>().is_ok() => match desk.stage() {
            Stage::Empty | Stage::Opening => view! { <Opening/> }.into_any(),
            Stage::Failed(failure) => view! { <CannotOpen desk=desk failure=failure/> }.into_any(),
            Stage::Open => match desk.face() {
                Some(face) => face.page.run(page),
                None => view! { <Opening/> }.into_any(),
            },
        },
        Some(Some(_)) => view! { <Lost/> }.into_any(),
    };
    let find = finder(route.into());
    let title =
        Signal::derive(move || desk.face().map(|face| face.title.get()).unwrap_or_default());
    let status = Signal::derive(move || desk.face().and_then(|face| face.status.get()));
    // Several places look at each of these, after every edit.
    let save = Memo::new(move |_| desk.face().map(|face| face.save.get()));
    let save_file = Signal::derive(move || desk.face().and_then(|face| face.save_file));
    let present = Signal::derive(move || {
        desk.face()
            .map(|face| face.present.get())
            .unwrap_or_default()
    });
    let counts = Memo::new(move |_| Counts {
        checks: desk.face().map(|face| face.findings.get()),
        review: desk.face().map(|face| face.undecided.get()),
        plans: shelf.is_known().then(|| shelf.live().len()),
    });
    let banners = move || {
        view! {
            <VisitTrouble shelf=shelf route=route/>
            {move || desk.face().map(|face| face.banners.run(()))}
        }
    };
    view! {
        <Frame
            route=route
            title=title
            status=status
            save=save
            present=present
            save_file=save_file
            undo=undo
            redo=redo
            counts=counts
            banners=banners
            on_find=move |()| finding.set(true)
        >
            {page}
        </Frame>
        <Visits shelf=shelf route=route/>
        <Palette open=finding find=find/>
        <MePlace/>
        <ShortcutOverlay/>
        <ToastRegion/>
    }
}

/// A step of the open plan, whichever that is; without one there is none.
fn step(desk: Desk, which: impl Fn(Face) -> Step + Copy + Send + Sync + 'static) -> Step {
    let of = move || desk.face().map(which);
    Step {
        ready: Signal::derive(move || of().is_some_and(|step| step.ready.get())),
        what: Signal::derive(move || of().map(|step| step.what.get()).unwrap_or_default()),
        act: Callback::new(move |()| {
            if let Some(step) = untrack(of) {
                step.act.run(());
            }
        }),
    }
}

/// While the plan is on its way. Nothing is shown for the first moment: most
/// plans are there before the eye is.
#[component]
fn Opening() -> impl IntoView {
    view! { <p class="opening" role="status">{t("open.opening")}</p> }
}

/// While the plan of a file is read. Where it cannot be, the banner says why.
#[component]
fn Reading(shelf: Shelf) -> impl IntoView {
    move || shelf.trouble().is_none().then(|| view! { <Opening/> })
}

/// The plan of this address cannot be opened.
#[component]
fn CannotOpen(desk: Desk, failure: OpenFailure) -> impl IntoView {
    // What may come the next time.
    let passing = matches!(failure, OpenFailure::Store(_) | OpenFailure::PartMissing);
    let text = match failure {
        OpenFailure::NoSuchPlan => t("open.no_such"),
        OpenFailure::Store(error) => Signal::derive(move || sentences::store_error(&error)),
        OpenFailure::Plan(_) => t("open.unreadable"),
        OpenFailure::PartMissing => t("open.part_missing"),
    };
    view! {
        <PageHead title=t("lost.title") large=true/>
        <Empty title=text>
            {passing.then(|| view! { <Button label=t("open.try_again") on_press=move |_| desk.try_again()/> })}
            <ButtonLink label=t("lost.home") look=Look::Primary href=Route::Home.href()/>
        </Empty>
    }
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
