//! What Home says: cards in words, and what can go wrong on the way in.

use std::collections::BTreeMap;

use weft_exchange::link::LinkError;
use weft_exchange::{ImportError, Limit};
use weft_model::{Choice as _, EditError, Lang, PartyKind, Text};
use weft_session::weft_file::FileProblem;
use weft_session::{Card, StoreError, Untaken};

use crate::browser::secret::LockError;
use crate::{
    browser::{
        device, fetch::FetchError, files::FileError, intl::Moment, library::LibraryError,
        sandbox::Failure,
    },
    parts::Missing,
    ui::{
        apart::failed_apart,
        sentences,
        text::{language, moment, number, say, say_with},
    },
};

/// Why a plan did not come in, or could not be kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The storage refuses.
    Store(StoreError),
    /// What the plan should be made of does not fit together.
    Edit(EditError),
    /// A saved plan that cannot be read.
    Unreadable,
    /// A file that is no plan.
    Import(ImportError),
    /// A file that did not come in.
    File(FileError),
    /// An example that did not come.
    Fetch(FetchError),
    /// A table where a plan was expected.
    ATable,
    /// Several files that are no parts of one shared folder.
    OneAtATime,
    /// Parts of several plans.
    PartsApart,
    /// A plan file with a history that is not whole.
    WeftFile(FileProblem),
    /// A history that does not go with the plan that is here.
    Untaken(Untaken),
    /// A link that holds no plan.
    Link(LinkError),
    /// A link that is locked with another passphrase, or cannot be unlocked here.
    Locked(LockError),
    /// A picture in which there is no code.
    NoCode,
    /// A code that holds no plan: what it holds.
    ForeignCode(String),
    /// A file that the browser does not know as a picture.
    NoPicture,
    /// A part of the program that did not come.
    PartMissing,
    /// Trying the file out apart from the plan ended early.
    Sandbox(Failure),
    /// Another plan, where the editor lies in one file with its own.
    OnePlanOnly,
    /// A plan that another tab has open.
    OpenElsewhere,
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<FileProblem> for Trouble {
    fn from(problem: FileProblem) -> Self {
        Self::WeftFile(problem)
    }
}

impl From<LinkError> for Trouble {
    fn from(error: LinkError) -> Self {
        Self::Link(error)
    }
}

impl From<LockError> for Trouble {
    fn from(error: LockError) -> Self {
        Self::Locked(error)
    }
}

impl From<EditError> for Trouble {
    fn from(error: EditError) -> Self {
        Self::Edit(error)
    }
}

impl From<Untaken> for Trouble {
    fn from(why: Untaken) -> Self {
        Self::Untaken(why)
    }
}

impl From<Missing> for Trouble {
    fn from(_: Missing) -> Self {
        Self::PartMissing
    }
}

impl From<LibraryError> for Trouble {
    fn from(error: LibraryError) -> Self {
        match error {
            LibraryError::Store(error) => Self::Store(error),
            LibraryError::Edit(error) => Self::Edit(error),
            LibraryError::Plan(_) => Self::Unreadable,
            LibraryError::Untaken(why) => Self::Untaken(why),
        }
    }
}

impl From<ImportError> for Trouble {
    fn from(error: ImportError) -> Self {
        Self::Import(error)
    }
}

impl From<FileError> for Trouble {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<FetchError> for Trouble {
    fn from(error: FetchError) -> Self {
        Self::Fetch(error)
    }
}

/// A trouble in a sentence.
pub fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Store(error) => sentences::store_error(error),
        Trouble::Edit(error) => sentences::edit_error(error),
        Trouble::Unreadable => say("open.unreadable"),
        Trouble::ATable => say("home.error.a_table"),
        Trouble::OneAtATime => say("home.error.one_at_a_time"),
        Trouble::PartsApart => say("home.error.parts_apart"),
        Trouble::OnePlanOnly => say("single.one_plan"),
        Trouble::OpenElsewhere => say("home.error.open_elsewhere"),
        Trouble::PartMissing => say("open.part_missing"),
        Trouble::Sandbox(failure) => failed_apart(&say("home.the_file"), failure),
        Trouble::WeftFile(FileProblem::NotThisFormat) => say("home.error.not_a_plan"),
        Trouble::WeftFile(FileProblem::Newer { .. }) | Trouble::Untaken(Untaken::Newer) => {
            say("home.error.newer")
        }
        Trouble::Link(LinkError::NotALink) => say("link.none"),
        Trouble::Link(LinkError::Damaged) => say("link.damaged"),
        Trouble::Link(LinkError::TooLarge) => say("link.too_large"),
        Trouble::Link(LinkError::Newer) | Trouble::Locked(LockError::Newer) => {
            say("home.error.newer")
        }
        Trouble::Locked(LockError::WrongPassphrase) => say("link.wrong_passphrase"),
        Trouble::Locked(LockError::Unavailable) => say("link.no_crypto"),
        Trouble::WeftFile(FileProblem::Forged) => say("home.error.forged"),
        Trouble::WeftFile(FileProblem::PageWithoutPlan) => say("home.error.page_without_plan"),
        Trouble::WeftFile(FileProblem::PageWithPlans) => say("home.error.page_with_plans"),
        Trouble::WeftFile(FileProblem::Torn) => say("home.error.torn"),
        Trouble::WeftFile(FileProblem::Damaged) | Trouble::Untaken(Untaken::Damaged) => {
            say("home.error.damaged")
        }
        Trouble::Untaken(Untaken::Incomplete) => say("home.error.incomplete"),
        Trouble::Untaken(Untaken::OtherPlan) => say("home.error.other_plan"),
        Trouble::Untaken(Untaken::TooLarge) => say_with(
            "home.error.too_large",
            &[("limit", bytes(weft_document::UPDATE_LIMIT as f64))],
        ),
        Trouble::NoCode => say("code.none"),
        Trouble::ForeignCode(words) => say_with("code.foreign", &[("words", words.clone())]),
        Trouble::NoPicture => say("code.no_picture"),
        Trouble::Fetch(_) => say("home.error.fetch"),
        Trouble::File(FileError::Unreadable { name }) => {
            say_with("home.error.file", &[("name", name.clone())])
        }
        Trouble::File(FileError::TooLarge { name, limit }) => say_with(
            "home.error.file_too_large",
            &[("name", name.clone()), ("limit", bytes(*limit as f64))],
        ),
        Trouble::Import(error) => import(error),
    }
}

fn import(error: &ImportError) -> String {
    match error {
        ImportError::NotThisFormat => say("home.error.not_a_plan"),
        ImportError::Empty => say("home.error.empty"),
        ImportError::Locked => say("home.error.locked"),
        ImportError::Encoding { .. } => say("home.error.encoding"),
        ImportError::Newer { .. } => say("home.error.newer"),
        ImportError::Malformed { line, column } => say_with(
            "home.error.malformed",
            &[("line", line.to_string()), ("column", column.to_string())],
        ),
        ImportError::TooLarge { limit } => {
            let limit = match limit {
                Limit::Bytes(limit) => bytes(*limit as f64),
                Limit::Rows(limit)
                | Limit::Columns(limit)
                | Limit::Cells(limit)
                | Limit::Values(limit)
                | Limit::Entries(limit)
                | Limit::Unpacked(limit)
                | Limit::Ratio(limit)
                | Limit::Depth(limit)
                | Limit::Letters(limit) => number(*limit as f64),
            };
            say_with("home.error.too_large", &[("limit", limit)])
        }
    }
}

/// The language of the reader. Reactive.
pub fn reader() -> Lang {
    Lang::new(language().tag()).unwrap_or_else(Lang::en)
}

/// A card's title, or that it has none. Reactive in the language.
pub fn card_title(card: &Card) -> String {
    let text = card.title_text();
    let shown = text.show(&reader()).to_owned();
    if shown.is_empty() {
        say("home.untitled")
    } else {
        shown
    }
}

/// The title as the name of a file: without what file systems refuse.
pub fn file_name(card: &Card) -> String {
    let plain: String = card_title(card)
        .chars()
        .map(|letter| {
            if "/\\:*?\"<>|".contains(letter) || letter.is_control() {
                ' '
            } else {
                letter
            }
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The title in a language other than the reader's, if it has one.
pub fn other_title(card: &Card, lang: &Lang) -> Option<String> {
    let text = card.title_text();
    let shown = text.show(lang).to_owned();
    text.iter()
        .map(|(_, words)| words.to_owned())
        .find(|words| *words != shown)
}

/// The partners of a plan, schools first.
pub fn partners(card: &Card, lang: &Lang) -> String {
    let names = |schools: bool| {
        card.partners
            .iter()
            .filter(move |(kind, _)| (kind == PartyKind::School.id()) == schools)
            .map(|(_, name)| text_of(name).show(lang).to_owned())
            .filter(|name| !name.is_empty())
    };
    names(true)
        .chain(names(false))
        .collect::<Vec<_>>()
        .join(&say("finding.comma"))
}

fn text_of(stored: &BTreeMap<String, String>) -> Text {
    let mut text = Text::default();
    for (tag, words) in stored {
        if let Some(lang) = Lang::new(tag) {
            text.set(lang, words.clone());
        }
    }
    text
}

/// A size in the unit that people know: "18 MB".
pub fn bytes(size: f64) -> String {
    let (amount, unit) = match size {
        size if size >= 1e9 => (size / 1e9, "GB"),
        size if size >= 1e6 => (size / 1e6, "MB"),
        _ => ((size / 1e3).max(1.0), "kB"),
    };
    let rounded = if amount < 10.0 && unit != "kB" {
        (amount * 10.0).round() / 10.0
    } else {
        amount.round()
    };
    format!("{} {unit}", number(rounded))
}

/// A moment for a list: the time for today, the day before that.
pub fn when(millis: i64) -> String {
    let today = moment(device::now_millis() as f64, Moment::Day);
    let day = moment(millis as f64, Moment::Day);
    if day == today {
        say_with(
            "home.today",
            &[("time", moment(millis as f64, Moment::Time))],
        )
    } else {
        day
    }
}
