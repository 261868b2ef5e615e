//! Word files (.docx) out: the programme for the committee, the correspondence
//! list, course standards and course-opening plans, with headings,
//! a table of contents, real tables and fonts for Chinese letters. For people: nothing of them is read back.
//!
//! Not here: the container (`pack`), what follows from a plan
//! ([`crate::Figures`]).

mod chapters;
mod conditions;
mod correspondence;
mod opening;
mod paper;
mod programme;
mod review;
mod revision;
mod standard;
mod standard_taught;
mod structure;
mod styles;

pub use correspondence::correspondence;
pub(crate) use correspondence::paper as correspondence_paper;
pub use opening::openings;
pub(crate) use paper::{Cell, Grid, Piece};
pub(crate) use programme::paper as programme_paper;
pub use programme::programme;
pub use review::review_form;
pub use revision::revision;
pub use standard::standards;
pub(crate) use standard::standards_in_pieces;
