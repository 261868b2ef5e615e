//! `cargo xtask …`: builds, serves, packs, checks and tests Weft. One file per
//! verb; this one only reads the command line. What the editor does is not
//! here, and nothing here is shipped.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool on a terminal speaks on the terminal"
)]

use anyhow::{Result, bail};
use std::process::ExitCode;

mod bench;
mod browser_tests;
mod check;
mod dist;
mod fuzz;
mod hash;
mod hosts;
mod lint;
mod need;
mod pack;
mod policy;
mod run;
mod sandbox;
mod serve;
mod single;
mod site;
mod size;
mod source;
mod styles;
mod test;
mod validators;
mod view_macro;
mod wasm;

const HELP: &str = "\
cargo xtask serve [--port 8080] [--release] [--no-open]
        build the editor, serve it at 127.0.0.1, rebuild and reload on a change
cargo xtask check
        the quick inner loop: format, source checks, lints (native and wasm)
cargo xtask test [native|browser]
        everything: check, native tests, release build, size, tests in Chromium; or
        one half of it
cargo xtask e2e [--dev] [--skip-build] [NAME…]
        only the tests in Chromium; --dev takes the quick build; NAME picks files
cargo xtask dist
        write target/dist, a release for any static server, also below a sub-path
cargo xtask size
        what the first screen loads, raw and brotli; fails above 750 KB
cargo xtask bench [--repeats 15] [--skip-build] [P2|P3|P5|P6|P8|LISTS …]
        Weft beside its peers in Chromium: first load, opening, gestures
cargo xtask fuzz [--minutes 10] [IMPORTER…]
        importers under libFuzzer, each for so long
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(end) = lint::as_compiler(&arguments) {
        return end;
    }
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let Some((verb, rest)) = arguments.split_first() else {
        print!("{HELP}");
        return Ok(());
    };
    match verb.as_str() {
        "serve" => serve::serve(&serve::Options::parse(rest)?),
        "check" => none(rest).and_then(|()| check::check()),
        "test" => test::test(rest),
        "e2e" => browser_tests::run_named(rest),
        "dist" => none(rest).and_then(|()| dist::build()),
        "size" => none(rest).and_then(|()| size::size()),
        "bench" => bench::bench(rest),
        "fuzz" => fuzz::fuzz(rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => bail!("there is no `cargo xtask {other}`\n\n{HELP}"),
    }
}

/// For verbs that take no arguments: a mistyped flag must not pass silently.
fn none(rest: &[String]) -> Result<()> {
    match rest.first() {
        None => Ok(()),
        Some(extra) => bail!("unexpected argument `{extra}`\n\n{HELP}"),
    }
}
