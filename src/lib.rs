//! The browser program: the frame, the pages and the components, drawn by Leptos.
//!
//! Everything that draws exists for wasm alone. What is pure (the routes, the
//! fuzzy finder, reading numbers, filling in sentences) compiles everywhere, so
//! that it can be tested natively.

pub mod route;
pub mod ui;

#[cfg(target_arch = "wasm32")]
pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod parts;
