//! Plans of a wanted size. [`large`] is the reference plan of the benches:
//! 1,000 modules of four units each, 500 competencies under 60 tasks under 6
//! roles, 25,000 links, 6 terms, 8 people, 2 schools, 3 enterprises and 500
//! comments.

use rand::Rng;
use rand::seq::IndexedRandom;
use weft_model::*;

use crate::{chance, words};

/// How much of everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Size {
    pub modules: usize,
    pub units_per_module: usize,
    pub roles: usize,
    pub tasks: usize,
    pub competencies: usize,
    pub links: usize,
    pub comments: usize,
}

impl Size {
    /// The reference plan of the benches.
    pub const LARGE: Self = Self {
        modules: 1_000,
        units_per_module: 4,
        roles: 6,
        tasks: 60,
        competencies: 500,
        links: 25_000,
        comments: 500,
    };
    /// The same with all 500,000 cells of its weave: more than a file may hold.
    pub const WHOLE: Self = Self {
        links: 1_000 * 500,
        ..Self::LARGE
    };
    /// About a usual programme of three years.
    pub const USUAL: Self = Self {
        modules: 44,
        units_per_module: 4,
        roles: 3,
        tasks: 12,
        competencies: 60,
        links: 300,
        comments: 20,
    };
}

/// The acts that make the plan *large*, one per part of it.
pub fn large(seed: u64) -> Vec<Act> {
    sized(Size::LARGE, seed)
}

/// The plan *large* itself.
pub fn large_plan(seed: u64) -> Plan {
    let mut plan = Plan::new();
    for act in large(seed) {
        let applied = plan.apply(&act);
        debug_assert!(applied.is_ok(), "{applied:?}");
    }
    plan
}

struct Maker<R> {
    rng: R,
    /// Uids count up from a random start: unique without looking.
    next: u64,
}

impl<R: Rng> Maker<R> {
    fn item(&mut self, kind: Kind) -> ItemId {
        self.next = self.next.wrapping_add(0x9e37_79b9_7f4a_7c15);
        ItemId {
            kind,
            uid: Uid(self.next),
        }
    }

    fn text(&mut self, field: Field, lang: Lang, count: usize) -> (FieldKey, Value) {
        let text = words::phrase(&lang, count, &mut self.rng);
        (field.lang(lang), Value::Str(text))
    }

    fn choice(&mut self, field: Field) -> (FieldKey, Value) {
        let id = match field.shape() {
            Shape::Choice(ids) => ids.choose(&mut self.rng).copied().unwrap_or_default(),
            _ => "",
        };
        (field.key(), Value::str(id))
    }
}

fn add(item: ItemId, owner: Option<Uid>, fields: Vec<(FieldKey, Value)>) -> Command {
    Command::Add {
        item,
        owner,
        spot: Spot::Last,
        fields,
    }
}

fn line(field: Field, text: impl Into<String>) -> (FieldKey, Value) {
    (field.key(), Value::Str(text.into()))
}

fn to(field: Field, item: ItemId) -> (FieldKey, Value) {
    line(field, item.uid.to_string())
}

/// The acts that make a plan of this size, one per part of it.
pub fn sized(size: Size, seed: u64) -> Vec<Act> {
    let mut rng = chance(seed);
    let next = rng.random();
    let mut make = Maker { rng, next };
    let (people_and_places, parties, terms, categories) = frame(&mut make);
    let (outline, competencies) = outline(&mut make, size);
    let mut modules = Vec::new();
    let mut ends = Vec::new();
    for number in 0..size.modules {
        let item = make.item(Kind::Module);
        let hours = 16 * make.rng.random_range(1..9i64);
        let period = number * terms.len() / size.modules.max(1);
        let fields = vec![
            line(field::module::code, format!("M{:04}", number + 1)),
            make.text(field::module::title, Lang::en(), 3),
            make.text(field::module::title, Lang::zh(), 2),
            (
                field::module::description.lang(Lang::en()),
                Value::Str(words::exactly(&Lang::en(), 240, &mut make.rng)),
            ),
            to(
                field::module::category,
                categories[number % categories.len()],
            ),
            make.choice(field::module::nature),
            make.choice(field::module::exam),
            (field::module::total_hours.key(), Value::Int(hours * 2)),
            (field::module::credits.key(), Value::Int(hours / 8)),
            to(field::module::owner, parties[number % parties.len()]),
        ];
        modules.push(add(item, None, fields));
        let offering = make.item(Kind::Offering);
        let fields = vec![
            to(field::offering::term, terms[period.min(terms.len() - 1)]),
            line(field::offering::pattern, Pattern::ALL[0].id()),
            (field::offering::hours_per_week.key(), Value::Int(hours / 8)),
            (field::offering::weeks.key(), Value::Int(16)),
        ];
        modules.push(add(offering, Some(item.uid), fields));
        let mut units = Vec::new();
        for _ in 0..size.units_per_module {
            let unit = make.item(Kind::Unit);
            let fields = vec![
                make.text(field::unit::title, Lang::en(), 3),
                (field::unit::hours.key(), Value::Int(hours / 2)),
            ];
            modules.push(add(unit, Some(item.uid), fields));
            units.push(UnitId(unit.uid));
        }
        ends.push((ModuleId(item.uid), units));
    }
    let links = weave(&mut make, size, &ends, &competencies);
    let mut comments = Vec::new();
    for number in 0..size.comments {
        let comment = make.item(Kind::Comment);
        let about = ends
            .choose(&mut make.rng)
            .map(|(module, _)| ItemId::from(*module));
        let about = about.map_or(Subject::Plan, Subject::from);
        let fields = vec![
            line(field::comment::anchor, about.to_string()),
            make.text(field::comment::body, Lang::en(), 8),
            line(field::comment::author, "Ada"),
            (
                field::comment::at.key(),
                Value::Int(1_750_000_000_000 + number as i64 * 60_000),
            ),
        ];
        comments.push(add(comment, None, fields));
    }
    [people_and_places, outline, modules, links, comments]
        .into_iter()
        .map(|commands| Act::many(Verb::Import, Subject::Plan, commands))
        .collect()
}

/// What every plan has: the scale, parties, people, terms, categories.
fn frame<R: Rng>(make: &mut Maker<R>) -> (Vec<Command>, Vec<ItemId>, Vec<ItemId>, Vec<ItemId>) {
    let mut all = Vec::new();
    for (key, value) in [
        (
            field::about::title.lang(Lang::en()),
            Value::str("A large plan"),
        ),
        (field::about::title.lang(Lang::zh()), Value::str("大型方案")),
        (field::about::languages.key(), Value::str("en zh-CN")),
        (field::about::hour_minutes.key(), Value::Int(45)),
    ] {
        all.push(Command::Set {
            item: ABOUT,
            key,
            value: Some(value),
        });
    }
    for (rank, letter) in ["I", "P", "M"].into_iter().enumerate() {
        let level = make.item(Kind::ScaleLevel);
        let fields = vec![
            line(field::scale_level::letter, letter),
            (field::scale_level::rank.key(), Value::Int(rank as i64 + 1)),
        ];
        all.push(add(level, None, fields));
    }
    let mut parties = Vec::new();
    for number in 0..5 {
        let party = make.item(Kind::Party);
        let kind = if number < 2 {
            PartyKind::School
        } else {
            PartyKind::Enterprise
        };
        let fields = vec![
            make.text(field::party::name, Lang::zh(), 2),
            line(field::party::kind, kind.id()),
        ];
        all.push(add(party, None, fields));
        parties.push(party);
    }
    for number in 0..8 {
        let person = make.item(Kind::Person);
        let fields = vec![
            make.text(field::person::name, Lang::en(), 1),
            to(field::person::party, parties[number % 5]),
        ];
        all.push(add(person, None, fields));
    }
    let mut terms = Vec::new();
    for number in 0..6 {
        let term = make.item(Kind::Term);
        let fields = vec![
            line(field::term::code, format!("T{}", number + 1)),
            (field::term::year.key(), Value::Int(number / 2 + 1)),
            (field::term::weeks.key(), Value::Int(20)),
            (field::term::teaching_weeks.key(), Value::Int(16)),
        ];
        all.push(add(term, None, fields));
        terms.push(term);
    }
    let mut categories = Vec::new();
    for _ in 0..4 {
        let category = make.item(Kind::Category);
        let fields = vec![
            make.text(field::category::title, Lang::en(), 2),
            make.choice(field::category::role),
        ];
        all.push(add(category, None, fields));
        categories.push(category);
    }
    (all, parties, terms, categories)
}

fn outline<R: Rng>(make: &mut Maker<R>, size: Size) -> (Vec<Command>, Vec<JobItemId>) {
    let mut all = Vec::new();
    let mut row = |make: &mut Maker<R>, tier: Tier, owner: Option<ItemId>, number: usize| {
        let item = make.item(Kind::JobItem);
        let mut fields = vec![
            line(field::job_item::tier, tier.id()),
            line(
                field::job_item::code,
                format!("{}{}", &tier.id()[..1], number + 1),
            ),
            make.text(field::job_item::statement, Lang::en(), 6),
            make.text(field::job_item::statement, Lang::zh(), 3),
        ];
        if tier == Tier::Competency {
            let level = make.rng.random_range(1..4);
            fields.push((field::job_item::required_level.key(), Value::Int(level)));
        }
        all.push(add(item, owner.map(|item| item.uid), fields));
        item
    };
    let roles: Vec<ItemId> = (0..size.roles)
        .map(|n| row(make, Tier::Role, None, n))
        .collect();
    let mut tasks = Vec::new();
    for number in 0..size.tasks {
        tasks.push(row(
            make,
            Tier::Task,
            Some(roles[number % roles.len()]),
            number,
        ));
    }
    let mut competencies = Vec::new();
    for number in 0..size.competencies {
        let task = tasks[number % tasks.len()];
        let item = row(make, Tier::Competency, Some(task), number);
        competencies.push(JobItemId(item.uid));
    }
    (all, competencies)
}

fn weave<R: Rng>(
    make: &mut Maker<R>,
    size: Size,
    ends: &[(ModuleId, Vec<UnitId>)],
    competencies: &[JobItemId],
) -> Vec<Command> {
    let mut known = std::collections::BTreeSet::new();
    let most = ends.len() * competencies.len();
    let mut all = Vec::new();
    while all.len() < size.links.min(most) {
        let (module, units) = &ends[make.rng.random_range(0..ends.len())];
        let competency = competencies[make.rng.random_range(0..competencies.len())];
        // One link a cell: so many cells, too.
        if !known.insert((*module, competency)) {
            continue;
        }
        let from_unit = make.rng.random_ratio(1, 3);
        let unit = if from_unit {
            units.choose(&mut make.rng).copied()
        } else {
            None
        };
        let level = make.rng.random_range(0..4u8);
        all.push(Command::Link {
            key: LinkKey {
                module: *module,
                competency,
                unit,
            },
            level: (level > 0).then_some(level),
        });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_large_plan_is_as_large_as_it_should_be() {
        let plan = large_plan(1);
        assert_eq!(plan.modules.len(), 1_000);
        assert_eq!(plan.units.len(), 4_000);
        assert_eq!(plan.job_items.len(), 566);
        assert_eq!(plan.weave.len(), 25_000);
        assert_eq!(plan.comments.len(), 500);
        assert_eq!(plan.violations(), vec![]);
        let description = field::module::description;
        let text = plan
            .modules
            .iter()
            .map(|m| m.description.get(&Lang::en()).chars().count());
        assert!(text.into_iter().all(|len| len == 240), "{description:?}");
    }

    #[test]
    fn the_same_seed_makes_the_same_plan() {
        assert_eq!(sized(Size::USUAL, 7), sized(Size::USUAL, 7));
        assert_ne!(sized(Size::USUAL, 7), sized(Size::USUAL, 8));
    }
}
