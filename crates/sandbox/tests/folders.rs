//! What a shared folder brings, gone through as the Worker's program does it: whole,
//! cut and changed.

use weft_document::{Author, Document, PeerId};
use weft_model::Uid;
use weft_sandbox::{Answer, Given, Here, Job, Port, answer, read, write};
use weft_session::folder::{self, Folder};

struct Nowhere;

impl Port for Nowhere {
    fn progress(&mut self, _: f64) {}

    fn decode(&mut self, _: &str, _: &[u8]) -> Option<String> {
        None
    }

    fn hand_out(&mut self, _: &[u8]) {}
}

fn given(name: &str, bytes: &[u8]) -> Given {
    Given {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    }
}

/// Through the bytes on both ways, as between the editor and the Worker.
fn done(job: &Job, files: &[Given]) -> Answer {
    let job: Job = read(&write(job)).unwrap();
    let answered = answer(&job, files, &mut Nowhere);
    let carried: Answer = read(&write(&answered)).unwrap();
    assert_eq!(carried, answered);
    carried
}

#[test]
fn a_part_of_a_folder_is_gone_through_whole_cut_and_changed() {
    let (session, _) = weft_session::open(weft_session::Opening {
        records: Vec::new(),
        plan: Uid(7),
        card: None,
        peer: PeerId(1),
        author: Author::default(),
        now: 0,
    })
    .unwrap();
    let mut folder = Folder::new(Uid(7), Uid(8), 1);
    assert!(folder.listed(&[]).is_empty());
    let part = folder.post(&session).unwrap().bytes;
    assert_eq!(folder::part(&part).unwrap().plan, Uid(7));
    let saved = session.history();
    for here in [
        None,
        Some(Here {
            plan: Uid(7),
            saved,
        }),
    ] {
        let job = Job::Try { here, peer: 2 };
        for end in (0..=part.len()).step_by(7).chain([part.len()]) {
            let file = given("a.weftpart", &part[..end]);
            assert_eq!(done(&job, &[file]), Answer::Tried);
        }
        for at in (0..part.len()).step_by(5) {
            let mut changed = part.clone();
            changed[at] ^= 0x10;
            assert_eq!(done(&job, &[given("a.weftpart", &changed)]), Answer::Tried);
        }
    }
}

#[test]
fn changes_of_a_folder_are_gone_through_whole_and_changed() {
    let begun = |records: Vec<&[u8]>, peer| {
        let opening = weft_session::Opening {
            records,
            plan: Uid(7),
            card: None,
            peer: PeerId(peer),
            author: Author::default(),
            now: 0,
        };
        weft_session::open(opening).unwrap().0
    };
    let ada = begun(Vec::new(), 1);
    let log = vec![ada.record()];
    let mut ben = begun(vec![&log[0]], 2);
    let before = ben.version();
    let mut rng = weft_sample::chance(11);
    for at in 0..20 {
        let act = weft_sample::random_act(ben.plan(), &mut rng);
        drop(ben.handle(at, weft_session::Event::Acted(act)));
    }
    let update = ben.updates_since(&before);
    assert!(!update.is_empty());
    let follow = |update: Vec<u8>| Job::Follow {
        plan: Uid(7),
        log: log.clone(),
        updates: vec![update.clone(), update],
        peer: 3,
    };
    let spans = Document::spans(&update).ok();
    assert!(spans.as_ref().is_some_and(|spans| !spans.is_empty()));
    let answer = Answer::Followed(vec![spans.clone(), spans]);
    assert_eq!(done(&follow(update.clone()), &[]), answer);
    for at in (0..update.len()).step_by(3) {
        let mut changed = update.clone();
        changed[at] ^= 0x10;
        let answer = done(&follow(changed), &[]);
        assert!(matches!(answer, Answer::Followed(spans) if spans.len() == 2));
    }
}
