//! Gaps of competencies, worst first, each with required and reached level and
//! the way to the spot. All other findings are a page further, in Checks.

use core::cmp::Reverse;

use leptos::prelude::*;
use weft_analysis::{Board, Finding};
use weft_model::{JobItemId, Kind, Plan, Rank, Subject, WaiverId};

use super::page;
use crate::{
    route::Page,
    ui::{
        components::{
            button::MoreLink,
            chip::LevelPair,
            head::SectionHead,
            icon::{Icon, Sign},
        },
        find::{code, finding_spot},
        pages::checks::sentence,
        state::use_editor,
        text::{say, say_count, say_with, t},
    },
};

/// How many open gaps are listed; the rest is in Checks.
const MOST_OPEN: usize = 10;
/// How many waived ones are listed below them.
const MOST_WAIVED: usize = 3;

/// The rules that tell of a gap of one competency, the worst first.
const WORST_FIRST: [&str; 6] = [
    "coverage.none",
    "coverage.below",
    "enterprise.hours",
    "coverage.unstated",
    "assessment.none",
    "coverage.once",
];

/// A gap as the list knows it.
#[derive(Clone, PartialEq)]
struct Gap {
    finding: Finding,
    competency: JobItemId,
    required: Option<Rank>,
    reached: Option<Rank>,
    waiver: Option<WaiverId>,
}

/// The section.
#[component]
pub(super) fn Gaps() -> impl IntoView {
    let editor = use_editor();
    let gaps = Memo::new(move |_| {
        editor.follow_board();
        editor.plan_and_board(gaps)
    });
    let open = move || gaps.with(|gaps| gaps.iter().filter(|gap| gap.waiver.is_none()).count());
    let note = Signal::derive(move || {
        let waived = gaps.with(Vec::len) - open();
        let mut words = say_count("checks.open", open() as f64, &[]);
        if waived > 0 {
            words += &say("finding.comma");
            words += &say_count("checks.waived_count", waived as f64, &[]);
        }
        words
    });
    let shown = move || {
        gaps.with(|gaps| {
            let open = gaps
                .iter()
                .filter(|gap| gap.waiver.is_none())
                .take(MOST_OPEN);
            let waived = gaps
                .iter()
                .filter(|gap| gap.waiver.is_some())
                .take(MOST_WAIVED);
            open.chain(waived).cloned().collect::<Vec<_>>()
        })
    };
    let more = move || open().saturating_sub(MOST_OPEN);
    view! {
        <section class="overview-section">
            <SectionHead title=t("overview.gaps") note=note>
                <MoreLink label=t("overview.all_checks") href=page(editor, Page::Checks)/>
            </SectionHead>
            <Show
                when=move || gaps.with(|gaps| !gaps.is_empty())
                fallback=move || view! { <p class="overview-none">{t("overview.no_gaps")}</p> }
            >
                <ul class="gaps">
                    <For
                        each=shown
                        key=|gap| (gap.finding.rule, gap.finding.subject, gap.required, gap.reached, gap.waiver)
                        let:gap
                    >
                        <GapRow gap=gap/>
                    </For>
                </ul>
                <Show when=move || { more() > 0 }>
                    <p class="caption">{move || say_count("overview.more_gaps", more() as f64, &[])}</p>
                </Show>
            </Show>
        </section>
    }
}

fn gaps(plan: &Plan, board: &Board) -> Vec<Gap> {
    let weight = |rule: &str| WORST_FIRST.iter().position(|known| *known == rule);
    let mut gaps: Vec<Gap> = board
        .findings()
        .filter(|finding| weight(finding.rule).is_some())
        .filter_map(|finding| {
            let competency = match finding.subject {
                Subject::Item(item) if item.kind == Kind::JobItem => JobItemId(item.uid),
                _ => return None,
            };
            let coverage = board.coverage(competency).copied().unwrap_or_default();
            Some(Gap {
                finding: finding.clone(),
                competency,
                required: coverage.required,
                reached: coverage.reached,
                waiver: finding.waived_on(None),
            })
        })
        .collect();
    gaps.sort_by_cached_key(|gap| {
        let line = plan.job_items.get(gap.competency);
        let importance = line.and_then(|line| line.importance).map(|grade| grade.0);
        let place = board.outline().position(gap.competency);
        (
            weight(gap.finding.rule),
            Reverse(importance),
            Reverse(gap.required),
            place,
        )
    });
    gaps
}

/// One gap in a line.
#[component]
fn GapRow(gap: Gap) -> impl IntoView {
    let editor = use_editor();
    let item = gap.competency.into();
    let id = editor.id().to_string();
    let href = editor.plan(|plan| finding_spot(plan, &id, &gap.finding).href());
    let code = move || {
        editor.follow_item(item);
        editor.plan(|plan| code(plan, item))
    };
    let title = move || editor.title(item);
    let letter = move |rank: Option<Rank>| {
        rank.map_or("–".to_owned(), |rank| {
            editor.plan(|plan| sentence::level_letter(plan, rank))
        })
    };
    let words = move |rank: Option<Rank>| {
        let lang = editor.lang();
        rank.map_or_else(
            || say("overview.no_level"),
            |rank| editor.plan(|plan| sentence::level(plan, &lang, rank)),
        )
    };
    let (required, reached, waiver) = (gap.required, gap.reached, gap.waiver);
    let pair = Signal::derive(move || {
        let values = [("required", words(required)), ("reached", words(reached))];
        say_with("overview.required_reached", &values)
    });
    let rule = gap.finding.rule;
    let why = move || match waiver {
        None => sentence::title(rule),
        Some(waiver) => {
            editor.follow_item(waiver.into());
            let lang = editor.lang();
            let reason = editor.plan(|plan| {
                let waiver = plan.waivers.get(waiver);
                waiver
                    .map(|it| it.reason.show(&lang).to_owned())
                    .unwrap_or_default()
            });
            say_with("overview.waived_because", &[("reason", reason)])
        }
    };
    let covers = matches!(rule, "coverage.none" | "coverage.below");
    let of = editor.plan(sentence::levels);
    view! {
        <li class="gap-row" class:is-waived=waiver.is_some()>
            <span class="code gap-code">{code}</span>
            <a class="gap-title one-line" href=href title=title>{title}</a>
            <LevelPair
                required=Signal::derive(move || letter(required))
                reached=Signal::derive(move || letter(reached))
                rank=Signal::stored(usize::from(reached.unwrap_or(0)))
                of=Signal::stored(of)
                short=Signal::stored(covers && reached.is_none())
                name=pair
            />
            <span class="gap-why">
                {waiver.is_none().then(|| view! { <Icon sign=Sign::Alert size=14/> })}
                <span class={"gap-word"}>{why}</span>
            </span>
            <span class="gap-go" aria-hidden="true"><Icon sign=Sign::Go size=14/></span>
        </li>
    }
}
