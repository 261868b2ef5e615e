//! Reading a code that holds a plan in a link: out of a picture that is chosen,
//! dropped or pasted, or with the camera.

use leptos::html;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use weft_exchange::qr;

use super::shelf::{FILE_LIMIT, Shelf};
use super::words::{self, Trouble};
use crate::browser::camera::{Camera, CameraError, Grey, grey_of};
use crate::browser::{files, task, timer};
use crate::ui::components::button::{Button, Look};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::icon::Sign;
use crate::ui::components::notice::{Note, Tone};
use crate::ui::text::{say, t};

/// Between two looks through the camera, in milliseconds.
const LOOK: u32 = 160;
/// The longer side of what is looked at, in pixels. A large picture is looked at
/// again when it is smaller: then its noise is gone.
const SIDES: [f64; 3] = [1_600.0, 900.0, 500.0];
/// The same of a picture of the camera.
const CAMERA_SIDE: f64 = 1_000.0;
/// How links to plans go on behind the address of the program.
const OPEN: &str = "#/open/";

/// What stands in a link within the words of a code.
fn payload(words: &str) -> Option<String> {
    let (_, payload) = words.split_once(OPEN)?;
    let payload = payload.trim();
    (!payload.is_empty()).then(|| payload.to_owned())
}

fn read(grey: &Grey) -> Result<String, Trouble> {
    let found = qr::read(grey.width, grey.height, &grey.bytes);
    if let Some(payload) = found.iter().find_map(|words| payload(words)) {
        return Ok(payload);
    }
    Err(match found.into_iter().next() {
        Some(words) => Trouble::ForeignCode(words.chars().take(60).collect()),
        None => Trouble::NoCode,
    })
}

/// What stands in the link of a code in a picture file.
pub async fn payload_in(picture: Vec<u8>) -> Result<String, Trouble> {
    let mut trouble = Trouble::NoCode;
    for side in SIDES {
        let grey = grey_of(&picture, side).await.ok_or(Trouble::NoPicture)?;
        match read(&grey) {
            Ok(payload) => return Ok(payload),
            Err(foreign @ Trouble::ForeignCode(_)) => trouble = foreign,
            Err(_) => {}
        }
        timer::breathe().await;
    }
    Err(trouble)
}

/// Draws the dialog.
pub fn dialog(shelf: Shelf) -> AnyView {
    let open = shelf.reading();
    let foot = move || {
        view! { <Button label=t("act.cancel") look=Look::Quiet on_press=move |_| open.set(false)/> }
            .into_any()
    };
    view! {
        <Dialog open=open title=t("code.title") foot=foot>
            <Reader shelf=shelf/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn Reader(shelf: Shelf) -> impl IntoView {
    let told = RwSignal::new(None::<(Tone, String)>);
    let on = RwSignal::new(false);
    let video = NodeRef::<html::Video>::new();
    let camera = StoredValue::new_local(None::<Camera>);
    let stop = move || {
        on.set(false);
        camera.set_value(None);
    };
    on_cleanup(move || {
        // The light beside the lens goes out with the dialog.
        camera.try_update_value(Option::take);
    });
    let take = move |files: Vec<Result<files::Incoming, files::FileError>>| {
        let Some(first) = files.into_iter().next() else {
            return;
        };
        task::spawn(ScopedFuture::new(async move {
            let read = match first {
                Ok(file) => payload_in(file.bytes).await,
                Err(error) => Err(error.into()),
            };
            match read {
                Ok(payload) => shelf.open_read(payload),
                Err(trouble) => {
                    told.try_set(Some((Tone::Caution, words::trouble(&trouble))));
                }
            }
        }));
    };
    let choose = move |_| files::pick("image/*", false, FILE_LIMIT, take);
    let pasting = window_event_listener(leptos::ev::paste, move |event| {
        if files::pasted(&event, FILE_LIMIT, |_| true, take) {
            event.prevent_default();
        }
    });
    on_cleanup(move || pasting.remove());
    let look = move |_| {
        on.set(true);
        told.set(Some((Tone::Plain, say("code.starting"))));
        task::spawn(ScopedFuture::new(async move {
            timer::breathe().await;
            let Some(element) = video.try_get_untracked().flatten() else {
                return;
            };
            match Camera::start(element).await {
                Ok(started) => {
                    // Closed meanwhile: what was started ends here.
                    if camera.try_set_value(Some(started)).is_some() {
                        return;
                    }
                    told.try_set(Some((Tone::Plain, say("code.hold"))));
                }
                Err(error) => {
                    on.try_set(false);
                    told.try_set(Some((Tone::Caution, camera_words(error))));
                    return;
                }
            }
            loop {
                let seen = camera.try_with_value(|it| it.as_ref().map(|it| it.look(CAMERA_SIDE)));
                let Some(Some(grey)) = seen else { return };
                match grey.as_ref().map(read) {
                    Some(Ok(payload)) => {
                        stop();
                        shelf.open_read(payload);
                        return;
                    }
                    Some(Err(foreign @ Trouble::ForeignCode(_))) => {
                        told.try_set(Some((Tone::Caution, words::trouble(&foreign))));
                    }
                    _ => {}
                }
                timer::wait(LOOK).await;
            }
        }));
    };
    view! {
        <div class="code-reader">
            <p class="code-text">{t("code.text")}</p>
            <video class="code-camera" hidden=move || !on.get() node_ref=video autoplay=true playsinline=true
                prop:muted=true aria-label=t("code.camera_picture")></video>
            <div role="status">
                {move || told.get().map(|(tone, text)| view! { <Note tone=tone>{text}</Note> })}
            </div>
            <div class="acts">
                <Button label=t("code.choose") look=Look::Primary sign=Sign::Folder on_press=choose/>
                <Show when=move || on.get() fallback=move || view! {
                    <Button label=t("code.camera") on_press=look/>
                }>
                    <Button label=t("code.stop") on_press=move |_| { stop(); told.set(None); }/>
                </Show>
            </div>
        </div>
    }
}

fn camera_words(error: CameraError) -> String {
    say(match error {
        CameraError::Unsupported => "code.unsupported",
        CameraError::Denied => "code.denied",
        CameraError::NoCamera => "code.no_camera",
        CameraError::Busy => "code.busy",
    })
}
