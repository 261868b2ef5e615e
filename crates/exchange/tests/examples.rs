//! The example plans that ship with the app are made here, from the fixtures:
//! a test fails when a committed file is not what the fixtures give. Run with
//! WEFT_REWRITE=1 to write them anew.

use crate::making::*;
use crate::random_plan::Seeded;
use crate::shelf::*;
use weft_model::*;

#[test]
fn the_chinese_example_is_what_its_tables_give() {
    use field::{about, cohort, elective_pool, intake, mode, section, track};
    let mut seeded = Seeded(0x0c9c_2026);
    let mut plan = Plan::new();
    act(&mut plan, &mut seeded, |draft, _| {
        draft.about(about::kind, PlanKind::HigherVocational);
        draft.about(about::status, PlanStatus::Draft);
        draft.about_langs("zh-CN en");
        draft.say(
            ABOUT,
            about::title,
            (
                "CNC technology (Haiheng order class), intake 2026",
                "数控技术专业（海衡订单班）2026级人才培养方案",
                "",
            ),
        );
        draft.say(
            ABOUT,
            about::level,
            (
                "Higher vocational education (associate)",
                "高等职业教育（专科）",
                "",
            ),
        );
        draft.say(
            ABOUT,
            about::source,
            (
                "Composed for Weft. The college, the company and all people are invented.",
                "为Weft编写，院校、企业与人物均为虚构。",
                "",
            ),
        );
        draft.set(ABOUT, about::code.key(), "460103");
        draft.set(ABOUT, about::licence.key(), "MIT OR Apache-2.0");
        for (field, value) in [
            (about::intake_year, 2026),
            (about::hour_minutes, 45),
            (about::hours_per_credit, 32),
            (about::length_normal, 6),
            (about::length_max, 10),
        ] {
            draft.set(ABOUT, field.key(), value);
        }
        for (key, english, chinese, body, body_zh) in CNC_SECTIONS {
            let item = draft.section(key, (english, chinese, ""));
            draft.say(item, section::body, (body, body_zh, ""));
        }
    });
    tables_into(&mut plan, &mut seeded, &chinese());
    act(&mut plan, &mut seeded, |draft, plan| {
        let party = |code: &str| {
            plan.parties
                .iter()
                .find(|party| party.code == code)
                .unwrap()
                .id
        };
        let venue = |code: &str| {
            plan.venues
                .iter()
                .find(|venue| venue.code == code)
                .unwrap()
                .id
        };
        let module = |code: &str| {
            plan.modules
                .iter()
                .find(|module| module.code == code)
                .unwrap()
                .id
        };
        let (school, enterprise) = (party("LJ"), party("HH"));
        let order = plan.orders.iter().next().unwrap().id;
        for (party, code) in [(school, "P01"), (enterprise, "M08")] {
            let person = plan
                .people
                .iter()
                .find(|person| person.code == code)
                .unwrap();
            draft.set(
                party.into(),
                field::party::representative.key(),
                person.id.to_string(),
            );
        }
        // Who teaches is told by the people who are named.
        for module in plan.modules.iter() {
            for (party, there) in [
                (school, !module.teachers.is_empty()),
                (enterprise, !module.mentors.is_empty()),
            ] {
                if there {
                    draft.set(
                        module.id.into(),
                        field::module::delivered_by.member(party),
                        true,
                    );
                }
            }
        }
        // What the table says of certificates in one language alone.
        for certificate in plan.certificates.iter() {
            use field::certificate::{note, required};
            let item = certificate.id.into();
            let (english, chinese) = match certificate.required.get(&Lang::en()) {
                "no" => ("not required", "不作要求"),
                _ => ("one of Z1 and Z2", "Z1、Z2 任选其一"),
            };
            draft.say(item, required, (english, chinese, ""));
            let chinese = match certificate.code.as_str() {
                "Z1" => "SJ04（3 学分）或 ZH02（5 学分），不可同时置换",
                "Z2" => "与 Z1 共用 SJ04，只能置换一次",
                "Z3" => "由学院学分认定小组认定",
                _ => continue,
            };
            draft.say(item, note, (certificate.note.get(&Lang::en()), chinese, ""));
        }
        let pool = plan.elective_pools.iter().next().unwrap();
        draft.say(
            pool.id.into(),
            elective_pool::title,
            (
                "Extension elective: one of two (POOL-A)",
                "专业拓展选修：二选一（POOL-A）",
                "",
            ),
        );
        let rotation = plan.modes.iter().next().unwrap().id.into();
        draft.say(
            rotation,
            mode::title,
            (
                "Work-study rotation in term 4 (ROT1)",
                "第四学期工学交替（ROT1）",
                "",
            ),
        );
        let mut modes = vec![(
            rotation,
            vec!["V01", "V02", "V07", "V10"],
            vec!["SJ03", "ZJ06", "ZH04", "ZH05", "ZH07"],
            false,
        )];
        for (kind, english, chinese, venues, modules) in [
            (
                ModeKind::Order,
                "Haiheng order class: 40 seats",
                "海衡订单班：40个名额",
                vec![],
                vec!["ZT01", "ZT02", "ZT03", "ZT06", "SJ06"],
            ),
            (
                ModeKind::Line,
                "Production line of the enterprise on campus",
                "校中厂：海衡五轴柔性线进校",
                vec!["V05"],
                vec!["ZH06", "ZT01", "SJ02"],
            ),
            (
                ModeKind::Interaction,
                "Teachers in the enterprise, mentors in class",
                "教师下企业，师傅进课堂",
                vec!["V08"],
                vec!["ZH01", "ZJ04", "ZT02", "ZT03"],
            ),
        ] {
            let item = draft.add(
                Kind::Mode,
                None,
                vec![(mode::kind.key(), Value::str(kind.id()))],
            );
            draft.say(item, mode::title, (english, chinese, ""));
            modes.push((item, venues, modules, kind == ModeKind::Order));
        }
        for (item, venues, modules, is_order) in modes {
            for party in [school, enterprise] {
                draft.set(item, mode::parties.member(party), true);
            }
            for code in venues {
                draft.set(item, mode::venues.member(venue(code)), true);
            }
            for code in modules {
                draft.set(item, mode::modules.member(module(code)), true);
            }
            if is_order {
                draft.set(item, mode::orders.member(order), true);
            }
        }
        let class = draft.add(
            Kind::Track,
            None,
            vec![
                (track::kind.key(), Value::str(TrackKind::OrderClass.id())),
                (track::order_of.key(), Value::Str(order.to_string())),
            ],
        );
        draft.say(
            class,
            track::title,
            ("Haiheng order class", "海衡订单班", ""),
        );
        let year = draft.add(
            Kind::Cohort,
            None,
            vec![
                (cohort::intake_year.key(), Value::Int(2026)),
                (cohort::size_planned.key(), Value::Int(40)),
            ],
        );
        draft.say(year, cohort::title, ("Intake 2026", "2026级", ""));
        for (source, size) in [
            (IntakeSource::SchoolSelected, 36),
            (IntakeSource::EnterpriseRecruited, 4),
        ] {
            draft.add(
                Kind::Intake,
                Some(year),
                vec![
                    (intake::source.key(), Value::str(source.id())),
                    (intake::size.key(), Value::Int(size)),
                ],
            );
        }
        for (term, letter) in [("T4", "A"), ("T4", "B")] {
            let term = plan
                .terms
                .iter()
                .find(|known| known.code == term)
                .unwrap()
                .id;
            let group = draft.add(
                Kind::Group,
                Some(class),
                vec![
                    (field::group::size.key(), Value::Int(20)),
                    (field::group::term.key(), Value::Str(term.to_string())),
                ],
            );
            draft.say(
                group,
                field::group::title,
                (&format!("Group {letter}"), &format!("{letter}组"), ""),
            );
        }
        draft.two_keys();
    });
    // Made last, so that everything else keeps its id: forms that people filled
    // in are among the fixtures.
    let mut analysis = None;
    act(&mut plan, &mut seeded, |draft, _| {
        let title = (
            "Typical work tasks and competencies",
            "典型工作任务与职业能力分析",
            "",
        );
        let body = (
            "Three job roles with twelve typical work tasks and fifty competencies, analysed with experts of the enterprise",
            "与企业专家共同分析三个岗位、十二项典型工作任务、五十项职业能力",
            "",
        );
        let section = draft.section("analysis", title);
        draft.say(section, field::section::body, body);
        analysis = Some(section);
    });
    let objectives = plan
        .sections
        .iter()
        .find(|section| section.key == "objectives");
    let behind = Command::Move {
        item: analysis.unwrap(),
        owner: None,
        spot: Spot::After(objectives.unwrap().id.0),
    };
    plan.apply(&Act::one(Verb::Move, Subject::Plan, behind))
        .unwrap();
    // Its places in the order as a file gives them.
    let file = weft_exchange::weft_json::export(&plan);
    let imported = weft_exchange::weft_json::import(&file, &Plan::new(), &mut || seeded.uid());
    let plan = plan_of(&imported.unwrap(), &Plan::new());
    assert_eq!(
        (
            plan.modules.len(),
            plan.weave.len(),
            hours(&plan),
            credits(&plan)
        ),
        (44, 142, Hours::whole(2688), Credits::whole(157))
    );
    compare("cnc-order-class", &plan);
}
