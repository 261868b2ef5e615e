//! Tests of what follows from a plan, as one program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod board;
mod example;
mod opinion;
mod plans;
mod rules;
mod sums;
mod touched;
mod waivers;
