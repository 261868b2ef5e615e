//! Packages that mean harm or are torn: an error or a result, never a crash.

use crate::foreign_shelf::*;
use serde_json::{Value as Json, json};
use weft_exchange::Fate;
use weft_exchange::case::{self, CaseOptions};
use weft_exchange::foreign::{Foreign, Options};
use weft_model::*;

fn options() -> CaseOptions {
    CaseOptions {
        plan: Uid(77),
        at: 0,
        lang: Lang::en(),
    }
}

fn package(name: &str) -> (Vec<u8>, Json) {
    let bytes = fixture(&format!("case/{name}.json"));
    let json = serde_json::from_slice(&bytes).unwrap();
    (bytes, json)
}

fn import(bytes: &[u8], into: &Plan) -> weft_exchange::Imported {
    let files = [("x.json", bytes)];
    take(Foreign::Case, &files, into, &Options::default()).unwrap()
}

#[test]
fn torn_and_hostile_packages_are_an_error_or_a_result() {
    let (bytes, _) = package("everything-v1p1");
    for end in (0..bytes.len()).step_by(97) {
        assert!(
            take(
                Foreign::Case,
                &[("x", &bytes[..end])],
                &Plan::new(),
                &Options::default()
            )
            .is_err()
        );
    }
    for at in (0..bytes.len()).step_by(61) {
        for byte in [b'9', b'"', b'}', b'[', 0xff] {
            let mut torn = bytes.clone();
            torn[at] = byte;
            if let Ok(imported) = take(
                Foreign::Case,
                &[("x", &torn)],
                &Plan::new(),
                &Options::default(),
            ) {
                after(&Plan::new(), &imported);
            }
        }
    }
    // Types that no key expects, anywhere.
    for odd in [
        "null",
        "[]",
        "{}",
        "\"\"",
        "1e99",
        "[[[]]]",
        "{\"identifier\":[]}",
    ] {
        let odd: Json = serde_json::from_str(odd).unwrap();
        let json: Json = serde_json::from_slice(&bytes).unwrap();
        let mut paths = Vec::new();
        walk(&json, String::new(), &mut paths);
        for path in paths.iter().step_by(3) {
            let mut json = json.clone();
            *json.pointer_mut(path).unwrap() = odd.clone();
            if let Ok(imported) = take(
                Foreign::Case,
                &[("x", json.to_string().as_bytes())],
                &Plan::new(),
                &Options::default(),
            ) {
                let plan = after(&Plan::new(), &imported);
                case::export(&plan, &options());
            }
        }
    }
    for bomb in [
        "[".repeat(100_000),
        "{\"CFItems\":".repeat(10_000),
        format!("{{\"CFItems\":[{}{{}}]}}", "{},".repeat(1_000_001)),
    ] {
        assert!(
            take(
                Foreign::Case,
                &[("x", bomb.as_bytes())],
                &Plan::new(),
                &Options::default()
            )
            .is_err()
        );
    }
}

fn walk(json: &Json, at: String, paths: &mut Vec<String>) {
    match json {
        Json::Object(all) => {
            for (key, value) in all {
                paths.push(format!("{at}/{key}"));
                walk(value, format!("{at}/{key}"), paths);
            }
        }
        Json::Array(all) => {
            for (key, value) in all.iter().enumerate() {
                paths.push(format!("{at}/{key}"));
                walk(value, format!("{at}/{key}"), paths);
            }
        }
        _ => {}
    }
}

#[test]
fn a_long_chain_and_a_wide_framework_come_in() {
    let link = |to: usize| json!({ "title": "", "identifier": to.to_string(), "uri": "" });
    for (count, above) in [(3_000_usize, None), (3_000, Some(0))] {
        let items: Vec<Json> = (0..count)
            .map(|at| json!({ "identifier": at.to_string(), "fullStatement": format!("s{at}") }))
            .collect();
        let edges: Vec<Json> = (1..count).map(|at| json!({ "identifier": format!("e{at}"), "associationType": "isChildOf", "originNodeURI": link(at), "destinationNodeURI": link(above.unwrap_or(at - 1)) })).collect();
        let text = json!({ "CFDocument": { "identifier": "d" }, "CFItems": items, "CFAssociations": edges });
        let imported = import(text.to_string().as_bytes(), &Plan::new());
        assert_eq!(fates(&imported, Fate::Tray), 0);
        assert_eq!(after(&Plan::new(), &imported).job_items.len(), count);
    }
}
