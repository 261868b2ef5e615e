//! The grid itself: the elements it is drawn in, what stands in its corners,
//! and the line below it.

use std::rc::Rc;

use leptos::ev::ClipboardEvent;
use leptos::{html, prelude::*};

use super::edit::count;
use super::fill::{Handle, Hold};
use super::keys::{Typing, press};
use super::loom::Loom;
use super::mouse::{double_clicked, pointer_down, tapped};
use super::sheet::Warp;
use super::view::View;
use crate::browser::canvas::Canvas;
use crate::browser::clipboard;
use crate::browser::piece::Piece;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::grid::clipboard::{to_html, to_tsv};
use crate::ui::grid::selection::Selection;
use crate::ui::text::{number, say, say_count, say_with, t};

/// The grid of rows and columns.
#[component]
pub(super) fn Grid(loom: Loom) -> impl IntoView {
    let scroller = NodeRef::<html::Div>::new();
    let space = NodeRef::<html::Div>::new();
    let window = NodeRef::<html::Div>::new();
    let grid = NodeRef::<html::Div>::new();
    let canvas = NodeRef::<html::Canvas>::new();
    let (handle, goal) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
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
        let (Some(handle), Some(goal)) = (handle.get(), goal.get()) else {
            return;
        };
        let view = Canvas::on(canvas).and_then(|canvas| {
            View::new(
                loom,
                Piece::of(&scroller),
                Piece::of(&space),
                Piece::of(&window),
                Piece::of(&grid),
                Handle::new(Piece::of(&handle), Piece::of(&goal)),
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
        <div class="weave-grid" node_ref=scroller on:scroll=move |_| loom.with_view(View::scrolled)>
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
                        on:focusin=move |_| loom.with_view(View::paint)
                        on:focusout=move |_| loom.with_view(View::paint)
                        on:copy=move |event| copy(loom, &event, false)
                        on:cut=move |event| copy(loom, &event, true)
                        on:paste=move |event| {
                            event.prevent_default();
                            loom.paste(&clipboard::pasted(&event));
                        }
                    ></div>
                    <Hold loom=loom handle=handle goal=goal/>
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

// ---- what stands in the corners --------------------------------------------

/// The figure above the modules, and the names of the rows of totals.
#[component]
fn Corner(loom: Loom) -> impl IntoView {
    let competencies = move || {
        loom.filters
            .with(|filters| filters.warp == Warp::Competencies)
    };
    let tally = Memo::new(move |_| {
        loom.editor.follow_board();
        loom.editor.board(|board| {
            let tally = board.overall();
            let below = tally.below + tally.level_not_stated;
            (tally.competencies, tally.covered, below)
        })
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
                let (all, covered, below) = tally.get();
                let of = f64::from(all);
                let share = |part: u32| format!("{}%", f64::from(part) / of.max(1.0) * 100.0);
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
        let chosen = loom.chosen.get();
        loom.worded.track();
        let sheet = loom.follow_sheet();
        if sheet.rows.is_empty() || sheet.cols.is_empty() {
            return String::new();
        }
        let filled = loom.filled(&chosen.parts());
        let links: u32 = filled.iter().map(|(_, mark)| mark.links).sum();
        let mut parts = vec![size_of(&chosen)];
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
    // Only what is there is explained.
    let marked = move || {
        let marks = loom.editor.marks();
        let waiting = marks.everywhere();
        view! {
            {(waiting.threads > 0).then(|| view! { <span class="weave-key"><i class={"mark-said"}></i>{say("talk.title")}</span> })}
            {(waiting.unread > 0).then(|| view! { <span class="weave-key"><i class={"mark-said is-unread"}></i>{say("weave.unread")}</span> })}
            {(waiting.proposals > 0).then(|| view! { <span class="weave-key"><i class={"mark-proposed"}></i>{say("proposals.title")}</span> })}
        }
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
            {marked}
            <span class="weave-sum">{sum}</span>
            <span class="weave-fill-acts">
                <Button label=t("weave.fill_down") look=Look::Quiet hint=t("weave.fill_down_hint") on_press=move |_| fill_from_button(loom, true)/>
                <Button label=t("weave.fill_right") look=Look::Quiet hint=t("weave.fill_right_hint") on_press=move |_| fill_from_button(loom, false)/>
            </span>
        </div>
    }
}

/// What a drag or a key does, for who has neither. The focus goes back to the
/// cells, where undo and the next key are.
fn fill_from_button(loom: Loom, down: bool) {
    loom.fill(down);
    loom.with_view(View::focus);
}

/// How much is selected: "2 × 3 selected", "3 ranges, 9 cells selected".
pub(super) fn size_of(chosen: &Selection) -> String {
    if chosen.is_several() {
        let ranges = chosen.ranges().count();
        return say_with(
            "weave.selected_ranges",
            &[
                ("ranges", number(count(ranges))),
                ("cells", number(count(chosen.len()))),
            ],
        );
    }
    let block = chosen.block();
    say_with(
        "weave.selected",
        &[
            ("rows", number(count(block.height()))),
            ("columns", number(count(block.width()))),
        ],
    )
}
