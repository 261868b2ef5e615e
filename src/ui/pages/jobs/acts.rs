//! What the outline page does to the plan: lines that come, go and move, each
//! gesture as one act with a word where it is refused. Where a line may stand
//! is the model's answer (`reshape`).

use leptos::prelude::*;
use weft_model::reshape::{self, Entry, Refusal, Side};
use weft_model::{
    Command, CompetencyKind, Field, ItemId, JobItemId, Kind, Outline, Plan, Spot, Subject, Tier,
    Uid, Value, Verb, field,
};

use super::lines::Lines;
use crate::browser::timer::Timer;
use crate::ui::text::{say, say_count};
use crate::ui::writing::writing_lang_now;

/// What a key asks of the outline, for the lines it is about.
type Gesture = fn(&weft_model::Plan, &Outline, &[JobItemId]) -> Result<Vec<Command>, Refusal>;

impl Lines {
    /// Says quietly why something was not done.
    pub fn refuse(self, why: Refusal) {
        self.tell(say(match why {
            Refusal::NothingAbove => "jobs.refused.nothing_above",
            Refusal::Highest => "jobs.refused.highest",
            Refusal::Lowest => "jobs.refused.lowest",
            Refusal::Full => "jobs.refused.full",
            Refusal::Taught => "jobs.refused.taught",
            Refusal::Edge => "jobs.refused.edge",
            Refusal::Itself => "jobs.refused.itself",
        }));
    }

    /// Says something quietly, for a while.
    pub fn tell(self, text: String) {
        if let Some(timer) = self.note_timer.try_update_value(Option::take).flatten() {
            timer.stop();
        }
        self.note.set(text);
        let after = Timer::after(6_000, move || {
            if !self.note.is_disposed() {
                self.note.set(String::new());
            }
        });
        self.note_timer.set_value(Some(after));
    }

    fn reshaped(self, line: JobItemId, gesture: Gesture) {
        let about = self.about(line);
        let outcome = self
            .editor
            .plan_and_board(|plan, board| gesture(plan, board.outline(), &about));
        match outcome {
            Ok(commands) => {
                if self.editor.act(Verb::Move, ItemId::from(line), commands) {
                    self.unfold_above(line);
                    self.go_to(line, true);
                }
            }
            Err(why) => self.refuse(why),
        }
    }

    /// One tier lower.
    pub fn lower(self, line: JobItemId) {
        self.reshaped(line, reshape::lower);
    }

    /// One tier higher.
    pub fn raise(self, line: JobItemId) {
        self.reshaped(line, reshape::raise);
    }

    /// One place up.
    pub fn up(self, line: JobItemId) {
        self.reshaped(line, reshape::up);
    }

    /// One place down.
    pub fn down(self, line: JobItemId) {
        self.reshaped(line, reshape::down);
    }

    /// Drops lines at another one.
    pub fn carry(self, lines: &[JobItemId], target: JobItemId, side: Side) {
        let outcome = self.editor.plan_and_board(|plan, board| {
            reshape::carry(plan, board.outline(), lines, target, side)
        });
        match outcome {
            Ok(commands) => {
                let subject = subject_of(lines);
                if self.editor.act(Verb::Move, subject, commands)
                    && let Some(first) = lines.first()
                {
                    self.unfold_above(*first);
                    self.go_to(*first, true);
                }
            }
            Err(why) => self.refuse(why),
        }
    }

    fn unfold_above(self, line: JobItemId) {
        let above = self.outline.with_untracked(|outline| {
            let mut all = Vec::new();
            let mut at = outline.row(line).and_then(|row| row.parent);
            while let Some(parent) = at {
                all.push(parent);
                at = outline.row(parent).and_then(|row| row.parent);
            }
            all
        });
        if self
            .folded
            .with_untracked(|folded| above.iter().any(|line| folded.contains(line)))
        {
            self.folded
                .update(|folded| folded.retain(|line| !above.contains(line)));
        }
    }

    /// A new line of the same tier behind this one, or the first role.
    pub fn add_after(self, line: Option<JobItemId>) {
        let row = line.and_then(|line| self.row(line));
        let mut entry = Entry::empty(row.map_or(Tier::Role, |row| row.tier));
        entry.kind = line.and_then(|line| self.kind_of(line));
        self.add(line, entry);
    }

    /// A new line below this one, of the next lower tier that it holds already.
    pub fn add_below(self, line: JobItemId) {
        let Some(row) = self.row(line) else { return };
        let tier = self
            .outline
            .with_untracked(|outline| outline.children(line).last().map(|below| below.tier));
        let next = match row.tier {
            Tier::Role => Tier::Task,
            Tier::Task | Tier::Content => Tier::Competency,
            Tier::Competency => return self.add_after(Some(line)),
        };
        self.fold(line, false);
        self.add(Some(line), Entry::empty(tier.unwrap_or(next)));
    }

    fn kind_of(self, line: JobItemId) -> Option<CompetencyKind> {
        let kind = self
            .editor
            .plan(|plan| plan.job_items.get(line).and_then(|line| line.kind));
        kind.map(|kind| kind.0)
    }

    fn add(self, after: Option<JobItemId>, entry: Entry) {
        let lang = writing_lang_now(&self.editor);
        let (commands, new) = self.editor.plan_and_board(|plan, board| {
            let fresh = || self.editor.fresh();
            reshape::bring_in(plan, board.outline(), after, &[entry], &lang, false, fresh)
        });
        let Some(first) = new.first().copied() else {
            return;
        };
        if self.editor.act(Verb::Add, ItemId::from(first), commands) {
            self.clear_chosen();
            self.go_to(first, true);
        }
    }

    /// Deletes lines with everything below them, and offers to take it back.
    pub fn delete(self, lines: &[JobItemId]) {
        let tops = self
            .outline
            .with_untracked(|outline| reshape::topmost(outline, lines));
        let Some(first) = tops.first().copied() else {
            return;
        };
        let (before, count, taught) = self.hangs_on(&tops);
        let commands = tops
            .iter()
            .map(|line| Command::Delete {
                item: (*line).into(),
            })
            .collect();
        if !self.editor.act(Verb::Delete, subject_of(&tops), commands) {
            return;
        }
        let stays = |plan: &Plan| tops.iter().any(|line| plan.is_live((*line).into()));
        if self.editor.plan(stays) {
            // Of what somebody else owns, it was only proposed.
            return;
        }
        self.clear_chosen();
        let next = before.or_else(|| {
            self.shown
                .with_untracked(|shown| shown.ids.first().copied())
        });
        let gone = self.row(first).is_none();
        match next {
            Some(next) if gone => self.go_to(next, true),
            _ => self.current.set(None),
        }
        // An empty line needs no words.
        if count > 1 || taught > 0 {
            let editor = self.editor;
            let back = tops.clone();
            #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 lines")]
            let text = say_count(
                "jobs.deleted",
                count as f64,
                &[("links", say_count("jobs.deleted_links", taught as f64, &[]))],
            );
            self.toasts.say_with(text, say("act.undo"), move || {
                let commands = back.iter().map(|line| Command::Restore {
                    item: (*line).into(),
                });
                editor.act(Verb::Restore, subject_of(&back), commands.collect());
            });
        }
    }

    /// The shown line before these, how many lines they hold, and how many
    /// links to modules.
    fn hangs_on(self, tops: &[JobItemId]) -> (Option<JobItemId>, usize, usize) {
        let shown = self.shown.get_untracked();
        let first = tops.first().and_then(|line| shown.place(*line));
        let before = first
            .and_then(|at| at.checked_sub(1))
            .and_then(|at| shown.ids.get(at).copied());
        let all: Vec<JobItemId> = self.outline.with_untracked(|outline| {
            let mut all = tops.to_vec();
            let mut at = 0;
            while let Some(line) = all.get(at).copied() {
                all.extend(outline.children(line).map(|row| row.id));
                at += 1;
            }
            all
        });
        let links = self.editor.plan(|plan| {
            let of = |line: &JobItemId| plan.weave.of_competency(*line).count();
            all.iter().map(of).sum()
        });
        (before, all.len(), links)
    }

    /// Deletes an empty line on Backspace; a line that holds others stays.
    pub fn delete_empty(self, line: JobItemId) {
        let holds = self
            .outline
            .with_untracked(|outline| outline.children(line).next().is_some());
        if holds {
            self.tell(say("jobs.refused.holds"));
        } else {
            self.delete(&[line]);
        }
    }

    /// Sets one value of every line that it is about.
    pub fn set(self, line: JobItemId, field: Field, value: Option<Value>) {
        let about = self.about(line);
        let competencies: Vec<JobItemId> = about
            .into_iter()
            .filter(|line| {
                self.row(*line)
                    .is_some_and(|row| row.tier == Tier::Competency)
            })
            .collect();
        let commands = competencies
            .iter()
            .map(|line| Command::Set {
                item: (*line).into(),
                key: field.key(),
                value: value.clone(),
            })
            .collect();
        self.editor
            .act(Verb::Edit, subject_of(&competencies), commands);
    }

    /// Brings entries in behind a line; an empty line gives way to them.
    pub fn bring_in(self, line: Option<JobItemId>, entries: &[Entry], cells: bool) {
        let lang = writing_lang_now(&self.editor);
        let (mut commands, new) = self.editor.plan_and_board(|plan, board| {
            let fresh = || self.editor.fresh();
            reshape::bring_in(plan, board.outline(), line, entries, &lang, cells, fresh)
        });
        if let Some(line) = line.filter(|line| self.is_blank(*line)) {
            commands.push(Command::Delete { item: line.into() });
        }
        let Some(last) = new.last().copied() else {
            self.tell(say("jobs.nothing_new"));
            return;
        };
        if self.editor.act(Verb::Paste, Subject::Plan, commands) {
            #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 lines")]
            self.tell(say_count("jobs.pasted", new.len() as f64, &[]));
            self.clear_chosen();
            self.go_to(last, true);
        }
    }

    fn is_blank(self, line: JobItemId) -> bool {
        let holds = self
            .outline
            .with_untracked(|outline| outline.children(line).next().is_some());
        let empty = self.editor.plan(|plan| {
            let line = plan.job_items.get(line);
            line.is_some_and(|line| line.statement.is_empty() && line.code.is_empty())
        });
        empty && !holds
    }

    /// Brings cut lines back, right behind a line.
    pub fn put_back(self, lines: &[JobItemId], after: Option<JobItemId>) {
        let mut commands: Vec<Command> = lines
            .iter()
            .map(|line| Command::Restore {
                item: (*line).into(),
            })
            .collect();
        let moves = self.editor.plan(|plan| {
            let mut copy = plan.clone();
            let restore = weft_model::Act::many(Verb::Restore, Subject::Plan, commands.clone());
            copy.apply(&restore).ok()?;
            let outline = Outline::of(&copy);
            match after {
                Some(target) => {
                    let tier = |line: &JobItemId| outline.row(*line).map(|row| row.tier);
                    let inside = tier(&target) < lines.iter().filter_map(tier).min();
                    let side = if inside { Side::Inside } else { Side::After };
                    reshape::carry(&copy, &outline, lines, target, side).ok()
                }
                None => Some(Vec::new()),
            }
        });
        let Some(moves) = moves else {
            self.refuse(Refusal::Itself);
            return;
        };
        commands.extend(moves);
        let done = self.editor.act(Verb::Paste, subject_of(lines), commands);
        if let (true, Some(first)) = (done, lines.first()) {
            self.go_to(*first, true);
        }
    }

    /// Makes copies of lines with all their fields, behind a line.
    pub fn copy_in(self, lines: &[JobItemId], after: Option<JobItemId>) {
        let lang = writing_lang_now(&self.editor);
        let (commands, first) = self.editor.plan_and_board(|plan, board| {
            let outline = board.outline();
            let tops = reshape::topmost(outline, lines);
            let tiers = tops
                .iter()
                .filter_map(|line| outline.row(*line).map(|row| row.tier));
            let highest = [Entry::empty(tiers.min().unwrap_or(Tier::Role))];
            let after = after.or(tops.last().copied());
            let fresh = || self.editor.fresh();
            let (place, _) = reshape::bring_in(plan, outline, after, &highest, &lang, false, fresh);
            let Some(Command::Add {
                owner, mut spot, ..
            }) = place.into_iter().next()
            else {
                return (Vec::new(), None);
            };
            let mut commands = Vec::new();
            for top in tops {
                let uid = self.editor.fresh();
                copy_one(
                    plan,
                    outline,
                    top,
                    (uid, owner, spot),
                    &fresh,
                    &mut commands,
                );
                spot = Spot::After(uid);
            }
            let first = commands.iter().find_map(|command| match command {
                Command::Add { item, .. } => Some(JobItemId(item.uid)),
                _ => None,
            });
            (commands, first)
        });
        if let Some(first) = first
            && self.editor.act(Verb::Paste, Subject::Plan, commands)
        {
            self.go_to(first, true);
        }
    }
}

/// A copy of a line and of those below it.
fn copy_one(
    plan: &Plan,
    outline: &Outline,
    line: JobItemId,
    (uid, owner, spot): (Uid, Option<Uid>, Spot),
    fresh: &impl Fn() -> Uid,
    commands: &mut Vec<Command>,
) {
    let mut fields = Vec::new();
    plan.any(Kind::JobItem)
        .values(line.into(), &mut |key, value| {
            if key.field != field::job_item::parent {
                fields.push((key, value));
            }
        });
    commands.push(Command::Add {
        item: JobItemId(uid).into(),
        owner,
        spot,
        fields,
    });
    for below in outline.children(line) {
        let place = (fresh(), Some(uid), Spot::Last);
        copy_one(plan, outline, below.id, place, fresh, commands);
    }
}

fn subject_of(lines: &[JobItemId]) -> Subject {
    match lines {
        [line] => ItemId::from(*line).into(),
        _ => Subject::Plan,
    }
}
