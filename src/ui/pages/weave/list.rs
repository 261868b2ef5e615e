//! The Weave on a phone: no tiny grid but a list. One module (or requirement)
//! at a time unfolds into what it teaches, each with its level; a tap opens
//! the panel, where the level is set.

use leptos::prelude::*;
use weft_model::Uid;

use super::loom::Loom;
use super::sheet::{Group, Line, Sheet, Stand, Warp};
use crate::ui::components::chip::{Level as LevelMark, LevelLook};
use crate::ui::components::choice::{Segment, Segmented};
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::grid::selection::Cell;
use crate::ui::marks::MarkSigns;
use crate::ui::text::{number, say, say_count, t};

/// The list.
#[component]
pub(super) fn List(loom: Loom) -> impl IntoView {
    // Which side of the crossing is unfolded.
    let by_column = RwSignal::new(false);
    let open = RwSignal::new(None::<Uid>);
    let side = Signal::derive(move || if by_column.get() { "columns" } else { "rows" }.to_owned());
    let names = move || loom.filters.with(|filters| filters.warp);
    let lines = Memo::new(move |_| {
        let sheet = loom.follow_sheet();
        if by_column.get() {
            headed(&sheet.cols, sheet.tasks.iter().chain(&sheet.roles))
        } else {
            headed(&sheet.rows, &sheet.bands)
        }
    });
    let segment = |value, label| Segment {
        value,
        label,
        sign: None,
    };
    let rows_name = Signal::derive(move || match names() {
        Warp::Competencies => say("weave.list.by_module"),
        Warp::Specification => say("weave.list.by_item"),
    });
    let cols_name = Signal::derive(move || match names() {
        Warp::Competencies => say("weave.list.by_competency"),
        Warp::Specification => say("weave.list.by_module"),
    });
    view! {
        <div class="weave-list">
            <Segmented
                label=t("weave.list.side")
                options=vec![segment("rows", rows_name), segment("columns", cols_name)]
                value=side
                on_commit=move |chosen: &'static str| {
                    open.set(None);
                    by_column.set(chosen == "columns");
                }
            />
            <For each=move || groups(&lines.get()) key=|group| group.clone() let:group>
                <section class="weave-list-group">
                    <h2 class="weave-list-head">{group.0.clone()}</h2>
                    <ul class="weave-list-lines">
                        <For each=move || group.1.clone() key=|uid| *uid let:uid>
                            <Entry loom=loom uid=uid by_column=by_column open=open lines=lines/>
                        </For>
                    </ul>
                </section>
            </For>
        </div>
    }
}

/// Lines that name the first of these groups that holds them in full: here is room for
/// the title of a term or a task beside its code.
fn headed<'a>(lines: &[Line], groups: impl IntoIterator<Item = &'a Group>) -> Vec<Line> {
    let mut lines = lines.to_vec();
    lines.iter_mut().for_each(|line| line.group.clear());
    for group in groups {
        let name = group.name();
        for line in &mut lines[group.start..group.end] {
            if line.group.is_empty() {
                line.group.clone_from(&name);
            }
        }
    }
    lines
}

/// Lines in groups of the same name.
fn groups(lines: &[Line]) -> Vec<(String, Vec<Uid>)> {
    let mut groups: Vec<(String, Vec<Uid>)> = Vec::new();
    for line in lines {
        match groups.last_mut() {
            Some((name, uids)) if *name == line.group => uids.push(line.uid),
            _ => groups.push((line.group.clone(), vec![line.uid])),
        }
    }
    groups
}

fn cell_at(sheet: &Sheet, by_column: bool, line: Uid, other: usize) -> Option<Cell> {
    Some(if by_column {
        Cell::new(other, sheet.col_of(line)?)
    } else {
        Cell::new(sheet.row_of(line)?, other)
    })
}

#[component]
fn Entry(
    loom: Loom,
    uid: Uid,
    by_column: RwSignal<bool>,
    open: RwSignal<Option<Uid>>,
    lines: Memo<Vec<Line>>,
) -> impl IntoView {
    let line = Memo::new(move |_| {
        lines.with(|lines| {
            let found = lines.iter().find(|line| line.uid == uid);
            found.cloned().unwrap_or_default()
        })
    });
    let is_open = Memo::new(move |_| open.get() == Some(uid));
    let count = move || {
        loom.editor.follow_board();
        let sheet = loom.follow_sheet();
        loom.editor.plan_and_board(|plan, board| {
            if by_column.get() {
                let col = sheet.col_of(uid)?;
                Some(sheet.ends(plan, board, col).taught)
            } else {
                Some(sheet.row_total(board, sheet.row_of(uid)?))
            }
        })
    };
    let gap = move || {
        loom.editor.follow_board();
        let sheet = loom.follow_sheet();
        by_column.get()
            && sheet.col_of(uid).is_some_and(|col| {
                loom.editor
                    .plan_and_board(|plan, board| sheet.ends(plan, board, col).stand == Stand::Gap)
            })
    };
    view! {
        <li class="weave-list-line">
            <button
                type="button"
                class="weave-list-button"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| open.update(|open| *open = if *open == Some(uid) { None } else { Some(uid) })
            >
                <Icon sign=Signal::derive(move || if is_open.get() { Sign::Down } else { Sign::Right }) size=14/>
                <span class="weave-list-code">{move || line.with(|line| line.code.clone())}</span>
                <span class="weave-list-name">{move || line.with(|line| line.title.clone())}</span>
                {move || gap().then(|| view! { <span class="weave-list-gap"><Icon sign=Sign::Alert size=14/>{say("weave.gap")}</span> })}
                {move || {
                    let waiting = loom.editor.marks().item(uid);
                    waiting.is_some().then(|| view! { <MarkSigns waiting=waiting/> })
                }}
                <span class="weave-list-count">{move || count().map(|count| number(f64::from(count)))}</span>
            </button>
            <Show when=move || is_open.get()>
                <Crossings loom=loom uid=uid by_column=by_column/>
            </Show>
        </li>
    }
}

/// Everything that a line can be woven with: first what is, then the rest.
#[component]
fn Crossings(loom: Loom, uid: Uid, by_column: RwSignal<bool>) -> impl IntoView {
    let rest = RwSignal::new(false);
    let places = Memo::new(move |_| {
        loom.editor.follow_board();
        let sheet = loom.follow_sheet();
        let marks = loom.editor.marks();
        let across = by_column.get();
        let count = if across {
            sheet.rows.len()
        } else {
            sheet.cols.len()
        };
        loom.editor.plan_and_board(|plan, board| {
            (0..count).partition::<Vec<usize>, _>(|other| {
                cell_at(&sheet, across, uid, *other).is_some_and(|cell| {
                    sheet.mark(plan, board, cell).is_some() || sheet.waiting(&marks, cell).is_some()
                })
            })
        })
    });
    let line =
        move |other: usize| view! { <Crossing loom=loom uid=uid other=other by_column=by_column/> };
    view! {
        <ul class="weave-list-cells">
            <For each=move || places.with(|places| places.0.clone()) key=|other| *other let:other>{line(other)}</For>
            <Show when=move || rest.get()>
                <For each=move || places.with(|places| places.1.clone()) key=|other| *other let:other>{line(other)}</For>
            </Show>
        </ul>
        {move || (!rest.get() && places.with(|places| !places.1.is_empty())).then(|| {
            let others = places.with(|places| places.1.len());
            view! {
                <button type="button" class="button quiet" on:click=move |_| rest.set(true)>
                    <Icon sign=Sign::Add/>
                    {say_count("weave.list.others", others as f64, &[])}
                </button>
            }
        })}
    }
}

#[component]
fn Crossing(loom: Loom, uid: Uid, other: usize, by_column: RwSignal<bool>) -> impl IntoView {
    let mark = Memo::new(move |_| {
        loom.editor.follow_board();
        let sheet = loom.follow_sheet();
        let cell = cell_at(&sheet, by_column.get(), uid, other)?;
        loom.mark(cell)
    });
    let name = Signal::derive(move || {
        let sheet = loom.follow_sheet();
        let lines = if by_column.get() {
            &sheet.rows
        } else {
            &sheet.cols
        };
        lines
            .get(other)
            .map(|line| format!("{} {}", line.code, line.title))
            .unwrap_or_default()
    });
    let letter = Signal::derive(move || {
        let mark = mark.get().filter(|mark| mark.links > 0);
        mark.map_or_else(
            || "–".to_owned(),
            |mark| loom.follow_sheet().letter(mark.rank),
        )
    });
    let rank = Signal::derive(move || mark.get().and_then(|mark| mark.rank).map_or(0, usize::from));
    let level_name = Signal::derive(move || {
        let mark = mark.get().filter(|mark| mark.links > 0);
        mark.map_or_else(
            || say("weave.level.none"),
            |mark| loom.follow_sheet().level_name(mark.rank),
        )
    });
    let waiting = Memo::new(move |_| {
        let (marks, sheet) = (loom.editor.marks(), loom.follow_sheet());
        let cell = cell_at(&sheet, by_column.get(), uid, other);
        cell.map(|cell| sheet.waiting(&marks, cell))
            .unwrap_or_default()
    });
    let choose = move |_| {
        let sheet = loom.sheet();
        if let Some(cell) = cell_at(&sheet, by_column.get_untracked(), uid, other) {
            loom.select(|selection| selection.select(cell));
            loom.open_panel(false);
        }
    };
    view! {
        <li class="weave-list-cell">
            <button type="button" class="weave-list-choice" on:click=choose>
                <LevelMark letter=letter rank=rank of=Signal::derive(move || loom.follow_sheet().scale())
                    look=Signal::stored(LevelLook::Reached) name=level_name/>
                <span class="weave-list-name">{name}</span>
                {move || waiting.get().is_some().then(|| view! { <MarkSigns waiting=waiting.get()/> })}
                {move || mark.get().is_some_and(|mark| mark.assessed).then(|| view! {
                    <span class="weave-key-dot" role="img" aria-label=say("weave.assessed")></span>
                })}
            </button>
        </li>
    }
}
