//! What experts say, in figures: cards, median and spread, what is confirmed.

use weft_analysis::{Spread, has_looked, is_confirmed, opinion, said_in, task_cards, unconfirmed};
use weft_model::*;

const TASK: JobItemId = JobItemId(Uid(20));
const NAMES: [ExpertId; 3] = [ExpertId(Uid(31)), ExpertId(Uid(32)), ExpertId(Uid(33))];
const RECORDER: Uid = Uid(7);

fn act(commands: Vec<Command>) -> Act {
    Act::many(Verb::Judge, Subject::Plan, commands)
}

fn add(item: impl Into<ItemId>, owner: Option<u64>, fields: Vec<(FieldKey, Value)>) -> Command {
    Command::Add {
        item: item.into(),
        owner: owner.map(Uid),
        spot: Spot::Last,
        fields,
    }
}

fn line(uid: u64, owner: Option<u64>, tier: Tier) -> Command {
    let tier = (field::job_item::tier.key(), Value::str(tier.id()));
    add(JobItemId(Uid(uid)), owner, vec![tier])
}

fn plan() -> Plan {
    let mut plan = Plan::new();
    let mut all = vec![
        line(10, None, Tier::Role),
        line(20, Some(10), Tier::Task),
        line(21, Some(20), Tier::Content),
        line(22, Some(21), Tier::Competency),
        line(23, Some(20), Tier::Competency),
        line(24, Some(10), Tier::Competency),
        line(25, Some(10), Tier::Competency),
        line(26, None, Tier::Competency),
        line(27, None, Tier::Role),
        line(28, Some(27), Tier::Task),
    ];
    all.extend(NAMES.map(|expert| add(expert, None, vec![])));
    plan.apply(&act(all)).unwrap();
    plan
}

fn say(plan: &mut Plan, expert: ExpertId, of: Field, value: Value) {
    let said = Said::Value(of, Some(value));
    let commands = judging(plan, TASK, expert, &said, (RECORDER, 1), true);
    plan.apply(&act(commands)).unwrap();
}

#[test]
fn of_an_odd_number_the_median_is_the_one_in_the_middle() {
    let spread = Spread::of([5, 2, 3]).unwrap();
    assert_eq!((spread.median(), spread.low, spread.high), (3.0, 2, 5));
    assert_eq!((spread.count, spread.grade()), (3, 3));
    let one = Spread::of([4]).unwrap();
    assert_eq!((one.median(), one.low, one.high), (4.0, 4, 4));
}

#[test]
fn of_an_even_number_the_median_lies_between_the_two_in_the_middle() {
    let spread = Spread::of([1, 5, 4, 3]).unwrap();
    assert_eq!((spread.median(), spread.low, spread.high), (3.5, 1, 5));
    assert_eq!(spread.grade(), 4, "a half counts up");
    assert_eq!(Spread::of([2, 2]).unwrap().median(), 2.0);
    assert_eq!(Spread::of([]), None);
}

#[test]
fn every_task_is_a_card_and_so_is_what_holds_competencies_outside_of_tasks() {
    let plan = plan();
    let cards = task_cards(&Outline::of(&plan));
    let read: Vec<(u64, Option<u64>, Vec<u64>)> = cards
        .iter()
        .map(|card| {
            let below = card.competencies.iter().map(|it| it.0.0).collect();
            (card.line.0.0, card.role.map(|it| it.0.0), below)
        })
        .collect();
    assert_eq!(
        read,
        [
            (20, Some(10), vec![22, 23]),
            (10, None, vec![24, 25]),
            (26, None, vec![26]),
            (28, Some(27), vec![]),
        ]
    );
}

#[test]
fn the_verdicts_of_several_experts_count_together_and_each_once() {
    let mut plan = plan();
    let judgement = field::verdict::judgement;
    for (expert, says) in NAMES.into_iter().zip(["right", "missing", "right"]) {
        say(&mut plan, expert, judgement, Value::str(says));
    }
    for (expert, grade) in NAMES.into_iter().zip([5, 2, 4]) {
        say(
            &mut plan,
            expert,
            field::verdict::importance,
            Value::Int(grade),
        );
    }
    say(&mut plan, NAMES[1], judgement, Value::str("outdated"));
    let all = opinion(&plan, TASK);
    assert_eq!((all.right, all.outdated, all.missing), (2, 1, 0));
    assert_eq!(all.importance.unwrap().median(), 4.0);
    assert_eq!(all.frequency, None);
    assert_eq!((all.judged(), all.verdicts.len()), (3, 3));
    assert!(has_looked(&plan, TASK, NAMES[0]));
    // Who leaves the round takes along what they said, and brings it back.
    let item = NAMES[0].into();
    plan.apply(&act(vec![Command::Delete { item }])).unwrap();
    assert_eq!(opinion(&plan, TASK).importance.unwrap().median(), 3.0);
    plan.apply(&act(vec![Command::Restore { item }])).unwrap();
    assert_eq!(opinion(&plan, TASK), all);
}

#[test]
fn what_is_typed_for_an_expert_is_theirs_once_confirmed_until_it_changes() {
    let mut plan = plan();
    let expert = NAMES[0];
    say(&mut plan, expert, field::verdict::importance, Value::Int(4));
    let id = VerdictId::of(TASK, expert);
    assert_eq!(unconfirmed(&plan, expert), [id]);
    let confirm = |plan: &mut Plan| {
        let said = said_in(plan, plan.verdicts.get(id).unwrap());
        let confirmed = Command::Set {
            item: id.into(),
            key: field::verdict::confirmed.key(),
            value: Some(Value::str(said)),
        };
        plan.apply(&act(vec![confirmed])).unwrap();
    };
    confirm(&mut plan);
    assert!(unconfirmed(&plan, expert).is_empty());
    // Another sentence is another statement.
    let words = Said::Words(Lang::en(), "Every day.".to_owned());
    let commands = judging(&plan, TASK, expert, &words, (RECORDER, 2), true);
    plan.apply(&act(commands)).unwrap();
    assert_eq!(unconfirmed(&plan, expert), [id]);
    confirm(&mut plan);
    say(&mut plan, expert, field::verdict::importance, Value::Int(5));
    assert!(!is_confirmed(&plan, plan.verdicts.get(id).unwrap()));
}

#[test]
fn what_an_expert_types_needs_no_confirmation_until_another_types_over_it() {
    let mut plan = plan();
    let author = Command::Set {
        item: NAMES[0].into(),
        key: field::expert::author.key(),
        value: Some(Value::str(Uid(9).to_string())),
    };
    let said = Said::Value(field::verdict::importance, Some(Value::Int(3)));
    let mut commands = judging(&plan, TASK, NAMES[0], &said, (Uid(9), 1), false);
    commands.push(author);
    plan.apply(&act(commands)).unwrap();
    assert!(unconfirmed(&plan, NAMES[0]).is_empty());
    say(
        &mut plan,
        NAMES[0],
        field::verdict::importance,
        Value::Int(1),
    );
    assert_eq!(unconfirmed(&plan, NAMES[0]).len(), 1);
}
