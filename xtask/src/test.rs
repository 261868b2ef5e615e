//! `cargo xtask test`: everything, the quick things first. A step that fails does
//! not hide the later ones; the table at the end names it.

use crate::run::{cargo, run};
use crate::{browser_tests, check, need, size, validators};
use anyhow::{Result, bail};
use std::time::Instant;

/// Runs all steps and fails when one of them failed.
pub fn test() -> Result<()> {
    let mut steps: Vec<check::Step> = vec![("set-up", set_up)];
    steps.extend(check::STEPS);
    steps.push(("native tests", native));
    steps.push(("validators that are not ours", validators::validate));
    steps.push(("release build and its size", size::size));
    steps.push(("tests in Chromium", browser_tests::run_all));
    let mut rows = Vec::new();
    let mut failed = Vec::new();
    for (name, step) in steps {
        println!("\n=== {name}");
        let since = Instant::now();
        let result = step();
        let seconds = since.elapsed().as_secs();
        let mark = if result.is_ok() { "ok" } else { "FAILED" };
        if let Err(error) = result {
            eprintln!("{name}: {error:#}");
            failed.push(name);
        }
        rows.push(format!(
            "{:>4}:{:02}  {mark:<6}  {name}",
            seconds / 60,
            seconds % 60
        ));
    }
    println!("\n{}", rows.join("\n"));
    if failed.is_empty() {
        println!("test: all well");
        return Ok(());
    }
    bail!("failed: {}", failed.join(", "))
}

/// First, so that a missing program is told in seconds and not after minutes.
fn set_up() -> Result<()> {
    need::wasm_target()?;
    need::component("fmt", "rustfmt")?;
    need::component("clippy", "clippy")?;
    need::node_packages()?;
    let path = need::chromium()?;
    println!("Chromium: {}", path.display());
    Ok(())
}

fn native() -> Result<()> {
    run(cargo().args(["test", "--workspace"]))
}
