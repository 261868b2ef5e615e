//! Tests of the running editor without its surroundings, as one program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod clash_list;
mod damage;
mod failing;
mod folder;
mod frozen;
mod hostile_partner;
mod keeping;
mod network;
mod putting_off;
mod sharing;
mod sooner;
mod support;
