//! Who owns what, who somebody is among the plan's partners and people, and who
//! decides. An agreement between people who trust each other, shown and recorded;
//! it keeps nobody out.

use std::collections::BTreeSet;

use crate::difference::Aspect;
use crate::{
    ItemId, JobItemId, Kind, ModuleId, PartyId, PersonId, Plan, Proposal, Subject, Text, To, Uid,
    VenueId,
};

/// How many lines up the outline an owner is looked for.
const DEPTH: usize = 16;

/// Who owns an item: a party, or one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// Everybody who speaks for this party.
    Party(PartyId),
    /// This person alone, whatever party they speak for.
    Person(PersonId),
}

impl Owner {
    /// The party or the person as an item of the plan.
    pub fn item(self) -> ItemId {
        match self {
            Self::Party(party) => party.into(),
            Self::Person(person) => person.into(),
        }
    }

    /// What an item says of itself. Where both are named, the person decides. Who
    /// is no longer in the plan owns nothing.
    fn of(plan: &Plan, party: Option<To<PartyId>>, person: Option<To<PersonId>>) -> Option<Self> {
        let person = person.map(|to| Self::Person(to.0));
        let there = |owner: &Self| plan.any(owner.item().kind).is_live(owner.item().uid);
        let party = party.map(|to| Self::Party(to.0));
        person.filter(there).or(party.filter(there))
    }
}

/// Who owns an item: as itself says, or the module or the line above it. Nothing:
/// shared by all.
pub fn owner_of(plan: &Plan, item: ItemId) -> Option<Owner> {
    match item.kind {
        Kind::Module => {
            let module = plan.modules.raw(ModuleId(item.uid))?;
            Owner::of(plan, module.owner, module.owner_person)
        }
        Kind::Venue => {
            let venue = plan.venues.raw(VenueId(item.uid))?;
            Owner::of(plan, venue.owner, venue.owner_person)
        }
        Kind::Offering | Kind::Unit | Kind::Assessment => {
            let uid = plan.any(item.kind).owner(item.uid)?;
            let kind = Kind::Module;
            owner_of(plan, ItemId { kind, uid })
        }
        Kind::JobItem => {
            let mut at = Some(JobItemId(item.uid));
            for _ in 0..DEPTH {
                let line = plan.job_items.raw(at?)?;
                if let Some(owner) = Owner::of(plan, line.owner, line.owner_person) {
                    return Some(owner);
                }
                at = line.parent.map(|to| to.0);
            }
            None
        }
        _ => None,
    }
}

/// The owner of a value. A link is the module's.
pub fn decides(plan: &Plan, what: &Aspect) -> Option<Owner> {
    match what.subject() {
        Subject::Plan => None,
        Subject::Item(item) => owner_of(plan, item),
        Subject::Link(key) => owner_of(plan, key.module.into()),
    }
}

/// The owners whom the deletion of an item touches: its own, and those of what goes out
/// of sight with it.
pub(crate) fn owners_within(plan: &Plan, item: ItemId) -> Vec<Owner> {
    let mut found: Vec<Owner> = owner_of(plan, item).into_iter().collect();
    let mut met = BTreeSet::new();
    let mut left = vec![item];
    while let Some(at) = left.pop() {
        if at.kind != Kind::JobItem || !met.insert(at) {
            continue;
        }
        for line in plan.job_items.below(JobItemId(at.uid)) {
            let own = Owner::of(plan, line.owner, line.owner_person);
            found.extend(own.filter(|own| !found.contains(own)));
            left.push(line.id.into());
        }
    }
    found
}

/// Somebody who edits, as they say of themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Speaker<'a> {
    /// The author that they are.
    pub author: Uid,
    /// What they are called.
    pub name: &'a str,
    /// The party that they speak for.
    pub party: Option<PartyId>,
    /// Whether somebody else has said here for whom they speak: who has not is a
    /// guest in their plan.
    pub guest: bool,
}

impl Speaker<'_> {
    /// Whether they are this person of the plan: they say so among the experts, or
    /// go by the same name and speak for no other party.
    pub fn is(&self, plan: &Plan, person: PersonId) -> bool {
        let author = self.author.to_string();
        let says_so =
            |it: &crate::Expert| it.author == author && it.person.is_some_and(|to| to.0 == person);
        if plan.experts.iter().any(says_so) {
            return true;
        }
        let Some(person) = plan.people.get(person) else {
            return false;
        };
        let parties = (self.party, person.party.map(|to| to.0));
        let elsewhere = matches!(parties, (Some(mine), Some(theirs)) if mine != theirs);
        !elsewhere && is_called(&person.name, self.name)
    }

    /// Whether what this owner has is theirs to decide.
    pub fn owns(&self, plan: &Plan, owner: Owner) -> bool {
        match owner {
            Owner::Party(party) => self.party == Some(party),
            Owner::Person(person) => self.is(plan, person),
        }
    }

    /// Whether an edit of what this owner has becomes a proposal. A guest proposes
    /// like everybody else. In a plan where nobody else has said for whom they
    /// speak, who speaks for no party edits what a party owns at once, and who has
    /// not said who they are, everything: it is theirs alone so far.
    pub fn proposes(&self, plan: &Plan, owner: Owner) -> bool {
        let known = self.party.is_some()
            || self.guest
            || matches!(owner, Owner::Person(_) if !self.name.trim().is_empty());
        known && !self.owns(plan, owner)
    }
}

/// Whether one of a name's languages reads like this.
fn is_called(name: &Text, words: &str) -> bool {
    let plain = |text: &str| text.trim().to_lowercase();
    let words = plain(words);
    !words.is_empty() && name.iter().any(|(_, text)| plain(text) == words)
}

/// Who decides a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decider {
    /// Everybody: nobody owns it.
    All,
    /// Its owner.
    Owner(Owner),
    /// One author: the first proposer, who speaks for no party, of a counter.
    Author(Uid),
}

/// Who decides a proposal: the owner of what would change or go with it, and of a
/// counter the side that proposed first. `party_of` says for which party an author speaks.
pub fn decider(
    plan: &Plan,
    proposal: &Proposal,
    party_of: impl FnOnce(Uid) -> Option<PartyId>,
) -> Decider {
    let first = proposal.counters.and_then(|to| plan.proposals.get(to.0));
    let author = first.and_then(|first| first.author.parse::<Uid>().ok());
    if let Some(author) = author {
        let party = party_of(author).map(|party| Decider::Owner(Owner::Party(party)));
        return party.unwrap_or(Decider::Author(author));
    }
    let target = proposal.target.parse::<Aspect>().ok();
    let owner = match target {
        // Who deletes what is theirs asks those who own something in it.
        Some(Aspect::Presence(item)) if proposal.proposed.is_empty() => {
            let owners = owners_within(plan, item);
            let party = proposal.author.parse().ok().and_then(party_of);
            let own = party.map(Owner::Party);
            let other = owners.iter().find(|owner| Some(**owner) != own);
            other.or(owners.first()).copied()
        }
        Some(target) => decides(plan, &target),
        None => None,
    };
    owner.map_or(Decider::All, Decider::Owner)
}

impl Speaker<'_> {
    /// Whether a proposal is theirs to decide. One's own is not, except where one
    /// owns by now what it would change; what one typed for somebody else may be.
    pub fn may_decide(&self, plan: &Plan, proposal: &Proposal, decider: Decider) -> bool {
        let theirs = proposal.is_of(self.author);
        match decider {
            Decider::All => !theirs,
            Decider::Author(author) => author == self.author && !theirs,
            Decider::Owner(owner) if self.proposes(plan, owner) => false,
            Decider::Owner(owner) => {
                let counter = proposal.counters.is_some();
                !theirs || (!counter && self.owns(plan, owner))
            }
        }
    }
}
