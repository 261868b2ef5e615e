//! `cargo xtask size`: what the first screen loads, found by following the names
//! from index.html through styles and scripts.

use crate::dist;
use crate::pack::{self, brotli};
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Brotli-11 bytes that the first screen may load.
const LIMIT: usize = 750_000;

/// How the names of what the sandbox Worker loads begin.
const WORKER: &str = "app/sandbox-";

/// How a line says that what it names comes later: assets that the program asks
/// for, parts that it loads, parts that only the address of a plan needs.
const LATER: [&str; 5] = [
    "name=\"weft-asset\"",
    "name=\"weft-single\"",
    "name=\"weft-part\"",
    "fetch(new URL(",
    "const plan =",
];

/// Prints one row for each file and fails above the limit.
pub fn size() -> Result<()> {
    dist::build_if_stale()?;
    let folder = dist::folder();
    let mut files = BTreeMap::new();
    for path in crate::hash::files(&folder)? {
        let name = path
            .strip_prefix(&folder)?
            .to_string_lossy()
            .replace('\\', "/");
        if !name.ends_with(".br") && !name.ends_with(".gz") {
            files.insert(name, File::read(&path)?);
        }
    }
    let first = first_screen(&files)?;
    let sum = print_sizes("first screen", &files, first.iter())?;
    let in_worker = |name: &&String| name.starts_with(WORKER);
    if let Some(name) = first.iter().find(in_worker) {
        bail!("the first screen loads {name}, which only a Worker needs");
    }
    let later = files
        .keys()
        .filter(|name| name.ends_with(".wasm") && !first.contains(*name) && !in_worker(name));
    print_sizes("parts that come when they are needed", &files, later)?;
    print_sizes(
        "the Worker that opens files from elsewhere, at the first one",
        &files,
        files.keys().filter(in_worker),
    )?;
    println!("The first screen may load {LIMIT} bytes.");
    if sum > LIMIT {
        bail!(
            "the first screen loads {sum} bytes, {} too many",
            sum - LIMIT
        );
    }
    Ok(())
}

/// A file of the release, and how many bytes of it travel.
struct File {
    bytes: Vec<u8>,
    packed: usize,
}

impl File {
    /// The copy that lies beside it is what a host sends; to pack the program once
    /// more takes as long as packing the release did.
    fn read(path: &Path) -> Result<Self> {
        let bytes = fs::read(path)?;
        let copy = pack::with_suffix(path, ".br");
        let packed = match fs::metadata(copy) {
            Ok(copy) => usize::try_from(copy.len())?,
            Err(_) => brotli(&bytes)?.len(),
        };
        let packed = packed.min(bytes.len());
        Ok(Self { bytes, packed })
    }
}

/// Gives the sum after brotli.
fn print_sizes<'a>(
    title: &str,
    files: &BTreeMap<String, File>,
    names: impl Iterator<Item = &'a String>,
) -> Result<usize> {
    let mut raw_sum = 0;
    let mut brotli_sum = 0;
    println!("{:>10} {:>10}  {title}", "raw", "brotli");
    for name in names {
        let File { bytes, packed } = &files[name];
        println!("{:>10} {packed:>10}  {name}", bytes.len());
        raw_sum += bytes.len();
        brotli_sum += packed;
    }
    println!("{raw_sum:>10} {brotli_sum:>10}  sum\n");
    Ok(brotli_sum)
}

/// The names that are loaded without anybody asking. What the program fetches
/// later stands in lines with one of the words of `LATER`; they are not followed.
fn first_screen(files: &BTreeMap<String, File>) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::from(["index.html".to_owned()]);
    let mut queue = vec!["index.html".to_owned()];
    while let Some(name) = queue.pop() {
        let file = files
            .get(&name)
            .with_context(|| format!("{name} is missing"))?;
        let Ok(text) = std::str::from_utf8(&file.bytes) else {
            continue;
        };
        let text: String = text
            .lines()
            .filter(|line| !LATER.iter().any(|word| line.contains(word)))
            .collect();
        // A file names others as seen from the folder that it lies in.
        let folder = name.rfind('/').map_or("", |end| &name[..=end]);
        for other in files.keys().filter(|other| other.starts_with("app/")) {
            let short = other.strip_prefix(folder).unwrap_or(other);
            if text.contains(short) && found.insert(other.clone()) {
                queue.push(other.clone());
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_first_screen_follows_names_but_not_what_is_loaded_later() {
        let file = |name: &str, text: &str| {
            let bytes = text.as_bytes().to_vec();
            (name.to_owned(), File { packed: 0, bytes })
        };
        let files = BTreeMap::from([
            file(
                "index.html",
                "<link href=\"app/a-1.css\">\n<script src=\"app/p-5/main.js\">\n<meta name=\"weft-asset\" content=\"app/late-4.json\">\n<meta name=\"weft-asset\" content=\"app/sandbox-6.js\">",
            ),
            file("app/sandbox-6.js", ""),
            file("app/a-1.css", "src: url(./f-2.woff2)"),
            file("app/f-2.woff2", ""),
            file("app/late-4.json", "{}"),
            file("app/p-5/main.js", "import './parts.js'"),
            file(
                "app/p-5/parts.js",
                "const src = fetch(new URL(\"./part.wasm\", import.meta.url));",
            ),
            file("app/p-5/part.wasm", ""),
        ]);
        let names: Vec<_> = first_screen(&files).unwrap().into_iter().collect();
        assert_eq!(
            names,
            [
                "app/a-1.css",
                "app/f-2.woff2",
                "app/p-5/main.js",
                "app/p-5/parts.js",
                "index.html"
            ]
        );
    }
}
