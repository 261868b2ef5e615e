//! Files with a history that come to Home: whole plans, what a partner has added,
//! excerpts that come back, and parts of a shared folder. Whoever knows nothing of
//! their sender tries them in the Worker first.

use std::collections::BTreeMap;

use leptos::prelude::untrack;
use weft_document::{Document, OpenError, PeerId};
use weft_model::{PartyId, Uid};
use weft_sandbox::{Here, Job};
use weft_session::folder;
use weft_session::weft_file::{self, Head, WeftFile};
use weft_session::{Card, Meeting, Session, Untaken};

use super::making::{Made, Outcome, history_file};
use super::visitor::{Came, Changed, Visitor, in_words};
use super::words::Trouble;
use crate::browser::files::Chosen;
use crate::browser::sandbox::{self, Failure, Stop};
use crate::browser::{device, library::Library, profile as profile_kept, seen};
use crate::ui::one_file::is_one_file;
use crate::ui::profile::fingerprint::words;
use crate::ui::text::{say, say_with};

/// Takes in a file with a history, or finds out what that would do.
pub(super) async fn receive(library: Library, file: Vec<u8>) -> Result<Outcome, Trouble> {
    let read = weft_file::read(&file)?;
    let plan: Uid = read.head.plan.parse().map_err(|_| Trouble::Unreadable)?;
    let card = library.card(plan).await?;
    // The editor that runs came in the same file as its plan: whoever meant harm
    // would not need the plan for it.
    let own = is_one_file() && library.cards().await?.is_empty();
    if !own
        && !read
            .signer
            .is_some_and(|key| profile_kept::known_keys().contains_key(&key.to_string()))
    {
        try_apart(&library, plan, card.is_some(), &file).await?;
    }
    if let Ok(origin) = read.head.excerpt_of.parse()
        && let Some(card) = library.card(origin).await?
    {
        return came_back(&library, origin, card, file).await;
    }
    let Some(card) = card else {
        if read.head.only_new {
            return Err(Untaken::Incomplete.into());
        }
        // Whoever opens a copy that was made for a party speaks for it, until they say
        // otherwise.
        if let (false, Ok(party)) = (
            profile_kept::party_is_said(plan),
            read.head.made_for.parse::<Uid>(),
        ) {
            profile_kept::keep_party(plan, Some(PartyId(party)));
        }
        library.keep_history(plan, read.history).await?;
        note_sender(plan, &read);
        return Ok(match met_excerpt(&library, plan).await {
            Some(visitor) => visitor,
            None => Outcome::Made(Made {
                from: Some(said_from(&read)),
                ..Made::plain(plan)
            }),
        });
    };
    let peer = PeerId(device::chance());
    let looked = library.peek(plan, |session| met(session, read.history, peer));
    let met = looked.await??;
    let known = met.meeting.known;
    note_sender(plan, &read);
    if known && card.deleted_millis.is_none() {
        return Ok(Outcome::Known(plan));
    }
    if known {
        library.restore(&card).await?;
        return Ok(Outcome::Known(plan));
    }
    let (head, signer) = (read.head, read.signer);
    Ok(Outcome::Met(Box::new(Visitor {
        plan,
        card,
        head,
        signer,
        unapproved: met.meeting.unapproved.clone(),
        meeting: met.meeting,
        file: file.into(),
        excerpt: None,
        replaced: Vec::new(),
        changes: met.changes,
    })))
}

/// What a history would do to a plan that is here.
struct Met {
    meeting: Meeting,
    changes: Vec<Changed>,
}

/// Finds that out.
fn met(session: &Session, history: &[u8], peer: PeerId) -> Result<Met, Untaken> {
    let (meeting, changes) = session.meet_and_tell(history, peer, in_words)?;
    Ok(Met {
        changes: changes.unwrap_or_default(),
        meeting,
    })
}

/// Has the Worker go through all that a file of unknown origin would make this
/// program do. What stops the one there would have stopped the other here.
async fn try_apart(
    library: &Library,
    plan: Uid,
    is_here: bool,
    file: &[u8],
) -> Result<(), Trouble> {
    let here = if is_here {
        let saved = library.peek(plan, Session::history).await?;
        Some(Here { plan, saved })
    } else {
        None
    };
    let peer = device::chance();
    let Some(handle) = Chosen::of("", file) else {
        return Err(Trouble::Sandbox(Failure::TooBig));
    };
    let job = Job::Try { here, peer };
    match sandbox::ask(&job, &[handle], &Stop::default(), |_| {}).await {
        Ok(_) => Ok(()),
        // A browser without Workers, or a device without a connection whose
        // copy of the Worker is not here yet: the trial on a copy of the plan,
        // which follows, still stands between the file and the plan.
        Err(Failure::Unavailable | Failure::Missing) => Ok(()),
        Err(failure) => Err(Trouble::Sandbox(failure)),
    }
}

/// Takes in a file of a shared folder, or finds out what that would do. `alone`: it is
/// one device's; who wrote several together has not seen them all.
pub(super) async fn receive_part(
    library: Library,
    bytes: &[u8],
    alone: bool,
) -> Result<Outcome, Trouble> {
    let part = folder::part(bytes).ok_or(Trouble::Unreadable)?;
    let peer = PeerId(device::chance());
    let here = library.card(part.plan).await?;
    try_apart(&library, part.plan, here.is_some(), bytes).await?;
    let (history, title) = match &here {
        Some(card) => {
            let look = |session: &Session| session.gathered(&part.updates, peer);
            let news = library.peek(part.plan, look).await??;
            if news.is_empty() {
                if card.deleted_millis.is_some() {
                    library.restore(card).await?;
                }
                return Ok(Outcome::Known(part.plan));
            }
            (news, card.title.clone())
        }
        None => {
            let opened = Document::open(part.plan, &part.updates, peer);
            let opened = opened.map_err(|error| match error {
                OpenError::Incomplete | OpenError::Empty => Untaken::Incomplete,
                OpenError::OtherPlan => Untaken::OtherPlan,
                _ => Untaken::Damaged,
            })?;
            if opened.pending {
                return Err(Untaken::Incomplete.into());
            }
            (opened.document.save(), BTreeMap::new())
        }
    };
    let head = Head {
        plan: part.plan.to_string(),
        title,
        saved_millis: device::now_millis(),
        saved_by: if alone { part.name } else { String::new() },
        author: if alone { part.author } else { String::new() },
        only_new: here.is_some(),
        excerpt_of: String::new(),
        made_for: String::new(),
    };
    receive(library, weft_file::write(&head, &history, None)).await
}

/// Finds out what an excerpt of a plan that is here would bring.
async fn came_back(
    library: &Library,
    origin: Uid,
    card: Card,
    file: Vec<u8>,
) -> Result<Outcome, Trouble> {
    let read = weft_file::read(&file)?;
    let excerpt: Uid = read.head.plan.parse().map_err(|_| Trouble::Unreadable)?;
    let (peer, now) = (PeerId(device::chance()), device::now_millis());
    let looked = library.peek(origin, |session| {
        let came = session.returned(excerpt, read.history, peer, now)?;
        let met = match came.update.is_empty() {
            true => None,
            false => Some(met(session, &came.update, PeerId(device::chance()))?),
        };
        Ok::<_, Untaken>((came, met))
    });
    let (came, met) = looked.await??;
    let Some(met) = met else {
        if card.deleted_millis.is_some() {
            library.restore(&card).await?;
        }
        return Ok(Outcome::Known(origin));
    };
    let whole = Head {
        plan: origin.to_string(),
        only_new: true,
        ..read.head.clone()
    };
    let update = weft_file::write(&whole, &came.update, None);
    let (head, signer) = (read.head, read.signer);
    Ok(Outcome::Met(Box::new(Visitor {
        plan: origin,
        card,
        head,
        signer,
        unapproved: met.meeting.unapproved.clone(),
        meeting: met.meeting,
        file: update.into(),
        excerpt: Some(Came {
            file: file.into(),
            proposed: came.proposed,
        }),
        replaced: Vec::new(),
        changes: met.changes,
    })))
}

/// A plan has come of which an excerpt was here: what was changed in that.
async fn met_excerpt(library: &Library, plan: Uid) -> Option<Outcome> {
    let card = library.card(plan).await.ok()??;
    for excerpt in library.excerpts(plan).await.ok()? {
        let id = excerpt.plan.parse().ok()?;
        let file = history_file(library.clone(), id).await.ok()?;
        let came = came_back(library, plan, card.clone(), file).await;
        if let Ok(Outcome::Met(visitor)) = came {
            return Some(Outcome::Met(visitor));
        }
    }
    None
}

/// Who sent a plan that is new here, and whether its signature is of a key that is known.
fn said_from(file: &WeftFile<'_>) -> String {
    let name = match file.head.saved_by.as_str() {
        "" => untrack(|| say("folder.nameless")),
        name => name.to_owned(),
    };
    let Some(key) = file.signer else {
        return say_with("home.from.unsigned", &[("name", name)]);
    };
    match profile_kept::known_keys().remove(&key.to_string()) {
        Some(known) => say_with("home.from.known", &[("name", name), ("known", known)]),
        None => {
            let words = untrack(|| words(&key));
            say_with("home.from.signed", &[("name", name), ("words", words)])
        }
    }
}

/// Whoever sent a file has seen what is in it.
fn note_sender(plan: Uid, file: &WeftFile<'_>) {
    let Ok(author) = file.head.author.parse() else {
        return;
    };
    let reached = weft_session::version_of(file.history);
    let known = seen::all(plan).remove(&author).map(|(version, _)| version);
    let reached = match known {
        Some(known) => reached.joined(&known),
        // What it built on is not known.
        None if file.head.only_new => return,
        None => reached,
    };
    seen::note(plan, author, &reached, file.head.saved_millis);
}
