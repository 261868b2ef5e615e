//! Takes in a list of the size in which all versions of all UK standards are
//! published, made from the one in the fixtures: 2,032 of them, 79 MB.
//! `cargo run --release -p weft-sandbox --example standards`. With a folder behind it,
//! the list is put there and that is all.
//!
//! Each line says what was done and how long it took. The Worker does the same
//! with the same program.

#![allow(clippy::print_stdout, reason = "an example that says what it saw")]

use std::error::Error;
use std::time::Instant;

use serde_json::Value as Json;
use weft_exchange::QuestionKind;
use weft_exchange::foreign::{Foreign, Options};
use weft_model::Plan;
use weft_sandbox::{Answer, Given, Job, Port, What, answer};

const STANDARDS: usize = 2_032;
/// What the entries of a standard are repeated up to, in bytes: so the whole comes
/// to its size.
const EACH: usize = 45_000;
/// How many are chosen.
const CHOSEN: usize = 5;

struct Silent;

impl Port for Silent {
    fn progress(&mut self, _: f64) {}

    fn decode(&mut self, _: &str, _: &[u8]) -> Option<String> {
        None
    }

    fn hand_out(&mut self, _: &[u8]) {}
}

fn main() -> Result<(), Box<dyn Error>> {
    let files = [Given {
        name: "standards.json".into(),
        bytes: full()?,
    }];
    if let Some(folder) = std::env::args().nth(1) {
        std::fs::create_dir_all(&folder)?;
        let [file] = files;
        std::fs::write(format!("{folder}/{}", file.name), file.bytes)?;
        return Ok(());
    }
    println!("{} bytes", files[0].bytes.len());
    for _ in 0..3 {
        taken(&files)?;
    }
    Ok(())
}

fn taken(files: &[Given]) -> Result<(), Box<dyn Error>> {
    timed("looked into", &Job::Look, files);
    let mut job = Job::Import {
        what: What::Foreign(Foreign::UkStandards),
        plan: weft_document::pack_plan(&Plan::new()),
        options: Options::default(),
        seed: 7,
    };
    let Answer::Imported(Ok(asked)) = timed("offered", &job, files) else {
        return Err("the list does not come in".into());
    };
    let Some(QuestionKind::WhichOf { offers }) = asked.questions.first().map(|it| &it.kind) else {
        return Err("nothing is offered".into());
    };
    if let Job::Import { options, .. } = &mut job {
        let ids = offers.iter().take(CHOSEN).map(|offer| offer.id.clone());
        options.chosen = ids.collect();
    }
    let Answer::Imported(Ok(came)) = timed("took in five", &job, files) else {
        return Err("the chosen ones do not come in".into());
    };
    println!("{} offers, {} commands", offers.len(), came.commands.len());
    Ok(())
}

fn timed(what: &str, job: &Job, files: &[Given]) -> Answer {
    let since = Instant::now();
    let answered = answer(job, files, &mut Silent);
    println!("{:>6} ms  {what}", since.elapsed().as_millis());
    answered
}

/// The second standard of the fixtures over and over under other names, with the
/// entries of its lists, under other identifiers, as often as they come to the
/// size.
fn full() -> Result<Vec<u8>, Box<dyn Error>> {
    let path = format!(
        "{}/../../tests/fixtures/standards/standards.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let all: Json = serde_json::from_slice(&std::fs::read(path)?)?;
    let mut one = all.get(1).cloned().ok_or("an empty list")?;
    let short = one.to_string().len();
    for list in ["duties", "knowledges", "skills", "behaviours"] {
        let Some(Json::Array(entries)) = one.get_mut(list) else {
            continue;
        };
        let once = entries.clone();
        for round in 0..EACH.div_ceil(short) {
            for entry in &once {
                let other = entry
                    .to_string()
                    .replace("-5a7e-", &format!("-{round:04x}-"));
                entries.push(serde_json::from_str(&other)?);
            }
        }
    }
    let mut out = String::from("[");
    for number in 0..STANDARDS {
        if number > 0 {
            out.push(',');
        }
        one["referenceNumber"] = format!("ST{number:04}").into();
        let other = one.to_string();
        out.push_str(&other.replace("\"0b1e", &format!("\"{number:04x}")));
    }
    out.push(']');
    Ok(out.into_bytes())
}
