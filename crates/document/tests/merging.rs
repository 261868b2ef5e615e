//! Bytes from elsewhere: late, twice, damaged, newer, or from another plan.

use crate::bench;
use crate::bench::*;
use loro::LoroDoc;
use rand::Rng;
use weft_document::*;
use weft_model::*;

fn module_key() -> String {
    Uid(10).to_string()
}

#[test]
fn items_and_texts_made_on_both_sides_become_one() {
    let mut ada = small();
    let mut ben = reopen(&ada, 2);
    ada.apply(&add(Kind::Party, 50, None, vec![]), 0).unwrap();
    ben.apply(&add(Kind::Party, 50, None, vec![]), 0).unwrap();
    let name = TextAt::Field(item(Kind::Party, 50), field::party::name);
    ada.apply(&write(name, 0, 0, "School"), 0).unwrap();
    ben.apply(&write(name, 0, 0, "Works"), 0).unwrap();
    ben.apply(
        &one(set(
            item(Kind::Party, 50),
            field::party::code.key(),
            "P".into(),
        )),
        0,
    )
    .unwrap();
    exchange(&mut ada, &mut ben);
    for document in [&ada, &ben] {
        let text = document.plan().text(name, &Lang::en());
        assert!(text.contains("School") && text.contains("Works"), "{text}");
        assert_eq!(
            document.plan().parties.get(PartyId(Uid(50))).unwrap().code,
            "P"
        );
    }
    assert_eq!(ada.plan(), ben.plan());
}

#[test]
fn what_the_plan_says_of_itself_merges_by_field() {
    let mut ada = Document::create(PLAN, PeerId(1), &ada(), 0);
    let mut ben = reopen(&ada, 2);
    ada.apply(&one(set(ABOUT, field::about::code.key(), "A".into())), 0)
        .unwrap();
    ben.apply(
        &one(set(
            ABOUT,
            field::about::intake_year.key(),
            Value::Int(2_026),
        )),
        0,
    )
    .unwrap();
    exchange(&mut ada, &mut ben);
    assert_eq!(ada.plan(), ben.plan());
    let about = ada.plan().about();
    assert!(about.code == "A" && about.intake_year.is_some());
}

#[test]
fn a_deleted_item_that_a_partner_edits_keeps_both() {
    let mut ada = small();
    let mut ben = reopen(&ada, 2);
    ada.apply(&one(Command::Delete { item: module(10) }), 0)
        .unwrap();
    ben.apply(&write(title(module(10)), 0, 0, "Turning"), 0)
        .unwrap();
    exchange(&mut ada, &mut ben);
    assert!(!ada.plan().is_live(module(10)));
    assert_eq!(ada.plan().text(title(module(10)), &Lang::en()), "Turning");
    assert_eq!(ada.plan().weave.len(), 1);
}

#[test]
fn changes_that_come_too_early_wait_and_say_so() {
    let mut ada = small();
    let mut ben = reopen(&ada, 2);
    let first = ada
        .apply(&add(Kind::Module, 20, None, vec![]), 0)
        .unwrap()
        .update;
    let second = ada.apply(&link(20, 3, None), 0).unwrap().update;
    let before = ben.plan().clone();
    let merged = ben.merge(&second).unwrap();
    assert!(merged.pending && !merged.news && merged.change.is_empty());
    assert_eq!(ben.plan(), &before);
    // The records as a log has them: the early one alone opens, and waits.
    let opened = Document::open(PLAN, [ben.save(), second.clone()], PeerId(4)).unwrap();
    assert!(opened.pending);
    assert_eq!(opened.document.plan(), &before);
    let merged = ben.merge(&first).unwrap();
    assert!(!merged.pending && merged.news);
    assert!(merged.change.links.contains(&link_key(20, 3)));
    assert_eq!(ben.plan(), ada.plan());
    for update in [&first, &second] {
        let again = ben.merge(update).unwrap();
        assert!(!again.pending && !again.news && again.change.is_empty());
    }
}

#[test]
fn a_peer_that_is_used_twice_is_noticed() {
    let base = small();
    let mut ada = reopen(&base, 5);
    let mut twin = reopen(&base, 5);
    ada.apply(&link(10, 4, Some(1)), 0).unwrap();
    let twins = twin
        .apply(&add(Kind::Module, 30, None, vec![]), 0)
        .unwrap()
        .update;
    assert_eq!(ada.merge(&twins).unwrap_err(), MergeError::SamePeer);
    let mut third = reopen(&base, 6);
    third.merge(&ada.updates_since(&base.version())).unwrap();
    assert!(matches!(
        third.merge(&twins),
        Err(MergeError::SamePeer | MergeError::Damaged)
    ));
    assert_eq!(third.plan(), ada.plan());
    assert_eq!(
        Document::open(PLAN, [ada.save()], PeerId(5))
            .map(|_| ())
            .unwrap_err(),
        OpenError::PeerUsed
    );
}

#[test]
fn bytes_that_are_cut_or_flipped_are_refused_and_change_nothing() {
    let mut ada = small();
    let mut ben = reopen(&ada, 2);
    let update = ada
        .apply(&write(title(module(10)), 0, 0, "Turning"), 0)
        .unwrap()
        .update;
    let before = ben.plan().clone();
    for cut in 1..update.len() {
        assert_eq!(
            ben.merge(&update[..cut]).unwrap_err(),
            MergeError::Damaged,
            "{cut}"
        );
    }
    let mut rng = weft_sample::chance(1);
    for _ in 0..2_000 {
        let mut bytes = update.clone();
        let at = rng.random_range(0..bytes.len());
        bytes[at] ^= 1 << rng.random_range(0..8);
        // Loro leaves twelve bytes of its head unused; they carry nothing.
        if !(4..16).contains(&at) {
            assert_eq!(
                ben.merge(&bytes).unwrap_err(),
                MergeError::Damaged,
                "byte {at}"
            );
        }
    }
    // Whole, and of a kind that comes after those that are known.
    let mut newer = update.clone();
    newer[20] = 0x7F;
    let sum = xxhash_rust::xxh32::xxh32(&newer[20..], u32::from_le_bytes(*b"LORO"));
    newer[16..20].copy_from_slice(&sum.to_le_bytes());
    assert_eq!(ben.merge(&newer).unwrap_err(), MergeError::Newer);
    assert_eq!(ben.plan(), &before);
    ben.merge(&update).unwrap();
    assert_eq!(ben.plan(), ada.plan());
    let saved = ada.save();
    for cut in (1..saved.len()).step_by(37) {
        let error = Document::open(PLAN, [&update[..], &saved[..cut]], PeerId(3)).map(|_| ());
        assert_eq!(error.unwrap_err(), OpenError::Damaged { record: 1 });
    }
}

#[test]
fn too_many_bytes_are_refused_unread() {
    let mut ada = small();
    let bytes = vec![0; UPDATE_LIMIT + 1];
    let limit = UPDATE_LIMIT;
    assert_eq!(
        ada.merge(&bytes).unwrap_err(),
        MergeError::TooLarge { limit }
    );
    let error = Document::open(PLAN, [ada.save(), bytes], PeerId(3)).map(|_| ());
    assert_eq!(error.unwrap_err(), OpenError::TooLarge { record: 1 });
}

#[test]
fn a_plan_from_a_newer_program_is_for_reading_only() {
    let mut ada = small();
    let newer = foreign(&ada, |loro| {
        loro.get_map("meta").insert("schema", 2).unwrap();
        loro.get_map("modules")
            .ensure_mergeable_map(&module_key())
            .unwrap()
            .insert("colour", "red")
            .unwrap();
    });
    let before = ada.plan().clone();
    ada.merge(&newer).unwrap();
    assert_eq!(ada.access(), Access::ReadOnly { schema: 2 });
    assert_eq!(ada.plan(), &before);
    assert_eq!(
        ada.apply(&link(10, 4, None), 0).unwrap_err(),
        EditError::ReadOnly
    );
    assert_eq!(ada.undo(0).unwrap_err(), UndoError::ReadOnly);
    let mut copy = reopen(&ada, 3);
    let version = copy.version();
    assert_eq!(copy.access(), Access::ReadOnly { schema: 2 });
    assert_eq!(copy.set_author(&bench::ada(), 0), None);
    assert_eq!(copy.version(), version);
    assert_eq!(copy.fingerprint(), ada.fingerprint());
}

#[test]
fn what_this_program_does_not_know_is_kept() {
    let mut ada = small();
    let unknown = foreign(&ada, |loro| {
        let map = loro
            .get_map("modules")
            .ensure_mergeable_map(&module_key())
            .unwrap();
        map.insert("colour", "red").unwrap();
        map.insert("~later", 1.5).unwrap();
        loro.get_map("weave")
            .insert(&format!("{}#shade", link_key(10, 3)), 1)
            .unwrap();
        loro.get_map("gardens")
            .ensure_mergeable_map("x")
            .unwrap()
            .insert("y", 1)
            .unwrap();
    });
    let before = ada.plan().clone();
    assert!(ada.merge(&unknown).unwrap().news);
    assert_eq!(ada.plan(), &before);
    ada.apply(
        &one(set(module(10), field::module::code.key(), "A".into())),
        0,
    )
    .unwrap();
    let copy = reopen(&ada, 3);
    let loro = LoroDoc::from_snapshot(&copy.save()).unwrap();
    let text = format!("{:?}", loro.get_deep_value());
    assert!(text.contains("colour") && text.contains("gardens") && text.contains("#shade"));
}

#[test]
fn values_of_the_wrong_type_are_shown_as_misfits_and_can_be_set_right() {
    let mut ada = small();
    let odd = foreign(&ada, |loro| {
        let map = loro
            .get_map("modules")
            .ensure_mergeable_map(&module_key())
            .unwrap();
        map.insert("total_hours", "many").unwrap();
        map.insert("credits", 1.5).unwrap();
        map.insert("nature", "sometimes").unwrap();
        map.insert("counted", vec![1, 2]).unwrap();
        map.insert("title@en", "no text").unwrap();
        map.insert("~order", 5).unwrap();
        map.insert("~deleted", "yes").unwrap();
        map.insert(&format!("prerequisites/{}", Uid(3)), 7).unwrap();
        map.ensure_mergeable_map("code")
            .unwrap()
            .insert("a", 1)
            .unwrap();
        let weave = loro.get_map("weave");
        weave.insert(&link_key(10, 4).to_string(), 77).unwrap();
        weave
            .insert(&format!("{}#strength", link_key(10, 3)), 9)
            .unwrap();
        weave
            .insert(&format!("{}#note@en", link_key(10, 3)), 9)
            .unwrap();
        loro.get_map("modules")
            .insert(&Uid(40).to_string(), "no map")
            .unwrap();
        loro.get_map("modules").insert("nonsense", 1).unwrap();
    });
    ada.merge(&odd).unwrap();
    assert_eq!(reopen(&ada, 3).plan(), ada.plan());
    let misfits = ada.plan().violations();
    assert_eq!(misfits.len(), 6, "{misfits:?}");
    assert!(
        misfits
            .iter()
            .all(|v| matches!(v, Violation::Misfit { .. }))
    );
    // Every one of them takes a new value.
    let acts = [
        one(set(
            module(10),
            field::module::total_hours.key(),
            Value::Int(8),
        )),
        one(set(module(10), field::module::credits.key(), Value::Int(2))),
        one(set(module(10), field::module::nature.key(), "free".into())),
        one(set(
            module(10),
            field::module::counted.key(),
            Value::Bool(true),
        )),
        one(set(
            module(10),
            field::module::prerequisites.member(Uid(10)),
            Value::Bool(true),
        )),
        one(set(module(10), field::module::code.key(), "A".into())),
        write(title(module(10)), 0, 0, "Turning"),
        write(TextAt::LinkNote(link_key(10, 3)), 0, 0, "remark"),
        link(10, 4, Some(1)),
        add(Kind::Module, 40, None, vec![]),
    ];
    for act in acts {
        ada.apply(&act, 0).unwrap();
        assert_eq!(reopen(&ada, 4).plan(), ada.plan(), "{act:?}");
    }
    assert_eq!(
        ada.plan().text(title(module(10)), &Lang::en()),
        "Turningno text"
    );
    assert_eq!(
        ada.plan()
            .text(TextAt::LinkNote(link_key(10, 3)), &Lang::en()),
        "remark"
    );
    assert!(ada.plan().is_live(module(40)));
    assert_eq!(ada.plan().weave.len(), 2);
}

#[test]
fn a_text_that_grew_too_long_by_merging_can_be_written_anew() {
    let mut ada = small();
    let mut ben = reopen(&ada, 2);
    let half = "x".repeat(TEXT_LIMIT * 2 / 3);
    ada.apply(&write(title(module(10)), 0, 0, &half), 0)
        .unwrap();
    ben.apply(&write(title(module(10)), 0, 0, &half), 0)
        .unwrap();
    exchange(&mut ada, &mut ben);
    assert_eq!(ada.plan().text(title(module(10)), &Lang::en()), "");
    assert_eq!(ada.plan().violations().len(), 1);
    ada.apply(&write(title(module(10)), 0, 0, "short"), 0)
        .unwrap();
    exchange(&mut ada, &mut ben);
    assert_eq!(ben.plan().text(title(module(10)), &Lang::en()), "short");
    assert_eq!(ada.plan(), ben.plan());
}

#[test]
fn containers_nested_without_end_are_kept_and_not_followed() {
    let mut ada = small();
    let nested = foreign(&ada, |loro| {
        let mut map = loro
            .get_map("modules")
            .ensure_mergeable_map(&module_key())
            .unwrap();
        for _ in 0..3_000 {
            map = map
                .insert_container("deeper", loro::LoroMap::new())
                .unwrap();
        }
    });
    let before = ada.plan().clone();
    ada.merge(&nested).unwrap();
    assert_eq!(ada.plan(), &before);
    let copy = reopen(&ada, 3);
    assert_eq!(copy.plan(), &before);
    assert_eq!(copy.fingerprint(), ada.fingerprint());
}

#[test]
fn an_item_that_somebody_tears_out_is_gone_for_all_alike() {
    let mut ada = small();
    let torn = foreign(&ada, |loro| {
        loro.get_map("units").delete(&Uid(11).to_string()).unwrap()
    });
    let merged = ada.merge(&torn).unwrap();
    assert!(merged.change.whole);
    assert_eq!(reopen(&ada, 3).plan(), ada.plan());
    assert!(ada.plan().units.raw(UnitId(Uid(11))).is_none());
}

#[test]
fn authors_are_named_with_their_first_act_and_corrected_at_once() {
    let ada = small();
    let mut ben = reopen(&ada, 2);
    let author = |name: &str| Author {
        uid: Uid(200),
        name: name.into(),
        ..Default::default()
    };
    assert_eq!(ben.set_author(&author("Ben"), 0), None);
    assert_eq!(ben.authors().len(), 1);
    ben.apply(&link(10, 4, None), 0).unwrap();
    assert_eq!(ben.authors().get(&Uid(200)).unwrap().name, "Ben");
    let renamed = ben.set_author(&author("Benedikt"), 0).unwrap();
    assert!(!renamed.update.is_empty());
    let mut ada = ada;
    exchange(&mut ada, &mut ben);
    assert_eq!(ada.authors().get(&Uid(200)).unwrap().name, "Benedikt");
}

#[test]
fn who_has_written_before_is_corrected_also_by_a_session_that_writes_nothing() {
    let before = small();
    let mut later = reopen(&before, 2);
    assert_eq!(later.set_author(&ada(), 0), None, "nothing is new");
    let speaks = Author {
        party: Some(PartyId(Uid(1))),
        ..ada()
    };
    assert!(!later.set_author(&speaks, 0).unwrap().update.is_empty());
    let mut again = reopen(&later, 3);
    assert_eq!(again.authors()[&ada().uid], speaks);
    assert_eq!(again.set_author(&speaks, 0), None);
    // A device that has forgotten who it was takes nothing back.
    let forgot = Author {
        uid: ada().uid,
        ..Author::default()
    };
    assert_eq!(reopen(&later, 4).set_author(&forgot, 0), None);
}

#[test]
fn equal_versions_have_equal_fingerprints_and_others_do_not() {
    let mut ada = small();
    let mut ben = reopen(&ada, 2);
    ben.apply(&link(10, 4, None), 0).unwrap();
    assert_ne!(ada.fingerprint(), ben.fingerprint());
    assert!(ben.version().includes(&ada.version()) && !ada.version().includes(&ben.version()));
    exchange(&mut ada, &mut ben);
    assert_eq!(ada.fingerprint(), ben.fingerprint());
    let bytes = ben.version().encode();
    assert_eq!(Version::decode(&bytes).unwrap(), ada.version());
    assert!(ada.updates_since(&ben.version()).is_empty());
}
