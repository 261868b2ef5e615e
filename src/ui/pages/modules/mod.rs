//! Modules over the terms: a board to arrange them, a table with every field,
//! and a panel for each.

mod arrange;
mod bars;
mod board;
mod card;
mod head;
mod layout;
mod moves;
mod offerings;
mod panel;
mod teaches;

use leptos::prelude::*;
use weft_model::{Kind, Uid};

use self::arrange::Bench;
use self::board::BoardView;
use self::panel::BoardPanel;
use crate::browser::prefs;
use crate::route::{Page, Route};
use crate::ui::components::button::{Button, ButtonLink, Look};
use crate::ui::components::choice::{Segment, Segmented};
use crate::ui::components::empty::Empty;
use crate::ui::components::head::PageHead;
use crate::ui::components::icon::Sign;
use crate::ui::components::item_catalogue::ItemCatalogue;
use crate::ui::components::menu::{MenuButton, MenuItem};
use crate::ui::components::shortcuts::{Shortcut, shortcuts};
use crate::ui::spot::SpotOn;
use crate::ui::state::use_editor;
use crate::ui::text::{number, say_count, say_with, t};

/// The page.
#[component]
pub fn ModulesPage() -> impl IntoView {
    let editor = use_editor();
    let spot = SpotOn::new(&editor, Page::Modules);
    let bench = Bench::new(editor, spot);
    let table = RwSignal::new(prefs::read("modules.view").as_deref() == Some("table"));
    shortcuts(
        "page.modules",
        vec![
            Shortcut::told("ArrowRight", "modules.key.go"),
            Shortcut::told("Enter", "modules.key.open"),
            Shortcut::told("Alt+ArrowRight", "modules.key.later"),
            Shortcut::told("Alt+ArrowLeft", "modules.key.earlier"),
            Shortcut::told("Alt+Shift+ArrowRight", "modules.key.longer"),
            Shortcut::told("Alt+Shift+ArrowLeft", "modules.key.shorter"),
            Shortcut::told("Alt+Shift+ArrowUp", "modules.key.begins_earlier"),
            Shortcut::told("Alt+Shift+ArrowDown", "modules.key.begins_later"),
            Shortcut::told("Alt+ArrowUp", "modules.key.up"),
            Shortcut::told("Alt+ArrowDown", "modules.key.down"),
            Shortcut::told("Delete", "modules.key.delete"),
            Shortcut::told("F2", "modules.key.edit"),
            Shortcut::told("Shift+ArrowDown", "table.key.stretch"),
            Shortcut::told("Ctrl+C", "weave.key.copy"),
            Shortcut::told("Ctrl+V", "weave.key.paste"),
        ],
    );
    let empty = Memo::new(move |_| {
        editor.follow(Kind::Module);
        editor.follow(Kind::Term);
        editor.plan(|plan| plan.modules.is_empty() && plan.terms.is_empty())
    });
    let rests = Signal::derive(move || editor.read_only());
    let note = Signal::derive(move || {
        editor.follow_board();
        let (modules, hours, credits) = editor.board(|board| {
            let sums = board.sums();
            (sums.modules, sums.hours.as_f64(), sums.credits.as_f64())
        });
        let mut parts = vec![say_count("modules.count", modules.into(), &[])];
        // What nobody said is left out, never zero.
        if hours > 0.0 {
            parts.push(say_with("modules.hours", &[("n", number(hours))]));
        }
        if credits > 0.0 {
            parts.push(say_with("modules.credits_long", &[("n", number(credits))]));
        }
        parts.join(" · ")
    });
    let view = Signal::derive(move || if table.get() { "table" } else { "board" }.to_owned());
    let choose = move |chosen: &'static str| {
        prefs::write("modules.view", chosen);
        table.set(chosen == "table");
    };
    let segments = vec![
        Segment {
            value: "board",
            label: t("modules.board"),
            sign: Some(Sign::Board),
        },
        Segment {
            value: "table",
            label: t("modules.table"),
            sign: Some(Sign::Table),
        },
    ];
    let more = Signal::derive(move || {
        vec![
            MenuItem::new(t("modules.add_term"), move || bench.add_term()).sign(Sign::Calendar),
            MenuItem::new(t("modules.add_pool"), move || bench.add_pool()).sign(Sign::Add),
        ]
    });
    let id = editor.id().to_string();
    let import = Route::page(id.clone(), Page::Import).href();
    let data = Route::page(id, Page::Data).href();
    let open = Signal::derive(move || spot.item());
    let on_open = move |uid: Uid| spot.choose(Some(uid));
    view! {
        <PageHead title=t("page.modules")>
            <Segmented label=t("modules.view") options=segments value=view on_commit=choose/>
            <span class="page-note push">{note}</span>
            <ButtonLink label=t("page.data") look=Look::Quiet sign=Sign::Calendar href=data/>
            {move || (!rests.get()).then(|| view! {
                <MenuButton label=t("modules.add_more") items=more sign=Sign::Down/>
                <Button label=t("modules.one") sign=Sign::Add on_press=move |_| bench.add_module(None)/>
            })}
        </PageHead>
        <div class="with-panel">
            <div class="modules-place">
                {move || {
                    let import = import.clone();
                    match (empty.get(), table.get()) {
                        (true, _) => view! {
                            <Empty title=t("modules.empty") text=t("modules.empty_text") sign=Sign::Modules>
                                <Button label=t("modules.add_term") look=Look::Primary sign=Sign::Calendar disabled=rests on_press=move |_| bench.add_term()/>
                                <Button label=t("modules.add") sign=Sign::Add disabled=rests on_press=move |_| bench.add_module(None)/>
                                <ButtonLink label=t("jobs.import") sign=Sign::Import href=import/>
                            </Empty>
                        }.into_any(),
                        (false, true) => view! { <ItemCatalogue kind=Kind::Module open=open on_open=on_open/> }.into_any(),
                        (false, false) => view! { <BoardView bench=bench/> }.into_any(),
                    }
                }}
            </div>
            <BoardPanel bench=bench/>
        </div>
    }
}
