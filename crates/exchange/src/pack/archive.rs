//! A zip archive that means no good must not hurt: entries, unpacked bytes and
//! the ratio of both are bounded, and nothing is unpacked that nobody asked
//! for. Names are looked up, never opened as paths.

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::{ImportError, Limit};

/// The largest file, in bytes.
pub const BYTES_LIMIT: usize = 32 << 20;
/// The most entries.
pub const ENTRIES_LIMIT: usize = 10_000;
/// The most bytes that all parts together may unpack to.
pub const UNPACKED_LIMIT: u64 = 100 << 20;
/// How many times larger than packed a part may get; deflate itself ends at
/// 1,032. Sheets of empty cells with a format come to some 100.
pub const RATIO_LIMIT: u64 = 400;
/// Parts up to this size may have any ratio.
const RATIO_FROM: u64 = 4 << 20;

/// The largest part that is read as a file of its own, in bytes.
pub const FILE_LIMIT: usize = crate::foreign::BYTES_LIMIT;

/// What a file starts with that is a compound file: a workbook before 2007, or
/// one that a password locks.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const CENTRAL: &[u8] = b"PK\x01\x02";

/// An archive that is being read.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Entries by their names in small letters: part names are compared so.
    names: BTreeMap<String, usize>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Reads the table of contents.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ImportError> {
        if bytes.len() > BYTES_LIMIT {
            return Err(large(Limit::Bytes(BYTES_LIMIT)));
        }
        if bytes.is_empty() {
            return Err(ImportError::Empty);
        }
        if bytes.starts_with(COMPOUND) {
            return Err(ImportError::Locked);
        }
        if !bytes.starts_with(b"PK") {
            return Err(ImportError::NotThisFormat);
        }
        // Each entry of the table starts so: counted before anything is kept.
        let entries = bytes.windows(CENTRAL.len()).filter(|at| *at == CENTRAL);
        if entries.take(ENTRIES_LIMIT + 1).count() > ENTRIES_LIMIT {
            return Err(large(Limit::Entries(ENTRIES_LIMIT)));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BROKEN)?;
        let mut names = BTreeMap::new();
        for at in 0..zip.len() {
            let Some(Ok(name)) = zip.name_for_index(at) else {
                continue;
            };
            // Some writers part folders by the other slash.
            let name = name.replace('\\', "/").to_lowercase();
            let climbs = name.split('/').any(|part| part == "..");
            if climbs || name.starts_with('/') || name.contains(['\0', ':']) {
                return Err(BROKEN);
            }
            names.insert(name, at);
        }
        Ok(Self {
            zip,
            names,
            left: UNPACKED_LIMIT,
        })
    }

    /// The paths of all files, as the archive spells them.
    pub fn paths(&self) -> Vec<String> {
        let mut entries: Vec<usize> = self.names.values().copied().collect();
        entries.sort_unstable();
        let names = entries.into_iter();
        names
            .filter_map(|at| self.zip.name_for_index(at)?.ok())
            .map(|name| name.replace('\\', "/"))
            .filter(|name| !name.ends_with('/'))
            .collect()
    }

    /// A part, as a reader that ends with an error at the bounds; none where
    /// the archive has no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<Part<'_, 'a>>, ImportError> {
        Ok(self.bounded(name)?.map(BufReader::new))
    }

    /// A part as a file; none where the archive has no such part.
    pub fn file(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        let Some(part) = self.bounded(name)? else {
            return Ok(None);
        };
        // As large as it says, as far as that can be.
        let most = (part.packed.saturating_mul(RATIO_LIMIT)).saturating_add(RATIO_FROM);
        let says = usize::try_from(part.entry.size().min(most)).unwrap_or(usize::MAX);
        let mut bytes = Vec::with_capacity(says.min(FILE_LIMIT + 1));
        let mut part = part.take(FILE_LIMIT as u64 + 1);
        part.read_to_end(&mut bytes).map_err(|error| met(&error))?;
        if bytes.len() > FILE_LIMIT {
            return Err(large(Limit::Bytes(FILE_LIMIT)));
        }
        bytes.shrink_to_fit();
        Ok(Some(bytes))
    }

    /// How a part begins, that many bytes at most.
    pub fn head(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, ImportError> {
        let Some(part) = self.bounded(name)? else {
            return Ok(None);
        };
        let mut head = Vec::new();
        let read = part.take(most).read_to_end(&mut head);
        read.map_err(|error| met(&error))?;
        Ok(Some(head))
    }

    fn bounded(&mut self, name: &str) -> Result<Option<Bounded<'_, 'a>>, ImportError> {
        let Some(at) = self.names.get(&name.to_lowercase()) else {
            return Ok(None);
        };
        let entry = self.zip.by_index(*at).map_err(|error| match error {
            ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => {
                ImportError::Locked
            }
            _ => BROKEN,
        })?;
        let packed = entry.compressed_size();
        Ok(Some(Bounded {
            entry,
            packed,
            unpacked: 0,
            left: &mut self.left,
        }))
    }
}

/// The archive or a part of it breaks off or contradicts itself; where, says
/// nothing to a person.
pub(super) const BROKEN: ImportError = ImportError::Malformed { line: 0, column: 0 };

fn large(limit: Limit) -> ImportError {
    ImportError::TooLarge { limit }
}

/// A part that is being unpacked.
pub(crate) type Part<'z, 'a> = BufReader<Bounded<'z, 'a>>;

/// An entry whose unpacked bytes are counted.
pub(crate) struct Bounded<'z, 'a> {
    entry: zip::read::ZipFile<'z, Cursor<&'a [u8]>>,
    packed: u64,
    unpacked: u64,
    left: &'z mut u64,
}

/// A bound that was met while reading, on its way through readers that know
/// of nothing but `io::Error`.
#[derive(Debug)]
struct Met(ImportError);

/// A bound as readers hand it on.
pub(super) fn as_io(limit: Limit) -> std::io::Error {
    std::io::Error::other(Met(large(limit)))
}

/// What an error of reading a part means.
pub(crate) fn met(error: &std::io::Error) -> ImportError {
    let met = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Met>());
    met.map_or(BROKEN, |met| met.0)
}

impl core::fmt::Display for Met {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Met {}

impl Read for Bounded<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.entry.read(into)?;
        self.unpacked += count as u64;
        let met = |limit| Err(as_io(limit));
        let Some(left) = self.left.checked_sub(count as u64) else {
            return met(Limit::Unpacked(
                usize::try_from(UNPACKED_LIMIT).unwrap_or(usize::MAX),
            ));
        };
        *self.left = left;
        if self.unpacked > RATIO_FROM && self.unpacked / RATIO_LIMIT > self.packed {
            return met(Limit::Ratio(
                usize::try_from(RATIO_LIMIT).unwrap_or(usize::MAX),
            ));
        }
        Ok(count)
    }
}
