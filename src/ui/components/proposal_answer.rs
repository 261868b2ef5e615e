//! The answer to a proposal that needs words: rejecting with a reason, or another
//! value.

use leptos::prelude::*;
use weft_model::{
    Aspect, Day, Field, LINE_LIMIT, Proposal, ProposalId, ProposalStatus, Proposed, Shape, Sub,
    TEXT_LIMIT, Value,
};

use super::{
    area::TextArea,
    button::{Button, Look},
    choice::{Choice, SelectField},
    dialog::Dialog,
    field::TextField,
};
use crate::ui::{
    cell_read::times,
    proposing::is_open,
    sentences::choice_name,
    state::Editor,
    text::{number, say, t},
    writing,
};

/// What is being answered, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// No, with a reason.
    Reject(ProposalId),
    /// Another value.
    Counter(ProposalId),
}

/// How another value is given: what kind of value is proposed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Asked {
    /// A text in one language.
    Words,
    /// A level of the plan's scale.
    Level,
    /// Any value of this shape.
    Of(Shape),
}

impl Asked {
    /// Nothing where there is only yes or no: whether something is there, or belongs.
    fn about(target: &Aspect) -> Option<Self> {
        match target {
            Aspect::Link(_) => Some(Self::Level),
            Aspect::Note(..) => Some(Self::Words),
            Aspect::Strength(_) => Some(Self::Of(Shape::Int { min: 1, max: 5 })),
            Aspect::Value(_, key) => match (key.field.shape(), &key.sub) {
                (Shape::Text, Sub::Lang(_)) => Some(Self::Words),
                (Shape::Int { .. }, _) if key.field.name() == "required_level" => Some(Self::Level),
                (Shape::Map(_, inner), Sub::Member(_)) => Some(Self::Of(*inner)),
                (Shape::Text | Shape::Set(_) | Shape::Map(..), _) => None,
                (Shape::Langs | Shape::Verbatim, _) => None,
                (shape, _) => Some(Self::Of(shape)),
            },
            _ => None,
        }
    }

    /// What there is to choose from; nothing for what is typed. Reactive.
    fn choices(self, editor: Editor, target: &Aspect) -> Vec<Choice> {
        let of = |field: Field, ids: &[&'static str]| {
            let named = ids
                .iter()
                .map(|id| Choice::new(*id, choice_name(field, id)));
            named.collect()
        };
        match (self, target) {
            (Self::Level, _) => writing::level_choices(&editor),
            (Self::Of(Shape::Bool), _) => vec![
                Choice::new("yes", say("form.yes")),
                Choice::new("no", say("form.no")),
            ],
            (Self::Of(Shape::Int { min, max }), _) if max - min < 9 => (min..=max)
                .map(|step| Choice::new(step.to_string(), step.to_string()))
                .collect(),
            (Self::Of(Shape::Choice(ids)), Aspect::Value(_, key)) => of(key.field, ids),
            (Self::Of(Shape::Ref(_)), Aspect::Value(item, key)) => {
                let all = writing::candidates(&editor, *item, key.field).into_iter();
                all.map(|(uid, label)| Choice::new(uid.to_string(), label))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// A value as it stands in the field, so that it can be altered.
    fn written(self, value: Option<&Value>) -> String {
        match (self, value) {
            (_, None) => String::new(),
            (_, Some(Value::Bool(yes))) => if *yes { "yes" } else { "no" }.to_owned(),
            (Self::Of(Shape::Hours | Shape::Credits | Shape::Years), Some(Value::Int(halves))) => {
                #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
                let amount = *halves as f64 / 2.0;
                number(amount)
            }
            (_, Some(Value::Int(whole))) => whole.to_string(),
            (_, Some(Value::Str(text))) => text.clone(),
        }
    }

    /// What was typed or chosen, as a value; nothing for what is none.
    fn read(self, words: &str) -> Option<Value> {
        let words = words.trim();
        if words.is_empty() {
            return None;
        }
        match self {
            Self::Words => (words.chars().count() <= TEXT_LIMIT).then(|| Value::str(words)),
            Self::Level => words.parse().ok().map(Value::Int),
            Self::Of(shape) => match shape {
                Shape::Bool => Some(Value::Bool(words == "yes")),
                Shape::Int { min, max } => times(words, 1.0)
                    .filter(|whole| (min..=max).contains(whole))
                    .map(Value::Int),
                Shape::Hours | Shape::Credits | Shape::Years => times(words, 2.0)
                    .filter(|halves| *halves >= 0)
                    .map(Value::Int),
                Shape::Day => Some(Value::str(Day::new(words)?.as_str())),
                Shape::Line if words.chars().count() > LINE_LIMIT => None,
                _ => Some(Value::str(words)),
            },
        }
    }
}

fn proposed(editor: Editor, id: ProposalId) -> Option<Proposed> {
    editor.plan(|plan| Proposed::of(plan, plan.proposals.get(id)?))
}

/// Whether there is another value than the one that is proposed, and none at all.
pub fn can_counter(editor: Editor, proposal: &Proposal) -> bool {
    let read = editor.plan(|plan| Proposed::of(plan, proposal));
    read.is_some_and(|read| Asked::about(&read.target).is_some())
}

/// The field for another value: it begins as what is proposed.
#[component]
fn OtherValue(
    editor: Editor,
    id: ProposalId,
    value: RwSignal<String>,
    problem: RwSignal<Option<String>>,
) -> impl IntoView {
    let read = proposed(editor, id)?;
    let asked = Asked::about(&read.target)?;
    value.set(asked.written(read.proposed.as_ref()));
    let take = move |it| value.set(it);
    let label = t("proposals.other_value");
    let target = read.target;
    let choices = Memo::new(move |_| asked.choices(editor, &target));
    let field = match asked {
        _ if !choices.with_untracked(Vec::is_empty) => {
            view! { <SelectField label=label value=value choices=choices problem=problem on_commit=take/> }
                .into_any()
        }
        Asked::Words => {
            view! { <TextArea label=label value=value problem=problem on_commit=take/> }.into_any()
        }
        Asked::Of(Shape::Day) => {
            view! { <TextField label=label value=value problem=problem on_commit=take kind="date"/> }
                .into_any()
        }
        _ => {
            view! { <TextField label=label value=value problem=problem on_commit=take/> }.into_any()
        }
    };
    Some(field)
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
    let unsaid = RwSignal::new(None::<String>);
    Effect::new(move || {
        if answering.get().is_some() {
            words.set(String::new());
            problem.set(None);
            unsaid.set(None);
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
        let asked = answering.get_untracked();
        if let Some(Answer::Reject(id) | Answer::Counter(id)) = asked
            && !editor.plan(|plan| plan.proposals.get(id).is_some_and(is_open))
        {
            editor.say(say("proposals.gone"));
            open.set(false);
            return;
        }
        let ok = match asked {
            // Whoever proposed it learns why.
            Some(Answer::Reject(_)) if said.is_empty() => {
                unsaid.set(Some(say("proposals.no_reason")));
                return;
            }
            Some(Answer::Reject(id)) => editor.answer(id, ProposalStatus::Rejected, &said),
            Some(Answer::Counter(id)) => {
                let theirs = proposed(editor, id);
                let asked = theirs.as_ref().and_then(|it| Asked::about(&it.target));
                let read = asked.and_then(|asked| asked.read(&value.get_untracked()));
                let why = match &read {
                    None => Some("proposals.no_value"),
                    Some(_) if theirs.is_some_and(|it| it.proposed == read) => {
                        Some("proposals.same_value")
                    }
                    Some(_) => None,
                };
                if let Some(why) = why {
                    problem.set(Some(say(why)));
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
    let reason = Signal::derive(move || {
        say(if counters() {
            "proposals.reason_optional"
        } else {
            "plan.field.reason"
        })
    });
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
                {move || match answering.get() {
                    Some(Answer::Counter(id)) => {
                        Some(view! { <OtherValue editor=editor id=id value=value problem=problem/> })
                    }
                    _ => None,
                }}
                <TextArea label=reason value=words problem=unsaid on_commit=move |it| words.set(it)/>
            </div>
        </Dialog>
    }
}
