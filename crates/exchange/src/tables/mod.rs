//! Tables: CSV and TSV files and what is pasted from a spreadsheet. The steps
//! are apart, so that a screen can show and correct each: [`read`] or
//! [`paste`] → [`guess`] → [`apply`]. Nothing here keeps a state: a row that
//! waits in the tray is corrected in its sheet, and the sheets are applied
//! anew.
//!
//! Not here: workbooks ([`crate::workbook`]), and decoding letters other than UTF-8 and UTF-16;
//! [`OldLetters`] says which they are, and a browser decodes them.

mod apply;
mod cells;
mod dictionary;
mod export;
mod guess;
mod head;
mod heading;
pub(crate) mod sheet;
mod target;
pub(crate) mod words;

pub use apply::{ApplyOptions, KnownLevel, KnownScale, SCALES, apply, apply_heard};
pub use export::export_tables;
pub(crate) use export::{chosen, columns, grids, mark};
pub use guess::{guess, match_as, targets};
pub use sheet::{
    CELLS_LIMIT, COLUMNS_LIMIT, OldLetters, ROWS_LIMIT, Row, Sheet, in_utf8, paste, read,
};
pub use target::{Column, Matching, TableKind, Target};
