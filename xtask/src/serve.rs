//! `cargo xtask serve`: build, serve under the release's policy, rebuild and
//! reload on a change. A build that fails is told in the terminal and the last
//! good one stays.

use crate::pack::{self, AROUND, PROGRAM, Purpose};
use crate::run::{program, root, works};
use crate::sandbox::{self, Sandbox};
use crate::site;
use crate::wasm::{self, Profile, Program};
use crate::{hash, need};
use anyhow::{Context, Result, bail};
use notify::{EventKind, RecursiveMode, Watcher};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::sync::watch;

/// What stood on the command line.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    port: u16,
    profile: Profile,
    open: bool,
}

impl Options {
    /// Reads the arguments after `serve`.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self {
            port: 8080,
            profile: Profile::Dev,
            open: true,
        };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--port" => {
                    let number = rest.next().context("--port takes a number")?;
                    options.port = number
                        .parse()
                        .with_context(|| format!("--port takes a number, not `{number}`"))?;
                }
                "--release" => options.profile = Profile::Release,
                "--no-open" => options.open = false,
                other => bail!("`serve` takes --port, --release and --no-open, not `{other}`"),
            }
        }
        Ok(options)
    }
}

/// Runs until it is interrupted.
pub fn serve(options: &Options) -> Result<()> {
    let (changed, changes) = mpsc::channel();
    let _watcher = watch_inputs(&root(), changed)?;
    let folder = root().join("target/serve");
    let mut builder = Builder::new(options.profile, folder.clone(), Purpose::Serve);
    println!("Building the editor; the first time this takes some minutes.");
    let mut seen = sources()?;
    let first = builder.build();
    if let Err(error) = &first {
        eprintln!("\n{error:#}\nWaiting for a change.");
        placeholder(&folder)?;
    }
    // Starts from the clock so that a page of an earlier run sees a new number.
    let start = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
    let (built, builds) = watch::channel(u64::try_from(start)?);
    let address = site::start(site::reloading(&folder, builds), options.port)?;
    println!("\nWeft is at http://{address}/ (Ctrl+C ends it)");
    if options.open {
        open_browser(&format!("http://{address}/"));
    }
    loop {
        changes.recv().context("the watcher ended")?;
        // Editors write in bursts: wait until it is quiet.
        while changes.recv_timeout(Duration::from_millis(150)).is_ok() {}
        // A file that was only touched, or saved unchanged, is no change.
        let now = sources().unwrap_or_default();
        if now == seen {
            continue;
        }
        seen = now;
        let since = Instant::now();
        match builder.build() {
            Ok(()) => {
                println!("Built in {:.1} s.", since.elapsed().as_secs_f32());
                built.send_modify(|number| *number += 1);
            }
            Err(error) => eprintln!("\n{error:#}\nThe last good build is still served."),
        }
    }
}

fn sources() -> Result<String> {
    hash::tree(&root(), &[PROGRAM.as_slice(), &AROUND].concat())
}

/// The quick build into a folder, for `e2e --dev`.
pub fn build_into(folder: &Path) -> Result<()> {
    Builder::new(Profile::Dev, folder.to_path_buf(), Purpose::Try).build()
}

/// Remembers the program that was bound last and the sources it came from: a change
/// of style needs no compiler.
struct Builder {
    profile: Profile,
    folder: PathBuf,
    purpose: Purpose,
    last: Option<(String, Program, Sandbox)>,
}

impl Builder {
    fn new(profile: Profile, folder: PathBuf, purpose: Purpose) -> Self {
        Self {
            profile,
            folder,
            purpose,
            last: None,
        }
    }

    fn build(&mut self) -> Result<()> {
        if self.profile == Profile::Release {
            need::node_packages()?;
        }
        let sources = hash::tree(&root(), &PROGRAM)?;
        let (program, sandbox) = match self.last.take() {
            Some((held, program, sandbox)) if held == sources => (program, sandbox),
            _ => {
                let compiled = wasm::compile(self.profile)?;
                (
                    wasm::bind("weft", &compiled.editor, self.profile)?,
                    sandbox::bind(&compiled.worker, self.profile)?,
                )
            }
        };
        let packed = pack::pack(&program, &sandbox, &self.folder, self.purpose);
        self.last = Some((sources, program, sandbox));
        packed
    }
}

/// What the browser gets while there is no build at all; it reloads itself.
fn placeholder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(
        folder.join("index.html"),
        "<!doctype html><meta charset=\"utf-8\"><title>Weft</title>\
         <p>The build failed: see the terminal.</p>\
         <script type=\"module\" src=\"-/reload.js\"></script>",
    )?;
    Ok(())
}

fn watch_inputs(root: &Path, changed: mpsc::Sender<()>) -> Result<notify::RecommendedWatcher> {
    let inputs: Vec<PathBuf> = PROGRAM
        .iter()
        .chain(&AROUND)
        .map(|name| root.join(name))
        .collect();
    let watched = inputs.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        // Cargo reads every source: an access is no change.
        let touches = |path: &PathBuf| watched.iter().any(|input| path.starts_with(input));
        if !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(touches) {
            // The receiver is gone only when the program ends.
            changed.send(()).ok();
        }
    })?;
    // The root itself, not its files: editors replace a file by renaming another.
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in inputs.iter().filter(|path| path.is_dir()) {
        watcher.watch(folder, RecursiveMode::Recursive)?;
    }
    Ok(watcher)
}

fn open_browser(address: &str) {
    let has_display = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some());
    let opened = if cfg!(target_os = "macos") {
        works(program("open").arg(address))
    } else if cfg!(windows) {
        works(program("cmd").args(["/C", "start", "", address]))
    } else {
        has_display && works(program("xdg-open").arg(address))
    };
    if !opened {
        println!("Open that address in a browser.");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parse(line: &str) -> Result<Options> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::parse(&words)
    }

    #[test]
    fn serve_takes_a_port_and_a_profile() {
        let options = parse("--port 9000 --release").unwrap();
        assert_eq!((options.port, options.profile), (9000, Profile::Release));
        assert_eq!(parse("").unwrap().port, 8080);
    }

    #[test]
    fn a_mistyped_argument_is_refused() {
        assert!(parse("--prot 9000").is_err());
        assert!(parse("--port").is_err());
        assert!(parse("--port many").is_err());
    }
}
