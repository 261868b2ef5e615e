//! The European Learning Model 3, application profile EDC: the programme and
//! its modules as specifications of learning achievements, the competencies as
//! learning outcomes.

use serde_json::{Value as Json, json};
use weft_model::{Credits, Lang, Module, Plan, Text};

use super::{Ground, LinkedOptions, file, map, map_or, object, source_of};
use crate::Words;
use crate::case::derived_uuid;

/// The context document that the terms are from.
const CONTEXT: &str = "http://data.europa.eu/snb/model/context/edc-ap";
/// The list of languages that the model uses.
const LANGUAGES: &str = "http://publications.europa.eu/resource/authority/language";

/// The plan in the European Learning Model. The same input gives the same bytes.
pub fn elm(plan: &Plan, options: LinkedOptions, words: Words<'_>) -> Vec<u8> {
    let ground = Ground::new(plan, options, words);
    let mut nodes = vec![programme(&ground)];
    nodes.extend(plan.modules.iter().map(|module| of_module(&ground, module)));
    nodes.extend(ground.outline.competencies().filter_map(|id| {
        let line = plan.job_items.get(id)?;
        let urn = ground.urn(id);
        let source = source_of(line);
        let esco = source.filter(|uri| uri.contains("data.europa.eu/esco/"));
        let other = source.filter(|_| esco.is_none());
        Some(object([
            ("@id", urn.as_str().into()),
            ("@type", "LearningOutcome".into()),
            ("title", map_or(&line.statement, ground.lang(), &line.code)),
            ("identifier", identifier(&urn, &line.code)),
            ("additionalNote", note(&line.description)),
            ("relatedESCOSkill", linked(esco)),
            ("relatedSkill", linked(other)),
        ]))
    }));
    nodes.extend(plan.parties.iter().map(|party| {
        let name = map_or(&party.name, ground.lang(), &party.code);
        object([
            ("@id", ground.urn(party.id).into()),
            // An organisation would need the country in which it is.
            ("@type", "Agent".into()),
            ("prefLabel", name),
        ])
    }));
    file(&CONTEXT.into(), &nodes)
}

fn programme(ground: &Ground<'_>) -> Json {
    let about = ground.plan.about();
    let urn = format!("urn:uuid:{}", ground.programme());
    let parts = ground.plan.modules.iter();
    let parts: Vec<Json> = parts.map(|it| json!({"@id": ground.urn(it.id)})).collect();
    let parties = ground.plan.parties.iter();
    let parties: Vec<Json> = parties
        .map(|it| json!({"@id": ground.urn(it.id)}))
        .collect();
    let longest = about.length_max.or(about.length_normal);
    let longest = longest.map(|years| {
        let months = if years.halves() % 2 == 1 { "6M" } else { "" };
        format!("P{}Y{months}", years.halves() / 2)
    });
    object([
        ("@id", urn.as_str().into()),
        ("@type", "LearningAchievementSpecification".into()),
        ("title", map_or(&about.title, ground.lang(), &about.code)),
        ("identifier", identifier(&urn, &about.code)),
        ("additionalNote", note(&about.level)),
        ("maximumDuration", longest.unwrap_or_default().into()),
        ("language", languages(&about.title)),
        ("publisher", json!(parties)),
        ("hasPart", json!(parts)),
    ])
}

fn of_module(ground: &Ground<'_>, module: &Module) -> Json {
    let urn = ground.urn(module.id);
    let outcomes = ground.taught(module.id).into_iter();
    let outcomes: Vec<Json> = outcomes
        .map(|line| json!({"@id": ground.urn(line.id)}))
        .collect();
    let before = module.prerequisites.iter();
    let before: Vec<String> = before
        .filter(|id| ground.plan.is_live((**id).into()))
        .map(|id| ground.words.code_and_title(ground.plan, (*id).into()))
        .collect();
    let before = Text::one(ground.lang().clone(), before.join("; "));
    let assessments = ground.plan.assessments.below(module.id).map(|it| {
        let name = ground.words.item(ground.plan, it.id.into());
        object([
            ("@id", ground.urn(it.id).into()),
            ("@type", "LearningAssessmentSpecification".into()),
            ("title", map_or(&it.title, ground.lang(), &name)),
        ])
    });
    let assessments: Vec<Json> = assessments.collect();
    let length = ground.duration(module.total_hours);
    let described = map(&module.description).or_else(|| map(&module.objectives));
    let whole = format!("urn:uuid:{}", ground.programme());
    object([
        ("@id", urn.as_str().into()),
        ("@type", "LearningAchievementSpecification".into()),
        ("title", map_or(&module.title, ground.lang(), &module.code)),
        ("description", described.unwrap_or_default()),
        ("identifier", identifier(&urn, &module.code)),
        ("volumeOfLearning", length.unwrap_or_default().into()),
        ("creditPoint", credit(&urn, module.credits)),
        ("language", languages(&module.title)),
        ("entryRequirement", note(&before)),
        ("provenBy", json!(assessments)),
        ("learningOutcome", json!(outcomes)),
        ("isPartOf", linked(Some(&whole))),
    ])
}

/// The credits of the plan: a system of its own, not that of Europe.
fn credit(of: &str, credits: Option<Credits>) -> Json {
    let Some(credits) = credits else {
        return Json::Null;
    };
    json!([{
        "@id": part_of(of, "credits"),
        "@type": "CreditPoint",
        "framework": {
            "@id": part_of("the programme", "credits"),
            "@type": "Concept",
            "prefLabel": {"en": "Credits of the programme"},
        },
        "point": credits.to_string(),
    }])
}

fn identifier(of: &str, code: &str) -> Json {
    if code.is_empty() {
        return Json::Null;
    }
    json!([{"@id": part_of(of, "code"), "@type": "Identifier", "notation": code}])
}

fn note(text: &Text) -> Json {
    map(text).map_or(
        Json::Null,
        |words| json!([{"@type": "Note", "noteLiteral": words}]),
    )
}

fn linked(address: Option<&str>) -> Json {
    address.map_or(Json::Null, |address| json!([{"@id": address}]))
}

fn part_of(of: &str, what: &str) -> String {
    format!("urn:uuid:{}", derived_uuid(&format!("{what} of {of}")))
}

/// The languages of a text that the list of the model has by a name we know.
fn languages(text: &Text) -> Json {
    let name = |lang: &Lang| {
        let code = match lang.as_str().split('-').next()? {
            "zh" => "ZHO",
            "en" => "ENG",
            "de" => "DEU",
            "fr" => "FRA",
            "es" => "SPA",
            "it" => "ITA",
            _ => return None,
        };
        Some(json!({"@id": format!("{LANGUAGES}/{code}"), "@type": "Concept"}))
    };
    let all: Vec<Json> = text.iter().filter_map(|(lang, _)| name(lang)).collect();
    json!(all)
}
