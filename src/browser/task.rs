//! Work that goes on after the caller has returned.

use core::future::Future;

/// Runs a future in the background.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}
