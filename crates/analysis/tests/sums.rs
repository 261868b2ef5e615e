//! Sums where plans leave things open: pools, splits, terms, places.

use crate::plans::{Draft, has, hours, int, of};
use weft_analysis::{Board, CoverageState};
use weft_model::field::{assessment, elective_pool, job_item, module};
use weft_model::*;

fn pool(d: &mut Draft, hours_of: &[i64], take: (FieldKey, Value)) {
    let mut fields = vec![take];
    for number in hours_of {
        let credits = int(module::credits, number / 8);
        let member = d.module(vec![hours(module::total_hours, *number), credits]);
        fields.push(has(elective_pool::members, member));
    }
    d.add(Kind::ElectivePool, None, fields);
}

#[test]
fn a_pool_counts_what_must_be_taken() {
    let mut d = Draft::default();
    pool(&mut d, &[32, 32, 32], int(elective_pool::take_modules, 2));
    let sums = Board::new(&d.plan).sums().clone();
    assert_eq!(
        (sums.hours, sums.left_in_pools),
        (Hours::whole(64), Hours::whole(32))
    );
}

#[test]
fn a_pool_of_unequal_modules_counts_the_smallest() {
    let mut d = Draft::default();
    pool(&mut d, &[64, 16, 32], int(elective_pool::take_modules, 2));
    assert_eq!(Board::new(&d.plan).sums().hours, Hours::whole(48));
}

#[test]
fn a_pool_by_credits_counts_until_there_are_enough() {
    let mut d = Draft::default();
    // 16, 32 and 64 h give 1, 2 and 4 credits.
    pool(&mut d, &[64, 16, 32], int(elective_pool::take_credits, 5));
    assert_eq!(Board::new(&d.plan).sums().credits, Credits::whole(3));
}

#[test]
fn a_module_without_a_split_counts_by_its_type_or_not_at_all() {
    let mut d = Draft::default();
    for kind in ModuleType::ALL {
        d.module(vec![
            hours(module::total_hours, 10),
            of(module::module_type, *kind),
        ]);
    }
    d.module(vec![
        hours(module::total_hours, 10),
        hours(module::practice_hours, 4),
    ]);
    let sums = Board::new(&d.plan).sums().clone();
    assert_eq!(sums.theory, Hours::whole(16));
    assert_eq!(sums.practice, Hours::whole(14));
    assert_eq!(sums.unsplit, Hours::whole(10));
}

#[test]
fn hours_without_a_pattern_are_spread_over_the_terms() {
    let mut d = Draft::default();
    let terms = [d.term(vec![]), d.term(vec![]), d.term(vec![])];
    let m = d.module(vec![hours(module::total_hours, 41)]);
    d.weekly(m, terms[0], 2, 10);
    d.offer(m, terms[1], vec![]);
    d.offer(m, terms[2], vec![]);
    let board = Board::new(&d.plan);
    let found: Vec<_> = terms
        .iter()
        .map(|t| board.term(*t).unwrap().hours.halves())
        .collect();
    assert_eq!(found, [40, 21, 21]);
}

#[test]
fn a_bar_over_some_terms_stands_for_the_hours_in_those_terms() {
    let mut d = Draft::default();
    let terms = [d.term(vec![]), d.term(vec![]), d.term(vec![])];
    let m = d.module(vec![]);
    for (term, weeks) in terms.iter().zip([10, 5, 1]) {
        d.weekly(m, *term, 2, weeks);
    }
    let board = Board::new(&d.plan);
    let bar = |range: std::ops::Range<usize>| {
        let figures = board.module(m).unwrap();
        figures.hours_over(terms[range].iter().copied())
    };
    assert_eq!(bar(0..3), Hours::whole(32));
    assert_eq!(bar(1..3), Hours::whole(12));
    assert_eq!(bar(0..0), Hours::ZERO);
}

#[test]
fn modules_folded_into_one_line_show_the_hours_that_are_given() {
    let mut d = Draft::default();
    let first = d.module(vec![hours(module::total_hours, 32)]);
    let second = d.module(vec![hours(module::total_hours, 48)]);
    let unsaid = d.module(vec![]);
    d.module(vec![hours(module::total_hours, 999)]);
    let board = Board::new(&d.plan);
    assert_eq!(board.hours_of([first, second, unsaid]), Hours::whole(80));
    assert_eq!(board.hours_of([]), Hours::ZERO);
}

#[test]
fn the_weights_of_assessments_add_up_where_any_is_given() {
    let mut d = Draft::default();
    let (m, other) = (d.module(vec![]), d.module(vec![]));
    for fields in [vec![int(assessment::weight, 60)], vec![]] {
        d.add(Kind::Assessment, Some(m.0), fields);
    }
    d.add(Kind::Assessment, Some(other.0), vec![]);
    let weights = |d: &Draft, m| Board::new(&d.plan).module(m).unwrap().weights;
    assert_eq!((weights(&d, m), weights(&d, other)), (Some(60), None));
    d.add(
        Kind::Assessment,
        Some(m.0),
        vec![int(assessment::weight, 25)],
    );
    assert_eq!(weights(&d, m), Some(85));
}

#[test]
fn bracketed_hours_count_nowhere_but_apart() {
    let mut d = Draft::default();
    let m = d.module(vec![hours(module::total_hours, 108)]);
    d.set(m, (module::counted.key(), Value::Bool(false)));
    let sums = Board::new(&d.plan).sums().clone();
    assert_eq!(
        (sums.hours, sums.bracketed),
        (Hours::ZERO, Hours::whole(108))
    );
}

#[test]
fn a_cell_shows_its_strongest_link_and_counts_its_units() {
    let mut d = Draft::default();
    let c = d.competency(vec![int(job_item::required_level, 2)]);
    let m = d.module(vec![]);
    let unit = UnitId(d.add(Kind::Unit, Some(m.0), vec![]));
    d.link(m, c, None);
    let state = |d: &Draft| Board::new(&d.plan).coverage(c).unwrap().state;
    assert_eq!(state(&d), CoverageState::LevelNotStated);
    let key = LinkKey::from_unit(m, unit, c);
    d.act(Command::Link {
        key,
        level: Some(2),
    });
    let board = Board::new(&d.plan);
    let cell = board.cell(m, c).unwrap();
    assert_eq!((cell.level, cell.links, cell.units), (Some(2), 2, 1));
    assert_eq!(state(&d), CoverageState::Covered);
    d.delete(unit);
    assert_eq!(state(&d), CoverageState::LevelNotStated);
}

#[test]
fn the_lines_above_count_the_competencies_below() {
    let mut d = Draft::default();
    let role = d.job(Tier::Role, None, vec![]);
    let task = d.job(Tier::Task, Some(role), vec![]);
    let c = d.job(Tier::Competency, Some(task), vec![]);
    d.job(Tier::Competency, Some(role), vec![]);
    let m = d.module(vec![]);
    d.link(m, c, None);
    let board = Board::new(&d.plan);
    let counts = |line| {
        let tally = board.tally(line);
        (
            tally.competencies,
            tally.covered,
            tally.not_covered,
            tally.taught(),
        )
    };
    assert_eq!(counts(role), (2, 1, 1, 1));
    assert_eq!(counts(task), (1, 1, 0, 1));
    assert_eq!(board.overall(), board.tally(role));
}

#[test]
fn whole_weeks_of_different_tracks_run_side_by_side() {
    use weft_model::field::offering;
    let mut d = Draft::default();
    let t = d.term(vec![]);
    let tracks = [(); 2].map(|()| TrackId(d.add(Kind::Track, None, vec![])));
    let modules = [2, 3, 5].map(|weeks| {
        let m = d.module(vec![]);
        let whole = of(offering::pattern, Pattern::WholeWeeks);
        d.offer(m, t, vec![whole, int(offering::weeks, weeks)]);
        m
    });
    let mut board = Board::new(&d.plan);
    assert_eq!(board.term(t).unwrap().block_weeks, 10);
    for (at, weeks) in [(0, 10), (1, 7)] {
        let change = d.set(modules[at + 1], has(module::tracks, tracks[at]));
        board.apply(&d.plan, &change);
        assert_eq!(board, Board::new(&d.plan));
        assert_eq!(board.term(t).unwrap().block_weeks, weeks);
    }
}
