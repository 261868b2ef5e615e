//! The plans of this device as the screens know them, and what can be done
//! with one without opening it. Scope: device; the list itself is a copy of
//! what the storage says.

use std::collections::BTreeSet;

use leptos::prelude::*;
use weft_model::{Aspect, Uid};
use weft_session::Card;

pub use super::example::Example;
use super::making::{LOCKED, Made, Outcome, Seed};
use super::visitor::Visitor;
use super::words::Trouble;
use crate::browser::secret::LockError;
use crate::{
    browser::{fetch, files, hash, itself, library::Library, task, unsaved},
    parts,
    route::{Page, Route},
    ui::{
        components::notice::{Toasts, toasts},
        desk::use_desk,
        text::{say, say_with},
    },
};

/// The largest plan file that is read, in bytes.
pub const FILE_LIMIT: u64 = 64 * 1024 * 1024;

/// The shelf. A handle: copy it freely.
#[derive(Clone, Copy)]
pub struct Shelf {
    pub(super) cards: RwSignal<Option<Vec<Card>>>,
    trouble: RwSignal<Option<Trouble>>,
    pub(super) busy: RwSignal<bool>,
    visitor: RwSignal<Option<Visitor>, LocalStorage>,
    /// Whether a file hovers over the window.
    dragged: RwSignal<bool>,
    /// A link that waits for its passphrase.
    locked: RwSignal<Option<String>>,
    refused: RwSignal<bool>,
    /// Plans of which the device has not taken the last edits.
    unsaved: RwSignal<BTreeSet<String>>,
    /// Whether a code is being read.
    reading: RwSignal<bool>,
    pub(super) library: StoredValue<Library, LocalStorage>,
    pub(super) toasts: Toasts,
}

/// Makes the shelf available below. Call once, at the root, after the desk.
pub fn provide_shelf() -> Shelf {
    let shelf = Shelf {
        cards: RwSignal::new(None),
        trouble: RwSignal::new(None),
        busy: RwSignal::new(false),
        visitor: RwSignal::new_local(None),
        dragged: RwSignal::new(false),
        locked: RwSignal::new(None),
        refused: RwSignal::new(false),
        unsaved: RwSignal::new(unsaved::plans()),
        reading: RwSignal::new(false),
        library: StoredValue::new_local(use_desk().library()),
        toasts: toasts(),
    };
    provide_context(shelf);
    unsaved::listen(move |plans| {
        shelf.unsaved.try_set(plans);
        shelf.refresh();
    });
    shelf.refresh();
    shelf
}

/// The shelf of this tab.
pub fn use_shelf() -> Shelf {
    use_context::<Shelf>().unwrap_or_else(provide_shelf)
}

impl Shelf {
    /// All plans that are not deleted, the last edited first. Reactive; empty
    /// while nothing is known yet.
    pub fn live(self) -> Vec<Card> {
        self.some(|card| card.deleted_millis.is_none())
    }

    /// The deleted ones that can still be brought back. Reactive.
    pub fn deleted(self) -> Vec<Card> {
        self.some(|card| card.deleted_millis.is_some())
    }

    fn some(self, wanted: impl Fn(&Card) -> bool) -> Vec<Card> {
        self.cards.with(|cards| {
            let cards = cards.iter().flatten();
            cards.filter(|card| wanted(card)).cloned().collect()
        })
    }

    /// Whether the storage has answered. Reactive.
    pub fn is_known(self) -> bool {
        self.cards.with(Option::is_some)
    }

    /// Whether the last edits of a plan are in memory only. Reactive.
    pub fn is_unsaved(self, plan: &str) -> bool {
        self.unsaved.with(|all| all.contains(plan))
    }

    /// What went wrong last. Reactive.
    pub fn trouble(self) -> Option<Trouble> {
        self.trouble.get()
    }

    /// Puts the last trouble away.
    pub fn dismiss(self) {
        self.trouble.set(None);
    }

    /// Whether a plan is being made. Reactive.
    pub fn is_busy(self) -> bool {
        self.busy.get()
    }

    /// Asks the storage anew.
    pub fn refresh(self) {
        task::spawn(async move {
            let library = self.library.get_value();
            match library.cards().await {
                Ok(cards) => {
                    if self
                        .cards
                        .with_untracked(|now| now.as_ref() != Some(&cards))
                    {
                        self.cards.set(Some(cards));
                    }
                }
                Err(error) => self.fail(error),
            }
        });
    }

    pub(super) fn fail(self, error: impl Into<Trouble>) {
        self.busy.set(false);
        if self.cards.with_untracked(Option::is_none) {
            self.cards.set(Some(Vec::new()));
        }
        self.trouble.set(Some(error.into()));
    }

    /// Whether a file hovers over the window. Reactive.
    pub fn dragged(self) -> RwSignal<bool> {
        self.dragged
    }

    // ---- new plans ----------------------------------------------------------

    /// A plan with nothing in it but a scale and two places.
    pub fn start_blank(self) {
        self.start_template("blank");
    }

    /// A plan for tables that are about to come in.
    pub fn start_for_tables(self) {
        self.start(Seed::Template("blank"), Page::Import);
    }

    /// A plan from a template, by its id.
    pub fn start_template(self, id: &'static str) {
        self.start(Seed::Template(id), Page::Overview);
    }

    /// A plan that ships with the program.
    pub fn start_example(self, example: Example) {
        self.busy.set(true);
        task::spawn(async move {
            match fetch::bytes(example.path()).await {
                Ok(bytes) => self.start(Seed::File(bytes), Page::Overview),
                Err(error) => self.fail(error),
            }
        });
    }

    /// Opens the file chooser for a plan.
    pub fn pick_file(self) {
        files::pick(
            ".weft,.weftpart,.html,.htm,.json,application/json,text/html",
            true,
            FILE_LIMIT,
            move |files| {
                self.take_files(files);
            },
        );
    }

    /// Takes in what was chosen or dropped: one file, or the files of a shared folder,
    /// of which each holds what one device has done.
    pub fn take_files(self, files: Vec<Result<files::Incoming, files::FileError>>) {
        let is_part = |file: &Result<files::Incoming, _>| {
            (file.as_ref()).is_ok_and(|file| file.name.ends_with(".weftpart"))
        };
        if files.len() > 1 && files.iter().all(is_part) {
            let parts = files.into_iter().flatten().map(|file| file.bytes);
            return self.start(Seed::Parts(parts.collect()), Page::Overview);
        }
        if files.len() > 1 {
            // One that could not be read says so: it may be of such a folder too.
            let unread = files.into_iter().find_map(Result::err);
            return self.fail(unread.map_or(Trouble::OneAtATime, Trouble::from));
        }
        match files.into_iter().next() {
            None => {}
            Some(Err(error)) => self.fail(error),
            Some(Ok(file)) => {
                let name = file.name.to_lowercase();
                let is_table = [".csv", ".tsv", ".xlsx", ".xls", ".docx", ".txt"]
                    .iter()
                    .any(|ending| name.ends_with(ending));
                if files::is_picture(&name) {
                    self.read_picture(file.bytes);
                } else if is_table {
                    self.fail(Trouble::ATable);
                } else {
                    self.start(Seed::File(file.bytes), Page::Overview);
                }
            }
        }
    }

    /// Takes in what was chosen and not read yet.
    pub fn take_chosen(self, files: Vec<Result<files::Chosen, files::FileError>>) {
        task::spawn(async move { self.take_files(files::read_chosen(files).await) });
    }

    /// Reads the plan of the file that the editor itself lies in.
    pub fn open_own(self, own: RwSignal<Option<Uid>>) {
        task::spawn(async move {
            let made = match itself::plan() {
                Ok(bytes) => {
                    let library = self.library.get_value();
                    match parts::make_plan(library, Seed::File(bytes)).await {
                        Ok(making) => making.await,
                        Err(missing) => Err(missing.into()),
                    }
                }
                Err(problem) => Err(problem.into()),
            };
            match made {
                Ok(Outcome::Made(made)) => own.set(Some(made.plan)),
                Ok(Outcome::Known(plan)) => own.set(Some(plan)),
                Ok(Outcome::Met(visitor)) => own.set(Some(visitor.plan)),
                Err(error) => self.fail(error),
            }
        });
    }

    /// Whether the dialog is open that reads codes.
    pub fn reading(self) -> RwSignal<bool> {
        self.reading
    }

    /// Opens the plan in the link that a code held.
    pub fn open_read(self, payload: String) {
        self.reading.set(false);
        self.open_link(payload);
    }

    /// Opens the plan in the link of a code in a picture file.
    fn read_picture(self, picture: Vec<u8>) {
        self.busy.set(true);
        self.trouble.set(None);
        task::spawn(async move {
            let read = match parts::code_in(picture).await {
                Ok(reading) => reading.await,
                Err(missing) => Err(missing.into()),
            };
            match read {
                Ok(payload) => {
                    self.busy.set(false);
                    self.open_read(payload);
                }
                Err(error) => self.fail(error),
            }
        });
    }

    /// Opens the plan in a link; one that is locked asks for its passphrase first.
    pub fn open_link(self, payload: String) {
        if payload.starts_with(LOCKED) {
            self.refused.set(false);
            self.locked.set(Some(payload));
        } else {
            self.start(Seed::Link(payload, String::new()), Page::Overview);
        }
    }

    /// The link that waits for its passphrase. Reactive.
    pub fn locked(self) -> RwSignal<Option<String>> {
        self.locked
    }

    /// Whether its last passphrase was another one. Reactive.
    pub fn refused(self) -> bool {
        self.refused.get()
    }

    /// Opens it.
    pub fn unlock(self, passphrase: String) {
        if let Some(payload) = self.locked.try_update(Option::take).flatten() {
            self.start(Seed::Link(payload, passphrase), Page::Overview);
        }
    }

    /// Keeps a new plan and goes there.
    fn start(self, seed: Seed, page: Page) {
        self.busy.set(true);
        self.trouble.set(None);
        let again = match &seed {
            Seed::Link(payload, _) => Some(payload.clone()),
            Seed::Template(_) | Seed::File(_) | Seed::Parts(_) => None,
        };
        task::spawn(async move {
            let library = self.library.get_value();
            let made = match parts::make_plan(library, seed).await {
                Ok(making) => making.await,
                Err(missing) => Err(missing.into()),
            };
            match made {
                Ok(Outcome::Made(made)) => self.arrive(made, page),
                Ok(Outcome::Known(plan)) => {
                    self.toasts.say(say("home.met.known"));
                    self.arrive(Made::plain(plan), page);
                }
                Ok(Outcome::Met(visitor)) => {
                    self.busy.set(false);
                    self.visitor.set(Some(*visitor));
                }
                Err(error) => {
                    // Another passphrase may be the right one: said where it is typed.
                    if error == Trouble::Locked(LockError::WrongPassphrase) {
                        self.busy.set(false);
                        self.refused.set(true);
                        self.locked.set(again);
                    } else {
                        self.fail(error);
                    }
                }
            }
        });
    }

    fn arrive(self, made: Made, page: Page) {
        let Made {
            plan,
            left_out,
            from,
        } = made;
        if let Some(from) = from {
            self.toasts.say(from);
        }
        if left_out > 0 {
            let values = [("n", left_out.to_string())];
            self.toasts.say(say_with("home.left_out", &values));
        }
        self.busy.set(false);
        self.refresh();
        hash::go(&Route::page(plan.to_string(), page));
    }

    // ---- a plan that came and is here already -------------------------------

    /// The plan that came as a file and waits for a word. Reactive.
    pub fn visitor(self) -> RwSignal<Option<Visitor>, LocalStorage> {
        self.visitor
    }

    /// Takes it into the plan that is here; `why`, where that is frozen.
    pub fn merge(self, why: String, kept: Vec<Aspect>) {
        let Some(visitor) = self.take_visitor() else {
            return;
        };
        let plan = visitor.plan;
        task::spawn(async move {
            let merged = match parts::merge_plan(self.library.get_value(), visitor, why, kept).await
            {
                Ok(merging) => merging.await,
                Err(missing) => Err(missing.into()),
            };
            match merged {
                Ok(()) => {
                    self.toasts.say(say("home.met.merged"));
                    self.arrive(Made::plain(plan), Page::Overview);
                }
                Err(error) => self.fail(error),
            }
        });
    }

    /// Keeps it as a plan of its own.
    pub fn keep_apart(self) {
        let Some(visitor) = self.take_visitor() else {
            return;
        };
        task::spawn(async move {
            let kept = match parts::keep_apart(self.library.get_value(), visitor).await {
                Ok(keeping) => keeping.await,
                Err(missing) => Err(missing.into()),
            };
            match kept {
                Ok(made) => self.arrive(made, Page::Overview),
                Err(error) => self.fail(error),
            }
        });
    }

    fn take_visitor(self) -> Option<Visitor> {
        let visitor = self.visitor.try_update(Option::take).flatten();
        self.busy.set(visitor.is_some());
        visitor
    }
}
