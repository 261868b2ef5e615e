//! Fields that are chosen from: select, checkbox, a row of buttons.

use leptos::{ev::KeyboardEvent, prelude::*};

use super::{
    field::{FieldLook, Labelled, fresh_id},
    icon::{Icon, Sign},
};
use crate::browser::dom::{self, Step};

/// Something to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What is committed.
    pub value: String,
    /// What is shown.
    pub label: String,
}

impl Choice {
    /// A choice; the label in the language of the moment (`say(…)`).
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// One of several, as the system shows it. A value that is among no choice
/// shows as an empty field.
#[component]
pub fn SelectField(
    /// What the field is for.
    #[prop(into)]
    label: Signal<String>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// What there is to choose.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// Called with the new value at once.
    #[prop(into)]
    on_commit: Callback<String>,
    /// A word of help below.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// Whether it rests.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What is wrong with it.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// The label is read out but not shown.
    #[prop(optional)]
    hide_label: bool,
    /// How it looks.
    #[prop(optional)]
    look: FieldLook,
) -> impl IntoView {
    let id = fresh_id("field");
    let options = move || {
        let chosen = value.get();
        let choices = choices.get();
        let unknown = !choices.iter().any(|choice| choice.value == chosen);
        unknown
            .then(|| Choice::new(chosen.clone(), ""))
            .into_iter()
            .chain(choices)
            .map(|choice| {
                let selected = choice.value == chosen;
                view! { <option value=choice.value selected=selected>{choice.label}</option> }
            })
            .collect_view()
    };
    view! {
        <Labelled id=id.clone() label=label hide_label=hide_label look=look hint=hint problem=problem>
            <span class="field-box is-select">
                <select
                    class="field-input"
                    id=id
                    disabled=move || disabled.get()
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    prop:value=move || value.get()
                    on:change=move |event| on_commit.run(event_target_value(&event))
                >
                    {options}
                </select>
                <Icon sign=Sign::Down size=14/>
            </span>
        </Labelled>
    }
}

/// Yes or no.
#[component]
pub fn CheckboxField(
    /// What is answered.
    #[prop(into)]
    label: Signal<String>,
    /// The answer.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with the new answer at once.
    #[prop(into)]
    on_commit: Callback<bool>,
    /// Whether it rests.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <label class="checkbox">
            <input
                class="checkbox-box"
                type="checkbox"
                disabled=move || disabled.get()
                prop:checked=move || checked.get()
                on:change=move |event| on_commit.run(event_target_checked(&event))
            />
            <span class="checkbox-label">{label}</span>
        </label>
    }
}

/// An option of [`Segmented`].
#[derive(Debug, Clone, Copy)]
pub struct Segment {
    /// What is committed.
    pub value: &'static str,
    /// What is shown.
    pub label: Signal<String>,
    /// An icon before the word.
    pub sign: Option<Sign>,
}

/// One of two to five, side by side: Board or Table. One tab stop; the arrow
/// keys choose.
#[component]
pub fn Segmented(
    /// What is chosen, read out.
    #[prop(into)]
    label: Signal<String>,
    /// The options.
    options: Vec<Segment>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the new value at once.
    #[prop(into)]
    on_commit: Callback<&'static str>,
) -> impl IntoView {
    let group = NodeRef::<leptos::html::Div>::new();
    let on_keydown = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => Step::Next,
            "ArrowLeft" | "ArrowUp" => Step::Back,
            _ => return,
        };
        event.prevent_default();
        if let Some(group) = group.get_untracked() {
            dom::rove(&group, "button", step);
            if let Some(button) = dom::focused() {
                button.click();
            }
        }
    };
    let buttons = options
        .into_iter()
        .map(|option| {
            let chosen = Signal::derive(move || value.with(|value| value == option.value));
            view! {
                <button
                    type="button"
                    class="segment"
                    role="radio"
                    aria-checked=move || chosen.get().to_string()
                    tabindex=move || if chosen.get() { 0 } else { -1 }
                    on:click=move |_| on_commit.run(option.value)
                >
                    {option.sign.map(|sign| view! { <Icon sign=sign size=14/> })}
                    <span class={"segment-word"}>{option.label}</span>
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="segmented" role="radiogroup" aria-label=move || label.get() node_ref=group on:keydown=on_keydown>
            {buttons}
        </div>
    }
}
