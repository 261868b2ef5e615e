//! The plans that ship with the program, to look at and to start from.

/// A plan that ships with the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Example {
    /// A Chinese higher vocational programme, complete, in two languages.
    Chinese,
    /// A German framework curriculum with learning fields.
    German,
}

impl Example {
    /// All, the complete one first.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::German];

    /// Where it lies, seen from the page.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Chinese => "./examples/cnc-order-class.json",
            Self::German => "./examples/anlagenmechaniker.json",
        }
    }

    /// The locale key of its name.
    pub const fn name_key(self) -> &'static str {
        match self {
            Self::Chinese => "home.example.chinese",
            Self::German => "home.example.german",
        }
    }

    /// The locale key of what it is.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Chinese => "home.example.chinese_text",
            Self::German => "home.example.german_text",
        }
    }
}
