//! The tests in Chromium: `node --test` over tests/e2e, against a packed folder
//! that is served at a root with our headers and below a path without them, where
//! the meta element alone holds the policy and files travel compressed.

use crate::run::{cargo, program, root, run};
use crate::site::{self, Headers, SUB_PATH};
use crate::{check, dist, hash, need, serve};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// All of them against the release.
pub fn run_all() -> Result<()> {
    dist::build_if_stale()?;
    run_against(&dist::folder(), &[])
}

/// `e2e [--dev] [--skip-build] [NAME…]`.
pub fn run_named(arguments: &[String]) -> Result<()> {
    let (flags, names): (Vec<String>, Vec<String>) = arguments
        .iter()
        .cloned()
        .partition(|argument| argument.starts_with("--"));
    let mut dev = false;
    let mut build = true;
    for flag in &flags {
        match flag.as_str() {
            "--dev" => dev = true,
            "--skip-build" => build = false,
            other => bail!("`e2e` takes --dev and --skip-build, not `{other}`"),
        }
    }
    let folder = if dev {
        root().join("target/e2e-site")
    } else {
        dist::folder()
    };
    match (dev, build) {
        (true, true) => serve::build_into(&folder)?,
        (false, true) => dist::build_if_stale()?,
        _ => {}
    }
    run_against(&folder, &names)
}

/// Plans as they are saved, for the browser's storage (`tests/saved_plans.rs`), unless
/// they lie there and nothing that they come from has changed.
pub fn saved_plans() -> Result<()> {
    let folder = root().join("target/e2e/plans");
    let stamp = folder.with_extension("inputs");
    let inputs = hash::tree(&root(), &SAVED_BY)?;
    if folder.is_dir() && fs::read_to_string(&stamp).is_ok_and(|held| held == inputs) {
        println!("target/e2e/plans is up to date.");
        return Ok(());
    }
    run(cargo()
        .args(["test", "--quiet"])
        .args(check::NATIVE[0])
        .args(["--test", "saved_plans"]))?;
    fs::write(&stamp, inputs).context("target/e2e/plans.inputs")
}

/// What decides how a plan is saved.
const SAVED_BY: [&str; 7] = [
    "Cargo.lock",
    "tests/saved_plans.rs",
    "crates/model/src",
    "crates/document/src",
    "crates/sample/src",
    "crates/seal/src",
    "crates/session/src",
];

fn run_against(folder: &Path, names: &[String]) -> Result<()> {
    need::node_packages()?;
    saved_plans()?;
    let (shell, chromium) = (need::test_browser()?, need::chromium()?);
    let tests = test_files(names)?;
    let at_root = site::start(site::at_root_unpacked(folder, Headers::Sent), 0)?;
    let below = site::start(site::below_a_path(folder, Headers::MetaOnly), 0)?;
    run(program("node")
        .env("WEFT_URL", format!("http://{at_root}/"))
        .env("WEFT_SUB_URL", format!("http://{below}{SUB_PATH}/"))
        .env("WEFT_CHROMIUM", shell)
        .env("WEFT_WHOLE_CHROMIUM", chromium)
        // One more than cores: some wait most of the time, for folders and for timers.
        .args(["--test", "--test-reporter=spec", "--test-concurrency=3"])
        .args(programs(&tests)?))
}

/// How many programs the tests are, if there are so many files: each starts a Node
/// and a Chromium of its own.
const PROGRAMS: usize = 9;

/// Programs of several files each, which are dealt to them like cards: what stands
/// beside each other in the alphabet is of one kind, and takes long together.
fn programs(tests: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let folder = root().join("target/e2e/programs");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("target/e2e/programs")?;
    }
    fs::create_dir_all(&folder).context("target/e2e/programs")?;
    let count = tests.len().min(PROGRAMS);
    let mut made = Vec::new();
    for at in 0..count {
        let mut imports = String::new();
        for test in tests.iter().skip(at).step_by(count) {
            let name = test.file_name().unwrap_or_default().to_string_lossy();
            imports.push_str(&format!("import \"../../../tests/e2e/{name}\";\n"));
        }
        let program = folder.join(format!("{at:02}.mjs"));
        fs::write(&program, imports).context("target/e2e/programs")?;
        made.push(program);
    }
    Ok(made)
}

/// The `.test.mjs` files whose name contains one of the given ones; all of them
/// when none is given. A name that finds nothing is an error.
fn test_files(names: &[String]) -> Result<Vec<PathBuf>> {
    let found: Vec<PathBuf> = hash::files(&root().join("tests/e2e"))?
        .into_iter()
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let wanted = names.is_empty() || names.iter().any(|part| name.contains(part.as_str()));
            name.ends_with(".test.mjs") && wanted
        })
        .collect();
    if found.is_empty() {
        bail!("no test file in tests/e2e fits {names:?}");
    }
    Ok(found)
}
