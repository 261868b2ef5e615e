//! A folder that several devices can reach, as a way to exchange a plan: each
//! device appends to a file of its own and reads those of the others. Pure: what
//! the folder holds comes in, what is to be written goes out.
//!
//! A file is called `weft-PLAN-DEVICE.weftpart`; copies that a sync program makes
//! when it cannot decide keep the beginning and the ending, and are read as well.
//! It is a row of frames as in [`log`]: a head (`H`, JSON), changes (`U`),
//! and how far the device is (`V`, a version). A partial frame at the end is
//! normal: it is on its way.
//!
//! What a folder holds is what all files in it hold together. A device writes
//! what it has and the folder lacks; so a folder that lost a file is whole again
//! as soon as somebody looks who had read it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use weft_document::{Document, SCHEMA, Span, Version};
use weft_model::Uid;

use crate::log;
use crate::session::Session;
use crate::sharing::Untaken;
use crate::wire::PROGRAM;

mod part;

pub use part::{Part, joined, part};

const ENDING: &str = ".weftpart";
const HEAD: u8 = b'H';
const CHANGES: u8 = b'U';
const HOW_FAR: u8 = b'V';
/// A file of one's own that is longer is written anew, and then again when it is twice
/// as long as that.
const LONG: u64 = 8 << 20;
/// The longest file of somebody else that is read.
const LIMIT: u64 = 256 << 20;

/// What stands at the beginning of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    plan: String,
    device: String,
    /// Another number each time that the file is written from the beginning.
    writing: u64,
    program: u32,
    schema: u32,
    #[serde(default)]
    author: String,
    #[serde(default)]
    name: String,
}

/// A file as the folder lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub size: u64,
    /// When it was changed, in milliseconds since 1970, by whatever clock.
    pub changed: i64,
}

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Its end is not there yet.
    Partial,
    /// It cannot be read at present.
    Unreadable,
    /// It is not what its name says.
    Nonsense,
    /// What is in it was not taken.
    Untaken(Untaken),
}

/// A device that writes into the folder.
#[derive(Clone, Debug, PartialEq)]
pub struct Follower {
    /// Its file.
    pub file: String,
    /// This device itself.
    pub own: bool,
    /// Who works there; 0: nobody said.
    pub author: Uid,
    /// The name that was given; may be empty.
    pub name: String,
    /// How far it was when it last wrote.
    pub version: Option<Version>,
    /// When its file was changed last.
    pub changed: i64,
    /// What is wrong with it.
    pub trouble: Option<Trouble>,
}

/// Changes that a file brought.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// In which file.
    pub file: String,
    /// The changes.
    pub update: Vec<u8>,
}

impl Piece {
    /// Whose operations they hold. Crafted changes can stop the program even
    /// here: whoever has a program to spare has that one look.
    ///
    /// # Errors
    /// Where they are damaged.
    pub fn spans(&self) -> Result<Vec<Span>, Untaken> {
        Document::spans(&self.update).map_err(Untaken::from)
    }
}

/// What is to be written into this device's file.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// The file.
    pub file: String,
    /// Where: 0 replaces the file, anything else is its length.
    pub at: u64,
    /// What.
    pub bytes: Vec<u8>,
    spans: Vec<Span>,
    version: Version,
    head: Head,
}

#[derive(Debug, Default)]
struct File {
    size: u64,
    changed: i64,
    /// How many bytes of it are read: whole frames.
    read: u64,
    /// The last of them: where it begins, and a sum of it.
    last: Option<(u64, u32)>,
    head: Option<Head>,
    spans: Vec<Span>,
    version: Option<Version>,
    trouble: Option<Trouble>,
}

impl File {
    /// Whether bytes from this place on begin with the last frame that was read.
    fn goes_on(&self, from: u64, bytes: &[u8]) -> bool {
        let Some((_, _, tail)) = log::parts(bytes) else {
            return false;
        };
        let frame = bytes.get(..bytes.len() - tail.len()).unwrap_or_default();
        self.last == Some((from, log::check_sum(frame)))
    }
}

/// One folder, as this device knows it.
#[derive(Debug)]
pub struct Folder {
    plan: Uid,
    device: Uid,
    own: String,
    writing: u64,
    /// How long the own file was when it was last written from its beginning here.
    whole: u64,
    files: BTreeMap<String, File>,
}

impl Folder {
    /// `device` names this device in this folder and nowhere else; `chance` is a
    /// fresh random number.
    pub fn new(plan: Uid, device: Uid, chance: u64) -> Self {
        Self {
            plan,
            device,
            own: format!("weft-{plan}-{device}{ENDING}"),
            writing: chance,
            whole: 0,
            files: BTreeMap::new(),
        }
    }

    /// The name of this device's file.
    pub fn own_file(&self) -> &str {
        &self.own
    }

    /// Which files are to be read now, and from where: those that have changed.
    /// Files that are no longer listed are forgotten.
    pub fn listed(&mut self, listing: &[Listed]) -> Vec<(String, u64)> {
        let beginning = format!("weft-{}-", self.plan);
        let ours = |it: &&Listed| it.name.starts_with(&beginning) && it.name.ends_with(ENDING);
        let listing: Vec<&Listed> = listing.iter().filter(ours).collect();
        self.files
            .retain(|name, _| listing.iter().any(|it| it.name == *name));
        let mut wanted = Vec::new();
        for it in listing {
            let file = self.files.entry(it.name.clone()).or_default();
            let same = file.size == it.size && file.changed == it.changed;
            let again = matches!(file.trouble, Some(Trouble::Unreadable));
            if same && !again && (file.read > 0 || file.trouble.is_some()) {
                continue;
            }
            (file.size, file.changed) = (it.size, it.changed);
            if it.size > LIMIT {
                file.trouble = Some(Trouble::Untaken(Untaken::TooLarge));
                continue;
            }
            if it.size < file.read {
                *file = File {
                    size: it.size,
                    changed: it.changed,
                    ..File::default()
                };
            }
            // One that has grown is read on from its last whole frame: by that it
            // is seen whether it was written anew.
            let grown =
                it.size > file.read && matches!(file.trouble, None | Some(Trouble::Partial));
            let from = file.last.filter(|_| grown).map_or(0, |(start, _)| start);
            wanted.push((it.name.clone(), from));
        }
        wanted
    }

    /// A file could not be read: it is as if nothing had changed.
    pub fn unreadable(&mut self, name: &str) {
        if let Some(file) = self.files.get_mut(name) {
            file.trouble = Some(Trouble::Unreadable);
        }
    }

    /// Takes in a file from its beginning; gives the changes that are new in it.
    pub fn read(&mut self, name: &str, bytes: &[u8]) -> Vec<Piece> {
        self.read_on(name, 0, bytes).unwrap_or_default()
    }

    /// The same from where [`Folder::listed`] said. Nothing where the file is not
    /// the one that it was: then it must be read from its beginning.
    pub fn read_on(&mut self, name: &str, from: u64, bytes: &[u8]) -> Option<Vec<Piece>> {
        let plan = self.plan.to_string();
        let Some(file) = self.files.get_mut(name) else {
            return Some(Vec::new());
        };
        if from > 0 && !file.goes_on(from, bytes) {
            *file = File::default();
            return None;
        }
        file.trouble = None;
        let mut pieces = Vec::new();
        let mut rest = bytes;
        let mut head = file.head.clone().filter(|_| from > 0);
        while let Some((letter, body, tail)) = log::parts(rest) {
            let begin = (bytes.len() - rest.len()) as u64 + from;
            let end = (bytes.len() - tail.len()) as u64 + from;
            let frame = rest.get(..rest.len() - tail.len()).unwrap_or_default();
            rest = tail;
            if letter == HEAD {
                let read: Option<Head> = serde_json::from_slice(body).ok();
                match read {
                    Some(it) if it.plan == plan => {
                        if file.head.as_ref().is_some_and(|known| *known != it) {
                            // Written anew: what was known of it is no more.
                            file.read = 0;
                            file.spans.clear();
                            file.version = None;
                        }
                        file.head = Some(it.clone());
                        head = Some(it);
                    }
                    _ => break,
                }
            }
            if head.is_none() {
                break;
            }
            if end <= file.read {
                continue;
            }
            match letter {
                CHANGES => pieces.push(Piece {
                    file: name.to_owned(),
                    update: body.to_vec(),
                }),
                HOW_FAR => {
                    if let Ok(version) = Version::decode(body) {
                        file.version = Some(version);
                    }
                }
                // Of a later program.
                _ => {}
            }
            file.read = end;
            file.last = Some((begin, log::check_sum(frame)));
        }
        if head.is_none() && !bytes.is_empty() {
            file.trouble = Some(match log::parts(bytes) {
                // Not even the first frame is there yet, perhaps.
                None => Trouble::Partial,
                Some(_) => Trouble::Nonsense,
            });
        } else if !rest.is_empty() && file.trouble.is_none() {
            file.trouble = Some(Trouble::Partial);
        }
        Some(pieces)
    }

    /// The changes of a piece, which hold these operations, are in the plan now.
    pub fn took(&mut self, piece: &Piece, spans: &[Span]) {
        if let Some(file) = self.files.get_mut(&piece.file) {
            file.spans.extend(spans);
        }
    }

    /// The changes of a piece were refused.
    pub fn refused(&mut self, piece: &Piece, why: Untaken) {
        if let Some(file) = self.files.get_mut(&piece.file) {
            file.trouble = Some(Trouble::Untaken(why));
        }
    }

    /// What all files hold together; with `own`: this device's among them.
    fn held(&self, own: bool) -> Version {
        let mut held = Version::default();
        let files = self.files.iter();
        let mut open: Vec<Span> = files
            .filter(|(name, _)| own || **name != self.own)
            .flat_map(|(_, file)| file.spans.iter().copied())
            .collect();
        // One file may go on where another one ends.
        loop {
            let before = open.len();
            open.retain(|span| !held.extend(*span));
            if open.is_empty() || open.len() == before {
                return held;
            }
        }
    }

    /// What this device should write now; nothing where the folder has it all.
    pub fn post(&self, session: &Session) -> Option<Post> {
        let own = self.files.get(&self.own);
        let version = session.version();
        let begun = own.filter(|own| {
            let ours = own
                .head
                .as_ref()
                .is_some_and(|head| head.device == self.device.to_string());
            // Behind a torn end nothing could be read.
            ours && own.read == own.size && own.size <= LONG.max(self.whole.saturating_mul(2))
        });
        let lacking = session.updates_since(&self.held(begun.is_some()));
        let told = own.is_some_and(|own| own.version.as_ref() == Some(&version));
        if begun.is_some() && lacking.is_empty() && told {
            return None;
        }
        let author = session.author();
        let head = Head {
            plan: self.plan.to_string(),
            device: self.device.to_string(),
            writing: self
                .writing
                .wrapping_add(own.map_or(0, |own| own.size.wrapping_mul(2) + 1)),
            program: PROGRAM,
            schema: SCHEMA,
            author: author.uid.to_string(),
            name: author.name.clone(),
        };
        let mut bytes = Vec::new();
        if begun.is_none() {
            // Plain fields: this does not fail.
            let words = serde_json::to_vec(&head).unwrap_or_default();
            bytes.extend(log::framed(HEAD, &words));
        }
        let mut spans = Vec::new();
        if !lacking.is_empty() {
            spans = Document::spans(&lacking).unwrap_or_default();
            bytes.extend(log::framed(CHANGES, &lacking));
        }
        bytes.extend(log::framed(HOW_FAR, &version.encode()));
        Some(Post {
            file: self.own.clone(),
            at: begun.map_or(0, |own| own.size),
            bytes,
            spans,
            version,
            head,
        })
    }

    /// What was to be written stands in the folder.
    pub fn posted(&mut self, post: &Post, changed: i64) {
        let file = self.files.entry(post.file.clone()).or_default();
        if post.at == 0 {
            *file = File {
                head: Some(post.head.clone()),
                ..File::default()
            };
            // Should somebody clear it away, what is written then is another writing,
            // also for whoever never saw it gone.
            self.writing = self.writing.wrapping_add(1 << 40);
            self.whole = post.bytes.len() as u64;
        }
        file.size = post.at + post.bytes.len() as u64;
        file.read = file.size;
        file.changed = changed;
        file.spans.extend(&post.spans);
        file.version = Some(post.version.clone());
        file.last = None;
        file.trouble = None;
    }

    /// The devices that write here, this one among them once it has written.
    pub fn followers(&self) -> Vec<Follower> {
        let files = self.files.iter();
        files
            .map(|(name, file)| {
                let head = file.head.as_ref();
                Follower {
                    file: name.clone(),
                    own: *name == self.own,
                    author: head
                        .and_then(|head| head.author.parse().ok())
                        .unwrap_or(Uid(0)),
                    name: head.map(|head| head.name.clone()).unwrap_or_default(),
                    version: file.version.clone(),
                    changed: file.changed,
                    trouble: file.trouble,
                }
            })
            .collect()
    }
}
