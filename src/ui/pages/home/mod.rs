//! All plans on this device, ways to start another, and how well the device
//! keeps them.

pub mod code;
mod code_place;
mod example;
pub mod making;
mod met;
mod plans;
mod receiving;
pub mod shelf;
mod shelved;
mod storage;
mod unlock;
pub mod visitor;
pub mod visits;
pub mod words;

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use weft_exchange::templates;

use self::{
    code_place::CodePlace,
    plans::{DeletedPlans, PlanTable},
    shelf::{Example, Shelf, use_shelf},
    storage::StorageHealth,
};
use crate::{
    parts,
    ui::{
        components::{
            button::{Button, Look},
            empty::Empty,
            head::SectionHead,
            icon::{Icon, Sign},
            notice::{Banner, Tone},
        },
        text::{say, t},
    },
};

/// The page.
#[component]
pub fn HomePage() -> impl IntoView {
    let shelf = use_shelf();
    shelf.refresh();
    // Another tab may have made or deleted one.
    let coming_back = window_event_listener(leptos::ev::focus, move |_| shelf.refresh());
    on_cleanup(move || coming_back.remove());
    expect_a_plan(shelf);
    let dragged = shelf.dragged();
    let none = Memo::new(move |_| shelf.is_known() && shelf.live().is_empty());
    let some = Memo::new(move |_| !shelf.live().is_empty());
    view! {
        <div class="home" class:is-dragged=move || dragged.get()>
            <div class="home-main">
                <h1 class="home-title">{t("home.title")}</h1>
                <WaysIn shelf=shelf/>
                {move || shelf.trouble().map(|trouble| view! {
                    <Banner text=Signal::derive(move || words::trouble(&trouble)) tone=Tone::Caution on_close=move |()| shelf.dismiss()/>
                })}
                <Show when=move || some.get()><PlanTable shelf=shelf/></Show>
                <Show when=move || none.get()><FirstVisit shelf=shelf/></Show>
                <DeletedPlans shelf=shelf/>
                <StartFrom shelf=shelf/>
                <p class="home-drop">
                    <Icon sign=Sign::Import/>
                    <span class={"home-drop-text"}>{t("home.drop")}</span>
                </p>
            </div>
            <StorageHealth shelf=shelf/>
            <CodePlace shelf=shelf/>
        </div>
    }
}

/// From how many bytes on opening a plan is rehearsed at length.
const LARGE: u64 = 1 << 20;

/// Whoever moves on this page is about to open a plan: what that needs comes
/// meanwhile. Before that, the first screen loads nothing but itself. Browsers
/// tell a move without one, too, when the page is laid out anew under a mouse
/// that rests: only a second place counts.
fn expect_a_plan(shelf: Shelf) {
    let once = Rc::new(Cell::new(false));
    let large = move || untrack(|| shelf.live().iter().any(|card| card.bytes > LARGE));
    let expect = move || {
        if !once.replace(true) {
            parts::expect_a_plan(large);
        }
    };
    let seen_at = Cell::new(None);
    let moved = window_event_listener(leptos::ev::pointermove, {
        let expect = expect.clone();
        move |event| {
            let here = (event.client_x(), event.client_y());
            if seen_at
                .replace(Some(here))
                .is_some_and(|before| before != here)
            {
                expect();
            }
        }
    });
    let pressed = window_event_listener(leptos::ev::pointerdown, {
        let expect = expect.clone();
        move |_| expect()
    });
    let key = window_event_listener(leptos::ev::keydown, move |_| expect());
    on_cleanup(move || {
        moved.remove();
        pressed.remove();
        key.remove();
    });
}

/// The ways in that work: a new plan, a file, tables, an example.
#[component]
fn WaysIn(shelf: Shelf) -> impl IntoView {
    let busy = Signal::derive(move || shelf.is_busy());
    view! {
        <div class="acts large home-acts">
            <Button label=t("home.new") sign=Sign::Add look=Look::Primary disabled=busy on_press=move |_| shelf.start_blank()/>
            <Button label=t("home.open_file") sign=Sign::Folder disabled=busy on_press=move |_| shelf.pick_file()/>
            <Button label=t("home.read_code") sign=Sign::Link disabled=busy on_press=move |_| shelf.reading().set(true)/>
            <Button label=t("home.import_table") sign=Sign::Table disabled=busy on_press=move |_| shelf.start_for_tables()/>
            <Button label=t("home.open_example") sign=Sign::Plan disabled=busy on_press=move |_| shelf.start_example(Example::Chinese)/>
        </div>
        <p class="visually-hidden" role="status">{move || if busy.get() { say("home.busy") } else { String::new() }}</p>
    }
}

/// Nothing here yet: what this is, and the shortest way to see it.
#[component]
fn FirstVisit(shelf: Shelf) -> impl IntoView {
    view! {
        <div class="home-first">
            <Empty title=t("home.first") text=t("home.first_text")>
                <Button label=t("home.see_example") sign=Sign::Plan look=Look::Primary on_press=move |_| shelf.start_example(Example::Chinese)/>
                <Button label=t("home.new_blank") sign=Sign::Add on_press=move |_| shelf.start_blank()/>
            </Empty>
        </div>
    }
}

/// Templates and examples, each a copy of one's own.
#[component]
fn StartFrom(shelf: Shelf) -> impl IntoView {
    let examples = Example::ALL.map(|example| {
        line(
            example.name_key().to_owned(),
            example.text_key().to_owned(),
            move || shelf.start_example(example),
        )
    });
    let templates = templates::IDS.into_iter().map(|id| {
        let name = format!("home.template.{id}");
        let text = format!("{name}.text");
        line(name, text, move || shelf.start_template(id))
    });
    view! {
        <section class="home-start">
            <SectionHead title=t("home.start_from") note=t("home.start_note")/>
            <ul class="home-seeds">{examples.into_iter().chain(templates).collect_view()}</ul>
        </section>
    }
}

fn line(name: String, text: String, start: impl Fn() + 'static) -> AnyView {
    view! {
        <li class="home-seed">
            <button type="button" class="home-seed-button" on:click=move |_| start()>
                <b class={"home-seed-name"}>{move || say(&name)}</b>
                <span class="caption">{move || say(&text)}</span>
            </button>
        </li>
    }
    .into_any()
}
