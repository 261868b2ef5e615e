//! Proposals of the open plan: made where another party or person owns what is
//! edited, decided by that owner.

use leptos::prelude::*;
use weft_document::Author;
use weft_model::{
    Act, Aspect, Choice as _, Command, Decider, Draft, ItemId, Kind, PartyId, Plan, Proposal,
    ProposalId, ProposalStatus, Proposed, Speaker, Spot, Subject, Uid, Value, Verb, accepting,
    decider, decides, field, proposing, split,
};
use weft_session::Session;

use crate::browser::device;
use crate::ui::judging::withdrawal;
use crate::ui::sentences::item_name;
use crate::ui::state::{Editor, language_untracked};
use crate::ui::text::{say_count, say_with};
use crate::ui::told;

/// An author as one who edits the plan of a session.
fn speaker<'a>(session: &Session, author: &'a Author) -> Speaker<'a> {
    let theirs = |it: &Author| it.uid != author.uid && it.party.is_some();
    // Whoever opened the plan counts also before their first edit in it.
    let others = || theirs(session.author()) || session.authors().values().any(theirs);
    Speaker {
        author: author.uid,
        name: &author.name,
        party: author.party,
        guest: author.party.is_none() && others(),
    }
}

/// An act from elsewhere as somebody may do it: what others own becomes proposals, in an act of their own.
pub fn acts(session: &Session, act: Act, author: &Author) -> Vec<Act> {
    let parts = split(session.plan(), &act, speaker(session, author));
    let proposals = parts.drafts.iter().map(|draft| {
        let item = ItemId {
            kind: Kind::Proposal,
            uid: Uid(device::chance()),
        };
        stored(item, draft.fields(), author.uid)
    });
    let proposals: Vec<Command> = proposals.collect();
    let mut all = Vec::new();
    if !parts.direct.is_empty() {
        all.push(Act {
            intent: act.intent,
            commands: parts.direct,
        });
    }
    if !proposals.is_empty() {
        all.push(Act::many(Verb::Propose, Subject::Plan, proposals));
    }
    all
}

/// A proposal as it is stored.
fn stored(item: ItemId, mut fields: Vec<(weft_model::FieldKey, Value)>, author: Uid) -> Command {
    fields.push((
        field::proposal::author.key(),
        Value::str(author.to_string()),
    ));
    fields.push((field::proposal::at.key(), Value::Int(device::now_millis())));
    Command::Add {
        item,
        owner: None,
        spot: Spot::Last,
        fields,
    }
}

/// What an answer is given with, in the language of the screen.
fn in_words(id: ProposalId, words: &str) -> Option<Command> {
    (!words.is_empty()).then(|| Command::Set {
        item: id.into(),
        key: field::proposal::answer.lang(language_untracked()),
        value: Some(Value::str(words)),
    })
}

/// Whether nobody has decided it.
pub fn is_open(proposal: &Proposal) -> bool {
    proposal
        .status
        .is_none_or(|status| status.0 == ProposalStatus::Open)
}

impl Editor {
    /// The party that the person speaks for in this plan.
    pub fn party(&self) -> Option<PartyId> {
        self.session(|session| session.author().party).flatten()
    }

    /// Looks at the plan as the person who edits it, without following it.
    pub fn as_speaker<T>(&self, look: impl FnOnce(&Plan, Speaker<'_>) -> T) -> Option<T> {
        self.session(|session| look(session.plan(), speaker(session, session.author())))
    }

    /// Whether the person decides what this reads, and does not only propose.
    pub fn settles(&self, what: &Aspect) -> bool {
        let proposes = self.as_speaker(|plan, who| {
            let owner = decides(plan, what);
            plan.about().edit_freely != Some(true)
                && owner.is_some_and(|owner| who.proposes(plan, owner))
        });
        proposes != Some(true)
    }

    /// Who decides a proposal.
    pub fn decider(&self, proposal: &Proposal) -> Decider {
        self.plan(|plan| {
            decider(plan, proposal, |author| {
                self.authors().remove(&author).and_then(|it| it.party)
            })
        })
    }

    /// Whether this proposal is the person's to decide. Who speaks for nobody may
    /// decide what a party is asked; nobody decides what they proposed themselves.
    pub fn may_decide(&self, proposal: &Proposal) -> bool {
        let decider = self.decider(proposal);
        let may = self.as_speaker(|plan, who| who.may_decide(plan, proposal, decider));
        may.unwrap_or(false)
    }

    /// The open proposals that wait for the person. Reactive.
    pub fn deciding(&self) -> Vec<Proposal> {
        self.follow(Kind::Proposal);
        let mut all = self.plan(|plan| {
            let open = plan.proposals.iter().filter(|it| is_open(it));
            open.cloned().collect::<Vec<_>>()
        });
        all.retain(|it| self.may_decide(it));
        all
    }

    /// How many proposals wait for the person. Reactive.
    pub fn to_decide(&self) -> usize {
        self.deciding().len()
    }

    /// Those of them that can be accepted without looking at each: nothing has moved
    /// since. Reactive in the proposals.
    pub fn acceptable(&self) -> Vec<ProposalId> {
        let all: Vec<_> = self.deciding().iter().map(|it| it.id).collect();
        let can = self.plan(|plan| accepting(plan, &all));
        can.into_iter().map(|(id, _)| id).collect()
    }

    /// Accepts several in one act, which one undo takes back.
    pub fn accept(&self, ids: &[ProposalId]) -> bool {
        let mut commands = Vec::new();
        for (id, command) in self.plan(|plan| accepting(plan, ids)) {
            commands.extend(command);
            commands.extend(self.answered(id, ProposalStatus::Accepted));
        }
        !commands.is_empty() && self.act(Verb::Answer, Subject::Plan, commands)
    }

    /// What notes that the person answered a proposal.
    fn answered(&self, id: ProposalId, status: ProposalStatus) -> Vec<Command> {
        let values = [
            (field::proposal::status, Value::str(status.id())),
            (
                field::proposal::answered_by,
                Value::str(self.author().to_string()),
            ),
            (
                field::proposal::answered_at,
                Value::Int(device::now_millis()),
            ),
        ];
        let set = |(field, value): (weft_model::Field, Value)| Command::Set {
            item: id.into(),
            key: field.key(),
            value: Some(value),
        };
        values.into_iter().map(set).collect()
    }

    /// Notes what is proposed, in one act.
    pub(super) fn propose(&self, subject: Subject, drafts: &[Draft]) -> bool {
        let author = self.author().to_string();
        let mut commands = Vec::new();
        let mut first = None;
        let mut known = None;
        for draft in drafts {
            let target = draft.target.to_string();
            let before = self.plan(|plan| {
                let mine = plan.proposals.iter().filter(|it| {
                    it.author == author
                        && it.target == target
                        && is_open(it)
                        && it.expert.is_none()
                        && it.counters.is_none()
                });
                let read = |it: &Proposal| Some((it.id, Proposed::of(plan, it)?.proposed));
                mine.filter_map(read).collect::<Vec<_>>()
            });
            if let Some((id, _)) = before.iter().find(|(_, it)| *it == draft.proposed) {
                known = Some(ItemId::from(*id));
                continue;
            }
            // Of what one person proposes for one thing, the last is meant.
            commands.extend(before.into_iter().map(|(id, _)| withdrawal(id)));
            let (item, add) = self.proposal(draft.fields());
            first = first.or(Some(item));
            commands.push(add);
        }
        if commands.is_empty() {
            self.refused();
            if known.is_some() {
                self.toasts
                    .say(crate::ui::text::say_untracked("proposals.known"));
            }
            return known.is_some();
        }
        let done = self
            .try_act(Act::many(Verb::Propose, subject, commands))
            .is_ok();
        // The fields show what stands, and not what was proposed.
        self.refused();
        if done && let (Some(first), Some(draft)) = (first, drafts.first()) {
            let what = if drafts.len() > 1 {
                say_count("proposals.so_many", drafts.len() as f64, &[])
            } else {
                // One toast after the other: each says of what it speaks.
                let thing = untrack(|| told::thing(*self, draft.target.subject()));
                let which = untrack(|| told::aspect_of(*self, &draft.target));
                format!("{thing} {which}")
            };
            let owner = self.title_untracked(draft.owner.item());
            let said = say_with("proposals.sent", &[("party", owner), ("what", what)]);
            let reasons = self.reasons;
            let label = crate::ui::text::say_untracked("proposals.add_reason");
            self.toasts
                .say_with(said, label, move || reasons.set(Some(first)));
            if !self.guest.get_untracked() && self.as_speaker(|_, who| who.guest) == Some(true) {
                self.guest.set(true);
            }
        }
        done
    }

    fn title_untracked(&self, item: ItemId) -> String {
        let lang = language_untracked();
        self.plan(|plan| item_name(plan, &lang, item))
    }

    fn proposal(&self, fields: Vec<(weft_model::FieldKey, Value)>) -> (ItemId, Command) {
        let item = ItemId {
            kind: Kind::Proposal,
            uid: self.fresh(),
        };
        (item, stored(item, fields, self.author()))
    }

    /// Decides a proposal. Accepting does what is proposed, in the same act.
    pub fn answer(&self, id: ProposalId, status: ProposalStatus, words: &str) -> bool {
        let Some(proposal) = self.plan(|plan| plan.proposals.get(id).cloned()) else {
            return false;
        };
        let mut commands = Vec::new();
        let read = self.plan(|plan| Proposed::of(plan, &proposal));
        if status == ProposalStatus::Accepted {
            commands.extend(self.plan(|plan| read.as_ref()?.command(plan)));
        }
        commands.extend(self.answered(id, status));
        commands.extend(in_words(id, words));
        let subject = read.map_or(Subject::Plan, |read| read.target.subject());
        self.act(Verb::Answer, subject, commands)
    }

    /// Answers a proposal with another value, which the proposer decides about.
    pub fn counter(&self, id: ProposalId, value: Option<Value>, words: &str) -> bool {
        let Some(proposal) = self.plan(|plan| plan.proposals.get(id).cloned()) else {
            return false;
        };
        let Some(read) = self.plan(|plan| Proposed::of(plan, &proposal)) else {
            return false;
        };
        let base = read.now.as_ref();
        let mut fields = proposing(&read.target, base, value.as_ref());
        fields.push((field::proposal::counters.key(), Value::str(id.to_string())));
        if !words.is_empty() {
            fields.push((
                field::proposal::reason.lang(language_untracked()),
                Value::str(words),
            ));
        }
        let (_, add) = self.proposal(fields);
        let mut commands = self.answered(id, ProposalStatus::Countered);
        commands.extend(in_words(id, words));
        // One act, which one undo takes back whole.
        commands.push(add);
        self.act(Verb::Answer, read.target.subject(), commands)
    }
}
