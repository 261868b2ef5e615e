//! What the plan says of itself, to be changed: title in its languages, code,
//! kind, status, intake, length, hours.

use leptos::prelude::*;
use weft_model::{ABOUT, Field, Lang, Shape, Sub, Value, field};

use crate::ui::{
    components::{
        button::{Button, Look},
        choice::{Choice, SelectField},
        dialog::Dialog,
        field::TextField,
        number_field::NumberField,
    },
    sentences::{choice_name, field_name},
    state::{Editor, language_untracked, use_editor},
    text::{Language, say, say_with, t},
};

/// The fields, in the order of the form; each finds its own control.
const FIELDS: [Field; 9] = [
    field::about::code,
    field::about::kind,
    field::about::level,
    field::about::status,
    field::about::intake_year,
    field::about::length_normal,
    field::about::length_max,
    field::about::hour_minutes,
    field::about::hours_per_credit,
];

/// The form. Everything is saved as it is typed.
#[component]
pub(super) fn DetailsDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let editor = use_editor();
    let foot = move || view! { <Button label=t("act.done") look=Look::Primary on_press=move |_| open.set(false)/> };
    view! {
        <Dialog open=open title=t("overview.details") wide=true foot=foot>
            <div class="fields">
                {languages(editor).into_iter().map(|lang| view! { <TitleField editor=editor lang=lang/> }).collect_view()}
                <div class="details-grid">
                    {FIELDS.map(|field| control(editor, field)).into_iter().collect_view()}
                </div>
            </div>
        </Dialog>
    }
}

/// The languages of the plan, those of the screens among them.
fn languages(editor: Editor) -> Vec<Lang> {
    let mut all = vec![language_untracked()];
    let screens = Language::ALL
        .iter()
        .filter_map(|language| Lang::new(language.tag()));
    let named = editor.plan(|plan| plan.about().languages.0.clone());
    let written = editor.plan(|plan| {
        let title = &plan.about().title;
        title
            .iter()
            .map(|(lang, _)| lang.clone())
            .collect::<Vec<_>>()
    });
    for lang in named.into_iter().chain(written).chain(screens) {
        let family = |lang: &Lang| lang.as_str().split('-').next().map(str::to_owned);
        if !all.iter().any(|known| family(known) == family(&lang)) {
            all.push(lang);
        }
    }
    all
}

#[component]
fn TitleField(editor: Editor, lang: Lang) -> impl IntoView {
    let (reads, writes, shown) = (lang.clone(), lang.clone(), lang.clone());
    let label = Signal::derive(move || {
        let name = Language::ALL
            .iter()
            .find(|known| known.tag().split('-').next() == shown.as_str().split('-').next())
            .map_or(shown.as_str(), |known| known.own_name());
        let values = [
            ("field", field_name(field::about::title)),
            ("language", name.to_owned()),
        ];
        say_with("overview.in_language", &values)
    });
    // The words may stand under a tag of the same family ("zh" for "zh-CN").
    let stored = move |lang: &Lang| {
        editor.plan(|plan| {
            let title = &plan.about().title;
            let family = |lang: &Lang| lang.as_str().split('-').next().map(str::to_owned);
            let same = title
                .iter()
                .find(|(known, _)| family(known) == family(lang));
            same.map_or_else(|| lang.clone(), |(known, _)| known.clone())
        })
    };
    let value = Signal::derive(move || {
        editor.follow_item(ABOUT);
        let lang = stored(&reads);
        editor.plan(|plan| plan.about().title.get(&lang).to_owned())
    });
    let commit = move |text: String| {
        editor.write_in(ABOUT, field::about::title, stored(&writes), text.trim());
    };
    let tag = lang.as_str().to_owned();
    view! { <TextField label=label value=value on_commit=commit lang=tag read_only=Signal::derive(move || editor.read_only())/> }
}

fn control(editor: Editor, field: Field) -> AnyView {
    let label = Signal::derive(move || field_name(field));
    let read_only = Signal::derive(move || editor.read_only());
    let plain = Signal::derive(move || {
        editor.follow_item(ABOUT);
        editor.plan(|plan| plan.value(ABOUT, &field.key()))
    });
    match field.shape() {
        Shape::Choice(ids) => {
            let value = Signal::derive(move || {
                let value = plain.get();
                value
                    .and_then(|it| it.as_str().map(str::to_owned))
                    .unwrap_or_default()
            });
            let choices = Signal::derive(move || {
                let none = Choice::new("", say("overview.not_given"));
                let all = ids
                    .iter()
                    .map(|id| Choice::new(*id, choice_name(field, id)));
                core::iter::once(none).chain(all).collect::<Vec<_>>()
            });
            let commit = move |id: String| {
                editor.set(ABOUT, field, (!id.is_empty()).then(|| Value::str(id)));
            };
            view! { <SelectField label=label value=value choices=choices on_commit=commit disabled=read_only/> }.into_any()
        }
        Shape::Text => {
            let value = Signal::derive(move || {
                editor.follow_item(ABOUT);
                let lang = editor.lang();
                editor.plan(|plan| {
                    let mut text = weft_model::Text::default();
                    plan.any(ABOUT.kind).values(ABOUT.uid, &mut |key, value| {
                        if let (true, Sub::Lang(lang), Value::Str(words)) =
                            (key.field == field, key.sub, value)
                        {
                            text.set(lang, words);
                        }
                    });
                    text.show(&lang).to_owned()
                })
            });
            let commit = move |text: String| {
                editor.write(ABOUT, field, text.trim());
            };
            view! { <TextField label=label value=value on_commit=commit read_only=read_only/> }
                .into_any()
        }
        shape @ (Shape::Int { .. } | Shape::Hours | Shape::Credits | Shape::Years) => {
            // Hours, credits and years are stored in halves.
            let (unit, least, most) = match shape {
                Shape::Int { min, max } => (1.0, min as f64, max as f64),
                _ => (2.0, 0.0, 1000.0),
            };
            let value = Signal::derive(move || {
                let value = plain.get().and_then(|value| value.as_int());
                value.map(|value| value as f64 / unit)
            });
            let commit = move |number: Option<f64>| {
                let stored = number.map(|number| Value::Int((number * unit).round() as i64));
                editor.set(ABOUT, field, stored);
            };
            view! { <NumberField label=label value=value on_commit=commit least=least most=most read_only=read_only/> }.into_any()
        }
        _ => {
            let value = Signal::derive(move || {
                let value = plain.get();
                value
                    .and_then(|it| it.as_str().map(str::to_owned))
                    .unwrap_or_default()
            });
            let commit = move |text: String| {
                let text = text.trim();
                editor.set(ABOUT, field, (!text.is_empty()).then(|| Value::str(text)));
            };
            view! { <TextField label=label value=value on_commit=commit read_only=read_only/> }
                .into_any()
        }
    }
}
