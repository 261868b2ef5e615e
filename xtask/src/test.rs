//! `cargo xtask test`: everything, the quick things first. A step that fails does
//! not hide the later ones; the table at the end names it.

use crate::run::{cargo, root, run};
use crate::{browser_tests, check, need, validators};
use anyhow::{Context, Result, anyhow, bail};
use std::fs::{self, File};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// Runs all steps and fails when one of them failed.
pub fn test() -> Result<()> {
    let mut table = Table::default();
    table.step("set-up", set_up);
    // Linking a release takes minutes on one core. It has a folder of its own
    // below target, and nothing but the tests in Chromium waits for it.
    let release = thread::spawn(|| timed(release));
    for (name, step) in check::STEPS {
        table.step(name, step);
    }
    table.step("native tests", native);
    table.step("validators that are not ours", validators::validate);
    println!("\n=== {RELEASE}");
    let (built, took) =
        (release.join()).unwrap_or_else(|_| (Err(anyhow!("panicked")), Duration::ZERO));
    if let Ok(said) = fs::read_to_string(release_log()) {
        print!("{said}");
    }
    table.note(RELEASE, built, took);
    table.step("tests in Chromium", browser_tests::run_all);
    println!("\n{}", table.rows.join("\n"));
    if table.failed.is_empty() {
        println!("test: all well");
        return Ok(());
    }
    bail!("failed: {}", table.failed.join(", "))
}

const RELEASE: &str = "release build and its size";

/// What has run, how long it took and how it ended.
#[derive(Default)]
struct Table {
    rows: Vec<String>,
    failed: Vec<&'static str>,
}

impl Table {
    fn step(&mut self, name: &'static str, step: fn() -> Result<()>) {
        println!("\n=== {name}");
        let (result, took) = timed(step);
        self.note(name, result, took);
    }

    fn note(&mut self, name: &'static str, result: Result<()>, took: Duration) {
        let seconds = took.as_secs();
        let mark = if result.is_ok() { "ok" } else { "FAILED" };
        if let Err(error) = result {
            eprintln!("{name}: {error:#}");
            self.failed.push(name);
        }
        self.rows.push(format!(
            "{:>4}:{:02}  {mark:<6}  {name}",
            seconds / 60,
            seconds % 60
        ));
    }
}

fn timed(step: fn() -> Result<()>) -> (Result<()>, Duration) {
    let since = Instant::now();
    let result = step();
    (result, since.elapsed())
}

/// First, so that a missing program is told in seconds and not after minutes.
fn set_up() -> Result<()> {
    need::wasm_target()?;
    need::component("fmt", "rustfmt")?;
    need::component("clippy", "clippy")?;
    need::node_packages()?;
    for path in [need::test_browser()?, need::chromium()?] {
        println!("Chromium: {}", path.display());
    }
    Ok(())
}

fn release_log() -> std::path::PathBuf {
    root().join("target/release.log")
}

/// `cargo xtask size`, whose words would otherwise come between those of the
/// steps beside it.
fn release() -> Result<()> {
    let log = release_log();
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = File::create(&log).context("target/release.log")?;
    let ourselves = std::env::current_exe().context("where this program lies")?;
    run(Command::new(ourselves)
        .arg("size")
        .stdout(file.try_clone()?)
        .stderr(file))
}

fn native() -> Result<()> {
    for what in check::NATIVE {
        run(cargo().arg("test").args(what))?;
    }
    Ok(())
}
