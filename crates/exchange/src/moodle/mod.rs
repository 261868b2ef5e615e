//! Moodle competency frameworks as CSV, in and out: 14 columns, or the 12 of
//! the older plugin. docs/formats/moodle.md describes it.

pub(crate) mod html;
mod read;
mod write;

pub use read::import;
pub(crate) use read::texts;
pub use write::{MoodleOptions, export};

/// The columns in the order in which Moodle reads them, each with its head.
pub(crate) const COLUMNS: [&str; 14] = [
    "Parent ID number",
    "ID number",
    "Short name",
    "Description",
    "Description format",
    "Scale values",
    "Scale configuration",
    "Rule type (optional)",
    "Rule outcome (optional)",
    "Rule config (optional)",
    "Cross-referenced competency ID numbers",
    "Exported ID (optional)",
    "Is framework",
    "Taxonomy",
];

/// The most characters of an ID number and a short name.
pub(crate) const SHORT: usize = 100;
