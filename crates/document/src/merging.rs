//! Taking in what others did, and handing out what they lack.

use loro::{ExportMode, Frontiers, ID, ImportBlobMetadata, LoroDoc, LoroError, VersionVector};
use weft_model::Change;

use crate::document::{Document, Merged, UPDATE_LIMIT};
use crate::error::MergeError;
use crate::opening::{access, genesis, real_peer, take};
use crate::version::{PeerId, Span, Version};
use crate::{fingerprint, layout, project, reading};

impl Document {
    /// Takes in what a partner, another tab or a file holds. On an error the
    /// plan is as it was. No bytes are no news.
    pub fn merge(&mut self, update: &[u8]) -> Result<Merged, MergeError> {
        if update.is_empty() {
            // An act that changed nothing stored has no bytes.
            return Ok(Merged {
                change: Change::default(),
                pending: false,
                news: false,
            });
        }
        self.look_into(update)?;
        let before = self.loro.oplog_vv();
        let status = self
            .loro
            .import(update)
            .map_err(|error| refusal(error, update))?;
        Ok(self.catch_up(&before, status.pending.is_some()))
    }

    /// Takes in several updates at one go: what was made apart is then compared with
    /// what is here once, and not anew for each. Gives which operations each of them
    /// holds, too. Nothing, and nothing is taken in, where [`Document::merge`] would
    /// refuse one of them before it looks into it. What is found only then leaves that
    /// one out: what it holds is not within the version that this copy has afterwards.
    pub fn merge_all(&mut self, updates: &[&[u8]]) -> Option<(Merged, Vec<Vec<Span>>)> {
        let look = |update: &&[u8]| match update {
            [] => None,
            update => self.look_into(update).ok(),
        };
        let held: Vec<Vec<Span>> = updates.iter().map(look).collect::<Option<_>>()?;
        let before = self.loro.oplog_vv();
        let updates: Vec<Vec<u8>> = updates.iter().map(|it| it.to_vec()).collect();
        // On an error what came before it may have been taken in all the same.
        let status = self.loro.import_batch(&updates);
        let pending = status.map_or(true, |status| status.pending.is_some());
        Some((self.catch_up(&before, pending), held))
    }

    fn catch_up(&mut self, before: &VersionVector, pending: bool) -> Merged {
        let news = self.loro.oplog_vv() != *before;
        let spots = take(&self.spots);
        let mut change = Change::default();
        if project::catch_up(&self.loro, &mut self.plan, &spots, &mut change).is_err() {
            self.plan = project::whole(&self.loro);
            change = Change::whole();
        }
        if news {
            self.others.note(&change, &self.plan);
            self.access = access(&self.loro);
        }
        Merged {
            change,
            pending,
            news,
        }
    }

    /// Which operations an update holds, if it may be taken in by what its head says.
    fn look_into(&self, update: &[u8]) -> Result<Vec<Span>, MergeError> {
        if update.len() > UPDATE_LIMIT {
            return Err(MergeError::TooLarge {
                limit: UPDATE_LIMIT,
            });
        }
        let meta = LoroDoc::decode_import_blob_meta(update, true)
            .map_err(|error| refusal(error, update))?;
        let me = self.loro.peer_id();
        let mine = self.loro.oplog_vv().get(&me).copied().unwrap_or_default();
        if meta
            .partial_end_vv
            .get(&me)
            .is_some_and(|theirs| *theirs > mine)
        {
            return Err(MergeError::SamePeer);
        }
        // What depends on nothing begins a history: ours begins with ours.
        let begins = meta.start_frontiers.is_empty() && meta.change_num > 0;
        let first = real_peer(genesis(self.id));
        if begins && meta.partial_end_vv.get(&first).is_none() {
            return Err(MergeError::OtherPlan);
        }
        Ok(spans_of(&meta))
    }

    /// Which operations bytes hold, without taking them in.
    pub fn spans(update: &[u8]) -> Result<Vec<Span>, MergeError> {
        let meta = LoroDoc::decode_import_blob_meta(update, true)
            .map_err(|error| refusal(error, update))?;
        Ok(spans_of(&meta))
    }

    /// How far this copy has come.
    pub fn version(&self) -> Version {
        Version::of_loro(&self.loro.oplog_vv())
    }

    /// All that a copy at this version lacks; empty when that is nothing.
    pub fn updates_since(&self, version: &Version) -> Vec<u8> {
        if version.includes(&self.version()) {
            return Vec::new();
        }
        let vector = version.to_loro();
        self.loro
            .export(ExportMode::updates(&vector))
            .unwrap_or_default()
    }

    /// The plan with its full history, as one record.
    pub fn save(&self) -> Vec<u8> {
        self.loro.export(ExportMode::Snapshot).unwrap_or_default()
    }

    /// The plan as it reads at this moment, to be kept beside a snapshot of the
    /// same moment: it opens sooner with it ([`Kept`](crate::Kept)). Of use to
    /// this program on this device alone, and without a check sum of its own.
    pub fn reading(&self) -> Vec<u8> {
        reading::write(&self.plan, &self.version())
    }

    /// Reads what the first edit of a plan would have to wait for: the document
    /// of a plan that was opened from a reading is still packed. For a moment in
    /// which nobody waits; calling it again costs nothing.
    pub fn unpack(&self) {
        // Of what Loro tells about a map, this alone needs its state whole.
        self.loro.get_map(layout::WEAVE).get_last_editor("");
    }

    /// Gets ready for merges with what was made apart, for a moment of their own. The
    /// first of them indexes every value that was ever written, and so does a look back
    /// by one operation. Calling it again costs nothing.
    pub fn expect_merges(&self) {
        let now = self.loro.oplog_frontiers();
        if let Some(last) = now.as_single().filter(|last| last.counter > 0) {
            let before = Frontiers::from_id(ID::new(last.peer, last.counter - 1));
            // It fails where a part of the history is missing, and changes nothing.
            drop(self.loro.diff(&before, &now));
        }
    }

    /// A hash of all that is stored: equal in copies at equal versions. Where
    /// it is not, two writers used one peer id.
    pub fn fingerprint(&self) -> u64 {
        fingerprint::of(&self.loro)
    }
}

fn spans_of(meta: &ImportBlobMetadata) -> Vec<Span> {
    let spans = meta.partial_end_vv.iter().map(|(peer, to)| {
        let from = meta.partial_start_vv.get(peer).copied().unwrap_or_default();
        Span {
            peer: PeerId(*peer),
            from: u32::try_from(from).unwrap_or_default(),
            to: u32::try_from(*to).unwrap_or_default(),
        }
    });
    spans.collect()
}

fn refusal(error: LoroError, update: &[u8]) -> MergeError {
    match error {
        // Loro looks at the kind before the sum: a spoilt byte there is no news of
        // a newer program, for which a tab would stop editing.
        LoroError::IncompatibleFutureEncodingError(_) if is_whole(update) => MergeError::Newer,
        LoroError::UsedOpID { .. } | LoroError::ConcurrentOpsWithSamePeerID { .. } => {
            MergeError::SamePeer
        }
        _ => MergeError::Damaged,
    }
}

/// Whether the sum in the head of an update is that of what follows: "loro", 12
/// bytes that are not used, the sum.
fn is_whole(update: &[u8]) -> bool {
    const SEED: u32 = u32::from_le_bytes(*b"LORO");
    let Some((head, rest)) = update.split_at_checked(20) else {
        return false;
    };
    head.ends_with(&xxhash_rust::xxh32::xxh32(rest, SEED).to_le_bytes())
}
