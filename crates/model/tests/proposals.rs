//! What becomes a proposal, for whom, and what deciding it does.
#![allow(clippy::unwrap_used)]

use weft_model::*;

const SCHOOL: PartyId = PartyId(Uid(1));
const WORKS: PartyId = PartyId(Uid(2));

fn item(kind: Kind, uid: u64) -> ItemId {
    ItemId {
        kind,
        uid: Uid(uid),
    }
}

fn act(commands: Vec<Command>) -> Act {
    Act::many(Verb::Edit, Subject::Plan, commands)
}

fn add(kind: Kind, uid: u64, owner: Option<u64>, fields: Vec<(FieldKey, Value)>) -> Command {
    Command::Add {
        item: item(kind, uid),
        owner: owner.map(Uid),
        spot: Spot::Last,
        fields,
    }
}

/// A module of the school's with a unit, a task of the enterprise's with a
/// competency, and a module that nobody owns.
fn plan() -> Plan {
    let mut plan = Plan::new();
    let tier = |tier: Tier| (field::job_item::tier.key(), Value::str(tier.id()));
    let owner = |field: Field, party: PartyId| (field.key(), Value::str(party.to_string()));
    plan.apply(&act(vec![
        add(Kind::Party, 1, None, vec![]),
        add(Kind::Party, 2, None, vec![]),
        add(
            Kind::Module,
            10,
            None,
            vec![
                owner(field::module::owner, SCHOOL),
                (field::module::total_hours.key(), Value::Int(96)),
            ],
        ),
        add(Kind::Unit, 11, Some(10), vec![]),
        add(Kind::Module, 12, None, vec![]),
        add(
            Kind::JobItem,
            20,
            None,
            vec![tier(Tier::Task), owner(field::job_item::owner, WORKS)],
        ),
        add(Kind::JobItem, 21, Some(20), vec![tier(Tier::Competency)]),
    ]))
    .unwrap();
    plan
}

fn hours(module: u64, value: i64) -> Command {
    Command::Set {
        item: item(Kind::Module, module),
        key: field::module::total_hours.key(),
        value: Some(Value::Int(value)),
    }
}

fn title(module: u64, words: &str) -> Command {
    Command::Set {
        item: item(Kind::Module, module),
        key: field::module::title.lang(Lang::en()),
        value: Some(Value::str(words)),
    }
}

#[test]
fn what_belongs_to_an_item_has_its_owner_and_a_line_that_of_the_line_above() {
    let plan = plan();
    assert_eq!(owner_of(&plan, item(Kind::Unit, 11)), Some(SCHOOL));
    assert_eq!(owner_of(&plan, item(Kind::JobItem, 21)), Some(WORKS));
    assert_eq!(owner_of(&plan, item(Kind::Module, 12)), None);
}

#[test]
fn an_edit_of_what_the_other_party_owns_is_proposed_and_the_rest_is_done() {
    let plan = plan();
    let both = act(vec![hours(10, 120), hours(12, 60)]);
    let split = split(&plan, &both, Some(WORKS));
    assert_eq!(split.direct, [hours(12, 60)]);
    let target = Aspect::Value(item(Kind::Module, 10), field::module::total_hours.key());
    let draft = Draft {
        target,
        base: Some(Value::Int(96)),
        proposed: Some(Value::Int(120)),
        owner: SCHOOL,
    };
    assert_eq!(split.drafts, [draft]);
}

#[test]
fn owners_people_without_a_party_and_free_plans_edit_at_once() {
    let mut plan = plan();
    let edit = act(vec![hours(10, 120)]);
    assert_eq!(split(&plan, &edit, Some(SCHOOL)).drafts, []);
    assert_eq!(split(&plan, &edit, None).drafts, []);
    let free = Command::Set {
        item: ABOUT,
        key: field::about::edit_freely.key(),
        value: Some(Value::Bool(true)),
    };
    plan.apply(&act(vec![free])).unwrap();
    assert_eq!(split(&plan, &edit, Some(WORKS)).drafts, []);
}

/// Everything that can be proposed: stored, read back, and done.
#[test]
fn a_proposal_reads_back_and_does_what_it_says() {
    let key = LinkKey::of(ModuleId(Uid(10)), JobItemId(Uid(21)));
    let commands = [
        hours(10, 120),
        title(10, "Turning\n\"and\" milling"),
        Command::Delete {
            item: item(Kind::Module, 10),
        },
        Command::Link {
            key,
            level: Some(3),
        },
        Command::Link { key, level: None },
        Command::Set {
            item: item(Kind::Module, 10),
            key: field::module::owner.key(),
            value: None,
        },
        Command::Set {
            item: item(Kind::Module, 10),
            key: field::module::delivered_by.member(Uid(2)),
            value: Some(Value::Bool(true)),
        },
    ];
    for command in commands {
        let mut plan = plan();
        let mut wanted = plan.clone();
        wanted.apply(&act(vec![command.clone()])).unwrap();
        let draft = split(&plan, &act(vec![command.clone()]), Some(WORKS))
            .drafts
            .remove(0);
        plan.apply(&act(vec![add(Kind::Proposal, 50, None, draft.fields())]))
            .unwrap();
        let stored = plan.proposals.get(ProposalId(Uid(50))).unwrap().clone();
        let read = Proposed::of(&plan, &stored).unwrap();
        assert_eq!(
            (&read.target, &read.base, &read.proposed),
            (&draft.target, &draft.base, &draft.proposed)
        );
        assert!(!read.has_moved(), "{command:?}");
        let done = read.command(&plan).unwrap();
        plan.apply(&act(vec![done])).unwrap();
        let apart = differences(&plan, &wanted);
        assert!(
            apart
                .iter()
                .all(|it| it.what.subject() == item(Kind::Proposal, 50).into()),
            "{command:?}: {apart:?}"
        );
    }
}

#[test]
fn a_proposal_whose_base_has_moved_says_so() {
    let mut plan = plan();
    let draft = split(&plan, &act(vec![hours(10, 120)]), Some(WORKS))
        .drafts
        .remove(0);
    plan.apply(&act(vec![
        add(Kind::Proposal, 50, None, draft.fields()),
        hours(10, 100),
    ]))
    .unwrap();
    let read = Proposed::of(&plan, plan.proposals.get(ProposalId(Uid(50))).unwrap()).unwrap();
    assert!(read.has_moved());
    assert_eq!(
        (read.base, read.now, read.proposed),
        (
            Some(Value::Int(96)),
            Some(Value::Int(100)),
            Some(Value::Int(120))
        )
    );
}

#[test]
fn an_edit_that_changes_nothing_is_not_proposed() {
    let plan = plan();
    assert_eq!(
        split(&plan, &act(vec![hours(10, 96)]), Some(WORKS)),
        Split::default()
    );
}

#[test]
fn every_aspect_reads_back_from_its_text() {
    let key = LinkKey::from_unit(ModuleId(Uid(10)), UnitId(Uid(11)), JobItemId(Uid(21)));
    let module = item(Kind::Module, 10);
    let all = [
        Aspect::Presence(module),
        Aspect::Place(module),
        Aspect::Value(module, field::module::title.lang(Lang::en())),
        Aspect::Value(module, field::module::prerequisites.member(Uid(12))),
        Aspect::Link(key),
        Aspect::Strength(key),
        Aspect::Shown(key, WORKS),
        Aspect::Note(key, Lang::en()),
    ];
    for aspect in all {
        assert_eq!(aspect.to_string().parse(), Ok(aspect));
    }
    for bad in [
        "",
        "value",
        "value plan x",
        "value modules/000000000000a nothing",
        "link x",
        "other link",
    ] {
        assert!(bad.parse::<Aspect>().is_err(), "{bad}");
    }
}
