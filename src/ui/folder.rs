//! How it stands with the folder that a plan shares: in words, and as a line over every
//! page where something keeps changes from coming or going.

use leptos::prelude::*;

use crate::browser::drive::DriveError;
use crate::browser::following::FolderState;
use crate::browser::{hash, task};
use crate::route::{Page, Route};
use crate::ui::components::button::Button;
use crate::ui::components::notice::{Banner, Tone};
use crate::ui::state::Editor;
use crate::ui::text::{say_with, t};

/// How it stands, in a sentence.
pub fn words(state: &FolderState, name: &str) -> Option<(Tone, String)> {
    let say = |key| say_with(key, &[("name", name.to_owned())]);
    Some(match state {
        FolderState::Off => return None,
        FolderState::Looking => (Tone::Plain, say("folder.looking")),
        FolderState::Elsewhere => (Tone::Plain, say("folder.elsewhere")),
        FolderState::Asks => (Tone::Caution, say("folder.asks")),
        FolderState::Silent => (Tone::Caution, say("folder.silent")),
        FolderState::Lost(error) => {
            let key = match error {
                DriveError::Denied => "folder.lost.denied",
                DriveError::Gone => "folder.lost.gone",
                DriveError::Full | DriveError::Busy | DriveError::Moved | DriveError::Failed => {
                    "folder.lost.failed"
                }
            };
            (Tone::Caution, say(key))
        }
        FolderState::Following {
            unwritten: Some(error),
            ..
        } => {
            let key = match error {
                DriveError::Denied => "folder.unwritten.denied",
                DriveError::Full => "folder.unwritten.full",
                DriveError::Gone | DriveError::Busy | DriveError::Moved | DriveError::Failed => {
                    "folder.unwritten.failed"
                }
            };
            (Tone::Caution, say(key))
        }
        FolderState::Following { slow: true, .. } => (Tone::Caution, say("folder.slow")),
        FolderState::Following { .. } => (Tone::Good, say("folder.following")),
    })
}

/// What a person can do about it.
#[component]
pub fn FolderRemedy(
    /// The open plan.
    editor: Editor,
) -> impl IntoView {
    let state = editor.folder;
    let asks = Memo::new(move |_| {
        state.with(|it| {
            matches!(
                it,
                FolderState::Asks | FolderState::Lost(DriveError::Denied)
            )
        })
    });
    let silent = Memo::new(move |_| state.with(|it| *it == FolderState::Silent));
    let permit = move |_| {
        task::spawn(async move {
            if let Some(following) = editor.following() {
                following.permit().await;
            }
        });
    };
    let again = move |_| {
        if let Some(following) = editor.following() {
            following.start();
        }
    };
    view! {
        <Show when=move || asks.get()>
            <Button label=t("folder.permit") on_press=permit/>
        </Show>
        <Show when=move || silent.get()>
            <Button label=t("folder.again") on_press=again/>
        </Show>
    }
}

/// The line; on Export the folder speaks for itself.
#[component]
pub fn FolderBanner(
    /// The open plan.
    editor: Editor,
) -> impl IntoView {
    let route = hash::current_route();
    let closed = RwSignal::new(None::<String>);
    let trouble = Memo::new(move |_| {
        let state = editor.folder.get();
        let keeps_out = matches!(
            state,
            FolderState::Asks
                | FolderState::Silent
                | FolderState::Lost(_)
                | FolderState::Following {
                    unwritten: Some(_),
                    ..
                }
        );
        let following = keeps_out.then(|| editor.following())??;
        let name = following.chosen().unwrap_or_default();
        words(&state, &name).map(|(_, text)| text)
    });
    // Mended, and broken again, it is news.
    Effect::new(move || {
        if trouble.with(Option::is_none) {
            closed.set(None);
        }
    });
    let shown = Memo::new(move |_| {
        let elsewhere = !matches!(
            route.get(),
            Some(Route::Plan {
                page: Page::Export,
                ..
            })
        );
        let text = trouble.get().filter(|_| elsewhere)?;
        (closed.get().as_ref() != Some(&text)).then_some(text)
    });
    move || {
        shown.get().map(|text| {
            let close = text.clone();
            view! {
                <Banner text=Signal::stored(text) tone=Tone::Caution on_close=move |()| closed.set(Some(close.clone()))>
                    <FolderRemedy editor=editor/>
                </Banner>
            }
        })
    }
}
