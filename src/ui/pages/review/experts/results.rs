//! What the experts said of every task, for the school: counts, median and spread,
//! and each verdict with its name and sentence.

use leptos::prelude::*;
use weft_analysis::{Opinion, TaskCard, opinion};
use weft_model::{Command, Field, ItemId, JobItemId, Kind, Value, Verb, VerdictId};

use super::Mode;
use super::answer::GRADES;
use super::confirm::{is_task_field, words_of};
use super::round::Tally;
use crate::route::{Page, Route};
use crate::ui::components::button::Button;
use crate::ui::components::head::SectionHead;
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::judging::{cards, expert_name, spread_words};
use crate::ui::sentences::field_name;
use crate::ui::state::{Editor, use_editor};
use crate::ui::text::{say, t};

/// The section; not there while nobody has said anything.
#[component]
pub(super) fn Results() -> impl IntoView {
    let editor = use_editor();
    let all = Memo::new(move |_| {
        editor.follow(Kind::Verdict);
        editor.follow(Kind::Expert);
        editor.follow(Kind::Comment);
        let cards = cards(editor);
        editor.plan(|plan| {
            let each = cards.into_iter().map(|card| {
                let said = opinion(plan, card.line);
                (card, said)
            });
            each.collect::<Vec<_>>()
        })
    });
    let any = move || all.with(|all| all.iter().any(|(_, said)| !said.verdicts.is_empty()));
    // What reads so already is not written again.
    let medians = Memo::new(move |_| {
        all.with(|all| {
            all.iter()
                .flat_map(|(card, said)| medians_of(editor, card.line, said))
                .collect::<Vec<_>>()
        })
    });
    let take = move |_| {
        let sets = medians
            .get_untracked()
            .into_iter()
            .map(|(line, of, grade)| Command::Set {
                item: line.into(),
                key: of.key(),
                value: Some(Value::Int(grade)),
            });
        editor.act(Verb::Edit, weft_model::Subject::Plan, sets.collect());
    };
    view! {
        <Show when=any>
            <section class="opinions">
                <SectionHead title=t("experts.results")>
                    <Show when=move || medians.with(|all| !all.is_empty())>
                        <Button label=t("experts.take_medians") hint=t("experts.take_medians_text") on_press=take/>
                    </Show>
                </SectionHead>
                <ul class="opinion-rows">
                    <For each=move || all.get() key=|(card, _)| card.line let:row><Row card=row.0/></For>
                </ul>
            </section>
        </Show>
    }
}

/// The grades of a task that differ from what the round found.
fn medians_of(editor: Editor, line: JobItemId, said: &Opinion) -> Vec<(JobItemId, Field, i64)> {
    editor.follow(Kind::JobItem);
    let spreads = [said.importance, said.frequency, said.difficulty];
    let each = GRADES.iter().zip(spreads).filter_map(|(of, spread)| {
        let of = is_task_field(*of);
        let grade = spread?.grade();
        let item = ItemId::from(line);
        let now = editor.plan(|plan| plan.value(item, &of.key()));
        (now != Some(Value::Int(grade))).then_some((line, of, grade))
    });
    each.collect()
}

#[component]
fn Row(card: TaskCard) -> impl IntoView {
    let editor = use_editor();
    let line = card.line;
    let said = Memo::new(move |_| {
        editor.follow(Kind::Verdict);
        editor.follow(Kind::Expert);
        editor.follow(Kind::Comment);
        editor.plan(|plan| opinion(plan, line))
    });
    let grades = move || {
        let said = said.get();
        let spreads = [said.importance, said.frequency, said.difficulty];
        let each = GRADES.iter().zip(spreads).filter_map(|(of, spread)| {
            let spread = spread?;
            Some(view! {
                <div class="opinion-grade">
                    <dt class={"opinion-grade-name"}>{field_name(*of)}</dt>
                    <dd class={"opinion-grade-value"}>{spread_words(&spread)}</dd>
                </div>
            })
        });
        each.collect_view()
    };
    let id = editor.id().to_string();
    let href = Route::spot(
        id,
        Page::Review,
        [Mode::Workshop.segment().to_owned(), line.to_string()],
    )
    .href();
    let verdicts = move || {
        let all = said.get().verdicts.into_iter();
        all.filter_map(|id| spoken(editor, id)).collect_view()
    };
    view! {
        <li class="opinion">
            <div class="opinion-head">
                <a class="clash-title" href=href>{move || editor.title(line.into())}</a>
                <Tally editor=editor task=line/>
                <dl class="opinion-grades">{grades}</dl>
            </div>
            <ul class="opinion-verdicts">{verdicts}</ul>
        </li>
    }
}

/// One verdict: who, what, and whether it is confirmed. Reactive.
fn spoken(editor: Editor, id: VerdictId) -> Option<AnyView> {
    let (words, confirmed) = words_of(editor, id)?;
    let expert = editor.plan(|plan| plan.verdicts.get(id)?.expert)?;
    let (name, whose) = expert_name(editor, expert.0);
    Some(view! {
        <li class="opinion-verdict">
            <span class="opinion-who"><b class={"opinion-name"}>{name}</b> <span class="caption">{whose}</span></span>
            <span class={"opinion-words"}>{words}</span>
            {if confirmed {
                view! { <span class="caption walk-said"><Icon sign=Sign::Tick size=14/>{say("experts.confirmed")}</span> }.into_any()
            } else {
                view! { <span class="caption">{say("experts.not_confirmed")}</span> }.into_any()
            }}
        </li>
    }
    .into_any())
}
