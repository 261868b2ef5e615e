//! Opening a plan from its log, or starting a new one.

use weft_document::{Access, Author, Document, Kept, OpenError, Opened, PeerId};
use weft_model::Uid;

use crate::card::Card;
use crate::event::{Effect, Notice};
use crate::lines::Lines;
use crate::log::{self, Damage, RecordKind};
use crate::saving::Saving;
use crate::session::Session;

/// What is needed to open a plan.
#[derive(Debug)]
pub struct Opening<'a> {
    /// The records of its log, in order; none for a new plan.
    pub records: Vec<&'a [u8]>,
    /// Its id.
    pub plan: Uid,
    /// Its card, if there is one.
    pub card: Option<Card>,
    /// A fresh random number for this tab and session.
    pub peer: PeerId,
    /// Who works here.
    pub author: Author,
    /// Now, in milliseconds since 1970.
    pub now: i64,
}

/// Why a plan cannot be opened.
#[derive(Clone, Debug, PartialEq)]
pub enum OpenProblem {
    /// There is a log, but nothing in it can be read.
    Unreadable(Option<Damage>),
    /// The log is another plan's.
    OtherPlan,
}

/// Opens a plan, or starts a new one where there is no log yet.
pub fn open(opening: Opening<'_>) -> Result<(Session, Vec<Effect>), OpenProblem> {
    let Opening {
        records,
        plan,
        card,
        peer,
        author,
        now,
    } = opening;
    let bytes: u64 = records.iter().map(|record| record.len() as u64).sum();
    let count = records.len();
    let fresh = records.is_empty();
    let recovered = log::read_records(records);
    let mut effects = Vec::new();
    let mut damage = recovered.damage;
    let mut waited = false;
    let document = if fresh {
        Document::create(plan, peer, &author, now)
    } else {
        let bodies = recovered.good.iter().map(|(_, body)| *body).collect();
        let kept = recovered.reading;
        let kept = kept.map(|(record, reading)| Kept { record, reading });
        let opened = open_what_is_whole(plan, bodies, kept, peer, &mut damage)?;
        waited = opened.pending;
        if waited {
            effects.push(Effect::Notify(Notice::WaitingForEarlier));
        }
        opened.document
    };
    if let Some(damage) = damage {
        effects.push(Effect::Notify(Notice::Damaged(damage)));
    }
    let card = card.unwrap_or_else(|| Card::of(plan, document.plan(), now, bytes));
    let author = document.as_known(&author);
    let mut session = Session {
        document,
        saving: Saving::default(),
        card,
        author,
        lines: Lines::default(),
        leads: false,
        tidying: false,
        stale: false,
        diverged: false,
        log_records: count,
        log_bytes: bytes,
        spare: false,
        card_is_old: true,
        waited,
        due: false,
    };
    if let Access::ReadOnly { schema } = session.document.access() {
        effects.push(Effect::Notify(Notice::NewerPlan { schema }));
    } else if fresh {
        session
            .saving
            .push(RecordKind::Snapshot, &session.document.save());
    } else if let Some(applied) = session.document.set_author(&session.author, now) {
        session.keep(&applied.update, &mut effects);
    }
    session.settle(now, &mut effects);
    Ok((session, effects))
}

/// A record can be whole as bytes and still be no changes: it is left out, and
/// the rest is opened.
fn open_what_is_whole(
    plan: Uid,
    mut bodies: Vec<&[u8]>,
    mut kept: Option<Kept<'_>>,
    peer: PeerId,
    damage: &mut Option<Damage>,
) -> Result<Opened, OpenProblem> {
    loop {
        match Document::open_with(plan, &bodies, kept.take(), peer) {
            Ok(opened) => return Ok(opened),
            Err(OpenError::Damaged { record } | OpenError::TooLarge { record })
                if record < bodies.len() =>
            {
                let bytes = bodies.remove(record).len();
                let seen = damage.get_or_insert(Damage {
                    record,
                    lost: 0,
                    bytes: 0,
                });
                seen.lost += 1;
                seen.bytes += bytes;
            }
            Err(OpenError::OtherPlan) => return Err(OpenProblem::OtherPlan),
            Err(_) => return Err(OpenProblem::Unreadable(*damage)),
        }
    }
}
