//! Standards one after the other out of a file: the list of all of them has two
//! thousand versions, of which a person means one or two. What is not wanted is
//! forgotten before the next one is read.

use core::cell::Cell;
use core::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

use crate::weft_json::bounded::Node;
use crate::weft_json::{self, VALUES_LIMIT};
use crate::{ImportError, Limit, foreign};

/// The most standards of a file. All versions of all of them were 2,032 in
/// October 2026.
pub const STANDARDS_LIMIT: usize = 20_000;
/// Under these names a list of standards stands in an object.
const LISTS: [&str; 2] = ["results", "standards"];

/// Hands on every standard of a file, with its place where the file is a list.
pub(super) fn each(
    bytes: &[u8],
    take: &mut dyn FnMut(Option<usize>, Json),
) -> Result<(), ImportError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    let limit = match first {
        None => return Err(ImportError::Empty),
        Some(b'[') => foreign::LARGEST,
        // One value that is read whole.
        Some(_) => weft_json::BYTES_LIMIT,
    };
    if bytes.len() > limit {
        let limit = Limit::Bytes(limit);
        return Err(ImportError::TooLarge { limit });
    }
    let broken = Cell::new(None);
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let top = Top {
        take,
        broken: &broken,
    };
    let read = top.deserialize(&mut reader);
    read.and_then(|()| reader.end())
        .map_err(|error| match broken.get() {
            Some(limit) => ImportError::TooLarge { limit },
            None => ImportError::Malformed {
                line: error.line(),
                column: error.column(),
            },
        })
}

/// What stands at the top of a file.
struct Top<'a> {
    take: &'a mut dyn FnMut(Option<usize>, Json),
    /// The bound that was broken.
    broken: &'a Cell<Option<Limit>>,
}

impl Top<'_> {
    /// One value, with as many in it as a whole file of ours may have.
    fn value<T, E>(&self, read: impl FnOnce(Node<'_>) -> Result<T, E>) -> Result<T, E> {
        let left = Cell::new(VALUES_LIMIT);
        let value = read(Node { left: &left });
        if left.get() == 0 {
            self.broken.set(Some(Limit::Values(VALUES_LIMIT)));
        }
        value
    }
}

impl<'de> DeserializeSeed<'de> for Top<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Top<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a standard or a list of standards")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<(), A::Error> {
        let mut at = 0;
        while let Some(one) = self.value(|node| all.next_element_seed(node))? {
            if at == STANDARDS_LIMIT {
                self.broken.set(Some(Limit::Values(STANDARDS_LIMIT)));
                return Err(A::Error::custom("too many standards"));
            }
            (self.take)(Some(at), one);
            at += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let left = Cell::new(VALUES_LIMIT);
        let mut one = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(Node { left: &left });
            if left.get() == 0 {
                self.broken.set(Some(Limit::Values(VALUES_LIMIT)));
            }
            one.insert(key, value?);
        }
        let list = LISTS.iter().find_map(|name| match one.get_mut(*name) {
            Some(Json::Array(all)) => Some(core::mem::take(all)),
            _ => None,
        });
        let Some(list) = list else {
            (self.take)(None, Json::Object(one));
            return Ok(());
        };
        for (at, value) in list.into_iter().enumerate() {
            (self.take)(Some(at), value);
        }
        Ok(())
    }
}
