//! A number that tells whether two copies at the same version really hold the
//! same: the alarm for a peer id that was used twice.

use loro::{LoroDoc, LoroValue};

const START: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// FNV-1a, 64 bits.
fn hash(mut state: u64, bytes: &[u8]) -> u64 {
    for byte in bytes {
        state = (state ^ u64::from(*byte)).wrapping_mul(PRIME);
    }
    state
}

/// Over all that the document holds, what this program does not know included.
/// The order of keys does not count; an empty root container does not either,
/// because merely asking for it makes one.
pub(crate) fn of(doc: &LoroDoc) -> u64 {
    match doc.get_deep_value() {
        LoroValue::Map(roots) => roots
            .iter()
            .filter(|(_, value)| !is_empty(value))
            .map(|(name, value)| entry(name, value))
            .fold(0, u64::wrapping_add),
        _ => 0,
    }
}

fn is_empty(value: &LoroValue) -> bool {
    match value {
        LoroValue::Map(map) => map.is_empty(),
        LoroValue::List(list) => list.is_empty(),
        LoroValue::String(text) => text.is_empty(),
        _ => false,
    }
}

/// A key with its value, spread so that a plain sum over a map is safe.
fn entry(key: &str, value: &LoroValue) -> u64 {
    let mut mixed = hash(hash(START, key.as_bytes()), &of_value(value).to_le_bytes());
    mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 33)
}

fn of_value(value: &LoroValue) -> u64 {
    match value {
        LoroValue::Null => hash(START, b"n"),
        LoroValue::Bool(yes) => hash(START, if *yes { b"t" } else { b"f" }),
        LoroValue::I64(number) => hash(hash(START, b"i"), &number.to_le_bytes()),
        LoroValue::Double(number) => hash(hash(START, b"d"), &number.to_bits().to_le_bytes()),
        LoroValue::String(text) => hash(hash(START, b"s"), text.as_bytes()),
        LoroValue::Binary(bytes) => hash(hash(START, b"b"), bytes),
        LoroValue::List(list) => list.iter().fold(hash(START, b"l"), |state, inner| {
            hash(state, &of_value(inner).to_le_bytes())
        }),
        LoroValue::Map(map) => {
            let sum = map.iter().map(|(key, inner)| entry(key, inner));
            hash(
                hash(START, b"m"),
                &sum.fold(0, u64::wrapping_add).to_le_bytes(),
            )
        }
        LoroValue::Container(_) => hash(START, b"c"),
    }
}
