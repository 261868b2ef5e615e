//! What the workbook of a weave takes of the Worker's memory, when no cell of
//! 1,000 × 500 is empty.
#![allow(clippy::unwrap_used)]

use std::fs;

use peak_alloc::PeakAlloc;
use weft_model::{Lang, Plan, Uid};
use weft_sample::{Size, sized};
use weft_sandbox::{Answer, Job, Port, Sandbox, Writing, read, write};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Sizes on the machines of tests are those of 64 bits; the Worker's program has 32,
/// and the bench measures what it takes there.
const LIMIT: usize = 104 << 20;

struct Blind;

impl Port for Blind {
    fn progress(&mut self, _: f64) {}

    fn decode(&mut self, _: &str, _: &[u8]) -> Option<String> {
        None
    }

    fn hand_out(&mut self, _: &[u8]) {}
}

#[test]
fn half_a_million_woven_cells_take_little_more_than_their_plan() {
    let locale = concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales/en.json");
    let bytes = {
        let mut plan = Plan::new();
        for act in sized(Size::WHOLE, 7) {
            plan.apply(&act).unwrap();
        }
        write(&Job::Write(Box::new(Writing {
            format: "xlsx_weave".to_owned(),
            extension: "xlsx".to_owned(),
            plan: Some(weft_document::pack_plan(&plan)),
            moment: vec![1],
            id: Uid(1),
            edited_millis: 0,
            lang: Lang::en(),
            words: fs::read_to_string(locale).unwrap(),
            foot: String::new(),
            gaps: Vec::new(),
            langs: Vec::new(),
            bare: false,
            only: None,
            revised: None,
            voices: Vec::new(),
        })))
    };
    MEMORY.reset_peak_usage();
    let job: Job = read(&bytes).unwrap();
    drop(bytes);
    let mut sandbox = Sandbox::default();
    let answer = sandbox.answer(job, &[], &mut Blind);
    let peak = MEMORY.peak_usage();
    assert!(matches!(answer, Answer::Written(_)), "{answer:?}");
    assert!(peak <= LIMIT, "{} MiB", peak >> 20);
}
