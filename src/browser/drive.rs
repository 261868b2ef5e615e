//! A folder on this device or its network that the person chose: listed, read
//! and written through the File System Access API. Bytes and names only.
//!
//! Opening the chooser, asking for permission and keeping a folder over sessions
//! are not in web-sys' stable API: they are called by name.

use js_sys::{Array, Function, IteratorNext, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, File, FileSystemCreateWritableOptions, FileSystemDirectoryHandle,
    FileSystemFileHandle, FileSystemGetFileOptions, FileSystemWritableFileStream, IdbDatabase,
    IdbOpenDbRequest,
};
use weft_session::folder::Listed;

/// Why the folder does not do what is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DriveError {
    /// The person or the browser does not permit it.
    Denied,
    /// The folder, or the file in it, is not there.
    Gone,
    /// There is no room.
    Full,
    /// It is in use by another program.
    Busy,
    /// It is not as it was when it was looked at.
    Moved,
    /// Anything else.
    Failed,
}

/// Whether the browser permits it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Yes.
    Granted,
    /// It wants to ask the person first.
    Prompt,
    /// No.
    Denied,
}

/// A folder.
#[derive(Clone, Debug)]
pub struct Drive(FileSystemDirectoryHandle);

/// Whether this browser lets a page into folders.
pub fn supported() -> bool {
    chooser().is_some()
}

fn chooser() -> Option<Function> {
    let window = web_sys::window()?;
    let choose = Reflect::get(&window, &"showDirectoryPicker".into()).ok()?;
    choose.dyn_into().ok()
}

impl Drive {
    /// Lets the person choose a folder; nothing where they think better of it.
    /// Call from a click: browsers refuse otherwise.
    pub async fn choose() -> Result<Option<Self>, DriveError> {
        let (Some(choose), Some(window)) = (chooser(), web_sys::window()) else {
            return Err(DriveError::Denied);
        };
        let options = Object::new();
        set(&options, "id", "weft");
        set(&options, "mode", "readwrite");
        let chosen = choose.call1(&window, &options).map_err(named)?;
        match JsFuture::from(Promise::resolve(&chosen)).await {
            Ok(handle) => Ok(Some(Self(handle.unchecked_into()))),
            Err(error) if is(&error, "AbortError") => Ok(None),
            Err(error) => Err(named(error)),
        }
    }

    /// Its name, without where it lies.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Whether it may be read and written; with `ask` the person is asked where
    /// that is needed, which only works from a click.
    pub async fn permission(&self, write: bool, ask: bool) -> Permission {
        let options = Object::new();
        set(&options, "mode", if write { "readwrite" } else { "read" });
        let verb = if ask {
            "requestPermission"
        } else {
            "queryPermission"
        };
        let Some(query) = Reflect::get(&self.0, &verb.into())
            .ok()
            .and_then(|it| it.dyn_into::<Function>().ok())
        else {
            // A folder of the browser's own needs none.
            return Permission::Granted;
        };
        let answer = match query.call1(&self.0, &options) {
            Ok(promise) => JsFuture::from(Promise::resolve(&promise)).await,
            Err(error) => Err(error),
        };
        match answer.ok().and_then(|it| it.as_string()).as_deref() {
            Some("granted") => Permission::Granted,
            Some("prompt") => Permission::Prompt,
            _ => Permission::Denied,
        }
    }

    /// The files whose names `wanted` takes.
    pub async fn list(&self, wanted: impl Fn(&str) -> bool) -> Result<Vec<Listed>, DriveError> {
        let values = self.0.values();
        let mut all = Vec::new();
        loop {
            let next = values.next().map_err(named)?;
            let next = JsFuture::from(Promise::resolve(&next)).await;
            let next: IteratorNext = next.map_err(named)?.unchecked_into();
            if next.done() {
                return Ok(all);
            }
            let Ok(handle) = next.value().dyn_into::<FileSystemFileHandle>() else {
                continue;
            };
            if !wanted(&handle.name()) {
                continue;
            }
            // One that goes away meanwhile is not there; any other failure must
            // not look like that.
            match file_of(&handle).await {
                Ok(file) => all.push(Listed {
                    name: handle.name(),
                    size: file.size() as u64,
                    changed: file.last_modified() as i64,
                }),
                Err(DriveError::Gone) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// A file's bytes from this place on.
    pub async fn read(&self, name: &str, from: u64) -> Result<Vec<u8>, DriveError> {
        let handle = self.file(name, false).await?;
        let file = file_of(&handle).await?;
        let rest = file.slice_with_f64(from as f64).map_err(named)?;
        let bytes = JsFuture::from(rest.array_buffer()).await.map_err(named)?;
        Ok(Uint8Array::new(&bytes).to_vec())
    }

    /// Writes into a file at a place that must be its end; 0 replaces it. Until
    /// all is written the file is as it was. Gives when it was changed.
    pub async fn write(&self, name: &str, at: u64, bytes: &[u8]) -> Result<i64, DriveError> {
        let handle = self.file(name, true).await?;
        if at > 0 && file_of(&handle).await?.size() as u64 != at {
            return Err(DriveError::Moved);
        }
        let options = FileSystemCreateWritableOptions::new();
        options.set_keep_existing_data(at > 0);
        let stream = JsFuture::from(handle.create_writable_with_options(&options)).await;
        let stream: FileSystemWritableFileStream = stream.map_err(named)?.unchecked_into();
        let written = async {
            let seek = stream.seek_with_f64(at as f64).map_err(named)?;
            JsFuture::from(seek).await.map_err(named)?;
            let write = stream.write_with_js_u8_array(&Uint8Array::from(bytes));
            JsFuture::from(write.map_err(named)?).await.map_err(named)
        };
        if let Err(error) = written.await {
            drop(JsFuture::from(stream.abort()).await);
            return Err(error);
        }
        JsFuture::from(stream.close()).await.map_err(named)?;
        Ok(file_of(&handle).await?.last_modified() as i64)
    }

    async fn file(&self, name: &str, create: bool) -> Result<FileSystemFileHandle, DriveError> {
        let options = FileSystemGetFileOptions::new();
        options.set_create(create);
        let handle = JsFuture::from(self.0.get_file_handle_with_options(name, &options)).await;
        handle.map(JsCast::unchecked_into).map_err(named)
    }

    // ---- kept over sessions --------------------------------------------------

    /// The folder that was kept under a name.
    pub async fn kept(key: &str) -> Option<Self> {
        let database = places().await?;
        let names = Array::of1(&PLACES.into());
        let transaction = database.transaction_with_str_sequence(&names).ok()?;
        let request = transaction.object_store(PLACES).ok()?.get(&key.into());
        let found = request_done(&request.ok()?).await;
        database.close();
        found
            .filter(JsValue::is_object)
            .map(|it| Self(it.unchecked_into()))
    }

    /// Keeps the folder under a name; says whether the browser did.
    pub async fn keep(&self, key: &str) -> bool {
        change(|store| store.put_with_key(&self.0, &key.into()).is_ok()).await
    }

    /// Keeps nothing under a name.
    pub async fn forget(key: &str) {
        change(|store| store.delete(&key.into()).is_ok()).await;
    }
}

const PLACES: &str = "places";

async fn change(act: impl FnOnce(&web_sys::IdbObjectStore) -> bool) -> bool {
    let Some(database) = places().await else {
        return false;
    };
    let mode = web_sys::IdbTransactionMode::Readwrite;
    let begun = database.transaction_with_str_and_mode(PLACES, mode);
    let Ok(transaction) = begun else { return false };
    let asked = transaction.object_store(PLACES).is_ok_and(|it| act(&it));
    let done = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    let done = JsFuture::from(done).await.is_ok();
    database.close();
    asked && done
}

/// A database of its own: what is in it is of use to this device alone, and is
/// no plan.
async fn places() -> Option<IdbDatabase> {
    let factory = web_sys::window()?.indexed_db().ok()??;
    let request: IdbOpenDbRequest = factory.open_with_u32("weft-places", 1).ok()?;
    let upgrading = request.clone();
    let lay_out = wasm_bindgen::closure::Closure::once(move |_: web_sys::Event| {
        if let Ok(database) = upgrading.result() {
            let database: IdbDatabase = database.unchecked_into();
            drop(database.create_object_store(PLACES));
        }
    });
    request.set_onupgradeneeded(Some(lay_out.as_ref().unchecked_ref()));
    request_done(&request).await.map(JsCast::unchecked_into)
}

async fn request_done(request: &web_sys::IdbRequest) -> Option<JsValue> {
    let settled = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(settled).await.ok()?;
    request.result().ok()
}

async fn file_of(handle: &FileSystemFileHandle) -> Result<File, DriveError> {
    let file = JsFuture::from(handle.get_file()).await;
    file.map(JsCast::unchecked_into).map_err(named)
}

fn is(error: &JsValue, name: &str) -> bool {
    (error.dyn_ref::<DomException>()).is_some_and(|error| error.name() == name)
}

fn named(error: impl Into<JsValue>) -> DriveError {
    let error = error.into();
    let Some(error) = error.dyn_ref::<DomException>() else {
        return DriveError::Failed;
    };
    match error.name().as_str() {
        "NotAllowedError" | "SecurityError" => DriveError::Denied,
        "NotFoundError" => DriveError::Gone,
        "QuotaExceededError" => DriveError::Full,
        "NoModificationAllowedError" | "NotReadableError" => DriveError::Busy,
        _ => DriveError::Failed,
    }
}

fn set(object: &Object, key: &str, value: &str) {
    // Writing a property of a plain object of our own cannot fail.
    drop(Reflect::set(object, &key.into(), &value.into()));
}
