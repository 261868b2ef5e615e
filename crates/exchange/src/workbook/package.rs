//! The parts of a workbook around its sheets: kinds, relations, properties, the
//! list of sheets.

use super::cell::letters;
use super::leaf::Leaf;
use crate::pack::escape;

/// What every part begins with.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The name space of workbooks.
pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
/// That of relations to other parts.
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The relations of the file as a whole.
pub(super) const ROOT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/><Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>";
/// The program.
pub(super) const APP: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>Weft</Application></Properties>";

/// The properties: no date, for the same plan gives the same file.
pub(super) fn core(title: &str) -> String {
    let mut out = format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>"
    );
    escape(title, &mut out);
    out.push_str("</dc:title><dc:creator>Weft</dc:creator></cp:coreProperties>");
    out
}

/// The kinds of the parts.
pub(super) fn types(sheets: usize) -> String {
    const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let mut out = format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{KIND}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{KIND}.styles+xml\"/><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"{KIND}.sharedStrings+xml\"/><Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/><Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>"
    );
    for at in 1..=sheets {
        out.push_str(&format!(
            "<Override PartName=\"/xl/worksheets/sheet{at}.xml\" ContentType=\"{KIND}.worksheet+xml\"/>"
        ));
    }
    out.push_str("</Types>");
    out
}

/// The relations of the workbook to its parts.
pub(super) fn relations(sheets: usize) -> String {
    let mut out = format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    for at in 1..=sheets {
        out.push_str(&format!(
            "<Relationship Id=\"rId{at}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"
        ));
    }
    for (at, (kind, target)) in [
        ("styles", "styles.xml"),
        ("sharedStrings", "sharedStrings.xml"),
    ]
    .into_iter()
    .enumerate()
    {
        out.push_str(&format!(
            "<Relationship Id=\"rId{}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>",
            sheets + at + 1
        ));
    }
    out.push_str("</Relationships>");
    out
}

/// The list of sheets, with what of each is filtered and printed on each page.
pub(super) fn workbook(sheets: &[Leaf]) -> String {
    let mut out = format!(
        "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><bookViews><workbookView activeTab=\"0\"/></bookViews><sheets>"
    );
    for (at, leaf) in sheets.iter().enumerate() {
        out.push_str("<sheet name=\"");
        escape(&leaf.name, &mut out);
        out.push_str(&format!("\" sheetId=\"{0}\" r:id=\"rId{0}\"/>", at + 1));
    }
    out.push_str("</sheets>");
    let mut names = String::new();
    for (at, leaf) in sheets.iter().enumerate() {
        let mut of = String::new();
        escape(&leaf.name, &mut of);
        if let Some((line, columns)) = leaf.filter {
            names.push_str(&format!(
                "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{at}\" hidden=\"1\">'{of}'!$A${line}:${}${}</definedName>",
                letters(columns.max(1) - 1),
                leaf.line
            ));
        }
        if leaf.frozen.1 > 0 {
            names.push_str(&format!(
                "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{at}\">'{of}'!$1:${}</definedName>",
                leaf.frozen.1
            ));
        }
    }
    if !names.is_empty() {
        out.push_str(&format!("<definedNames>{names}</definedNames>"));
    }
    out.push_str("</workbook>");
    out
}

/// Lists to choose from. Other words are let in: what somebody typed is read as
/// a remark.
pub(super) fn chosen(all: &[(usize, Vec<u64>, String)]) -> String {
    if all.is_empty() {
        return String::new();
    }
    let mut out = format!("<dataValidations count=\"{}\">", all.len());
    for (column, lines, words) in all {
        let column = letters(*column);
        let cells: Vec<String> = lines.iter().map(|line| format!("{column}{line}")).collect();
        out.push_str(&format!(
            "<dataValidation type=\"list\" errorStyle=\"warning\" allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\" sqref=\"{}\"><formula1>\"",
            cells.join(" ")
        ));
        escape(words, &mut out);
        out.push_str("\"</formula1></dataValidation>");
    }
    out.push_str("</dataValidations>");
    out
}
