//! CASE: real packages come in whole, and go out as they came.

use crate::foreign_shelf::*;
use crate::random_plan;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use weft_exchange::case::{self, CaseOptions};
use weft_exchange::foreign::{Foreign, Options};
use weft_exchange::{Reason, WarningKind};
use weft_model::*;

fn options() -> CaseOptions {
    CaseOptions {
        plan: Uid(77),
        at: 1_772_352_000_000,
        lang: Lang::en(),
    }
}

fn package(name: &str) -> (Vec<u8>, Json) {
    let bytes = fixture(&format!("case/{name}.json"));
    let json = serde_json::from_slice(&bytes).unwrap();
    (bytes, json)
}

fn import(bytes: &[u8], into: &Plan) -> weft_exchange::Imported {
    take(
        Foreign::Case,
        &[("x.json", bytes)],
        into,
        &Options::default(),
    )
    .unwrap()
}

fn entries(package: &Json) -> usize {
    let list = |value: &Json| value.as_array().map_or(0, Vec::len);
    let definitions = package["CFDefinitions"].as_object();
    let definitions: usize = definitions
        .into_iter()
        .flatten()
        .map(|(_, all)| list(all))
        .sum();
    let known = [
        "CFDocument",
        "CFItems",
        "CFAssociations",
        "CFDefinitions",
        "CFRubrics",
    ];
    let others = package.as_object().unwrap().keys();
    let others = others
        .filter(|name| !known.contains(&name.as_str()))
        .count();
    1 + list(&package["CFItems"])
        + list(&package["CFAssociations"])
        + list(&package["CFRubrics"])
        + definitions
        + others
}

#[test]
fn every_entry_of_every_package_is_applied_or_kept() {
    for name in CASE_PACKAGES {
        let (bytes, json) = package(name);
        let imported = import(&bytes, &Plan::new());
        balance(name, entries(&json), &imported);
        assert_eq!(imported.tray, vec![], "{name}");
        let plan = after(&Plan::new(), &imported);
        assert_eq!(
            plan.job_items.len(),
            json["CFItems"].as_array().unwrap().len()
        );
        // Once more: nothing is new.
        let again = import(&bytes, &plan);
        assert_eq!(again.commands, vec![], "{name}");
    }
}

#[test]
fn the_outline_follows_the_hierarchy_and_its_numbers() {
    let plan = after(
        &Plan::new(),
        &import(&package("everything-v1p1").0, &Plan::new()),
    );
    assert_eq!(
        outline(&plan),
        [
            "Role R1 Machine operator",
            "  Task T1 Turn parts",
            "    Competency T1.1 Set up a lathe",
            "    Competency T1.2 Know cutting speeds",
            "    Competency T1.3 Werkstücke prüfen",
            "    Competency 0.9 Set up a lathe",
        ]
    );
    let line = |code: &str| {
        plan.job_items
            .iter()
            .find(|line| line.code == code)
            .unwrap()
    };
    assert_eq!(line("T1.1").kind, Some(Of(CompetencyKind::Skill)));
    assert_eq!(line("T1.2").kind, Some(Of(CompetencyKind::Knowledge)));
    assert_eq!(line("T1.3").statement.get(&Lang::de()), "Werkstücke prüfen");
    assert_eq!(line("T1.1").note.get(&Lang::en()), "With a three-jaw chuck");
    let framework = plan.frameworks.iter().next().unwrap();
    assert_eq!(framework.title.get(&Lang::en()), "Turning and milling");
    assert_eq!(
        (framework.release.as_str(), framework.licence.as_str()),
        ("2026-1", "CC BY 4.0")
    );
    assert_eq!(line("T1.1").origin_release, "2026-1");
    assert!(
        line("T1.1")
            .origin_uri
            .starts_with("https://example.org/ims/case/v1p1/CFItems/")
    );
}

#[test]
fn a_hierarchy_deeper_than_the_outline_keeps_all_its_lines() {
    let (bytes, json) = package("Ordering");
    let imported = import(&bytes, &Plan::new());
    let plan = after(&Plan::new(), &imported);
    assert_eq!(
        plan.job_items.len(),
        json["CFItems"].as_array().unwrap().len()
    );
    let deep = imported.warnings.iter();
    let deep = deep.filter(|warning| matches!(warning.kind, WarningKind::PutHigher { .. }));
    assert!(deep.count() > 0);
}

/// What a package says, in the shape of 1.1 and in an order of its own.
fn sorted(package: &Json, part: &str) -> Vec<Json> {
    let mut all: Vec<Json> = package[part].as_array().cloned().unwrap_or_default();
    all.sort_by_key(|one| one["identifier"].to_string());
    all
}

#[test]
fn a_package_of_1_1_goes_out_as_it_came() {
    let (bytes, json) = package("everything-v1p1");
    let plan = after(&Plan::new(), &import(&bytes, &Plan::new()));
    let out = case::export(&plan, &options());
    let back: Json = serde_json::from_slice(&out).unwrap();
    for part in ["CFItems", "CFAssociations", "CFRubrics"] {
        let (was, is) = (sorted(&json, part), sorted(&back, part));
        for (was, is) in was.iter().zip(&is) {
            assert_eq!(was, is);
        }
        assert_eq!(was.len(), is.len(), "{part}");
    }
    for part in ["CFDocument", "CFDefinitions", "extensions"] {
        assert_eq!(json[part], back[part], "{part}");
    }
    assert_eq!(out, case::export(&plan, &options()));
}

#[test]
fn packages_of_1_0_go_out_with_their_identifiers_in_the_shape_of_1_1() {
    for name in CASE_PACKAGES {
        let (bytes, json) = package(name);
        let plan = after(&Plan::new(), &import(&bytes, &Plan::new()));
        let back: Json = serde_json::from_slice(&case::export(&plan, &options())).unwrap();
        assert_eq!(
            json["CFDocument"]["identifier"],
            back["CFDocument"]["identifier"]
        );
        for part in ["CFItems", "CFAssociations"] {
            let (was, is) = (sorted(&json, part), sorted(&back, part));
            assert_eq!(was.len(), is.len(), "{name} {part}");
            for (was, is) in was.iter().zip(&is) {
                for key in [
                    "identifier",
                    "uri",
                    "fullStatement",
                    "humanCodingScheme",
                    "associationType",
                    "CFItemType",
                    "notes",
                    "abbreviatedStatement",
                ] {
                    assert_eq!(was[key], is[key], "{name} {part} {key}");
                }
                let number = |one: &Json| one["sequenceNumber"].to_string().replace('"', "");
                assert_eq!(number(was), number(is));
                assert_eq!(
                    was["originNodeURI"]["identifier"],
                    is["originNodeURI"]["identifier"]
                );
                assert_eq!(
                    was["destinationNodeURI"]["identifier"],
                    is["destinationNodeURI"]["identifier"]
                );
                if let Some(level) = was["educationalLevel"].as_str() {
                    let levels: Vec<&str> = level.split(',').collect();
                    assert_eq!(is["educationLevel"], json!(levels));
                }
            }
        }
    }
}

// That what goes out fits the schemas of CASE is for a validator that is not ours
// (tests/validators/validate.mjs).
#[test]
fn an_outline_and_what_teaches_it_come_back_from_a_package() {
    let example = std::fs::read(format!(
        "{}/../../examples/cnc-order-class.json",
        env!("CARGO_MANIFEST_DIR")
    ))
    .unwrap();
    let imported =
        weft_exchange::weft_json::import(&example, &Plan::new(), &mut || Uid(1)).unwrap();
    let plan = after(&Plan::new(), &imported);
    let out = case::export(&plan, &options());
    let back = import(&out, &Plan::new());
    assert_eq!((&back.tray, &back.warnings), (&vec![], &vec![]));
    let again = after(&Plan::new(), &back);
    assert_eq!(outline(&again), outline(&plan));
    assert_eq!(
        again.weave.len(),
        plan.weave
            .iter()
            .map(|(key, _)| (key.module, key.competency))
            .collect::<std::collections::BTreeSet<_>>()
            .len()
    );
}

/// What CASE carries of a plan: lines, modules, and what these teach.
fn carried(plan: &Plan) -> Vec<String> {
    let mut all = Vec::new();
    let outline = Outline::of(plan);
    let lines = outline
        .rows()
        .iter()
        .map(|row| (ItemId::from(row.id), row.parent));
    let modules = plan
        .modules
        .iter()
        .map(|module| (ItemId::from(module.id), None));
    for (item, parent) in lines.chain(modules) {
        all.push(format!("{item:?} below {parent:?}"));
        plan.any(item.kind).values(item.uid, &mut |key, value| {
            let points = key.field.shape().target().is_some();
            if !points && key.field.shape() != Shape::Verbatim {
                all.push(format!("  {key} {value:?}"));
            }
        });
    }
    let whole = plan.weave.iter().filter(|(key, _)| key.unit.is_none());
    for (key, link) in whole {
        let ends = [key.module.into(), key.competency.into()];
        if ends.iter().all(|end| plan.is_live(*end)) && outline.row(key.competency).is_some() {
            all.push(format!(
                "{key} {:?} {:?} {:?}",
                link.level, link.strength, link.note
            ));
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(11), ..ProptestConfig::default() })]

    #[test]
    fn what_case_carries_of_a_plan_comes_back_equal(seed in 0u64..1_000_000) {
        let mut plan = random_plan::random_plan(seed, 140, false);
        // Units have no place in it.
        for uid in plan.units.iter().map(|unit| unit.id).collect::<Vec<_>>() {
            plan.apply(&Act::one(Verb::Delete, Subject::Plan, Command::Delete { item: uid.into() })).unwrap();
        }
        let out = case::export(&plan, &options());
        let imported = import(&out, &Plan::new());
        prop_assert_eq!(&imported.tray, &vec![]);
        let back = after(&Plan::new(), &imported);
        prop_assert_eq!(carried(&back), carried(&plan));
        // Into the same plan, it changes nothing.
        let again = import(&out, &plan);
        prop_assert!(again.commands.is_empty(), "{:?}", again.commands);
    }
}

#[test]
fn quirks_of_other_tools_are_read_for_what_they_mean() {
    let text = json!({ "CFPackage": {
        "CFDocument": { "sourcedId": "d0", "title": "中文", "creator": "x" },
        "CFItems": [
            { "sourcedId": "a", "fullStatement": "能操作数控车床", "educationalLevel": "06,07", "notes": null, "language": null },
            { "identifier": "b", "fullStatement": "B", "educationLevel": ["1"] },
        ],
        "CFAssociations": [
            { "associationType": "isChildOf", "originNodeURI": "https://x.org/b", "destinationNodeURI": "https://x.org/a" },
        ],
        "CFDefinitions": [], "CFRubrics": null,
    } });
    let imported = import(text.to_string().as_bytes(), &Plan::new());
    assert_eq!(imported.tray, vec![]);
    let plan = after(&Plan::new(), &imported);
    assert_eq!(outline(&plan), ["Task  能操作数控车床", "  Competency  B"]);
    let line = plan
        .job_items
        .iter()
        .find(|line| !line.statement.get(&Lang::zh()).is_empty());
    assert!(line.is_some());
}

#[test]
fn rings_second_parents_and_lines_from_nowhere_are_said() {
    let link = |to: &str| json!({ "title": "", "identifier": to, "uri": "" });
    let child = |from: &str, to: &str| json!({ "identifier": format!("{from}>{to}"), "associationType": "isChildOf", "originNodeURI": link(from), "destinationNodeURI": link(to) });
    let text = json!({
        "CFDocument": { "identifier": "d" },
        "CFItems": [
            { "identifier": "a", "fullStatement": "A" }, { "identifier": "b", "fullStatement": "B" },
            { "identifier": "c", "fullStatement": "C" }, { "identifier": "c", "fullStatement": "C again" },
            { "fullStatement": 5 }, "x", {},
        ],
        "CFAssociations": [
            child("a", "b"), child("b", "a"), child("c", "a"), child("c", "d"), child("c", "gone"), child("gone", "c"), child("c", "c"),
            { "associationType": "precedes" }, 7,
        ],
        "CFDefinitions": { "CFItemTypes": [3], "CFConcepts": {} },
    });
    let imported = import(text.to_string().as_bytes(), &Plan::new());
    balance("rings", 1 + 7 + 9 + 2, &imported);
    let kinds: Vec<&WarningKind> = imported
        .warnings
        .iter()
        .map(|warning| &warning.kind)
        .collect();
    assert!(
        kinds
            .iter()
            .any(|it| matches!(it, WarningKind::PutAtTop { what } if !what.is_empty()))
    );
    assert!(
        kinds
            .iter()
            .any(|kind| matches!(kind, WarningKind::AlsoBelow { what, text } if [what, text].iter().all(|it| it.chars().all(char::is_uppercase))))
    );
    let reasons: Vec<&Reason> = imported.tray.iter().map(|row| &row.reason).collect();
    assert!(
        reasons.contains(&&Reason::Twice)
            && reasons.contains(&&Reason::NoName)
            && reasons.contains(&&Reason::BadShape)
    );
    assert_eq!(after(&Plan::new(), &imported).job_items.len(), 3);
}

#[test]
fn a_changed_line_goes_out_changed_and_all_else_as_it_came() {
    let (bytes, json) = package("everything-v1p1");
    let mut plan = after(&Plan::new(), &import(&bytes, &Plan::new()));
    let line = plan
        .job_items
        .iter()
        .find(|line| line.code == "T1.2")
        .unwrap()
        .id;
    let set = |key, value| Command::Set {
        item: line.into(),
        key,
        value: Some(value),
    };
    let commands = vec![
        set(
            field::job_item::statement.lang(Lang::en()),
            Value::str("Know speeds and feeds"),
        ),
        set(field::job_item::required_level.key(), Value::Int(2)),
    ];
    plan.apply(&Act::many(Verb::Edit, Subject::Plan, commands))
        .unwrap();
    let back: Json = serde_json::from_slice(&case::export(&plan, &options())).unwrap();
    let (was, is) = (sorted(&json, "CFItems"), sorted(&back, "CFItems"));
    let changed: Vec<&Json> = is.iter().filter(|one| !was.contains(one)).collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0]["fullStatement"], "Know speeds and feeds");
    assert_eq!(
        changed[0]["extensions"],
        json!({ "hours": 8, "weft": { "required_level": 2 } })
    );
    assert_eq!(
        changed[0]["lastChangeDateTime"],
        "2026-03-01T08:00:00+00:00"
    );
    // And comes back with its level.
    let again = import(back.to_string().as_bytes(), &plan);
    assert!(again.commands.len() <= 1, "{:?}", again.commands);
}

#[test]
fn a_newer_release_updates_its_lines_in_place() {
    let (bytes, mut json) = package("everything-v1p1");
    let plan = after(&Plan::new(), &import(&bytes, &Plan::new()));
    json["CFDocument"]["version"] = json!("2027-1");
    json["CFItems"][2]["fullStatement"] = json!("Set up a CNC lathe");
    let imported = import(json.to_string().as_bytes(), &plan);
    assert_eq!(imported.items[&Kind::JobItem].new, 0);
    let next = after(&plan, &imported);
    assert_eq!(next.frameworks.len(), 1);
    let line = next
        .job_items
        .iter()
        .find(|line| line.code == "T1.1")
        .unwrap();
    assert_eq!(line.statement.get(&Lang::en()), "Set up a CNC lathe");
    assert_eq!(line.origin_release, "2027-1");
}
