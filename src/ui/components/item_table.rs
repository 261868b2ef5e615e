//! A table of the items of one kind, drawn from the schema: only what is in
//! sight, keys as in a spreadsheet, and every cell edited in place by the
//! field's own control. Which rows and columns, and in which order, the page says;
//! several cells at once are `item_range`'s.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use weft_model::{Field, Kind, Shape, Uid};

use super::icon::{Icon, Sign};
use super::item_cell::Row;
use super::notice::{Toasts, toasts};
use super::table::Direction;
use super::windowed::Windowed;
use crate::browser::{caret, dom, keyboard, timer};
use crate::ui::cell_text::is_figure;
use crate::ui::grid::selection::{Block, Selection, Step};
use crate::ui::sentences::field_name;
use crate::ui::state::{Editor, use_editor};
use crate::ui::text::say;

/// The height of a row and of the head, in pixels.
pub(super) const ROW: f64 = 32.0;
const HEAD: f64 = 32.0;

/// How a table is sorted.
pub type Sorted = Option<(Field, Direction)>;

/// What the rows of a table share.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    pub(super) kind: Kind,
    pub(super) rows: Signal<Vec<Uid>>,
    pub(super) columns: Signal<Vec<Field>>,
    /// The cell of the moment.
    pub(super) at: RwSignal<Option<(Uid, Field)>>,
    /// The cell to which the selection reaches from there; nothing: no farther.
    pub(super) far: RwSignal<Option<(Uid, Field)>>,
    /// What is selected, by places.
    pub(super) block: Memo<Option<Block>>,
    /// Whether the cell of the moment is being edited.
    pub(super) editing: RwSignal<bool>,
    window: Windowed,
    number: StoredValue<u64>,
}

impl Grid {
    pub(super) fn id(self, row: Uid, column: Field) -> String {
        // A cell that has the focus loses it as the page is left: nothing of the
        // table is there any more by then.
        let number = self.number.try_get_value().unwrap_or_default();
        format!("cell-{number}-{row}-{}", column.index())
    }

    /// Goes to a cell, scrolling it into sight.
    pub(super) fn go(self, row: Uid, column: Field) {
        self.editing.set(false);
        self.far.set(None);
        self.at.set(Some((row, column)));
        let place = self
            .rows
            .with_untracked(|rows| rows.iter().position(|known| *known == row));
        if let Some(place) = place {
            self.window.reveal(place, HEAD);
        }
        let id = self.id(row, column);
        timer::as_soon(move || {
            let there = dom::by_id(&id).filter(caret::focus_in_place);
            if let Some(cell) = &there {
                dom::reveal(cell);
            }
            there.is_some()
        });
    }

    /// Brings a row into sight.
    pub(super) fn reveal(self, place: usize) {
        self.window.reveal(place, HEAD);
    }

    /// Goes some rows and columns on; stays at the edges.
    fn step(self, down: isize, right: isize) {
        let Some((row, column)) = self.at.get_untracked() else {
            return;
        };
        let to = |at: usize, by: isize, count: usize| {
            at.saturating_add_signed(by).min(count.saturating_sub(1))
        };
        let row = self.rows.with_untracked(|rows| {
            let at = rows.iter().position(|known| *known == row)?;
            rows.get(to(at, down, rows.len())).copied()
        });
        let column = self.columns.with_untracked(|columns| {
            let at = columns.iter().position(|known| *known == column)?;
            columns.get(to(at, right, columns.len())).copied()
        });
        if let (Some(row), Some(column)) = (row, column) {
            self.go(row, column);
        }
    }

    /// Edits the cell of the moment; `typed` takes the place of its text.
    pub(super) fn edit(self, typed: Option<String>) {
        let Some((row, column)) = self.at.get_untracked() else {
            return;
        };
        self.editing.set(true);
        let id = self.id(row, column);
        timer::as_soon(move || {
            let field = dom::by_id(&id)
                .and_then(|cell| dom::first_within(&cell, "input, select, textarea, button"))
                .filter(dom::focus);
            let Some(field) = field else { return false };
            match &typed {
                Some(typed) => caret::replace_text(&field, typed),
                None => dom::select_text(&field),
            }
            true
        });
    }

    /// Back from editing to the cell.
    fn leave(self) {
        if let Some((row, column)) = self.at.get_untracked() {
            self.go(row, column);
        }
    }
}

/// The table. Put it where it may fill the height.
#[component]
pub fn ItemTable(
    /// What the rows are.
    kind: Kind,
    /// What the table holds, read out.
    #[prop(into)]
    label: Signal<String>,
    /// The rows, filtered and in order.
    #[prop(into)]
    rows: Signal<Vec<Uid>>,
    /// The columns, in order.
    #[prop(into)]
    columns: Signal<Vec<Field>>,
    /// How it is sorted.
    sorted: RwSignal<Sorted>,
    /// The item shown in the panel.
    #[prop(into)]
    open: Signal<Option<Uid>>,
    /// Shows an item in the panel.
    #[prop(into)]
    on_open: Callback<Uid>,
) -> impl IntoView {
    let editor = use_editor();
    let toasts = toasts();
    let mut grid = Grid {
        kind,
        rows,
        columns,
        at: RwSignal::new(None),
        far: RwSignal::new(None),
        block: Memo::new(|_| None),
        editing: RwSignal::new(false),
        window: Windowed::new(Signal::stored(ROW)),
        number: StoredValue::new(crate::browser::device::chance() >> 32),
    };
    let selecting = grid;
    grid.block = Memo::new(move |_| selecting.selection().map(|selection| selection.block()));
    let template = Memo::new(move |_| {
        let widths: Vec<String> =
            columns.with(|columns| columns.iter().map(|field| width(*field)).collect());
        format!("36px {}", widths.join(" "))
    });
    #[expect(clippy::cast_precision_loss, reason = "far fewer rows than 2^52")]
    let whole = move || format!("{}px", rows.with(Vec::len) as f64 * ROW);
    let places = Memo::new(move |_| {
        let all = rows.get().into_iter().enumerate();
        all.map(|(place, uid)| (uid, place))
            .collect::<std::collections::BTreeMap<_, _>>()
    });
    // What is opened from elsewhere comes into sight; what was pressed is there.
    Effect::new(move || {
        if let (Some(uid), Some(_)) = (open.get(), grid.window.node.get()) {
            timer::next_frame(move || {
                let place = places.try_with_untracked(|places| places.get(&uid).copied());
                if let Some(Some(place)) = place {
                    grid.window.reveal(place, HEAD);
                }
            });
        }
    });
    let drawn = move || {
        let rows = rows.get();
        let range = grid.window.range(rows.len());
        let mut drawn = rows[range.clone()].to_vec();
        let at = grid.at.get().map(|(row, _)| row);
        if let Some(row) = at
            && !drawn.contains(&row)
            && rows.contains(&row)
        {
            drawn.push(row);
        }
        drawn
    };
    let heads = move || {
        columns
            .get()
            .into_iter()
            .map(|field| view! { <Head field=field sorted=sorted/> })
            .collect_view()
    };
    let on_keydown = move |event: KeyboardEvent| keys(grid, editor, toasts, on_open, &event);
    let tab_stop = Signal::derive(move || {
        let first = || {
            Some((
                rows.with(|rows| rows.first().copied())?,
                columns.with(|all| all.first().copied())?,
            ))
        };
        grid.at
            .get()
            .filter(|(row, column)| {
                places.with(|places| places.contains_key(row))
                    && columns.with(|all| all.contains(column))
            })
            .or_else(first)
    });
    view! {
        <div
            class="item-table"
            role="grid"
            aria-multiselectable="true"
            aria-label=move || label.get()
            aria-rowcount=move || rows.with(|rows| (rows.len() + 1).to_string())
            aria-colcount=move || columns.with(|columns| (columns.len() + 1).to_string())
            node_ref=grid.window.node
            on:scroll=move |_| grid.window.scrolled()
            on:keydown=on_keydown
            on:copy=move |event| grid.copy(editor, &event)
            on:paste=move |event| grid.paste(editor, toasts, &event)
        >
            <div class="item-heads" role="row" style:grid-template-columns=move || template.get()>
                <span class="item-head" role="columnheader"><span class="visually-hidden">{move || say("table.open")}</span></span>
                {heads}
            </div>
            <div class="item-rows" role="rowgroup" style:height=whole>
                <For each=drawn key=|uid| *uid let:uid>
                    <Row grid=grid uid=uid places=places template=template open=open on_open=on_open tab_stop=tab_stop/>
                </For>
            </div>
        </div>
    }
}

#[component]
fn Head(field: Field, sorted: RwSignal<Sorted>) -> impl IntoView {
    let mine = move || {
        sorted
            .get()
            .filter(|(by, _)| *by == field)
            .map(|(_, direction)| direction)
    };
    let turn = move |_| {
        sorted.update(|sorted| {
            *sorted = match sorted {
                Some((by, Direction::Ascending)) if *by == field => {
                    Some((field, Direction::Descending))
                }
                Some((by, Direction::Descending)) if *by == field => None,
                _ => Some((field, Direction::Ascending)),
            };
        });
    };
    let sign = Signal::derive(move || match mine() {
        Some(Direction::Ascending) => Sign::Up,
        Some(Direction::Descending) => Sign::Down,
        None => Sign::Sort,
    });
    view! {
        <span
            class="item-head"
            class:figure=is_figure(field)
            role="columnheader"
            aria-sort=move || match mine() {
                Some(Direction::Ascending) => "ascending",
                Some(Direction::Descending) => "descending",
                None => "none",
            }
        >
            <button type="button" class="sort-button" class:sorted=move || mine().is_some() on:click=turn>
                <span class={"one-line"}>{move || field_name(field)}</span>
                <Icon sign=sign size=12/>
            </button>
        </span>
    }
}

/// The width of a column: figures are narrow, titles wide.
fn width(field: Field) -> String {
    let pixels = match field.shape() {
        Shape::Text if matches!(field.name(), "title" | "name" | "statement") => {
            return "minmax(240px, 2fr)".to_owned();
        }
        Shape::Text => return "minmax(180px, 1fr)".to_owned(),
        Shape::Int { .. } | Shape::Hours | Shape::Credits | Shape::Years => 92,
        Shape::Line if field.name() == "code" => 92,
        Shape::Bool => 92,
        Shape::Choice(_) | Shape::Day | Shape::Line | Shape::Verbatim | Shape::Langs => 132,
        Shape::Ref(_) | Shape::Set(_) | Shape::Map(..) => 172,
    };
    format!("{pixels}px")
}

fn keys(grid: Grid, editor: Editor, toasts: Toasts, on_open: Callback<Uid>, event: &KeyboardEvent) {
    if keyboard::is_composing(event) {
        return;
    }
    let chord = keyboard::chord(event);
    if grid.editing.get_untracked() {
        // The field has used what it needs; these end the editing.
        match chord.as_str() {
            "Escape" => grid.leave(),
            "Enter" if keyboard::is_typing(event) => grid.step(1, 0),
            "Tab" => grid.step(0, 1),
            "Shift+Tab" => grid.step(0, -1),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
        return;
    }
    let Some((row, column)) = grid.at.get_untracked() else {
        return;
    };
    if dom::focused().is_none_or(|element| element.id() != grid.id(row, column)) {
        return;
    }
    let page = grid.window.page().cast_signed();
    let rests = untrack(|| editor.read_only());
    match chord.as_str() {
        "ArrowDown" => grid.step(1, 0),
        "ArrowUp" => grid.step(-1, 0),
        "ArrowRight" => grid.step(0, 1),
        "ArrowLeft" => grid.step(0, -1),
        "PageDown" => grid.step(page, 0),
        "PageUp" => grid.step(-page, 0),
        "Home" => grid.step(0, isize::MIN / 2),
        "End" => grid.step(0, isize::MAX / 2),
        "Ctrl+Home" => grid.step(isize::MIN / 2, isize::MIN / 2),
        "Ctrl+End" => grid.step(isize::MAX / 2, isize::MAX / 2),
        "Enter" | "F2" if !rests => grid.edit(None),
        "Ctrl+Enter" | "Space" => on_open.run(row),
        "Shift+ArrowDown" => grid.stretch(Step::By(1, 0)),
        "Shift+ArrowUp" => grid.stretch(Step::By(-1, 0)),
        "Shift+ArrowRight" => grid.stretch(Step::By(0, 1)),
        "Shift+ArrowLeft" => grid.stretch(Step::By(0, -1)),
        "Shift+PageDown" => grid.stretch(Step::By(page, 0)),
        "Shift+PageUp" => grid.stretch(Step::By(-page, 0)),
        "Shift+Home" => grid.stretch(Step::RowStart),
        "Shift+End" => grid.stretch(Step::RowEnd),
        "Ctrl+Shift+Home" => grid.stretch(Step::First),
        "Ctrl+Shift+End" => grid.stretch(Step::Last),
        "Ctrl+A" => grid.reach(Selection::all),
        "Escape" if grid.far.get_untracked().is_some() => grid.far.set(None),
        "Delete" | "Backspace" if !rests => grid.empty(editor, toasts),
        key if !rests && key.chars().count() == 1 => grid.edit(Some(event.key())),
        "Shift+Space" => return,
        key if !rests && key.starts_with("Shift+") && key.chars().count() == 7 => {
            grid.edit(Some(event.key()))
        }
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}
