//! A plan as it is saved, edited and merged.

use std::cell::RefCell;
use std::collections::BTreeSet;

use loro::{CommitOptions, ExportMode, IdSpan, LoroDoc, Subscription};
use weft_model::{
    Act, Change, EditError, Intent, PartyId, Plan, Subject, TextAt, Uid, Verb, Write,
};

use crate::project::{self, Spots};
use crate::side::Side;
use crate::store::Pen;
use crate::texts::{Aliases, TextEdit};
use crate::undo::{self, History, Others};
use crate::version::PeerId;

/// The most bytes that are taken in at once.
pub const UPDATE_LIMIT: usize = 64 << 20;

/// A person or a device that edits, as the plan names it. A claim, not a proof.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Author {
    /// Stable over sessions.
    pub uid: Uid,
    /// As others read it.
    pub name: String,
    /// The party of the plan that it speaks for.
    pub party: Option<PartyId>,
    /// As what it works there.
    pub role: String,
    /// By which of the editor's colours it is known, from 1; 0: none.
    pub colour: u8,
    /// The public half of its key as hexadecimal letters; empty: none.
    pub key: String,
}

/// Whether the plan may be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Yes.
    Editable,
    /// No: a newer program wrote it. It can be read, merged and copied.
    ReadOnly {
        /// The version of the layout that it has.
        schema: u32,
    },
}

/// What a local act, an undo or a redo did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// What it touched.
    pub change: Change,
    /// The bytes of this commit, for the log and for partners. Empty when the
    /// act changed nothing that is stored: there is nothing to save then.
    pub update: Vec<u8>,
    /// Of an undo or redo: what was left as it is, because partners changed it
    /// since.
    pub left: Vec<Subject>,
}

/// What bytes from elsewhere brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// What it touched.
    pub change: Change,
    /// Some of it waits for earlier changes that are not here yet.
    pub pending: bool,
    /// Whether anything was not here before; false for bytes that came twice.
    pub news: bool,
}

/// An opened plan.
#[derive(Debug)]
pub struct Opened {
    /// The plan.
    pub document: Document,
    /// Some changes wait for earlier ones that were not among the records.
    pub pending: bool,
    /// A reading that was kept has been taken.
    pub sooner: bool,
}

/// A plan with its whole history, and this session's part in it.
#[derive(Debug)]
pub struct Document {
    pub(crate) loro: LoroDoc,
    pub(crate) plan: Plan,
    pub(crate) id: Uid,
    pub(crate) access: Access,
    pub(crate) author: Author,
    /// Whether the document names this session's author already.
    pub(crate) signed: bool,
    pub(crate) spots: Spots,
    /// Kept for as long as the document lives: dropping it ends the notices.
    pub(crate) _notices: Subscription,
    pub(crate) history: History,
    pub(crate) aliases: Aliases,
    pub(crate) others: Others,
    /// What was done at the same time, as far as it was looked for.
    pub(crate) side: RefCell<Option<Side>>,
    pub(crate) owed: Owed,
}

/// Whether commits give their bytes, and which of them have not.
#[derive(Debug, Default)]
pub(crate) struct Owed {
    put_off: bool,
    /// Where the bytes that are owed begin.
    from: Option<i32>,
}

impl Document {
    /// The plan's id: the same for all copies of it.
    pub fn id(&self) -> Uid {
        self.id
    }

    /// The plan as it reads now.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Under which number this session writes.
    pub fn peer(&self) -> PeerId {
        PeerId(self.loro.peer_id())
    }

    /// Whether it may be changed.
    pub fn access(&self) -> Access {
        self.access
    }

    /// Who edits here. The name is written with the next act; only of somebody who
    /// has already written here it is corrected at once, which gives something to
    /// save: partners are told by it whose the plan's parts are.
    pub fn set_author(&mut self, author: &Author, now_millis: i64) -> Option<Applied> {
        let was_signed = self.signed || self.reads_otherwise(author);
        if self.author != *author {
            self.author = author.clone();
            self.signed = false;
        }
        if !was_signed || self.signed || self.access != Access::Editable {
            return None;
        }
        let intent = Intent {
            verb: Verb::Edit,
            subject: Subject::Plan,
        };
        let from = self.written();
        self.sign();
        let update = self.commit(from, intent, now_millis);
        Some(Applied {
            change: Change::default(),
            update,
            left: Vec::new(),
        })
    }

    /// Does a whole act, or nothing of it.
    pub fn apply(&mut self, act: &Act, now_millis: i64) -> Result<Applied, EditError> {
        if self.access != Access::Editable {
            return Err(EditError::ReadOnly);
        }
        let done = self.plan.perform(act)?;
        let from = self.written();
        let mut pen = Pen::new(&self.loro, from);
        let mut edits: Vec<TextEdit> = Vec::new();
        for write in &done.writes {
            match pen.write(write) {
                Ok(edit) => edits.extend(edit),
                Err(_) => pen.odd = true,
            }
        }
        let odd = pen.odd || !self.texts_agree(&done.writes, from);
        let mut change = done.change.clone();
        if odd {
            self.put_right(&done.writes, from, &mut change);
        }
        let update = self.commit(from, act.intent, now_millis);
        let step = undo::step(act.intent, &self.plan, &done, edits, self.others.merges());
        self.history.push(step, &done.writes, now_millis);
        if self.history.is_empty() {
            self.aliases.clear();
        }
        Ok(Applied {
            change,
            update,
            left: Vec::new(),
        })
    }

    /// Whether the texts that an act wrote are as long as the plan shows them.
    /// One that grew too long by merging is shown as empty, and typing in it
    /// would land in the old text.
    fn texts_agree(&self, writes: &[Write], from: i32) -> bool {
        let mut made = BTreeSet::new();
        let mut texts = BTreeSet::new();
        for write in writes {
            match write {
                Write::Create { item, .. } => drop(made.insert(*item)),
                Write::Splice { at, lang, .. } => match at {
                    TextAt::Field(item, _) if made.contains(item) => {}
                    _ => drop(texts.insert((*at, lang))),
                },
                _ => {}
            }
        }
        let mut pen = Pen::new(&self.loro, from);
        texts.into_iter().all(|(at, lang)| {
            let shown = self.plan.text(at, lang).chars().count();
            pen.text(at, lang)
                .is_ok_and(|text| text.len_unicode() == shown)
        })
    }

    /// Something foreign stood where this act wrote. The texts that it wrote
    /// are stored as the plan shows them, then the plan is read anew.
    fn put_right(&mut self, writes: &[Write], from: i32, change: &mut Change) {
        for write in writes {
            if let Write::Splice { at, lang, .. } = write {
                let wanted = self.plan.text(*at, lang);
                let set = Pen::new(&self.loro, from).set_text(*at, lang, &wanted);
                debug_assert!(set.is_ok(), "{set:?}");
            }
        }
        self.plan = project::whole(&self.loro);
        change.merge(Change::whole());
    }

    /// How many operations this session has written. The number moves with
    /// every write: ask before the first one of a commit.
    pub(crate) fn written(&self) -> i32 {
        let peer = self.loro.peer_id();
        self.loro.oplog_vv().get(&peer).copied().unwrap_or_default()
    }

    /// Closes the commit that began at `from` and gives its bytes; none when
    /// nothing was written.
    pub(crate) fn commit(&mut self, from: i32, intent: Intent, now_millis: i64) -> Vec<u8> {
        let unsigned = !self.signed && self.author.uid != Uid(0);
        if unsigned && (self.loro.get_pending_txn_len() > 0 || from > 0) {
            self.sign();
        }
        commit(&self.loro, self.author.uid, intent, now_millis);
        if self.owed.put_off {
            if self.written() > from {
                self.owed.from.get_or_insert(from);
            }
            return Vec::new();
        }
        self.written_since(from)
    }

    /// From now on what is done here gives no bytes: they are owed. To write them out
    /// takes a good part of the time of a small act, and its person waits for it.
    pub fn put_off_bytes(&mut self) {
        self.owed.put_off = true;
    }

    /// Whether bytes are owed.
    pub fn owes(&self) -> bool {
        self.owed.from.is_some()
    }

    /// The bytes that are owed, in one piece; none when none are. They stay owed.
    pub fn owed(&self) -> Vec<u8> {
        (self.owed.from).map_or_else(Vec::new, |from| self.written_since(from))
    }

    /// The same, owed no longer.
    pub fn pay(&mut self) -> Vec<u8> {
        let owed = self.owed();
        self.owed.from = None;
        owed
    }

    /// What this session has written from there on.
    fn written_since(&self, from: i32) -> Vec<u8> {
        let to = self.written();
        if to <= from {
            return Vec::new();
        }
        let span = IdSpan::new(self.loro.peer_id(), from, to);
        // Exporting from memory does not fail; should it ever, everything that
        // the span needs is in a full export.
        self.loro
            .export(ExportMode::updates_in_range(vec![span]))
            .or_else(|_| self.loro.export(ExportMode::all_updates()))
            .unwrap_or_default()
    }
}

pub(crate) fn commit(loro: &LoroDoc, author: Uid, intent: Intent, now_millis: i64) {
    let options = CommitOptions::new()
        .timestamp(now_millis.div_euclid(1_000))
        .commit_msg(&format!("{author} {intent}"));
    loro.commit_with(options);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::PeerId;
    use weft_model::{Command, ItemId, Kind, Lang, Spot, field};

    #[test]
    fn every_act_is_a_change_with_its_author_intent_and_time() {
        let author = Author {
            uid: Uid(100),
            name: "Ada".into(),
            ..Author::default()
        };
        let mut document = Document::create(Uid(7), PeerId(1), &author, 1_000);
        let mut expected = Vec::new();
        for uid in 1..5 {
            let item = ItemId {
                kind: Kind::Module,
                uid: Uid(uid),
            };
            let command = Command::Add {
                item,
                owner: None,
                spot: Spot::Last,
                fields: vec![(field::module::title.lang(Lang::en()), "Turning".into())],
            };
            let act = Act::one(Verb::Add, item, command);
            document.apply(&act, uid as i64 * 1_000).unwrap();
            expected.push((format!("{} {}", Uid(100), act.intent), uid as i64));
        }
        let mut seen = Vec::new();
        let frontiers = document.loro.oplog_frontiers();
        let ids: Vec<_> = frontiers.iter().collect();
        document
            .loro
            .travel_change_ancestors(&ids, &mut |change| {
                if change.id.peer == 1 {
                    seen.push((change.message().to_owned(), change.timestamp));
                }
                core::ops::ControlFlow::Continue(())
            })
            .unwrap();
        seen.reverse();
        assert_eq!(seen, expected);
    }
}
