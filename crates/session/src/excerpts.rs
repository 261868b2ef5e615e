//! Excerpts: a plan going out without its history, perhaps for one party alone,
//! and what was changed in it coming back.

use sha2::{Digest, Sha256};
use weft_document::{Author, Carry, Document, OpenError, Origin, PeerId, Span, Version};
use weft_model::{
    Act, Aspect, Command, EditError, ItemId, Kind, PartyId, Plan, Spot, Subject, Uid, Value, Verb,
    carrying, field, proposing,
};
use weft_seal::Key;

use crate::session::Session;
use crate::sharing::{Untaken, titles};
use crate::weft_file::{self, Head};
use crate::wire::PROGRAM;

/// What came back in an excerpt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Returned {
    /// It as changes of the plan that the excerpt was taken from; empty where all
    /// of it is here already.
    pub update: Vec<u8>,
    /// How many of the changes became proposals, because the plan reads otherwise
    /// there than the excerpt did, or holds more.
    pub proposed: usize,
}

impl Session {
    /// The plan as it reads now as a file with a plan of its own, that these
    /// commands make out of an empty one. `id` is a fresh random number.
    ///
    /// # Errors
    /// Where the commands are impossible.
    pub fn excerpt(
        &self,
        id: Uid,
        commands: Vec<Command>,
        made_for: Option<PartyId>,
        now: i64,
        key: Option<&Key>,
    ) -> Result<Vec<u8>, EditError> {
        let act = Act::many(Verb::Import, Subject::Plan, commands);
        let mut plan = Plan::new();
        plan.apply(&act)?;
        let origin = Origin {
            plan: self.id(),
            version: Some(self.document.version()),
            made_for,
        };
        let authors = self.document.authors();
        let named = authors_of(&plan);
        let named = named.iter().filter_map(|uid| authors.get(uid));
        let history = Document::excerpt(id, &origin, &self.author, named, &act, now)?;
        let head = Head {
            plan: id.to_string(),
            title: titles(&plan),
            excerpt_of: self.id().to_string(),
            made_for: made_for.map(|it| it.to_string()).unwrap_or_default(),
            ..self.head(now, false)
        };
        Ok(weft_file::write(&head, &history, key))
    }

    /// Where this plan was taken from, if it is an excerpt.
    pub fn origin(&self) -> Option<Origin> {
        self.document.origin()
    }

    /// What was changed in an excerpt of this plan since it was sent, or since it
    /// last came back, as changes of this plan: made at the point at which it was
    /// taken, so that they merge like anybody's. Two devices that take in the
    /// same file make the same changes of it. `peer` is a fresh random number.
    ///
    /// # Errors
    /// Where it is no whole excerpt of this plan, or was taken from a state that
    /// is not here.
    pub fn returned(
        &self,
        excerpt: Uid,
        history: &[u8],
        peer: PeerId,
        now: i64,
    ) -> Result<Returned, Untaken> {
        let theirs = Document::open(excerpt, [history], peer).map_err(|why| match why {
            OpenError::Incomplete | OpenError::Empty => Untaken::Incomplete,
            _ => Untaken::Damaged,
        })?;
        if theirs.pending {
            return Err(Untaken::Incomplete);
        }
        let theirs = theirs.document;
        let origin = theirs.origin().filter(|it| it.plan == self.id());
        let origin = origin.ok_or(Untaken::OtherPlan)?;
        let mine = self.document.version();
        let last = theirs.version();
        let carry = self.document.carried(excerpt).unwrap_or_else(|| Carry {
            excerpt: theirs.beginning(),
            written: Version::default(),
        });
        if carry.excerpt.includes(&last) {
            return Ok(Returned::default());
        }
        let known = carry.excerpt.common(&last);
        let from = (origin.version.as_ref()).map(|it| it.joined(&carry.written));
        let from = from.unwrap_or_else(|| mine.clone());
        if !mine.includes(&from) {
            return Err(Untaken::Incomplete);
        }
        let base = theirs.at_version(&known).ok_or(Untaken::Damaged)?;
        let peer = match origin.version {
            Some(_) => the_same(self.id(), excerpt, [&known, &last, &from]),
            None => peer,
        };
        if mine.of(peer) > 0 {
            return Ok(Returned::default());
        }
        let authors = theirs.authors();
        let newest = theirs.done_since(&known, 1).into_iter().next();
        let author = newest.as_ref().and_then(|act| authors.get(&act.author));
        let author = author.cloned().unwrap_or_default();
        let at = newest.map_or(now, |act| act.at_millis);
        let fork = self.document.fork_at(&from, peer, &author);
        let mut fork = fork.ok_or(Untaken::Damaged)?;
        let carried = carrying(fork.plan(), &base, theirs.plan());
        let aside = carried.aside.iter();
        let aside = aside.map(|it| proposal(excerpt, &author, at, &it.what, [&it.here, &it.there]));
        let aside: Vec<Command> = aside.collect();
        let proposed = aside.len();
        if carried.commands.is_empty() && aside.is_empty() {
            return Ok(Returned::default());
        }
        for (verb, commands) in [(Verb::Import, carried.commands), (Verb::Propose, aside)] {
            if !commands.is_empty() {
                let act = Act::many(verb, Subject::Plan, commands);
                fork.apply(&act, at).map_err(|_| Untaken::Damaged)?;
            }
        }
        let mut written = carry.written;
        written.extend(Span {
            peer,
            from: 0,
            to: fork.version().of(peer),
        });
        let carry = Carry {
            excerpt: carry.excerpt.joined(&last),
            written,
        };
        fork.note_carried(excerpt, &carry, authors.values(), at);
        let update = fork.updates_since(&from);
        Ok(Returned { update, proposed })
    }
}

/// The peer that writes a return: the same wherever it is taken in.
fn the_same(plan: Uid, excerpt: Uid, versions: [&Version; 3]) -> PeerId {
    let mut hash = Sha256::new();
    hash.update("weft return");
    hash.update(env!("CARGO_PKG_VERSION"));
    hash.update(PROGRAM.to_le_bytes());
    hash.update(plan.0.to_le_bytes());
    hash.update(excerpt.0.to_le_bytes());
    for version in versions {
        let bytes = version.encode();
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    let whole = hash.finalize();
    PeerId(first_eight(&whole))
}

fn first_eight(hash: &[u8]) -> u64 {
    let bytes = hash.first_chunk().copied().unwrap_or_default();
    u64::from_le_bytes(bytes)
}

/// A change that is for a person to decide, as a proposal.
fn proposal(
    excerpt: Uid,
    author: &Author,
    at: i64,
    what: &Aspect,
    [here, there]: [&Option<Value>; 2],
) -> Command {
    let mut fields = proposing(what, here.as_ref(), there.as_ref());
    fields.push((
        field::proposal::author.key(),
        Value::str(author.uid.to_string()),
    ));
    fields.push((field::proposal::at.key(), Value::Int(at)));
    // The same one where the same file is taken in twice.
    let mut hash = Sha256::new();
    hash.update(excerpt.0.to_le_bytes());
    hash.update(what.to_string());
    hash.update(there.as_ref().map(Value::written).unwrap_or_default());
    let uid = Uid(first_eight(&hash.finalize()));
    Command::Add {
        item: ItemId {
            kind: Kind::Proposal,
            uid,
        },
        owner: None,
        spot: Spot::Last,
        fields,
    }
}

/// The authors whom a plan names: of what was said in it.
fn authors_of(plan: &Plan) -> Vec<Uid> {
    let comments = plan.comments.iter().map(|it| it.author.clone());
    let proposals =
        (plan.proposals.iter()).flat_map(|it| [it.author.clone(), it.answered_by.clone()]);
    let experts = plan.experts.iter().map(|it| it.author.clone());
    let verdicts = plan.verdicts.iter().map(|it| it.author.clone());
    let all = comments.chain(proposals).chain(experts).chain(verdicts);
    all.filter_map(|author| author.parse().ok()).collect()
}
