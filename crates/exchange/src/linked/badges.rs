//! Open Badges 3.0: what can be achieved, one unsigned achievement for each
//! module and each certificate. Who awards a badge signs it with tools of
//! their own.

use serde_json::{Value as Json, json};
use weft_model::{Certificate, CertificateKind, JobItem, Module, Plan};

use super::{Ground, LinkedOptions, file, named, object, source_of};
use crate::Words;
use crate::case::derived_uuid;

/// The context documents that the terms are from.
const CONTEXT: [&str; 2] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];

/// The achievements. The same input gives the same bytes.
pub fn badges(plan: &Plan, options: LinkedOptions, words: Words<'_>) -> Vec<u8> {
    let ground = Ground::new(plan, options, words);
    let modules = plan.modules.iter().map(|module| of_module(&ground, module));
    let certificates = plan.certificates.iter();
    let certificates = certificates.map(|it| of_certificate(&ground, it));
    let nodes: Vec<Json> = modules.chain(certificates).collect();
    file(&json!(CONTEXT), &nodes)
}

fn of_module(ground: &Ground<'_>, module: &Module) -> Json {
    let lang = ground.lang();
    let aligned = ground.taught(module.id).into_iter();
    let aligned: Vec<Json> = aligned.map(|line| alignment(ground, line)).collect();
    let mut narrative = vec![module.objectives.show(lang).to_owned()];
    narrative.extend(ground.assessed(module.id));
    narrative.retain(|line| !line.is_empty());
    let told = ground.told(module);
    let narrative = match narrative.as_slice() {
        [] => told.clone(),
        lines => lines.join("\n"),
    };
    let owner = module.owner.and_then(|to| ground.plan.parties.get(to.0));
    let creator = owner.map(|party| {
        json!({
            "id": ground.urn(party.id),
            "type": ["Profile"],
            "name": named(ground.words.item(ground.plan, party.id.into())),
        })
    });
    let credits = module.credits.map(|credits| credits.as_f64().into());
    let name = ground.words.item(ground.plan, module.id.into());
    object([
        ("id", ground.urn(module.id).into()),
        ("type", json!(["Achievement"])),
        ("achievementType", "Course".into()),
        ("name", named(name)),
        ("description", named(told)),
        ("criteria", json!({"narrative": named(narrative)})),
        ("humanCode", module.code.as_str().into()),
        ("creditsAvailable", credits.unwrap_or_default()),
        ("inLanguage", lang.as_str().into()),
        ("creator", creator.unwrap_or_default()),
        ("alignment", json!(aligned)),
    ])
}

fn alignment(ground: &Ground<'_>, line: &JobItem) -> Json {
    let plan = ground.plan;
    let framework = line.framework.and_then(|to| plan.frameworks.get(to.0));
    let title = framework.map_or(&plan.about().title, |framework| &framework.title);
    // Lines of our own stand under this address in the CASE package.
    let is_item = source_of(line).is_none() || framework.is_some_and(|it| it.format == "case");
    let name = ground.words.item(plan, line.id.into());
    object([
        ("type", json!(["Alignment"])),
        ("targetCode", line.code.as_str().into()),
        ("targetName", named(name)),
        ("targetUrl", ground.address(line).into()),
        ("targetFramework", title.show(ground.lang()).into()),
        ("targetType", if is_item { "CFItem" } else { "" }.into()),
    ])
}

fn of_certificate(ground: &Ground<'_>, certificate: &Certificate) -> Json {
    let lang = ground.lang();
    let name = ground.words.item(ground.plan, certificate.id.into());
    let said = [
        certificate.note.show(lang),
        certificate.level.show(lang),
        &name,
    ];
    let told = said.into_iter().find(|it| !it.is_empty());
    let told = told.unwrap_or_default().to_owned();
    let authority = certificate.authority.show(lang);
    let creator = (!authority.is_empty()).then(|| {
        let uuid = derived_uuid(&format!("authority {authority}"));
        json!({"id": format!("urn:uuid:{uuid}"), "type": ["Profile"], "name": authority})
    });
    let narrative = match certificate.required.show(lang) {
        "" => told.clone(),
        required => required.to_owned(),
    };
    let kind = match certificate.kind.map(|kind| kind.0) {
        Some(CertificateKind::OnePlusX) => "MicroCredential",
        Some(CertificateKind::Enterprise | CertificateKind::General) => "Certificate",
        _ => "Certification",
    };
    object([
        ("id", ground.urn(certificate.id).into()),
        ("type", json!(["Achievement"])),
        ("achievementType", kind.into()),
        ("name", named(name)),
        ("description", named(told)),
        ("criteria", json!({"narrative": named(narrative)})),
        ("humanCode", certificate.code.as_str().into()),
        ("inLanguage", lang.as_str().into()),
        ("creator", creator.unwrap_or_default()),
    ])
}
