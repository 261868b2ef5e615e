//! What becomes a proposal, for whom, and what deciding it does.

use weft_model::*;

const SCHOOL: PartyId = PartyId(Uid(1));
const WORKS: PartyId = PartyId(Uid(2));
const DING: Uid = Uid(70);
const OF_WORKS: Speaker<'static> = Speaker {
    author: DING,
    name: "Ding Hui",
    party: Some(WORKS),
    guest: false,
};

fn item(kind: Kind, uid: u64) -> ItemId {
    ItemId {
        kind,
        uid: Uid(uid),
    }
}

fn for_party(party: PartyId) -> Speaker<'static> {
    Speaker {
        party: Some(party),
        ..Speaker::default()
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
    assert_eq!(
        owner_of(&plan, item(Kind::Unit, 11)),
        Some(Owner::Party(SCHOOL))
    );
    let works = Some(Owner::Party(WORKS));
    assert_eq!(owner_of(&plan, item(Kind::JobItem, 21)), works);
    assert_eq!(owner_of(&plan, item(Kind::Module, 12)), None);
}

#[test]
fn an_edit_of_what_the_other_party_owns_is_proposed_and_the_rest_is_done() {
    let plan = plan();
    let both = act(vec![hours(10, 120), hours(12, 60)]);
    let split = split(&plan, &both, OF_WORKS);
    assert_eq!(split.direct, [hours(12, 60)]);
    let target = Aspect::Value(item(Kind::Module, 10), field::module::total_hours.key());
    let draft = Draft {
        target,
        base: Some(Value::Int(96)),
        proposed: Some(Value::Int(120)),
        owner: Owner::Party(SCHOOL),
    };
    assert_eq!(split.drafts, [draft]);
}

#[test]
fn owners_people_without_a_party_and_free_plans_edit_at_once() {
    let mut plan = plan();
    let edit = act(vec![hours(10, 120)]);
    assert_eq!(split(&plan, &edit, for_party(SCHOOL)).drafts, []);
    assert_eq!(split(&plan, &edit, Speaker::default()).drafts, []);
    let free = Command::Set {
        item: ABOUT,
        key: field::about::edit_freely.key(),
        value: Some(Value::Bool(true)),
    };
    plan.apply(&act(vec![free])).unwrap();
    assert_eq!(split(&plan, &edit, OF_WORKS).drafts, []);
}

#[test]
fn who_adds_something_below_what_the_other_owns_names_it_and_takes_it_away_again_at_once() {
    let mut plan = plan();
    let unit = item(Kind::Unit, 11);
    let name = |words: &str| Command::Set {
        item: unit,
        key: field::unit::title.lang(Lang::en()),
        value: Some(Value::str(words)),
    };
    let delete = Command::Delete { item: unit };
    for command in [name("Facing"), delete.clone()] {
        let both = split(&plan, &act(vec![command.clone()]), OF_WORKS);
        assert_eq!((both.direct, both.drafts.len()), (vec![command], 0));
    }
    plan.apply(&act(vec![name("Facing")])).unwrap();
    // It has a name now, and is the school's like its module.
    for command in [name("Turning"), delete] {
        let both = split(&plan, &act(vec![command]), OF_WORKS);
        assert_eq!((both.direct.len(), both.drafts.len()), (0, 1));
    }
    // A module that says whose it is is nobody else's to name.
    let drafts = split(&plan, &act(vec![title(10, "Turning")]), OF_WORKS).drafts;
    assert_eq!(drafts.len(), 1);
}

#[test]
fn tiers_go_along_with_the_lines_that_move() {
    let plan = plan();
    let tier = Command::Set {
        item: item(Kind::JobItem, 21),
        key: field::job_item::tier.key(),
        value: Some(Value::str(Tier::Content.id())),
    };
    let away = Command::Move {
        item: item(Kind::JobItem, 21),
        owner: None,
        spot: Spot::Last,
    };
    let school = for_party(SCHOOL);
    let both = split(&plan, &act(vec![tier.clone(), away.clone()]), school);
    assert_eq!(
        (both.direct, both.drafts),
        (vec![tier.clone(), away], vec![])
    );
    assert_eq!(split(&plan, &act(vec![tier]), school).drafts.len(), 1);
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
        let draft = split(&plan, &act(vec![command.clone()]), OF_WORKS)
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
    let draft = split(&plan, &act(vec![hours(10, 120)]), OF_WORKS)
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
        split(&plan, &act(vec![hours(10, 96)]), OF_WORKS),
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

/// Gives a module to a person, whose name both sides read in their language.
fn give_to_lin(plan: &mut Plan, party: Option<PartyId>) {
    let mut fields = vec![
        (field::person::name.lang(Lang::en()), Value::str("Lin Jing")),
        (field::person::name.lang(Lang::zh()), Value::str("林静")),
    ];
    let party = party.map(|party| Value::str(party.to_string()));
    fields.extend(party.map(|party| (field::person::party.key(), party)));
    plan.apply(&act(vec![
        add(Kind::Person, 30, None, fields),
        Command::Set {
            item: item(Kind::Module, 10),
            key: field::module::owner_person.key(),
            value: Some(Value::str(Uid(30).to_string())),
        },
    ]))
    .unwrap();
}

fn called(name: &str, party: Option<PartyId>) -> Speaker<'_> {
    Speaker {
        author: Uid(71),
        name,
        party,
        guest: false,
    }
}

#[test]
fn what_a_person_owns_others_propose_to_them_whatever_their_party() {
    let mut plan = plan();
    give_to_lin(&mut plan, Some(SCHOOL));
    let lin = Owner::Person(PersonId(Uid(30)));
    assert_eq!(owner_of(&plan, item(Kind::Unit, 11)), Some(lin));
    let edit = act(vec![hours(10, 120)]);
    let drafts = |who| split(&plan, &edit, who).drafts.len();
    assert_eq!(drafts(called("Lin Jing", Some(SCHOOL))), 0);
    assert_eq!(drafts(called(" lin jing", None)), 0, "a name is a name");
    assert_eq!(drafts(called("林静", Some(SCHOOL))), 0);
    assert_eq!(drafts(called("Zhou Min", Some(SCHOOL))), 1);
    assert_eq!(drafts(called("Zhou Min", None)), 1);
    assert_eq!(
        drafts(called("Lin Jing", Some(WORKS))),
        1,
        "another Lin Jing"
    );
    assert_eq!(
        drafts(Speaker::default()),
        0,
        "nobody has said who they are"
    );
    plan.apply(&act(vec![Command::Delete {
        item: item(Kind::Person, 30),
    }]))
    .unwrap();
    let school = Some(Owner::Party(SCHOOL));
    assert_eq!(owner_of(&plan, item(Kind::Module, 10)), school);
}

#[test]
fn a_guest_in_a_plan_of_others_proposes_what_they_own_and_does_not_decide_for_them() {
    let mut plan = plan();
    let edit = act(vec![hours(10, 120)]);
    let guest = Speaker {
        guest: true,
        ..Speaker::default()
    };
    assert_eq!(split(&plan, &edit, guest).drafts.len(), 1);
    let named = Speaker {
        guest: true,
        ..called("Zhou Min", None)
    };
    assert_eq!(split(&plan, &edit, named).drafts.len(), 1);
    let proposal = noted(&mut plan, 50, hours(10, 120), Uid(71));
    let decided = decider(&plan, &proposal, |_| None);
    assert!(!guest.may_decide(&plan, &proposal, decided));
    assert!(guest.may_decide(&plan, &proposal, Decider::All));
    give_to_lin(&mut plan, None);
    let lin = Speaker {
        guest: true,
        ..called("Lin Jing", None)
    };
    assert_eq!(split(&plan, &edit, lin).drafts.len(), 0, "it is hers");
}

#[test]
fn who_says_among_the_experts_which_person_they_are_is_that_person() {
    let mut plan = plan();
    give_to_lin(&mut plan, None);
    let edit = act(vec![hours(10, 120)]);
    let who = called("L. J.", Some(WORKS));
    assert_eq!(split(&plan, &edit, who).drafts.len(), 1);
    let says = vec![
        (
            field::expert::author.key(),
            Value::str(who.author.to_string()),
        ),
        (field::expert::person.key(), Value::str(Uid(30).to_string())),
    ];
    plan.apply(&act(vec![add(Kind::Expert, 71, None, says)]))
        .unwrap();
    assert_eq!(split(&plan, &edit, who).drafts, []);
}

/// Notes a proposal of an author's, and gives it back.
fn noted(plan: &mut Plan, uid: u64, command: Command, author: Uid) -> Proposal {
    let draft = split(plan, &act(vec![command]), OF_WORKS).drafts.remove(0);
    let mut fields = draft.fields();
    fields.push((
        field::proposal::author.key(),
        Value::str(author.to_string()),
    ));
    plan.apply(&act(vec![add(Kind::Proposal, uid, None, fields)]))
        .unwrap();
    plan.proposals.get(ProposalId(Uid(uid))).unwrap().clone()
}

#[test]
fn nobody_accepts_what_they_proposed_themselves_also_without_a_party() {
    let mut plan = plan();
    let proposal = noted(&mut plan, 50, hours(10, 120), Uid(71));
    let decided = decider(&plan, &proposal, |_| None);
    assert_eq!(decided, Decider::Owner(Owner::Party(SCHOOL)));
    let may = |who: Speaker<'_>| who.may_decide(&plan, &proposal, decided);
    assert!(!may(called("Ding Hui", None)));
    assert!(!may(called("Ding Hui", Some(WORKS))));
    assert!(may(called("Ding Hui", Some(SCHOOL))), "it is theirs by now");
    assert!(may(for_party(SCHOOL)));
    assert!(!may(for_party(WORKS)));
    assert!(may(Speaker::default()), "who speaks for nobody may");
    let all = |who: Speaker<'_>| who.may_decide(&plan, &proposal, Decider::All);
    assert!(!all(called("Ding Hui", None)));
    assert!(all(for_party(WORKS)));
}

#[test]
fn a_counter_is_for_the_side_that_proposed_first() {
    let mut plan = plan();
    noted(&mut plan, 50, hours(10, 120), DING);
    let mut counter = noted(&mut plan, 51, hours(10, 110), Uid(71));
    counter.counters = Some(To(ProposalId(Uid(50))));
    let spoken = decider(&plan, &counter, |it| (it == DING).then_some(WORKS));
    assert_eq!(spoken, Decider::Owner(Owner::Party(WORKS)));
    let alone = decider(&plan, &counter, |_| None);
    assert_eq!(alone, Decider::Author(DING));
    assert!(OF_WORKS.may_decide(&plan, &counter, alone));
    assert!(!called("Lin Jing", None).may_decide(&plan, &counter, alone));
}

#[test]
fn several_are_accepted_in_one_act_and_what_another_has_moved_stays_open() {
    let mut plan = plan();
    let key = LinkKey::of(ModuleId(Uid(10)), JobItemId(Uid(21)));
    let level = Some(2);
    noted(&mut plan, 50, hours(10, 120), DING);
    noted(&mut plan, 51, hours(10, 130), Uid(72));
    noted(&mut plan, 52, Command::Link { key, level }, DING);
    let unit = item(Kind::Unit, 11);
    let named = Command::Set {
        item: unit,
        key: field::unit::title.lang(Lang::en()),
        value: Some(Value::str("Facing")),
    };
    plan.apply(&act(vec![named])).unwrap();
    noted(&mut plan, 53, Command::Delete { item: unit }, DING);
    let ids = [53, 50, 51, 52].map(|uid| ProposalId(Uid(uid)));
    let accepted = accepting(&plan, &ids);
    let taken: Vec<u64> = accepted.iter().map(|(id, _)| id.0.0).collect();
    assert_eq!(taken, [52, 50, 53]);
    let commands = accepted.into_iter().filter_map(|(_, command)| command);
    plan.apply(&act(commands.collect())).unwrap();
    assert_eq!(
        plan.value(item(Kind::Module, 10), &field::module::total_hours.key()),
        Some(Value::Int(120))
    );
    assert!(plan.weave.get(&key).is_some());
    assert!(!plan.is_live(unit));
}

#[test]
fn a_note_on_what_another_owns_is_proposed_whole() {
    let mut plan = plan();
    let key = LinkKey::of(ModuleId(Uid(10)), JobItemId(Uid(21)));
    let link = Command::Link { key, level: None };
    plan.apply(&act(vec![link])).unwrap();
    let note = Command::Write {
        at: TextAt::LinkNote(key),
        lang: Lang::en(),
        splice: Splice::between("", "On machine 4").unwrap(),
    };
    let parts = split(&plan, &act(vec![note]), OF_WORKS);
    assert_eq!(parts.direct, []);
    let proposed = parts.drafts.first().and_then(|it| it.proposed.clone());
    assert_eq!(proposed, Some(Value::str("On machine 4")));
}
