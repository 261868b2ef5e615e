//! Partners who edit one plan at once, over a network that loses, repeats and
//! reorders, with restarts, partitions and wrong clocks. When all have heard
//! all, they hold the same plan, and nothing that was acknowledged is gone.
//!
//! `WEFT_SEEDS=100000 cargo test --release --test convergence -- --ignored`
//! runs as many seeds as one likes; `WEFT_FIRST` is the first of them.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use rand::Rng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand_chacha::ChaCha8Rng;
use weft_document::{Author, Document, PeerId, UndoError};
use weft_model::*;
use weft_sample::{chance, random_act};

const PLAN: Uid = Uid(0x57ef7);

/// What one partner wrote last in a field or a link.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    Field(ItemId, Field),
    Link(LinkKey),
}

fn values(plan: &Plan, spot: &Spot) -> String {
    match spot {
        Spot::Link(key) => format!("{:?} {:?}", plan.weave.get(key), plan.weave.raw(key)),
        Spot::Field(item, field) => {
            let mut all = Vec::new();
            plan.any(item.kind).values(item.uid, &mut |key, value| {
                if key.field == *field {
                    all.push((key, value));
                }
            });
            format!("{all:?}")
        }
    }
}

struct Partner {
    document: Document,
    author: Author,
    /// What its device has stored: enough to open the plan again.
    stored: Vec<Vec<u8>>,
    inbox: Vec<Vec<u8>>,
    clock: i64,
}

struct Network {
    partners: Vec<Partner>,
    rng: ChaCha8Rng,
    next_peer: u64,
    /// Partners on different sides do not hear each other for now.
    parted: Option<usize>,
    /// Who wrote where, and how it read then.
    written: BTreeMap<Spot, (BTreeSet<usize>, String)>,
    seed: u64,
}

impl Network {
    fn new(seed: u64) -> Self {
        let mut rng = chance(seed);
        let author = |number: u64| Author {
            uid: Uid(900 + number),
            name: format!("Partner {number}"),
            ..Default::default()
        };
        let mut first = Document::create(PLAN, PeerId(1), &author(0), 0);
        // Some of the plans have something in them from the start.
        let mut stored = vec![first.save()];
        if rng.random_ratio(1, 3) {
            let size = weft_sample::Size {
                modules: 4,
                units_per_module: 2,
                roles: 1,
                tasks: 2,
                competencies: 6,
                links: 12,
                comments: 2,
            };
            for act in weft_sample::sized(size, seed) {
                stored.push(first.apply(&act, 0).unwrap().update);
            }
        }
        let saved = first.save();
        let count = rng.random_range(2..=6);
        let mut partners = vec![Partner {
            document: first,
            author: author(0),
            stored,
            inbox: Vec::new(),
            clock: 0,
        }];
        for number in 1..count {
            let opened = Document::open(PLAN, [&saved], PeerId(1 + number)).unwrap();
            let mut document = opened.document;
            document.set_author(&author(number), 0);
            partners.push(Partner {
                document,
                author: author(number),
                stored: vec![saved.clone()],
                inbox: Vec::new(),
                // Ten years off, either way.
                clock: rng.random_range(-315_000_000_000..315_000_000_000),
            });
        }
        Self {
            partners,
            rng,
            next_peer: 100,
            parted: None,
            written: BTreeMap::new(),
            seed,
        }
    }

    fn step(&mut self) {
        let who = self.rng.random_range(0..self.partners.len());
        // Clocks run, stand still or jump back.
        self.partners[who].clock += [0, 200, 900, 5_000, -60_000].choose(&mut self.rng).unwrap();
        match self.rng.random_range(0..100) {
            0..56 => self.act(who),
            56..76 => self.deliver(who),
            76..84 => self.undo(who, true),
            84..89 => self.undo(who, false),
            89..93 => self.repair(who),
            93..97 => self.restart(who),
            _ => {
                let side = self.rng.random_range(0..self.partners.len());
                self.parted = if self.parted.is_none() {
                    Some(side)
                } else {
                    None
                };
            }
        }
    }

    fn act(&mut self, who: usize) {
        let partner = &mut self.partners[who];
        let act = random_act(partner.document.plan(), &mut self.rng);
        let before = partner.document.version();
        match partner.document.apply(&act, partner.clock) {
            Ok(done) => self.publish(who, done.update, &done.change),
            Err(_) => assert_eq!(partner.document.version(), before, "seed {}", self.seed),
        }
    }

    fn undo(&mut self, who: usize, back: bool) {
        let partner = &mut self.partners[who];
        let before = partner.document.plan().clone();
        let done = match back {
            true => partner.document.undo(partner.clock),
            false => partner.document.redo(partner.clock),
        };
        match done {
            Ok(done) => self.publish(who, done.update, &done.change),
            Err(UndoError::Nothing | UndoError::Changed { .. }) => {
                assert!(*partner.document.plan() == before, "seed {}", self.seed);
            }
            Err(UndoError::ReadOnly) => panic!("seed {}", self.seed),
        }
    }

    /// Stores what was done, notes it as acknowledged, and sends it around.
    fn publish(&mut self, who: usize, update: Vec<u8>, change: &Change) {
        let plan = self.partners[who].document.plan();
        let fields = (change.items.iter())
            .flat_map(|(item, fields)| fields.iter().map(|field| Spot::Field(*item, *field)));
        for spot in fields.chain(change.links.iter().map(|key| Spot::Link(*key))) {
            let now = values(plan, &spot);
            let entry = self.written.entry(spot).or_default();
            entry.0.insert(who);
            entry.1 = now;
        }
        if update.is_empty() {
            return;
        }
        self.partners[who].stored.push(update.clone());
        for other in 0..self.partners.len() {
            let apart = self
                .parted
                .is_some_and(|side| (other <= side) != (who <= side));
            if other == who || apart || self.rng.random_ratio(3, 10) {
                continue;
            }
            self.partners[other].inbox.push(update.clone());
            if self.rng.random_ratio(1, 10) {
                self.partners[other].inbox.push(update.clone());
            }
        }
    }

    fn deliver(&mut self, who: usize) {
        let partner = &mut self.partners[who];
        if partner.inbox.is_empty() {
            return;
        }
        let at = self.rng.random_range(0..partner.inbox.len());
        let update = partner.inbox.swap_remove(at);
        partner.document.merge(&update).unwrap();
        partner.stored.push(update);
    }

    /// Gets all that another partner has and this one lacks.
    fn repair(&mut self, who: usize) {
        let other = self.rng.random_range(0..self.partners.len());
        self.fetch(who, other);
    }

    fn fetch(&mut self, who: usize, from: usize) {
        if who == from {
            return;
        }
        let version = self.partners[who].document.version();
        let update = self.partners[from].document.updates_since(&version);
        let partner = &mut self.partners[who];
        partner.document.merge(&update).unwrap();
        partner.stored.push(update);
    }

    /// Closes the tab and opens the plan again from what is stored.
    fn restart(&mut self, who: usize) {
        self.next_peer += 1;
        let peer = PeerId(self.next_peer);
        let partner = &mut self.partners[who];
        if self.rng.random() {
            // What waits for earlier changes is not in a snapshot, so the
            // records stay beside it.
            partner.stored.push(partner.document.save());
        }
        partner.stored.shuffle(&mut self.rng);
        let mut document = Document::open(PLAN, &partner.stored, peer)
            .unwrap()
            .document;
        document.set_author(&partner.author, partner.clock);
        assert!(
            document.version().includes(&partner.document.version()),
            "seed {}: a restart lost something",
            self.seed
        );
        if document.version() == partner.document.version() {
            assert!(
                document.plan() == partner.document.plan(),
                "seed {}: a restart changed the plan",
                self.seed
            );
        }
        partner.document = document;
    }

    /// The plan that grew step by step is the one that is read at once.
    fn check_projection(&self, who: usize) {
        let document = &self.partners[who].document;
        let opened = Document::open(PLAN, [document.save()], PeerId(u64::MAX)).unwrap();
        assert!(
            opened.document.plan() == document.plan(),
            "seed {}: the plan is not what is stored",
            self.seed
        );
    }

    fn quiet(&mut self) {
        for _ in 0..2 {
            for who in 0..self.partners.len() {
                self.fetch(0, who);
                self.fetch(who, 0);
            }
        }
    }

    fn check_end(&self) {
        let seed = self.seed;
        let first = &self.partners[0].document;
        let plan = first.plan();
        for partner in &self.partners {
            let other = &partner.document;
            assert_eq!(other.version(), first.version(), "seed {seed}");
            assert!(other.plan() == plan, "seed {seed}: plans differ");
            assert_eq!(other.fingerprint(), first.fingerprint(), "seed {seed}");
        }
        self.check_projection(0);
        for violation in plan.violations() {
            match violation {
                Violation::Dangling { .. } => panic!("seed {seed}: {violation:?}"),
                Violation::DanglingLink(key) => {
                    // Its unit may be another module's, when two partners made
                    // a unit with one uid.
                    let unit = key.unit.is_none_or(|unit| plan.units.raw(unit).is_some());
                    let ends = plan.modules.raw(key.module).is_some()
                        && plan.job_items.raw(key.competency).is_some();
                    assert!(unit && ends, "seed {seed}: {key}");
                }
                Violation::Misfit { .. } | Violation::Misplaced { .. } => {}
            }
        }
        for (spot, (by, value)) in &self.written {
            if by.len() == 1 {
                assert_eq!(values(plan, spot), *value, "seed {seed}: {spot:?} was lost");
            }
        }
    }
}

fn run(seed: u64) {
    let mut network = Network::new(seed);
    let steps = 100 + 10 * network.partners.len();
    for step in 0..steps {
        network.step();
        if step % 30 == 0 {
            let who = network.rng.random_range(0..network.partners.len());
            network.check_projection(who);
        }
    }
    network.quiet();
    network.check_end();
}

macro_rules! seeds {
    ($($name:ident $range:expr;)*) => {$(
        #[test]
        fn $name() {
            $range.for_each(run);
        }
    )*};
}

seeds! {
    partners_converge_in_seeds_0_to_249 0..250;
    partners_converge_in_seeds_250_to_499 250..500;
    partners_converge_in_seeds_500_to_749 500..750;
    partners_converge_in_seeds_750_to_999 750..1_000;
}

#[test]
#[ignore = "as long as one likes, by hand"]
fn partners_converge_in_as_many_seeds_as_asked_for() {
    let read = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    let first = read("WEFT_FIRST").unwrap_or(1_000);
    let count = read("WEFT_SEEDS").unwrap_or(10_000);
    (first..first + count).for_each(run);
}
