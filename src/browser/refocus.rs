//! Where the focus goes when an act takes away the button that it was on: to what
//! stands in its place, and not to the beginning of the page. In one place, because
//! any button may be taken away by what it does.

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{dom, timer::Timer};

/// What the keyboard reaches.
const REACHED: &str = "a[href], button, input, select, textarea, [tabindex='0']";
/// How many elements up the place is remembered.
const DEPTH: usize = 12;
/// When it is looked at, in milliseconds after the press: acts are drawn at once, in
/// the next frame, or once a part of the program has come.
const LOOKS: [u32; 3] = [0, 60, 300];

/// An element that held the button, and how many others stood before that in it.
struct Around {
    element: Element,
    before: usize,
}

/// Watches over the focus from now on. Once, when the program starts.
pub fn keep_focus() {
    // Before the act itself.
    let first = EventListenerOptions::run_in_capture_phase();
    let watching = EventListener::new_with_options(&window(), "click", first, |event| {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let pressed = target.and_then(|it| it.closest("button, a[href]").ok().flatten());
        let Some(pressed) = pressed.filter(dom::is_focused) else {
            return;
        };
        let around = remember(&pressed);
        let around = std::rc::Rc::new(around);
        for millis in LOOKS {
            let (pressed, around) = (pressed.clone(), std::rc::Rc::clone(&around));
            Timer::after(millis, move || {
                if !pressed.is_connected() && nothing_focused() {
                    give(&around);
                }
            });
        }
    });
    // For as long as the page is there.
    watching.forget();
}

fn nothing_focused() -> bool {
    let body = document().body().map(Element::from);
    let active = document().active_element();
    active.is_none() || active == body
}

fn remember(pressed: &Element) -> Vec<Around> {
    let mut all = Vec::new();
    let mut at = pressed.parent_element();
    while let Some(element) = at.take().filter(|_| all.len() < DEPTH) {
        let reached = dom::all_within(&element, REACHED);
        let others = reached.iter().map(AsRef::<Element>::as_ref);
        let before = others.take_while(|it| *it != pressed).count();
        at = element.parent_element();
        all.push(Around { element, before });
    }
    all
}

/// To what took the place of the button in the nearest element that is still there.
fn give(around: &[Around]) {
    let there = around.iter().filter(|it| it.element.is_connected());
    for Around { element, before } in there {
        let reached = dom::all_within(element, REACHED);
        let seen = |it: &&HtmlElement| it.offset_parent().is_some();
        let place = (*before).min(reached.len().saturating_sub(1));
        let behind = reached.iter().skip(place).find(seen);
        let found = behind.or_else(|| reached.iter().rev().find(seen));
        if found.is_some_and(dom::focus) {
            return;
        }
    }
}
