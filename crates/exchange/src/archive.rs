//! Archives of files as they are published: a zip of CSV, text or JSON files is
//! opened as if its files had been chosen one by one. Within the bounds of
//! [`pack`](crate::workbook); archives within it stay closed.

use crate::pack::Archive;
use crate::{ImportError, Limit};

/// The most files of an archive.
pub const FILES_LIMIT: usize = 100;

/// How an archive begins.
const MARK: &[u8] = b"PK\x03\x04";
/// What every office file has.
const OFFICE: &str = "[content_types].xml";
/// What is read: tables, lines and values.
const READ: [&str; 5] = [".csv", ".tsv", ".txt", ".json", ".jsonld"];
/// What systems and publishers put beside the data.
const BESIDE: [&str; 4] = ["readme", "license", "licence", "changelog"];

/// What an archive is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// An office file: for [`crate::workbook::read`] to say more.
    Workbook,
    /// Files by their paths, in the order of the archive; none that could come
    /// in: empty.
    Files(Vec<(String, Vec<u8>)>),
}

/// Whether bytes are an archive.
pub fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(MARK)
}

/// Opens an archive within bounds.
pub fn open(bytes: &[u8]) -> Result<Opened, ImportError> {
    let mut archive = Archive::open(bytes)?;
    let names = archive.paths();
    if names.iter().any(|name| name.eq_ignore_ascii_case(OFFICE)) {
        return Ok(Opened::Workbook);
    }
    let names: Vec<String> = names.into_iter().filter(|name| is_read(name)).collect();
    if names.len() > FILES_LIMIT {
        let limit = Limit::Entries(FILES_LIMIT);
        return Err(ImportError::TooLarge { limit });
    }
    let mut files = Vec::new();
    for name in names {
        if let Some(bytes) = archive.file(&name)? {
            files.push((name, bytes));
        }
    }
    Ok(Opened::Files(files))
}

fn is_read(path: &str) -> bool {
    let path = path.to_lowercase();
    let hidden = path
        .split('/')
        .any(|part| part.starts_with('.') || part.starts_with("__"));
    let file = path.rsplit('/').next().unwrap_or_default();
    let beside = BESIDE.iter().any(|start| file.starts_with(start));
    !hidden && !beside && READ.iter().any(|end| file.ends_with(end))
}
