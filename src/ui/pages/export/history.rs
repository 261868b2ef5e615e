//! The plan going out with its whole history, for partners who edit along.

use leptos::prelude::*;
use weft_model::ABOUT;
use weft_session::Event;

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

/// What it is, and the download.
#[component]
pub(super) fn HistorySection(editor: Editor) -> impl IntoView {
    let told = RwSignal::new(None::<String>);
    let me = use_me();
    let hand = move || {
        told.set(Some(match send_history(editor) {
            Some(name) => say_with("export.done", &[("file", name)]),
            None => say("export.refused"),
        }));
    };
    view! {
        <section class="export-format">
            <SectionHead title=t("export.history.title") note=Signal::stored(".weft".to_owned())/>
            <p class="export-text">{t("export.history.about")}</p>
            {move || told.get().map(|text| view! { <Note tone=Tone::Good>{text}</Note> })}
            <div class="acts">
                <Button label=t("export.history.act") look=Look::Primary sign=Sign::Export on_press=move |_| me.ask(hand)/>
            </div>
        </section>
    }
}
