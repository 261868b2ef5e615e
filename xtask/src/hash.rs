//! Content hashes: for file names, and for knowing whether a build is stale.

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// Sixteen hexadecimal digits of SHA-256: enough for a file name.
pub fn short(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// One hash over the names and contents of all these files and folders, missing
/// ones included as missing.
pub fn tree(root: &Path, names: &[&str]) -> Result<String> {
    let mut state = Sha256::new();
    for name in names {
        for path in files(&root.join(name))? {
            let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
            let relative = path.strip_prefix(root).unwrap_or(&path);
            state.update(relative.to_string_lossy().as_bytes());
            state.update([0]);
            state.update((bytes.len() as u64).to_le_bytes());
            state.update(&bytes);
        }
    }
    Ok(hex(&state.finalize()))
}

/// Every file below a folder in sorted order; the file itself for a file; nothing
/// when it is missing.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if path.is_file() {
        found.push(path.to_path_buf());
    } else if path.is_dir() {
        let mut entries = fs::read_dir(path)
            .with_context(|| path.display().to_string())?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<std::io::Result<Vec<_>>>()?;
        entries.sort();
        for entry in entries {
            let name = entry.file_name().unwrap_or_default();
            if name != "target" && name != "node_modules" {
                found.extend(files(&entry)?);
            }
        }
    }
    Ok(found)
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
