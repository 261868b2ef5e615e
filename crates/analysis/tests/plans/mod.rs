//! Small plans for tests, written as a person would build them: one command
//! after the other.

pub mod example;

use weft_model::*;

/// A plan under construction.
#[derive(Default)]
pub struct Draft {
    pub plan: Plan,
    next: u64,
}

/// One value of a field.
pub type Entry = (FieldKey, Value);

pub fn hours(field: Field, number: i64) -> Entry {
    (field.key(), Value::Int(number * 2))
}

pub fn int(field: Field, number: i64) -> Entry {
    (field.key(), Value::Int(number))
}

pub fn of(field: Field, choice: impl Choice) -> Entry {
    (field.key(), Value::str(choice.id()))
}

pub fn to(field: Field, uid: impl Into<Uid>) -> Entry {
    (field.key(), Value::Str(uid.into().to_string()))
}

pub fn has(field: Field, uid: impl Into<Uid>) -> Entry {
    (field.member(uid), Value::Bool(true))
}

pub fn line(field: Field, text: &str) -> Entry {
    (field.key(), Value::str(text))
}

impl Draft {
    pub fn act(&mut self, command: Command) -> Change {
        let act = Act::one(Verb::Edit, Subject::Plan, command);
        self.plan.apply(&act).unwrap().0
    }

    pub fn add(&mut self, kind: Kind, owner: Option<Uid>, fields: Vec<Entry>) -> Uid {
        self.next += 1;
        let uid = Uid(self.next);
        self.act(Command::Add {
            item: ItemId { kind, uid },
            owner,
            spot: Spot::Last,
            fields,
        });
        uid
    }

    pub fn set(&mut self, item: impl Into<ItemId>, (key, value): Entry) -> Change {
        self.act(Command::Set {
            item: item.into(),
            key,
            value: Some(value),
        })
    }

    pub fn module(&mut self, fields: Vec<Entry>) -> ModuleId {
        ModuleId(self.add(Kind::Module, None, fields))
    }

    pub fn term(&mut self, fields: Vec<Entry>) -> TermId {
        TermId(self.add(Kind::Term, None, fields))
    }

    pub fn job(
        &mut self,
        tier: Tier,
        owner: Option<JobItemId>,
        mut fields: Vec<Entry>,
    ) -> JobItemId {
        fields.push(of(field::job_item::tier, tier));
        JobItemId(self.add(Kind::JobItem, owner.map(|id| id.0), fields))
    }

    pub fn competency(&mut self, fields: Vec<Entry>) -> JobItemId {
        self.job(Tier::Competency, None, fields)
    }

    pub fn offer(&mut self, module: ModuleId, term: TermId, mut fields: Vec<Entry>) -> OfferingId {
        fields.push(to(field::offering::term, term));
        OfferingId(self.add(Kind::Offering, Some(module.0), fields))
    }

    /// `hours` a week for so many weeks.
    pub fn weekly(
        &mut self,
        module: ModuleId,
        term: TermId,
        per_week: i64,
        weeks: i64,
    ) -> OfferingId {
        use field::offering as f;
        let fields = vec![
            of(f::pattern, Pattern::Weekly),
            hours(f::hours_per_week, per_week),
            int(f::weeks, weeks),
        ];
        self.offer(module, term, fields)
    }

    pub fn link(&mut self, module: ModuleId, competency: JobItemId, level: Option<Rank>) -> Change {
        let key = LinkKey::of(module, competency);
        self.act(Command::Link { key, level })
    }

    pub fn place(&mut self, kind: PlaceKind) -> PlaceId {
        PlaceId(self.add(Kind::Place, None, vec![of(field::place::kind, kind)]))
    }

    pub fn delete(&mut self, item: impl Into<ItemId>) -> Change {
        self.act(Command::Delete { item: item.into() })
    }
}
