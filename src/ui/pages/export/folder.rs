//! A folder that partners share: chosen, followed, and who writes there. Where
//! the browser lets no page into folders: one's own part out, the others' in.

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use weft_session::Untaken;
use weft_session::folder::{Follower, Trouble};

use crate::browser::drive;
use crate::browser::files::{self, Incoming};
use crate::browser::following::FolderState;
use crate::browser::{task, timer};
use crate::ui::components::button::{Button, Look};
use crate::ui::components::head::SectionHead;
use crate::ui::components::icon::Sign;
use crate::ui::components::notice::{Note, Tone};
use crate::ui::folder::{FolderRemedy, words};
use crate::ui::me::use_me;
use crate::ui::pages::home::shelf::use_shelf;
use crate::ui::pages::home::visits::is_plan;
use crate::ui::state::Editor;
use crate::ui::text::{say, say_count, say_with, t};

/// The largest part that is taken in, in bytes.
const LIMIT: u64 = 256 << 20;
/// More than this is not counted.
const COUNTED: usize = 99;

/// The section.
#[component]
pub(super) fn FolderSection(editor: Editor) -> impl IntoView {
    let told = RwSignal::new(None::<(Tone, String)>);
    let me = use_me();
    let shelf = use_shelf();
    let choose = move || {
        task::spawn(ScopedFuture::new(async move {
            let Some(following) = editor.following() else {
                return;
            };
            if following.choose().await.is_err() {
                told.set(Some((Tone::Gap, say("folder.choose_failed"))));
            }
        }));
    };
    let leave = move |_| {
        task::spawn(async move {
            if let Some(following) = editor.following() {
                following.leave().await;
            }
        });
    };
    let save = move || {
        let part = editor.following().and_then(|following| following.part());
        let Some((name, bytes)) = part else { return };
        let taken = files::download(&name, "application/octet-stream", &bytes);
        told.set(Some(if taken {
            (Tone::Good, say_with("export.done", &[("file", name)]))
        } else {
            (Tone::Gap, say("export.refused"))
        }));
    };
    let take = move |_| {
        files::pick(".weftpart,.weft,.html", true, LIMIT, move |picked| {
            let (plans, parts): (Vec<_>, Vec<_>) = picked
                .into_iter()
                .partition(|file| file.as_ref().is_ok_and(|file| is_plan(&file.name)));
            if !plans.is_empty() {
                shelf.take_files(plans);
            }
            if parts.is_empty() {
                return;
            }
            let picked = parts;
            task::spawn(async move {
                timer::breathe().await;
                told.set(Some(taken(editor, picked).await));
            });
        });
    };
    let name = move || {
        let following = editor.following();
        following.and_then(|it| it.chosen()).unwrap_or_default()
    };
    let off = Memo::new(move |_| editor.folder.get() == FolderState::Off);
    let supported = drive::supported();
    let state = move || words(&editor.folder.get(), &name());
    let rows = move || match editor.folder.get() {
        FolderState::Following { followers, .. } => {
            view! { <Followers editor=editor all=followers/> }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <section class="export-format">
            <SectionHead title=t("folder.title") note=Signal::stored(".weftpart".to_owned())/>
            <p class="export-text">{t("folder.about")}</p>
            {(!supported).then(|| view! { <p class="export-text">{t("folder.unsupported")}</p> })}
            <div role="status">
                {move || state().map(|(tone, text)| view! { <Note tone=tone>{text}</Note> })}
            </div>
            {rows}
            {move || told.get().map(|(tone, text)| view! { <Note tone=tone>{text}</Note> })}
            <div class="acts">
                <FolderRemedy editor=editor/>
                {supported.then(|| view! {
                    <Button
                        label=Signal::derive(move || say(if off.get() { "folder.choose" } else { "folder.other" }))
                        sign=Sign::Storage
                        on_press=move |_| me.ask(choose)
                    />
                })}
                <Show when=move || !off.get()>
                    <Button label=t("folder.leave") look=Look::Quiet on_press=leave/>
                </Show>
                {(!supported).then(|| view! {
                    <Button label=t("folder.save_part") sign=Sign::Export on_press=move |_| me.ask(save)/>
                    <Button label=t("folder.take") sign=Sign::Import on_press=take/>
                })}
            </div>
        </section>
    }
}

/// Who writes there, and what they have not taken in.
#[component]
fn Followers(editor: Editor, all: Vec<Follower>) -> impl IntoView {
    let alone = all.iter().all(|it| it.own);
    let rows = all.into_iter().map(|it| {
        let who = match (it.own, it.name.is_empty()) {
            (true, _) => say("folder.own"),
            (false, true) => say("folder.nameless"),
            (false, false) => it.name.clone(),
        };
        let (own, trouble) = (it.own, it.trouble);
        let version = it.version.unwrap_or_default();
        let how = move || {
            if let Some(trouble) = trouble {
                return say(trouble_key(trouble));
            }
            if own {
                return String::new();
            }
            editor.follow_board();
            if editor.lacks_some_of(&version) {
                return say("folder.waits");
            }
            let lacking = editor.done_since(&version, COUNTED).len();
            if lacking == 0 {
                say("folder.has_all")
            } else {
                say_count("folder.lacks", lacking as f64, &[])
            }
        };
        view! { <li class="folder-follower"><b>{who}</b>" "<span class="caption">{how}</span></li> }
    });
    view! {
        <h3 class="folder-who">{t("folder.who")}</h3>
        <ul class="folder-followers">{rows.collect_view()}</ul>
        {alone.then(|| view! { <p class="caption">{t("folder.nobody")}</p> })}
    }
}

fn trouble_key(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Partial | Trouble::Untaken(Untaken::Incomplete) => "folder.trouble.partial",
        Trouble::Unreadable => "folder.trouble.unreadable",
        Trouble::Untaken(Untaken::Newer) => "folder.trouble.newer",
        Trouble::Untaken(Untaken::TooLarge) => "folder.trouble.too_large",
        Trouble::Nonsense | Trouble::Untaken(Untaken::OtherPlan | Untaken::Damaged) => {
            "folder.trouble.nonsense"
        }
    }
}

/// Takes in picked files; says what came of it.
async fn taken(editor: Editor, picked: Vec<Result<Incoming, files::FileError>>) -> (Tone, String) {
    let mut unread = None;
    let mut read = Vec::new();
    for file in picked {
        match file {
            Ok(file) => read.push((file.name, file.bytes)),
            Err(
                files::FileError::TooLarge { name, .. } | files::FileError::Unreadable { name },
            ) => {
                unread.get_or_insert(name);
            }
        }
    }
    let Some(following) = editor.following() else {
        return (Tone::Gap, say("folder.took_nothing"));
    };
    let (brought, refused) = following.take_in(&read).await;
    match unread.or(refused.map(|(name, _)| name)) {
        Some(file) => (Tone::Gap, say_with("folder.not_taken", &[("file", file)])),
        None if brought == 0 => (Tone::Plain, say("folder.took_nothing")),
        None => (Tone::Good, say_count("folder.took", brought as f64, &[])),
    }
}
