//! What would read otherwise of what is here already: the thing, its value and the one
//! that comes. Worked out when it is asked for.

use leptos::prelude::*;
use weft_model::{Act, Aspect, Difference, Plan, Subject, Verb, differences};

use super::intake::{Intake, Preview};
use super::preview::with;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::difference::DifferenceLine;
use crate::ui::components::show_more::ShowMore;
use crate::ui::text::t;

/// How many are drawn at first, and further each time.
const SHOWN: usize = 60;

/// What changes of what is here; what is new is counted, and shown among the first rows.
fn changing(plan: &Plan, preview: &Preview) -> Vec<Difference> {
    let mut then = plan.clone();
    let act = Act::many(
        Verb::Import,
        Subject::Plan,
        preview.imported.commands.clone(),
    );
    if then.apply(&act).is_err() {
        return Vec::new();
    }
    let mut all = differences(plan, &then);
    all.retain(|it| {
        let comes = matches!(it.what, Aspect::Presence(_) | Aspect::Link(_));
        !(comes && it.before.is_none())
    });
    all
}

/// The list, closed at first; nothing where nothing is updated.
#[component]
pub fn Changes(intake: Intake) -> impl IntoView {
    let editor = intake.editor;
    let open = RwSignal::new(false);
    let shown = RwSignal::new(SHOWN);
    let some = Memo::new(move |_| {
        with(intake, |preview| {
            let items = preview.imported.items.values();
            preview.imported.links.updated > 0 || items.map(|it| it.updated).sum::<usize>() > 0
        })
        .unwrap_or_default()
    });
    let all = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        let all = with(intake, |preview| {
            editor.plan(|plan| changing(plan, preview))
        });
        all.unwrap_or_default()
    });
    let lines = move || {
        let drawn = all.get().into_iter().take(shown.get());
        let line = |it| view! { <li class={"import-change"}><DifferenceLine editor=editor difference=it/></li> };
        drawn.map(line).collect_view()
    };
    view! {
        <Show when=move || some.get()>
            <div class="import-changes">
                <Button label=t("import.changes") look=Look::Quiet
                    pressed=Signal::derive(move || open.get())
                    on_press=move |_| open.update(|open| *open = !*open)/>
                <Show when=move || open.get()>
                    <ul class="import-change-list">{lines}</ul>
                    <ShowMore count=Signal::derive(move || all.with(Vec::len)) shown=shown step=SHOWN/>
                </Show>
            </div>
        </Show>
    }
}
