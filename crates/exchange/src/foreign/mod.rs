//! Files of formats that others have defined: which one a file is, and what
//! it means for a plan. Unlike a table, its columns or keys are fixed; like a
//! table, it becomes one act, with everything that was not understood in the
//! tray. One call takes all files of one format together: ESCO and O*NET come
//! as several.
//!
//! Not here: zip archives ([`crate::archive`]) and letters other than Unicode,
//! which the caller unpacks and decodes.

mod coming;
mod moving;
mod outline;
mod rows;
mod source;
mod tiers;

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use weft_model::{Plan, Uid};

use crate::waiting::{self, Of};
use crate::{AnswerTarget, ImportError, Imported, Place};

pub(crate) use moving::Places;
pub(crate) use outline::{Node, Planter};
pub(crate) use rows::{Line, Rows, rest};
pub(crate) use source::{Source, language_of};

/// The largest file, in bytes. The relations of ESCO are 21 MB.
pub const BYTES_LIMIT: usize = 64 << 20;
/// The largest file of any format, in bytes. The list of all UK standards is
/// 79 MB; it is read standard by standard.
pub const LARGEST: usize = 96 << 20;
/// The most lines of a file.
pub const LINES_LIMIT: usize = 1_000_000;

/// A format that others have defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Foreign {
    /// A 1EdTech CASE package, 1.0 or 1.1.
    Case,
    /// A Moodle competency framework as CSV.
    Moodle,
    /// A framework as CSV in the way of OpenSALT.
    OpenSalt,
    /// CSV files of ESCO.
    Esco,
    /// Text files of O*NET.
    Onet,
    /// Rich Skill Descriptors, JSON or CSV.
    Rsd,
    /// UK occupational standards.
    UkStandards,
}

impl Foreign {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Case,
        Self::Moodle,
        Self::OpenSalt,
        Self::Esco,
        Self::Onet,
        Self::Rsd,
        Self::UkStandards,
    ];

    /// Its id in the registry.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Moodle => "moodle",
            Self::OpenSalt => "opensalt",
            Self::Esco => "esco",
            Self::Onet => "onet",
            Self::Rsd => "rsd",
            Self::UkStandards => crate::standards::FORMAT,
        }
    }
}

/// A file to be read.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its bytes, in UTF-8 or UTF-16.
    pub bytes: &'a [u8],
    /// Who hears how much of it has been read.
    pub heard: Heard<'a>,
}

/// Who hears how much of a file of lines has been read, from 0 to 1; by default
/// nobody.
#[derive(Clone, Copy, Default)]
pub struct Heard<'a>(pub Option<&'a dyn Fn(f64)>);

impl core::fmt::Debug for Heard<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("Heard").field(&self.0.is_some()).finish()
    }
}

impl Heard<'_> {
    pub(crate) fn hears(&self, share: f64) {
        if let Some(told) = self.0 {
            told(share);
        }
    }
}

/// Why the files cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileError {
    /// Which of the files.
    pub file: usize,
    /// Why.
    pub error: ImportError,
}

/// What a person decides about an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Answer to [`crate::QuestionKind::WhichOf`]: ids of offers.
    pub chosen: BTreeSet<String>,
    /// Corrected cells of lines that waited in the tray, by the place of the
    /// whole line.
    pub corrected: BTreeMap<Place, Vec<String>>,
    /// Answers to [`crate::QuestionKind::WhichItem`], by the place of the line.
    pub answers: BTreeMap<Place, AnswerTarget>,
    /// The line of the job outline that lines come in below which the file has
    /// at its top; none, or one that is not there or is a competency: at the top.
    pub below: Option<Uid>,
    /// What the person calls the release, where the source names none; empty:
    /// nothing.
    pub release: String,
}

/// Which format a file is, by what it holds; none: perhaps a table, or Weft
/// JSON. Cheap: only the head of a file of lines is read.
pub fn recognise(bytes: &[u8]) -> Option<Foreign> {
    let bare = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bare.iter().find(|byte| !byte.is_ascii_whitespace());
    if matches!(first, Some(b'{' | b'[')) {
        let has = |word: &str| {
            bare.windows(word.len())
                .any(|window| window == word.as_bytes())
        };
        if has("\"weft-plan\"") && !has("\"CFItems\"") {
            return None;
        }
        if has("\"CFDocument\"") || has("\"CFItems\"") {
            return Some(Foreign::Case);
        }
        if has("\"skillStatement\"") {
            return Some(Foreign::Rsd);
        }
        return crate::standards::is_one(bare).then_some(Foreign::UkStandards);
    }
    let heads = rows::heads(bytes)?;
    let has = |name: &str| heads.iter().any(|head| head == name);
    let all = |names: &[&str]| names.iter().all(|name| has(name));
    if all(&["parentidnumber", "idnumber", "shortname"]) {
        Some(Foreign::Moodle)
    } else if all(&["fullstatement", "humancodingscheme"]) {
        Some(Foreign::OpenSalt)
    } else if all(&["occupationuri", "relationtype", "skilluri"])
        || all(&["concepturi", "preferredlabel", "skilltype"])
        || all(&["concepturi", "preferredlabel", "iscogroup"])
    {
        Some(Foreign::Esco)
    } else if has("onetsoccode") {
        let known = has("task") || has("example") || all(&["title", "description"]);
        known.then_some(Foreign::Onet)
    } else if all(&["rsdname", "skillstatement"]) {
        Some(Foreign::Rsd)
    } else if all(&crate::standards::HEADS) {
        Some(Foreign::UkStandards)
    } else {
        None
    }
}

/// What the files mean for this plan. The commands are one act's worth; the
/// same input gives the same answer, as far as `fresh` does.
pub fn import(
    format: Foreign,
    files: &[File<'_>],
    into: &Plan,
    options: &Options,
    fresh: &mut dyn FnMut() -> Uid,
) -> Result<Imported, FileError> {
    let json = |file: &File<'_>| match format {
        Foreign::Case => Some(Of::Case),
        Foreign::Rsd => Some(Of::Rsd),
        // A workbook was made the package that it stands for.
        Foreign::OpenSalt if file.bytes.starts_with(b"{") => Some(Of::Case),
        _ => None,
    };
    let several = files.len() > 1;
    let bytes: Vec<Cow<'_, [u8]>> = files
        .iter()
        .map(|file| match json(file) {
            Some(of) => {
                waiting::corrected(of, (file.name, file.bytes, several), &options.corrected)
            }
            None => Cow::Borrowed(file.bytes),
        })
        .collect();
    let files: Vec<File<'_>> = (files.iter().zip(&bytes))
        .map(|(file, bytes)| File { bytes, ..*file })
        .collect();
    let files = files.as_slice();
    let mut read = match format {
        Foreign::Case => crate::case::import(files, into, options, fresh),
        Foreign::Moodle => crate::moodle::import(files, into, options, fresh),
        Foreign::OpenSalt => crate::case::import_csv(files, into, options, fresh),
        Foreign::Esco => crate::skills::import_esco(files, into, options, fresh),
        Foreign::Onet => crate::skills::import_onet(files, into, options, fresh),
        Foreign::Rsd => crate::skills::import_rsd(files, into, options, fresh),
        Foreign::UkStandards => crate::standards::import(files, into, options, fresh),
    }?;
    let waits = |file: &&File<'_>| {
        let here =
            |place: &Place| matches!(place, Place::Line { file: name, .. } if name == file.name);
        read.tray.iter().any(|row| here(&row.place))
    };
    let heads = files.iter().filter(waits).filter_map(|file| {
        let heads = rows::first_line(file.bytes)?;
        Some((file.name.to_owned(), heads))
    });
    read.heads = heads.collect();
    for file in files {
        if let Some(of) = json(file) {
            waiting::to_cells(of, (file.name, file.bytes, several), &mut read);
        }
    }
    Ok(read)
}
