//! The revision comparison table (修订对照表): what was revised, how it read, how
//! it reads, and why. `word` and `workbook` write it down. What changed is
//! [`weft_model::differences`]; whoever calls has it in words.

use serde::{Deserialize, Serialize};

/// A line of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// What was revised: the thing and its field, or a whole sentence.
    pub what: String,
    /// How it read; empty: it was not there.
    pub old: String,
    /// How it reads; empty: it is gone.
    pub new: String,
    /// Why; empty: room to write.
    pub reason: String,
}

/// The heads of the columns, by their keys.
pub(crate) const HEADS: [&str; 5] = [
    "print.number",
    "print.revised",
    "print.old",
    "print.new",
    "plan.field.reason",
];
