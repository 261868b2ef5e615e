//! The answer to a proposal that needs words: rejecting with a reason, or another
//! value.

use leptos::prelude::*;
use weft_model::{Aspect, Proposal, ProposalId, ProposalStatus, Proposed, Shape, Sub, Value};

use super::{
    area::TextArea,
    button::{Button, Look},
    dialog::Dialog,
    field::TextField,
};
use crate::ui::{
    number,
    state::Editor,
    text::{say, t},
};

/// What is being answered, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// No, with a reason.
    Reject(ProposalId),
    /// Another value.
    Counter(ProposalId),
}

/// What another value can be typed for: words, figures, levels.
pub fn can_counter(editor: Editor, proposal: &Proposal) -> bool {
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
pub fn AnswerDialog(
    /// The open plan.
    editor: Editor,
    /// What is asked for; none closes it.
    answering: RwSignal<Option<Answer>>,
) -> impl IntoView {
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
