//! Cells that list several competencies with numbers or marks before them, as
//! analysis tables have them: each is a line of its own.

use std::collections::BTreeSet;

use weft_model::{Choice as _, ItemId, Kind, Tier, Value, field};

use super::identity::{Fit, Named};
use super::{At, Importer};
use crate::tables::target::Target;
use crate::{Reason, WarningKind};
use field::job_item;

impl<'a> Named<'a> {
    /// The column of the words and what they list, where a row has no code that
    /// would be that of one of them.
    pub(super) fn listed(&self, at: At<'a>) -> Option<(usize, Vec<&'a str>)> {
        let [(_, words)] = self.titles.as_slice() else {
            return None;
        };
        if ![self.code, self.uid, self.uri]
            .iter()
            .all(|it| it.is_empty())
        {
            return None;
        }
        let column = at.matching.column(Target::Field(job_item::statement))?;
        Some((column, listed(words)?))
    }
}

impl Importer<'_> {
    /// The competencies that one cell of a row lists. What the row says beside
    /// them it says of each; the first stands for the row.
    pub(super) fn listed_row(
        &mut self,
        at: At<'_>,
        column: usize,
        listed: &[&str],
        parent: Option<ItemId>,
        taken: &mut BTreeSet<ItemId>,
    ) -> Result<ItemId, Reason> {
        let mut said = self.plain_values(at);
        said.retain(|(_, key, _)| !matches!(key.field, job_item::statement | job_item::code));
        let head = at.matching.columns.get(column);
        let mut first = None;
        for words in listed {
            let lang = at.lang(head.and_then(|head| head.lang.as_ref()), words);
            let named = Named {
                titles: vec![(lang.clone(), words)],
                owner: self.stands(parent),
                tier: Some(Tier::Competency),
                ..Named::default()
            };
            let item = match self.fit(Kind::JobItem, &named, taken) {
                Fit::One(item) => {
                    self.work.met(item);
                    for (column, key, value) in said.clone() {
                        self.put(at, Some(column), item, key, Some(value));
                    }
                    item
                }
                // The same words twice.
                Fit::Taken => continue,
                // Several that read alike are none of them for certain.
                Fit::None | Fit::Other(_) | Fit::Several(_) => {
                    let mut values = said.clone();
                    let tier = Value::str(Tier::Competency.id());
                    values.push((column, job_item::tier.key(), tier));
                    values.push((column, job_item::statement.lang(lang), Value::str(*words)));
                    let item = self.work.fresh(Kind::JobItem);
                    let above = parent.or_else(|| self.below(Tier::Competency));
                    self.add(at, item, above.map(|line| line.uid), values)?;
                    item
                }
            };
            taken.insert(item);
            match first {
                None => first = Some(item),
                Some(_) => self.also.entry((at.number, at.row)).or_default().push(item),
            }
        }
        let lines = listed.len();
        self.warn(at.place(Some(column)), WarningKind::Listed { lines });
        first.ok_or(Reason::Twice)
    }
}

/// What a cell lists, without numbers and marks; none: it is one text. Each entry
/// begins a line, or follows a full stop or a semicolon, and all of them have a
/// number: `1.能操作车床；2.能检测零件`.
fn listed(cell: &str) -> Option<Vec<&str>> {
    let mut entries = Vec::new();
    for line in cell.lines() {
        let mut start = 0;
        let ends = line.match_indices(['；', ';', '。']);
        for (at, sign) in ends {
            let next = at + sign.len();
            let rest = line.get(next..).unwrap_or_default();
            if is_numbered(rest.trim_start()) {
                entries.push(line.get(start..at).unwrap_or_default());
                start = next;
            }
        }
        entries.push(line.get(start..).unwrap_or_default());
    }
    entries.retain(|entry| !entry.trim().is_empty());
    let numbered = entries.iter().all(|entry| is_numbered(entry.trim()));
    if entries.len() < 2 || !numbered {
        return None;
    }
    let bare = entries.into_iter().map(without_number);
    let bare = bare.map(|entry| entry.trim_end_matches(['；', ';', '。', ' ']));
    let bare: Vec<&str> = bare.filter(|entry| !entry.is_empty()).collect();
    (bare.len() > 1).then_some(bare)
}

/// Whether a text begins with its number in a list.
fn is_numbered(text: &str) -> bool {
    without_number(text) != text
}

/// A line of a cell without the number or the mark that it is listed with: `1.`, `（2）`,
/// `③`, `•`. A number that belongs to the words, as in `5S`, stays.
pub(super) fn without_number(line: &str) -> &str {
    let line = line.trim();
    let bare = line.trim_start_matches(['(', '（']);
    let after = bare.trim_start_matches(|letter: char| letter.is_ascii_digit());
    if after.len() < bare.len() {
        let rest = after.trim_start_matches(['.', '、', ')', '）', '．']);
        let listed = rest.len() < after.len() && !rest.starts_with(|it: char| it.is_ascii_digit());
        return if listed { rest.trim_start() } else { line };
    }
    let marks = |letter: char| matches!(letter, '•' | '·' | '–' | '-' | '①'..='⑳');
    line.trim_start_matches(marks).trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_numbered_throughout_is_a_list() {
        for (cell, entries) in [
            (
                "1.能操作车床；\n2.能检测零件",
                &["能操作车床", "能检测零件"][..],
            ),
            (
                "1、能操作；2、能检测。3、能维护。",
                &["能操作", "能检测", "能维护"],
            ),
            ("（1）能操作\n（2）能检测\n", &["能操作", "能检测"]),
            ("①能操作；②能检测", &["能操作", "能检测"]),
            ("• turn\n• mill", &["turn", "mill"]),
        ] {
            assert_eq!(listed(cell).as_deref(), Some(entries), "{cell:?}");
        }
        for cell in [
            "",
            "1.能操作车床",
            "能操作车床；能检测零件",
            "能按5S管理；2.5 mm 以内",
            "Turn shafts;\nmill faces",
            "1. turn\nin two steps",
            "1.\n2.",
        ] {
            assert_eq!(listed(cell), None, "{cell:?}");
        }
    }
}
