//! CTDL-ASN: the job outline as a competency framework, the modules as courses
//! that teach it, the partners as organizations.

use serde_json::{Value as Json, json};
use weft_model::{Lang, Module, Plan, Text, Tier};

use super::{Ground, LinkedOptions, file, is_address, map, map_or, object, source_of};
use crate::Words;

/// The context documents that the terms are from.
const CONTEXT: [&str; 2] = [
    "https://credreg.net/ctdlasn/schema/context/json",
    "https://credreg.net/ctdl/schema/context/json",
];

/// The plan as CTDL-ASN. The same input gives the same bytes.
pub fn ctdl(plan: &Plan, options: LinkedOptions, words: Words<'_>) -> Vec<u8> {
    let ground = Ground::new(plan, options, words);
    let whole = format!("urn:uuid:{}", ground.programme());
    let mut nodes = vec![framework(&ground)];
    nodes.extend(ground.lines().map(|(row, line)| {
        let above = row.parent.map(|above| ground.urn(above));
        let top = above.is_none().then_some(whole.as_str());
        let below = ground.outline.children(row.id);
        let below: Vec<String> = below.map(|row| ground.urn(row.id)).collect();
        let lang = ground.lang();
        object([
            ("@type", "ceasn:Competency".into()),
            ("@id", ground.urn(line.id).into()),
            ("ceterms:ctid", ctid(&ground.uuid(line.id.into()))),
            (
                "ceasn:competencyText",
                map_or(&line.statement, lang, &line.code),
            ),
            ("ceasn:codedNotation", line.code.as_str().into()),
            ("ceasn:competencyCategory", json!({"en": tier(row.tier)})),
            ("ceasn:comment", map(&line.note).unwrap_or_default()),
            ("ceasn:inLanguage", languages(&line.statement, lang)),
            ("ceasn:isPartOf", json!([whole])),
            ("ceasn:isTopChildOf", json!(Vec::from_iter(top))),
            ("ceasn:isChildOf", json!(Vec::from_iter(above))),
            ("ceasn:hasChild", json!(below)),
            (
                "ceasn:exactAlignment",
                json!(Vec::from_iter(source_of(line))),
            ),
        ])
    }));
    nodes.extend(plan.modules.iter().map(|module| course(&ground, module)));
    nodes.extend(plan.parties.iter().map(|party| {
        let name = map_or(&party.name, ground.lang(), &party.code);
        object([
            ("@type", "ceterms:Organization".into()),
            ("@id", ground.urn(party.id).into()),
            ("ceterms:ctid", ctid(&ground.uuid(party.id.into()))),
            ("ceterms:name", name),
        ])
    }));
    file(&json!(CONTEXT), &nodes)
}

fn framework(ground: &Ground<'_>) -> Json {
    let (about, lang) = (ground.plan.about(), ground.lang());
    let name = map_or(&about.title, lang, &about.code);
    // Required; the chapter that says what the programme is for, else its name.
    let mut sections = ground.plan.sections.iter();
    let purpose = sections.find(|section| section.key == "objectives");
    let described = purpose.and_then(|section| map(&section.body));
    let parties = ground.plan.parties.iter();
    let parties: Vec<String> = parties.map(|it| ground.urn(it.id)).collect();
    let names = ground.plan.parties.iter().map(|it| it.name.show(lang));
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    let publisher = match names.as_slice() {
        [] => Json::Null,
        names => json!({ lang.as_str(): names }),
    };
    let top = ground.lines().filter(|(row, _)| row.parent.is_none());
    let top: Vec<String> = top.map(|(row, _)| ground.urn(row.id)).collect();
    let whole = ground.programme();
    let licence = Some(about.licence.as_str()).filter(|text| is_address(text));
    object([
        ("@type", "ceasn:CompetencyFramework".into()),
        ("@id", format!("urn:uuid:{whole}").into()),
        ("ceterms:ctid", ctid(&whole)),
        ("ceasn:name", name.clone()),
        ("ceasn:description", described.unwrap_or(name)),
        ("ceasn:inLanguage", languages(&about.title, lang)),
        ("ceasn:publisher", json!(parties)),
        ("ceasn:publisherName", publisher),
        ("ceasn:dateModified", ground.changed().into()),
        ("ceasn:license", licence.unwrap_or_default().into()),
        ("ceasn:hasTopChild", json!(top)),
    ])
}

fn course(ground: &Ground<'_>, module: &Module) -> Json {
    let lang = ground.lang();
    let whole = format!("urn:uuid:{}", ground.programme());
    let title = map_or(&ground.plan.about().title, lang, "");
    let teaches = ground.taught(module.id).into_iter().map(|line| {
        object([
            ("@type", "ceterms:CredentialAlignmentObject".into()),
            ("ceterms:targetNode", ground.urn(line.id).into()),
            (
                "ceterms:targetNodeName",
                map_or(&line.statement, lang, &line.code),
            ),
            ("ceterms:codedNotation", line.code.as_str().into()),
            ("ceterms:framework", whole.as_str().into()),
            ("ceterms:frameworkName", title.clone()),
        ])
    });
    let teaches: Vec<Json> = teaches.collect();
    let credits = module
        .credits
        .map(|it| json!([{"@type": "ceterms:ValueProfile", "schema:value": it.as_f64()}]));
    let length = ground.duration(module.total_hours).map(
        |length| json!([{"@type": "ceterms:DurationProfile", "ceterms:exactDuration": length}]),
    );
    let owner = module.owner.map(|to| ground.urn(to.0));
    let described = map(&module.description).or_else(|| map(&module.objectives));
    object([
        ("@type", "ceterms:Course".into()),
        ("@id", ground.urn(module.id).into()),
        ("ceterms:ctid", ctid(&ground.uuid(module.id.into()))),
        ("ceterms:name", map_or(&module.title, lang, &module.code)),
        ("ceterms:description", described.unwrap_or_default()),
        ("ceterms:codedNotation", module.code.as_str().into()),
        ("ceterms:inLanguage", languages(&module.title, lang)),
        ("ceterms:creditValue", credits.unwrap_or_default()),
        ("ceterms:estimatedDuration", length.unwrap_or_default()),
        ("ceterms:ownedBy", json!(Vec::from_iter(owner))),
        ("ceterms:teaches", json!(teaches)),
    ])
}

/// The identifier of a resource in a registry: its grammar
/// (<https://credreg.net/ctdl/ctid>) has a UUID of version 4 behind `ce-`, in
/// small letters, and ours are of version 8.
fn ctid(uuid: &str) -> Json {
    let signs = uuid.char_indices();
    let signs = signs.map(|(at, sign)| match at {
        VERSION_AT => '4',
        _ => sign.to_ascii_lowercase(),
    });
    format!("ce-{}", signs.collect::<String>()).into()
}

/// Where a UUID says of which version it is.
const VERSION_AT: usize = 14;

/// The languages of a text; the reader's where it has none.
fn languages(text: &Text, lang: &Lang) -> Json {
    let all: Vec<&str> = text.iter().map(|(lang, _)| lang.as_str()).collect();
    match all.as_slice() {
        [] => json!([lang.as_str()]),
        all => json!(all),
    }
}

const fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Role => "Job Role",
        Tier::Task => "Typical Work Task",
        Tier::Content => "Work Content",
        Tier::Competency => "Competency",
    }
}
