//! Runs a session in the browser: carries events in and effects out. The only
//! place that spawns. It moves bytes and calls; what they mean is `session`'s
//! business.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::{Rc, Weak};

use gloo::events::EventListener;
use wasm_bindgen_futures::spawn_local;
use weft_document::{Author, PeerId};
use weft_model::{Act, Change, EditError, Uid};
use weft_session::{
    Card, Effect, Event, LineId, LineKind, Notice, OpenProblem, Opening, SaveState, Session,
    StoreError, Untaken,
};

use super::channel::Channel;
use super::device::{chance, now_millis};
use super::hearing::Hearing;
use super::locks::Lead;
use super::store::{Store, Upset};
use super::unsaved;
use super::{task, timer};

/// What the face hears of an open plan.
#[derive(Clone, Debug)]
pub enum Heard {
    /// The plan changed.
    Changed(Change),
    /// How safe the plan is.
    Saving(SaveState),
    /// Something that the person should know.
    Notice(Notice),
    /// Who else is here, or where, is different now.
    Presence,
}

/// The line to the other tabs of this device.
pub(super) const TABS: LineId = LineId(0);

/// Why a plan could not be opened.
#[derive(Clone, Debug, PartialEq)]
pub enum OpenFailure {
    /// The storage does not answer.
    Store(StoreError),
    /// There is no such plan on this device.
    NoSuchPlan,
    /// Its log cannot be read.
    Plan(OpenProblem),
    /// The part of the program that opens plans did not come.
    PartMissing,
}

thread_local! {
    /// Writes on their way, by plan. A plan may be closed and opened again while
    /// the last edits of the first opening are still being written one after the
    /// other: the second one would read a log without them.
    static WRITING: RefCell<HashMap<String, usize>> = RefCell::default();
}

/// For how many frames the opening of a plan waits for such writes, some seconds
/// at most: a store that hangs must not keep the plan closed.
const PATIENCE: u32 = 120;

/// One write on its way, for as long as it lives.
struct Writing(String);

impl Writing {
    fn begin(plan: &str) -> Self {
        WRITING.with_borrow_mut(|all| *all.entry(plan.to_owned()).or_default() += 1);
        Self(plan.to_owned())
    }

    /// Waits until no write of this plan is on its way.
    async fn none_left(plan: &str) {
        for _ in 0..PATIENCE {
            if WRITING.with_borrow(|all| all.get(plan).is_none_or(|count| *count == 0)) {
                return;
            }
            timer::breathe().await;
        }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        WRITING.with_borrow_mut(|all| {
            if let Some(count) = all.get_mut(&self.0) {
                *count = count.saturating_sub(1);
            }
        });
    }
}

/// An open plan. Clones are the same plan; it closes when the last one goes.
#[derive(Clone)]
pub struct Runtime {
    pub(super) inner: Rc<Inner>,
}

impl Inner {
    fn say(&self, line: LineId, frame: &[u8]) {
        if line == TABS
            && let Some(channel) = self.channel.borrow().as_ref()
        {
            channel.tell(frame);
        }
    }

    fn take_leave(&self) {
        let Ok(session) = self.session.try_borrow() else {
            return;
        };
        for (line, frame) in session.goodbyes() {
            self.say(line, &frame);
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        unsaved::note(self.opening, &self.plan, false);
        self.take_leave();
    }
}

pub(super) struct Inner {
    plan: String,
    /// Tells this opening from another one of the same plan.
    opening: u64,
    session: RefCell<Session>,
    store: Store,
    pub(super) listener: Box<dyn Fn(Heard)>,
    channel: RefCell<Option<Channel>>,
    pub(super) hearing: Hearing,
    lead: RefCell<Option<Lead>>,
    /// Hears when the page is closed.
    closing: RefCell<Option<EventListener>>,
}

/// Whether a plan was deleted for good in this tab, and its card as one that was
/// deleted if it was put aside: a late write must not bring it back.
fn put_aside(plan: &str, card: Card) -> (bool, Card) {
    match unsaved::aside(plan) {
        Some(0) => (true, card),
        Some(at) => {
            let deleted_millis = Some(at);
            (
                false,
                Card {
                    deleted_millis,
                    ..card
                },
            )
        }
        None => (false, card),
    }
}

impl Runtime {
    /// Opens a plan of this device.
    pub async fn open(
        store: Store,
        plan: Uid,
        author: Author,
        listener: impl Fn(Heard) + 'static,
    ) -> Result<Self, OpenFailure> {
        let name = plan.to_string();
        // Listen before reading: what another tab writes in between would
        // otherwise be in neither.
        let early: Rc<RefCell<Vec<Vec<u8>>>> = Rc::default();
        let target: Rc<RefCell<Weak<Inner>>> = Rc::default();
        let channel = Channel::open(&format!("weft:{name}"), {
            let (early, target) = (Rc::clone(&early), Rc::clone(&target));
            move |bytes| {
                let inner = target.borrow().upgrade();
                match inner {
                    Some(inner) => Self { inner }.hear(bytes),
                    None => early.borrow_mut().push(bytes),
                }
            }
        });
        Writing::none_left(&name).await;
        let held = store.log_and_card(&name).await;
        let (records, card) = held.map_err(OpenFailure::Store)?;
        if records.is_empty() {
            return Err(OpenFailure::NoSuchPlan);
        }
        let opening = Opening {
            records: records.iter().map(|(_, bytes)| bytes.as_slice()).collect(),
            plan,
            card: card.as_deref().and_then(Card::read),
            peer: PeerId(chance()),
            author,
            now: now_millis(),
        };
        let (mut session, effects) = weft_session::open(opening).map_err(OpenFailure::Plan)?;
        session.put_off();
        let inner = Rc::new(Inner {
            plan: name.clone(),
            opening: chance(),
            session: RefCell::new(session),
            store,
            listener: Box::new(listener),
            channel: RefCell::new(channel),
            hearing: Hearing::default(),
            lead: RefCell::new(None),
            closing: RefCell::new(None),
        });
        let runtime = Self { inner };
        *target.borrow_mut() = Rc::downgrade(&runtime.inner);
        let weak = Rc::downgrade(&runtime.inner);
        runtime.inner.store.on_upset(move |upset| {
            if let Some(inner) = weak.upgrade() {
                Self { inner }.upset(upset);
            }
        });
        let weak = Rc::downgrade(&runtime.inner);
        let lead = Lead::ask(&format!("weft:{name}"), move || {
            if let Some(inner) = weak.upgrade() {
                Self { inner }.send_later(Event::Led(true));
            }
        });
        *runtime.inner.lead.borrow_mut() = Some(lead);
        let weak = Rc::downgrade(&runtime.inner);
        *runtime.inner.closing.borrow_mut() = web_sys::window().map(|window| {
            EventListener::new(&window, "pagehide", move |_| {
                if let Some(inner) = weak.upgrade() {
                    inner.take_leave();
                }
            })
        });
        runtime.perform(effects);
        if runtime.inner.channel.borrow().is_some() {
            let kind = LineKind::Tabs;
            runtime.send(Event::Joined { line: TABS, kind });
        }
        for bytes in early.take() {
            runtime.hear(bytes);
        }
        Ok(runtime)
    }

    /// Does something to the plan, or says why it is impossible.
    pub fn act(&self, act: Act) -> Result<(), EditError> {
        let mut effects = self.handle(Event::Acted(act));
        let refused = effects
            .iter()
            .position(|effect| matches!(effect, Effect::Refuse(_)));
        let refused = refused.map(|at| effects.remove(at));
        self.perform(effects);
        match refused {
            Some(Effect::Refuse(error)) => Err(error),
            _ => Ok(()),
        }
    }

    /// Takes in what came from elsewhere, or says why it was not taken.
    pub fn take(&self, event: Event) -> Result<(), Untaken> {
        let mut effects = self.handle(event);
        let refused = effects
            .iter()
            .position(|effect| matches!(effect, Effect::Untaken(_)));
        let refused = refused.map(|at| effects.remove(at));
        self.perform(effects);
        match refused {
            Some(Effect::Untaken(why)) => Err(why),
            _ => Ok(()),
        }
    }

    /// Lets the session know of something.
    pub fn send(&self, event: Event) {
        let effects = self.handle(event);
        self.perform(effects);
    }

    /// Looks at the session.
    pub fn with<T>(&self, look: impl FnOnce(&Session) -> T) -> T {
        look(&self.inner.session.borrow())
    }

    /// Looks at the session if nobody is changing it: for the last resort.
    pub fn try_with<T>(&self, look: impl FnOnce(&Session) -> T) -> Option<T> {
        self.inner
            .session
            .try_borrow()
            .ok()
            .map(|session| look(&session))
    }

    /// The records of the plan: those that the device holds, and behind them
    /// those that are on their way there; one may be among both.
    pub async fn log(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        // First: what arrives meanwhile is read.
        let unsaved = self.with(Session::unsaved);
        let log = self.inner.store.log(&self.inner.plan).await?;
        let saved = log.into_iter().map(|(_, record)| record);
        Ok(saved.chain(unsaved).collect())
    }

    pub(super) fn handle(&self, event: Event) -> Vec<Effect> {
        self.inner.session.borrow_mut().handle(now_millis(), event)
    }

    /// As `send`, but after whatever runs now has ended.
    fn send_later(&self, event: Event) {
        let runtime = self.clone();
        spawn_local(async move { runtime.send(event) });
    }

    fn upset(&self, upset: Upset) {
        match upset {
            Upset::Gone => self.send_later(Event::StorageGone),
            Upset::Newer => self.send_later(Event::StorageNewer),
        }
    }

    pub(super) fn perform(&self, effects: Vec<Effect>) {
        // The first that waits for a task of its own: what was done is on its way to the
        // device before anything is said of it.
        if effects.iter().any(|effect| matches!(effect, Effect::Due)) {
            self.due_soon();
        }
        for effect in effects {
            match effect {
                Effect::Append {
                    ticket,
                    records,
                    card,
                } => self.append(ticket, records, card),
                Effect::Card(card) => self.put_card(card),
                Effect::Say { line, frame } => self.say_soon(line, frame),
                // The line to the tabs is never closed from within.
                Effect::Close(_) => {}
                Effect::Presence => (self.inner.listener)(Heard::Presence),
                Effect::Wake(at) => {
                    let wait = (at - now_millis()).clamp(0, 60_000) as u32;
                    // Holds the plan, though it be closed meanwhile: what the
                    // device did not take is nowhere else. Whoever opens it again
                    // gets that over the channel, as from another tab.
                    let runtime = self.clone();
                    gloo::timers::callback::Timeout::new(wait, move || {
                        runtime.send(Event::Woke);
                    })
                    .forget();
                }
                Effect::Watch(at) => self.later(at, Event::Woke),
                Effect::Beat(at) => self.later(at, Event::Beat),
                // Above.
                Effect::Due => {}
                Effect::Changed(change) => self.tell(change),
                Effect::Show(state) => {
                    let failing = matches!(state, SaveState::Failing(_));
                    unsaved::note(self.inner.opening, &self.inner.plan, failing);
                    (self.inner.listener)(Heard::Saving(state));
                }
                Effect::Notify(notice) => (self.inner.listener)(Heard::Notice(notice)),
                // `act` and `take` have taken the answers out.
                Effect::Refuse(_) | Effect::Untaken(_) => {}
                Effect::ReadLog => self.read_log(),
                Effect::Replace {
                    remove,
                    record,
                    card,
                } => self.replace(remove, record, card),
            }
        }
    }

    /// As `Inner::say`, once the person sees what they have done. What was said
    /// first is heard first.
    fn say_soon(&self, line: LineId, frame: Vec<u8>) {
        let runtime = self.clone();
        spawn_local(async move {
            task::next_task().await;
            runtime.inner.say(line, &frame);
        });
    }

    /// Lets the session write and say what was done, once the person sees it: both
    /// take as long as the edit itself. Holds the plan, though it be closed meanwhile.
    fn due_soon(&self) {
        let runtime = self.clone();
        let writing = Writing::begin(&self.inner.plan);
        spawn_local(async move {
            task::next_task().await;
            runtime.send(Event::Due);
            drop(writing);
        });
    }

    /// Sends an event at a time, if the plan is still open or being written then.
    fn later(&self, at: i64, event: Event) {
        let wait = (at - now_millis()).clamp(0, 60_000) as u32;
        let weak = Rc::downgrade(&self.inner);
        gloo::timers::callback::Timeout::new(wait, move || {
            if let Some(inner) = weak.upgrade() {
                Self { inner }.send(event);
            }
        })
        .forget();
    }

    fn append(&self, ticket: u64, records: Vec<Vec<u8>>, card: Card) {
        let runtime = self.clone();
        // Until what follows from this write, mostly the next one, has begun.
        let writing = Writing::begin(&self.inner.plan);
        spawn_local(async move {
            let Inner { store, plan, .. } = &*runtime.inner;
            // Talking to the store takes as long as the edit itself: the person
            // sees the edit first.
            task::next_task().await;
            let (gone, card) = put_aside(plan, card);
            if gone {
                runtime.send(Event::Written { ticket });
                return;
            }
            let event = match store.append(plan, &records, &card.write()).await {
                Ok(()) => Event::Written { ticket },
                Err(error) => Event::WriteFailed { ticket, error },
            };
            runtime.send(event);
            drop(writing);
        });
    }

    fn put_card(&self, card: Card) {
        let runtime = self.clone();
        spawn_local(async move {
            let Inner { store, plan, .. } = &*runtime.inner;
            let (gone, card) = put_aside(plan, card);
            if !gone {
                drop(store.put_card(plan, &card.write()).await);
            }
        });
    }

    fn read_log(&self) {
        let runtime = self.clone();
        spawn_local(async move {
            let log = runtime.inner.store.log(&runtime.inner.plan).await;
            runtime.send(log.map_or(Event::ReplaceFailed, Event::LogRead));
        });
    }

    fn replace(&self, remove: Vec<u64>, record: Vec<u8>, card: Card) {
        let runtime = self.clone();
        spawn_local(async move {
            let Inner { store, plan, .. } = &*runtime.inner;
            let bytes = record.len() as u64;
            let (gone, card) = put_aside(plan, card);
            if gone {
                runtime.send(Event::ReplaceFailed);
                return;
            }
            let done = store.rewrite(plan, &remove, &[record], &card.write()).await;
            runtime.send(done.map_or(Event::ReplaceFailed, |()| Event::Replaced { bytes }));
        });
    }
}
