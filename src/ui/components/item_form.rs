//! Forms drawn from the schema: the fields of an item, in groups, with one
//! language switch for all its texts. Each control is `item_field`'s.

use leptos::prelude::*;
use weft_model::{Aspect, Field, ItemId, Kind, Lang, Shape};

use super::{
    area::TitleField,
    item_field::{ItemField, is_long, proposes, told_again},
};
use crate::{
    browser::intl,
    ui::{
        sentences::field_name,
        state::use_editor,
        text::{Language, language, say},
        writing::{self, FormLang},
    },
};

/// Fields below each other, labels beside the short ones and above the long.
#[component]
pub fn ItemForm(
    /// The item.
    item: ItemId,
    /// Its fields, in the order in which they stand.
    fields: Vec<Field>,
) -> impl IntoView {
    let fields = fields
        .into_iter()
        .map(|field| {
            let wide = is_long(field) || matches!(field.shape(), Shape::Text);
            view! {
                <div class="item-field" class:is-wide=wide>
                    <ItemField item=item field=field/>
                </div>
            }
        })
        .collect_view();
    view! { <div class="item-form">{fields}</div> }
}

/// Every field that a form of this kind shows, those with these names left out.
pub fn form_fields(kind: Kind, but: &[&str]) -> Vec<Field> {
    let mut fields = writing::form_fields_of(kind);
    fields.retain(|field| !but.contains(&field.name()));
    fields
}

/// The fields of a kind by name, in this order; names it has not are left out.
pub fn fields_named(kind: Kind, names: &[&str]) -> Vec<Field> {
    names.iter().filter_map(|name| kind.field(name)).collect()
}

/// The title of an item, large, in the language of the form.
#[component]
pub fn ItemTitle(
    /// The item.
    item: ItemId,
    /// Its title, name or statement.
    field: Field,
) -> impl IntoView {
    let editor = use_editor();
    let chosen = use_context::<FormLang>();
    let lang = Memo::new(move |_| writing::form_lang(&editor, chosen).as_str().to_owned());
    let label = Signal::derive(move || field_name(field));
    let rests = Signal::derive(move || editor.read_only());
    move || {
        let tag = lang.get();
        let own = Lang::new(&tag).unwrap_or_else(Lang::en);
        let value = {
            let own = own.clone();
            told_again(editor, move || {
                editor.follow_item(item);
                editor.plan(|plan| writing::words(plan, item, field, &own))
            })
        };
        let whole = proposes(editor, Aspect::Value(item, field.lang(own.clone())));
        let other = Signal::derive(move || {
            let title = editor.title(item);
            Some(title).filter(|title| *title != value.get() && !title.is_empty())
        });
        let commit = move |text: String| {
            editor.write_in(item, field, own.clone(), text.trim());
        };
        view! {
            <div class="item-title" data-item=item.uid.to_string()>
                <TitleField label=label value=value on_commit=commit read_only=rests whole=whole lang=Some(tag)/>
                {move || other.get().map(|other| view! { <p class="second item-other">{other}</p> })}
            </div>
        }
    }
}

/// The switch between the languages of the plan; nothing where it has one.
#[component]
pub fn LangSwitch() -> impl IntoView {
    let editor = use_editor();
    let Some(chosen) = use_context::<FormLang>() else {
        return ().into_any();
    };
    let langs = Memo::new(move |_| {
        let langs = chosen.langs.get();
        let tags = langs.iter().map(|lang| lang.as_str().to_owned());
        tags.collect::<Vec<_>>()
    });
    let now = Memo::new(move |_| {
        writing::form_lang(&editor, Some(chosen))
            .as_str()
            .to_owned()
    });
    let buttons = move || {
        let one = langs.with(|langs| langs.len() < 2);
        let tags = if one { Vec::new() } else { langs.get() };
        tags.into_iter()
            .map(|tag| {
                let known = Language::ALL.into_iter().find(|known| known.tag() == tag);
                let name = known.map_or_else(
                    || intl::language_name(language().tag(), &tag),
                    |known| known.own_name().to_owned(),
                );
                let (on, press) = (tag.clone(), tag.clone());
                view! {
                    <button
                        type="button"
                        class="lang-button"
                        lang=tag
                        aria-pressed=move || (now.get() == on).to_string()
                        on:click=move |_| chosen.chosen.set(Lang::new(&press))
                    >
                        {name}
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <div class="lang-switch" role="group" aria-label=move || say("form.language")>{buttons}</div>
    }
    .into_any()
}
