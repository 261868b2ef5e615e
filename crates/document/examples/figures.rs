//! How long the large plan takes to open, to save and to edit. Prints medians
//! of time spent on the processor, so that a busy machine does not count; run
//! with `cargo run --release -p weft-document --example figures`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program to be read by a person at a terminal"
)]

use std::hint::black_box;
use std::time::Instant;

use weft_document::{Author, Document, Kept, PeerId, Version};
use weft_model::*;

/// The plan that is measured.
const PLAN: Uid = Uid(7);

/// Milliseconds on the processor, where the system tells; else of the clock.
fn stamp(start: &Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat");
    let nanos = told
        .ok()
        .and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanos.unwrap_or_else(|| start.elapsed().as_nanos() as f64) / 1e6
}

fn median(times: usize, mut work: impl FnMut()) -> f64 {
    let clock = Instant::now();
    // The system tells time on the processor in steps of some milliseconds.
    let stamp = |clock: &Instant| match times {
        100.. | 1 => clock.elapsed().as_nanos() as f64 / 1e6,
        _ => stamp(clock),
    };
    let mut all: Vec<f64> = (0..times)
        .map(|_| {
            let before = stamp(&clock);
            work();
            stamp(&clock) - before
        })
        .collect();
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

fn main() {
    let author = Author {
        uid: Uid(1),
        name: "Ada".into(),
        ..Default::default()
    };
    let clock = Instant::now();
    let start = stamp(&clock);
    let mut document = Document::create(PLAN, PeerId(1), &author, 0);
    let mut log = vec![document.save()];
    for act in weft_sample::large(1) {
        log.push(document.apply(&act, 0).unwrap().update);
    }
    println!("make by acts            {:8.2} ms", stamp(&clock) - start);
    let saved = document.save();
    println!("saved                   {:8} bytes", saved.len());
    let size: usize = log.iter().map(Vec::len).sum();
    println!("log                     {size:8} bytes");
    let open = |records: &[Vec<u8>]| {
        Document::open(PLAN, records, PeerId(5_000))
            .unwrap()
            .document
    };
    let records = vec![saved.clone()];
    println!(
        "open from snapshot      {:8.2} ms",
        median(15, || drop(black_box(open(&records))))
    );
    let reading = document.reading();
    println!("reading                 {:8} bytes", reading.len());
    let sooner = |records: &[Vec<u8>]| {
        let reading = reading.as_slice();
        let kept = Some(Kept { record: 0, reading });
        let opened = Document::open_with(PLAN, records, kept, PeerId(5_000)).unwrap();
        assert!(opened.sooner);
    };
    println!(
        "  with its reading      {:8.2} ms",
        median(15, || sooner(&records))
    );
    for (name, unpacked) in [
        ("first edit, packed     ", false),
        ("first edit, unpacked   ", true),
    ] {
        let kept = Kept {
            record: 0,
            reading: &reading,
        };
        let mut fresh = Document::open_with(PLAN, &records, Some(kept), PeerId(5_002))
            .unwrap()
            .document;
        let time = median(1, || {
            if unpacked {
                fresh.unpack()
            }
        });
        let mut links = fresh.plan().weave.iter();
        let key = *links.find(|(_, link)| link.level != Some(3)).unwrap().0;
        drop(links);
        let act = Act::one(
            Verb::Weave,
            key,
            Command::Link {
                key,
                level: Some(3),
            },
        );
        println!(
            "  {name} {:8.2} ms, after {time:.2} ms",
            median(1, || drop(fresh.apply(&act, 0).unwrap()))
        );
    }
    let mut behind = records.clone();
    let mut editor = Document::open(PLAN, &records, PeerId(5_001))
        .unwrap()
        .document;
    for key in editor
        .plan()
        .weave
        .iter()
        .map(|(key, _)| *key)
        .take(300)
        .collect::<Vec<_>>()
    {
        let act = Act::one(
            Verb::Weave,
            key,
            Command::Link {
                key,
                level: Some(3),
            },
        );
        behind.push(editor.apply(&act, 0).unwrap().update);
    }
    println!(
        "  and 300 acts behind   {:8.2} ms",
        median(15, || sooner(&behind))
    );
    println!(
        "  the same without      {:8.2} ms",
        median(15, || drop(black_box(open(&behind))))
    );
    let loro = loro::LoroDoc::from_snapshot(&saved).unwrap();
    println!(
        "  of it Loro's reading  {:8.2} ms",
        median(5, || drop(black_box(loro.get_deep_value())))
    );
    println!(
        "open from log           {:8.2} ms",
        median(5, || drop(black_box(open(&log))))
    );
    println!(
        "save                    {:8.2} ms",
        median(5, || drop(black_box(document.save())))
    );
    println!(
        "fingerprint             {:8.2} ms",
        median(5, || {
            black_box(document.fingerprint());
        })
    );
    println!(
        "plan clone              {:8.2} ms",
        median(5, || drop(black_box(document.plan().clone())))
    );

    let mut document = Document::open(PLAN, &records, PeerId(2)).unwrap().document;
    document.set_author(&author, 0);
    let links: Vec<LinkKey> = document.plan().weave.iter().map(|(key, _)| *key).collect();
    let (mut at, mut now, mut bytes) = (0, 0, 0);
    let mut tail = Vec::new();
    let time = median(1_000, || {
        let key = links[at % links.len()];
        at += 7;
        now += 2_000;
        let level = Some(1 + (at % 3) as u8);
        let act = Act::one(Verb::Weave, key, Command::Link { key, level });
        let update = document.apply(&act, now).unwrap().update;
        bytes += update.len();
        if !update.is_empty() {
            tail.push(update);
        }
    });
    println!(
        "apply a link            {time:8.4} ms   {} bytes",
        bytes / 1_000
    );
    let module = ItemId::from(document.plan().modules.iter().next().unwrap().id);
    let text = TextAt::Field(module, field::module::description);
    let mut bytes = 0;
    let time = median(1_000, || {
        now += 100;
        let splice = Splice {
            at: at % 200,
            delete: 0,
            insert: "x".into(),
        };
        at += 1;
        let command = Command::Write {
            at: text,
            lang: Lang::en(),
            splice,
        };
        let act = Act::one(Verb::Write, module, command);
        let update = document.apply(&act, now).unwrap().update;
        bytes += update.len();
        if !update.is_empty() {
            tail.push(update);
        }
    });
    println!(
        "apply a key             {time:8.4} ms   {} bytes",
        bytes / 1_000
    );
    let time = median(100, || drop(document.undo(now)));
    println!("undo a step             {time:8.4} ms");
    let mut other = Document::open(PLAN, &records, PeerId(3)).unwrap().document;
    let mut rest = tail.iter();
    let time = median(tail.len(), || {
        drop(other.merge(rest.next().unwrap()).unwrap())
    });
    println!("merge a live edit       {time:8.4} ms");
    let mut records = records;
    records.extend(tail);
    println!(
        "open snapshot + 2,000   {:8.2} ms",
        median(5, || drop(black_box(open(&records))))
    );
    many(&saved, &author);
}

/// P6: twenty partners with 500 concurrent edits each.
fn many(saved: &[u8], author: &Author) {
    let mut updates = Vec::new();
    let base = Document::open(PLAN, [saved], PeerId(9)).unwrap().document;
    for partner in 0..20 {
        let mut copy = Document::open(PLAN, [saved], PeerId(100 + partner))
            .unwrap()
            .document;
        copy.set_author(author, 0);
        let mut rng = weft_sample::chance(partner);
        let modules: Vec<ItemId> = copy.plan().modules.iter().map(|m| m.id.into()).collect();
        for step in 0..500 {
            let module = modules[(partner as usize * 31 + step * 7) % modules.len()];
            let value = weft_sample::random_value(copy.plan(), field::module::code, &mut rng);
            let (key, value) = value.unwrap();
            let command = Command::Set {
                item: module,
                key,
                value: Some(value),
            };
            let act = Act::one(Verb::Edit, module, command);
            copy.apply(&act, step as i64 * 5_000).unwrap();
        }
        updates.push(copy.updates_since(&base.version()));
    }
    let time = median(5, || {
        let mut copy = Document::open(PLAN, [saved], PeerId(9)).unwrap().document;
        for update in &updates {
            copy.merge(update).unwrap();
        }
        black_box(copy.version() == Version::default());
    });
    let open = median(5, || {
        drop(black_box(Document::open(PLAN, [saved], PeerId(9)).unwrap()))
    });
    println!(
        "merge 20 x 500          {:8.2} ms   (opening taken off)",
        time - open
    );
}
