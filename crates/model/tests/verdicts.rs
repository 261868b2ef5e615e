//! What experts say of tasks, as commands: one verdict each, a sentence beside it,
//! and lines that are there only once they are accepted.

use weft_model::*;

const TASK: JobItemId = JobItemId(Uid(20));
const DING: ExpertId = ExpertId(Uid(31));
const ZHAO: ExpertId = ExpertId(Uid(32));

fn act(commands: Vec<Command>) -> Act {
    Act::many(Verb::Judge, Subject::Plan, commands)
}

fn add(item: impl Into<ItemId>, fields: Vec<(FieldKey, Value)>) -> Command {
    Command::Add {
        item: item.into(),
        owner: None,
        spot: Spot::Last,
        fields,
    }
}

fn plan() -> Plan {
    let tier = (field::job_item::tier.key(), Value::str(Tier::Task.id()));
    let owner = (field::job_item::owner.key(), Value::str(Uid(1).to_string()));
    let mut plan = Plan::new();
    plan.apply(&act(vec![
        add(PartyId(Uid(1)), vec![]),
        add(TASK, vec![tier, owner]),
        add(DING, vec![]),
        add(ZHAO, vec![]),
    ]))
    .unwrap();
    plan
}

fn say(plan: &mut Plan, expert: ExpertId, said: &Said, at: i64) {
    let commands = judging(plan, TASK, expert, said, (Uid(7), at), expert == ZHAO);
    plan.apply(&act(commands)).unwrap();
}

fn judged(judgement: Judgement) -> Said {
    Said::Value(field::verdict::judgement, Some(Value::str(judgement.id())))
}

fn words(words: &str) -> Said {
    Said::Words(Lang::en(), words.to_owned())
}

#[test]
fn a_second_verdict_of_an_expert_takes_the_place_of_the_first() {
    let mut plan = plan();
    say(&mut plan, DING, &judged(Judgement::Right), 1);
    say(&mut plan, ZHAO, &judged(Judgement::Missing), 2);
    say(&mut plan, DING, &judged(Judgement::Outdated), 3);
    assert_eq!(plan.verdicts.iter().count(), 2);
    let verdict = plan.verdicts.get(VerdictId::of(TASK, DING)).unwrap();
    assert_eq!(verdict.judgement.unwrap().0, Judgement::Outdated);
    assert_eq!(verdict.at.unwrap().0, 3);
    let verdict = plan.verdicts.get(VerdictId::of(TASK, ZHAO)).unwrap();
    assert_eq!(verdict.judgement.unwrap().0, Judgement::Missing);
}

#[test]
fn a_sentence_is_a_comment_on_the_task_and_goes_and_comes_back_with_its_words() {
    let mut plan = plan();
    say(&mut plan, ZHAO, &words(" We use five axes. "), 1);
    let id = VerdictId::of(TASK, ZHAO).comment();
    let comment = plan.comments.get(id).unwrap();
    assert_eq!(comment.anchor, Subject::Item(TASK.into()).to_string());
    assert_eq!(comment.body.get(&Lang::en()), "We use five axes.");
    assert_eq!(comment.expert.unwrap().0, ZHAO);
    say(&mut plan, ZHAO, &words("  "), 2);
    assert!(plan.comments.get(id).is_none());
    say(&mut plan, ZHAO, &words("Five axes."), 3);
    let comment = plan.comments.get(id).unwrap();
    assert_eq!(comment.body.get(&Lang::en()), "Five axes.");
    say(&mut plan, DING, &words("Right."), 4);
    let own = VerdictId::of(TASK, DING).comment();
    assert!(
        plan.comments.get(own).unwrap().expert.is_none(),
        "their own words"
    );
}

#[test]
fn a_verdict_is_hidden_with_its_task_and_is_never_a_proposal() {
    let mut plan = plan();
    let commands = judging(
        &plan,
        TASK,
        DING,
        &judged(Judgement::Right),
        (Uid(7), 1),
        false,
    );
    let parts = split(
        &plan,
        &act(commands.clone()),
        Speaker {
            party: Some(PartyId(Uid(2))),
            ..Speaker::default()
        },
    );
    assert_eq!(
        (parts.direct.len(), parts.drafts.len()),
        (commands.len(), 0)
    );
    plan.apply(&act(commands)).unwrap();
    let verdict = ItemId::from(VerdictId::of(TASK, DING));
    assert!(plan.is_live(verdict));
    plan.apply(&act(vec![Command::Delete { item: TASK.into() }]))
        .unwrap();
    assert!(!plan.is_live(verdict));
}

#[test]
fn a_proposed_line_is_there_only_once_it_is_accepted_and_its_owner_decides() {
    let mut plan = plan();
    let line = JobItemId(Uid(40));
    let named = (Lang::en(), "Run a five-axis machine");
    let commands = addition((line, Uid(41)), Some(TASK), Tier::Competency, named, vec![]);
    plan.apply(&act(commands)).unwrap();
    assert!(plan.job_items.get(line).is_none());
    let proposal = plan.proposals.get(ProposalId(Uid(41))).unwrap().clone();
    let read = Proposed::of(&plan, &proposal).unwrap();
    assert!(!read.has_moved());
    assert_eq!(
        decides(&plan, &read.target),
        Some(Owner::Party(PartyId(Uid(1))))
    );
    let accept = read.command(&plan).unwrap();
    plan.apply(&act(vec![accept])).unwrap();
    let line = plan.job_items.get(line).unwrap();
    assert_eq!(line.statement.get(&Lang::en()), "Run a five-axis machine");
    assert_eq!(line.parent.unwrap().0, TASK);
}

#[test]
fn no_two_verdicts_of_a_large_plan_share_a_uid() {
    let mut seen = std::collections::BTreeSet::new();
    for task in 0..400 {
        for expert in 0..50 {
            assert!(seen.insert(VerdictId::of(JobItemId(Uid(task)), ExpertId(Uid(expert)))));
        }
    }
}
