//! Getting every change onto the device, and saying truthfully how far that
//! has come.
//!
//! One write is under way at a time; what is edited meanwhile goes out
//! together with the next. A failed write stays queued and is tried again,
//! later and later, and at once after the next edit.

use crate::log::{self, RecordKind};

/// Why the device could not keep something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// There is no storage here, or it may not be used.
    Unavailable,
    /// The device gives no more room.
    QuotaExceeded,
    /// Another tab holds the storage in an older form.
    Blocked,
    /// A newer program has changed the storage: this one cannot write there.
    Newer,
    /// What was read is not what was written.
    Corrupt,
    /// The storage was closed or deleted under our hands.
    Lost,
    /// It was given something to keep and has not answered for long.
    Silent,
}

/// State of the screen: how safe the plan is on this device at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Everything is on the device.
    Saved,
    /// On its way.
    Saving,
    /// Not on the device; still in memory. Tried again by itself.
    Failing(StoreError),
    /// Opened for reading only: nothing is written.
    ReadOnly,
}

/// First wait before a failed write is tried again, in milliseconds.
const FIRST_WAIT: i64 = 500;
/// The longest wait, in milliseconds.
const LONGEST_WAIT: i64 = 15_000;
/// After how many milliseconds a write that nobody answers counts as failed. One
/// that is answered later nevertheless does no harm: a record may be there twice.
const LONGEST_WRITE: i64 = 10_000;

/// How things stand when it is time to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Roused {
    /// What waits can be written.
    Ready,
    /// A write is under way, and not for long.
    Waiting,
    /// A write was under way for too long; when to try it again.
    Silent(i64),
}

/// The queue of records on their way to the device.
#[derive(Debug, Default)]
pub(crate) struct Saving {
    queue: Vec<Vec<u8>>,
    /// How many records at the head of the queue are being written now.
    under_way: usize,
    ticket: u64,
    /// When the write that is under way began.
    began: i64,
    error: Option<StoreError>,
    wait: i64,
    retry_at: Option<i64>,
    /// Whether somebody will look whether a write was answered.
    watched: bool,
}

impl Saving {
    pub fn push(&mut self, kind: RecordKind, body: &[u8]) {
        self.queue.push(log::frame(kind, body));
        // Somebody is at work: do not let them wait for a slow retry.
        if self.under_way == 0 && self.error.is_some() {
            self.retry_at = None;
        }
    }

    /// What is not on the device yet, as far as is known.
    pub fn waiting(&self) -> &[Vec<u8>] {
        &self.queue
    }

    /// The next batch to write, if one can start now.
    pub fn start(&mut self, now: i64) -> Option<(u64, Vec<Vec<u8>>)> {
        let waiting = self.retry_at.is_some_and(|at| now < at);
        if self.under_way > 0 || self.queue.is_empty() || waiting {
            return None;
        }
        self.retry_at = None;
        self.under_way = self.queue.len();
        self.began = now;
        self.ticket += 1;
        Some((self.ticket, self.queue.clone()))
    }

    /// The batch is on the device. Returns its bytes; an answer to an older
    /// batch changes nothing.
    pub fn done(&mut self, ticket: u64) -> u64 {
        if ticket != self.ticket || self.under_way == 0 {
            return 0;
        }
        let written = self
            .queue
            .drain(..self.under_way)
            .map(|record| record.len() as u64)
            .sum();
        self.under_way = 0;
        self.error = None;
        self.wait = 0;
        written
    }

    /// The batch is not on the device. Returns when to try again.
    pub fn failed(&mut self, ticket: u64, error: StoreError, now: i64) -> Option<i64> {
        if ticket != self.ticket || self.under_way == 0 {
            return None;
        }
        self.under_way = 0;
        self.error = Some(error);
        self.wait = (self.wait * 2).clamp(FIRST_WAIT, LONGEST_WAIT);
        self.retry_at = Some(now + self.wait);
        self.retry_at
    }

    /// When to look whether the write that is under way was answered, unless somebody
    /// will look before that anyhow: most writes are answered within milliseconds, and
    /// one look serves all of some seconds.
    pub fn watch(&mut self) -> Option<i64> {
        (!std::mem::replace(&mut self.watched, true)).then_some(self.began + LONGEST_WRITE)
    }

    /// It is time to try again: even where a clock was set back meanwhile, and
    /// would have everything wait for years. A write that has not been answered
    /// for long counts as failed. Returns when to try that again, or whether to
    /// look again.
    pub fn rouse(&mut self, now: i64) -> Roused {
        self.retry_at = None;
        self.watched = false;
        if self.under_way == 0 {
            return Roused::Ready;
        }
        // A clock that was set back tells nothing: one try too many does no harm.
        if (0..LONGEST_WRITE).contains(&(now - self.began)) {
            return Roused::Waiting;
        }
        let retry = self.failed(self.ticket, StoreError::Silent, now);
        retry.map_or(Roused::Ready, Roused::Silent)
    }

    /// Leaves out of the queue what is not needed.
    pub fn shorten(&mut self) {
        for record in &mut self.queue {
            record.truncate(log::bare(record).len());
        }
    }

    pub fn state(&self) -> SaveState {
        match &self.error {
            Some(error) => SaveState::Failing(error.clone()),
            None if self.queue.is_empty() => SaveState::Saved,
            None => SaveState::Saving,
        }
    }

    pub fn is_idle(&self) -> bool {
        self.queue.is_empty()
    }

    /// Everything on the device is gone: what is in memory must be written
    /// whole. What was queued is part of it.
    pub fn restart_with(&mut self, record: Vec<u8>) {
        self.queue = vec![record];
        self.under_way = 0;
        self.ticket += 1;
        self.retry_at = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_counts_as_saved_before_the_device_has_said_so() {
        let mut saving = Saving::default();
        saving.push(RecordKind::Update, b"a");
        let (first, batch) = saving.start(0).into_iter().next().unwrap_or_default();
        assert_eq!((batch.len(), saving.state()), (1, SaveState::Saving));
        saving.push(RecordKind::Update, b"b");
        assert!(saving.start(0).is_none());
        saving.done(first);
        assert_eq!(saving.state(), SaveState::Saving);
        let (second, batch) = saving.start(0).unwrap_or_default();
        assert_eq!(batch.len(), 1);
        saving.done(second);
        assert_eq!(saving.state(), SaveState::Saved);
    }

    #[test]
    fn a_failed_batch_is_tried_again_with_everything_in_it() {
        let mut saving = Saving::default();
        saving.push(RecordKind::Update, b"a");
        let (ticket, _) = saving.start(0).unwrap_or_default();
        let again = saving.failed(ticket, StoreError::QuotaExceeded, 0);
        assert_eq!(
            saving.state(),
            SaveState::Failing(StoreError::QuotaExceeded)
        );
        assert!(saving.start(100).is_none());
        let (retry, batch) = saving.start(again.unwrap_or_default()).unwrap_or_default();
        assert_eq!(batch.len(), 1);
        // A late answer to the first try must not count for the second.
        assert_eq!(saving.done(ticket), 0);
        assert!(saving.done(retry) > 0);
        assert_eq!(saving.state(), SaveState::Saved);
    }

    #[test]
    fn an_edit_ends_the_wait_before_the_next_try() {
        let mut saving = Saving::default();
        saving.push(RecordKind::Update, b"a");
        let (ticket, _) = saving.start(0).unwrap_or_default();
        saving.failed(ticket, StoreError::Lost, 0);
        saving.push(RecordKind::Update, b"b");
        assert_eq!(saving.start(1).map(|(_, batch)| batch.len()), Some(2));
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_keep_a_failed_batch_waiting() {
        let mut saving = Saving::default();
        saving.push(RecordKind::Update, b"a");
        let (ticket, _) = saving.start(1_000_000).unwrap_or_default();
        saving.failed(ticket, StoreError::Lost, 1_000_000);
        assert!(saving.start(0).is_none());
        assert_eq!(saving.rouse(0), Roused::Ready);
        assert_eq!(saving.start(0).map(|(_, batch)| batch.len()), Some(1));
    }

    #[test]
    fn one_look_serves_all_writes_of_some_seconds_and_a_late_one_is_looked_at_again() {
        let mut saving = Saving::default();
        saving.push(RecordKind::Update, b"a");
        let (first, _) = saving.start(0).unwrap_or_default();
        assert_eq!(saving.watch(), Some(LONGEST_WRITE));
        saving.done(first);
        saving.push(RecordKind::Update, b"b");
        assert!(saving.start(9_000).is_some());
        assert_eq!(saving.watch(), None, "somebody looks at 10,000");
        assert_eq!(saving.rouse(LONGEST_WRITE), Roused::Waiting);
        assert_eq!(saving.watch(), Some(9_000 + LONGEST_WRITE));
        assert!(matches!(
            saving.rouse(9_000 + LONGEST_WRITE),
            Roused::Silent(_)
        ));
    }
}
