//! The screen of last resort. A panic in this program is the end of it: the
//! instance must not be called again. The hook runs just before that end, so
//! everything on this screen works without the program: links alone.

use std::{
    cell::{Cell, RefCell},
    panic::PanicHookInfo,
};

use leptos::prelude::{document, window};
use web_sys::Element;

/// A copy of what was open, to be downloaded.
#[derive(Debug, Clone)]
pub struct Rescue {
    /// The file's name.
    pub name: String,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

type Rescuer = Box<dyn Fn() -> Option<Rescue>>;

thread_local! {
    static RESCUER: RefCell<Option<Rescuer>> = const { RefCell::new(None) };
    static SHOWN: Cell<bool> = const { Cell::new(false) };
}

/// Says how to get a copy of the open plan when everything else has failed.
/// `rescuer` must not panic and must not count on anything being in order: use
/// `try_borrow`, and `None` rather than doubt. `None` takes it back.
pub fn set_rescuer(rescuer: Option<Rescuer>) {
    RESCUER.with_borrow_mut(|kept| *kept = rescuer);
}

/// Shows the screen at the first panic. Call once, at the start.
pub fn watch() {
    std::panic::set_hook(Box::new(|info| {
        if SHOWN.replace(true) {
            return;
        }
        web_sys::console::error_1(&info.to_string().into());
        if show(info).is_none() {
            // Not even this could be drawn; the console has said it.
            web_sys::console::error_1(&"the last-resort screen could not be drawn".into());
        }
    }));
}

fn show(info: &PanicHookInfo<'_>) -> Option<()> {
    let body = document().body()?;
    let rescue = RESCUER.try_with(|kept| {
        kept.try_borrow()
            .ok()
            .and_then(|kept| kept.as_ref().and_then(|get| get()))
    });
    while let Some(child) = body.last_child() {
        body.remove_child(&child).ok()?;
    }
    let screen = add(&body, "main", "last-resort", "")?;
    screen.set_attribute("role", "alert").ok()?;
    let say = crate::ui::text::say_untracked;
    add(&screen, "h1", "", &say("last_resort.title"))?;
    add(&screen, "p", "", &say("last_resort.text"))?;
    let acts = add(&screen, "p", "last-resort-acts", "")?;
    if let Some(rescue) = rescue.ok().flatten() {
        let link = super::files::lasting_link(&rescue.name, &rescue.bytes)?;
        link.set_class_name("button primary");
        link.set_text_content(Some(&say("last_resort.download")));
        acts.append_child(&link).ok()?;
    }
    let again = add(&acts, "a", "button", &say("last_resort.again"))?;
    again.set_attribute("href", &fresh_address()?).ok()?;
    let details = add(&screen, "details", "", "")?;
    add(&details, "summary", "", &say("last_resort.details"))?;
    add(&details, "pre", "", &info.to_string())?;
    Some(())
}

/// This very address, but different enough to make the browser load it anew:
/// a link to the same fragment would only scroll, and a handler cannot run.
fn fresh_address() -> Option<String> {
    let location = window().location();
    Some(format!(
        "{}?again={}{}",
        location.pathname().ok()?,
        js_sys::Date::now(),
        location.hash().ok()?
    ))
}

fn add(parent: &Element, tag: &str, class: &str, text: &str) -> Option<Element> {
    let element = document().create_element(tag).ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    parent.append_child(&element).ok()?;
    Some(element)
}
