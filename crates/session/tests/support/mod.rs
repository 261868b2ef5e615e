//! A device in memory: tabs that run real sessions on one store that can be
//! made to fail, and a line between them.
#![allow(dead_code, clippy::unwrap_used, reason = "each test uses a part of it")]

use std::cell::RefCell;
use std::rc::Rc;

use weft_document::{Author, PeerId};
use weft_model::{
    Act, Change, Command, ItemId, Kind, Lang, Spot, Subject, Uid, Value, Verb, field,
};
use weft_session::{
    Card, Effect, Event, LineId, LineKind, Notice, OpenProblem, Opening, Parting, SaveState,
    Session, StoreError, Untaken,
};

/// The line between the tabs of a device.
pub const TABS: LineId = LineId(0);
pub const PLAN: Uid = Uid(0x57EF7);

/// What the next calls of a store do, one entry a call; then all succeed.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    Error(StoreError),
    /// Never answers.
    Hang,
}

#[derive(Debug, Default)]
pub struct MemoryStore {
    pub records: Vec<(u64, Vec<u8>)>,
    pub card: Option<Card>,
    pub calls: usize,
    next: u64,
    faults: Vec<(usize, Fault)>,
}

impl MemoryStore {
    /// The n-th call from now on (0: the next) goes wrong.
    pub fn fail(&mut self, call: usize, fault: Fault) {
        self.faults.push((self.calls + call, fault));
    }

    /// Puts a record there by hand.
    pub fn put(&mut self, key: u64, record: Vec<u8>) {
        self.records.push((key, record));
        self.next = self.next.max(key + 1);
    }

    /// What the records hold, without their frames.
    pub fn bodies(&self) -> Vec<Vec<u8>> {
        let records = self.records.iter().map(|(_, record)| record.as_slice());
        let read = weft_session::log::read_records(records);
        read.good.iter().map(|(_, body)| body.to_vec()).collect()
    }

    fn call(&mut self) -> Option<Fault> {
        let call = self.calls;
        self.calls += 1;
        let at = self.faults.iter().position(|(at, _)| *at == call)?;
        Some(self.faults.remove(at).1)
    }

    fn put_card(&mut self, card: Card) {
        if self.call().is_none() {
            self.card = Some(card);
        }
    }

    fn rewrite(&mut self, remove: &[u64], records: Vec<Vec<u8>>, card: Card) -> Option<Fault> {
        let fault = self.call();
        if fault.is_none() {
            self.records.retain(|(key, _)| !remove.contains(key));
            for record in records {
                self.records.push((self.next, record));
                self.next += 1;
            }
            self.card = Some(card);
        }
        fault
    }
}

pub type Store = Rc<RefCell<MemoryStore>>;

/// A tab: a session with its surroundings.
pub struct Tab {
    pub session: Session,
    pub store: Store,
    pub now: i64,
    pub changes: Vec<Change>,
    pub notices: Vec<Notice>,
    pub shown: Vec<SaveState>,
    pub said: Vec<(LineId, Vec<u8>)>,
    pub closed: Vec<LineId>,
    pub wake: Option<i64>,
    pub beat: Option<i64>,
    /// What was done is to be written and said.
    pub due: bool,
    pub refused: usize,
    pub untaken: Vec<Untaken>,
}

impl Tab {
    pub fn open(store: &Store, peer: u64, now: i64) -> Result<Self, OpenProblem> {
        let mut tab = Self::open_alone(store, peer, now)?;
        let kind = LineKind::Tabs;
        tab.send(Event::Joined { line: TABS, kind });
        Ok(tab)
    }

    /// Without a line to other tabs.
    pub fn open_alone(store: &Store, peer: u64, now: i64) -> Result<Self, OpenProblem> {
        Self::open_as(store, peer, now, 7)
    }

    /// Without a line to other tabs, under another name.
    pub fn open_as(store: &Store, peer: u64, now: i64, who: u64) -> Result<Self, OpenProblem> {
        let (session, effects) = {
            let held = store.borrow();
            weft_session::open(Opening {
                records: held
                    .records
                    .iter()
                    .map(|(_, record)| record.as_slice())
                    .collect(),
                plan: PLAN,
                card: held.card.clone(),
                peer: PeerId(peer),
                author: Author {
                    uid: Uid(who),
                    name: "Lin Jing".into(),
                    ..Default::default()
                },
                now,
            })?
        };
        let mut tab = Self {
            session,
            store: Rc::clone(store),
            now,
            changes: Vec::new(),
            notices: Vec::new(),
            shown: Vec::new(),
            said: Vec::new(),
            closed: Vec::new(),
            wake: None,
            beat: None,
            due: false,
            refused: 0,
            untaken: Vec::new(),
        };
        tab.perform(effects);
        Ok(tab)
    }

    pub fn send(&mut self, event: Event) {
        self.now += 1;
        let effects = self.session.handle(self.now, event);
        self.perform(effects);
    }

    /// As `send`, at a moment of one's choice.
    pub fn session_send_at(&mut self, now: i64, event: Event) {
        let effects = self.session.handle(now, event);
        self.perform(effects);
    }

    pub fn act(&mut self, act: Act) {
        self.send(Event::Acted(act));
    }

    /// Lets what was put off be written and said, if anything was.
    pub fn pay(&mut self) {
        if std::mem::take(&mut self.due) {
            let effects = self.session.handle(self.now, Event::Due);
            self.perform(effects);
        }
    }

    /// Lets the time pass until nothing waits for it any more.
    pub fn rest(&mut self) {
        for _ in 0..100 {
            let Some(at) = self.wake.take() else { return };
            self.now = self.now.max(at);
            self.send(Event::Woke);
        }
        panic!("never comes to rest");
    }

    pub fn state(&self) -> SaveState {
        self.session.save_state()
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Append {
                    ticket,
                    records,
                    card,
                } => {
                    let fault = self.store.borrow_mut().rewrite(&[], records, card);
                    match fault {
                        None => self.send(Event::Written { ticket }),
                        Some(Fault::Error(error)) => {
                            self.send(Event::WriteFailed { ticket, error })
                        }
                        Some(Fault::Hang) => {}
                    }
                }
                Effect::ReadLog => {
                    let fault = self.store.borrow_mut().call();
                    let records = self.store.borrow().records.clone();
                    match fault {
                        None => self.send(Event::LogRead(records)),
                        Some(Fault::Error(_)) => self.send(Event::ReplaceFailed),
                        Some(Fault::Hang) => {}
                    }
                }
                Effect::Replace {
                    remove,
                    record,
                    card,
                } => {
                    let bytes = record.len() as u64;
                    let fault = self.store.borrow_mut().rewrite(&remove, vec![record], card);
                    match fault {
                        None => self.send(Event::Replaced { bytes }),
                        Some(Fault::Error(_)) => self.send(Event::ReplaceFailed),
                        Some(Fault::Hang) => {}
                    }
                }
                Effect::Card(card) => self.store.borrow_mut().put_card(card),
                Effect::Say { line, frame } => self.said.push((line, frame)),
                Effect::Close(line) => self.closed.push(line),
                Effect::Presence => {}
                Effect::Wake(at) | Effect::Watch(at) => {
                    self.wake = Some(self.wake.map_or(at, |known| known.min(at)))
                }
                Effect::Beat(at) => self.beat = Some(self.beat.map_or(at, |known| known.min(at))),
                Effect::Due => self.due = true,
                Effect::Changed(change) => self.changes.push(change),
                Effect::Show(state) => self.shown.push(state),
                Effect::Notify(notice) => self.notices.push(notice),
                Effect::Refuse(_) => self.refused += 1,
                Effect::Untaken(why) => self.untaken.push(why),
            }
        }
    }

    pub fn titles(&self) -> Vec<String> {
        let plan = self.session.plan();
        plan.modules
            .iter()
            .map(|module| module.title.get(&Lang::en()).to_owned())
            .collect()
    }
}

/// One frame by itself.
pub fn heard(line: LineId, frame: Vec<u8>) -> Event {
    let frames = vec![frame];
    Event::Heard { line, frames }
}

/// Carries what the tabs say to each other until all are silent.
pub fn talk(tabs: &mut [Tab]) {
    for _ in 0..50 {
        let mut quiet = true;
        for from in 0..tabs.len() {
            for (line, frame) in std::mem::take(&mut tabs[from].said) {
                quiet = false;
                for to in (0..tabs.len()).filter(|to| *to != from) {
                    let frame = frame.clone();
                    tabs[to].send(heard(line, frame));
                }
            }
        }
        if quiet {
            return;
        }
    }
    panic!("the tabs never fall silent");
}

/// Two devices that hold one plan, and the line that is to be between them.
pub fn pair() -> (Tab, Tab, LineId) {
    let store = Store::default();
    let mut school = Tab::open_alone(&store, 1, 0).unwrap();
    school.act(add_module(1, "Turning"));
    let copy = Store::default();
    copy.borrow_mut()
        .records
        .clone_from(&store.borrow().records);
    let works = Tab::open_alone(&copy, 2, 0).unwrap();
    (school, works, LineId(9))
}

/// Both open the line, and talk.
pub fn join(tabs: &mut [Tab], line: LineId) {
    for tab in tabs.iter_mut() {
        let kind = LineKind::Partner;
        tab.send(Event::Joined { line, kind });
    }
    talk(tabs);
}

/// Why the exchange was ended here.
pub fn parted(tab: &Tab) -> Option<Parting> {
    tab.notices.iter().find_map(|notice| match notice {
        Notice::Parted { why, .. } => Some(*why),
        _ => None,
    })
}

/// Adds a module with this uid and title.
pub fn add_module(uid: u64, title: &str) -> Act {
    let item = ItemId {
        kind: Kind::Module,
        uid: Uid(uid),
    };
    let fields = vec![(field::module::title.lang(Lang::en()), Value::str(title))];
    Act::one(
        Verb::Add,
        Subject::Plan,
        Command::Add {
            item,
            owner: None,
            spot: Spot::Last,
            fields,
        },
    )
}
