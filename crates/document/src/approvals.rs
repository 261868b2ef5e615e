//! What was changed in a frozen plan, under which approval.

use std::collections::BTreeMap;

use weft_model::{ABOUT, AmendmentId, Aspect, Kind, Subject, Uid, field};

use crate::chronicle::Entry;

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
        for edit in &entry.edits {
            if let (Aspect::Presence(item), Some(_)) = (&edit.what, &edit.after)
                && item.kind == Kind::Amendment
            {
                open.insert(entry.author, all.len());
                all.push(Approval {
                    amendment: AmendmentId(item.uid),
                    author: entry.author,
                    entries: Vec::new(),
                });
            }
        }
        let under = open.get(&entry.author).copied();
        if entry.edits.iter().any(|edit| changes(&edit.what))
            && let Some(approval) = under.and_then(|at| all.get_mut(at))
        {
            let mut entry = entry.clone();
            entry.edits.retain(|edit| changes(&edit.what));
            approval.entries.push(entry);
        }
        let status = Aspect::Value(ABOUT, field::about::status.key());
        // Thawed, it asks nobody; frozen again, it asks anew.
        if entry.edits.iter().any(|edit| edit.what == status) {
            open.clear();
        }
    }
    all
}

/// Whether it is a change of the plan, for which a frozen one asks.
fn changes(what: &Aspect) -> bool {
    if matches!(what, Aspect::Value(_, key) if key.field == field::about::status) {
        return false;
    }
    match what.subject() {
        Subject::Item(item) => !item.kind.is_about_the_plan(),
        _ => true,
    }
}
