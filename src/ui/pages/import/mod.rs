//! Tables and files coming in: choose → look at each table → see what would
//! change → bring it in, as one act. Nothing touches the plan before the last
//! step. What a file means is `weft_exchange`'s; here it is shown and corrected.

mod changes;
mod columns;
mod done;
mod first_rows;
mod forms;
mod intake;
mod matching;
mod offers;
mod options;
mod preview;
mod questions;
mod release;
mod release_line;
mod source;
mod tray;
mod warnings;
mod words;

use leptos::prelude::*;
use weft_model::ABOUT;

use self::intake::{FILE_LIMIT, Intake, Refusal, Step, Table, Work};
use crate::browser::{dom, files};
use crate::ui::components::button::{Button, Look};
use crate::ui::components::head::PageHead;
use crate::ui::components::meter::Progress;
use crate::ui::components::notice::{Note, Tone, toasts};
use crate::ui::state::use_editor;
use crate::ui::text::{say, say_count, say_with, t};

/// The page.
#[component]
pub fn ImportPage() -> impl IntoView {
    let editor = use_editor();
    let intake = Intake::new(editor);
    let dragged = follow_drops(intake);
    let note = Signal::derive(move || {
        let title = editor.title(ABOUT);
        if title.is_empty() {
            say("import.note")
        } else {
            say_with("import.note_plan", &[("plan", title)])
        }
    });
    // A new step starts at the top of the page, for the eye and for the screen
    // reader, which reads the step's name.
    Effect::new(move |before: Option<Step>| {
        let step = intake.step.get();
        if before.is_some_and(|before| before != step) {
            crate::browser::timer::next_frame(|| {
                dom::focus_id("import-step");
            });
        }
        step
    });
    let step = move || match intake.step.get() {
        Step::Source => view! { <source::Source intake=intake dragged=dragged/> }.into_any(),
        Step::Forms => view! { <forms::FormsStep intake=intake/> }.into_any(),
        Step::Table(id) => match find(intake, id) {
            Some(table) => view! { <matching::TableStep intake=intake table=table/> }.into_any(),
            None => view! { <source::Source intake=intake dragged=dragged/> }.into_any(),
        },
        Step::Preview => view! { <preview::PreviewStep intake=intake/> }.into_any(),
        Step::Done => view! { <done::DoneStep intake=intake/> }.into_any(),
    };
    let steps = move || {
        let shown = matches!(intake.step.get(), Step::Table(_) | Step::Preview);
        shown.then(|| view! { <Steps intake=intake/> })
    };
    view! {
        <div class="page-text import-page">
            <p class="import-here" id="import-step" tabindex="-1">{move || step_name(intake, intake.step.get())}</p>
            <PageHead title=t("page.import") large=true note=note/>
            <Refusals intake=intake/>
            {steps}
            <WorkLine intake=intake/>
            <section class="import-step" aria-label=move || step_name(intake, intake.step.get())>{step}</section>
        </div>
    }
}

/// Takes files that are dropped anywhere on the page: beside the place for
/// them the browser would open the file in place of the editor. Says whether
/// one hovers.
fn follow_drops(intake: Intake) -> ReadSignal<bool> {
    let (dragged, set_dragged) = signal(false);
    let over = window_event_listener(leptos::ev::dragover, move |event| {
        if files::carries_files(&event) {
            event.prevent_default();
            if !dragged.get_untracked() {
                set_dragged.set(true);
            }
        }
    });
    let leave = window_event_listener(leptos::ev::dragleave, move |event| {
        // Only when it leaves the window, not from element to element.
        if event.related_target().is_none() {
            set_dragged.set(false);
        }
    });
    let drop = window_event_listener(leptos::ev::drop, move |event| {
        set_dragged.set(false);
        if files::carries_files(&event) {
            event.prevent_default();
            intake.take(files::chosen_by_drop(&event, FILE_LIMIT));
        }
    });
    on_cleanup(move || {
        over.remove();
        leave.remove();
        drop.remove();
    });
    dragged
}

fn find(intake: Intake, id: u32) -> Option<Table> {
    intake
        .tables
        .with(|tables| tables.iter().find(|table| table.id == id).copied())
}

fn step_name(intake: Intake, step: Step) -> String {
    match step {
        Step::Source => say("import.step.source"),
        Step::Forms => say("forms.step"),
        Step::Table(id) => find(intake, id).map_or_else(String::new, file_name),
        Step::Preview => say("import.step.preview"),
        Step::Done => say("import.step.done"),
    }
}

fn file_name(table: Table) -> String {
    table.sheet.with(|sheet| {
        table
            .matching
            .with(|matching| words::sheet_name(sheet, matching))
    })
}

/// What was not taken, each with its reason.
#[component]
fn Refusals(intake: Intake) -> impl IntoView {
    view! {
        <div class="import-refusals" role="alert">
            {move || intake.refusals.get().into_iter().map(|refusal| view! {
                <Note tone=tone(&refusal)>{words::refusal(&refusal)}</Note>
            }).collect_view()}
        </div>
    }
}

/// Where the rest of a file comes in, what is passed over is told, and nothing is wrong.
fn tone(refusal: &Refusal) -> Tone {
    match refusal {
        Refusal::Sheets { .. } | Refusal::Keys { .. } | Refusal::Packed { .. } => Tone::Plain,
        _ => Tone::Gap,
    }
}

/// Long work on its way, with a way to stop it.
#[component]
fn WorkLine(intake: Intake) -> impl IntoView {
    let label = Signal::derive(move || match intake.work.get() {
        Some(Work::Reading { name, .. }) => say_with("import.work.reading", &[("file", name)]),
        Some(Work::Looking { .. }) => say("import.work.looking"),
        Some(Work::Bringing) => say("import.work.bringing"),
        None => String::new(),
    });
    let value = Signal::derive(move || match intake.work.get() {
        Some(Work::Reading { share, .. } | Work::Looking { share }) => share,
        Some(Work::Bringing) => 0.8,
        None => 0.0,
    });
    let working = Memo::new(move |_| intake.work.with(Option::is_some));
    let toasts = toasts();
    let cancel = move || {
        intake.cancel();
        toasts.say(say("import.cancelled"));
    };
    view! {
        <div class="import-work">
            {move || working.get().then(|| view! {
                <Progress label=label value=value on_cancel=move |()| cancel()/>
            })}
        </div>
    }
}

/// The steps of this import: one for each table, then the preview.
#[component]
fn Steps(intake: Intake) -> impl IntoView {
    let current = move |step: Step| (intake.step.get() == step).then_some("step");
    let step = move |table: Table| {
        let unknown = move || table.matching.with(|matching| matching.table.is_none());
        let what = move || {
            table.matching.with(|matching| match matching.table {
                Some(table) => words::table_name(table),
                None => say("import.table.none"),
            })
        };
        view! {
            <li class="import-steps-item">
                <button
                    type="button"
                    class="import-steps-button"
                    class:unknown=unknown
                    aria-current=move || current(Step::Table(table.id))
                    title=move || file_name(table)
                    on:click=move |_| intake.go(Step::Table(table.id))
                >
                    <span class="import-steps-name">{move || file_name(table)}</span>
                    <span class="import-steps-what">{what}</span>
                </button>
            </li>
        }
    };
    let preview_note = move || match intake.whole.get() {
        Some(whole) => match whole.names.len() {
            0 | 1 => whole.name(),
            count => say_count(
                "import.step.and_more",
                (count - 1) as f64,
                &[("file", whole.name())],
            ),
        },
        None => say("import.step.preview_note"),
    };
    // A framework may come in several files; our own file comes alone.
    let add = move || {
        let more = intake.whole.with(|whole| match whole {
            None => Some("import.add_table"),
            Some(whole) => intake::several(whole.what).then_some("import.add_file"),
        });
        more.map(|label| {
            view! { <Button label=t(label) look=Look::Quiet on_press=move |_| intake.step.set(Step::Source)/> }
        })
    };
    view! {
        <nav class="import-steps" aria-label=move || say("import.steps")>
            <ol class="import-steps-list">
                <For each=move || intake.tables.get() key=|table| table.id children=step/>
                <li class="import-steps-item">
                    <button
                        type="button"
                        class="import-steps-button"
                        aria-current=move || current(Step::Preview)
                        on:click=move |_| intake.go(Step::Preview)
                    >
                        <span class="import-steps-name">{t("import.step.preview")}</span>
                        <span class="import-steps-what">{preview_note}</span>
                    </button>
                </li>
            </ol>
            <div class="acts">
                {add}
                <Button label=t("import.start_over") look=Look::Quiet on_press=move |_| intake.start_over()/>
            </div>
        </nav>
    }
}
