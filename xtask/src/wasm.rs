//! From Rust to what a browser loads: cargo, wasm-bindgen as a library, and for a
//! release wasm-opt. The names given here are plain; packing adds the hashes.

use crate::need;
use crate::run::{cargo, program, root, run};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use wasm_bindgen_cli_support::Bindgen;

/// Quick to build, or small and fast.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Profile {
    /// Cargo's dev profile, function names kept, no wasm-opt.
    Dev,
    /// Cargo's release profile and wasm-opt.
    Release,
}

/// A program as wasm-bindgen leaves it.
#[derive(Clone)]
pub struct Program {
    /// The module that loads the WebAssembly file.
    pub script: String,
    /// The WebAssembly file.
    pub wasm: Vec<u8>,
    /// Scripts that the module imports, by their path below `snippets/`.
    pub snippets: BTreeMap<String, String>,
}

/// Features that every supported browser has. `--all-features` would write
/// imports that Chromium refuses.
const WASM_OPT: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Compiles the package for the browser; cargo's diagnostics go to the terminal.
/// Gives the path of the `.wasm` file.
pub fn compile(package: &str, profile: Profile) -> Result<PathBuf> {
    need::wasm_target()?;
    let mut command = cargo();
    command
        .args([
            "build",
            "--package",
            package,
            "--lib",
            "--target",
            need::WASM,
        ])
        .arg("--message-format=json-render-diagnostics")
        .stdin(Stdio::null())
        .stderr(Stdio::inherit());
    if profile == Profile::Release {
        command.arg("--release");
    }
    let output = command.output().context("cargo build")?;
    if !output.status.success() {
        bail!("the editor does not compile");
    }
    // The last artifact with a .wasm file is the package's own.
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact")
        .filter_map(|message| {
            let names = message["filenames"].as_array()?;
            let mut names = names.iter().filter_map(|name| name.as_str());
            names
                .rfind(|name| name.ends_with(".wasm"))
                .map(PathBuf::from)
        })
        .next_back()
        .with_context(|| format!("cargo built no .wasm file for {package}"))
}

/// wasm-bindgen, and for a release wasm-opt.
pub fn bind(name: &str, compiled: &Path, profile: Profile) -> Result<Program> {
    let folder = root().join("target/bindgen").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).context("target/bindgen")?;
    }
    let mut output = Bindgen::new()
        .input_path(compiled)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .remove_name_section(profile == Profile::Release)
        .remove_producers_section(true)
        .generate_output()?;
    output.emit(&folder)?;
    let plain = folder.join(format!("{name}_bg.wasm"));
    if profile == Profile::Release {
        optimise(&plain)?;
    }
    let mut snippets = BTreeMap::new();
    let below = folder.join("snippets");
    for path in crate::hash::files(&below)? {
        let relative = path
            .strip_prefix(&below)?
            .to_string_lossy()
            .replace('\\', "/");
        snippets.insert(relative, fs::read_to_string(&path)?);
    }
    Ok(Program {
        script: fs::read_to_string(folder.join(format!("{name}.js")))?,
        wasm: fs::read(&plain)?,
        snippets,
    })
}

fn optimise(path: &Path) -> Result<()> {
    need::node_packages()?;
    run(program("node")
        .arg("node_modules/binaryen/bin/wasm-opt")
        .args(WASM_OPT)
        .arg(path)
        .arg("-o")
        .arg(path))
}
