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
    /// The parts that are loaded when they are needed; a quick build has none.
    pub parts: Option<Parts>,
}

impl Program {
    /// The files that a part needs besides the main one, by their names.
    pub fn needed_by(&self, part: &str) -> impl Iterator<Item = String> {
        let needs = self.parts.as_ref().and_then(|parts| parts.needs.get(part));
        let names = needs.into_iter().flatten();
        names.map(|stem| format!("{stem}.wasm"))
    }
}

/// What a release is cut into besides its main file (`src/parts.rs`).
#[derive(Clone)]
pub struct Parts {
    /// The module that loads the parts; the main one imports it as
    /// `./parts.js`, and it imports the main one as `./weft.js`.
    pub script: String,
    /// WebAssembly files by the names that `script` fetches them by.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The files that each part needs.
    pub needs: BTreeMap<String, Vec<String>>,
}

/// Few passes, as the compiler has made it small already: what is there twice or for
/// nothing, and values that are put away only to be taken up again. `-O1` has
/// more, which take three fifths of its time for 0.1 % of what travels (decision 1).
const PASSES: [&str; 7] = [
    "--duplicate-function-elimination",
    "--memory-packing",
    "--simplify-locals-nostructure",
    "--vacuum",
    "--reorder-locals",
    "--duplicate-function-elimination",
    "--remove-unused-module-elements",
];

/// The features that every supported browser has. `--all-features` would write
/// imports that Chromium refuses.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// What cargo has linked, before wasm-bindgen has seen it.
pub struct Compiled {
    /// The editor.
    pub editor: PathBuf,
    /// The Worker's program.
    pub worker: PathBuf,
}

/// Compiles both programs; cargo's diagnostics go to the terminal. In one call, so
/// that both are linked against the same build of what they share.
pub fn compile(profile: Profile) -> Result<Compiled> {
    need::wasm_target()?;
    let mut command = cargo();
    command
        .args(["build", "--lib", "--package", EDITOR, "--package", WORKER])
        .args(["--target", need::WASM])
        .arg("--message-format=json-render-diagnostics")
        .stdin(Stdio::null())
        .stderr(Stdio::inherit());
    if profile == Profile::Release {
        // The cuts are made after linking (`build.rs`).
        command.args(["--release", "--features", "weft/parts"]);
    } else {
        // The editor's own crate is what each change compiles anew, on one core: 84 s
        // in place of 286. What it calls is optimised lightly, as everywhere.
        command.args(["--config", "profile.dev.package.weft.opt-level=0"]);
    }
    let output = command.output().context("cargo build")?;
    if !output.status.success() {
        bail!("the programs do not compile");
    }
    let said = String::from_utf8_lossy(&output.stdout);
    Ok(Compiled {
        editor: linked(&said, EDITOR)?,
        worker: linked(&said, WORKER)?,
    })
}

const EDITOR: &str = "weft";
const WORKER: &str = "weft-worker";

/// The `.wasm` file of a package among cargo's messages.
fn linked(said: &str, package: &str) -> Result<PathBuf> {
    let target = package.replace('-', "_");
    said.lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact")
        .filter(|message| message["target"]["name"] == target.as_str())
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

/// The script that loads the parts, and the main one, as they import each other.
const PARTS: &str = "./parts.js";

/// wasm-bindgen, and for a release the cuts before it and wasm-opt after it.
pub fn bind(name: &str, compiled: &Path, profile: Profile) -> Result<Program> {
    let folder = root().join("target/bindgen").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).context("target/bindgen")?;
    }
    let release = profile == Profile::Release;
    let cut = if release {
        Some(cut(name, compiled, &folder.join("cut"))?)
    } else {
        None
    };
    let main = cut.as_ref().map_or(compiled, |cut| cut.main.as_path());
    let mut output = Bindgen::new()
        .input_path(main)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .remove_name_section(release && !names_kept())
        .remove_producers_section(true)
        // The parts reach the main file by what it exports.
        .keep_lld_exports(release)
        .generate_output()?;
    output.emit(&folder)?;
    let plain = folder.join(format!("{name}_bg.wasm"));
    if release {
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
        parts: cut.map(|cut| cut.parts()).transpose()?,
    })
}

/// The pieces of a release before wasm-bindgen has seen the main one.
struct Cut {
    main: PathBuf,
    script: PathBuf,
    files: Vec<PathBuf>,
    needs: BTreeMap<String, Vec<String>>,
}

fn cut(name: &str, compiled: &Path, folder: &Path) -> Result<Cut> {
    let input = fs::read(compiled).with_context(|| compiled.display().to_string())?;
    let main = folder.join(format!("{name}.wasm"));
    let main_module = format!("./{name}.js");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = PARTS;
    options.main_module = &main_module;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow::anyhow!("cutting the program into parts: {error:#}"))?;
    Ok(Cut {
        main: main.clone(),
        script: folder.join(PARTS),
        files: split.split_modules,
        needs: split.prefetch_map.into_iter().collect(),
    })
}

impl Cut {
    fn parts(self) -> Result<Parts> {
        let mut files = BTreeMap::new();
        for path in &self.files {
            optimise(path)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            files.insert(name.into_owned(), fs::read(path)?);
        }
        Ok(Parts {
            script: fs::read_to_string(&self.script)?,
            files,
            needs: self.needs,
        })
    }
}

/// Whether a release keeps the names of its functions, for a profiler:
/// `WEFT_NAMES=1 cargo xtask dist`.
fn names_kept() -> bool {
    std::env::var_os("WEFT_NAMES").is_some()
}

/// wasm-opt, in place.
pub fn optimise(path: &Path) -> Result<()> {
    need::node_packages()?;
    run(program("node")
        .arg("node_modules/binaryen/bin/wasm-opt")
        .args(FEATURES)
        .args(PASSES)
        .args(names_kept().then_some("-g"))
        .arg(path)
        .arg("-o")
        .arg(path))
}
