//! What partners did comes into the plan: what is kept of it, who hears of it, and
//! what is asked for when something is missing.

use weft_document::{Document, MergeError, PeerId, Span, Version};
use weft_model::{Change, Plan, PlanStatus};

use crate::event::{Effect, Notice};
use crate::lines::{LineId, LineKind, due};
use crate::log::RecordKind;
use crate::session::Session;
use crate::wire::{Body, Parting};

impl Session {
    /// Takes in what partners of a line did, each of which may be refused.
    pub(crate) fn take_in_all(
        &mut self,
        now: i64,
        line: LineId,
        updates: Vec<(PeerId, Vec<u8>)>,
        out: &mut Vec<Effect>,
    ) {
        let before = self.document.version();
        let frozen = is_frozen(self.document.plan()).then(|| before.clone());
        let merged = if updates.len() > 1 {
            let bytes: Vec<&[u8]> = updates.iter().map(|it| it.1.as_slice()).collect();
            self.document.merge_all(&bytes)
        } else {
            None
        };
        let Some((merged, held)) = merged else {
            for (from, update) in &updates {
                self.take_in(now, line, *from, update, out);
            }
            return;
        };
        let after = self.document.version();
        let within = |version: &Version, at: usize| held[at].iter().all(|it| it.is_in(version));
        let (taken, left): (Vec<usize>, Vec<usize>) =
            (0..updates.len()).partition(|at| within(&after, *at));
        if (self.waited || !left.is_empty()) && merged.news {
            // What had come too early may have found its place with this, and of what
            // still waits for something a part may have been taken in.
            let held: Vec<Span> = held.iter().flatten().copied().collect();
            self.keep_and_spread_since(&before, line, &held, out);
        } else {
            for at in taken.into_iter().filter(|at| !within(&before, *at)) {
                self.keep_and_spread(Some(line), &updates[at].1, out);
            }
        }
        if let Some(before) = frozen.filter(|_| !self.is_of_tabs(line)) {
            self.note_frozen(&before, &merged.change, out);
        }
        if !merged.change.is_empty() {
            out.push(Effect::Changed(merged.change));
        }
        for (from, update) in left.into_iter().map(|at| &updates[at]) {
            // It waits for something, or was refused: once more, by itself.
            self.take_in(now, line, *from, update, out);
        }
    }

    fn take_in(
        &mut self,
        now: i64,
        line: LineId,
        from: PeerId,
        update: &[u8],
        out: &mut Vec<Effect>,
    ) {
        let tabs = self.is_of_tabs(line);
        let before = self.waited.then(|| self.document.version());
        let frozen = is_frozen(self.document.plan()).then(|| self.document.version());
        let merged = match self.document.merge(update) {
            Ok(merged) => merged,
            Err(MergeError::SamePeer) if tabs => return self.grow_apart(out),
            Err(MergeError::Newer) if tabs => return self.grow_stale(out),
            // Nothing of it was taken in; the plan is as it was.
            Err(_) if tabs => return,
            Err(error) => {
                let why = match error {
                    MergeError::Newer => Parting::Newer,
                    MergeError::OtherPlan => Parting::OtherPlan,
                    MergeError::TooLarge { .. } => Parting::Flood,
                    MergeError::Damaged | MergeError::SamePeer => Parting::Nonsense,
                };
                return self.part(line, from, why, out);
            }
        };
        if merged.pending {
            self.waited = true;
            // Ask for what is missing; the answer comes as changes.
            let version = self.document.version();
            let asks = (self.partner(line, from)).is_some_and(|it| due(&mut it.asked, now));
            if asks {
                self.say(line, Some(from), Body::HowFar { hash: 0, version }, out);
            }
        }
        match before {
            _ if !merged.news => {}
            None => self.keep_and_spread(Some(line), update, out),
            Some(before) => {
                // What had come too early may have found its place with this.
                let held = Document::spans(update).unwrap_or_default();
                self.keep_and_spread_since(&before, line, &held, out);
            }
        }
        if let Some(before) = frozen.filter(|_| !tabs) {
            self.note_frozen(&before, &merged.change, out);
        }
        if !merged.change.is_empty() {
            out.push(Effect::Changed(merged.change));
        }
    }

    /// Tabs of the device ask there.
    fn is_of_tabs(&self, line: LineId) -> bool {
        let line = self.lines.all.get(&line);
        line.is_some_and(|at| at.kind == LineKind::Tabs)
    }

    /// Nobody can be asked before what was done elsewhere comes in, over a line or from
    /// a folder: it is said that it did, unless each who did has said why.
    pub(crate) fn note_frozen(&self, before: &Version, change: &Change, out: &mut Vec<Effect>) {
        let alters = change.whole
            || !change.links.is_empty()
            || change.items.keys().any(|it| !it.kind.is_about_the_plan());
        let frozen = is_frozen(self.document.plan());
        if alters && frozen && !self.document.unapproved_since(before).is_empty() {
            out.push(Effect::Notify(Notice::FrozenChanged));
        }
    }

    /// Keeps all that was taken in since a version, and tells everybody; those on the
    /// line that it came over as well, where more found its place than came over it:
    /// what had waited here may have come over another one.
    fn keep_and_spread_since(
        &mut self,
        before: &Version,
        line: LineId,
        held: &[Span],
        out: &mut Vec<Effect>,
    ) {
        let whole = self.document.updates_since(before);
        // Updates of one writer follow each other: together they may hold what none
        // of them holds alone.
        let came = |it: &Span| {
            let mut from = it.from;
            let goes_on = |from: u32| {
                let mut next = held.iter().filter(|one| one.peer == it.peer);
                next.find(|one| one.from <= from && one.to > from)
            };
            while from < it.to {
                let Some(next) = goes_on(from) else {
                    return false;
                };
                from = next.to;
            }
            true
        };
        let news = self.document.version().spans_since(before);
        let all_came = news.iter().all(came);
        self.keep_and_spread(all_came.then_some(line), &whole, out);
    }

    fn keep_and_spread(&mut self, except: Option<LineId>, update: &[u8], out: &mut Vec<Effect>) {
        if !self.read_only() {
            // The other one writes this too, but it may die before it has:
            // what is edited here from now on builds on it.
            self.saving.push(RecordKind::Update, update);
        }
        self.spread(update, except, out);
    }
}

pub(crate) fn is_frozen(plan: &Plan) -> bool {
    let status = plan.about().status;
    status.is_some_and(|it| it.0 == PlanStatus::Frozen)
}
