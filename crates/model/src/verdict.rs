//! What experts say of tasks, as commands: one verdict for each expert and task,
//! its sentence as a comment, and what an expert finds missing as a line that is
//! there only once its proposal is accepted.

use crate::command::{Command, Spot, Subject};
use crate::{
    Aspect, Choice as _, CommentId, ExpertId, Field, FieldKey, ItemId, JobItemId, Kind, Lang, Plan,
    Tier, Uid, Value, VerdictId, field, proposing,
};

impl VerdictId {
    /// The verdict of an expert on a task. Whoever writes it down, and wherever,
    /// writes the same one: what is said again takes the place of what was said.
    pub fn of(task: JobItemId, expert: ExpertId) -> Self {
        // The finalizer of SplitMix64, once for each of the two.
        let mix = |mut bits: u64| {
            bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            bits ^ (bits >> 31)
        };
        let first = mix(task.0.0.wrapping_add(0x9e37_79b9_7f4a_7c15));
        Self(Uid(mix(first ^ expert.0.0.rotate_left(32))))
    }

    /// The comment that holds its sentence.
    pub fn comment(self) -> CommentId {
        CommentId(self.0)
    }
}

/// Something that an expert says of a task.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// A value of the verdict: the judgement or a grade; nothing takes it back.
    Value(Field, Option<Value>),
    /// The sentence, in a language; an empty one takes it back.
    Words(Lang, String),
}

/// The commands that write down what an expert says of a task. `author` types it
/// at `at`, in milliseconds since 1970; `spoken` is whose the words are where they
/// are not the author's own.
pub fn judging(
    plan: &Plan,
    task: JobItemId,
    expert: ExpertId,
    said: &Said,
    (author, at): (Uid, i64),
    spoken: bool,
) -> Vec<Command> {
    let verdict = VerdictId::of(task, expert);
    let by = |author_of: Field, at_of: Field| {
        [
            (author_of.key(), Some(Value::str(author.to_string()))),
            (at_of.key(), Some(Value::Int(at))),
        ]
    };
    let mut values = vec![(
        field::verdict::expert.key(),
        Some(Value::str(expert.to_string())),
    )];
    values.extend(by(field::verdict::author, field::verdict::at));
    if let Said::Value(of, value) = said {
        values.push((of.key(), value.clone()));
    }
    let mut commands = putting(plan, verdict.into(), Some(task.0), values);
    if let Said::Words(lang, words) = said {
        let comment = ItemId::from(verdict.comment());
        let words = words.trim();
        if words.is_empty() {
            let there = plan.comments.get(verdict.comment()).is_some();
            commands.extend(there.then_some(Command::Delete { item: comment }));
        } else {
            let anchor = Subject::Item(task.into()).to_string();
            let mut values = vec![
                (field::comment::anchor.key(), Some(Value::str(anchor))),
                (
                    field::comment::body.lang(lang.clone()),
                    Some(Value::str(words)),
                ),
            ];
            values.extend(by(field::comment::author, field::comment::at));
            let whose = spoken.then(|| Value::str(expert.to_string()));
            values.push((field::comment::expert.key(), whose));
            commands.extend(putting(plan, comment, None, values));
        }
    }
    commands
}

/// Commands that make an item read so: add it, or bring it back, or change what
/// differs.
pub fn putting(
    plan: &Plan,
    item: ItemId,
    owner: Option<Uid>,
    values: Vec<(FieldKey, Option<Value>)>,
) -> Vec<Command> {
    let table = plan.any(item.kind);
    if !table.has(item.uid) {
        let fields = values
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?)));
        return vec![Command::Add {
            item,
            owner,
            spot: Spot::Last,
            fields: fields.collect(),
        }];
    }
    let back = (!table.is_live(item.uid)).then_some(Command::Restore { item });
    let differ = values
        .into_iter()
        .filter(|(key, value)| plan.value(item, key) != *value);
    let sets = differ.map(|(key, value)| Command::Set { item, key, value });
    back.into_iter().chain(sets).collect()
}

/// Commands that propose a new line of the outline: it is noted and taken away in
/// one act, and the proposal brings it back when it is accepted. `fields` say who,
/// when and why.
pub fn addition(
    (line, proposal): (JobItemId, Uid),
    parent: Option<JobItemId>,
    tier: Tier,
    (lang, words): (Lang, &str),
    fields: Vec<(FieldKey, Value)>,
) -> Vec<Command> {
    let item = ItemId::from(line);
    let target = Aspect::Presence(item);
    let mut proposed = proposing(&target, None, Some(&Value::Bool(true)));
    proposed.extend(fields);
    vec![
        Command::Add {
            item,
            owner: parent.map(|parent| parent.0),
            spot: Spot::Last,
            fields: vec![
                (field::job_item::tier.key(), Value::str(tier.id())),
                (field::job_item::statement.lang(lang), Value::str(words)),
            ],
        },
        Command::Delete { item },
        Command::Add {
            item: ItemId {
                kind: Kind::Proposal,
                uid: proposal,
            },
            owner: None,
            spot: Spot::Last,
            fields: proposed,
        },
    ]
}
