//! How a plan is changed: commands say what a person wants, writes are the
//! single values that this touches. A command that is impossible now gives a
//! typed error; one that merely breaks a rule of the field is let through and
//! shows up as a finding.

use core::fmt;
use core::str::FromStr;

use crate::choice::Choice;
use crate::id::NotAUid;
use crate::{
    Aspect, BadValue, Field, FieldKey, ItemId, Kind, Lang, LinkKey, PartyId, Rank, Splice, Uid,
    Value,
};

/// One thing that a person does: commands that are applied, saved, undone and
/// attributed together or not at all.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// What it was for; shown in the history and in "undo …".
    pub intent: Intent,
    /// What it does, in order.
    pub commands: Vec<Command>,
}

impl Act {
    /// An act of one command.
    pub fn one(verb: Verb, subject: impl Into<Subject>, command: Command) -> Self {
        Self::many(verb, subject, vec![command])
    }

    /// An act of several commands.
    pub fn many(verb: Verb, subject: impl Into<Subject>, commands: Vec<Command>) -> Self {
        Self {
            intent: Intent {
                verb,
                subject: subject.into(),
            },
            commands,
        }
    }
}

/// What an act was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intent {
    /// What was done.
    pub verb: Verb,
    /// To what.
    pub subject: Subject,
}

/// What was done, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Verb {
    Create,
    Add,
    Edit,
    Write,
    Move,
    Delete,
    Restore,
    Weave,
    Unweave,
    Fill,
    Paste,
    Import,
    Template,
    Waive,
    Unwaive,
    Settle,
    Comment,
    Propose,
    Answer,
    Sign,
    Judge,
    Confirm,
    Undo,
    Redo,
}

impl Choice for Verb {
    const ALL: &'static [Self] = &[
        Self::Create,
        Self::Add,
        Self::Edit,
        Self::Write,
        Self::Move,
        Self::Delete,
        Self::Restore,
        Self::Weave,
        Self::Unweave,
        Self::Fill,
        Self::Paste,
        Self::Import,
        Self::Template,
        Self::Waive,
        Self::Unwaive,
        Self::Settle,
        Self::Comment,
        Self::Propose,
        Self::Answer,
        Self::Sign,
        Self::Judge,
        Self::Confirm,
        Self::Undo,
        Self::Redo,
    ];
    const IDS: &'static [&'static str] = &[
        "create", "add", "edit", "write", "move", "delete", "restore", "weave", "unweave", "fill",
        "paste", "import", "template", "waive", "unwaive", "settle", "comment", "propose",
        "answer", "sign", "judge", "confirm", "undo", "redo",
    ];

    fn id(self) -> &'static str {
        Self::ALL
            .iter()
            .zip(Self::IDS)
            .find(|(verb, _)| **verb == self)
            .map_or("", |(_, id)| id)
    }

    fn from_id(id: &str) -> Option<Self> {
        Self::IDS
            .iter()
            .zip(Self::ALL)
            .find(|(known, _)| **known == id)
            .map(|(_, verb)| *verb)
    }
}

/// What an act, a finding or a comment is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The plan as a whole.
    Plan,
    /// One item.
    Item(ItemId),
    /// One link of the weave.
    Link(LinkKey),
}

impl From<ItemId> for Subject {
    fn from(item: ItemId) -> Self {
        Self::Item(item)
    }
}

impl From<LinkKey> for Subject {
    fn from(key: LinkKey) -> Self {
        Self::Link(key)
    }
}

impl fmt::Display for Subject {
    /// `plan`, `modules/…` or `link/…`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan => f.write_str("plan"),
            Self::Item(item) => write!(f, "{}/{}", item.kind.name(), item.uid),
            Self::Link(key) => write!(f, "link/{key}"),
        }
    }
}

impl FromStr for Subject {
    type Err = NotAUid;

    fn from_str(text: &str) -> Result<Self, NotAUid> {
        let Some((name, rest)) = text.split_once('/') else {
            return if text == "plan" {
                Ok(Self::Plan)
            } else {
                Err(NotAUid)
            };
        };
        if name == "link" {
            return Ok(Self::Link(rest.parse()?));
        }
        let kind = Kind::from_name(name).ok_or(NotAUid)?;
        Ok(Self::Item(ItemId {
            kind,
            uid: rest.parse()?,
        }))
    }
}

impl fmt::Display for Intent {
    /// `weave modules/…`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.verb.id(), self.subject)
    }
}

impl FromStr for Intent {
    type Err = NotAUid;

    fn from_str(text: &str) -> Result<Self, NotAUid> {
        let (verb, subject) = text.split_once(' ').ok_or(NotAUid)?;
        Ok(Self {
            verb: Verb::from_id(verb).ok_or(NotAUid)?,
            subject: subject.parse()?,
        })
    }
}

/// Where among its siblings an item goes.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Before all others.
    First,
    /// Behind all others.
    Last,
    /// Right behind this one.
    After(Uid),
}

/// Where a text lies.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextAt {
    /// A text field of an item.
    Field(ItemId, Field),
    /// The note of a link.
    LinkNote(LinkKey),
}

/// An edit that a person wants.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// A new item below `owner` (where its kind has owners), with first values.
    Add {
        /// Its kind and its fresh uid.
        item: ItemId,
        /// What it belongs to.
        owner: Option<Uid>,
        /// Where among its siblings.
        spot: Spot,
        /// First values; texts are given whole.
        fields: Vec<(FieldKey, Value)>,
    },
    /// Another value for one field, or none. A text given here is turned into
    /// the smallest change of the present one.
    Set {
        /// The item.
        item: ItemId,
        /// Which value of it.
        key: FieldKey,
        /// The value; none empties the field or takes the member out.
        value: Option<Value>,
    },
    /// Typing in a text.
    Write {
        /// The text.
        at: TextAt,
        /// In which of its languages.
        lang: Lang,
        /// What goes and what comes.
        splice: Splice,
    },
    /// Another place among siblings, or below another owner. Only lines of the
    /// job outline change owners.
    Move {
        /// The item.
        item: ItemId,
        /// What it belongs to from now on.
        owner: Option<Uid>,
        /// Where among the siblings.
        spot: Spot,
    },
    /// Takes an item out of sight, with all that hangs on it.
    Delete {
        /// The item.
        item: ItemId,
    },
    /// Brings a deleted item back.
    Restore {
        /// The item.
        item: ItemId,
    },
    /// Makes a link, or changes its level. No level: taught, level not stated.
    Link {
        /// Between what.
        key: LinkKey,
        /// How far.
        level: Option<Rank>,
    },
    /// Takes a link away; its note stays recoverable.
    Unlink {
        /// Between what.
        key: LinkKey,
    },
    /// How strongly a link holds, where a source says so.
    Strength {
        /// Between what.
        key: LinkKey,
        /// From 1 to 5.
        strength: Option<u8>,
    },
    /// Which parties may see a link.
    ShowLink {
        /// Between what.
        key: LinkKey,
        /// A party.
        party: PartyId,
        /// Whether the party is named.
        named: bool,
    },
    /// Says that what stands there is right: of what was written at the same
    /// time elsewhere, nothing is left to decide.
    Confirm {
        /// What.
        what: Aspect,
    },
}

/// Why an edit is impossible. Between partners this is normal: somebody else
/// may just have changed what the edit was about.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The item was never there.
    Missing(ItemId),
    /// The item was deleted.
    Deleted(ItemId),
    /// An item with this uid is already there.
    Exists(ItemId),
    /// The value does not fit the field.
    Value {
        /// Which value.
        key: FieldKey,
        /// Why not.
        why: BadValue,
    },
    /// The field belongs to another kind of item, or is set by moving.
    WrongField(FieldKey),
    /// The stretch of text is not there (any more).
    PastEnd,
    /// An item cannot be put below itself.
    Cycle(ItemId),
    /// This kind of item cannot be there.
    WrongPlace(ItemId),
    /// The link is not there.
    MissingLink(LinkKey),
    /// A level or a strength outside the scale.
    OutOfScale,
    /// What the plan says of itself cannot be deleted.
    Permanent,
    /// The plan is open for reading only.
    ReadOnly,
}

/// One stored value that changes. Commands are made of these, and so are
/// inverses.
#[derive(Clone, Debug, PartialEq)]
pub enum Write {
    /// A new item.
    Create {
        /// Kind and uid.
        item: ItemId,
        /// Its place among its siblings.
        order: String,
    },
    /// A value of a field other than a text.
    Put {
        /// The item.
        item: ItemId,
        /// Which value.
        key: FieldKey,
        /// The value, or none.
        value: Option<Value>,
    },
    /// A place among siblings.
    Order {
        /// The item.
        item: ItemId,
        /// Its place.
        order: String,
    },
    /// Deleted or not.
    Deleted {
        /// The item.
        item: ItemId,
        /// Whether it is.
        deleted: bool,
    },
    /// A stretch of a text.
    Splice {
        /// The text.
        at: TextAt,
        /// In which language.
        lang: Lang,
        /// What goes and what comes.
        splice: Splice,
    },
    /// A link: none: not there; some: there, with or without a level.
    Link {
        /// Between what.
        key: LinkKey,
        /// Its level, if it is there.
        level: Option<Option<Rank>>,
    },
    /// A link's strength.
    Strength {
        /// Between what.
        key: LinkKey,
        /// From 1 to 5.
        strength: Option<u8>,
    },
    /// A party that a link is shown to.
    ShowLink {
        /// Between what.
        key: LinkKey,
        /// The party.
        party: PartyId,
        /// Whether it is named.
        named: bool,
    },
    /// The present value once more, as one that was written now.
    Confirm {
        /// What.
        what: Aspect,
    },
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{JobItemId, ModuleId};

    #[test]
    fn an_intent_reads_back_from_its_text() {
        let item = ItemId {
            kind: Kind::Module,
            uid: Uid(5),
        };
        let key = LinkKey::of(ModuleId(Uid(5)), JobItemId(Uid(6)));
        for subject in [Subject::Plan, item.into(), key.into()] {
            for verb in Verb::ALL {
                let intent = Intent {
                    verb: *verb,
                    subject,
                };
                assert_eq!(intent.to_string().parse::<Intent>().unwrap(), intent);
            }
        }
    }
}
