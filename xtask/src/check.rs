//! `cargo xtask check`: what can be said without running the editor.

use crate::need;
use crate::run::{cargo, root, run};
use crate::source;
use anyhow::Result;
use std::process::Command;

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

/// The steps, which `cargo xtask test` runs too.
const STEPS: [Step; 4] = [
    ("format", format),
    ("source checks", sources),
    ("lints, native", lint_native),
    ("lints, browser", lint_browser),
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

/// clippy over all that runs natively.
pub fn lint_native() -> Result<()> {
    need::component("clippy", "clippy")?;
    for what in NATIVE {
        run(cargo()
            .args(["clippy", "--quiet", "--all-targets"])
            .args(what)
            .args(["--", "-D", "warnings"]))?;
    }
    Ok(())
}

/// Compiling with this in the environment is what `cargo clippy` does, but for the code
/// that it leaves out: as long as compiling, and all of clippy's lints are in it.
const WRAPPER: [(&str, &str); 2] = [
    ("RUSTC_WORKSPACE_WRAPPER", "clippy-driver"),
    ("CLIPPY_ARGS", "-Dwarnings"),
];

/// Everything that a program and those it calls compile of ours is linted, and a finding
/// is an error.
pub fn lint_what_it_compiles(command: &mut Command) -> &mut Command {
    command.envs(WRAPPER)
}

/// Whether that holds for this program.
pub fn lints_what_it_compiles() -> bool {
    let is = |(name, value): &(&str, &str)| std::env::var(name).is_ok_and(|it| it == *value);
    WRAPPER.iter().all(is)
}

/// clippy over both programs for the browser.
pub fn lint_browser() -> Result<()> {
    need::component("clippy", "clippy")?;
    need::wasm_target()?;
    // As a release is built, down to the macros, which are compiled once for both.
    // What a quick build has in their place is linted with the native ones.
    run(cargo()
        .args([
            "clippy",
            "--quiet",
            "--release",
            "--lib",
            "--target",
            need::WASM,
        ])
        .args(["--package", "weft", "--package", "weft-worker"])
        .args(["--features", "weft/parts"])
        .args(["--", "-D", "warnings"]))
}
