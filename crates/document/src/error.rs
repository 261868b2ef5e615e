//! What can go wrong, one enum per thing that a caller does.

use weft_model::Subject;

/// Why no plan could be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// There was nothing to open.
    Empty,
    /// This record, counted from 0, is damaged. The others may still open.
    Damaged {
        /// Which of the records handed in.
        record: usize,
    },
    /// This record, counted from 0, is larger than any plan may be.
    TooLarge {
        /// Which of the records handed in.
        record: usize,
    },
    /// All records are whole, but the beginning of the plan is not among them.
    Incomplete,
    /// The records are another plan's.
    OtherPlan,
    /// The peer has written in this plan before: take a fresh one.
    PeerUsed,
}

/// Why bytes from a partner, a tab or a file were not taken in. The plan is as
/// it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergeError {
    /// More bytes than an update may have.
    TooLarge {
        /// The most bytes.
        limit: usize,
    },
    /// Cut off, damaged, or not an update at all.
    Damaged,
    /// Written by a newer program in a form that cannot be read.
    Newer,
    /// The history of another plan.
    OtherPlan,
    /// Somebody else writes with this session's peer id.
    SamePeer,
}

/// Why nothing was undone or redone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UndoError {
    /// Nothing is left to undo or to redo.
    Nothing,
    /// Partners have changed all of it since. The step is dropped.
    Changed {
        /// What they changed.
        by_others: Vec<Subject>,
    },
    /// The plan is open for reading only.
    ReadOnly,
}
