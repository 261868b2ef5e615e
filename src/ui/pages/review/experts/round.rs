//! A task in a round: what each expert says of it, typed by a recorder, with median
//! and spread below.

use leptos::prelude::*;
use weft_analysis::{TaskCard, opinion};
use weft_model::{Choice as _, ExpertId, Field, JobItemId, Judgement, Kind, Said, Value, field};

use super::answer::{GRADES, Three, graded, judged, say_sentence, sentence};
use super::confirm::{ConfirmDialog, Standing};
use super::joining::AddExpert;
use super::people::experts;
use super::suggest::{MissingLine, OtherWords};
use super::walk::Named;
use crate::ui::components::area::TextArea;
use crate::ui::components::choice::{Choice, SelectField};
use crate::ui::components::field::fresh_id;
use crate::ui::judging::{expert_name, spread_words};
use crate::ui::me::use_me;
use crate::ui::sentences::field_name;
use crate::ui::state::{Editor, use_editor};
use crate::ui::text::{number, say, say_with, t};

/// The table, and who may still join.
#[component]
pub(super) fn Round(card: TaskCard) -> impl IntoView {
    let editor = use_editor();
    let all = Memo::new(move |_| experts(editor));
    let asking = RwSignal::new(None);
    let task = card.line;
    let card = StoredValue::new(card);
    let somebody = move || all.with(|all| !all.is_empty());
    view! {
        <Show when=somebody fallback=|| view! { <p class="walk-none">{t("experts.nobody_yet")}</p> }>
            <table class="round">
                <thead>
                    <tr>
                        <th scope="col">{t("plan.kind.experts.one")}</th>
                        <th scope="col">{move || field_name(field::verdict::judgement)}</th>
                        {GRADES.map(|of| view! { <th scope="col" class="round-grade">{move || field_name(of)}</th> }).into_iter().collect_view()}
                        <th scope="col">{t("experts.sentence")}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || all.get() key=|id| *id let:id>
                        <Row task=task expert=id asking=asking/>
                    </For>
                </tbody>
                <Sums task=task/>
            </table>
        </Show>
        <div class="acts round-acts"><AddExpert/></div>
        <Show when=somebody><Proposing card=card.get_value() all=all/></Show>
        <ConfirmDialog asking=asking/>
    }
}

#[component]
fn Row(task: JobItemId, expert: ExpertId, asking: RwSignal<Option<ExpertId>>) -> impl IntoView {
    let editor = use_editor();
    let me = use_me();
    let id = fresh_id("round-expert");
    let now = judged(editor, task, expert);
    let words = sentence(editor, task, expert);
    let choose = move |chosen: Option<Judgement>| {
        me.ask(move || {
            let value = chosen.map(|it| Value::str(it.id()));
            editor.judge(expert, task, &Said::Value(field::verdict::judgement, value));
        });
    };
    let named = move |what: String| {
        let all = [("what", what), ("who", expert_name(editor, expert).0)];
        say_with("experts.of_whom", &all)
    };
    let grade = move |of: Field| {
        let now = graded(editor, task, expert, of);
        let value = Signal::derive(move || now.get().map(|it| it.to_string()).unwrap_or_default());
        let commit = move |typed: String| {
            let value = typed.parse().ok().map(Value::Int);
            editor.judge(expert, task, &Said::Value(of, value));
        };
        let label = Signal::derive(move || named(field_name(of)));
        let column = move || field_name(of);
        view! {
            <td class="round-grade">
                <span class="round-column" aria-hidden="true">{column}</span>
                <SelectField label=label hide_label=true value=value choices=grades() on_commit=commit/>
            </td>
        }
    };
    let label = Signal::derive(move || named(say("experts.sentence")));
    view! {
        <tr class="round-row">
            <th scope="row" class="round-who" id=id.clone()>
                <Named id=expert/>
                <span class="round-standing"><Standing expert=expert asking=asking/></span>
            </th>
            <td class="round-answer"><Three labelled=id now=now on_choose=choose/></td>
            {GRADES.map(grade).into_iter().collect_view()}
            <td class="round-words">
                <TextArea label=label hide_label=true value=words rows=1 placeholder=t("experts.sentence")
                    on_commit=move |words: String| say_sentence(editor, task, expert, words)/>
            </td>
        </tr>
    }
}

/// Nothing, and 1 to 5.
fn grades() -> Signal<Vec<Choice>> {
    Signal::derive(|| {
        let none = Choice::new("", "–");
        let each = (1..=5).map(|it| Choice::new(it.to_string(), number(f64::from(it))));
        core::iter::once(none).chain(each).collect()
    })
}

/// What they say together.
#[component]
fn Sums(task: JobItemId) -> impl IntoView {
    let editor = use_editor();
    let all = Memo::new(move |_| {
        editor.follow(Kind::Verdict);
        editor.follow(Kind::Expert);
        editor.follow(Kind::Comment);
        editor.plan(|plan| opinion(plan, task))
    });
    let figures = move || {
        let all = all.get();
        let each = [all.importance, all.frequency, all.difficulty];
        let cells = each.into_iter().zip(GRADES).map(|(spread, of)| {
            let words = spread.map_or_else(|| "–".to_owned(), |it| spread_words(&it));
            view! {
                <td class="round-grade round-sum">
                    <span class="round-column" aria-hidden="true">{field_name(of)}</span>
                    <span class={"round-figure"}>{words}</span>
                </td>
            }
        });
        view! {
            <th scope="row" class="round-who">{say("experts.median")}</th>
            <td class="round-answer"><Tally editor=editor task=task/></td>
            {cells.collect_view()}
            <td class="round-words round-none"></td>
        }
    };
    view! { <tfoot><tr class="round-row round-sums">{figures}</tr></tfoot> }
}

/// How many find a task right, outdated, missing something.
#[component]
pub(super) fn Tally(editor: Editor, task: JobItemId) -> impl IntoView {
    let counts = Memo::new(move |_| {
        editor.follow(Kind::Verdict);
        editor.follow(Kind::Expert);
        let all = editor.plan(|plan| opinion(plan, task));
        [all.right, all.outdated, all.missing]
    });
    move || {
        let counts = counts.get();
        let each = Judgement::ALL
            .iter()
            .zip(counts)
            .filter(|(_, count)| *count > 0);
        let chips = each.map(|(judgement, count)| {
            let words = [
                ("n", number(count as f64)),
                ("what", super::walk::word_of(*judgement)),
            ];
            let class = format!("tally-part is-{}", judgement.id());
            view! { <span class=class>{say_with("experts.so_many", &words)}</span> }
        });
        let chips: Vec<_> = chips.collect();
        if chips.is_empty() {
            return view! { <span class="caption">{say("experts.not_judged")}</span> }.into_any();
        }
        view! { <span class="tally">{chips}</span> }.into_any()
    }
}

/// What somebody of the round proposes, typed for them.
#[component]
fn Proposing(card: TaskCard, all: Memo<Vec<ExpertId>>) -> impl IntoView {
    let editor = use_editor();
    let who = RwSignal::new(all.with_untracked(|all| all.first().copied()));
    let choices = Signal::derive(move || {
        let each = all.get().into_iter();
        each.map(|it| Choice::new(it.to_string(), expert_name(editor, it).0))
            .collect::<Vec<_>>()
    });
    let value = Signal::derive(move || who.get().map(|it| it.to_string()).unwrap_or_default());
    let card = StoredValue::new(card);
    let forms = move || {
        who.get().map(|expert| {
            view! {
                <OtherWords card=card.get_value() expert=expert/>
                <MissingLine card=card.get_value() expert=expert/>
            }
        })
    };
    view! {
        <details class="unfold">
            <summary class={"unfold-head"}>{t("experts.proposes")}</summary>
            <div class="suggest-fields">
                <SelectField label=t("experts.who_proposes") value=value choices=choices
                    on_commit=move |id: String| who.set(id.parse().ok().map(ExpertId))/>
                {forms}
            </div>
        </details>
    }
}
