//! The key as a file, to take it to another device, and back.

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use serde::{Deserialize, Serialize};

use super::{put, read};
use crate::browser::files::{self, Incoming};
use crate::browser::profile::Profile;
use crate::browser::secret::{LockError, lock, unlock};
use crate::browser::task;
use crate::ui::components::button::Button;
use crate::ui::components::field::TextField;
use crate::ui::components::notice::{Note, Tone};
use crate::ui::file_name::file_name;
use crate::ui::text::{say, t};

/// The largest file that is looked at.
const LIMIT: u64 = 64 << 10;

/// The file: JSON, the secret plain or locked with a passphrase.
#[derive(Serialize, Deserialize)]
struct KeyFile {
    weft_key: u8,
    uid: String,
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    role: String,
    #[serde(default)]
    colour: u8,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    seed: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    locked: Vec<u8>,
}

/// The two buttons and the passphrase.
#[component]
pub(super) fn Backup(mine: RwSignal<Profile>) -> impl IntoView {
    let passphrase = RwSignal::new(String::new());
    let said = RwSignal::new(None::<(Tone, &'static str)>);
    let save = move |_| {
        let (mine, words) = (mine.get_untracked(), passphrase.get_untracked());
        task::spawn(ScopedFuture::new(async move {
            said.set(Some(match write(&mine, &words).await {
                Ok(bytes) => {
                    let name = file_name(&[&mine.name, "weft-key"], "json");
                    if files::download(&name, "application/json", &bytes) {
                        (Tone::Good, "me.key_saved")
                    } else {
                        (Tone::Gap, "export.refused")
                    }
                }
                Err(error) => (Tone::Gap, word(error)),
            }));
        }));
    };
    let take = move |found: Vec<Result<Incoming, files::FileError>>| {
        let Some(Ok(file)) = found.into_iter().next() else {
            said.set(Some((Tone::Gap, "me.no_key")));
            return;
        };
        let words = passphrase.get_untracked();
        task::spawn(ScopedFuture::new(async move {
            match open(&file.bytes, &words).await {
                Ok((file, seed)) => {
                    mine.update(|mine| {
                        mine.uid = file.uid;
                        if mine.name.is_empty() {
                            mine.name = file.name;
                        }
                        if mine.role.is_empty() {
                            mine.role = file.role;
                        }
                        if mine.colour == 0 {
                            mine.colour = file.colour;
                        }
                        if let Some(key) = read(&seed) {
                            put(mine, &key);
                        }
                    });
                    said.set(Some((Tone::Good, "me.key_loaded")));
                }
                Err(key) => said.set(Some((Tone::Gap, key))),
            }
        }));
    };
    let load = move |_| files::pick(".json,application/json", false, LIMIT, take);
    view! {
        <div class="me-backup">
            <TextField label=t("me.passphrase") value=passphrase on_commit=move |it| passphrase.set(it)
                hint=t("me.passphrase_hint") kind="password"/>
            <div class="acts">
                <Button label=t("me.save_key") on_press=save/>
                <Button label=t("me.load_key") on_press=load/>
            </div>
            <div role="status">
                {move || said.get().map(|(tone, key)| view! { <Note tone=tone>{say(key)}</Note> })}
            </div>
        </div>
    }
}

fn word(error: LockError) -> &'static str {
    match error {
        LockError::Unavailable => "me.no_crypto",
        LockError::WrongPassphrase => "me.wrong_passphrase",
        LockError::Newer => "me.newer_key",
    }
}

async fn write(mine: &Profile, passphrase: &str) -> Result<Vec<u8>, LockError> {
    let mut file = KeyFile {
        weft_key: 1,
        uid: mine.uid.clone(),
        name: mine.name.clone(),
        role: mine.role.clone(),
        colour: mine.colour,
        seed: String::new(),
        locked: Vec::new(),
    };
    if passphrase.is_empty() {
        file.seed.clone_from(&mine.seed);
    } else {
        file.locked = lock(passphrase, mine.seed.as_bytes()).await?;
    }
    Ok(serde_json::to_vec_pretty(&file).unwrap_or_default())
}

/// The file and the secret.
async fn open(bytes: &[u8], passphrase: &str) -> Result<(KeyFile, String), &'static str> {
    let file: KeyFile = serde_json::from_slice(bytes).map_err(|_| "me.no_key")?;
    if file.weft_key > 1 {
        return Err("me.newer_key");
    }
    let seed = if file.locked.is_empty() {
        file.seed.clone()
    } else if passphrase.is_empty() {
        return Err("me.needs_passphrase");
    } else {
        let seed = unlock(passphrase, &file.locked).await.map_err(word)?;
        String::from_utf8(seed).map_err(|_| "me.no_key")?
    };
    let whole = read(&seed).is_some() && file.uid.parse::<weft_model::Uid>().is_ok();
    if whole {
        Ok((file, seed))
    } else {
        Err("me.no_key")
    }
}
