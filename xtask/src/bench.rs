//! `cargo xtask bench`: Weft's release beside its peers, in one run of headless
//! Chromium. Builds and serves; the measuring itself is in benches/, and what the
//! figures mean in docs/bench.md. Never part of the tests: a benchmark does not
//! fail on a clock.

use crate::run::{build_examples, example, program, root, run};
use crate::site::{self, Headers};
use crate::{dist, need};
use anyhow::{Result, bail};

const USAGE: &str = "`bench` takes --repeats N, --skip-build and parts (P2, P3, P5, P6, P8, LISTS)";

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
struct Options {
    repeats: u32,
    build: bool,
    parts: Vec<String>,
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self {
            repeats: 15,
            build: true,
            parts: Vec::new(),
        };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--repeats" => {
                    options.repeats = match rest.next().map(|number| number.parse()) {
                        Some(Ok(number)) if number > 0 => number,
                        _ => bail!("--repeats takes a number above 0"),
                    }
                }
                "--skip-build" => options.build = false,
                "P2" | "P3" | "P5" | "P6" | "P8" | "LISTS" => options.parts.push(argument.clone()),
                other => bail!("{USAGE}, not `{other}`"),
            }
        }
        Ok(options)
    }
}

/// `bench [--repeats N] [--skip-build] [P2|P3|P5|P6|P8|LISTS …]`.
pub fn bench(arguments: &[String]) -> Result<()> {
    let options = Options::parse(arguments)?;
    need::node_packages()?;
    need::peer_packages()?;
    let chromium = need::chromium()?;
    if options.build {
        dist::build_if_stale()?;
    }
    let folder = root().join("target/bench");
    let (plans, peers) = (folder.join("plans"), folder.join("peers"));
    println!("Making the plans and bundling the peers.");
    let makers = [
        ("large", plans.clone()),
        ("merging", plans.clone()),
        ("weave", plans.clone()),
        ("esco", plans.join("esco")),
        ("standards", plans.join("uk")),
    ];
    build_examples(&makers.each_ref().map(|(name, _)| *name))?;
    for (name, to) in makers {
        run(example(name)?.arg(to))?;
    }
    run(program("node")
        .arg("benches/peers/build.mjs")
        .args([&plans, &peers]))?;
    let weft_at = site::start(site::at_root(&dist::folder(), Headers::Sent), 0)?;
    let peers_at = site::start(site::at_root(&peers, Headers::MetaOnly), 0)?;
    run(program("node")
        .env("WEFT_CHROMIUM", chromium)
        .env("WEFT_URL", format!("http://{weft_at}/"))
        .env("WEFT_DIST", dist::folder())
        .env("PEERS_URL", format!("http://{peers_at}/"))
        .env("PEERS_DIST", &peers)
        .env("PLANS", &plans)
        .env("REPORT", folder.join("report.md"))
        .env("WEFT_BENCH_REPEATS", options.repeats.to_string())
        .env("WEFT_BENCH_PARTS", options.parts.join(" "))
        .arg("benches/bench.mjs"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parsed(line: &str) -> Result<Options> {
        let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::parse(&arguments)
    }

    #[test]
    fn bench_reads_its_options_and_refuses_others() {
        let options = parsed("--repeats 3 P5 --skip-build P2").unwrap();
        assert_eq!(options.repeats, 3);
        assert!(!options.build);
        assert_eq!(options.parts, ["P5", "P2"]);
        assert!(parsed("").unwrap().parts.is_empty());
        for wrong in ["--repeats", "--repeats 0", "--repeats x", "P4", "--quick"] {
            assert!(parsed(wrong).is_err(), "{wrong}");
        }
    }
}
