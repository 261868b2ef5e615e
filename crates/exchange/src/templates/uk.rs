//! A UK-style apprenticeship of two years: duties with knowledge, skills and
//! behaviours below them, training on and off the job, end-point assessment.

use weft_model::{
    ABOUT, Act, CategoryRole, Choice, CompetencyKind, Kind, PartyKind, PlaceKind, PlanKind,
    PlanStatus, Tier, Uid, Value, field,
};

use super::draft::{Draft, text};

pub(super) fn build(fresh: &mut dyn FnMut() -> Uid) -> Act {
    use field::{about, job_item, term};
    let mut draft = Draft::new(fresh);
    draft.about(about::kind, PlanKind::Apprenticeship);
    draft.about(about::status, PlanStatus::Draft);
    draft.about_langs("en zh-CN");
    draft.say(ABOUT, about::level, ("Apprenticeship", "学徒制", ""));
    for (field, value) in [(about::hour_minutes, 60), (about::length_normal, 4)] {
        draft.set(ABOUT, field.key(), value);
    }
    draft.scale(&[
        ("A", "Aware", "了解"),
        ("D", "Developing", "提高"),
        ("C", "Competent", "胜任"),
    ]);
    for (key, english, chinese) in [
        ("profile", "Occupation profile", "职业描述"),
        ("duties", "Duties", "职责"),
        (
            "ksbs",
            "Knowledge, skills and behaviours",
            "知识、技能与行为",
        ),
        ("off_the_job", "Off-the-job training plan", "脱产培训计划"),
        ("gateway", "Gateway", "终评准入"),
        ("end_point", "End-point assessment", "终点评价"),
    ] {
        draft.section(key, (english, chinese, ""));
    }
    draft.sides(
        ("Training provider", "培训机构", ""),
        ("Employer", "雇主企业", ""),
    );
    draft.place(("Online", "线上", ""), PlaceKind::Online, None);
    draft.party(
        ("End-point assessment organisation", "终点评价机构", ""),
        PartyKind::AssessmentBody,
    );
    draft.category(
        ("Off-the-job training", "脱产培训", ""),
        CategoryRole::OffTheJob,
    );
    draft.category(
        ("On-the-job training", "在岗培训", ""),
        CategoryRole::OnTheJob,
    );
    draft.category(
        ("English and mathematics", "英语与数学", ""),
        CategoryRole::PublicBasic,
    );
    for number in 1..=4 {
        let exam = if number == 4 { 2 } else { 0 };
        let weeks = [
            (term::teaching_weeks, 5),
            (term::enterprise_weeks, 18 - exam),
            (term::exam_weeks, exam),
            (term::holiday_weeks, 3),
        ];
        let title = (format!("Half-year {number}"), format!("第{number}半年"));
        draft.term(
            &format!("H{number}"),
            (&title.0, &title.1, ""),
            (number + 1) / 2,
            &weeks,
        );
    }
    let line = |tier: Tier, code: String, words: (&str, &str)| {
        let mut fields = vec![(job_item::tier.key(), Value::str(tier.id()))];
        if !code.is_empty() {
            fields.push((job_item::code.key(), Value::Str(code)));
        }
        fields.extend(text(job_item::statement, (words.0, words.1, "")));
        fields
    };
    let role = draft.add(
        Kind::JobItem,
        None,
        line(Tier::Role, String::new(), ("Occupation", "职业")),
    );
    for number in 1..=3 {
        let words = (format!("Duty {number}"), format!("职责{number}"));
        let duty = draft.add(
            Kind::JobItem,
            Some(role),
            line(Tier::Task, format!("D{number}"), (&words.0, &words.1)),
        );
        for (letter, kind, english, chinese) in [
            ("K", CompetencyKind::Knowledge, "Knowledge", "知识"),
            ("S", CompetencyKind::Skill, "Skill", "技能"),
            ("B", CompetencyKind::Behaviour, "Behaviour", "行为"),
        ] {
            let words = (format!("{english} {number}"), format!("{chinese}{number}"));
            let mut fields = line(
                Tier::Competency,
                format!("{letter}{number}"),
                (&words.0, &words.1),
            );
            fields.push((job_item::kind.key(), Value::str(kind.id())));
            draft.add(Kind::JobItem, Some(duty), fields);
        }
    }
    draft.two_keys();
    draft.act()
}
