//! A plan in the fragment of a link, which no server sees: packed small, with a
//! sum that tells a link that was cut or changed.
//!
//! | bytes | what |
//! | --- | --- |
//! | 1 | version: 1 |
//! | 8 | the plan's id, big-endian |
//! | 8 | the first bytes of SHA-256 over the id and the unpacked plan |
//! | … | the plan as Weft JSON, packed by DEFLATE (RFC 1951) |
//!
//! As text: base64url without padding (RFC 4648).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use sha2::{Digest, Sha256};
use weft_model::Uid;

/// The most bytes that a link may unpack to.
pub const UNPACKED_LIMIT: usize = 16 << 20;
/// Longer links are cut by some programs that pass them on.
pub const LONG: usize = 2_000;
/// Longer links are not made: most programs refuse them.
pub const TOO_LONG: usize = 30_000;

const VERSION: u8 = 1;
const HEAD: usize = 17;

/// Why a link holds no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It is none of ours.
    NotALink,
    /// A newer program made it.
    Newer,
    /// It unpacks to more than is taken in.
    TooLarge,
    /// It was cut or changed on the way.
    Damaged,
}

/// Packs a plan.
pub fn pack(plan: Uid, json: &[u8]) -> Vec<u8> {
    let mut bytes = vec![VERSION];
    bytes.extend(plan.0.to_be_bytes());
    bytes.extend(sum(plan, json));
    bytes.extend(compress_to_vec(json, 9));
    bytes
}

/// Unpacks a plan: its id and its Weft JSON.
pub fn unpack(bytes: &[u8]) -> Result<(Uid, Vec<u8>), LinkError> {
    match bytes.first() {
        Some(&VERSION) => {}
        Some(version) if *version > VERSION => return Err(LinkError::Newer),
        _ => return Err(LinkError::NotALink),
    }
    let head = bytes.get(..HEAD).ok_or(LinkError::Damaged)?;
    let mut id = [0; 8];
    id.copy_from_slice(&head[1..9]);
    let plan = Uid(u64::from_be_bytes(id));
    let json = decompress_to_vec_with_limit(&bytes[HEAD..], UNPACKED_LIMIT);
    let json = json.map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => LinkError::TooLarge,
        _ => LinkError::Damaged,
    })?;
    if sum(plan, &json)[..] == head[9..HEAD] {
        Ok((plan, json))
    } else {
        Err(LinkError::Damaged)
    }
}

fn sum(plan: Uid, json: &[u8]) -> [u8; 8] {
    let mut hash = Sha256::new();
    hash.update(plan.0.to_be_bytes());
    hash.update(json);
    let whole = hash.finalize();
    let mut first = [0; 8];
    first.copy_from_slice(&whole[..8]);
    first
}

/// Bytes as they stand in a link.
pub fn to_text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes in a link; line ends and spaces that a mail program put in are
/// passed over.
pub fn from_text(text: &str) -> Result<Vec<u8>, LinkError> {
    let plain: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    URL_SAFE_NO_PAD
        .decode(plain)
        .map_err(|_| LinkError::Damaged)
}
