//! What pages do to the open plan.

use leptos::prelude::*;
use weft_model::{
    Act, Aspect, Command, EditError, Field, Intent, ItemId, Lang, Split, Subject, Uid, Value, Verb,
    split,
};
use weft_session::{Event, Session};

use crate::browser::{device, task};
use crate::ui::frozen::{self, Held};
use crate::ui::sentences;
use crate::ui::state::{Editor, Steps, language_untracked};

impl Editor {
    /// A fresh uid for a new item.
    pub fn fresh(&self) -> Uid {
        Uid(device::chance())
    }

    /// Does something to the plan, or says why it is impossible.
    pub fn try_act(&self, act: Act) -> Result<(), EditError> {
        // Who owns something also decides about it; an answer is a decision.
        let Split { direct, drafts } = match act.intent.verb {
            Verb::Answer | Verb::Propose => Split::default(),
            _ => (self.as_speaker(|plan, who| split(plan, &act, who))).unwrap_or_default(),
        };
        if !drafts.is_empty() {
            let own = Act {
                intent: act.intent,
                commands: direct,
            };
            // The reason is for all of it: once given, the rest is still proposed.
            self.hold_back(&own, || act.clone())?;
            let intent = act.intent;
            if !own.commands.is_empty() {
                self.try_act(own)?;
            }
            return if self.propose(intent.subject, &drafts) {
                Ok(())
            } else {
                Err(EditError::ReadOnly)
            };
        }
        self.hold_back(&act, || act.clone())?;
        let restated = act.commands.iter().any(|command| match command {
            Command::Set { key, .. } => key.field == weft_model::field::about::status,
            _ => false,
        });
        let done = self
            .runtime()
            .map_or(Err(EditError::ReadOnly), |runtime| runtime.act(act));
        self.count_steps();
        if done.is_ok() {
            ask_to_persist_once();
            if restated {
                // Frozen again, it asks again.
                self.freeze_again();
            }
        }
        done
    }

    /// Holds something back where a frozen plan must be asked for this act first.
    fn hold_back(&self, act: &Act, held: impl FnOnce() -> Act) -> Result<(), EditError> {
        let asks = self.thawed.with_untracked(Option::is_none);
        if asks && self.plan(|plan| frozen::holds_back(plan, act)) {
            self.held.set(Some(Held::Act(held())));
            return Err(EditError::ReadOnly);
        }
        Ok(())
    }

    /// Does something to the plan; says quietly why where it is impossible.
    /// True if it was done.
    pub fn act(&self, verb: Verb, subject: impl Into<Subject>, commands: Vec<Command>) -> bool {
        match self.try_act(Act::many(verb, subject, commands)) {
            Ok(()) => true,
            // The dialog asks.
            Err(_) if self.held.with_untracked(Option::is_some) => false,
            Err(error) => {
                self.toasts.say(sentences::edit_error(&error));
                false
            }
        }
    }

    /// Whether a frozen plan holds something back. Reactive.
    pub fn held_back(&self) -> bool {
        self.held.with(Option::is_some)
    }

    /// It was not approved: nothing happens.
    pub fn drop_held(&self) {
        if self.held.try_update(Option::take).flatten().is_some() {
            self.refused();
        }
    }

    /// Why this person changes the frozen plan, as long as they do. Reactive.
    pub fn thawed(&self) -> Option<String> {
        self.thawed.get()
    }

    /// From now on it asks again.
    pub fn freeze_again(&self) {
        if self.thawed.with_untracked(Option::is_some) {
            self.thawed.set(None);
        }
    }

    /// It was approved, for this reason: does it, and asks no more until the person is
    /// done or the plan is closed. False where the reason could not be kept. A step of
    /// undo or redo is done before the reason is noted, which ends what could be done
    /// again.
    pub fn do_held(&self, why: Act, words: &str) -> bool {
        let kept = |why: Act| self.act(why.intent.verb, why.intent.subject, why.commands);
        let step = self.held.with_untracked(|held| match held {
            Some(Held::Undo) => Some(Event::Undone),
            Some(Held::Redo) => Some(Event::Redone),
            Some(Held::Act(_)) | None => None,
        });
        if let Some(step) = step {
            // The reason would be the last act, and taken back instead.
            self.send(step);
        }
        if !kept(why) {
            return false;
        }
        self.thawed.set(Some(words.to_owned()));
        if let Some(Held::Act(act)) = self.held.try_update(Option::take).flatten()
            && let Err(error) = self.try_act(act)
        {
            self.toasts.say(sentences::edit_error(&error));
        }
        true
    }

    /// Sets one plain value of an item; none empties it.
    pub fn set(&self, item: ItemId, field: Field, value: Option<Value>) -> bool {
        self.act(
            Verb::Edit,
            item,
            vec![Command::Set {
                item,
                key: field.key(),
                value,
            }],
        )
    }

    /// Puts an item into a set field, or takes it out.
    pub fn set_member(&self, item: ItemId, field: Field, member: Uid, inside: bool) -> bool {
        let value = inside.then_some(Value::Bool(true));
        self.act(
            Verb::Edit,
            item,
            vec![Command::Set {
                item,
                key: field.member(member),
                value,
            }],
        )
    }

    /// Writes a text in the language of the screen; only what differs from the
    /// text as it stands is changed.
    pub fn write(&self, item: ItemId, field: Field, text: &str) -> bool {
        let lang = language_untracked();
        self.write_in(item, field, lang, text)
    }

    /// Writes a text in one language.
    pub fn write_in(&self, item: ItemId, field: Field, lang: Lang, text: &str) -> bool {
        let value = (!text.is_empty()).then(|| Value::str(text));
        self.act(
            Verb::Write,
            item,
            vec![Command::Set {
                item,
                key: field.lang(lang),
                value,
            }],
        )
    }

    /// Takes an item out of sight. False also where that was only proposed.
    pub fn delete(&self, item: ItemId) -> bool {
        let done = self.act(Verb::Delete, item, vec![Command::Delete { item }]);
        done && self.plan(|plan| !plan.is_live(item))
    }

    /// Takes back the last act of this tab.
    pub fn undo(&self) {
        if self.may_step(Session::undo_changes, Held::Undo) {
            self.send(Event::Undone);
        }
    }

    /// Does again what was taken back.
    pub fn redo(&self) {
        if self.may_step(Session::redo_changes, Held::Redo) {
            self.send(Event::Redone);
        }
    }

    /// Whether a step may be done at once; else the dialog asks.
    fn may_step(&self, changes: impl FnOnce(&Session) -> Vec<Aspect>, held: Held) -> bool {
        if self.thawed.with_untracked(Option::is_some) {
            return true;
        }
        let look = |session: &Session| frozen::holds_step_back(session.plan(), &changes(session));
        let holds = self.session(look) == Some(true);
        if holds {
            self.held.set(Some(held));
        }
        !holds
    }

    /// Lets the session know of something.
    pub fn send(&self, event: Event) {
        if let Some(runtime) = self.runtime() {
            runtime.send(event);
        }
        self.count_steps();
    }

    /// Looks at what undo and redo would do. Their names follow in a task of their own:
    /// no key waits for words.
    pub(super) fn count_steps(&self) {
        let steps = self.session(|session| (session.undoable(), session.redoable()));
        if let Some(steps) = steps
            && self.steps.with_untracked(|now| *now != steps)
        {
            self.steps.set(steps);
            let (steps, named) = (self.steps, self.named);
            task::spawn(async move {
                task::next_task().await;
                if let Some(now) = steps.try_get_untracked()
                    && named.try_with_untracked(|named| *named != now) == Some(true)
                {
                    named.try_set(now);
                }
            });
        }
    }

    /// What undo and redo would do, for their names, which follow an edit in a task of
    /// their own. Reactive.
    pub fn named_steps(&self) -> Steps {
        self.named.get()
    }

    /// What undo would take back. Reactive.
    pub fn undoable(&self) -> Option<Intent> {
        self.steps.get().0
    }

    /// What redo would do again. Reactive.
    pub fn redoable(&self) -> Option<Intent> {
        self.steps.get().1
    }
}

/// The first edit is the moment at which there is something to lose. Nothing
/// waits for the answer; Home shows it.
fn ask_to_persist_once() {
    static ASKED: std::sync::Once = std::sync::Once::new();
    ASKED.call_once(|| {
        task::spawn(async {
            device::ask_to_persist().await;
        });
    });
}
