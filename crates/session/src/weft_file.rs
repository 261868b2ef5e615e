//! The file by which a plan travels with its whole history (`.weft`).
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | `89 57 45 46 54 0D 0A 1A`: a mark that no text begins with, and that a transfer as text spoils |
//! | 2 | version of this layout, little-endian: 1 |
//! | 4 | length of the head, little-endian |
//! | 8 | length of the history, little-endian |
//! | … | the head: JSON in UTF-8, to be read without the history |
//! | … | the history: a snapshot of the document |
//! | 32 | SHA-256 of everything before |
//! | 0 or 97 | a signature: 1, the public key (32), Ed25519 over the sum (64) |
//!
//! What else stands behind the sum is passed over.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use weft_seal::{Key, PublicKey, Signature};

/// The first bytes of every file.
pub const MARK: [u8; 8] = *b"\x89WEFT\r\n\x1a";
/// The version of the layout that this program writes.
pub const VERSION: u16 = 1;
/// The longest head that is read, in bytes.
pub const HEAD_LIMIT: usize = 1 << 20;

/// For which purpose files are signed.
pub const PURPOSE: &str = "weft file";

const FIXED: usize = 22;
const SUM: usize = 32;
/// The first byte of a signature by Ed25519.
const ED25519: u8 = 1;

/// What can be read of a plan without its history. A claim, not a proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The plan's id, written.
    pub plan: String,
    /// Its title by language.
    pub title: BTreeMap<String, String>,
    /// When the file was written, in milliseconds since 1970.
    pub saved_millis: i64,
    /// Who wrote it; empty where nobody gave a name.
    #[serde(default)]
    pub saved_by: String,
    /// The same as the plan's authors are named; empty where nobody did.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// It holds only what a partner lacked: of use where the plan is already.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub only_new: bool,
    /// Of a plan that began as an excerpt of another one, without its history:
    /// that other plan; else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub excerpt_of: String,
    /// The party for which that was made, where it was for one; else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub made_for: String,
}

/// Why a file is none, or not whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileProblem {
    /// It begins otherwise.
    NotThisFormat,
    /// A newer program wrote it.
    Newer {
        /// The version of its layout.
        version: u16,
    },
    /// It ends too early.
    Torn,
    /// Its bytes are not those that were written.
    Damaged,
    /// It is whole, but it was changed after it had been signed.
    Forged,
    /// It is a web page with no plan in it.
    PageWithoutPlan,
    /// It is a web page with more than one plan in it.
    PageWithPlans,
}

/// A file that is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeftFile<'a> {
    /// What it says of itself.
    pub head: Head,
    /// The history.
    pub history: &'a [u8],
    /// The key that signed it, if one did: that is certain.
    pub signer: Option<PublicKey>,
}

/// Whether bytes claim to be such a file, or the beginning of one.
pub fn is_weft_file(bytes: &[u8]) -> bool {
    !bytes.is_empty() && (bytes.starts_with(&MARK) || MARK.starts_with(bytes))
}

/// Writes a file, signed where there is a key.
pub fn write(head: &Head, history: &[u8], key: Option<&Key>) -> Vec<u8> {
    // Plain fields: this does not fail.
    let head = serde_json::to_vec(head).unwrap_or_default();
    let mut out = Vec::with_capacity(FIXED + head.len() + history.len() + SUM);
    out.extend(MARK);
    out.extend(VERSION.to_le_bytes());
    out.extend((head.len() as u32).to_le_bytes());
    out.extend((history.len() as u64).to_le_bytes());
    out.extend(head);
    out.extend(history);
    let sum = Sha256::digest(&out);
    out.extend(sum);
    if let Some(key) = key {
        out.push(ED25519);
        out.extend(key.public().bytes());
        out.extend(key.sign(PURPOSE, &sum).bytes());
    }
    out
}

/// Reads a file, if every byte of it is as it was written.
pub fn read(bytes: &[u8]) -> Result<WeftFile<'_>, FileProblem> {
    if !is_weft_file(bytes) {
        return Err(FileProblem::NotThisFormat);
    }
    let fixed = bytes.get(..FIXED).ok_or(FileProblem::Torn)?;
    let version = number(&fixed[8..10]) as u16;
    if version > VERSION {
        return Err(FileProblem::Newer { version });
    }
    let head_length = number(&fixed[10..14]) as usize;
    let length = usize::try_from(number(&fixed[14..22])).map_err(|_| FileProblem::Torn)?;
    if version == 0 || head_length > HEAD_LIMIT {
        return Err(FileProblem::Damaged);
    }
    let body = FIXED + head_length;
    let end = body.checked_add(length).ok_or(FileProblem::Torn)?;
    let sum_end = end.checked_add(SUM).ok_or(FileProblem::Torn)?;
    let sum = bytes.get(end..sum_end).ok_or(FileProblem::Torn)?;
    if Sha256::digest(&bytes[..end]).as_slice() != sum {
        return Err(FileProblem::Damaged);
    }
    let head = serde_json::from_slice(&bytes[FIXED..body]).map_err(|_| FileProblem::Damaged)?;
    Ok(WeftFile {
        head,
        history: &bytes[body..end],
        signer: signer(sum, &bytes[sum_end..])?,
    })
}

/// Who signed a sum, by what stands behind it.
fn signer(sum: &[u8], behind: &[u8]) -> Result<Option<PublicKey>, FileProblem> {
    let Some((&ED25519, rest)) = behind.split_first() else {
        return Ok(None);
    };
    let (Some(key), Some(proof)) = (rest.first_chunk(), rest[32.min(rest.len())..].first_chunk())
    else {
        return Err(FileProblem::Torn);
    };
    let key = PublicKey::from_bytes(*key);
    if key.verifies(PURPOSE, sum, &Signature::from_bytes(*proof)) {
        Ok(Some(key))
    } else {
        Err(FileProblem::Forged)
    }
}

fn number(bytes: &[u8]) -> u64 {
    let places = bytes.iter().rev();
    places.fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn head() -> Head {
        Head {
            plan: "0000000000007".into(),
            title: [("zh-CN".to_owned(), "数控".to_owned())].into(),
            saved_millis: 1_700_000_000_000,
            saved_by: "Lin Jing".into(),
            author: "0000000000009".into(),
            only_new: false,
            excerpt_of: String::new(),
            made_for: String::new(),
        }
    }

    #[test]
    fn a_file_reads_back_as_it_was_written() {
        for history in [&b""[..], b"history"] {
            let bytes = write(&head(), history, None);
            let file = read(&bytes).unwrap();
            assert_eq!((file.head, file.history), (head(), history));
        }
    }

    #[test]
    fn what_this_program_does_not_know_behind_the_sum_is_passed_over() {
        let mut bytes = write(&head(), b"history", None);
        bytes.extend(b"to come");
        let file = read(&bytes).unwrap();
        assert_eq!((file.history, file.signer), (&b"history"[..], None));
    }

    #[test]
    fn a_signed_file_says_who_signed_it_and_one_changed_since_is_exposed() {
        let key = Key::from_seed([7; 32]);
        let bytes = write(&head(), b"history", Some(&key));
        assert_eq!(read(&bytes).unwrap().signer, Some(key.public()));
        // Somebody writes another history under the same signature.
        let mut forged = write(&head(), b"hostile", None);
        forged.extend(&bytes[bytes.len() - 97..]);
        assert_eq!(read(&forged), Err(FileProblem::Forged));
        // Or puts a key of his own over the proof of another.
        let mut renamed = bytes.clone();
        let at = bytes.len() - 96;
        renamed[at..at + 32].copy_from_slice(&Key::from_seed([8; 32]).public().bytes());
        assert_eq!(read(&renamed), Err(FileProblem::Forged));
        for end in bytes.len() - 96..bytes.len() {
            assert_eq!(read(&bytes[..end]), Err(FileProblem::Torn), "{end}");
        }
    }

    #[test]
    fn a_file_cut_anywhere_is_refused_with_the_reason() {
        let bytes = write(&head(), b"history", None);
        for end in 0..bytes.len() {
            let wanted = if end == 0 {
                FileProblem::NotThisFormat
            } else {
                FileProblem::Torn
            };
            assert_eq!(read(&bytes[..end]), Err(wanted), "{end} bytes");
        }
    }

    #[test]
    fn every_flipped_bit_is_seen() {
        let bytes = write(&head(), b"history", None);
        for bit in 0..bytes.len() * 8 {
            let mut bytes = bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(read(&bytes).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn a_newer_file_says_so() {
        let mut bytes = write(&head(), b"history", None);
        bytes[8] = 2;
        assert_eq!(read(&bytes), Err(FileProblem::Newer { version: 2 }));
    }
}
