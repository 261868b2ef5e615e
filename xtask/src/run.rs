//! Calling other programs, and where the repository's root is.

use crate::check;
use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The repository's root: the folder above this crate. Asked of cargo at run time
/// first, because a build folder may serve several copies of the repository.
pub fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().map(Path::to_path_buf).unwrap_or(here)
}

/// The cargo that runs us, so that a toolchain chosen with `+name` stays chosen.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// This very program.
pub fn ourselves() -> Result<Command> {
    let path = std::env::current_exe().context("where this program lies")?;
    let mut command = Command::new(path);
    command.current_dir(root());
    Ok(command)
}

/// Builds examples of the rooms, with all rooms, as the tests are: by itself, what one
/// stands on would be compiled once more, with fewer features.
pub fn build_examples(names: &[&str]) -> Result<()> {
    let named = names.iter().flat_map(|name| ["--example", name]);
    run(cargo()
        .args(["build", "--quiet"])
        .args(check::NATIVE[0])
        .args(named))
}

/// An example that has been built: cargo puts it beside this program.
pub fn example(name: &str) -> Result<Command> {
    let here = std::env::current_exe().context("where this program lies")?;
    let folder = here.parent().context("this program lies in no folder")?;
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    Ok(program(folder.join("examples").join(file)))
}

/// A program by name, or where it lies, in the repository's root.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// `npm`, which on Windows is a batch file.
pub fn npm() -> Command {
    program(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

/// Runs to the end with its output on our terminal; a non-zero end is an error
/// that names the command.
pub fn run(command: &mut Command) -> Result<()> {
    let said = describe(command);
    let status = command
        .status()
        .with_context(|| format!("`{said}` could not be started"))?;
    if !status.success() {
        bail!("`{said}` failed ({status})");
    }
    Ok(())
}

/// Whether it starts and ends well, with nothing shown.
pub fn works(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What it prints, trimmed; none when it is missing or fails.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn describe(command: &Command) -> String {
    let name = Path::new(command.get_program())
        .file_stem()
        .unwrap_or(command.get_program())
        .to_string_lossy()
        .into_owned();
    let mut words = vec![name];
    words.extend(
        command
            .get_args()
            .take(6)
            .map(|argument| argument.to_string_lossy().into_owned()),
    );
    words.join(" ")
}
