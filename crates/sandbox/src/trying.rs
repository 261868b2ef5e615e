//! A `.weft` file of unknown origin, or what a shared folder brings, gone through
//! before the plan meets it: its history opened, merged into a copy of the plan
//! that is here, saved and opened again, as the editor will do. What it refuses,
//! it refuses there too, with its reason; what would stop it, or keep it for
//! ever, stops this program.

use weft_document::{Author, Document, PeerId, Span};
use weft_model::Uid;
use weft_session::folder::{self, Part};
use weft_session::{Event, Opening, meeting, weft_file};

use crate::job::{Given, Here};

/// About as far back as the Overview looks after each change.
const RECENT: usize = 20;

pub(crate) fn try_out(files: &[Given], here: Option<&Here>, peer: u64) {
    let peer = PeerId(peer);
    let Some(bytes) = files.first().map(|file| file.bytes.as_slice()) else {
        return;
    };
    if let Some(part) = folder::part(bytes) {
        return try_part(&part, here, peer);
    }
    let Ok(file) = weft_file::read(bytes) else {
        return;
    };
    // The plan that the file says it is of.
    if let Ok(plan) = file.head.plan.parse()
        && let Ok(opened) = Document::open(plan, [file.history], peer)
    {
        drop(opened.document.clashes());
        drop(Document::open(plan, [opened.document.save()], peer));
    }
    if let Some(here) = here
        && let Ok(opened) = Document::open(here.plan, [&here.saved], peer)
    {
        drop(meeting(&opened.document, file.history, peer));
    }
}

fn try_part(part: &Part<'_>, here: Option<&Here>, peer: PeerId) {
    let mine = here.map(|here| here.saved.as_slice());
    let records = mine.into_iter().chain(part.updates.iter().copied());
    if let Ok(opened) = Document::open(part.plan, records, peer) {
        drop(opened.document.clashes());
        drop(Document::open(part.plan, [opened.document.save()], peer));
    }
}

pub(crate) fn follow(
    plan: Uid,
    log: &[Vec<u8>],
    updates: &[Vec<u8>],
    peer: u64,
) -> Vec<Option<Vec<Span>>> {
    let spans: Vec<_> = (updates.iter())
        .map(|update| Document::spans(update).ok())
        .collect();
    go_through(plan, log, updates, PeerId(peer));
    spans
}

fn go_through(plan: Uid, log: &[Vec<u8>], updates: &[Vec<u8>], peer: PeerId) {
    let opening = Opening {
        records: log.iter().map(Vec::as_slice).collect(),
        plan,
        card: None,
        peer,
        author: Author::default(),
        now: 0,
    };
    let Ok((mut session, _)) = weft_session::open(opening) else {
        return;
    };
    for update in updates {
        drop(session.handle(0, Event::Followed(update.clone())));
    }
    // What is crafted may do no harm before it is looked at or built on.
    drop((session.clashes(), session.recent(RECENT), session.authors()));
    session.unpack();
    drop(session.handle(0, Event::Named(Author::default())));
    drop(Document::open(plan, [session.history()], peer));
}
