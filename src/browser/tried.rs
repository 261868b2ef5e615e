//! Changes that a shared folder brings, tried in the Worker before the open plan
//! meets them.

use weft_document::Span;
use weft_sandbox::{Answer, Job};
use weft_session::Session;
use weft_session::folder::Piece;

use super::device::chance;
use super::runtime::Runtime;
use super::sandbox::{self, Failure, Stop};

/// What the Worker found in changes.
pub(super) enum Tried {
    /// It could not be asked.
    Not,
    /// Bytes that are no changes.
    Damaged,
    /// Whose operations they hold.
    Holds(Vec<Span>),
}

/// Has the Worker take all of these changes into a copy of the plan; nothing where
/// it does not get through them.
pub(super) async fn gone_through(runtime: &Runtime, pieces: &[Piece]) -> Option<Vec<Tried>> {
    let unknown = || Some(pieces.iter().map(|_| Tried::Not).collect());
    let Ok(log) = runtime.log().await else {
        // Nothing to try them on.
        return unknown();
    };
    let job = Job::Follow {
        plan: runtime.with(Session::id),
        log,
        updates: pieces.iter().map(|piece| piece.update.clone()).collect(),
        peer: chance(),
    };
    match sandbox::ask(&job, &[], &Stop::default(), |_| {}).await {
        Ok(Answer::Followed(spans)) => {
            let found = |spans: Option<_>| spans.map_or(Tried::Damaged, Tried::Holds);
            Some(spans.into_iter().map(found).collect())
        }
        // A browser without Workers, or a device without a connection whose copy
        // of the Worker is not here yet.
        Ok(_) | Err(Failure::Unavailable | Failure::Missing) => unknown(),
        Err(_) => None,
    }
}
