//! UK occupational standards: duties with knowledge, skills and behaviours, as
//! Skills England publishes them ([`shape`] says in which forms). A standard
//! becomes a framework of its own and a role, a duty a typical work task, and
//! what is mapped to a duty a competency below it. Of several standards a person
//! chooses. docs/formats/standards.md describes it.

mod again;
mod book;
mod lines;
mod plant;
mod read;
mod shape;
mod table;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};
use weft_model::{Plan, Uid};

pub use book::{BookPart, of_book};
pub use read::STANDARDS_LIMIT;
pub(crate) use table::HEADS;

use self::shape::Head;
use crate::foreign::{File, FileError, Options, Planter, Rows};
use crate::{
    Fate, ImportError, Imported, Limit, Offer, Place, Question, QuestionKind, Reason, WarningKind,
};

/// The most duties, knowledge, skills and behaviours of a standard, taken
/// together. Published ones have some hundred.
pub const ENTRIES_LIMIT: usize = 10_000;
/// The id of the format in the registry.
pub(crate) const FORMAT: &str = "uk_standards";
/// The keys of a standard that the tray shows.
const HEADED: [&str; 2] = ["referenceNumber", "title"];
/// Letters of a value that the tray shows.
const SHOWN: usize = 1_000;

/// A standard of the files.
struct Found {
    head: Head,
    place: Place,
    /// Which entry of the fates it is.
    fate: (usize, usize),
    /// What stands before the places of its entries.
    prefix: String,
    /// All of it, where it may be wanted.
    whole: Option<Map<String, Json>>,
    /// Where its entries stand, when it is a table.
    lines: Option<table::Lines>,
}

/// A standard that waits in the tray.
struct Waiting {
    place: Place,
    fate: (usize, usize),
    reason: Reason,
    cells: Vec<String>,
}

/// How much of a file is looked at, in bytes: a standard is some 40 KB, and the
/// list of all of them 80 MB.
const LOOKED_AT: usize = 1 << 20;

/// Whether JSON holds standards, by its beginning.
pub(crate) fn is_one(bytes: &[u8]) -> bool {
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let has = |word: &str| {
        head.windows(word.len())
            .any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
    };
    let named = has("\"referenceNumber\"") || has("\"stdCode\"");
    let lists = [
        "\"knowledges\"",
        "\"technicalKnowledges\"",
        "\"dutyDetail\"",
    ];
    named && lists.into_iter().any(has)
}

/// Reads standards for this plan.
pub fn import(
    files: &[File<'_>],
    into: &Plan,
    options: &Options,
    fresh: &mut dyn FnMut() -> Uid,
) -> Result<Imported, FileError> {
    let mut shelf = Shelf {
        options,
        found: Vec::new(),
        ids: BTreeSet::new(),
        waiting: Vec::new(),
        is_full: false,
    };
    let mut fates = Vec::new();
    let mut tables: Vec<(usize, table::Table)> = Vec::new();
    for (file, given) in files.iter().enumerate() {
        let before = if files.len() > 1 {
            format!("{}: ", given.name)
        } else {
            String::new()
        };
        if !is_json(given.bytes) {
            let rows = Rows::open(file, *given, &options.corrected, true)?;
            if !table::is_one(&rows) {
                let error = ImportError::NotThisFormat;
                return Err(FileError { file, error });
            }
            tables.push((file, table::read(&rows, given.name)?));
            fates.push(Vec::new());
            continue;
        }
        let mut count = 0;
        let read = read::each(given.bytes, given.heard, &mut |at, value| {
            shelf.take((file, count), at, &before, value);
            count += 1;
        });
        shelf.held(file)?;
        read.map_err(|error| FileError { file, error })?;
        given.heard.hears(1.0);
        fates.push(vec![Fate::NotChosen; count]);
    }
    for (file, read) in standing(tables, &mut fates) {
        let own = shelf.take_table(read);
        if let Some(fates) = fates.get_mut(file) {
            *fates = own;
        }
        shelf.held(file)?;
    }
    let Shelf { found, waiting, .. } = shelf;
    let mut planter = Planter::new(into, fresh).decided(options);
    planter.out.fates = fates;
    for it in waiting {
        planter.tray(it.place, it.fate, it.reason, it.cells);
    }
    let alone = found.len() == 1;
    if !alone && !found.is_empty() {
        planter.out.questions.push(Question {
            place: Place::File,
            kind: QuestionKind::WhichOf {
                offers: found.iter().map(|it| offer(&it.head)).collect(),
            },
        });
    }
    let is_chosen = |it: &&Found| alone || options.chosen.contains(&it.head.id());
    let chosen: Vec<&Found> = found.iter().filter(is_chosen).collect();
    let mut planted = BTreeMap::new();
    for it in &chosen {
        if let Some(newer) = newer(it, &chosen) {
            // A plan holds one release of a framework.
            let text = newer.head.version.clone();
            planter.warn(it.place.clone(), WarningKind::NewerChosen { text });
        } else if let Some(whole) = &it.whole {
            plant::one(&mut planter, into, options, it, whole, &mut planted);
        }
    }
    Ok(planter.finish(into))
}

/// The tables that are a standard each. One without duties belongs to the one
/// before it that has some, as a sheet of the same workbook does, else to the
/// first of them.
fn standing(
    tables: Vec<(usize, table::Table)>,
    fates: &mut [Vec<Fate>],
) -> Vec<(usize, table::Table)> {
    let mut all: Vec<(usize, table::Table)> = Vec::new();
    let mut lists = Vec::new();
    let none = !tables.iter().any(|(_, it)| it.has_duties());
    for (file, table) in tables {
        if none || table.has_duties() {
            all.push((file, table));
        } else {
            lists.push((file, table));
        }
    }
    for (file, table) in lists {
        let before = all.partition_point(|(at, _)| *at < file).saturating_sub(1);
        if let (Some((_, owner)), Some(fates)) = (all.get_mut(before), fates.get_mut(file)) {
            *fates = owner.join(table);
        }
    }
    all
}

/// Another version of the same standard that was chosen, too, and is newer.
fn newer<'a>(one: &Found, chosen: &[&'a Found]) -> Option<&'a Found> {
    let same = chosen
        .iter()
        .filter(|it| it.head.reference == one.head.reference && it.head.order() > one.head.order());
    same.max_by_key(|it| it.head.order()).copied()
}

/// A version of a standard, to be chosen. What it says of itself stands beside
/// its name.
fn offer(head: &Head) -> Offer {
    let said = [&head.title, &head.version, &head.status];
    let said: Vec<&str> = said.iter().map(|it| it.as_str()).collect();
    let said: Vec<&str> = said.into_iter().filter(|it| !it.is_empty()).collect();
    Offer {
        id: head.id(),
        code: head.reference.clone(),
        title: said.join(" · "),
        holds: head.holds,
    }
}

/// What the files hold.
struct Shelf<'a> {
    options: &'a Options,
    found: Vec<Found>,
    ids: BTreeSet<String>,
    waiting: Vec<Waiting>,
    /// One of them holds more than any standard does.
    is_full: bool,
}

impl Shelf<'_> {
    /// No standard holds more than one may.
    fn held(&self, file: usize) -> Result<(), FileError> {
        let limit = Limit::Values(ENTRIES_LIMIT);
        let error = ImportError::TooLarge { limit };
        if self.is_full {
            return Err(FileError { file, error });
        }
        Ok(())
    }

    /// Takes the next value of a file. `at`: its place in a list.
    fn take(&mut self, fate: (usize, usize), at: Option<usize>, before: &str, value: Json) {
        let (path, prefix) = match at {
            Some(at) => (format!("{before}{at}"), format!("{before}{at}/")),
            None => (format!("{before}standard"), before.to_owned()),
        };
        let place = Place::Path(path);
        let (is_object, mut whole) = match value {
            Json::Object(whole) => (true, whole),
            other => {
                let title = ("title".to_owned(), cut(&other.to_string()).into());
                (false, Map::from_iter([title]))
            }
        };
        let corrected = self.options.corrected.get(&place);
        for (key, cell) in HEADED.iter().zip(corrected.into_iter().flatten()) {
            whole.insert((*key).to_owned(), cell.as_str().into());
        }
        let head = Head::of(&whole).filter(|_| is_object || corrected.is_some());
        let head = match head {
            None if is_object => Err(Reason::NoName),
            None => Err(Reason::BadShape),
            Some(head) if !self.ids.insert(head.id()) => Err(Reason::Twice),
            Some(head) => Ok(head),
        };
        let head = match head {
            Ok(head) => head,
            Err(reason) => {
                let said = |name| shape::text(shape::get(&whole, &[name]));
                let cells = HEADED.map(|name| cut(&said(name))).to_vec();
                return self.waiting.push(Waiting {
                    place,
                    fate,
                    reason,
                    cells,
                });
            }
        };
        self.is_full |= head.holds > ENTRIES_LIMIT;
        // The only one comes in unasked; it is no longer that when a second comes.
        if let [first] = self.found.as_mut_slice()
            && !self.options.chosen.contains(&first.head.id())
        {
            first.whole = None;
        }
        let wanted = self.found.is_empty() || self.options.chosen.contains(&head.id());
        self.found.push(Found {
            head,
            place,
            fate,
            prefix,
            whole: wanted.then_some(whole),
            lines: None,
        });
    }

    /// Takes a table, which is one standard. Gives back what becomes of its rows
    /// so far.
    fn take_table(&mut self, table: table::Table) -> Vec<Fate> {
        let table::Table {
            head,
            whole,
            lines,
            unread,
            fates,
        } = table;
        self.is_full |= head.holds > ENTRIES_LIMIT;
        self.waiting.extend(unread);
        self.ids.insert(head.id());
        self.found.push(Found {
            head,
            place: Place::File,
            fate: NO_LINE,
            prefix: String::new(),
            whole: Some(whole),
            lines: Some(lines),
        });
        fates
    }
}

/// Whether a file is JSON rather than a table.
fn is_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    first.is_none_or(|byte| matches!(byte, b'{' | b'['))
}

/// No line of a file: what stands for it has none.
const NO_LINE: (usize, usize) = (usize::MAX, 0);

/// As much of a text as the tray shows.
fn cut(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}
