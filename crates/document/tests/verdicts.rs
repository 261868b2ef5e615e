//! What experts say on devices of their own comes together.

use crate::bench::*;
use weft_document::{Clash, Document};
use weft_model::*;

fn say(document: &mut Document, expert: u64, said: &Said, at: i64) {
    let by = (Uid(expert), at);
    let expert = ExpertId(Uid(expert));
    let values = vec![(
        field::expert::author.key(),
        Some(Value::str(expert.to_string())),
    )];
    let plan = document.plan();
    let task = plan.job_items.iter().next().unwrap().id;
    let mut commands = putting(plan, expert.into(), None, values);
    commands.extend(judging(plan, task, expert, said, by, false));
    document
        .apply(&Act::many(Verb::Judge, ItemId::from(task), commands), at)
        .unwrap();
}

fn judged(judgement: Judgement) -> Said {
    Said::Value(field::verdict::judgement, Some(Value::str(judgement.id())))
}

fn read(document: &Document, expert: u64) -> (Judgement, String) {
    let plan = document.plan();
    let task = plan.job_items.iter().next().unwrap().id;
    let id = VerdictId::of(task, ExpertId(Uid(expert)));
    let words = plan.comments.get(id.comment());
    let words = words.map_or(String::new(), |it| it.body.get(&Lang::en()).to_owned());
    (plan.verdicts.get(id).unwrap().judgement.unwrap().0, words)
}

#[test]
fn verdicts_of_two_experts_on_two_devices_stand_side_by_side() {
    let mut ada = small();
    let mut ben = reopen(&ada, 2);
    say(&mut ada, 71, &judged(Judgement::Right), 1);
    say(&mut ben, 72, &judged(Judgement::Outdated), 1);
    say(
        &mut ben,
        72,
        &Said::Words(Lang::en(), "Robots load.".into()),
        2,
    );
    exchange(&mut ada, &mut ben);
    for document in [&ada, &ben] {
        assert_eq!(document.plan().verdicts.iter().count(), 2);
        assert_eq!(read(document, 71).0, Judgement::Right);
        let theirs = (Judgement::Outdated, "Robots load.".to_owned());
        assert_eq!(read(document, 72), theirs);
        assert!(document.clashes().is_empty(), "nobody overwrote anybody");
    }
}

#[test]
fn one_expert_on_two_devices_says_one_thing_everywhere_and_the_other_is_listed() {
    let mut ada = small();
    let mut ben = reopen(&ada, 2);
    say(&mut ada, 71, &judged(Judgement::Right), 1);
    say(&mut ben, 71, &judged(Judgement::Missing), 2);
    exchange(&mut ada, &mut ben);
    assert_eq!(ada.plan().verdicts.iter().count(), 1);
    assert_eq!(read(&ada, 71), read(&ben, 71));
    // What was said, and not who noted it and when.
    let listed = ada.clashes();
    let [Clash::Value { what, .. }] = listed.as_slice() else {
        panic!("{listed:?}");
    };
    let Aspect::Value(_, key) = what else {
        panic!("{what:?}");
    };
    assert_eq!(key.field, field::verdict::judgement);
}
