//! What tables share: the frame that scrolls, and heads that sort. Rows are the
//! pages' own; cells with figures take `class="figure"`.

use leptos::prelude::*;

use super::icon::{Icon, Sign};

/// The order of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From small to large.
    Ascending,
    /// From large to small.
    Descending,
}

impl Direction {
    /// The other way round.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Direction::Ascending => Direction::Descending,
            Direction::Descending => Direction::Ascending,
        }
    }
}

/// A region that scrolls a wide table in itself, reachable by the keyboard.
/// Put `<table class="table">` into it.
#[component]
pub fn TableFrame(
    /// What the table holds, read out.
    #[prop(into)]
    label: Signal<String>,
    /// The table.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-frame" role="region" tabindex="0" aria-label=move || label.get()>{children()}</div>
    }
}

/// A column's head that sorts.
#[component]
pub fn SortHead(
    /// The column's name.
    #[prop(into)]
    label: Signal<String>,
    /// Whether the table is sorted by it, and how.
    #[prop(into)]
    sorted: Signal<Option<Direction>>,
    /// Called to sort by it, or to turn the order.
    #[prop(into)]
    on_sort: Callback<()>,
    /// Figures stand at the right.
    #[prop(optional)]
    figure: bool,
) -> impl IntoView {
    view! {
        <th
            class="table-head"
            class:figure=figure
            scope="col"
            aria-sort=move || match sorted.get() {
                Some(Direction::Ascending) => "ascending",
                Some(Direction::Descending) => "descending",
                None => "none",
            }
        >
            <button type="button" class="sort-button" class:sorted=move || sorted.get().is_some() on:click=move |_| on_sort.run(())>
                <span class={"sort-word"}>{label}</span>
                <Icon size=12 sign=Signal::derive(move || match sorted.get() {
                    Some(Direction::Ascending) => Sign::Up,
                    Some(Direction::Descending) => Sign::Down,
                    None => Sign::Sort,
                })/>
            </button>
        </th>
    }
}
