//! The primitive values that a field is stored as, and how a value is refused.

/// A stored primitive. Quantities in steps of one half are stored as a whole
/// number of halves, so that no value depends on floating point.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A whole number, or a number of halves for hours, credits and years.
    Int(i64),
    /// A line or a text, the id of a choice, or an item's uid.
    Str(String),
}

impl Value {
    /// A string value.
    pub fn str(text: impl Into<String>) -> Self {
        Self::Str(text.into())
    }

    /// The string inside, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The value as one line of text: `true`, a whole number, or `=` and words.
    pub fn written(&self) -> String {
        match self {
            Self::Bool(yes) => yes.to_string(),
            Self::Int(number) => number.to_string(),
            Self::Str(words) => format!("={words}"),
        }
    }

    /// Reads what [`written`](Self::written) writes; nothing for anything else.
    pub fn read_written(text: &str) -> Option<Self> {
        if let Some(words) = text.strip_prefix('=') {
            return Some(Self::str(words));
        }
        match text {
            "true" => Some(Self::Bool(true)),
            "false" => Some(Self::Bool(false)),
            number => number.parse().ok().map(Self::Int),
        }
    }

    /// The number inside, if it is one.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Str(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Str(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

/// Why a value does not fit a field.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadValue {
    /// Another type of value is wanted here.
    WrongType,
    /// A number outside the field's range.
    OutOfRange {
        /// Smallest allowed value, in the field's stored unit.
        min: i64,
        /// Largest allowed value, in the field's stored unit.
        max: i64,
    },
    /// Not one of the field's choices.
    UnknownChoice,
    /// Not an ISO day (`2026-09-07`).
    BadDate,
    /// Longer than a field may be, in characters.
    TooLong {
        /// The most characters that fit.
        limit: usize,
    },
    /// The field needs a member or a language beside its name, or has none.
    WrongKey,
}
