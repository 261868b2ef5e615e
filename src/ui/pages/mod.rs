//! The pages, one folder each.

mod between;
pub mod checks;
pub mod data;
pub mod export;
pub mod home;
pub mod import;
pub mod jobs;
pub mod modules;
pub mod overview;
pub mod print;
pub mod review;
pub mod transfer;
pub mod weave;
