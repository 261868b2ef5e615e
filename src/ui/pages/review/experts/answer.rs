//! What one expert answers on a card: a judgement, a sentence, and grades if they
//! like. Every answer is saved at once.

use leptos::prelude::*;
use weft_analysis::TaskCard;
use weft_model::{
    Choice as _, ExpertId, Field, JobItemId, Judgement, Kind, Said, Value, VerdictId, field,
};

use super::suggest::{Suggest, Suggested};
use super::walk::{judgement_of, word_of};
use crate::ui::components::area::TextArea;
use crate::ui::components::field::fresh_id;
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::judging::is_about;
use crate::ui::me::{Me, use_me};
use crate::ui::sentences::field_name;
use crate::ui::state::{Editor, language_untracked, use_editor};
use crate::ui::text::{number, say, t};

/// The grades that are asked for.
pub(super) const GRADES: [Field; 3] = [
    field::verdict::importance,
    field::verdict::frequency,
    field::verdict::difficulty,
];

/// Answers for the person who works here, once they have said who they are.
pub(super) fn answer_with(editor: Editor, me: Me, task: JobItemId, chosen: Option<Judgement>) {
    let judge = move || {
        let value = chosen.map(|it| Value::str(it.id()));
        let said = Said::Value(field::verdict::judgement, value);
        editor.judge(editor.myself(), task, &said);
    };
    // Who went on without a name is not asked at every card.
    let known = editor.plan(|plan| plan.experts.get(editor.myself()).is_some());
    if known {
        judge();
    } else {
        me.ask(judge);
    }
}

/// How an expert judges a task. Reactive.
pub(super) fn judged(editor: Editor, task: JobItemId, expert: ExpertId) -> Memo<Option<Judgement>> {
    Memo::new(move |_| {
        editor.follow(Kind::Verdict);
        editor.plan(|plan| judgement_of(plan, task, expert))
    })
}

/// A grade of a verdict. Reactive.
pub(super) fn graded(
    editor: Editor,
    task: JobItemId,
    expert: ExpertId,
    of: Field,
) -> Memo<Option<i64>> {
    Memo::new(move |_| {
        editor.follow(Kind::Verdict);
        let verdict = VerdictId::of(task, expert);
        editor.plan(|plan| plan.value(verdict.into(), &of.key())?.as_int())
    })
}

/// The sentence of a verdict, in the language of the screen or another. Reactive.
pub(super) fn sentence(editor: Editor, task: JobItemId, expert: ExpertId) -> Memo<String> {
    Memo::new(move |_| {
        editor.follow(Kind::Comment);
        let lang = editor.lang();
        let comment = VerdictId::of(task, expert).comment();
        editor.plan(|plan| {
            let comment = plan.comments.get(comment);
            comment.map_or(String::new(), |it| it.body.show(&lang).to_owned())
        })
    })
}

/// Notes the sentence of an expert.
pub(super) fn say_sentence(editor: Editor, task: JobItemId, expert: ExpertId, words: String) {
    // Said again it takes the place of what is shown, in whichever language that stands.
    let screen = language_untracked();
    let comment = VerdictId::of(task, expert).comment();
    let lang = editor.plan(|plan| {
        let said = plan.comments.get(comment)?;
        said.body.shown_lang(&screen).cloned()
    });
    let said = Said::Words(lang.unwrap_or(screen), words);
    editor.judge(expert, task, &said);
}

/// The questions of a card.
#[component]
pub(super) fn Answer(card: TaskCard) -> impl IntoView {
    let editor = use_editor();
    let me = use_me();
    let (task, expert) = (card.line, editor.myself());
    let now = judged(editor, task, expert);
    let words = sentence(editor, task, expert);
    let begun = Memo::new(move |_| now.get().is_some() || words.with(|words| !words.is_empty()));
    let asked = Signal::derive(move || {
        say(match now.get() {
            Some(Judgement::Outdated) => "experts.what_outdated",
            Some(Judgement::Missing) => "experts.what_missing",
            _ => "experts.sentence",
        })
    });
    let question = fresh_id("walk-question");
    let label = question.clone();
    let choose = move |chosen| answer_with(editor, me, task, chosen);
    let about = card.clone();
    let suggested = Memo::new(move |_| {
        let mine = editor.suggested(expert);
        let mine = mine.into_iter();
        editor.plan(|plan| {
            let mine = mine.filter(|it| is_about(plan, &about, it));
            mine.map(|it| it.id).collect::<Vec<_>>()
        })
    });
    let card = StoredValue::new(card);
    view! {
        <section class="answer">
            <p class="answer-question" id=question>{t("experts.does_it")}</p>
            <Three labelled=label now=now on_choose=choose/>
            <Show when=move || begun.get()>
                <TextArea label=asked value=words rows=2
                    on_commit=move |words: String| say_sentence(editor, task, expert, words)/>
                {move || now.get().map(|now| view! { <Suggest card=card.get_value() judgement=now/> })}
                <Suggested ids=suggested/>
                <Grades task=task expert=expert/>
            </Show>
        </section>
    }
}

/// Right, outdated, missing: pressed again, an answer is taken back.
#[component]
pub(super) fn Three(
    /// The id of what names the group.
    #[prop(into)]
    labelled: String,
    /// What is chosen.
    now: Memo<Option<Judgement>>,
    /// Called with what is chosen then.
    #[prop(into)]
    on_choose: Callback<Option<Judgement>>,
) -> impl IntoView {
    let button = move |judgement: Judgement| {
        let chosen = Memo::new(move |_| now.get() == Some(judgement));
        view! {
            <button type="button" class="three-answer" aria-pressed=move || chosen.get().to_string()
                on:click=move |_| on_choose.run((!chosen.get_untracked()).then_some(judgement))>
                {move || chosen.get().then(|| view! { <Icon sign=Sign::Tick size=14/> })}
                <span class={"three-word"}>{move || word_of(judgement)}</span>
            </button>
        }
    };
    view! {
        <div class="three" role="group" aria-labelledby=labelled>
            {Judgement::ALL.iter().map(|it| button(*it)).collect_view()}
        </div>
    }
}

/// Importance, frequency, difficulty from 1 to 5: for who likes to.
#[component]
fn Grades(task: JobItemId, expert: ExpertId) -> impl IntoView {
    let editor = use_editor();
    let row = move |of: Field| {
        let now = graded(editor, task, expert, of);
        let id = fresh_id("walk-grade");
        let label = id.clone();
        let button = move |grade: i64| {
            let chosen = Memo::new(move |_| now.get() == Some(grade));
            let choose = move |_| {
                let value = (!chosen.get_untracked()).then_some(Value::Int(grade));
                editor.judge(expert, task, &Said::Value(of, value));
            };
            view! {
                <button type="button" class="grade" aria-pressed=move || chosen.get().to_string() on:click=choose>
                    {number(grade as f64)}
                </button>
            }
        };
        view! {
            <div class="grade-row">
                <span class="grade-name" id=label>{move || field_name(of)}</span>
                <div class="grade-buttons" role="group" aria-labelledby=id>
                    {(1..=5).map(button).collect_view()}
                </div>
            </div>
        }
    };
    view! {
        <details class="unfold">
            <summary class={"unfold-head"}>{t("experts.rate")}</summary>
            <p class="caption">{t("experts.rate_text")}</p>
            {GRADES.map(row).into_iter().collect_view()}
        </details>
    }
}
