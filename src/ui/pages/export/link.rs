//! The plan in a link and in a code for a phone: whole, without its history,
//! locked with a passphrase if wanted. No server sees what is in it.

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};
use weft_exchange::link::{LONG, TOO_LONG, pack, to_text};
use weft_exchange::weft_json::{self, ExportOptions};

use super::whom::{LeftOutWords, Whom, WhomField};
use crate::browser::secret::{LockError, lock};
use crate::browser::{clipboard, hash, task};
use crate::route::Route;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::field::TextField;
use crate::ui::components::head::SectionHead;
use crate::ui::components::icon::Sign;
use crate::ui::components::notice::{Note, Tone};
use crate::ui::me::use_me;
use crate::ui::pages::home::making::{LOCKED, PLAIN};
use crate::ui::past::voice;
use crate::ui::state::Editor;
use crate::ui::text::{number, say, say_with, t};

/// The longest link that a code holds, in letters.
const IN_A_CODE: usize = 2_900;

/// What is said about the link that was made.
#[derive(Clone, PartialEq)]
struct Said {
    tone: Tone,
    words: String,
    /// The link, where it may be passed on.
    link: Option<String>,
}

/// The section.
#[component]
pub(super) fn LinkSection(editor: Editor) -> impl IntoView {
    let passphrase = RwSignal::new(String::new());
    let said = RwSignal::new(None::<Said>);
    let busy = RwSignal::new(false);
    let whom = RwSignal::new(Whom::Everybody);
    // Another choice makes another link.
    Effect::watch(move || whom.get(), move |_, _, _| said.set(None), false);
    let me = use_me();
    let make = move || {
        if busy.get_untracked() {
            return;
        }
        let (words, whom) = (passphrase.get_untracked(), whom.get_untracked());
        busy.set(true);
        task::spawn(async move {
            let made = made(editor, whom, &words).await;
            // The page may be gone by now.
            busy.try_set(false);
            said.try_set(Some(match made {
                Ok(link) => judged(link),
                Err(_) => Said {
                    tone: Tone::Gap,
                    words: say("link.no_crypto"),
                    link: None,
                },
            }));
        });
    };
    let link = move || said.with(|said| said.as_ref().and_then(|said| said.link.clone()));
    let copied = RwSignal::new(false);
    let copy = move |_| {
        if let Some(link) = link() {
            clipboard::copy(&link, move |done| copied.set(done));
        }
    };
    view! {
            <section class="export-format">
                <SectionHead title=t("link.title") note=Signal::stored(String::new())/>
                <p class="export-text">{t("link.about")}</p>
                <WhomField editor=editor whom=whom with_history=false/>
                <Show when=move || whom.get().party().is_some()>
                    <LeftOutWords editor=editor whom=whom/>
                </Show>
                <div class="link-make">
                    <TextField label=t("link.passphrase") value=passphrase kind="password" hint=t("link.passphrase_hint")
                        on_commit=move |it| { passphrase.set(it); said.set(None); copied.set(false); }/>
                    // Above what it makes: that comes and goes.
                    <Button label=t("link.make") look=Look::Primary sign=Sign::Link disabled=busy on_press=move |_| me.ask(make)/>
                </div>
                <div role="status">
                    {move || said.get().map(|said| view! { <Note tone=said.tone>{said.words}</Note> })}
                    {move || copied.get().then(|| view! { <Note tone=Tone::Good>{say("link.copied")}</Note> })}
                </div>
                {move || link().map(|link| view! {
                    <input class="field-input link-text" readonly=true prop:value=link.clone() aria-label=say("link.title")
    />
                    {code(&link)}
                })}
                <div class="acts">
                    <Show when=move || link().is_some()>
                        <Button label=t("link.copy") sign=Sign::Copy on_press=copy/>
                    </Show>
                </div>
            </section>
        }
}

async fn made(editor: Editor, whom: Whom, passphrase: &str) -> Result<String, LockError> {
    // An excerpt goes back under the name of the plan that it was taken from,
    // and says for whom that was made: what it never held is not taken away.
    let origin = editor.origin();
    let made_for = origin.as_ref().and_then(|it| it.made_for);
    let other = whom.party().is_some() && made_for.is_some() && whom.party() != made_for;
    let plan = match origin {
        Some(origin) if !other => origin.plan,
        _ => editor.id(),
    };
    let options = ExportOptions {
        deleted: false,
        reader: whom.party().or(made_for),
    };
    let file = editor.plan(|plan| weft_json::export_with(plan, options));
    let authors = editor.authors();
    let known = |id| authors.get(&id).map(voice);
    let packed = pack(plan, &weft_json::with_voices(&file, editor.voice(), known));
    let payload = if passphrase.is_empty() {
        format!("{PLAIN}{}", to_text(&packed))
    } else {
        format!("{LOCKED}{}", to_text(&lock(passphrase, &packed).await?))
    };
    Ok(format!(
        "{}{}",
        hash::base(),
        Route::Open { payload }.href()
    ))
}

fn judged(link: String) -> Said {
    let length = link.chars().count();
    let all = [("n", number(length as f64))];
    if length > TOO_LONG {
        return Said {
            tone: Tone::Gap,
            words: say_with("link.too_long", &all),
            link: None,
        };
    }
    let (tone, key) = if length > LONG {
        (Tone::Caution, "link.long")
    } else {
        (Tone::Good, "link.made")
    };
    Said {
        tone,
        words: say_with(key, &all),
        link: Some(link),
    }
}

/// The code, where the link fits into one.
fn code(link: &str) -> AnyView {
    let short = link.len() <= IN_A_CODE;
    let code = short
        .then(|| QrCode::encode_text(link, QrCodeEcc::Low).ok())
        .flatten();
    let Some(code) = code else {
        return view! { <p class={"caption"}>{say("link.no_code")}</p> }.into_any();
    };
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        for x in (0..size).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{x} {y}h1v1h-1z"));
        }
    }
    let view_box = format!("-4 -4 {0} {0}", size + 8);
    view! {
        <svg class="link-code" viewBox=view_box role="img" aria-label=say("link.code")>
            <path d=path></path>
        </svg>
    }
    .into_any()
}
