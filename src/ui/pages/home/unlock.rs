//! A link that is locked: its passphrase.

use leptos::prelude::*;

use super::shelf::Shelf;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::TextField;
use crate::ui::text::{say, t};

/// The dialog; open while a link waits.
#[component]
pub(super) fn Unlock(shelf: Shelf) -> impl IntoView {
    let locked = shelf.locked();
    let open = RwSignal::new(false);
    let passphrase = RwSignal::new(String::new());
    Effect::new(move || {
        let waits = locked.with(Option::is_some);
        if waits {
            passphrase.set(String::new());
        }
        if open.get_untracked() != waits {
            open.set(waits);
        }
    });
    // Closed in any other way: the link is let go.
    Effect::new(move || {
        if !open.get() && locked.with_untracked(Option::is_some) {
            locked.set(None);
        }
    });
    let foot = move || {
        view! {
            <Button label=t("act.cancel") look=Look::Quiet on_press=move |_| open.set(false)/>
            <Button label=t("link.open") look=Look::Primary on_press=move |_| shelf.unlock(passphrase.get_untracked())/>
        }
        .into_any()
    };
    let problem = Signal::derive(move || shelf.refused().then(|| say("link.wrong_passphrase")));
    view! {
        <Dialog open=open title=t("link.locked") foot=foot>
            <TextField label=t("link.passphrase") value=passphrase kind="password" hint=t("link.locked_hint") problem=problem
                on_commit=move |it| passphrase.set(it)/>
        </Dialog>
    }
}
