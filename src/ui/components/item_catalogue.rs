//! All items of one kind as a table with a filter, sorting and a choice of
//! columns. The table itself is `item_table`.

use leptos::prelude::*;
use weft_model::{Field, ItemId, Kind, Shape, Uid};

use super::button::Button;
use super::choice::CheckboxField;
use super::dialog::Dialog;
use super::field::TextField;
use super::icon::Sign;
use super::item_table::{ItemTable, Sorted};
use super::table::Direction;
use crate::browser::prefs;
use crate::ui::cell_text::{compare, field_text, sort_key};
use crate::ui::sentences::{field_name, kind_names};
use crate::ui::state::use_editor;
use crate::ui::text::{collator, say_with, t};
use crate::ui::writing::{form_fields_of, item_label};

/// The table with what belongs to it.
#[component]
pub fn ItemCatalogue(
    /// What the rows are.
    kind: Kind,
    /// The item shown in the panel.
    #[prop(into)]
    open: Signal<Option<Uid>>,
    /// Shows an item in the panel.
    #[prop(into)]
    on_open: Callback<Uid>,
) -> impl IntoView {
    let editor = use_editor();
    let filter = RwSignal::new(String::new());
    let sorted: RwSignal<Sorted> = RwSignal::new(None);
    let picking = RwSignal::new(false);
    let columns = RwSignal::new(chosen(kind));
    let rows = Memo::new(move |_| {
        editor.follow(kind);
        let lang = editor.lang();
        let wanted = filter.get().trim().to_lowercase();
        let columns = columns.get();
        let sorted = sorted.get();
        editor.plan(|plan| {
            let mut rows = plan.any(kind).live();
            if !wanted.is_empty() {
                rows.retain(|uid| {
                    let item = ItemId { kind, uid: *uid };
                    let has = |text: String| text.to_lowercase().contains(&wanted);
                    has(item_label(plan, &lang, item))
                        || columns
                            .iter()
                            .any(|field| has(field_text(plan, &lang, item, *field)))
                });
            }
            if let Some((field, direction)) = sorted {
                let collator = collator();
                let key = |uid: &Uid| sort_key(plan, &lang, ItemId { kind, uid: *uid }, field);
                let mut keyed: Vec<_> = rows.into_iter().map(|uid| (key(&uid), uid)).collect();
                let turned = direction == Direction::Descending;
                keyed.sort_by(|(first, _), (second, _)| compare(&collator, first, second, turned));
                rows = keyed.into_iter().map(|(_, uid)| uid).collect();
            }
            rows
        })
    });
    let label = Signal::derive(move || kind_names(kind));
    let count = move || {
        let all = {
            editor.follow(kind);
            editor.plan(|plan| plan.any(kind).live().len())
        };
        let shown = rows.with(Vec::len);
        if shown == all {
            all.to_string()
        } else {
            say_with(
                "table.some_of",
                &[("n", shown.to_string()), ("all", all.to_string())],
            )
        }
    };
    let picker = move || {
        form_fields_of(kind)
            .into_iter()
            .map(|field| {
                let on = Signal::derive(move || columns.with(|columns| columns.contains(&field)));
                let name = Signal::derive(move || field_name(field));
                let turn = move |on: bool| {
                    columns.update(|columns| {
                        columns.retain(|known| *known != field);
                        if on {
                            columns.push(field);
                            columns.sort_by_key(|field| field.index());
                        }
                    });
                    columns.with_untracked(|columns| remember(kind, columns));
                };
                view! { <CheckboxField label=name checked=on on_commit=turn/> }
            })
            .collect_view()
    };
    view! {
        <div class="catalogue">
            <div class="catalogue-bar">
                <TextField label=t("table.filter") value=filter on_commit=move |text| filter.set(text)
                    on_input=move |text| filter.set(text) placeholder=t("table.filter") hide_label=true kind="search"/>
                <span class="caption" role="status">{count}</span>
                <span class={"push"}></span>
                <Button label=t("table.columns") sign=Sign::Table on_press=move |_| picking.set(true)/>
            </div>
            <ItemTable kind=kind label=label rows=rows columns=columns sorted=sorted open=open on_open=on_open/>
            <Dialog open=picking title=t("table.columns")><div class="column-picker">{picker()}</div></Dialog>
        </div>
    }
}

/// The columns of a kind: those remembered, else the first that say most.
fn chosen(kind: Kind) -> Vec<Field> {
    let remembered = prefs::read(&format!("columns.{}", kind.name())).unwrap_or_default();
    let mut fields: Vec<Field> = remembered
        .split_whitespace()
        .filter_map(|name| kind.field(name))
        .collect();
    if fields.is_empty() {
        let usual: &[&str] = match kind {
            Kind::Module => &[
                "code",
                "title",
                "category",
                "nature",
                "total_hours",
                "theory_hours",
                "practice_hours",
                "credits",
                "exam",
                "owner",
                "teachers",
            ],
            _ => &[],
        };
        fields = usual.iter().filter_map(|name| kind.field(name)).collect();
    }
    if fields.is_empty() {
        fields = form_fields_of(kind)
            .into_iter()
            .filter(|field| {
                !matches!(field.name(), "visible_to" | "note" | "body")
                    && !matches!(field.shape(), Shape::Map(..))
            })
            .take(8)
            .collect();
    }
    fields
}

fn remember(kind: Kind, columns: &[Field]) {
    let names: Vec<&str> = columns.iter().map(|field| field.name()).collect();
    prefs::write(&format!("columns.{}", kind.name()), &names.join(" "));
}
