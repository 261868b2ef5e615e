//! The Weave: the matrix of modules and competencies, or of requirements and
//! modules. State in `loom`, rows and columns in `sheet` and `lines`, drawing
//! in `view`, `heads`, `bands`, `paint`, `totals` and `spoken`, gestures in `keys`
//! and `mouse`, editing in `edit`, `fill` and `clip`; the bar, the
//! panel and the phone's list have files of their own.

mod bands;
mod bar;
mod clip;
mod edit;
mod fill;
mod follow;
mod frame;
mod grid;
mod heads;
mod keys;
mod lines;
mod list;
mod loom;
mod mouse;
mod paint;
mod panel;
mod panel_parts;
mod sheet;
mod spoken;
mod totals;
mod view;

use std::hint::black_box;

use leptos::prelude::*;
use weft_analysis::Board;
use weft_model::{Lang, Plan};

use self::bar::Bar;
use self::grid::{FootLine, Grid};
use self::list::List;
use self::loom::Loom;
use self::panel::CellPanel;
use self::sheet::{Filters, Sheet, Warp};
use crate::browser::{dom, hash};
use crate::route::{Page, Route};
use crate::ui::components::button::{Button, ButtonLink, Look};
use crate::ui::components::empty::Empty;
use crate::ui::components::icon::Sign;
use crate::ui::grid::selection::Cell;
use crate::ui::text::{say, t};

/// Arranges a plan's Weave for nobody; see [`crate::ui::rehearsal`].
pub fn rehearse(plan: &Plan, board: &Board) {
    let sheet = Sheet::of(plan, board, &Filters::default(), &Lang::en());
    black_box(sheet.ends(plan, board, 0));
    black_box(sheet.mark(plan, board, Cell::new(0, 0)));
}

/// The page.
#[component]
pub fn WeavePage() -> impl IntoView {
    let loom = Loom::new();
    keys::list_shortcuts(loom);
    // A link from Checks or from a partner leads to a cell.
    let route = hash::current_route();
    Effect::new(move || {
        if let Some(Route::Plan {
            page: Page::Weave,
            at,
            ..
        }) = route.get()
        {
            loom.go_to(&at);
        }
    });
    let narrow = RwSignal::new(is_narrow());
    let resized = window_event_listener(leptos::ev::resize, move |_| {
        if narrow.get_untracked() != is_narrow() {
            narrow.set(is_narrow());
        }
    });
    on_cleanup(move || resized.remove());
    let state = Memo::new(move |_| State::of(&loom.follow_sheet()));
    let content = move || match state.get() {
        State::Filled if narrow.get() => view! { <List loom=loom/> }.into_any(),
        State::Filled => view! { <Grid loom=loom/><FootLine loom=loom/> }.into_any(),
        state => view! { <Nothing loom=loom state=state/> }.into_any(),
    };
    view! {
        <div class="page-fill weave">
            <Bar loom=loom/>
            <div class="with-panel weave-body">
                <div class="weave-main">{content}</div>
                <CellPanel loom=loom/>
            </div>
        </div>
    }
}

fn is_narrow() -> bool {
    dom::window_size().0 <= 720.0
}

/// Whether there is anything to weave.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    NoModules,
    NoCompetencies,
    NoSpecification,
    FilteredAway,
    Filled,
}

impl State {
    fn of(sheet: &sheet::Sheet) -> Self {
        match sheet.warp {
            Warp::Competencies if sheet.all_cols == 0 => Self::NoCompetencies,
            Warp::Specification if sheet.all_rows == 0 => Self::NoSpecification,
            Warp::Competencies if sheet.all_rows == 0 => Self::NoModules,
            Warp::Specification if sheet.all_cols == 0 => Self::NoModules,
            _ if sheet.rows.is_empty() || sheet.cols.is_empty() => Self::FilteredAway,
            _ => Self::Filled,
        }
    }
}

/// What to do where nothing can be shown.
#[component]
fn Nothing(loom: Loom, state: State) -> impl IntoView {
    let plan = loom.editor.id().to_string();
    let bring = Route::page(plan.clone(), Page::Import).href();
    let link = move |page: Page| {
        let route = Route::page(plan.clone(), page);
        let import = Route::page(plan.clone(), Page::Import);
        view! {
            <ButtonLink label=Signal::derive(move || say(page.name_key())) look=Look::Primary href=route.href()/>
            <ButtonLink label=t("page.import") href=import.href()/>
        }
    };
    match state {
        State::NoCompetencies => view! {
            <Empty title=t("weave.empty.competencies") text=t("weave.empty.competencies_do") sign=Sign::Weave>
                {link(Page::Jobs)}
            </Empty>
        }
        .into_any(),
        State::NoModules => view! {
            <Empty title=t("weave.empty.modules") text=t("weave.empty.modules_do") sign=Sign::Weave>
                {link(Page::Modules)}
            </Empty>
        }
        .into_any(),
        State::NoSpecification => view! {
            <Empty title=t("weave.empty.specification") text=t("weave.empty.specification_do") sign=Sign::Weave>
                <ButtonLink label=t("page.import") look=Look::Primary href=bring/>
            </Empty>
        }
        .into_any(),
        State::FilteredAway | State::Filled => view! {
            <Empty title=t("weave.empty.filtered") text=t("weave.empty.filtered_do") sign=Sign::Filter>
                <Button label=t("weave.filter.clear") look=Look::Primary on_press=move |_| bar::clear(loom)/>
            </Empty>
        }
        .into_any(),
    }
}
