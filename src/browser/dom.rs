//! Focus, scrolling and measuring. Elements come from Leptos node refs and
//! events; what does not exist is quietly left alone.

use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, EventTarget, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlTextAreaElement,
};

/// An element, for those who only hand it on.
pub type Node = HtmlElement;

/// Sets an attribute of the root element (`lang`, `data-theme`).
pub fn set_root_attribute(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        // Only an invalid attribute name fails; ours are literals.
        drop(root.set_attribute(name, value));
    }
}

/// Sets the title of the tab.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// The element with this id.
#[must_use]
pub fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The first element within `root` that fits the selector.
#[must_use]
pub fn first_within(root: &Element, selector: &str) -> Option<HtmlElement> {
    root.query_selector(selector)
        .ok()
        .flatten()?
        .dyn_into()
        .ok()
}

/// All elements within `root` that fit the selector, in document order.
#[must_use]
pub fn all_within(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|at| list.item(at)?.dyn_into().ok())
        .collect()
}

/// Moves the focus to an element, scrolling it into view; says whether it is
/// there now.
pub fn focus(element: &HtmlElement) -> bool {
    drop(element.focus());
    is_focused(element)
}

/// Moves the focus to the element with this id; says whether it is there now.
pub fn focus_id(id: &str) -> bool {
    by_id(id).is_some_and(|element| focus(&element))
}

/// Whether the element has the focus itself.
#[must_use]
pub fn is_focused(element: &Element) -> bool {
    document()
        .active_element()
        .is_some_and(|active| active == *element)
}

/// [`is_focused`] for lists of elements.
#[must_use]
pub fn is_focused_element(element: &HtmlElement) -> bool {
    is_focused(element)
}

/// Whether the focus is on the element or within it.
#[must_use]
pub fn holds_focus(element: &Element) -> bool {
    document()
        .active_element()
        .is_some_and(|active| element.contains(Some(&active)))
}

/// The element that has the focus now, to give it back later.
#[must_use]
pub fn focused() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

/// Whether an element is in a modal dialog.
#[must_use]
pub fn is_in_dialog(element: &Element) -> bool {
    element.closest("dialog").ok().flatten().is_some()
}

/// Whether an event came from within an element.
#[must_use]
pub fn is_within(target: Option<EventTarget>, element: &Element) -> bool {
    target
        .and_then(|target| target.dyn_into::<web_sys::Node>().ok())
        .is_some_and(|node| element.contains(Some(&node)))
}

/// Moves the focus among the elements of `root` that fit the selector: by a
/// step with wrap-around, or to an end.
pub fn rove(root: &Element, selector: &str, step: Step) {
    let all = all_within(root, selector);
    let at = all.iter().position(|element| is_focused(element));
    let Some(last) = all.len().checked_sub(1) else {
        return;
    };
    let to = match (step, at) {
        (Step::First, _) | (Step::Next, None) => 0,
        (Step::Last, _) | (Step::Back, None | Some(0)) => last,
        (Step::Next, Some(at)) => {
            if at == last {
                0
            } else {
                at + 1
            }
        }
        (Step::Back, Some(at)) => at - 1,
    };
    focus(&all[to]);
}

/// A step of [`rove`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To the next, from the last to the first.
    Next,
    /// To the one before, from the first to the last.
    Back,
    /// To the first.
    First,
    /// To the last.
    Last,
}

/// Scrolls an element into view by the shortest way.
pub fn reveal(element: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// A rectangle of the window, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Area {
    /// The left edge.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
}

/// Where an element is in the window.
#[must_use]
pub fn measure(element: &Element) -> Area {
    let rect = element.get_bounding_client_rect();
    Area {
        left: rect.left(),
        top: rect.top(),
        width: rect.width(),
        height: rect.height(),
    }
}

/// Width and height of the window.
#[must_use]
pub fn window_size() -> (f64, f64) {
    let window = leptos::prelude::window();
    let size = |side: Result<JsValue, JsValue>| {
        side.ok().and_then(|side| side.as_f64()).unwrap_or_default()
    };
    (size(window.inner_width()), size(window.inner_height()))
}

/// Opens a native dialog as a modal one; nothing where it is open.
pub fn show_modal(dialog: &HtmlDialogElement) {
    if !dialog.open() && dialog.is_connected() {
        drop(dialog.show_modal());
    }
}

/// Closes a native dialog; the browser gives the focus back.
pub fn close_modal(dialog: &HtmlDialogElement) {
    if dialog.open() {
        dialog.close();
    }
}

/// Lifts a `popover="manual"` element above everything, also above a dialog.
/// Older browsers leave it where it is, which its fixed position forgives.
pub fn lift(element: &HtmlElement) {
    if js_sys::Reflect::has(element, &"showPopover".into()).unwrap_or(false) {
        drop(element.show_popover());
    }
}

/// Selects all text of a field.
pub fn select_text(element: &HtmlElement) {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.select();
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.select();
    }
}

/// Makes a textarea as high as its text, so that it never scrolls in itself.
pub fn fit_height(area: &HtmlTextAreaElement) {
    let style = area.style();
    drop(style.set_property("height", "auto"));
    let border = area.offset_height() - area.client_height();
    drop(style.set_property("height", &format!("{}px", area.scroll_height() + border)));
}

/// Asks the browser to print the page.
pub fn print() {
    drop(leptos::prelude::window().print());
}
