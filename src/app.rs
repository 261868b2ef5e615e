//! The program as one component: what every page counts on, the frame, and
//! the page of the route.

use leptos::prelude::*;
use weft_model::{ABOUT, Choice, Day, Intent, Uid, field};
use weft_session::{Notice, SaveState};

use crate::browser::runtime::OpenFailure;
use crate::browser::{device, files, hash, prefs};
use crate::route::{Page, Route};
use crate::ui::components::button::{Button, ButtonLink, Look};
use crate::ui::components::empty::Empty;
use crate::ui::components::head::PageHead;
use crate::ui::components::notice::{Banner, ToastRegion, Tone, provide_toasts};
use crate::ui::components::palette::Palette;
use crate::ui::components::shortcuts::{Shortcut, ShortcutOverlay, provide_shortcuts, shortcuts};
use crate::ui::desk::{Desk, Stage, provide_desk};
use crate::ui::find::finder;
use crate::ui::frame::{Counts, Frame, Step};
use crate::ui::pages;
use crate::ui::pages::home::shelf::provide_shelf;
use crate::ui::sentences;
use crate::ui::state::Editor;
use crate::ui::text::{follow_language, t};

/// The whole editor.
#[component]
pub fn App() -> impl IntoView {
    prefs::follow_theme();
    follow_language();
    provide_toasts();
    provide_shortcuts();
    let desk = provide_desk();
    let shelf = provide_shelf();
    let route = hash::current_route();
    let finding = RwSignal::new(false);
    shortcuts(
        "shortcuts.everywhere",
        vec![
            Shortcut::new("Ctrl+K", "shortcuts.find", move || finding.set(true)),
            Shortcut::new("Ctrl+Z", "shortcuts.undo", move || step(desk, Editor::undo))
                .outside_fields(),
            Shortcut::new("Ctrl+Y", "shortcuts.redo", move || step(desk, Editor::redo))
                .outside_fields(),
            Shortcut::new("Ctrl+Shift+Z", "shortcuts.redo", move || {
                step(desk, Editor::redo)
            })
            .outside_fields(),
        ],
    );
    // Going from item to item on a page must not build the page anew.
    let place = Memo::new(move |_| {
        route.get().map(|route| match route {
            Route::Home => None,
            Route::Plan { plan, page, .. } => Some((plan, page)),
        })
    });
    let plan = Memo::new(move |_| place.get().flatten().map(|(plan, _)| plan));
    Effect::new(move || {
        let wanted = plan.get();
        desk.show(wanted.and_then(|plan| plan.parse().ok()));
    });
    let page = move || match place.get() {
        None => view! { <Lost/> }.into_any(),
        Some(None) => view! { <pages::home::HomePage/> }.into_any(),
        Some(Some((plan, page))) if plan.parse::<Uid>().is_ok() => match desk.stage() {
            Stage::Empty | Stage::Opening => view! { <Opening/> }.into_any(),
            Stage::Failed(failure) => view! { <CannotOpen failure=failure/> }.into_any(),
            Stage::Open => match desk.editor() {
                Some(editor) => view! { <PlanPage editor=editor page=page/> }.into_any(),
                None => view! { <Opening/> }.into_any(),
            },
        },
        Some(Some(_)) => view! { <Lost/> }.into_any(),
    };
    let find = finder(route.into());
    let title = Signal::derive(move || desk.editor().map(|e| e.title(ABOUT)).unwrap_or_default());
    let status = Signal::derive(move || desk.editor().and_then(|editor| plan_status(&editor)));
    let save = Signal::derive(move || {
        desk.editor()
            .map(|editor| sentences::save_look(&editor.saving.get()))
    });
    let counts = Signal::derive(move || Counts {
        checks: desk.editor().map(|editor| {
            editor.follow_board();
            editor.board(|board| {
                board
                    .finding_tally(Day::new(&device::today()).as_ref())
                    .open() as usize
            })
        }),
        plans: shelf.is_known().then(|| shelf.live().len()),
    });
    let undo = Step {
        ready: Signal::derive(move || desk.editor().is_some_and(|e| e.undoable().is_some())),
        what: Signal::derive(move || step_name(desk.editor(), Editor::undoable)),
        act: Callback::new(move |()| step(desk, Editor::undo)),
    };
    let redo = Step {
        ready: Signal::derive(move || desk.editor().is_some_and(|e| e.redoable().is_some())),
        what: Signal::derive(move || step_name(desk.editor(), Editor::redoable)),
        act: Callback::new(move |()| step(desk, Editor::redo)),
    };
    let banners = move || view! { <Banners desk=desk/> };
    view! {
        <Frame
            route=route
            title=title
            status=status
            save=save
            undo=undo
            redo=redo
            counts=counts
            banners=banners
            on_find=move |()| finding.set(true)
        >
            {page}
        </Frame>
        <Palette open=finding find=find/>
        <ShortcutOverlay/>
        <ToastRegion/>
    }
}

/// One page of the open plan; everything in it finds the plan as context.
#[component]
fn PlanPage(editor: Editor, page: Page) -> impl IntoView {
    provide_context(editor);
    match page {
        Page::Overview => view! { <pages::overview::OverviewPage/> }.into_any(),
        Page::Jobs => view! { <pages::jobs::JobsPage/> }.into_any(),
        Page::Modules => view! { <pages::modules::ModulesPage/> }.into_any(),
        Page::Weave => view! { <pages::weave::WeavePage/> }.into_any(),
        Page::Data => view! { <pages::data::DataPage/> }.into_any(),
        Page::Checks => view! { <pages::checks::ChecksPage/> }.into_any(),
        Page::Import => view! { <pages::import::ImportPage/> }.into_any(),
        Page::Export => view! { <pages::export::ExportPage/> }.into_any(),
        Page::Print => view! { <pages::print::PrintPage/> }.into_any(),
    }
}

fn step(desk: Desk, go: impl Fn(&Editor)) {
    if let Some(editor) = untrack(|| desk.editor()) {
        go(&editor);
    }
}

fn step_name(editor: Option<Editor>, which: impl Fn(&Editor) -> Option<Intent>) -> String {
    let Some(editor) = editor else {
        return String::new();
    };
    let Some(intent) = which(&editor) else {
        return String::new();
    };
    let lang = editor.lang();
    editor.plan(|plan| sentences::intent(plan, &lang, intent))
}

fn plan_status(editor: &Editor) -> Option<String> {
    editor.follow_item(ABOUT);
    let status = editor.plan(|plan| plan.about().status)?;
    Some(sentences::choice_name(field::about::status, status.0.id()))
}

/// What the person should know about this plan, over the page.
#[component]
fn Banners(desk: Desk) -> impl IntoView {
    let failing = move || {
        let editor = desk.editor()?;
        match editor.saving.get() {
            SaveState::Failing(error) => Some((editor, sentences::store_error(&error))),
            SaveState::Saved | SaveState::Saving | SaveState::ReadOnly => None,
        }
    };
    let notices = move || {
        let Some(editor) = desk.editor() else {
            return Vec::new();
        };
        let lang = editor.lang();
        let said = |notice: Notice| {
            let text = editor.plan(|plan| sentences::notice(plan, &lang, &notice));
            (editor, notice, text)
        };
        editor.notices.get().into_iter().map(said).collect()
    };
    view! {
        {move || failing().map(|(editor, text)| view! {
            <Banner text=Signal::stored(text) tone=Tone::Gap>
                <Button label=t("notice.download") on_press=move |_| download_copy(&editor)/>
            </Banner>
        })}
        {move || notices().into_iter().map(|(editor, notice, text)| view! {
            <Banner text=Signal::stored(text) tone=Tone::Caution on_close=move |()| editor.dismiss(&notice)/>
        }).collect_view()}
    }
}

/// The way out when the device cannot keep the plan: a file with all of it.
fn download_copy(editor: &Editor) {
    let bytes = editor.plan(weft_exchange::weft_json::export);
    let title = untrack(|| editor.title(ABOUT));
    let name = if title.is_empty() {
        "weft".to_owned()
    } else {
        title
    };
    files::download(&format!("{name}.json"), "application/json", &bytes);
}

/// While the plan is on its way. Nothing is shown for the first moment: most
/// plans are there before the eye is.
#[component]
fn Opening() -> impl IntoView {
    view! { <p class="opening" role="status">{t("open.opening")}</p> }
}

/// The plan of this address cannot be opened.
#[component]
fn CannotOpen(failure: OpenFailure) -> impl IntoView {
    let text = match failure {
        OpenFailure::NoSuchPlan => t("open.no_such"),
        OpenFailure::Store(error) => Signal::derive(move || sentences::store_error(&error)),
        OpenFailure::Plan(_) => t("open.unreadable"),
    };
    view! {
        <PageHead title=t("lost.title") large=true/>
        <Empty title=text>
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
