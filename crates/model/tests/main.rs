//! Tests of the plan, as one program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod acts;
mod cells;
mod proposals;
mod reshape;
mod revision;
mod verdicts;
