//! The example plans that ship with the app are made here, from the fixtures:
//! a test fails when a committed file is not what the fixtures give. Run with
//! WEFT_REWRITE=1 to write them anew.

use crate::making::*;
use crate::random_plan::Seeded;
use crate::shelf::*;
use weft_model::*;

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
