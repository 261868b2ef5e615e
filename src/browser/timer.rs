//! Something to happen a little later, once.

use std::time::Duration;

use js_sys::Function;
use leptos::leptos_dom::helpers::{
    TimeoutHandle, request_animation_frame, set_timeout_with_handle,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// A running timer; does nothing when dropped, call [`Timer::stop`].
#[derive(Debug, Clone, Copy)]
pub struct Timer(Option<TimeoutHandle>);

impl Timer {
    /// Calls `act` once after `millis`, unless stopped before. Where the
    /// browser refuses a timer (no known one does), `act` never runs.
    pub fn after(millis: u32, act: impl FnOnce() + 'static) -> Self {
        Self(set_timeout_with_handle(act, Duration::from_millis(millis.into())).ok())
    }

    /// Stops the timer; a second stop, or one after it rang, does nothing.
    pub fn stop(&self) {
        if let Some(handle) = &self.0 {
            handle.clear();
        }
    }
}

/// Calls `act` right before the next frame is drawn.
pub fn next_frame(act: impl FnOnce() + 'static) {
    request_animation_frame(act);
}

/// Asks for frames over and over to do the same before each. What the browser calls is
/// made once: to make it takes half as long as to ask.
pub struct Frames {
    window: web_sys::Window,
    act: Function,
}

impl Frames {
    /// Nothing where there is no window.
    pub fn new(act: impl FnMut() + 'static) -> Option<Self> {
        // The browser's own from here on: it may hold it for a frame that comes after
        // whoever asked is gone.
        let act = Closure::<dyn FnMut()>::new(act).into_js_value();
        Some(Self {
            window: web_sys::window()?,
            act: act.unchecked_into(),
        })
    }

    /// Asks for one frame.
    pub fn ask(&self) {
        drop(self.window.request_animation_frame(&self.act));
    }
}

/// Calls `act` until it says that it is done: at once, then each time that
/// what waits to be redrawn has had a turn, and at last with the next frame.
/// No key comes between the turns, so that what is typed after a focus that
/// moves this way never lands where the focus was.
pub fn as_soon(mut act: impl FnMut() -> bool + 'static) {
    if act() {
        return;
    }
    leptos::task::spawn_local(async move {
        for _ in 0..TURNS {
            turn().await;
            if act() {
                return;
            }
        }
        next_frame(move || {
            act();
        });
    });
}

/// Calls `act` when what waits to be redrawn has been, before any further key
/// or movement.
pub fn once_redrawn(act: impl FnOnce() + 'static) {
    leptos::task::spawn_local(async move {
        for _ in 0..TURNS {
            turn().await;
        }
        act();
    });
}

/// Redrawing is a chain of effects, each a turn or two; a loop among them must
/// not hold the page.
const TURNS: u8 = 16;

async fn turn() {
    drop(JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await);
}

/// Lets the browser draw and take input before long work goes on: resumes
/// after the next frame, or after a short while where no frame is drawn (a tab
/// in the background).
pub async fn breathe() {
    let promise = js_sys::Promise::new(&mut |go_on, _| {
        let late = go_on.clone();
        // A second call does nothing: the promise is kept by then.
        next_frame(move || {
            Timer::after(0, move || drop(go_on.call0(&JsValue::NULL)));
        });
        Timer::after(60, move || drop(late.call0(&JsValue::NULL)));
    });
    drop(JsFuture::from(promise).await);
}

/// Resumes after this many milliseconds.
pub async fn wait(millis: u32) {
    let promise = js_sys::Promise::new(&mut |go_on, _| {
        Timer::after(millis, move || drop(go_on.call0(&JsValue::NULL)));
    });
    drop(JsFuture::from(promise).await);
}
