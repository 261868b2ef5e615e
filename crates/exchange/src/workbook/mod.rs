//! Workbooks (.xlsx) in and out. Coming in, each sheet becomes a table as a
//! CSV file would, with the same guesses, tray and checks: [`read`] →
//! [`crate::tables::apply`]. Going out, a plan becomes a workbook that people
//! read and that reads back ([`export`]), or a teaching-progress table as
//! Chinese offices keep it ([`progress_table`]).
//!
//! Not here: the container (`pack`), what a column is for (`tables`), what
//! follows from a plan ([`crate::Figures`]).

mod about;
mod analysis;
mod book;
mod cell;
mod export;
mod grid;
mod leaf;
mod long;
mod number;
mod opening;
mod package;
mod progress;
mod read;
mod review;
mod revision;
mod standard;
mod styles;
mod tables;
mod weave;

pub use export::export;
pub(crate) use long::joined;
pub use opening::openings;
pub use progress::{cell as progress_cell, chosen_among, progress_table, told_hours};
pub(crate) use progress::{pool_words, term_name};
pub(crate) use read::read_rows;
pub use read::{BOOK_CELLS_LIMIT, BookSheet, LETTERS_LIMIT, SHEETS_LIMIT, read};
pub use review::review_form;
pub use revision::revision;
pub use standard::standards;
pub use weave::weave;
