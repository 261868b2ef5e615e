//! What this session did and can take back, step by step. Only own acts are
//! here; what partners changed since is never touched.

use std::collections::{BTreeMap, VecDeque};

use weft_model::{Aspect, Change, Intent, ItemId, Lang, LinkKey, Performed, Plan, Subject, TextAt};
use weft_model::{Verb, Write, pointed_to};

use crate::texts::TextEdit;

/// The most steps that are kept.
pub const UNDO_LIMIT: usize = 200;
/// Typing within this many milliseconds of the last key is one step with it.
pub const TYPING_MILLIS: i64 = 1_000;

/// One register that a step wrote.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    /// What it held before, as a write.
    pub back: Write,
    /// What the step wrote.
    pub mine: Write,
}

/// One act, or several that belong together.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// What it was for.
    pub intent: Intent,
    /// The registers that it wrote, each once.
    pub marks: Vec<Mark>,
    /// The texts that it wrote, in order.
    pub edits: Vec<TextEdit>,
    /// How many merges there had been when it was first done.
    pub since: u64,
}

impl Step {
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty() && self.edits.is_empty()
    }

    /// What it changes when it is taken back or done again.
    pub fn changes(&self) -> Vec<Aspect> {
        let marks = self.marks.iter().filter_map(|mark| match &mark.back {
            Write::Create { item, .. } | Write::Deleted { item, .. } => {
                Some(Aspect::Presence(*item))
            }
            Write::Put { item, key, .. } => Some(Aspect::Value(*item, key.clone())),
            Write::Order { item, .. } => Some(Aspect::Place(*item)),
            Write::Link { key, .. } => Some(Aspect::Link(*key)),
            Write::Strength { key, .. } => Some(Aspect::Strength(*key)),
            Write::ShowLink { key, party, .. } => Some(Aspect::Shown(*key, *party)),
            Write::Splice { .. } | Write::Confirm { .. } => None,
        });
        let texts = self.edits.iter().map(|edit| match edit.at {
            TextAt::Field(item, field) => Aspect::Value(item, field.lang(edit.lang.clone())),
            TextAt::LinkNote(key) => Aspect::Note(key, edit.lang.clone()),
        });
        marks.chain(texts).collect()
    }
}

/// A register's name: a write without its value.
type Name = (u8, Option<ItemId>, Option<LinkKey>, String);

fn name(write: &Write) -> Option<Name> {
    Some(match write {
        Write::Create { item, .. } | Write::Deleted { item, .. } => {
            (0, Some(*item), None, String::new())
        }
        Write::Put { item, key, .. } => (1, Some(*item), None, key.to_string()),
        Write::Order { item, .. } => (2, Some(*item), None, String::new()),
        Write::Link { key, .. } => (3, None, Some(*key), String::new()),
        Write::Strength { key, .. } => (4, None, Some(*key), String::new()),
        Write::ShowLink { key, party, .. } => (5, None, Some(*key), party.to_string()),
        // A confirmed value is the one that was there: nothing to take back.
        Write::Splice { .. } | Write::Confirm { .. } => return None,
    })
}

/// What an act wrote, register by register: the value before the first write
/// and the one after the last. What it wrote in items that it made itself goes
/// and comes with the item. The plan is the one after the act.
pub(crate) fn step(
    intent: Intent,
    plan: &Plan,
    done: &Performed,
    edits: Vec<TextEdit>,
    since: u64,
) -> Step {
    let mut new = std::collections::BTreeSet::new();
    let mut marks: Vec<Mark> = Vec::new();
    let mut known: BTreeMap<Name, usize> = BTreeMap::new();
    for (write, back) in done.writes.iter().zip(&done.back) {
        if let Write::Create { item, .. } = write {
            new.insert(*item);
        } else if subject_item(write).is_some_and(|item| new.contains(&item))
            && !matches!(write, Write::Deleted { .. })
        {
            continue;
        }
        let Some(name) = name(write) else { continue };
        // As the plan shows it: an empty line, for one, is no value.
        let mine = match write {
            Write::Create { item, .. } => Write::Deleted {
                item: *item,
                deleted: false,
            },
            Write::Deleted { .. } => write.clone(),
            other => plan.inverse(other),
        };
        match known.get(&name) {
            Some(at) => marks[*at].mine = mine,
            None => {
                known.insert(name, marks.len());
                marks.push(Mark {
                    back: back.clone(),
                    mine,
                });
            }
        }
    }
    marks.retain(|mark| mark.back != mark.mine);
    let edits = edits
        .into_iter()
        .filter(|edit| edit.came.is_some() || !edit.went.is_empty())
        .filter(|edit| !matches!(edit.at, TextAt::Field(item, _) if new.contains(&item)))
        .collect();
    Step {
        intent,
        marks,
        edits,
        since,
    }
}

/// The item that a write is in.
pub(crate) fn subject_item(write: &Write) -> Option<ItemId> {
    match write {
        Write::Create { item, .. }
        | Write::Put { item, .. }
        | Write::Order { item, .. }
        | Write::Deleted { item, .. } => Some(*item),
        Write::Splice { at, .. } => match at {
            TextAt::Field(item, _) => Some(*item),
            TextAt::LinkNote(_) => None,
        },
        Write::Confirm { what } => match what.subject() {
            Subject::Item(item) => Some(item),
            Subject::Plan | Subject::Link(_) => None,
        },
        Write::Link { .. } | Write::Strength { .. } | Write::ShowLink { .. } => None,
    }
}

/// What a write is about.
pub(crate) fn subject(write: &Write) -> Subject {
    match write {
        Write::Link { key, .. } | Write::Strength { key, .. } | Write::ShowLink { key, .. } => {
            (*key).into()
        }
        Write::Splice { at, .. } => of_text(*at),
        Write::Confirm { what } => what.subject(),
        other => subject_item(other).map_or(Subject::Plan, Subject::from),
    }
}

/// What a text belongs to.
pub(crate) fn of_text(at: TextAt) -> Subject {
    match at {
        TextAt::Field(item, _) => item.into(),
        TextAt::LinkNote(key) => key.into(),
    }
}

/// Whether the register still reads as it was written.
pub(crate) fn still(plan: &Plan, mine: &Write) -> bool {
    match mine {
        Write::Deleted { item, deleted } => plan.any(item.kind).is_live(item.uid) != *deleted,
        other => plan.inverse(other) == *other,
    }
}

/// Typing that further typing can join.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Typing {
    at: TextAt,
    lang: Lang,
    caret: usize,
    millis: i64,
}

/// Steps that can be undone and redone.
#[derive(Debug, Default)]
pub(crate) struct History {
    pub undo: VecDeque<Step>,
    pub redo: Vec<Step>,
    typing: Option<Typing>,
}

impl History {
    /// Keeps what an act did.
    pub fn push(&mut self, step: Step, writes: &[Write], now_millis: i64) {
        if step.is_empty() {
            return;
        }
        self.redo.clear();
        let typed = match writes {
            [Write::Splice { at, lang, splice }] if step.intent.verb == Verb::Write => {
                Some((*at, lang.clone(), splice))
            }
            _ => None,
        };
        let joins = match (&self.typing, &typed) {
            (Some(last), Some((at, lang, splice))) => {
                let pause = now_millis.saturating_sub(last.millis);
                let touches = splice.at <= last.caret && last.caret <= splice.at + splice.delete;
                last.at == *at
                    && last.lang == *lang
                    && touches
                    && (0..=TYPING_MILLIS).contains(&pause)
            }
            _ => false,
        };
        self.typing = typed.map(|(at, lang, splice)| Typing {
            at,
            lang,
            caret: splice.at + splice.insert.chars().count(),
            millis: now_millis,
        });
        if joins && let Some(last) = self.undo.back_mut() {
            last.edits.extend(step.edits);
            return;
        }
        self.undo.push_back(step);
        if self.undo.len() > UNDO_LIMIT {
            self.undo.pop_front();
        }
    }

    /// From here on typing begins a step of its own.
    pub fn end_typing(&mut self) {
        self.typing = None;
    }

    /// Whether no step is left.
    pub fn is_empty(&self) -> bool {
        self.undo.is_empty() && self.redo.is_empty()
    }
}

/// What partners touched, and with which merge they last did.
#[derive(Debug, Default)]
pub(crate) struct Others {
    merges: u64,
    /// With which merge last something came of which not each item is named.
    whole: u64,
    last: BTreeMap<Subject, u64>,
}

impl Others {
    /// How many merges there have been.
    pub fn merges(&self) -> u64 {
        self.merges
    }

    /// Notes what a merge touched: items, links and the ends of links, what they point
    /// to, and all that these belong to. Without any of it what partners wrote would be
    /// out of sight.
    pub fn note(&mut self, change: &Change, plan: &Plan) {
        self.merges += 1;
        if change.whole {
            self.whole = self.merges;
        }
        let mut touch = |item: ItemId| {
            self.last.insert(item.into(), self.merges);
            for above in plan.above(item) {
                self.last.insert(above.into(), self.merges);
            }
        };
        for (item, fields) in &change.items {
            touch(*item);
            if fields.iter().any(|field| field.shape().target().is_some()) {
                plan.any(item.kind).values(item.uid, &mut |key, value| {
                    if fields.contains(&key.field)
                        && let Some(to) = pointed_to(&key, &value)
                    {
                        touch(to);
                    }
                });
            }
        }
        for link in &change.links {
            let ends = [Some(link.module.into()), Some(link.competency.into())];
            let unit = link.unit.map(ItemId::from);
            ends.into_iter()
                .chain([unit])
                .flatten()
                .for_each(&mut touch);
        }
        for link in &change.links {
            self.last.insert((*link).into(), self.merges);
        }
    }

    /// Whether a partner touched it after this many merges.
    pub fn touched(&self, subject: &Subject, since: u64) -> bool {
        self.whole > since || self.last.get(subject).is_some_and(|last| *last > since)
    }
}
