//! Listening to the other tabs. What is much is heard in portions, between which the
//! page can be used, and told to the face at the end: drawing takes as long as hearing.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use weft_model::Change;
use weft_session::{Effect, Event, Session};

use super::device::now_millis;
use super::runtime::{Heard, Runtime, TABS};
use super::task;

/// What has been said and heard.
#[derive(Default)]
pub(super) struct Hearing {
    /// What nobody has listened to yet.
    said: RefCell<VecDeque<Vec<u8>>>,
    /// Whether somebody is listening.
    listening: Cell<bool>,
    /// What of it changed the plan and has not been told.
    untold: RefCell<Change>,
}

/// Bytes of frames that are heard at one go: some hundred operations.
const PORTION: usize = 32 << 10;
/// After how many milliseconds of hearing the face is told what it has changed.
const TELL_AFTER: i64 = 250;

/// The first frames of a queue, one at least.
fn portion(said: &mut VecDeque<Vec<u8>>) -> Vec<Vec<u8>> {
    let mut bytes = 0;
    let within = |frame: &&Vec<u8>| {
        bytes += frame.len();
        bytes <= PORTION
    };
    let count = said.iter().take_while(within).count().max(1);
    let count = count.min(said.len());
    said.drain(..count).collect()
}

impl Runtime {
    /// Hears what another tab said, with all that has come by the time that this
    /// page gets to it.
    pub(super) fn hear(&self, bytes: Vec<u8>) {
        let hearing = &self.inner.hearing;
        hearing.said.borrow_mut().push_back(bytes);
        if hearing.listening.replace(true) {
            return;
        }
        let runtime = self.clone();
        task::spawn(async move {
            runtime.listen().await;
            runtime.inner.hearing.listening.set(false);
        });
    }

    /// Listens until all that was said has been heard.
    async fn listen(&self) {
        let hearing = &self.inner.hearing;
        task::next_task().await;
        let (mut told, mut ready) = (now_millis(), false);
        loop {
            let (frames, more) = {
                let mut said = hearing.said.borrow_mut();
                (portion(&mut said), !said.is_empty())
            };
            if frames.is_empty() {
                return;
            }
            if more && !ready {
                ready = true;
                self.with(Session::expect_merges);
                task::next_task().await;
            }
            let line = TABS;
            self.perform_quietly(self.handle(Event::Heard { line, frames }));
            let now = now_millis();
            if !more || !(told..told + TELL_AFTER).contains(&now) {
                told = now;
                if ready {
                    task::next_task().await;
                    self.with(Session::look_on);
                    task::next_task().await;
                }
                self.tell(Change::default());
            }
            task::next_task().await;
        }
    }

    /// Performs effects, but lets a change wait for those that follow it.
    fn perform_quietly(&self, mut effects: Vec<Effect>) {
        let mut untold = self.inner.hearing.untold.borrow_mut();
        effects.retain_mut(|effect| match effect {
            Effect::Changed(change) => {
                untold.merge(std::mem::take(change));
                false
            }
            _ => true,
        });
        drop(untold);
        self.perform(effects);
    }

    /// Tells the face of a change, with what waits to be told.
    pub(super) fn tell(&self, change: Change) {
        let mut untold = self.inner.hearing.untold.take();
        untold.merge(change);
        if !untold.is_empty() {
            (self.inner.listener)(Heard::Changed(untold));
        }
    }
}
