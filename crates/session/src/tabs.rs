//! What the tabs of one device say to each other about one plan. The same
//! frames will serve other live partners.
//!
//! A message is a version byte, a kind byte and a body. `H`: program and
//! schema number (4 bytes each), whether an answer is wanted (1 byte), then
//! the version of the sender's copy. `U`: changes.

use weft_document::Version;

/// The number of this program. A tab that meets a higher one is older than
/// the plan it shares and stops writing.
pub const PROGRAM: u32 = 1;

const PROTOCOL: u8 = 1;
const MESSAGE_LIMIT: usize = 256 << 20;

/// A message between tabs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Message {
    /// Who I am and what I have.
    Hello {
        program: u32,
        schema: u32,
        /// True in the first hello: the other one should say hello too.
        answer: bool,
        version: Version,
    },
    /// Changes.
    Updates(Vec<u8>),
}

/// Why a message was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadMessage {
    /// A newer program talks here.
    Newer,
    /// Not a message of ours.
    Nonsense,
}

impl Message {
    pub fn write(&self) -> Vec<u8> {
        let mut out = vec![PROTOCOL];
        match self {
            Self::Hello {
                program,
                schema,
                answer,
                version,
            } => {
                out.push(b'H');
                out.extend_from_slice(&program.to_le_bytes());
                out.extend_from_slice(&schema.to_le_bytes());
                out.push(u8::from(*answer));
                out.extend_from_slice(&version.encode());
            }
            Self::Updates(bytes) => {
                out.push(b'U');
                out.extend_from_slice(bytes);
            }
        }
        out
    }

    pub fn read(bytes: &[u8]) -> Result<Self, BadMessage> {
        if bytes.len() > MESSAGE_LIMIT {
            return Err(BadMessage::Nonsense);
        }
        match bytes {
            [protocol, ..] if *protocol > PROTOCOL => Err(BadMessage::Newer),
            [PROTOCOL, b'H', rest @ ..] => {
                let number = |at: usize| -> Option<u32> {
                    Some(u32::from_le_bytes(rest.get(at..at + 4)?.try_into().ok()?))
                };
                let hello = || {
                    Some(Self::Hello {
                        program: number(0)?,
                        schema: number(4)?,
                        answer: *rest.get(8)? != 0,
                        version: Version::decode(rest.get(9..)?).ok()?,
                    })
                };
                hello().ok_or(BadMessage::Nonsense)
            }
            [PROTOCOL, b'U', rest @ ..] => Ok(Self::Updates(rest.to_vec())),
            _ => Err(BadMessage::Nonsense),
        }
    }
}
