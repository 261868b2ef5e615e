//! `cargo xtask check`: what can be said without running the editor.

use crate::run::{cargo, root, run};
use crate::{lint, need, source};
use anyhow::Result;

/// Format, source checks and lints, the quick ones first.
pub fn check() -> Result<()> {
    for (name, step) in STEPS {
        println!("— {name}");
        step()?;
    }
    println!("check: all well");
    Ok(())
}

/// A name for people and what it runs.
type Step = (&'static str, fn() -> Result<()>);

/// The steps; `cargo xtask test` lints what it compiles instead.
const STEPS: [Step; 4] = [
    ("format", format),
    ("source checks", sources),
    ("lints, native", lint::native),
    ("lints, browser", lint::browser),
];

/// What is built natively, in two calls: in one, cargo would compile all that this
/// very tool is made of a second time, with the features that the rooms ask for.
pub const NATIVE: [&[&str]; 2] = [
    &["--workspace", "--exclude", "xtask"],
    &["--package", "xtask"],
];

/// Formatting, of the fuzz targets too.
pub fn format() -> Result<()> {
    need::component("fmt", "rustfmt")?;
    run(cargo().args(["fmt", "--all", "--check"]))?;
    let apart = ["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"];
    run(cargo().args(apart))
}

/// What cargo cannot see (`source.rs`).
pub fn sources() -> Result<()> {
    source::check(&root())
}
