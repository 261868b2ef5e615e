//! What was changed in a frozen plan under which approval.

use crate::bench::*;
use weft_document::*;
use weft_model::*;

fn hours(value: i64) -> Act {
    let key = field::module::total_hours.key();
    Act::one(
        Verb::Edit,
        module(10),
        set(module(10), key, Value::Int(value)),
    )
}

fn status(status: PlanStatus) -> Act {
    let key = field::about::status.key();
    Act::one(Verb::Edit, ABOUT, set(ABOUT, key, Value::str(status.id())))
}

fn approved(uid: u64) -> Act {
    let item = ItemId {
        kind: Kind::Amendment,
        uid: Uid(uid),
    };
    let add = Command::Add {
        item,
        owner: None,
        spot: Spot::Last,
        fields: vec![],
    };
    Act::one(Verb::Add, item, add)
}

#[test]
fn each_approval_lists_what_its_author_changed_until_the_next_or_another_status() {
    let mut document = small();
    document.set_author(&ada(), 0);
    let acts = [
        hours(100),
        status(PlanStatus::Frozen),
        approved(90),
        hours(110),
        link(10, 3, Some(3)),
        approved(91),
        hours(120),
        status(PlanStatus::Draft),
        hours(130),
        status(PlanStatus::Frozen),
    ];
    // Far apart, so that nothing is told together.
    for (at, act) in acts.iter().enumerate() {
        let at = i64::try_from(at).unwrap() * 1_000_000;
        document.apply(act, at).unwrap();
    }
    let all = document.approvals();
    let told: Vec<_> = all
        .iter()
        .map(|it| (it.amendment.0.0, it.author, it.entries.len()))
        .collect();
    assert_eq!(told, [(90, ada().uid, 2), (91, ada().uid, 2)]);
    let thawed = &all[1].entries[1].edits[0];
    assert_eq!(
        thawed.what,
        Aspect::Value(ABOUT, field::about::status.key())
    );
    let edit = &all[1].entries[0].edits[0];
    assert_eq!(
        (&edit.before, &edit.after),
        (&Some(Value::Int(110)), &Some(Value::Int(120)))
    );
}

#[test]
fn what_each_changed_needs_an_approval_of_their_own() {
    let who = |uid: u64| Author {
        uid: Uid(uid),
        name: format!("Person {uid}"),
        ..Author::default()
    };
    // Each entry: who, and what. Far apart, so that nothing is told together.
    let asked = |known: &[(u64, Act)], new: &[(u64, Act)]| {
        let mut document = small();
        let mut version = document.version();
        let mut at = 0;
        for (index, (uid, act)) in known.iter().chain(new).enumerate() {
            if index == known.len() {
                version = document.version();
            }
            at += 1_000_000;
            document.set_author(&who(*uid), at);
            document.apply(act, at).unwrap();
        }
        !document.unapproved_since(&version).is_empty()
    };
    let frozen = || (1, status(PlanStatus::Frozen));
    assert!(asked(&[frozen()], &[(2, hours(110))]));
    assert!(!asked(&[frozen()], &[(2, approved(90)), (2, hours(110))]));
    // One who said why does not speak for another.
    let both = [(2, approved(90)), (2, hours(110)), (3, hours(120))];
    assert!(asked(&[frozen()], &both));
    // What was approved before goes on, until the plan is frozen anew.
    let before = [frozen(), (2, approved(90)), (2, hours(110))];
    assert!(!asked(&before, &[(2, hours(120))]));
    let anew = [
        frozen(),
        (2, approved(90)),
        (1, status(PlanStatus::Draft)),
        frozen(),
    ];
    assert!(asked(&anew, &[(2, hours(120))]));
    // To thaw it is a change as well; to give a reason alone is none.
    assert!(asked(&[frozen()], &[(2, status(PlanStatus::Draft))]));
    assert!(!asked(&[frozen()], &[(2, approved(90))]));
}

#[test]
fn an_approval_of_what_came_lists_what_it_let_in() {
    let mut school = small();
    let mut works = reopen(&school, 2);
    works.set_author(
        &Author {
            uid: Uid(200),
            ..ada()
        },
        0,
    );
    school
        .apply(&status(PlanStatus::Frozen), 1_000_000)
        .unwrap();
    works.apply(&hours(110), 2_000_000).unwrap();
    let version = school.version();
    let mut approval = approved(90);
    if let Command::Add { fields, .. } = &mut approval.commands[0] {
        let from = Value::str(Uid(200).to_string());
        fields.push((field::amendment::taken_from.key(), from));
    }
    school.apply(&approval, 3_000_000).unwrap();
    exchange(&mut school, &mut works);
    assert_eq!(
        school.unapproved_since(&version),
        [Uid(200)].into_iter().collect()
    );
    for document in [&school, &works] {
        let all = document.approvals();
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].author, ada().uid);
        let told: Vec<_> = all[0].entries.iter().map(|it| it.author).collect();
        assert_eq!(told, [Uid(200)]);
    }
}
