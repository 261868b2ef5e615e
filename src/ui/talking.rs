//! Comments of the open plan: threads, what is unread on this device, and what
//! the person says.

use std::collections::BTreeSet;

use leptos::prelude::*;
use weft_document::Author;
use weft_model::{
    Command, Comment, CommentId, ItemId, Kind, Plan, Spot, Subject, Uid, Value, Verb, field,
};

use crate::browser::{device, prefs};
use crate::ui::mention::mentions;
use crate::ui::state::{Editor, language_untracked};

/// A comment with its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// The first comment.
    pub root: CommentId,
    /// What it is about.
    pub anchor: Subject,
    /// The answers, oldest first.
    pub replies: Vec<CommentId>,
    /// Somebody has said that it is settled.
    pub resolved: bool,
    /// When something was last said.
    pub last: i64,
}

impl Thread {
    /// All of its comments, oldest first.
    pub fn all(&self) -> impl Iterator<Item = CommentId> + '_ {
        core::iter::once(self.root).chain(self.replies.iter().copied())
    }
}

/// The threads about one thing, oldest first; those that are settled last.
pub fn threads(plan: &Plan, anchor: Subject) -> Vec<Thread> {
    let mut all = all_threads(plan);
    all.retain(|thread| thread.anchor == anchor);
    all.sort_by_key(|thread| thread.resolved);
    all
}

/// All threads of a plan, by their first comment.
pub fn all_threads(plan: &Plan) -> Vec<Thread> {
    let mut roots: Vec<&Comment> = plan
        .comments
        .iter()
        .filter(|it| is_root(plan, it))
        .collect();
    roots.sort_by_key(|comment| (comment.at.map(|at| at.0), comment.id));
    roots
        .into_iter()
        .map(|root| with_replies(plan, root))
        .collect()
}

/// One thread by its first comment.
pub fn thread(plan: &Plan, root: CommentId) -> Option<Thread> {
    plan.comments.get(root).map(|root| with_replies(plan, root))
}

/// An answer to a comment that is gone stands by itself.
fn is_root(plan: &Plan, comment: &Comment) -> bool {
    comment
        .reply_to
        .is_none_or(|to| plan.comments.get(to.0).is_none())
}

fn with_replies(plan: &Plan, root: &Comment) -> Thread {
    let mut replies: Vec<&Comment> = (plan.comments.iter())
        .filter(|comment| comment.reply_to.is_some_and(|to| to.0 == root.id))
        .collect();
    replies.sort_by_key(|comment| (comment.at.map(|at| at.0), comment.id));
    let last = replies.last().copied().unwrap_or(root);
    Thread {
        root: root.id,
        anchor: root.anchor.parse().unwrap_or(Subject::Plan),
        replies: replies.iter().map(|comment| comment.id).collect(),
        resolved: root.resolved == Some(true),
        last: last.at.map_or(0, |at| at.0),
    }
}

/// What this device has seen of a plan's comments.
pub fn seen_of(plan: Uid) -> BTreeSet<CommentId> {
    let kept = prefs::read(&format!("seen.{plan}")).unwrap_or_default();
    let uids = kept.split(' ').filter_map(|uid| uid.parse().ok());
    uids.map(CommentId).collect()
}

impl Editor {
    /// Wakes the caller when a comment comes, goes or changes.
    pub fn follow_comments(&self) {
        self.follow(Kind::Comment);
    }

    /// Whether a comment of somebody else has not been on this screen yet.
    /// Reactive.
    pub fn is_unread(&self, id: CommentId) -> bool {
        let own = self.author().to_string();
        let theirs = self.plan(|plan| plan.comments.get(id).is_some_and(|it| it.author != own));
        theirs && self.seen.with(|seen| !seen.contains(&id))
    }

    /// How many comments are unread. Reactive.
    pub fn unread(&self) -> usize {
        self.follow_comments();
        let own = self.author().to_string();
        let seen = self.seen.get();
        self.plan(|plan| {
            let all = plan.comments.iter();
            all.filter(|it| it.author != own && !seen.contains(&it.id))
                .count()
        })
    }

    /// These comments have been on the screen.
    pub fn mark_read(&self, ids: &[CommentId]) {
        let new: Vec<CommentId> = (ids.iter().copied())
            .filter(|id| untrack(|| self.is_unread(*id)))
            .collect();
        if new.is_empty() {
            return;
        }
        self.seen.update(|seen| seen.extend(new));
        self.count_marks();
        // What is no comment any more need not be remembered.
        let kept = self.plan(|plan| {
            let seen = self.seen.get_untracked();
            let live = seen
                .into_iter()
                .filter(|id| plan.comments.get(*id).is_some());
            live.map(|id| id.to_string()).collect::<Vec<_>>()
        });
        prefs::write(&format!("seen.{}", self.id()), &kept.join(" "));
    }

    /// Whom a comment can name, by the names that they go by: first who has written
    /// here, then the people of the plan. Reactive in the language.
    pub fn mentionable(&self) -> Vec<String> {
        let own = self.who_edits();
        let authors = self.authors().into_values();
        let authors = authors.filter(|author| author.uid != own.uid);
        let authors: BTreeSet<String> = authors.map(|author| author.name).collect();
        let lang = self.lang();
        let people: BTreeSet<String> = self.plan(|plan| {
            let people = plan.people.iter();
            let names = people.map(|person| person.name.show(&lang).trim().to_owned());
            names.filter(|name| !authors.contains(name)).collect()
        });
        let all = authors.iter().chain(&people);
        all.filter(|name| !name.is_empty() && **name != own.name)
            .cloned()
            .collect()
    }

    /// Whether somebody else's words name the person who works here, as in "@Lin Jing":
    /// a question to be asked of many comments.
    pub fn mentions_me(&self) -> impl Fn(&Comment) -> bool + use<> {
        let Author { uid, name, .. } = self.who_edits();
        let others = self.mentionable();
        let own = uid.to_string();
        move |comment| {
            let named = |words: &str| !name.is_empty() && mentions(words, &name, &others);
            comment.author != own && comment.body.iter().any(|(_, words)| named(words))
        }
    }

    /// Says something about a thing, or in a thread.
    pub fn comment(&self, anchor: Subject, reply_to: Option<CommentId>, words: &str) -> bool {
        let item = ItemId {
            kind: Kind::Comment,
            uid: self.fresh(),
        };
        let mut fields = vec![
            (field::comment::anchor.key(), Value::str(anchor.to_string())),
            (
                field::comment::body.lang(language_untracked()),
                Value::str(words),
            ),
            (
                field::comment::author.key(),
                Value::str(self.author().to_string()),
            ),
            (field::comment::at.key(), Value::Int(device::now_millis())),
        ];
        let answered = reply_to.map(|to| Value::str(to.to_string()));
        fields.extend(answered.map(|to| (field::comment::reply_to.key(), to)));
        let add = Command::Add {
            item,
            owner: None,
            spot: Spot::Last,
            fields,
        };
        self.act(Verb::Comment, anchor, vec![add])
    }

    /// Says that a thread is settled, or not.
    pub fn resolve(&self, root: CommentId, settled: bool) {
        let value = settled.then_some(Value::Bool(true));
        self.set(root.into(), field::comment::resolved, value);
    }
}
