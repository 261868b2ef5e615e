//! The ways to live partners and what is known of each: plain data with its
//! limits. What is said and done is in `partners`.

use std::collections::{BTreeMap, BTreeSet};

use weft_document::{PeerId, UPDATE_LIMIT, Version};
use weft_model::Uid;

use crate::wire::{PART, Place};

/// One way to partners, as whoever holds the connection numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineId(pub u32);

/// Who is at the other end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// The other tabs of this device: they share its store and its program's
    /// origin, and are trusted with both.
    Tabs,
    /// Somebody else.
    Partner,
}

/// Somebody who has the plan open, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    /// Which copy.
    pub peer: PeerId,
    /// Another tab of this device.
    pub tab: bool,
    /// Who, as the plan's authors are named; 0: nobody gave a name.
    pub author: Uid,
    /// The name that was given.
    pub name: String,
    /// Where in the plan.
    pub place: Place,
}

/// How often everybody says how far they are, in milliseconds.
pub(crate) const BEAT: i64 = 20_000;
/// After how much silence somebody is taken to be gone. A tab in the background
/// is woken once a minute.
pub(crate) const SILENCE: i64 = 150_000;
/// For how long nobody is sent the same again, or asked the same again.
pub(crate) const PATIENCE: i64 = 3_000;
/// How many partners one line has, at most.
pub(crate) const PARTNERS: usize = 64;
/// How much that makes no sense is borne.
const FAULTS: u8 = 3;
/// Parcels that wait for more parts at the same time, at most.
const PARCELS: usize = 4;
/// Bytes and frames that a partner may send at once, and what of that comes
/// back in a second.
const BYTES: i64 = 96 << 20;
const BYTES_A_SECOND: i64 = 4 << 20;
const FRAMES: i64 = 6_000;
const FRAMES_A_SECOND: i64 = 200;

#[derive(Debug, Default)]
pub(crate) struct Lines {
    pub all: BTreeMap<LineId, Line>,
    /// Where this one is.
    pub place: Place,
    /// The number of the last parcel.
    pub parcel: u32,
    /// Whether the next beat has been asked for.
    pub beating: bool,
    /// The version at the last beat, and the hash if it was worked out.
    pub hashed: Option<(Version, u64)>,
}

#[derive(Debug)]
pub(crate) struct Line {
    pub kind: LineKind,
    pub partners: BTreeMap<PeerId, Partner>,
    /// Whom this one has broken with.
    pub dropped: BTreeSet<PeerId>,
    /// When strangers were asked last who they are.
    pub asked: Option<i64>,
    pub allowance: Allowance,
}

#[derive(Debug)]
pub(crate) struct Partner {
    /// Whether it has said hello.
    pub greeted: bool,
    pub author: Uid,
    pub name: String,
    pub place: Place,
    /// When something was heard last.
    pub heard: i64,
    /// How far it was when it last said so.
    pub version: Version,
    /// When it was last sent what it lacked.
    pub sent: Option<i64>,
    /// When it was last asked for what this one lacks.
    pub asked: Option<i64>,
    pub parcels: Parcels,
}

impl Lines {
    /// Nobody hears this one, and nobody is expected to.
    pub fn nobody(&self) -> bool {
        let mut lines = self.all.values();
        lines.all(|line| line.kind == LineKind::Tabs && line.partners.is_empty())
    }

    pub fn present(&self) -> Vec<Present> {
        let lines = self.all.values();
        let people = lines.flat_map(|line| {
            let greeted = line.partners.iter().filter(|(_, it)| it.greeted);
            greeted.map(|(peer, it)| Present {
                peer: *peer,
                tab: line.kind == LineKind::Tabs,
                author: it.author,
                name: it.name.clone(),
                place: it.place.clone(),
            })
        });
        people.collect()
    }
}

impl Line {
    pub fn new(kind: LineKind) -> Self {
        Self {
            kind,
            partners: BTreeMap::new(),
            dropped: BTreeSet::new(),
            asked: None,
            allowance: Allowance::default(),
        }
    }
}

impl Partner {
    pub fn unknown(now: i64) -> Self {
        Self {
            greeted: false,
            author: Uid(0),
            name: String::new(),
            place: Place::default(),
            heard: now,
            version: Version::default(),
            sent: None,
            asked: None,
            parcels: Parcels::default(),
        }
    }
}

/// Whether enough time has passed since the last time; notes that it has.
pub(crate) fn due(last: &mut Option<i64>, now: i64) -> bool {
    // A clock that was put back must not silence anybody.
    let wait = last.is_some_and(|then| (0..PATIENCE).contains(&(now - then)));
    if !wait {
        *last = Some(now);
    }
    !wait
}

/// What still may come over a line.
#[derive(Debug)]
pub(crate) struct Allowance {
    bytes: i64,
    frames: i64,
    faults: u8,
    then: Option<i64>,
}

impl Default for Allowance {
    fn default() -> Self {
        Self {
            bytes: BYTES,
            frames: FRAMES,
            faults: 0,
            then: None,
        }
    }
}

impl Allowance {
    /// Takes a frame of this many bytes; false: that is too much.
    pub fn take(&mut self, now: i64, bytes: usize) -> bool {
        let millis = self.then.map_or(0, |then| now - then).clamp(0, 60_000);
        self.then = Some(now);
        self.bytes = (self.bytes + millis * BYTES_A_SECOND / 1_000).min(BYTES);
        self.frames = (self.frames + millis * FRAMES_A_SECOND / 1_000).min(FRAMES);
        self.bytes -= bytes as i64;
        self.frames -= 1;
        self.bytes >= 0 && self.frames >= 0
    }

    /// Something made no sense; false: that was once too often.
    pub fn forgive(&mut self) -> bool {
        self.faults = self.faults.saturating_add(1);
        self.faults < FAULTS
    }
}

/// Changes that come in several parts.
#[derive(Debug, Default)]
pub(crate) struct Parcels {
    open: Vec<Parcel>,
}

#[derive(Debug)]
struct Parcel {
    number: u32,
    parts: Vec<Option<Vec<u8>>>,
    bytes: usize,
}

impl Parcels {
    /// Puts a part in its place; gives the whole when it was the last one.
    pub fn add(&mut self, number: u32, part: u16, parts: u16, bytes: Vec<u8>) -> Added {
        if parts == 1 {
            return Added::Whole(bytes);
        }
        let (part, parts) = (usize::from(part), usize::from(parts));
        if parts > UPDATE_LIMIT / PART + 1 {
            return Added::TooMuch;
        }
        let at = match self.open.iter().position(|it| it.number == number) {
            Some(at) => at,
            None => {
                // One that lost a part will not be finished: it is sent anew.
                if self.open.len() == PARCELS {
                    self.open.remove(0);
                }
                self.open.push(Parcel {
                    number,
                    parts: vec![None; parts],
                    bytes: 0,
                });
                self.open.len() - 1
            }
        };
        let parcel = &mut self.open[at];
        if parcel.parts.len() != parts {
            return Added::Nonsense;
        }
        if let Some(place @ None) = parcel.parts.get_mut(part) {
            parcel.bytes += bytes.len();
            *place = Some(bytes);
        }
        let all: usize = self.open.iter().map(|it| it.bytes).sum();
        if all > UPDATE_LIMIT {
            return Added::TooMuch;
        }
        if self.open[at].parts.iter().all(Option::is_some) {
            let parcel = self.open.remove(at);
            return Added::Whole(parcel.parts.into_iter().flatten().flatten().collect());
        }
        Added::Waiting
    }
}

/// What a part did.
#[derive(Debug, PartialEq)]
pub(crate) enum Added {
    /// More parts are to come.
    Waiting,
    /// That was the last one.
    Whole(Vec<u8>),
    /// More than is ever taken in at once.
    TooMuch,
    /// It contradicts what came before.
    Nonsense,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn parts_make_a_whole_in_whatever_order_and_however_often_they_come() {
        let mut parcels = Parcels::default();
        for part in [2, 0, 2, 0] {
            let added = parcels.add(7, part, 3, vec![part as u8; 2]);
            assert_eq!(added, Added::Waiting);
        }
        let whole = parcels.add(7, 1, 3, vec![1; 2]);
        assert_eq!(whole, Added::Whole(vec![0, 0, 1, 1, 2, 2]));
    }

    #[test]
    fn parcels_that_are_never_finished_make_room_for_later_ones() {
        let mut parcels = Parcels::default();
        for number in 0..100 {
            assert_eq!(parcels.add(number, 0, 2, vec![1]), Added::Waiting);
            assert!(parcels.open.len() <= PARCELS);
        }
        assert_eq!(parcels.add(99, 1, 2, vec![2]), Added::Whole(vec![1, 2]));
    }

    #[test]
    fn a_parcel_that_contradicts_itself_or_is_too_large_is_refused() {
        let mut parcels = Parcels::default();
        assert_eq!(parcels.add(1, 0, 2, vec![1]), Added::Waiting);
        assert_eq!(parcels.add(1, 1, 3, vec![1]), Added::Nonsense);
        assert_eq!(parcels.add(2, 0, u16::MAX, vec![1]), Added::TooMuch);
    }

    #[test]
    fn an_allowance_comes_back_with_time() {
        let mut allowance = Allowance::default();
        for _ in 0..FRAMES {
            assert!(allowance.take(1_000, 10));
        }
        assert!(!allowance.take(1_000, 10), "too many at once");
        assert!(allowance.take(3_000, 10), "some time later");
        assert!(!allowance.take(3_000, usize::try_from(BYTES).unwrap() + 1));
    }
}
