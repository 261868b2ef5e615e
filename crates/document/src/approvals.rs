//! What was changed in a frozen plan, under which approval.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{ABOUT, AmendmentId, Aspect, Kind, Subject, Uid, field};

use crate::chronicle::Entry;
use crate::document::Document;
use crate::version::Version;

/// An approval to change a frozen plan, and what was done under it.
#[derive(Clone, Debug, PartialEq)]
pub struct Approval {
    /// Who approved, when and why.
    pub amendment: AmendmentId,
    /// Who went on to edit.
    pub author: Uid,
    /// What they did before they were asked again, or its status changed.
    pub entries: Vec<Entry>,
}

/// The approvals of a history, oldest first. Each covers what its author did to the
/// plan after it, until they approve anew or its status changes.
pub fn approvals(history: &[Entry]) -> Vec<Approval> {
    let mut all: Vec<Approval> = Vec::new();
    let mut open: BTreeMap<Uid, usize> = BTreeMap::new();
    for entry in history {
        for amendment in given(entry) {
            open.insert(entry.author, all.len());
            all.push(Approval {
                amendment,
                author: entry.author,
                entries: Vec::new(),
            });
        }
        let under = open.get(&entry.author).copied();
        if entry.edits.iter().any(|edit| changes(&edit.what))
            && let Some(approval) = under.and_then(|at| all.get_mut(at))
        {
            let mut entry = entry.clone();
            entry.edits.retain(|edit| changes(&edit.what));
            approval.entries.push(entry);
        }
        if restates(entry) {
            open.clear();
        }
    }
    all
}

impl Document {
    /// Whether somebody changed the plan in what a copy at this version lacks, without
    /// an approval of their own: neither one in that part of the history nor one that
    /// still held when it began.
    pub fn changed_unapproved(&self, version: &Version) -> bool {
        let history = self.chronicle(None);
        let is_new = |entry: &&Entry| !entry.point.is_in(version);
        let new = || history.iter().filter(is_new);
        let mut approved = BTreeSet::new();
        for entry in history.iter().filter(|entry| !is_new(entry)) {
            if given(entry).next().is_some() {
                approved.insert(entry.author);
            }
            if restates(entry) {
                approved.clear();
            }
        }
        let approve = new().filter(|entry| given(entry).next().is_some());
        approved.extend(approve.map(|entry| entry.author));
        let alters =
            |entry: &Entry| entry.more > 0 || entry.edits.iter().any(|edit| changes(&edit.what));
        new().any(|entry| alters(entry) && !approved.contains(&entry.author))
    }
}

/// The approvals that came with an entry.
fn given(entry: &Entry) -> impl Iterator<Item = AmendmentId> + '_ {
    entry.edits.iter().filter_map(|edit| match edit.what {
        Aspect::Presence(item) if item.kind == Kind::Amendment && edit.after.is_some() => {
            Some(AmendmentId(item.uid))
        }
        _ => None,
    })
}

/// Whether the status of the plan was changed. Thawed, it asks nobody; frozen again, it
/// asks anew.
fn restates(entry: &Entry) -> bool {
    let status = Aspect::Value(ABOUT, field::about::status.key());
    entry.edits.iter().any(|edit| edit.what == status)
}

/// Whether it is a change of the plan, for which a frozen one asks.
fn changes(what: &Aspect) -> bool {
    match what.subject() {
        Subject::Item(item) => !item.kind.is_about_the_plan(),
        _ => true,
    }
}
