//! Stable ids. Every item of a plan has a uid of its own that never changes
//! and is never reused; codes and titles are not keys.

use core::fmt;
use core::str::FromStr;

/// 64 random bits, written as 13 characters of Crockford's base 32. Chance
/// comes from outside: this room has no randomness.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Uid(pub u64);

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// What each byte counts for; 255 for one that is no digit. A large plan holds
/// a hundred thousand written uids, so reading one must be quick.
const DIGITS: [u8; 256] = {
    let mut digits = [255; 256];
    let mut digit = 0;
    while digit < ALPHABET.len() {
        digits[ALPHABET[digit] as usize] = digit as u8;
        digit += 1;
    }
    digits
};

/// Characters of a written uid.
pub const UID_LEN: usize = 13;

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0u8; UID_LEN];
        let mut rest = self.0;
        for slot in text.iter_mut().rev() {
            *slot = ALPHABET[(rest & 31) as usize];
            rest >>= 5;
        }
        f.write_str(core::str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not a written uid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAUid;

impl FromStr for Uid {
    type Err = NotAUid;

    /// Reads exactly what `Display` writes; anything else is refused, so that
    /// one uid never has two spellings.
    fn from_str(text: &str) -> Result<Self, NotAUid> {
        let bytes = text.as_bytes();
        if bytes.len() != UID_LEN {
            return Err(NotAUid);
        }
        let mut number: u64 = 0;
        for (place, byte) in bytes.iter().enumerate() {
            let digit = u64::from(DIGITS[usize::from(*byte)]);
            if digit > 31 {
                return Err(NotAUid);
            }
            // 13 × 5 = 65 bits: the first character may only be 0 to f.
            if place == 0 && digit > 15 {
                return Err(NotAUid);
            }
            number = (number << 5) | digit;
        }
        Ok(Self(number))
    }
}

/// What every typed id can do.
pub trait Id: Copy + Ord + From<Uid> + Into<Uid> + 'static {
    /// The kind of item that the id names.
    const KIND: crate::Kind;
}

/// Declares the typed id of one kind of item.
macro_rules! typed_id {
    ($(#[$meta:meta])* $id:ident, $kind:ident) => {
        $(#[$meta])*
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $id(pub $crate::Uid);

        impl From<$crate::Uid> for $id {
            fn from(uid: $crate::Uid) -> Self { Self(uid) }
        }
        impl From<$id> for $crate::Uid {
            fn from(id: $id) -> Self { id.0 }
        }
        impl From<$id> for $crate::ItemId {
            fn from(id: $id) -> Self { Self { kind: $crate::Kind::$kind, uid: id.0 } }
        }
        impl core::fmt::Display for $id {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result { self.0.fmt(f) }
        }
        impl core::fmt::Debug for $id {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result { self.0.fmt(f) }
        }
        impl $crate::Id for $id {
            const KIND: $crate::Kind = $crate::Kind::$kind;
        }
    };
}
pub(crate) use typed_id;

/// Any item of a plan: its kind and its uid.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId {
    /// What it is.
    pub kind: crate::Kind,
    /// Which one.
    pub uid: Uid,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_uid_reads_back_from_its_text() {
        for number in [0, 1, 31, 32, u64::MAX, 0x0123_4567_89ab_cdef] {
            let uid = Uid(number);
            assert_eq!(uid.to_string().len(), UID_LEN);
            assert_eq!(uid.to_string().parse::<Uid>().unwrap(), uid);
        }
    }

    #[test]
    fn a_text_that_is_no_uid_is_refused() {
        for text in [
            "",
            "0",
            "zzzzzzzzzzzzz",
            "000000000000I",
            "000000000000é",
            "00000000000000",
        ] {
            assert!(text.parse::<Uid>().is_err(), "{text}");
        }
    }

    #[test]
    fn written_uids_sort_as_their_numbers_do() {
        assert!(Uid(7).to_string() < Uid(900).to_string());
    }
}
