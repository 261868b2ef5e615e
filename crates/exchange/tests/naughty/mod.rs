//! Texts that have broken other programs, in every field of a plan.

use weft_model::*;

/// Texts that must come out as they are, and those with letters that most
/// formats cannot hold, of which none may break anything.
pub fn texts() -> (Vec<String>, Vec<String>) {
    let path = format!(
        "{}/../../tests/fixtures/naughty.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let list = |name: &str| {
        let all = json[name].as_array().unwrap().iter();
        all.map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    (list("texts"), list("unprintable"))
}

/// The example plan with one of these texts in every text of every item, in
/// both languages, and in every line; the second counts where it begins.
pub fn naughty_plan(mut plan: Plan, texts: &[String], first: usize) -> Plan {
    let mut next = first;
    let mut turn = || {
        next += 1;
        texts[next % texts.len()].clone()
    };
    let mut commands = Vec::new();
    for kind in Kind::ALL.iter().copied() {
        let mut items = plan.any(kind).live();
        if items.is_empty() {
            let item = ItemId {
                kind,
                uid: Uid(9_000 + kind as u64),
            };
            let add = Command::Add {
                item,
                owner: None,
                spot: Spot::Last,
                fields: vec![],
            };
            if plan
                .apply(&Act::one(Verb::Edit, Subject::Plan, add))
                .is_ok()
            {
                items.push(item.uid);
            }
        }
        for uid in items {
            let item = ItemId { kind, uid };
            for field in kind.all_fields() {
                match field.shape() {
                    Shape::Text => {
                        for lang in [Lang::en(), Lang::zh()] {
                            commands.push((item, field.lang(lang), turn()));
                        }
                    }
                    // What the plan itself reads must stay what it is.
                    Shape::Line if !KEPT.contains(&field.name()) => {
                        commands.push((item, field.key(), turn()));
                    }
                    _ => {}
                }
            }
        }
    }
    for (item, key, text) in commands {
        let set = Command::Set {
            item,
            key,
            value: Some(Value::Str(text)),
        };
        // A line that a rule of the model does not allow stays as it was.
        plan.apply(&Act::one(Verb::Edit, Subject::Plan, set)).ok();
    }
    plan
}

/// Lines that are no words: keys of chapters and formats, signatures, points
/// of the history.
const KEPT: &[&str] = &[
    "key",
    "format",
    "params",
    "rule",
    "subject",
    "figures",
    "anchor",
    "target",
    "base",
    "proposed",
    "point",
    "digest",
    "proof",
    "confirmed",
];
