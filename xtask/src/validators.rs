//! Everything that Weft writes, by validators that are not ours: those of npm,
//! and, where Python has them, openpyxl and python-docx.

use crate::need;
use crate::run::{cargo, program, root, run, works};
use anyhow::Result;

/// Writes plans in every format and has them validated.
pub fn validate() -> Result<()> {
    need::node_packages()?;
    let folder = root().join("target/validated");
    run(cargo()
        .args(["run", "--quiet", "--package", "weft-exchange"])
        .args(["--example", "every_format", "--"])
        .arg(&folder))?;
    run(program("node")
        .arg("tests/validators/validate.mjs")
        .arg(&folder))?;
    let modules = ["-c", "import openpyxl, docx"];
    if works(program("python3").args(modules)) {
        return run(program("python3")
            .arg("tests/validators/office.py")
            .arg(&folder));
    }
    println!(
        "Workbooks and Word files are not validated: Python with openpyxl and python-docx is not here."
    );
    Ok(())
}
