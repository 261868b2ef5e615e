//! The table of a standard as its published page shows it and people copy it
//! into a spreadsheet: `Duty` and `KSBs` (`Duty 1 …`, `K1 K2 S1`), and below it
//! the lists (`K1: …`, or code and words in two cells), or the lists as a table
//! of their own (`KSB`, `Statement`). It is read as the JSON that it stands for;
//! a row that is neither waits in the tray.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::shape::{DUTIES, Head, MAPPED, PARTS, Part};
use super::words::{DUTY, coded, is_code};
use crate::foreign::{FileError, Line, Rows, rest};
use crate::tables::words::plain;
use crate::{Fate, Place, Reason};

/// The heads by which such a table is known, as heads are compared.
pub(crate) const HEADS: [&str; 2] = ["duty", "ksbs"];
/// The heads of a table that holds the lists alone.
pub(super) const LISTS: [&str; 2] = ["ksb", "statement"];

/// Where an entry of the JSON stands in the table: by the name of its list and
/// its place in it.
pub(super) type Lines = BTreeMap<(&'static str, usize), (Place, (usize, usize))>;

/// A table that was read.
pub(super) struct Table {
    pub head: Head,
    pub whole: Map<String, Json>,
    pub lines: Lines,
    /// Rows that are not understood.
    pub unread: Vec<super::Waiting>,
    pub fates: Vec<Fate>,
}

impl Table {
    /// Whether it has duties, and so is a standard by itself.
    pub fn has_duties(&self) -> bool {
        DUTIES.iter().any(|name| self.whole.contains_key(*name))
    }

    /// Takes in the lists of a table that has no duties: of its rows that waited,
    /// too, its own file tells.
    pub fn join(&mut self, other: Self) -> Vec<Fate> {
        let mut moved: BTreeMap<&'static str, usize> = BTreeMap::new();
        for (name, list) in other.whole {
            let Some(Json::Array(own)) = self.whole.get_mut(&name) else {
                self.whole.insert(name, list);
                continue;
            };
            let mut known = PARTS.iter().filter_map(|part| part.names.first());
            if let Some(known) = known.find(|known| **known == name) {
                moved.insert(known, own.len());
            }
            if let Json::Array(list) = list {
                own.extend(list);
            }
        }
        for ((list, at), line) in other.lines {
            let at = at + moved.get(list).copied().unwrap_or(0);
            self.lines.insert((list, at), line);
        }
        self.unread.extend(other.unread);
        self.head.holds += other.head.holds;
        other.fates
    }
}

/// Whether a file of lines is such a table.
pub(super) fn is_one(rows: &Rows<'_>) -> bool {
    let all = |heads: [&str; 2]| heads.iter().all(|head| rows.has(head));
    all(HEADS) || all(LISTS)
}

/// Reads a table. It has the name of its file, and the reference in it where
/// there is one: `st0001-v1-0.csv`; in a workbook what stands above the table
/// names it.
pub(super) fn read(rows: &Rows<'_>, name: &str) -> Result<Table, FileError> {
    let [first, second] = [0, 1].map(|at| [HEADS, LISTS].map(|heads| heads[at]));
    let columns = [first, second].map(|heads| rows.column(&heads));
    let but: Vec<&str> = HEADS.into_iter().chain(LISTS).collect();
    let mut title = String::new();
    let mut above = Vec::new();
    let mut lists: BTreeMap<&'static str, Vec<Json>> = BTreeMap::new();
    let mut lines = Lines::new();
    let mut unread = Vec::new();
    let mut headings = Vec::new();
    let mut fates = rows.each(&mut |line| {
        let [first, second] = columns.map(|column| line.get(column));
        if is_heading(first) && (second.is_empty() || is_heading(second)) {
            let is_head = [HEADS[1], LISTS[1]].contains(&plain(second).as_str());
            if is_head && lines.is_empty() {
                // The head of a sheet: what waits so far stood above it.
                above.append(&mut unread);
            }
            return headings.push(line.at);
        }
        let Some((list, mut entry)) = entry(first, second) else {
            return unread.push(waiting(rows, line));
        };
        if let Json::Object(entry) = &mut entry {
            for (head, cell) in rest(rows, line, &but) {
                let key = match plain(&head).as_str() {
                    CRITERIA_HEAD => CRITERIA.to_owned(),
                    _ => head,
                };
                entry.entry(key).or_insert(cell);
            }
        }
        let of_list = lists.entry(list).or_default();
        let fate = (rows.file, line.at);
        lines.insert((list, of_list.len()), (line.place(), fate));
        of_list.push(entry);
    })?;
    // Until it is chosen nothing of it is meant.
    for (_, (_, at)) in lines.values() {
        if let Some(fate) = fates.get_mut(*at) {
            *fate = Fate::NotChosen;
        }
    }
    for at in headings {
        if let Some(fate) = fates.get_mut(at) {
            *fate = Fate::Heading;
        }
    }
    for it in above {
        if let Some(fate) = fates.get_mut(it.fate.1) {
            *fate = Fate::Above;
        }
        if title.is_empty() {
            title = it.cells.join(" ").trim().to_owned();
        }
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let holds = lists.values().map(Vec::len).sum();
    let lists = lists
        .into_iter()
        .map(|(list, all)| (list.to_owned(), all.into()));
    let reference = reference(stem).or_else(|| reference(&title));
    let version = version(&title);
    // Reference and version have places of their own.
    let bare = |title: &str| {
        let title = title.trim();
        let title = title
            .strip_prefix(reference.as_deref().unwrap_or("\0"))
            .unwrap_or(title);
        let tail = format!("v{version}");
        let end = title.len().saturating_sub(tail.len());
        let title = match title.split_at_checked(end) {
            Some((name, last)) if !version.is_empty() && last.eq_ignore_ascii_case(&tail) => name,
            _ => title,
        };
        title
            .trim_matches([' ', ':', '-', '–', '—', ','])
            .to_owned()
    };
    title = match bare(&title) {
        short if short.is_empty() => title,
        short => short,
    };
    if title.is_empty() {
        stem.clone_into(&mut title);
    }
    Ok(Table {
        head: Head {
            named: reference.is_some(),
            reference: reference.unwrap_or_else(|| stem.to_owned()),
            version,
            title,
            holds,
            ..Head::default()
        },
        whole: lists.collect(),
        lines,
        unread,
        fates,
    })
}

fn waiting(rows: &Rows<'_>, line: &Line<'_>) -> super::Waiting {
    super::Waiting {
        place: line.place(),
        fate: (rows.file, line.at),
        reason: Reason::NoName,
        cells: line.raw(),
    }
}

/// What a duty is measured by, as a head is compared and as the key of the JSON.
const CRITERIA_HEAD: &str = "criteriaformeasuringperformance";
const CRITERIA: &str = "criteriaForMeasuringPerformance";

/// Whether a cell is the name of what stands below it.
fn is_heading(cell: &str) -> bool {
    let names = [
        "duty",
        "duties",
        "ksb",
        "ksbs",
        "statement",
        "knowledge",
        "skills",
        "behaviours",
        "knowledgeskillsandbehaviours",
        "knowledgeskillsandbehavioursksbs",
    ];
    names.contains(&plain(cell).as_str())
}

/// What a row is, and the list that it belongs to.
fn entry(first: &str, second: &str) -> Option<(&'static str, Json)> {
    let [duties] = DUTIES else { return None };
    if let Some((code, words)) = coded(first, DUTY) {
        return Some((duties, duty(&code, words, second)));
    }
    for part in &PARTS {
        if let Some((code, words)) = coded(first, part.letters) {
            return ksb(part, &code, words);
        }
        if is_code(first, part.letters) && !second.is_empty() {
            return ksb(part, &first.to_ascii_uppercase(), second);
        }
    }
    // A duty without a number is one by what it wants.
    let wants = !second.is_empty() && wanted(second).all(|code| part_of(code).is_some());
    (wants && !first.is_empty()).then(|| (*duties, duty("", first, second)))
}

fn ksb(part: &'static Part, code: &str, words: &str) -> Option<(&'static str, Json)> {
    let list = part.names.first()?;
    let id = part.ids.first()?;
    let mut entry = Map::new();
    entry.insert((*id).to_owned(), code.into());
    entry.insert("detail".to_owned(), words.into());
    Some((list, entry.into()))
}

fn duty(code: &str, words: &str, wants: &str) -> Json {
    let mut duty = json!({ "dutyDetail": words });
    if let Json::Object(duty) = &mut duty {
        if !code.is_empty() {
            duty.insert("dutyID".to_owned(), code.into());
        }
        let wants: Vec<&str> = wanted(wants).collect();
        if !wants.is_empty() {
            // Which of the lists it is in shows from the code.
            let [[_, list], ..] = MAPPED;
            duty.insert(list.to_owned(), wants.into());
        }
    }
    duty
}

fn wanted(cell: &str) -> impl Iterator<Item = &str> {
    let parts = cell.split(|sign: char| sign.is_whitespace() || ",;/".contains(sign));
    parts.filter(|part| !part.is_empty())
}

fn part_of(code: &str) -> Option<&'static Part> {
    PARTS.iter().find(|part| is_code(code, part.letters))
}

/// The numbers of a version in a title: `… v1.3`.
fn version(title: &str) -> String {
    let mut words = title.split(|sign: char| sign.is_whitespace() || "(),;".contains(sign));
    let numbers = words.find_map(|word| {
        let numbers = word.strip_prefix(['v', 'V'])?;
        let mut parts = numbers.split('.');
        parts.all(|it| it.parse::<u16>().is_ok()).then_some(numbers)
    });
    numbers.unwrap_or_default().to_owned()
}

/// A reference in a name: `ST0001`, of foundations `FA0001`, of units `AU0001`,
/// of occupations `OCC0001`.
fn reference(name: &str) -> Option<String> {
    let mut parts = name.split(|sign: char| !sign.is_ascii_alphanumeric());
    let found = parts.find(|part| {
        let letters = ["ST", "FA", "AU", "OCC"].into_iter();
        letters
            .filter(|letters| part.len() == letters.len() + 4)
            .any(|letters| is_code(part, letters))
    })?;
    Some(found.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_found_in_the_name_of_a_file() {
        for (name, found) in [
            ("st0585-v1-1", Some("ST0585")),
            ("My copy of OCC0499 (2)", Some("OCC0499")),
            ("first0585", None),
            ("ST58", None),
            ("joiner", None),
        ] {
            assert_eq!(reference(name).as_deref(), found, "{name}");
        }
    }

    #[test]
    fn a_version_is_found_in_a_title() {
        for (title, found) in [
            ("ST0154 Machining technician v1.3", "1.3"),
            ("Joiner (V2)", "2"),
            ("Joiner v. 2", ""),
            ("vet nurse", ""),
        ] {
            assert_eq!(version(title), found, "{title}");
        }
    }
}
