//! The browser, as far as the face needs it: the only room that names
//! web_sys, js_sys, wasm_bindgen or gloo. Small functions with plain types;
//! no module here knows what a plan is.

pub mod camera;
pub mod canvas;
pub mod caret;
mod channel;
pub mod clipboard;
pub mod database;
pub mod device;
pub mod dom;
pub mod drive;
pub mod fetch;
pub mod files;
pub mod following;
pub mod hash;
pub mod intl;
pub mod itself;
pub mod keyboard;
pub mod last_resort;
pub mod library;
pub mod locks;
pub mod paper;
pub mod piece;
pub mod pointer;
pub mod prefs;
pub mod profile;
pub mod runtime;
pub mod sandbox;
pub mod secret;
pub mod seen;
mod start;
pub mod store;
pub mod task;
pub mod timer;
mod tried;
pub mod trusted;
pub mod unsaved;
