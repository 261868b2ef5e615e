//! What a session can tell of what was done.

use std::collections::BTreeMap;

use weft_document::{Approval, Author, Clash, Entry, Point, RecentAct, Version};
use weft_model::{Aspect, Intent, ItemId, Plan, Uid};

use crate::session::Session;

impl Session {
    /// What undo would take back.
    pub fn undoable(&self) -> Option<Intent> {
        self.document.undoable()
    }

    /// What redo would do again.
    pub fn redoable(&self) -> Option<Intent> {
        self.document.redoable()
    }

    /// What undo would change.
    pub fn undo_changes(&self) -> Vec<Aspect> {
        self.document.undo_changes()
    }

    /// What redo would change.
    pub fn redo_changes(&self) -> Vec<Aspect> {
        self.document.redo_changes()
    }

    /// What was done last, newest first, at most `limit` acts.
    pub fn recent(&self, limit: usize) -> Vec<RecentAct> {
        self.document.recent(limit)
    }

    /// What was done that a copy at this version lacks, newest first.
    pub fn done_since(&self, version: &Version, limit: usize) -> Vec<RecentAct> {
        self.document.done_since(version, limit)
    }

    /// All that was done, oldest first; with an item: to that.
    pub fn chronicle(&self, about: Option<ItemId>) -> Vec<Entry> {
        self.document.chronicle(about)
    }

    /// The approvals to change the plan while it was frozen, oldest first.
    pub fn approvals(&self) -> Vec<Approval> {
        self.document.approvals()
    }

    /// What was changed on several sides at the same time and is not decided.
    pub fn clashes(&self) -> Vec<Clash> {
        self.document.clashes()
    }

    /// Reads what of the history the next look for clashes needs.
    pub fn look_on(&self) {
        self.document.look_on();
    }

    /// How often something came from elsewhere: only that can bring new clashes.
    pub fn merges(&self) -> u64 {
        self.document.merges()
    }

    /// The plan as it read at a point of its history.
    pub fn at(&self, point: &Point) -> Option<Plan> {
        self.document.at(point)
    }

    /// The point of the history that this is; nothing right after a merge.
    pub fn point(&self) -> Option<Point> {
        self.document.point()
    }

    /// Everybody who has written here, by their uid.
    pub fn authors(&self) -> BTreeMap<Uid, Author> {
        self.document.authors()
    }
}
