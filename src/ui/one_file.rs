//! The editor in one file with its plan: which plan that is, and whether the file
//! holds all of it. The file is the truth; what is not saved in one goes with the
//! page, and closing asks. Scope: screen. On a host nothing of this applies.

use leptos::prelude::*;
use weft_model::Uid;
use weft_session::SaveState;

use crate::browser::itself;
pub use crate::browser::itself::is_one_file;
use crate::ui::frame::SaveState as Look;
use crate::ui::sentences;

/// A handle: copy it freely.
#[derive(Clone, Copy)]
pub struct OneFile {
    /// The plan of the file, once it is read.
    pub plan: RwSignal<Option<Uid>>,
    /// Whether something was done since the file was opened or saved.
    unsaved: RwSignal<bool>,
    /// Whether a new file was saved from this one.
    saved: RwSignal<bool>,
    /// Whether the person was asked who they are.
    asked: StoredValue<bool>,
}

impl OneFile {
    /// The plan has changed.
    pub fn changed(self) {
        if is_one_file() && !self.unsaved.get_untracked() {
            self.unsaved.set(true);
        }
    }

    /// A new file with all of it was handed to the browser.
    pub fn saved(self) {
        self.unsaved.set(false);
        self.saved.set(true);
    }

    /// Whether this is the first time that it matters who the person is.
    pub fn asks_who(self) -> bool {
        self.asked
            .try_update_value(|asked| !std::mem::replace(asked, true))
            == Some(true)
    }

    /// How safe the plan is, where the file is what counts. Reactive.
    pub fn look(self, state: &SaveState) -> Look {
        match state {
            _ if !is_one_file() => sentences::save_look(state),
            SaveState::ReadOnly => Look::ReadOnly,
            _ if self.unsaved.get() => Look::NotInFile,
            _ if self.saved.get() => Look::InNewFile,
            _ => Look::InFile,
        }
    }
}

/// Makes the handle available below, and asks before unsaved work is left. Call
/// once, at the root.
pub fn provide_one_file() -> OneFile {
    let file = OneFile {
        plan: RwSignal::new(None),
        unsaved: RwSignal::new(false),
        saved: RwSignal::new(false),
        asked: StoredValue::new(false),
    };
    provide_context(file);
    if is_one_file() {
        itself::ask_before_leaving(move || file.unsaved.get_untracked());
    }
    file
}

/// The handle.
pub fn use_one_file() -> OneFile {
    use_context::<OneFile>().unwrap_or_else(provide_one_file)
}
