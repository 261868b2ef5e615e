//! What is proposed about one thing, beside it: how many, what would change, and
//! the answer. Nothing where nothing is proposed.

use leptos::prelude::*;
use weft_model::{Aspect, ItemId, JobItemId, Kind, Plan, Proposal, ProposalId, Subject};

use super::{
    proposal::ProposalCard,
    proposal_answer::{Answer, AnswerDialog},
};
use crate::{
    route::{Page, Route},
    ui::{
        proposing::is_open,
        state::use_editor,
        text::{say_count, t},
    },
};

/// The section of a panel.
#[component]
pub fn ItemProposals(
    /// The item, or the link that a cell stands for.
    about: Subject,
) -> impl IntoView {
    let editor = use_editor();
    let answering = RwSignal::new(None::<Answer>);
    let open = Memo::new(move |_| {
        editor.follow(Kind::Proposal);
        editor.plan(|plan| about_this(plan, about))
    });
    let count = move || say_count("proposals.here", open.with(Vec::len) as f64, &[]);
    let all = Route::spot(editor.id().to_string(), Page::Review, ["proposals"]).href();
    let all = StoredValue::new(all);
    view! {
        <Show when=move || open.with(|open| !open.is_empty())>
            <section class="panel-section item-proposals" aria-label=count>
                <h3 class="panel-section-head">
                    <span class="panel-section-title">{count}</span>
                    <a class="panel-section-note link" href=all.get_value()>{t("proposals.all")}</a>
                </h3>
                <ul class="item-proposal-list">
                    <For each=move || open.get() key=|id| *id let:id>
                        <li><ProposalCard editor=editor id=id answering=answering beside=about/></li>
                    </For>
                </ul>
            </section>
        </Show>
        <AnswerDialog editor=editor answering=answering/>
    }
}

/// The open proposals about a thing and what belongs to it, oldest first.
fn about_this(plan: &Plan, about: Subject) -> Vec<ProposalId> {
    let mut all: Vec<&Proposal> = (plan.proposals.iter())
        .filter(|it| is_open(it))
        .filter(|it| (it.target.parse()).is_ok_and(|target| is_about(plan, &target, about)))
        .collect();
    all.sort_by_key(|it| (it.at.map(|at| at.0), it.id));
    all.into_iter().map(|it| it.id).collect()
}

/// Whether something that would change is shown at a thing: one of its values or
/// links, what belongs to it, or a line that would come right below it.
pub fn is_about(plan: &Plan, target: &Aspect, about: Subject) -> bool {
    match (about, target.subject()) {
        (Subject::Link(here), Subject::Link(there)) => {
            here.module == there.module && here.competency == there.competency
        }
        (Subject::Item(here), Subject::Item(there)) => {
            here == there || belongs(plan, there) == Some(here)
        }
        (Subject::Item(here), Subject::Link(_)) => target.touches(here),
        _ => false,
    }
}

/// What an item is shown with: its module, and of a line that is not there yet, the
/// line above.
fn belongs(plan: &Plan, item: ItemId) -> Option<ItemId> {
    let kind = match item.kind {
        Kind::Unit | Kind::Offering | Kind::Assessment => Kind::Module,
        Kind::JobItem if plan.job_items.get(JobItemId(item.uid)).is_none() => Kind::JobItem,
        _ => return None,
    };
    let uid = plan.any(item.kind).owner(item.uid)?;
    Some(ItemId { kind, uid })
}
