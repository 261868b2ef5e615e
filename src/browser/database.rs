//! Plans on this device: IndexedDB with an append-only log per plan. Bytes and
//! strings only; what is in them is `session`'s business.
//!
//! Every transaction asks for strict durability and counts as done only at its
//! `complete` event: a request's `success` may come before anything is on the
//! disk. Durability is not in web-sys' stable API, so it is set by name.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction,
    IdbVersionChangeEvent,
};
use weft_session::StoreError;

use super::store::Upset;
use super::{fresh_log, task};

const NAME: &str = "weft";
const VERSION: u32 = 1;
const CARDS: &str = "cards";
const LOG: &str = "log";
const BY_PLAN: &str = "plan";

type Listener = Rc<dyn Fn(Upset)>;

/// Keys and records, oldest first.
pub type Log = Vec<(u64, Vec<u8>)>;

/// The database of this device. Clones share one connection.
#[derive(Clone)]
pub struct Database {
    connection: Rc<RefCell<Option<Connection>>>,
    upset: Rc<RefCell<Option<Listener>>>,
}

struct Connection {
    database: IdbDatabase,
    _on_version_change: Closure<dyn FnMut(IdbVersionChangeEvent)>,
    _on_close: Closure<dyn FnMut()>,
}

impl Database {
    /// A database that is connected to at first use.
    pub fn new() -> Self {
        Self {
            connection: Rc::default(),
            upset: Rc::default(),
        }
    }

    /// Who hears when the database is deleted, closed or changed by others.
    pub fn on_upset(&self, listener: impl Fn(Upset) + 'static) {
        *self.upset.borrow_mut() = Some(Rc::new(listener));
    }

    /// The stored cards, in no particular order.
    pub async fn cards(&self) -> Result<Vec<String>, StoreError> {
        let transaction = self.transaction(&[CARDS], false).await?;
        let request = store(&transaction, CARDS)?.get_all().map_err(read_error)?;
        let all: Array = answer(&request).await?.unchecked_into();
        Ok(all.iter().filter_map(|card| card.as_string()).collect())
    }

    /// One stored card.
    pub async fn card(&self, plan: &str) -> Result<Option<String>, StoreError> {
        let transaction = self.transaction(&[CARDS], false).await?;
        let request = store(&transaction, CARDS)?
            .get(&plan.into())
            .map_err(read_error)?;
        Ok(answer(&request).await?.as_string())
    }

    /// Puts a card in its place.
    pub async fn put_card(&self, plan: &str, card: &str) -> Result<(), StoreError> {
        let transaction = self.transaction(&[CARDS], true).await?;
        store(&transaction, CARDS)?
            .put_with_key(&card.into(), &plan.into())
            .map_err(read_error)?;
        complete(&transaction).await
    }

    /// The log of one plan.
    pub async fn log(&self, plan: &str) -> Result<Log, StoreError> {
        let transaction = self.transaction(&[LOG], false).await?;
        log_in(&transaction, plan)?.await
    }

    /// The log and the card of one plan, as they are at one moment: asked for together,
    /// because the answer to each takes its time.
    pub async fn log_and_card(&self, plan: &str) -> Result<(Log, Option<String>), StoreError> {
        let transaction = self.transaction(&[CARDS, LOG], false).await?;
        let card = store(&transaction, CARDS)?
            .get(&plan.into())
            .map_err(read_error)?;
        let card = answer(&card);
        let log = log_in(&transaction, plan)?;
        let card = card.await?.as_string();
        Ok((log.await?, card))
    }

    /// Takes some records out, puts others behind, and the card in its place:
    /// all of it or nothing.
    pub async fn rewrite(
        &self,
        plan: &str,
        remove: &[u64],
        records: &[Vec<u8>],
        card: &str,
    ) -> Result<(), StoreError> {
        let transaction = self.transaction(&[CARDS, LOG], true).await?;
        let asked = (|| {
            let log = store(&transaction, LOG)?;
            for key in remove {
                log.delete(&JsValue::from_f64(*key as f64))
                    .map_err(read_error)?;
            }
            for record in records {
                let row = Object::new();
                set(&row, "plan", &plan.into());
                set(&row, "bytes", &Uint8Array::from(record.as_slice()));
                log.add(&row).map_err(read_error)?;
            }
            store(&transaction, CARDS)?
                .put_with_key(&card.into(), &plan.into())
                .map_err(read_error)
        })();
        all_or_nothing(&transaction, asked).await
    }

    /// Forgets a plan for good.
    pub async fn forget(&self, plan: &str) -> Result<(), StoreError> {
        let keys: Vec<u64> = self
            .log(plan)
            .await?
            .into_iter()
            .map(|(key, _)| key)
            .collect();
        let transaction = self.transaction(&[CARDS, LOG], true).await?;
        let asked = (|| {
            let log = store(&transaction, LOG)?;
            for key in keys {
                log.delete(&JsValue::from_f64(key as f64))
                    .map_err(read_error)?;
            }
            store(&transaction, CARDS)?
                .delete(&plan.into())
                .map_err(read_error)
        })();
        all_or_nothing(&transaction, asked).await
    }

    /// Starts a transaction; connects first, or again, where needed.
    async fn transaction(&self, names: &[&str], write: bool) -> Result<IdbTransaction, StoreError> {
        let names: Array = names.iter().map(|name| JsValue::from_str(name)).collect();
        for attempt in 0..2 {
            let database = self.database().await?;
            match begin(&database, &names, write) {
                Ok(transaction) => return Ok(transaction),
                // A connection that the browser has closed says so only here.
                Err(error) if attempt == 0 && is(&error, "InvalidStateError") => {
                    *self.connection.borrow_mut() = None;
                }
                Err(error) => return Err(read_error(error)),
            }
        }
        Err(StoreError::Lost)
    }

    async fn database(&self) -> Result<IdbDatabase, StoreError> {
        if let Some(connection) = self.connection.borrow().as_ref() {
            return Ok(connection.database.clone());
        }
        let (database, new) = connect().await?;
        // Somebody else may have connected meanwhile. A second connection would
        // be forgotten, stay open, and keep others from ever changing the database.
        if let Some(connection) = self.connection.borrow().as_ref() {
            database.close();
            return Ok(connection.database.clone());
        }
        if !new {
            task::spawn(fresh_log::begin());
        }
        let shared = Rc::clone(&self.connection);
        let upset = Rc::clone(&self.upset);
        let held = database.clone();
        let on_version_change = Closure::new(move |event: IdbVersionChangeEvent| {
            // Whoever waits for us can only go on once we have let go.
            held.close();
            *shared.borrow_mut() = None;
            let upset_now = if event.new_version().is_some() {
                Upset::Newer
            } else {
                Upset::Gone
            };
            let listener = upset.borrow().clone();
            if let Some(listener) = listener {
                listener(upset_now);
            }
        });
        let shared = Rc::clone(&self.connection);
        let upset = Rc::clone(&self.upset);
        let on_close = Closure::new(move || {
            *shared.borrow_mut() = None;
            let listener = upset.borrow().clone();
            if let Some(listener) = listener {
                listener(Upset::Gone);
            }
        });
        database.set_onversionchange(Some(on_version_change.as_ref().unchecked_ref()));
        database.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        let connection = Connection {
            database: database.clone(),
            _on_version_change: on_version_change,
            _on_close: on_close,
        };
        *self.connection.borrow_mut() = Some(connection);
        Ok(database)
    }
}

impl Default for Database {
    fn default() -> Self {
        Self::new()
    }
}

pub(super) fn factory() -> Result<IdbFactory, StoreError> {
    // Private windows of some browsers throw here, others have nothing.
    let factory = web_sys::window().and_then(|window| window.indexed_db().ok().flatten());
    factory.ok_or(StoreError::Unavailable)
}

/// The database, and whether it has been made just now.
async fn connect() -> Result<(IdbDatabase, bool), StoreError> {
    let request = factory()?
        .open_with_u32(NAME, VERSION)
        .map_err(read_error)?;
    let upgrading = request.clone();
    let new = Rc::new(Cell::new(false));
    let found_none = Rc::clone(&new);
    let on_upgrade = Closure::once(move |upgrade: IdbVersionChangeEvent| {
        found_none.set(upgrade.old_version() == 0.0);
        if let Ok(database) = upgrading
            .result()
            .map(JsCast::unchecked_into::<IdbDatabase>)
        {
            lay_out(&database);
        }
    });
    request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
    let opened = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
        let blocked = Closure::once_into_js({
            let reject = reject.clone();
            move || {
                reject
                    .call1(&JsValue::NULL, &"blocked".into())
                    .map(|_| ())
                    .unwrap_or(())
            }
        });
        request.set_onblocked(Some(blocked.unchecked_ref()));
    });
    match JsFuture::from(opened).await {
        Ok(_) => {
            let database = request.result().map_err(read_error)?;
            Ok((database.unchecked_into(), new.get()))
        }
        Err(reason) if reason.as_string().as_deref() == Some("blocked") => {
            // It may still open, later; nobody would hold it then, nor let go
            // of it.
            let late = request.clone();
            let close = Closure::once_into_js(move || {
                if let Ok(database) = late.result() {
                    database.unchecked_into::<IdbDatabase>().close();
                }
            });
            request.set_onsuccess(Some(close.unchecked_ref()));
            Err(StoreError::Blocked)
        }
        Err(_) => Err(request_error(&request)),
    }
}

fn lay_out(database: &IdbDatabase) {
    let names = database.object_store_names();
    if !names.contains(CARDS) {
        drop(database.create_object_store(CARDS));
    }
    if !names.contains(LOG) {
        let options = web_sys::IdbObjectStoreParameters::new();
        options.set_auto_increment(true);
        let made = database.create_object_store_with_optional_parameters(LOG, &options);
        drop(made.and_then(|log| log.create_index_with_str(BY_PLAN, "plan")));
    }
}

fn begin(database: &IdbDatabase, names: &Array, write: bool) -> Result<IdbTransaction, JsValue> {
    let options = Object::new();
    set(&options, "durability", &"strict".into());
    let begin: js_sys::Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
    let mode = if write { "readwrite" } else { "readonly" };
    begin
        .call3(database, names, &mode.into(), &options)
        .map(JsCast::unchecked_into)
}

fn store(transaction: &IdbTransaction, name: &str) -> Result<IdbObjectStore, StoreError> {
    transaction.object_store(name).map_err(read_error)
}

/// The answer to a request. Listened for from now on, not only once somebody waits for
/// it: what was answered before would never be heard.
pub(super) fn answer(
    request: &IdbRequest,
) -> impl Future<Output = Result<JsValue, StoreError>> + use<> {
    let settled = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    let request = request.clone();
    async move {
        match JsFuture::from(settled).await {
            Ok(_) => request.result().map_err(read_error),
            Err(_) => Err(request_error(&request)),
        }
    }
}

/// Asks a transaction for the log of one plan.
fn log_in(
    transaction: &IdbTransaction,
    plan: &str,
) -> Result<impl Future<Output = Result<Log, StoreError>> + use<>, StoreError> {
    let index = store(transaction, LOG)?
        .index(BY_PLAN)
        .map_err(read_error)?;
    let only = IdbKeyRange::only(&plan.into()).map_err(read_error)?;
    let keys = index.get_all_keys_with_key(&only).map_err(read_error)?;
    let rows = index.get_all_with_key(&only).map_err(read_error)?;
    let (keys, rows) = (answer(&keys), answer(&rows));
    Ok(async move {
        let keys: Array = keys.await?.unchecked_into();
        let rows: Array = rows.await?.unchecked_into();
        let record = |(key, row): (JsValue, JsValue)| {
            // A row without bytes is damage; the frame check will say so.
            let bytes = Reflect::get(&row, &"bytes".into()).ok();
            let bytes = bytes.and_then(|bytes| bytes.dyn_into::<Uint8Array>().ok());
            (
                key.as_f64().unwrap_or_default() as u64,
                bytes.map_or_else(Vec::new, |b| b.to_vec()),
            )
        };
        Ok(keys.iter().zip(rows.iter()).map(record).collect())
    })
}

/// Waits for a transaction of which all was asked; one of which only a part
/// could be asked must not happen at all. Left alone, the browser would commit
/// the part: records taken out, and nothing in their place.
async fn all_or_nothing(
    transaction: &IdbTransaction,
    asked: Result<IdbRequest, StoreError>,
) -> Result<(), StoreError> {
    match asked {
        Ok(_) => complete(transaction).await,
        Err(error) => {
            drop(transaction.abort());
            Err(error)
        }
    }
}

async fn complete(transaction: &IdbTransaction) -> Result<(), StoreError> {
    let settled = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        // Every error ends here, and only here it has its name: a failed
        // request aborts, and a full disk does at commit time, with no request
        // to blame.
        transaction.set_onabort(Some(&reject));
    });
    match JsFuture::from(settled).await {
        Ok(_) => Ok(()),
        Err(_) => Err(transaction
            .error()
            .map_or(StoreError::Lost, |error| named(&error.name()))),
    }
}

fn request_error(request: &IdbRequest) -> StoreError {
    match request.error() {
        Ok(Some(error)) => named(&error.name()),
        _ => StoreError::Lost,
    }
}

pub(super) fn read_error(error: JsValue) -> StoreError {
    error
        .dyn_ref::<DomException>()
        .map_or(StoreError::Unavailable, |error| named(&error.name()))
}

fn is(error: &JsValue, name: &str) -> bool {
    error
        .dyn_ref::<DomException>()
        .is_some_and(|error| error.name() == name)
}

fn named(name: &str) -> StoreError {
    match name {
        "QuotaExceededError" => StoreError::QuotaExceeded,
        "VersionError" => StoreError::Newer,
        "DataError" | "DataCloneError" | "NotReadableError" => StoreError::Corrupt,
        "SecurityError" | "NotSupportedError" => StoreError::Unavailable,
        _ => StoreError::Lost,
    }
}

fn set(object: &Object, key: &str, value: &JsValue) {
    // Writing a property of a plain object of our own cannot fail.
    drop(Reflect::set(object, &key.into(), value));
}
