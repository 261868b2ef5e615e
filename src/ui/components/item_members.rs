//! The controls for fields with members: a set as chips with a search to add
//! to it, a map as rows with a value each.

use leptos::prelude::*;
use weft_model::{Command, Field, ItemId, Kind, Shape, Sub, Uid, Value, Verb};

use super::{
    button::IconButton, choice::Choice, combobox::Combobox, icon::Sign, item_field::ScalarField,
};
use crate::ui::{
    sentences::{field_name, kind_name},
    state::{Editor, use_editor},
    text::{say, say_with},
    writing::{self, candidates},
};

/// With this many items to choose from, a map shows a row for each.
const FEW: usize = 6;

/// The live members of a set or a map, in the order of their table.
fn members(editor: Editor, item: ItemId, field: Field, kind: Kind) -> Memo<Vec<Uid>> {
    Memo::new(move |_| {
        editor.follow_item(item);
        editor.follow(kind);
        editor.plan_and_board(|plan, board| {
            let mut all: Vec<Uid> = Vec::new();
            plan.any(item.kind).values(item.uid, &mut |key, _| {
                if let (true, Sub::Member(uid)) = (key.field == field, key.sub) {
                    all.push(uid);
                }
            });
            all.retain(|uid| plan.any(kind).is_live(*uid));
            if kind == Kind::JobItem {
                all.sort_by_key(|uid| board.outline().position((*uid).into()));
            } else {
                let order = plan.any(kind).live();
                all.sort_by_key(|uid| order.iter().position(|known| known == uid));
            }
            all
        })
    })
}

fn name_of(editor: Editor, kind: Kind, uid: Uid) -> Signal<String> {
    Signal::derive(move || {
        let item = ItemId { kind, uid };
        editor.follow_item(item);
        let lang = editor.lang();
        editor.plan(|plan| writing::item_label(plan, &lang, item))
    })
}

/// A search over the items that are no members yet.
fn others(
    editor: Editor,
    item: ItemId,
    field: Field,
    inside: Memo<Vec<Uid>>,
) -> Signal<Vec<Choice>> {
    Signal::derive(move || {
        let inside = inside.get();
        candidates(&editor, item, field)
            .into_iter()
            .filter(|(uid, _)| !inside.contains(uid))
            .map(|(uid, label)| Choice::new(uid.to_string(), label))
            .collect::<Vec<_>>()
    })
}

fn put(item: ItemId, field: Field, member: Uid, value: Option<Value>) -> Command {
    Command::Set {
        item,
        key: field.member(member),
        value,
    }
}

/// A set: chips, and a search to add.
#[component]
pub(super) fn SetField(item: ItemId, field: Field, kind: Kind, hide_label: bool) -> impl IntoView {
    let editor = use_editor();
    let inside = members(editor, item, field, kind);
    let rests = Signal::derive(move || editor.read_only());
    let add = move |uid: String| {
        if let Ok(uid) = uid.parse() {
            editor.set_member(item, field, uid, true);
        }
    };
    let add_new = Callback::new(move |name: String| {
        let uid = editor.fresh();
        let lang = writing::writing_lang_now(&editor);
        let commands = vec![
            writing::add_named(kind, uid, &name, &lang),
            put(item, field, uid, Some(Value::Bool(true))),
        ];
        editor.act(Verb::Edit, item, commands);
    });
    let label = Signal::derive(move || field_name(field));
    let placeholder = Signal::derive(move || {
        if field == weft_model::field::module::visible_to || field.name() == "visible_to" {
            say("form.visible_all")
        } else {
            say_with("form.add", &[("what", kind_name(kind))])
        }
    });
    let chip = move |uid: Uid| {
        let name = name_of(editor, kind, uid);
        let take_out = Signal::derive(move || say_with("form.take_out", &[("what", name.get())]));
        view! {
            <li class="member">
                <span class={"member-name"} title=move || name.get()>{name}</span>
                {move || (!rests.get()).then(|| view! {
                    <IconButton label=take_out sign=Sign::Close small=true
                        on_press=move |_| { editor.set_member(item, field, uid, false); }/>
                })}
            </li>
        }
    };
    view! {
        <div class="members-field" role="group" aria-label=move || label.get()>
            <span class="field-label" class:visually-hidden=hide_label aria-hidden="true">{label}</span>
            <div class="members-body">
                <ul class="members" hidden=move || inside.with(Vec::is_empty)>
                    <For each=move || inside.get() key=|uid| *uid children=chip/>
                </ul>
                <Combobox label=placeholder value=Signal::stored(String::new()) options=others(editor, item, field, inside)
                    on_choose=add on_new=writing::can_be_named(kind).then_some(add_new) placeholder=placeholder
                    read_only=rests hide_label=true/>
            </div>
        </div>
    }
}

/// What a new row of a map begins with.
fn first_value(inner: Shape) -> Value {
    match inner {
        Shape::Choice(ids) => Value::str(ids.get(ids.len() / 2).copied().unwrap_or_default()),
        Shape::Int { min, .. } => Value::Int(min),
        _ => Value::Int(0),
    }
}

/// A map: rows, each with its value. With few items to choose from, every one
/// has a row; else a search adds rows.
#[component]
pub(super) fn MapField(
    item: ItemId,
    field: Field,
    kind: Kind,
    inner: Shape,
    hide_label: bool,
) -> impl IntoView {
    let editor = use_editor();
    let inside = members(editor, item, field, kind);
    let all = Memo::new(move |_| {
        candidates(&editor, item, field)
            .into_iter()
            .map(|(uid, _)| uid)
            .collect::<Vec<_>>()
    });
    let few = Memo::new(move |_| all.with(Vec::len) <= FEW);
    let rows = move || if few.get() { all.get() } else { inside.get() };
    let rests = Signal::derive(move || editor.read_only());
    let add = move |uid: String| {
        if let Ok(uid) = uid.parse() {
            editor.act(
                Verb::Edit,
                item,
                vec![put(item, field, uid, Some(first_value(inner)))],
            );
        }
    };
    let label = Signal::derive(move || field_name(field));
    let placeholder = Signal::derive(move || say_with("form.add", &[("what", kind_name(kind))]));
    let row = move |uid: Uid| {
        let name = name_of(editor, kind, uid);
        let take_out = Signal::derive(move || say_with("form.take_out", &[("what", name.get())]));
        view! {
            <li class="map-row">
                <span class={"map-name"} title=move || name.get()>{name}</span>
                <ScalarField item=item key=field.member(uid) shape=inner label=name hide_label=true/>
                {move || (!few.get() && !rests.get()).then(|| view! {
                    <IconButton label=take_out sign=Sign::Close small=true on_press=move |_| {
                        editor.act(Verb::Edit, item, vec![put(item, field, uid, None)]);
                    }/>
                })}
            </li>
        }
    };
    view! {
        <div class="members-field" role="group" aria-label=move || label.get()>
            <span class="field-label" class:visually-hidden=hide_label aria-hidden="true">{label}</span>
            <div class="members-body">
                <ul class="map-rows"><For each=rows key=|uid| *uid children=row/></ul>
                {move || all.with(Vec::is_empty).then(|| view! {
                    <p class="caption">{say_with("form.none_yet", &[("what", crate::ui::sentences::kind_names(kind))])}</p>
                })}
                {move || (!few.get()).then(|| view! {
                    <Combobox label=placeholder value=Signal::stored(String::new()) options=others(editor, item, field, inside)
                        on_choose=add placeholder=placeholder read_only=rests hide_label=true/>
                })}
            </div>
        </div>
    }
}
