//! Updates and snapshots that were changed and whose check sums were put right:
//! what somebody sends who means harm. Loro refuses most of them, takes some, and
//! on some it panics, at once or only when the plan is used: those must never come
//! near the open plan. What is refused changes nothing.
//!
//! `WEFT_SEEDS=1000000 cargo test -p weft-document --release -- crafted --nocapture`
//! looks for more and says where each panic comes from; `WEFT_FIRST` is the first.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{LazyLock, Mutex, Once};
use std::time::{Duration, Instant};

use crate::bench::*;
use rand::Rng;
use rand::seq::IndexedRandom;
use weft_document::*;
use weft_model::*;
use xxhash_rust::xxh32::xxh32;

/// A plan, and what partners have to send for it.
struct Field {
    saved: Vec<u8>,
    plan: Plan,
    sent: Vec<Vec<u8>>,
}

static FIELD: LazyLock<Field> = LazyLock::new(|| {
    let ada = small();
    let mut ben = reopen(&ada, 2);
    let known = ada.version();
    let mut rng = weft_sample::chance(3);
    let mut sent = Vec::new();
    for number in 0..60 {
        let act = weft_sample::random_act(ben.plan(), &mut rng);
        if let Ok(done) = ben.apply(&act, number * 5_000)
            && !done.update.is_empty()
        {
            sent.push(done.update);
        }
    }
    sent.push(ben.updates_since(&known));
    sent.push(ben.save());
    Field {
        saved: ada.save(),
        plan: ada.plan().clone(),
        sent,
    }
});

/// Where the last panic was, if there was one.
static PANICKED: Mutex<Option<String>> = Mutex::new(None);

fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let place = info.location().map_or(String::new(), ToString::to_string);
            if place.contains("/loro") {
                // From the name of the library on.
                let at = place.rfind("/loro").unwrap_or_default();
                *PANICKED.lock().unwrap() = Some(place[at + 1..].to_owned());
            } else {
                usual(info);
            }
        }));
    });
}

/// An update or a snapshot, changed by chance, with its sum put right.
fn crafted(seed: u64) -> Vec<u8> {
    let mut rng = weft_sample::chance(seed);
    let mut bytes = FIELD.sent.choose(&mut rng).unwrap().clone();
    for _ in 0..rng.random_range(1..=4) {
        let at = rng.random_range(22..bytes.len());
        match rng.random_range(0..6) {
            0 => bytes[at] ^= 1 << rng.random_range(0..8),
            1 => bytes[at] = *[0, 1, 0x7f, 0x80, 0xff].choose(&mut rng).unwrap(),
            2 => bytes[at] = rng.random(),
            3 => {
                bytes.remove(at);
            }
            4 => bytes.insert(at, rng.random()),
            _ => {
                // A number of many bytes.
                for byte in bytes.iter_mut().skip(at).take(4) {
                    *byte = 0xff;
                }
            }
        }
        if bytes.len() < 40 {
            break;
        }
    }
    let sum = xxh32(&bytes[20..], u32::from_le_bytes(*b"LORO"));
    bytes[16..20].copy_from_slice(&sum.to_le_bytes());
    bytes
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Refused,
    Taken,
    /// At which step, and where.
    Panicked(&'static str, String),
}

/// Takes in what was crafted, and uses the plan afterwards as the editor does.
fn meet(bytes: &[u8]) -> (Outcome, Duration) {
    let field = &*FIELD;
    // Of a folder's changes this much is read before the Worker has tried them.
    let mut step = "spans";
    let began = Instant::now();
    let went = catch_unwind(AssertUnwindSafe(|| {
        drop(Document::spans(bytes));
        step = "merge";
        let mut ada = Document::open(PLAN, [&field.saved], PeerId(7))
            .unwrap()
            .document;
        if ada.merge(bytes).is_err() {
            step = "refuse";
            // On an error the plan is as it was, and goes on.
            assert!(*ada.plan() == field.plan);
            assert_eq!(
                ada.save(),
                Document::open(PLAN, [&field.saved], PeerId(8))
                    .unwrap()
                    .document
                    .save()
            );
            return Outcome::Refused;
        }
        step = "hash";
        ada.fingerprint();
        step = "look back";
        drop((
            ada.recent(20),
            ada.chronicle(None),
            ada.clashes(),
            ada.authors(),
        ));
        step = "edit";
        let code = set(
            module(10),
            weft_model::field::module::code.key(),
            "A".into(),
        );
        drop(ada.apply(&one(code), 0));
        drop(ada.undo(0));
        step = "send";
        ada.updates_since(&Version::default());
        step = "save";
        let saved = ada.save();
        step = "open";
        drop(Document::open(PLAN, [&saved], PeerId(9)));
        Outcome::Taken
    }));
    let outcome = went.unwrap_or_else(|_| {
        let place = PANICKED.lock().unwrap().take().unwrap_or_default();
        Outcome::Panicked(step, place)
    });
    (outcome, began.elapsed())
}

fn read(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// One process that tries seeds until one of them kills it: the library may panic
/// again while it cleans up after a panic, and that ends the process.
#[test]
#[ignore = "run by the test below"]
fn a_process_that_meets_crafted_updates() {
    let (Some(first), Some(count)) = (read("WEFT_CHILD"), read("WEFT_SEEDS")) else {
        return;
    };
    listen();
    for seed in first..first + count {
        println!("begin {seed}");
        let (outcome, took) = meet(&crafted(seed));
        println!("ended {} {outcome:?}", took.as_millis());
    }
}

#[test]
fn crafted_updates_are_refused_without_a_trace_or_taken_or_stop_the_library() {
    let mut next = read("WEFT_FIRST").unwrap_or(0);
    let first = next;
    let last = next + read("WEFT_SEEDS").unwrap_or(5_000);
    let mut found: BTreeMap<String, (u64, usize)> = BTreeMap::new();
    let mut slowest = (0, 0);
    while next < last {
        let child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "--nocapture"])
            .arg("crafted::a_process_that_meets_crafted_updates")
            .env("WEFT_CHILD", next.to_string())
            .env("WEFT_SEEDS", (last - next).to_string())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&child.stdout);
        let mut note = |outcome: &str, seed| {
            found.entry(outcome.to_owned()).or_insert((seed, 0)).1 += 1;
        };
        let mut open = None;
        for line in said.lines() {
            // The runner's own words stand before the first one.
            if let Some((_, seed)) = line.split_once("begin ") {
                open = seed.parse::<u64>().ok();
            } else if let Some((_, rest)) = line.split_once("ended ")
                && let Some((took, outcome)) = rest.split_once(' ')
                && let Some(seed) = open.take()
            {
                slowest = slowest.max((took.parse::<u64>().unwrap(), seed));
                note(outcome, seed);
                next = seed + 1;
            }
        }
        match open {
            Some(seed) => {
                note("the process was killed", seed);
                next = seed + 1;
            }
            None => assert!(child.status.success(), "{said}"),
        }
    }
    let met: usize = found.values().map(|(_, times)| times).sum();
    assert_eq!(met as u64, last - first, "{found:?}");
    assert!(found["Refused"].1 * 2 > met, "{found:?}");
    let changed = |outcome: &String| outcome.starts_with("Panicked(\"refuse\"");
    assert!(!found.keys().any(changed), "{found:?}");
    for (outcome, (seed, times)) in found {
        println!("{times:>8} times, first seed {seed}: {outcome}");
    }
    println!("the slowest took {} ms: seed {}", slowest.0, slowest.1);
}
