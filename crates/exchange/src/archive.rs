//! Archives of files as they are published: a zip of CSV, text or JSON files is
//! opened as if its files had been chosen one by one. Within the bounds of
//! [`pack`](crate::workbook); archives within it stay closed.

use crate::foreign;
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
/// What is opened by itself alone.
const CLOSED: [&str; 6] = [".zip", ".xlsx", ".xlsm", ".xls", ".docx", ".weft"];
/// What systems and publishers put beside the data.
const BESIDE: [&str; 4] = ["readme", "license", "licence", "changelog"];

/// What an archive is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// An office file: for [`crate::workbook::read`] to say more.
    Workbook,
    /// Files by their paths, in the order of the archive.
    Files {
        /// Those that could come in, with what they hold.
        files: Vec<(String, Vec<u8>)>,
        /// Lists of lines that stayed packed, by their paths: beside the lists of a
        /// framework its publisher has others, which mean nothing to a plan.
        beside: Vec<String>,
        /// Archives and office files within, by their paths: they stay closed.
        closed: Vec<String>,
    },
}

/// So much of a list of lines tells what it is.
const HEAD: u64 = 64 << 10;

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
    let closed = names.iter().filter(|name| stays_closed(name)).cloned();
    let closed: Vec<String> = closed.take(FILES_LIMIT).collect();
    let names: Vec<String> = names.into_iter().filter(|name| is_read(name)).collect();
    if names.len() > FILES_LIMIT {
        let limit = Limit::Entries(FILES_LIMIT);
        return Err(ImportError::TooLarge { limit });
    }
    let (names, beside) = of_framework(&mut archive, names)?;
    let mut files = Vec::new();
    for name in names {
        if let Some(bytes) = archive.file(&name)? {
            files.push((name, bytes));
        }
    }
    Ok(Opened::Files {
        files,
        beside,
        closed,
    })
}

/// Of an archive that holds lists of a framework, those lists and what is JSON; and
/// the other lists, of which nothing but the head was unpacked: all of them together
/// may be more than is unpacked.
fn of_framework(
    archive: &mut Archive<'_>,
    names: Vec<String>,
) -> Result<(Vec<String>, Vec<String>), ImportError> {
    let mut kinds = Vec::with_capacity(names.len());
    for name in &names {
        let head = if is_json(name) {
            None
        } else {
            archive.head(name, HEAD)?
        };
        kinds.push(head.and_then(|head| foreign::recognise(&head)));
    }
    if kinds.iter().all(Option::is_none) {
        return Ok((names, Vec::new()));
    }
    let both = names.into_iter().zip(kinds);
    let (of_it, beside): (Vec<_>, Vec<_>) =
        both.partition(|(name, kind)| kind.is_some() || is_json(name));
    let bare = |all: Vec<(String, _)>| all.into_iter().map(|(name, _)| name).collect();
    Ok((bare(of_it), bare(beside)))
}

fn is_json(path: &str) -> bool {
    let path = path.to_lowercase();
    path.ends_with(".json") || path.ends_with(".jsonld")
}

fn is_read(path: &str) -> bool {
    let path = path.to_lowercase();
    let file = path.rsplit('/').next().unwrap_or_default();
    let beside = BESIDE.iter().any(|start| file.starts_with(start));
    !is_hidden(&path) && !beside && READ.iter().any(|end| file.ends_with(end))
}

/// Whether it could come in, chosen by itself.
fn stays_closed(path: &str) -> bool {
    let path = path.to_lowercase();
    !is_hidden(&path) && CLOSED.iter().any(|end| path.ends_with(end))
}

fn is_hidden(path: &str) -> bool {
    path.split('/')
        .any(|part| part.starts_with('.') || part.starts_with("__"))
}
