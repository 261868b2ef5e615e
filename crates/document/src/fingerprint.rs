//! A number that tells whether two copies at the same version really hold the
//! same: the alarm for a peer id that was used twice.

use loro::{Container, ContainerType, LoroDoc, LoroMap, LoroValue, ValueOrContainer};

pub(crate) const START: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;
/// How many containers within each other are looked into. Plans nest three.
const DEPTH: usize = 8;

/// FNV-1a, 64 bits.
pub(crate) fn hash(mut state: u64, bytes: &[u8]) -> u64 {
    for byte in bytes {
        state = (state ^ u64::from(*byte)).wrapping_mul(PRIME);
    }
    state
}

/// Over all that the document holds, what this program does not know included.
/// The order of keys does not count; an empty root container does not either,
/// because merely asking for it makes one.
pub(crate) fn of(doc: &LoroDoc) -> u64 {
    let LoroValue::Map(roots) = doc.get_value() else {
        return 0;
    };
    let maps = roots.iter().filter_map(|(name, root)| match root {
        LoroValue::Container(id) if id.container_type() == ContainerType::Map => {
            Some((name, doc.get_map(id.clone())))
        }
        // A plan has no other roots.
        _ => None,
    });
    maps.filter(|(_, map)| !map.is_empty())
        .map(|(name, map)| entry(name, of_map(&map, DEPTH)))
        .fold(0, u64::wrapping_add)
}

/// A key with its value, spread so that a plain sum over a map is safe.
fn entry(key: &str, value: u64) -> u64 {
    let mut mixed = hash(hash(START, key.as_bytes()), &value.to_le_bytes());
    mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 33)
}

fn of_map(map: &LoroMap, depth: usize) -> u64 {
    let Some(below) = depth.checked_sub(1) else {
        return START;
    };
    let mut sum = 0_u64;
    map.for_each(|key, stored| {
        let value = match &stored {
            ValueOrContainer::Value(value) => of_value(value, DEPTH),
            ValueOrContainer::Container(Container::Text(text)) => {
                hash(hash(START, b"text"), text.to_string().as_bytes())
            }
            ValueOrContainer::Container(Container::Map(map)) => of_map(map, below),
            // None of these is in a plan.
            ValueOrContainer::Container(_) => hash(START, b"other"),
        };
        sum = sum.wrapping_add(entry(key, value));
    });
    hash(hash(START, b"map"), &sum.to_le_bytes())
}

fn of_value(value: &LoroValue, depth: usize) -> u64 {
    let Some(below) = depth.checked_sub(1) else {
        return START;
    };
    match value {
        LoroValue::Null => hash(START, b"n"),
        LoroValue::Bool(yes) => hash(START, if *yes { b"t" } else { b"f" }),
        LoroValue::I64(number) => hash(hash(START, b"i"), &number.to_le_bytes()),
        LoroValue::Double(number) => hash(hash(START, b"d"), &number.to_bits().to_le_bytes()),
        LoroValue::String(text) => hash(hash(START, b"s"), text.as_bytes()),
        LoroValue::Binary(bytes) => hash(hash(START, b"b"), bytes),
        LoroValue::List(list) => list.iter().fold(hash(START, b"l"), |state, inner| {
            hash(state, &of_value(inner, below).to_le_bytes())
        }),
        LoroValue::Map(map) => {
            let sum = (map.iter())
                .map(|(key, inner)| entry(key, of_value(inner, below)))
                .fold(0, u64::wrapping_add);
            hash(hash(START, b"m"), &sum.to_le_bytes())
        }
        LoroValue::Container(_) => hash(START, b"c"),
    }
}
