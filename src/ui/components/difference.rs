//! A difference as a line: what, and its value before and after.

use leptos::prelude::*;
use weft_model::Difference;

use crate::ui::state::Editor;
use crate::ui::told::{self, Told};

/// The line. Where the thing is clear from around it, `bare` leaves it out.
#[component]
pub fn DifferenceLine(
    /// The open plan.
    editor: Editor,
    /// The difference.
    difference: Difference,
    /// Without the name of the thing.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let difference = StoredValue::new(difference);
    let words = move || match difference.with_value(|it| told::difference(editor, it)) {
        Told::Sentence(words) => view! { <span class="told-words">{words}</span> }.into_any(),
        Told::Value {
            what,
            field,
            before,
            after,
        } => {
            let both = !before.is_empty() && !after.is_empty();
            view! {
                {(!bare).then(|| view! { <span class="told-what">{what}</span> })}
                <span class="told-field">{field}</span>
                {(!before.is_empty()).then(|| view! { <del class="told-before">{before}</del> })}
                {both.then(|| view! { <span class="told-arrow" aria-hidden="true">{"→"}</span> })}
                {(!after.is_empty()).then(|| view! { <ins class="told-after">{after}</ins> })}
            }
            .into_any()
        }
    };
    view! { <span class="told">{words}</span> }
}
