//! A device of the simulation: a store, one or two tabs on it, its clock, what
//! is on its way to it, and its part in the shared folder.

use std::collections::BTreeMap;

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use weft_document::Version;
use weft_model::Uid;
use weft_session::folder::{Folder, Listed};
use weft_session::{Event, LineId, LineKind};

use crate::copies::CopyFile;
use crate::support::{PLAN, Store, TABS, Tab};

/// What one device sees of the folder: name, bytes and when it was changed.
pub type Drive = BTreeMap<String, (Vec<u8>, i64)>;

/// A tab, and what the other tabs have said to it.
pub struct Open {
    pub tab: Tab,
    pub heard: Vec<Vec<u8>>,
    /// Whoever opens the plan again goes on where the tab before was: what one
    /// wrote, the next one knows.
    pub lineage: usize,
    /// When its beat is due, by the time that no clock changes.
    pub beat: Option<i64>,
}

pub struct Device {
    pub number: usize,
    pub store: Store,
    /// The first one holds the lines to partners and follows the folder.
    pub tabs: Vec<Open>,
    /// Which device is at the other end of which line.
    pub lines: Vec<(LineId, usize)>,
    pub heard: Vec<(LineId, Vec<u8>)>,
    pub folder: Folder,
    pub seen: Drive,
    /// Files and links that have come in and lie there.
    pub mail: Vec<Mail>,
    /// How far each partner was when it last sent a file.
    pub known: BTreeMap<usize, Version>,
    /// How far its clock is off.
    pub off: i64,
}

#[derive(Clone)]
pub enum Mail {
    File {
        from: usize,
        bytes: Vec<u8>,
    },
    /// A copy without the history of the plan that comes back.
    Copy(CopyFile),
    Link(String),
}

impl Device {
    pub fn new(number: usize, records: &[(u64, Vec<u8>)], off: i64) -> Self {
        let store = Store::default();
        for (key, record) in records {
            store.borrow_mut().put(*key, record.clone());
        }
        Self {
            number,
            store,
            tabs: Vec::new(),
            lines: Vec::new(),
            heard: Vec::new(),
            folder: Folder::new(PLAN, Uid(900 + number as u64), number as u64),
            seen: Drive::new(),
            mail: Vec::new(),
            known: BTreeMap::new(),
            off,
        }
    }

    pub fn first(&mut self) -> &mut Tab {
        &mut self.tabs[0].tab
    }

    /// Opens the plan in one more tab.
    pub fn open(&mut self, peer: u64, time: i64, lineage: usize) {
        let who = 900 + self.number as u64;
        let mut tab = Tab::open_as(&self.store, peer, time + self.off, who).unwrap();
        // As the editor does; the others write and say at once.
        if peer.is_multiple_of(2) {
            tab.session.put_off();
        }
        self.tabs.push(Open {
            tab,
            heard: Vec::new(),
            lineage,
            beat: None,
        });
        let at = self.tabs.len() - 1;
        let kind = LineKind::Tabs;
        self.send(at, time, Event::Joined { line: TABS, kind });
        if at == 0 {
            self.take_over(peer, time);
        }
    }

    /// The first tab has died; the next one does what it did.
    pub fn take_over(&mut self, chance: u64, time: i64) {
        self.heard.clear();
        self.folder = Folder::new(PLAN, Uid(900 + self.number as u64), chance);
        for (line, _) in self.lines.clone() {
            let kind = LineKind::Partner;
            self.send(0, time, Event::Joined { line, kind });
        }
    }

    pub fn send(&mut self, at: usize, time: i64, event: Event) {
        let now = time + self.off;
        let open = &mut self.tabs[at];
        open.tab.now = now;
        open.tab.session_send_at(now, event);
        // A timer runs by a time of its own from when it is set.
        if let Some(due) = open.tab.beat.take() {
            assert!(open.beat.is_none(), "one beat at a time");
            open.beat = Some(time + (due - now).clamp(0, 60_000));
        }
    }

    /// Lets a tab's timer ring, if it has one.
    pub fn ring(&mut self, at: usize, time: &mut i64) {
        if let Some(due) = self.tabs[at].beat.take() {
            *time = due.max(*time);
            self.send(at, *time, Event::Beat);
        }
    }

    /// What tabs have said to each other is heard by those that live.
    pub fn hear_tabs(&mut self, at: usize, time: i64, count: usize) {
        let heard = &mut self.tabs[at].heard;
        let count = count.min(heard.len());
        let frames: Vec<Vec<u8>> = heard.drain(..count).collect();
        self.send(at, time, Event::Heard { line: TABS, frames });
    }

    /// What lies there together of one line comes at one go.
    pub fn hear(&mut self, time: i64, count: usize) {
        let count = count.min(self.heard.len());
        let heard: Vec<(LineId, Vec<u8>)> = self.heard.drain(..count).collect();
        for some in heard.chunk_by(|one, next| one.0 == next.0) {
            let line = some[0].0;
            let frames = some.iter().map(|it| it.1.clone()).collect();
            self.send(0, time, Event::Heard { line, frames });
        }
    }

    /// Reads what it sees of the folder, and writes what is due.
    pub fn round(&mut self, drive: &mut Drive, time: i64) {
        let own = self.folder.own_file().to_owned();
        // One's own file is always whole; the others' come late.
        match drive.get(&own) {
            Some(file) => drop(self.seen.insert(own.clone(), file.clone())),
            None => drop(self.seen.remove(&own)),
        }
        let list = |(name, (bytes, changed)): (&String, &(Vec<u8>, i64))| Listed {
            name: name.clone(),
            size: bytes.len() as u64,
            changed: *changed,
        };
        let listing: Vec<Listed> = self.seen.iter().map(list).collect();
        for (name, _) in self.folder.listed(&listing) {
            let bytes = self.seen[&name].0.clone();
            for piece in self.folder.read(&name, &bytes) {
                self.send(0, time, Event::Followed(piece.update.clone()));
                match self.first().untaken.pop() {
                    Some(why) => self.folder.refused(&piece, why),
                    None => self.folder.took(&piece, &piece.spans().unwrap()),
                }
            }
        }
        let Some(post) = self.folder.post(&self.tabs[0].tab.session) else {
            return;
        };
        let file = self.seen.entry(own.clone()).or_default();
        file.0.truncate(post.at as usize);
        assert_eq!(file.0.len(), post.at as usize, "it goes on where it ends");
        file.0.extend(&post.bytes);
        file.1 = time;
        drive.insert(own, file.clone());
        self.folder.posted(&post, time);
    }
}

/// The drive catches up for one device, and tears what is on its way.
pub fn sync(seen: &mut Drive, drive: &Drive, rng: &mut ChaCha8Rng) {
    seen.clone_from(drive);
    if rng.random() {
        for (bytes, changed) in seen.values_mut() {
            bytes.truncate(rng.random_range(0..=bytes.len()));
            *changed -= 1_000;
        }
    }
}
