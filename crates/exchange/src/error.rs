//! Why a file cannot be read at all. What is merely odd about a file is a
//! value of [`crate::Imported`].

use core::fmt;
use serde::{Deserialize, Serialize};

/// A bound that a file breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    /// So many bytes at most.
    Bytes(usize),
    /// So many rows at most.
    Rows(usize),
    /// So many columns at most.
    Columns(usize),
    /// So many cells at most.
    Cells(usize),
    /// So many values (JSON) at most.
    Values(usize),
    /// An archive: so many entries at most.
    Entries(usize),
    /// An archive: so many bytes at most when unpacked.
    Unpacked(usize),
    /// An archive: a part may be so many times as large as it is packed.
    Ratio(usize),
    /// So many elements within each other at most.
    Depth(usize),
    /// So many bytes of text at most in all cells together.
    Letters(usize),
}

/// Why a file cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportError {
    /// It is readable, but not what it was taken for.
    NotThisFormat,
    /// It breaks a bound.
    TooLarge {
        /// Which one.
        limit: Limit,
    },
    /// It breaks off or is not well formed. Both count from 1; 0 is unknown.
    Malformed {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// A newer Weft wrote it.
    Newer {
        /// The version that it names.
        version: u64,
    },
    /// Its letters are neither UTF-8 nor UTF-16: save it again as UTF-8.
    Encoding {
        /// The first byte that does not fit.
        at: usize,
    },
    /// A password locks it, or it is a workbook of before 2007: save it again
    /// as .xlsx without a password.
    Locked,
    /// Nothing is in it.
    Empty,
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for ImportError {}
