//! Beside a task: what experts say of it, in sum.

use leptos::prelude::*;
use weft_analysis::{Spread, opinion};
use weft_model::{Choice as _, JobItemId, Judgement, Kind, field};

use crate::route::{Page, Route};
use crate::ui::components::button::MoreLink;
use crate::ui::components::panel::PanelSection;
use crate::ui::judging::spread_words;
use crate::ui::sentences::{choice_name, field_name};
use crate::ui::state::use_editor;
use crate::ui::text::{number, say, say_with, t};

/// The section; not there while nobody has said anything.
#[component]
pub(super) fn Opinions(
    /// The task.
    line: JobItemId,
) -> impl IntoView {
    let editor = use_editor();
    let said = Memo::new(move |_| {
        editor.follow(Kind::Verdict);
        editor.follow(Kind::Expert);
        editor.follow(Kind::Comment);
        editor.plan(|plan| opinion(plan, line))
    });
    let judged = move || {
        let said = said.get();
        let counts = [said.right, said.outdated, said.missing];
        let each = Judgement::ALL.iter().zip(counts).filter(|(_, n)| *n > 0);
        let parts = each.map(|(judgement, n)| {
            let word = choice_name(field::verdict::judgement, judgement.id());
            say_with(
                "experts.so_many",
                &[("n", number(n as f64)), ("what", word)],
            )
        });
        parts.collect::<Vec<_>>().join(&say("finding.comma"))
    };
    let grades = move || {
        let said = said.get();
        let spread = |of: weft_model::Field, spread: Option<Spread>| {
            let words = spread_words(&spread?);
            Some(view! { <dt>{field_name(of)}</dt><dd>{words}</dd> })
        };
        [
            spread(field::verdict::importance, said.importance),
            spread(field::verdict::frequency, said.frequency),
            spread(field::verdict::difficulty, said.difficulty),
        ]
        .into_iter()
        .flatten()
        .collect_view()
    };
    let href = Route::spot(editor.id().to_string(), Page::Review, ["experts"]).href();
    let href = StoredValue::new(href);
    view! {
        <Show when=move || said.with(|said| !said.verdicts.is_empty())>
            <PanelSection title=t("experts.section")>
                <p class="panel-opinion">{judged}</p>
                <dl class="pairs">{grades}</dl>
                <MoreLink label=t("experts.all") href=href.get_value()/>
            </PanelSection>
        </Show>
    }
}
