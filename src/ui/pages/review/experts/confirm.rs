//! An expert reads all that stands under their name, and says that it is what they
//! said.

use leptos::prelude::*;
use weft_analysis::{TaskCard, is_confirmed, unconfirmed};
use weft_model::{ExpertId, Kind, VerdictId, field};

use super::answer::GRADES;
use super::walk::word_of;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::judging::{cards, expert_name};
use crate::ui::sentences::field_name;
use crate::ui::state::{Editor, use_editor};
use crate::ui::text::{number, say, say_count, say_with, t};

/// The dialog; open while an expert is named.
#[component]
pub(super) fn ConfirmDialog(asking: RwSignal<Option<ExpertId>>) -> impl IntoView {
    let editor = use_editor();
    let open = RwSignal::new(false);
    Effect::new(move || {
        if asking.get().is_some() {
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() && asking.with_untracked(Option::is_some) {
            asking.set(None);
        }
    });
    let done = move |_| {
        if let Some(expert) = asking.get_untracked()
            && editor.confirm_for(expert)
        {
            open.set(false);
        }
    };
    let foot = move || {
        view! {
            <Button label=t("experts.not_yet") look=Look::Quiet on_press=move |_| open.set(false)/>
            <Button label=t("experts.confirm") look=Look::Primary on_press=done/>
        }
        .into_any()
    };
    let title = Signal::derive(move || {
        let name = asking.get().map(|expert| expert_name(editor, expert).0);
        say_with(
            "experts.confirm_title",
            &[("name", name.unwrap_or_default())],
        )
    });
    let said = move || {
        let expert = asking.get()?;
        let rows = cards(editor)
            .into_iter()
            .filter_map(|card| spoken(editor, &card, expert));
        Some(rows.collect_view())
    };
    view! {
        <Dialog open=open title=title wide=true foot=foot>
            <p class="walk-intro">{t("experts.confirm_text")}</p>
            <ul class="confirm-rows">{said}</ul>
        </Dialog>
    }
}

/// One task, as the expert reads it; nothing where they said nothing.
fn spoken(editor: Editor, card: &TaskCard, expert: ExpertId) -> Option<AnyView> {
    let (words, confirmed) = words_of(editor, VerdictId::of(card.line, expert))?;
    let name = editor.title(card.line.into());
    Some(view! {
        <li class="confirm-row" class:is-new=!confirmed>
            <b class={"confirm-task"}>{name}</b>
            <span class={"confirm-words"}>{words}</span>
            {confirmed.then(|| view! { <span class="caption walk-said"><Icon sign=Sign::Tick size=14/>{say("experts.confirmed")}</span> })}
        </li>
    }
    .into_any())
}

/// What a verdict says, in a line, and whether it is the expert's own. Reactive.
pub(super) fn words_of(editor: Editor, id: VerdictId) -> Option<(String, bool)> {
    editor.follow(Kind::Verdict);
    editor.follow(Kind::Comment);
    let lang = editor.lang();
    let (verdict, comment, confirmed) = editor.plan(|plan| {
        let verdict = plan.verdicts.get(id)?.clone();
        let comment = plan.comments.get(id.comment());
        let comment = comment.map(|it| it.body.show(&lang).to_owned());
        let confirmed = is_confirmed(plan, &verdict);
        Some((verdict, comment.unwrap_or_default(), confirmed))
    })?;
    let mut parts = Vec::new();
    parts.extend(verdict.judgement.map(|it| word_of(it.0)));
    let grades = [verdict.importance, verdict.frequency, verdict.difficulty];
    for (of, grade) in GRADES.iter().zip(grades) {
        parts.extend(grade.map(|grade| format!("{} {}", field_name(*of), number(grade.0 as f64))));
    }
    parts.extend((!comment.is_empty()).then_some(comment));
    (!parts.is_empty()).then(|| (parts.join(" · "), confirmed))
}

/// How an expert stands: what is still to confirm, or that all is.
#[component]
pub(super) fn Standing(expert: ExpertId, asking: RwSignal<Option<ExpertId>>) -> impl IntoView {
    let editor = use_editor();
    let open = Memo::new(move |_| {
        editor.follow(Kind::Verdict);
        editor.follow(Kind::Comment);
        editor.follow(Kind::Expert);
        editor.plan(|plan| {
            let said = plan.verdicts.iter();
            let any = said
                .filter(|it| it.expert.is_some_and(|to| to.0 == expert))
                .count()
                > 0;
            any.then(|| unconfirmed(plan, expert).len())
        })
    });
    move || {
        match open.get() {
        None => view! { <span class="caption">{say("experts.nothing_said")}</span> }.into_any(),
        Some(0) => {
            view! { <span class="walk-said"><Icon sign=Sign::Tick size=14/>{say("experts.confirmed")}</span> }.into_any()
        }
        Some(open) => view! {
            <span class="caption">{say_count("experts.unconfirmed", open as f64, &[])}</span>
            <Button label=t("experts.read_and_confirm") on_press=move |_| asking.set(Some(expert))/>
        }
        .into_any(),
    }
    }
}

/// Whether a field is one of the grades.
pub(super) fn is_task_field(of: weft_model::Field) -> weft_model::Field {
    match of {
        it if it == field::verdict::importance => field::job_item::importance,
        it if it == field::verdict::frequency => field::job_item::frequency,
        _ => field::job_item::difficulty,
    }
}
