//! Inputs of several parts: the files of a format that needs them, or what lies in
//! a container. Chance would spoil the sums of a zip archive and reach nothing
//! behind them, so it changes the parts, and they are packed afterwards.

/// What stands between parts.
pub const BETWEEN: &[u8] = b"\n%%%%%%%%\n";

/// The parts of a workbook that are read, in their order in an input.
pub const BOOK: &[&str] = &[
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
];
/// Those of a Word file.
pub const PAPER: &[&str] = &["word/document.xml"];
