//! The rows and cells of `item_table`: text to read, the field's control while
//! a cell is edited. Keys are the table's.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use weft_model::{Field, ItemId, Shape, Uid};

use super::icon::{Icon, Sign};
use super::item_field::{ItemField, is_long};
use super::item_table::{Grid, ROW};
use crate::browser::{dom, timer};
use crate::ui::cell_text::{field_text, is_figure};
use crate::ui::grid::selection::{Block, Cell as Place};
use crate::ui::state::use_editor;
use crate::ui::text::say_with;

/// One row: a way to its panel, and its cells.
#[component]
pub(super) fn Row(
    grid: Grid,
    uid: Uid,
    places: Memo<std::collections::BTreeMap<Uid, usize>>,
    template: Memo<String>,
    open: Signal<Option<Uid>>,
    on_open: Callback<Uid>,
    tab_stop: Signal<Option<(Uid, Field)>>,
) -> impl IntoView {
    let editor = use_editor();
    let item = ItemId {
        kind: grid.kind,
        uid,
    };
    let place = Memo::new(move |_| places.with(|places| places.get(&uid).copied()).unwrap_or(0));
    let name = move || {
        let lang = editor.lang();
        editor.follow_item(item);
        editor.plan(|plan| crate::ui::writing::item_label(plan, &lang, item))
    };
    #[expect(clippy::cast_precision_loss, reason = "far fewer rows than 2^52")]
    let top = move || format!("{}px", place.get() as f64 * ROW);
    view! {
        <div
            class="item-row"
            class:is-open=move || open.get() == Some(uid)
            role="row"
            aria-rowindex=move || (place.get() + 2).to_string()
            style:top=top
            style:grid-template-columns=move || template.get()
        >
            <span class="item-cell" role="gridcell">
                <button type="button" class="button quiet sole small" tabindex="-1"
                    aria-label=move || say_with("table.open_named", &[("what", name())]) on:click=move |_| on_open.run(uid)>
                    <Icon sign=Sign::Right size=14/>
                </button>
            </span>
            <For each=move || grid.columns.get() key=|field| field.index() let:field>
                <Cell grid=grid item=item field=field place=place tab_stop=tab_stop/>
            </For>
        </div>
    }
}

#[component]
fn Cell(
    grid: Grid,
    item: ItemId,
    field: Field,
    place: Memo<usize>,
    tab_stop: Signal<Option<(Uid, Field)>>,
) -> impl IntoView {
    let editor = use_editor();
    let mine = (item.uid, field);
    let current = Memo::new(move |_| grid.at.get() == Some(mine));
    let edited = Memo::new(move |_| current.get() && grid.editing.get() && !editor.read_only());
    let text = Memo::new(move |_| {
        editor.follow_item(item);
        if let Some(kind) = field.shape().target() {
            editor.follow(kind);
        }
        let lang = editor.lang();
        editor.plan(|plan| field_text(plan, &lang, item, field))
    });
    let roomy = matches!(field.shape(), Shape::Set(_) | Shape::Map(..)) || is_long(field);
    // Which edges of the selection it lies at, where it lies in it.
    let chosen = Memo::new(move |_| {
        let block = grid.block.get()?;
        let col = grid
            .columns
            .with(|columns| columns.iter().position(|known| *known == field))?;
        let cell = Place::new(place.get(), col);
        block.holds(cell).then(|| edges(block, cell))
    });
    let class = move || {
        let figure = if is_figure(field) { " figure" } else { "" };
        let at = if current.get() { " is-current" } else { "" };
        format!("item-cell{figure}{at}{}", chosen.get().unwrap_or_default())
    };
    let take = move || {
        if !edited.get_untracked() && grid.at.get_untracked() != Some(mine) {
            grid.at.set(Some(mine));
            grid.far.set(None);
            grid.editing.set(false);
        }
    };
    // A mouse has chosen already as it went down.
    let tapped = move |event: MouseEvent| {
        if !event.shift_key() {
            take();
        }
    };
    let content = move || {
        if edited.get() {
            view! {
                <div class="cell-editor" class:is-roomy=roomy>
                    <ItemField item=item field=field cell=!roomy hide_label=true/>
                </div>
            }
            .into_any()
        } else {
            view! { <span class="cell-text" title=move || text.get()>{text}</span> }.into_any()
        }
    };
    view! {
        <div
            class=class
            role="gridcell"
            aria-selected=move || chosen.with(Option::is_some).to_string()
            data-cell=format!("{} {}", item.uid, field.index())
            id=grid.id(item.uid, field)
            tabindex=move || if tab_stop.get() == Some(mine) { 0 } else { -1 }
            on:pointerdown=move |event| if !edited.get_untracked() { grid.pressed(&event, mine) }
            on:click=tapped
            on:focus=move |_| take()
            on:dblclick=move |_| if !edited.get_untracked() { grid.edit(None) }
            on:focusout=move |_| {
                let id = grid.id(item.uid, field);
                timer::next_frame(move || {
                    let inside = dom::by_id(&id).is_some_and(|cell| dom::holds_focus(&cell));
                    if !inside && edited.try_get_untracked() == Some(true) {
                        grid.editing.set(false);
                    }
                });
            }
        >
            {content}
        </div>
    }
}

/// What marks a cell of a range: the range has one outline around all of it.
/// A single cell has its focus ring.
fn edges(block: Block, cell: Place) -> String {
    if block.len() == 1 {
        return String::new();
    }
    let mut class = " is-selected".to_owned();
    for (at, name) in [
        (cell.row == block.top, " at-top"),
        (cell.row == block.bottom, " at-bottom"),
        (cell.col == block.left, " at-left"),
        (cell.col == block.right, " at-right"),
    ] {
        if at {
            class.push_str(name);
        }
    }
    class
}
