//! What stands at the edge of every printed page: title, partners, day, page
//! number. The words change with the plan, so they cannot stand in a style
//! file; a sheet made by the program is not bound by `style-src` and sets no
//! markup. Browsers that leave the edges of a page empty take no notice: for those the
//! page itself has a strip that stands on every sheet.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};

/// The words at the edge of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edges {
    /// At the upper left: the title.
    pub top_left: String,
    /// At the upper right: the partners.
    pub top_right: String,
    /// At the lower left: the day.
    pub bottom_left: String,
    /// Between the page's number and their count: " of ".
    pub of: String,
}

/// Page margins inherit nothing from the page's own styles.
const LOOK: &str = "font: 7.5pt/1.3 sans-serif; color: #444;";

/// Sets the words for all pages that are printed from now on. Says whether the
/// browser took them.
pub fn set_edges(edges: &Edges) -> bool {
    let of = quoted(&edges.of);
    let css = format!(
        "@page {{ @top-left {{ {LOOK} content: {}; }} @top-right {{ {LOOK} text-align: right; content: {}; }} \
         @bottom-left {{ {LOOK} content: {}; }} \
         @bottom-right {{ {LOOK} content: counter(page) {of} counter(pages); }} }}",
        quoted(&edges.top_left),
        quoted(&edges.top_right),
        quoted(&edges.bottom_left),
    );
    adopt(&css).is_ok()
}

/// Whether the browser prints words at the edge of a page at all.
#[must_use]
pub fn knows_edges() -> bool {
    let window = leptos::prelude::window();
    Reflect::has(&window, &"CSSMarginRule".into()).unwrap_or(false)
}

/// Takes the words away again.
pub fn clear_edges() {
    drop(adopt(""));
}

fn adopt(css: &str) -> Result<(), JsValue> {
    let sheets = Array::new();
    if !css.is_empty() {
        let window = leptos::prelude::window();
        let kind: Function = Reflect::get(&window, &"CSSStyleSheet".into())?.dyn_into()?;
        let sheet = Reflect::construct(&kind, &Array::new())?;
        let replace: Function = Reflect::get(&sheet, &"replaceSync".into())?.dyn_into()?;
        replace.call1(&sheet, &css.into())?;
        sheets.push(&sheet);
    }
    Reflect::set(&document(), &"adoptedStyleSheets".into(), &sheets).map(|_| ())
}

/// A CSS string: everything that could end it is written as an escape.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
