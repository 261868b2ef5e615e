//! The plan going out as one web page that holds the editor too: for whoever has
//! nothing but a browser. From such a page it is how the plan is saved.

use leptos::prelude::*;
use weft_model::ABOUT;
use weft_session::Event;
use weft_session::html_file::{self, Cover};

use super::size;
use super::whom::{LeftOutWords, Whom, WhomField};
use crate::browser::itself::{self, Incomplete};
use crate::browser::{files, task};
use crate::ui::components::button::{Button, Look};
use crate::ui::components::head::SectionHead;
use crate::ui::components::icon::Sign;
use crate::ui::components::notice::{Note, Tone};
use crate::ui::file_name::file_name;
use crate::ui::me::{Me, use_me};
use crate::ui::one_file::{OneFile, is_one_file, use_one_file};
use crate::ui::profile;
use crate::ui::state::Editor;
use crate::ui::text::{language, say, say_with, t};

/// What became of it: the file's name and its size in words, or why there is none,
/// as a locale key.
pub type Saved = Result<(String, String), &'static str>;

/// Makes the page with the plan and its history and hands it to the browser.
pub async fn save_page(editor: Editor, file: OneFile) -> Saved {
    let saved = hand_out(editor, Whom::History).await;
    if saved.is_ok() {
        file.saved();
        editor.send(Event::Exported);
    }
    saved
}

/// Makes the page for somebody and hands it to the browser.
async fn hand_out(editor: Editor, whom: Whom) -> Saved {
    let program = itself::program().await.map_err(|why| match why {
        Incomplete::Fetch(_) => "single.no_answer",
        Incomplete::TooOld => "single.too_old",
        Incomplete::Elsewhere => "single.elsewhere",
    })?;
    // The plan as it is now, whatever was done while the program was coming.
    let (title, lang) = untrack(|| (editor.title(ABOUT), language().tag()));
    let cover = Cover {
        title: &title,
        lang,
        words: &say("single.no_script"),
    };
    let key = profile::key();
    let (weft, part) = match whom {
        Whom::History => (Some(editor.weft_file(key.as_ref())), None),
        Whom::Everybody => {
            let part = say("export.whom.bare_file");
            (editor.excerpt_file(None, key.as_ref()), Some(part))
        }
        Whom::Party(party) => {
            let part = untrack(|| editor.title(party.into()));
            (editor.excerpt_file(Some(party), key.as_ref()), Some(part))
        }
    };
    let weft = weft.ok_or("export.refused")?;
    let page = html_file::write(&program, &cover, &weft).map_err(|_| "single.elsewhere")?;
    let parts: Vec<&str> = [&title]
        .into_iter()
        .chain(&part)
        .map(String::as_str)
        .collect();
    let name = file_name(&parts, "html");
    if !files::download(&name, "text/html", &page) {
        return Err("export.refused");
    }
    Ok((name, untrack(|| size(page.len()).get())))
}

/// Saves from the bar at the top: asks once who the person is.
pub fn save_from_bar(editor: Editor, file: OneFile, me: Me) {
    let act = move || {
        task::spawn(async move {
            let text = match save_page(editor, file).await {
                Ok((name, _)) => say_with("single.saved", &[("file", name)]),
                Err(key) => say(key),
            };
            editor.say(text);
        });
    };
    if file.asks_who() { me.ask(act) } else { act() }
}

/// What it is, for whom, and the button.
#[component]
pub(super) fn SingleSection(editor: Editor) -> impl IntoView {
    let whom = RwSignal::new(Whom::History);
    let told = RwSignal::new(None::<(Tone, String)>);
    let busy = RwSignal::new(false);
    let (me, file) = (use_me(), use_one_file());
    let hand = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        told.set(None);
        task::spawn(async move {
            let made = match whom.get_untracked() {
                Whom::History => save_page(editor, file).await,
                part => hand_out(editor, part).await,
            };
            let text = match made {
                Ok((name, size)) => {
                    let values = [("file", name), ("size", size)];
                    (Tone::Good, say_with("single.done", &values))
                }
                Err(key) => (Tone::Gap, say(key)),
            };
            // The page may be gone by now.
            told.try_set(Some(text));
            busy.try_set(false);
        });
    };
    let (about, act) = if is_one_file() {
        ("single.about_here", "single.act_here")
    } else {
        ("single.about", "single.act")
    };
    // What leaves something out is no copy of this page.
    let all = move || whom.get() == Whom::History;
    let label = Signal::derive(move || say(if all() { act } else { "single.act" }));
    let press = move |_| {
        file.asks_who();
        me.ask(hand);
    };
    view! {
        <section class="export-format">
            <SectionHead title=t("single.title") note=Signal::stored(".html".to_owned())/>
            <WhomField editor=editor whom=whom with_history=true/>
            <p class="export-text">{move || say(if all() { about } else { "single.about_part" })}</p>
            <LeftOutWords editor=editor whom=whom/>
            <div role="status">
                {move || busy.get().then(|| view! { <Note tone=Tone::Plain>{say("single.making")}</Note> })}
                {move || told.get().map(|(tone, text)| view! { <Note tone=tone>{text}</Note> })}
            </div>
            <div class="acts">
                <Button label=label look=Look::Plain sign=Sign::Export disabled=busy on_press=press/>
            </div>
        </section>
    }
}
