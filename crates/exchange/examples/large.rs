//! Writes the reference plans of the benches as Weft JSON:
//! `cargo run -p weft-exchange --example large -- FOLDER`.
//!
//! `large.json` is the plan *large*: 1,000 modules, 500 competencies, 5 % of the
//! cells woven. The others have a level in every cell: `dense.json` fills a window,
//! `full.json` is about as large as a file may be, and `whole.json`, of 1,000 × 500
//! cells, is more than that: only peers read it.
//!
//! Nothing is measured here; `cargo xtask bench` gives both files to Weft and,
//! reread, to its peers.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use weft_exchange::weft_json;
use weft_model::Plan;
use weft_sample::{Size, sized};

/// The same plans at every run, so that two runs can be compared.
const SEED: u64 = 7;

/// 45,000 cells, all of them woven.
const DENSE: Size = Size {
    modules: 180,
    units_per_module: 1,
    roles: 3,
    tasks: 25,
    competencies: 250,
    links: 180 * 250,
    comments: 0,
};

/// 200,000 cells, all of them woven.
const FULL: Size = Size {
    modules: 400,
    units_per_module: 1,
    comments: 0,
    links: 400 * 500,
    ..Size::LARGE
};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("name the folder")?;
    let folder = PathBuf::from(folder);
    fs::create_dir_all(&folder)?;
    for (name, size) in [
        ("large", Size::LARGE),
        ("dense", DENSE),
        ("full", FULL),
        ("whole", Size::WHOLE),
    ] {
        let mut plan = Plan::new();
        for act in sized(size, SEED) {
            plan.apply(&act)
                .map_err(|error| format!("{name}: {error:?}"))?;
        }
        fs::write(
            folder.join(format!("{name}.json")),
            weft_json::export(&plan),
        )?;
    }
    Ok(())
}
