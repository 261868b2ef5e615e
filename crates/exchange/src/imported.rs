//! What an import understood: commands to apply as one act, what they would
//! change, and everything that a person should look at first. All values, no
//! sentences: the screen turns them into words.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::release::Comparison;
use weft_model::field::job_item;
use weft_model::{BadValue, Command, EditError, Field, FieldKey, ItemId, Kind, Value};

/// What came of reading one or more files for one plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// One act's worth. Each is possible after those before it.
    pub commands: Vec<Command>,
    /// Items by kind: new, updated, unchanged. Only kinds that occur.
    pub items: BTreeMap<Kind, Counted>,
    /// Links of the weave: new, updated, unchanged.
    pub links: Counted,
    /// What the sheets say their sums are, against what was read.
    pub checks: Vec<Check>,
    /// What was taken in with a reservation.
    pub warnings: Vec<Warning>,
    /// What was not taken in: it waits to be corrected and applied again.
    pub tray: Vec<TrayRow>,
    /// What only a person can decide. The rows concerned wait in the tray (or
    /// came in without a level); answers go into the options of the next
    /// `apply`.
    pub questions: Vec<Question>,
    /// What became of each row: per sheet, one entry per row of the sheet. Of
    /// a foreign file of lines: per file, one entry per line with its head. Of
    /// a foreign JSON file: per part, one entry per value of it.
    pub fates: Vec<Vec<Fate>>,
    /// Of foreign files of lines that have lines in the tray, by name: the heads of
    /// their columns, by which those lines are corrected.
    pub heads: BTreeMap<String, Vec<String>>,
    /// Of frameworks that the plan holds an earlier release of: what the
    /// release changes. Empty for files that are no frameworks.
    pub comparisons: Vec<Comparison>,
}

/// How many came, changed and stayed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Not in the plan before.
    pub new: usize,
    /// In the plan, and changed.
    pub updated: usize,
    /// In the plan, and the same.
    pub unchanged: usize,
}

impl Counted {
    /// All together.
    pub const fn total(self) -> usize {
        self.new + self.updated + self.unchanged
    }
}

/// Where in a file something stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A whole sheet.
    Sheet {
        /// Which of the sheets that were applied together, from 0.
        sheet: usize,
    },
    /// A row or one cell of it.
    Row {
        /// Which of the sheets that were applied together, from 0.
        sheet: usize,
        /// Index into the sheet's rows, from 0.
        row: usize,
        /// The column, from 0; none: the whole row.
        column: Option<usize>,
    },
    /// A value of a JSON file, such as `modules/3/title`.
    Path(String),
    /// A line of a file whose columns its format fixes.
    Line {
        /// The file's name.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// The head of the column; empty: the whole line.
        column: String,
    },
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// Above the header: a title or a second head line.
    Above,
    /// The header.
    Header,
    /// Nothing in it.
    Blank,
    /// The name of the rows below it.
    Heading,
    /// A sum, compared and not taken in.
    CheckSum,
    /// A remark at the foot; see [`WarningKind::Remark`].
    Remark,
    /// Taken in.
    Applied,
    /// Kept as it is, for the way back: the plan has no place for it.
    Kept,
    /// Belongs to something that was not chosen.
    NotChosen,
    /// In the tray.
    Tray,
}

/// What a check sum is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// A field of modules, in halves.
    Halves(Field),
    /// Weeks or other whole numbers.
    Whole(Field),
}

/// Which rows a check sum covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CheckScope {
    /// Those since the last subtotal.
    Subtotal,
    /// All above it.
    Total,
    /// The whole sheet; the sheet itself says nothing.
    Sheet,
}

/// A sum: what the sheet says and what was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The row of the sum, or the sheet.
    pub place: Place,
    /// What it covers.
    pub scope: CheckScope,
    /// What it sums up.
    pub measure: Measure,
    /// What the sheet says, in the unit of the measure; none: nothing.
    pub says: Option<i64>,
    /// What was read, elective pools and bracketed hours counted as they count.
    pub read: i64,
}

impl Check {
    /// False when the sheet says something else than what was read.
    pub fn holds(&self) -> bool {
        self.says.is_none_or(|says| says == self.read)
    }
}

/// Something taken in with a reservation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Warning {
    /// Where.
    pub place: Place,
    /// What.
    pub kind: WarningKind,
}

/// What a warning is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum WarningKind {
    /// A value that does not fit its field; the rest of the row came in.
    BadValue {
        /// The field.
        field: Field,
        /// The value as it stands in the file.
        text: String,
        /// Why it does not fit.
        why: BadValue,
    },
    /// A code or name that nothing in the plan has; the rest came in.
    NoSuch {
        /// What was looked for.
        kind: Kind,
        /// The code or name.
        text: String,
    },
    /// A code or name that several items have; the rest came in.
    SeveralHave {
        /// What was looked for.
        kind: Kind,
        /// The code or name.
        text: String,
        /// Those that have it.
        candidates: Vec<ItemId>,
    },
    /// A level letter that the plan's scale does not have: the level is left
    /// out.
    UnknownLevel {
        /// The letter.
        letter: String,
    },
    /// A cell of a teaching-progress table that is no pattern.
    BadPattern {
        /// The cell.
        text: String,
    },
    /// Cells of a teaching-progress table with marks of the file's own (`*`, `#`,
    /// brackets), which came in without them.
    Marks {
        /// The cells.
        text: String,
    },
    /// Hours of lectures or whole weeks were worked out from the total.
    HoursWorkedOut,
    /// Hours of the offerings do not add up to the total.
    PatternSum {
        /// The total, in halves.
        total: i64,
        /// The sum of the offerings, in halves.
        offerings: i64,
    },
    /// "School" or "enterprise" names no party: there is none, or several.
    WhichParty {
        /// The word.
        text: String,
        /// How many parties of that kind the plan has.
        parties: usize,
    },
    /// Hours that are counted in another unit than hours.
    OtherUnit {
        /// The unit.
        text: String,
    },
    /// The same link stands on an earlier row.
    LinkTwice,
    /// A remark at the foot of a table.
    Remark {
        /// The remark.
        text: String,
    },
    /// A line of the outline stands below something that cannot hold it: it
    /// came in at the top.
    PutAtTop {
        /// The line, as it is called.
        what: String,
    },
    /// It stands deeper than the outline goes: it came in further up.
    PutHigher {
        /// The line, as it is called.
        what: String,
    },
    /// The file has it below something else; it stays where the partners have
    /// put it.
    StaysWhere {
        /// The line, as it is called.
        what: String,
    },
    /// It belongs to several lines, of which the outline can show one.
    AlsoBelow {
        /// The line, as it is called.
        what: String,
        /// The other one that it belongs to.
        text: String,
    },
    /// A cell lists several competencies with numbers: each came in as one.
    Listed {
        /// How many.
        lines: usize,
    },
    /// A newer release of the same framework was chosen, too: this one stays out.
    NewerChosen {
        /// The newer one.
        text: String,
    },
    /// A sum that cannot be read: it is compared with nothing.
    SumNotRead {
        /// The cell.
        text: String,
    },
    /// Formulas whose values the workbook does not hold: read as empty cells.
    Uncalculated {
        /// How many.
        cells: usize,
    },
    /// Cells beyond the last known column, which hold something.
    CellsBeyond {
        /// How many.
        cells: usize,
    },
    /// A command that the plan refused; the rest came in.
    Refused(EditError),
}

/// Something that was not taken in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrayRow {
    /// Where.
    pub place: Place,
    /// Why not.
    pub reason: Reason,
    /// The raw cells, to be corrected; a value that cannot be is one cell.
    pub cells: Vec<String>,
    /// Of a value of a JSON file: what its cells are; empty: an identifier and
    /// words, or nothing that can be corrected. Rows of files of lines have their
    /// heads in their file.
    pub heads: Vec<String>,
}

/// Why something waits in the tray.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reason {
    /// Neither a code nor a title, name or statement.
    NoName,
    /// Nothing in the plan fits.
    NoSuch {
        /// What was looked for.
        kind: Kind,
        /// By which code or title.
        text: String,
    },
    /// Several items of the plan fit; see the question.
    SeveralFit {
        /// Those that fit.
        candidates: Vec<ItemId>,
    },
    /// An item has the same code, but another title; see the question.
    OtherTitle {
        /// Those that have the code.
        candidates: Vec<ItemId>,
    },
    /// The same row stands above.
    Twice,
    /// A needed cell is empty or unreadable.
    Needs {
        /// Which field it is for.
        field: Field,
    },
    /// A part of a JSON file that this version does not know.
    UnknownPart {
        /// Its name.
        name: String,
    },
    /// A value that is no object, no array or no uid where one must be.
    BadShape,
    /// The plan refused it.
    Refused(EditError),
    /// The person said so.
    Skipped,
    /// No column of the sheet is understood.
    NoTable,
}

/// What only a person can decide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Where.
    pub place: Place,
    /// What.
    pub kind: QuestionKind,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum QuestionKind {
    /// Which item of the plan is this row? Answer with [`AnswerTarget`].
    WhichItem {
        /// Those that could be meant.
        candidates: Vec<ItemId>,
    },
    /// Which scale do these letters belong to? Answer in the options.
    WhichScale {
        /// The letters found, sorted.
        letters: Vec<String>,
        /// Indices into [`crate::tables::SCALES`] of the scales that fit; empty:
        /// none of those known.
        scales: Vec<usize>,
    },
    /// What of all that the files hold is meant, such as occupations? Nothing
    /// comes in until something is chosen. Answer with ids in
    /// [`crate::foreign::Options::chosen`].
    WhichOf {
        /// What there is to choose from, in the order of the file.
        offers: Vec<Offer>,
    },
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Its identifier, which the answer names.
    pub id: String,
    /// Its code, where it has one.
    pub code: String,
    /// Its name.
    pub title: String,
    /// How much comes in with it, as far as the files say.
    pub holds: usize,
}

/// A person's answer to [`QuestionKind::WhichItem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnswerTarget {
    /// This item.
    Item(ItemId),
    /// None of them: a new one.
    New,
    /// Leave the row out.
    Skip,
}

/// Letters of a line that say which it is.
const CALLED: usize = 120;

/// What a line of the outline is called: its code and its words, as far as they go.
pub(crate) fn called(values: &[(FieldKey, Value)]) -> String {
    let said = |of: Field| {
        let mut texts = values.iter().filter(|(key, _)| key.field == of);
        texts.find_map(|(_, value)| value.as_str().filter(|text| !text.is_empty()))
    };
    let words = [said(job_item::code), said(job_item::statement)];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    words.join(" ").chars().take(CALLED).collect()
}
