//! One control for one field of one item, as the field's shape asks. It reads
//! and writes through the editor; which fields a form has is its own matter.
//! Sets and maps are `item_members`'.

use leptos::prelude::*;
use weft_model::{Aspect, BadValue, Field, ItemId, Kind, Shape, Sub, TextAt, Value, Verb};

use super::{
    area::TextArea,
    choice::{Choice, SelectField},
    combobox::Combobox,
    field::{FieldLook, TextField},
    item_members::{MapField, SetField},
    number_field::NumberField,
};
use crate::ui::{
    sentences::{bad_value, choice_name, field_name, kind_name},
    state::{Editor, use_editor},
    text::{say, say_with},
    writing::{self, FormLang, candidates, form_lang},
};

/// A value of an item, followed; told again where what was typed was not taken.
pub(super) fn value_of(
    editor: Editor,
    item: ItemId,
    key: weft_model::FieldKey,
) -> Signal<Option<Value>> {
    let value = Memo::new(move |_| {
        editor.follow_item(item);
        editor.plan(|plan| plan.value(item, &key))
    });
    told_again(editor, move || value.get())
}

/// What the plan reads, told again where what was typed was not taken. A text that
/// partners write into is read from the plan itself and not from a memo: that hears of a
/// change later than the plan has it, and a draft is merged with what the plan reads.
pub fn told_again<T: Send + Sync + 'static>(
    editor: Editor,
    read: impl Fn() -> T + Send + Sync + 'static,
) -> Signal<T> {
    Signal::derive(move || {
        editor.follow_refusals();
        read()
    })
}

/// Whether what is written there is proposed to somebody else, and not done.
pub fn proposes(editor: Editor, what: Aspect) -> Signal<bool> {
    Signal::derive(move || !editor.settles(&what))
}

/// The control of a field.
#[component]
pub fn ItemField(
    /// The item.
    item: ItemId,
    /// The field.
    field: Field,
    /// In a table's cell: no label to be seen, no edge.
    #[prop(optional)]
    cell: bool,
    /// The label is read out but not shown.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    let hide = cell || hide_label;
    let look = if cell {
        FieldLook::Cell
    } else {
        FieldLook::Boxed
    };
    match field.shape() {
        Shape::Text => {
            view! { <WordsField item=item field=field look=look hide_label=hide/> }.into_any()
        }
        Shape::Line | Shape::Langs => {
            view! { <LineField item=item field=field look=look hide_label=hide/> }.into_any()
        }
        Shape::Day => {
            view! { <LineField item=item field=field look=look hide_label=hide day=true/> }
                .into_any()
        }
        Shape::Set(kind) => {
            view! { <SetField item=item field=field kind=kind hide_label=hide/> }.into_any()
        }
        Shape::Map(kind, inner) => {
            view! { <MapField item=item field=field kind=kind inner=*inner hide_label=hide/> }
                .into_any()
        }
        Shape::Ref(kind) => {
            view! { <RefField item=item field=field kind=kind look=look hide_label=hide/> }
                .into_any()
        }
        shape => {
            let name = Signal::derive(move || field_name(field));
            view! { <ScalarField item=item key=field.key() shape=shape label=name look=look hide_label=hide/> }.into_any()
        }
    }
}

/// A yes or no, a number or a choice, under any key.
#[component]
pub(super) fn ScalarField(
    item: ItemId,
    key: weft_model::FieldKey,
    shape: Shape,
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] look: FieldLook,
    #[prop(optional)] hide_label: bool,
) -> impl IntoView {
    let editor = use_editor();
    let field = key.field;
    let value = value_of(editor, item, key.clone());
    let rests = Signal::derive(move || editor.read_only());
    let key = StoredValue::new(key);
    let commit = move |value: Option<Value>| {
        let set = weft_model::Command::Set {
            item,
            key: key.get_value(),
            value,
        };
        editor.act(Verb::Edit, item, vec![set]);
    };
    let chosen = Signal::derive(move || match value.get() {
        Some(Value::Bool(true)) => "yes".to_owned(),
        Some(Value::Bool(false)) => "no".to_owned(),
        Some(Value::Int(number)) => number.to_string(),
        Some(Value::Str(id)) => id,
        None => String::new(),
    });
    let amount = move |halves: bool| {
        Signal::derive(move || {
            let number = value.get().and_then(|value| value.as_int())?;
            #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
            Some(number as f64 / if halves { 2.0 } else { 1.0 })
        })
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the field keeps to its bounds"
    )]
    let commit_amount = move |halves: bool| {
        move |number: Option<f64>| {
            let factor = if halves { 2.0 } else { 1.0 };
            commit(number.map(|number| Value::Int((number * factor).round() as i64)));
        }
    };
    let none = || Choice::new("", "–");
    let unit = match shape {
        Shape::Hours => Some(Signal::derive(|| say("form.unit_hours"))),
        _ => None,
    };
    match shape {
        Shape::Bool => {
            let choices = Signal::derive(move || {
                vec![none(), Choice::new("yes", say("form.yes")), Choice::new("no", say("form.no"))]
            });
            let choose = move |id: String| {
                commit((!id.is_empty()).then(|| Value::Bool(id == "yes")));
            };
            view! { <SelectField label=label value=chosen choices=choices on_commit=choose disabled=rests look=look hide_label=hide_label/> }.into_any()
        }
        Shape::Choice(ids) => {
            let choices = Signal::derive(move || {
                let named = ids.iter().map(|id| Choice::new(*id, choice_name(field, id)));
                std::iter::once(none()).chain(named).collect::<Vec<_>>()
            });
            let choose = move |id: String| commit((!id.is_empty()).then(|| Value::str(id)));
            view! { <SelectField label=label value=chosen choices=choices on_commit=choose disabled=rests look=look hide_label=hide_label/> }.into_any()
        }
        Shape::Int { .. } if field.name() == "required_level" => {
            let choices = Signal::derive(move || {
                std::iter::once(none()).chain(writing::level_choices(&editor)).collect::<Vec<_>>()
            });
            let choose = move |rank: String| commit(rank.parse().ok().map(Value::Int));
            view! { <SelectField label=label value=chosen choices=choices on_commit=choose disabled=rests look=look hide_label=hide_label/> }.into_any()
        }
        Shape::Int { min, max } if max - min < 9 => {
            let choices = Signal::derive(move || {
                let steps = (min..=max).map(|step| Choice::new(step.to_string(), step.to_string()));
                std::iter::once(none()).chain(steps).collect::<Vec<_>>()
            });
            let choose = move |step: String| commit(step.parse().ok().map(Value::Int));
            view! { <SelectField label=label value=chosen choices=choices on_commit=choose disabled=rests look=look hide_label=hide_label/> }.into_any()
        }
        Shape::Int { min, max } => {
            #[expect(clippy::cast_precision_loss, reason = "bounds of fields are small")]
            let (least, most) = (min as f64, max as f64);
            view! {
                <NumberField label=label value=amount(false) on_commit=commit_amount(false) least=least most=most whole_steps=true
                    read_only=rests look=look hide_label=hide_label/>
            }
            .into_any()
        }
        _ => view! {
            <NumberField label=label value=amount(true) on_commit=commit_amount(true) step=0.5 whole_steps=true unit=unit
                read_only=rests look=look hide_label=hide_label/>
        }
        .into_any(),
    }
}

/// One line that needs no translation, or a day.
#[component]
fn LineField(
    item: ItemId,
    field: Field,
    look: FieldLook,
    hide_label: bool,
    #[prop(optional)] day: bool,
) -> impl IntoView {
    let editor = use_editor();
    let stored = value_of(editor, item, field.key());
    let value = Signal::derive(move || match stored.get() {
        Some(Value::Str(text)) => text,
        _ => String::new(),
    });
    let problem = RwSignal::new(None::<String>);
    let commit = move |text: String| {
        let text = text.trim();
        if field.shape() == Shape::Langs && weft_model_langs(text).is_none() {
            problem.set(Some(bad_value(field, BadValue::UnknownChoice)));
            return;
        }
        problem.set(None);
        editor.set(item, field, (!text.is_empty()).then(|| Value::str(text)));
    };
    let label = Signal::derive(move || field_name(field));
    let hint = (field.shape() == Shape::Langs).then(|| Signal::derive(|| say("form.langs_hint")));
    let rests = Signal::derive(move || editor.read_only());
    let kind = if day { "date" } else { "text" };
    view! {
        <TextField label=label value=value on_commit=commit problem=problem hint=hint read_only=rests look=look
            hide_label=hide_label kind=kind/>
    }
}

fn weft_model_langs(text: &str) -> Option<Vec<weft_model::Lang>> {
    text.split_whitespace().map(weft_model::Lang::new).collect()
}

/// Whether a text mostly has several lines.
pub fn is_long(field: Field) -> bool {
    matches!(
        field.name(),
        "description" | "objectives" | "note" | "body" | "equipment" | "reason" | "why"
    )
}

/// A text, in the language of the form.
#[component]
fn WordsField(item: ItemId, field: Field, look: FieldLook, hide_label: bool) -> impl IntoView {
    let editor = use_editor();
    let chosen = use_context::<FormLang>();
    let lang = Memo::new(move |_| form_lang(&editor, chosen).as_str().to_owned());
    let in_lang =
        move |lang: &str| weft_model::Lang::new(lang).unwrap_or_else(weft_model::Lang::en);
    let label = Signal::derive(move || field_name(field));
    let rests = Signal::derive(move || editor.read_only());
    // Another language is another field: a draft never lands in the wrong one.
    move || {
        let tag = lang.get();
        let own = in_lang(&tag);
        let value = {
            let own = own.clone();
            told_again(editor, move || {
                editor.follow_item(item);
                editor.plan(|plan| plan.text(TextAt::Field(item, field), &own))
            })
        };
        let whole = proposes(editor, Aspect::Value(item, field.lang(own.clone())));
        let other = {
            let own = own.clone();
            Signal::derive(move || {
                editor.follow_item(item);
                editor.plan(|plan| {
                    let mut text = weft_model::Text::default();
                    plan.any(item.kind).values(item.uid, &mut |key, value| {
                        if let (true, Sub::Lang(lang), Value::Str(words)) =
                            (key.field == field, key.sub, value)
                        {
                            text.set(lang, words);
                        }
                    });
                    writing::shown(&text, &own)
                })
            })
        };
        let commit = move |text: String| {
            editor.write_in(item, field, own.clone(), text.trim_end());
        };
        if look == FieldLook::Cell {
            view! {
                <TextField label=label value=value on_commit=commit placeholder=other read_only=rests look=look
                    hide_label=hide_label lang=tag shared=true/>
            }
            .into_any()
        } else {
            let long = is_long(field);
            view! {
                <TextArea label=label value=value on_commit=commit placeholder=other read_only=rests whole=whole
                    hide_label=hide_label rows={if long { 3 } else { 1 }} one_line=!long lang=Some(tag)/>
            }
            .into_any()
        }
    }
}

/// One item of a kind.
#[component]
fn RefField(
    item: ItemId,
    field: Field,
    kind: Kind,
    look: FieldLook,
    hide_label: bool,
) -> impl IntoView {
    let editor = use_editor();
    let stored = value_of(editor, item, field.key());
    let value = Signal::derive(move || {
        let Some(uid) = stored.get().and_then(|value| value.as_str()?.parse().ok()) else {
            return String::new();
        };
        let to = ItemId { kind, uid };
        editor.follow_item(to);
        let lang = editor.lang();
        editor.plan(|plan| {
            if plan.any(kind).is_live(uid) {
                writing::item_label(plan, &lang, to)
            } else {
                say("form.deleted")
            }
        })
    });
    let options = Signal::derive(move || {
        candidates(&editor, item, field)
            .into_iter()
            .map(|(uid, label)| Choice::new(uid.to_string(), label))
            .collect::<Vec<_>>()
    });
    let choose = move |uid: String| {
        editor.set(item, field, Some(Value::Str(uid)));
    };
    let clear = Callback::new(move |()| {
        editor.set(item, field, None);
    });
    let add = Callback::new(move |name: String| {
        let uid = editor.fresh();
        let lang = writing::writing_lang_now(&editor);
        let set = weft_model::Command::Set {
            item,
            key: field.key(),
            value: Some(Value::Str(uid.to_string())),
        };
        editor.act(
            Verb::Edit,
            item,
            vec![writing::add_named(kind, uid, &name, &lang), set],
        );
    });
    let label = Signal::derive(move || field_name(field));
    let placeholder = Signal::derive(move || say_with("form.choose", &[("what", kind_name(kind))]));
    let rests = Signal::derive(move || editor.read_only());
    view! {
        <Combobox label=label value=value options=options on_choose=choose on_clear=Some(clear)
            on_new=writing::can_be_named(kind).then_some(add) placeholder=placeholder read_only=rests look=look
            hide_label=hide_label/>
    }
}
