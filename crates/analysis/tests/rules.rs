//! Every rule has a plan that it finds fault with and one that differs from it
//! in nothing but the fault.

use crate::plans::{Draft, has, hours, int, line, of, to};
use std::collections::BTreeSet;
use weft_analysis::{Board, Figure, Finding, Group, rules};
use weft_model::*;

/// A plan for a rule: with the fault or without it. Nothing: the rule has no
/// such pair yet.
fn plan_for(rule: &str, fault: bool) -> Option<Draft> {
    use field::{assessment, elective_pool, job_item, module, offering, term, unit};
    let mut d = Draft::default();
    match rule {
        "coverage.none" => {
            let c = d.competency(vec![]);
            let m = d.module(vec![]);
            if !fault {
                d.link(m, c, None);
            }
        }
        "coverage.below" => {
            let c = d.competency(vec![int(job_item::required_level, 3)]);
            let m = d.module(vec![]);
            d.link(m, c, Some(if fault { 2 } else { 3 }));
        }
        "coverage.unstated" => {
            let c = d.competency(vec![int(job_item::required_level, 1)]);
            let m = d.module(vec![]);
            d.link(m, c, (!fault).then_some(1));
        }
        "coverage.once" => {
            let c = d.competency(vec![int(job_item::importance, if fault { 4 } else { 3 })]);
            let m = d.module(vec![]);
            d.link(m, c, None);
        }
        "module.unwoven" => {
            let role = if fault {
                CategoryRole::Other
            } else {
                CategoryRole::PublicBasic
            };
            let category = d.add(Kind::Category, None, vec![of(field::category::role, role)]);
            d.module(vec![to(module::category, category)]);
        }
        "assessment.none" => {
            let c = d.competency(vec![]);
            let m = d.module(vec![]);
            d.link(m, c, None);
            let named = if fault {
                vec![]
            } else {
                vec![has(assessment::competencies, c)]
            };
            d.add(Kind::Assessment, Some(m.0), named);
        }
        "assessment.weight" => {
            let m = d.module(vec![]);
            for weight in [40, if fault { 50 } else { 60 }] {
                d.add(
                    Kind::Assessment,
                    Some(m.0),
                    vec![int(assessment::weight, weight)],
                );
            }
        }
        "prerequisite.cycle" => {
            let a = d.module(vec![]);
            let b = d.module(vec![has(module::prerequisites, a)]);
            let c = d.module(vec![has(module::prerequisites, b)]);
            let closes = if fault { (a, c) } else { (c, a) };
            d.set(closes.0, has(module::prerequisites, closes.1));
        }
        "prerequisite.order" => {
            let terms = [d.term(vec![]), d.term(vec![])];
            let a = d.module(vec![]);
            let b = d.module(vec![has(module::prerequisites, a)]);
            d.weekly(a, terms[usize::from(fault)], 2, 8);
            d.weekly(b, terms[usize::from(!fault)], 2, 8);
        }
        "prerequisite.parallel" => {
            let t = d.term(vec![]);
            let a = d.module(vec![]);
            let b = d.module(vec![has(module::prerequisites, a)]);
            d.weekly(a, t, 2, 8);
            d.weekly(b, t, 2, 8);
            if !fault {
                d.set(b, has(module::parallels, a));
            }
        }
        "hours.split" => {
            let practice = if fault { 23 } else { 24 };
            d.module(vec![
                hours(module::total_hours, 48),
                hours(module::theory_hours, 24),
                hours(module::practice_hours, practice),
            ]);
        }
        "hours.places" => {
            let place = d.place(PlaceKind::School);
            let given = Value::Int(if fault { 94 } else { 96 });
            let by_place = (module::hours_by_place.member(place), given);
            d.module(vec![hours(module::total_hours, 48), by_place]);
        }
        "hours.units" => {
            let m = d.module(vec![hours(module::total_hours, 48)]);
            for of_unit in [20, if fault { 20 } else { 28 }] {
                d.add(Kind::Unit, Some(m.0), vec![hours(unit::hours, of_unit)]);
            }
        }
        "hours.pattern" => {
            let t = d.term(vec![]);
            let m = d.module(vec![hours(module::total_hours, 48)]);
            d.weekly(m, t, 3, if fault { 15 } else { 16 });
        }
        "calendar.budget" => {
            let exam = if fault { 3 } else { 4 };
            d.term(vec![
                int(term::weeks, 20),
                int(term::teaching_weeks, 16),
                int(term::exam_weeks, exam),
            ]);
        }
        "calendar.overload" => {
            let t = d.term(vec![int(term::whole_week_weeks, if fault { 1 } else { 2 })]);
            let m = d.module(vec![]);
            let whole = of(offering::pattern, Pattern::WholeWeeks);
            d.offer(m, t, vec![whole, int(offering::weeks, 2)]);
        }
        "calendar.weeks" => {
            let t = d.term(vec![int(term::teaching_weeks, 16)]);
            let m = d.module(vec![]);
            d.weekly(m, t, 2, if fault { 17 } else { 16 });
        }
        "credits.ratio" => {
            let credits = if fault { 7 } else { 6 };
            d.module(vec![
                of(module::credit_basis, CreditBasis::Hours),
                hours(module::total_hours, 48),
                (module::credits.key(), Value::Int(credits)),
            ]);
        }
        "pool.modules" | "pool.credits" | "pool.twice" => {
            let credits = (module::credits.key(), Value::Int(4));
            let a = d.module(vec![credits.clone()]);
            let b = d.module(vec![credits]);
            let members = || {
                vec![
                    has(elective_pool::members, a),
                    has(elective_pool::members, b),
                ]
            };
            let mut fields = members();
            match rule {
                "pool.modules" => {
                    fields.push(int(elective_pool::take_modules, if fault { 3 } else { 2 }));
                }
                "pool.credits" => {
                    let take = Value::Int(if fault { 9 } else { 8 });
                    fields.push((elective_pool::take_credits.key(), take));
                }
                _ if fault => {
                    d.add(
                        Kind::ElectivePool,
                        None,
                        vec![has(elective_pool::members, a)],
                    );
                }
                _ => {}
            }
            d.add(Kind::ElectivePool, None, fields);
        }
        "enterprise.hours" => {
            let kind = if fault {
                PlaceKind::School
            } else {
                PlaceKind::Enterprise
            };
            let place = d.place(kind);
            let c = d.competency(vec![of(job_item::learn_at, PlaceKind::Enterprise)]);
            let m = d.module(vec![(module::hours_by_place.member(place), Value::Int(96))]);
            d.link(m, c, None);
        }
        "code.duplicate" => {
            let other = if fault { "1" } else { "2" };
            d.module(vec![line(module::code, "LF1"), line(module::period, "1")]);
            d.module(vec![line(module::code, "LF1"), line(module::period, other)]);
        }
        "spec.unsupported" => {
            let m = d.module(vec![]);
            let by = field::specification_item::supported_by.member(m);
            let by = (by, Value::str(Support::High.id()));
            d.add(Kind::SpecificationItem, None, vec![by]);
            if fault {
                d.delete(m);
            }
        }
        "data.misfit" => {
            let m = d.module(vec![]);
            let value = Some(Value::Int(if fault { -2 } else { 2 }));
            let key = module::total_hours.key();
            let write = Write::Put {
                item: m.into(),
                key,
                value,
            };
            d.plan.write(&write, &mut Change::default());
        }
        "data.dangling" => {
            let m = d.module(vec![]);
            let known = d.module(vec![]);
            let before = if fault { Uid(9_999) } else { known.0 };
            let key = module::prerequisites.member(before);
            let write = Write::Put {
                item: m.into(),
                key,
                value: Some(Value::Bool(true)),
            };
            d.plan.write(&write, &mut Change::default());
        }
        "data.misplaced" => {
            let c = d.competency(vec![]);
            let above = if fault {
                d.competency(vec![])
            } else {
                d.job(Tier::Task, None, vec![])
            };
            let key = job_item::parent.key();
            let value = Some(Value::Str(above.to_string()));
            let write = Write::Put {
                item: c.into(),
                key,
                value,
            };
            d.plan.write(&write, &mut Change::default());
        }
        "data.link" => {
            let c = d.competency(vec![]);
            let m = d.module(vec![]);
            let module = if fault { ModuleId(Uid(9_999)) } else { m };
            let key = LinkKey::of(module, c);
            let write = Write::Link {
                key,
                level: Some(None),
            };
            d.plan.write(&write, &mut Change::default());
        }
        _ => return None,
    }
    Some(d)
}

fn told(plan: &Plan, rule: &str) -> Vec<Finding> {
    let board = Board::new(plan);
    board
        .findings()
        .filter(|finding| finding.rule == rule)
        .cloned()
        .collect()
}

#[test]
fn every_rule_finds_its_fault_and_nothing_where_there_is_none() {
    for info in rules() {
        let id = info.id;
        let faulty = plan_for(id, true).unwrap_or_else(|| panic!("{id} has no pair of plans"));
        assert_eq!(told(&faulty.plan, id).len(), 1, "{id} misses its fault");
        let sound = plan_for(id, false).unwrap();
        assert_eq!(
            told(&sound.plan, id),
            [],
            "{id} finds fault with a sound plan"
        );
    }
}

#[test]
fn every_finding_carries_the_figures_that_its_rule_lists() {
    for info in rules() {
        let faulty = plan_for(info.id, true).unwrap();
        for finding in told(&faulty.plan, info.id) {
            for (name, _) in finding.figures.iter() {
                assert!(info.figures.contains(&name), "{}: {name}", info.id);
            }
            // The only figures that are not always there.
            let optional = info.id == "coverage.once";
            assert!(optional || finding.figures.iter().count() == info.figures.len());
            assert_eq!(finding.info(), Some(info));
        }
    }
}

#[test]
fn rules_have_ids_of_their_own_and_a_source() {
    let ids: BTreeSet<_> = rules().iter().map(|info| info.id).collect();
    assert_eq!(ids.len(), rules().len());
    for info in rules() {
        let plain = |c: char| c.is_ascii_lowercase() || c == '.';
        assert!(info.id.chars().all(plain) && !info.source.is_empty());
        assert!(Group::ALL.contains(&info.group));
    }
}

#[test]
fn a_sum_that_misses_by_one_hour_says_so() {
    let draft = plan_for("hours.split", true).unwrap();
    let found = told(&draft.plan, "hours.split");
    let figures = &found[0].figures;
    assert_eq!(
        figures.get("off"),
        Some(&Figure::HoursOff(Hours::whole(-1)))
    );
    assert_eq!(figures.to_string(), "stated=48;sum=47;off=-1");
}

#[test]
fn hours_are_compared_only_where_all_of_them_are_given() {
    use field::{module, unit};
    let mut d = Draft::default();
    d.module(vec![
        hours(module::total_hours, 48),
        hours(module::theory_hours, 50),
    ]);
    d.module(vec![
        hours(module::theory_hours, 50),
        hours(module::practice_hours, 50),
    ]);
    let m = d.module(vec![hours(module::total_hours, 48)]);
    d.add(Kind::Unit, Some(m.0), vec![hours(unit::hours, 20)]);
    d.add(Kind::Unit, Some(m.0), vec![]);
    let t = d.term(vec![]);
    d.weekly(m, t, 1, 10);
    d.offer(m, t, vec![]);
    let board = Board::new(&d.plan);
    assert!(
        !board
            .findings()
            .any(|finding| finding.rule.starts_with("hours."))
    );
}

#[test]
fn credits_follow_the_plans_own_number_where_it_lies_outside_the_usual_range() {
    use field::module;
    let mut d = Draft::default();
    let fields = |credits: i64| {
        vec![
            of(module::credit_basis, CreditBasis::Hours),
            hours(module::total_hours, 150),
            int(module::credits, credits * 2),
        ]
    };
    d.module(fields(5));
    assert_eq!(told(&d.plan, "credits.ratio").len(), 1);
    d.set(ABOUT, hours(field::about::hours_per_credit, 30));
    assert_eq!(told(&d.plan, "credits.ratio"), []);
    d.set(ABOUT, hours(field::about::hours_per_credit, 25));
    assert_eq!(told(&d.plan, "credits.ratio").len(), 1);
}

#[test]
fn a_prerequisite_in_earlier_weeks_of_the_same_term_is_in_order() {
    use field::{module, offering};
    let mut d = Draft::default();
    let t = d.term(vec![]);
    let a = d.module(vec![]);
    let b = d.module(vec![has(module::prerequisites, a)]);
    let first = d.weekly(a, t, 4, 8);
    let second = d.weekly(b, t, 4, 8);
    d.set(first, int(offering::start_week, 1));
    d.set(second, int(offering::start_week, 8));
    assert_eq!(told(&d.plan, "prerequisite.parallel").len(), 1);
    d.set(second, int(offering::start_week, 9));
    assert_eq!(told(&d.plan, "prerequisite.parallel"), []);
}

#[test]
fn equal_codes_in_different_years_or_roles_are_no_duplicates() {
    use field::{job_item, module};
    let mut d = Draft::default();
    let terms = [d.term(vec![]), d.term(vec![])];
    for term in terms {
        let m = d.module(vec![line(module::code, "LF1")]);
        d.weekly(m, term, 2, 8);
        let role = d.job(Tier::Role, None, vec![]);
        d.job(
            Tier::Competency,
            Some(role),
            vec![line(job_item::code, "P-1")],
        );
    }
    assert_eq!(told(&d.plan, "code.duplicate"), []);
    let role = d.plan.job_items.of(None).next().unwrap().id;
    d.job(
        Tier::Competency,
        Some(role),
        vec![line(job_item::code, "P-1")],
    );
    assert_eq!(told(&d.plan, "code.duplicate").len(), 1);
}

#[test]
fn a_competency_of_the_highest_level_should_be_taught_more_than_once() {
    use field::{job_item, scale_level};
    let mut d = Draft::default();
    for rank in 1..=3 {
        d.add(Kind::ScaleLevel, None, vec![int(scale_level::rank, rank)]);
    }
    for level in 2..=3 {
        let c = d.competency(vec![int(job_item::required_level, level)]);
        let m = d.module(vec![]);
        d.link(m, c, Some(3));
    }
    let found = told(&d.plan, "coverage.once");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].figures.to_string(), "required=3");
}

#[test]
fn a_long_chain_of_prerequisites_is_no_ring_and_no_trap() {
    use field::module;
    let mut d = Draft::default();
    let first = d.module(vec![]);
    let mut last = first;
    for _ in 0..20_000 {
        last = d.module(vec![has(module::prerequisites, last)]);
    }
    assert_eq!(told(&d.plan, "prerequisite.cycle"), []);
    d.set(first, has(module::prerequisites, last));
    assert_eq!(told(&d.plan, "prerequisite.cycle").len(), 1);
}

#[test]
fn a_rule_that_the_plan_switches_off_says_nothing() {
    let mut d = plan_for("coverage.none", true).unwrap();
    let code = line(field::rule::code, "coverage.none");
    let rule = d.add(
        Kind::Rule,
        None,
        vec![code, of(field::rule::severity, Severity::Info)],
    );
    assert_eq!(told(&d.plan, "coverage.none")[0].severity, Severity::Info);
    let rule = ItemId {
        kind: Kind::Rule,
        uid: rule,
    };
    d.set(rule, (field::rule::on.key(), Value::Bool(false)));
    assert_eq!(told(&d.plan, "coverage.none"), []);
}
