//! Weft JSON: what goes out comes back, and nothing that comes in breaks
//! anything.

use crate::random_plan::{Seeded, random_plan};
use proptest::prelude::*;
use weft_exchange::weft_json::Voice;
use weft_exchange::weft_json::{self, ExportOptions};
use weft_exchange::{ImportError, Limit, Reason};
use weft_model::*;

fn back(bytes: &[u8]) -> Plan {
    let mut seeded = Seeded(1);
    let mut plan = Plan::new();
    let imported = weft_json::import(bytes, &plan, &mut || seeded.uid()).unwrap();
    assert_eq!((imported.tray, imported.warnings), (vec![], vec![]));
    plan.apply(&Act::many(Verb::Import, Subject::Plan, imported.commands))
        .unwrap();
    plan
}

/// The first item or link in which two plans differ: a whole plan is too long
/// to read.
fn difference(a: &Plan, b: &Plan) -> Option<String> {
    for kind in Kind::ALL {
        for uid in a.any(*kind).every().into_iter().chain(b.any(*kind).every()) {
            let seen = |plan: &Plan| {
                let mut all = vec![];
                plan.any(*kind)
                    .values(uid, &mut |key, value| all.push((key, value)));
                (plan.any(*kind).order(uid).map(str::to_owned), all)
            };
            if seen(a) != seen(b) {
                return Some(format!("{kind:?} {uid}: {:?} {:?}", seen(a), seen(b)));
            }
        }
    }
    (a != b).then(|| format!("{:?} {:?}", a.weave, b.weave))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn a_plan_that_was_only_added_to_comes_back_equal(seed in 0u64..1_000_000) {
        let plan = random_plan(seed, 120, false);
        prop_assert_eq!(difference(&back(&weft_json::export(&plan)), &plan), None);
    }

    #[test]
    fn a_plan_that_was_moved_about_and_deleted_from_comes_back_in_the_same_order(seed in 0u64..1_000_000) {
        let plan = random_plan(seed, 160, true);
        for deleted in [false, true] {
            let options = ExportOptions { deleted, reader: None };
            let bytes = weft_json::export_with(&plan, options);
            let again = back(&bytes);
            prop_assert_eq!(String::from_utf8(weft_json::export_with(&again, options)).unwrap(), String::from_utf8(bytes).unwrap());
        }
    }

    #[test]
    fn random_bytes_give_an_error_or_a_result(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        weft_json::import(&bytes, &Plan::new(), &mut || Uid(5)).ok();
    }
}

#[test]
fn importing_what_is_already_there_changes_nothing() {
    let plan = random_plan(3, 200, true);
    let imported = weft_json::import(&weft_json::export(&plan), &plan, &mut || Uid(9)).unwrap();
    assert_eq!(imported.commands, vec![]);
    assert!(
        imported
            .items
            .values()
            .all(|counted| counted.new == 0 && counted.updated == 0)
    );
}

#[test]
fn every_truncation_is_an_error_or_a_result() {
    let bytes = weft_json::export(&random_plan(11, 40, true));
    for end in 0..bytes.len() {
        let cut = weft_json::import(&bytes[..end], &Plan::new(), &mut || Uid(9));
        // Only the last line break may be missing.
        assert_eq!(cut.is_ok(), end + 1 == bytes.len(), "cut at {end}");
    }
}

#[test]
fn every_changed_byte_is_an_error_or_a_result_that_applies() {
    let bytes = weft_json::export(&random_plan(11, 40, false));
    for at in 0..bytes.len() {
        for byte in [b'9', b'"', b'}', b'[', 0xff] {
            let mut bytes = bytes.clone();
            bytes[at] = byte;
            if let Ok(imported) = weft_json::import(&bytes, &Plan::new(), &mut || Uid(9)) {
                Plan::new()
                    .apply(&Act::many(Verb::Import, Subject::Plan, imported.commands))
                    .unwrap();
            }
        }
    }
}

#[test]
fn bombs_are_refused() {
    let import = |text: String| weft_json::import(text.as_bytes(), &Plan::new(), &mut || Uid(9));
    assert!(matches!(
        import("[".repeat(100_000)),
        Err(ImportError::Malformed { .. })
    ));
    assert!(matches!(
        import("{\"a\":".repeat(100_000)),
        Err(ImportError::Malformed { .. })
    ));
    assert_eq!(
        import(format!("[{}1]", "1,".repeat(1_000_001))),
        Err(ImportError::TooLarge {
            limit: Limit::Values(weft_json::VALUES_LIMIT)
        })
    );
    assert!(matches!(
        import(" ".repeat((32 << 20) + 1)),
        Err(ImportError::TooLarge {
            limit: Limit::Bytes(_)
        })
    ));
    assert_eq!(import("  \n".into()), Err(ImportError::Empty));
    assert_eq!(import("{}".into()), Err(ImportError::NotThisFormat));
    assert_eq!(
        import(r#"{"format":"weft-plan","version":2}"#.into()),
        Err(ImportError::Newer { version: 2 })
    );
    for number in [
        "1e308",
        "99999999999999999999",
        "-1",
        "1e-300",
        "0.25",
        "-0.0",
        "true",
        "\"1\"",
    ] {
        let text = format!(
            r#"{{"format":"weft-plan","version":1,"modules":[{{"total_hours":{number},"credits":{number},"enterprise_percent":{number}}}]}}"#
        );
        let imported = import(text).unwrap();
        assert_eq!(imported.items[&Kind::Module].new, 1, "{number}");
        assert!(
            !imported.tray.is_empty() || !imported.warnings.is_empty() || number == "-0.0",
            "{number}"
        );
    }
}

#[test]
fn what_is_not_known_waits_in_the_tray() {
    let text = r#"{"format":"weft-plan","version":1,"wishes":[1],
        "modules":[{"id":"0000000000001","title":{"en":"Turning"},"colour":"red","prerequisites":["000000000000f"]}, 5,
                   {"id":"0000000000001"}, {"id":"x"}],
        "units":[{"id":"0000000000002"}],
        "links":[{"module":"0000000000001","competency":"0000000000009"}]}"#;
    let imported = weft_json::import(text.as_bytes(), &Plan::new(), &mut || Uid(9)).unwrap();
    let reasons: Vec<&Reason> = imported.tray.iter().map(|row| &row.reason).collect();
    assert!(reasons.contains(&&Reason::UnknownPart {
        name: "wishes".into()
    }));
    assert!(reasons.contains(&&Reason::UnknownPart {
        name: "colour".into()
    }));
    assert_eq!(
        reasons
            .iter()
            .filter(|reason| ***reason == Reason::BadShape)
            .count(),
        2
    );
    assert!(reasons.contains(&&Reason::Twice));
    assert_eq!(
        imported.warnings.len(),
        1,
        "the prerequisite that is nowhere"
    );
    let mut plan = Plan::new();
    plan.apply(&Act::many(Verb::Import, Subject::Plan, imported.commands))
        .unwrap();
    assert_eq!(plan.modules.len(), 1);
    assert!(plan.units.is_empty() && plan.weave.is_empty());
}

#[test]
fn a_party_gets_only_what_it_may_see() {
    let mut plan = Plan::new();
    let item = |kind, uid| ItemId {
        kind,
        uid: Uid(uid),
    };
    let add = |item, fields| Command::Add {
        item,
        owner: None,
        spot: Spot::Last,
        fields,
    };
    let seen = (field::module::visible_to.member(Uid(1)), Value::Bool(true));
    let commands = vec![
        add(item(Kind::Party, 1), vec![]),
        add(item(Kind::Party, 2), vec![]),
        add(item(Kind::Module, 3), vec![seen]),
        add(
            item(Kind::Module, 4),
            vec![(
                field::module::prerequisites.member(Uid(3)),
                Value::Bool(true),
            )],
        ),
    ];
    plan.apply(&Act::many(Verb::Edit, Subject::Plan, commands))
        .unwrap();
    let lines = |party| {
        let options = ExportOptions {
            deleted: false,
            reader: Some(PartyId(Uid(party))),
        };
        String::from_utf8(weft_json::export_with(&plan, options)).unwrap()
    };
    assert!(lines(1).contains("0000000000003"));
    assert!(!lines(2).contains("0000000000003"));
}

#[test]
fn the_published_schema_is_that_of_the_model() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/formats/weft-plan.schema.json"
    );
    if std::env::var_os("WEFT_REWRITE").is_some() {
        std::fs::write(path, weft_json::schema()).unwrap();
    }
    let published = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(
        published,
        weft_json::schema(),
        "run the tests with WEFT_REWRITE=1 and commit what changes"
    );
}

/// Edits of every kind, as partners make them; the sample rooms' own chance.
#[test]
fn a_plan_after_random_acts_comes_back_with_the_same_words() {
    for seed in 0..24 {
        let mut rng = weft_sample::chance(seed);
        let mut plan = Plan::new();
        for _ in 0..150 {
            let act = weft_sample::random_act(&plan, &mut rng);
            plan.apply(&act).ok();
        }
        for deleted in [false, true] {
            let options = ExportOptions {
                deleted,
                reader: None,
            };
            let bytes = weft_json::export_with(&plan, options);
            let mut seeded = Seeded(seed);
            let imported = weft_json::import(&bytes, &Plan::new(), &mut || seeded.uid()).unwrap();
            assert_eq!(
                (imported.warnings, imported.tray),
                (vec![], vec![]),
                "seed {seed}"
            );
            let mut again = Plan::new();
            let act = Act::many(Verb::Import, Subject::Plan, imported.commands);
            again.apply(&act).unwrap();
            let again = weft_json::export_with(&again, options);
            assert!(again == bytes, "seed {seed}");
        }
    }
}

#[test]
fn the_large_plan_comes_back_equal() {
    let plan = weft_sample::large_plan(1);
    let again = back(&weft_json::export(&plan));
    assert_eq!(difference(&again, &plan), None);
}

#[test]
fn a_file_names_those_who_speak_in_it_and_nobody_else() {
    let file = r#"{"format":"weft-plan","version":1,"about":{},"comments":[
        {"id":"0000000000011","author":"0000000000005","body":{"en":"Too few"}},
        {"id":"0000000000012","author":"0000000000007","body":{"en":"Indeed"}},
        {"id":"0000000000013","author":"0000000000009","body":{"en":"Well"}}]}"#;
    let ding = Voice {
        id: Uid(5),
        name: "Ding Hui".into(),
        role: "Master".into(),
        party: Some(PartyId(Uid(3))),
    };
    let known = |id: Uid| match id.0 {
        5 => Some(ding.clone()),
        // Never said.
        7 => Some(Voice {
            id,
            ..Voice::default()
        }),
        9 => None,
        _ => panic!("{id} says nothing here"),
    };
    let named = weft_json::with_voices(file.as_bytes(), None, known);
    assert_eq!(weft_json::voices(&named), std::slice::from_ref(&ding));
    assert_eq!(weft_json::sender(&named), None);
    let lin = Voice {
        id: Uid(7),
        name: "Lin Jing".into(),
        ..Voice::default()
    };
    let sent = weft_json::with_voices(file.as_bytes(), Some(lin.clone()), known);
    assert_eq!(weft_json::sender(&sent), Some(lin.clone()));
    assert_eq!(weft_json::voices(&sent), [lin, ding.clone()]);
    let unnamed = Voice {
        id: Uid(9),
        party: Some(PartyId(Uid(3))),
        ..Voice::default()
    };
    let sent = weft_json::with_voices(file.as_bytes(), Some(unnamed.clone()), known);
    assert_eq!(weft_json::sender(&sent), Some(unnamed.clone()));
    assert_eq!(weft_json::voices(&sent), [unnamed, ding]);
    let imported = weft_json::import(&named, &Plan::new(), &mut || Uid(1)).unwrap();
    assert_eq!(imported.tray, vec![]);
    let odd = br#"{"authors":[7,{"id":"?"},{"id":"0000000000005","name":8,"party":[]}]}"#;
    let nameless = Voice {
        id: Uid(5),
        ..Voice::default()
    };
    assert_eq!(weft_json::voices(odd), [nameless]);
    assert_eq!(weft_json::voices(b"{"), []);
}
