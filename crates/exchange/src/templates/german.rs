//! A German dual-system trade: three years, four learning fields a year with
//! usual guide hours, school and enterprise as places of learning.

use weft_model::{
    ABOUT, Act, CategoryRole, Kind, PartyKind, PlaceKind, PlanKind, PlanStatus, Uid, Value, field,
};

use super::draft::{Draft, text};

pub(super) fn build(fresh: &mut dyn FnMut() -> Uid) -> Act {
    use field::{about, module, offering, term};
    let mut draft = Draft::new(fresh);
    draft.about(about::kind, PlanKind::DualSystem);
    draft.about(about::status, PlanStatus::Draft);
    draft.about_langs("de en zh-CN");
    draft.say(
        ABOUT,
        about::level,
        (
            "Dual vocational training",
            "双元制职业教育",
            "Duale Berufsausbildung",
        ),
    );
    for (field, value) in [
        (about::hour_minutes, 45),
        (about::length_normal, 6),
        (about::length_max, 7),
    ] {
        draft.set(ABOUT, field.key(), value);
    }
    draft.scale(&[
        ("1", "Know", "了解"),
        ("2", "Apply", "应用"),
        ("3", "Master", "掌握"),
    ]);
    for (key, words) in [
        (
            "profile",
            ("Occupational profile", "职业描述", "Berufsbild"),
        ),
        (
            "principles",
            ("Didactic principles", "教学原则", "Didaktische Grundsätze"),
        ),
        (
            "overview",
            (
                "Overview of the learning fields",
                "学习领域一览",
                "Übersicht über die Lernfelder",
            ),
        ),
        (
            "training_plan",
            (
                "Training framework plan",
                "企业培训框架计划",
                "Ausbildungsrahmenplan",
            ),
        ),
        (
            "cooperation",
            (
                "Cooperation of the places of learning",
                "学习地点合作",
                "Lernortkooperation",
            ),
        ),
        ("examinations", ("Examinations", "考试", "Prüfungen")),
    ] {
        draft.section(key, words);
    }
    let (school, _) = draft.sides(
        ("Vocational school", "职业学校", "Berufsschule"),
        ("Training enterprise", "培训企业", "Ausbildungsbetrieb"),
    );
    draft.place(
        (
            "Inter-company training centre",
            "跨企业培训中心",
            "Überbetriebliche Ausbildungsstätte",
        ),
        PlaceKind::Third,
        None,
    );
    draft.party(("Chamber", "行业协会", "Kammer"), PartyKind::IndustryBody);
    let fields = draft.category(
        ("Learning fields", "学习领域", "Lernfelder"),
        CategoryRole::LearningField,
    );
    draft.category(
        (
            "General education",
            "普通文化课",
            "Allgemeinbildender Bereich",
        ),
        CategoryRole::PublicBasic,
    );
    draft.category(
        ("In-company training", "企业培训", "Betriebliche Ausbildung"),
        CategoryRole::OnTheJob,
    );
    let mut number = 0;
    for year in 1..=3 {
        let exam = i64::from(year == 3);
        let weeks = [
            (term::teaching_weeks, 12),
            (term::enterprise_weeks, 34 - exam),
            (term::exam_weeks, exam),
            (term::holiday_weeks, 6),
        ];
        let title = (
            format!("Year {year}"),
            format!("第{year}学年"),
            format!("{year}. Ausbildungsjahr"),
        );
        let term = draft.term(
            &format!("Y{year}"),
            (&title.0, &title.1, &title.2),
            year,
            &weeks,
        );
        for hours in [80, 60, 80, 60] {
            number += 1;
            let words = (
                format!("Learning field {number}"),
                format!("学习领域{number}"),
                format!("Lernfeld {number}"),
            );
            let mut values = vec![
                (module::code.key(), Value::Str(format!("LF{number}"))),
                (module::category.key(), Value::Str(fields.uid.to_string())),
                (module::total_hours.key(), Value::Int(hours * 2)),
                (
                    module::hours_by_place.member(school.uid),
                    Value::Int(hours * 2),
                ),
                (module::period.key(), Value::Str(title.2.clone())),
            ];
            values.extend(text(module::title, (&words.0, &words.1, &words.2)));
            let learning_field = draft.add(Kind::Module, None, values);
            let stretch = vec![
                (offering::term.key(), Value::Str(term.uid.to_string())),
                (offering::hours.key(), Value::Int(hours * 2)),
            ];
            draft.add(Kind::Offering, Some(learning_field), stretch);
        }
    }
    draft.two_keys();
    draft.act()
}
