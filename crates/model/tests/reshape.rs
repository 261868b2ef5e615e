//! Gestures on the job outline, one by one and at random.

use rand::{Rng, SeedableRng};
use weft_model::reshape::{self, Entry, Refusal, Side};
use weft_model::{
    Act, Command, JobItemId, Lang, LinkKey, ModuleId, Outline, Plan, Spot, Subject, Tier, Uid, Verb,
};

fn entry(tier: Tier, statement: &str) -> Entry {
    Entry {
        statement: statement.to_owned(),
        ..Entry::empty(tier)
    }
}

fn plan_of(lines: &[(Tier, &str)]) -> Plan {
    let mut plan = Plan::new();
    let entries: Vec<Entry> = lines
        .iter()
        .map(|(tier, text)| entry(*tier, text))
        .collect();
    bring(&mut plan, None, &entries, false);
    plan
}

fn bring(plan: &mut Plan, after: Option<JobItemId>, entries: &[Entry], reuse: bool) {
    let mut next = plan.job_items.every().count() as u64;
    let outline = Outline::of(plan);
    let (commands, _) =
        reshape::bring_in(plan, &outline, after, entries, &Lang::en(), reuse, || {
            next += 1;
            Uid(next)
        });
    apply(plan, commands);
}

fn apply(plan: &mut Plan, commands: Vec<Command>) {
    plan.apply(&Act::many(Verb::Move, Subject::Plan, commands))
        .unwrap();
}

/// The outline as text: a digit for the tier at the depth of the line.
fn text(plan: &Plan) -> Vec<String> {
    Outline::of(plan)
        .rows()
        .iter()
        .map(|row| {
            let line = plan.job_items.get(row.id).unwrap();
            let words = line.statement.show(&Lang::en());
            format!("{}{}{words}", ".".repeat(row.depth.into()), row.tier as u8)
        })
        .collect()
}

fn line(plan: &Plan, words: &str) -> JobItemId {
    let found = plan
        .job_items
        .iter()
        .find(|line| line.statement.show(&Lang::en()) == words);
    found.unwrap().id
}

use Tier::{Competency, Content, Role, Task};

#[test]
fn lowering_goes_below_the_line_before_and_takes_its_lines_along() {
    let mut plan = plan_of(&[(Role, "a"), (Role, "b"), (Task, "t"), (Competency, "k")]);
    let b = line(&plan, "b");
    let commands = reshape::lower(&plan, &Outline::of(&plan), &[b]).unwrap();
    apply(&mut plan, commands);
    assert_eq!(text(&plan), ["0a", ".1b", "..2t", "...3k"]);
    let b = line(&plan, "b");
    let back = reshape::raise(&plan, &Outline::of(&plan), &[b]).unwrap();
    apply(&mut plan, back);
    assert_eq!(text(&plan), ["0a", "0b", ".2t", "..3k"]);
}

#[test]
fn twice_lower_makes_a_competency_right_below_its_task() {
    let mut plan = plan_of(&[(Role, "a"), (Task, "t"), (Task, "new")]);
    let new = line(&plan, "new");
    for expected in [["0a", ".1t", "..2new"], ["0a", ".1t", "..3new"]] {
        let commands = reshape::lower(&plan, &Outline::of(&plan), &[new]).unwrap();
        apply(&mut plan, commands);
        assert_eq!(text(&plan), expected);
    }
    let refused = reshape::lower(&plan, &Outline::of(&plan), &[new]);
    assert_eq!(refused, Err(Refusal::Lowest));
}

#[test]
fn what_the_tiers_do_not_allow_is_refused() {
    let plan = plan_of(&[(Role, "a"), (Task, "t"), (Content, "c"), (Competency, "k")]);
    let outline = Outline::of(&plan);
    let lower = |words: &str| reshape::lower(&plan, &outline, &[line(&plan, words)]);
    assert_eq!(lower("a"), Err(Refusal::NothingAbove));
    assert_eq!(lower("c"), Err(Refusal::Full));
    let raise = reshape::raise(&plan, &outline, &[line(&plan, "a")]);
    assert_eq!(raise, Err(Refusal::Highest));
    let inside = reshape::carry(
        &plan,
        &outline,
        &[line(&plan, "a")],
        line(&plan, "k"),
        Side::After,
    );
    assert_eq!(inside, Err(Refusal::Itself));
}

#[test]
fn a_competency_that_is_taught_stays_one() {
    let mut plan = plan_of(&[(Role, "a"), (Task, "t"), (Content, "c"), (Competency, "k")]);
    let module = ModuleId(Uid(900));
    let k = line(&plan, "k");
    apply(
        &mut plan,
        vec![
            Command::Add {
                item: module.into(),
                owner: None,
                spot: Spot::Last,
                fields: Vec::new(),
            },
            Command::Link {
                key: LinkKey::of(module, k),
                level: None,
            },
        ],
    );
    let commands = reshape::raise(&plan, &Outline::of(&plan), &[k]).unwrap();
    apply(&mut plan, commands);
    assert_eq!(text(&plan), ["0a", ".1t", "..2c", "..3k"]);
    let again = reshape::raise(&plan, &Outline::of(&plan), &[k]);
    assert_eq!(again, Err(Refusal::Taught));
}

#[test]
fn several_lines_move_together_and_over_the_edge() {
    let lines = [
        (Role, "a"),
        (Task, "t"),
        (Competency, "1"),
        (Competency, "2"),
        (Task, "u"),
        (Competency, "3"),
    ];
    let mut plan = plan_of(&lines);
    let both = [line(&plan, "1"), line(&plan, "2")];
    let commands = reshape::down(&plan, &Outline::of(&plan), &both).unwrap();
    apply(&mut plan, commands);
    assert_eq!(text(&plan), ["0a", ".1t", ".1u", "..31", "..32", "..33"]);
    let commands = reshape::up(&plan, &Outline::of(&plan), &both).unwrap();
    apply(&mut plan, commands);
    assert_eq!(text(&plan), ["0a", ".1t", "..31", "..32", ".1u", "..33"]);
}

#[test]
fn a_dropped_line_goes_to_the_nearest_place_that_can_hold_it() {
    let mut plan = plan_of(&[
        (Role, "a"),
        (Task, "t"),
        (Competency, "1"),
        (Role, "b"),
        (Task, "u"),
    ]);
    let (u, one) = (line(&plan, "u"), line(&plan, "1"));
    let commands = reshape::carry(&plan, &Outline::of(&plan), &[u], one, Side::After).unwrap();
    apply(&mut plan, commands);
    assert_eq!(text(&plan), ["0a", ".1t", "..31", ".1u", "0b"]);
    let b = line(&plan, "b");
    let commands = reshape::carry(&plan, &Outline::of(&plan), &[one], b, Side::After).unwrap();
    apply(&mut plan, commands);
    assert_eq!(text(&plan), ["0a", ".1t", ".1u", "0b", ".31"]);
}

#[test]
fn pasted_lines_find_the_lines_that_are_already_there() {
    let mut plan = plan_of(&[(Role, "a"), (Task, "t"), (Competency, "1")]);
    let entries = [
        entry(Role, "a"),
        entry(Task, "t"),
        entry(Competency, "2"),
        entry(Task, "new"),
        entry(Competency, "3"),
    ];
    bring(&mut plan, None, &entries, true);
    assert_eq!(text(&plan), ["0a", ".1t", "..31", "..32", ".1new", "..33"]);
    let after = line(&plan, "1");
    bring(
        &mut plan,
        Some(after),
        &[entry(Competency, "x"), entry(Task, "y")],
        false,
    );
    assert_eq!(
        text(&plan),
        ["0a", ".1t", "..31", "..3x", "..32", ".1y", ".1new", "..33"]
    );
}

#[test]
fn whatever_is_done_every_line_stays_in_sight() {
    for seed in 0..200 {
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
        let names: Vec<String> = (0..24).map(|n| n.to_string()).collect();
        let lines: Vec<(Tier, &str)> = names
            .iter()
            .map(|name| {
                (
                    [Role, Task, Content, Competency][rng.random_range(0..4)],
                    name.as_str(),
                )
            })
            .collect();
        let mut plan = plan_of(&lines);
        for _ in 0..40 {
            let outline = Outline::of(&plan);
            let pick =
                |rng: &mut rand_chacha::ChaCha8Rng| outline.rows()[rng.random_range(0..24)].id;
            let chosen: Vec<JobItemId> = (0..rng.random_range(1..4))
                .map(|_| pick(&mut rng))
                .collect();
            let outcome = match rng.random_range(0..5) {
                0 => reshape::lower(&plan, &outline, &chosen),
                1 => reshape::raise(&plan, &outline, &chosen),
                2 => reshape::up(&plan, &outline, &chosen),
                3 => reshape::down(&plan, &outline, &chosen),
                _ => {
                    let side = [Side::Before, Side::Inside, Side::After][rng.random_range(0..3)];
                    reshape::carry(&plan, &outline, &chosen, pick(&mut rng), side)
                }
            };
            if let Ok(commands) = outcome {
                apply(&mut plan, commands);
            }
            let outline = Outline::of(&plan);
            assert_eq!(outline.rows().len(), 24, "seed {seed}");
            assert_eq!(outline.misplaced().count(), 0, "seed {seed}");
        }
    }
}
