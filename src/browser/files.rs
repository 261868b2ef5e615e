//! Files out (download) and in (a chooser, a drop). Bytes only: what they
//! mean is for others, and every file is hostile until proven otherwise.

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, DragEvent, Event, File, HtmlAnchorElement, HtmlInputElement, Url};

/// A file that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Its name, without a folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A file that was chosen and not read: a handle, which is cheap to copy and to
/// give to a Worker.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// Its name, without a folder.
    pub name: String,
    pub(super) blob: Blob,
}

impl Chosen {
    /// Bytes that are here already, such as pasted ones, as if from a file;
    /// nothing where the browser has no room for them.
    #[must_use]
    pub fn of(name: &str, bytes: &[u8]) -> Option<Self> {
        let parts = Array::of1(&Uint8Array::from(bytes));
        Some(Self {
            name: name.to_owned(),
            blob: Blob::new_with_u8_array_sequence(&parts).ok()?,
        })
    }
}

/// Reads files that were chosen, for those who need the bytes here.
pub async fn read_chosen(
    files: Vec<Result<Chosen, FileError>>,
) -> Vec<Result<Incoming, FileError>> {
    let mut read = Vec::with_capacity(files.len());
    for file in files {
        read.push(match file {
            Err(error) => Err(error),
            Ok(Chosen { name, blob }) => match JsFuture::from(blob.array_buffer()).await {
                Ok(buffer) => Ok(Incoming {
                    name,
                    bytes: Uint8Array::new(&buffer).to_vec(),
                }),
                Err(_) => Err(FileError::Unreadable { name }),
            },
        });
    }
    read
}

/// Why a file did not come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    /// It is larger than the limit, in bytes.
    TooLarge {
        /// Its name.
        name: String,
        /// The limit, in bytes.
        limit: u64,
    },
    /// The browser could not read it: moved, deleted or not permitted.
    Unreadable {
        /// Its name.
        name: String,
    },
}

/// A file that goes out. Its bytes lie with the browser, so that a Worker can have
/// made them and this program never holds them; cheap to copy.
#[derive(Debug, Clone, PartialEq)]
pub struct Parcel(pub(super) Blob);

impl Parcel {
    /// Of bytes that are here; nothing where the browser has no room for them.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let parts = Array::of1(&Uint8Array::from(bytes));
        Blob::new_with_u8_array_sequence(&parts).ok().map(Self)
    }

    /// An address within this page, to be linked or downloaded. `kind` is the media
    /// type.
    fn url(&self, kind: &str) -> Result<String, JsValue> {
        let size = self.0.size();
        let typed = self
            .0
            .slice_with_f64_and_f64_and_content_type(0.0, size, kind)?;
        Url::create_object_url_with_blob(&typed)
    }
}

/// Offers bytes as a file with this name; `kind` is the media type. Says
/// whether the browser took it; where it then goes is the person's choice.
pub fn download(name: &str, kind: &str, bytes: &[u8]) -> bool {
    Parcel::of(bytes).is_some_and(|parcel| hand_over(name, kind, &parcel))
}

/// The same with bytes that lie with the browser.
pub fn hand_over(name: &str, kind: &str, parcel: &Parcel) -> bool {
    let Ok(url) = parcel.url(kind) else {
        return false;
    };
    let Some(link) = document()
        .create_element("a")
        .ok()
        .and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok())
    else {
        return false;
    };
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // Revoked late: Safari starts the download after this task.
    super::timer::Timer::after(60_000, move || drop(Url::revoke_object_url(&url)));
    true
}

/// A link to bytes that works without this program, for the last-resort screen.
pub(super) fn lasting_link(name: &str, bytes: &[u8]) -> Option<HtmlAnchorElement> {
    let link: HtmlAnchorElement = document().create_element("a").ok()?.dyn_into().ok()?;
    let url = Parcel::of(bytes)?.url("application/octet-stream");
    link.set_href(&url.ok()?);
    link.set_download(name);
    Some(link)
}

/// Opens the file chooser. `accept` is a list such as ".csv,.tsv,.json"; each
/// file larger than `limit` bytes is refused unread. `done` is not called when
/// the person chooses nothing. Call from a click: browsers refuse otherwise.
pub fn pick(
    accept: &str,
    several: bool,
    limit: u64,
    done: impl Fn(Vec<Result<Incoming, FileError>>) + 'static,
) {
    let done = std::rc::Rc::new(done);
    pick_files(accept, several, move |files| {
        let done = done.clone();
        spawn_local(async move { done(read_all(files, limit).await) });
    });
}

/// The same, without reading the files.
pub fn choose(accept: &str, limit: u64, done: impl Fn(Vec<Result<Chosen, FileError>>) + 'static) {
    pick_files(accept, true, move |files| done(as_chosen(files, limit)));
}

fn pick_files(accept: &str, several: bool, done: impl Fn(Vec<File>) + 'static) {
    let Some(input) = document()
        .create_element("input")
        .ok()
        .and_then(|it| it.dyn_into::<HtmlInputElement>().ok())
    else {
        return;
    };
    input.set_type("file");
    input.set_accept(accept);
    input.set_multiple(several);
    let chosen = input.clone();
    let changed = Closure::<dyn Fn(Event)>::new(move |_| {
        done(chosen.files().map(listed).unwrap_or_default());
    });
    input.set_onchange(Some(changed.as_ref().unchecked_ref()));
    // Freed with the input: a chooser that is dismissed never tells.
    changed.forget();
    input.click();
}

/// Whether a drag carries files (and not a module card of our own).
#[must_use]
pub fn carries_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| {
        data.types()
            .iter()
            .any(|kind| kind.as_string().as_deref() == Some("Files"))
    })
}

/// Reads the files of a drop, as [`pick`] does. Call `prevent_default` on
/// `dragover` and `drop`, or the browser opens the file itself.
pub fn dropped(
    event: &DragEvent,
    limit: u64,
    done: impl FnOnce(Vec<Result<Incoming, FileError>>) + 'static,
) {
    let files = in_drop(event);
    spawn_local(async move { done(read_all(files, limit).await) });
}

/// The files of a drop, without reading them.
#[must_use]
pub fn chosen_by_drop(event: &DragEvent, limit: u64) -> Vec<Result<Chosen, FileError>> {
    as_chosen(in_drop(event), limit)
}

fn in_drop(event: &DragEvent) -> Vec<File> {
    let files = event.data_transfer().and_then(|data| data.files());
    files.map(listed).unwrap_or_default()
}

fn as_chosen(files: Vec<File>, limit: u64) -> Vec<Result<Chosen, FileError>> {
    let one = |file: File| {
        let name = file.name();
        if is_too_large(&file, limit) {
            return Err(FileError::TooLarge { name, limit });
        }
        let blob = file.into();
        Ok(Chosen { name, blob })
    };
    files.into_iter().map(one).collect()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "limits are far below 2^52 bytes"
)]
fn is_too_large(file: &File, limit: u64) -> bool {
    file.size() > limit as f64
}

/// Reads the files of a paste, as [`pick`] does; says whether there are any, all of
/// them with names that are `wanted`.
pub fn pasted(
    event: &web_sys::ClipboardEvent,
    limit: u64,
    wanted: impl Fn(&str) -> bool,
    done: impl FnOnce(Vec<Result<Incoming, FileError>>) + 'static,
) -> bool {
    let files = event
        .clipboard_data()
        .and_then(|data| data.files())
        .map(listed)
        .unwrap_or_default();
    if files.is_empty() || !files.iter().all(|file| wanted(&file.name())) {
        return false;
    }
    spawn_local(async move { done(read_all(files, limit).await) });
    true
}

/// Whether a name is that of a picture that browsers show.
#[must_use]
pub fn is_picture(name: &str) -> bool {
    let endings = [
        ".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".avif", ".heic",
    ];
    let name = name.to_lowercase();
    endings.iter().any(|ending| name.ends_with(ending))
}

fn listed(list: web_sys::FileList) -> Vec<File> {
    (0..list.length()).filter_map(|at| list.item(at)).collect()
}

async fn read_all(files: Vec<File>, limit: u64) -> Vec<Result<Incoming, FileError>> {
    let mut read = Vec::with_capacity(files.len());
    for file in files {
        let name = file.name();
        read.push(if is_too_large(&file, limit) {
            Err(FileError::TooLarge { name, limit })
        } else {
            match JsFuture::from(file.array_buffer()).await {
                Ok(buffer) => Ok(Incoming {
                    name,
                    bytes: Uint8Array::new(&buffer).to_vec(),
                }),
                Err(_) => Err(FileError::Unreadable { name }),
            }
        });
    }
    read
}
