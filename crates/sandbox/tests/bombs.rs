//! Files that are small and mean to be huge, deep or endless: each is refused
//! with the reason, or comes to a result, within a bound of memory that an
//! allocator which counts has measured. None is kept as a file: each is made
//! here. What it took is printed with `-- --nocapture`; nothing fails on a clock.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may fail loudly and say what it saw"
)]

#[path = "bombs/archives.rs"]
mod archives;
#[path = "bombs/books.rs"]
mod books;
#[path = "bombs/envelopes.rs"]
mod envelopes;
#[path = "bombs/made.rs"]
mod made;
#[path = "bombs/texts.rs"]
mod texts;

use std::collections::BTreeSet;
use std::time::Instant;

use peak_alloc::PeakAlloc;
use weft_exchange::foreign::Options;
use weft_exchange::{Fate, Imported, link, qr};
use weft_model::Plan;
use weft_sandbox::{Answer, Entry, Failed, Given, Job, Port, What, answer, write};
use weft_session::{html_file, log, weft_file};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What a bomb may take, the file itself included.
const MEMORY_LIMIT: usize = 128 << 20;

/// How a file comes in.
#[derive(Clone, Copy)]
pub enum Way {
    /// As a person drops it.
    Look,
    /// As what it was found to be.
    Import(What),
    /// A file with history or a part of a folder, gone through on a copy.
    Try,
    /// The envelope of a file with history.
    Weft,
    /// A page with a plan in it.
    Page,
    /// Records of a store.
    Log,
    /// A plan in a link.
    Link,
    /// A picture of so many pixels, which may hold a code.
    Picture(usize, usize),
}

/// Its name, the way it comes in, words of what comes of it, and the files.
#[derive(Clone, Copy)]
pub struct Bomb(&'static str, Way, &'static str, fn() -> Vec<Given>);

struct Letters;

impl Port for Letters {
    fn progress(&mut self, _: f64) {}

    fn decode(&mut self, label: &str, bytes: &[u8]) -> Option<String> {
        (label == "windows-1252").then(|| bytes.iter().map(|byte| char::from(*byte)).collect())
    }

    fn hand_out(&mut self, _: &[u8]) {}
}

fn through(way: Way, files: &[Given]) -> String {
    let bytes = files.first().map_or(&[][..], |file| file.bytes.as_slice());
    match way {
        Way::Look => worked(&Job::Look, files),
        Way::Import(what) => {
            let job = Job::Import {
                what,
                plan: weft_document::pack_plan(&Plan::new()),
                options: Options::default(),
                seed: 7,
            };
            worked(&job, files)
        }
        Way::Try => {
            // It may be laid beside a plan, too.
            worked(&Job::Read { peer: 1 }, files);
            let job = Job::Try {
                here: None,
                peer: 1,
            };
            worked(&job, files)
        }
        Way::Weft | Way::Page if worked(&Job::Read { peer: 1 }, files) != "no plan" => {
            "read as a plan".to_owned()
        }
        Way::Weft => format!("{:?}", weft_file::read(bytes).map(|_| ())),
        Way::Page => match html_file::find(bytes) {
            Ok(found) => format!("found {}", found.len()),
            Err(error) => format!("{error:?}"),
        },
        Way::Log => format!("{} good", log::read_stream(bytes).good.len()),
        Way::Link => {
            let text = core::str::from_utf8(bytes)
                .ok()
                .filter(|_| files[0].name == "text");
            let read = text.map_or(Ok(bytes.to_vec()), link::from_text);
            let read = read.and_then(|bytes| link::unpack(&bytes));
            format!("{:?}", read.map(|_| ()))
        }
        Way::Picture(width, height) => format!("{} codes", qr::read(width, height, bytes).len()),
    }
}

/// What the Worker's program says, its bytes included.
fn worked(job: &Job, files: &[Given]) -> String {
    let answered = answer(job, files, &mut Letters);
    let bytes = write(&answered);
    assert!(!bytes.is_empty());
    match answered {
        Answer::Looked(entries) => looked(&entries),
        Answer::Imported(Ok(imported)) => imported_as(&imported),
        Answer::Imported(Err(Failed { why, .. })) => format!("{why:?}"),
        Answer::Read(plan) => format!("{} plan", plan.map_or("no", |_| "a")),
        Answer::Tried | Answer::Followed(_) => "tried".into(),
        Answer::Written(_) | Answer::NotKept => panic!("nothing was to be written"),
        Answer::OtherBuild => panic!("the job does not read"),
    }
}

fn looked(entries: &[Entry]) -> String {
    let each = entries.iter().map(|entry| match entry {
        Entry::Table(table) => {
            format!("table {}x{}", table.sheet.rows.len(), table.sheet.width())
        }
        Entry::Known { what, .. } => format!("{what:?}"),
        Entry::Form { .. } => "form".into(),
        Entry::Refused(Failed { why, .. }) => format!("{why:?}"),
        Entry::Beside(names) => format!("{} beside", names.len()),
        Entry::Packed { names, .. } => format!("{} packed", names.len()),
        Entry::Keys { keys, .. } => format!("{} keys beside", keys.len()),
        Entry::Sheets { sheets, .. } => format!("{} sheets beside", sheets.len()),
    });
    let mut all: Vec<(String, usize)> = Vec::new();
    for one in each {
        match all.last_mut().filter(|(last, _)| *last == one) {
            Some((_, count)) => *count += 1,
            None => all.push((one, 1)),
        }
    }
    let each = all
        .into_iter()
        .map(|(one, count)| format!("{count} x {one}"));
    each.collect::<Vec<_>>().join(", ")
}

fn imported_as(imported: &Imported) -> String {
    let count = |fate| {
        imported
            .fates
            .iter()
            .flatten()
            .filter(|it| **it == fate)
            .count()
    };
    let (applied, kept) = (count(Fate::Applied), count(Fate::Kept));
    let tray = imported.tray.len();
    format!("{applied} applied, {kept} kept, {tray} in the tray")
}

#[test]
fn bombs_of_a_hundred_kinds_end_with_a_word_within_128_mebibytes() {
    let all = [archives::ALL, books::ALL, texts::ALL, envelopes::ALL].concat();
    let names: BTreeSet<&str> = all.iter().map(|bomb| bomb.0).collect();
    assert_eq!(names.len(), all.len(), "each of its own kind");
    assert!(all.len() >= 100);
    // All that is made once and kept.
    through(Way::Look, &[made::given("x.csv", "code,title\nA,B\n")]);
    let chosen = std::env::var("WEFT_BOMB").unwrap_or_default();
    let mut wrong = Vec::new();
    for Bomb(name, way, wanted, make) in all.iter().filter(|bomb| bomb.0.contains(&chosen)) {
        let files = make();
        MEMORY.reset_peak_usage();
        let since = Instant::now();
        let came = through(*way, &files);
        let (took, peak) = (since.elapsed(), MEMORY.peak_usage());
        println!(
            "{:>5} KiB {:>6} ms  {name}: {came}",
            peak >> 10,
            took.as_millis()
        );
        if !came.contains(wanted) {
            wrong.push(format!("{name}: {came}, not {wanted}"));
        }
        if peak > MEMORY_LIMIT {
            wrong.push(format!("{name}: {} MiB", peak >> 20));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
