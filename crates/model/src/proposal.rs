//! Who owns what, and what becomes a proposal: an edit of what another party
//! owns is noted for that party to decide. An agreement between people who trust
//! each other, shown and recorded; it keeps nobody out.

use crate::command::{Act, Command};
use crate::difference::Aspect;
use crate::restore::making;
use crate::{
    Choice, FieldKey, ItemId, JobItemId, Kind, ModuleId, PartyId, Plan, Proposal, ProposalStatus,
    Sub, Subject, Uid, Value, VenueId, field,
};

/// How many lines up the outline an owner is looked for.
const DEPTH: usize = 16;

/// The party that owns an item: its own, or that of the module or the line above
/// it. Nothing: shared by all.
pub fn owner_of(plan: &Plan, item: ItemId) -> Option<PartyId> {
    match item.kind {
        Kind::Module => plan.modules.raw(ModuleId(item.uid))?.owner.map(|to| to.0),
        Kind::Venue => plan.venues.raw(VenueId(item.uid))?.owner.map(|to| to.0),
        Kind::Offering | Kind::Unit | Kind::Assessment => {
            let uid = plan.any(item.kind).owner(item.uid)?;
            let kind = Kind::Module;
            owner_of(plan, ItemId { kind, uid })
        }
        Kind::JobItem => {
            let mut at = Some(JobItemId(item.uid));
            for _ in 0..DEPTH {
                let line = plan.job_items.raw(at?)?;
                if let Some(owner) = line.owner {
                    return Some(owner.0);
                }
                at = line.parent.map(|to| to.0);
            }
            None
        }
        _ => None,
    }
}

/// The party that decides about a value. A link is the module's.
pub fn decides(plan: &Plan, what: &Aspect) -> Option<PartyId> {
    match what.subject() {
        Subject::Plan => None,
        Subject::Item(item) => owner_of(plan, item),
        Subject::Link(key) => owner_of(plan, key.module.into()),
    }
}

/// A change that is to be proposed.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What would change.
    pub target: Aspect,
    /// What it reads now, and what it should.
    pub base: Option<Value>,
    /// See `base`.
    pub proposed: Option<Value>,
    /// Who decides.
    pub owner: PartyId,
}

/// An act, taken apart by who may do what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Split {
    /// What is done at once.
    pub direct: Vec<Command>,
    /// What is proposed.
    pub drafts: Vec<Draft>,
}

/// Takes an act apart for somebody who speaks for a party. Values, levels and
/// deletions of what another party owns become proposals; whatever else an act
/// does, and everything while the plan is set to free editing, is done at once.
pub fn split(plan: &Plan, act: &Act, party: Option<PartyId>) -> Split {
    let mut split = Split::default();
    let free = plan.about().edit_freely == Some(true);
    for command in &act.commands {
        let draft = match party {
            Some(party) if !free => draft(plan, command).filter(|it| it.owner != party),
            _ => None,
        };
        match draft {
            Some(draft) if draft.base == draft.proposed => {}
            Some(draft) => split.drafts.push(draft),
            None => split.direct.push(command.clone()),
        }
    }
    split
}

fn draft(plan: &Plan, command: &Command) -> Option<Draft> {
    let level = |level: Option<u8>| Value::Int(i64::from(level.unwrap_or_default()));
    let (target, base, proposed) = match command {
        Command::Set { item, key, value } => {
            let target = Aspect::Value(*item, key.clone());
            (target, plan.value(*item, key), value.clone())
        }
        Command::Delete { item } => {
            let there = plan.any(item.kind).is_live(item.uid);
            (
                Aspect::Presence(*item),
                there.then_some(Value::Bool(true)),
                None,
            )
        }
        Command::Link { key, level: wanted } => {
            let now = plan.weave.get(key).map(|link| level(link.level));
            (Aspect::Link(*key), now, Some(level(*wanted)))
        }
        Command::Unlink { key } => {
            let now = plan.weave.get(key).map(|link| level(link.level));
            (Aspect::Link(*key), now, None)
        }
        _ => return None,
    };
    let owner = decides(plan, &target)?;
    Some(Draft {
        target,
        base,
        proposed,
        owner,
    })
}

impl Draft {
    /// The values that a proposal is stored with, without who, when and why.
    pub fn fields(&self) -> Vec<(FieldKey, Value)> {
        proposing(&self.target, self.base.as_ref(), self.proposed.as_ref())
    }
}

/// The values that a proposal to change something is stored with, without who,
/// when and why: the value that was seen, and the one that is proposed.
pub fn proposing(
    target: &Aspect,
    base: Option<&Value>,
    proposed: Option<&Value>,
) -> Vec<(FieldKey, Value)> {
    let mut fields = vec![
        (
            field::proposal::target.key(),
            Value::str(target.to_string()),
        ),
        (
            field::proposal::status.key(),
            Value::str(ProposalStatus::Open.id()),
        ),
    ];
    let sides = [
        (base, field::proposal::base, field::proposal::base_words),
        (proposed, field::proposal::proposed, field::proposal::words),
    ];
    for (value, plain, words) in sides {
        match (value, lang_of(target)) {
            (Some(value), None) => fields.push((plain.key(), Value::str(value.written()))),
            (Some(Value::Str(text)), Some(lang)) if !text.is_empty() => {
                fields.push((words.lang(lang), Value::str(text)));
            }
            _ => {}
        }
    }
    fields
}

fn lang_of(target: &Aspect) -> Option<crate::Lang> {
    match target {
        Aspect::Value(_, key) => match &key.sub {
            Sub::Lang(lang) => Some(lang.clone()),
            _ => None,
        },
        Aspect::Note(_, lang) => Some(lang.clone()),
        _ => None,
    }
}

impl Proposal {
    /// Whether somebody proposes it for themselves. What they typed for another
    /// they may decide about.
    pub fn is_of(&self, author: Uid) -> bool {
        self.expert.is_none() && self.author == author.to_string()
    }
}

/// A proposal as it can be decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    /// What would change.
    pub target: Aspect,
    /// What the proposer saw.
    pub base: Option<Value>,
    /// What it reads now.
    pub now: Option<Value>,
    /// What it should read.
    pub proposed: Option<Value>,
}

impl Proposed {
    /// Reads a stored proposal against the plan as it stands; nothing for one
    /// that this program does not understand.
    pub fn of(plan: &Plan, proposal: &Proposal) -> Option<Self> {
        let target: Aspect = proposal.target.parse().ok()?;
        let (base, proposed) = match lang_of(&target) {
            Some(lang) => {
                let words = |text: &crate::Text| {
                    let words = text.get(&lang);
                    (!words.is_empty()).then(|| Value::str(words))
                };
                (words(&proposal.base_words), words(&proposal.words))
            }
            None => (
                Value::read_written(&proposal.base),
                Value::read_written(&proposal.proposed),
            ),
        };
        Some(Self {
            now: target.read(plan),
            target,
            base,
            proposed,
        })
    }

    /// Whether somebody changed it since it was proposed.
    pub fn has_moved(&self) -> bool {
        self.now != self.base
    }

    /// The command that does what is proposed; nothing where it reads so already
    /// or cannot any more.
    pub fn command(&self, plan: &Plan) -> Option<Command> {
        making(plan, &self.target, self.proposed.as_ref())
    }
}
