//! Undo and redo: taking back a step of this session where nobody else changed
//! what it wrote.

use weft_model::{Aspect, Change, Intent, Subject, Verb, Write};

use crate::document::{Access, Applied, Document};
use crate::error::UndoError;
use crate::store::Pen;
use crate::texts::take_back;
use crate::undo::{Mark, Step, of_text, still, subject, subject_item};

impl Document {
    /// What `undo` would take back.
    pub fn undoable(&self) -> Option<Intent> {
        self.history.undo.back().map(|step| step.intent)
    }

    /// What `redo` would do again.
    pub fn redoable(&self) -> Option<Intent> {
        self.history.redo.last().map(|step| step.intent)
    }

    /// What `undo` would change: registers and texts, each once.
    pub fn undo_changes(&self) -> Vec<Aspect> {
        let step = self.history.undo.back();
        step.map(Step::changes).unwrap_or_default()
    }

    /// What `redo` would change.
    pub fn redo_changes(&self) -> Vec<Aspect> {
        let step = self.history.redo.last();
        step.map(Step::changes).unwrap_or_default()
    }

    /// Takes this session's last act back, as far as nobody else changed what
    /// it wrote since; `left` names the rest. If partners changed all of it,
    /// the step is dropped and nothing happens.
    pub fn undo(&mut self, now_millis: i64) -> Result<Applied, UndoError> {
        if self.access() != Access::Editable {
            return Err(UndoError::ReadOnly);
        }
        self.history.end_typing();
        let step = self.history.undo.pop_back().ok_or(UndoError::Nothing)?;
        let (back, applied) = self.reverse(step, Verb::Undo, now_millis)?;
        self.history.redo.push(back);
        Ok(applied)
    }

    /// Does again what was undone last, under the same conditions.
    pub fn redo(&mut self, now_millis: i64) -> Result<Applied, UndoError> {
        if self.access() != Access::Editable {
            return Err(UndoError::ReadOnly);
        }
        self.history.end_typing();
        let step = self.history.redo.pop().ok_or(UndoError::Nothing)?;
        let (back, applied) = self.reverse(step, Verb::Redo, now_millis)?;
        self.history.undo.push_back(back);
        Ok(applied)
    }

    fn reverse(
        &mut self,
        step: Step,
        verb: Verb,
        now_millis: i64,
    ) -> Result<(Step, Applied), UndoError> {
        let mut change = Change::default();
        let mut left: Vec<Subject> = Vec::new();
        let mut marks: Vec<Mark> = Vec::new();
        let mut edits = Vec::new();
        let me = self.loro.peer_id();
        let from = self.written();
        let mut pen = Pen::new(&self.loro, from);
        for edit in step.edits.iter().rev() {
            let aliases = &mut self.aliases;
            let done = pen.edit(edit.at, &edit.lang, |text, next| {
                let done = take_back(text, edit, aliases, next);
                (!done.is_empty()).then(|| (text.to_string(), done))
            });
            match done {
                Ok(Some((text, done))) => {
                    self.plan.set_text(edit.at, &edit.lang, text, &mut change);
                    edits.extend(done);
                }
                _ => left.push(of_text(edit.at)),
            }
        }
        // From the last write to the first: an item that the step deleted is
        // back before its fields are looked at.
        for mark in step.marks.iter().rev() {
            let mine = pen.last_editor(&mark.mine).is_none_or(|peer| peer == me);
            let subject = subject(&mark.mine);
            let vanishes = matches!(
                mark.back,
                Write::Deleted { deleted: true, .. } | Write::Link { level: None, .. }
            );
            let used = vanishes && self.others.touched(&subject, step.since);
            // In an item that a partner deleted nothing is changed unseen.
            let gone = subject_item(&mark.mine).is_some_and(|item| {
                let deleted = Write::Deleted {
                    item,
                    deleted: true,
                };
                !self.plan.any(item.kind).is_live(item.uid)
                    && pen.last_editor(&deleted).is_some_and(|peer| peer != me)
            });
            if !mine || used || gone || !still(&self.plan, &mark.mine) {
                left.push(subject);
                continue;
            }
            if pen.write(&mark.back).is_err() {
                left.push(subject);
                continue;
            }
            self.plan.write(&mark.back, &mut change);
            marks.push(Mark {
                back: mark.mine.clone(),
                mine: mark.back.clone(),
            });
        }
        left.sort_unstable();
        left.dedup();
        if marks.is_empty() && edits.is_empty() {
            return Err(UndoError::Changed { by_others: left });
        }
        let intent = Intent {
            verb,
            subject: step.intent.subject,
        };
        let update = self.commit(from, intent, now_millis);
        let back = Step {
            intent: step.intent,
            marks,
            edits,
            since: step.since,
        };
        let applied = Applied {
            change,
            update,
            left,
        };
        Ok((back, applied))
    }
}
