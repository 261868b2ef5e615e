//! What is said and proposed, item by item and cell by cell: for the small marks
//! that stand there. Scope: screen; derived from the plan and from what this device
//! has seen.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use leptos::prelude::*;
use weft_model::{Aspect, Change, CommentId, ItemId, Kind, Plan, Subject, Uid};

use crate::ui::proposing::is_open;
use crate::ui::state::Editor;
use crate::ui::text::{listed, say_count};

/// What waits at one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Threads that nobody has settled.
    pub threads: u32,
    /// Comments of others that have not been on this screen.
    pub unread: u32,
    /// Open proposals.
    pub proposals: u32,
}

impl Waiting {
    fn add(&mut self, other: Self) {
        self.threads += other.threads;
        self.unread += other.unread;
        self.proposals += other.proposals;
    }

    /// Whether anything is said here.
    pub fn is_said(&self) -> bool {
        self.threads > 0 || self.unread > 0
    }

    /// Whether there is anything at all.
    pub fn is_some(&self) -> bool {
        *self != Self::default()
    }

    /// In words, part by part: "2 comments", "1 new", "1 proposal". Reactive in the
    /// language.
    pub fn words(&self) -> Vec<String> {
        let all = [
            ("marks.threads", self.threads),
            ("marks.unread", self.unread),
            ("proposals.here", self.proposals),
        ];
        let some = all.into_iter().filter(|(_, count)| *count > 0);
        some.map(|(key, count)| say_count(key, f64::from(count), &[]))
            .collect()
    }
}

/// All places where something waits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    items: HashMap<Uid, Waiting>,
    /// What is shown with another item, where it has a row of its own.
    parts: HashMap<Uid, Waiting>,
    /// By module and competency.
    cells: HashMap<(Uid, Uid), Waiting>,
}

impl Marks {
    /// Looks through the comments and proposals of a plan.
    pub fn of(plan: &Plan, own: Uid, seen: &BTreeSet<CommentId>) -> Self {
        let mut all = Self::default();
        let own = own.to_string();
        for comment in plan.comments.iter() {
            let root = comment.reply_to.and_then(|to| plan.comments.get(to.0));
            let first = root.is_none();
            let root = root.unwrap_or(comment);
            let anchor = root.anchor.parse().unwrap_or(Subject::Plan);
            let waiting = Waiting {
                threads: u32::from(first && root.resolved != Some(true)),
                unread: u32::from(comment.author != own && !seen.contains(&comment.id)),
                ..Waiting::default()
            };
            all.note(plan, anchor, waiting);
        }
        for proposal in plan.proposals.iter().filter(|it| is_open(it)) {
            let waiting = Waiting {
                proposals: 1,
                ..Waiting::default()
            };
            if let Ok(target) = proposal.target.parse::<Aspect>() {
                all.note(plan, target.subject(), waiting);
            }
        }
        all
    }

    /// At what it is about, and at the item that this is shown with.
    fn note(&mut self, plan: &Plan, subject: Subject, waiting: Waiting) {
        let whole = of_whole(plan, subject);
        if let Some(at) = self.at(whole) {
            at.add(waiting);
        }
        if let (Subject::Item(part), true) = (subject, subject != whole) {
            self.parts.entry(part.uid).or_default().add(waiting);
        }
    }

    fn at(&mut self, subject: Subject) -> Option<&mut Waiting> {
        match subject {
            Subject::Plan => None,
            Subject::Item(item) => Some(self.items.entry(item.uid).or_default()),
            Subject::Link(key) => {
                let cell = (key.module.0, key.competency.0);
                Some(self.cells.entry(cell).or_default())
            }
        }
    }

    /// At an item.
    pub fn item(&self, uid: Uid) -> Waiting {
        let found = self.items.get(&uid).or_else(|| self.parts.get(&uid));
        found.copied().unwrap_or_default()
    }

    /// Where a module and a competency meet.
    pub fn cell(&self, module: Uid, competency: Uid) -> Waiting {
        let found = self.cells.get(&(module, competency));
        found.copied().unwrap_or_default()
    }

    /// All of it together.
    pub fn everywhere(&self) -> Waiting {
        let mut sum = Waiting::default();
        for waiting in self.items.values().chain(self.cells.values()) {
            sum.add(*waiting);
        }
        sum
    }

    /// Whether no cell has a mark.
    pub fn no_cells(&self) -> bool {
        self.cells.is_empty()
    }
}

/// What belongs to a module is shown at the module, and a line that is not there
/// yet at the line above.
fn of_whole(plan: &Plan, subject: Subject) -> Subject {
    let Subject::Item(item) = subject else {
        return subject;
    };
    let kind = match item.kind {
        Kind::Unit | Kind::Offering | Kind::Assessment => Kind::Module,
        Kind::JobItem if !plan.is_live(item) => Kind::JobItem,
        _ => return subject,
    };
    let above = plan.any(item.kind).owner(item.uid);
    above.map_or(subject, |uid| ItemId { kind, uid }.into())
}

impl Editor {
    /// The marks of the moment. Reactive.
    pub fn marks(&self) -> Arc<Marks> {
        self.marks.get()
    }

    /// The same, without following them.
    pub fn marks_now(&self) -> Arc<Marks> {
        self.marks.get_untracked()
    }

    /// Counts them anew where a change may have touched them.
    pub(super) fn mark_changed(&self, change: &Change) {
        let about = |item: &ItemId| matches!(item.kind, Kind::Comment | Kind::Proposal);
        if change.whole || change.items.keys().any(about) {
            self.count_marks();
        }
    }

    /// Counts them anew.
    pub(super) fn count_marks(&self) {
        let own = self.author();
        let marks = self
            .seen
            .with_untracked(|seen| self.plan(|plan| Marks::of(plan, own, seen)));
        if self.marks.with_untracked(|known| **known != marks) {
            self.marks.set(Arc::new(marks));
        }
    }
}

/// What waits at an item, beside its name: a mark for comments, fuller where some
/// are new, and one for proposals; said in words to a screen reader.
#[component]
pub fn ItemMarks(
    /// The item.
    item: ItemId,
) -> impl IntoView {
    let editor = crate::ui::state::use_editor();
    let waiting = Memo::new(move |_| editor.marks().item(item.uid));
    move || {
        let waiting = waiting.get();
        waiting
            .is_some()
            .then(|| view! { <MarkSigns waiting=waiting/> })
    }
}

/// The signs of what waits at one place.
#[component]
pub fn MarkSigns(
    /// What waits.
    waiting: Waiting,
) -> impl IntoView {
    let words = listed(&waiting.words());
    view! {
        <span class="marks" role="img" aria-label=words.clone() title=words>
            {waiting.is_said().then(|| view! {
                <i class="mark-said" class:is-unread={waiting.unread > 0}></i>
            })}
            {(waiting.proposals > 0).then(|| view! { <i class={"mark-proposed"}></i> })}
        </span>
    }
}
