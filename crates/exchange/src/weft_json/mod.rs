//! Weft JSON: a whole plan as one readable file, drawn from the schema of the
//! model, so that a new field travels without a line here. What it leaves out:
//! the history, and (unless asked) what was deleted. docs/formats/weft-plan.md
//! describes it; the JSON Schema beside it is made by [`schema`].

pub(crate) mod bounded;
mod export;
mod import;
mod links;
mod schema;
pub(crate) mod values;
mod voices;

pub(crate) use export::held;
pub(crate) use export::put;
pub use export::{ExportOptions, export, export_with};
pub use import::{import, import_corrected, made_for};
pub use schema::schema;
pub use voices::{Voice, sender, voices, with_voices};

/// The marker of the format.
pub const FORMAT: &str = "weft-plan";
/// The version that this program writes, and the newest that it reads.
pub const VERSION: u64 = 1;
/// The largest file that is read, in bytes.
pub const BYTES_LIMIT: usize = 32 << 20;
/// The most JSON values (numbers, texts, arrays, objects) of a file.
pub const VALUES_LIMIT: usize = 1_000_000;
