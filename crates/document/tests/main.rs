//! Tests of the plan as it is saved and merged, as one program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod acting;
mod approvals;
mod bench;
mod clashes;
mod crafted;
mod history;
mod identity;
mod merging;
mod merging_many;
mod reading;
mod recent;
mod undo;
mod undo_below;
mod undo_partners;
mod verdicts;
mod wordings;
