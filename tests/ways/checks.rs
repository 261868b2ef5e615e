//! What must hold after every step, and what at the end.

use std::collections::{BTreeMap, BTreeSet};

use weft_document::{Document, PeerId};
use weft_exchange::weft_json;
use weft_model::*;
use weft_session::{Notice, weft_file};

use crate::device::Device;
use crate::support::{PLAN, Tab};

/// Where somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    Field(ItemId, Field),
    Link(LinkKey),
}

impl Spot {
    pub fn all(change: &Change) -> impl Iterator<Item = Self> {
        let fields = (change.items.iter())
            .flat_map(|(item, fields)| fields.iter().map(|field| Self::Field(*item, *field)));
        fields.chain(change.links.iter().map(|key| Self::Link(*key)))
    }

    pub fn read(&self, plan: &Plan) -> String {
        match self {
            Self::Link(key) => format!("{:?} {:?}", plan.weave.get(key), plan.weave.raw(key)),
            Self::Field(item, field) => {
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
}

/// No reference leads nowhere.
pub fn holds_together(plan: &Plan, seed: u64) {
    for violation in plan.violations() {
        match violation {
            Violation::Dangling { .. } => panic!("seed {seed}: {violation:?}"),
            Violation::DanglingLink(key) => {
                // Its unit may be another module's, when two partners made a unit
                // with one uid.
                let unit = key.unit.is_none_or(|unit| plan.units.raw(unit).is_some());
                let ends = plan.modules.raw(key.module).is_some()
                    && plan.job_items.raw(key.competency).is_some();
                assert!(unit && ends, "seed {seed}: {key}");
            }
            Violation::Misfit { .. } | Violation::Misplaced { .. } => {}
        }
    }
}

/// The plan that grew step by step is the one that is read at once.
pub fn is_what_is_stored(tab: &Tab, seed: u64) {
    let file = tab.session.file(0, None);
    let history = weft_file::read(&file).unwrap().history;
    let opened = Document::open(PLAN, [history], PeerId(u64::MAX)).unwrap();
    assert!(
        opened.document.plan() == tab.session.plan(),
        "seed {seed}: the plan is not what is stored"
    );
}

pub fn all_hold_the_same(
    devices: &[Device],
    written: &BTreeMap<Spot, (BTreeSet<usize>, String)>,
    seed: u64,
) {
    let first = &devices[0].tabs[0].tab;
    let plan = first.session.plan();
    let json = weft_json::export(plan);
    let mut prints = BTreeSet::new();
    for device in devices {
        let number = device.number;
        for open in &device.tabs {
            let session = &open.tab.session;
            assert_eq!(
                session.version(),
                first.session.version(),
                "seed {seed}, {number}"
            );
            assert!(
                session.plan() == plan,
                "seed {seed}: plan of device {number}"
            );
            assert!(
                weft_json::export(session.plan()) == json,
                "seed {seed}, {number}"
            );
            let told = open.tab.notices.iter();
            let odd = |it: &&Notice| {
                matches!(
                    it,
                    Notice::Parted { .. } | Notice::Diverged | Notice::Damaged(_)
                )
            };
            let odd: Vec<_> = told.filter(odd).collect();
            assert!(odd.is_empty(), "seed {seed}, device {number}: {odd:?}");
        }
        let records: Vec<Vec<u8>> = device.store.borrow().bodies();
        let again = Document::open(PLAN, &records, PeerId(u64::MAX)).unwrap();
        assert!(
            again.document.plan() == plan,
            "seed {seed}: store of device {number}"
        );
        prints.insert(again.document.fingerprint());
    }
    assert_eq!(prints.len(), 1, "seed {seed}");
    is_what_is_stored(first, seed);
    holds_together(plan, seed);
    for (spot, (by, value)) in written {
        if by.len() == 1 {
            assert_eq!(spot.read(plan), *value, "seed {seed}: {spot:?} was lost");
        }
    }
}
