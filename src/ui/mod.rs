//! The face: pages, components, texts. It dispatches commands and draws what
//! it is given; it never changes a plan and does no curriculum arithmetic.

pub mod file_name;
pub mod fuzzy;
pub mod grid;
pub mod listing;
pub mod number;
pub mod phrase;

#[cfg(target_arch = "wasm32")]
pub mod acting;
#[cfg(target_arch = "wasm32")]
pub mod cell_read;
#[cfg(target_arch = "wasm32")]
pub mod cell_text;
#[cfg(target_arch = "wasm32")]
pub mod components;
#[cfg(target_arch = "wasm32")]
pub mod desk;
#[cfg(target_arch = "wasm32")]
pub mod find;
#[cfg(target_arch = "wasm32")]
pub mod frame;
#[cfg(target_arch = "wasm32")]
pub mod me;
#[cfg(target_arch = "wasm32")]
pub mod opening;
#[cfg(target_arch = "wasm32")]
pub mod pages;
#[cfg(target_arch = "wasm32")]
pub mod past;
#[cfg(target_arch = "wasm32")]
pub mod profile;
#[cfg(target_arch = "wasm32")]
pub mod rehearsal;
#[cfg(target_arch = "wasm32")]
pub mod sentences;
#[cfg(target_arch = "wasm32")]
pub mod spot;
#[cfg(target_arch = "wasm32")]
pub mod state;
#[cfg(target_arch = "wasm32")]
pub mod text;
#[cfg(target_arch = "wasm32")]
pub mod told;
#[cfg(target_arch = "wasm32")]
pub mod writing;
