//! The desk: the one plan that this tab has open, as the address names it.
//! Scope: screen.

use leptos::prelude::*;
use weft_model::Uid;

use crate::browser::library::{Library, author};
use crate::browser::runtime::{OpenFailure, Runtime};
use crate::browser::task;
use crate::ui::state::Editor;

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

/// The desk. A handle: copy it freely.
#[derive(Clone, Copy)]
pub struct Desk {
    stage: RwSignal<Stage>,
    editor: StoredValue<Option<(Uid, Editor, Owner)>, LocalStorage>,
    library: StoredValue<Library, LocalStorage>,
    owner: StoredValue<Owner>,
}

impl Desk {
    /// How far opening has come. Reactive.
    pub fn stage(&self) -> Stage {
        self.stage.get()
    }

    /// The open plan. Reactive.
    pub fn editor(&self) -> Option<Editor> {
        if self.stage.get() != Stage::Open {
            return None;
        }
        self.editor
            .with_value(|open| open.as_ref().map(|(_, editor, _)| *editor))
    }

    /// The plans of this device.
    pub fn library(&self) -> Library {
        self.library.get_value()
    }

    /// Opens this plan and closes any other; nothing closes what is open.
    pub fn show(&self, plan: Option<Uid>) {
        let same = self
            .editor
            .with_value(|open| open.as_ref().map(|(uid, ..)| *uid) == plan);
        if same && self.stage.get_untracked() != Stage::Empty {
            return;
        }
        self.close();
        let Some(uid) = plan else { return };
        self.stage.set(Stage::Opening);
        let owner = self.owner.get_value().child();
        let editor = owner.with(Editor::new);
        self.editor.set_value(Some((uid, editor, owner)));
        let desk = *self;
        task::spawn(async move {
            let store = desk.library().store();
            let opened = Runtime::open(store, uid, author(), move |heard| editor.hear(heard)).await;
            // Somebody may have gone on to another plan meanwhile.
            let wanted = desk
                .editor
                .with_value(|open| open.as_ref().map(|(uid, ..)| *uid));
            if wanted != Some(uid) {
                return;
            }
            match opened {
                Ok(runtime) => {
                    editor.attach(runtime);
                    desk.stage.set(Stage::Open);
                }
                Err(failure) => desk.stage.set(Stage::Failed(failure)),
            }
        });
    }

    fn close(&self) {
        self.stage.set(Stage::Empty);
        // The pages let go of the editor before it goes.
        let old = self.editor.try_update_value(Option::take).flatten();
        if let Some((_, editor, owner)) = old {
            task::spawn(async move {
                editor.detach();
                owner.cleanup();
            });
        }
    }
}

/// Makes the desk available below. Call once, at the root.
pub fn provide_desk() -> Desk {
    let desk = Desk {
        stage: RwSignal::new(Stage::Empty),
        editor: StoredValue::new_local(None),
        library: StoredValue::new_local(Library::default()),
        owner: StoredValue::new(Owner::current().unwrap_or_default()),
    };
    provide_context(desk);
    desk
}

/// The desk of this tab.
pub fn use_desk() -> Desk {
    use_context::<Desk>().unwrap_or_else(provide_desk)
}
