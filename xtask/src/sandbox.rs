//! The Worker's program (`crates/sandbox`): a second WebAssembly program with one
//! classic script, which the editor starts at the first file from elsewhere.
//! What it is for stands in docs/decisions/0012-sandbox.md.

use crate::pack;
use crate::run::root;
use crate::wasm::{self, Profile};
use anyhow::{Context, Result};
use std::fs;
use wasm_bindgen_cli_support::Bindgen;

const PACKAGE: &str = "weft-sandbox";

/// The most memory that the program may take, in bytes: the largest file that
/// is read (64 MiB), its text and what is made of it, several times over. At
/// this bound it stops, and the editor says that the file is too large.
pub const MEMORY_LIMIT: u32 = 512 << 20;

/// The Worker's script and its program.
#[derive(Clone)]
pub struct Sandbox {
    /// What wasm-bindgen makes, and `worker.js` behind it.
    pub script: String,
    /// The WebAssembly file.
    pub wasm: Vec<u8>,
}

/// Compiles and binds.
pub fn build(profile: Profile) -> Result<Sandbox> {
    let memory = format!("-Clink-arg=--max-memory={MEMORY_LIMIT}");
    let compiled = wasm::compile(PACKAGE, profile, &["worker"], &[&memory])?;
    let folder = root().join("target/bindgen/sandbox");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("target/bindgen/sandbox")?;
    }
    let mut output = Bindgen::new()
        .input_path(&compiled)
        .out_name("sandbox")
        .no_modules(true)?
        .typescript(false)
        .remove_name_section(profile == Profile::Release)
        .remove_producers_section(true)
        .generate_output()?;
    output.emit(&folder)?;
    let plain = folder.join("sandbox_bg.wasm");
    if profile == Profile::Release {
        wasm::optimise(&plain)?;
    }
    let made = fs::read_to_string(folder.join("sandbox.js"))?;
    let worker = pack::read(&root().join("crates/sandbox/worker.js"))?;
    Ok(Sandbox {
        script: format!("{made}\n{worker}"),
        wasm: fs::read(&plain)?,
    })
}
