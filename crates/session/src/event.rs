//! What comes into a session and what leaves it, and what a person is told.

use weft_document::Author;
use weft_model::{Act, Change, EditError, Subject};

use crate::card::Card;
use crate::lines::{LineId, LineKind};
use crate::log::Damage;
use crate::saving::{SaveState, StoreError};
use crate::sharing::Untaken;
use crate::wire::{Parting, Place};

/// Something that happened outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The person did something.
    Acted(Act),
    /// A plan came without its history: these are whom it speaks of.
    SpeaksOf(Vec<Author>),
    /// The person takes the last act of this tab back.
    Undone,
    /// The person does again what was taken back.
    Redone,
    /// The device has a batch of records, for certain.
    Written {
        /// Which batch.
        ticket: u64,
    },
    /// The device has not taken a batch.
    WriteFailed {
        /// Which batch.
        ticket: u64,
        /// Why.
        error: StoreError,
    },
    /// There is a way to partners from now on.
    Joined {
        /// Which one.
        line: LineId,
        /// Who is at the other end.
        kind: LineKind,
    },
    /// That way is there no longer.
    Parted(LineId),
    /// Partners said something.
    Heard {
        /// Over which line.
        line: LineId,
        /// What, in the order in which it came. What lies here together is taken in
        /// at one go.
        frames: Vec<Vec<u8>>,
    },
    /// The person went somewhere else in the plan.
    MovedTo(Place),
    /// This tab tidies up the log from now on, or no longer.
    Led(bool),
    /// The whole log of the plan, as the device has it.
    LogRead(Vec<(u64, Vec<u8>)>),
    /// The log was replaced by one record of this many bytes.
    Replaced {
        /// Bytes that the log takes up now.
        bytes: u64,
    },
    /// Tidying up failed; the log is as it was.
    ReplaceFailed,
    /// The storage was deleted or closed under our hands.
    StorageGone,
    /// A newer program has taken the storage over.
    StorageNewer,
    /// A history that came in as a file; [`Session::meet`](crate::Session::meet)
    /// has tried it out.
    Received(Vec<u8>),
    /// Changes that came by a shared folder.
    Followed(Vec<u8>),
    /// A copy of the plan left the device as a file.
    Exported,
    /// The person said who they are.
    Named(Author),
    /// A time that was asked for has come.
    Woke,
    /// The time of a beat has come.
    Beat,
    /// The person has seen what they did: what was put off can be written and said.
    Due,
}

impl Event {
    /// Whether it is an edit of this tab's person, whose bytes may be put off.
    pub(crate) fn is_edit(&self) -> bool {
        matches!(self, Self::Acted(_) | Self::Undone | Self::Redone)
    }
}

/// Something that must happen outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Put these records behind the log, and the card in its place, in one
    /// transaction; answer with `Written` or `WriteFailed`.
    Append {
        /// Which batch.
        ticket: u64,
        /// Framed records.
        records: Vec<Vec<u8>>,
        /// What Home shows.
        card: Card,
    },
    /// Put the card in its place. Nobody waits for it: the next batch brings it
    /// too.
    Card(Card),
    /// Send this over a line.
    Say {
        /// Which one.
        line: LineId,
        /// What.
        frame: Vec<u8>,
    },
    /// Close a line: nothing more is said or heard over it.
    Close(LineId),
    /// Who else is here, or where, is different now: see
    /// [`Session::present`](crate::Session::present).
    Presence,
    /// Send `Woke` at this time, in milliseconds since 1970, even if the plan is
    /// closed meanwhile: something is still to be saved.
    Wake(i64),
    /// Send `Woke` at this time, if the plan is still held then, be it only by a
    /// write that has not been answered.
    Watch(i64),
    /// Send `Beat` at this time, if the plan is still open then.
    Beat(i64),
    /// Send `Due` once the person has seen what changed, even if the plan is closed
    /// meanwhile. Asked for only after [`Session::put_off`](crate::Session::put_off).
    Due,
    /// The plan changed.
    Changed(Change),
    /// Show how safe the plan is.
    Show(SaveState),
    /// Tell the person.
    Notify(Notice),
    /// The person's act is impossible.
    Refuse(EditError),
    /// What came in by a file or a folder was not taken.
    Untaken(Untaken),
    /// Read the whole log and answer with `LogRead`.
    ReadLog,
    /// Replace these records by one, in one transaction; answer with
    /// `Replaced` or `ReplaceFailed`.
    Replace {
        /// Keys of the records that go.
        remove: Vec<u64>,
        /// The framed record that comes.
        record: Vec<u8>,
        /// What Home shows.
        card: Card,
    },
}

/// Something that a person should know. Each stays until it is no longer true
/// or was put away.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// Part of the log could not be read.
    Damaged(Damage),
    /// Changes are there that build on earlier ones which are not.
    WaitingForEarlier,
    /// The plan was written by a newer program: open for reading only.
    NewerPlan {
        /// The schema of the plan.
        schema: u32,
    },
    /// A newer program has the plan open in another tab: reload this one.
    NewerTab,
    /// Two tabs claim to be the same one: reload this one.
    Diverged,
    /// An exchange with a partner has ended.
    Parted {
        /// The name it gave; empty: none.
        who: String,
        /// Why.
        why: Parting,
    },
    /// Undo left these as they are: a partner has changed them since.
    UndoLeft(Vec<Subject>),
    /// What a partner sent has changed the plan, which is frozen, and does not say why.
    FrozenChanged,
    /// The storage was deleted; the plan was written again.
    StorageGone,
}
