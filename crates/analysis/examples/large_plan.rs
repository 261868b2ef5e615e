//! How long a board takes on a large plan: 1,000 modules of 4 units, 500
//! competencies, 25,000 links. `cargo run -p weft-analysis --example large_plan`
//! prints medians and 95th percentiles in microseconds.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::Instant;

use weft_analysis::Board;
use weft_model::*;

fn done(plan: &mut Plan, command: Command) -> Change {
    let act = Act::one(Verb::Edit, Subject::Plan, command);
    plan.apply(&act).unwrap().0
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
    let mut plan = weft_sample::large_plan(7);
    let modules: Vec<ModuleId> = plan.modules.iter().map(|module| module.id).collect();
    let competencies: Vec<JobItemId> = Outline::of(&plan).competencies().collect();
    let mut board = Board::default();
    measure("whole board", 15, |_| {
        let start = Instant::now();
        board = Board::new(&plan);
        start
    });
    println!("findings: {}", board.findings().count());
    measure("toggle a cell", 400, |at| {
        let key = LinkKey::of(modules[at * 37 % 1_000], competencies[at * 13 % 500]);
        let command = match plan.weave.get(&key) {
            Some(_) => Command::Unlink { key },
            None => Command::Link {
                key,
                level: Some(2),
            },
        };
        let change = done(&mut plan, command);
        let start = Instant::now();
        board.apply(&plan, &change);
        start
    });
    measure("type a letter in a description", 400, |at| {
        let item = modules[at % 1_000].into();
        let change = done(
            &mut plan,
            Command::Write {
                at: TextAt::Field(item, field::module::description),
                lang: Lang::en(),
                splice: Splice {
                    at: 0,
                    delete: 0,
                    insert: "x".into(),
                },
            },
        );
        let start = Instant::now();
        board.apply(&plan, &change);
        start
    });
    measure("change a module's hours", 100, |at| {
        let change = done(
            &mut plan,
            Command::Set {
                item: modules[at * 7].into(),
                key: field::module::total_hours.key(),
                value: Some(Value::Int(100)),
            },
        );
        let start = Instant::now();
        board.apply(&plan, &change);
        start
    });
    measure("delete a module", 50, |at| {
        let item = modules[at * 11].into();
        let change = done(&mut plan, Command::Delete { item });
        let start = Instant::now();
        board.apply(&plan, &change);
        start
    });
    measure("add a competency", 50, |at| {
        let item = ItemId {
            kind: Kind::JobItem,
            uid: Uid(7_000 + at as u64),
        };
        let owner = plan.job_items.get(competencies[at]).unwrap().parent;
        let tier = (
            field::job_item::tier.key(),
            Value::str(Tier::Competency.id()),
        );
        let owner = owner.map(|to| to.0.0);
        let change = done(
            &mut plan,
            Command::Add {
                item,
                owner,
                spot: Spot::Last,
                fields: vec![tier],
            },
        );
        let start = Instant::now();
        board.apply(&plan, &change);
        start
    });
    assert_eq!(board, Board::new(&plan));
}
