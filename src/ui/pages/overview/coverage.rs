//! Coverage by role: one thread per competency, in the order of the outline.
//! A click on a thread leads to its column of the weave; by keyboard the role's
//! name and the list of gaps below lead there.

use std::collections::BTreeSet;

use leptos::prelude::*;
use weft_analysis::{Board, CoverageState};
use weft_model::{JobItemId, Kind, Plan, Subject, Tier};

use super::page;
use crate::{
    browser::{hash, pointer},
    route::{Page, Route},
    ui::{
        components::{button::MoreLink, head::SectionHead, meter::Thread},
        find::code_and_title,
        state::{Editor, use_editor},
        text::{number, paired, say, say_count, say_with, t},
    },
};

/// The threads below one role.
#[derive(Clone, PartialEq)]
struct Row {
    /// The role, or whatever stands at the top; none: competencies that stand
    /// at the top themselves.
    top: Option<JobItemId>,
    threads: Vec<(JobItemId, Thread)>,
    covered: usize,
}

/// The section.
#[component]
pub(super) fn CoverageByRole() -> impl IntoView {
    let editor = use_editor();
    let rows = Memo::new(move |_| {
        editor.follow_board();
        editor.board(rows)
    });
    let most = Memo::new(move |_| rows.with(|rows| longest(rows)));
    let overall = Memo::new(move |_| {
        editor.follow_board();
        editor.board(|board| board.overall())
    });
    let note = Signal::derive(move || {
        let tally = overall.get();
        let values = [("covered", number(f64::from(tally.covered)))];
        say_count(
            "overview.covered_of",
            f64::from(tally.competencies),
            &values,
        )
    });
    let legend = move || {
        let waived = rows.with(|rows| count(rows, Thread::Waived));
        let below = rows.with(|rows| count(rows, Thread::Below));
        let open = rows.with(|rows| count(rows, Thread::Open));
        let reached = rows.with(|rows| count(rows, Thread::Reached));
        [
            ("overview.legend.reached", Thread::Reached, reached),
            ("overview.legend.below", Thread::Below, below),
            ("overview.legend.open", Thread::Open, open),
            ("overview.legend.waived", Thread::Waived, waived),
        ]
        .into_iter()
        .filter(|(_, thread, count)| *thread == Thread::Reached || *count > 0)
        .map(|(key, thread, count)| {
            let label = say_with(key, &[("n", number(count as f64))]);
            let (class, y, height) = look(thread);
            view! {
                <span class="legend">
                    <svg class="legend-swatch" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
                        <rect class=class x="0.75" width="8.5" y=y height=height></rect>
                    </svg>
                    <span class={"legend-word"}>{label}</span>
                </span>
            }
        })
        .collect_view()
    };
    view! {
        <section class="overview-section">
            <SectionHead title=t("overview.coverage") note=note>
                <MoreLink label=t("overview.open_weave") href=page(editor, Page::Weave)/>
            </SectionHead>
            <Show
                when=move || { most.get() > 0 }
                fallback=move || view! { <p class="overview-none">{t("overview.no_competencies")}</p> }
            >
                <ul class="coverage">
                    <For each=move || rows.get() key=|row| row.top let:row>
                        <RoleRow top=row.top rows=rows most=most/>
                    </For>
                </ul>
                <p class="legends">{legend}</p>
            </Show>
        </section>
    }
}

fn longest(rows: &[Row]) -> usize {
    rows.iter().map(|row| row.threads.len()).max().unwrap_or(0)
}

fn count(rows: &[Row], wanted: Thread) -> usize {
    let threads = rows.iter().flat_map(|row| &row.threads);
    threads.filter(|(_, thread)| *thread == wanted).count()
}

fn rows(board: &Board) -> Vec<Row> {
    let waived: BTreeSet<JobItemId> = board
        .findings()
        .filter(|it| it.rule.starts_with("coverage.") && it.rule != "coverage.once")
        .filter(|it| it.waived.is_some())
        .filter_map(|it| match it.subject {
            Subject::Item(item) if item.kind == Kind::JobItem => Some(JobItemId(item.uid)),
            _ => None,
        })
        .collect();
    let mut rows: Vec<Row> = Vec::new();
    let mut top = None;
    for line in board.outline().rows() {
        if line.depth == 0 {
            top = (line.tier != Tier::Competency).then_some(line.id);
        }
        let Some(coverage) = board.coverage(line.id) else {
            continue;
        };
        let thread = if coverage.state == CoverageState::Covered {
            Thread::Reached
        } else if waived.contains(&line.id) {
            Thread::Waived
        } else if coverage.state == CoverageState::NotCovered {
            Thread::Open
        } else {
            Thread::Below
        };
        let at = rows.iter().position(|row| row.top == top);
        let at = at.unwrap_or_else(|| {
            rows.push(Row {
                top,
                threads: Vec::new(),
                covered: 0,
            });
            rows.len() - 1
        });
        let row = &mut rows[at];
        row.threads.push((line.id, thread));
        row.covered += usize::from(thread == Thread::Reached);
    }
    rows
}

const fn look(thread: Thread) -> (&'static str, &'static str, &'static str) {
    match thread {
        Thread::Reached => ("fill-school", "0", "10"),
        Thread::Below => ("fill-gap", "5", "5"),
        Thread::Open => ("thread-open", "0.75", "8.5"),
        Thread::Waived => ("fill-third", "7", "3"),
    }
}

/// A role with its threads and its count.
#[component]
fn RoleRow(top: Option<JobItemId>, rows: Memo<Vec<Row>>, most: Memo<usize>) -> impl IntoView {
    let editor = use_editor();
    let row = Memo::new(move |_| rows.with(|rows| rows.iter().find(|row| row.top == top).cloned()));
    let name = move || match top {
        None => say("overview.no_role"),
        Some(role) => editor.title(role.into()),
    };
    let href = match top {
        None => page(editor, Page::Jobs),
        Some(role) => Route::spot(editor.id().to_string(), Page::Jobs, [role.to_string()]).href(),
    };
    let covered = move || row.with(|row| row.as_ref().map_or(0, |row| row.covered));
    let total = move || row.with(|row| row.as_ref().map_or(0, |row| row.threads.len()));
    let label = move || {
        let values = [("covered", number(covered() as f64))];
        say_count("overview.covered_of", total() as f64, &values)
    };
    let rects = move || {
        let step = 400.0 / most.get().max(1) as f64;
        // The gap between threads shrinks with them, so that 500 still show.
        let gap = (step * 0.12).min(2.0);
        let lang = editor.lang();
        row.with(|row| {
            let threads = row.as_ref().map(|row| row.threads.clone()).unwrap_or_default();
            editor.plan(|plan| {
                threads
                    .into_iter()
                    .enumerate()
                    .map(|(at, (id, thread))| {
                        let (class, y, height) = look(thread);
                        let title = thread_title(plan, &lang, id, thread);
                        view! {
                            <rect class=class x=at as f64 * step y=y width=step - gap height=height data-thread=id.to_string()>
                                <title>{title}</title>
                            </rect>
                        }
                    })
                    .collect_view()
            })
        })
    };
    view! {
        <li class="coverage-row">
            <a class="coverage-role one-line" href=href title=name>{name}</a>
            <svg
                class="threads coverage-threads"
                viewBox="0 0 400 10"
                preserveAspectRatio="none"
                role="img"
                aria-label=label
                on:click=move |event| follow_thread(editor, f64::from(event.client_x()), f64::from(event.client_y()))
            >
                {rects}
            </svg>
            <span class="coverage-count">
                <b class={"coverage-covered"}>{move || number(covered() as f64)}</b>
                {move || say_with("overview.of", &[("total", number(total() as f64))])}
            </span>
        </li>
    }
}

fn thread_title(plan: &Plan, lang: &weft_model::Lang, id: JobItemId, thread: Thread) -> String {
    let name = code_and_title(plan, lang, id.into());
    let state = say(match thread {
        Thread::Reached => "overview.thread.reached",
        Thread::Below => "overview.thread.below",
        Thread::Open => "overview.thread.open",
        Thread::Waived => "overview.thread.waived",
    });
    paired(name, state)
}

fn follow_thread(editor: Editor, x: f64, y: f64) {
    if let Some((id, _)) = pointer::marked_under(x, y, "data-thread") {
        hash::go(&Route::spot(editor.id().to_string(), Page::Weave, [id]));
    }
}
