//! Writes what twenty partners have done to the plan *large*, each apart, for the
//! bench of merging: `cargo run -p weft-session --example merging -- FOLDER`.
//!
//! `large.weft` is the plan with its history. `partners.json` holds the frames in
//! which another tab of the device would pass on what the partners did, how many
//! links and woven cells there are then, and the same operations in words, for the
//! peers. `here.weft` and `there.weft` are one plan of 200 modules that two sides have
//! edited apart. Nothing is measured here.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

use rand::Rng;
use rand::seq::IndexedRandom;
use serde_json::{Value as Json, json};
use weft_document::{Author, PeerId};
use weft_model::{
    Act, Command, ItemId, JobItemId, Lang, LinkKey, ModuleId, Plan, Splice, Subject, TextAt, Tier,
    Uid, Value, Verb, field,
};
use weft_session::{Effect, Event, LineId, LineKind, Opening, Session};

const PLAN: Uid = Uid(0x57_EF7);
/// As for the other plans of the benches.
const SEED: u64 = 7;
const PARTNERS: u64 = 20;
const OPERATIONS: usize = 500;
const LINE: LineId = LineId(0);
const TWO_HUNDRED: weft_sample::Size = weft_sample::Size {
    modules: 200,
    units_per_module: 3,
    roles: 2,
    tasks: 20,
    competencies: 150,
    links: 1_500,
    comments: 20,
};

struct Places {
    modules: Vec<ModuleId>,
    competencies: Vec<JobItemId>,
}

fn open(records: Vec<&[u8]>, peer: u64) -> Result<Session, Box<dyn Error>> {
    let author = Author {
        uid: Uid(900 + peer),
        name: format!("Partner {peer}"),
        ..Author::default()
    };
    let opened = weft_session::open(Opening {
        records,
        plan: PLAN,
        card: None,
        peer: PeerId(peer),
        author,
        now: 0,
    });
    Ok(opened.map_err(|error| format!("{error:?}"))?.0)
}

/// An operation, and the same in words: half of them levels in the weave, the rest
/// words in descriptions, some codes.
fn operation(plan: &Plan, places: &Places, rng: &mut impl Rng) -> Option<(Command, Json)> {
    let module = *places.modules.choose(rng)?;
    let item = ItemId::from(module);
    let id = module.0.to_string();
    Some(match rng.random_range(0..10) {
        0..5 => {
            let competency = *places.competencies.choose(rng)?;
            let rank = rng.random_range(1..=3);
            let words = json!({"kind": "level", "module": id,
                "competency": competency.0.to_string(), "level": rank});
            let key = LinkKey::of(module, competency);
            let level = Some(rank);
            (Command::Link { key, level }, words)
        }
        5..9 => {
            let at = TextAt::Field(item, field::module::description);
            let lang = Lang::en();
            let start = rng.random_range(0..=plan.text(at, &lang).chars().count());
            let insert = "kept for the lathe ".to_owned();
            let words = json!({"kind": "text", "module": id, "at": start, "insert": insert});
            let splice = Splice {
                at: start,
                delete: 0,
                insert,
            };
            (Command::Write { at, lang, splice }, words)
        }
        _ => {
            let code = format!("M{}", rng.random_range(0..10_000));
            let words = json!({"kind": "code", "module": id, "code": code});
            let key = field::module::code.key();
            let value = Some(Value::Str(code));
            (Command::Set { item, key, value }, words)
        }
    })
}

/// What a partner does, in words.
fn work(partner: &mut Session, places: &Places, seed: u64) -> Vec<Json> {
    let mut rng = weft_sample::chance(seed);
    let mut words = Vec::new();
    while words.len() < OPERATIONS {
        let Some((command, word)) = operation(partner.plan(), places, &mut rng) else {
            break;
        };
        let act = Act::one(Verb::Edit, Subject::Plan, command);
        partner.handle(words.len() as i64 * 2_000, Event::Acted(act));
        words.push(word);
    }
    words
}

fn said(effects: Vec<Effect>) -> Vec<Vec<u8>> {
    let frames = effects.into_iter().filter_map(|effect| match effect {
        Effect::Say { frame, .. } => Some(frame),
        _ => None,
    });
    frames.collect()
}

/// One plan as two sides have it who have edited it apart.
fn two_sides() -> Result<[Vec<u8>; 2], Box<dyn Error>> {
    let mut base = open(Vec::new(), 1)?;
    for act in weft_sample::sized(TWO_HUNDRED, SEED) {
        base.handle(0, Event::Acted(act));
    }
    let record = base.record();
    let side = |peer: u64| -> Result<Vec<u8>, Box<dyn Error>> {
        let mut side = open(vec![record.as_slice()], peer)?;
        let mut rng = weft_sample::chance(peer);
        for at in 0..OPERATIONS {
            let act = weft_sample::random_act(side.plan(), &mut rng);
            side.handle(at as i64 * 2_000, Event::Acted(act));
        }
        Ok(side.file(0, None))
    };
    Ok([side(2)?, side(3)?])
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("name the folder")?;
    let folder = PathBuf::from(folder);
    fs::create_dir_all(&folder)?;
    let mut base = open(Vec::new(), 1)?;
    for act in weft_sample::sized(weft_sample::Size::LARGE, SEED) {
        base.handle(0, Event::Acted(act));
    }
    fs::write(folder.join("large.weft"), base.file(0, None))?;
    let record = base.record();
    let plan = base.plan();
    let places = Places {
        modules: plan.modules.iter().map(|module| module.id).collect(),
        competencies: (plan.job_items.iter())
            .filter(|line| line.tier.is_some_and(|tier| tier.0 == Tier::Competency))
            .map(|line| line.id)
            .collect(),
    };
    let kind = LineKind::Tabs;
    let line = LINE;
    let hello = said(base.handle(0, Event::Joined { line, kind }));
    let mut frames: Vec<Vec<u8>> = Vec::new();
    let mut partners: Vec<Vec<Json>> = Vec::new();
    for number in 0..PARTNERS {
        let mut partner = open(vec![record.as_slice()], 10 + number)?;
        partners.push(work(&mut partner, &places, SEED + number));
        partner.handle(0, Event::Joined { line, kind });
        for frame in hello.iter().cloned() {
            for mut frame in said(partner.handle(
                0,
                Event::Heard {
                    line,
                    frames: vec![frame],
                },
            )) {
                // Changes alone, and to everybody: the tab in the browser has a
                // number of its own.
                if frame.get(1) == Some(&b'C') {
                    frame[10..18].fill(0);
                    frames.push(frame);
                }
            }
        }
    }
    for frame in frames.iter().cloned() {
        base.handle(
            0,
            Event::Heard {
                line,
                frames: vec![frame],
            },
        );
    }
    // The peers keep one level a cell, also where a cell has links of several units.
    let weave = &base.plan().weave;
    let cells: BTreeSet<_> = weave
        .iter()
        .map(|(key, _)| (key.module, key.competency))
        .collect();
    let told = json!({
        "plan": PLAN.to_string(),
        "links": weave.len(),
        "cells": cells.len(),
        "frames": frames,
        "partners": partners,
    });
    fs::write(folder.join("partners.json"), serde_json::to_vec(&told)?)?;
    let [here, there] = two_sides()?;
    fs::write(folder.join("here.weft"), here)?;
    fs::write(folder.join("there.weft"), there)?;
    Ok(())
}
