//! A key in a form that two people can compare over the telephone: four words
//! or a small picture.

use bip39::Language;
use sha2::{Digest as _, Sha256};

use crate::key::PublicKey;

/// Which words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordList {
    /// English words.
    English,
    /// Simplified Chinese characters.
    Chinese,
}

/// The fingerprint of a key: the first bits of SHA-256 over `weft key`, a zero
/// byte and its 32 bytes. Words: four of 11 bits each from the lists of BIP 39.
/// Picture: five by five squares, the same left and right, from the next 15.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; 8]);

impl PublicKey {
    /// Its fingerprint.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut hash = Sha256::new();
        hash.update(b"weft key\0");
        hash.update(self.bytes());
        let hash = hash.finalize();
        let mut first = [0; 8];
        first.copy_from_slice(&hash[..8]);
        Fingerprint(first)
    }
}

impl Fingerprint {
    fn bits(&self, from: u32, count: u32) -> u64 {
        let all = u64::from_be_bytes(self.0);
        (all >> (64 - from - count)) & ((1 << count) - 1)
    }

    /// The words.
    pub fn words(&self, list: WordList) -> [&'static str; 4] {
        let words = match list {
            WordList::English => Language::English.word_list(),
            WordList::Chinese => Language::SimplifiedChinese.word_list(),
        };
        [0, 1, 2, 3].map(|at| words[self.bits(at * 11, 11) as usize])
    }

    /// Which squares of the picture are filled, row by row.
    pub fn picture(&self) -> [[bool; 5]; 5] {
        let mut rows = [[false; 5]; 5];
        for (y, row) in rows.iter_mut().enumerate() {
            for (x, square) in row.iter_mut().enumerate() {
                let column = x.min(4 - x) as u32;
                *square = self.bits(44 + y as u32 * 3 + column, 1) == 1;
            }
        }
        rows
    }
}
