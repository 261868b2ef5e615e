//! A proposal as a card: the value before, now and proposed, with the reason, and
//! what its owner can answer.

use leptos::prelude::*;
use weft_model::{
    Aspect, Choice as _, Decider, ItemId, JobItemId, Kind, Proposal, ProposalId, ProposalStatus,
    Proposed, Subject, Value, field,
};

use super::{
    button::{Button, Look},
    icon::{Icon, Sign},
    proposal_answer::{Answer, can_counter},
};
use crate::ui::{
    judging::spoken_for,
    proposing::is_open,
    sentences::{choice_name, item_name},
    state::Editor,
    text::{say, say_with, t},
    told,
};

/// The card.
#[component]
pub fn ProposalCard(
    /// The open plan.
    editor: Editor,
    /// The proposal.
    id: ProposalId,
    /// Where a reason or another value is asked for.
    answering: RwSignal<Option<Answer>>,
    /// What it is shown beside: its name is left out.
    #[prop(optional, into)]
    beside: Option<Subject>,
) -> impl IntoView {
    move || {
        editor.follow_board();
        editor.follow(Kind::Proposal);
        let proposal = editor.plan(|plan| plan.proposals.get(id).cloned())?;
        let read = editor.plan(|plan| Proposed::of(plan, &proposal))?;
        let subject = read.target.subject();
        let name = told::thing(editor, subject);
        let title = match told::href_of(editor, subject) {
            _ if beside == Some(subject) => ().into_any(),
            Some(href) => view! { <a class="clash-title" href=href>{name}</a> }.into_any(),
            None => view! { <span class="clash-title">{name}</span> }.into_any(),
        };
        let aspect = aspect(editor, &read);
        let lang = editor.lang();
        let reason = proposal.reason.show(&lang).to_owned();
        let open = is_open(&proposal);
        let acts = open.then(|| acts(editor, id, &proposal, answering));
        Some(view! {
            <article class="clash proposal" class:is-settled=!open>
                <h3 class="clash-head">
                    {title} <span class="clash-what">{aspect}</span>
                    <span class="caption proposal-by">{proposed_by(editor, &proposal)}</span>
                </h3>
                {values(editor, &read, open)}
                {(!reason.is_empty()).then(|| view! { <p class="proposal-reason">{reason}</p> })}
                {(!open).then(|| outcome(editor, &proposal))}
                {acts}
            </article>
        })
    }
}

fn name_of(editor: Editor, author: &str) -> String {
    let name = author
        .parse()
        .ok()
        .and_then(|uid| editor.names().remove(&uid));
    let own = author == editor.author().to_string();
    told::who(&name.unwrap_or_default().name, own)
}

fn who(editor: Editor, author: &str, at: i64) -> String {
    let who = name_of(editor, author);
    say_with("review.by", &[("who", who), ("when", told::when(at))])
}

/// Who proposes it, and where another typed it, who did.
fn proposed_by(editor: Editor, proposal: &Proposal) -> String {
    let typist = name_of(editor, &proposal.author);
    let spoken = spoken_for(editor, proposal.expert.map(|to| to.0), &typist);
    let at = proposal.at.map_or(0, |at| at.0);
    let who = spoken.unwrap_or(typist);
    say_with("review.by", &[("who", who), ("when", told::when(at))])
}

/// Whether it is a line that is there only once it is accepted.
fn is_addition(read: &Proposed) -> bool {
    matches!(read.target, Aspect::Presence(_)) && read.base.is_none()
}

/// What would change: the field, or of a new line what it is and where it goes.
fn aspect(editor: Editor, read: &Proposed) -> String {
    match &read.target {
        Aspect::Presence(item) if is_addition(read) && item.kind == Kind::JobItem => {
            let line = JobItemId(item.uid);
            let line = editor.plan(|plan| plan.job_items.raw(line).cloned());
            let tier = line.as_ref().and_then(|it| it.tier);
            let tier = tier.map(|tier| choice_name(field::job_item::tier, tier.0.id()));
            let above = line.and_then(|it| it.parent);
            let above = above.map(|to| told::thing(editor, ItemId::from(to.0).into()));
            let what = tier.unwrap_or_default();
            match above {
                Some(above) => say_with("proposals.new_below", &[("what", what), ("above", above)]),
                None => say_with("proposals.new_line", &[("what", what)]),
            }
        }
        _ => told::aspect_of(editor, &read.target),
    }
}

/// The value before and after; where somebody changed it since, all three.
fn values(editor: Editor, read: &Proposed, open: bool) -> AnyView {
    let added = is_addition(read);
    let words = |value: &Option<Value>| {
        if added && value.is_none() {
            return say("proposals.not_there");
        }
        let words = told::value(editor, &read.target, value.as_ref());
        if words.is_empty() {
            say("told.nothing")
        } else {
            words
        }
    };
    let moved = open && read.has_moved();
    let row = |key: &'static str, value: String, class: &'static str| {
        view! {
            <div class=class>
                <dt>{say(key)}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    view! {
        <dl class="three-way">
            {row("proposals.before", words(&read.base), "side")}
            {moved.then(|| row("proposals.now", words(&read.now), "side moved"))}
            {row("proposals.proposed", words(&read.proposed), "side proposed")}
        </dl>
        {moved.then(|| view! {
            <p class="proposal-moved"><Icon sign=Sign::Alert size=14/> {say("proposals.moved")}</p>
        })}
    }
    .into_any()
}

fn outcome(editor: Editor, proposal: &Proposal) -> AnyView {
    let status = proposal.status.map_or("open", |status| status.0.id());
    let word = choice_name(field::proposal::status, status);
    let by = who(
        editor,
        &proposal.answered_by,
        proposal.answered_at.map_or(0, |at| at.0),
    );
    let answer = proposal.answer.show(&editor.lang()).to_owned();
    view! {
        <p class="proposal-outcome"><b>{word}</b> <span class="caption">{by}</span> {answer}</p>
    }
    .into_any()
}

fn acts(
    editor: Editor,
    id: ProposalId,
    proposal: &Proposal,
    answering: RwSignal<Option<Answer>>,
) -> AnyView {
    if !editor.may_decide(proposal) {
        let mine = proposal.is_of(editor.author());
        let whom = match editor.decider(proposal) {
            Decider::All => String::new(),
            Decider::Owner(owner) => {
                editor.follow_item(owner.item());
                let lang = editor.lang();
                editor.plan(|plan| item_name(plan, &lang, owner.item()))
            }
            Decider::Author(author) => name_of(editor, &author.to_string()),
        };
        let waits = if whom.is_empty() {
            say("proposals.waits_all")
        } else {
            say_with("proposals.waits", &[("party", whom)])
        };
        let item = ItemId::from(id);
        return view! {
            <footer class="version-foot">
                <span class="version-since">{waits}</span>
                {mine.then(|| view! {
                    <Button label=t("proposals.reason") look=Look::Quiet on_press=move |_| editor.give_reason(item)/>
                    <Button label=t("proposals.withdraw") look=Look::Quiet
                        on_press=move |_| { editor.answer(id, ProposalStatus::Withdrawn, ""); }/>
                })}
            </footer>
        }
        .into_any();
    }
    let counters = can_counter(editor, proposal);
    view! {
        <footer class="version-foot">
            <span class={"version-since"}></span>
            <Button label=t("proposals.reject") look=Look::Quiet on_press=move |_| answering.set(Some(Answer::Reject(id)))/>
            {counters.then(|| view! {
                <Button label=t("proposals.counter") look=Look::Quiet on_press=move |_| answering.set(Some(Answer::Counter(id)))/>
            })}
            <Button label=t("proposals.accept") look=Look::Primary
                on_press=move |_| { editor.answer(id, ProposalStatus::Accepted, ""); }/>
        </footer>
    }
    .into_any()
}
