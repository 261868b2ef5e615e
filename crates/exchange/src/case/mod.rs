//! 1EdTech CASE: packages of 1.0 and 1.1 in, 1.1 out, and CSV as OpenSALT
//! writes it in. What a package holds beside its hierarchy (associations of
//! other kinds, groupings, rubrics, definitions, fields that the plan lacks)
//! is kept as it is and goes out again. docs/formats/case.md describes it.

mod book;
mod csv;
mod edges;
mod identity;
mod items;
pub(crate) mod json;
mod own;
mod read;
mod shape;
mod weave;
mod write;

pub use book::{is_framework, is_part, package as framework_of};
pub use csv::import_csv;
pub(crate) use identity::{
    derived as derived_uuid, is_uuid, item_of, moment, of_item as own_uuid, uuid_at_end,
};
pub use read::import;
pub use write::{CaseOptions, export};

/// The parts of a package, in the order of the fates of
/// an import; the last stands for whatever else there is.
pub const PARTS: [&str; 6] = [
    "CFDocument",
    "CFItems",
    "CFAssociations",
    "CFDefinitions",
    "CFRubrics",
    "extensions",
];

/// Under this name our own values stand in `extensions`.
pub(crate) const OWN: &str = "weft";
/// The type of the association between a module and what it teaches.
pub(crate) const TEACHES: &str = "ext:teaches";
