//! A Chinese higher vocational programme: the chapters that the ministry's
//! guidance on training programmes names, the usual course categories, six
//! terms of twenty weeks.

use weft_model::{
    ABOUT, Act, CategoryRole, Kind, PlanKind, PlanStatus, TrackKind, Uid, Value, field,
};

use super::draft::{Draft, text};

pub(super) fn build(fresh: &mut dyn FnMut() -> Uid) -> Act {
    use field::{about, elective_pool, term, track};
    let mut draft = Draft::new(fresh);
    draft.about(about::kind, PlanKind::HigherVocational);
    draft.about(about::status, PlanStatus::Draft);
    draft.about_langs("zh-CN en");
    draft.say(
        ABOUT,
        about::level,
        (
            "Higher vocational education (associate)",
            "高等职业教育（专科）",
            "",
        ),
    );
    for (field, value) in [
        (about::hour_minutes, 45),
        (about::hours_per_credit, 32),
        (about::length_normal, 6),
        (about::length_max, 10),
    ] {
        draft.set(ABOUT, field.key(), value);
    }
    draft.scale(&[
        ("I", "Introduce", "入门"),
        ("P", "Practise", "应用"),
        ("M", "Master", "熟练"),
    ]);
    for (key, english, chinese) in [
        ("programme", "Programme name and code", "专业名称及代码"),
        ("admission", "Admission requirements", "入学要求"),
        ("length", "Length of schooling", "修业年限"),
        ("orientation", "Occupational orientation", "职业面向"),
        (
            "objectives",
            "Training objectives and specification",
            "培养目标与培养规格",
        ),
        (
            "analysis",
            "Typical work tasks and competencies",
            "典型工作任务与职业能力分析",
        ),
        (
            "courses",
            "Courses and their requirements",
            "课程设置及要求",
        ),
        ("progress", "Overall teaching schedule", "教学进程总体安排"),
        ("conditions", "Conditions of implementation", "实施保障"),
        ("graduation", "Graduation requirements", "毕业要求"),
        ("appendix", "Appendix", "附录"),
    ] {
        draft.section(key, (english, chinese, ""));
    }
    draft.sides(("School", "学校", ""), ("Enterprise", "企业", ""));
    for (english, chinese, role) in [
        (
            "Public basic courses",
            "公共基础课",
            CategoryRole::PublicBasic,
        ),
        (
            "Professional basic courses",
            "专业基础课",
            CategoryRole::ProfessionalBasic,
        ),
        (
            "Professional core courses",
            "专业核心课",
            CategoryRole::ProfessionalCore,
        ),
        (
            "Professional extension courses",
            "专业拓展课",
            CategoryRole::ProfessionalExtension,
        ),
        ("Practical blocks", "实践性教学环节", CategoryRole::Practice),
    ] {
        draft.category((english, chinese, ""), role);
    }
    const NUMBERS: [&str; 6] = ["一", "二", "三", "四", "五", "六"];
    for (at, chinese) in NUMBERS.into_iter().enumerate() {
        let number = at as i64 + 1;
        let (teaching, exam, flexible) = (
            (term::teaching_weeks, 16),
            (term::exam_weeks, 1),
            (term::flexible_weeks, 1),
        );
        let weeks: Vec<_> = match number {
            1 => vec![teaching, (term::military_weeks, 2), exam, flexible],
            5 => vec![
                (term::teaching_weeks, 10),
                (term::whole_week_weeks, 2),
                (term::enterprise_weeks, 6),
                exam,
                flexible,
            ],
            6 => vec![(term::enterprise_weeks, 18), (term::graduation_weeks, 2)],
            _ => vec![teaching, (term::whole_week_weeks, 2), exam, flexible],
        };
        let title = (format!("Term {number}"), format!("第{chinese}学期"));
        draft.term(
            &format!("T{number}"),
            (&title.0, &title.1, ""),
            (number + 1) / 2,
            &weeks,
        );
    }
    for (english, chinese, credits) in [
        ("Public electives", "公共任选课", 3),
        ("Professional electives", "专业拓展选修课", 4),
    ] {
        let mut fields = text(elective_pool::title, (english, chinese, ""));
        fields.push((elective_pool::take_credits.key(), Value::Int(credits * 2)));
        draft.add(Kind::ElectivePool, None, fields);
    }
    let mut fields = text(track::title, ("Ordinary class", "普通班", ""));
    fields.push((
        track::kind.key(),
        Value::str(weft_model::Choice::id(TrackKind::Ordinary)),
    ));
    draft.add(Kind::Track, None, fields);
    draft.two_keys();
    draft.act()
}
