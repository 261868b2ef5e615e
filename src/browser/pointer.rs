//! Following a pointer across the whole page: what dragging needs.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Whether the event is the main button, a finger or a pen, without a
/// modifier that means something else.
#[must_use]
pub fn is_plain(event: &web_sys::PointerEvent) -> bool {
    event.button() == 0 && event.is_primary() && !event.ctrl_key() && !event.meta_key()
}

/// What a followed pointer does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Motion {
    /// It is here now, in CSS pixels of the window.
    Moved(f64, f64),
    /// It was let go here.
    Released(f64, f64),
    /// It was taken away: Escape, another gesture, the window left.
    Cancelled,
}

/// Tells `act` of every motion of pointer `id` until it is released,
/// cancelled, or the returned handle is stopped.
pub fn follow(id: i32, act: impl Fn(Motion) + Clone + 'static) -> Following {
    let place =
        |event: &web_sys::PointerEvent| (f64::from(event.client_x()), f64::from(event.client_y()));
    let moved = act.clone();
    let released = act.clone();
    let cancelled = act.clone();
    let move_handle = window_event_listener(leptos::ev::pointermove, move |event| {
        if event.pointer_id() == id {
            let (x, y) = place(&event);
            moved(Motion::Moved(x, y));
        }
    });
    let up_handle = window_event_listener(leptos::ev::pointerup, move |event| {
        if event.pointer_id() == id {
            let (x, y) = place(&event);
            released(Motion::Released(x, y));
        }
    });
    let cancel_handle = window_event_listener(leptos::ev::pointercancel, move |event| {
        if event.pointer_id() == id {
            cancelled(Motion::Cancelled);
        }
    });
    let key_handle = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Escape" {
            event.prevent_default();
            act(Motion::Cancelled);
        }
    });
    Following(vec![move_handle, up_handle, cancel_handle, key_handle])
}

/// A pointer that is being followed.
pub struct Following(Vec<WindowListenerHandle>);

impl Following {
    /// Stops following.
    pub fn stop(self) {
        for handle in self.0 {
            handle.remove();
        }
    }
}

/// The value of `attribute` on the element under a point, or on the nearest
/// one around it that has it, and where that element is.
#[must_use]
pub fn marked_under(x: f64, y: f64, attribute: &str) -> Option<(String, super::dom::Area)> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "window coordinates are far below 2^24"
    )]
    let under = document().element_from_point(x as f32, y as f32)?;
    let marked = under.closest(&format!("[{attribute}]")).ok().flatten()?;
    Some((
        marked.get_attribute(attribute)?,
        super::dom::measure(&marked),
    ))
}

/// Scrolls the scrollable surroundings of the point when it is near their
/// edge, so that a drag reaches what is out of sight.
pub fn scroll_at_edge(x: f64, y: f64) {
    const EDGE: f64 = 36.0;
    const STEP: i32 = 12;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "window coordinates are far below 2^24"
    )]
    let mut around: Option<Element> = document().element_from_point(x as f32, y as f32);
    while let Some(element) = around {
        let area = super::dom::measure(&element);
        if let Some(html) = element.dyn_ref::<HtmlElement>() {
            if html.scroll_height() > html.client_height() + 1 {
                if y < area.top + EDGE {
                    html.set_scroll_top(html.scroll_top() - STEP);
                } else if y > area.top + area.height - EDGE {
                    html.set_scroll_top(html.scroll_top() + STEP);
                }
            }
            if html.scroll_width() > html.client_width() + 1 {
                if x < area.left + EDGE {
                    html.set_scroll_left(html.scroll_left() - STEP);
                } else if x > area.left + area.width - EDGE {
                    html.set_scroll_left(html.scroll_left() + STEP);
                }
            }
        }
        around = element.parent_element();
    }
}

/// Whether the event comes from within an element that fits the selector.
#[must_use]
pub fn is_on(event: &web_sys::PointerEvent, selector: &str) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.closest(selector).ok().flatten())
        .is_some()
}
