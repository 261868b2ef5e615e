//! What a fresh machine may lack, installed with a word on what it does, or a
//! precise sentence on what to install.

use crate::run::{answer, cargo, npm, program, root, run, works};
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// The target the editor is compiled for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Rust's standard library for WebAssembly.
pub fn wasm_target() -> Result<()> {
    let present = answer(program("rustc").args(["--print", "target-libdir", "--target", WASM]))
        .is_some_and(|folder| Path::new(&folder).is_dir());
    if present {
        return Ok(());
    }
    println!("Adding Rust's WebAssembly target ({WASM}), which the editor is compiled for.");
    run(program("rustup").args(["target", "add", WASM]))
        .with_context(|| format!("install the Rust target {WASM}, by hand if rustup is not here"))
}

/// `fmt` or `clippy`.
pub fn component(verb: &str, package: &str) -> Result<()> {
    if works(cargo().args([verb, "--version"])) {
        return Ok(());
    }
    println!("Adding {package}, which `cargo {verb}` needs.");
    run(program("rustup").args(["component", "add", package]))
        .with_context(|| format!("install {package}, by hand if rustup is not here"))
}

/// Node 20 or newer and the locked packages: wasm-opt, the browser driver, axe.
pub fn node_packages() -> Result<()> {
    let version = answer(program("node").arg("--version")).context(
        "Node 20 or newer is needed for wasm-opt and the browser tests: https://nodejs.org",
    )?;
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|digits| digits.parse::<u32>().ok());
    if major.is_none_or(|major| major < 20) {
        bail!("Node {version} is too old: version 20 or newer is needed, https://nodejs.org");
    }
    locked_packages(
        "",
        "Installing the Node packages of package-lock.json (wasm-opt, browser driver, axe).",
    )
}

/// What Weft is measured against: for `bench` alone. Nothing that these packages
/// would run while they are installed is needed.
pub fn peer_packages() -> Result<()> {
    locked_packages(
        "benches/peers",
        "Installing the peers of benches/peers/package-lock.json (AG Grid, yjs, Loro, Excalidraw …).",
    )
}

/// Installs what the lock file of a folder names, unless that is there.
fn locked_packages(folder: &str, word: &str) -> Result<()> {
    let folder = root().join(folder);
    let lock = folder.join("package-lock.json");
    let lock = fs::read(&lock).with_context(|| lock.display().to_string())?;
    installed_once(&folder, &crate::hash::short(&lock), || {
        println!("{word}");
        let install = ["ci", "--no-audit", "--no-fund", "--prefer-offline"];
        let mut npm = npm();
        npm.current_dir(&folder).args(install);
        if folder != root() {
            npm.arg("--ignore-scripts");
        }
        run(&mut npm)
    })
}

/// Runs `install` unless a folder holds the packages that are wanted. Who comes meanwhile,
/// from another thread or program, waits: a release binds its two programs beside each
/// other, and two at once would take away each other's files.
fn installed_once(folder: &Path, wanted: &str, install: impl FnOnce() -> Result<()>) -> Result<()> {
    // Not in `node_modules`, which npm empties.
    fs::create_dir_all(root().join("target")).context("target")?;
    let turn = File::create(root().join("target/packages.lock")).context("target/packages.lock")?;
    turn.lock().context("target/packages.lock")?;
    let stamp = folder.join("node_modules/.weft-lock");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    install()?;
    fs::write(&stamp, wanted).context("node_modules/.weft-lock")
}

/// Where Debian puts the shell of Chromium.
const SHELL: &str = "/usr/bin/chromium-headless-shell";

/// A Chromium to test in. Where there is one, or Debian has one to install, its
/// headless shell: the same browser without windows and menus of its own, which
/// are pages themselves and take half of the processor's time in short tests. Else
/// any [`chromium`]. What is about the store of a browser that is killed takes that one: a
/// shell once came up without its databases.
pub fn test_browser() -> Result<PathBuf> {
    if std::env::var_os("WEFT_CHROMIUM").is_some() {
        return chromium();
    }
    let shell = PathBuf::from(SHELL);
    if !shell.is_file() && is_debian_root() {
        println!("Installing Chromium's headless shell with apt-get, for the browser tests.");
        if let Err(error) = apt_get("chromium-headless-shell") {
            println!("That did not work: {error:#}");
        }
    }
    if shell.is_file() {
        return Ok(shell);
    }
    chromium()
}

/// A Chromium as people have it: `WEFT_CHROMIUM`, one of the usual places, the one
/// that playwright keeps, or a new one.
pub fn chromium() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("WEFT_CHROMIUM") {
        let path = PathBuf::from(path);
        if !path.is_file() {
            bail!("WEFT_CHROMIUM names {}, which is no file", path.display());
        }
        return Ok(path);
    }
    if let Some(path) = chromium_here() {
        return Ok(path);
    }
    if is_debian_root() {
        println!("Installing Chromium with apt-get.");
        match (apt_get("chromium"), chromium_here()) {
            (Ok(()), Some(path)) => return Ok(path),
            (Err(error), _) => println!("That did not work: {error:#}"),
            _ => {}
        }
    }
    println!("Fetching Chromium into playwright's own folder, for the browser tests.");
    let mut fetch = program("node");
    fetch.args(["node_modules/playwright-core/cli.js", "install"]);
    if is_root() {
        fetch.arg("--with-deps");
    }
    match (run(fetch.arg("chromium")), chromium_here()) {
        (Ok(()), Some(path)) => Ok(path),
        _ => bail!("{}", chromium_by_hand()),
    }
}

fn is_root() -> bool {
    let linux = cfg!(target_os = "linux");
    linux && answer(program("id").arg("-u")).as_deref() == Some("0")
}

/// Ubuntu's `chromium` package is a pointer to a snap, which a container cannot run.
fn is_debian_root() -> bool {
    let debian = fs::read_to_string("/etc/os-release")
        .is_ok_and(|text| text.lines().any(|line| line == "ID=debian"));
    debian && is_root()
}

/// Installs a browser, and letters for what it shows.
fn apt_get(browser: &str) -> Result<()> {
    run(program("apt-get").args(["update", "-q"]))?;
    run(program("apt-get")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["install", "-y", "-q", "--no-install-recommends"])
        .args([browser, "fonts-noto-cjk", "fonts-dejavu-core"]))
}

fn chromium_by_hand() -> &'static str {
    if cfg!(target_os = "macos") {
        "install Chromium for the browser tests: `brew install --cask chromium`, \
         or set WEFT_CHROMIUM to the program inside Google Chrome.app"
    } else if cfg!(windows) {
        "install Chrome for the browser tests: `winget install Google.Chrome`, \
         or set WEFT_CHROMIUM to chrome.exe"
    } else {
        "install Chromium for the browser tests (Debian: `sudo apt-get install chromium`; \
         Ubuntu: `npx playwright-core install --with-deps chromium`; \
         Fedora: `sudo dnf install chromium`; Arch: `sudo pacman -S chromium`), \
         or set WEFT_CHROMIUM to its path"
    }
}

fn chromium_here() -> Option<PathBuf> {
    let usual: &[&str] = if cfg!(target_os = "macos") {
        &[
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        ]
    } else if cfg!(windows) {
        &[
            "C:/Program Files/Google/Chrome/Application/chrome.exe",
            "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
            "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
        ]
    } else {
        &[
            "/usr/bin/chromium",
            "/usr/lib/chromium/chromium",
            "/usr/bin/google-chrome-stable",
            "/usr/bin/google-chrome",
            "/opt/google/chrome/chrome",
        ]
    };
    let kept = || {
        let script = "import('playwright-core').then(p=>console.log(p.chromium.executablePath()))";
        answer(program("node").args(["--input-type=module", "-e", script])).map(PathBuf::from)
    };
    usual
        .iter()
        .map(PathBuf::from)
        .find(|path| path.is_file())
        .or_else(|| kept().filter(|path| path.is_file()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    #[test]
    fn packages_that_several_ask_for_at_once_are_installed_by_one_of_them() {
        let folder = std::env::temp_dir().join(format!("weft-packages-{}", std::process::id()));
        let (runs, beside) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let install = || {
            assert_eq!(beside.fetch_add(1, Ordering::SeqCst), 0, "two at once");
            runs.fetch_add(1, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(50));
            fs::create_dir_all(folder.join("node_modules"))?;
            beside.fetch_sub(1, Ordering::SeqCst);
            Ok(())
        };
        thread::scope(|scope| {
            let ask = || installed_once(&folder, "wanted", install).unwrap();
            (0..4).for_each(|_| drop(scope.spawn(ask)));
        });
        assert_eq!(runs.load(Ordering::SeqCst), 1);
        // Others than those that lie there are installed in their place.
        installed_once(&folder, "newer", install).unwrap();
        assert_eq!(runs.load(Ordering::SeqCst), 2);
        fs::remove_dir_all(&folder).unwrap();
    }
}
