//! `cargo xtask fuzz`: importers under libFuzzer, by hand. What one is given grows
//! in target/fuzz/corpus, so that a later run goes on; what stops one lies in
//! target/fuzz/found. Never part of the tests: what is found becomes one.

use crate::run::{cargo, root, run};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// All importers.
const IMPORTERS: [&str; 14] = [
    "weft_json",
    "tables",
    "xlsx",
    "docx",
    "zip",
    "link",
    "case",
    "moodle",
    "opensalt",
    "esco",
    "onet",
    "rsd",
    "uk_standards",
    "curriculum",
];

/// Has every way through our code and that of its libraries counted, as `cargo
/// fuzz` does, but without what needs an unstable compiler. Comparisons are not
/// traced: with it `opensalt` went through 725 inputs in a minute, without it through
/// 36,354, because a reader of CSV compares much before it begins.
const COUNTED: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table -Ccodegen-units=1 --cfg fuzzing";

/// Longer inputs than this say nothing new, and are slow.
const LONGEST: &str = "-max_len=65536";
/// Seconds for one input, in a build that counts and checks.
const SLOWEST: &str = "-timeout=30";
/// MiB, the corpus included.
const LARGEST: &str = "-rss_limit_mb=2048";

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
struct Options {
    minutes: u64,
    importers: Vec<String>,
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self {
            minutes: 10,
            importers: Vec::new(),
        };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            if argument == "--minutes" {
                options.minutes = match rest.next().map(|number| number.parse()) {
                    Some(Ok(number)) if number > 0 => number,
                    _ => bail!("--minutes takes a number above 0"),
                };
            } else if IMPORTERS.contains(&argument.as_str()) {
                options.importers.push(argument.clone());
            } else {
                let all = IMPORTERS.join(", ");
                bail!("`fuzz` takes --minutes N and importers ({all}), not `{argument}`");
            }
        }
        if options.importers.is_empty() {
            options.importers = IMPORTERS.map(str::to_owned).to_vec();
        }
        Ok(options)
    }
}

/// `fuzz [--minutes 10] [IMPORTER…]`: each for so long, one after the other.
pub fn fuzz(arguments: &[String]) -> Result<()> {
    let options = Options::parse(arguments)?;
    let folder = root().join("target/fuzz");
    let host = host()?;
    // With a target, build scripts are made without.
    run(cargo()
        .env("RUSTFLAGS", COUNTED)
        .args(["build", "--release", "--manifest-path", "fuzz/Cargo.toml"])
        .args(["--target", &host, "--bin", "importer", "--target-dir"])
        .arg(&folder))?;
    let corpus = folder.join("corpus");
    run(cargo()
        .args(["run", "--quiet", "--manifest-path", "fuzz/Cargo.toml"])
        .args(["--bin", "corpus", "--target-dir"])
        .arg(folder.join("plain"))
        .arg("--")
        .args([&root().join("tests/fixtures"), &corpus]))?;
    let found = folder.join("found");
    fs::create_dir_all(&found)?;
    let program = folder.join(host).join("release/importer");
    let mut stopped = Vec::new();
    for importer in &options.importers {
        println!("\n=== {importer}, {} min", options.minutes);
        if one(&program, importer, &corpus, &found, options.minutes).is_err() {
            stopped.push(importer.as_str());
        }
    }
    if !stopped.is_empty() {
        bail!(
            "stopped: {}; what did it lies in target/fuzz/found",
            stopped.join(", ")
        );
    }
    Ok(())
}

fn one(program: &Path, importer: &str, corpus: &Path, found: &Path, minutes: u64) -> Result<()> {
    let prefix = found.join(format!("{importer}-"));
    run(Command::new(program)
        .env("WEFT_FUZZ", importer)
        .arg(corpus.join(importer))
        .arg(format!("-max_total_time={}", minutes * 60))
        .arg(format!("-artifact_prefix={}", prefix.display()))
        .args([
            LONGEST,
            SLOWEST,
            LARGEST,
            "-print_final_stats=1",
            "-verbosity=0",
        ]))
}

/// The triple of this machine.
fn host() -> Result<String> {
    let said = crate::run::answer(Command::new("rustc").arg("-vV"));
    let said = said.unwrap_or_default();
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc names no host")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn fuzz_takes_minutes_and_importers() {
        let parse = |words: &str| {
            let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
            Options::parse(&words)
        };
        let all = parse("").unwrap();
        assert_eq!((all.minutes, all.importers.len()), (10, IMPORTERS.len()));
        let one = parse("--minutes 2 esco").unwrap();
        assert_eq!((one.minutes, one.importers), (2, vec!["esco".to_owned()]));
        for wrong in ["--minutes", "--minutes 0", "excel", "--minute 3"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
