//! The Chinese example programme comes to the figures that its authors print.

use crate::plans::example::example;
use weft_analysis::{Board, hundredths};
use weft_model::*;

#[test]
fn the_example_sums_to_the_printed_figures() {
    let draft = example();
    let board = Board::new(&draft.plan);
    let sums = board.sums();
    assert_eq!(sums.modules, 44);
    assert_eq!(board.overall().links, 142);
    assert_eq!(draft.plan.weave.len(), 142);
    assert_eq!(board.overall().competencies, 50);
    assert_eq!(sums.hours, Hours::whole(2688));
    assert_eq!(sums.credits, Credits::whole(157));
    assert_eq!(sums.public_basic().basis_points(), 3185);
    assert_eq!(sums.electives().basis_points(), 1071);
    assert_eq!(sums.practice_share().basis_points(), 6295);
    assert_eq!(hundredths(sums.hours_per_credit()), 1712);
    assert_eq!(sums.left_in_pools, Hours::whole(32));
    assert!(sums.unsplit.is_zero() && sums.unscheduled.is_zero());
}

#[test]
fn the_terms_of_the_example_add_up_to_the_whole() {
    let draft = example();
    let board = Board::new(&draft.plan);
    let terms = || board.term_order().iter().map(|id| board.term(*id).unwrap());
    assert_eq!(
        terms().map(|term| term.hours).sum::<Hours>(),
        Hours::whole(2688)
    );
    assert_eq!(
        terms().map(|term| term.credits).sum::<Credits>(),
        Credits::whole(157)
    );
    let by_place = |kind| -> Hours {
        let hours = terms().filter_map(|term| term.by_place.get(&kind).copied());
        hours.sum()
    };
    let enterprise = by_place(Some(PlaceKind::Enterprise));
    assert_eq!(
        enterprise,
        board.sums().by_place[&Some(PlaceKind::Enterprise)]
    );
    assert_eq!(enterprise, Hours::whole(24 + 192 + 432 + 24 + 24 + 16));
    assert_eq!(by_place(None), Hours::ZERO);
    let first = board.term(board.term_order()[0]).unwrap();
    assert_eq!((first.block_budget, first.block_weeks), (Some(3), 3));
}

#[test]
fn the_modules_of_the_example_stand_by_the_term_in_which_they_begin() {
    let draft = example();
    let board = Board::new(&draft.plan);
    let codes = |group: usize| -> Vec<&str> {
        let modules = board.module_order()[group].modules.iter();
        modules
            .map(|id| draft.plan.modules.get(*id).unwrap().code.as_str())
            .collect()
    };
    assert_eq!(board.module_order().len(), 6);
    assert_eq!(codes(0)[..2], ["GG01", "GG04"]);
    assert_eq!(codes(0).last(), Some(&"SJ01"));
    assert_eq!(codes(5), ["SJ05"]);
}

#[test]
fn the_example_breaks_no_arithmetic() {
    let draft = example();
    let board = Board::new(&draft.plan);
    let told: Vec<_> = board
        .findings_in_order()
        .into_iter()
        .map(|finding| (finding.rule, finding.subject, finding.figures.to_string()))
        .collect();
    let quiet = [
        "hours.",
        "calendar.",
        "credits.",
        "pool.",
        "data.",
        "code.",
        "coverage.none",
    ];
    for (rule, subject, figures) in &told {
        assert!(
            !quiet.iter().any(|start| rule.starts_with(start)),
            "{rule} {subject} {figures}"
        );
    }
    // A campus block stands in the term of the courses it builds on.
    let parallel = told.iter().filter(|told| told.0 == "prerequisite.parallel");
    assert_eq!(parallel.count(), 1);
}
