//! Beside a competency: where it is taught and how far; beside a role or task:
//! how many of its competencies are reached. The figures are the board's.

use leptos::prelude::*;
use weft_analysis::CoverageState;
use weft_model::{JobItemId, ModuleId, Plan, Tier};

use super::lines::Lines;
use crate::route::Page;
use crate::ui::components::chip::shade;
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::spot::SpotOn;
use crate::ui::text::{say, say_with};

/// How many modules are named before "+3".
const MOST: usize = 4;

/// What stands beside a line.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Taught {
    /// The letter of the level that is asked for; "–" for none.
    pub required: String,
    reached: String,
    rank: usize,
    of: usize,
    state: CoverageState,
    modules: Vec<(ModuleId, String, String)>,
    more: usize,
    /// Reached, and all of them; for lines that hold others.
    below: Option<(u32, u32)>,
    words: String,
}

/// The letter of a level, and its name.
pub fn letter(plan: &Plan, lang: &weft_model::Lang, rank: i64) -> (String, String) {
    let level = plan
        .scale_levels
        .iter()
        .find(|level| level.rank.is_some_and(|known| known.0 == rank));
    level.map_or_else(
        || (rank.to_string(), rank.to_string()),
        |level| {
            let name = level.name.show(lang);
            let letter = if level.letter.is_empty() {
                rank.to_string()
            } else {
                level.letter.clone()
            };
            let name = if name.is_empty() {
                letter.clone()
            } else {
                name.to_owned()
            };
            (letter, name)
        },
    )
}

/// Looks a line up. Reactive in the board and the language.
pub fn taught(lines: Lines, line: JobItemId, tier: Tier) -> Taught {
    lines.editor.follow_board();
    let lang = lines.editor.lang();
    lines.editor.plan_and_board(|plan, board| {
        if tier != Tier::Competency {
            let tally = board.tally(line);
            return Taught {
                below: (tally.competencies > 0).then_some((tally.covered, tally.competencies)),
                ..Taught::default()
            };
        }
        let coverage = board.coverage(line).copied().unwrap_or_default();
        let level = |rank: Option<u8>| {
            rank.map_or_else(
                || ("–".to_owned(), say("jobs.no_level")),
                |rank| letter(plan, &lang, rank.into()),
            )
        };
        let (required, required_name) = level(coverage.required);
        let (reached, reached_name) = match (coverage.links, coverage.reached) {
            (1.., None) => ("·".to_owned(), say("jobs.level_not_stated")),
            (_, rank) => level(rank),
        };
        let mut modules: Vec<(Option<usize>, ModuleId)> = board
            .taught_in(line)
            .filter(|(_, cell)| cell.links > 0)
            .map(|(module, _)| (board.module_place(module), module))
            .collect();
        modules.sort_unstable();
        let more = modules.len().saturating_sub(MOST);
        let named = |(_, module): (Option<usize>, ModuleId)| {
            let module_of = plan.modules.get(module);
            let title = module_of
                .map_or("", |module| module.title.show(&lang))
                .to_owned();
            let code = module_of
                .map(|module| module.code.clone())
                .unwrap_or_default();
            let code = if code.is_empty() {
                title.chars().take(8).collect()
            } else {
                code
            };
            (module, code, title)
        };
        let words = match coverage.state {
            CoverageState::NotCovered => say("jobs.not_taught"),
            _ => say_with(
                "jobs.pair",
                &[("required", required_name), ("reached", reached_name)],
            ),
        };
        Taught {
            required,
            reached,
            rank: coverage.reached.unwrap_or(0).into(),
            of: board.highest_level().unwrap_or(0).into(),
            state: coverage.state,
            modules: modules.into_iter().take(MOST).map(named).collect(),
            more,
            below: None,
            words,
        }
    })
}

/// The level that is reached, with a mark where it falls short.
pub fn reached(taught: &Taught) -> impl IntoView + use<> {
    let short = taught.state != CoverageState::Covered;
    let class = if short && taught.rank == 0 && taught.state == CoverageState::NotCovered {
        "level is-gap".to_owned()
    } else {
        format!("level {}", shade(taught.rank, taught.of))
    };
    let mark =
        short.then(|| view! { <span class="gap-mark"><Icon sign=Sign::Alert size=14/></span> });
    view! {
        <span class="line-reached" role="img" aria-label=taught.words.clone() title=taught.words.clone()>
            <span class={"level-arrow"}>{"→"}</span>
            <span class=class>{taught.reached.clone()}</span>
            {mark}
        </span>
    }
}

/// The modules that teach a competency, as links; the count for other lines.
pub fn places(taught: &Taught, spot: SpotOn) -> impl IntoView + use<> {
    if let Some((covered, all)) = taught.below {
        let text = say_with(
            "jobs.reached_of",
            &[("n", covered.to_string()), ("all", all.to_string())],
        );
        let short = covered < all;
        return view! {
            <span class="line-tally" class:gap=short>
                {short.then(|| view! { <Icon sign=Sign::Alert size=12/> })}
                <span class={"one-line"}>{text}</span>
            </span>
        }
        .into_any();
    }
    let links = taught
        .modules
        .iter()
        .map(|(module, code, title)| {
            let href = spot.href(Page::Modules, (*module).into());
            view! { <a class="line-module" tabindex="-1" href=href title=title.clone()>{code.clone()}</a> }
        })
        .collect_view();
    let more = (taught.more > 0)
        .then(|| view! { <span class="caption">{format!("+{}", taught.more)}</span> });
    view! { <span class="line-modules">{links}{more}</span> }.into_any()
}
