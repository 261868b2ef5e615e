//! A new intake from a plan, and the reasons for what reads otherwise in it.

use weft_model::*;

fn act(commands: Vec<Command>) -> Act {
    Act::many(Verb::Edit, Subject::Plan, commands)
}

fn module(uid: u64) -> ItemId {
    ItemId {
        kind: Kind::Module,
        uid: Uid(uid),
    }
}

fn add(item: ItemId, fields: Vec<(FieldKey, Value)>) -> Command {
    Command::Add {
        item,
        owner: None,
        spot: Spot::Last,
        fields,
    }
}

fn hours(value: i64) -> Command {
    Command::Set {
        item: module(10),
        key: field::module::total_hours.key(),
        value: Some(Value::Int(value)),
    }
}

fn target() -> Aspect {
    Aspect::Value(module(10), field::module::total_hours.key())
}

#[test]
fn a_copy_carries_the_plan_and_nothing_that_was_said_about_it() {
    let comment = ItemId {
        kind: Kind::Comment,
        uid: Uid(50),
    };
    let said = Command::Set {
        item: comment,
        key: field::comment::resolved.key(),
        value: Some(Value::Bool(true)),
    };
    let all = vec![
        add(module(10), vec![]),
        add(comment, vec![]),
        said,
        hours(96),
    ];
    assert_eq!(carried(all), [add(module(10), vec![]), hours(96)]);
}

#[test]
fn a_new_intake_is_a_draft_that_says_where_it_came_from_whatever_its_origin_said() {
    let mut plan = Plan::new();
    let first = Lineage {
        plan: Uid(7),
        title: Text::one(Lang::zh(), "2024级"),
        ..Lineage::default()
    };
    let named = |title: &str| vec![(Lang::en(), title.to_owned())];
    plan.apply(&act(renewing(&plan, named("CNC 2025"), Some(2025), &first)))
        .unwrap();
    let from = Lineage {
        plan: Uid(8),
        title: Text::one(Lang::en(), "CNC 2025"),
        version: "Signed".into(),
        digest: "ab".into(),
        point: "0000000000001.3".into(),
    };
    plan.apply(&act(renewing(&plan, named("CNC 2026"), Some(2026), &from)))
        .unwrap();
    let about = plan.about();
    assert_eq!(about.title.get(&Lang::en()), "CNC 2026");
    assert_eq!(about.intake_year.unwrap().0, 2026);
    assert_eq!(about.status.unwrap().0, PlanStatus::Draft);
    assert_eq!(about.lineage, Uid(8).to_string());
    assert_eq!(about.lineage_title, Text::one(Lang::en(), "CNC 2025"));
    assert_eq!(about.lineage_version, "Signed");
    assert_eq!(about.lineage_point, "0000000000001.3");
}

#[test]
fn a_reason_is_kept_once_for_each_change_and_base_and_taken_back_by_empty_words() {
    let mut plan = Plan::new();
    plan.apply(&act(vec![add(module(10), vec![])])).unwrap();
    let (a, b) = (Uid(1), Uid(2));
    let say = |plan: &mut Plan, since: &str, words: &str, who: Uid| {
        let commands = reasoning(plan, since, &target(), (Lang::en(), words), (who, 9));
        let any = !commands.is_empty();
        if any {
            plan.apply(&act(commands)).unwrap();
        }
        any
    };
    assert!(!say(&mut plan, "aa", " ", a), "nothing is said");
    assert!(say(&mut plan, "aa", "New drawings", a));
    assert!(
        !say(&mut plan, "aa", "New drawings", b),
        "it says so already"
    );
    assert!(say(&mut plan, "aa", "New machines", b));
    assert!(say(&mut plan, "bb", "Shorter year", a));
    let words = |plan: &Plan, since| {
        let found = reason_for(plan, since, &target());
        found.map(|it| it.reason.get(&Lang::en()).to_owned())
    };
    assert_eq!(words(&plan, "aa").unwrap(), "New machines");
    assert_eq!(words(&plan, "bb").unwrap(), "Shorter year");
    assert_eq!(plan.revision_reasons.iter().count(), 2);
    assert!(say(&mut plan, "aa", "", a));
    assert_eq!(words(&plan, "aa").unwrap_or_default(), "");
    assert!(say(&mut plan, "aa", "Again", a));
    assert_eq!(words(&plan, "aa").unwrap(), "Again");
}

#[test]
fn a_revision_is_what_the_plan_says_and_not_what_is_said_about_it() {
    let about = |field: Field| Aspect::Value(ABOUT, field.key());
    assert!(is_revision(&target()));
    assert!(is_revision(&about(field::about::intake_year)));
    assert!(!is_revision(&about(field::about::status)));
    assert!(!is_revision(&about(field::about::lineage)));
    let comment = ItemId {
        kind: Kind::Comment,
        uid: Uid(50),
    };
    assert!(!is_revision(&Aspect::Presence(comment)));
}
