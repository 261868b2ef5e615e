//! The log of a plan: framed records, each with its own length and check sum,
//! so that damage anywhere is seen and costs as little as possible.
//!
//! A frame is `WFT1`, a kind byte (`S` snapshot, `U` update), the length of
//! the body as 4 bytes, the CRC-32 of kind, length and body as 4 bytes, and
//! the body; numbers are little-endian. Frames can stand alone, as records of
//! a store, or one behind the other, as a file.
//!
//! In a record of a store a second frame of kind `R` may stand behind a
//! snapshot: the plan as it read then, from which this device opens it sooner.
//! Nothing is lost with it.

/// Bytes before the body.
pub const HEAD: usize = 13;
/// The longest body that is accepted.
pub const BODY_LIMIT: usize = 256 << 20;
const MAGIC: &[u8; 4] = b"WFT1";
const READING: u8 = b'R';

/// What a record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordKind {
    /// The plan with its whole history up to a moment.
    Snapshot,
    /// The changes of one act, or what was taken over from another tab.
    Update,
}

/// Frames a body.
pub fn frame(kind: RecordKind, body: &[u8]) -> Vec<u8> {
    framed(letter(kind), body)
}

pub(crate) fn framed(letter: u8, body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(HEAD + body.len());
    out.extend_from_slice(MAGIC);
    out.push(letter);
    out.extend_from_slice(&(body.len() as u32).to_le_bytes());
    out.extend_from_slice(&sum(letter, body).to_le_bytes());
    out.extend_from_slice(body);
    out
}

/// Frames a snapshot for a store, with a reading of the same moment behind it
/// unless that is empty.
pub fn snapshot(body: &[u8], reading: &[u8]) -> Vec<u8> {
    let mut out = frame(RecordKind::Snapshot, body);
    if !reading.is_empty() {
        out.extend(framed(READING, reading));
    }
    out
}

/// A record without what may stand behind its first frame.
pub fn bare(record: &[u8]) -> &[u8] {
    match split(record) {
        Some((_, _, tail)) => &record[..record.len() - tail.len()],
        None => record,
    }
}

/// Where a log is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The first record that cannot be read, counted from 0.
    pub record: usize,
    /// Records that cannot be used.
    pub lost: usize,
    /// Bytes that cannot be used.
    pub bytes: usize,
}

/// What can be read of a log.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Recovered<'a> {
    /// The bodies, in the order of the log.
    pub good: Vec<(RecordKind, &'a [u8])>,
    /// The last reading that stands behind a snapshot: the snapshot's place
    /// among the good ones, and the reading.
    pub reading: Option<(usize, &'a [u8])>,
    /// The damage, if there is any.
    pub damage: Option<Damage>,
}

/// A number that tells one row of bytes from another.
pub fn check_sum(bytes: &[u8]) -> u32 {
    crc32fast::hash(bytes)
}

/// Reads records of a store. A damaged one is left out and reported; those
/// behind it are still good, because each is framed by itself.
pub fn read_records<'a>(records: impl IntoIterator<Item = &'a [u8]>) -> Recovered<'a> {
    let mut all = Recovered::default();
    for (record, bytes) in records.into_iter().enumerate() {
        match split(bytes) {
            Some((kind, body, [])) => all.good.push((kind, body)),
            Some((RecordKind::Snapshot, body, tail)) => {
                if let Some((READING, reading, [])) = parts(tail) {
                    all.reading = Some((all.good.len(), reading));
                }
                all.good.push((RecordKind::Snapshot, body));
            }
            _ => {
                let damage = all.damage.get_or_insert(Damage {
                    record,
                    lost: 0,
                    bytes: 0,
                });
                damage.lost += 1;
                damage.bytes += bytes.len();
            }
        }
    }
    all
}

/// Reads frames that stand one behind the other. The first damage ends it:
/// where the next frame would begin is no longer known.
pub fn read_stream(bytes: &[u8]) -> Recovered<'_> {
    let mut all = Recovered::default();
    let mut rest = bytes;
    while !rest.is_empty() {
        let Some((kind, body, tail)) = split(rest) else {
            let damage = Damage {
                record: all.good.len(),
                lost: 1,
                bytes: rest.len(),
            };
            all.damage = Some(damage);
            break;
        };
        all.good.push((kind, body));
        rest = tail;
    }
    all
}

fn split(bytes: &[u8]) -> Option<(RecordKind, &[u8], &[u8])> {
    let (letter, body, tail) = parts(bytes)?;
    let kind = match letter {
        b'S' => RecordKind::Snapshot,
        b'U' => RecordKind::Update,
        _ => return None,
    };
    Some((kind, body, tail))
}

/// The first frame: its letter, its body and what stands behind it.
pub(crate) fn parts(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (head, rest) = bytes.split_at_checked(HEAD)?;
    if &head[..4] != MAGIC {
        return None;
    }
    let number = |at: usize| -> Option<u32> {
        Some(u32::from_le_bytes(head.get(at..at + 4)?.try_into().ok()?))
    };
    let length = number(5)? as usize;
    if length > BODY_LIMIT {
        return None;
    }
    let (body, tail) = rest.split_at_checked(length)?;
    (sum(head[4], body) == number(9)?).then_some((head[4], body, tail))
}

fn letter(kind: RecordKind) -> u8 {
    match kind {
        RecordKind::Snapshot => b'S',
        RecordKind::Update => b'U',
    }
}

fn sum(kind: u8, body: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&[kind]);
    hasher.update(&(body.len() as u32).to_le_bytes());
    hasher.update(body);
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> Vec<Vec<u8>> {
        vec![
            frame(RecordKind::Snapshot, b"the whole plan"),
            frame(RecordKind::Update, b""),
            frame(RecordKind::Update, b"one more word"),
        ]
    }

    #[test]
    fn a_stream_torn_at_any_byte_gives_its_longest_good_prefix() {
        let records = three();
        let stream = records.concat();
        let ends: Vec<usize> = records
            .iter()
            .scan(0, |end, record| {
                *end += record.len();
                Some(*end)
            })
            .collect();
        for cut in 0..=stream.len() {
            let read = read_stream(&stream[..cut]);
            let whole = ends.iter().filter(|end| **end <= cut).count();
            assert_eq!(read.good.len(), whole, "cut at {cut}");
            assert_eq!(
                read.damage.is_some(),
                cut != 0 && !ends.contains(&cut),
                "cut at {cut}"
            );
        }
    }

    #[test]
    fn a_flipped_bit_is_always_seen() {
        for (at, record) in three().iter().enumerate() {
            for bit in 0..record.len() * 8 {
                let mut records = three();
                records[at][bit / 8] ^= 1 << (bit % 8);
                let read = read_records(records.iter().map(Vec::as_slice));
                assert_eq!(read.good.len(), 2, "record {at}, bit {bit}");
                assert_eq!(read.damage.map(|damage| damage.record), Some(at));
            }
        }
    }

    #[test]
    fn a_damaged_reading_costs_nothing_but_itself() {
        let record = snapshot(b"the whole plan", b"as it reads");
        let whole = record.len();
        let read = read_records([record.as_slice()]);
        assert_eq!(read.reading, Some((0, &b"as it reads"[..])));
        let only = bare(&record).len();
        assert_eq!(
            bare(&record),
            frame(RecordKind::Snapshot, b"the whole plan")
        );
        let torn = (only..whole).map(|end| record[..end].to_vec());
        let flipped = (only * 8..whole * 8).map(|bit| {
            let mut record = record.clone();
            record[bit / 8] ^= 1 << (bit % 8);
            record
        });
        for record in torn.chain(flipped) {
            let read = read_records([record.as_slice()]);
            assert_eq!(read.good, [(RecordKind::Snapshot, &b"the whole plan"[..])]);
            assert_eq!((read.reading, read.damage), (None, None));
        }
    }

    #[test]
    fn a_record_that_claims_to_be_huge_is_refused() {
        let mut record = frame(RecordKind::Update, b"x");
        record[5..9].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(read_stream(&record).good.is_empty());
    }
}
