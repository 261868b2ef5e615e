//! What the tests that make the example plans share.

use crate::random_plan::Seeded;
use crate::shelf::*;
use weft_exchange::tables::{self, ApplyOptions};
use weft_exchange::templates::Draft;
use weft_exchange::weft_json;
use weft_model::*;

pub fn compare(name: &str, plan: &Plan) {
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

pub fn act(plan: &mut Plan, seeded: &mut Seeded, fill: impl FnOnce(&mut Draft<'_>, &Plan)) {
    let before = plan.clone();
    let mut fresh = || seeded.uid();
    let mut draft = Draft::new(&mut fresh);
    fill(&mut draft, &before);
    plan.apply(&draft.act()).unwrap();
}

pub fn tables_into(
    plan: &mut Plan,
    seeded: &mut Seeded,
    sheets: &[(tables::Sheet, tables::Matching)],
) {
    let imported = tables::apply(plan, sheets, &ApplyOptions::default(), &mut || seeded.uid());
    assert_eq!(
        (&imported.tray, &imported.warnings, &imported.questions),
        (&vec![], &vec![], &vec![])
    );
    plan.apply(&Act::many(Verb::Import, Subject::Plan, imported.commands))
        .unwrap();
}

pub const CNC_SECTIONS: &[(&str, &str, &str, &str, &str)] = &[
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
