//! Takes in lists of the size in which ESCO is published, made from the extract
//! in the fixtures: 3,007 occupations, 13,896 skills and 123,855 relations, 21 MB
//! of them, as single files and as one archive.
//! `cargo run --release -p weft-sandbox --example esco`. With a folder behind it, the
//! lists are put there and that is all.
//!
//! Each line says what was done, how long it took, and how often progress was
//! told. The Worker does the same with the same program.

#![allow(clippy::print_stdout, reason = "an example that says what it saw")]

use std::error::Error;
use std::io::{Cursor, Write as _};
use std::time::Instant;

use weft_exchange::QuestionKind;
use weft_exchange::foreign::{Foreign, Options};
use weft_model::Plan;
use weft_sandbox::{Answer, Given, Job, Port, What, answer, write};

const OCCUPATIONS: usize = 3_007;
const SKILLS: usize = 13_896;
const RELATIONS: usize = 123_855;

struct Told(Vec<f64>);

impl Port for Told {
    fn progress(&mut self, share: f64) {
        self.0.push(share);
    }

    fn decode(&mut self, _: &str, _: &[u8]) -> Option<String> {
        None
    }

    fn hand_out(&mut self, _: &[u8]) {}
}

fn main() -> Result<(), Box<dyn Error>> {
    let files = full()?;
    if let Some(folder) = std::env::args().nth(1) {
        std::fs::create_dir_all(&folder)?;
        for file in files {
            std::fs::write(format!("{folder}/{}", file.name), file.bytes)?;
        }
        return Ok(());
    }
    for file in &files {
        println!("{}: {} bytes", file.name, file.bytes.len());
    }
    let archive = [Given {
        name: "esco.zip".into(),
        bytes: zipped(&files)?,
    }];
    for given in [files.as_slice(), &archive] {
        for _ in 0..3 {
            taken(given)?;
        }
    }
    Ok(())
}

fn taken(files: &[Given]) -> Result<(), Box<dyn Error>> {
    timed("looked into", &Job::Look, files);
    let plan = weft_document::pack_plan(&Plan::new());
    let mut job = Job::Import {
        what: What::Foreign(Foreign::Esco),
        plan,
        options: Options::default(),
        seed: 7,
    };
    let Answer::Imported(Ok(asked)) = timed("offered", &job, files) else {
        return Err("the lists do not come in".into());
    };
    let offers = asked.questions.iter().find_map(|it| match &it.kind {
        QuestionKind::WhichOf { offers } => Some(offers),
        _ => None,
    });
    let offers = offers.ok_or("nothing is offered")?;
    if let Job::Import { options, .. } = &mut job {
        let chosen = offers.iter().filter(|it| it.holds > 0).take(10);
        options.chosen = chosen.map(|offer| offer.id.clone()).collect();
    }
    let Answer::Imported(Ok(came)) = timed("took in ten", &job, files) else {
        return Err("the chosen ones do not come in".into());
    };
    println!("{} offers, {} commands", offers.len(), came.commands.len());
    Ok(())
}

fn timed(what: &str, job: &Job, files: &[Given]) -> Answer {
    let mut told = Told(Vec::new());
    let since = Instant::now();
    let answered = answer(job, files, &mut told);
    let bytes = write(&answered).len();
    let took = since.elapsed().as_millis();
    let told = told.0.len();
    println!("{took:>6} ms  {what}, {bytes} bytes of answer, progress told {told} times");
    answered
}

/// The extract over and over, with other ends to its addresses.
fn full() -> Result<Vec<Given>, Box<dyn Error>> {
    let folder = format!("{}/../../tests/fixtures/esco", env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/extract_{name}.csv"));
    let relations = read("occupationSkillRelations")?;
    let mut lines = relations.lines();
    let head = lines.next().unwrap_or_default();
    let all: Vec<&str> = lines.collect();
    let mut made = format!("{head}\n");
    for at in 0..RELATIONS {
        let line = all.get(at % all.len()).ok_or("an empty extract")?;
        let mut cells = line.splitn(4, ',');
        let mut next = || cells.next().unwrap_or_default();
        let (occupation, kind, of, skill) = (next(), next(), next(), next());
        let round = at / all.len();
        let occupation = numbered(occupation, (at / 41) % OCCUPATIONS);
        let skill = numbered(skill, (at * 7 + round) % SKILLS);
        made.push_str(&format!("{occupation},{kind},{of},{skill}\n"));
    }
    let concepts = |name: &str, count: usize| -> Result<String, Box<dyn Error>> {
        let text = read(name)?;
        let mut rows = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let heads = rows.headers()?.clone();
        let uri = heads.iter().position(|head| head == "conceptUri");
        let all: Vec<csv::StringRecord> = rows.records().collect::<Result<_, _>>()?;
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(&heads)?;
        for at in 0..count {
            let record = all.get(at % all.len()).ok_or("an empty extract")?;
            let cells = record.iter().enumerate().map(|(column, cell)| {
                if Some(column) == uri {
                    numbered(cell, at)
                } else {
                    cell.to_owned()
                }
            });
            out.write_record(cells.collect::<Vec<_>>())?;
        }
        Ok(String::from_utf8(out.into_inner()?)?)
    };
    let files = [
        (
            "occupations_en.csv",
            concepts("occupations_en", OCCUPATIONS)?,
        ),
        ("skills_en.csv", concepts("skills_en", SKILLS)?),
        ("occupationSkillRelations.csv", made),
    ];
    let given = files.into_iter().map(|(name, text)| Given {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    });
    Ok(given.collect())
}

/// An address of the same length with a number for its identifier.
fn numbered(uri: &str, number: usize) -> String {
    let start = uri.get(..uri.len().saturating_sub(36)).unwrap_or(uri);
    format!("{start}00000000-0000-4000-8000-{number:012}")
}

fn zipped(files: &[Given]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        zip.start_file(&file.name, zip::write::SimpleFileOptions::default())?;
        zip.write_all(&file.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
