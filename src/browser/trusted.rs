//! Addresses of scripts, as a page under Trusted Types takes them. The policy of
//! the page names one maker of such addresses, `weft`, and lets it be made once.
//! It lets nothing pass but scripts of this release.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use leptos::prelude::{document, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

thread_local! {
    /// The address of the Worker's script where it stands in the page itself.
    static OWN: RefCell<Option<String>> = const { RefCell::new(None) };
    static MAKER: JsValue = maker().unwrap_or(JsValue::UNDEFINED);
}

/// The address of a file that comes later, by its plain name, as packing wrote
/// it into the page; whole, so that a Worker can ask for it too.
#[must_use]
pub fn asset(name: &str) -> Option<String> {
    let wanted = format!("meta[name=weft-asset][data-name=\"{name}\"]");
    let element = document().query_selector(&wanted).ok()??;
    let base = document().base_uri().ok()??;
    let address = web_sys::Url::new_with_base(&element.get_attribute("content")?, &base);
    Some(address.ok()?.href())
}

/// The address of a script as something that may become one: of the type
/// TrustedScriptURL where the browser has it.
pub(super) fn script(name: &str) -> Option<JsValue> {
    trusting(JsValue::from(asset(name)?))
}

/// The same of a script that stands in the page itself: a blob, which is all that
/// a Worker can begin in there.
pub(super) fn own_script(bytes: &Uint8Array) -> Option<JsValue> {
    let address = OWN.with_borrow(Clone::clone).or_else(|| {
        let blob = Blob::new_with_u8_array_sequence(&Array::of1(bytes)).ok()?;
        let made = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
        OWN.set(Some(made.clone()));
        Some(made)
    })?;
    trusting(JsValue::from(address))
}

fn trusting(address: JsValue) -> Option<JsValue> {
    MAKER.with(|maker| {
        if maker.is_undefined() {
            return Some(address);
        }
        let make: Function = Reflect::get(maker, &"createScriptURL".into())
            .ok()?
            .dyn_into()
            .ok()?;
        make.call1(maker, &address).ok()
    })
}

/// None where the browser has no Trusted Types.
fn maker() -> Option<JsValue> {
    let types = Reflect::get(&window(), &"trustedTypes".into()).ok()?;
    let create: Function = Reflect::get(&types, &"createPolicy".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let ours = Closure::<dyn Fn(String) -> JsValue>::new(|address: String| {
        let known = ["sandbox.js"];
        let is_ours = known
            .iter()
            .any(|name| asset(name).as_deref() == Some(&address))
            || OWN.with_borrow(|own| own.as_deref() == Some(&address));
        if is_ours {
            JsValue::from(address)
        } else {
            JsValue::NULL
        }
    });
    let rules = Object::new();
    Reflect::set(&rules, &"createScriptURL".into(), ours.as_ref()).ok()?;
    // Lives as long as the page.
    ours.forget();
    create.call2(&types, &"weft".into(), &rules).ok()
}
