//! What partners propose to change, for its owner to decide: all of it, what is
//! open first.

use leptos::prelude::*;
use weft_model::{Kind, Value, field};

use crate::ui::{
    components::{
        button::Button,
        choice::CheckboxField,
        empty::Empty,
        proposal::ProposalCard,
        proposal_answer::{Answer, AnswerDialog},
    },
    proposing::is_open,
    state::use_editor,
    text::{number, say_with, t},
};

/// The list: what is open first.
#[component]
pub(super) fn Proposals() -> impl IntoView {
    let editor = use_editor();
    let answering = RwSignal::new(None::<Answer>);
    let rows = Memo::new(move |_| {
        editor.follow(Kind::Proposal);
        editor.plan(|plan| {
            let mut all: Vec<_> = (plan.proposals.iter())
                .map(|it| {
                    (
                        !is_open(it),
                        core::cmp::Reverse(it.at.map(|at| at.0)),
                        it.id,
                    )
                })
                .collect();
            all.sort_unstable();
            all.into_iter().map(|(_, _, id)| id).collect::<Vec<_>>()
        })
    });
    let free = Signal::derive(move || {
        editor.follow_item(weft_model::ABOUT);
        editor.plan(|plan| plan.about().edit_freely == Some(true))
    });
    let set_free = move |free: bool| {
        let value = free.then_some(Value::Bool(true));
        editor.set(weft_model::ABOUT, field::about::edit_freely, value);
    };
    let several = Memo::new(move |_| {
        editor.follow_board();
        (editor.acceptable(), editor.to_decide())
    });
    // Nobody accepts "all" and finds some of them still there.
    let accept_what = Signal::derive(move || {
        several.with(|(ids, waiting)| {
            let [n, all] = [ids.len(), *waiting].map(|it| number(it as f64));
            let key = if n == all {
                "proposals.accept_all"
            } else {
                "proposals.accept_some"
            };
            say_with(key, &[("n", n), ("all", all)])
        })
    });
    let some_wait = move || several.with(|(ids, waiting)| ids.len() < *waiting);
    let accept_all = move |_| {
        several.with_untracked(|(ids, _)| editor.accept(ids));
    };
    view! {
        <p class="review-intro">{t("proposals.intro")}</p>
        <div class="review-filters">
            <CheckboxField label=t("proposals.free") checked=free on_commit=set_free/>
            <Show when=move || several.with(|(ids, _)| ids.len() > 1)>
                <Button label=accept_what on_press=accept_all/>
                <Show when=some_wait>
                    <span class={"caption"}>{t("proposals.one_by_one")}</span>
                </Show>
            </Show>
        </div>
        <Show when=move || rows.with(Vec::is_empty)>
            <Empty title=t("proposals.none") text=t("proposals.none_text")/>
        </Show>
        <ul class="clashes">
            <For each=move || rows.get() key=|id| *id let:id>
                <li><ProposalCard editor=editor id=id answering=answering/></li>
            </For>
        </ul>
        <AnswerDialog editor=editor answering=answering/>
    }
}
