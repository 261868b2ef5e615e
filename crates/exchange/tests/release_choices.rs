//! Of a newer release, each change is taken over or kept by itself, and what was
//! chosen is one act.

use crate::foreign_shelf::*;
use crate::random_plan::Seeded;
use crate::releases::*;
use serde_json::{Value as Json, json};
use weft_exchange::release::{Choices, Group, brings, taking};
use weft_model::*;

#[test]
fn only_what_was_chosen_comes_in_and_notes_its_release() {
    let plan = weave(&holding(), 900, "Turning", &["T1.1", "T1.3"]);
    let mut package = second();
    package["CFItems"][2]["fullStatement"] = json!("Know cutting speeds and feeds");
    let imported = import(&package, &plan);
    let comparisons = &imported.comparisons;
    let mut choices = Choices::suggested(comparisons);
    choices.keep(comparisons, line(&plan, "T1.2"));
    let next = run(&plan, taking(&plan, &imported, &choices));
    let release = |code: &str| {
        next.job_items
            .get(line(&next, code))
            .unwrap()
            .origin_release
            .clone()
    };

    assert_eq!(words(&next, "T1.1"), "Set up a CNC lathe");
    assert_eq!(release("T1.1"), "2");
    // Kept: word for word, and still of the release that it is from.
    let kept = line(&plan, "T1.2");
    assert_eq!(next.job_items.get(kept), plan.job_items.get(kept));
    assert_eq!(release("T1.2"), "1");
    // New, the same, and gone but kept.
    assert_eq!(release("T1.4"), "2");
    assert_eq!(release("T2.1"), "2");
    assert_eq!(release("T1.3"), "1");
    assert_eq!(next.weave, plan.weave);
    let record = next.frameworks.iter().next().unwrap();
    assert_eq!(record.release, "2");
    assert_eq!(record.changed, "2026-06-01T00:00:00+00:00");

    // What was kept is offered once more, and nothing else is.
    let again = import(&package, &next);
    let again = one(&again);
    assert_eq!(again.changed.len(), 1);
    assert_eq!(again.changed[0].line, kept);
    assert_eq!((again.new.len(), again.gone.len()), (0, 1));
}

#[test]
fn nothing_chosen_is_no_act() {
    let plan = holding();
    let imported = import(&second(), &plan);
    let nothing = Choices::default();
    assert_eq!(taking(&plan, &imported, &nothing), vec![]);
    assert!(!brings(&plan, &imported, &nothing));
    let suggested = Choices::suggested(&imported.comparisons);
    assert!(brings(&plan, &imported, &suggested));
}

#[test]
fn a_line_that_is_gone_goes_only_when_asked_and_takes_its_links_out_of_sight() {
    let plan = weave(&holding(), 901, "Drawings", &["T1.3"]);
    let imported = import(&second(), &plan);
    let comparisons = &imported.comparisons;
    let gone = line(&plan, "T1.3");
    let mut choices = Choices::suggested(comparisons);
    assert!(!choices.takes(gone));
    choices.take(comparisons, gone);
    let next = run(&plan, taking(&plan, &imported, &choices));
    assert!(next.job_items.get(gone).is_none());
    // And comes back with them.
    let back = run(&next, vec![Command::Restore { item: gone.into() }]);
    let key = LinkKey::of(ModuleId(Uid(901)), gone);
    assert!(back.weave.get(&key).is_some());
}

#[test]
fn a_line_that_is_gone_stays_while_it_holds_one_that_is_not() {
    // T2 is gone, and what stood below it hangs on nothing that is there.
    let lines = [
        FIRST[0],
        FIRST[1],
        FIRST[2],
        FIRST[3],
        (6, "T2.1", "Set up a mill", 5),
    ];
    let plan = holding();
    let imported = import(&framework("2", "2026-06-01", &lines), &plan);
    let comparisons = &imported.comparisons;
    let gone = line(&plan, "T2");
    assert_eq!(one(&imported).gone[0].holds, 1);
    let mut choices = Choices::suggested(comparisons);
    choices.take(comparisons, gone);
    choices.all(&comparisons[0], Group::Gone, true);
    assert!(!choices.takes(gone));
    let next = run(&plan, taking(&plan, &imported, &choices));
    assert!(next.job_items.get(gone).is_some());
}

#[test]
fn choices_that_hang_together_follow_each_other() {
    // A task with two competencies is new, the task T2 with its own is gone.
    let lines = [
        FIRST[0],
        FIRST[1],
        FIRST[2],
        FIRST[3],
        (11, "T3", "Grind parts", 0),
        (12, "T3.1", "Dress a wheel", 11),
        (13, "T3.2", "Grind a shaft", 11),
    ];
    let plan = holding();
    let imported = import(&framework("2", "2026-06-01", &lines), &plan);
    let all = &imported.comparisons;
    let later = after(&plan, &imported);
    let [t3, t31, t32] = ["T3", "T3.1", "T3.2"].map(|code| line(&later, code));
    let [t2, t21] = ["T2", "T2.1"].map(|code| line(&plan, code));
    let mut choices = Choices::suggested(all);
    assert_eq!(choices.taken_of(&all[0], Group::New), 3);
    choices.keep(all, t3);
    assert_eq!(choices.taken_of(&all[0], Group::New), 0);
    choices.take(all, t31);
    assert_eq!(
        [t3, t31, t32].map(|it| choices.takes(it)),
        [true, true, false]
    );
    choices.take(all, t2);
    assert_eq!([t2, t21].map(|it| choices.takes(it)), [true, true]);
    choices.keep(all, t21);
    assert_eq!([t2, t21].map(|it| choices.takes(it)), [false, false]);
    choices.take(all, t21);
    let next = run(&plan, taking(&plan, &imported, &choices));
    assert!(next.job_items.get(t2).is_some());
    assert!(next.job_items.get(t21).is_none());
    assert!(next.job_items.get(t32).is_none());
    assert_eq!(words(&next, "T3.1"), "Dress a wheel");
}

#[test]
fn what_was_decided_stays_decided_when_the_comparison_is_made_anew() {
    let plan = holding();
    let imported = import(&second(), &plan);
    let old = &imported.comparisons;
    let [reworded, gone] = ["T1.1", "T1.3"].map(|code| line(&plan, code));
    let mut choices = Choices::suggested(old);
    choices.keep(old, reworded);
    choices.take(old, gone);
    // A partner has reworded another line meanwhile.
    let plan = write(&plan, "T2.1", "Set up our mill");
    let new = import(&second(), &plan).comparisons;
    let carried = choices.carried(old, &new);
    assert!(!carried.takes(reworded));
    assert!(carried.takes(gone));
    assert!(carried.takes(new[0].new[0].line));
    assert!(!carried.takes(line(&plan, "T2.1")));
}

#[test]
fn a_line_that_the_partners_deleted_is_not_brought_back_unasked() {
    let plan = holding();
    let delete = Command::Delete {
        item: line(&plan, "T1.2").into(),
    };
    let plan = run(&plan, vec![delete]);
    let imported = import(&second(), &plan);
    let new = one(&imported)
        .new
        .iter()
        .find(|it| it.code == "T1.2")
        .unwrap();
    assert!(new.deleted);
    let mut choices = Choices::suggested(&imported.comparisons);
    assert!(!choices.takes(new.line));
    choices.take(&imported.comparisons, new.line);
    let next = run(&plan, taking(&plan, &imported, &choices));
    assert_eq!(words(&next, "T1.2"), "Know cutting speeds");
}

/// What is not chosen reads as before, what is chosen as in the release, and
/// the act is always possible.
#[test]
fn any_choice_is_one_possible_act_that_leaves_the_rest_alone() {
    let bytes = fixture("case/SmartLevelFramework.json");
    let first: Json = serde_json::from_slice(&bytes).unwrap();
    let plan = after(&Plan::new(), &import(&first, &Plan::new()));
    for seed in 0..40 {
        let mut seeded = Seeded(seed);
        let mut next = first.clone();
        let items = next["CFItems"].as_array_mut().unwrap();
        for item in items.iter_mut() {
            if seeded.below(3) == 0 {
                item["fullStatement"] = json!(format!("Reworded {}", seeded.below(1000)));
            }
        }
        items.retain(|_| seeded.below(5) > 0);
        for number in 0..seeded.below(4) {
            items.push(json!({ "identifier": uuid(number as u8), "fullStatement": format!("Added {number}") }));
        }
        let imported = import(&next, &plan);
        let all = &imported.comparisons;
        let whole = after(&plan, &imported);
        let mut choices = Choices::suggested(all);
        let comparison = one(&imported);
        let lines: Vec<JobItemId> = (comparison.changed.iter().map(|it| it.line))
            .chain(comparison.new.iter().map(|it| it.line))
            .chain(comparison.gone.iter().map(|it| it.line))
            .collect();
        for line in lines {
            if seeded.below(2) == 0 {
                choices.take(all, line);
            } else {
                choices.keep(all, line);
            }
        }
        choices.note(comparison.framework, seeded.below(2) == 0);
        let commands = taking(&plan, &imported, &choices);
        let chosen = run(&plan, commands);
        assert_eq!(chosen.violations(), vec![], "seed {seed}");
        for changed in &comparison.changed {
            let from = if choices.takes(changed.line) {
                &whole
            } else {
                &plan
            };
            assert_eq!(
                chosen.job_items.get(changed.line),
                from.job_items.get(changed.line),
                "seed {seed}"
            );
        }
        for new in &comparison.new {
            assert_eq!(
                chosen.job_items.get(new.line).is_some(),
                choices.takes(new.line),
                "seed {seed}"
            );
        }
        for gone in &comparison.gone {
            assert_eq!(
                chosen.job_items.get(gone.line).is_none(),
                choices.takes(gone.line),
                "seed {seed}"
            );
        }
    }
}
