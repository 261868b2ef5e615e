//! Plans that were begun from the state of another one, without its history,
//! and the way of their changes back into it.
//!
//! An excerpt is a plan of its own: a shallow snapshot of the same plan would
//! leave partners who were not as far waiting for ever, and hold what was
//! deleted. What it begins with is written by the peer that is named after it,
//! so that it can always be read again what was sent.

use loro::{LoroValue, ValueOrContainer, VersionVector};
use weft_model::{Act, EditError, Intent, PartyId, Plan, Subject, Uid, Verb};

use crate::document::{Author, Document};
use crate::error::MergeError;
use crate::layout::{self, AuthorField};
use crate::opening::{genesis, new_loro, real_peer};
use crate::version::{PeerId, Version};

/// Where an excerpt was taken from. A claim of whoever made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The plan.
    pub plan: Uid,
    /// How far that was; nothing where it is not known, as with a link.
    pub version: Option<Version>,
    /// The party for which it was made: it holds what that may see.
    pub made_for: Option<PartyId>,
}

/// What of an excerpt has been carried over into the plan that it was taken from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carry {
    /// How far the excerpt was.
    pub excerpt: Version,
    /// What was written here for it.
    pub written: Version,
}

impl Document {
    /// The history of a plan that begins with what an act makes out of nothing.
    /// `others`: authors whom it names.
    ///
    /// # Errors
    /// Where the act is impossible.
    pub fn excerpt<'a>(
        plan: Uid,
        origin: &Origin,
        author: &Author,
        others: impl IntoIterator<Item = &'a Author>,
        act: &Act,
        now_millis: i64,
    ) -> Result<Vec<u8>, EditError> {
        let mut document = Self::create(plan, genesis(plan), author, now_millis);
        let from = document.written();
        let meta = document.loro.get_map(layout::META);
        // A map of a document of our own takes every value.
        let mut noted = meta.insert(layout::META_FROM, origin.plan.to_string());
        if let Some(version) = &origin.version {
            noted = noted.and(meta.insert(layout::META_FROM_VERSION, version.encode()));
        }
        if let Some(party) = origin.made_for {
            noted = noted.and(meta.insert(layout::META_MADE_FOR, party.to_string()));
        }
        debug_assert!(noted.is_ok());
        document.introduce(others);
        document.commit(from, whole(Verb::Create), now_millis);
        document.apply(act, now_millis)?;
        Ok(document.save())
    }

    /// Where this plan was taken from, if it is an excerpt.
    pub fn origin(&self) -> Option<Origin> {
        let meta = self.loro.get_map(layout::META);
        let Some(ValueOrContainer::Value(LoroValue::String(plan))) = meta.get(layout::META_FROM)
        else {
            return None;
        };
        let version = match meta.get(layout::META_FROM_VERSION) {
            Some(ValueOrContainer::Value(LoroValue::Binary(bytes))) => Version::decode(&bytes).ok(),
            _ => None,
        };
        let made_for = match meta.get(layout::META_MADE_FOR) {
            Some(ValueOrContainer::Value(LoroValue::String(party))) => party.parse().ok(),
            _ => None,
        };
        Some(Origin {
            plan: plan.parse().ok()?,
            version,
            made_for: made_for.map(PartyId),
        })
    }

    /// How far this plan was when it began: of an excerpt, all that was sent.
    pub fn beginning(&self) -> Version {
        let first = real_peer(genesis(self.id));
        let mut vector = VersionVector::new();
        let count = self.loro.oplog_vv().get(&first).copied();
        vector.insert(first, count.unwrap_or_default());
        Version::of_loro(&vector)
    }

    /// The plan as it reads for whoever has only this much of the history, which
    /// must be a version that somebody once had.
    pub fn at_version(&self, version: &Version) -> Option<Plan> {
        self.read_at(&version.to_loro())
    }

    /// A copy that is only this far, under a peer that has not written here.
    pub fn fork_at(&self, version: &Version, peer: PeerId, author: &Author) -> Option<Self> {
        let updates = self.updates_up_to(&version.to_loro())?;
        let opened = Self::open(self.id, [updates], peer).ok()?;
        let mut fork = opened.document;
        // A copy is a plan of its own, for which they may have said less of themselves.
        fork.set_author(&fork.as_known(author), 0);
        (!opened.pending && fork.version() == *version).then_some(fork)
    }

    /// What of an excerpt is in here already.
    pub fn carried(&self, excerpt: Uid) -> Option<Carry> {
        let meta = self.loro.get_map(layout::META);
        let stored = meta.get(&layout::carried_key(excerpt))?;
        let ValueOrContainer::Value(LoroValue::Binary(bytes)) = stored else {
            return None;
        };
        let (length, rest) = bytes.split_first_chunk()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let (first, second) = rest.split_at_checked(length)?;
        Some(Carry {
            excerpt: Version::decode(first).ok()?,
            written: Version::decode(second).ok()?,
        })
    }

    /// Notes what of an excerpt is in here from now on, and who wrote in it.
    pub fn note_carried<'a>(
        &mut self,
        excerpt: Uid,
        carry: &Carry,
        authors: impl IntoIterator<Item = &'a Author>,
        now_millis: i64,
    ) {
        let from = self.written();
        let first = carry.excerpt.encode();
        let mut bytes = Vec::new();
        bytes.extend(u32::try_from(first.len()).unwrap_or_default().to_le_bytes());
        bytes.extend(first);
        bytes.extend(carry.written.encode());
        let meta = self.loro.get_map(layout::META);
        let noted = meta.insert(&layout::carried_key(excerpt), bytes);
        debug_assert!(noted.is_ok());
        self.introduce(authors);
        self.commit(from, whole(Verb::Import), now_millis);
    }

    /// Names authors of whom a plan without a history speaks. Gives what is to be kept
    /// and sent; nothing where all are known.
    pub fn name_authors<'a>(
        &mut self,
        authors: impl IntoIterator<Item = &'a Author>,
        now_millis: i64,
    ) -> Vec<u8> {
        let known = self.authors();
        let unknown = authors.into_iter();
        let unknown: Vec<&Author> = unknown
            .filter(|author| author.uid != Uid(0) && !known.contains_key(&author.uid))
            .collect();
        if unknown.is_empty() {
            return Vec::new();
        }
        let before = self.version();
        let from = self.written();
        self.introduce(unknown);
        self.commit(from, whole(Verb::Import), now_millis);
        self.updates_since(&before)
    }

    /// Names authors who have not written here themselves.
    fn introduce<'a>(&self, authors: impl IntoIterator<Item = &'a Author>) {
        let known = self.authors();
        let map = self.loro.get_map(layout::AUTHORS);
        let unknown = |author: &&Author| author.uid != Uid(0) && !known.contains_key(&author.uid);
        for author in authors.into_iter().filter(unknown) {
            let party = author.party.map(|party| party.to_string());
            let words = [
                (AuthorField::Name, author.name.clone()),
                (AuthorField::Role, author.role.clone()),
                (AuthorField::Key, author.key.clone()),
                (AuthorField::Party, party.unwrap_or_default()),
            ];
            for (field, words) in words {
                if field == AuthorField::Name || !words.is_empty() {
                    let key = layout::author_key(author.uid, field);
                    drop(map.insert(&key, words));
                }
            }
            if author.colour > 0 {
                let key = layout::author_key(author.uid, AuthorField::Colour);
                drop(map.insert(&key, i64::from(author.colour)));
            }
        }
    }

    /// All that a history holds, what was deleted among it, in no lasting form: to see
    /// what it gives away.
    ///
    /// # Errors
    /// Where the bytes are no history.
    pub fn everything(history: &[u8]) -> Result<String, MergeError> {
        let loro = new_loro();
        loro.import(history).map_err(|_| MergeError::Damaged)?;
        let state = loro.get_deep_value();
        let begin = VersionVector::new();
        let all = loro.export_json_updates(&begin, &loro.oplog_vv());
        Ok(format!("{state:?}\n{all:?}"))
    }
}

fn whole(verb: Verb) -> Intent {
    Intent {
        verb,
        subject: Subject::Plan,
    }
}
