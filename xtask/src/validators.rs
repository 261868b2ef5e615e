//! Everything that Weft writes, by validators that are not ours: those of npm, the
//! Open XML SDK's among them, and, where there is Python, openpyxl, python-docx,
//! pypdf and pySHACL.

use crate::need;
use crate::run::{build_examples, example, program, root, run, works};
use anyhow::Result;
use std::process::Command;

/// Writes plans in every format and has them validated.
pub fn validate() -> Result<()> {
    need::node_packages()?;
    let folder = root().join("target/validated");
    build_examples(&["every_format"])?;
    run(example("every_format")?.arg(&folder))?;
    run(program("node")
        .arg("tests/validators/validate.mjs")
        .arg(&folder))?;
    if !readers() {
        println!(
            "Workbooks, Word files and ELM are not read back: that takes Python 3 with pip, or \
             with openpyxl, python-docx, pypdf and pySHACL."
        );
        return Ok(());
    }
    run(python().arg("tests/validators/linked.py").arg(&folder))?;
    run(python().arg("tests/validators/office.py").arg(&folder))
}

/// Where they are installed for this repository alone.
const READERS: &str = "target/python";

fn python() -> Command {
    let mut python = program("python3");
    python.env("PYTHONPATH", root().join(READERS));
    python
}

/// Whether there is a Python with what reads files back, installed if need be.
pub fn readers() -> bool {
    if has_readers() {
        return true;
    }
    println!("Installing openpyxl, python-docx, pypdf and pySHACL into target/python.");
    let mut install = python();
    install.args(["-m", "pip", "install", "--quiet", "--target", READERS]);
    install.args(["openpyxl==3.1.5", "python-docx==1.2.0", "pyshacl==0.40.1"]);
    install.arg("pypdf==7.1.1");
    works(&mut install) && has_readers()
}

fn has_readers() -> bool {
    works(python().args(["-c", "import openpyxl, docx, pypdf, pyshacl"]))
}
