//! What becomes a proposal: an edit of what somebody else owns is noted for them
//! to decide.

use std::collections::BTreeMap;

use crate::command::{Act, Command};
use crate::difference::Aspect;
use crate::ownership::{Owner, Speaker, decides, owners_within};
use crate::restore::making;
use crate::{
    Choice, FieldKey, ItemId, Plan, Proposal, ProposalId, ProposalStatus, Sub, TextAt, Uid, Value,
    Verb, field, title_field,
};

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
    pub owner: Owner,
}

/// An act, taken apart by who may do what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Split {
    /// What is done at once.
    pub direct: Vec<Command>,
    /// What is proposed.
    pub drafts: Vec<Draft>,
}

/// Takes an act apart for somebody who edits. Values, texts, levels, who may see a
/// link, and deletions of what somebody else owns, or that holds such, become
/// proposals; whatever else an act does, and everything while the plan is set to free
/// editing, is done at once. So are the tiers of an act that moves lines, which would be refused without them, and what
/// names an item that has no name and no owner of its own, or deletes an empty one:
/// somebody is making it.
pub fn split(plan: &Plan, act: &Act, who: Speaker<'_>) -> Split {
    let mut split = Split::default();
    let free = plan.about().edit_freely == Some(true);
    let moves = |command: &Command| matches!(command, Command::Move { .. });
    let moves = act.commands.iter().any(moves);
    for command in &act.commands {
        let goes_along = moves
            && matches!(command, Command::Set { key, .. } if key.field == field::job_item::tier);
        let draft = if free || goes_along {
            None
        } else {
            draft(plan, command, who).filter(|it| !makes(plan, it))
        };
        match draft.filter(|it| who.proposes(plan, it.owner)) {
            Some(draft) if draft.base == draft.proposed => {}
            Some(draft) => split.drafts.push(draft),
            None => split.direct.push(command.clone()),
        }
    }
    split
}

/// Whether it belongs to the making of an item: nothing of anybody is overwritten.
fn makes(plan: &Plan, draft: &Draft) -> bool {
    let (mut bare, mut claimed) = (true, false);
    let mut look = |item: &ItemId| {
        let (above, owner) = (item.kind.owner_field(), item.kind.field("owner"));
        plan.any(item.kind).values(item.uid, &mut |key, _| {
            let place = above == Some(key.field) || key.field == field::job_item::tier;
            bare &= place;
            claimed |= owner == Some(key.field);
        });
        title_field(item.kind).is_some() && plan.title(*item).is_empty()
    };
    match &draft.target {
        Aspect::Value(item, key) if Some(key.field) == title_field(item.kind) => {
            look(item) && !claimed
        }
        Aspect::Presence(item) => look(item) && bare,
        _ => false,
    }
}

fn draft(plan: &Plan, command: &Command, who: Speaker<'_>) -> Option<Draft> {
    let level = |level: Option<u8>| Value::Int(i64::from(level.unwrap_or_default()));
    let (target, proposed) = match command {
        Command::Set { item, key, value } => (Aspect::Value(*item, key.clone()), value.clone()),
        Command::Write { at, lang, splice } => {
            let target = match at {
                TextAt::Field(item, field) => Aspect::Value(*item, field.lang(lang.clone())),
                TextAt::LinkNote(key) => Aspect::Note(*key, lang.clone()),
            };
            let now = target.read(plan);
            let now = now.as_ref().and_then(Value::as_str).unwrap_or_default();
            let words = splice.apply(now)?;
            (target, (!words.is_empty()).then(|| Value::str(words)))
        }
        Command::Delete { item } => (Aspect::Presence(*item), None),
        Command::Link { key, level: wanted } => (Aspect::Link(*key), Some(level(*wanted))),
        Command::Unlink { key } => (Aspect::Link(*key), None),
        Command::Strength { key, strength } => {
            let strength = strength.map(|it| Value::Int(i64::from(it)));
            (Aspect::Strength(*key), strength)
        }
        Command::ShowLink { key, party, named } => {
            let shown = named.then_some(Value::Bool(true));
            (Aspect::Shown(*key, *party), shown)
        }
        _ => return None,
    };
    let owner = match target {
        // What stands below goes out of sight as well, and may be somebody else's.
        Aspect::Presence(item) => {
            let owners = owners_within(plan, item);
            let asked = owners.iter().find(|owner| who.proposes(plan, **owner));
            asked.or(owners.first()).copied()?
        }
        _ => decides(plan, &target)?,
    };
    Some(Draft {
        owner,
        base: target.read(plan),
        target,
        proposed,
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

/// The commands that accept several proposals in one act, for the caller to add who
/// answers: each with what it does. Left out are those that have moved since, also
/// by another of them, what cannot be done any more, and what its author has proposed
/// otherwise since.
pub fn accepting(plan: &Plan, ids: &[ProposalId]) -> Vec<(ProposalId, Option<Command>)> {
    let mut then = plan.clone();
    let mut all: Vec<_> = (ids.iter())
        .filter_map(|id| plan.proposals.get(*id).cloned())
        .map(|it| (rank(&it), it))
        .collect();
    let at = |it: &Proposal| it.at.map(|at| at.0);
    all.sort_by_key(|(_, it)| at(it));
    let last: BTreeMap<_, _> = all.iter().map(|(_, it)| (said(it), at(it))).collect();
    all.retain(|(_, it)| last.get(&said(it)) == Some(&at(it)));
    all.sort_by_key(|(rank, _)| *rank);
    let mut done = Vec::new();
    for (_, proposal) in all {
        let Some(read) = Proposed::of(&then, &proposal).filter(|it| !it.has_moved()) else {
            continue;
        };
        let command = read.command(&then);
        let act = command
            .clone()
            .map(|it| Act::many(Verb::Answer, read.target.subject(), vec![it]));
        if act.is_none_or(|act| then.apply(&act).is_ok()) {
            done.push((proposal.id, command));
        }
    }
    done
}

/// Who proposes, and for what.
fn said(proposal: &Proposal) -> (String, String) {
    let expert = proposal.expert.map(|to| to.0.0.to_string());
    let who = format!("{} {}", proposal.author, expert.unwrap_or_default());
    (who, proposal.target.clone())
}

/// What comes back goes before what is said of it, and what goes, last.
fn rank(proposal: &Proposal) -> u8 {
    match proposal.target.parse() {
        Ok(Aspect::Presence(_)) if proposal.proposed.is_empty() => 3,
        Ok(Aspect::Presence(_)) => 0,
        Ok(Aspect::Link(_)) => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        Decider, JobItemId, Kind, LinkKey, ModuleId, PartyId, Spot, Subject, Tier, decider, making,
    };

    #[test]
    fn who_deletes_a_line_of_theirs_asks_those_who_own_something_below_it() {
        let (school, works) = (PartyId(Uid(1)), PartyId(Uid(2)));
        let act = |commands| Act::many(Verb::Edit, Subject::Plan, commands);
        let add = |kind, uid, owner: Option<u64>, fields| Command::Add {
            item: ItemId {
                kind,
                uid: Uid(uid),
            },
            owner: owner.map(Uid),
            spot: Spot::Last,
            fields,
        };
        let line = |tier: Tier, owner: PartyId| {
            vec![
                (field::job_item::tier.key(), Value::str(tier.id())),
                (
                    field::job_item::owner.key(),
                    Value::str(owner.0.to_string()),
                ),
                (
                    field::job_item::statement.lang(crate::Lang::en()),
                    Value::str("Turn"),
                ),
            ]
        };
        let mut plan = Plan::new();
        plan.apply(&act(vec![
            add(Kind::Party, 1, None, vec![]),
            add(Kind::Party, 2, None, vec![]),
            add(Kind::JobItem, 20, None, line(Tier::Task, school)),
            add(Kind::JobItem, 21, Some(20), line(Tier::Content, school)),
            add(Kind::JobItem, 22, Some(21), line(Tier::Competency, works)),
        ]))
        .unwrap();
        let item = |uid| ItemId {
            kind: Kind::JobItem,
            uid: Uid(uid),
        };
        let delete = |uid| act(vec![Command::Delete { item: item(uid) }]);
        let speaks = |party| Speaker {
            party: Some(party),
            ..Speaker::default()
        };
        for party in [school, works] {
            let other = if party == school { works } else { school };
            let parts = split(&plan, &delete(20), speaks(party));
            assert_eq!(parts.direct, []);
            assert_eq!(parts.drafts[0].owner, Owner::Party(other));
            let proposal = Proposal {
                target: parts.drafts[0].target.to_string(),
                author: Uid(70).to_string(),
                ..Proposal::default()
            };
            let by = decider(&plan, &proposal, |_| Some(party));
            assert_eq!(by, Decider::Owner(Owner::Party(other)));
        }
        let own = split(&plan, &delete(22), speaks(works));
        assert_eq!(own.direct, delete(22).commands);
    }

    #[test]
    fn who_may_see_a_link_is_proposed_to_whoever_owns_its_module() {
        let (school, works) = (PartyId(Uid(1)), PartyId(Uid(2)));
        let act = |commands| Act::many(Verb::Edit, Subject::Plan, commands);
        let add = |kind, uid, fields| Command::Add {
            item: ItemId {
                kind,
                uid: Uid(uid),
            },
            owner: None,
            spot: Spot::Last,
            fields,
        };
        let key = LinkKey {
            module: ModuleId(Uid(10)),
            unit: None,
            competency: JobItemId(Uid(21)),
        };
        let owner = (field::module::owner.key(), Value::str(school.0.to_string()));
        let tier = (
            field::job_item::tier.key(),
            Value::str(Tier::Competency.id()),
        );
        let mut plan = Plan::new();
        plan.apply(&act(vec![
            add(Kind::Party, 1, vec![]),
            add(Kind::Party, 2, vec![]),
            add(Kind::Module, 10, vec![owner]),
            add(Kind::JobItem, 21, vec![tier]),
            Command::Link { key, level: None },
        ]))
        .unwrap();
        let show = |named| {
            let party = works;
            act(vec![Command::ShowLink { key, party, named }])
        };
        let speaks = |party| Speaker {
            party: Some(party),
            ..Speaker::default()
        };
        let parts = split(&plan, &show(true), speaks(works));
        assert_eq!(parts.direct, []);
        let draft = &parts.drafts[0];
        assert_eq!(draft.target, Aspect::Shown(key, works));
        let done = making(&plan, &draft.target, draft.proposed.as_ref());
        assert_eq!(done, Some(show(true).commands[0].clone()));
        let own = split(&plan, &show(true), speaks(school));
        assert_eq!(own.direct, show(true).commands);
        // It is shown to nobody else already.
        assert_eq!(split(&plan, &show(false), speaks(works)).drafts, []);
    }

    #[test]
    fn of_what_one_person_proposes_for_one_thing_the_last_is_accepted() {
        let mut plan = Plan::new();
        let target = Aspect::Value(crate::ABOUT, field::about::code.key());
        let mut add = |uid, code: &str, at| {
            let mut fields = proposing(&target, None, Some(&Value::str(code)));
            fields.push((field::proposal::author.key(), Value::str("7")));
            fields.push((field::proposal::at.key(), Value::Int(at)));
            let item = ItemId {
                kind: Kind::Proposal,
                uid: Uid(uid),
            };
            let add = Command::Add {
                item,
                owner: None,
                spot: Spot::Last,
                fields,
            };
            let act = Act::many(Verb::Propose, Subject::Plan, vec![add]);
            plan.apply(&act).unwrap();
        };
        add(51, "B", 2_000);
        add(50, "A", 1_000);
        let accepted = accepting(&plan, &[50, 51].map(|uid| ProposalId(Uid(uid))));
        let taken: Vec<u64> = accepted.iter().map(|(id, _)| id.0.0).collect();
        assert_eq!(taken, [51]);
    }
}
