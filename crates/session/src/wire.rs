//! What live partners say to each other about one plan: the tabs of one device,
//! and whoever is reached by a connection.
//!
//! A frame is a version byte, a kind byte, the sender's peer id and the peer id
//! of the one it is for (8 bytes each; 0: everybody), then a body. Numbers are
//! little-endian.
//!
//! | kind | body |
//! | --- | --- |
//! | `H` hello | program, schema (4 bytes each), plan (8), whether an answer is wanted (1), the author's uid (8), the length of the name (1) and the name, then the version of the sender's copy |
//! | `V` how far | a hash of the sender's copy or 0 (8), then its version |
//! | `C` changes | number of the parcel (4), this part and the count of parts (2 each), then the part |
//! | `P` presence | where the sender is, as JSON |
//! | `B` goodbye | the reason (1) |

use serde::{Deserialize, Serialize};
use weft_document::{PeerId, Version};
use weft_model::Uid;

/// The number of this program. A tab that meets a higher one is older than
/// the plan it shares and stops writing.
pub const PROGRAM: u32 = 2;

const PROTOCOL: u8 = 2;
/// Bytes of changes in one frame, at most: what every kind of connection carries.
pub const PART: usize = 48 << 10;
/// The longest frame that is read: a hello with a long version.
const FRAME_LIMIT: usize = 2 << 20;
const PLACE_LIMIT: usize = 512;
const NAME_LIMIT: usize = 200;
const HEAD: usize = 18;

/// Where a partner is in the plan. A hint for people, and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// Which page is open, by its name in the address.
    pub page: String,
    /// The item that is looked at, as its collection and its uid: `modules:…`. Empty
    /// where there is none.
    pub item: String,
}

/// Why an exchange ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parting {
    /// The partner closed the plan.
    Left,
    /// The partner's program is newer than this one.
    Newer,
    /// The partner's program is older than the plan.
    Older,
    /// The partner has another plan.
    OtherPlan,
    /// What came made no sense.
    Nonsense,
    /// Far more came than anybody can have edited.
    Flood,
    /// The two copies hold different plans though both have seen the same.
    Diverged,
}

impl Parting {
    const ALL: [Self; 7] = [
        Self::Left,
        Self::Newer,
        Self::Older,
        Self::OtherPlan,
        Self::Nonsense,
        Self::Flood,
        Self::Diverged,
    ];

    fn letter(self) -> u8 {
        b"LNOPXFD"[self as usize]
    }

    /// The same reason as it looks from the other side.
    pub(crate) fn mirrored(self) -> Self {
        match self {
            Self::Newer => Self::Older,
            Self::Older => Self::Newer,
            other => other,
        }
    }
}

/// One frame.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Frame {
    pub from: PeerId,
    /// Nobody: for everybody on the line.
    pub to: Option<PeerId>,
    pub body: Body,
}

/// The first that partners say to each other.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hello {
    pub program: u32,
    pub schema: u32,
    pub plan: Uid,
    /// True in the first hello: the other one should say hello too.
    pub answer: bool,
    pub author: Uid,
    pub name: String,
    pub version: Version,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Body {
    Hello(Hello),
    HowFar {
        /// 0: not worked out.
        hash: u64,
        version: Version,
    },
    Changes {
        parcel: u32,
        part: u16,
        parts: u16,
        bytes: Vec<u8>,
    },
    Presence(Place),
    Goodbye(Parting),
}

/// Why bytes were not taken for a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadFrame {
    /// A newer program talks here.
    Newer,
    /// An older program talks here.
    Older,
    /// Not a frame of ours.
    Nonsense,
}

impl Frame {
    pub fn write(&self) -> Vec<u8> {
        let letter = match self.body {
            Body::Hello(_) => b'H',
            Body::HowFar { .. } => b'V',
            Body::Changes { .. } => b'C',
            Body::Presence(_) => b'P',
            Body::Goodbye(_) => b'B',
        };
        let mut out = vec![PROTOCOL, letter];
        out.extend(self.from.0.to_le_bytes());
        out.extend(self.to.map_or(0, |to| to.0).to_le_bytes());
        match &self.body {
            Body::Hello(it) => {
                out.extend(it.program.to_le_bytes());
                out.extend(it.schema.to_le_bytes());
                out.extend(it.plan.0.to_le_bytes());
                out.push(u8::from(it.answer));
                out.extend(it.author.0.to_le_bytes());
                let name = shortened(&it.name);
                out.push(name.len() as u8);
                out.extend(name.as_bytes());
                out.extend(it.version.encode());
            }
            Body::HowFar { hash, version } => {
                out.extend(hash.to_le_bytes());
                out.extend(version.encode());
            }
            Body::Changes {
                parcel,
                part,
                parts,
                bytes,
            } => {
                out.extend(parcel.to_le_bytes());
                out.extend(part.to_le_bytes());
                out.extend(parts.to_le_bytes());
                out.extend(bytes);
            }
            // Two plain texts: this does not fail.
            Body::Presence(place) => out.extend(serde_json::to_vec(place).unwrap_or_default()),
            Body::Goodbye(why) => out.push(why.letter()),
        }
        out
    }

    pub fn read(bytes: &[u8]) -> Result<Self, BadFrame> {
        let protocol = bytes.first().ok_or(BadFrame::Nonsense)?;
        if *protocol > PROTOCOL {
            return Err(BadFrame::Newer);
        } else if *protocol < PROTOCOL {
            return Err(BadFrame::Older);
        } else if bytes.len() > FRAME_LIMIT {
            return Err(BadFrame::Nonsense);
        }
        Self::parse(bytes).ok_or(BadFrame::Nonsense)
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (head, rest) = bytes.split_at_checked(HEAD)?;
        let mut head = Bytes(&head[1..]);
        let letter = head.byte()?;
        let from = PeerId(head.u64()?);
        let to = Some(PeerId(head.u64()?)).filter(|to| to.0 != 0);
        if from.0 == 0 {
            return None;
        }
        let mut rest = Bytes(rest);
        let body = match letter {
            b'H' => Body::Hello(Hello {
                program: rest.u32()?,
                schema: rest.u32()?,
                plan: Uid(rest.u64()?),
                answer: rest.byte()? != 0,
                author: Uid(rest.u64()?),
                name: {
                    let length = usize::from(rest.byte()?);
                    String::from_utf8(rest.take(length)?.to_vec()).ok()?
                },
                version: Version::decode(rest.0).ok()?,
            }),
            b'V' => Body::HowFar {
                hash: rest.u64()?,
                version: Version::decode(rest.0).ok()?,
            },
            b'C' => {
                let (parcel, part, parts) = (rest.u32()?, rest.u16()?, rest.u16()?);
                if part >= parts || rest.0.is_empty() || rest.0.len() > PART {
                    return None;
                }
                Body::Changes {
                    parcel,
                    part,
                    parts,
                    bytes: rest.0.to_vec(),
                }
            }
            b'P' if rest.0.len() <= PLACE_LIMIT => {
                Body::Presence(serde_json::from_slice(rest.0).ok()?)
            }
            b'B' => {
                let letter = rest.byte()?;
                let known = Parting::ALL.iter().find(|why| why.letter() == letter);
                // A reason of a later program is still a goodbye.
                Body::Goodbye(known.copied().unwrap_or(Parting::Left))
            }
            _ => return None,
        };
        Some(Self { from, to, body })
    }
}

fn shortened(name: &str) -> &str {
    let mut end = name.len().min(NAME_LIMIT);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}

/// Reads numbers off the front of bytes.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (front, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(front)
    }

    fn fixed<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn byte(&mut self) -> Option<u8> {
        self.fixed().map(u8::from_le_bytes)
    }

    fn u16(&mut self) -> Option<u16> {
        self.fixed().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.fixed().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.fixed().map(u64::from_le_bytes)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn frames() -> Vec<Frame> {
        let hello = Hello {
            program: 3,
            schema: 9,
            plan: Uid(7),
            answer: true,
            author: Uid(8),
            name: "林静".into(),
            version: Version::decode(&[1, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0]).unwrap(),
        };
        let version = hello.version.clone();
        let changes = Body::Changes {
            parcel: 4,
            part: 1,
            parts: 3,
            bytes: vec![1, 2, 3],
        };
        let place = Place {
            page: "weave".into(),
            item: "module:7".into(),
        };
        let bodies = [
            Body::Hello(hello),
            Body::HowFar { hash: 6, version },
            changes,
            Body::Presence(place),
            Body::Goodbye(Parting::Flood),
        ];
        let frames = bodies.into_iter().enumerate().map(|(at, body)| Frame {
            from: PeerId(1),
            to: (at % 2 == 0).then_some(PeerId(2)),
            body,
        });
        frames.collect()
    }

    #[test]
    fn a_frame_reads_back_as_it_was_written() {
        for frame in frames() {
            assert_eq!(Frame::read(&frame.write()), Ok(frame));
        }
        for why in Parting::ALL {
            assert_eq!(why.mirrored().mirrored(), why);
        }
    }

    #[test]
    fn a_frame_cut_short_or_of_another_program_is_no_frame() {
        for frame in frames() {
            let bytes = frame.write();
            for end in 0..HEAD.min(bytes.len()) {
                assert!(Frame::read(&bytes[..end]).is_err());
            }
            for end in HEAD..bytes.len() {
                // What is left of a list or of bytes may still make sense.
                drop(Frame::read(&bytes[..end]));
            }
            let mut other = bytes.clone();
            other[0] = PROTOCOL + 1;
            assert_eq!(Frame::read(&other), Err(BadFrame::Newer));
            other[0] = PROTOCOL - 1;
            assert_eq!(Frame::read(&other), Err(BadFrame::Older));
        }
    }

    #[test]
    fn a_name_too_long_is_cut_between_letters() {
        let long = "静".repeat(100);
        assert_eq!(shortened(&long).chars().count(), NAME_LIMIT / 3);
    }
}
