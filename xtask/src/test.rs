//! `cargo xtask test`: everything, in two halves beside each other: what the machine
//! itself runs, and what is built for the browser and runs there. A step that fails
//! does not hide the later ones; the table at the end names it.

use crate::run::{answer, cargo, ourselves, program, root, run, works};
use crate::{browser_tests, check, dist, lint, need, size, validators};
use anyhow::{Context, Result, anyhow, bail};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

/// What the second half is called, as an argument and in the name of its log.
const BROWSER: &str = "browser";
const NATIVE: &str = "native";
/// The part of the native half that runs beside its other tests.
const APART: &str = "apart";

/// `test [native|browser]`: both halves, or one alone; `apart` is a part of the native
/// one, which calls it.
pub fn test(arguments: &[String]) -> Result<()> {
    let names: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match names.as_slice() {
        [] => both(),
        [NATIVE] if lint::compiles_by_clippy() => native(),
        [NATIVE] => {
            let mut again = ourselves()?;
            run(lint::by_clippy(again.args(["test", NATIVE]))?)
        }
        [BROWSER] => browser(),
        [APART] => apart(),
        _ => bail!("`test` takes `{NATIVE}` or `{BROWSER}`, not {names:?}"),
    }
}

/// Both, as programs of their own. Compiling, simulations and a browser each leave a
/// good part of two cores idle by themselves. The native half gives way, so that no
/// page waits for it; the other half's words come after it, from its log.
fn both() -> Result<()> {
    let mut table = Table::default();
    table.step("set-up", set_up);
    table.step("format", check::format);
    table.step("source checks", check::sources);
    let beside = Beside::start(BROWSER)?;
    table.step("native half", || {
        run(giving_way(&mut ourselves()?).args(["test", NATIVE]))
    });
    table.step("browser half", || beside.end());
    for half in [NATIVE, BROWSER] {
        table.take_in(half);
    }
    table.end()
}

/// What needs no browser. All that it compiles of ours is linted as it is compiled:
/// what clippy alone has looked at cannot be run, and would be compiled once more.
fn native() -> Result<()> {
    let mut table = Table::of(NATIVE);
    table.step("plans for the browser", browser_tests::saved_plans);
    table.step("rooms, compiled and linted", || {
        run(cargo()
            .args(["build", "--all-targets"])
            .args(check::NATIVE[0]))
    });
    let beside = Beside::start(APART)?;
    table.step("native tests", native_tests);
    table.step("and what runs beside them", || beside.end());
    table.take_in(APART);
    table.end()
}

/// What keeps one core busy at most, in a row: beside all else it costs no time.
fn apart() -> Result<()> {
    let mut table = Table::of(APART);
    let rooms = check::NATIVE[0];
    table.step("tests of one thread", || {
        let alone = ALONE.iter().flat_map(|name| ["--test", name]);
        run(cargo().arg("test").args(rooms).args(alone))
    });
    table.step("validators that are not ours", validators::validate);
    table.step("the build, compiled and linted", || {
        run(cargo()
            .args(["build", "--all-targets"])
            .args(check::NATIVE[1]))
    });
    table.step("tests of the build", || {
        run(cargo().args(["test", "--tests"]).args(check::NATIVE[1]))
    });
    // Apart from the others, because with them cargo builds all examples as well.
    table.step("examples in documents", || {
        run(cargo().args(["test", "--doc"]).args(rooms))
    });
    table.end()
}

/// The release, and what runs in Chromium against it.
fn browser() -> Result<()> {
    let mut table = Table::of(BROWSER);
    table.step("release, compiled and linted, and its size", release);
    table.step("tests in Chromium", browser_tests::run_all);
    table.end()
}

/// What stands already may have been built by itself, and never been read by clippy.
fn release() -> Result<()> {
    if dist::is_fresh() {
        lint::browser()?;
        return size::size();
    }
    run(lint::after_rustc(ourselves()?.arg("size"))?)
}

/// What has run, how long it took and how it ended.
#[derive(Default)]
struct Table {
    half: Option<&'static str>,
    rows: Vec<String>,
    failed: Vec<&'static str>,
}

impl Table {
    fn of(half: &'static str) -> Self {
        drop(fs::remove_file(rows_of(half)));
        Self {
            half: Some(half),
            ..Self::default()
        }
    }

    fn step(&mut self, name: &'static str, step: impl FnOnce() -> Result<()>) {
        println!("\n=== {name}");
        let since = Instant::now();
        let result = step();
        let seconds = since.elapsed().as_secs();
        let mark = if result.is_ok() { "ok" } else { "FAILED" };
        if let Err(error) = result {
            eprintln!("{name}: {error:#}");
            self.failed.push(name);
        }
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        self.rows
            .push(format!("{minutes:>4}:{seconds:02}  {mark:<6}  {name}"));
    }

    /// The rows of a part that has run.
    fn take_in(&mut self, part: &str) {
        let rows = fs::read_to_string(rows_of(part)).unwrap_or_default();
        self.rows.push(rows);
    }

    /// Says how everything ended, a half also to who called it.
    fn end(self) -> Result<()> {
        let rows = self.rows.join("\n");
        println!("\n{rows}");
        if let Some(half) = self.half {
            fs::write(rows_of(half), &rows).context("target")?;
        }
        if !self.failed.is_empty() {
            bail!("failed: {}", self.failed.join(", "));
        }
        println!("{}: all well", self.half.unwrap_or("test"));
        Ok(())
    }
}

/// Where a half leaves its table.
fn rows_of(half: &str) -> PathBuf {
    root().join(format!("target/{half}.table"))
}

/// The same command at the lowest priority, where the system has a word for it.
fn giving_way(command: &mut Command) -> &mut Command {
    if cfg!(unix) && works(program("nice").arg("true")) {
        let mut nice = program("nice");
        nice.args(["-n", "19"]).arg(command.get_program());
        nice.args(command.get_args());
        *command = nice;
    }
    command
}

/// A part of the tests that runs beside this one, with its words in a log.
struct Beside {
    log: PathBuf,
    running: Child,
}

impl Beside {
    fn start(part: &str) -> Result<Self> {
        let folder = root().join("target");
        fs::create_dir_all(&folder).context("target")?;
        let log = folder.join(format!("{part}.log"));
        let written = File::create(&log).with_context(|| log.display().to_string())?;
        let running = ourselves()?
            .args(["test", part])
            .stdout(written.try_clone()?)
            .stderr(written)
            .spawn()
            .with_context(|| format!("test {part}"))?;
        Ok(Self { log, running })
    }

    /// Prints what it has said and says until it ends.
    fn end(mut self) -> Result<()> {
        println!("Since the beginning, {}:", self.log.display());
        let mut log = File::open(&self.log).with_context(|| self.log.display().to_string())?;
        let mut said = Vec::new();
        loop {
            // Asked first: what was written before its end is still read.
            let ended = self.running.try_wait()?;
            said.clear();
            log.read_to_end(&mut said)?;
            std::io::stdout().write_all(&said)?;
            match ended {
                None => thread::sleep(Duration::from_millis(300)),
                Some(status) if status.success() => return Ok(()),
                Some(status) => bail!("{status}"),
            }
        }
    }
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
    validators::readers();
    Ok(())
}

/// The longest simulation runs beside the others, some of which are one thread each.
fn native_tests() -> Result<()> {
    let rooms = check::NATIVE[0];
    let others = test_programs()?;
    let others = others
        .iter()
        .filter(|name| *name != LONGEST && !ALONE.contains(&name.as_str()));
    let (longest, rest) = thread::scope(|scope| {
        let longest = scope.spawn(|| {
            let mut longest = cargo();
            longest.arg("test").args(rooms).args(["--test", LONGEST]);
            longest.output()
        });
        let mut rest = cargo();
        rest.args(["test", "--lib"]).args(rooms);
        for name in others {
            rest.args(["--test", name]);
        }
        // In this order: to wait for the one first would put the others behind it.
        let rest = run(&mut rest);
        (longest.join(), rest)
    });
    let longest = longest
        .map_err(|_| anyhow!("its thread panicked"))?
        .context("cargo test")?;
    std::io::stdout().write_all(&longest.stdout)?;
    std::io::stderr().write_all(&longest.stderr)?;
    if !longest.status.success() {
        bail!("the tests of `{LONGEST}` failed ({})", longest.status);
    }
    rest
}

/// Programs of tests that are one long test each, or watch memory or time.
const ALONE: [&str; 3] = ["hostile_files", "bombs", "weave_memory"];

/// Half of all the time that native tests take.
const LONGEST: &str = "ways";

/// The programs of tests in all rooms, by their names.
fn test_programs() -> Result<BTreeSet<String>> {
    let mut ask = cargo();
    ask.args(["metadata", "--no-deps", "--format-version=1"]);
    let told = answer(&mut ask).context("cargo metadata")?;
    let told: serde_json::Value = serde_json::from_str(&told).context("cargo metadata")?;
    let list = |of: &serde_json::Value| of.as_array().cloned().unwrap_or_default();
    let targets = list(&told["packages"])
        .into_iter()
        .flat_map(|it| list(&it["targets"]));
    let tests = targets.filter(|target| target["kind"][0] == "test");
    let names = tests.filter_map(|target| target["name"].as_str().map(str::to_owned));
    Ok(names.collect())
}
