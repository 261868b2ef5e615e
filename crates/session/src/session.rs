//! One open plan: acts, undo, saving, the other tabs, and tidying up the log.

use weft_document::{Access, Applied, Author, Document, UndoError};
use weft_model::{Act, EditError, Kind, Plan, Uid};

use crate::card::Card;
use crate::event::{Effect, Event, Notice};
use crate::lines::Lines;
use crate::log::{self, RecordKind};
use crate::saving::{Roused, SaveState, Saving, StoreError};

/// Records in the log before it is tidied up.
const TIDY_RECORDS: usize = 400;
/// Bytes of updates, as a share of the snapshot, before the log is tidied up.
const TIDY_BYTES: u64 = 1 << 20;

/// Items and links from which on opening a plan takes long enough to be felt.
const LARGE: usize = 500;

/// A plan that is open in this tab. The plan itself is shared; how it is being
/// saved is this device's.
#[derive(Debug)]
pub struct Session {
    pub(crate) document: Document,
    pub(crate) saving: Saving,
    pub(crate) card: Card,
    pub(crate) author: Author,
    pub(crate) lines: Lines,
    pub(crate) leads: bool,
    pub(crate) tidying: bool,
    /// A newer program is at work on the same plan.
    pub(crate) stale: bool,
    /// Somebody else writes as this tab does: nothing of either may be mixed.
    pub(crate) diverged: bool,
    pub(crate) log_records: usize,
    pub(crate) log_bytes: u64,
    /// The device is short of room: nothing is kept that is not needed.
    pub(crate) spare: bool,
    /// Items changed since the card was made: it names and counts some of them.
    pub(crate) card_is_old: bool,
    /// Whether anything has ever come that builds on what was not here. From
    /// then on a merge can take in more than what it was given.
    pub(crate) waited: bool,
    /// `Due` has been asked for and has not come.
    pub(crate) due: bool,
}

impl Session {
    /// The plan as it stands.
    pub fn plan(&self) -> &Plan {
        self.document.plan()
    }

    /// The plan's id.
    pub fn id(&self) -> Uid {
        self.document.id()
    }

    /// Who edits here.
    pub fn author(&self) -> &Author {
        &self.author
    }

    /// The card that Home shows.
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// The plan with its history as one record of a log, with a reading where
    /// that will be felt.
    pub fn record(&self) -> Vec<u8> {
        let plan = self.document.plan();
        let items = Kind::ALL.iter().map(|kind| plan.any(*kind).every().len());
        let large = items.sum::<usize>() + plan.weave.len() >= LARGE;
        if large && !self.spare {
            self.large_record()
        } else {
            log::frame(RecordKind::Snapshot, &self.document.save())
        }
    }

    /// The same, with a reading however small the plan is.
    pub fn large_record(&self) -> Vec<u8> {
        log::snapshot(&self.document.save(), &self.document.reading())
    }

    /// Gets ready for the first edit, while nobody waits.
    pub fn unpack(&self) {
        self.document.unpack();
    }

    /// Gets ready for much that others did.
    pub fn expect_merges(&self) {
        self.document.expect_merges();
    }

    /// How safe the plan is.
    pub fn save_state(&self) -> SaveState {
        if self.read_only() && (self.diverged || self.is_idle()) {
            return SaveState::ReadOnly;
        }
        match self.saving.state() {
            SaveState::Saved if self.document.owes() => SaveState::Saving,
            state => state,
        }
    }

    /// Whether all is on the device.
    fn is_idle(&self) -> bool {
        self.saving.is_idle() && !self.document.owes()
    }

    /// The records that the device has not answered for yet.
    pub fn unsaved(&self) -> Vec<Vec<u8>> {
        let mut records = self.saving.waiting().to_vec();
        if self.document.owes() {
            records.push(log::frame(RecordKind::Update, &self.document.owed()));
        }
        records
    }

    /// From now on an edit is written and said at the next event that is none, at the
    /// latest at `Due`, which is asked for. Until then it counts as not saved.
    pub fn put_off(&mut self) {
        self.document.put_off_bytes();
    }

    /// Whether this tab does what only one of a device's tabs does.
    pub fn leads(&self) -> bool {
        self.leads
    }

    /// Whether nothing may be written.
    pub fn read_only(&self) -> bool {
        self.stale || self.document.access() != Access::Editable
    }

    /// Takes in what happened; says what must happen now.
    pub fn handle(&mut self, now: i64, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !event.is_edit() {
            // First: what comes may be answered by how far this one is.
            let owed = self.document.pay();
            self.keep(&owed, &mut effects);
        }
        match event {
            Event::Due => self.due = false,
            Event::Acted(act) => self.act(now, &act, &mut effects),
            Event::SpeaksOf(authors) if !self.read_only() => {
                let update = self.document.name_authors(&authors, now);
                self.keep(&update, &mut effects);
            }
            Event::SpeaksOf(_) => {}
            Event::Undone => {
                let undone = self.document.undo(now);
                self.stepped(now, undone, &mut effects);
            }
            Event::Redone => {
                let redone = self.document.redo(now);
                self.stepped(now, redone, &mut effects);
            }
            Event::Written { ticket } => {
                self.log_bytes += self.saving.done(ticket);
                self.log_records += 1;
                self.tidy(&mut effects);
            }
            Event::WriteFailed { ticket, error } => {
                if error == StoreError::QuotaExceeded {
                    self.spare = true;
                    self.saving.shorten();
                }
                effects.extend(self.saving.failed(ticket, error, now).map(Effect::Wake));
            }
            Event::Joined { line, kind } => self.join(now, line, kind, &mut effects),
            Event::Parted(line) => self.leave(line, &mut effects),
            Event::Heard { line, frames } => self.hear_all(now, line, &frames, &mut effects),
            Event::MovedTo(place) => self.move_to(place, &mut effects),
            Event::Received(history) => self.receive(now, &history, true, &mut effects),
            Event::Followed(update) => self.receive(now, &update, false, &mut effects),
            Event::Led(leads) => {
                self.leads = leads;
                self.tidying &= leads;
                self.tidy(&mut effects);
            }
            Event::LogRead(records) => self.replace_log(&records, &mut effects),
            Event::Replaced { bytes } => {
                self.tidying = false;
                self.log_records = 1;
                self.log_bytes = bytes;
            }
            Event::ReplaceFailed => {
                self.tidying = false;
                // Whatever it was, less to write is sooner written.
                self.spare = true;
                // Tried again only after as many more records.
                self.log_records = 0;
            }
            Event::StorageGone => {
                if !self.read_only() {
                    self.saving.restart_with(self.record());
                    effects.push(Effect::Notify(Notice::StorageGone));
                }
            }
            Event::StorageNewer => self.grow_stale(&mut effects),
            Event::Exported => {
                self.card.exported_millis = Some(now);
                // A copy is no edit: without this the device would learn of it
                // with the next one, or never.
                if !self.read_only() {
                    effects.push(Effect::Card(self.fresh_card()));
                }
            }
            Event::Named(author) => {
                self.author = author;
                if !self.read_only()
                    && let Some(applied) = self.document.set_author(&self.author, now)
                {
                    self.keep(&applied.update, &mut effects);
                }
            }
            Event::Woke => effects.extend(match self.saving.rouse(now) {
                Roused::Ready => None,
                Roused::Waiting => self.saving.watch().map(Effect::Watch),
                Roused::Silent(at) => Some(Effect::Wake(at)),
            }),
            Event::Beat => self.beat(now, &mut effects),
        }
        self.settle(now, &mut effects);
        if self.document.owes() && !self.due {
            self.due = true;
            effects.push(Effect::Due);
        }
        effects
    }

    fn act(&mut self, now: i64, act: &Act, effects: &mut Vec<Effect>) {
        if self.read_only() {
            effects.push(Effect::Refuse(EditError::ReadOnly));
            return;
        }
        match self.document.apply(act, now) {
            Ok(applied) => {
                if !applied.change.is_empty() {
                    self.keep(&applied.update, effects);
                    self.edited(now);
                    effects.push(Effect::Changed(applied.change));
                }
            }
            Err(error) => effects.push(Effect::Refuse(error)),
        }
    }

    fn stepped(&mut self, now: i64, step: Result<Applied, UndoError>, effects: &mut Vec<Effect>) {
        match step {
            Ok(undone) => {
                self.keep(&undone.update, effects);
                self.edited(now);
                effects.push(Effect::Changed(undone.change));
                if !undone.left.is_empty() {
                    effects.push(Effect::Notify(Notice::UndoLeft(undone.left)));
                }
            }
            Err(UndoError::Nothing | UndoError::ReadOnly) => {}
            Err(UndoError::Changed { by_others }) => {
                effects.push(Effect::Notify(Notice::UndoLeft(by_others)));
            }
        }
    }

    /// A change of this tab: onto the device and to everybody who listens.
    pub(crate) fn keep(&mut self, update: &[u8], effects: &mut Vec<Effect>) {
        if update.is_empty() {
            return;
        }
        self.saving.push(RecordKind::Update, update);
        self.spread(update, None, effects);
    }

    fn edited(&mut self, now: i64) {
        self.card.edited_millis = now;
    }

    /// Something was taken in, asked for or followed: onto the device and to
    /// the other tabs goes only what was not here.
    fn receive(&mut self, now: i64, history: &[u8], asked: bool, effects: &mut Vec<Effect>) {
        if self.read_only() {
            effects.push(Effect::Refuse(EditError::ReadOnly));
            return;
        }
        let before = self.document.version();
        let frozen = crate::taking::is_frozen(self.document.plan());
        let merged = match self.document.merge(history) {
            Ok(merged) => merged,
            Err(error) => {
                effects.push(Effect::Untaken(error.into()));
                return;
            }
        };
        self.waited |= merged.pending;
        if merged.news {
            let update = self.document.updates_since(&before);
            self.keep(&update, effects);
            self.edited(now);
            if asked {
                // That brings a deleted plan back.
                self.card.deleted_millis = None;
            }
        }
        // In a folder the rest is mostly on its way.
        if merged.pending && asked {
            effects.push(Effect::Notify(Notice::WaitingForEarlier));
        }
        // What was asked for has been approved, or refused, where it was.
        if frozen && !asked {
            self.note_frozen(&before, &merged.change, effects);
        }
        if !merged.change.is_empty() {
            effects.push(Effect::Changed(merged.change));
        }
    }

    fn tidy(&mut self, effects: &mut Vec<Effect>) {
        let grown = self.log_records > TIDY_RECORDS
            || (self.log_records > 8 && self.log_bytes > TIDY_BYTES.max(2 * self.card.bytes));
        let calm = self.is_idle() && !self.tidying && !self.read_only();
        if self.leads && grown && calm {
            self.tidying = true;
            effects.push(Effect::ReadLog);
        }
    }

    /// Only records that were read and taken in may go: another tab may have
    /// added some that this one has not heard of.
    fn replace_log(&mut self, records: &[(u64, Vec<u8>)], effects: &mut Vec<Effect>) {
        if !self.tidying {
            return;
        }
        let mut remove = Vec::new();
        for (key, bytes) in records {
            let read = log::read_records([bytes.as_slice()]);
            let Some((_, body)) = read.good.first() else {
                continue;
            };
            let Ok(merged) = self.document.merge(body) else {
                continue;
            };
            if !merged.change.is_empty() {
                effects.push(Effect::Changed(merged.change));
            }
            self.waited |= merged.pending;
            if !merged.pending {
                remove.push(*key);
            }
        }
        let record = self.record();
        self.card.bytes = record.len() as u64;
        effects.push(Effect::Replace {
            remove,
            record,
            card: self.fresh_card(),
        });
    }

    fn fresh_card(&mut self) -> Card {
        let bytes = self.card.bytes.max(self.log_bytes);
        // It knows nothing of links, and a click in the weave changes nothing else.
        if !std::mem::take(&mut self.card_is_old) {
            return Card {
                bytes,
                ..self.card.clone()
            };
        }
        Card {
            exported_millis: self.card.exported_millis,
            deleted_millis: self.card.deleted_millis,
            excerpt_of: self.document.origin().map(|it| it.plan.to_string()),
            ..Card::of(
                self.document.id(),
                self.document.plan(),
                self.card.edited_millis,
                bytes,
            )
        }
    }

    /// Starts the next write if there is one, and shows how things stand.
    pub(crate) fn settle(&mut self, now: i64, effects: &mut Vec<Effect>) {
        self.card_is_old |= effects.iter().any(|effect| match effect {
            Effect::Changed(change) => change.whole || !change.items.is_empty(),
            _ => false,
        });
        // What was done before this tab became an older one still goes out:
        // records are only put behind others, which a newer program can read.
        if !self.diverged
            && let Some((ticket, records)) = self.saving.start(now)
        {
            self.card = self.fresh_card();
            effects.push(Effect::Append {
                ticket,
                records,
                card: self.card.clone(),
            });
            effects.extend(self.saving.watch().map(Effect::Watch));
        }
        effects.push(Effect::Show(self.save_state()));
    }
}
