//! Word files (.docx) out: the programme for the committee and the
//! correspondence list, with headings, a table of contents, real tables and
//! fonts for Chinese letters. For people: nothing of them is read back.
//!
//! Not here: the container (`pack`), what follows from a plan
//! ([`crate::Figures`]).

mod chapters;
mod conditions;
mod correspondence;
mod paper;
mod programme;
mod styles;

pub use correspondence::correspondence;
pub(crate) use correspondence::paper as correspondence_paper;
pub(crate) use paper::{Cell, Piece};
pub(crate) use programme::paper as programme_paper;
pub use programme::programme;
