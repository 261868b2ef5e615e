//! The desk: the one plan that this tab has open, as the address names it, and
//! what the frame shows of it. Belongs to the first screen: it knows a plan by
//! its [`Face`] alone. Scope: screen.

use leptos::prelude::*;
use weft_model::Uid;

use crate::browser::library::Library;
use crate::browser::runtime::OpenFailure;
use crate::browser::task;
use crate::parts;
use crate::route::Page;
use crate::ui::components::palette::PaletteItem;
use crate::ui::frame::{SaveState, Step};

/// What the frame shows of an open plan, and what draws its pages.
#[derive(Clone, Copy)]
pub struct Face {
    /// The plan's title.
    pub title: Signal<String>,
    /// Its status in a word.
    pub status: Signal<Option<String>>,
    /// How safe it is.
    pub save: Signal<SaveState>,
    /// How many findings are open.
    pub findings: Signal<usize>,
    /// Which plan it is.
    pub plan: Uid,
    /// Its parties: id and name.
    pub parties: Signal<Vec<(String, String)>>,
    /// The person has changed who they are.
    pub renamed: Callback<()>,
    /// How much partners left to be decided.
    pub undecided: Signal<usize>,
    /// Who else has the plan open, and where, in words.
    pub present: Signal<Vec<String>>,
    /// Takes back the last act.
    pub undo: Step,
    /// Does again what was taken back.
    pub redo: Step,
    /// What the person should know, over the page.
    pub banners: Callback<(), AnyView>,
    /// Draws a page.
    pub page: Callback<Page, AnyView>,
    /// Commands and items for *Find or do*, with how well they fit.
    pub find: Callback<String, Vec<(u32, PaletteItem)>>,
    /// Saves the plan in a new file, where the editor lies in one with it.
    pub save_file: Option<Callback<()>>,
    /// Lets the plan go: its tab line, its lock, its memory.
    pub close: Callback<()>,
}

/// How far opening has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// No plan is asked for.
    Empty,
    /// On its way.
    Opening,
    /// There it is.
    Open,
    /// It cannot be opened.
    Failed(OpenFailure),
}

/// The plan that the address names.
#[derive(Clone)]
struct Wanted {
    plan: Uid,
    /// Which opening it is: somebody may leave a plan and come back to it while
    /// the first opening is still on its way.
    turn: u64,
    owner: Owner,
    face: Option<Face>,
}

/// The desk. A handle: copy it freely.
#[derive(Clone, Copy)]
pub struct Desk {
    stage: RwSignal<Stage>,
    wanted: StoredValue<Option<Wanted>, LocalStorage>,
    library: StoredValue<Library, LocalStorage>,
    owner: StoredValue<Owner>,
    turns: StoredValue<u64>,
}

impl Desk {
    /// How far opening has come. Reactive.
    pub fn stage(&self) -> Stage {
        self.stage.get()
    }

    /// The open plan. Reactive.
    pub fn face(&self) -> Option<Face> {
        if self.stage.get() != Stage::Open {
            return None;
        }
        self.wanted
            .with_value(|wanted| wanted.as_ref().and_then(|wanted| wanted.face))
    }

    /// The plans of this device.
    pub fn library(&self) -> Library {
        self.library.get_value()
    }

    /// Opens this plan and closes any other; nothing closes what is open.
    pub fn show(&self, plan: Option<Uid>) {
        if self.plan() == plan && self.stage.get_untracked() != Stage::Empty {
            return;
        }
        self.close();
        if let Some(plan) = plan {
            self.open(plan);
        }
    }

    /// Tries once more to open what could not be opened.
    pub fn try_again(&self) {
        let plan = self.plan();
        self.close();
        if let Some(plan) = plan {
            self.open(plan);
        }
    }

    fn plan(&self) -> Option<Uid> {
        self.wanted
            .with_value(|wanted| wanted.as_ref().map(|wanted| wanted.plan))
    }

    fn open(&self, plan: Uid) {
        self.stage.set(Stage::Opening);
        let owner = self.owner.get_value().child();
        let turn = self.turns.get_value() + 1;
        self.turns.set_value(turn);
        let wanted = Wanted {
            plan,
            turn,
            owner: owner.clone(),
            face: None,
        };
        self.wanted.set_value(Some(wanted));
        let desk = *self;
        let work = async move {
            let opening = parts::open_plan(desk.library(), plan, owner.clone());
            let opened = match opening.await {
                Ok(opened) => opened.await,
                Err(parts::Missing) => Err(OpenFailure::PartMissing),
            };
            // Somebody may have gone on to another plan meanwhile.
            let still = desk.turn() == Some(turn);
            match opened {
                Ok(face) if still => {
                    desk.wanted.update_value(|wanted| {
                        if let Some(wanted) = wanted {
                            wanted.face = Some(face);
                        }
                    });
                    desk.stage.set(Stage::Open);
                }
                Ok(face) => {
                    face.close.run(());
                    owner.cleanup();
                }
                Err(failure) if still => desk.stage.set(Stage::Failed(failure)),
                Err(_) => owner.cleanup(),
            }
        };
        // At once: the device looks for the plan while the page is drawn.
        self.owner
            .get_value()
            .with(|| untrack(|| task::begin(work)));
    }

    fn turn(&self) -> Option<u64> {
        self.wanted
            .with_value(|wanted| wanted.as_ref().map(|wanted| wanted.turn))
    }

    fn close(&self) {
        let failed = matches!(self.stage.get_untracked(), Stage::Failed(_));
        self.stage.set(Stage::Empty);
        // The pages let go of the plan before it goes. What is still opening
        // needs all that it has made; it clears that away itself.
        let old = self.wanted.try_update_value(Option::take).flatten();
        if let Some(Wanted { owner, face, .. }) = old
            && (face.is_some() || failed)
        {
            task::spawn(async move {
                if let Some(face) = face {
                    face.close.run(());
                }
                owner.cleanup();
            });
        }
    }
}

/// Makes the desk available below. Call once, at the root.
pub fn provide_desk() -> Desk {
    let desk = Desk {
        stage: RwSignal::new(Stage::Empty),
        wanted: StoredValue::new_local(None),
        library: StoredValue::new_local(Library::default()),
        owner: StoredValue::new(Owner::current().unwrap_or_default()),
        turns: StoredValue::new(0),
    };
    provide_context(desk);
    desk
}

/// The desk of this tab.
pub fn use_desk() -> Desk {
    use_context::<Desk>().unwrap_or_else(provide_desk)
}
