//! Foreign formats in and out: Weft JSON, tables, templates. Everything that
//! comes in becomes `Command`s, one act's worth, that go through the session
//! like typed edits.
//!
//! Deliberately not here: the saved document (`document`), files and
//! clipboards (`browser`), sentences (`ui`): a warning is a value with data.
//! No clock, no randomness: fresh uids come from the caller.

pub mod archive;
mod calendar;
pub mod case;
pub mod curriculum;
mod dates;
mod error;
mod excerpt;
mod figures;
pub mod foreign;
mod going;
mod imported;
pub mod link;
mod linked;
mod look;
pub mod moodle;
mod numbering;
mod opening;
mod pack;
pub mod qr;
mod reading;
mod registry;
pub mod release;
pub mod review_form;
mod revision;
pub mod skills;
pub mod standards;
pub mod tables;
pub mod templates;
mod waiting;
pub mod weft_json;
pub mod word;
mod words;
mod work;
pub mod workbook;

pub use error::{ImportError, Limit};
pub use excerpt::{Excerpt, LeftOut, excerpt, left_out};
pub use figures::{Covered, Figures, Gap, Total, Woven, WovenCells};
pub use going::{Going, Written, write};
pub use imported::{
    AnswerTarget, Check, CheckScope, Counted, Fate, Imported, Measure, Offer, Place, Question,
    QuestionKind, Reason, TrayRow, Warning, WarningKind,
};
pub use look::{Block, Look, look};
pub use numbering::numbered_chapters;
pub use registry::{Content, FormatInfo, Loss, Purpose, format, formats};
pub use revision::Revision;
pub use words::Words;
