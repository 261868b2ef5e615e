//! Tests of keys, hashes and signatures, as one program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod canonical;
mod keys;
mod signing;
