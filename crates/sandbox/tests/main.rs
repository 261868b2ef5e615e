//! Tests of the Worker's program, as one program; those that count memory stand apart,
//! because their allocator counts what runs beside them, too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod every_fixture;
mod folders;
mod jobs;
mod published;
mod worker;
mod writing;
