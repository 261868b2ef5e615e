//! Opening a plan: the editor with its pages, and the face that it shows to
//! the frame. Everything that knows what a plan holds is reached from here.

use leptos::prelude::*;
use weft_exchange::{FormatInfo, weft_json};
use weft_model::{ABOUT, Choice, Day, Intent, ItemId, Kind, Plan, Uid, field};
use weft_session::{Event, Notice, Place, SaveState};

use crate::browser::device;
use crate::browser::files::Parcel;
use crate::browser::hash;
use crate::browser::library::Library;
use crate::browser::profile::{author, keep_party, party_is_said};
use crate::browser::runtime::{OpenFailure, Runtime};
use crate::browser::timer::Timer;
use crate::parts;
use crate::route::{Page, Route};
use crate::ui::components::button::Button;
use crate::ui::components::notice::{Banner, Tone};
use crate::ui::desk::Face;
use crate::ui::find;
use crate::ui::folder::FolderBanner;
use crate::ui::frame::Step;
use crate::ui::frozen::FrozenDialog;
use crate::ui::me::use_me;
use crate::ui::one_file::{is_one_file, use_one_file};
use crate::ui::pages;
use crate::ui::pages::export::{hand_over, save_from_bar};
use crate::ui::reasons::{ReasonDialog, tell_guests};
use crate::ui::sentences;
use crate::ui::state::Editor;
use crate::ui::text::{say, say_with, t};

/// How long after a plan has opened the parts are fetched that its pages have
/// not needed yet, so that they are there when the connection is not.
const FETCH_REST_AFTER: u32 = 4_000;

/// How long after a plan has opened it gets ready for the first edit: the page
/// is drawn by then, and a hand is hardly at the keys.
const UNPACK_AFTER: u32 = 250;

/// Opens a plan of this device; everything made lives as long as `owner`.
pub async fn open(library: Library, plan: Uid, owner: Owner) -> Result<Face, OpenFailure> {
    let editor = owner.with(Editor::new);
    let hear = move |heard| editor.hear(heard);
    let runtime = Runtime::open(library.store(), plan, author(Some(plan)), hear).await?;
    editor.attach(runtime);
    // Said on another device, or before this one was cleared.
    if let (false, Some(party)) = (party_is_said(plan), editor.party()) {
        keep_party(plan, Some(party));
    }
    Timer::after(UNPACK_AFTER, move || editor.unpack());
    Timer::after(FETCH_REST_AFTER, parts::expect_all);
    Ok(owner.with(|| face(editor)))
}

fn face(editor: Editor) -> Face {
    let (file, me) = (use_one_file(), use_me());
    tell_where(editor);
    tell_guests(editor, me);
    let save_file = move |()| save_from_bar(editor, file, me);
    Face {
        title: Signal::derive(move || match editor.title(ABOUT) {
            title if title.is_empty() => say("home.untitled"),
            title => title,
        }),
        status: Signal::derive(move || status(&editor)),
        // Looked at after every edit, drawn only when they differ.
        save: Memo::new(move |_| file.look(&editor.saving.get())).into(),
        findings: Memo::new(move |_| open_findings(editor)).into(),
        plan: editor.id(),
        parties: Memo::new(move |_| parties(editor)).into(),
        renamed: Callback::new(move |()| editor.send(Event::Named(author(Some(editor.id()))))),
        undecided: Memo::new(move |_| {
            editor.clashes().len() + editor.unread() + editor.to_decide()
        })
        .into(),
        present: Signal::derive(move || {
            let (present, lang) = (editor.present.get(), editor.lang());
            let said = |plan: &Plan| {
                let all = present.iter();
                all.map(|it| sentences::present(plan, &lang, it)).collect()
            };
            editor.plan(said)
        }),
        undo: Step {
            ready: Memo::new(move |_| editor.undoable().is_some()).into(),
            what: Memo::new(move |_| step_name(editor, editor.named_steps().0)).into(),
            act: Callback::new(move |()| editor.undo()),
        },
        redo: Step {
            ready: Memo::new(move |_| editor.redoable().is_some()).into(),
            what: Memo::new(move |_| step_name(editor, editor.named_steps().1)).into(),
            act: Callback::new(move |()| editor.redo()),
        },
        banners: Callback::new(move |()| view! { <Banners editor=editor/> }.into_any()),
        page: Callback::new(move |page: Page| draw(editor, page)),
        find: find::of_plan(editor),
        save_file: is_one_file().then(|| Callback::new(save_file)),
        close: Callback::new(move |()| editor.detach()),
    }
}

/// Tells everybody who has the plan open, too, where this person is: what the address
/// says, which names the page and the item that is looked at.
fn tell_where(editor: Editor) {
    let route = hash::current_route();
    Effect::new(move || {
        let Some(Route::Plan { plan, page, at }) = route.get() else {
            return;
        };
        if plan != editor.id().to_string() {
            return;
        }
        let uid = at.last().and_then(|id| id.parse().ok());
        let item = uid.and_then(|uid| editor.plan(|plan| item_of(plan, uid)));
        editor.send(Event::MovedTo(Place {
            page: page.segment().to_owned(),
            item: item.map_or_else(String::new, |it| format!("{}:{}", it.kind.name(), it.uid)),
        }));
    });
}

fn item_of(plan: &Plan, uid: Uid) -> Option<ItemId> {
    let kinds = Kind::ALL.iter();
    let mut items = kinds.map(|kind| ItemId { kind: *kind, uid });
    items.find(|item| plan.is_live(*item))
}

/// One page; everything in it finds the plan as context.
fn draw(editor: Editor, page: Page) -> AnyView {
    provide_context(editor);
    match page {
        Page::Overview => view! { <pages::overview::OverviewPage/> }.into_any(),
        Page::Jobs => view! { <pages::jobs::JobsPage/> }.into_any(),
        Page::Modules => view! { <pages::modules::ModulesPage/> }.into_any(),
        Page::Weave => view! { <pages::weave::WeavePage/> }.into_any(),
        Page::Data => view! { <pages::data::DataPage/> }.into_any(),
        Page::Checks => view! { <pages::checks::ChecksPage/> }.into_any(),
        Page::Review | Page::Import | Page::Export | Page::Print => {
            pages::transfer::arriving(editor, page)
        }
    }
}

/// The parties of the plan: id and name.
fn parties(editor: Editor) -> Vec<(String, String)> {
    editor.follow(Kind::Party);
    let lang = editor.lang();
    editor.plan(|plan| {
        let all = plan.parties.iter();
        all.map(|party| {
            let name = sentences::item_name(plan, &lang, party.id.into());
            (party.id.to_string(), name)
        })
        .collect()
    })
}

fn open_findings(editor: Editor) -> usize {
    editor.follow_board();
    let today = Day::new(&device::today());
    editor.board(|board| board.finding_tally(today.as_ref()).open() as usize)
}

fn step_name(editor: Editor, intent: Option<Intent>) -> String {
    let Some(intent) = intent else {
        return String::new();
    };
    let lang = editor.lang();
    editor.plan(|plan| sentences::intent(plan, &lang, intent))
}

fn status(editor: &Editor) -> Option<String> {
    editor.follow_item(ABOUT);
    let status = editor.plan(|plan| plan.about().status)?;
    Some(sentences::choice_name(field::about::status, status.0.id()))
}

/// What the person should know about this plan, over the page.
#[component]
fn Banners(editor: Editor) -> impl IntoView {
    let failing = Memo::new(move |_| match editor.saving.get() {
        SaveState::Failing(error) => Some(error),
        SaveState::Saved | SaveState::Saving | SaveState::ReadOnly => None,
    });
    let notices = move || {
        let lang = editor.lang();
        let said = |notice: Notice| {
            let text = editor.plan(|plan| sentences::notice(plan, &lang, &notice));
            (notice, text)
        };
        let notices = editor.notices.get().into_iter();
        notices.map(said).collect::<Vec<_>>()
    };
    view! {
        <FrozenDialog editor=editor/>
        <ReasonDialog editor=editor/>
        <FolderBanner editor=editor/>
        {move || editor.thawed().map(|why| view! {
            <Banner text=Signal::derive(move || say_with("frozen.thawed", &[("why", why.clone())])) tone=Tone::Plain>
                <Button label=t("frozen.done") hint=t("frozen.done_hint") on_press=move |_| editor.freeze_again()/>
            </Banner>
        })}
        {move || failing.get().map(|error| view! {
            <Banner text=Signal::derive(move || sentences::store_error(&error)) tone=Tone::Gap>
                <Button label=t("notice.download") on_press=move |_| download_copy(&editor)/>
            </Banner>
        })}
        {move || notices().into_iter().map(|(notice, text)| view! {
            <Banner text=Signal::stored(text) tone=Tone::Caution on_close=move |()| editor.dismiss(&notice)/>
        }).collect_view()}
    }
}

/// The way out when the device cannot keep the plan: a file with all of it.
fn download_copy(editor: &Editor) {
    let whole = |format: &&FormatInfo| format.id == "weft_json";
    if let Some(format) = weft_exchange::formats().iter().find(whole) {
        // Named directly: the other formats come with another part of the program.
        let parcel = Parcel::of(&editor.plan(weft_json::export));
        let taken = parcel.is_some_and(|it| hand_over(*editor, format, "", &it));
        if !taken {
            editor.say(say("export.refused"));
        }
    }
}
