//! Identifiers and moments as CASE wants them. The identifier of an item of
//! ours holds its uid, so that a package that comes back is known again; all
//! others are worked out from what they name. Nothing here is chance.

use sha2::{Digest, Sha256};
use weft_model::{ItemId, Kind, Uid};

use crate::dates::time_of;

/// Tells our identifiers from others.
const MARK: &[u8; 6] = b"weft:1";

fn written(bytes: [u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

/// The identifier of an item: a UUID of version 8 with its uid inside.
pub(crate) fn of_item(item: ItemId) -> String {
    let [a, b, c, d, e, f, g, h] = item.uid.0.to_be_bytes();
    let kind = Kind::ALL.iter().position(|kind| *kind == item.kind);
    // Kinds may come and go, names stay: two bytes of the name's hash.
    let name = Sha256::digest(kind.map_or("", |_| item.kind.name()));
    let [m, n, o, p, q, r] = *MARK;
    written([
        a,
        b,
        c,
        d,
        e,
        f,
        0x80 | (g >> 4),
        (g << 4) | (h >> 4),
        0x80 | (h & 0x0f),
        name[0],
        m,
        n,
        o,
        p,
        q,
        r,
    ])
}

/// The item of this kind whose identifier this is.
pub(crate) fn item_of(kind: Kind, identifier: &str) -> Option<Uid> {
    let digits: String = identifier.chars().filter(|sign| *sign != '-').collect();
    if digits.len() != 32 || !digits.is_ascii() {
        return None;
    }
    let number = u128::from_str_radix(&digits, 16).ok()?;
    let bytes = number.to_be_bytes();
    let [a, b, c, d, e, f, g, h, i, ..] = bytes;
    let uid = Uid(u64::from_be_bytes([
        a,
        b,
        c,
        d,
        e,
        f,
        (g << 4) | (h >> 4),
        (h << 4) | (i & 0x0f),
    ]));
    let ours = of_item(ItemId { kind, uid });
    (ours == identifier.to_ascii_lowercase()).then_some(uid)
}

/// An identifier for something that has none of its own.
pub(crate) fn derived(name: &str) -> String {
    let hash = Sha256::digest(name.as_bytes());
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(hash) {
        *to = from;
    }
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    written(bytes)
}

/// Whether a text is a UUID.
pub(crate) fn is_uuid(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 36
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// The UUID at the end of an address, small.
pub(crate) fn uuid_at_end(address: &str) -> Option<String> {
    let from = address.len().checked_sub(36)?;
    let end = address.get(from..)?;
    is_uuid(end).then(|| end.to_ascii_lowercase())
}

/// A moment in milliseconds since 1970 as ISO 8601 in UTC.
pub(crate) fn moment(at: i64) -> String {
    let ((year, month, date), (hours, minutes, seconds)) = time_of(at);
    format!("{year:04}-{month:02}-{date:02}T{hours:02}:{minutes:02}:{seconds:02}+00:00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_of_ours_gives_its_uid_back_and_no_other_does() {
        for number in [1, 0x0123_4567_89ab_cdef, u64::MAX] {
            let item = ItemId {
                kind: Kind::JobItem,
                uid: Uid(number),
            };
            let identifier = of_item(item);
            assert!(is_uuid(&identifier), "{identifier}");
            assert_eq!(item_of(Kind::JobItem, &identifier), Some(item.uid));
            assert_eq!(
                item_of(Kind::JobItem, &identifier.to_uppercase()),
                Some(item.uid)
            );
            assert_eq!(item_of(Kind::Module, &identifier), None);
        }
        for other in [
            "",
            "x",
            "20c5134f-423d-4097-a971-3dd5152bf507",
            &derived("a"),
            &"é".repeat(16),
        ] {
            assert_eq!(item_of(Kind::JobItem, other), None, "{other}");
        }
    }

    #[test]
    fn moments_are_written_as_the_calendar_has_them() {
        assert_eq!(moment(0), "1970-01-01T00:00:00+00:00");
        assert_eq!(moment(1_709_210_096_000), "2024-02-29T12:34:56+00:00");
        assert_eq!(moment(-1), "1969-12-31T23:59:59+00:00");
        assert_eq!(moment(9_999_999_999_999), "2286-11-20T17:46:39+00:00");
    }
}
