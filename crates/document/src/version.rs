//! Who writes (peers) and how far a copy has come (versions).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One writer: a tab or a session. Fresh and random each time, never used
/// again: two writers with one peer id would diverge in silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PeerId(pub u64);

/// How far a copy has come: for each peer, how many of its operations it
/// holds. Two copies with equal versions hold equal plans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version(BTreeMap<u64, u32>);

/// Operations of one writer, one behind the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Whose.
    pub peer: PeerId,
    /// The first of them, counted from 0.
    pub from: u32,
    /// How many there are with all before it.
    pub to: u32,
}

/// The most peers that a version from outside may name.
pub const PEER_LIMIT: usize = 100_000;

/// The bytes are not a written version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAVersion;

impl Span {
    /// Whether a copy at this version holds all of it.
    pub fn is_in(&self, version: &Version) -> bool {
        version.of(self.peer) >= self.to
    }
}

impl Version {
    /// How many peers have written.
    pub fn peers(&self) -> usize {
        self.0.len()
    }

    /// How many operations of a peer are there.
    pub fn of(&self, peer: PeerId) -> u32 {
        self.0.get(&peer.0).copied().unwrap_or_default()
    }

    /// Whether everything that `other` holds is held here too.
    pub fn includes(&self, other: &Self) -> bool {
        other
            .0
            .iter()
            .all(|(peer, count)| self.of(PeerId(*peer)) >= *count)
    }

    /// What is held here and not by whoever is at another version.
    pub fn spans_since(&self, before: &Self) -> Vec<Span> {
        let news = self.0.iter().map(|(peer, to)| Span {
            peer: PeerId(*peer),
            from: before.of(PeerId(*peer)),
            to: *to,
        });
        news.filter(|span| span.from < span.to).collect()
    }

    /// The version of whoever holds both.
    pub fn joined(&self, other: &Self) -> Self {
        let mut all = self.clone();
        for (peer, count) in &other.0 {
            let held = all.0.entry(*peer).or_default();
            *held = (*held).max(*count);
        }
        all
    }

    /// The version of whoever holds only what is in both.
    pub fn common(&self, other: &Self) -> Self {
        let counts = self
            .0
            .iter()
            .map(|(peer, count)| (*peer, (*count).min(other.of(PeerId(*peer)))));
        Self(counts.filter(|(_, count)| *count > 0).collect())
    }

    /// Takes in what somebody holds who has this, if it follows on from what is
    /// held here: no operation of that writer is left out. Says whether it does.
    pub fn extend(&mut self, span: Span) -> bool {
        let held = self.of(span.peer);
        if span.from > held {
            return false;
        }
        if span.to > held {
            self.0.insert(span.peer.0, span.to);
        }
        true
    }

    /// Twelve bytes a peer, little-endian, by ascending peer: its id (8) and
    /// its count of operations (4).
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.0.len() * 12);
        for (peer, count) in &self.0 {
            bytes.extend(peer.to_le_bytes());
            bytes.extend(count.to_le_bytes());
        }
        bytes
    }

    /// Reads what `encode` writes and nothing else: peers ascend, no count is
    /// zero, and there are at most [`PEER_LIMIT`] of them.
    pub fn decode(bytes: &[u8]) -> Result<Self, NotAVersion> {
        let (parts, rest) = bytes.as_chunks::<12>();
        if !rest.is_empty() || parts.len() > PEER_LIMIT {
            return Err(NotAVersion);
        }
        let mut all = BTreeMap::new();
        let mut last = None;
        for part in parts {
            let (peer, count) = part.split_at(8);
            let peer = u64::from_le_bytes(peer.try_into().map_err(|_| NotAVersion)?);
            let count = u32::from_le_bytes(count.try_into().map_err(|_| NotAVersion)?);
            // Loro counts with a signed number.
            if count == 0 || count > i32::MAX as u32 || last.is_some_and(|last| last >= peer) {
                return Err(NotAVersion);
            }
            last = Some(peer);
            all.insert(peer, count);
        }
        Ok(Self(all))
    }

    pub(crate) fn of_loro(vector: &loro::VersionVector) -> Self {
        let counts = vector.iter().filter(|(_, count)| **count > 0);
        Self(counts.map(|(peer, count)| (*peer, *count as u32)).collect())
    }

    pub(crate) fn to_loro(&self) -> loro::VersionVector {
        let mut vector = loro::VersionVector::new();
        for (peer, count) in &self.0 {
            vector.insert(*peer, i32::try_from(*count).unwrap_or(i32::MAX));
        }
        vector
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_version_reads_back_from_its_bytes() {
        let version = Version([(3, 7), (u64::MAX, 1)].into());
        assert_eq!(Version::decode(&version.encode()).unwrap(), version);
        assert_eq!(Version::decode(&[]).unwrap(), Version::default());
    }

    #[test]
    fn bytes_that_are_no_version_are_refused() {
        let good = Version([(3, 7), (9, 1)].into()).encode();
        for cut in 1..12 {
            assert_eq!(Version::decode(&good[..cut]), Err(NotAVersion));
        }
        let mut swapped = good[12..].to_vec();
        swapped.extend(&good[..12]);
        assert_eq!(Version::decode(&swapped), Err(NotAVersion));
        assert_eq!(Version::decode(&[0; 12]), Err(NotAVersion));
        assert_eq!(Version::decode(&[255; 12]), Err(NotAVersion));
        assert_eq!(
            Version::decode(&vec![0; 12 * (PEER_LIMIT + 1)]),
            Err(NotAVersion)
        );
    }

    #[test]
    fn a_version_grows_only_by_what_follows_on() {
        let mut version = Version([(3, 7)].into());
        let span = |peer, from, to| Span {
            peer: PeerId(peer),
            from,
            to,
        };
        assert!(!version.extend(span(3, 8, 9)), "the eighth is missing");
        assert!(version.extend(span(3, 5, 6)) && version.of(PeerId(3)) == 7);
        assert!(version.extend(span(3, 7, 9)) && version.of(PeerId(3)) == 9);
        assert!(version.extend(span(4, 0, 1)) && !version.extend(span(5, 1, 2)));
    }

    #[test]
    fn what_came_since_a_version_is_what_takes_it_to_the_later_one() {
        let before = Version([(3, 7), (4, 2)].into());
        let after = Version([(3, 9), (4, 2), (9, 1)].into());
        let mut grown = before.clone();
        assert!(
            after
                .spans_since(&before)
                .iter()
                .all(|it| grown.extend(*it))
        );
        assert_eq!(
            (grown, after.spans_since(&before).len()),
            (after.clone(), 2)
        );
        assert_eq!(before.spans_since(&after), []);
    }

    #[test]
    fn a_version_includes_what_is_behind_it() {
        let less = Version([(3, 7)].into());
        let more = Version([(3, 8), (9, 1)].into());
        assert!(more.includes(&less) && !less.includes(&more) && less.includes(&less));
    }
}
