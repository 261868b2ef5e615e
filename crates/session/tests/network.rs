//! Partners who have one plan open at once and talk over lines that lose, repeat
//! and reorder frames, are cut and mended, and lose partners for good. Whatever
//! happens, those who hear each other in the end hold the same plan, and nothing
//! that anybody was told to be saved is gone.

use crate::support::*;
use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use weft_model::Uid;
use weft_session::{Event, LineId, LineKind, Notice, Place};

/// A device with the plan open, and the lines from it.
struct Device {
    store: Store,
    tab: Tab,
    /// Which device is at the other end of which line.
    lines: Vec<(LineId, usize)>,
    heard: Vec<(LineId, Vec<u8>)>,
    acts: u64,
}

struct Network {
    devices: Vec<Device>,
    rng: ChaCha8Rng,
    peers: u64,
    /// Of a hundred frames, how many are lost.
    loss: u32,
    /// The lines between these two sides are cut for now.
    parted: Option<usize>,
}

impl Network {
    fn new(seed: u64) -> Self {
        let mut rng = weft_sample::chance(seed);
        let count = rng.random_range(2..=4);
        let store = Store::default();
        let mut first = Tab::open(&store, 1, 0).unwrap();
        first.act(add_module(1, "Turning"));
        let record = store.borrow().records.clone();
        let mut devices = Vec::new();
        for number in 0..count {
            let store = Store::default();
            store.borrow_mut().records.clone_from(&record);
            // Their clocks are years apart.
            let now = rng.random_range(-315_000_000_000..315_000_000_000);
            devices.push(Device {
                tab: Tab::open_alone(&store, 2 + number, now).unwrap(),
                store,
                lines: Vec::new(),
                heard: Vec::new(),
                acts: 0,
            });
        }
        let loss = *[0, 5, 30].choose(&mut rng).unwrap();
        let mut network = Self {
            devices,
            rng,
            peers: 100,
            loss,
            parted: None,
        };
        // A chain, and some lines more: not everybody hears everybody directly.
        for to in 1..network.devices.len() {
            network.connect(to - 1, to);
        }
        if network.devices.len() > 2 && network.rng.random() {
            network.connect(0, 2);
        }
        network
    }

    fn connect(&mut self, one: usize, two: usize) {
        self.peers += 1;
        let line = LineId(self.peers as u32);
        for (at, other) in [(one, two), (two, one)] {
            self.devices[at].lines.push((line, other));
            let kind = LineKind::Partner;
            self.devices[at].tab.send(Event::Joined { line, kind });
        }
    }

    /// What was said goes onto its way.
    fn carry(&mut self, honest: bool) {
        for from in 0..self.devices.len() {
            let said = std::mem::take(&mut self.devices[from].tab.said);
            for (line, frame) in said {
                let Some((_, to)) = self.devices[from].lines.iter().find(|it| it.0 == line) else {
                    continue;
                };
                let to = *to;
                let cut = self.parted.is_some_and(|at| (from < at) != (to < at));
                if !honest && (cut || self.rng.random_ratio(self.loss, 100)) {
                    continue;
                }
                let heard = &mut self.devices[to].heard;
                if !honest && self.rng.random_ratio(self.loss, 100) {
                    heard.push((line, frame.clone()));
                }
                heard.push((line, frame));
                if !honest && self.loss > 0 && self.rng.random_ratio(1, 3) {
                    let at = self.rng.random_range(0..heard.len());
                    let last = heard.len() - 1;
                    heard.swap(at, last);
                }
            }
        }
    }

    fn hear(&mut self, who: usize, count: usize) {
        let device = &mut self.devices[who];
        let count = count.min(device.heard.len());
        let lying: Vec<(LineId, Vec<u8>)> = device.heard.drain(..count).collect();
        // What lies there together of one line comes at one go.
        for some in lying.chunk_by(|one, next| one.0 == next.0) {
            let (line, frames) = (some[0].0, some.iter().map(|it| it.1.clone()).collect());
            device.tab.send(Event::Heard { line, frames });
        }
    }

    fn step(&mut self) {
        let who = self.rng.random_range(0..self.devices.len());
        match self.rng.random_range(0..100) {
            0..45 => {
                let act =
                    weft_sample::random_act(self.devices[who].tab.session.plan(), &mut self.rng);
                self.devices[who].tab.act(act);
                self.devices[who].acts += 1;
            }
            45..50 => self.devices[who].tab.send(Event::Undone),
            50..80 => {
                let count = self.rng.random_range(1..6);
                self.hear(who, count);
            }
            80..90 => self.pass(who),
            90..94 => self.restart(who),
            94..96 => {
                let device = &mut self.devices[who];
                let place = Place {
                    page: "weave".into(),
                    item: format!("module:{}", device.acts),
                };
                device.tab.send(Event::MovedTo(place));
            }
            _ => {
                let at = self.rng.random_range(0..self.devices.len());
                self.parted = self.parted.is_none().then_some(at);
            }
        }
        self.carry(false);
    }

    /// Time passes until the next beat.
    fn pass(&mut self, who: usize) {
        let tab = &mut self.devices[who].tab;
        if let Some(at) = tab.beat.take() {
            tab.now = tab.now.max(at);
            tab.send(Event::Beat);
        }
    }

    /// The program dies and is opened again from what the device has.
    fn restart(&mut self, who: usize) {
        self.peers += 1;
        let device = &mut self.devices[who];
        let kept = device.tab.session.plan().clone();
        device.tab = Tab::open_alone(&device.store, self.peers, device.tab.now).unwrap();
        assert_eq!(*device.tab.session.plan(), kept, "what was saved is there");
        device.heard.clear();
        for (line, _) in device.lines.clone() {
            let kind = LineKind::Partner;
            device.tab.send(Event::Joined { line, kind });
        }
    }

    /// The lines are good from now on, and everybody has time.
    fn settle(&mut self) {
        self.parted = None;
        for _ in 0..30 {
            for who in 0..self.devices.len() {
                self.devices[who].tab.now += 5_000;
                self.pass(who);
                self.carry(true);
                self.hear(who, usize::MAX);
                self.carry(true);
            }
        }
    }
}

fn run(seed: u64, steps: usize) {
    let mut network = Network::new(seed);
    for _ in 0..steps {
        network.step();
    }
    network.settle();
    let first = network.devices[0].tab.session.plan();
    for (at, device) in network.devices.iter().enumerate() {
        assert_eq!(device.tab.session.plan(), first, "seed {seed}, device {at}");
        let left = device.tab.notices.iter();
        let left: Vec<_> = left
            .filter(|it| matches!(it, Notice::Parted { .. } | Notice::Diverged))
            .collect();
        assert!(left.is_empty(), "seed {seed}, device {at}: {left:?}");
        let again = Tab::open_alone(&device.store, 90_000, 0).unwrap();
        assert_eq!(again.session.plan(), first, "seed {seed}, device {at}");
    }
}

#[test]
fn partners_over_bad_lines_end_with_the_same_plan() {
    for seed in 0..150 {
        run(seed, 120);
    }
}

/// Two devices with a good line between them.
#[test]
fn a_partner_who_joins_is_sent_what_it_lacks_in_parts_that_every_line_carries() {
    let (mut school, works, line) = pair();
    for seed in 0..30 {
        let acts = weft_sample::sized(
            weft_sample::Size {
                modules: 20,
                units_per_module: 2,
                roles: 2,
                tasks: 10,
                competencies: 40,
                links: 100,
                comments: 10,
            },
            seed,
        );
        acts.into_iter().for_each(|act| school.act(act));
    }
    let mut tabs = [school, works];
    for tab in &mut tabs {
        let kind = LineKind::Partner;
        tab.send(Event::Joined { line, kind });
    }
    let mut longest = 0;
    let mut count = 0;
    for _ in 0..20 {
        for from in 0..2 {
            for (line, frame) in std::mem::take(&mut tabs[from].said) {
                longest = longest.max(frame.len());
                count += 1;
                tabs[1 - from].send(heard(line, frame));
            }
        }
    }
    assert_eq!(tabs[0].session.plan(), tabs[1].session.plan());
    assert!(
        longest < 64 << 10 && count > 5,
        "{count} frames up to {longest} bytes"
    );
}

#[test]
fn partners_see_where_each_other_is_until_they_leave() {
    let (school, works, line) = pair();
    let mut tabs = [school, works];
    join(&mut tabs, line);
    let place = Place {
        page: "weave".into(),
        item: String::new(),
    };
    tabs[1].send(Event::MovedTo(place.clone()));
    talk(&mut tabs);
    let present = tabs[0].session.present();
    assert_eq!(present.len(), 1);
    assert_eq!((&present[0].name[..], present[0].tab), ("Lin Jing", false));
    assert_eq!(present[0].place, place);
    for (line, frame) in tabs[1].session.goodbyes() {
        tabs[0].send(heard(line, frame));
    }
    assert!(tabs[0].session.present().is_empty());
    assert!(tabs[0].notices.is_empty(), "somebody left: that is no news");
}

#[test]
fn a_partner_who_falls_silent_is_gone_after_some_time_and_back_when_it_speaks_again() {
    let (school, works, line) = pair();
    let mut tabs = [school, works];
    join(&mut tabs, line);
    assert_eq!(tabs[0].session.present().len(), 1);
    for _ in 0..10 {
        let at = tabs[0].beat.take().unwrap();
        tabs[0].session_send_at(at, Event::Beat);
    }
    assert!(tabs[0].session.present().is_empty());
    // It was only asleep: it is asked who it is, and all goes on.
    tabs[0].said.clear();
    tabs[1].act(add_module(2, "Milling"));
    talk(&mut tabs);
    assert_eq!(tabs[0].titles().len(), 2);
    assert_eq!(tabs[0].session.present().len(), 1);
}

#[test]
fn what_comes_from_a_partner_reaches_the_other_tabs_and_the_other_way_round() {
    let (mut school, works, line) = pair();
    let mut second = Tab::open(&school.store, 5, 0).unwrap();
    let kind = LineKind::Tabs;
    school.send(Event::Joined { line: TABS, kind });
    let mut tabs = [school, works];
    for tab in &mut tabs {
        let kind = LineKind::Partner;
        tab.send(Event::Joined { line, kind });
    }
    tabs[1].act(add_module(2, "Milling"));
    second.act(add_module(3, "Grinding"));
    for _ in 0..20 {
        for (over, frame) in std::mem::take(&mut tabs[0].said) {
            let event = heard(over, frame);
            if over == TABS {
                second.send(event)
            } else {
                tabs[1].send(event)
            }
        }
        for (line, frame) in std::mem::take(&mut tabs[1].said) {
            tabs[0].send(heard(line, frame));
        }
        for (line, frame) in std::mem::take(&mut second.said) {
            tabs[0].send(heard(line, frame));
        }
    }
    let plans = [&tabs[0], &tabs[1], &second].map(|tab| tab.session.plan());
    assert_eq!(plans[0].modules.iter().count(), 3);
    assert!(plans[0] == plans[1] && plans[0] == plans[2]);
    assert_eq!(tabs[0].session.present().len(), 2);
    assert_eq!(tabs[0].session.id(), PLAN);
    assert_ne!(Uid(0), PLAN);
}

#[test]
fn a_clock_that_is_put_back_a_little_does_not_end_the_beat() {
    for back in [1, 1_000, 19_999, 20_000, 315_000_000_000] {
        let (school, works, line) = pair();
        let mut tabs = [school, works];
        join(&mut tabs, line);
        let [mut school, mut works] = tabs;
        // A change is lost on its way; only the beat can tell.
        works.act(add_module(2, "Milling"));
        works.said.clear();
        let at = works.beat.take().unwrap();
        works.session_send_at(at - back, Event::Beat);
        let mut tabs = [school, works];
        tabs[0].now += 10_000;
        talk(&mut tabs);
        [school, works] = tabs;
        assert_eq!(school.titles().len(), 2, "{back} ms");
        assert!(
            works.beat.is_some(),
            "{back} ms: the next beat is asked for"
        );
    }
}
