//! A newer release of a framework beside what the plan holds of an earlier
//! one: which lines read otherwise, which are new, which are gone, and which
//! modules each of them touches. A person takes each change over or keeps what
//! is there ([`Choices`]); what was chosen is one act ([`taking`]).
//!
//! What the last release said is known from what is kept of each line, so that
//! a change of the source and a change of the partners are told apart.

mod choosing;
mod comparing;
mod source_says;
mod touched;

use serde::{Deserialize, Serialize};
use weft_model::{Difference, FrameworkId, JobItemId, ModuleId, Text, Tier};

pub use choosing::{Choices, Group, brings, taking};
pub(crate) use comparing::{Coming, compare, names};

/// A release of a framework, as its source names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Its name or number; empty: the source names none.
    pub name: String,
    /// When the source last changed it, as the source writes it; empty: it does
    /// not say.
    pub changed: String,
}

/// What a release changes in a plan that holds lines of an earlier one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The framework as the plan has it.
    pub framework: FrameworkId,
    /// The framework that lines of the release belong to: the same one, or
    /// another where the source calls itself otherwise now.
    pub into: FrameworkId,
    /// What the source calls itself.
    pub title: String,
    /// The release that the plan holds.
    pub before: Release,
    /// The release that comes in.
    pub after: Release,
    /// Lines that read otherwise, in the order of the outline.
    pub changed: Vec<Changed>,
    /// Lines that the plan does not have, in the order in which they would stand.
    pub new: Vec<New>,
    /// Lines that this release no longer has.
    pub gone: Vec<Gone>,
    /// Lines that read the same in both: of them only the release is noted.
    pub same: Vec<JobItemId>,
}

impl Comparison {
    /// How many changes there are to decide about.
    pub fn changes(&self) -> usize {
        self.changed.len() + self.new.len() + self.gone.len()
    }
}

/// A line that reads otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// The line.
    pub line: JobItemId,
    /// What of it reads otherwise: before is the plan, after is the release.
    pub differences: Vec<Difference>,
    /// What its source says of it beside that, and that reads otherwise.
    pub particulars: Vec<Particular>,
    /// Modules that are mapped to it, or to a line below it.
    pub modules: Vec<ModuleId>,
    /// Whose change it is.
    pub whose: Whose,
    /// How the last release put it, where the partners have put it otherwise.
    pub said: Option<String>,
}

/// Whose change it is that a line reads otherwise than in the release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whose {
    /// The source's; as far as is known.
    Source,
    /// The partners': the source says the same as in the last release.
    Plan,
    /// Both have changed it.
    Both,
}

/// One thing that a source says of a line and that the plan has no field for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particular {
    /// The key or head of the file.
    pub name: String,
    /// What the last release said; empty: nothing.
    pub before: String,
    /// What this one says; empty: nothing.
    pub after: String,
}

/// A line that the plan does not have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct New {
    /// The line that it would become.
    pub line: JobItemId,
    /// The line that it would stand below; none: at the top.
    pub above: Option<JobItemId>,
    /// Its place in the outline.
    pub tier: Tier,
    /// Its code; empty: none.
    pub code: String,
    /// What it says.
    pub statement: Text,
    /// The partners have deleted it before.
    pub deleted: bool,
}

/// A line that the release no longer has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// The line.
    pub line: JobItemId,
    /// The line above it.
    pub above: Option<JobItemId>,
    /// Modules that are mapped to it, or to a line below it.
    pub modules: Vec<ModuleId>,
    /// Lines below it that are not gone: while there are any, it stays.
    pub holds: usize,
    /// Lines below it that this release has elsewhere: they are moved first.
    pub leaving: Vec<JobItemId>,
    /// Lines that the release names in its place.
    pub replaced_by: Vec<JobItemId>,
}
