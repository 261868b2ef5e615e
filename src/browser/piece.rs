//! Elements that are placed by hand where drawing them reactively would cost a
//! frame: the heads and cells of a large grid, reused as it scrolls.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, MutationObserver, MutationObserverInit, ResizeObserver};

use super::dom::{Area, holds_focus, measure};

/// An element of our own making. It is told where it is at every drawing; what
/// has not changed since does not reach the browser.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    element: HtmlElement,
    told: Rc<Told>,
}

/// What a piece was told last, by any of its handles.
#[derive(Debug, Default, PartialEq)]
struct Told {
    shift: Cell<Option<(f64, f64)>>,
    shown: Cell<Option<bool>>,
    attributes: RefCell<Values>,
    styles: RefCell<Values>,
}

/// A few values by name.
type Values = Vec<(&'static str, String)>;

/// Notes a value; says whether it is another than before.
fn is_news(values: &RefCell<Values>, name: &'static str, value: &str) -> bool {
    let mut values = values.borrow_mut();
    match values.iter_mut().find(|(known, _)| *known == name) {
        Some((_, known)) if known == value => return false,
        Some((_, known)) => value.clone_into(known),
        None => values.push((name, value.to_owned())),
    }
    true
}

impl Piece {
    /// A new element with a class; nothing where the browser refuses.
    #[must_use]
    pub fn new(tag: &str, class: &str) -> Option<Self> {
        let element: HtmlElement = document().create_element(tag).ok()?.dyn_into().ok()?;
        element.set_class_name(class);
        Some(Self::of(&element))
    }

    /// An element that is already there.
    #[must_use]
    pub fn of(element: &impl AsRef<HtmlElement>) -> Self {
        Self {
            element: element.as_ref().clone(),
            told: Rc::default(),
        }
    }

    /// Puts another piece at the end of this one.
    pub fn add(&self, piece: &Self) {
        // Fails only for a ring of elements.
        drop(self.element.append_child(&piece.element));
    }

    /// Puts a new element with a class at the end of this one.
    #[must_use]
    pub fn grow(&self, tag: &str, class: &str) -> Option<Self> {
        let piece = Self::new(tag, class)?;
        self.add(&piece);
        Some(piece)
    }

    /// Takes the piece off the page.
    pub fn remove(&self) {
        self.element.remove();
    }

    /// Sets its text.
    pub fn text(&self, text: &str) {
        self.element.set_text_content(Some(text));
    }

    /// Sets its class.
    pub fn class(&self, class: &str) {
        if self.element.class_name() != class {
            self.element.set_class_name(class);
        }
    }

    /// Sets an attribute; the name must be a valid one.
    pub fn set(&self, name: &'static str, value: &str) {
        if is_news(&self.told.attributes, name, value) {
            drop(self.element.set_attribute(name, value));
        }
    }

    /// Takes an attribute away.
    pub fn unset(&self, name: &'static str) {
        let mut known = self.told.attributes.borrow_mut();
        known.retain(|(known, _)| *known != name);
        drop(self.element.remove_attribute(name));
    }

    /// Sets one property of its style.
    pub fn style(&self, property: &'static str, value: &str) {
        if is_news(&self.told.styles, property, value) {
            drop(self.element.style().set_property(property, value));
        }
    }

    /// Shifts it by CSS pixels, which never asks for a new layout.
    pub fn shift(&self, x: f64, y: f64) {
        let to = Some((x, y));
        if self.told.shift.replace(to) != to {
            self.style("transform", &format!("translate({x}px,{y}px)"));
        }
    }

    /// Shows or hides it.
    pub fn show(&self, shown: bool) {
        if self.told.shown.replace(Some(shown)) != Some(shown) {
            self.element.set_hidden(!shown);
        }
    }

    /// The value of a custom property or other property of its style, as it is
    /// at the moment.
    #[must_use]
    pub fn computed(&self, property: &str) -> String {
        window()
            .get_computed_style(&self.element)
            .ok()
            .flatten()
            .and_then(|style| style.get_property_value(property).ok())
            .unwrap_or_default()
            .trim()
            .to_owned()
    }

    /// How far its content has been scrolled: left, top.
    #[must_use]
    pub fn scrolled(&self) -> (f64, f64) {
        (
            f64::from(self.element.scroll_left()),
            f64::from(self.element.scroll_top()),
        )
    }

    /// Scrolls its content.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "scroll places are far below 2^31"
    )]
    pub fn scroll_to(&self, left: f64, top: f64) {
        self.element.set_scroll_left(left.round() as i32);
        self.element.set_scroll_top(top.round() as i32);
    }

    /// The room within its scroll bars.
    #[must_use]
    pub fn inner_size(&self) -> (f64, f64) {
        (
            f64::from(self.element.client_width()),
            f64::from(self.element.client_height()),
        )
    }

    /// Where it is in the window.
    #[must_use]
    pub fn area(&self) -> Area {
        measure(&self.element)
    }

    /// Whether the focus is on it or within it.
    #[must_use]
    pub fn holds_focus(&self) -> bool {
        holds_focus(&self.element)
    }

    /// Moves the focus to it without scrolling anything.
    pub fn focus(&self) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        drop(self.element.focus_with_options(&options));
    }

    /// Calls `act` once at the start and whenever its size changes.
    #[must_use]
    pub fn on_resize(&self, act: impl Fn() + 'static) -> Option<Watch> {
        let act = Closure::<dyn Fn()>::new(act);
        let observer = ResizeObserver::new(act.as_ref().unchecked_ref()).ok()?;
        observer.observe(&self.element);
        Some(Watch {
            stop: Box::new(move || observer.disconnect()),
            _act: Box::new(act),
        })
    }
}

/// Watches an element or the page for as long as it is kept.
pub struct Watch {
    stop: Box<dyn Fn()>,
    _act: Box<dyn std::any::Any>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        (self.stop)();
    }
}

/// Calls `act` whenever theme or language of the page change.
#[must_use]
pub fn on_look(act: impl Fn() + 'static) -> Option<Watch> {
    let act = Closure::<dyn Fn()>::new(act);
    let observer = MutationObserver::new(act.as_ref().unchecked_ref()).ok()?;
    let options = MutationObserverInit::new();
    options.set_attributes(true);
    let root = document().document_element()?;
    observer.observe_with_options(&root, &options).ok()?;
    Some(Watch {
        stop: Box::new(move || observer.disconnect()),
        _act: Box::new(act),
    })
}
