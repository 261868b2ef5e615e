//! Lines that a newer release has elsewhere: taken over or kept like any change.

use crate::foreign_shelf::*;
use crate::releases::*;
use serde_json::json;
use weft_exchange::WarningKind;
use weft_exchange::release::{Choices, Group, Whose, taking};
use weft_model::*;

/// The second release: T1.3 stands below T2 now.
const MOVED: [Line; 6] = [
    FIRST[0],
    FIRST[1],
    FIRST[2],
    (4, "T1.3", "Read a drawing", 5),
    FIRST[4],
    FIRST[5],
];

fn above(plan: &Plan, code: &str) -> Option<String> {
    let parent = plan.job_items.get(line(plan, code)).unwrap().parent?;
    Some(plan.job_items.get(parent.0).unwrap().code.clone())
}

fn moved(plan: &Plan, code: &str, below: &str) -> Plan {
    let to = Command::Move {
        item: line(plan, code).into(),
        owner: Some(line(plan, below).0),
        spot: Spot::Last,
    };
    run(plan, vec![to])
}

#[test]
fn a_line_that_the_source_has_moved_is_moved_or_stays() {
    let plan = weave(&holding(), 900, "Drawings", &["T1.3"]);
    let imported = import(&framework("2", "2026-06-01", &MOVED), &plan);
    let comparison = one(&imported);
    let [changed] = comparison.changed.as_slice() else {
        panic!("{:?}", comparison.changed);
    };
    assert_eq!(changed.line, line(&plan, "T1.3"));
    assert_eq!(changed.whose, Whose::Source);
    assert_eq!(titles(&plan, &changed.modules), ["Drawings"]);
    assert_eq!(changed.particulars, vec![], "its place is told once");
    let [difference] = changed.differences.as_slice() else {
        panic!("{:?}", changed.differences);
    };
    let ends = [&difference.before, &difference.after].map(|it| it.clone().unwrap());
    let codes = ["T1", "T2"].map(|code| Value::str(line(&plan, code).to_string()));
    assert_eq!(ends, codes);

    let comparisons = &imported.comparisons;
    let mut choices = Choices::suggested(comparisons);
    let next = run(&plan, taking(&plan, &imported, &choices));
    assert_eq!(above(&next, "T1.3"), Some("T2".into()));
    assert_eq!(next.weave, plan.weave);
    choices.keep(comparisons, changed.line);
    let kept = run(&plan, taking(&plan, &imported, &choices));
    assert_eq!(above(&kept, "T1.3"), Some("T1".into()));

    // Taken over, there is nothing left to take; kept, it is offered once more.
    let again = |plan: &Plan| {
        let imported = import(&framework("2", "2026-06-01", &MOVED), plan);
        one(&imported).changes()
    };
    assert_eq!((again(&next), again(&kept)), (0, 1));
}

#[test]
fn what_the_partners_have_moved_stays_where_they_put_it() {
    let plan = moved(&holding(), "T1.2", "T2");
    let imported = import(&framework("2", "2026-06-01", &FIRST), &plan);
    assert_eq!(one(&imported).changes(), 0);
    let stays = |it: &weft_exchange::Warning| matches!(it.kind, WarningKind::StaysWhere { .. });
    assert!(imported.warnings.iter().any(stays));
    let next = after(&plan, &imported);
    assert_eq!(above(&next, "T1.2"), Some("T2".into()));
}

#[test]
fn a_line_that_goes_is_left_first_by_those_that_have_another_place_now() {
    // T1 is gone; what stood below it is below T3, which is new.
    let lines = [
        (11, "T3", "Machine parts", 0),
        (2, "T1.1", "Set up a lathe", 11),
        (3, "T1.2", "Know cutting speeds", 11),
        (4, "T1.3", "Read a drawing", 11),
        FIRST[4],
        FIRST[5],
    ];
    let plan = holding();
    let imported = import(&framework("2", "2026-06-01", &lines), &plan);
    let all = &imported.comparisons;
    let whole = after(&plan, &imported);
    let (t1, t3) = (line(&plan, "T1"), line(&whole, "T3"));
    let below = ["T1.1", "T1.2", "T1.3"].map(|code| line(&plan, code));
    assert_eq!((all[0].gone[0].holds, all[0].gone[0].leaving.len()), (0, 3));
    let mut choices = Choices::default();
    choices.take(all, t1);
    assert!(choices.takes(t3) && below.iter().all(|line| choices.takes(*line)));
    let next = run(&plan, taking(&plan, &imported, &choices));
    assert!(next.job_items.get(t1).is_none());
    assert_eq!(above(&next, "T1.2"), Some("T3".into()));
    // One that stays keeps it.
    choices.keep(all, below[1]);
    assert!(!choices.takes(t1));
    let next = run(&plan, taking(&plan, &imported, &choices));
    assert_eq!(above(&next, "T1.2"), Some("T1".into()));
    assert_eq!(above(&next, "T1.1"), Some("T3".into()));
    // Without the new line they stay, and so does the one that is gone.
    choices.all(&all[0], Group::Gone, true);
    choices.keep(all, t3);
    let next = run(&plan, taking(&plan, &imported, &choices));
    assert!(next.job_items.get(t1).is_some());
    for code in ["T1.1", "T1.2", "T1.3"] {
        assert_eq!(above(&next, code), Some("T1".into()), "{code}");
    }
}

#[test]
fn a_second_place_of_a_line_is_no_move() {
    let two = |first: u8, second: u8| {
        let mut package = framework("1", "2025-03-01", &FIRST);
        let edges = package["CFAssociations"].as_array_mut().unwrap();
        let mut other = edges[3].clone();
        other["identifier"] = json!("77777777-2222-4333-8444-555555555504");
        for (edge, to) in [(&mut edges[3], first), (&mut other, second)] {
            edge["destinationNodeURI"]["identifier"] = json!(uuid(to));
        }
        edges.push(other);
        package
    };
    let plan = after(&Plan::new(), &import(&two(1, 5), &Plan::new()));
    assert_eq!(above(&plan, "T1.3"), Some("T1".into()));
    let next = after(&plan, &import(&two(5, 1), &plan));
    assert_eq!(above(&next, "T1.3"), Some("T1".into()));
}

#[test]
fn a_line_without_a_place_in_the_newer_release_stays_where_it_is() {
    let mut package = framework("2", "2026-06-01", &FIRST);
    package["CFAssociations"].as_array_mut().unwrap().remove(3);
    let plan = holding();
    let next = after(&plan, &import(&package, &plan));
    assert_eq!(above(&next, "T1.3"), Some("T1".into()));
}
