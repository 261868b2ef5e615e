//! A log of its own for every start: what keeps the database of a browser that was
//! killed in the middle of writing.
//!
//! Chromium's database (LevelDB) writes each entry of its log in two pieces, its head
//! and what it holds. A browser that is killed between them leaves a head alone. The
//! next start reads the log up to there and writes on behind it; the one after that
//! takes what stands behind the head for what belongs to it, finds the sum wrong and
//! deletes everything, also what had been on the disk for long. There is no asking for
//! a new log. But a database that is deleted makes the browser tidy up, and with it goes
//! the log: what it holds is moved into tables, and a new one begun. So each page that
//! finds plans here makes an empty database and deletes it. Chromium 156 takes 3 to 5 ms
//! for it, however much is stored; other browsers keep a file per database.

use wasm_bindgen::JsCast;
use web_sys::IdbDatabase;
use weft_session::StoreError;

use super::database::{answer, factory, read_error};

const NAME: &str = "weft-fresh-log";

/// Makes the browser begin a new log. What fails here fails silently: it has only been
/// a precaution.
pub async fn begin() {
    drop(try_to_begin().await);
}

async fn try_to_begin() -> Result<(), StoreError> {
    let factory = factory()?;
    let opening = factory.open_with_u32(NAME, 1).map_err(read_error)?;
    let opened = answer(&opening).await?;
    opened.unchecked_into::<IdbDatabase>().close();
    let deleting = factory.delete_database(NAME).map_err(read_error)?;
    answer(&deleting).await?;
    Ok(())
}
