//! A plan going to partners as a file, and coming back.

use std::collections::BTreeMap;

use weft_document::{Clash, Document, MergeError, OpenError, PeerId};
use weft_model::{Aspect, Change, Kind, Plan, item_differences, link_differences};

use weft_seal::Key;

use crate::session::Session;
use crate::weft_file::{self, Head};

/// How many came, changed and went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// That were not there before.
    pub added: usize,
    /// That read otherwise than before.
    pub changed: usize,
    /// That are there no longer.
    pub removed: usize,
}

/// What a history from elsewhere would do to a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meeting {
    /// Items by kind; only kinds of which something would differ.
    pub items: BTreeMap<Kind, Counts>,
    /// Links of the weave.
    pub links: Counts,
    /// Nothing in it is new here.
    pub known: bool,
    /// This copy holds something that the other one lacks.
    pub ahead: bool,
    /// What both sides changed without seeing each other, and nobody has decided.
    pub clashes: Vec<Clash>,
}

/// Why a history was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untaken {
    /// Another plan's.
    OtherPlan,
    /// A newer program wrote it.
    Newer,
    /// Larger than is taken in at once.
    TooLarge,
    /// Not all of it is there, or it does not hold together.
    Damaged,
}

impl Meeting {
    /// What a change did between two states of a plan.
    pub fn between(before: &Plan, after: &Plan, change: &Change) -> Self {
        let (items, links) = count(before, after, change);
        Self {
            known: items.is_empty() && links == Counts::default(),
            items,
            links,
            ..Self::default()
        }
    }
}

impl Session {
    /// The plan with its whole history as a `.weft` file, signed where there is a
    /// key.
    pub fn file(&self, now: i64, key: Option<&Key>) -> Vec<u8> {
        let head = Head {
            plan: self.id().to_string(),
            title: (self.plan().about().title.iter())
                .map(|(lang, words)| (lang.to_string(), words.to_owned()))
                .collect(),
            saved_millis: now,
            saved_by: self.author.name.clone(),
        };
        weft_file::write(&head, &self.document.save(), key)
    }

    /// Tries out on a copy what a history would do here. The copy is saved and
    /// opened again as well: what spoils that must not come near the plan.
    /// `peer` is a fresh random number.
    pub fn meet(&self, history: &[u8], peer: PeerId) -> Result<Meeting, Untaken> {
        let theirs = open(self, history, peer)?.version();
        let mine = self.document.version();
        if mine.includes(&theirs) {
            return Ok(Meeting {
                known: true,
                ahead: !theirs.includes(&mine),
                ..Meeting::default()
            });
        }
        let mut copy = open(self, &self.document.save(), peer)?;
        let merged = copy.merge(history)?;
        if merged.pending || open(self, &copy.save(), peer)?.plan() != copy.plan() {
            return Err(Untaken::Damaged);
        }
        let (items, links) = count(self.plan(), copy.plan(), &merged.change);
        let before = self.document.clashes();
        let mut clashes = copy.clashes();
        clashes.retain(|clash| !before.contains(clash));
        Ok(Meeting {
            items,
            links,
            known: false,
            ahead: !theirs.includes(&mine),
            clashes,
        })
    }
}

fn open(session: &Session, history: &[u8], peer: PeerId) -> Result<Document, Untaken> {
    match Document::open(session.id(), [history], peer) {
        Ok(opened) if opened.pending => Err(Untaken::Damaged),
        Ok(opened) => Ok(opened.document),
        Err(OpenError::OtherPlan) => Err(Untaken::OtherPlan),
        Err(OpenError::TooLarge { .. }) => Err(Untaken::TooLarge),
        Err(_) => Err(Untaken::Damaged),
    }
}

impl From<MergeError> for Untaken {
    fn from(error: MergeError) -> Self {
        match error {
            MergeError::OtherPlan => Self::OtherPlan,
            MergeError::Newer => Self::Newer,
            MergeError::TooLarge { .. } => Self::TooLarge,
            MergeError::Damaged | MergeError::SamePeer => Self::Damaged,
        }
    }
}

fn count(before: &Plan, after: &Plan, change: &Change) -> (BTreeMap<Kind, Counts>, Counts) {
    let mut items: BTreeMap<Kind, Counts> = BTreeMap::new();
    for item in change.items.keys() {
        let told = item_differences(before, after, *item);
        let Some(first) = told.first() else { continue };
        let counts = items.entry(item.kind).or_default();
        match (&first.what, &first.after) {
            (Aspect::Presence(_), Some(_)) => counts.added += 1,
            (Aspect::Presence(_), None) => counts.removed += 1,
            _ => counts.changed += 1,
        }
    }
    let mut links = Counts::default();
    for key in &change.links {
        let told = link_differences(before, after, *key);
        let Some(first) = told.first() else { continue };
        match (&first.what, &first.before, &first.after) {
            (Aspect::Link(_), None, _) => links.added += 1,
            (Aspect::Link(_), _, None) => links.removed += 1,
            _ => links.changed += 1,
        }
    }
    (items, links)
}
