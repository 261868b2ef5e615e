//! What comes into a session and what leaves it, and what a person is told.

use weft_document::Author;
use weft_model::{Act, Change, EditError, Subject};

use crate::card::Card;
use crate::log::Damage;
use crate::saving::{SaveState, StoreError};

/// Something that happened outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The person did something.
    Acted(Act),
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
    /// Another tab said something.
    Told(Vec<u8>),
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
    /// A copy of the plan left the device as a file.
    Exported,
    /// The person said who they are.
    Named(Author),
    /// A time that was asked for has come.
    Woke,
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
    /// Say this to the other tabs.
    Tell(Vec<u8>),
    /// Send `Woke` at this time, in milliseconds since 1970.
    Wake(i64),
    /// The plan changed.
    Changed(Change),
    /// Show how safe the plan is.
    Show(SaveState),
    /// Tell the person.
    Notify(Notice),
    /// The person's act is impossible.
    Refuse(EditError),
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
    /// Undo left these as they are: a partner has changed them since.
    UndoLeft(Vec<Subject>),
    /// The storage was deleted; the plan was written again.
    StorageGone,
}
