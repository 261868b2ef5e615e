//! The plans as a table, and below it those that were deleted.

use leptos::prelude::*;
use weft_session::Card;

use super::{
    shelf::Shelf,
    words::{bytes, card_title, other_title, partners, reader, when},
};
use crate::{
    browser::hash,
    route::{Page, Route},
    ui::{
        components::{
            button::{Button, Look},
            icon::{Icon, Sign},
            menu::{MenuButton, MenuItem},
            table::TableFrame,
        },
        text::{number, say, say_count, say_with, t},
    },
};

/// The table of plans.
#[component]
pub(super) fn PlanTable(shelf: Shelf) -> impl IntoView {
    view! {
        <div class="home-table">
            <TableFrame label=t("home.title")>
                <table class="table home-plans">
                    <thead>
                        <tr>
                            <th scope="col">{t("home.plan")}</th>
                            <th scope="col" class="home-wide">{t("home.size")}</th>
                            <th scope="col">{t("home.changed")}</th>
                            <th scope="col" class="home-wide">{t("home.kept")}</th>
                            <th scope="col"><span class={"visually-hidden"}>{t("act.more")}</span></th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || shelf.live() key=|card| card.write() let:card>
                            <PlanRow card=card shelf=shelf/>
                        </For>
                    </tbody>
                </table>
            </TableFrame>
        </div>
    }
}

#[component]
fn PlanRow(card: Card, shelf: Shelf) -> impl IntoView {
    let card = StoredValue::new(card);
    let with = move |look: fn(&Card) -> String| move || card.with_value(look);
    let href = card.with_value(|card| Route::page(card.plan.clone(), Page::Overview).href());
    let second = with(|card| {
        let lang = reader();
        let mut parts = vec![
            other_title(card, &lang).unwrap_or_default(),
            partners(card, &lang),
        ];
        parts.retain(|part| !part.is_empty());
        parts.join(" · ")
    });
    let size = with(|card| say_count("home.modules", card.modules as f64, &[]));
    let size_more = with(|card| {
        let competencies = say_count("home.competencies", card.competencies as f64, &[]);
        format!(
            "{competencies}{}{}",
            say("finding.comma"),
            bytes(card.bytes as f64)
        )
    });
    let backed_up = card.with_value(|card| card.exported_millis.is_some());
    let backup = with(|card| match card.exported_millis {
        Some(at) if at >= card.edited_millis => say_with("home.backup", &[("when", when(at))]),
        Some(at) => say_with("home.backup_older", &[("when", when(at))]),
        None => say("home.no_backup"),
    });
    let unsaved = Memo::new(move |_| card.with_value(|card| shelf.is_unsaved(&card.plan)));
    let class = move || match (unsaved.get(), backed_up) {
        (true, _) => "home-kept gap",
        (false, true) => "home-kept",
        (false, false) => "home-kept caution",
    };
    let sign = move || match backed_up && !unsaved.get() {
        true => Sign::Tick,
        false => Sign::Alert,
    };
    let saved = move || {
        say(match unsaved.get() {
            true => "save.not_saved",
            false => "save.saved",
        })
    };
    let label =
        Signal::derive(move || say_with("home.more", &[("title", card.with_value(card_title))]));
    let items = Signal::derive(move || {
        let act = move |key, sign, act: fn(Shelf, Card)| {
            MenuItem::new(t(key), move || act(shelf, card.get_value())).sign(sign)
        };
        vec![
            act("home.open", Sign::Go, |_, card| {
                hash::go(&Route::page(card.plan, Page::Overview));
            }),
            act("home.duplicate", Sign::Copy, Shelf::duplicate),
            act(
                "home.download_history",
                Sign::Export,
                Shelf::download_history,
            ),
            act("home.download", Sign::Export, Shelf::download),
            act("home.delete", Sign::Delete, Shelf::delete)
                .danger()
                .apart(),
        ]
    });
    view! {
        <tr>
            <td>
                <a class="home-name" href=href>{with(card_title)}</a>
                <span class="caption home-second">{second}</span>
                <span class="caption home-second home-narrow">{saved}{move || say("finding.comma")}{backup}</span>
            </td>
            <td class="home-wide">
                <span class={"home-size"}>{size}</span>
                <span class="caption home-second">{size_more}</span>
            </td>
            <td class={"home-when"}>{with(|card| when(card.edited_millis))}</td>
            <td class="home-wide">
                <span class=class>
                    {move || view! { <Icon sign=sign() size=14/> }}
                    <span class="home-kept-words">
                        <span class={"home-saved"}>{saved}</span>
                        <span class="caption home-second">{backup}</span>
                    </span>
                </span>
            </td>
            <td class="home-menu"><MenuButton label=label items=items sign=Sign::More sole=true/></td>
        </tr>
    }
}

/// What was deleted and can be brought back.
#[component]
pub(super) fn DeletedPlans(shelf: Shelf) -> impl IntoView {
    let count = Memo::new(move |_| shelf.deleted().len());
    view! {
        <Show when=move || { count.get() > 0 }>
            <details class="home-deleted">
                <summary class="home-deleted-head">{move || say_with("home.deleted", &[("n", number(count.get() as f64))])}</summary>
                <p class="caption">{t("home.deleted_note")}</p>
                <ul class="home-deleted-list">
                    <For each=move || shelf.deleted() key=|card| card.write() let:card>
                        <DeletedRow card=card shelf=shelf/>
                    </For>
                </ul>
            </details>
        </Show>
    }
}

#[component]
fn DeletedRow(card: Card, shelf: Shelf) -> impl IntoView {
    let card = StoredValue::new(card);
    let title = move || card.with_value(card_title);
    let at = move || {
        let at = card
            .with_value(|card| card.deleted_millis)
            .unwrap_or_default();
        say_with("home.deleted_at", &[("when", when(at))])
    };
    view! {
        <li class="home-deleted-line">
            <span class="home-deleted-words">
                <span class={"home-deleted-name"}>{title}</span>
                <span class={"caption"}>{at}</span>
            </span>
            <Button label=t("home.restore") look=Look::Quiet on_press=move |_| shelf.restore(card.get_value())/>
            <Button label=t("home.forget") look=Look::Danger hint=t("home.forget_hint") on_press=move |_| shelf.forget(card.get_value())/>
        </li>
    }
}
