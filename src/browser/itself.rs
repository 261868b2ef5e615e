//! The program as it lies here: on a host, in several files, or in one file
//! together with its plan. From either it can be put into a new file.

use std::sync::OnceLock;

use js_sys::{Array, Function, Reflect, Uint8Array};
use leptos::prelude::{document, window, window_event_listener};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Element, Response};
use weft_session::html_file::{self, PART_TYPE, Part, Program};
use weft_session::weft_file::FileProblem;

use super::fetch::{self, FetchError};
use super::trusted;

/// What the program asks for by name when it first needs it.
const LATER: [&str; 2] = ["sandbox.js", "sandbox.wasm"];

/// Why the program could not be put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incomplete {
    /// A file of it did not come.
    Fetch(FetchError),
    /// The browser packs nothing: it is too old.
    TooOld,
    /// It is not laid out as it should be.
    Elsewhere,
}

/// Whether this page is one file with its plan in it.
#[must_use]
pub fn is_one_file() -> bool {
    static HERE: OnceLock<bool> = OnceLock::new();
    *HERE.get_or_init(|| plan_element().is_some())
}

fn plan_element() -> Option<Element> {
    document().get_element_by_id("weft-plan")
}

/// The plan in this page, as the bytes of a `.weft` file.
pub fn plan() -> Result<Vec<u8>, FileProblem> {
    let text = plan_element().and_then(|element| element.text_content());
    html_file::unpack(text.ok_or(FileProblem::PageWithoutPlan)?.as_bytes())
}

/// The whole program, packed: from the host that it came from, or from this page.
pub async fn program() -> Result<Program, Incomplete> {
    if is_one_file() {
        return own_program().ok_or(Incomplete::Elsewhere);
    }
    let script = address("meta[name=weft-single]", "content")?;
    let style = address("link[rel=stylesheet]", "href")?;
    let mut parts = Vec::new();
    for element in all("meta[name=weft-part]") {
        let path = element.get_attribute("content").unwrap_or_default();
        let bytes = fetch::bytes(&path).await.map_err(Incomplete::Fetch)?;
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        let packed = through("CompressionStream", &bytes).await;
        let packed = packed.map_err(|_| Incomplete::TooOld)?.to_vec();
        parts.push(Part {
            name,
            packed: html_file::base64(&packed),
        });
    }
    for name in LATER {
        let path = trusted::asset(name).ok_or(Incomplete::Elsewhere)?;
        let bytes = fetch::bytes(&path).await.map_err(Incomplete::Fetch)?;
        let packed = through("CompressionStream", &bytes).await;
        parts.push(Part {
            name: name.to_owned(),
            packed: html_file::base64(&packed.map_err(|_| Incomplete::TooOld)?.to_vec()),
        });
    }
    Ok(Program {
        script: text(&script).await?,
        style: text(&style).await?,
        parts,
    })
}

/// The program that this page was started from, as it stands in it.
fn own_program() -> Option<Program> {
    let text = |id: &str| document().get_element_by_id(id)?.text_content();
    let part = |element: Element| {
        Some(Part {
            name: element.get_attribute("data-name")?,
            packed: element.text_content()?,
        })
    };
    let parts = all(&format!("script[type='{PART_TYPE}']"));
    Some(Program {
        script: text("weft-script")?,
        style: text("weft-style")?,
        parts: parts.into_iter().map(part).collect::<Option<_>>()?,
    })
}

fn all(selector: &str) -> Vec<Element> {
    let Ok(list) = document().query_selector_all(selector) else {
        return Vec::new();
    };
    let nodes = (0..list.length()).filter_map(|at| list.item(at));
    nodes.filter_map(|node| node.dyn_into().ok()).collect()
}

fn address(selector: &str, attribute: &str) -> Result<String, Incomplete> {
    let element = document().query_selector(selector).ok().flatten();
    let address = element.and_then(|element| element.get_attribute(attribute));
    address.ok_or(Incomplete::Elsewhere)
}

async fn text(path: &str) -> Result<String, Incomplete> {
    let bytes = fetch::bytes(path).await.map_err(Incomplete::Fetch)?;
    String::from_utf8(bytes).map_err(|_| Incomplete::Elsewhere)
}

/// A part of the program that stands in this page, unpacked.
pub(super) async fn part(name: &str) -> Option<Uint8Array> {
    let parts = all(&format!("script[type='{PART_TYPE}']"));
    let mut parts = parts.into_iter();
    let held = parts.find(|part| part.get_attribute("data-name").as_deref() == Some(name))?;
    let packed = html_file::unpack(held.text_content()?.as_bytes()).ok()?;
    through("DecompressionStream", &packed).await.ok()
}

/// Bytes after gzip, or before it, by the browser: off the main thread, and faster
/// than here.
async fn through(class: &str, bytes: &[u8]) -> Result<Uint8Array, JsValue> {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)))?;
    // Not in web-sys. Where the browser lacks it this is no function.
    let make: Function = Reflect::get(&window(), &class.into())?.dyn_into()?;
    let gzip = Reflect::construct(&make, &Array::of1(&"gzip".into()))?;
    let stream = blob.stream().pipe_through(gzip.unchecked_ref());
    let answer = Response::new_with_opt_readable_stream(Some(&stream))?;
    let buffer = JsFuture::from(answer.array_buffer()?).await?;
    Ok(Uint8Array::new(&buffer))
}

/// Lets the browser ask before the page is left while something is unsaved.
pub fn ask_before_leaving(unsaved: impl Fn() -> bool + 'static) {
    let listening = window_event_listener(leptos::ev::beforeunload, move |event| {
        if unsaved() {
            event.prevent_default();
            // Engines that do not go by the line above go by this one.
            event.set_return_value("unsaved");
        }
    });
    leptos::prelude::on_cleanup(move || listening.remove());
}
