//! The bar at the top: where we are, whether it is saved, and what is always
//! at hand.

use leptos::prelude::*;

use crate::{
    browser::{device, dom, timer::Timer},
    route::{Page, Route},
    ui::{
        components::{
            button::{ButtonLink, IconButton, Look},
            chip::Tag,
            icon::{Icon, Mark, Sign},
            shortcuts::Keys,
        },
        text::{listed, number, say, say_with, t},
    },
};

/// How far the work is saved, as the store has told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SaveState {
    /// The store has confirmed everything.
    #[default]
    Saved,
    /// Being written; show it after 400 ms.
    Saving,
    /// The store has refused: it is in memory alone.
    NotSaved,
    /// There is no store: it stays in memory until the tab closes.
    NoStore,
    /// Read-only: nothing to save.
    ReadOnly,
    /// As in the file that the editor lies in.
    InFile,
    /// Not in any file yet.
    NotInFile,
    /// In a new file that was saved from this one.
    InNewFile,
}

/// Undo or redo.
#[derive(Clone, Copy)]
pub struct Step {
    /// Whether there is anything to take back.
    pub ready: Signal<bool>,
    /// What would be taken back: "rename module". Empty shows the word alone.
    pub what: Signal<String>,
    /// Takes it back.
    pub act: Callback<()>,
}

/// Milliseconds of saving before the words say so.
const SAY_SAVING_AFTER: u32 = 400;

/// Says that it is being saved once that takes long. One timer at a time: edits come
/// faster than it rings.
#[derive(Clone, Copy)]
struct Waits {
    save: Signal<Option<SaveState>>,
    told: RwSignal<Option<SaveState>>,
    /// When the saving of now began, in milliseconds.
    since: StoredValue<i64>,
    running: StoredValue<bool>,
}

impl Waits {
    fn begin(self) {
        self.since.set_value(device::now_millis());
        if !self.running.get_value() {
            self.ring_in(SAY_SAVING_AFTER);
        }
    }

    fn ring_in(self, millis: u32) {
        self.running.set_value(true);
        Timer::after(millis, move || self.rung());
    }

    fn rung(self) {
        let saving = Some(SaveState::Saving);
        if self.running.try_set_value(false).is_some()
            || self.save.try_get_untracked() != Some(saving)
        {
            return;
        }
        let passed = device::now_millis() - self.since.get_value();
        // A clock that was set back tells nothing.
        let left = i64::from(SAY_SAVING_AFTER) - passed.max(0);
        match u32::try_from(left) {
            Ok(left) if left > 0 => self.ring_in(left),
            _ => {
                self.told.try_set(saving);
            }
        }
    }
}

#[component]
fn SaveNote(
    #[prop(into)] save: Signal<Option<SaveState>>,
    #[prop(into)] route: Signal<Option<Route>>,
    save_file: Signal<Option<Callback<()>>>,
) -> impl IntoView {
    // Most edits are kept within a few milliseconds: what says "saved" fades at
    // once, and other words take its place when it takes longer.
    let told = RwSignal::new(save.get_untracked());
    let waits = Waits {
        save,
        told,
        since: StoredValue::new(0),
        running: StoredValue::new(false),
    };
    Effect::new(move || {
        let now = save.get();
        if now == Some(SaveState::Saving) {
            waits.begin();
        } else if told.get_untracked() != now {
            told.set(now);
        }
    });
    let class = move || match save.get() {
        Some(SaveState::Saved | SaveState::InFile | SaveState::InNewFile) => "save-state good",
        Some(SaveState::NotSaved) => "save-state gap",
        Some(SaveState::NoStore | SaveState::NotInFile) => "save-state caution",
        Some(SaveState::Saving) if told.get() == Some(SaveState::Saving) => "save-state",
        Some(SaveState::Saving) => "save-state pending",
        Some(SaveState::ReadOnly) | None => "save-state",
    };
    let words = |state| match state {
        SaveState::Saved => (Sign::Tick, "save.saved"),
        SaveState::Saving => (Sign::Storage, "save.saving"),
        SaveState::NotSaved => (Sign::Alert, "save.not_saved"),
        SaveState::NoStore => (Sign::Alert, "save.no_store"),
        SaveState::ReadOnly => (Sign::Key, "save.read_only"),
        SaveState::InFile => (Sign::Tick, "save.in_file"),
        SaveState::NotInFile => (Sign::Alert, "save.not_in_file"),
        SaveState::InNewFile => (Sign::Tick, "save.in_new_file"),
    };
    let wrong = Memo::new(move |_| {
        let state = save.get();
        state.filter(|state| {
            matches!(
                state,
                SaveState::NotSaved | SaveState::NoStore | SaveState::NotInFile
            )
        })
    });
    let export = move || {
        let plan = route.with(|route| {
            route
                .as_ref()
                .and_then(|route| route.plan().map(str::to_owned))
        })?;
        // Unsaved in a file is said as often, and saved by a button of its own.
        let wrong = wrong.get().filter(|state| *state != SaveState::NotInFile);
        wrong.map(|_| Route::page(plan, Page::Export).href())
    };
    view! {
        <span class="save-place">
            {move || told.get().map(|state| {
                let (sign, key) = words(state);
                view! {
                    <span class=class title=say(key)>
                        <Icon sign=sign size=14/>
                        <span class={"save-word"}>{say(key)}</span>
                    </span>
                }
            })}
            {move || export().map(|href| view! { <a class="save-export" href=href>{t("save.export_now")}</a> })}
            {move || save_file.get().filter(|_| save.get() == Some(SaveState::NotInFile)).map(|act| view! {
                <button type="button" class="save-file" aria-keyshortcuts="Control+S" on:click=move |_| act.run(())>
                    {t("save.file")}
                </button>
            })}
            // Read out only when something is wrong: every edit saves.
            <span class="visually-hidden" role="status">
                {move || wrong.get().map(|state| say(words(state).1))}
            </span>
        </span>
    }
}

/// Who else has the plan open: how many, and on a second look who and where.
#[component]
fn Others(present: Signal<Vec<String>>) -> impl IntoView {
    move || {
        let who = present.get();
        (!who.is_empty()).then(|| {
            let count = number(who.len() as f64);
            let label = say_with("present.label", &[("who", listed(&who))]);
            view! {
                <span class="others-here" role="img" aria-label=label.clone() title=label>
                    <Icon sign=Sign::Person size=14/>
                    {count}
                </span>
            }
        })
    }
}

#[component]
fn StepButton(step: Step, redo: bool) -> impl IntoView {
    let (key, with, sign) = if redo {
        ("act.redo", "act.redo_what", Sign::Redo)
    } else {
        ("act.undo", "act.undo_what", Sign::Undo)
    };
    // Two attributes say it, and the next step is mostly of the same kind.
    let label = Memo::new(move |_| {
        let what = step.what.get();
        if what.is_empty() {
            say(key)
        } else {
            say_with(with, &[("what", what)])
        }
    });
    let disabled = Signal::derive(move || !step.ready.get());
    view! { <IconButton label=label sign=sign disabled=disabled on_press=move |_| step.act.run(())/> }
}

/// The bar. Its props are those of the frame.
#[component]
pub fn TopBar(
    /// Where we are.
    route: Signal<Option<Route>>,
    /// The plan's title.
    title: Signal<String>,
    /// The plan's status.
    status: Signal<Option<String>>,
    /// How far everything is saved.
    save: Signal<Option<SaveState>>,
    /// Saves the plan in a new file.
    save_file: Signal<Option<Callback<()>>>,
    /// Who else has the plan open.
    present: Signal<Vec<String>>,
    /// Undo.
    undo: Option<Step>,
    /// Redo.
    redo: Option<Step>,
    /// Opens *Find or do*.
    on_find: Option<Callback<()>>,
    /// Whether the rail is open as a drawer, on the phone.
    drawer: RwSignal<bool>,
) -> impl IntoView {
    let plan = Memo::new(move |_| {
        route.with(|route| {
            route
                .as_ref()
                .and_then(|route| route.plan().map(str::to_owned))
        })
    });
    let open_drawer = move |_| {
        drawer.update(|open| *open = !*open);
        if drawer.get_untracked() {
            crate::browser::timer::next_frame(|| {
                if let Some(rail) = dom::by_id("rail")
                    && let Some(first) = dom::first_within(&rail, "a, button")
                {
                    dom::focus(&first);
                }
            });
        }
    };
    view! {
        <header class="topbar">
            <button
                type="button"
                class="button quiet sole drawer-button"
                id="drawer-button"
                aria-label=move || say("frame.menu")
                aria-expanded=move || drawer.get().to_string()
                aria-controls="rail"
                on:click=open_drawer
            >
                <Icon sign=Sign::Menu/>
            </button>
            <a class="brand" href=Route::Home.href() aria-label=move || say("frame.to_home")>
                <Mark/>
                <span class={"brand-name"}>{"Weft"}</span>
                <small class={"brand-other"} lang="zh-CN">{"经纬"}</small>
            </a>
            <div class="topbar-title">
                {move || Some(title.get()).filter(|title| !title.is_empty()).map(|title| view! {
                    <b class="topbar-name" title=title.clone()>{title.clone()}</b>
                })}
                {move || status.get().map(|status| view! { <Tag label=status/> })}
                <span class="topbar-state">
                    <SaveNote save=save route=route save_file=save_file/>
                    <Others present=present/>
                </span>
            </div>
            {move || plan.get().map(|_| view! {
                <div class="topbar-steps">
                    {undo.map(|step| view! { <StepButton step=step redo=false/> })}
                    {redo.map(|step| view! { <StepButton step=step redo=true/> })}
                </div>
            })}
            {on_find.map(|find| view! {
                <button type="button" class="find-button" aria-keyshortcuts="Control+K" on:click=move |_| find.run(())>
                    <Icon sign=Sign::Find size=14/>
                    <span class={"find-word"}>{move || if plan.get().is_some() { say("frame.find") } else { say("frame.find_plan") }}</span>
                    <Keys chord="Ctrl+K"/>
                </button>
            })}
            {move || plan.get().map(|plan| view! {
                <div class="topbar-acts">
                    <ButtonLink label=t("page.export") sign=Sign::Export look=Look::Plain href=Route::page(plan, Page::Export).href()/>
                </div>
            })}
        </header>
    }
}
