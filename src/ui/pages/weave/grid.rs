//! The grid itself: the elements it is drawn in, and what keys, pointer and
//! clipboard do there.

use std::rc::Rc;

use leptos::ev::{ClipboardEvent, MouseEvent, PointerEvent};
use leptos::{html, prelude::*};

use super::keys::{Typing, press};
use super::loom::Loom;
use super::sheet::Warp;
use super::view::{Spot, View};
use crate::browser::canvas::Canvas;
use crate::browser::clipboard;
use crate::browser::piece::Piece;
use crate::browser::pointer::{self, Following, Motion};
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::grid::clipboard::{to_html, to_tsv};
use crate::ui::text::{number, say, say_count, say_with, t};

/// The grid of rows and columns.
#[component]
pub(super) fn Grid(loom: Loom) -> impl IntoView {
    let scroller = NodeRef::<html::Div>::new();
    let space = NodeRef::<html::Div>::new();
    let window = NodeRef::<html::Div>::new();
    let grid = NodeRef::<html::Div>::new();
    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new(move || {
        let (Some(scroller), Some(space), Some(window), Some(grid), Some(canvas)) = (
            scroller.get(),
            space.get(),
            window.get(),
            grid.get(),
            canvas.get(),
        ) else {
            return;
        };
        let view = Canvas::on(canvas).and_then(|canvas| {
            View::new(
                loom,
                Piece::of(&scroller),
                Piece::of(&space),
                Piece::of(&window),
                Piece::of(&grid),
                canvas,
            )
        });
        loom.show_in(view.map(Rc::new));
    });
    on_cleanup(move || loom.show_in(None));

    let typing = Typing::new();
    let touch = StoredValue::new(false);
    let specification = move || {
        loom.filters
            .with(|filters| filters.warp == Warp::Specification)
    };
    view! {
        <div class="weave-grid" node_ref=scroller on:scroll=move |_| loom.with_view(View::paint)>
            <div class="weave-space" node_ref=space>
                <div
                    class="weave-window"
                    class:specification=specification
                    node_ref=window
                    on:pointerdown=move |event| {
                        touch.set_value(event.pointer_type() == "touch");
                        pointer_down(loom, &event);
                    }
                    on:click=move |event| {
                        // A mouse has chosen already as it went down.
                        if touch.get_value() {
                            tapped(loom, &event);
                        }
                    }
                    on:dblclick=move |event| double_clicked(loom, &event)
                >
                    <canvas class="weave-canvas" aria-hidden="true" node_ref=canvas></canvas>
                    <Corner loom=loom/>
                    <div
                        class="weave-table"
                        role="grid"
                        tabindex="0"
                        aria-multiselectable="true"
                        aria-label=move || say("page.weave")
                        node_ref=grid
                        on:keydown=move |event| press(loom, typing, &event)
                        on:focus=move |_| loom.with_view(View::paint)
                        on:blur=move |_| loom.with_view(View::paint)
                        on:copy=move |event| copy(loom, &event, false)
                        on:cut=move |event| copy(loom, &event, true)
                        on:paste=move |event| {
                            event.prevent_default();
                            loom.paste(&clipboard::pasted(&event));
                        }
                    ></div>
                </div>
            </div>
            <p class="visually-hidden" aria-live="polite">{move || loom.told.get()}</p>
        </div>
    }
}

fn copy(loom: Loom, event: &ClipboardEvent, cut: bool) {
    if let Some(rows) = loom.copied()
        && clipboard::answer_copy(event, &to_tsv(&rows), &to_html(&rows))
        && cut
    {
        loom.clear_block();
    }
}

// ---- the pointer -----------------------------------------------------------

fn place(event: &MouseEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// A finger scrolls; it selects with a tap (see [`tapped`]).
fn pointer_down(loom: Loom, event: &PointerEvent) {
    if event.pointer_type() == "touch" || event.button() != 0 {
        return;
    }
    let (x, y) = place(event);
    let mut spot = None;
    loom.with_view(|view| {
        spot = view.at(x, y);
        if spot.is_some() {
            view.focus();
        }
    });
    let Some(spot) = spot else { return };
    // Keeps the browser from moving the focus and from selecting text.
    event.prevent_default();
    choose(loom, spot, event.shift_key());
    follow_drag(loom, event.pointer_id(), spot);
}

fn choose(loom: Loom, spot: Spot, stretch: bool) {
    use crate::ui::grid::selection::Cell;
    loom.select(|selection| match spot {
        Spot::Cell(cell) if stretch => selection.stretch(cell),
        Spot::Cell(cell) => selection.select(cell),
        Spot::Row(row) => {
            let cell = Cell::new(row, selection.active.col);
            if stretch {
                selection.stretch(cell);
            } else {
                selection.select(cell);
            }
            selection.whole_rows();
        }
        Spot::Col(col) => {
            let cell = Cell::new(selection.active.row, col);
            if stretch {
                selection.stretch(cell);
            } else {
                selection.select(cell);
            }
            selection.whole_cols();
        }
    });
}

fn follow_drag(loom: Loom, id: i32, from: Spot) {
    let following = StoredValue::new_local(None::<Following>);
    let stop = move || {
        if let Some(following) = following.try_update_value(Option::take).flatten() {
            following.stop();
        }
    };
    let act = move |motion: Motion| match motion {
        Motion::Moved(x, y) => {
            let mut near = None;
            loom.with_view(|view| near = view.nearest(x, y));
            if let Some(cell) = near {
                loom.select(|selection| {
                    selection.stretch(cell);
                    match from {
                        Spot::Cell(_) => {}
                        Spot::Row(_) => selection.whole_rows(),
                        Spot::Col(_) => selection.whole_cols(),
                    }
                });
            }
        }
        Motion::Released(..) | Motion::Cancelled => stop(),
    };
    following.set_value(Some(pointer::follow(id, act)));
}

fn tapped(loom: Loom, event: &MouseEvent) {
    let (x, y) = place(event);
    let mut spot = None;
    loom.with_view(|view| {
        spot = view.at(x, y);
        view.focus();
    });
    if let Some(spot) = spot {
        choose(loom, spot, false);
        if matches!(spot, Spot::Cell(_)) {
            loom.open_panel(false);
        }
    }
}

fn double_clicked(loom: Loom, event: &MouseEvent) {
    let (x, y) = place(event);
    let mut spot = None;
    loom.with_view(|view| spot = view.at(x, y));
    if matches!(spot, Some(Spot::Cell(_))) {
        loom.open_panel(true);
    }
}

// ---- what stands in the corners --------------------------------------------

/// The figure above the modules, and the names of the rows of totals.
#[component]
fn Corner(loom: Loom) -> impl IntoView {
    let competencies = move || {
        loom.filters
            .with(|filters| filters.warp == Warp::Competencies)
    };
    let tally = Signal::derive(move || {
        loom.editor.follow_board();
        loom.editor.board(|board| board.overall())
    });
    let supported = Signal::derive(move || {
        loom.editor.follow_board();
        let sheet = loom.follow_sheet();
        loom.editor.board(|board| {
            let rows = 0..sheet.rows.len();
            rows.filter(|row| sheet.row_total(board, *row) > 0).count()
        })
    });
    view! {
        <div class="weave-corner">
            {move || if competencies() {
                let tally = tally.get();
                let of = f64::from(tally.competencies);
                let share = |part: u32| format!("{}%", f64::from(part) / of.max(1.0) * 100.0);
                let (covered, below) = (tally.covered, tally.below + tally.level_not_stated);
                view! {
                    <div class="weave-figure">
                        <p class="weave-figure-number">
                            {number(f64::from(covered))}
                            <small class="weave-figure-of">{format!(" / {}", number(of))}</small>
                        </p>
                        <p class="caption">{say("weave.reach")}</p>
                        <div class="weave-thread" aria-hidden="true">
                            <span class="weave-thread-full" style:width=share(covered)></span>
                            <span class="weave-thread-half" style:width=share(below)></span>
                        </div>
                    </div>
                }.into_any()
            } else {
                let sheet = loom.follow_sheet();
                view! {
                    <div class="weave-figure">
                        <p class="weave-figure-number">
                            {move || number(supported.get() as f64)}
                            <small class="weave-figure-of">{format!(" / {}", number(sheet.rows.len() as f64))}</small>
                        </p>
                        <p class="caption">{say("weave.supported")}</p>
                    </div>
                }.into_any()
            }}
            <p class="weave-corner-foot">
                <span class={"weave-corner-row"}>
                    {move || if competencies() { say("weave.corner.modules") } else { say("weave.corner.items") }}
                </span>
                {move || competencies().then(|| view! { <span class={"weave-corner-hours"}>{say("weave.corner.hours")}</span> })}
            </p>
        </div>
        <div class="weave-side weave-required" hidden=move || !competencies()>{t("weave.required")}</div>
        <div class="weave-side weave-reached" hidden=move || !competencies()>
            <span class={"weave-side-name"}>{t("weave.reached")}</span>
            {move || {
                let gaps = loom.gaps.get();
                (gaps > 0).then(|| view! {
                    <span class="weave-gaps"><Icon sign=Sign::Alert size=12/>{say_count("weave.gaps", f64::from(gaps), &[])}</span>
                })
            }}
        </div>
        <div class="weave-side weave-taught">
            {move || if competencies() { say("weave.taught_by") } else { say("weave.supports") }}
        </div>
        <div class="weave-side weave-assessed" hidden=move || !competencies()>{t("weave.assessed_by")}</div>
        <div class="weave-total">
            {move || if competencies() { say("weave.links_head") } else { say("weave.modules_head") }}
        </div>
    }
}

/// The foot line: what the marks mean, and what is selected.
#[component]
pub(super) fn FootLine(loom: Loom) -> impl IntoView {
    use crate::ui::components::chip::Level;
    let levels = move || {
        let sheet = loom.follow_sheet();
        let of = sheet.scale();
        sheet
            .levels
            .iter()
            .map(|level| {
                let (letter, rank) = (level.letter.clone(), usize::from(level.rank));
                view! {
                    <span class="weave-key">
                        <Level letter=Signal::stored(letter) rank=Signal::stored(rank) of=Signal::stored(of)/>
                        {level.name.clone()}
                    </span>
                }
            })
            .collect_view()
    };
    let competencies = move || {
        loom.filters
            .with(|filters| filters.warp == Warp::Competencies)
    };
    let sum = move || {
        let block = loom.block.get();
        loom.editor.follow_weave();
        let sheet = loom.follow_sheet();
        if sheet.rows.is_empty() || sheet.cols.is_empty() {
            return String::new();
        }
        let filled = loom
            .editor
            .plan_and_board(|plan, board| sheet.filled(plan, board, block));
        let links: u32 = filled.iter().map(|(_, mark)| mark.links).sum();
        let mut parts = vec![say_with(
            "weave.selected",
            &[
                ("rows", number(block.height() as f64)),
                ("columns", number(block.width() as f64)),
            ],
        )];
        parts.push(say_count("weave.links", f64::from(links), &[]));
        let ranks = sheet
            .levels
            .iter()
            .map(|level| Some(level.rank))
            .chain([None]);
        for rank in ranks {
            let found = filled.iter().filter(|(_, mark)| mark.rank == rank).count();
            if found > 0 {
                parts.push(format!("{} {}", sheet.letter(rank), number(found as f64)));
            }
        }
        parts.join(" · ")
    };
    view! {
        <div class="weave-foot">
            {levels}
            {move || competencies().then(|| view! {
                <span class="weave-key"><span class={"weave-key-dot"}></span>{say("weave.assessed")}</span>
                <span class="weave-key"><span class={"weave-key-several"}></span>{say("weave.several")}</span>
                <span class="weave-key"><span class="weave-key-gap"><Icon sign=Sign::Alert size=12/></span>{say("weave.gap")}</span>
                <span class="weave-key"><span class={"weave-key-waived"}></span>{say("weave.waived")}</span>
            })}
            <span class="weave-sum">{sum}</span>
        </div>
    }
}
