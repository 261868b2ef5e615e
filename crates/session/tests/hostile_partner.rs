//! Partners over a line who mean no good, or run another program: the exchange ends
//! with a reason that both sides are told, and the plan is as it was.

use crate::support::*;
use rand::Rng;
use weft_session::{Event, LineKind, Parting, Place};

/// What a stranger who sends this meets with.
fn meets(spoil: impl Fn(Vec<u8>) -> Vec<u8>) -> (Tab, Tab, Option<Parting>) {
    let (school, works, line) = pair();
    let mut tabs = [school, works];
    let before = tabs[0].session.plan().clone();
    for tab in &mut tabs {
        let kind = LineKind::Partner;
        tab.send(Event::Joined { line, kind });
    }
    let (_, hello) = tabs[1].said.remove(0);
    let frame = spoil(hello);
    tabs[0].send(heard(line, frame));
    assert_eq!(*tabs[0].session.plan(), before);
    let [school, works] = tabs;
    let why = parted(&school);
    (school, works, why)
}

#[test]
fn a_partner_with_another_program_or_another_plan_is_told_so_and_harms_nothing() {
    // Behind the head of 18 bytes: program, schema, plan.
    let cases: [(usize, u8, Parting); 5] = [
        (0, 99, Parting::Newer),
        (0, 1, Parting::Older),
        (22, 200, Parting::Newer),
        (22, 0, Parting::Older),
        (26, 1, Parting::OtherPlan),
    ];
    for (at, byte, wanted) in cases {
        let (mut school, mut works, why) = meets(|mut hello| {
            hello[at] = byte;
            hello
        });
        assert_eq!(why, Some(wanted), "byte {at}");
        assert_eq!(school.closed.len(), 1);
        // The other side learns it, too, as it looks from there.
        let (line, frame) = school.said.pop().unwrap();
        works.send(heard(line, frame));
        let mirrored = match wanted {
            Parting::Newer => Parting::Older,
            Parting::Older => Parting::Newer,
            other => other,
        };
        assert_eq!(parted(&works), Some(mirrored));
        // The plan can be edited as before.
        school.act(add_module(9, "Grinding"));
        assert_eq!(school.titles().len(), 2);
    }
}

#[test]
fn a_flood_ends_the_exchange_and_the_plan_stays() {
    let (school, works, line) = pair();
    let mut tabs = [school, works];
    join(&mut tabs, line);
    let [mut school, mut works] = tabs;
    let place = Place {
        page: "weave".into(),
        item: String::new(),
    };
    works.send(Event::MovedTo(place));
    let (line, frame) = works.said.remove(0);
    for sent in 0.. {
        let frame = frame.clone();
        school.session_send_at(1_000, heard(line, frame));
        if !school.closed.is_empty() {
            break;
        }
        assert!(sent < 10_000, "nobody minds");
    }
    assert_eq!(parted(&school), Some(Parting::Flood));
    assert_eq!(school.titles(), ["Turning"]);
}

#[test]
fn nonsense_under_a_partners_name_never_harms_the_plan() {
    let mut ended = 0;
    for seed in 0..60 {
        let (school, works, line) = pair();
        let mut tabs = [school, works];
        join(&mut tabs, line);
        let mut rng = weft_sample::chance(seed);
        tabs[1].act(add_module(2, "Milling"));
        let before = tabs[0].session.plan().clone();
        let real = std::mem::take(&mut tabs[1].said);
        for round in 0..40 {
            let Some((_, frame)) = real.get(round % real.len().max(1)) else {
                break;
            };
            let mut frame = frame.clone();
            // Behind the head, so that it stays the partner who speaks.
            for _ in 0..rng.random_range(1..6) {
                if frame.len() > 26 {
                    let at = rng.random_range(26..frame.len());
                    frame[at] = rng.random();
                }
            }
            tabs[0].send(heard(line, frame));
        }
        ended += tabs[0].closed.len();
        let after = tabs[0].session.plan();
        assert!(
            *after == before || *after == *tabs[1].session.plan(),
            "seed {seed}"
        );
        tabs[0].act(add_module(77, "Still editable"));
        assert!(tabs[0].titles().contains(&"Still editable".to_owned()));
    }
    assert!(ended > 40, "{ended} of 60 exchanges were ended");
}

#[test]
fn a_partner_who_says_hello_over_and_over_is_sent_what_it_lacks_once_in_a_while() {
    let (mut school, mut works, line) = pair();
    school.act(add_module(2, "Milling"));
    let kind = LineKind::Partner;
    works.send(Event::Joined { line, kind });
    school.send(Event::Joined { line, kind });
    let (_, hello) = works.said.remove(0);
    school.said.clear();
    let changes = |tab: &mut Tab| {
        let said = std::mem::take(&mut tab.said).into_iter();
        said.filter(|(_, frame)| frame[1] == b'C').count()
    };
    for _ in 0..50 {
        school.session_send_at(1_000, heard(line, hello.clone()));
    }
    assert_eq!(changes(&mut school), 1, "one answer to fifty hellos");
    // The answer may have been lost: it is sent again after a while.
    school.session_send_at(60_000, heard(line, hello));
    assert_eq!(changes(&mut school), 1);
    assert!(school.closed.is_empty(), "it may only have been lost often");
}
