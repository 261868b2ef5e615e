//! `target/dist`, the release: built, and whether what stands there is up to date.

use crate::hash;
use crate::pack::{AROUND, PROGRAM, Purpose, pack};
use crate::run::root;
use crate::sandbox;
use crate::wasm::{self, Profile};
use anyhow::{Context, Result, anyhow};
use std::fs;
use std::path::PathBuf;
use std::thread;

/// The release folder.
pub fn folder() -> PathBuf {
    root().join("target/dist")
}

/// Builds `target/dist` anew.
pub fn build() -> Result<()> {
    let inputs = inputs()?;
    let compiled = wasm::compile(Profile::Release)?;
    let (program, sandbox) = thread::scope(|scope| {
        let sandbox = scope.spawn(|| sandbox::bind(&compiled.worker, Profile::Release));
        let program = wasm::bind("weft", &compiled.editor, Profile::Release);
        (program, sandbox.join())
    });
    let sandbox = sandbox.map_err(|_| anyhow!("binding the Worker's program panicked"))?;
    let (program, sandbox) = (program?, sandbox?);
    println!("Packing and compressing.");
    let folder = folder();
    pack(&program, &sandbox, &folder, Purpose::Release)?;
    fs::write(stamp(), inputs).context("target/dist.inputs")?;
    println!("{} holds the release.", folder.display());
    Ok(())
}

/// Builds `target/dist` unless it is up to date.
pub fn build_if_stale() -> Result<()> {
    if is_fresh() {
        println!("target/dist is up to date.");
        return Ok(());
    }
    build()
}

/// Whether `target/dist` is there and nothing it depends on has changed.
pub fn is_fresh() -> bool {
    let held = fs::read_to_string(stamp());
    folder().join("index.html").is_file()
        && held.is_ok_and(|held| inputs().is_ok_and(|now| held == now))
}

fn stamp() -> PathBuf {
    root().join("target/dist.inputs")
}

fn inputs() -> Result<String> {
    let tools = ["package-lock.json", "xtask/src", "xtask/Cargo.toml"];
    let parts = [PROGRAM.as_slice(), &AROUND, &tools].concat();
    hash::tree(&root(), &parts)
}
