//! The words that the editor and the Worker's program speak. Both are of one
//! build, so these are no format: what does not read is another build's.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use weft_document::Span;
use weft_exchange::foreign::{Foreign, Options};
use weft_exchange::review_form::Form;
use weft_exchange::tables::{self, ApplyOptions, Matching, OldLetters, Sheet};
use weft_exchange::{ImportError, Imported};
use weft_model::Uid;

use crate::writing::{Made, Writing};

/// What is to be done with the files that come with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Job {
    /// Say what each of them holds, and read what is a table.
    Look,
    /// Say what they mean for a plan. Files that are something else, as an
    /// archive may hold, are passed over.
    Import {
        /// What they are.
        what: What,
        /// The plan, by [`weft_document::pack_plan`].
        #[serde(with = "serde_bytes")]
        plan: Vec<u8>,
        /// What the person decided.
        options: Options,
        /// Where fresh uids come from: the same seed gives the same ones.
        seed: u64,
    },
    /// Say what tables mean for a plan, whose columns a person has matched.
    Apply {
        /// The tables, as they were read or pasted and corrected.
        sheets: Vec<(Sheet, Matching)>,
        /// The plan, by [`weft_document::pack_plan`].
        #[serde(with = "serde_bytes")]
        plan: Vec<u8>,
        /// What the person decided.
        options: ApplyOptions,
        /// As for [`Job::Import`].
        seed: u64,
    },
    /// Go through all that taking in the one file, a `.weft` file, would do.
    /// That the program gets through it is the answer.
    Try {
        /// The plan that is here, if the file is of one.
        here: Option<Here>,
        /// A fresh number for the copies that are made.
        peer: u64,
    },
    /// Read the plan of the one file, to be laid beside another.
    Read {
        /// A fresh number for the copy that is opened.
        peer: u64,
    },
    /// Go through all that taking changes from a shared folder into an open plan
    /// would do, and opening it again afterwards, and say whose operations they
    /// hold.
    Follow {
        /// The plan.
        plan: Uid,
        /// The records of its log, in their order.
        log: Vec<Vec<u8>>,
        /// The changes, in their order.
        updates: Vec<Vec<u8>>,
        /// A fresh number for the copy that is made.
        peer: u64,
    },
    /// Make the files of a format of a plan.
    Write(Box<Writing>),
}

/// A plan that is on this device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Here {
    /// Its id.
    pub plan: Uid,
    /// The plan with its history, as a document saves it.
    #[serde(with = "serde_bytes")]
    pub saved: Vec<u8>,
}

/// What files are that come in without the person matching columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// Weft's own exchange file.
    Weft,
    /// A format that others have defined.
    Foreign(Foreign),
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What came of a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// What the files hold, in their order; an archive's in its place.
    Looked(Vec<Entry>),
    /// What they mean for the plan.
    Imported(Result<Box<Imported>, Failed>),
    /// It was gone through.
    Tried,
    /// How the plan of the file reads, by [`weft_document::pack_plan`]; nothing
    /// where it holds none that is whole.
    Read(Option<Vec<u8>>),
    /// Whose operations each of the changes holds; nothing where it is damaged.
    Followed(Vec<Option<Vec<Span>>>),
    /// The files that were made, in the order in which they were handed out.
    Written(Vec<Made>),
    /// Files were to be made of a plan that is not kept (any more).
    NotKept,
    /// The job came from another build of the editor.
    OtherBuild,
}

/// What one file holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Entry {
    /// A table, or one of a workbook's.
    Table(Box<ReadTable>),
    /// A file that means something as it is.
    Known {
        /// Its name; within an archive its path there.
        name: String,
        /// Which of the given files it is, or lies in.
        file: usize,
        /// What it is.
        what: What,
    },
    /// A review form that an expert has filled in.
    Form {
        /// Its name.
        name: String,
        /// What it says.
        form: Box<Form>,
    },
    /// It cannot be read.
    Refused(Failed),
    /// Lists that were not read, because they came with those of a framework and are
    /// none of it.
    Beside(Vec<String>),
    /// Archives and office files within an archive: they are opened by themselves alone.
    Packed {
        /// The archive.
        name: String,
        /// What lies in it.
        names: Vec<String>,
    },
    /// Sheets of a workbook from which nothing is taken: they seem to be no tables of a
    /// plan, are hidden beside such, or none of the framework that the others are.
    Sheets {
        /// The workbook.
        name: String,
        /// What they are called there.
        sheets: Vec<String>,
    },
    /// Keys of a JSON file that say something and are not read.
    Keys {
        /// The file.
        name: String,
        /// The keys, with where they stand.
        keys: Vec<String>,
    },
}

/// A table as it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadTable {
    /// Its cells.
    pub sheet: Sheet,
    /// What it seems to be.
    pub matching: Matching,
    /// The letters that it was read as, where they are no Unicode.
    pub letters: Option<OldLetters>,
    /// The same bytes read as the other letters that they may be.
    pub otherwise: Option<Box<ReadTable>>,
}

impl ReadTable {
    /// A table with a guess of what it is.
    pub fn guessed(sheet: Sheet, letters: Option<OldLetters>) -> Self {
        Self {
            matching: tables::guess(&sheet),
            sheet,
            letters,
            otherwise: None,
        }
    }
}

/// A file that was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// Its name; within an archive its path there.
    pub name: String,
    /// Why.
    pub why: Why,
    /// It is JSON.
    pub json: bool,
}

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// The format says so.
    Import(ImportError),
    /// A Word file without a review form.
    Paper,
    /// A workbook of before 2007, or one that a password locks.
    OldWorkbook,
    /// A PDF: its letters have places on a sheet, and no rows and columns.
    Pdf,
    /// An archive without a file that can come in.
    NothingInside,
    /// More files than are taken at once.
    Files {
        /// The most.
        limit: usize,
    },
}

/// What only a browser can do.
pub trait Port {
    /// How much is done, from 0 to 1.
    fn progress(&mut self, share: f64);
    /// Letters by the name of their encoding in the Encoding Standard; none
    /// where the bytes are not in it.
    fn decode(&mut self, label: &str, bytes: &[u8]) -> Option<String>;
    /// Takes the bytes of a file that goes out.
    fn hand_out(&mut self, bytes: &[u8]);
}

/// A job or an answer as bytes.
pub fn write(words: &impl Serialize) -> Vec<u8> {
    // In memory and of plain types: this does not fail, and empty bytes are no
    // job and no answer.
    postcard::to_allocvec(words).unwrap_or_default()
}

/// A job or an answer; none where another build wrote it.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}
