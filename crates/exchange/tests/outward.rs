//! What stands in the files for calendars, other systems and readers.

use std::collections::{BTreeMap, BTreeSet};

use crate::figured::{example, written};
use crate::foreign_shelf::{after, fixture, outline, take};
use serde_json::Value as Json;
use weft_exchange::foreign::{Foreign, Options};
use weft_model::*;

fn text_of(id: &str, plan: &Plan, tag: &str) -> String {
    let file = written(id, plan, tag).into_iter().next().unwrap();
    String::from_utf8(file.bytes).unwrap()
}

fn json_of(id: &str, plan: &Plan) -> Json {
    serde_json::from_str(&text_of(id, plan, "en")).unwrap()
}

/// Kind, uid and fields.
type Item<'a> = (Kind, u64, &'a [(Field, &'a str)]);

fn plan_of(items: &[Item<'_>]) -> Plan {
    let mut plan = Plan::new();
    for (kind, uid, fields) in items {
        let item = ItemId {
            kind: *kind,
            uid: Uid(*uid),
        };
        let fields = fields.iter().map(|(field, text)| match field.shape() {
            Shape::Text => (field.lang(Lang::en()), Value::str(*text)),
            Shape::Int { .. } => (field.key(), Value::Int(text.parse().unwrap())),
            _ => (field.key(), Value::str(*text)),
        });
        let add = Command::Add {
            item,
            owner: kind.owner_field().map(|_| Uid(5)),
            spot: Spot::Last,
            fields: fields.collect(),
        };
        plan.apply(&Act::one(Verb::Edit, Subject::Plan, add))
            .unwrap();
    }
    plan
}

#[test]
fn a_term_is_an_event_of_whole_days_with_a_uid_that_stays() {
    use field::{rotation_block as b, term as f};
    let term = Uid(2).to_string();
    let plan = plan_of(&[
        (
            Kind::Term,
            2,
            &[
                (f::code, "T1"),
                (f::title, "Autumn; one, and a\\b"),
                (f::start, "2026-12-28"),
                (f::weeks, "20"),
                (f::note, "first\nsecond"),
            ],
        ),
        (Kind::Term, 3, &[(f::code, "T2"), (f::weeks, "18")]),
        (Kind::Mode, 5, &[(field::mode::title, "Rotation")]),
        (
            Kind::RotationBlock,
            4,
            &[
                (b::term, &term),
                (b::first_week, "3"),
                (b::last_week, "4"),
                (b::group, "A"),
            ],
        ),
    ]);
    let plan_uid = Uid(3);
    let expected = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Weft//Weft//EN",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Plan",
        "BEGIN:VEVENT",
        &format!("UID:term-{}@{plan_uid}.weft", Uid(2)),
        "DTSTAMP:20260301T080000Z",
        "DTSTART;VALUE=DATE:20261228",
        "DTEND;VALUE=DATE:20270517",
        "SUMMARY:T1 Autumn\\; one\\, and a\\\\b",
        "DESCRIPTION:Weeks: 20\\nfirst\\nsecond",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "BEGIN:VEVENT",
        &format!("UID:block-{}@{plan_uid}.weft", Uid(4)),
        "DTSTAMP:20260301T080000Z",
        "DTSTART;VALUE=DATE:20270111",
        "DTEND;VALUE=DATE:20270125",
        "SUMMARY:A · Rotation",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ];
    assert_eq!(
        text_of("icalendar", &plan, "en"),
        expected.join("\r\n"),
        "2026-03-01T08:00 is the moment of the last edit"
    );
}

#[test]
fn a_long_line_of_a_calendar_is_folded_between_letters() {
    use field::term as f;
    let long = "学期".repeat(100);
    let plan = plan_of(&[(
        Kind::Term,
        2,
        &[
            (f::title, &long),
            (f::start, "2026-09-07"),
            (f::weeks, "20"),
        ],
    )]);
    let text = text_of("icalendar", &plan, "en");
    assert!(text.split("\r\n").all(|line| line.len() <= 75));
    assert!(text.contains("\r\n 期") || text.contains("\r\n 学"));
    assert!(text.replace("\r\n ", "").contains(&long));
}

#[test]
fn without_a_dated_term_there_is_no_calendar() {
    assert!(written("icalendar", &Plan::new(), "en").is_empty());
}

/// Every address of a graph, and the nodes that have one.
fn addresses(json: &Json, linked: &mut BTreeSet<String>) {
    match json {
        Json::String(text) if text.starts_with("urn:uuid:") => {
            linked.insert(text.clone());
        }
        Json::Array(all) => all.iter().for_each(|it| addresses(it, linked)),
        Json::Object(all) => all.values().for_each(|it| addresses(it, linked)),
        _ => {}
    }
}

#[test]
fn every_link_within_a_graph_leads_to_a_node_of_it() {
    let plan = example();
    for (id, key) in [("ctdl", "@id"), ("elm", "@id")] {
        let json = json_of(id, &plan);
        let nodes: Vec<&Json> = json["@graph"].as_array().unwrap().iter().collect();
        let ids: BTreeSet<String> = nodes
            .iter()
            .map(|node| node[key].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(ids.len(), nodes.len(), "{id}: an address twice");
        let lists = [
            "ceasn:isPartOf",
            "ceasn:isChildOf",
            "ceasn:hasChild",
            "ceasn:isTopChildOf",
            "ceasn:hasTopChild",
            "ceasn:publisher",
            "ceterms:ownedBy",
            "learningOutcome",
            "hasPart",
            "isPartOf",
            "publisher",
        ];
        let mut linked = BTreeSet::new();
        for node in &nodes {
            for list in lists {
                addresses(&node[list], &mut linked);
            }
        }
        assert!(linked.len() > 50, "{id}: {}", linked.len());
        let lost: Vec<&String> = linked.difference(&ids).collect();
        assert_eq!(lost, Vec::<&String>::new(), "{id}");
    }
}

#[test]
fn the_same_competency_has_the_same_address_in_every_format() {
    let plan = example();
    let case = json_of("case", &plan);
    let of_case: BTreeSet<String> = case["CFItems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| format!("urn:uuid:{}", item["identifier"].as_str().unwrap()))
        .collect();
    for id in ["badges", "rsd"] {
        let json = json_of(id, &plan);
        let mut linked = BTreeSet::new();
        match id {
            "badges" => {
                for node in json["@graph"].as_array().unwrap() {
                    addresses(&node["alignment"], &mut linked);
                }
            }
            _ => {
                for skill in json["skills"].as_array().unwrap() {
                    addresses(&skill["id"], &mut linked);
                }
            }
        }
        assert!(linked.len() > 20 && linked.is_subset(&of_case), "{id}");
    }
}

#[test]
fn a_module_says_its_length_on_the_clock() {
    // 96 class hours of 45 minutes.
    let plan = example();
    let module = plan
        .modules
        .iter()
        .find(|it| it.total_hours == Some(Hours::whole(96)))
        .unwrap();
    assert_eq!(plan.about().hour_minutes.unwrap().0, 45);
    let json = json_of("elm", &plan);
    let node = json["@graph"]
        .as_array()
        .unwrap()
        .iter()
        .find(|node| node["identifier"][0]["notation"].as_str() == Some(module.code.as_str()));
    assert_eq!(node.unwrap()["volumeOfLearning"], "PT72H");
}

#[test]
fn descriptors_that_came_in_go_out_under_their_own_addresses_and_come_back_equal() {
    let bytes = fixture("osmt/collection_get.json");
    let source: Json = serde_json::from_slice(&bytes).unwrap();
    let files = [("collection.json", bytes.as_slice())];
    let empty = Plan::new();
    let plan = after(
        &empty,
        &take(Foreign::Rsd, &files, &empty, &Options::default()).unwrap(),
    );
    let json = json_of("rsd", &plan);
    let by_id = |json: &Json| -> BTreeMap<String, Json> {
        let skills = json["skills"].as_array().unwrap().iter();
        skills
            .map(|skill| (skill["id"].as_str().unwrap().to_owned(), skill.clone()))
            .collect()
    };
    let (before, now) = (by_id(&source), by_id(&json));
    assert_eq!(
        before.keys().collect::<Vec<_>>(),
        now.keys().collect::<Vec<_>>()
    );
    for (id, skill) in &before {
        for key in [
            "uuid",
            "skillName",
            "skillStatement",
            "categories",
            "keywords",
            "occupations",
            "status",
            "publishDate",
        ] {
            if !skill[key].is_null() {
                assert_eq!(now[id][key], skill[key], "{key} of {id}");
            }
        }
    }
    for id in ["rsd", "rsd_csv"] {
        let again = text_of(id, &plan, "en");
        let files = [("again", again.as_bytes())];
        let read = take(Foreign::Rsd, &files, &plan, &Options::default()).unwrap();
        let after = after(&plan, &read);
        assert_eq!(outline(&after), outline(&plan), "{id}");
        assert_eq!(after.job_items.len(), plan.job_items.len(), "{id}");
    }
}

#[test]
fn a_page_has_one_title_and_headings_without_gaps_in_its_language() {
    for (tag, title) in [("en", "Contents"), ("zh-CN", "目录")] {
        let page = text_of("html", &example(), tag);
        assert!(page.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{tag}\">")));
        assert!(page.contains(&format!("<nav aria-label=\"{title}\">")));
        assert_eq!(page.matches("<h1>").count(), 1);
        let mut last = 1;
        let mut count = 0;
        for (at, _) in page.match_indices("<h") {
            let level = page[at + 2..].chars().next().unwrap();
            let Some(level) = level.to_digit(10) else {
                continue;
            };
            assert!(level <= last + 1, "h{level} after h{last}");
            (last, count) = (level, count + 1);
        }
        assert!(count > 40, "{count}");
        // The weave stands there with its letters, the list with both sides.
        assert!(page.contains("<th scope=\"rowgroup\"") && page.contains("<th scope=\"row\""));
    }
}

#[test]
fn a_weave_that_no_one_could_read_is_left_to_the_list() {
    let large = weft_sample::large_plan(1);
    let page = text_of("html", &large, "en");
    assert!(page.contains("The weave is too large for a table here"));
    assert!(page.contains("Correspondence list"));
}
