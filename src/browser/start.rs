//! What the browser calls when the program has loaded.

use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the editor. Called once, by the script that loads the program.
#[wasm_bindgen(start)]
pub fn start() {
    super::last_resort::watch();
    leptos::mount::mount_to_body(crate::app::App);
}
