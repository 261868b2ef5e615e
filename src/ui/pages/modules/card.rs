//! A module on the board: a card in its column, or a bar over several.

use leptos::ev::{MouseEvent, PointerEvent};
use leptos::prelude::*;
use weft_model::{Hours, ModuleId, PlaceKind, TermId};

use super::arrange::{Bench, card_id};
use super::bars::Held;
use super::layout::{Bar, Column};
use crate::ui::components::drag::Drag;
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::marks::ItemMarks;
use crate::ui::text::{number, paired, say, say_with};

/// What the cards of a board share.
#[derive(Clone, Copy)]
pub struct Around {
    /// The board.
    pub bench: Bench,
    /// A module being dragged.
    pub drag: Drag<Held>,
    /// Opens the menu of a card at a point of the window.
    pub open_menu: Callback<(ModuleId, f64, f64)>,
}

/// What a card shows.
#[derive(Clone, Debug, Default, PartialEq)]
struct Facts {
    code: String,
    title: String,
    hours: Option<Hours>,
    credits: Option<f64>,
    school: bool,
    enterprise: bool,
    bracketed: bool,
}

fn facts(bench: Bench, module: ModuleId) -> Facts {
    let editor = bench.editor;
    editor.follow_item(module.into());
    editor.follow_board();
    let lang = editor.lang();
    editor.plan_and_board(|plan, board| {
        let Some(of) = plan.modules.get(module) else {
            return Facts::default();
        };
        let figures = board.module(module);
        let at = |kind: PlaceKind| {
            figures.is_some_and(|figures| figures.by_place.contains_key(&Some(kind)))
        };
        Facts {
            code: of.code.clone(),
            title: of.title.show(&lang).to_owned(),
            hours: of.total_hours,
            credits: of.credits.map(|credits| credits.as_f64()),
            school: at(PlaceKind::School),
            enterprise: at(PlaceKind::Enterprise)
                || figures.is_some_and(|figures| figures.at_enterprise),
            bracketed: of.counted == Some(false),
        }
    })
}

/// Hours with their unit, in brackets where they do not count.
fn hours(amount: Hours, bracketed: bool) -> String {
    let text = say_with("modules.hours", &[("n", number(amount.as_f64()))]);
    if bracketed { format!("({text})") } else { text }
}

/// Where it happens, as a sign with a word.
fn place(facts: &Facts) -> Option<impl IntoView + use<>> {
    let (sign, key, class) = match (facts.school, facts.enterprise) {
        (true, true) => (Sign::Link, "modules.both", "card-place enterprise"),
        (false, true) => (
            Sign::Enterprise,
            "modules.enterprise",
            "card-place enterprise",
        ),
        (true, false) => (Sign::School, "modules.school", "card-place"),
        (false, false) => return None,
    };
    Some(view! {
        <span class=class role="img" aria-label=say(key) title=say(key)><Icon sign=sign size=14/></span>
    })
}

fn pressed(around: Around, module: ModuleId) -> impl Fn(MouseEvent) {
    move |_| {
        if !around.drag.has_moved() {
            around.bench.focus.set(Some(module));
            around.bench.open(module);
        }
    }
}

fn grabbed(around: Around, module: ModuleId) -> impl Fn(PointerEvent) {
    move |event| {
        if !untrack(|| around.bench.editor.read_only()) {
            around.drag.start(&event, Held::Card(module));
        }
    }
}

fn asked(around: Around, module: ModuleId) -> impl Fn(MouseEvent) {
    move |event: MouseEvent| {
        event.prevent_default();
        around.bench.focus.set(Some(module));
        around.open_menu.run((
            module,
            f64::from(event.client_x()),
            f64::from(event.client_y()),
        ));
    }
}

/// A module in one column.
#[component]
pub fn Card(module: ModuleId, around: Around, first: Signal<Option<ModuleId>>) -> impl IntoView {
    let bench = around.bench;
    let shown = Memo::new(move |_| facts(bench, module));
    let over = Memo::new(move |_| {
        let over = around.drag.over()?;
        (over.target == format!("m:{module}")).then_some(over.down > 0.5)
    });
    let stop = move || bench.focus.get().or(first.get()) == Some(module);
    let content = move || {
        shown.with(|facts| {
            let title = if facts.title.is_empty() { say("modules.untitled") } else { facts.title.clone() };
            view! {
                <b class="card-title" class:is-empty=facts.title.is_empty()>{title}</b>
                <span class="card-row">
                    {place(facts)}
                    <span class="card-code">{facts.code.clone()}</span>
                    <ItemMarks item=module.into()/>
                    {facts.credits.map(|credits| view! {
                        <span class="card-credits">{say_with("modules.credits", &[("n", number(credits))])}</span>
                    })}
                    {facts.hours.map(|amount| view! { <span class="card-hours">{hours(amount, facts.bracketed)}</span> })}
                </span>
            }
        })
    };
    view! {
        <button
            type="button"
            class="module-card"
            class:is-enterprise=move || shown.with(|facts| facts.enterprise && !facts.school)
            class:is-open=move || bench.spot.item() == Some(module.into())
            class:drop-before=move || over.get() == Some(false)
            class:drop-after=move || over.get() == Some(true)
            id=card_id(module)
            data-drop=format!("m:{module}")
            tabindex=move || if stop() { 0 } else { -1 }
            on:focus=move |_| bench.focus.set(Some(module))
            on:click=pressed(around, module)
            on:pointerdown=grabbed(around, module)
            on:contextmenu=asked(around, module)
        >
            {content}
        </button>
    }
}

/// One stretch of a module over several terms.
#[component]
pub fn BarCard(bar: Bar, around: Around, first: Signal<Option<ModuleId>>) -> impl IntoView {
    let bench = around.bench;
    let module = bar.module;
    let shown = Memo::new(move |_| facts(bench, module));
    let (from, to) = (bar.from, bar.to);
    let terms = move || -> Vec<TermId> {
        bench.layout.with(|layout| {
            let columns = layout.columns.get(from..=to).unwrap_or_default();
            columns
                .iter()
                .filter_map(|column| match column {
                    Column::Term(term) => Some(*term),
                    _ => None,
                })
                .collect()
        })
    };
    let stretch = move || {
        bench.editor.follow_board();
        bench
            .editor
            .board(|board| Some(board.module(module)?.hours_over(terms())))
    };
    let range = move || {
        let layout = bench.layout.get();
        let name = |at: usize| {
            layout
                .columns
                .get(at)
                .map(|column| bench.column_name(column))
                .unwrap_or_default()
        };
        if from == to {
            name(from)
        } else {
            format!("{} – {}", name(from), name(to))
        }
    };
    // Only the first stretch of a module is its place in the order of keys.
    let leading = Memo::new(move |_| {
        bench.layout.with(|layout| {
            layout
                .bars
                .iter()
                .find(|known| known.module == module)
                .is_none_or(|known| known.from == from)
        })
    });
    // An address leads to the first stretch; each has an element of its own.
    let id = move || {
        if leading.get() {
            card_id(module)
        } else {
            format!("{}-{from}", card_id(module))
        }
    };
    let lane = bar.lane;
    let grasp = move |event: PointerEvent| {
        if !untrack(|| bench.editor.read_only()) {
            around
                .drag
                .start(&event, Held::of(&bar, &event, &untrack(id)));
        }
    };
    let stop = move || leading.get() && bench.focus.get().or(first.get()) == Some(module);
    view! {
        <button
            type="button"
            class="module-bar"
            class:is-enterprise=move || shown.with(|facts| facts.enterprise && !facts.school)
            class:is-open=move || bench.spot.item() == Some(module.into())
            id=id
            tabindex=move || if stop() { 0 } else { -1 }
            style:grid-column=format!("{} / {}", from + 1, to + 2)
            style:grid-row=(lane + 1).to_string()
            title=move || {
                let name = shown.with(|facts| facts.title.clone());
                match stretch() {
                    Some(amount) => paired(name, shown.with(|facts| hours(amount, facts.bracketed))),
                    None => name,
                }
            }
            on:focus=move |_| bench.focus.set(Some(module))
            on:click=pressed(around, module)
            on:pointerdown=grasp
            on:contextmenu=asked(around, module)
        >
            {move || (!bench.editor.read_only()).then(|| view! {
                <span class={"bar-end is-first"}></span>
                <span class={"bar-end is-last"}></span>
            })}
            {move || shown.with(place)}
            <span class="card-code">{move || shown.with(|facts| facts.code.clone())}</span>
            <span class="one-line">{move || shown.with(|facts| facts.title.clone())}</span>
            <ItemMarks item=module.into()/>
            <span class="bar-range">{range}</span>
            <span class="card-hours">{move || stretch().map(|amount| shown.with(|facts| hours(amount, facts.bracketed)))}</span>
        </button>
    }
}
