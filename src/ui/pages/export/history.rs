//! The plan going out as a Weft file: with its whole history, for partners who
//! edit along, or as it reads now, for everybody or for one party.

use leptos::prelude::*;
use weft_model::{ABOUT, PartyId};
use weft_session::Event;

use super::whom::{LeftOutWords, Whom, WhomField};
use crate::browser::files;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::head::SectionHead;
use crate::ui::components::icon::Sign;
use crate::ui::components::notice::{Note, Tone};
use crate::ui::file_name::file_name;
use crate::ui::me::use_me;
use crate::ui::profile;
use crate::ui::state::Editor;
use crate::ui::text::{say, say_with, t};

/// Hands the plan with its history to the browser; the file's name where it took
/// it. Notes that a copy has left the device.
pub fn send_history(editor: Editor) -> Option<String> {
    let title = untrack(|| editor.title(ABOUT));
    let name = file_name(&[&title], "weft");
    let bytes = editor.weft_file(profile::key().as_ref());
    let taken = files::download(&name, "application/octet-stream", &bytes);
    taken.then(|| {
        editor.send(Event::Exported);
        name
    })
}

/// Hands out the plan as it reads now, for everybody or for one party. No backup:
/// it does not hold all.
fn send_excerpt(editor: Editor, made_for: Option<PartyId>) -> Option<String> {
    let bytes = editor.excerpt_file(made_for, profile::key().as_ref())?;
    let title = untrack(|| editor.title(ABOUT));
    let part = match made_for {
        Some(party) => untrack(|| editor.title(party.into())),
        None => say("export.whom.bare_file"),
    };
    let name = file_name(&[&title, &part], "weft");
    files::download(&name, "application/octet-stream", &bytes).then_some(name)
}

/// What it is, for whom, and the download.
#[component]
pub(super) fn HistorySection(editor: Editor) -> impl IntoView {
    let told = RwSignal::new(None::<String>);
    let whom = RwSignal::new(Whom::History);
    let me = use_me();
    let hand = move || {
        let sent = match whom.get_untracked() {
            Whom::History => send_history(editor),
            Whom::Everybody => send_excerpt(editor, None),
            Whom::Party(party) => send_excerpt(editor, Some(party)),
        };
        told.set(Some(match sent {
            Some(name) => say_with("export.done", &[("file", name)]),
            None => say("export.refused"),
        }));
    };
    let about = Signal::derive(move || {
        say(match whom.get() {
            Whom::History => "export.history.about",
            Whom::Everybody | Whom::Party(_) => "export.whom.about",
        })
    });
    view! {
        <section class="export-format">
            <SectionHead title=t("export.history.title") note=Signal::stored(".weft".to_owned())/>
            <WhomField editor=editor whom=whom with_history=true/>
            <p class="export-text">{about}</p>
            <LeftOutWords editor=editor whom=whom/>
            <p class="export-text caption">{move || say(if whom.get() == Whom::History { "export.whom.history_note" } else { "export.whom.hash_note" })}</p>
            {move || told.get().map(|text| view! { <Note tone=Tone::Good>{text}</Note> })}
            <div class="acts">
                <Button label=t("export.history.act") look=Look::Primary sign=Sign::Export on_press=move |_| me.ask(hand)/>
            </div>
        </section>
    }
}
