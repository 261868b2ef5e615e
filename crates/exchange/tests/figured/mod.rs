//! Figures and words as the screen hands them to a written file.
#![allow(dead_code, reason = "the examples take a part of it")]

use std::borrow::Cow;
use std::collections::BTreeMap;

use weft_analysis::Board;
use weft_exchange::{Figures, Gap, Going, Revision, Words, Written, weft_json, write};
use weft_model::*;

/// The texts of a locale file.
pub fn locale(tag: &str) -> BTreeMap<String, String> {
    let path = format!("{}/../../locales/{tag}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// What follows from a plan; findings by their rule alone.
pub fn figures(plan: &Plan) -> Figures {
    weft_figures::figures(&Board::new(plan), |finding| Gap {
        rule: finding.rule.to_owned(),
        subject: format!("{:?}", finding.subject),
        ..Gap::default()
    })
}

/// The files of a format as the export screen makes them.
pub fn written(id: &str, plan: &Plan, tag: &str) -> Vec<Written> {
    let texts = locale(tag);
    let find = |key: &str| texts.get(key).cloned();
    let lang = if tag == "en" { Lang::en() } else { Lang::zh() };
    let going = Going {
        plan,
        id: Uid(3),
        edited_millis: 1_772_352_000_000,
        words: Words::new(&find, &lang),
        figures: &|| Cow::Owned(figures(plan)),
        langs: &[],
        bare: true,
        only: None,
        revised: &|| {
            // As if every title had been another one.
            let lang = Lang::new(tag).unwrap();
            let kinds = [Kind::Module, Kind::JobItem].into_iter();
            let items = kinds.flat_map(|kind| {
                let all = plan.any(kind).every().into_iter();
                all.map(move |uid| ItemId { kind, uid })
            });
            let line = |item| Revision {
                what: plan.title(item).show(&lang).to_owned(),
                old: "=1".to_owned(),
                ..Revision::default()
            };
            Some(("v1".to_owned(), items.map(line).collect()))
        },
        voices: &[],
    };
    write(id, &going)
}

/// The example plan.
pub fn example() -> Plan {
    let path = format!(
        "{}/../../examples/cnc-order-class.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let bytes = std::fs::read(path).unwrap();
    let imported = weft_json::import(&bytes, &Plan::new(), &mut || Uid(1)).unwrap();
    let mut plan = Plan::new();
    let act = Act::many(Verb::Import, Subject::Plan, imported.commands);
    plan.apply(&act).unwrap();
    plan
}
