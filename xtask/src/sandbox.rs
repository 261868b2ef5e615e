//! The Worker's program (`crates/worker` around `crates/sandbox`): a second WebAssembly program with one
//! classic script, which the editor starts at the first file from elsewhere.
//! What it is for stands in docs/decisions/0012-sandbox.md.

use crate::pack;
use crate::run::root;
use crate::wasm::{self, Profile};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// The Worker's script and its program.
#[derive(Clone)]
pub struct Sandbox {
    /// What wasm-bindgen makes, and `worker.js` behind it.
    pub script: String,
    /// The WebAssembly file.
    pub wasm: Vec<u8>,
}

/// wasm-bindgen, and for a release wasm-opt after it.
pub fn bind(compiled: &Path, profile: Profile) -> Result<Sandbox> {
    let folder = root().join("target/bindgen/sandbox");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("target/bindgen/sandbox")?;
    }
    let mut output = Bindgen::new()
        .input_path(compiled)
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
    let worker = pack::read(&root().join("crates/worker/worker.js"))?;
    Ok(Sandbox {
        script: format!("{made}\n{worker}"),
        wasm: fs::read(&plain)?,
    })
}
