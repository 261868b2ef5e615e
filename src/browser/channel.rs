//! Talking to the other tabs of this device. An editor in one file talks to itself
//! alone: other local files are strangers, though the browser takes them for one
//! origin.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use super::{itself, task};

/// A line to the other tabs that have the same plan open. Closed when dropped.
pub enum Channel {
    /// By the browser.
    Tabs {
        /// The browser's own.
        inner: BroadcastChannel,
        /// Hears.
        _on_message: Closure<dyn FnMut(MessageEvent)>,
    },
    /// Within this page.
    Page {
        /// Tells lines of one name apart.
        number: u64,
        /// The name.
        name: String,
    },
}

type Hears = Rc<RefCell<dyn FnMut(Vec<u8>)>>;

thread_local! {
    static LINES: RefCell<Vec<(u64, String, Hears)>> = RefCell::default();
    static NUMBERS: Cell<u64> = const { Cell::new(0) };
}

impl Channel {
    /// Opens the line; nothing where the browser has no such thing.
    pub fn open(name: &str, mut heard: impl FnMut(Vec<u8>) + 'static) -> Option<Self> {
        if itself::is_one_file() {
            let number = NUMBERS.get() + 1;
            NUMBERS.set(number);
            let name = name.to_owned();
            let line: (u64, String, Hears) = (number, name.clone(), Rc::new(RefCell::new(heard)));
            LINES.with_borrow_mut(|lines| lines.push(line));
            return Some(Self::Page { number, name });
        }
        let inner = BroadcastChannel::new(name).ok()?;
        let on_message = Closure::new(move |event: MessageEvent| {
            if let Ok(bytes) = event.data().dyn_into::<Uint8Array>() {
                heard(bytes.to_vec());
            }
        });
        inner.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Self::Tabs {
            inner,
            _on_message: on_message,
        })
    }

    /// Says something to all others.
    pub fn tell(&self, bytes: &[u8]) {
        match self {
            // A closed line has nobody at the other end: nothing is lost.
            Self::Tabs { inner, .. } => drop(inner.post_message(&Uint8Array::from(bytes))),
            Self::Page { number, name } => LINES.with_borrow(|lines| {
                for (_, _, hears) in lines.iter().filter(|it| it.0 != *number && it.1 == *name) {
                    let (hears, bytes) = (Rc::clone(hears), bytes.to_vec());
                    // Later, as from another tab: whoever speaks is still at it.
                    task::spawn(async move { (hears.borrow_mut())(bytes) });
                }
            }),
        }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        match self {
            Self::Tabs { inner, .. } => {
                inner.set_onmessage(None);
                inner.close();
            }
            Self::Page { number, .. } => {
                LINES.with_borrow_mut(|lines| lines.retain(|line| line.0 != *number));
            }
        }
    }
}
