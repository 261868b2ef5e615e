//! Making a plan and opening a saved one.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

use loro::{LoroDoc, LoroValue, Subscription, ValueOrContainer};
use weft_model::{Change, Intent, Plan, Subject, Uid, Verb};

use crate::document::{Access, Author, Document, Opened, Owed, UPDATE_LIMIT, commit};
use crate::error::OpenError;
use crate::layout::{self, SCHEMA};
use crate::project::{self, Spot, Spots};
use crate::reading;
use crate::texts::Aliases;
use crate::undo::{History, Others};
use crate::version::{PeerId, Version};

impl Document {
    /// A new, empty plan. Its first change is written by a peer of its own,
    /// named after the plan: so a history shows which plan it belongs to.
    pub fn create(plan: Uid, peer: PeerId, author: &Author, now_millis: i64) -> Self {
        let loro = new_loro();
        become_peer(&loro, genesis(plan));
        let meta = loro.get_map(layout::META);
        // A map of a fresh document takes every value.
        let schema = meta.insert(layout::META_SCHEMA, i64::from(SCHEMA));
        debug_assert!(schema.is_ok());
        let id = meta.insert(layout::META_PLAN, plan.to_string());
        debug_assert!(id.is_ok());
        let intent = Intent {
            verb: Verb::Create,
            subject: Subject::Plan,
        };
        commit(&loro, author.uid, intent, now_millis);
        become_peer(&loro, peer);
        let spots = Spots::default();
        let notices = watch(&loro, &spots);
        let mut document = Self::around(loro, plan, Access::Editable, Plan::new(), spots, notices);
        document.author = author.clone();
        document
    }

    /// Opens a plan from a snapshot, updates or both, in any order. Which plan
    /// it is, the caller knows: partners can write over what a document says of
    /// itself, but not over its beginning.
    pub fn open<R: AsRef<[u8]>>(
        plan: Uid,
        records: impl IntoIterator<Item = R>,
        peer: PeerId,
    ) -> Result<Opened, OpenError> {
        Self::open_with(plan, records, None, peer)
    }

    /// The same, with a plan already read that was kept beside one of the
    /// records. Whatever is wrong with that, the plan is read from the document.
    pub fn open_with<R: AsRef<[u8]>>(
        plan: Uid,
        records: impl IntoIterator<Item = R>,
        kept: Option<Kept<'_>>,
        peer: PeerId,
    ) -> Result<Opened, OpenError> {
        let records: Vec<R> = records.into_iter().collect();
        let records: Vec<&[u8]> = records.iter().map(AsRef::as_ref).collect();
        if let Some(record) = records.iter().position(|r| r.len() > UPDATE_LIMIT) {
            return Err(OpenError::TooLarge { record });
        }
        // An act that changed nothing stored has no bytes.
        if records.iter().all(|record| record.is_empty()) {
            return Err(OpenError::Empty);
        }
        let spots = Spots::default();
        let begun = kept.and_then(|kept| begin(&records, kept));
        // Only what comes on top of a reading has to be looked at.
        let mut sooner = begun.is_some();
        let (loro, read, notices, from) = match begun {
            Some((loro, read, of)) => {
                let notices = watch(&loro, &spots);
                (loro, Some(read), Some(notices), Some(of))
            }
            None => (new_loro(), None, None, None),
        };
        // Copied is only what is not there with the reading: mostly nothing.
        let rest = records.iter().enumerate();
        let rest = rest.filter(|(at, record)| Some(*at) != from && !record.is_empty());
        let rest: Vec<Vec<u8>> = rest.map(|(_, record)| record.to_vec()).collect();
        let mut pending = false;
        if !rest.is_empty() {
            let status = loro.import_batch(&rest).map_err(|_| damaged(&records))?;
            pending = status.pending.is_some();
        }
        drop(rest);
        let known = loro.oplog_vv();
        let wrote = |peer| known.get(&real_peer(peer)).is_some_and(|count| *count > 0);
        if !wrote(genesis(plan)) {
            // Whatever waits for its beginning may be of this plan or not.
            let nothing = known.values().all(|count| *count == 0);
            return Err(if nothing {
                OpenError::Incomplete
            } else {
                OpenError::OtherPlan
            });
        }
        if wrote(peer) {
            return Err(OpenError::PeerUsed);
        }
        become_peer(&loro, peer);
        let access = access(&loro);
        let read = read
            .and_then(|mut read| {
                let news = take(&spots);
                let caught = project::catch_up(&loro, &mut read, &news, &mut Change::default());
                caught.is_ok().then_some(read)
            })
            .unwrap_or_else(|| {
                sooner = false;
                project::whole(&loro)
            });
        let notices = notices.unwrap_or_else(|| watch(&loro, &spots));
        Ok(Opened {
            document: Self::around(loro, plan, access, read, spots, notices),
            pending,
            sooner,
        })
    }

    fn around(
        loro: LoroDoc,
        id: Uid,
        access: Access,
        plan: Plan,
        spots: Spots,
        notices: Subscription,
    ) -> Self {
        Self {
            loro,
            plan,
            id,
            access,
            author: Author::default(),
            signed: false,
            spots,
            _notices: notices,
            history: History::default(),
            aliases: Aliases::default(),
            others: Others::default(),
            side: RefCell::default(),
            owed: Owed::default(),
        }
    }
}

/// A plan as it read at one of the records; see [`Document::reading`].
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    /// Which record: the snapshot that was saved with it.
    pub record: usize,
    /// The reading.
    pub reading: &'a [u8],
}

/// The document of one record alone, with what was kept of its reading, if that
/// is just this document's and this program's.
fn begin(records: &[&[u8]], kept: Kept<'_>) -> Option<(LoroDoc, Plan, usize)> {
    let loro = new_loro();
    let status = loro.import(records.get(kept.record)?).ok()?;
    if status.pending.is_some() {
        return None;
    }
    let version = Version::of_loro(&loro.oplog_vv());
    let plan = reading::read(kept.reading, &version)?;
    Some((loro, plan, kept.record))
}

pub(crate) fn new_loro() -> LoroDoc {
    let loro = LoroDoc::new();
    // One second: keys typed one after another share a change, and only acts
    // with the same author and intent ever do.
    loro.set_change_merge_interval(1);
    loro
}

/// Notes from now on which spots of the document are touched from elsewhere.
fn watch(loro: &LoroDoc, spots: &Spots) -> Subscription {
    let noted = Arc::clone(spots);
    loro.subscribe_root(Arc::new(move |event| {
        let mut spots = noted.lock().unwrap_or_else(PoisonError::into_inner);
        project::note(&event, &mut spots);
    }))
}

/// The spots that were noted since the last time.
pub(crate) fn take(spots: &Spots) -> BTreeSet<Spot> {
    std::mem::take(&mut *spots.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Loro keeps the highest number for itself.
pub(crate) fn real_peer(peer: PeerId) -> u64 {
    peer.0.min(u64::MAX - 1)
}

fn become_peer(loro: &LoroDoc, peer: PeerId) {
    let set = loro.set_peer_id(real_peer(peer));
    debug_assert!(set.is_ok(), "{set:?}");
}

/// The peer that writes the first change of a plan and nothing else.
pub(crate) fn genesis(plan: Uid) -> PeerId {
    PeerId(plan.0)
}

/// Whether the plan may be changed.
pub(crate) fn access(loro: &LoroDoc) -> Access {
    let meta = loro.get_map(layout::META);
    let schema = match meta.get(layout::META_SCHEMA) {
        Some(ValueOrContainer::Value(LoroValue::I64(schema))) => schema,
        _ => 0,
    };
    // Older layouts are migrated here, once there are any.
    if schema > i64::from(SCHEMA) {
        let schema = u32::try_from(schema).unwrap_or(u32::MAX);
        Access::ReadOnly { schema }
    } else {
        Access::Editable
    }
}

/// Which of the records it is that cannot be read.
fn damaged(records: &[&[u8]]) -> OpenError {
    let bad = |record: &&[u8]| {
        !record.is_empty() && LoroDoc::decode_import_blob_meta(record, true).is_err()
    };
    let record = records.iter().position(bad).or_else(|| {
        let loro = LoroDoc::new();
        let bad = |record: &&[u8]| !record.is_empty() && loro.import(record).is_err();
        records.iter().position(bad)
    });
    match record {
        Some(record) => OpenError::Damaged { record },
        None => OpenError::Incomplete,
    }
}
