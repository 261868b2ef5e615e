//! What kinds of items there are and which fields each has, as data: forms,
//! tables, files and histories are drawn from it, so that a new field appears
//! everywhere at once.

use core::fmt;

use crate::{Kind, Lang, Uid};

/// What a field holds, seen from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One short line that needs no translation: a code, a number, an address.
    Line,
    /// A text in several languages, merged by character.
    Text,
    /// Yes or no.
    Bool,
    /// A whole number.
    Int {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// Class hours, stored in halves.
    Hours,
    /// Credits, stored in halves.
    Credits,
    /// Years, stored in halves.
    Years,
    /// An ISO day.
    Day,
    /// One of these ids.
    Choice(&'static [&'static str]),
    /// The uid of one item of this kind.
    Ref(Kind),
    /// Uids of items of this kind; each member merges by itself.
    Set(Kind),
    /// A value per item of this kind; each member merges by itself.
    Map(Kind, &'static Shape),
    /// Language tags, in order.
    Langs,
    /// A piece of a foreign file, kept verbatim for the way back. No form and
    /// no table shows it.
    Verbatim,
}

/// A field's name and shape.
#[derive(Clone, Copy, Debug)]
pub struct FieldInfo {
    /// The name under which it is stored, unique within its kind.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
}

/// One field of one kind of item. The constants are in [`field`].
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "(Kind, u8)", into = "(Kind, u8)"))]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field {
    kind: Kind,
    index: u8,
}

impl Field {
    pub(crate) const fn new(kind: Kind, index: u8) -> Self {
        Self { kind, index }
    }

    /// The kind of item that has the field.
    pub const fn kind(self) -> Kind {
        self.kind
    }

    /// Its place among the fields of its kind.
    pub const fn index(self) -> usize {
        self.index as usize
    }

    /// Its name and shape.
    pub fn info(self) -> &'static FieldInfo {
        &self.kind.fields()[self.index as usize]
    }

    /// The name under which it is stored.
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// What it holds.
    pub fn shape(self) -> Shape {
        self.info().shape
    }

    /// The key of a field with a single value.
    pub const fn key(self) -> FieldKey {
        FieldKey {
            field: self,
            sub: Sub::None,
        }
    }

    /// The key of this field's text in one language.
    pub const fn lang(self, lang: Lang) -> FieldKey {
        FieldKey {
            field: self,
            sub: Sub::Lang(lang),
        }
    }

    /// The key of one member of this field's set or map.
    pub fn member(self, uid: impl Into<Uid>) -> FieldKey {
        FieldKey {
            field: self,
            sub: Sub::Member(uid.into()),
        }
    }
}

#[cfg(feature = "serde")]
impl From<Field> for (Kind, u8) {
    fn from(field: Field) -> Self {
        (field.kind, field.index)
    }
}

#[cfg(feature = "serde")]
impl TryFrom<(Kind, u8)> for Field {
    type Error = &'static str;

    fn try_from((kind, index): (Kind, u8)) -> Result<Self, Self::Error> {
        kind.field_at(index.into()).ok_or("no such field")
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.kind.name(), self.name())
    }
}

impl Kind {
    /// All fields of this kind, in the order of its form.
    pub fn all_fields(self) -> impl Iterator<Item = Field> {
        (0..self.fields().len()).map(move |index| Field::new(self, index as u8))
    }

    /// The field at this place; see [`Field::index`].
    pub fn field_at(self, index: usize) -> Option<Field> {
        (index < self.fields().len()).then(|| Field::new(self, index as u8))
    }

    /// The field with this name.
    pub fn field(self, name: &str) -> Option<Field> {
        let index = self.fields().iter().position(|info| info.name == name)?;
        Some(Field::new(self, index as u8))
    }
}

/// What stands beside a field's name in a key.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sub {
    /// Nothing: the field has one value.
    None,
    /// A language: the field is a text.
    Lang(Lang),
    /// An item: the field is a set or a map.
    Member(Uid),
}

/// Where in an item one stored value lies. Written `title@zh-CN`,
/// `prerequisites/0123456789abc` or `total_hours`.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldKey {
    /// The field.
    pub field: Field,
    /// The language or member within it.
    pub sub: Sub,
}

impl FieldKey {
    /// Reads the written form; nothing if the kind has no such field, or the
    /// field no such key.
    pub fn read(kind: Kind, text: &str) -> Option<Self> {
        let (name, sub) = if let Some((name, lang)) = text.split_once('@') {
            (name, Sub::Lang(Lang::new(lang)?))
        } else if let Some((name, uid)) = text.split_once('/') {
            (name, Sub::Member(uid.parse().ok()?))
        } else {
            (text, Sub::None)
        };
        let key = Self {
            field: kind.field(name)?,
            sub,
        };
        key.fits().then_some(key)
    }

    /// The key that sorts before all other keys of a kind.
    pub(crate) const fn first(kind: Kind) -> Self {
        Self {
            field: Field::new(kind, 0),
            sub: Sub::None,
        }
    }

    /// Whether the part beside the name suits the field's shape.
    pub fn fits(&self) -> bool {
        match self.field.shape() {
            Shape::Text => matches!(self.sub, Sub::Lang(_)),
            Shape::Set(_) | Shape::Map(..) => matches!(self.sub, Sub::Member(_)),
            _ => self.sub == Sub::None,
        }
    }
}

impl fmt::Display for FieldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.field.name())?;
        match &self.sub {
            Sub::None => Ok(()),
            Sub::Lang(lang) => write!(f, "@{lang}"),
            Sub::Member(uid) => write!(f, "/{uid}"),
        }
    }
}

impl fmt::Debug for FieldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{self}", self.field.kind.name())
    }
}

pub use crate::kinds::field;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_key_reads_back_from_its_text() {
        for key in [
            field::module::total_hours.key(),
            field::module::title.lang(Lang::zh()),
            field::module::prerequisites.member(Uid(77)),
        ] {
            assert_eq!(FieldKey::read(Kind::Module, &key.to_string()), Some(key));
        }
    }

    #[test]
    fn a_key_that_does_not_suit_its_field_is_refused() {
        for text in [
            "title",
            "total_hours@en",
            "code/0000000000001",
            "nothing",
            "title@",
            "prerequisites/x",
        ] {
            assert_eq!(FieldKey::read(Kind::Module, text), None, "{text}");
        }
    }

    #[test]
    fn names_of_kinds_and_fields_are_unique_and_plain() {
        let plain = |name: &str| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        let mut kinds: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds.len(), Kind::ALL.len());
        for kind in Kind::ALL {
            assert!(plain(kind.name()));
            let mut names: Vec<_> = kind.fields().iter().map(|info| info.name).collect();
            assert!(names.iter().all(|name| plain(name)), "{names:?}");
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), kind.fields().len(), "{kind:?}");
        }
    }
}
