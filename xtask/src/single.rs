//! The one script of a page that holds all of the editor: the words of boot.js,
//! the loader of single.js, and the scripts that wasm-bindgen and the cuts have
//! written, made from modules that import each other into one plain script. The
//! page itself is written by the running editor (docs/decisions/0014-one-html.md).

use crate::pack::replace_once;
use crate::wasm::Program;
use anyhow::{Context, Result, bail};

/// Where single.js takes in the program.
const PROGRAM_MARK: &str = "/* weft:program */";
/// Behind what both loaders share in boot.js.
const LOAD_MARK: &str = "// weft:load";

/// Puts the script together.
pub fn script(program: &Program, boot: &str, single: &str) -> Result<String> {
    if !program.snippets.is_empty() {
        bail!("the program has snippets, which a page that holds all of it cannot import");
    }
    let (words, _) = boot
        .split_once(LOAD_MARK)
        .with_context(|| format!("boot.js should hold `{LOAD_MARK}`"))?;
    let mut own = String::from("const startProgram = (() => {\n");
    if let Some(parts) = &program.parts {
        own.push_str(&loader(&parts.script)?);
    }
    own.push_str(&plain(&program.script)?);
    own.push_str("\nreturn __wbg_init;\n})();");
    let single = replace_once(single, PROGRAM_MARK, &own, "single.js")?;
    let script = format!("\n\"use strict\";\n(async () => {{\n{words}\n{single}\n}})();\n");
    // What an HTML parser would take for the end of the script, or for a comment.
    let lower = script.to_ascii_lowercase();
    if lower.contains("</script") || lower.contains("<!--") {
        bail!("the script of the one page holds `</script` or `<!--`");
    }
    Ok(script)
}

/// How the running editor finds what it puts into such a page: the script, and the
/// program's files in their folder.
pub fn metas(program: &Program, folder: &str, script: &str) -> Vec<String> {
    let parts = program.parts.iter().flat_map(|parts| parts.files.keys());
    let names = ["weft_bg.wasm"]
        .into_iter()
        .chain(parts.map(String::as_str));
    let metas = names.map(|name| format!("<meta name=\"weft-part\" content=\"{folder}/{name}\">"));
    let script = format!("<meta name=\"weft-single\" content=\"{script}\">");
    std::iter::once(script).chain(metas).collect()
}

/// The script that loads the parts, as an expression that gives its functions. It
/// finds the files in the page and not beside itself.
fn loader(script: &str) -> Result<String> {
    const FETCH: &str = "fetch(new URL(\"./";
    let mut names = Vec::new();
    let mut out = String::new();
    for line in script.lines() {
        let mut line = line.to_owned();
        if line.starts_with("import ") {
            continue;
        }
        if let Some(rest) = line.strip_prefix("export const ") {
            let (name, _) = rest.split_once(' ').context("parts.js: an export")?;
            names.push(name.to_owned());
            line = format!("const {rest}");
        }
        if let Some((before, rest)) = line.split_once(FETCH) {
            let (file, after) = rest
                .split_once("\", import.meta.url))")
                .context("parts.js: a file")?;
            line = format!("{before}unpackedPart(\"{file}\"){after}");
        }
        line = line.replace(
            "WebAssembly.instantiateStreaming(src, imports)",
            "src.then((bytes) => WebAssembly.instantiate(bytes, imports))",
        );
        out.push_str(&line);
        out.push('\n');
    }
    modules_are_gone(&out, "parts.js")?;
    if names.is_empty() || out.contains("instantiateStreaming") {
        bail!("parts.js is not written as it was: see xtask/src/single.rs");
    }
    let names = names.join(", ");
    Ok(format!(
        "const weftParts = (() => {{\n{out}return {{ {names} }};\n}})();\n"
    ))
}

/// The program's own script without its imports and exports.
fn plain(script: &str) -> Result<String> {
    let mut out = String::new();
    for line in script.lines() {
        if let Some(rest) = line.strip_prefix("import * as ") {
            let (name, from) = rest.split_once(' ').context("weft.js: an import")?;
            if !from.contains("\"./parts.js\"") {
                bail!("weft.js imports something new: {line}");
            }
            out.push_str(&format!("const {name} = weftParts;\n"));
        } else if line.starts_with("export {") {
            if !line.contains("__wbg_init") || !line.ends_with("};") {
                bail!("weft.js exports something new: {line}");
            }
        } else {
            out.push_str(line.strip_prefix("export ").unwrap_or(line));
            out.push('\n');
        }
    }
    modules_are_gone(&out, "weft.js")?;
    Ok(out)
}

fn modules_are_gone(script: &str, name: &str) -> Result<()> {
    let left = script.lines().find(|line| {
        line.starts_with("import ") || line.starts_with("export ") || line.contains("import.meta")
    });
    match left {
        Some(line) => bail!("{name} is not written as it was (see xtask/src/single.rs): {line}"),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::wasm::Parts;
    use std::collections::BTreeMap;

    const BOOT: &str = "const sentences = {};\n// weft:load\nawait import(\"./weft.js\");\n";
    const WEFT: &str = "import * as import1 from \"./parts.js\"\nimport * as import2 from \"./parts.js\"\n\
        export class A {}\nexport function start() {}\nfunction initSync() {}\n\
        async function __wbg_init() {}\nexport { initSync, __wbg_init as default };\n";
    const PARTS: &str = "import { initSync } from \"./weft.js\";\n\
        const src = fetch(new URL(\"./chunk_3.wasm\", import.meta.url));\n\
        const x = (imports) => (WebAssembly.instantiateStreaming(src, imports));\n\
        export const __wasm_split_load_plan = wrapAsyncCb(makeLoad(() => {}));\n";

    fn program(script: &str, parts: Option<&str>) -> Program {
        Program {
            script: script.to_owned(),
            wasm: Vec::new(),
            snippets: BTreeMap::new(),
            parts: parts.map(|script| Parts {
                script: script.to_owned(),
                files: BTreeMap::new(),
                needs: BTreeMap::new(),
            }),
        }
    }

    fn made(script: &str, parts: Option<&str>) -> Result<String> {
        let single = format!("const a = 1;\n{PROGRAM_MARK}\nawait startProgram();\n");
        super::script(&program(script, parts), BOOT, &single)
    }

    #[test]
    fn modules_that_import_each_other_become_one_script() {
        let script = made(WEFT, Some(PARTS)).unwrap();
        for held in [
            "const sentences = {};",
            "const import2 = weftParts;",
            "class A {}",
            "const src = unpackedPart(\"chunk_3.wasm\");",
            "src.then((bytes) => WebAssembly.instantiate(bytes, imports))",
            "return { __wasm_split_load_plan };",
            "return __wbg_init;",
        ] {
            assert!(script.contains(held), "{held}\n{script}");
        }
        for gone in ["import(", "\nexport ", "\nimport ", "import.meta", "fetch("] {
            assert!(!script.contains(gone), "{gone}\n{script}");
        }
    }

    #[test]
    fn a_quick_build_has_no_parts_to_load() {
        let plain: String = WEFT
            .lines()
            .skip(2)
            .map(|line| format!("{line}\n"))
            .collect();
        assert!(!made(&plain, None).unwrap().contains("weftParts"));
    }

    #[test]
    fn every_file_of_the_program_is_named_for_the_editor() {
        let mut program = program(WEFT, Some(PARTS));
        if let Some(parts) = &mut program.parts {
            parts.files.insert("chunk_3.wasm".to_owned(), Vec::new());
        }
        let metas = metas(&program, "app/program-1", "app/single-2.js").join("");
        for address in [
            "app/single-2.js",
            "app/program-1/weft_bg.wasm",
            "app/program-1/chunk_3.wasm",
        ] {
            assert!(metas.contains(&format!("content=\"{address}\"")), "{metas}");
        }
    }

    #[test]
    fn a_generated_script_that_looks_otherwise_stops_the_build() {
        assert!(made("import * as a from \"./other.js\"\n", None).is_err());
        assert!(made("const a = import.meta.url;\n", None).is_err());
        assert!(made("export { a };\n", None).is_err());
        assert!(made("// </script>\n", None).is_err());
        assert!(made(WEFT, Some("export default 1;\n")).is_err());
    }
}
