//! The experts: how far each has come, what of it they have confirmed.

use leptos::prelude::*;
use weft_model::{ExpertId, Kind};

use super::confirm::{ConfirmDialog, Standing};
use super::joining::AddExpert;
use super::walk::Named;
use crate::ui::components::button::IconButton;
use crate::ui::components::head::SectionHead;
use crate::ui::components::icon::Sign;
use crate::ui::judging::progress;
use crate::ui::state::{Editor, use_editor};
use crate::ui::text::{number, say_with, t};

/// All of them. Reactive.
pub(super) fn experts(editor: Editor) -> Vec<ExpertId> {
    editor.follow(Kind::Expert);
    editor.plan(|plan| plan.experts.iter().map(|it| it.id).collect())
}

/// The section.
#[component]
pub(super) fn People() -> impl IntoView {
    let editor = use_editor();
    let all = Memo::new(move |_| experts(editor));
    let asking = RwSignal::new(None);
    let row = move |id: ExpertId| {
        let come = move || {
            let (done, all) = progress(editor, id);
            let figures = [("n", number(done as f64)), ("all", number(all as f64))];
            say_with("experts.looked_at", &figures)
        };
        view! {
            <li class="expert">
                <Named id=id/>
                <span class="expert-come">{come}</span>
                <span class="expert-standing"><Standing expert=id asking=asking/></span>
                <IconButton label=t("experts.remove") sign=Sign::Delete small=true
                    on_press=move |_| { editor.delete(id.into()); }/>
            </li>
        }
    };
    view! {
        <section class="experts">
            <SectionHead title=t("experts.people")><AddExpert/></SectionHead>
            <Show
                when=move || all.with(|all| !all.is_empty())
                fallback=|| view! { <p class="walk-none">{t("experts.nobody")}</p> }
            >
                <ul class="expert-rows">
                    <For each=move || all.get() key=|id| *id let:id>{row(id)}</For>
                </ul>
            </Show>
            <ConfirmDialog asking=asking/>
        </section>
    }
}
