//! XML as a stream of nodes: no document type, no entities but the five, a
//! bounded depth. Names are local: writers choose their prefixes freely.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::{BROKEN, as_io, met};
use crate::{ImportError, Limit};

/// How deep elements may stand in each other; sheets come to about ten.
pub const DEPTH_LIMIT: usize = 256;

/// The longest tag, text or comment that is read, in bytes. A cell holds 32,767
/// letters.
pub const PIECE_LIMIT: usize = 4 << 20;

/// A reader that hands on no more than one piece may have.
struct Pieces<R> {
    from: R,
    left: usize,
}

impl<R: BufRead> std::io::Read for Pieces<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.from.read(into)?;
        self.left = self.left.saturating_sub(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Pieces<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.left == 0 {
            return Err(as_io(Limit::Letters(PIECE_LIMIT)));
        }
        self.from.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.left = self.left.saturating_sub(count);
        self.from.consume(count);
    }
}

/// What comes next.
pub(crate) enum Node {
    /// An element opens. One without content opens and closes.
    Open(BytesStart<'static>),
    /// An element closes; its local name.
    Close(String),
    /// Text, with its entities resolved.
    Text(String),
    /// Nothing more.
    End,
}

/// XML that is being read.
pub(crate) struct Markup<R> {
    reader: Reader<Pieces<R>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<R: BufRead> Markup<R> {
    /// Starts to read.
    pub fn new(from: R) -> Self {
        let left = PIECE_LIMIT;
        let mut reader = Reader::from_reader(Pieces { from, left });
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            buffer: Vec::new(),
            depth: 0,
        }
    }

    /// The next node that says something.
    pub fn next(&mut self) -> Result<Node, ImportError> {
        // A buffer that one long text has filled is not dragged along.
        if self.buffer.capacity() > 1 << 20 {
            self.buffer = Vec::new();
        }
        self.buffer.clear();
        loop {
            self.reader.get_mut().left = PIECE_LIMIT;
            let event = self.reader.read_event_into(&mut self.buffer);
            // Everything that is kept of the event is made its own first, so
            // that those that say nothing can be stepped over.
            let node = match event.map_err(|error| told(&error))? {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > DEPTH_LIMIT {
                        return Err(ImportError::TooLarge {
                            limit: Limit::Depth(DEPTH_LIMIT),
                        });
                    }
                    Some(Node::Open(tag.into_owned()))
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    Some(Node::Close(tag.local_name().as_ref().to_owned()))
                }
                Event::Text(text) => Some(Node::Text((*text).to_owned())),
                Event::CData(text) => Some(Node::Text((*text).to_owned())),
                Event::GeneralRef(name) => Some(Node::Text(entity(&name)?)),
                Event::DocType(_) => return Err(BROKEN),
                Event::Eof if self.depth > 0 => return Err(BROKEN),
                Event::Eof => Some(Node::End),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => None,
            };
            if let Some(node) = node {
                return Ok(node);
            }
            self.buffer.clear();
        }
    }
}

fn entity(name: &quick_xml::events::BytesRef<'_>) -> Result<String, ImportError> {
    if let Ok(Some(letter)) = name.resolve_char_ref() {
        return Ok(letter.to_string());
    }
    Ok(match name.as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return Err(BROKEN),
    }
    .to_owned())
}

fn told(error: &quick_xml::Error) -> ImportError {
    match error {
        quick_xml::Error::Io(error) => met(error),
        _ => BROKEN,
    }
}

/// An attribute by its local name, with its entities resolved.
pub(crate) fn local(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .and_then(|attribute| {
            let value = quick_xml::escape::unescape(&attribute.value).ok()?;
            Some(value.into_owned())
        })
}
