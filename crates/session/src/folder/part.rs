//! A file of a shared folder by itself, and several together: how a plan comes from a
//! folder to a device that does not have it.

use weft_document::{Document, PeerId, Version};
use weft_model::Uid;

use super::{CHANGES, HEAD, Head};
use crate::log;
use crate::session::Session;
use crate::sharing::Untaken;

/// What a file of a folder holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// Of which plan.
    pub plan: Uid,
    /// Who works on the device that wrote it, written; may be empty.
    pub author: String,
    /// The name that was given; may be empty.
    pub name: String,
    /// Its changes, in the order in which they were written.
    pub updates: Vec<&'a [u8]>,
}

/// Reads such a file by itself; nothing for any other.
pub fn part(bytes: &[u8]) -> Option<Part<'_>> {
    let (HEAD, body, mut rest) = log::parts(bytes)? else {
        return None;
    };
    let head: Head = serde_json::from_slice(body).ok()?;
    let mut updates = Vec::new();
    while let Some((letter, body, tail)) = log::parts(rest) {
        if letter == CHANGES {
            updates.push(body);
        }
        rest = tail;
    }
    Some(Part {
        plan: head.plan.parse().ok()?,
        author: head.author,
        name: head.name,
        updates,
    })
}

/// Several files of one folder as one: each may build on what another holds, and no
/// device has written all. Nothing where one is no such file, or of another plan.
pub fn joined(files: &[Vec<u8>]) -> Option<Vec<u8>> {
    let (first, others) = files.split_first()?;
    let plan = part(first)?.plan;
    let mut all = whole(first).to_vec();
    for file in others {
        if part(file)?.plan != plan {
            return None;
        }
        let (_, _, rest) = log::parts(file)?;
        all.extend_from_slice(whole(rest));
    }
    Some(all)
}

/// A file without the frame at its end that is still on its way.
fn whole(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    while let Some((_, _, tail)) = log::parts(rest) {
        rest = tail;
    }
    &bytes[..bytes.len() - rest.len()]
}

impl Session {
    /// What all these changes together bring, as one; empty where that is
    /// nothing. `peer` is a fresh random number.
    ///
    /// # Errors
    /// Where they are damaged, of another plan, or build on what is not here.
    pub fn gathered(&self, updates: &[&[u8]], peer: PeerId) -> Result<Vec<u8>, Untaken> {
        let whole = self.document.save();
        let records = [whole.as_slice()]
            .into_iter()
            .chain(updates.iter().copied());
        let opened = Document::open(self.id(), records, peer).map_err(|_| Untaken::Damaged)?;
        if opened.pending {
            return Err(Untaken::Incomplete);
        }
        Ok(opened.document.updates_since(&self.version()))
    }

    /// How far this copy has come.
    pub fn version(&self) -> Version {
        self.document.version()
    }

    /// All that a copy at this version lacks.
    pub fn updates_since(&self, version: &Version) -> Vec<u8> {
        self.document.updates_since(version)
    }
}
