//! Roles, tasks and competencies as an outline that is written with the
//! keyboard alone. The lines are `lines`', what is done to them `acts`'.

mod acts;
mod clip;
mod keys;
mod line;
mod lines;
mod menus;
mod opinion;
mod panel;
mod taught;

use leptos::prelude::*;
use weft_model::{JobItemId, Uid};

use self::clip::Clips;
use self::line::{Around, Line, MenuFor, side_of};
use self::lines::Lines;
use self::panel::LinePanel;
use crate::browser::prefs;
use crate::route::{Page, Route};
use crate::ui::components::button::{Button, ButtonLink, Look};
use crate::ui::components::drag::{Drag, DragGhost};
use crate::ui::components::empty::Empty;
use crate::ui::components::head::PageHead;
use crate::ui::components::icon::Sign;
use crate::ui::components::menu::ContextMenu;
use crate::ui::components::shortcuts::shortcuts;
use crate::ui::spot::SpotOn;
use crate::ui::state::use_editor;
use crate::ui::text::{say, say_count, say_with, t};

/// The height of a line, in pixels; on the phone it has two rows.
const LINE: f64 = 30.0;
const LINE_ON_PHONE: f64 = 72.0;

/// The page.
#[component]
pub fn JobsPage() -> impl IntoView {
    let editor = use_editor();
    let phone = prefs::watch_media("(max-width: 720px)");
    let height = Signal::derive(move || if phone.get() { LINE_ON_PHONE } else { LINE });
    let lines = Lines::new(editor, height);
    let spot = SpotOn::new(&editor, Page::Jobs);
    let clips = Clips::new();
    shortcuts("page.jobs", keys::told());
    let drag = Drag::new(move |held: Vec<JobItemId>, over| {
        if let Ok(target) = over.target.parse::<Uid>() {
            lines.carry(&held, JobItemId(target), side_of(over.down));
        }
    });
    let menu_at = RwSignal::new(None::<(f64, f64)>);
    let menu_for = RwSignal::new(None::<MenuFor>);
    let around = Around {
        lines,
        spot,
        drag,
        open_menu: Callback::new(move |(what, left, top)| {
            menu_for.set(Some(what));
            menu_at.set(Some((left, top)));
        }),
        open_panel: Callback::new(move |line: JobItemId| spot.choose(Some(line.into()))),
    };
    let menu = Signal::derive(move || {
        menu_for
            .get()
            .map(|what| menus::items(around, what))
            .unwrap_or_default()
    });
    // The line that a link leads to comes into sight once.
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) {
            return true;
        }
        let Some(line) = spot.item().map(JobItemId) else {
            return true;
        };
        let place = lines.shown.with(|shown| shown.place(line));
        if let (Some(place), Some(_)) = (place, lines.window.node.get()) {
            lines.current.set(Some(line));
            crate::browser::timer::next_frame(move || lines.window.reveal(place, 0.0));
            return true;
        }
        false
    });
    let empty = Memo::new(move |_| lines.shown.with(|shown| shown.ids.is_empty()));
    // An empty outline has no height to measure.
    Effect::new(move || {
        empty.track();
        crate::browser::timer::next_frame(move || lines.window.measure());
    });
    let rests = Signal::derive(move || editor.read_only());
    let note = Signal::derive(move || {
        editor.follow_board();
        let tally = editor.board(|board| board.overall());
        if tally.competencies == 0 {
            return String::new();
        }
        let count = say_count("jobs.competencies", tally.competencies.into(), &[]);
        let reached = say_with(
            "jobs.reached_of",
            &[
                ("n", tally.covered.to_string()),
                ("all", tally.competencies.to_string()),
            ],
        );
        format!("{count} · {reached}")
    });
    let ids = move || {
        let shown = lines.shown.get();
        let range = lines.window.range(shown.ids.len());
        let mut ids = shown.ids[range.clone()].to_vec();
        // The line that is being written stays, wherever one scrolls.
        if let Some(current) = lines.current.get()
            && let Some(place) = shown.place(current)
            && !range.contains(&place)
        {
            if place < range.start {
                ids.insert(0, current);
            } else {
                ids.push(current);
            }
        }
        ids
    };
    #[expect(clippy::cast_precision_loss, reason = "far fewer lines than 2^52")]
    let whole = move || {
        format!(
            "{}px",
            lines.shown.with(|shown| shown.ids.len()) as f64 * lines.window.row_height()
        )
    };
    let import = Signal::derive(move || Route::page(editor.id().to_string(), Page::Import).href());
    view! {
        <PageHead title=t("page.jobs") note=note>
            {move || (!empty.get()).then(|| view! {
                <span class={"push"}></span>
                <Button label=t("jobs.fold_all") look=Look::Quiet on_press=move |_| fold_all(lines)/>
                {move || (!rests.get()).then(|| view! {
                    <Button label=t("jobs.add") sign=Sign::Add on_press=move |_| lines.add_after(lines.current.get_untracked())/>
                })}
            })}
        </PageHead>
        <div class="with-panel">
            <div class="outline-place">
                {move || empty.get().then(|| view! {
                    <Empty title=t("jobs.empty") text=t("jobs.empty_text") sign=Sign::Jobs>
                        <Button label=t("jobs.first") look=Look::Primary sign=Sign::Add on_press=move |_| lines.add_after(None) disabled=rests/>
                        <ButtonLink label=t("jobs.import") sign=Sign::Import href=import/>
                    </Empty>
                })}
                <div class="outline-heads" hidden=move || empty.get() aria-hidden="true">
                    <span class={"outline-head outline-lead"}>{t("jobs.statement")}</span>
                    <span class="line-asks">
                        <span class={"outline-head"}>{t("jobs.head.kind")}</span>
                        <span class={"outline-head"}>{t("jobs.head.level")}</span>
                        <span class={"outline-head"}>{t("jobs.head.importance")}</span>
                        <span class={"outline-head"}>{t("jobs.head.taught")}</span>
                    </span>
                </div>
                <div
                    class="outline"
                    class:dragging=move || drag.held().is_some()
                    class:is-empty=move || empty.get()
                    node_ref=lines.window.node
                    tabindex="0"
                    role="treegrid"
                    aria-multiselectable="true"
                    aria-label=move || say("jobs.outline")
                    aria-rowcount=move || lines.shown.with(|shown| (shown.ids.len() + 1).to_string())
                    on:scroll=move |_| lines.window.scrolled()
                    on:focusout=move |_| lines.left()
                    on:copy=move |event| clips.take(lines, &event, false)
                    on:cut=move |event| clips.take(lines, &event, true)
                    on:paste=move |event| clips.paste(lines, &event)
                    on:keydown=move |event| {
                        let own = event.target() == event.current_target();
                        let into = matches!(event.key().as_str(), "ArrowDown" | "Enter");
                        if own && into {
                            event.prevent_default();
                            enter(lines);
                        }
                    }
                >
                    <div class="outline-lines" role="rowgroup" style:height=whole>
                        <For each=ids key=|id| *id let:id><Line id=id around=around/></For>
                    </div>
                </div>
                <p class="outline-note" role="status">
                    {move || Some(lines.note.get()).filter(|note| !note.is_empty()).unwrap_or_else(|| say("jobs.hint"))}
                </p>
            </div>
            <LinePanel lines=lines spot=spot/>
        </div>
        <ContextMenu label=t("jobs.menu") at=menu_at items=menu/>
        <DragGhost drag=drag name=held_name/>
    }
}

/// From the outline as a whole into a line.
fn enter(lines: Lines) {
    let first = lines
        .shown
        .with_untracked(|shown| shown.ids.first().copied());
    match lines.current.get_untracked().or(first) {
        Some(line) => lines.go_to(line, true),
        None => lines.add_after(None),
    }
}

/// Folds every task away, or shows everything again.
fn fold_all(lines: Lines) {
    let any = lines.folded.with_untracked(|folded| !folded.is_empty());
    if any {
        lines.folded.set(std::collections::BTreeSet::new());
        return;
    }
    let tasks = lines.outline.with_untracked(|outline| {
        let rows = outline.rows().iter();
        rows.filter(|row| row.tier == weft_model::Tier::Task)
            .map(|row| row.id)
            .collect()
    });
    lines.folded.set(tasks);
}

#[expect(clippy::ptr_arg, reason = "the drag's own type")]
fn held_name(held: &Vec<JobItemId>) -> String {
    #[expect(clippy::cast_precision_loss, reason = "far fewer lines than 2^52")]
    say_count("jobs.lines", held.len() as f64, &[])
}
