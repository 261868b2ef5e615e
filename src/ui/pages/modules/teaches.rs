//! What a module teaches for the job: its row of the weave, to read and to go
//! to. It is woven in the Weave.

use leptos::prelude::*;
use weft_model::ModuleId;

use super::arrange::Bench;
use crate::route::Page;
use crate::ui::components::chip::shade;
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::components::panel::PanelSection;
use crate::ui::text::{say, t};

/// The competencies of a module.
#[component]
pub fn Teaches(module: ModuleId, bench: Bench) -> impl IntoView {
    let editor = bench.editor;
    let spot = bench.spot;
    let rows = move || {
        editor.follow_board();
        let lang = editor.lang();
        let found = editor.plan_and_board(|plan, board| {
            let letter = |rank: u8| {
                let level = plan
                    .scale_levels
                    .iter()
                    .find(|level| level.rank.is_some_and(|it| it.0 == i64::from(rank)));
                level.map_or_else(|| rank.to_string(), |level| level.letter.clone())
            };
            let mut found: Vec<_> = board
                .teaches(module)
                .filter_map(|(competency, cell)| {
                    let line = plan.job_items.get(competency)?;
                    Some((
                        board.outline().position(competency),
                        competency,
                        line.code.clone(),
                        line.statement.show(&lang).to_owned(),
                        cell.level.map_or_else(|| "·".to_owned(), letter),
                        usize::from(cell.level.unwrap_or(0)),
                        cell.assessed,
                    ))
                })
                .collect();
            found.sort();
            (found, usize::from(board.highest_level().unwrap_or(0)))
        });
        let (found, of) = found;
        if found.is_empty() {
            return view! { <p class="caption">{say("modules.teaches_nothing")}</p> }.into_any();
        }
        let drawn = found
            .into_iter()
            .map(|(_, competency, code, statement, level, rank, assessed)| {
                let class = format!("level {}", shade(rank, of));
                view! {
                    <li class="taught-row">
                        <span class=class>{level}</span>
                        <span class="code">{code}</span>
                        <a class="one-line link" href=spot.href(Page::Jobs, competency.into()) title=statement.clone()>{statement.clone()}</a>
                        {assessed.then(|| view! { <span class="caption">{say("jobs.assessed")}</span> })}
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="taught-rows">{drawn}</ul> }.into_any()
    };
    view! {
        <PanelSection title=t("modules.section.weave")>
            {rows}
            <a class="more-link" href=spot.href(Page::Weave, module.into())>
                <span class={"button-word"}>{t("jobs.to_weave")}</span>
                <Icon sign=Sign::Right size=12/>
            </a>
        </PanelSection>
    }
}
