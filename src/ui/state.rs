//! The open plan as the pages see it: read it, follow it, act on it.
//!
//! The plan and everything derived from it live outside the reactive graph;
//! what a page draws follows only the parts it names (`follow…`), so that one
//! toggled cell wakes one cell and the totals, not the page. Scope of what is
//! kept here: screen, except the plan itself.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use weft_analysis::Board;
use weft_document::Clash;
use weft_model::{Change, CommentId, Intent, ItemId, Kind, Lang, Plan, Text, Uid};
use weft_session::{Notice, Present, SaveState};

use crate::browser::device;
use crate::browser::following::{FolderState, Following};
use crate::browser::last_resort::{self, Rescue};
use crate::browser::runtime::{Heard, Runtime};
use crate::browser::timer::Timer;
use crate::ui::components::notice::{Toasts, toasts};
use crate::ui::frozen::Held;
use crate::ui::marks::Marks;
use crate::ui::one_file::{OneFile, use_one_file};
use crate::ui::revising::Beside;
use crate::ui::talking;
use crate::ui::text::language;

/// What undo would take back and what redo would do again.
pub type Steps = (Option<Intent>, Option<Intent>);

/// An open plan. A handle: copy it freely.
#[derive(Clone, Copy)]
pub struct Editor {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    /// How safe the plan is.
    pub saving: RwSignal<SaveState>,
    /// What the person should know; each stays until it is put away.
    pub notices: RwSignal<Vec<Notice>>,
    /// Who else has the plan open.
    pub present: RwSignal<Vec<Present>>,
    /// How it stands with the shared folder.
    pub folder: RwSignal<FolderState>,
    following: StoredValue<Option<Following>, LocalStorage>,
    /// Apart from `saving`, which changes twice with every edit.
    closed: Memo<bool>,
    pub(super) steps: RwSignal<Steps>,
    /// The same as their buttons name them.
    pub(super) named: RwSignal<Steps>,
    pub(super) toasts: Toasts,
    /// What a frozen plan holds back until it is asked for.
    pub(super) held: RwSignal<Option<Held>, LocalStorage>,
    /// Why this person changes a frozen plan, while they do.
    pub(super) thawed: RwSignal<Option<String>>,
    /// The comments that have been on this device's screen.
    pub(super) seen: RwSignal<BTreeSet<CommentId>>,
    pub(super) marks: RwSignal<Arc<Marks>>,
    refusals: Trigger,
    /// The proposal whose reason is asked for.
    pub(super) reasons: RwSignal<Option<ItemId>>,
    /// Whether a guest's edit became a proposal.
    pub(super) guest: RwSignal<bool>,
    pub(super) clashes: RwSignal<Vec<Clash>>,
    /// After how many merges clashes were last looked for.
    pub(super) looked: StoredValue<Option<u64>>,
    pub(super) looking: StoredValue<Option<Timer>, LocalStorage>,
    /// Plans out of files that are laid beside this one.
    pub(super) beside: RwSignal<Vec<Beside>>,
    file: OneFile,
}

type Listener = Rc<dyn Fn(&Change)>;

struct Inner {
    runtime: RefCell<Option<Runtime>>,
    board: RefCell<Board>,
    kinds: HashMap<Kind, ArcTrigger>,
    items: RefCell<HashMap<ItemId, ArcTrigger>>,
    weave: ArcTrigger,
    findings: ArcTrigger,
    listeners: RefCell<Vec<(u64, Listener)>>,
}

impl Editor {
    /// A handle that has no plan yet. What the runtime hears goes to `hear`.
    pub fn new() -> Self {
        let inner = Inner {
            runtime: RefCell::new(None),
            board: RefCell::new(Board::new(&Plan::new())),
            kinds: Kind::ALL
                .iter()
                .map(|kind| (*kind, ArcTrigger::new()))
                .collect(),
            items: RefCell::default(),
            weave: ArcTrigger::new(),
            findings: ArcTrigger::new(),
            listeners: RefCell::default(),
        };
        let saving = RwSignal::new(SaveState::Saved);
        Self {
            inner: StoredValue::new_local(Rc::new(inner)),
            saving,
            closed: Memo::new(move |_| saving.get() == SaveState::ReadOnly),
            notices: RwSignal::new(Vec::new()),
            present: RwSignal::new(Vec::new()),
            folder: RwSignal::new(FolderState::Off),
            following: StoredValue::new_local(None),
            steps: RwSignal::new((None, None)),
            named: RwSignal::new((None, None)),
            toasts: toasts(),
            held: RwSignal::new_local(None),
            thawed: RwSignal::new(None),
            seen: RwSignal::new(BTreeSet::new()),
            marks: RwSignal::new(Arc::default()),
            refusals: Trigger::new(),
            reasons: RwSignal::new(None),
            guest: RwSignal::new(false),
            clashes: RwSignal::new(Vec::new()),
            looked: StoredValue::new(None),
            looking: StoredValue::new_local(None),
            beside: RwSignal::new(Vec::new()),
            file: use_one_file(),
        }
    }

    /// Gives the handle its plan.
    pub fn attach(&self, runtime: Runtime) {
        let inner = self.inner.get_value();
        *inner.board.borrow_mut() = runtime.with(|session| Board::new(session.plan()));
        self.saving
            .set(runtime.with(|session| session.save_state()));
        last_resort::set_rescuer(Some(rescuer(runtime.clone())));
        let (folder, id) = (self.folder, runtime.with(weft_session::Session::id));
        let hear = move |state| {
            crate::ui::past::note_followers(id, &state);
            folder.try_set(state);
        };
        let following = Following::new(runtime.clone(), hear);
        self.following.set_value(Some(following));
        *inner.runtime.borrow_mut() = Some(runtime);
        self.seen.set(talking::seen_of(self.id()));
        self.count_marks();
        self.count_steps();
        self.look_for_clashes();
        self.see_who_is_here();
    }

    /// Lets the plan go: its tab line, its lock, its memory.
    pub fn detach(&self) {
        if let Some(Some(following)) = self.following.try_update_value(Option::take) {
            following.stop();
        }
        if let Some(inner) = self.inner.try_get_value() {
            inner.runtime.borrow_mut().take();
        }
        last_resort::set_rescuer(None);
    }

    /// Says something in passing, with a way to take it back.
    pub fn say(&self, text: impl Into<String>) {
        self.toasts.say(text);
    }

    /// Takes in what the runtime tells. Before `attach` nothing is drawn yet.
    pub fn hear(&self, heard: Heard) {
        // A write may end after its plan was closed: nobody looks any more.
        if self.saving.is_disposed() {
            return;
        }
        match heard {
            Heard::Changed(change) => self.changed(&change),
            Heard::Saving(state) => {
                if self.saving.with_untracked(|now| *now != state) {
                    self.saving.set(state);
                }
            }
            Heard::Presence => self.see_who_is_here(),
            Heard::Notice(notice) => self.notices.update(|all| {
                if !all.contains(&notice) {
                    all.push(notice);
                }
            }),
        }
    }

    /// What follows the shared folder; nothing before the plan is there.
    pub fn following(&self) -> Option<Following> {
        self.following.try_get_value().flatten()
    }

    fn see_who_is_here(&self) {
        let present = self.session(weft_session::Session::present);
        let present = present.unwrap_or_default();
        if self.present.with_untracked(|known| *known != present) {
            self.present.set(present);
        }
    }

    /// Puts a notice away.
    pub fn dismiss(&self, notice: &Notice) {
        self.notices
            .update(|all| all.retain(|known| known != notice));
    }

    fn changed(&self, change: &Change) {
        let inner = self.inner.get_value();
        let Some(runtime) = inner.runtime.borrow().clone() else {
            return;
        };
        self.file.changed();
        runtime.with(|session| inner.board.borrow_mut().apply(session.plan(), change));
        let listeners: Vec<_> = inner
            .listeners
            .borrow()
            .iter()
            .map(|(_, l)| Rc::clone(l))
            .collect();
        for listener in listeners {
            listener(change);
        }
        if change.whole {
            inner.kinds.values().for_each(ArcTrigger::notify);
            inner.items.borrow().values().for_each(ArcTrigger::notify);
            inner.weave.notify();
        } else {
            let mut kinds: Vec<Kind> = change.items.keys().map(|item| item.kind).collect();
            kinds.dedup();
            for kind in kinds {
                if let Some(trigger) = inner.kinds.get(&kind) {
                    trigger.notify();
                }
            }
            for item in change.items.keys() {
                let trigger = inner.items.borrow().get(item).cloned();
                if let Some(trigger) = trigger {
                    trigger.notify();
                }
            }
            if !change.links.is_empty() {
                inner.weave.notify();
            }
        }
        self.mark_changed(change);
        inner.findings.notify();
        self.count_steps();
        self.look_for_clashes();
    }

    /// The plan as it runs; nothing before it is there.
    pub(super) fn runtime(&self) -> Option<Runtime> {
        self.inner.get_value().runtime.borrow().clone()
    }

    pub(super) fn session<T>(&self, look: impl FnOnce(&weft_session::Session) -> T) -> Option<T> {
        let inner = self.inner.try_get_value()?;
        let runtime = inner.runtime.borrow();
        runtime.as_ref().map(|runtime| runtime.with(look))
    }

    // ---- reading -----------------------------------------------------------

    /// The plan's id.
    pub fn id(&self) -> Uid {
        self.session(weft_session::Session::id).unwrap_or_default()
    }

    /// When the plan was last edited, in milliseconds since 1970.
    pub fn edited_millis(&self) -> i64 {
        self.session(|session| session.card().edited_millis)
            .unwrap_or_default()
    }

    /// Which plan this is and how far it has come: other bytes whenever anything of
    /// it reads differently.
    pub fn moment(&self) -> Vec<u8> {
        let of = |session: &weft_session::Session| {
            [
                session.id().to_string().into_bytes(),
                session.version().encode(),
            ]
            .concat()
        };
        self.session(of).unwrap_or_default()
    }

    /// Looks at the plan, without following it.
    pub fn plan<T>(&self, look: impl FnOnce(&Plan) -> T) -> T {
        let inner = self.inner.get_value();
        let runtime = inner.runtime.borrow();
        match runtime.as_ref() {
            Some(runtime) => runtime.with(|session| look(session.plan())),
            None => look(&Plan::new()),
        }
    }

    /// Looks at what is derived from the plan, without following it.
    pub fn board<T>(&self, look: impl FnOnce(&Board) -> T) -> T {
        look(&self.inner.get_value().board.borrow())
    }

    /// Both at once.
    pub fn plan_and_board<T>(&self, look: impl FnOnce(&Plan, &Board) -> T) -> T {
        self.plan(|plan| self.board(|board| look(plan, board)))
    }

    /// The language in which the plan's texts are read and written: that of
    /// the screen. Reactive.
    pub fn lang(&self) -> Lang {
        Lang::new(language().tag()).unwrap_or_else(Lang::en)
    }

    /// A text of the plan for the reader. Reactive in the language.
    pub fn show(&self, text: &Text) -> String {
        text.show(&self.lang()).to_owned()
    }

    /// The title by which people know an item. Reactive in the language, and
    /// in the item.
    pub fn title(&self, item: ItemId) -> String {
        self.follow_item(item);
        let text = self.plan(|plan| plan.title(item));
        self.show(&text)
    }

    /// Whether nothing may be written. Reactive.
    pub fn read_only(&self) -> bool {
        self.closed.get()
    }

    /// Gets ready for the first edit.
    pub fn unpack(&self) {
        self.session(weft_session::Session::unpack);
    }

    // ---- following ---------------------------------------------------------

    /// Wakes the caller when any item of this kind comes, goes or changes.
    pub fn follow(&self, kind: Kind) {
        if let Some(trigger) = self.inner.get_value().kinds.get(&kind) {
            trigger.track();
        }
    }

    /// Wakes the caller when this item changes.
    pub fn follow_item(&self, item: ItemId) {
        let inner = self.inner.get_value();
        let trigger = inner.items.borrow_mut().entry(item).or_default().clone();
        trigger.track();
    }

    /// Wakes the caller when any link changes.
    pub fn follow_weave(&self) {
        self.inner.get_value().weave.track();
    }

    /// Wakes the caller after every change: totals, coverage, findings.
    pub fn follow_board(&self) {
        self.inner.get_value().findings.track();
    }

    /// Wakes the caller where what was typed into a field was not taken: it shows
    /// what stands.
    pub fn follow_refusals(&self) {
        self.refusals.track();
    }

    /// Tells the fields that what was typed was not taken.
    pub(super) fn refused(&self) {
        self.refusals.notify();
    }

    /// Calls `listener` with every change, at once; until the owner is gone.
    /// For what draws itself, such as the Weave.
    pub fn on_change(&self, listener: impl Fn(&Change) + 'static) {
        let inner = self.inner.get_value();
        let number = device::chance();
        inner
            .listeners
            .borrow_mut()
            .push((number, Rc::new(listener)));
        let gone = StoredValue::new_local(Rc::clone(&inner));
        on_cleanup(move || {
            if let Some(inner) = gone.try_get_value() {
                inner
                    .listeners
                    .borrow_mut()
                    .retain(|(known, _)| *known != number);
            }
        });
    }
}

impl Default for Editor {
    fn default() -> Self {
        Self::new()
    }
}

/// A copy of the plan for the screen of last resort. Whatever is in disorder by
/// then gives nothing rather than a second panic.
fn rescuer(runtime: Runtime) -> Box<dyn Fn() -> Option<Rescue>> {
    Box::new(move || {
        let bytes = runtime.try_with(|session| weft_exchange::weft_json::export(session.plan()))?;
        Some(Rescue {
            name: "weft.json".to_owned(),
            bytes,
        })
    })
}

/// The language of the screen, without following it.
pub fn language_untracked() -> Lang {
    untrack(|| Lang::new(language().tag()).unwrap_or_else(Lang::en))
}

/// The open plan; pages are only shown when there is one.
pub fn use_editor() -> Editor {
    use_context::<Editor>().unwrap_or_default()
}
