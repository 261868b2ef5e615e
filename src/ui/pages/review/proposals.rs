//! What partners propose to change, for its owner to decide: the value before,
//! now and proposed, with the reason.

use leptos::prelude::*;
use weft_model::{
    Aspect, Choice as _, ItemId, JobItemId, Kind, Proposal, ProposalId, ProposalStatus, Proposed,
    Shape, Sub, Value, field,
};

use crate::ui::{
    components::{
        area::TextArea,
        button::{Button, Look},
        choice::CheckboxField,
        dialog::Dialog,
        empty::Empty,
        field::TextField,
        icon::{Icon, Sign},
    },
    judging::spoken_for,
    number,
    proposing::{decider, is_open},
    sentences::choice_name,
    state::{Editor, use_editor},
    text::{say, say_with, t},
    told,
};

/// What is being answered, and how.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Reject(ProposalId),
    Counter(ProposalId),
}

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
    let several = move || {
        editor.follow(Kind::Proposal);
        let all = editor.plan(|plan| {
            let open = plan.proposals.iter().filter(|it| is_open(it));
            open.cloned().collect::<Vec<_>>()
        });
        let own = editor.author();
        let mine = all.into_iter();
        let mine = mine.filter(|it| !it.is_of(own) && editor.may_decide(it) && !moved(editor, it));
        mine.map(|it| it.id).collect::<Vec<_>>()
    };
    let accept_all = move |_| {
        for id in several() {
            editor.answer(id, ProposalStatus::Accepted, "");
        }
    };
    view! {
        <p class="review-intro">{t("proposals.intro")}</p>
        <div class="review-filters">
            <CheckboxField label=t("proposals.free") checked=free on_commit=set_free/>
            <Show when=move || { several().len() > 1 }>
                <Button label=t("proposals.accept_all") on_press=accept_all/>
            </Show>
        </div>
        <Show when=move || rows.with(Vec::is_empty)>
            <Empty title=t("proposals.none") text=t("proposals.none_text")/>
        </Show>
        <ul class="clashes">
            <For each=move || rows.get() key=|id| *id let:id>
                <li><Card editor=editor id=id answering=answering/></li>
            </For>
        </ul>
        <AnswerDialog editor=editor answering=answering/>
    }
}

fn moved(editor: Editor, proposal: &Proposal) -> bool {
    editor.plan(|plan| Proposed::of(plan, proposal).is_none_or(|read| read.has_moved()))
}

#[component]
fn Card(editor: Editor, id: ProposalId, answering: RwSignal<Option<Answer>>) -> impl IntoView {
    move || {
        editor.follow_board();
        editor.follow(Kind::Proposal);
        let proposal = editor.plan(|plan| plan.proposals.get(id).cloned())?;
        let read = editor.plan(|plan| Proposed::of(plan, &proposal))?;
        let subject = read.target.subject();
        let name = told::thing(editor, subject);
        let title = match told::href_of(editor, subject) {
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
        _ => told::aspect(&read.target),
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
    let mine = proposal.is_of(editor.author());
    if !editor.may_decide(proposal) || (mine && editor.party().is_some()) {
        let party = decider(editor, proposal).map(|party| editor.title(party.into()));
        let waits = match party {
            Some(party) => say_with("proposals.waits", &[("party", party)]),
            None => say("proposals.waits_all"),
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

/// What another value can be typed for: words, figures, levels.
fn can_counter(editor: Editor, proposal: &Proposal) -> bool {
    let read = editor.plan(|plan| Proposed::of(plan, proposal));
    read.is_some_and(|read| match &read.target {
        Aspect::Value(_, key) => matches!(
            (key.field.shape(), &key.sub),
            (Shape::Text, Sub::Lang(_))
                | (
                    Shape::Int { .. } | Shape::Hours | Shape::Credits | Shape::Years,
                    _
                )
        ),
        Aspect::Link(_) | Aspect::Note(..) => true,
        _ => false,
    })
}

/// What was typed, as a value of what is proposed.
fn typed(target: &Aspect, words: &str) -> Option<Value> {
    match target {
        Aspect::Value(_, key) => match key.field.shape() {
            Shape::Text => Some(Value::str(words)),
            Shape::Hours | Shape::Credits | Shape::Years => {
                let number::Typed::Number(amount) = number::read(words) else {
                    return None;
                };
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "the field refuses what is too large"
                )]
                Some(Value::Int((amount * 2.0).round() as i64))
            }
            _ => words.trim().parse().ok().map(Value::Int),
        },
        Aspect::Note(..) => Some(Value::str(words)),
        _ => words.trim().parse().ok().map(Value::Int),
    }
}

/// Rejecting with a reason, or answering with another value.
#[component]
fn AnswerDialog(editor: Editor, answering: RwSignal<Option<Answer>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let words = RwSignal::new(String::new());
    let value = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    Effect::new(move || {
        if answering.get().is_some() {
            words.set(String::new());
            value.set(String::new());
            problem.set(None);
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() && answering.with_untracked(Option::is_some) {
            answering.set(None);
        }
    });
    let counters = move || matches!(answering.get(), Some(Answer::Counter(_)));
    let done = move |_| {
        let said = words.get_untracked().trim().to_owned();
        let ok = match answering.get_untracked() {
            Some(Answer::Reject(id)) => editor.answer(id, ProposalStatus::Rejected, &said),
            Some(Answer::Counter(id)) => {
                let target = editor.plan(|plan| plan.proposals.get(id)?.target.parse().ok());
                let read = target.and_then(|target| typed(&target, &value.get_untracked()));
                if read.is_none() {
                    problem.set(Some(say("proposals.no_value")));
                    return;
                }
                editor.counter(id, read, &said)
            }
            None => true,
        };
        if ok {
            open.set(false);
        }
    };
    let foot = move || {
        let label = Signal::derive(move || {
            say(if counters() {
                "proposals.counter"
            } else {
                "proposals.reject"
            })
        });
        view! {
            <Button label=t("act.cancel") look=Look::Quiet on_press=move |_| open.set(false)/>
            <Button label=label look=Look::Primary on_press=done/>
        }
        .into_any()
    };
    let title = Signal::derive(move || {
        say(if counters() {
            "proposals.counter_title"
        } else {
            "proposals.reject_title"
        })
    });
    view! {
        <Dialog open=open title=title foot=foot>
            <div class="fields">
                <Show when=counters>
                    <TextField label=t("proposals.other_value") value=value problem=problem on_commit=move |it| value.set(it)/>
                </Show>
                <TextArea label=t("plan.field.reason") value=words on_commit=move |it| words.set(it)/>
            </div>
        </Dialog>
    }
}
