//! Which plan it is that some bytes belong to. The plan's id is that of whoever
//! asks; no bytes from elsewhere can change it.

use crate::bench;
use crate::bench::*;
use loro::{ExportMode, LoroDoc};
use weft_document::*;
use weft_model::*;

#[test]
fn the_beginning_of_a_plan_must_be_there() {
    let mut ada = small();
    let update = ada.apply(&link(10, 4, None), 0).unwrap().update;
    let open = |records: &[Vec<u8>]| Document::open(PLAN, records, PeerId(5)).map(|_| ());
    assert_eq!(open(&[update]).unwrap_err(), OpenError::Incomplete);
    assert_eq!(open(&[]).unwrap_err(), OpenError::Empty);
    assert_eq!(open(&[Vec::new()]).unwrap_err(), OpenError::Empty);
    assert_eq!(open(&[Vec::new(), ada.save(), Vec::new()]), Ok(()));
    let stranger = LoroDoc::new();
    stranger.get_map("x").insert("y", 1).unwrap();
    let bytes = stranger.export(ExportMode::Snapshot).unwrap();
    assert_eq!(open(&[bytes]).unwrap_err(), OpenError::OtherPlan);
}

#[test]
fn another_plan_is_not_mixed_in() {
    let mut ada = small();
    let mut other = Document::create(Uid(9), PeerId(8), &bench::ada(), 0);
    other
        .apply(&add(Kind::Module, 20, None, vec![]), 0)
        .unwrap();
    let before = ada.plan().clone();
    for bytes in [other.save(), other.updates_since(&Version::default())] {
        assert_eq!(ada.merge(&bytes).unwrap_err(), MergeError::OtherPlan);
    }
    assert_eq!(ada.plan(), &before);
    assert_eq!(ada.id(), PLAN);
}

#[test]
fn the_history_of_another_plan_does_not_open_as_this_one() {
    let other = Document::create(Uid(9), PeerId(8), &bench::ada(), 0);
    let open = |plan| Document::open(plan, [other.save()], PeerId(5)).map(|_| ());
    assert_eq!(open(PLAN).unwrap_err(), OpenError::OtherPlan);
    assert_eq!(open(Uid(9)), Ok(()));
}

/// Changes of the plan's id that a partner may write.
fn forgeries(document: &Document) -> Vec<Vec<u8>> {
    let meta =
        |write: &dyn Fn(&loro::LoroMap)| foreign(document, |loro| write(&loro.get_map("meta")));
    vec![
        meta(&|map| map.insert("plan", Uid(9).to_string()).unwrap()),
        meta(&|map| map.insert("plan", "no uid").unwrap()),
        meta(&|map| map.insert("plan", 9).unwrap()),
        meta(&|map| map.delete("plan").unwrap()),
        meta(&|map| map.clear().unwrap()),
    ]
}

#[test]
fn a_partner_cannot_change_which_plan_it_is() {
    let base = small();
    for (number, forged) in forgeries(&base).iter().enumerate() {
        let mut ben = reopen(&base, 2);
        let before = ben.plan().clone();
        ben.merge(forged).unwrap();
        assert_eq!(ben.id(), PLAN, "forgery {number}");
        assert_eq!(ben.plan(), &before);
        assert_eq!(ben.access(), Access::Editable);
        // Neither as one snapshot nor as the records of a log.
        for records in [vec![ben.save()], vec![base.save(), forged.clone()]] {
            let opened = Document::open(PLAN, &records, PeerId(3)).unwrap();
            let mut again = opened.document;
            assert_eq!(
                (again.id(), again.plan()),
                (PLAN, &before),
                "forgery {number}"
            );
            assert_eq!(again.access(), Access::Editable);
            again.apply(&link(10, 4, None), 0).unwrap();
            ben.merge(&again.updates_since(&ben.version())).unwrap();
            assert_eq!(ben.plan(), again.plan());
            ben = reopen(&base, 4);
        }
        let elsewhere = Document::open(Uid(9), [base.save(), forged.clone()], PeerId(3));
        assert_eq!(elsewhere.map(|_| ()).unwrap_err(), OpenError::OtherPlan);
    }
}

#[test]
fn a_second_beginning_does_not_make_it_another_plan() {
    let base = small();
    let forged = {
        let loro = LoroDoc::from_snapshot(&base.save()).unwrap();
        let second = LoroDoc::new();
        second.set_peer_id(9).unwrap();
        second.get_map("meta").insert("schema", 1).unwrap();
        second
            .get_map("meta")
            .insert("plan", Uid(9).to_string())
            .unwrap();
        second.commit();
        loro.import(&second.export(ExportMode::Snapshot).unwrap())
            .unwrap();
        loro.export(ExportMode::Snapshot).unwrap()
    };
    let mut ben = reopen(&base, 2);
    // Whether it is taken or not: it stays this plan.
    drop(ben.merge(&forged));
    assert_eq!(ben.id(), PLAN);
    let again = reopen(&ben, 3);
    assert_eq!((again.id(), again.plan()), (PLAN, base.plan()));
    let opened = Document::open(PLAN, [forged], PeerId(4)).unwrap().document;
    assert_eq!((opened.id(), opened.plan()), (PLAN, base.plan()));
}

#[test]
fn who_comes_back_on_another_device_is_still_who_they_were_until_they_say_otherwise() {
    let said = Author {
        party: Some(PartyId(Uid(1))),
        role: "Head".into(),
        colour: 3,
        ..bench::ada()
    };
    let mut there = Document::create(PLAN, PeerId(8), &said, 0);
    there
        .apply(&add(Kind::Module, 20, None, vec![]), 0)
        .unwrap();
    let mut here = Document::open(PLAN, [there.save()], PeerId(9))
        .unwrap()
        .document;
    // All that the other device knows of them: the uid, the name, the key.
    let bare = bench::ada();
    here.set_author(&here.as_known(&bare), 0);
    here.apply(&add(Kind::Module, 21, None, vec![]), 0).unwrap();
    assert_eq!(here.authors()[&said.uid], said);
    // Said outright, it is so.
    here.set_author(&bare, 0);
    assert_eq!(here.authors()[&said.uid], bare);
}
