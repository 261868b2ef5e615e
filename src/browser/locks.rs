//! One tab per plan tidies up: elected by a Web Lock. LockManager is not in
//! web-sys' stable API, so it is called by name.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::timer;

/// A wish to lead, and the lead once it is granted. Dropping it steps down.
pub struct Lead {
    let_go: Rc<RefCell<Option<Function>>>,
    abort: Option<web_sys::AbortController>,
    _granted: Option<Closure<dyn FnMut(JsValue) -> JsValue>>,
}

impl Lead {
    /// Asks to lead; `granted` is called when no other tab does. A browser
    /// without locks grants at once: two tidying tabs lose nothing, they only
    /// work twice.
    pub fn ask(name: &str, granted: impl FnOnce() + 'static) -> Self {
        let let_go: Rc<RefCell<Option<Function>>> = Rc::default();
        let Some((locks, request)) = method("request") else {
            granted();
            return Self {
                let_go,
                abort: None,
                _granted: None,
            };
        };
        let abort = web_sys::AbortController::new().ok();
        let options = Object::new();
        if let Some(abort) = &abort {
            drop(Reflect::set(&options, &"signal".into(), &abort.signal()));
        }
        let holder = Rc::clone(&let_go);
        let mut granted = Some(granted);
        let on_granted = Closure::new(move |_lock: JsValue| -> JsValue {
            if let Some(granted) = granted.take() {
                granted();
            }
            // The lock is held for as long as this promise is open.
            Promise::new(&mut |resolve, _| *holder.borrow_mut() = Some(resolve)).into()
        });
        let asked = request.call3(
            &locks,
            &name.into(),
            &options,
            on_granted.as_ref().unchecked_ref(),
        );
        if let Ok(promise) = asked.map(JsCast::unchecked_into::<Promise>) {
            // Being turned away by our own abort is no error.
            let ignore = Closure::once_into_js(|_: JsValue| {});
            drop(
                Reflect::get(&promise, &"catch".into())
                    .map(|catch| catch.unchecked_into::<Function>().call1(&promise, &ignore)),
            );
        }
        Self {
            let_go,
            abort,
            _granted: Some(on_granted),
        }
    }
}

impl Drop for Lead {
    fn drop(&mut self) {
        match self.let_go.borrow_mut().take() {
            Some(resolve) => drop(resolve.call0(&JsValue::NULL)),
            None => {
                if let Some(abort) = &self.abort {
                    abort.abort();
                }
            }
        }
    }
}

/// How often, and how many milliseconds apart, is looked whether a page that is just
/// closing still leads.
const LOOKS: u32 = 20;
const APART: u32 = 100;

/// Whether a page leads that does not step down within two seconds. False in a browser
/// without locks.
pub async fn is_led(name: &str) -> bool {
    for _ in 0..LOOKS {
        if !is_held(name).await.unwrap_or_default() {
            return false;
        }
        timer::wait(APART).await;
    }
    true
}

async fn is_held(name: &str) -> Option<bool> {
    let (locks, query) = method("query")?;
    let asked: Promise = query.call0(&locks).ok()?.dyn_into().ok()?;
    let all = JsFuture::from(asked).await.ok()?;
    let held: Array = Reflect::get(&all, &"held".into()).ok()?.dyn_into().ok()?;
    let called = |lock: JsValue| Reflect::get(&lock, &"name".into()).ok()?.as_string();
    Some(
        held.iter()
            .any(|lock| called(lock).as_deref() == Some(name)),
    )
}

/// The browser's keeper of locks, and something that it does.
fn method(name: &str) -> Option<(JsValue, Function)> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into())
        .ok()
        .filter(|l| !l.is_undefined())?;
    let method = Reflect::get(&locks, &name.into()).ok()?.dyn_into().ok()?;
    Some((locks, method))
}
