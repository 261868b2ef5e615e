//! Copies of the plan without its history: each a plan of its own that is edited,
//! and comes back to whoever, early, late and more than once.

use std::collections::BTreeSet;

use crate::World;
use crate::checks::Spot;
use crate::device::Mail;
use rand::Rng;
use rand::seq::{IndexedMutRandom, IndexedRandom};
use rand_chacha::ChaCha8Rng;
use weft_document::{Author, PeerId};
use weft_exchange::excerpt;
use weft_model::{PartyId, Uid};
use weft_session::{Effect, Event, Opening, Returned, Session, Untaken, html_file, log, weft_file};

/// A copy, at whoever has got it.
pub struct Copy {
    id: Uid,
    session: Session,
    now: i64,
    /// Where it was edited since it last came back as it stands.
    edited: BTreeSet<Spot>,
    /// Where it was edited at all.
    ever: BTreeSet<Spot>,
    /// As whom it wrote in the plan, each time that it came back.
    lineages: BTreeSet<usize>,
}

/// A copy as it was sent back.
#[derive(Clone, Debug)]
pub struct CopyFile {
    id: Uid,
    bytes: Vec<u8>,
    /// As its copy had them then.
    edited: BTreeSet<Spot>,
    ever: BTreeSet<Spot>,
}

impl Copy {
    /// Takes one from a plan as it reads at a device, for everybody or for a party.
    pub fn of(from: &Session, now: i64, rng: &mut ChaCha8Rng) -> Self {
        let parties: Vec<PartyId> = from.plan().parties.iter().map(|it| it.id).collect();
        let reader = parties.choose(rng).copied().filter(|_| rng.random());
        let made = excerpt(from.plan(), reader).unwrap();
        let id = Uid(rng.random());
        let file = from.excerpt(id, made.commands, reader, now, None).unwrap();
        let history = weft_file::read(&file).unwrap().history;
        let record = log::frame(log::RecordKind::Snapshot, history);
        let opened = weft_session::open(Opening {
            records: vec![&record],
            plan: id,
            card: None,
            peer: PeerId(rng.random()),
            author: Author {
                uid: Uid(rng.random_range(800..820)),
                name: "Ding Hui".into(),
                ..Author::default()
            },
            now,
        });
        Self {
            id,
            session: opened.unwrap().0,
            now,
            edited: BTreeSet::new(),
            ever: BTreeSet::new(),
            lineages: BTreeSet::new(),
        }
    }

    fn edit(&mut self, rng: &mut ChaCha8Rng) {
        self.now += rng.random_range(-700..60_000);
        let act = weft_sample::random_act(self.session.plan(), rng);
        for effect in self.session.handle(self.now, Event::Acted(act)) {
            if let Effect::Changed(change) = effect {
                self.edited.extend(Spot::all(&change));
                self.ever.extend(Spot::all(&change));
            }
        }
    }

    fn file(&self) -> CopyFile {
        CopyFile {
            id: self.id,
            bytes: self.session.file(self.now, None),
            edited: self.edited.clone(),
            ever: self.ever.clone(),
        }
    }
}

impl World {
    /// A copy without the history goes out, is edited, or comes back.
    pub fn copy(&mut self) {
        let who = self.aside.random_range(0..self.devices.len());
        let lot = self.aside.random_range(0..10);
        match self.copies.choose_mut(&mut self.aside) {
            Some(copy) if lot < 6 => copy.edit(&mut self.aside),
            Some(copy) if lot < 9 => {
                let file = copy.file();
                if lot < 8 && self.take_back(who, &file) {
                    let copy = self.copies.iter_mut().find(|copy| copy.id == file.id);
                    copy.unwrap().edited.clear();
                }
                // And it lies there, to be opened once more.
                self.devices[who].mail.push(Mail::Copy(file));
            }
            _ => {
                let session = &self.devices[who].tabs[0].tab.session;
                let copy = Copy::of(session, self.time, &mut self.aside);
                self.copies.push(copy);
            }
        }
    }

    /// What was changed in a copy comes into the plan; false: not there, or nothing.
    pub fn take_back(&mut self, who: usize, file: &CopyFile) -> bool {
        let peer = self.peer();
        let session = &self.devices[who].tabs[0].tab.session;
        let came = returned(session, file.id, &file.bytes, peer, self.seed);
        let Some(update) = came.map(|it| it.update).filter(|it| !it.is_empty()) else {
            return false;
        };
        let peer = PeerId(self.peer());
        let met = self.devices[who].first().session.meet(&update, peer);
        assert!(met.is_ok(), "seed {}: {met:?}", self.seed);
        // Somebody else wrote it, who knew nothing of what was done here since.
        self.lineages += 1;
        self.note(who, 0, Event::Received(update), self.lineages);
        // What it says again of a spot shows nowhere, and may yet win over what
        // somebody else wrote there meanwhile.
        let copy = self.copies.iter_mut().find(|copy| copy.id == file.id);
        let copy = copy.unwrap();
        copy.lineages.insert(self.lineages);
        for (spots, lineages) in [
            (&file.edited, &BTreeSet::from([self.lineages])),
            (&file.ever, &copy.lineages),
        ] {
            let shown = |spot: &Spot| {
                let seen = self.written.get(spot);
                seen.is_some_and(|(by, _)| !by.is_disjoint(lineages))
            };
            let unseen = spots.iter().filter(|spot| !shown(spot));
            self.unseen.extend(unseen.cloned());
        }
        let untaken = &self.devices[who].first().untaken;
        assert!(untaken.is_empty(), "seed {}: {untaken:?}", self.seed);
        true
    }
}

/// What a file of a copy brings to the plan at a device; nothing where the plan has
/// not come so far there as it had where the copy was taken.
fn returned(to: &Session, id: Uid, file: &[u8], peer: u64, seed: u64) -> Option<Returned> {
    let history = weft_file::read(file).unwrap().history;
    match to.returned(id, history, PeerId(peer), 0) {
        Ok(came) => Some(came),
        Err(Untaken::Incomplete) => None,
        Err(why) => panic!("seed {seed}: a copy was not taken: {why:?}"),
    }
}

/// The page that a file goes out in, with a program that does nothing.
pub fn page(file: &[u8]) -> Vec<u8> {
    let program = html_file::Program {
        script: String::new(),
        style: String::new(),
        parts: Vec::new(),
    };
    let cover = html_file::Cover {
        title: "Turning",
        lang: "en",
        words: "",
    };
    html_file::write(&program, &cover, file).unwrap()
}

/// The file in what came, whether it came in a page or as it is.
pub fn unpacked(bytes: Vec<u8>) -> Vec<u8> {
    if html_file::is_html(&bytes) {
        html_file::find(&bytes).unwrap()
    } else {
        bytes
    }
}
