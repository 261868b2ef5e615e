//! A card's facts: its competencies with what is asked and reached, and of each
//! where it is taught, on which equipment, and by whom.

use leptos::prelude::*;
use weft_analysis::{Board, CoverageState, TaskCard};
use weft_model::{ItemId, JobItemId, Lang, Module, PlaceKind, Plan};

use crate::ui::components::chip::LevelPair;
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::find::code_and_title;
use crate::ui::pages::checks::sentence::{level, level_letter, levels};
use crate::ui::state::use_editor;
use crate::ui::text::{say, say_with};

/// One competency, in words.
struct Fact {
    name: String,
    required: String,
    reached: String,
    rank: usize,
    of: usize,
    short: bool,
    pair: String,
    modules: String,
    equipment: String,
    people: String,
    gap: Option<String>,
}

/// The list. Reactive in the board.
#[component]
pub(super) fn Facts(card: TaskCard) -> impl IntoView {
    let editor = use_editor();
    move || {
        editor.follow_board();
        let lang = editor.lang();
        let comma = say("finding.comma");
        let facts: Vec<Fact> = editor.plan_and_board(|plan, board| {
            let all = card.competencies.iter();
            all.map(|it| fact(plan, board, &lang, &comma, *it))
                .collect()
        });
        if facts.is_empty() {
            return view! { <p class="walk-none">{say("experts.no_competencies")}</p> }.into_any();
        }
        let rows = facts.into_iter().map(row).collect_view();
        view! { <ul class="facts">{rows}</ul> }.into_any()
    }
}

fn row(fact: Fact) -> impl IntoView {
    let line = |sign: Sign, key: &'static str, words: String| {
        (!words.is_empty()).then(|| {
            view! {
                <div class="fact-line">
                    <dt class="fact-sign" title=say(key)>
                        <Icon sign=sign size=14/>
                        <span class="visually-hidden">{say(key)}</span>
                    </dt>
                    <dd class={"fact-words"}>{words}</dd>
                </div>
            }
        })
    };
    view! {
        <li class="fact">
            <div class="fact-head">
                <span class={"fact-name"}>{fact.name}</span>
                <LevelPair
                    required=Signal::stored(fact.required)
                    reached=Signal::stored(fact.reached)
                    rank=Signal::stored(fact.rank)
                    of=Signal::stored(fact.of)
                    short=Signal::stored(fact.short)
                    name=Signal::stored(fact.pair)
                />
            </div>
            <dl class="fact-lines">
                {line(Sign::Modules, "experts.taught_in", fact.modules)}
                {line(Sign::Venue, "experts.equipment", fact.equipment)}
                {line(Sign::Person, "experts.taught_by", fact.people)}
            </dl>
            {fact.gap.map(|gap| view! {
                <p class="fact-gap"><Icon sign=Sign::Alert size=14/><span class={"fact-words"}>{gap}</span></p>
            })}
        </li>
    }
}

fn fact(plan: &Plan, board: &Board, lang: &Lang, comma: &str, id: JobItemId) -> Fact {
    let title = |item: ItemId| plan.title(item).show(lang).to_owned();
    let coverage = board.coverage(id).copied().unwrap_or_default();
    let mut modules: Vec<(Option<usize>, &Module)> = board
        .taught_in(id)
        .filter(|(_, cell)| cell.links > 0)
        .filter_map(|(id, _)| Some((board.module_place(id), plan.modules.get(id)?)))
        .collect();
    modules.sort_by_key(|(place, module)| (*place, module.id));
    let modules: Vec<&Module> = modules.into_iter().map(|(_, module)| module).collect();
    let mut taught = Vec::new();
    let mut equipment = Vec::new();
    let mut people = Vec::new();
    let note = |all: &mut Vec<String>, words: String| {
        if !words.is_empty() && !all.contains(&words) {
            all.push(words);
        }
    };
    for module in &modules {
        let term = board.module(module.id).and_then(|it| it.first_term());
        let term = term.and_then(|term| plan.terms.get(term)).map(|term| {
            if term.code.is_empty() {
                term.title.show(lang).to_owned()
            } else {
                term.code.clone()
            }
        });
        let name = title(module.id.into());
        note(
            &mut taught,
            match term {
                Some(term) => say_with("experts.module_in", &[("module", name), ("term", term)]),
                None => name,
            },
        );
        for venue in module.venues.iter().filter_map(|id| plan.venues.get(*id)) {
            let machines = venue.equipment.show(lang);
            let name = title(venue.id.into());
            let place = venue.place.and_then(|to| plan.places.get(to.0));
            // At school is where one expects it.
            let place = place.filter(|it| it.kind.is_some_and(|kind| kind.0 != PlaceKind::School));
            let name = match place {
                Some(place) => {
                    let place = place.name.show(lang).to_owned();
                    say_with("experts.venue_at", &[("venue", name), ("place", place)])
                }
                None => name,
            };
            let words = if machines.is_empty() {
                name
            } else {
                let all = [("venue", name), ("what", machines.to_owned())];
                say_with("experts.venue_with", &all)
            };
            note(&mut equipment, words);
        }
        let named = module.teachers.iter().chain(&module.mentors);
        let live = named.filter_map(|id| plan.people.get(*id));
        let before = people.len();
        // By name: their title says what they are, and not who.
        for person in live {
            note(&mut people, person.name.show(lang).to_owned());
        }
        if people.len() == before && module.teachers.is_empty() && module.mentors.is_empty() {
            for id in &module.delivered_by {
                note(&mut people, title((*id).into()));
            }
        }
    }
    let own = plan.job_items.get(id).map(|it| it.equipment.show(lang));
    note(&mut equipment, own.unwrap_or_default().to_owned());
    let letter = |rank: Option<u8>, none: &str| {
        rank.map_or_else(|| none.to_owned(), |rank| level_letter(plan, rank))
    };
    let names = |rank: Option<u8>, none: &str| {
        rank.map_or_else(|| say(none), |rank| level(plan, lang, rank))
    };
    let asked = names(coverage.required, "jobs.no_level");
    let gap = match coverage.state {
        CoverageState::NotCovered => Some(say("experts.gap_none")),
        CoverageState::Below => {
            let reached = names(coverage.reached, "jobs.level_not_stated");
            let all = [("required", asked.clone()), ("reached", reached)];
            Some(say_with("experts.gap_below", &all))
        }
        _ => None,
    };
    let reached = names(
        coverage.reached,
        if coverage.links > 0 {
            "jobs.level_not_stated"
        } else {
            "jobs.not_taught"
        },
    );
    Fact {
        name: code_and_title(plan, lang, id.into()),
        required: letter(coverage.required, "–"),
        reached: letter(coverage.reached, if coverage.links > 0 { "·" } else { "–" }),
        rank: coverage.reached.unwrap_or(0).into(),
        of: levels(plan),
        short: coverage.state != CoverageState::Covered,
        pair: say_with("jobs.pair", &[("required", asked), ("reached", reached)]),
        modules: taught.join(comma),
        equipment: equipment.join(&say("experts.semicolon")),
        people: people.join(comma),
        gap,
    }
}
