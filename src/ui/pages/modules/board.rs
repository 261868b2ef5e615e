//! The board: heads, the band of modules that run over several terms, and the
//! columns below. Moving by pointer ends, and moving by keys begins, in
//! `arrange`.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use weft_model::{ElectivePoolId, ModuleId, Uid};

use super::arrange::{Bench, mark_id};
use super::bars::{Held, column_over};
use super::card::{Around, BarCard, Card};
use super::head::ColumnHead;
use super::layout::{Column, Entry};
use crate::browser::{dom, keyboard, timer};
use crate::ui::components::drag::{Drag, DragGhost, Over};
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::components::menu::{ContextMenu, MenuItem};
use crate::ui::text::{number, say, say_count, say_with, t};

/// The board.
#[component]
pub fn BoardView(bench: Bench) -> impl IntoView {
    let scroller = NodeRef::<leptos::html::Div>::new();
    let drag = Drag::new(move |held: Held, over: Over| dropped(bench, &held, &over));
    let menu_at = RwSignal::new(None::<(f64, f64)>);
    let menu_for = RwSignal::new(None::<ModuleId>);
    let around = Around {
        bench,
        drag,
        open_menu: Callback::new(move |(module, left, top)| {
            menu_for.set(Some(module));
            menu_at.set(Some((left, top)));
        }),
    };
    let menu = Signal::derive(move || {
        menu_for
            .get()
            .map(|module| items(bench, module))
            .unwrap_or_default()
    });
    let columns = move || bench.layout.with(|layout| layout.columns.clone());
    let template = Memo::new(move |_| {
        let count = bench.layout.with(|layout| layout.columns.len().max(1));
        format!("repeat({count}, minmax(124px, 1fr))")
    });
    // All three rows of the board are as wide as their columns need.
    let width = Memo::new(move |_| {
        let count = bench.layout.with(|layout| layout.columns.len().max(1));
        format!("{}px", count * 124)
    });
    let bars = move || bench.layout.with(|layout| layout.bars.clone());
    let first = Signal::derive(move || {
        bench.layout.with(|layout| {
            let bar = layout.bars.first().map(|bar| bar.module);
            bar.or_else(|| {
                (0..layout.columns.len()).find_map(|at| layout.cards(at).first().copied())
            })
        })
    });
    // The tab stop never points to a card that is gone.
    Effect::new(move || {
        let layout = bench.layout.get();
        let gone =
            |module: &ModuleId| layout.column_of(*module).is_none() && !layout.is_bar(*module);
        if bench.focus.get_untracked().as_ref().is_some_and(gone) {
            bench.focus.set(None);
        }
        if bench.held.get_value() {
            // A card that is drawn elsewhere keeps the focus.
            timer::once_redrawn(move || {
                let card = bench.focus.try_get_untracked().flatten();
                if let (Some(module), true) = (card, is_nowhere()) {
                    bench.go_to(module);
                }
            });
        }
    });
    Effect::new(move || bench.arrive());
    let left = move || {
        timer::next_frame(move || {
            let board = scroller.try_get_untracked().flatten();
            let gone = board.is_some_and(|board| !dom::holds_focus(&board));
            if gone && !is_nowhere() {
                bench.held.set_value(false);
            }
        });
    };
    let on_keydown = move |event: KeyboardEvent| keys(bench, menu_at, menu_for, &event);
    view! {
        <div class="board" class:dragging=move || drag.held().is_some() node_ref=scroller on:keydown=on_keydown
            on:focusin=move |_| bench.held.set_value(true) on:focusout=move |_| left()
            role="group" aria-label=move || say("modules.board") >
            <div class="board-heads" data-drop="b:heads" style:grid-template-columns=move || template.get() style:min-width=move || width.get()>
                <For each=columns key=Clone::clone let:column><ColumnHead column=column bench=bench/></For>
            </div>
            <div class="board-band" data-drop="b:band" style:grid-template-columns=move || template.get() style:min-width=move || width.get() hidden=move || bench.layout.with(|layout| layout.bars.is_empty())>
                <For each=bars key=Clone::clone let:bar><BarCard bar=bar around=around first=first/></For>
                {move || bench.goal(drag).map(|goal| view! {
                    <div
                        class="bar-goal"
                        aria-hidden="true"
                        style:grid-column=format!("{} / {}", goal.from + 1, goal.to + 2)
                        style:grid-row=(goal.lane + 1).to_string()
                    ></div>
                })}
            </div>
            <div class="board-columns" style:grid-template-columns=move || template.get() style:min-width=move || width.get()>
                <For each=columns key=Clone::clone let:column><ColumnView column=column around=around first=first/></For>
            </div>
        </div>
        <p class="visually-hidden" role="status">{bench.said}</p>
        <ContextMenu label=t("modules.menu") at=menu_at items=menu/>
        <DragGhost drag=drag name=|_| say("modules.one")/>
    }
}

#[component]
fn ColumnView(column: Column, around: Around, first: Signal<Option<ModuleId>>) -> impl IntoView {
    let bench = around.bench;
    let key = StoredValue::new(column);
    let at = Memo::new(move |_| {
        bench.layout.with(|layout| {
            key.with_value(|key| layout.columns.iter().position(|known| known == key))
        })
    });
    let entries = move || {
        let at = at.get();
        bench.layout.with(|layout| {
            at.and_then(|at| layout.entries.get(at).cloned())
                .unwrap_or_default()
        })
    };
    let target = move || at.get().map(|at| format!("c:{at}")).unwrap_or_default();
    let hovered = Memo::new(move |_| {
        around
            .drag
            .over()
            .is_some_and(|over| over.target == target())
    });
    let name = Signal::derive(move || key.with_value(|key| bench.column_name(key)));
    let add_name = move || say_with("modules.add_to", &[("where", name.get())]);
    view! {
        <section class="board-column" class:is-over=move || hovered.get() data-drop=target aria-label=move || name.get()>
            <h3 class="phone-head">{name}</h3>
            <For each=entries key=Clone::clone let:entry>
                <EntryView entry=entry around=around first=first/>
            </For>
            {move || (!bench.editor.read_only()).then(|| view! {
                <button type="button" class="add-line" aria-label=add_name title=add_name
                    on:click=move |_| bench.add_module(Some(&key.get_value()))>
                    <Icon sign=Sign::Add size=14/>
                    <span class={"add-word"}>{t("modules.add")}</span>
                </button>
            })}
        </section>
    }
}

#[component]
fn EntryView(entry: Entry, around: Around, first: Signal<Option<ModuleId>>) -> impl IntoView {
    match entry {
        Entry::Card(module) => view! { <Card module=module around=around first=first/> }.into_any(),
        Entry::Fold(column, modules) => view! { <Fold column=column modules=modules bench=around.bench/> }.into_any(),
        Entry::Pool(pool, members) => view! {
            <div class="pool">
                <PoolHead pool=pool bench=around.bench/>
                {members.into_iter().map(|module| view! { <Card module=module around=around first=first/> }).collect_view()}
            </div>
        }
        .into_any(),
    }
}

/// Public basic courses in one line.
#[component]
fn Fold(column: Column, modules: Vec<ModuleId>, bench: Bench) -> impl IntoView {
    let count = modules.len();
    let sum = move || {
        bench.editor.follow_board();
        let of = || modules.iter().copied();
        bench.editor.board(|board| board.hours_of(of()).as_f64())
    };
    let shown = {
        let column = column.clone();
        Memo::new(move |_| bench.unfolded.with(|open| open.contains(&column)))
    };
    let turn = move |_| {
        bench.unfolded.update(|open| {
            if !open.remove(&column) {
                open.insert(column.clone());
            }
        });
    };
    #[expect(clippy::cast_precision_loss, reason = "far fewer modules than 2^52")]
    let text = move || say_count("modules.basic", count as f64, &[]);
    view! {
        <button type="button" class="fold" aria-expanded=move || shown.get().to_string() on:click=turn>
            {move || view! { <Icon sign={if shown.get() { Sign::Down } else { Sign::Right }} size=12/> }}
            <span class="one-line" title=text>{text}</span>
            <span class="fold-sum">{move || say_with("modules.hours", &[("n", number(sum()))])}</span>
        </button>
    }
}

/// What must be taken from a pool.
#[component]
fn PoolHead(pool: ElectivePoolId, bench: Bench) -> impl IntoView {
    let editor = bench.editor;
    let text = move || {
        let title = editor.title(pool.into());
        let (modules, credits, all) = editor.plan(|plan| {
            plan.elective_pools
                .get(pool)
                .map_or((None, None, 0), |pool| {
                    let live = pool
                        .members
                        .iter()
                        .filter(|member| plan.modules.get(**member).is_some());
                    (pool.take_modules, pool.take_credits, live.count())
                })
        });
        let title = if title.is_empty() {
            say("modules.new_pool")
        } else {
            title
        };
        let all = all.to_string();
        match (modules, credits) {
            (Some(take), _) => say_with(
                "modules.pool_modules",
                &[("pool", title), ("n", take.0.to_string()), ("all", all)],
            ),
            (None, Some(take)) => say_with(
                "modules.pool_credits",
                &[("pool", title), ("n", number(take.as_f64())), ("all", all)],
            ),
            (None, None) => say_with("modules.pool_open", &[("pool", title), ("all", all)]),
        }
    };
    view! {
        <button type="button" class="pool-head" id=mark_id(pool) class:is-open=move || bench.spot.item() == Some(pool.into()) on:click=move |_| bench.open(pool)>{text}</button>
    }
}

fn dropped(bench: Bench, held: &Held, over: &Over) {
    let layout = bench.layout.get_untracked();
    let Some(at) = column_over(&layout, over) else {
        return;
    };
    let Held::Card(module) = held else {
        bench.drop_bar(held, at);
        return;
    };
    let beside = over
        .target
        .strip_prefix("m:")
        .and_then(|uid| uid.parse::<Uid>().ok())
        .map(|anchor| (ModuleId(anchor), over.down > 0.5));
    if let Some(column) = layout.columns.get(at) {
        bench.to_column(*module, column, beside);
    }
}

fn items(bench: Bench, module: ModuleId) -> Vec<MenuItem> {
    let layout = bench.layout.get();
    let mut all = vec![
        MenuItem::new(t("modules.menu.open"), move || bench.open(module))
            .sign(Sign::Info)
            .keys("Enter"),
    ];
    if bench.editor.read_only() {
        return all;
    }
    let here = layout.column_of(module);
    if here.is_some() {
        all.push(
            MenuItem::new(t("modules.menu.up"), move || bench.nudge(module, false))
                .sign(Sign::Up)
                .keys("Alt+ArrowUp")
                .apart(),
        );
        all.push(
            MenuItem::new(t("modules.menu.down"), move || bench.nudge(module, true))
                .sign(Sign::Down)
                .keys("Alt+ArrowDown"),
        );
        for (at, column) in layout.columns.iter().enumerate() {
            let (name, to) = (bench.column_name(column), column.clone());
            let label = Signal::stored(say_with("modules.menu.to", &[("where", name)]));
            let item = MenuItem::new(label, move || bench.to_column(module, &to, None))
                .disabled(Some(at) == here);
            all.push(if at == 0 { item.apart() } else { item });
        }
    } else {
        all.push(
            MenuItem::new(t("modules.menu.earlier"), move || {
                bench.shift(module, false)
            })
            .keys("Alt+ArrowLeft")
            .apart(),
        );
        all.push(
            MenuItem::new(t("modules.menu.later"), move || bench.shift(module, true))
                .keys("Alt+ArrowRight"),
        );
    }
    if !layout.stretches_of(module).is_empty() {
        for (key, last, later, keys) in [
            (
                "modules.menu.ends_later",
                true,
                true,
                "Alt+Shift+ArrowRight",
            ),
            (
                "modules.menu.ends_earlier",
                true,
                false,
                "Alt+Shift+ArrowLeft",
            ),
            (
                "modules.menu.begins_earlier",
                false,
                false,
                "Alt+Shift+ArrowUp",
            ),
            (
                "modules.menu.begins_later",
                false,
                true,
                "Alt+Shift+ArrowDown",
            ),
        ] {
            let item = MenuItem::new(t(key), move || bench.stretch(module, last, later)).keys(keys);
            all.push(if last && later { item.apart() } else { item });
        }
    }
    all.push(
        MenuItem::new(t("act.delete"), move || bench.delete(module.into()))
            .sign(Sign::Delete)
            .keys("Delete")
            .danger()
            .apart(),
    );
    all
}

fn keys(
    bench: Bench,
    menu_at: RwSignal<Option<(f64, f64)>>,
    menu_for: RwSignal<Option<ModuleId>>,
    event: &KeyboardEvent,
) {
    if keyboard::is_composing(event) {
        return;
    }
    let Some(card) = dom::focused() else { return };
    let id = card.id();
    let module = id
        .strip_prefix("module-")
        .and_then(|rest| rest.split('-').next())
        .and_then(|uid| uid.parse::<Uid>().ok())
        .map(ModuleId);
    let Some(module) = module else { return };
    let rests = untrack(|| bench.editor.read_only());
    match keyboard::chord(event).as_str() {
        "Alt+ArrowLeft" if !rests => bench.shift(module, false),
        "Alt+ArrowRight" if !rests => bench.shift(module, true),
        "Alt+ArrowUp" if !rests => bench.nudge(module, false),
        "Alt+ArrowDown" if !rests => bench.nudge(module, true),
        "Alt+Shift+ArrowRight" if !rests => bench.stretch(module, true, true),
        "Alt+Shift+ArrowLeft" if !rests => bench.stretch(module, true, false),
        "Alt+Shift+ArrowUp" if !rests => bench.stretch(module, false, false),
        "Alt+Shift+ArrowDown" if !rests => bench.stretch(module, false, true),
        "Delete" if !rests => bench.delete(module.into()),
        "ArrowLeft" => near(&card, (-1.0, 0.0)),
        "ArrowRight" => near(&card, (1.0, 0.0)),
        "ArrowUp" => near(&card, (0.0, -1.0)),
        "ArrowDown" => near(&card, (0.0, 1.0)),
        "ContextMenu" | "Shift+F10" => {
            let area = dom::measure(&card);
            menu_for.set(Some(module));
            menu_at.set(Some((area.left + 8.0, area.top + area.height)));
        }
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// Moves the focus to the nearest card in a direction, wherever cards are on
/// this screen.
fn near(from: &dom::Node, (right, down): (f64, f64)) {
    let Some(board) = from.closest(".board").ok().flatten() else {
        return;
    };
    let centre = |element: &dom::Node| {
        let area = dom::measure(element);
        (
            area.left + area.width.min(160.0) / 2.0,
            area.top + area.height / 2.0,
        )
    };
    let (x, y) = centre(from);
    let nearest = dom::all_within(&board, ".module-card, .module-bar")
        .into_iter()
        .filter(|card| !dom::is_focused(card))
        .filter_map(|card| {
            let (to_x, to_y) = centre(&card);
            let along = (to_x - x) * right + (to_y - y) * down;
            let aside = ((to_x - x) * down).abs() + ((to_y - y) * right).abs();
            (along > 4.0).then_some((along + 3.0 * aside, card))
        })
        .min_by(|(first, _), (second, _)| first.total_cmp(second));
    if let Some((_, card)) = nearest {
        dom::focus(&card);
    }
}

/// Whether nothing has the focus, as after its element was taken away.
fn is_nowhere() -> bool {
    dom::focused().is_none_or(|element| element.tag_name() == "BODY")
}
