//! The panel of a cell: its level, why it is a gap, which units link, where
//! else the competency is taught, who assesses it, and the note. Of the
//! specification: how strongly, and which other modules support it.

use leptos::prelude::*;
use weft_model::{ItemId, JobItemId, LinkKey, ModuleId, SpecificationItemId};

use super::edit::Wanted;
use super::grid::size_of;
use super::loom::{Crossing, Loom};
use super::panel_parts::{Assessed, Links, Note, TaughtIn, Why};
use super::sheet::{Level, Warp, support_rank};
use crate::browser::{dom, timer};
use crate::route::{Page, Route};
use crate::ui::components::chip::Level as LevelMark;
use crate::ui::components::item_history::ItemHistory;
use crate::ui::components::item_proposals::ItemProposals;
use crate::ui::components::panel::{PanelSection, SidePanel};
use crate::ui::components::talk::Talk;
use crate::ui::grid::selection::Cell;
use crate::ui::state::use_editor;
use crate::ui::text::{say, t};

/// The panel beside the grid.
#[component]
pub(super) fn CellPanel(loom: Loom) -> impl IntoView {
    let open = Signal::derive(move || loom.panel.get() && loom.crossing.with(Option::is_some));
    let warp = Memo::new(move |_| loom.filters.with(|filters| filters.warp));
    // F2 leads to the chosen level.
    Effect::new(move || {
        if loom.panel_focus.get() == 0 {
            return;
        }
        timer::next_frame(|| {
            let chosen = dom::by_id("panel").and_then(|panel| {
                dom::first_within(&panel, ".weave-level[aria-pressed=true]")
                    .or_else(|| dom::first_within(&panel, ".weave-level"))
            });
            if let Some(button) = chosen {
                dom::focus(&button);
            }
        });
    });
    // Shift+F2 leads to what is said: here, else at the module or the competency.
    Effect::new(move || {
        if loom.talk_focus.get() == 0 {
            return;
        }
        timer::next_frame(|| {
            let ways = [
                ".talk .thread button",
                ".talk-around button",
                ".talk button, .talk textarea",
            ];
            let panel = dom::by_id("panel");
            let found =
                panel.and_then(|panel| ways.iter().find_map(|way| dom::first_within(&panel, way)));
            if let Some(element) = found {
                dom::focus(&element);
            }
        });
    });
    let codes = move || {
        let sheet = loom.follow_sheet();
        let code = |uid, of_row| {
            let (lines, at) = if of_row {
                (&sheet.rows, sheet.row_of(uid))
            } else {
                (&sheet.cols, sheet.col_of(uid))
            };
            at.map_or_else(String::new, |at| lines[at].code.clone())
        };
        loom.crossing
            .get()
            .map(|(row, col)| format!("{} × {}", code(row, true), code(col, false)))
    };
    let size = move || {
        let chosen = loom.chosen.get();
        (chosen.len() > 1).then(|| size_of(&chosen))
    };
    view! {
        <SidePanel
            open=open
            label=t("weave.cell")
            narrow=true
            on_close=move |()| loom.close_panel()
            head=move || view! {
                <span class="code">{codes}</span>
                <span class="caption weave-panel-size">{size}</span>
            }
        >
            {move || {
                let crossing = loom.crossing.get();
                crossing.map(|crossing| match warp.get() {
                    Warp::Competencies => view! { <OfCompetency loom=loom crossing=crossing/> }.into_any(),
                    Warp::Specification => view! { <OfRequirement loom=loom crossing=crossing/> }.into_any(),
                })
            }}
        </SidePanel>
    }
}

/// The place of a crossing among the rows and columns of the moment.
pub(super) fn cell_of(loom: Loom, crossing: Crossing) -> Option<Cell> {
    let sheet = loom.sheet();
    Some(Cell {
        row: sheet.row_of(crossing.0)?,
        col: sheet.col_of(crossing.1)?,
    })
}

#[component]
fn OfCompetency(loom: Loom, crossing: Crossing) -> impl IntoView {
    let (module, competency) = (ModuleId(crossing.0), JobItemId(crossing.1));
    let editor = loom.editor;
    let plan = editor.id().to_string();
    let module_route = Route::spot(plan.clone(), Page::Modules, [module.to_string()]);
    let job_route = Route::spot(plan, Page::Jobs, [competency.to_string()]);
    let level = Memo::new(move |_| -> Wanted {
        editor.follow_board();
        let cell = editor.board(|board| board.cell(module, competency).copied());
        cell.filter(|cell| cell.links > 0).map(|cell| cell.level)
    });
    let pick = move |wanted: Wanted| {
        if let Some(cell) = cell_of(loom, crossing) {
            loom.set_one(cell, wanted);
        }
    };
    view! {
        <div class="weave-panel-title">
            <h2><a class="weave-panel-link" href=module_route.href()>{move || editor.title(module.into())}</a></h2>
            <p class="second"><a class="weave-panel-link" href=job_route.href()>{move || editor.title(competency.into())}</a></p>
        </div>
        <ItemProposals about=LinkKey::of(module, competency).into()/>
        <PanelSection title=t("weave.level.here")>
            <LevelChoice loom=loom value=level on_pick=pick label=t("weave.level.here")/>
            <Why loom=loom competency=competency/>
        </PanelSection>
        <Links loom=loom module=module competency=competency/>
        <TaughtIn loom=loom module=module competency=competency/>
        <Assessed loom=loom module=module competency=competency/>
        <Note loom=loom module=module competency=competency/>
        <Talk anchor=LinkKey::of(module, competency).into()/>
        <TalkAround item=module.into() label="weave.said_module"/>
        <TalkAround item=competency.into() label="weave.said_competency"/>
        <ItemHistory item=competency.into() with=ItemId::from(module)/>
    }
}

/// What is said at the module or the competency of a cell: folded, so that passing
/// by marks nothing as read.
#[component]
fn TalkAround(item: ItemId, label: &'static str) -> impl IntoView {
    let editor = use_editor();
    let open = RwSignal::new(false);
    let waiting = Memo::new(move |_| editor.marks().item(item.uid));
    let words = move || {
        let mut words = waiting.get();
        words.proposals = 0;
        words.words().join(", ")
    };
    view! {
        <Show when=move || waiting.get().is_said()>
            <section class="panel-section talk-around">
                <button type="button" class="button quiet fold" aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)>
                    <i class="mark-said" class:is-unread=move || { waiting.get().unread > 0 }></i>
                    <span class={"button-word"}>{t(label)} " " {words}</span>
                </button>
            </section>
            <Show when=move || open.get()><Talk anchor=item.into()/></Show>
        </Show>
    }
}

#[component]
fn OfRequirement(loom: Loom, crossing: Crossing) -> impl IntoView {
    let (item, module) = (SpecificationItemId(crossing.0), ModuleId(crossing.1));
    let editor = loom.editor;
    let module_route = Route::spot(editor.id().to_string(), Page::Modules, [module.to_string()]);
    let supports = Memo::new(move |_| {
        editor.follow_item(item.into());
        editor.plan(|plan| {
            plan.specification
                .get(item)
                .map(|item| {
                    let all = item.supported_by.iter();
                    all.map(|(module, support)| (*module, support_rank(support.0)))
                        .collect::<Vec<_>>()
                })
                .unwrap_or_default()
        })
    });
    let level = Memo::new(move |_| -> Wanted {
        supports.with(|all| {
            let found = all.iter().find(|(known, _)| *known == module);
            found.map(|(_, rank)| Some(*rank))
        })
    });
    let others = Memo::new(move |_| {
        supports.with(|all| {
            let others = all.iter().filter(|(known, _)| *known != module);
            others.copied().collect::<Vec<_>>()
        })
    });
    let pick = move |wanted: Wanted| {
        if let Some(cell) = cell_of(loom, crossing) {
            loom.set_one(cell, wanted);
        }
    };
    view! {
        <div class="weave-panel-title">
            <h2><a class="weave-panel-link" href=module_route.href()>{move || editor.title(module.into())}</a></h2>
            <p class="second">{move || editor.title(item.into())}</p>
        </div>
        <ItemProposals about=ItemId::from(item).into()/>
        <PanelSection title=t("weave.support.here")>
            <LevelChoice loom=loom value=level on_pick=pick label=t("weave.support.here")/>
        </PanelSection>
        <PanelSection title=t("weave.supported_by")>
            <ul class="weave-lines">
                <For each=move || others.get() key=|other| *other let:other>
                    <li class="weave-line">
                        <LevelMark letter=Signal::derive(move || loom.follow_sheet().letter(Some(other.1))) rank=Signal::stored(usize::from(other.1))/>
                        <button type="button" class="weave-line-name" on:click=move |_| {
                            loom.go_to_crossing((crossing.0, other.0.0));
                            loom.with_view(super::view::View::focus);
                        }>{move || editor.title(other.0.into())}</button>
                    </li>
                </For>
            </ul>
            {move || others.with(Vec::is_empty).then(|| view! { <p class="caption">{say("weave.supported_by.none")}</p> })}
        </PanelSection>
        <Talk anchor=ItemId::from(item).into()/>
        <TalkAround item=module.into() label="weave.said_module"/>
        <ItemHistory item=item.into()/>
    }
}

/// A row of buttons: none, and the levels.
#[component]
pub(super) fn LevelChoice(
    loom: Loom,
    #[prop(into)] value: Signal<Wanted>,
    #[prop(into)] on_pick: Callback<Wanted>,
    #[prop(into)] label: Signal<String>,
) -> impl IntoView {
    let buttons = move || {
        let sheet = loom.follow_sheet();
        let wordy = sheet.levels.len() <= 3;
        let unstated = sheet.warp == Warp::Competencies
            && (sheet.levels.is_empty() || value.get() == Some(None));
        let of = sheet.scale();
        let one = move |wanted: Wanted, letter: String, name: String, words: bool| {
            let rank = wanted.flatten().map_or(0, usize::from);
            let shade = crate::ui::components::chip::shade(rank, of);
            // What is read out begins with what is shown.
            let hint = format!("{letter} {name}").trim().to_owned();
            let between = (words && !letter.is_empty()).then_some(" ");
            view! {
                <button
                    type="button"
                    class=format!("weave-level {shade}")
                    aria-pressed=move || (value.get() == wanted).to_string()
                    aria-label=hint.clone()
                    title=hint
                    on:click=move |_| on_pick.run(wanted)
                >
                    {(!letter.is_empty()).then(|| view! { <b class="weave-level-letter">{letter}</b> })}
                    {between}
                    {words.then(|| view! { <span class="weave-level-name">{name}</span> })}
                </button>
            }
        };
        let none = one(None, String::new(), say("weave.level.none"), true);
        let tick = unstated.then(|| {
            one(
                Some(None),
                "✓".to_owned(),
                say("weave.level.unstated"),
                false,
            )
        });
        let levels: Vec<_> = sheet
            .levels
            .iter()
            .map(
                |Level {
                     rank, letter, name, ..
                 }| {
                    one(
                        Some(Some(*rank)),
                        letter.clone(),
                        name.clone(),
                        wordy && name != letter,
                    )
                },
            )
            .collect();
        (none, tick, levels)
    };
    view! {
        <div class="weave-levels" role="group" aria-label=move || label.get()>{buttons}</div>
    }
}
