//! Something to happen a little later, once.

use std::time::Duration;

use leptos::leptos_dom::helpers::{
    TimeoutHandle, request_animation_frame, set_timeout_with_handle,
};

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
