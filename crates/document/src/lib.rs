//! The saved plan: a document that several people edit without a server.
//! Opening, acting, undoing, merging, saving. The only room that knows Loro,
//! and no type of Loro is in its face.
//!
//! Deliberately not here: where bytes are kept or sent, what a command means
//! (`model`), clocks and randomness: peers and times are handed in.

mod approvals;
mod authors;
mod chronicle;
mod clashes;
mod document;
mod error;
mod excerpt;
mod fingerprint;
mod layout;
mod line;
mod merging;
mod opening;
mod project;
mod reading;
mod recent;
mod side;
mod store;
mod texts;
mod undo;
mod undoing;
mod version;
mod walk;
mod wording;

pub use approvals::Approval;
pub use chronicle::{Entry, LISTED, NotAPoint, Point, Tally};
pub use clashes::{Claim, Clash};
pub use document::{Access, Applied, Author, Document, Merged, Opened, UPDATE_LIMIT};
pub use error::{MergeError, OpenError, UndoError};
pub use excerpt::{Carry, Origin};
pub use layout::SCHEMA;
pub use opening::Kept;
pub use reading::{pack_plan, unpack_plan};
pub use recent::RecentAct;
pub use undo::{TYPING_MILLIS, UNDO_LIMIT};
pub use version::{NotAVersion, PEER_LIMIT, PeerId, Span, Version};
