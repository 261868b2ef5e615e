//! Office files are zip archives of XML parts. Here is what reading and
//! writing them has in common: archives within bounds, XML within bounds, and
//! archives that come out the same to the byte.
//!
//! Not here: what stands in the parts (`workbook`, `word`).

mod archive;
mod markup;
mod writer;

pub(crate) use archive::{Archive, Part};
pub(crate) use markup::{Markup, Node, PIECE_LIMIT, local};
pub(crate) use writer::{Pack, escape};
