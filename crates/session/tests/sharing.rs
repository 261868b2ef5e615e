//! A plan that travels as a file between two devices.

use crate::support::*;
use rand::Rng;
use weft_document::PeerId;
use weft_model::{Command, ItemId, Kind, Subject, Uid, Verb};
use weft_session::{Counts, Event, Meeting, Untaken, log, weft_file};

const PEER: PeerId = PeerId(900);

fn history(bytes: &[u8]) -> &[u8] {
    weft_file::read(bytes).unwrap().history
}

/// A second device that has got the plan as a file.
fn partner(tab: &Tab) -> (Store, Tab) {
    let file = tab.session.file(5, None);
    let store = Store::default();
    let record = log::frame(log::RecordKind::Snapshot, history(&file));
    store.borrow_mut().records.push((0, record));
    let tab = Tab::open(&store, 50, 10).unwrap();
    (store, tab)
}

fn receive(tab: &mut Tab, from: &Tab) -> Meeting {
    let file = from.session.file(20, None);
    let meeting = tab.session.meet(history(&file), PEER).unwrap();
    tab.send(Event::Received(history(&file).to_vec()));
    meeting
}

#[test]
fn two_devices_that_send_each_other_files_end_with_the_same_plan() {
    for seed in 0..60 {
        let mut rng = weft_sample::chance(seed);
        let store = Store::default();
        let mut school = Tab::open(&store, 1, 0).unwrap();
        school.act(add_module(1, "Turning"));
        let (works_store, mut works) = partner(&school);
        for _ in 0..rng.random_range(1..4) {
            for tab in [&mut school, &mut works] {
                for _ in 0..rng.random_range(0..8) {
                    let act = weft_sample::random_act(tab.session.plan(), &mut rng);
                    tab.act(act);
                }
            }
            receive(&mut works, &school);
            receive(&mut school, &works);
        }
        assert_eq!(school.session.plan(), works.session.plan(), "seed {seed}");
        for (store, tab) in [(&store, &school), (&works_store, &works)] {
            let again = Tab::open(store, 77, 1_000).unwrap();
            assert_eq!(again.session.plan(), tab.session.plan(), "seed {seed}");
        }
    }
}

#[test]
fn a_file_says_before_what_it_would_change() {
    let store = Store::default();
    let mut school = Tab::open(&store, 1, 0).unwrap();
    school.act(add_module(1, "Turning"));
    school.act(add_module(2, "Milling"));
    let (_, mut works) = partner(&school);
    works.act(add_module(3, "Grinding"));
    let item = |uid| ItemId {
        kind: Kind::Module,
        uid: Uid(uid),
    };
    let delete = Command::Delete { item: item(2) };
    works.act(weft_model::Act::one(Verb::Delete, Subject::Plan, delete));
    let code = Command::Set {
        item: item(1),
        key: weft_model::field::module::code.key(),
        value: Some("M1".into()),
    };
    works.act(weft_model::Act::one(Verb::Edit, Subject::Plan, code));
    let before = school.session.plan().clone();
    let file = works.session.file(9, None);
    let meeting = school.session.meet(history(&file), PEER).unwrap();
    let modules = Counts {
        added: 1,
        changed: 1,
        removed: 1,
    };
    assert_eq!(meeting.items, [(Kind::Module, modules)].into());
    assert!(!meeting.known && !meeting.ahead);
    assert_eq!(*school.session.plan(), before, "looking changes nothing");
}

#[test]
fn a_file_of_the_same_state_brings_nothing() {
    let store = Store::default();
    let mut school = Tab::open(&store, 1, 0).unwrap();
    school.act(add_module(1, "Turning"));
    let (_, mut works) = partner(&school);
    let records = store.borrow().records.len();
    let meeting = receive(&mut school, &works);
    assert!(meeting.known);
    assert_eq!(store.borrow().records.len(), records, "nothing is written");
    school.act(add_module(2, "Milling"));
    let older = receive(&mut school, &works);
    assert!(older.known && older.ahead, "they lack what came since");
    assert!(!receive(&mut works, &school).known);
}

#[test]
fn a_received_file_goes_to_the_other_tabs() {
    let store = Store::default();
    let mut school = Tab::open(&store, 1, 0).unwrap();
    school.act(add_module(1, "Turning"));
    let (_, mut works) = partner(&school);
    works.act(add_module(2, "Milling"));
    let mut tabs = [2, 3].map(|peer| Tab::open(&store, peer, 4).unwrap());
    talk(&mut tabs);
    receive(&mut tabs[0], &works);
    talk(&mut tabs);
    assert_eq!(tabs[1].titles(), ["Turning", "Milling"]);
}

#[test]
fn a_file_with_news_brings_a_deleted_plan_back() {
    let store = Store::default();
    let mut school = Tab::open(&store, 1, 0).unwrap();
    school.act(add_module(1, "Turning"));
    let (_, mut works) = partner(&school);
    works.act(add_module(2, "Milling"));
    if let Some(card) = &mut store.borrow_mut().card {
        card.deleted_millis = Some(3);
    }
    let mut school = Tab::open(&store, 2, 4).unwrap();
    receive(&mut school, &works);
    assert_eq!(store.borrow().card.as_ref().unwrap().deleted_millis, None);
}

#[test]
fn a_file_of_another_plan_or_of_half_a_history_is_not_taken() {
    let store = Store::default();
    let mut school = Tab::open(&store, 1, 0).unwrap();
    let other = weft_document::Document::create(
        Uid(5),
        PeerId(8),
        &weft_document::Author {
            uid: Uid(9),
            name: String::new(),
            ..Default::default()
        },
        0,
    );
    assert_eq!(
        school.session.meet(&other.save(), PEER),
        Err(Untaken::OtherPlan)
    );
    let before = school.session.plan().clone();
    let file = school.session.file(1, None);
    let whole = history(&file);
    for end in [0, 1, whole.len() / 2, whole.len() - 1] {
        let torn = school.session.meet(&whole[..end], PEER);
        assert_eq!(torn, Err(Untaken::Damaged), "{end} bytes");
        school.send(Event::Received(whole[..end].to_vec()));
    }
    assert_eq!(*school.session.plan(), before);
}

#[test]
fn what_is_new_for_one_partner_is_a_small_file_that_only_those_take_who_have_the_rest() {
    let store = Store::default();
    let mut school = Tab::open(&store, 1, 0).unwrap();
    for number in 1..40 {
        school.act(add_module(number, "Turning and milling of simple parts"));
    }
    let (_, mut works) = partner(&school);
    let known = works.session.version();
    assert_eq!(
        school.session.file_for(&known, 5, None),
        None,
        "nothing is new"
    );
    school.act(add_module(50, "Grinding"));
    let whole = school.session.file(6, None);
    let news = school.session.file_for(&known, 6, None).unwrap();
    assert!(
        news.len() * 2 < whole.len(),
        "{} of {}",
        news.len(),
        whole.len()
    );
    assert!(weft_file::read(&news).unwrap().head.only_new);
    let meeting = works.session.meet(history(&news), PEER).unwrap();
    assert_eq!(meeting.items[&Kind::Module].added, 1);
    // The other way round: all that is new is of a writer nobody knew.
    let unknown = works.session.version();
    works.act(add_module(60, "Welding"));
    let first = works.session.file_for(&unknown, 6, None).unwrap();
    let meeting = school.session.meet(history(&first), PEER).unwrap();
    assert_eq!(meeting.items[&Kind::Module].added, 1);
    school.send(Event::Received(history(&first).to_vec()));
    // Who lacks what it builds on is told so.
    school.act(add_module(51, "Fitting"));
    let further = school.session.version();
    let mut later = Vec::new();
    later.extend(school.session.file_for(&known, 6, None));
    school.act(add_module(52, "Assembly"));
    let too_far = school.session.file_for(&further, 7, None).unwrap();
    let refused = works.session.meet(history(&too_far), PEER);
    assert_eq!(refused, Err(Untaken::Incomplete));
    works.send(Event::Received(history(&later[0]).to_vec()));
    works.send(Event::Received(history(&too_far).to_vec()));
    assert_eq!(works.session.plan(), school.session.plan());
    assert!(works.session.meet(history(&news), PEER).unwrap().known);
}

#[test]
fn a_file_tells_how_far_its_sender_was() {
    let store = Store::default();
    let mut school = Tab::open(&store, 1, 0).unwrap();
    school.act(add_module(1, "Turning"));
    let file = school.session.file(5, None);
    assert_eq!(
        weft_session::version_of(history(&file)),
        school.session.version()
    );
    assert_eq!(weft_session::version_of(b"nothing"), Default::default());
}
