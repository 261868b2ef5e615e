//! The items that belong to another one, in their order: the units of a module,
//! its assessments, the intakes of a cohort. Add, move, delete; each row is a
//! small form, with what was said of it and done to it.

use leptos::prelude::*;
use weft_model::{Command, Field, FieldKey, ItemId, Kind, Shape, Spot, Uid, Value, Verb};

use super::button::{Button, IconButton, Look};
use super::icon::Sign;
use super::item_field::ItemField;
use super::item_history::ItemHistory;
use super::notice::toasts;
use super::talk::Talk;
use crate::browser::{dom, timer};
use crate::ui::marks::ItemMarks;
use crate::ui::sentences::kind_name;
use crate::ui::state::use_editor;
use crate::ui::text::{say, say_with, t};
use crate::ui::writing::item_label;

/// The list.
#[component]
pub fn ItemList(
    /// What its items are.
    kind: Kind,
    /// What they belong to.
    owner: ItemId,
    /// What a row shows: its fields by default.
    #[prop(optional, into)]
    row: Option<Callback<Uid, AnyView>>,
    /// The fields of a row.
    #[prop(optional)]
    fields: Vec<Field>,
    /// The values that a new item begins with.
    #[prop(optional)]
    first: Vec<(FieldKey, Value)>,
) -> impl IntoView {
    let editor = use_editor();
    let toasts = toasts();
    let items = Memo::new(move |_| {
        editor.follow(kind);
        editor.plan(|plan| plan.any(kind).below(Some(owner.uid)))
    });
    let rests = Signal::derive(move || editor.read_only());
    let first = StoredValue::new(first);
    let fields = StoredValue::new(fields);
    let add = move |_| {
        let uid = editor.fresh();
        let item = ItemId { kind, uid };
        let add = Command::Add {
            item,
            owner: Some(owner.uid),
            spot: Spot::Last,
            fields: first.get_value(),
        };
        if editor.act(Verb::Add, item, vec![add]) {
            timer::as_soon(move || {
                dom::by_id(&format!("row-{uid}"))
                    .and_then(|row| dom::first_within(&row, "input, textarea, select"))
                    .is_some_and(|field| dom::focus(&field))
            });
        }
    };
    let shift = move |uid: Uid, down: bool| {
        let spot = items.with_untracked(|items| {
            let at = items.iter().position(|known| *known == uid)?;
            match (down, at) {
                (false, 0) => None,
                (false, 1) => Some(Spot::First),
                (false, at) => Some(Spot::After(items[at - 2])),
                (true, at) => items.get(at + 1).map(|next| Spot::After(*next)),
            }
        });
        let item = ItemId { kind, uid };
        if let Some(spot) = spot {
            let go = Command::Move {
                item,
                owner: Some(owner.uid),
                spot,
            };
            editor.act(Verb::Move, item, vec![go]);
        }
    };
    let delete = move |uid: Uid| {
        let item = ItemId { kind, uid };
        let lang = untrack(|| editor.lang());
        let name = editor.plan(|plan| item_label(plan, &lang, item));
        if editor.delete(item) {
            let text = say_with("form.item_deleted", &[("what", name)]);
            toasts.say_with(text, say("act.undo"), move || {
                editor.act(Verb::Restore, item, vec![Command::Restore { item }]);
            });
        }
    };
    let drawn = move |uid: Uid| {
        let item = ItemId { kind, uid };
        let content = match row {
            Some(row) => row.run(uid),
            None => fields
                .get_value()
                .into_iter()
                .map(|field| {
                    let class = format!("list-field is-{}", extent(field));
                    view! { <div class=class><ItemField item=item field=field/></div> }
                })
                .collect_view()
                .into_any(),
        };
        let more = RwSignal::new(false);
        let is_first = Signal::derive(move || items.with(|items| items.first() == Some(&uid)));
        let is_last = Signal::derive(move || items.with(|items| items.last() == Some(&uid)));
        view! {
            <li class="list-row" id=format!("row-{uid}")>
                <div class="list-fields">{content}</div>
                <div class="list-acts">
                    {move || (!rests.get()).then(|| view! {
                        <IconButton label=t("form.up") sign=Sign::Up small=true disabled=is_first on_press=move |_| shift(uid, false)/>
                        <IconButton label=t("form.down") sign=Sign::Down small=true disabled=is_last on_press=move |_| shift(uid, true)/>
                        <IconButton label=t("act.delete") sign=Sign::Delete small=true on_press=move |_| delete(uid)/>
                    })}
                    <IconButton label=t("form.item_more") sign=Sign::Talk small=true pressed=Signal::from(more) on_press=move |_| more.update(|it| *it = !*it)/>
                    <ItemMarks item=item/>
                </div>
                <Show when=move || more.get()>
                    <div class="list-more">
                        <Talk anchor=item.into()/>
                        <ItemHistory item=item/>
                    </div>
                </Show>
            </li>
        }
    };
    let label = Signal::derive(move || say_with("form.add", &[("what", kind_name(kind))]));
    view! {
        <ol class="item-list"><For each=move || items.get() key=|uid| *uid children=drawn/></ol>
        {move || (!rests.get()).then(|| view! { <Button label=label look=Look::Quiet sign=Sign::Add on_press=add/> })}
    }
}

fn extent(field: Field) -> &'static str {
    match field.shape() {
        Shape::Int { .. } | Shape::Hours | Shape::Credits | Shape::Years => "figure",
        Shape::Line if field.name() == "code" => "figure",
        Shape::Choice(_) | Shape::Bool | Shape::Day => "half",
        _ => "whole",
    }
}
