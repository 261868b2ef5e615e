//! Standards one after the other out of a file: the list of all of them has two
//! thousand versions, of which a person means one or two. What is not wanted is
//! forgotten before the next one is read.

use core::cell::Cell;

use serde::de::{DeserializeSeed, IgnoredAny};
use serde_json::{Deserializer, Value as Json};

use crate::foreign::{self, Heard};
use crate::weft_json::VALUES_LIMIT;
use crate::weft_json::bounded::{self, Node};
use crate::{ImportError, Limit};

/// The most standards of a file. All versions of all of them were 2,032 in
/// October 2026.
pub const STANDARDS_LIMIT: usize = 20_000;
/// Under these names a list of standards stands in an object.
const LISTS: [&str; 2] = ["results", "standards"];
/// After so many standards of a list it is told how far it is read.
const TOLD_EACH: usize = 32;

/// Hands on every standard of a file, with its place where the file is a list.
pub(super) fn each(
    bytes: &[u8],
    heard: Heard<'_>,
    take: &mut dyn FnMut(Option<usize>, Json),
) -> Result<(), ImportError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = next(bytes, 0);
    if bytes.get(first) == Some(&b'[') {
        return list(bytes, first + 1, heard, take);
    }
    // One value that is read whole.
    let mut one = bounded::read(bytes)?;
    let list = LISTS.iter().find_map(|name| match one.get_mut(*name) {
        Some(Json::Array(all)) => Some(core::mem::take(all)),
        _ => None,
    });
    match list {
        None => take(None, one),
        Some(all) => {
            for (at, value) in all.into_iter().enumerate() {
                take(Some(at), value);
            }
        }
    }
    Ok(())
}

/// The standards of a list, whose first value begins here or later.
fn list(
    bytes: &[u8],
    mut at: usize,
    heard: Heard<'_>,
    take: &mut dyn FnMut(Option<usize>, Json),
) -> Result<(), ImportError> {
    let too_large = |limit| Err(ImportError::TooLarge { limit });
    if bytes.len() > foreign::LARGEST {
        return too_large(Limit::Bytes(foreign::LARGEST));
    }
    at = next(bytes, at);
    if bytes.get(at) == Some(&b']') {
        return end(bytes, at + 1);
    }
    for number in 0.. {
        let rest = bytes.get(at..).unwrap_or_default();
        let mut reader = Deserializer::from_slice(rest);
        // With as many values in it as a whole file of ours may have.
        let left = Cell::new(VALUES_LIMIT);
        let value = match (Node { left: &left }).deserialize(&mut reader) {
            Ok(value) => value,
            Err(_) if left.get() == 0 => return too_large(Limit::Values(VALUES_LIMIT)),
            Err(error) => return Err(malformed(bytes, at, error.line(), error.column())),
        };
        if number == STANDARDS_LIMIT {
            return too_large(Limit::Values(STANDARDS_LIMIT));
        }
        take(Some(number), value);
        let read = reader.into_iter::<IgnoredAny>().byte_offset();
        at = next(bytes, at + read);
        if number % TOLD_EACH == 0 {
            heard.hears(at as f64 / bytes.len() as f64);
        }
        match bytes.get(at) {
            Some(b',') => at = next(bytes, at + 1),
            Some(b']') => return end(bytes, at + 1),
            _ => return Err(malformed(bytes, at, 1, 1)),
        }
    }
    Ok(())
}

/// Where what is not blank begins, from here.
fn next(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    // What JSON calls blank.
    let blank = |byte: &&u8| matches!(**byte, b' ' | b'\t' | b'\n' | b'\r');
    from + rest.iter().take_while(blank).count()
}

/// Nothing more may stand in the file.
fn end(bytes: &[u8], from: usize) -> Result<(), ImportError> {
    let at = next(bytes, from);
    if at < bytes.len() {
        return Err(malformed(bytes, at, 1, 1));
    }
    Ok(())
}

/// What is not JSON, by line and column behind a byte of the file.
fn malformed(bytes: &[u8], from: usize, line: usize, column: usize) -> ImportError {
    let before = bytes.get(..from).unwrap_or_default();
    let last = before.iter().rposition(|byte| *byte == b'\n');
    let above = before.iter().filter(|byte| **byte == b'\n').count();
    let left = before.len() - last.map_or(0, |at| at + 1);
    ImportError::Malformed {
        line: above + line,
        column: column + if line == 1 { left } else { 0 },
    }
}
