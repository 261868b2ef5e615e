//! Facts and chances of this device: the time, fresh ids, how much room there
//! is and whether the browser promises to keep it.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Now, in milliseconds since 1970.
pub fn now_millis() -> i64 {
    js_sys::Date::now() as i64
}

/// Milliseconds that only ever grow, for measuring.
pub fn ticks() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |clock| clock.now())
}

/// Today by the device's own calendar, as an ISO day.
pub fn today() -> String {
    iso_day(&js_sys::Date::new_0())
}

/// The day of a moment in milliseconds since 1970, likewise.
pub fn day_at(millis: f64) -> String {
    iso_day(&js_sys::Date::new(&millis.into()))
}

fn iso_day(at: &js_sys::Date) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        at.get_full_year(),
        at.get_month() + 1,
        at.get_date()
    )
}

/// 64 random bits, never zero.
pub fn chance() -> u64 {
    let mut bytes = [0u8; 8];
    if getrandom::fill(&mut bytes).is_err() {
        // No source of chance at all: time and Math.random still tell two
        // tabs apart.
        bytes = ((js_sys::Math::random() * 9e15) as u64 ^ now_millis() as u64).to_le_bytes();
    }
    u64::from_le_bytes(bytes).max(1)
}

/// How much room this site uses and may use, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Room {
    /// In use.
    pub used: f64,
    /// The most there is.
    pub quota: f64,
}

/// Asks how much room there is; nothing where the browser does not say.
pub async fn room() -> Option<Room> {
    let answer = call_storage("estimate").await?;
    let number = |name: &str| {
        Reflect::get(&answer, &name.into())
            .ok()
            .and_then(|n| n.as_f64())
    };
    Some(Room {
        used: number("usage")?,
        quota: number("quota")?,
    })
}

/// Whether the browser promises not to clear our data by itself.
pub async fn is_persistent() -> Option<bool> {
    call_storage("persisted").await?.as_bool()
}

/// Asks the browser to keep our data. Firefox asks the person and leaves this
/// open until they answer: never wait for it with anything else in hand.
pub async fn ask_to_persist() -> Option<bool> {
    call_storage("persist").await?.as_bool()
}

async fn call_storage(name: &str) -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    let storage = Reflect::get(&navigator, &"storage".into())
        .ok()
        .filter(|s| !s.is_undefined())?;
    let method: js_sys::Function = Reflect::get(&storage, &name.into()).ok()?.dyn_into().ok()?;
    let promise: Promise = method.call0(&storage).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}
