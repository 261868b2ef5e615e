//! Waivers: they mark a finding, never hide it, and fall with its figures.

use crate::plans::{Draft, int};
use weft_analysis::Board;
use weft_model::*;

/// A competency below its level, waived as it stands.
fn waived() -> (Draft, JobItemId, ModuleId, ItemId) {
    let mut d = Draft::default();
    let c = d.competency(vec![int(field::job_item::required_level, 3)]);
    let m = d.module(vec![]);
    d.link(m, c, Some(1));
    let board = Board::new(&d.plan);
    let finding = board
        .findings()
        .find(|f| f.rule == "coverage.below")
        .unwrap();
    let line = |field: Field, text: String| (field.key(), Value::Str(text));
    let fields = vec![
        line(field::waiver::rule, finding.rule.to_owned()),
        line(field::waiver::subject, finding.subject.to_string()),
        line(field::waiver::figures, finding.figures.to_string()),
        line(field::waiver::until, "2026-12-31".to_owned()),
    ];
    let uid = d.add(Kind::Waiver, None, fields);
    (
        d,
        c,
        m,
        ItemId {
            kind: Kind::Waiver,
            uid,
        },
    )
}

#[test]
fn a_waived_finding_stays_in_the_list_and_is_marked() {
    let (d, c, ..) = waived();
    let board = Board::new(&d.plan);
    let finding = board
        .findings_about(Subject::Item(c.into()))
        .next()
        .unwrap();
    assert!(finding.waived_on(None).is_some());
    assert_eq!(board.finding_tally(None).waived, 1);
}

#[test]
fn a_waiver_ends_after_its_last_day() {
    let (d, ..) = waived();
    let board = Board::new(&d.plan);
    let on = |day: &str| board.finding_tally(Some(&Day::new(day).unwrap())).waived;
    assert_eq!((on("2026-12-31"), on("2027-01-01")), (1, 0));
}

#[test]
fn a_waiver_falls_when_the_figures_change_and_holds_again_when_they_return() {
    let (mut d, c, m, waiver) = waived();
    let mut board = Board::new(&d.plan);
    for (level, holds) in [(2, false), (1, true)] {
        let change = d.link(m, c, Some(level));
        board.apply(&d.plan, &change);
        assert_eq!(board.finding_tally(None).waived, u32::from(holds));
        assert_eq!(board.fallen_waivers(&d.plan).is_empty(), holds);
    }
    let change = d.delete(waiver);
    board.apply(&d.plan, &change);
    assert_eq!(board.finding_tally(None).waived, 0);
}
