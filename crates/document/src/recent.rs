//! What was done lately, by whom and when, read from the history. Nothing is
//! kept for it: the history is walked from its end each time that it is asked
//! for, and only as far as the answer reaches.

use core::ops::ControlFlow;

use loro::ChangeMeta;
use weft_model::{Intent, ItemId, Subject, Uid, Verb};

use crate::document::Document;
use crate::version::{PeerId, Version};

/// The most stored changes that are looked at for one answer.
const LOOKED_AT: usize = 2_000;
/// What one person does to one thing within this time is told as one act: a
/// description is typed in many small ones.
pub(crate) const TOGETHER_SECONDS: i64 = 600;
/// What a plan is filled with within this time of its making belongs to it.
const BEGINNING_SECONDS: i64 = 5;

/// Something that somebody did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentAct {
    /// Who, by the uid; 0 where nobody gave one.
    pub author: Uid,
    /// The author's name as it is now; empty where it was never given.
    pub name: String,
    /// Whether the author is the one who edits here.
    pub own: bool,
    /// What it was for. Several levels of one module are told as an act on the
    /// module.
    pub intent: Intent,
    /// When it was last done, in milliseconds since 1970, by the clock of
    /// whoever did it.
    pub at_millis: i64,
}

/// Acts that are told as one, the last of them first.
struct Told {
    author: Uid,
    intent: Intent,
    first: i64,
    last: i64,
}

impl Document {
    /// What was done last, newest first, at most `limit` acts. That the plan was
    /// made, and what it was filled with as it was made, is no change of it.
    pub fn recent(&self, limit: usize) -> Vec<RecentAct> {
        self.done_since(&Version::default(), limit)
    }

    /// The same, but only what a copy at this version lacks.
    pub fn done_since(&self, version: &Version, limit: usize) -> Vec<RecentAct> {
        let mut told: Vec<Told> = Vec::new();
        let mut looked_at = 0;
        let ends: Vec<_> = self.loro.oplog_frontiers().iter().collect();
        // Fails where a history is cut short; what was seen until then stands.
        drop(self.loro.travel_change_ancestors(&ends, &mut |change| {
            looked_at += 1;
            let end = u32::try_from(change.id.counter).unwrap_or_default() + change.len as u32;
            let flow = if end > version.of(PeerId(change.id.peer)) {
                tell(&mut told, &change, limit)
            } else {
                ControlFlow::Continue(())
            };
            if looked_at == LOOKED_AT {
                return ControlFlow::Break(());
            }
            flow
        }));
        // Partners who worked apart are stored one behind the other.
        told.sort_by_key(|act| std::cmp::Reverse(act.last));
        let names = self.authors();
        let told = told.into_iter().map(|act| RecentAct {
            author: act.author,
            name: (names.get(&act.author)).map_or_else(String::new, |author| author.name.clone()),
            own: act.author == self.author.uid,
            intent: act.intent,
            at_millis: act.last.saturating_mul(1_000),
        });
        told.collect()
    }
}

fn tell(told: &mut Vec<Told>, change: &ChangeMeta, limit: usize) -> ControlFlow<()> {
    let Some((author, intent)) = read(change.message()) else {
        return ControlFlow::Continue(());
    };
    let at = change.timestamp;
    if intent.verb == Verb::Create {
        told.retain(|act| {
            let fills = matches!(act.intent.verb, Verb::Template | Verb::Import);
            !fills || act.first.abs_diff(at) > BEGINNING_SECONDS.unsigned_abs()
        });
        return ControlFlow::Continue(());
    }
    let known = told.iter_mut().find(|act| {
        act.author == author
            && act.intent.verb == intent.verb
            && thing(act.intent.subject) == thing(intent.subject)
            && act.first.abs_diff(at) <= TOGETHER_SECONDS.unsigned_abs()
    });
    if let Some(act) = known {
        if act.intent.subject != intent.subject {
            act.intent.subject = thing(intent.subject);
        }
        act.first = act.first.min(at);
        act.last = act.last.max(at);
    } else if told.len() == limit {
        return ControlFlow::Break(());
    } else {
        told.push(Told {
            author,
            intent,
            first: at,
            last: at,
        });
    }
    ControlFlow::Continue(())
}

/// What acts are told together by: a link counts as its module.
pub(crate) fn thing(subject: Subject) -> Subject {
    match subject {
        Subject::Link(key) => Subject::Item(ItemId::from(key.module)),
        other => other,
    }
}

fn read(message: &str) -> Option<(Uid, Intent)> {
    let (author, intent) = message.split_once(' ')?;
    Some((author.parse().ok()?, intent.parse().ok()?))
}
