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

impl Document {
    /// The approvals to change the plan while it was frozen, oldest first. Each covers
    /// what its author did to the plan after it, until they approve anew or its status
    /// changes, and what came from those whose changes it let in.
    pub fn approvals(&self) -> Vec<Approval> {
        let history = self.chronicle(None);
        let mut all: Vec<Approval> = Vec::new();
        let mut open: BTreeMap<Uid, usize> = BTreeMap::new();
        let mut uncovered: Vec<&Entry> = Vec::new();
        let mut given_at = Vec::new();
        for entry in &history {
            for amendment in given(entry) {
                open.insert(entry.author, all.len());
                given_at.push(entry.point);
                all.push(Approval {
                    amendment,
                    author: entry.author,
                    entries: Vec::new(),
                });
            }
            if alters(entry) {
                match open.get(&entry.author).and_then(|at| all.get_mut(*at)) {
                    Some(approval) => approval.entries.push(altered(entry)),
                    None => uncovered.push(entry),
                }
            }
            if restates(entry) {
                open.clear();
            }
        }
        // The first that let somebody's changes in speaks for those.
        let mut lets_in: Vec<(BTreeSet<Uid>, Version)> = Vec::new();
        for (approval, point) in all.iter().zip(given_at) {
            let amendment = self.plan().amendments.get(approval.amendment);
            let from = amendment
                .map(|it| it.taken_from.as_str())
                .unwrap_or_default();
            let from = from.split_whitespace().filter_map(|uid| uid.parse().ok());
            lets_in.push((from.collect(), self.version_at(point)));
        }
        for entry in uncovered {
            let came = |(authors, before): &(BTreeSet<Uid>, Version)| {
                authors.contains(&entry.author) && !entry.point.is_in(before)
            };
            let first = lets_in.iter().position(came);
            if let Some(approval) = first.and_then(|at| all.get_mut(at)) {
                approval.entries.push(altered(entry));
            }
        }
        all
    }

    /// Who changed the plan in what a copy at this version lacks without an approval of
    /// their own: neither one in that part of the history nor one that still held when
    /// it began.
    pub fn unapproved_since(&self, version: &Version) -> BTreeSet<Uid> {
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
        let unapproved = new().filter(|entry| alters(entry) && !approved.contains(&entry.author));
        unapproved.map(|entry| entry.author).collect()
    }
}

/// Whether an entry changed the plan.
fn alters(entry: &Entry) -> bool {
    entry.more > 0 || entry.edits.iter().any(|edit| changes(&edit.what))
}

/// What an entry changed of the plan.
fn altered(entry: &Entry) -> Entry {
    let mut entry = entry.clone();
    entry.edits.retain(|edit| changes(&edit.what));
    entry
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
