//! The example plans that ship with the app are made here, from the fixtures:
//! a test fails when a committed file is not what the fixtures give. Run with
//! WEFT_REWRITE=1 to write them anew.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod random_plan;
mod shelf;

use random_plan::Seeded;
use shelf::*;
use weft_exchange::tables::{self, ApplyOptions};
use weft_exchange::templates::Draft;
use weft_exchange::weft_json;
use weft_model::*;

fn compare(name: &str, plan: &Plan) {
    assert_eq!(plan.violations(), vec![]);
    let made = weft_json::export(plan);
    let path = format!("{}/../../examples/{name}.json", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("WEFT_REWRITE").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let committed = std::fs::read(&path).unwrap_or_default();
    assert!(
        committed == made,
        "examples/{name}.json is stale: run the tests with WEFT_REWRITE=1 and commit what changes"
    );
    let back = weft_json::import(&committed, &Plan::new(), &mut || Uid(1)).unwrap();
    assert_eq!((&back.tray, &back.warnings), (&vec![], &vec![]));
    assert!(plan_of(&back, &Plan::new()) == *plan);
}

fn act(plan: &mut Plan, seeded: &mut Seeded, fill: impl FnOnce(&mut Draft<'_>, &Plan)) {
    let before = plan.clone();
    let mut fresh = || seeded.uid();
    let mut draft = Draft::new(&mut fresh);
    fill(&mut draft, &before);
    plan.apply(&draft.act()).unwrap();
}

fn tables_into(plan: &mut Plan, seeded: &mut Seeded, sheets: &[(tables::Sheet, tables::Matching)]) {
    let imported = tables::apply(plan, sheets, &ApplyOptions::default(), &mut || seeded.uid());
    assert_eq!(
        (&imported.tray, &imported.warnings, &imported.questions),
        (&vec![], &vec![], &vec![])
    );
    plan.apply(&Act::many(Verb::Import, Subject::Plan, imported.commands))
        .unwrap();
}

const CNC_SECTIONS: &[(&str, &str, &str, &str, &str)] = &[
    (
        "programme",
        "Programme name and code",
        "专业名称及代码",
        "CNC technology, 460103; direction: Haiheng order class",
        "数控技术，460103；方向：海衡订单班",
    ),
    (
        "admission",
        "Admission requirements",
        "入学要求",
        "Senior secondary graduates, secondary vocational graduates or equivalent; 4 of the 40 seats are for people recruited by the enterprise.",
        "普通高中毕业生、中等职业学校毕业生或同等学力者；40个名额中4个面向企业招工。",
    ),
    (
        "length",
        "Length of schooling",
        "修业年限",
        "3 years, at most 5",
        "三年，最长五年",
    ),
    (
        "orientation",
        "Occupational orientation",
        "职业面向",
        "CNC machine operators, process and programming technicians, and quality and line operators of machine builders",
        "面向机械制造企业的数控机床操作、数控工艺与编程、质量检测与产线运维岗位",
    ),
    (
        "objectives",
        "Training objectives and specification",
        "培养目标与培养规格",
        "Technical personnel who machine, program, inspect and maintain on their own and keep the rules of the shop floor",
        "培养能独立完成数控加工、编程、检测与维护，遵守现场规范的高素质技术技能人才",
    ),
    (
        "courses",
        "Courses and their requirements",
        "课程设置及要求",
        "44 courses in five categories; two electives of which one is taken",
        "五类44门课程，其中二选一选修一组",
    ),
    (
        "progress",
        "Overall teaching schedule",
        "教学进程总体安排",
        "Six terms; in term 4 two groups of 20 change between school and enterprise after eight weeks",
        "六个学期；第四学期两组各20人，每八周在学校与企业之间轮换",
    ),
    (
        "conditions",
        "Conditions of implementation",
        "实施保障",
        "10 teachers, 10 mentors and experts, 10 venues, among them a production line of the enterprise on campus",
        "校内教师与管理人员10名、企业导师与专家10名、场地10处，含校中厂产线一条",
    ),
    (
        "graduation",
        "Graduation requirements",
        "毕业要求",
        "157 credits and one of the certificates Z1 and Z2",
        "修满157学分，并取得Z1、Z2证书之一",
    ),
    ("appendix", "Appendix", "附录", "", ""),
];

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

/// The German trade, from its tables and, for the texts that tables do not
/// have, from the file of its source.
#[test]
fn the_german_example_is_what_its_source_gives() {
    use field::{about, category, job_item, module, section, term};
    let source: serde_json::Value =
        serde_json::from_slice(&std::fs::read(path("kmk/anlagenmechaniker.json")).unwrap())
            .unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().replace("\n\n", "\n");
    let data = &source["document_data"];
    let mut seeded = Seeded(0x00a7_1a9e);
    let mut plan = Plan::new();
    act(&mut plan, &mut seeded, |draft, _| {
        draft.about(about::kind, PlanKind::DualSystem);
        draft.about(about::status, PlanStatus::Draft);
        draft.about_langs("de en zh-CN");
        draft.say(
            ABOUT,
            about::title,
            (
                "Plant mechanic (framework curriculum)",
                "设备机械工（框架教学计划）",
                &text(&data["beruf"]),
            ),
        );
        draft.say(
            ABOUT,
            about::level,
            (
                "Dual vocational training",
                "双元制职业教育",
                "Duale Berufsausbildung",
            ),
        );
        draft.say(
            ABOUT,
            about::source,
            (
                "KMK framework curriculum as kept by janschachtschabel/curriculumexplorer. The competencies are skills of ESCO (European Commission); their links to outcomes were made by a language model.",
                "德国各州文教部长联席会议框架教学计划，取自janschachtschabel/curriculumexplorer。能力为ESCO（欧盟委员会）技能条目，与学习成果的对应由语言模型生成。",
                "Rahmenlehrplan der KMK, wie ihn janschachtschabel/curriculumexplorer führt. Die Kompetenzen sind Fertigkeiten von ESCO (Europäische Kommission); ihre Zuordnung stammt von einem Sprachmodell.",
            ),
        );
        draft.set(
            ABOUT,
            about::source_uri.key(),
            "https://github.com/janschachtschabel/curriculumexplorer",
        );
        draft.set(ABOUT, about::licence.key(), "Apache-2.0");
        for (field, value) in [(about::hour_minutes, 45), (about::length_normal, 7)] {
            draft.set(ABOUT, field.key(), value);
        }
        draft.scale(&[
            ("1", "Know", "了解"),
            ("2", "Apply", "应用"),
            ("3", "Master", "掌握"),
        ]);
        let profile = draft.section(
            "profile",
            ("Occupational profile", "职业描述", "Berufsbild"),
        );
        draft.say(
            profile,
            section::body,
            ("", "", &text(&data["berufsbeschreibung"])),
        );
        draft.sides(
            ("Vocational school", "职业学校", "Berufsschule"),
            ("Training enterprise", "培训企业", "Ausbildungsbetrieb"),
        );
        let fields = draft.category(
            ("Learning fields", "学习领域", "Lernfelder"),
            CategoryRole::LearningField,
        );
        draft.set(fields, category::code.key(), "LF");
        let role = draft.add(
            Kind::JobItem,
            None,
            vec![(job_item::tier.key(), Value::str(Tier::Role.id()))],
        );
        draft.say(
            role,
            job_item::statement,
            ("Plant mechanic", "设备机械工", &text(&data["beruf"])),
        );
    });
    tables_into(&mut plan, &mut seeded, &trade("anlagenmechaniker"));
    let mut described = std::collections::BTreeMap::new();
    for field in data["lernfeld_ausbildungsteil"].as_array().unwrap() {
        for outcome in field["kompetenzen"].as_array().unwrap() {
            for skill in outcome["skills"].as_array().unwrap() {
                described.insert(text(&skill["uri"]), text(&skill["description"]["literal"]));
            }
        }
    }
    let role = plan
        .job_items
        .iter()
        .find(|line| line.tier == Some(Of(Tier::Role)))
        .unwrap()
        .id;
    let lines: Vec<ItemId> = plan
        .job_items
        .iter()
        .filter(|line| line.id != role)
        .map(|line| line.id.into())
        .collect();
    let moves = lines.iter().map(|item| Command::Move {
        item: *item,
        owner: Some(role.0),
        spot: Spot::Last,
    });
    plan.apply(&Act::many(Verb::Move, ItemId::from(role), moves.collect()))
        .unwrap();
    act(&mut plan, &mut seeded, |draft, plan| {
        for line in plan.job_items.iter().filter(|line| line.id != role) {
            draft.set(line.id.into(), job_item::origin_source.key(), "ESCO");
            if let Some(words) = described.get(&line.origin_uri) {
                draft.say(line.id.into(), job_item::description, ("", "", words));
            }
        }
        let category = plan.categories.iter().next().unwrap().id;
        let school = plan
            .places
            .iter()
            .find(|place| place.kind == Some(Of(PlaceKind::School)))
            .unwrap()
            .id;
        for field in plan.modules.iter() {
            draft.set(
                field.id.into(),
                module::category.key(),
                category.to_string(),
            );
            let hours = field.total_hours.unwrap();
            draft.set(
                field.id.into(),
                module::hours_by_place.member(school),
                hours.halves(),
            );
        }
        for year in plan.terms.iter() {
            let number = year.year.unwrap().0;
            draft.say(
                year.id.into(),
                term::title,
                (&format!("Year {number}"), &format!("第{number}学年"), ""),
            );
        }
    });
    assert_eq!(
        (plan.modules.len(), plan.weave.len(), hours(&plan)),
        (13, 288, Hours::whole(1020))
    );
    compare("anlagenmechaniker", &plan);
}
