//! Writes what the Worker is asked for a workbook of the weave, of a plan of 1,000 ×
//! 500 cells that are all woven, more than a file may hold:
//! `cargo run -p weft-sandbox --example weave -- FOLDER`. `weave-first.job` holds the
//! plan, `weave-next.job` asks for the file once more.
//!
//! Nothing is measured here; `cargo xtask bench` hands both to the Worker.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use weft_model::{Lang, Plan, Uid};
use weft_sample::{Size, sized};
use weft_sandbox::{Job, Writing, write};

/// As for the other plans of the benches.
const SEED: u64 = 7;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("name the folder")?;
    let folder = PathBuf::from(folder);
    fs::create_dir_all(&folder)?;
    let mut plan = Plan::new();
    for act in sized(Size::WHOLE, SEED) {
        plan.apply(&act).map_err(|error| format!("{error:?}"))?;
    }
    let locale = concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales/en.json");
    let mut writing = Writing {
        format: "xlsx_weave".to_owned(),
        extension: "xlsx".to_owned(),
        plan: Some(weft_document::pack_plan(&plan)),
        moment: vec![1],
        id: Uid(1),
        edited_millis: 0,
        lang: Lang::en(),
        words: fs::read_to_string(locale)?,
        foot: String::new(),
        gaps: Vec::new(),
        langs: Vec::new(),
        bare: false,
        only: None,
        revised: None,
        voices: Vec::new(),
    };
    let job = |writing: &Writing| write(&Job::Write(Box::new(writing.clone())));
    fs::write(folder.join("weave-first.job"), job(&writing))?;
    writing.plan = None;
    fs::write(folder.join("weave-next.job"), job(&writing))?;
    Ok(())
}
