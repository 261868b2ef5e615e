//! What of this tab the device has not taken: plans that are open, and such as
//! were left with it. Closing the tab asks first while there is any. Scope: screen.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;

type Hear = Box<dyn Fn(BTreeSet<String>)>;

thread_local! {
    /// By the opening of a plan: a plan may be open twice, once left behind.
    static FAILING: RefCell<BTreeMap<u64, String>> = RefCell::default();
    static HEAR: RefCell<Option<Hear>> = RefCell::default();
    static ASKING: RefCell<Option<EventListener>> = RefCell::default();
    /// Plans that were put aside in this tab, and when; 0: for good.
    static ASIDE: RefCell<BTreeMap<String, i64>> = RefCell::default();
}

/// Notes whether the device has not taken what an opening of a plan holds.
pub(super) fn note(opening: u64, plan: &str, failing: bool) {
    let changed = FAILING.with_borrow_mut(|all| match failing {
        true => all.insert(opening, plan.to_owned()).is_none(),
        false => all.remove(&opening).is_some(),
    });
    if !changed {
        return;
    }
    let plans = plans();
    ASKING.with_borrow_mut(|asking| {
        if plans.is_empty() {
            *asking = None;
        } else if asking.is_none() {
            *asking = web_sys::window().map(|window| {
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&window, "beforeunload", options, |event| {
                    event.prevent_default();
                    // What browsers went by before that.
                    if let Some(event) = event.dyn_ref::<web_sys::BeforeUnloadEvent>() {
                        event.set_return_value("-");
                    }
                })
            });
        }
    });
    HEAR.with_borrow(|hear| {
        if let Some(hear) = hear {
            hear(plans);
        }
    });
}

/// The plans of which the device lacks something.
pub fn plans() -> BTreeSet<String> {
    FAILING.with_borrow(|all| all.values().cloned().collect())
}

/// Tells of every change of these, from now on.
pub fn listen(hear: impl Fn(BTreeSet<String>) + 'static) {
    HEAR.set(Some(Box::new(hear)));
}

/// A plan is put aside: what is still to be saved of it must not bring it back.
/// Nothing: it is there again. 0: it is deleted for good.
pub(super) fn put_aside(plan: &str, at: Option<i64>) {
    ASIDE.with_borrow_mut(|all| match at {
        Some(at) => drop(all.insert(plan.to_owned(), at)),
        None => drop(all.remove(plan)),
    });
}

/// When a plan was put aside in this tab; 0: for good.
pub(super) fn aside(plan: &str) -> Option<i64> {
    ASIDE.with_borrow(|all| all.get(plan).copied())
}
