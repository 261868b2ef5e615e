//! Files that ship with the program, fetched from where it came from. Never
//! from anywhere else: the policy allows nothing but 'self'.

use js_sys::Uint8Array;
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Why a file did not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchError {
    /// No answer: offline, or cut off on the way.
    NoAnswer,
    /// An answer that is not the file, by its HTTP status.
    Status(u16),
}

/// The bytes of a file, by its path relative to the page.
pub async fn bytes(path: &str) -> Result<Vec<u8>, FetchError> {
    let answer = JsFuture::from(window().fetch_with_str(path))
        .await
        .ok()
        .and_then(|answer| answer.dyn_into::<Response>().ok())
        .ok_or(FetchError::NoAnswer)?;
    if !answer.ok() {
        return Err(FetchError::Status(answer.status()));
    }
    let buffer = answer.array_buffer().map_err(|_| FetchError::NoAnswer)?;
    let buffer = JsFuture::from(buffer)
        .await
        .map_err(|_| FetchError::NoAnswer)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
