//! From the parts (program, styles, assets, index.html, boot.js) to a folder that
//! any static server can serve, at the root or below a path: relative addresses
//! only, hashes in the names, compressed copies.
//!
//! `index.html` keeps its name; everything else that the page loads lies in `app/`
//! under a name that changes with its bytes, so it may be cached for ever and an
//! old page never gets a new program.

use crate::hash;
use crate::hosts;
use crate::policy::POLICY;
use crate::run::root;
use crate::sandbox::Sandbox;
use crate::single;
use crate::styles::styles;
use crate::wasm::Program;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where the marked lines of `index.html` stand.
const POLICY_MARK: &str = "<!-- weft:policy -->";
const HEAD_MARK: &str = "<!-- weft:head -->";

/// What the program is compiled from.
pub const PROGRAM: [&str; 7] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "build.rs",
    "crates",
    "locales",
    "src",
];

/// What is packed around it.
pub const AROUND: [&str; 6] = [
    "assets",
    "boot.js",
    "examples",
    "index.html",
    "single.js",
    "style",
];

/// Whom a packed folder is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// A host: compressed copies and header files.
    Release,
    /// `cargo xtask serve`: neither, and a script that reloads the page.
    Serve,
    /// `cargo xtask e2e --dev`: neither.
    Try,
}

/// Writes the folder beside its place and then swaps, so that whoever serves it
/// never serves half of it.
pub fn pack(program: &Program, sandbox: &Sandbox, folder: &Path, purpose: Purpose) -> Result<()> {
    let files = lay_out(&root(), program, sandbox, purpose)?;
    let fresh = folder.with_extension("new");
    let old = folder.with_extension("old");
    for leftover in [&fresh, &old] {
        if leftover.exists() {
            fs::remove_dir_all(leftover).with_context(|| leftover.display().to_string())?;
        }
    }
    for (name, bytes) in &files {
        let path = fresh.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, bytes)?;
        if purpose == Purpose::Release && worth_compressing(name) {
            fs::write(with_suffix(&path, ".br"), brotli(bytes)?)?;
            fs::write(with_suffix(&path, ".gz"), gzip(bytes)?)?;
        }
    }
    if folder.exists() {
        fs::rename(folder, &old)?;
    }
    fs::rename(&fresh, folder)?;
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    Ok(())
}

/// Every file of the site by its relative name.
fn lay_out(
    root: &Path,
    program: &Program,
    sandbox: &Sandbox,
    purpose: Purpose,
) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut site = Site::default();
    let assets = site.add_assets(root)?;
    let later = site.add_sandbox(sandbox);
    site.add_examples(root)?;

    let style = assets.rewrite_in_style(&styles(root)?);
    let style = site.add("app/weft.css", style.into_bytes());

    let folder = site.add_program(program);
    let script = format!("{folder}/weft.js");
    let wasm = format!("{folder}/weft_bg.wasm");
    let boot = read(&root.join("boot.js"))?;
    let single = single::script(program, &boot, &read(&root.join("single.js"))?)?;
    let single = site.add("app/single.js", single.into_bytes());
    let boot = replace_once(&boot, "./weft.js", &beside(&script), "boot.js")?;
    let boot = replace_once(&boot, "./weft_bg.wasm", &beside(&wasm), "boot.js")?;
    let needed = program.needed_by("plan");
    let needed = needed.map(|name| beside(&format!("{folder}/{name}")));
    let needed = needed.collect::<Vec<_>>().join(" ");
    let boot = replace_once(&boot, "./plan.wasm", &needed, "boot.js")?;
    let boot = site.add("app/boot.js", boot.into_bytes());

    let mut head = vec![
        format!("<link rel=\"stylesheet\" href=\"{style}\">"),
        format!("<link rel=\"modulepreload\" href=\"{script}\">"),
        format!(
            "<link rel=\"preload\" href=\"{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>"
        ),
        format!("<script type=\"module\" src=\"{boot}\"></script>"),
    ];
    if program.parts.is_some() {
        // The loader imports it: named here, it does not wait for the loader.
        let parts = format!("<link rel=\"modulepreload\" href=\"{folder}/parts.js\">");
        head.insert(2, parts);
    }
    if purpose == Purpose::Serve {
        head.push("<script type=\"module\" src=\"-/reload.js\"></script>".to_owned());
    }
    head.extend(assets.metas());
    head.extend(later);
    head.extend(single::metas(program, &folder, &single));

    let index = read(&root.join("index.html"))?;
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">");
    let index = replace_once(&index, POLICY_MARK, &meta, "index.html")?;
    let index = replace_once(&index, HEAD_MARK, &head.join("\n    "), "index.html")?;
    let index = assets.rewrite_in_index(&index);
    site.files
        .insert("index.html".to_owned(), index.into_bytes());

    if purpose == Purpose::Release {
        for (name, text) in hosts::files() {
            site.files.insert(name.to_owned(), text.into_bytes());
        }
    }
    Ok(site.files)
}

#[derive(Default)]
struct Site {
    files: BTreeMap<String, Vec<u8>>,
}

impl Site {
    /// Adds under a hashed name and gives that name.
    fn add(&mut self, name: &str, bytes: Vec<u8>) -> String {
        let hash = hash::short(&bytes);
        let hashed = match name.rsplit_once('.') {
            Some((stem, extension)) => format!("{stem}-{hash}.{extension}"),
            None => format!("{name}-{hash}"),
        };
        self.files.insert(hashed.clone(), bytes);
        hashed
    }

    /// The example plans, under their own names: the program asks for them when
    /// a person does, and a host may put others in their place.
    fn add_examples(&mut self, root: &Path) -> Result<()> {
        for path in hash::files(&root.join("examples"))? {
            if path
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                let name = path
                    .strip_prefix(root)?
                    .to_string_lossy()
                    .replace('\\', "/");
                let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
                self.files.insert(name, bytes);
            }
        }
        Ok(())
    }

    /// The program: its files name each other, so they keep their names and lie
    /// in a folder that is named by the hash of all of them. Gives the folder.
    fn add_program(&mut self, program: &Program) -> String {
        let mut files = BTreeMap::new();
        files.insert("weft.js".to_owned(), program.script.clone().into_bytes());
        files.insert("weft_bg.wasm".to_owned(), program.wasm.clone());
        for (name, text) in &program.snippets {
            files.insert(format!("snippets/{name}"), text.clone().into_bytes());
        }
        if let Some(parts) = &program.parts {
            files.insert("parts.js".to_owned(), parts.script.clone().into_bytes());
            files.extend(parts.files.clone());
        }
        let mut all = Vec::new();
        for (name, bytes) in &files {
            all.extend(name.as_bytes());
            all.extend(hash::short(bytes).as_bytes());
        }
        let folder = format!("app/program-{}", hash::short(&all));
        for (name, bytes) in files {
            self.files.insert(format!("{folder}/{name}"), bytes);
        }
        folder
    }

    /// The Worker's script and program, which the editor asks for by their plain
    /// names when it first needs them. Gives the elements that say where they are.
    fn add_sandbox(&mut self, sandbox: &Sandbox) -> [String; 2] {
        let script = self.add("app/sandbox.js", sandbox.script.clone().into_bytes());
        let wasm = self.add("app/sandbox.wasm", sandbox.wasm.clone());
        [meta("sandbox.js", &script), meta("sandbox.wasm", &wasm)]
    }

    fn add_assets(&mut self, root: &Path) -> Result<Assets> {
        let below = root.join("assets");
        let mut names = BTreeMap::new();
        for path in hash::files(&below)? {
            let plain = path
                .strip_prefix(&below)?
                .to_string_lossy()
                .replace('\\', "/");
            let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
            let hashed = self.add(&format!("app/{plain}"), bytes);
            names.insert(plain, hashed);
        }
        Ok(Assets { names })
    }
}

/// The files of `assets/`: plain name → hashed address relative to index.html.
struct Assets {
    names: BTreeMap<String, String>,
}

impl Assets {
    /// `assets/icon.svg` → `app/icon-….svg`.
    fn rewrite_in_index(&self, text: &str) -> String {
        self.rewrite(text, &["assets/"], |hashed| hashed.to_owned())
    }

    /// `../assets/icon.svg`, from any folder of style/ → `./icon-….svg`, because
    /// the one stylesheet lies in `app/` too.
    fn rewrite_in_style(&self, text: &str) -> String {
        self.rewrite(text, &["../../assets/", "../assets/"], beside)
    }

    fn rewrite(&self, text: &str, prefixes: &[&str], address: impl Fn(&str) -> String) -> String {
        let mut text = text.to_owned();
        for (plain, hashed) in &self.names {
            for prefix in prefixes {
                text = text.replace(&format!("{prefix}{plain}"), &address(hashed));
            }
        }
        text
    }

    /// How the program finds what it loads later: one element for each file, with
    /// the plain name in `data-name` and the address in `content`.
    fn metas(&self) -> impl Iterator<Item = String> + '_ {
        self.names.iter().map(|(plain, hashed)| meta(plain, hashed))
    }
}

fn meta(plain: &str, hashed: &str) -> String {
    format!("<meta name=\"weft-asset\" data-name=\"{plain}\" content=\"{hashed}\">")
}

/// `app/x` as seen from another file of `app/`.
fn beside(name: &str) -> String {
    format!("./{}", name.strip_prefix("app/").unwrap_or(name))
}

/// The text of a file; the error names it.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

/// The text with the mark replaced; an error that names the file unless it stands
/// there once.
pub fn replace_once(text: &str, mark: &str, with: &str, file: &str) -> Result<String> {
    match text.matches(mark).count() {
        1 => Ok(text.replace(mark, with)),
        count => bail!("{file} should hold `{mark}` once, it holds it {count} times"),
    }
}

fn worth_compressing(name: &str) -> bool {
    let compressible = [
        "html",
        "css",
        "js",
        "wasm",
        "json",
        "svg",
        "txt",
        "csv",
        "webmanifest",
    ];
    name.rsplit_once('.')
        .is_some_and(|(stem, extension)| !stem.is_empty() && compressible.contains(&extension))
}

pub fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Brotli at its highest level, as a host would precompress.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 1 << 16, 11, 22);
    writer.write_all(bytes)?;
    writer.flush()?;
    drop(writer);
    Ok(out)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::wasm::Parts;

    fn site(purpose: Purpose) -> BTreeMap<String, Vec<u8>> {
        let program = Program {
            script: "import * as import1 from \"./parts.js\"\nfunction __wbg_init() {}\n\
                     export { initSync, __wbg_init as default };\n"
                .to_owned(),
            wasm: b"\0asm".to_vec(),
            snippets: BTreeMap::new(),
            parts: Some(Parts {
                script: "import { initSync } from \"./weft.js\";\n\
                         export const __wasm_split_load_plan = load;\n"
                    .to_owned(),
                files: BTreeMap::from([("split_plan.wasm".to_owned(), b"\0asm".to_vec())]),
                needs: BTreeMap::from([("plan".to_owned(), vec!["split_plan".to_owned()])]),
            }),
        };
        let sandbox = Sandbox {
            script: "let wasm_bindgen;".to_owned(),
            wasm: b"\0asm sandbox".to_vec(),
        };
        lay_out(&root(), &program, &sandbox, purpose).unwrap()
    }

    fn text(site: &BTreeMap<String, Vec<u8>>, start: &str, end: &str) -> String {
        let (_, bytes) = site
            .iter()
            .find(|(name, _)| name.starts_with(start) && name.ends_with(end))
            .unwrap();
        String::from_utf8(bytes.clone()).unwrap()
    }

    #[test]
    fn every_address_in_the_index_is_relative_and_exists() {
        let site = site(Purpose::Release);
        let index = text(&site, "index.html", "");
        let mut seen = 0;
        for attribute in ["href=\"", "src=\""] {
            for part in index.split(attribute).skip(1) {
                let address = part.split('"').next().unwrap();
                assert!(site.contains_key(address), "{address} is not in the site");
                seen += 1;
            }
        }
        assert!(seen >= 4, "style, loader, program and boot are all there");
    }

    #[test]
    fn a_release_page_has_the_policy_and_no_reload_script() {
        let release = text(&site(Purpose::Release), "index.html", "");
        assert!(release.contains(POLICY) && !release.contains("reload.js"));
        assert!(text(&site(Purpose::Serve), "index.html", "").contains("-/reload.js"));
    }

    #[test]
    fn no_page_holds_an_inline_script_or_style() {
        let index = text(&site(Purpose::Serve), "index.html", "");
        assert!(!index.contains("<style") && !index.contains(" style="));
        for script in index.split("<script").skip(1) {
            assert!(
                script.split('>').next().unwrap().contains("src="),
                "{script}"
            );
        }
    }

    #[test]
    fn the_loader_and_the_parts_lie_where_they_look_for_each_other() {
        let site = site(Purpose::Release);
        for name in ["/weft.js", "/parts.js"] {
            let at = site.keys().find(|at| at.ends_with(name)).unwrap();
            let folder = at.strip_suffix(name).unwrap();
            let script = text(&site, folder, name);
            let path = script.split('"').nth(1).unwrap().trim_start_matches("./");
            assert!(site.contains_key(&format!("{folder}/{path}")), "{path}");
        }
    }

    #[test]
    fn a_page_that_opens_a_plan_asks_at_once_for_the_files_that_this_needs() {
        let site = site(Purpose::Release);
        let boot = text(&site, "app/boot-", ".js");
        let address = boot
            .split('"')
            .find(|word| word.ends_with("split_plan.wasm"));
        let address = address.unwrap().trim_start_matches("./");
        assert!(site.contains_key(&format!("app/{address}")), "{address}");
    }

    #[test]
    fn the_worker_is_named_in_the_index_and_nothing_else_asks_for_it() {
        let site = site(Purpose::Release);
        let index = text(&site, "index.html", "");
        for name in ["sandbox.js", "sandbox.wasm"] {
            let line = index
                .lines()
                .find(|line| line.contains(&format!("data-name=\"{name}\"")));
            let address = line.unwrap().split("content=\"").nth(1).unwrap();
            let address = address.split('"').next().unwrap();
            assert!(site.contains_key(address), "{address}");
            assert_eq!(index.matches(address).count(), 1);
        }
    }

    #[test]
    fn brotli_output_decodes_to_what_went_in() {
        let sample = "经纬 weft ".repeat(500);
        let packed = brotli(sample.as_bytes()).unwrap();
        assert!(packed.len() < 200);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut back).unwrap();
        assert_eq!(back, sample.as_bytes());
    }
}
