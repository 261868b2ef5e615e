//! What an expert suggests: other words for a line, a competency or a whole task
//! that is missing. It goes to its owner as a proposal.

use leptos::prelude::*;
use weft_analysis::TaskCard;
use weft_model::{
    Aspect, ExpertId, JobItemId, Judgement, Kind, Proposal, ProposalId, ProposalStatus, Proposed,
    Tier,
};

use crate::ui::components::area::TextArea;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::choice::{Choice, SelectField};
use crate::ui::find::code_and_title;
use crate::ui::me::use_me;
use crate::ui::state::{Editor, use_editor};
use crate::ui::text::{say_with, t};
use crate::ui::told;

/// The form that goes with a judgement: other words where something is outdated, a
/// competency where something is missing.
#[component]
pub(super) fn Suggest(
    /// The card.
    card: TaskCard,
    /// What was answered.
    judgement: Judgement,
) -> impl IntoView {
    let editor = use_editor();
    let expert = editor.myself();
    match judgement {
        Judgement::Right => ().into_any(),
        Judgement::Outdated => view! { <OtherWords card=card expert=expert/> }.into_any(),
        Judgement::Missing => view! { <MissingLine card=card expert=expert/> }.into_any(),
    }
}

/// Other words for the task or one of its competencies.
#[component]
pub(super) fn OtherWords(card: TaskCard, expert: ExpertId) -> impl IntoView {
    let editor = use_editor();
    let me = use_me();
    let line = RwSignal::new(card.line);
    let standing = Signal::derive(move || editor.title(line.get().into()));
    let draft = RwSignal::new(String::new());
    // Another line begins with its own words.
    Effect::new(move || {
        line.track();
        draft.set(untrack(|| standing.get()));
    });
    let lines = Signal::derive(move || {
        let lang = editor.lang();
        let all = core::iter::once(&card.line).chain(&card.competencies);
        editor.plan(|plan| {
            let choice = |it: &JobItemId| {
                Choice::new(it.to_string(), code_and_title(plan, &lang, (*it).into()))
            };
            all.map(choice).collect::<Vec<_>>()
        })
    });
    let same = Signal::derive(move || {
        let words = draft.with(|it| it.trim().to_owned());
        words.is_empty() || words == standing.get()
    });
    let send = move || {
        if editor.suggest_words(expert, line.get_untracked(), &draft.get_untracked()) {
            draft.set(untrack(|| standing.get()));
        }
    };
    view! {
        <details class="unfold suggest">
            <summary class={"unfold-head"}>{t("experts.other_words")}</summary>
            <div class="suggest-fields">
                <SelectField label=t("experts.which_line") value=Signal::derive(move || line.get().to_string()) choices=lines
                    on_commit=move |id: String| if let Ok(uid) = id.parse() { line.set(JobItemId(uid)) }/>
                <TextArea label=t("experts.new_words") value=draft rows=2 on_commit=move |it| draft.set(it)/>
                <div class="acts">
                    <Button label=t("experts.propose") disabled=same on_press=move |_| me.ask(send)/>
                </div>
            </div>
        </details>
    }
}

/// A competency that the task lacks.
#[component]
pub(super) fn MissingLine(card: TaskCard, expert: ExpertId) -> impl IntoView {
    let editor = use_editor();
    let line = card.line;
    // A competency that stands by itself holds no other.
    let holds = editor.plan(|plan| {
        let tier = plan.job_items.get(line).and_then(|it| it.tier);
        tier.is_some_and(|tier| tier.0 < Tier::Competency)
    });
    holds.then(|| {
        let suggest = move |words: &str| editor.suggest_line(expert, Some(line), Tier::Competency, words);
        view! { <NewLine title="experts.add_missing" label="experts.missing_competency" suggest=Callback::new(move |words: String| suggest(&words))/> }
    })
}

/// A whole task that is missing, below one of the roles.
#[component]
pub(super) fn MissingTask() -> impl IntoView {
    let editor = use_editor();
    let roles = Memo::new(move |_| {
        editor.follow(Kind::JobItem);
        editor.plan(|plan| {
            let all = plan.job_items.of(None);
            let roles = all.filter(|it| it.tier.is_some_and(|tier| tier.0 == Tier::Role));
            roles.map(|it| it.id).collect::<Vec<_>>()
        })
    });
    let role = RwSignal::new(roles.with_untracked(|all| all.first().copied()));
    let choices = Signal::derive(move || {
        let each = roles.get().into_iter();
        each.map(|it| Choice::new(it.to_string(), editor.title(it.into())))
            .collect::<Vec<_>>()
    });
    let value = Signal::derive(move || role.get().map(|it| it.to_string()).unwrap_or_default());
    let expert = editor.myself();
    let suggest = Callback::new(move |words: String| {
        editor.suggest_line(expert, role.get_untracked(), Tier::Task, &words)
    });
    let mine = Memo::new(move |_| {
        let all = editor.suggested(expert).into_iter();
        editor.plan(|plan| {
            all.filter(|it| is_new_task(plan, it))
                .map(|it| it.id)
                .collect::<Vec<_>>()
        })
    });
    view! {
        <section class="answer">
            <NewLine title="experts.add_task" label="experts.missing_task" suggest=suggest>
                <Show when=move || { roles.with(Vec::len) > 1 }>
                    <SelectField label=t("experts.of_role") value=value choices=choices
                        on_commit=move |id: String| role.set(id.parse().ok().map(JobItemId))/>
                </Show>
            </NewLine>
            <Suggested ids=mine/>
        </section>
    }
}

fn is_new_task(plan: &weft_model::Plan, proposal: &Proposal) -> bool {
    match proposal.target.parse() {
        Ok(Aspect::Presence(item)) if item.kind == Kind::JobItem => {
            let line = plan.job_items.raw(JobItemId(item.uid));
            line.is_some_and(|it| it.tier.is_some_and(|tier| tier.0 == Tier::Task))
        }
        _ => false,
    }
}

#[component]
fn NewLine(
    title: &'static str,
    label: &'static str,
    suggest: Callback<String, bool>,
    /// What is asked first.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let me = use_me();
    let draft = RwSignal::new(String::new());
    let empty = Signal::derive(move || draft.with(|it| it.trim().is_empty()));
    let send = move || {
        if suggest.run(draft.get_untracked()) {
            draft.set(String::new());
        }
    };
    view! {
        <details class="unfold suggest" open=title == "experts.add_task">
            <summary class={"unfold-head"}>{t(title)}</summary>
            <div class="suggest-fields">
                {children.map(|children| children())}
                <TextArea label=t(label) value=draft rows=2 on_commit=move |it| draft.set(it)/>
                <div class="acts">
                    <Button label=t("experts.propose") disabled=empty on_press=move |_| me.ask(send)/>
                </div>
            </div>
        </details>
    }
}

/// What was proposed here and nobody has decided, with a way to take it back.
#[component]
pub(super) fn Suggested(ids: Memo<Vec<ProposalId>>) -> impl IntoView {
    let editor = use_editor();
    let row = move |id: ProposalId| {
        let words = move || {
            editor.follow_item(id.into());
            let proposal = editor.plan(|plan| plan.proposals.get(id).cloned());
            proposal.map(|proposal| in_words(editor, &proposal))
        };
        view! {
            <li class="suggested">
                <span class="suggested-words">{words}</span>
                <Button label=t("experts.take_back") look=Look::Quiet
                    on_press=move |_| { editor.answer(id, ProposalStatus::Withdrawn, ""); }/>
            </li>
        }
    };
    view! {
        <ul class="suggestions">
            <For each=move || ids.get() key=|id| *id let:id>{row(id)}</For>
        </ul>
    }
}

fn in_words(editor: Editor, proposal: &Proposal) -> String {
    let Some(read) = editor.plan(|plan| Proposed::of(plan, proposal)) else {
        return String::new();
    };
    let what = told::thing(editor, read.target.subject());
    if matches!(read.target, Aspect::Presence(_)) {
        return say_with("experts.proposed_line", &[("what", what)]);
    }
    let words = told::value(editor, &read.target, read.proposed.as_ref());
    say_with(
        "experts.proposed_words",
        &[("what", what), ("words", words)],
    )
}
