//! Parts into an archive that is the same to the byte whenever it is written:
//! in the order given, with the oldest date that a zip can name, as files of
//! no particular system.

use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// How hard to pack: sheets of letters gain little above it and take thrice
/// the time.
const LEVEL: i64 = 4;

/// An archive that is being written.
#[derive(Default)]
pub(crate) struct Pack {
    parts: Vec<(String, Vec<u8>)>,
    /// Large parts, packed as soon as they are there: they stand at the end.
    packed: Option<ZipWriter<Cursor<Vec<u8>>>>,
    failed: bool,
}

impl Pack {
    /// Adds a part behind those before it.
    pub fn part(&mut self, name: impl Into<String>, content: impl Into<Vec<u8>>) {
        self.parts.push((name.into(), content.into()));
    }

    /// Begins a part that stands behind all others, and of which nothing is kept but
    /// what it is packed to.
    pub fn last_part(&mut self, name: &str) {
        let zip = self
            .packed
            .get_or_insert_with(|| ZipWriter::new(Cursor::default()));
        self.failed |= zip.start_file(name, options()).is_err();
    }

    /// Goes on with the part that was begun last.
    pub fn piece(&mut self, piece: &str) {
        let added =
            (self.packed.as_mut()).is_some_and(|zip| zip.write_all(piece.as_bytes()).is_ok());
        self.failed |= !added;
    }

    /// The archive's bytes. Writing to memory fails only beyond four gigabytes,
    /// which no plan comes to; what is written is then empty, never half.
    pub fn bytes(self) -> Vec<u8> {
        if self.failed {
            return Vec::new();
        }
        self.write().unwrap_or_default()
    }

    fn write(self) -> ZipResult<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::default());
        for (name, content) in self.parts {
            zip.start_file(name, options())?;
            zip.write_all(&content)?;
        }
        if let Some(packed) = self.packed {
            zip.merge_archive(packed.finish_into_readable()?)?;
        }
        Ok(zip.finish()?.into_inner())
    }
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::DEFAULT)
        .system(System::Dos)
}

/// Appends a text as XML holds it. What XML cannot hold at all (control
/// letters) becomes the replacement character: it is no text.
pub(crate) fn escape(text: &str, into: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            // As a reference: readers may turn the letter itself into a line end.
            '\r' => into.push_str("&#13;"),
            '\t' | '\n' => into.push(letter),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => into.push('\u{fffd}'),
            _ => into.push(letter),
        }
    }
}
