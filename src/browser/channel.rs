//! Talking to the other tabs of this device.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// A line to the other tabs that have the same plan open. Closed when dropped.
pub struct Channel {
    inner: BroadcastChannel,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    /// Opens the line; nothing where the browser has no such thing (a file
    /// opened from disk in some engines).
    pub fn open(name: &str, mut heard: impl FnMut(Vec<u8>) + 'static) -> Option<Self> {
        let inner = BroadcastChannel::new(name).ok()?;
        let on_message = Closure::new(move |event: MessageEvent| {
            if let Ok(bytes) = event.data().dyn_into::<Uint8Array>() {
                heard(bytes.to_vec());
            }
        });
        inner.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Self {
            inner,
            _on_message: on_message,
        })
    }

    /// Says something to all others.
    pub fn tell(&self, bytes: &[u8]) {
        // A closed line has nobody at the other end: nothing is lost.
        drop(self.inner.post_message(&Uint8Array::from(bytes)));
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.inner.set_onmessage(None);
        self.inner.close();
    }
}
