//! Devices that share a plan through a folder: a drive that is slow, tears
//! files, makes copies when it cannot decide, loses files and refuses to write.

use std::collections::BTreeMap;

use crate::support::*;
use rand::Rng;
use weft_document::{Document, PeerId};
use weft_model::{Act, Command, ItemId, Kind, Lang, Subject, Uid, Value, Verb, field};
use weft_session::folder::{Folder, Listed, Trouble, joined, part};
use weft_session::{Event, Untaken, weft_file};

/// What one device sees of the folder: name, bytes and when it was changed.
type Drive = BTreeMap<String, (Vec<u8>, i64)>;

struct Device {
    tab: Tab,
    folder: Folder,
    store: Store,
    number: u64,
}

impl Device {
    fn new(number: u64, records: &[(u64, Vec<u8>)]) -> Self {
        let store = Store::default();
        store.borrow_mut().records = records.to_vec();
        Self {
            tab: Tab::open_alone(&store, number, 0).unwrap(),
            folder: Folder::new(PLAN, Uid(900 + number), number),
            store,
            number,
        }
    }

    fn restart(&mut self, peer: u64) {
        self.tab = Tab::open_alone(&self.store, peer, 0).unwrap();
        self.folder = Folder::new(PLAN, Uid(900 + self.number), peer);
    }

    fn follow(&mut self, drive: &Drive) {
        let listing: Vec<Listed> = drive
            .iter()
            .map(|(name, (bytes, changed))| Listed {
                name: name.clone(),
                size: bytes.len() as u64,
                changed: *changed,
            })
            .collect();
        for (name, from) in self.folder.listed(&listing) {
            let whole = &drive[&name].0;
            let pieces = self.folder.read_on(&name, from, &whole[from as usize..]);
            // Written anew meanwhile.
            let pieces = pieces.unwrap_or_else(|| self.folder.read(&name, whole));
            for piece in pieces {
                self.tab.send(Event::Followed(piece.update.clone()));
                match self.tab.untaken.pop() {
                    Some(why) => self.folder.refused(&piece, why),
                    None => self.folder.took(&piece, &piece.spans().unwrap()),
                }
            }
        }
    }

    /// Writes what is due; says whether anything was.
    fn post(&mut self, drive: &mut Drive, clock: i64) -> bool {
        let Some(post) = self.folder.post(&self.tab.session) else {
            return false;
        };
        let file = drive.entry(post.file.clone()).or_default();
        file.0.truncate(post.at as usize);
        assert_eq!(file.0.len(), post.at as usize, "it goes on where it ends");
        file.0.extend(&post.bytes);
        file.1 = clock;
        self.folder.posted(&post, clock);
        true
    }

    fn round(&mut self, drive: &mut Drive, clock: i64) {
        self.follow(drive);
        self.post(drive, clock);
    }

    fn trouble(&self, ending: &str) -> Option<Trouble> {
        let all = self.folder.followers();
        let it = all.into_iter().find(|it| it.file.ends_with(ending));
        it.and_then(|it| it.trouble)
    }
}

fn devices(count: u64) -> Vec<Device> {
    let store = Store::default();
    let mut first = Tab::open_alone(&store, 500, 0).unwrap();
    first.act(add_module(1, "Turning"));
    let records = store.borrow().records.clone();
    (1..=count)
        .map(|number| Device::new(number, &records))
        .collect()
}

fn all_equal(devices: &[Device]) {
    for device in &devices[1..] {
        assert_eq!(
            device.tab.session.plan(),
            devices[0].tab.session.plan(),
            "device {}",
            device.number
        );
    }
}

#[test]
fn what_a_folder_brought_too_early_is_kept_once_another_tab_tells_what_it_builds_on() {
    let store = Store::default();
    let mut one = Tab::open(&store, 1, 0).unwrap();
    one.act(add_module(1, "Turning"));
    let records = store.borrow().records.clone();
    let far = Store::default();
    far.borrow_mut().records = records;
    let mut partner = Tab::open_alone(&far, 2, 0).unwrap();
    let start = partner.session.version();
    partner.act(add_module(2, "Milling"));
    let milling = partner.session.file_for(&start, 0, None).unwrap();
    let reached = partner.session.version();
    partner.act(add_module(3, "Grinding"));
    let grinding = partner.session.file_for(&reached, 0, None).unwrap();
    let update = |file: &[u8]| weft_file::read(file).unwrap().history.to_vec();

    one.send(Event::Followed(update(&grinding)));
    let mut two = Tab::open(&store, 3, 0).unwrap();
    two.send(Event::Followed(update(&milling)));
    // The other tab dies before it hears the answers.
    for (line, frame) in std::mem::take(&mut two.said) {
        one.send(heard(line, frame));
    }
    drop(two);
    assert_eq!(one.titles(), ["Turning", "Milling", "Grinding"]);
    one.act(add_module(4, "Assembly"));
    let again = Tab::open_alone(&store, 4, 0).unwrap();
    assert_eq!(again.titles(), one.titles());
}

#[test]
fn devices_that_share_a_folder_end_with_the_same_plan_whatever_the_drive_does() {
    for seed in 0..60 {
        let mut rng = weft_sample::chance(seed);
        let mut all = devices(rng.random_range(2..5));
        let mut drive = Drive::new();
        // What the others see of it, some time later.
        let mut seen: Vec<Drive> = vec![Drive::new(); all.len()];
        for clock in 0..120_i64 {
            let who = rng.random_range(0..all.len());
            match rng.random_range(0..100) {
                0..50 => {
                    let act = weft_sample::random_act(all[who].tab.session.plan(), &mut rng);
                    all[who].tab.act(act);
                }
                50..75 => {
                    let own = all[who].folder.own_file().to_owned();
                    // One's own file is always whole; the others' come late.
                    if let Some(file) = drive.get(&own) {
                        seen[who].insert(own.clone(), file.clone());
                    }
                    let mut view = seen[who].clone();
                    all[who].round(&mut view, clock);
                    if let Some(file) = view.get(&own) {
                        drive.insert(own, file.clone());
                    }
                }
                75..85 => {
                    // The drive catches up, and tears what is on its way.
                    seen[who] = drive.clone();
                    if rng.random() {
                        for (bytes, changed) in seen[who].values_mut() {
                            let end = rng.random_range(0..=bytes.len());
                            bytes.truncate(end);
                            *changed -= 1_000;
                        }
                    }
                }
                85..90 => {
                    // A copy, because two programs wrote at once.
                    let name = drive.keys().next().cloned();
                    if let Some(name) = name {
                        let copy = name.replace(".weftpart", " (conflicted copy).weftpart");
                        let bytes = drive[&name].clone();
                        drive.insert(copy, bytes);
                    }
                }
                90..94 => {
                    let peer = 1_000 + clock as u64;
                    all[who].restart(peer);
                }
                _ => {
                    // Somebody clears up.
                    let at = rng.random_range(0..=drive.len());
                    if let Some(name) = drive.keys().nth(at).cloned() {
                        drive.remove(&name);
                        seen.iter_mut().for_each(|seen| drop(seen.remove(&name)));
                    }
                }
            }
        }
        for clock in 1_000..1_006 {
            for device in &mut all {
                device.round(&mut drive, clock);
            }
        }
        all_equal(&all);
        for device in &mut all {
            assert!(
                !device.post(&mut drive, 2_000),
                "seed {seed}: nothing is left"
            );
        }
        // Who comes with an empty copy and the folder alone has all of it.
        let mut fresh = devices(9).remove(8);
        fresh.folder = Folder::new(PLAN, Uid(77), 77);
        fresh.follow(&drive);
        assert_eq!(
            fresh.tab.session.plan(),
            all[0].tab.session.plan(),
            "seed {seed}"
        );
    }
}

#[test]
fn only_what_is_new_is_written_behind_what_is_there() {
    let mut all = devices(2);
    let mut drive = Drive::new();
    for clock in 0..3 {
        all.iter_mut().for_each(|it| it.round(&mut drive, clock));
    }
    let sizes = |drive: &Drive| -> usize { drive.values().map(|(bytes, _)| bytes.len()).sum() };
    let before = sizes(&drive);
    all[0].tab.act(add_module(2, "Milling"));
    for clock in 3..6 {
        all.iter_mut().for_each(|it| it.round(&mut drive, clock));
    }
    all_equal(&all);
    let grown = sizes(&drive) - before;
    assert!(grown < 1_500, "{grown} bytes for one module");
}

#[test]
fn a_partial_file_is_no_error_and_a_foreign_one_says_what_it_is() {
    let mut all = devices(2);
    let mut drive = Drive::new();
    all[0].round(&mut drive, 1);
    let whole = drive.clone();
    let name = drive.keys().next().cloned().unwrap();
    all[0].tab.act(add_module(2, "Milling"));
    all[0].round(&mut drive, 2);
    let grown = drive[&name].0.len();
    for end in whole[&name].0.len() + 1..grown {
        let mut torn = drive.clone();
        torn.get_mut(&name).unwrap().0.truncate(end);
        all[1].follow(&torn);
        if end < whole[&name].0.len() + 20 {
            assert_eq!(all[1].trouble(".weftpart"), Some(Trouble::Partial));
        }
    }
    all[1].follow(&drive);
    assert_eq!(all[1].trouble(".weftpart"), None);
    all_equal(&all);
    let other = format!("weft-{PLAN}-000000000000z.weftpart");
    drive.insert(other.clone(), (b"WFT1 but nothing of ours".to_vec(), 3));
    all[1].follow(&drive);
    assert_eq!(all[1].trouble("z.weftpart"), Some(Trouble::Partial));
    // A head of another plan under this plan's name.
    let mut strangers = Folder::new(Uid(5), Uid(6), 7);
    let post = strangers.post(&all[0].tab.session).unwrap();
    strangers.posted(&post, 1);
    drive.insert(other, (post.bytes, 4));
    let before = all[1].tab.session.plan().clone();
    all[1].follow(&drive);
    assert_eq!(all[1].trouble("z.weftpart"), Some(Trouble::Nonsense));
    assert_eq!(*all[1].tab.session.plan(), before);
}

#[test]
fn changes_of_a_newer_or_damaged_kind_are_named_and_harm_nothing() {
    let mut all = devices(2);
    let mut drive = Drive::new();
    all[0].round(&mut drive, 1);
    let name = drive.keys().next().cloned().unwrap();
    // Right in its frame, and no changes at all.
    let mut bytes = drive[&name].0.clone();
    bytes.extend(weft_session::log::frame(
        weft_session::log::RecordKind::Update,
        b"these are no changes",
    ));
    drive.insert(name, (bytes, 2));
    let before = all[1].tab.session.plan().clone();
    all[1].follow(&drive);
    let damaged = Trouble::Untaken(Untaken::Damaged);
    assert_eq!(all[1].trouble(".weftpart"), Some(damaged));
    assert_eq!(*all[1].tab.session.plan(), before);
    all[1].tab.act(add_module(3, "Grinding"));
    all[1].round(&mut drive, 3);
    all[0].follow(&drive);
    assert_eq!(all[0].tab.titles().len(), 2, "the rest goes on");
    assert_eq!(all[0].tab.untaken, Vec::<Untaken>::new());
}

#[test]
fn everybody_sees_how_far_the_others_are() {
    let mut all = devices(2);
    let mut drive = Drive::new();
    for clock in 0..3 {
        all.iter_mut().for_each(|it| it.round(&mut drive, clock));
    }
    all[0].tab.act(add_module(2, "Milling"));
    let lacks = |all: &[Device]| {
        let others = all[0].folder.followers();
        let other = others.iter().find(|it| !it.own).unwrap();
        let version = other.version.clone().unwrap();
        all[0].tab.session.done_since(&version, 10).len()
    };
    assert_eq!(lacks(&all), 1);
    for clock in 3..6 {
        all.iter_mut().for_each(|it| it.round(&mut drive, clock));
    }
    assert_eq!(lacks(&all), 0);
}

#[test]
fn of_a_file_that_has_grown_only_the_rest_is_read_and_one_written_anew_is_seen() {
    let mut all = devices(2);
    let mut drive = Drive::new();
    for round in 0..4 {
        all[0].tab.act(add_module(20 + round, "Milling"));
        all[0].round(&mut drive, round as i64);
        all[1].follow(&drive);
    }
    all_equal(&all);
    let name = all[0].folder.own_file().to_owned();
    let listed = |drive: &Drive, changed| Listed {
        name: name.clone(),
        size: drive[&name].0.len() as u64,
        changed,
    };
    let before = drive[&name].0.len() as u64;
    all[0].tab.act(add_module(30, "Grinding"));
    all[0].round(&mut drive, 9);
    let wanted = all[1].folder.listed(&[listed(&drive, 9)]);
    let from = wanted[0].1;
    assert!(from > before / 2 && from < before, "{from} of {before}");
    // The same file from another beginning: as long, and not the one that it was.
    let mut other = devices(1).remove(0);
    let mut elsewhere = Drive::new();
    for round in 0..9 {
        other.tab.act(add_module(40 + round, "Assembly and more"));
        other.round(&mut elsewhere, round as i64);
    }
    let anew = elsewhere.values().next().unwrap().0.clone();
    assert!(anew.len() as u64 > from);
    assert_eq!(
        all[1].folder.read_on(&name, from, &anew[from as usize..]),
        None
    );
    assert!(!all[1].folder.read(&name, &anew).is_empty());
}

/// Seed 44,852 of `tests/ways.rs`: what was written anew began as what had been there,
/// and its beginning was passed over as known.
#[test]
fn a_file_that_somebody_cleared_away_is_read_anew_also_by_who_never_saw_it_gone() {
    let mut all = devices(2);
    let (mut drive, mut other) = (Drive::new(), all.pop().unwrap());
    let one = &mut all[0];
    for at in 0..8 {
        one.tab.act(add_module(30 + at, "Turning"));
        one.round(&mut drive, 1);
    }
    other.follow(&drive);
    // Gone on one side alone; then there again, and longer, on both.
    let mut anew = Drive::new();
    one.follow(&anew);
    for at in 0..16 {
        one.tab.act(add_module(40 + at, "Milling"));
        one.round(&mut anew, 2);
    }
    let (name, (bytes, _)) = anew.first_key_value().unwrap();
    assert!(bytes.len() > drive[name].0.len());
    let pieces = other.folder.read(name, bytes);
    for piece in pieces {
        other.tab.send(Event::Followed(piece.update));
    }
    assert!(other.tab.session.plan() == one.tab.session.plan());
}

#[test]
fn the_files_of_a_folder_make_a_plan_together_that_none_of_them_holds() {
    let mut all = devices(2);
    let mut drive = Drive::new();
    for round in 0..4 {
        for (at, device) in all.iter_mut().enumerate() {
            device
                .tab
                .act(add_module(20 + 2 * round + at as u64, "Milling"));
            for turn in 0..3 {
                device.round(&mut drive, 10 * round as i64 + turn);
            }
        }
    }
    let mut files: Vec<Vec<u8>> = drive.values().map(|(bytes, _)| bytes.clone()).collect();
    // The end of one is still on its way.
    let begun = files[1][..9].to_vec();
    files[0].extend_from_slice(&begun);
    for files in [files.clone(), files.iter().rev().cloned().collect()] {
        let joined = joined(&files).unwrap();
        let part = part(&joined).unwrap();
        let whole = Document::open(PLAN, part.updates.iter().copied(), PeerId(70)).unwrap();
        assert!(!whole.pending);
        assert!(whole.document.plan() == all[1].tab.session.plan());
    }
    let [one, other] = [&files[0], &files[1]].map(|file| {
        let part = part(file).unwrap();
        let opened = Document::open(PLAN, part.updates.iter().copied(), PeerId(71));
        opened.is_ok_and(|opened| {
            !opened.pending && opened.document.plan() == all[1].tab.session.plan()
        })
    });
    assert!(!one || !other, "one of them builds on the other");
    files.push(b"something else".to_vec());
    assert_eq!(joined(&files), None);
    assert_eq!(joined(&[]), None);
}

#[test]
fn a_file_of_a_folder_is_read_by_itself_and_brings_what_is_new() {
    let mut all = devices(2);
    let mut drive = Drive::new();
    all[0].tab.act(add_module(20, "Milling"));
    all[0].round(&mut drive, 1);
    all[0].tab.act(add_module(21, "Grinding"));
    all[0].round(&mut drive, 2);
    let bytes = &drive[all[0].folder.own_file()].0;
    let read = part(bytes).unwrap();
    assert_eq!((read.plan, read.updates.len()), (PLAN, 2));
    let session = &all[1].tab.session;
    let news = session.gathered(&read.updates, PeerId(77)).unwrap();
    let meeting = session.meet(&news, PeerId(78)).unwrap();
    assert_eq!(meeting.items[&Kind::Module].added, 2);
    let second = read.updates[1];
    assert_eq!(
        session.gathered(&[second], PeerId(79)),
        Err(Untaken::Incomplete)
    );
    assert_eq!(part(b"something else"), None);
    assert_eq!(
        part(&weft_session::log::frame(
            weft_session::log::RecordKind::Update,
            b"x"
        )),
        None
    );
}

#[test]
fn a_long_file_of_ones_own_is_not_written_again_while_nothing_changes() {
    let mut all = devices(1);
    let mut drive = Drive::new();
    let mut rng = weft_sample::chance(1);
    for uid in 100..190 {
        let words: String = (0..100_000).map(|_| rng.random_range('a'..='z')).collect();
        let key = field::module::objectives.lang(Lang::en());
        let item = ItemId {
            kind: Kind::Module,
            uid: Uid(uid),
        };
        let set = Command::Set {
            item,
            key,
            value: Some(Value::str(words)),
        };
        all[0].tab.act(add_module(uid, "Turning"));
        all[0]
            .tab
            .act(Act::many(Verb::Write, Subject::Plan, vec![set]));
    }
    all[0].round(&mut drive, 1);
    let (bytes, _) = drive.values().next().unwrap();
    assert!(bytes.len() > 8 << 20, "{}", bytes.len());
    for clock in 2..6 {
        all[0].follow(&drive);
        assert!(!all[0].post(&mut drive, clock), "at look {clock}");
    }
    all[0].tab.act(add_module(2, "Milling"));
    let before = drive.values().next().unwrap().0.len();
    all[0].round(&mut drive, 7);
    let after = drive.values().next().unwrap().0.len();
    assert!(after > before && after < before + 4_096, "it is appended");
}
