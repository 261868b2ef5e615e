//! The running editor without its surroundings: events in, effects out.
//!
//! No clock, no randomness, no storage, no network: the time comes with each
//! event, and what must happen outside leaves as an [`Effect`]. The same events
//! give the same effects, so that everything here replays in a plain test.

mod card;
mod event;
mod excerpts;
pub mod folder;
pub mod html_file;
mod lines;
pub mod log;
mod opening;
mod partners;
mod past;
mod saving;
mod session;
mod sharing;
mod taking;
pub mod weft_file;
mod wire;

pub use card::Card;
pub use event::{Effect, Event, Notice};
pub use excerpts::Returned;
pub use lines::{LineId, LineKind, Present};
pub use opening::{OpenProblem, Opening, open};
pub use saving::{SaveState, StoreError};
pub use session::Session;
pub use sharing::{Counts, Meeting, Untaken, meeting, version_of};
pub use wire::{PROGRAM, Parting, Place};
