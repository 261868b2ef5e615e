//! Changes that a shared folder brings, taken in after the Worker has tried them.

use std::collections::BTreeMap;

use weft_document::Span;
use weft_sandbox::{Answer, Job};
use weft_session::folder::Piece;
use weft_session::{Event, Session, Untaken};

use super::device::chance;
use super::prefs;
use super::runtime::Runtime;
use super::sandbox::{self, Failure, Stop};

/// What the Worker found in changes.
enum Tried {
    /// It could not be asked.
    Not,
    /// Bytes that are no changes.
    Damaged,
    /// Whose operations they hold.
    Holds(Vec<Span>),
}

/// Takes in what files brought, after the Worker has: what stops the program
/// there would have stopped this one. Gives whose operations were taken in.
pub(super) async fn take_all(
    runtime: &Runtime,
    pieces: Vec<Piece>,
) -> Vec<(Piece, Result<Vec<Span>, Untaken>)> {
    if pieces.is_empty() {
        return Vec::new();
    }
    if let Some(tried) = gone_through(runtime, &pieces).await {
        return take_tried(runtime, pieces, tried);
    }
    // One of them stops it: those of its file are left out.
    let mut files: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
    for piece in pieces {
        files.entry(piece.file.clone()).or_default().push(piece);
    }
    let one = files.len() == 1;
    let mut all = Vec::new();
    for pieces in files.into_values() {
        let tried = if one {
            None
        } else {
            gone_through(runtime, &pieces).await
        };
        match tried {
            Some(tried) => all.extend(take_tried(runtime, pieces, tried)),
            None => all.extend(pieces.into_iter().map(|it| (it, Err(Untaken::Damaged)))),
        }
    }
    all
}

fn take_tried(
    runtime: &Runtime,
    pieces: Vec<Piece>,
    tried: Vec<Tried>,
) -> Vec<(Piece, Result<Vec<Span>, Untaken>)> {
    let both = pieces.into_iter().zip(tried);
    both.map(|(piece, tried)| {
        let taken = take(runtime, &piece, tried);
        (piece, taken)
    })
    .collect()
}

/// Takes changes in; gives whose operations they hold. Crafted ones can end
/// the program: which untried ones were begun with is noted before, and such
/// are passed over at the next start.
fn take(runtime: &Runtime, piece: &Piece, tried: Tried) -> Result<Vec<Span>, Untaken> {
    let update = &piece.update;
    match tried {
        Tried::Damaged => return Err(Untaken::Damaged),
        Tried::Holds(spans) => {
            let version = runtime.with(Session::version);
            if !spans.iter().all(|span| span.is_in(&version)) {
                runtime.take(Event::Followed(update.clone()))?;
            }
            return Ok(spans);
        }
        Tried::Not => {}
    }
    let mark = format!(
        "{}.{:08x}",
        runtime.with(Session::id),
        weft_session::log::check_sum(update)
    );
    let mut skipped = prefs::read("skip").unwrap_or_default();
    if prefs::read("taking").is_some_and(|begun| begun == mark) {
        skipped.push_str(&mark);
        skipped.push(' ');
        prefs::write("skip", &skipped);
        prefs::write("taking", "");
    }
    if skipped.contains(&mark) {
        return Err(Untaken::Damaged);
    }
    prefs::write("taking", &mark);
    let spans = piece.spans();
    let taken = runtime.take(Event::Followed(update.clone()));
    prefs::write("taking", "");
    taken?;
    spans
}

/// Has the Worker take all of these changes into a copy of the plan; nothing where
/// it does not get through them.
async fn gone_through(runtime: &Runtime, pieces: &[Piece]) -> Option<Vec<Tried>> {
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
