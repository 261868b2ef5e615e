//! Taking over or keeping, change by change. A new line stands below the lines
//! that come with it, and a line that is gone takes what hangs on it along:
//! choices that hang together follow each other.

use std::collections::BTreeSet;

use weft_model::{Act, Command, FrameworkId, ItemId, JobItemId, Kind, Plan, Subject, Uid, Verb};

use super::comparing::is_place;
use super::touched::below;
use super::{Changed, Comparison, Gone, Whose};
use crate::Imported;

/// Changes of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Lines that read otherwise.
    Changed,
    /// Lines that are new.
    New,
    /// Lines that are gone.
    Gone,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Changed, Self::New, Self::Gone];
}

/// What is taken over; the rest stays as the plan has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    lines: BTreeSet<JobItemId>,
    /// Frameworks whose release is noted on lines that read the same.
    noted: BTreeSet<FrameworkId>,
}

impl Choices {
    /// What a person most likely wants: what the source has changed and added.
    /// What the partners have changed or deleted stays theirs, and nothing goes
    /// unasked.
    pub fn suggested(all: &[Comparison]) -> Self {
        let mut choices = Self::default();
        for comparison in all {
            choices.noted.insert(comparison.framework);
            for changed in &comparison.changed {
                if changed.whose == Whose::Source {
                    choices.lines.insert(changed.line);
                }
            }
            for new in comparison.new.iter().filter(|new| !new.deleted) {
                choices.lines.insert(new.line);
            }
        }
        // A line below one that stays out stays out.
        for new in all.iter().flat_map(|it| &it.new).filter(|it| it.deleted) {
            choices.keep(all, new.line);
        }
        choices
    }

    /// The choices for a comparison that was made anew, as after a correction:
    /// what was decided about a change that is still the same stays decided.
    pub fn carried(&self, old: &[Comparison], new: &[Comparison]) -> Self {
        let mut choices = Self::suggested(new);
        for after in new {
            let Some(before) = old.iter().find(|it| it.framework == after.framework) else {
                continue;
            };
            choices.note(after.framework, self.notes(after.framework));
            let changed = after
                .changed
                .iter()
                .filter(|it| before.changed.contains(it));
            let added = after.new.iter().filter(|it| before.new.contains(it));
            let gone = after.gone.iter().filter(|it| before.gone.contains(it));
            let lines = (changed.map(|it| it.line)).chain(added.map(|it| it.line));
            let lines = lines.chain(gone.map(|it| it.line));
            // What hangs together comes in the order of the outline, what is
            // above first: what is kept above stays kept below.
            for line in lines {
                if self.takes(line) {
                    choices.take(new, line);
                } else {
                    choices.keep(new, line);
                }
            }
        }
        choices
    }

    /// Whether the change of a line is taken over.
    pub fn takes(&self, line: JobItemId) -> bool {
        self.lines.contains(&line)
    }

    /// Whether the release is noted on the lines of a framework that read the
    /// same.
    pub fn notes(&self, framework: FrameworkId) -> bool {
        self.noted.contains(&framework)
    }

    /// How many changes of a comparison are taken over.
    pub fn taken(&self, of: &Comparison) -> usize {
        let groups = Group::ALL.into_iter();
        groups.map(|group| self.taken_of(of, group)).sum()
    }

    /// How many changes of one kind are taken over.
    pub fn taken_of(&self, of: &Comparison, group: Group) -> usize {
        let lines = lines(of, group).into_iter();
        lines.filter(|line| self.takes(*line)).count()
    }

    /// Says whether the release is noted on lines that read the same.
    pub fn note(&mut self, framework: FrameworkId, on: bool) {
        if on {
            self.noted.insert(framework);
        } else {
            self.noted.remove(&framework);
        }
    }

    /// Takes the change of a line over, and what it needs: a new line comes
    /// with the new ones above it, a line that is gone goes with those below it
    /// that are gone. One that holds lines that stay is not taken.
    pub fn take(&mut self, all: &[Comparison], line: JobItemId) {
        for comparison in all {
            if let Some(changed) = comparison.changed.iter().find(|it| it.line == line) {
                self.lines.insert(line);
                // Where it moves must be there.
                if let Some(to) = moves_to(changed) {
                    self.take_new(comparison, to);
                }
            }
            self.take_new(comparison, line);
            let gone = |at: JobItemId| comparison.gone.iter().find(|it| it.line == at);
            if gone(line).is_some_and(|it| it.holds == 0) {
                let pairs = comparison.gone.iter().map(|it| (it.line, it.above));
                let going = hanging(line, pairs);
                for leaving in going.iter().filter_map(|it| gone(*it)) {
                    self.leave(comparison, leaving);
                }
                self.lines.extend(going);
            }
        }
    }

    /// Takes a new line with the new ones above it.
    fn take_new(&mut self, comparison: &Comparison, line: JobItemId) {
        let mut at = Some(line);
        while let Some(new) = at.and_then(|at| comparison.new.iter().find(|it| it.line == at)) {
            if !self.lines.insert(new.line) {
                break;
            }
            at = new.above;
        }
    }

    /// Takes over that lines leave one that goes.
    fn leave(&mut self, comparison: &Comparison, gone: &Gone) {
        for line in &gone.leaving {
            self.lines.insert(*line);
            let changed = comparison.changed.iter().find(|it| it.line == *line);
            if let Some(to) = changed.and_then(moves_to) {
                self.take_new(comparison, to);
            }
        }
    }

    /// Keeps what the plan has, and what hangs on that: without a new line those
    /// below it stay out, and with a line that is gone those above it stay.
    pub fn keep(&mut self, all: &[Comparison], line: JobItemId) {
        for comparison in all {
            let pairs = comparison.new.iter().map(|it| (it.line, it.above));
            for line in hanging(line, pairs) {
                self.lines.remove(&line);
            }
            // What stays below a line that is gone keeps that, too.
            let left = comparison
                .gone
                .iter()
                .filter(|it| it.leaving.contains(&line));
            for from in left.map(|it| it.line).chain([line]) {
                self.keep_gone(comparison, from);
            }
        }
        self.lines.remove(&line);
    }

    /// Keeps a line that is gone, with those above it.
    fn keep_gone(&mut self, comparison: &Comparison, line: JobItemId) {
        let mut at = Some(line);
        let mut met = BTreeSet::new();
        while let Some(gone) = at.and_then(|at| comparison.gone.iter().find(|it| it.line == at)) {
            if !met.insert(gone.line) {
                break;
            }
            self.lines.remove(&gone.line);
            at = gone.above;
        }
    }

    /// Takes all changes of one kind over that can be, or keeps all.
    pub fn all(&mut self, of: &Comparison, group: Group, take: bool) {
        for line in lines(of, group) {
            let stays = of.gone.iter().any(|it| it.line == line && it.holds > 0);
            if take && !stays {
                self.take(core::slice::from_ref(of), line);
            } else {
                self.keep(core::slice::from_ref(of), line);
            }
        }
    }
}

/// The lines of one kind of changes.
fn lines(of: &Comparison, group: Group) -> Vec<JobItemId> {
    match group {
        Group::Changed => of.changed.iter().map(|it| it.line).collect(),
        Group::New => of.new.iter().map(|it| it.line).collect(),
        Group::Gone => of.gone.iter().map(|it| it.line).collect(),
    }
}

/// The line below which a changed one stands in the release, where that is another one.
fn moves_to(changed: &Changed) -> Option<JobItemId> {
    let moved = changed.differences.iter().find(|it| is_place(it))?;
    let to = moved.after.as_ref()?.as_str()?.parse().ok()?;
    Some(JobItemId(to))
}

/// A line and those that hang on it, of lines with the line above each. They
/// come in the order of the outline, what is above first.
fn hanging(
    line: JobItemId,
    pairs: impl Iterator<Item = (JobItemId, Option<JobItemId>)>,
) -> BTreeSet<JobItemId> {
    let mut found = BTreeSet::from([line]);
    for (one, above) in pairs {
        if above.is_some_and(|above| found.contains(&above)) {
            found.insert(one);
        }
    }
    found
}

/// Whether anything would come in.
pub fn brings(plan: &Plan, imported: &Imported, choices: &Choices) -> bool {
    let left = Left::of(plan, imported, choices);
    left.commands().next().is_some() || left.gone().next().is_some()
}

/// The commands of an import that are left when a person has chosen: one act's
/// worth for this plan. What the import brings beside the lines of the compared
/// frameworks comes in as it is.
pub fn taking(plan: &Plan, imported: &Imported, choices: &Choices) -> Vec<Command> {
    let left = Left::of(plan, imported, choices);
    // They come in the order of the outline: what is below goes first.
    let gone: Vec<JobItemId> = left.gone().collect();
    let gone = gone.into_iter().rev();
    let gone = gone.map(|line| Command::Delete { item: line.into() });
    possible(plan, left.commands().cloned().chain(gone))
}

/// What is left of an import.
struct Left<'a> {
    plan: &'a Plan,
    imported: &'a Imported,
    choices: &'a Choices,
    /// Lines that stay as the plan has them.
    kept: BTreeSet<JobItemId>,
    /// Frameworks of which nothing comes in, not even that there is a newer
    /// release.
    silent: BTreeSet<FrameworkId>,
}

impl<'a> Left<'a> {
    fn of(plan: &'a Plan, imported: &'a Imported, choices: &'a Choices) -> Self {
        let mut left = Self {
            plan,
            imported,
            choices,
            kept: BTreeSet::new(),
            silent: BTreeSet::new(),
        };
        for comparison in &imported.comparisons {
            for group in [Group::Changed, Group::New] {
                let lines = lines(comparison, group).into_iter();
                left.kept.extend(lines.filter(|line| !choices.takes(*line)));
            }
            let noted = choices.notes(comparison.framework);
            if !noted {
                left.kept.extend(&comparison.same);
            }
            let notes = noted && !comparison.same.is_empty();
            if !notes && choices.taken(comparison) == 0 {
                left.silent.insert(comparison.into);
            }
        }
        left
    }

    fn stays_out(&self, item: ItemId, owner: Option<Uid>) -> bool {
        let part_of = || {
            let parts = self.plan.any(Kind::FrameworkPart);
            owner.or_else(|| parts.owner(item.uid)).map(FrameworkId)
        };
        let framework = match item.kind {
            Kind::JobItem => return self.kept.contains(&JobItemId(item.uid)),
            Kind::Framework => Some(FrameworkId(item.uid)),
            Kind::FrameworkPart => part_of(),
            _ => None,
        };
        framework.is_some_and(|of| self.silent.contains(&of))
    }

    fn commands(&self) -> impl Iterator<Item = &'a Command> {
        self.imported
            .commands
            .iter()
            .filter(|command| match command {
                Command::Add { item, owner, .. } | Command::Move { item, owner, .. } => {
                    !self.stays_out(*item, *owner)
                }
                Command::Set { item, .. }
                | Command::Delete { item }
                | Command::Restore { item } => !self.stays_out(*item, None),
                _ => true,
            })
    }

    fn gone(&self) -> impl Iterator<Item = JobItemId> {
        let gone = self.imported.comparisons.iter().flat_map(|it| &it.gone);
        let gone = gone.filter(|it| it.holds == 0 && self.choices.takes(it.line));
        gone.map(|it| it.line)
    }
}

/// Those that are possible one after the other and change something: without a
/// line that stays out, what refers to it is not.
fn possible(plan: &Plan, commands: impl Iterator<Item = Command>) -> Vec<Command> {
    let mut plan = plan.clone();
    let mut left = Vec::new();
    for command in commands {
        // Nothing goes out of sight that was not chosen to.
        if let Command::Delete { item } = &command
            && item.kind == Kind::JobItem
            && below(&plan, JobItemId(item.uid)).len() > 1
        {
            continue;
        }
        let act = Act::one(Verb::Import, Subject::Plan, command);
        if let Ok((_, writes)) = plan.apply(&act)
            && !writes.is_empty()
        {
            left.extend(act.commands);
        }
    }
    left
}
