//! What experts say of the tasks of the open plan: judgements, grades and
//! sentences, each under a name, and what they suggest, as proposals.

use weft_analysis::{Spread, TaskCard, has_looked, said_in, task_cards, unconfirmed};
use weft_document::Author;
use weft_model::{
    Act, Aspect, Command, ExpertId, ItemId, JobItemId, Kind, Outline, Owner, PartyId, Plan,
    Proposal, ProposalId, Said, Sub, Subject, Text, Tier, Uid, Value, Verb, addition, decides,
    field, judging, owner_of, proposing, putting,
};

use crate::browser::device;
use crate::ui::proposing::is_open;
use crate::ui::state::{Editor, language_untracked};
use crate::ui::text::{number, say, say_with};
use crate::ui::writing::writing_lang_now;

/// How an expert is called, and for whom they speak; a stand-in where nobody
/// said. Reactive in the language.
pub fn expert_name(editor: Editor, id: ExpertId) -> (String, String) {
    editor.follow(Kind::Expert);
    let lang = editor.lang();
    let found = editor.plan(|plan| {
        let expert = plan.experts.raw(id)?;
        let party = expert.party.map(|to| plan.title(to.0.into()));
        let party = party.map(|name| name.show(&lang).to_owned());
        let parts = [expert.role.clone(), party.unwrap_or_default()];
        Some((expert.name.show(&lang).to_owned(), parts))
    });
    let Some((name, mut parts)) = found.map(|(name, parts)| (name, parts.to_vec())) else {
        return (say("overview.someone"), String::new());
    };
    parts.retain(|part| !part.is_empty());
    let name = if name.is_empty() {
        say("overview.someone")
    } else {
        name
    };
    (name, parts.join(" · "))
}

/// The cards of the tasks. Reactive in the outline.
pub fn cards(editor: Editor) -> Vec<TaskCard> {
    editor.follow(Kind::JobItem);
    editor.plan(|plan| task_cards(&Outline::of(plan)))
}

/// How many of the cards an expert has looked at, and how many there are. Reactive.
pub fn progress(editor: Editor, expert: ExpertId) -> (usize, usize) {
    editor.follow(Kind::Verdict);
    let cards = cards(editor);
    editor.plan(|plan| {
        let looked = cards
            .iter()
            .filter(|card| has_looked(plan, card.line, expert));
        (looked.count(), cards.len())
    })
}

/// What a proposal that somebody typed for another is called by: "Ding Hui, typed
/// by Lin Jing". Nothing where the words are the author's own. Reactive.
pub fn spoken_for(editor: Editor, expert: Option<ExpertId>, typist: &str) -> Option<String> {
    let (name, _) = expert_name(editor, expert?);
    let all = [("who", name), ("by", typist.to_owned())];
    Some(say_with("experts.typed_by", &all))
}

/// Median and spread: "4 (3–5)". Reactive in the language.
pub fn spread_words(spread: &Spread) -> String {
    let figures = [
        ("median", number(spread.median())),
        ("low", number(spread.low as f64)),
        ("high", number(spread.high as f64)),
    ];
    say_with("experts.spread", &figures)
}

impl Editor {
    /// The person who works here, as an expert who judges for themselves.
    pub fn myself(&self) -> ExpertId {
        ExpertId(self.author())
    }

    /// Notes what an expert says of a task.
    pub fn judge(&self, expert: ExpertId, task: JobItemId, said: &Said) -> bool {
        let by = (self.author(), device::now_millis());
        let mut commands = self.introduction(expert);
        let spoken = expert != self.myself();
        commands.extend(self.plan(|plan| judging(plan, task, expert, said, by, spoken)));
        self.act(Verb::Judge, ItemId::from(task), commands)
    }

    /// What makes the person known among the experts; nothing for others, who are
    /// there already.
    fn introduction(&self, expert: ExpertId) -> Vec<Command> {
        let lang = language_untracked();
        if expert != self.myself() {
            return Vec::new();
        }
        let Author { name, role, .. } = self.who_edits();
        let text = |text: String| (!text.is_empty()).then(|| Value::str(text));
        let mut values = vec![
            (
                field::expert::author.key(),
                Some(Value::str(self.author().to_string())),
            ),
            (field::expert::role.key(), text(role)),
            (
                field::expert::party.key(),
                self.party().map(|party| Value::str(party.to_string())),
            ),
        ];
        // In another language they are called by the same name, until they say else.
        let known = self.plan(|plan| {
            let there = plan.experts.raw(expert);
            there.is_some_and(|it| it.name.show(&lang) == name)
        });
        if !known {
            values.push((field::expert::name.lang(lang), text(name)));
        }
        self.plan(|plan| putting(plan, expert.into(), None, values))
    }

    /// Takes somebody into the round for whom another types.
    pub fn add_expert(
        &self,
        name: &Text,
        role: &str,
        party: Option<PartyId>,
        person: Option<Uid>,
    ) -> bool {
        let item = ItemId {
            kind: Kind::Expert,
            uid: self.fresh(),
        };
        let words = name.iter().map(|(lang, words)| {
            let key = field::expert::name.lang(lang.clone());
            (key, Value::str(words))
        });
        let mut fields: Vec<_> = words.collect();
        let mut put = |of: weft_model::Field, value: Option<String>| {
            let value = value.filter(|value| !value.is_empty());
            fields.extend(value.map(|value| (of.key(), Value::str(value))));
        };
        put(field::expert::role, Some(role.to_owned()));
        put(field::expert::party, party.map(|it| it.to_string()));
        put(field::expert::person, person.map(|it| it.to_string()));
        let add = Command::Add {
            item,
            owner: None,
            spot: weft_model::Spot::Last,
            fields,
        };
        self.act(Verb::Add, item, vec![add])
    }

    /// Notes that an expert has confirmed all that stands under their name.
    pub fn confirm_for(&self, expert: ExpertId) -> bool {
        let now = device::now_millis();
        let commands = self.plan(|plan| {
            let all = unconfirmed(plan, expert).into_iter();
            all.filter_map(|id| {
                let verdict = plan.verdicts.get(id)?;
                let set = |of: weft_model::Field, value| Command::Set {
                    item: id.into(),
                    key: of.key(),
                    value: Some(value),
                };
                Some([
                    set(
                        field::verdict::confirmed,
                        Value::str(said_in(plan, verdict)),
                    ),
                    set(field::verdict::confirmed_at, Value::Int(now)),
                ])
            })
            .flatten()
            .collect::<Vec<_>>()
        });
        self.act(Verb::Confirm, ItemId::from(expert), commands)
    }

    /// Who proposes what is suggested, when, and for whom it was typed.
    fn signed(&self, expert: ExpertId) -> Vec<(weft_model::FieldKey, Value)> {
        let spoken = expert != self.myself();
        let whose = spoken.then(|| Value::str(expert.to_string()));
        let mut fields = vec![
            (
                field::proposal::author.key(),
                Value::str(self.author().to_string()),
            ),
            (field::proposal::at.key(), Value::Int(device::now_millis())),
        ];
        fields.extend(whose.map(|whose| (field::proposal::expert.key(), whose)));
        fields
    }

    /// Whether what an expert suggests about this is their own to decide: they or
    /// their party own it, and they type themselves.
    fn decides_alone(&self, expert: ExpertId, owner: Option<Owner>) -> bool {
        let owns = |owner| self.as_speaker(|plan, who| who.owns(plan, owner));
        expert == self.myself() && owner.and_then(owns) == Some(true)
    }

    /// Suggests other words for a line: a proposal to its owner, or to the partners
    /// where nobody owns it. Whoever owns it and types alone writes it at once.
    pub fn suggest_words(&self, expert: ExpertId, line: JobItemId, words: &str) -> bool {
        let item = ItemId::from(line);
        // Other words for those that are shown, in whichever language those stand.
        let screen = language_untracked();
        let lang = self.plan(|plan| plan.title(item).shown_lang(&screen).cloned());
        let lang = lang.unwrap_or(screen);
        let key = field::job_item::statement.lang(lang);
        let target = Aspect::Value(item, key.clone());
        let (base, owner) = self.plan(|plan| (plan.value(item, &key), decides(plan, &target)));
        let words = words.trim();
        let proposed = Some(Value::str(words));
        if words.is_empty() || base == proposed {
            return false;
        }
        if self.decides_alone(expert, owner) {
            let value = proposed;
            return self.act(Verb::Write, item, vec![Command::Set { item, key, value }]);
        }
        let mut fields = proposing(&target, base.as_ref(), proposed.as_ref());
        fields.extend(self.signed(expert));
        let add = Command::Add {
            item: ItemId {
                kind: Kind::Proposal,
                uid: self.fresh(),
            },
            owner: None,
            spot: weft_model::Spot::Last,
            fields,
        };
        // What was suggested before for the same words is no longer meant.
        let mut commands = self.plan(|plan| {
            let mine = suggestions(plan, self.author(), spoken(self, expert));
            let same = mine
                .into_iter()
                .filter(|it| it.target == target.to_string());
            same.map(|it| withdrawal(it.id)).collect::<Vec<_>>()
        });
        commands.push(add);
        self.act(Verb::Propose, item, commands)
    }

    /// Suggests a line that is missing below another, or at the top.
    pub fn suggest_line(
        &self,
        expert: ExpertId,
        parent: Option<JobItemId>,
        tier: Tier,
        words: &str,
    ) -> bool {
        use weft_model::Choice as _;
        let words = words.trim();
        if words.is_empty() {
            return false;
        }
        let lang = writing_lang_now(self);
        let line = JobItemId(self.fresh());
        let owner = parent.and_then(|parent| self.plan(|plan| owner_of(plan, parent.into())));
        let subject = parent.map_or(Subject::Plan, |parent| ItemId::from(parent).into());
        if self.decides_alone(expert, owner) {
            let fields = vec![
                (field::job_item::tier.key(), Value::str(tier.id())),
                (field::job_item::statement.lang(lang), Value::str(words)),
            ];
            let add = Command::Add {
                item: line.into(),
                owner: parent.map(|parent| parent.0),
                spot: weft_model::Spot::Last,
                fields,
            };
            return self.act(Verb::Add, ItemId::from(line), vec![add]);
        }
        let ids = (line, self.fresh());
        let commands = addition(ids, parent, tier, (lang, words), self.signed(expert));
        self.try_act(Act::many(Verb::Propose, subject, commands))
            .is_ok()
    }

    /// What an expert has suggested from here and nobody has decided. Reactive.
    pub fn suggested(&self, expert: ExpertId) -> Vec<Proposal> {
        self.follow(Kind::Proposal);
        self.plan(|plan| suggestions(plan, self.author(), spoken(self, expert)))
    }
}

fn spoken(editor: &Editor, expert: ExpertId) -> Option<ExpertId> {
    (expert != editor.myself()).then_some(expert)
}

fn suggestions(plan: &Plan, author: Uid, expert: Option<ExpertId>) -> Vec<Proposal> {
    let author = author.to_string();
    let mine = plan
        .proposals
        .iter()
        .filter(|it| is_open(it) && it.author == author && it.expert.map(|to| to.0) == expert);
    mine.cloned().collect()
}

/// What withdraws a proposal.
pub fn withdrawal(id: ProposalId) -> Command {
    use weft_model::Choice as _;
    Command::Set {
        item: id.into(),
        key: field::proposal::status.key(),
        value: Some(Value::str(weft_model::ProposalStatus::Withdrawn.id())),
    }
}

/// Whether a proposal is about a card: words of one of its lines, or a line that is
/// to come below it.
pub fn is_about(plan: &Plan, card: &TaskCard, proposal: &Proposal) -> bool {
    let Ok(target) = proposal.target.parse::<Aspect>() else {
        return false;
    };
    match &target {
        Aspect::Value(item, key) => {
            let line = JobItemId(item.uid);
            item.kind == Kind::JobItem
                && matches!(key.sub, Sub::Lang(_))
                && (line == card.line || card.competencies.contains(&line))
        }
        Aspect::Presence(item) if item.kind == Kind::JobItem => {
            let line = plan.job_items.raw(JobItemId(item.uid));
            line.is_some_and(|it| it.parent.is_some_and(|to| to.0 == card.line))
        }
        _ => false,
    }
}
