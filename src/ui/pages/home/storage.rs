//! How well the device keeps the plans: room, the browser's promise, and the
//! last copy that left as a file.

use leptos::prelude::*;

use super::{
    shelf::Shelf,
    words::{bytes, when},
};
use crate::{
    browser::{
        device::{self, Room},
        task,
    },
    ui::{
        components::{button::Button, head::SectionHead, meter::Meter},
        text::{number, say, say_count, say_with, t},
    },
};

/// The column at the right.
#[component]
pub(super) fn StorageHealth(shelf: Shelf) -> impl IntoView {
    let room = RwSignal::new(None::<Room>);
    let promised = RwSignal::new(None::<bool>);
    let asked = RwSignal::new(false);
    let look = move || {
        task::spawn(async move {
            let now = device::room().await;
            room.try_set(now);
            let kept = device::is_persistent().await;
            promised.try_set(kept);
        });
    };
    look();
    // What is used changes with the plans.
    Effect::new(move |before: Option<usize>| {
        let now = shelf.live().len() + shelf.deleted().len();
        if before.is_some_and(|before| before != now) {
            look();
        }
        now
    });
    let ask = move |_| {
        // Firefox leaves this open until the person answers: nothing waits.
        task::spawn(async move {
            let kept = device::ask_to_persist().await;
            promised.try_set(kept);
            asked.try_set(true);
        });
    };
    let used = move || {
        room.get().map_or_else(
            || say("home.room_unknown"),
            |room| {
                let values = [("used", bytes(room.used)), ("quota", bytes(room.quota))];
                say_with("home.room", &values)
            },
        )
    };
    let promise = move || match (promised.get(), asked.get()) {
        (Some(true), _) => say("home.promised"),
        (Some(false), true) => say("home.refused"),
        (Some(false), false) => say("home.not_promised"),
        (None, _) => String::new(),
    };
    let share = Signal::derive(move || {
        room.get()
            .map_or(0.0, |room| room.used / room.quota.max(1.0))
    });
    let copies = Memo::new(move |_| {
        let cards = shelf.live();
        let kept = cards.iter().filter_map(|card| card.exported_millis);
        (cards.len(), kept.clone().count(), kept.max())
    });
    view! {
        <aside class="home-aside" aria-label=move || say("home.storage")>
            <section class="home-box">
                <SectionHead title=t("home.storage")/>
                <Show when=move || room.get().is_some()><Meter value=share label=Signal::derive(used)/></Show>
                <p class="second">{used}" "{promise}</p>
                <Show when=move || promised.get() == Some(false) && !asked.get()>
                    <Button label=t("home.ask") hint=t("home.ask_hint") on_press=ask/>
                </Show>
            </section>
            <Show when=move || { copies.get().0 > 0 }>
                <section class="home-box">
                    <SectionHead title=t("home.last_backup")/>
                    <p class={"home-backup"}>{move || copies.get().2.map_or_else(|| say("home.never"), when)}</p>
                    <p class="second">{move || {
                        let (plans, kept, _) = copies.get();
                        say_count("home.copies", plans as f64, &[("kept", number(kept as f64))])
                    }}</p>
                    <p class="caption">{t("home.backup_how")}</p>
                </section>
            </Show>
            <section class="home-box">
                <SectionHead title=t("home.only_here")/>
                <p class="second">{t("home.only_here_text")}</p>
            </section>
        </aside>
    }
}
