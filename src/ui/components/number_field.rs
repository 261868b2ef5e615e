//! The field for a number. Reading what was typed is `ui::number`'s.

use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::field::{FieldLook, TextField};
use crate::ui::{
    number::{self, Typed},
    text::{number as shown_number, say_with},
};

/// A number, or nothing. Point and comma both do; the arrow keys step. What is
/// no number, or out of bounds, is not committed, and said.
#[component]
pub fn NumberField(
    /// What the field is for.
    #[prop(into)]
    label: Signal<String>,
    /// The value as it stands in the plan.
    #[prop(into)]
    value: Signal<Option<f64>>,
    /// Called with the new number, `None` when the field was emptied.
    #[prop(into)]
    on_commit: Callback<Option<f64>>,
    /// The least that is possible.
    #[prop(default = 0.0)]
    least: f64,
    /// The most that is possible.
    #[prop(default = 1_000_000.0)]
    most: f64,
    /// What an arrow key adds.
    #[prop(default = 1.0)]
    step: f64,
    /// Only whole steps are possible: whole numbers, or halves.
    #[prop(optional)]
    whole_steps: bool,
    /// A unit after the value.
    #[prop(optional_no_strip, into)]
    unit: Option<Signal<String>>,
    /// A word of help below.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// Readable but not changeable.
    #[prop(optional, into)]
    read_only: Signal<bool>,
    /// The label is read out but not shown.
    #[prop(optional)]
    hide_label: bool,
    /// How it looks.
    #[prop(optional)]
    look: FieldLook,
    /// The node, to move the focus to it.
    #[prop(optional)]
    node: NodeRef<html::Input>,
) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let text = Signal::derive(move || value.get().map(number::write).unwrap_or_default());
    let commit = move |typed: String| match number::read(&typed) {
        Typed::Nothing => {
            problem.set(None);
            on_commit.run(None);
        }
        Typed::Number(number) if whole_steps && (number / step).fract().abs() > 1e-9 => problem
            .set(Some(say_with(
                "field.not_in_steps",
                &[("step", shown_number(step))],
            ))),
        Typed::Number(number) if (least..=most).contains(&number) => {
            problem.set(None);
            on_commit.run(Some(number));
        }
        Typed::Number(_) => problem.set(Some(say_with(
            "field.out_of_bounds",
            &[("least", shown_number(least)), ("most", shown_number(most))],
        ))),
        Typed::NotANumber => problem.set(Some(say_with("field.not_a_number", &[("text", typed)]))),
    };
    let on_key = move |event: KeyboardEvent| {
        let up = match event.key().as_str() {
            "ArrowUp" => 1.0,
            "ArrowDown" => -1.0,
            _ => return,
        };
        if read_only.get_untracked() || event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        event.prevent_default();
        let Some(input) = node.get_untracked() else {
            return;
        };
        let from = match number::read(&input.value()) {
            Typed::Number(number) => number,
            Typed::Nothing => 0.0,
            Typed::NotANumber => return,
        };
        // Left in the draft: one commit for many steps.
        input.set_value(&number::write((from + up * step).clamp(least, most)));
    };
    let field = view! {
        <TextField label=label value=text on_commit=commit on_key=on_key problem=problem read_only=read_only
            hide_label=hide_label look=look input_mode="decimal" node=node unit=unit hint=hint/>
    };
    view! { <div class="number-field" class:is-read-only=move || read_only.get()>{field}</div> }
}
