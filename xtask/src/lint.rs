//! Lints: clippy by itself, and as a part of compiling. By itself it reads all
//! dependencies once more, and what it has looked at cannot be run; as a part of it,
//! that is saved, and all of clippy's lints are there.

use crate::run::{cargo, run};
use crate::{check, need};
use anyhow::{Context, Result};
use std::path::Path;
use std::process::{Command, ExitCode};

/// clippy over all that runs natively.
pub fn native() -> Result<()> {
    need::component("clippy", "clippy")?;
    for what in check::NATIVE {
        run(cargo()
            .args(["clippy", "--quiet", "--all-targets"])
            .args(what)
            .args(["--", "-D", "warnings"]))?;
    }
    Ok(())
}

/// clippy over both programs for the browser.
pub fn browser() -> Result<()> {
    need::component("clippy", "clippy")?;
    need::wasm_target()?;
    // As a release is built, down to the macros, which are compiled once for both.
    // What a quick build has in their place is linted with the native ones.
    run(cargo()
        .args(["clippy", "--quiet", "--release", "--lib"])
        .args(["--target", need::WASM])
        .args(["--package", "weft", "--package", "weft-worker"])
        .args(["--features", "weft/parts"])
        .args(["--", "-D", "warnings"]))
}

/// What cargo calls in place of the compiler for what is ours.
const WRAPPER: &str = "RUSTC_WORKSPACE_WRAPPER";
/// A finding is an error.
const STRICT: (&str, &str) = ("CLIPPY_ARGS", "-Dwarnings");
const CLIPPY: &str = "clippy-driver";
/// clippy is the compiler, and does not come after it.
const BY_CLIPPY: (&str, &str) = ("WEFT_COMPILED_BY", CLIPPY);

/// Everything that a program and those it calls compile of ours is compiled by clippy,
/// which `cargo clippy` calls in the same way, but for the code that it leaves out.
/// It takes as long as rustc, and does without what that improves before LLVM has it.
pub fn by_clippy(command: &mut Command) -> Result<&mut Command> {
    Ok(after_rustc(command)?.envs([BY_CLIPPY]))
}

/// Whether that holds for this program.
pub fn compiles_by_clippy() -> bool {
    std::env::var(BY_CLIPPY.0).is_ok_and(|it| it == BY_CLIPPY.1)
}

/// Everything that a program and those it calls compile of ours is compiled by rustc, as
/// what goes out has to be, and read by clippy after that. This very program is what
/// cargo calls then ([`as_compiler`]).
pub fn after_rustc(command: &mut Command) -> Result<&mut Command> {
    need::component("clippy", "clippy")?;
    let ourselves = std::env::current_exe().context("where this program lies")?;
    Ok(command.env(WRAPPER, ourselves).envs([STRICT]))
}

/// What cargo calls a compiler by, if that is what we were called as: its path first,
/// which is no verb of ours.
pub fn as_compiler(arguments: &[String]) -> Option<ExitCode> {
    let (rustc, rest) = arguments.split_first()?;
    if Path::new(rustc).file_stem()? != "rustc" {
        return None;
    }
    let succeeds = |command: &mut Command| command.status().is_ok_and(|status| status.success());
    let clippy = |arguments| succeeds(Command::new(CLIPPY).arg(rustc).args(arguments));
    let well = if compiles_by_clippy() {
        clippy(run_once(rest))
    } else {
        let compiled = succeeds(Command::new(rustc).args(rest));
        match to_lint(rest) {
            Some(lint) if compiled => clippy(lint),
            _ => compiled,
        }
    };
    Some(if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Programs of tests that run for long by themselves; the others wait for the rooms.
const LONG: [&str; 3] = ["convergence", "ways", "weft_sample"];

/// What is compiled for one run is not optimised: programs of tests, but not the rooms
/// that they call. It took 212 s of processor time to compile them, takes 62 without,
/// and they run 43 s longer for it.
fn run_once(arguments: &[String]) -> Vec<String> {
    let named = |pair: &[String]| pair[0] == "--crate-name" && LONG.contains(&pair[1].as_str());
    let tests = arguments.iter().any(|argument| argument == "--test");
    let quick = tests && !arguments.windows(2).any(named);
    let arguments = arguments.iter();
    let unoptimised = |argument: &String| match argument.starts_with("opt-level=") {
        true if quick => "opt-level=0".to_owned(),
        _ => argument.clone(),
    };
    arguments.map(unoptimised).collect()
}

/// Whether two arguments name a room: what is ours, but neither program of the browser.
fn is_room(pair: &[String]) -> bool {
    pair[0] == "--crate-name" && pair[1].starts_with("weft_") && pair[1] != "weft_worker"
}

/// How clippy is asked about what rustc was asked to compile; nothing where that was
/// a question about rustc itself, nor for a room, which is the same wherever it runs
/// (a source check holds it to that) and is linted as it is compiled natively.
/// What it writes is for nobody, and lies apart; cargo must not take it for what it
/// waits for, and so hears of no files.
fn to_lint(arguments: &[String]) -> Option<Vec<String>> {
    if arguments.windows(2).any(is_room) {
        return None;
    }
    let mut folder = false;
    let mut lint = Vec::new();
    for argument in arguments {
        lint.push(if std::mem::take(&mut folder) {
            format!("{argument}/linted")
        } else if argument.starts_with("--emit=") {
            "--emit=metadata".to_owned()
        } else if let Some(said) = argument.strip_prefix("--json=") {
            let said: Vec<&str> = said.split(',').filter(|it| *it != "artifacts").collect();
            format!("--json={}", said.join(","))
        } else {
            folder = argument == "--out-dir";
            argument.clone()
        });
    }
    arguments
        .iter()
        .any(|argument| argument == "--out-dir")
        .then_some(lint)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn words(said: &str) -> Vec<String> {
        said.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn clippy_is_asked_for_no_code_and_writes_apart_and_tells_cargo_of_no_file() {
        let compile = words(
            "--crate-name weft --json=diagnostic-rendered-ansi,artifacts,future-incompat \
             --emit=dep-info,metadata,link -C lto --out-dir /target/deps -L dependency=/target/deps",
        );
        let lint = words(
            "--crate-name weft --json=diagnostic-rendered-ansi,future-incompat \
             --emit=metadata -C lto --out-dir /target/deps/linted -L dependency=/target/deps",
        );
        assert_eq!(to_lint(&compile).unwrap(), lint);
    }

    #[test]
    fn a_question_about_the_compiler_is_none_for_clippy() {
        assert_eq!(to_lint(&words("- --crate-name ___ --print=cfg")), None);
        assert_eq!(to_lint(&words("-vV")), None);
    }

    #[test]
    fn the_programs_for_the_browser_are_linted_in_a_release_and_the_rooms_are_not() {
        let asked = |name: &str| to_lint(&words(&format!("--crate-name {name} --out-dir /d")));
        for name in ["weft", "weft_worker", "build_script_build"] {
            assert!(asked(name).is_some(), "{name}");
        }
        assert_eq!(asked("weft_model"), None);
    }

    #[test]
    fn programs_of_tests_are_not_optimised_but_rooms_and_long_simulations_are() {
        let level = |said: &str| run_once(&words(said)).last().cloned();
        let (room, tests) = ("--crate-name weft_model", "--crate-name all --test");
        let long = "--crate-name ways --test";
        for (said, expected) in [(room, "1"), (tests, "0"), (long, "1")] {
            let level = level(&format!("{said} -C opt-level=1"));
            assert_eq!(level, Some(format!("opt-level={expected}")), "{said}");
        }
    }

    #[test]
    fn a_verb_is_no_compiler() {
        assert!(as_compiler(&words("size")).is_none());
        assert!(as_compiler(&[]).is_none());
    }
}
