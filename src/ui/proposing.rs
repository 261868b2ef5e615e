//! Proposals of the open plan: made where another party owns what is edited,
//! decided by that party.

use leptos::prelude::*;
use weft_model::{
    Act, Choice as _, Command, Draft, ItemId, Kind, PartyId, Plan, Proposal, ProposalId,
    ProposalStatus, Proposed, Spot, Subject, Uid, Value, Verb, decides, field, split,
};

use crate::browser::device;
use crate::ui::state::{Editor, language_untracked};
use crate::ui::text::{say_count, say_with};

/// Who decides about a proposal: the owner of what would change, and of a
/// counter-proposal the party that proposed first. Nothing: everybody.
pub fn decider(editor: Editor, proposal: &Proposal) -> Option<PartyId> {
    let first = proposal
        .counters
        .and_then(|to| editor.plan(|plan| plan.proposals.get(to.0).cloned()));
    if let Some(first) = first {
        let author = first.author.parse::<Uid>().ok()?;
        return editor.authors().remove(&author)?.party;
    }
    let target = proposal.target.parse().ok()?;
    editor.plan(|plan| decides(plan, &target))
}

/// An act from elsewhere as somebody may do it: what another party owns becomes
/// proposals, in an act of their own.
pub fn acts(plan: &Plan, act: Act, author: &weft_document::Author) -> Vec<Act> {
    let parts = split(plan, &act, author.party);
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

    /// Whether this proposal is the person's to decide. Who speaks for nobody may
    /// decide what others leave open.
    pub fn may_decide(&self, proposal: &Proposal) -> bool {
        let mine = self.party();
        mine.is_none() || decider(*self, proposal).is_none_or(|party| Some(party) == mine)
    }

    /// How many proposals wait for the person. Reactive.
    pub fn to_decide(&self) -> usize {
        self.follow(Kind::Proposal);
        let all = self.plan(|plan| {
            let open = plan.proposals.iter().filter(|it| is_open(it));
            open.cloned().collect::<Vec<_>>()
        });
        let own = self.author();
        let mine = all
            .iter()
            .filter(|it| !it.is_of(own) && self.may_decide(it));
        mine.count()
    }

    /// Notes what is proposed, in one act.
    pub(super) fn propose(&self, subject: Subject, drafts: &[Draft]) -> bool {
        let made: Vec<(ItemId, Command)> = (drafts.iter())
            .map(|draft| self.proposal(draft.fields()))
            .collect();
        let first = made.first().map(|(item, _)| *item);
        let commands = made.into_iter().map(|(_, command)| command).collect();
        let done = self
            .try_act(Act::many(Verb::Propose, subject, commands))
            .is_ok();
        // The fields show what stands, and not what was proposed.
        self.refused();
        if done && let (Some(first), Some(draft)) = (first, drafts.first()) {
            let owner = self.title_untracked(draft.owner.into());
            let said = say_with("proposals.sent", &[("party", owner)]);
            let said = if drafts.len() > 1 {
                let count = say_count("proposals.so_many", drafts.len() as f64, &[]);
                format!("{said} {count}")
            } else {
                said
            };
            let reasons = self.reasons;
            let label = crate::ui::text::say_untracked("proposals.add_reason");
            self.toasts
                .say_with(said, label, move || reasons.set(Some(first)));
        }
        done
    }

    fn title_untracked(&self, item: ItemId) -> String {
        let lang = language_untracked();
        self.plan(|plan| plan.title(item).show(&lang).to_owned())
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
        let item = ItemId::from(id);
        let Some(proposal) = self.plan(|plan| plan.proposals.get(id).cloned()) else {
            return false;
        };
        let mut commands = Vec::new();
        let read = self.plan(|plan| Proposed::of(plan, &proposal));
        if status == ProposalStatus::Accepted {
            commands.extend(self.plan(|plan| read.as_ref()?.command(plan)));
        }
        let set = |field: weft_model::Field, value: Value| Command::Set {
            item,
            key: field.key(),
            value: Some(value),
        };
        commands.push(set(field::proposal::status, Value::str(status.id())));
        commands.push(set(
            field::proposal::answered_by,
            Value::str(self.author().to_string()),
        ));
        commands.push(set(
            field::proposal::answered_at,
            Value::Int(device::now_millis()),
        ));
        if !words.is_empty() {
            commands.push(Command::Set {
                item,
                key: field::proposal::answer.lang(language_untracked()),
                value: Some(Value::str(words)),
            });
        }
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
        let Some(owner) = self.plan(|plan| decides(plan, &read.target)) else {
            return false;
        };
        let draft = Draft {
            target: read.target.clone(),
            base: read.now,
            proposed: value,
            owner,
        };
        let mut fields = draft.fields();
        fields.push((field::proposal::counters.key(), Value::str(id.to_string())));
        if !words.is_empty() {
            fields.push((
                field::proposal::reason.lang(language_untracked()),
                Value::str(words),
            ));
        }
        let (_, add) = self.proposal(fields);
        self.answer(id, ProposalStatus::Countered, words)
            && self.act(Verb::Propose, read.target.subject(), vec![add])
    }
}
