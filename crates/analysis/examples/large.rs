//! How long a board takes on a large plan: 1,000 modules of 4 units, 500
//! competencies, 25,000 links. `cargo run -p weft-analysis --example large`
//! prints medians and 95th percentiles in microseconds.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::Instant;

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use weft_analysis::Board;
use weft_model::*;

struct Maker {
    plan: Plan,
    next: u64,
}

impl Maker {
    fn add(&mut self, kind: Kind, owner: Option<Uid>, fields: Vec<(FieldKey, Value)>) -> Uid {
        self.next += 1;
        let uid = Uid(self.next);
        let item = ItemId { kind, uid };
        self.act(Command::Add {
            item,
            owner,
            spot: Spot::Last,
            fields,
        });
        uid
    }

    fn act(&mut self, command: Command) -> Change {
        let act = Act::one(Verb::Edit, Subject::Plan, command);
        self.plan.apply(&act).unwrap().0
    }
}

fn large() -> (Maker, Vec<ModuleId>, Vec<JobItemId>) {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let mut maker = Maker {
        plan: Plan::new(),
        next: 0,
    };
    let tier = |tier: Tier| (field::job_item::tier.key(), Value::str(tier.id()));
    let terms: Vec<Uid> = (0..6)
        .map(|_| maker.add(Kind::Term, None, vec![]))
        .collect();
    let mut competencies = Vec::new();
    for _ in 0..6 {
        let role = maker.add(Kind::JobItem, None, vec![tier(Tier::Role)]);
        for _ in 0..10 {
            let task = maker.add(Kind::JobItem, Some(role), vec![tier(Tier::Task)]);
            for _ in 0..9 {
                let level = Value::Int(rng.random_range(1..=3));
                let fields = vec![
                    tier(Tier::Competency),
                    (field::job_item::required_level.key(), level),
                ];
                if competencies.len() < 500 {
                    let id = maker.add(Kind::JobItem, Some(task), fields);
                    competencies.push(JobItemId(id));
                }
            }
        }
    }
    let mut modules = Vec::new();
    for at in 0..1_000 {
        let words = "Plan, set up, run and check the work. ".repeat(6);
        let fields = vec![
            (
                field::module::description.lang(Lang::en()),
                Value::Str(words),
            ),
            (field::module::total_hours.key(), Value::Int(96)),
            (field::module::credits.key(), Value::Int(6)),
        ];
        let module = maker.add(Kind::Module, None, fields);
        let term = (
            field::offering::term.key(),
            Value::Str(terms[at % 6].to_string()),
        );
        maker.add(Kind::Offering, Some(module), vec![term]);
        for _ in 0..4 {
            maker.add(
                Kind::Unit,
                Some(module),
                vec![(field::unit::hours.key(), Value::Int(24))],
            );
        }
        modules.push(ModuleId(module));
    }
    while maker.plan.weave.len() < 25_000 {
        let module = modules[rng.random_range(0..modules.len())];
        let competency = competencies[rng.random_range(0..competencies.len())];
        let key = LinkKey::of(module, competency);
        maker.act(Command::Link {
            key,
            level: Some(rng.random_range(1..=3)),
        });
    }
    (maker, modules, competencies)
}

fn measure(what: &str, times: usize, mut run: impl FnMut(usize) -> Instant) {
    let mut micros: Vec<u128> = (0..times).map(|at| run(at).elapsed().as_micros()).collect();
    micros.sort_unstable();
    println!(
        "{what}: {} / {} µs",
        micros[times / 2],
        micros[times * 95 / 100]
    );
}

fn main() {
    let (mut maker, modules, competencies) = large();
    let mut board = Board::default();
    measure("whole board", 15, |_| {
        let start = Instant::now();
        board = Board::new(&maker.plan);
        start
    });
    println!("findings: {}", board.findings().count());
    measure("toggle a cell", 400, |at| {
        let key = LinkKey::of(modules[at * 37 % 1_000], competencies[at * 13 % 500]);
        let command = match maker.plan.weave.get(&key) {
            Some(_) => Command::Unlink { key },
            None => Command::Link {
                key,
                level: Some(2),
            },
        };
        let change = maker.act(command);
        let start = Instant::now();
        board.apply(&maker.plan, &change);
        start
    });
    measure("type a letter in a description", 400, |at| {
        let item = modules[at % 1_000].into();
        let change = maker.act(Command::Write {
            at: TextAt::Field(item, field::module::description),
            lang: Lang::en(),
            splice: Splice {
                at: 0,
                delete: 0,
                insert: "x".into(),
            },
        });
        let start = Instant::now();
        board.apply(&maker.plan, &change);
        start
    });
    measure("change a module's hours", 100, |at| {
        let change = maker.act(Command::Set {
            item: modules[at * 7].into(),
            key: field::module::total_hours.key(),
            value: Some(Value::Int(100)),
        });
        let start = Instant::now();
        board.apply(&maker.plan, &change);
        start
    });
    measure("delete a module", 50, |at| {
        let item = modules[at * 11].into();
        let change = maker.act(Command::Delete { item });
        let start = Instant::now();
        board.apply(&maker.plan, &change);
        start
    });
    measure("add a competency", 50, |at| {
        maker.next += 1;
        let item = ItemId {
            kind: Kind::JobItem,
            uid: Uid(maker.next),
        };
        let owner = maker.plan.job_items.get(competencies[at]).unwrap().parent;
        let tier = (
            field::job_item::tier.key(),
            Value::str(Tier::Competency.id()),
        );
        let owner = owner.map(|to| to.0.0);
        let change = maker.act(Command::Add {
            item,
            owner,
            spot: Spot::Last,
            fields: vec![tier],
        });
        let start = Instant::now();
        board.apply(&maker.plan, &change);
        start
    });
    assert_eq!(board, Board::new(&maker.plan));
}
