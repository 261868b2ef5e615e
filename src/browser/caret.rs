//! Where the caret stands in a field, for lists whose lines are fields: an
//! arrow key leaves the line only from its edge.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement};

use super::dom;

/// The caret of the line that has the focus, in UTF-16 units as the browser
/// counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caret {
    /// Where the selection begins.
    pub start: u32,
    /// Where it ends; the same for a mere caret.
    pub end: u32,
    /// How long the text is.
    pub length: u32,
}

impl Caret {
    /// Whether nothing is selected.
    #[must_use]
    pub const fn is_point(self) -> bool {
        self.start == self.end
    }

    /// Whether all of a text is selected; an empty one is.
    #[must_use]
    pub const fn is_all(self) -> bool {
        self.start == 0 && self.end == self.length
    }
}

fn input() -> Option<HtmlInputElement> {
    document().active_element()?.dyn_into().ok()
}

/// The caret of the field with the focus; nothing where that is no line of text.
#[must_use]
pub fn caret() -> Option<Caret> {
    let input = input()?;
    let length = u32::try_from(input.value().encode_utf16().count()).ok()?;
    Some(Caret {
        start: input.selection_start().ok().flatten()?,
        end: input.selection_end().ok().flatten()?,
        length,
    })
}

/// The text of a line, as it stands in the field.
#[must_use]
pub fn typed(element: &HtmlElement) -> Option<String> {
    element
        .dyn_ref::<HtmlInputElement>()
        .map(HtmlInputElement::value)
}

/// Puts the caret at the end of a line, or at its start.
pub fn put_caret(element: &HtmlElement, at_end: bool) {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        let length = u32::try_from(input.value().encode_utf16().count()).unwrap_or(u32::MAX);
        let at = if at_end { length } else { 0 };
        drop(input.set_selection_range(at, at));
    }
}

/// Moves the focus without scrolling anything, and says whether it is there:
/// an element that is not on the page yet takes none.
pub fn focus_in_place(element: &HtmlElement) -> bool {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    drop(element.focus_with_options(&options));
    dom::is_focused_element(element)
}

/// Writes a text into a field that somebody may be typing in: their caret, or what
/// they have selected, stays between the same letters.
pub fn rewrite(element: &HtmlElement, old: &str, new: &str) {
    let along = |at: Option<u32>| {
        let at = usize::try_from(at?).ok()?;
        u32::try_from(weft_model::carried_along(old, new, at)).ok()
    };
    let typing = dom::is_focused_element(element);
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        // Some types of input have no caret to tell of.
        let start = along(input.selection_start().ok().flatten());
        let end = along(input.selection_end().ok().flatten());
        input.set_value(new);
        if let (true, Some(start), Some(end)) = (typing, start, end) {
            drop(input.set_selection_range(start, end));
        }
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        let start = along(area.selection_start().ok().flatten());
        let end = along(area.selection_end().ok().flatten());
        area.set_value(new);
        if let (true, Some(start), Some(end)) = (typing, start, end) {
            drop(area.set_selection_range(start, end));
        }
    }
}

/// Puts a text into a line as if it had been typed over what stood there.
pub fn replace_text(element: &HtmlElement, text: &str) {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.set_value(text);
        put_caret(element, true);
    }
}

/// What stands before the caret of a field of several lines; nothing while some of it
/// is selected.
#[must_use]
pub fn before(area: &HtmlTextAreaElement) -> Option<String> {
    let start = area.selection_start().ok().flatten()?;
    let end = area.selection_end().ok().flatten()?;
    let units: Vec<u16> = area.value().encode_utf16().collect();
    let before = units.get(..usize::try_from(start).ok()?)?;
    (start == end).then(|| String::from_utf16_lossy(before))
}

/// Writes over what stands right before the caret, as if somebody had typed it.
pub fn write_over(area: &HtmlTextAreaElement, old: &str, new: &str) {
    let length = |text: &str| text.encode_utf16().count();
    let end = area.selection_end().ok().flatten();
    let Some(end) = end.and_then(|end| usize::try_from(end).ok()) else {
        return;
    };
    let units: Vec<u16> = area.value().encode_utf16().collect();
    let start = end.saturating_sub(length(old));
    let (Some(head), Some(tail)) = (units.get(..start), units.get(end..)) else {
        return;
    };
    let [head, tail] = [head, tail].map(String::from_utf16_lossy);
    area.set_value(&format!("{head}{new}{tail}"));
    if let Ok(caret) = u32::try_from(start + length(new)) {
        drop(area.set_selection_range(caret, caret));
    }
    if let Ok(event) = web_sys::Event::new("input") {
        drop(area.dispatch_event(&event));
    }
}
