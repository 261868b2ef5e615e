//! What a single cell says: hours, patterns of a teaching-progress table,
//! lists of codes, weeks, days.

use super::words::narrow;

/// How a module lies in a term. Hours are in halves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// `4/16W`: hours a week; no weeks: all teaching weeks of the term.
    Weekly { hours: i64, weeks: Option<i64> },
    /// `2W`, `2W@24`: whole weeks and the hours that each counts.
    Whole { weeks: i64, hours: Option<i64> },
    /// `☆`, `8h`: lectures or hours without a week.
    Lectures { hours: Option<i64> },
}

/// What stands before the rank of a level that no letter names: `#3`.
pub(super) const RANK: char = '#';

fn narrowed(text: &str) -> String {
    text.trim().chars().map(narrow).collect()
}

/// Hours or credits in halves: `48`, `1.5`, `1,5`, `2,688`, `48 h`, `48学时`.
/// In brackets: given, but not counted.
pub(super) fn halves(text: &str) -> Option<(i64, bool)> {
    let text = narrowed(text);
    let inner = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    let counted = inner.is_none();
    let text = inner.unwrap_or(&text).trim();
    let digits = text
        .trim_end_matches(|letter: char| !letter.is_ascii_digit())
        .trim();
    let unit = text[digits.len()..].trim().to_lowercase();
    let known = [
        "",
        "h",
        "std",
        "std.",
        "ustd",
        "ustd.",
        "stunden",
        "unterrichtsstunden",
        "unterrichtsstunde",
        "ue",
        "hours",
        "hrs",
        "学时",
        "课时",
        "学分",
        "节",
        "cr",
        "credits",
    ];
    if !known.contains(&unit.as_str()) {
        return None;
    }
    let number: weft_model::Hours = plain_number(digits).parse().ok()?;
    (number.halves() >= 0).then(|| (number.halves(), counted))
}

/// A number without the signs between its thousands. Three digits behind a
/// sign are thousands; of two different signs the last is the decimal one.
fn plain_number(digits: &str) -> String {
    const SIGNS: [char; 4] = [',', '.', '\'', ' '];
    let grouped = |text: &str| {
        let groups: Vec<&str> = text.split(SIGNS).collect();
        let first = (1..=3).contains(&groups[0].len());
        groups.len() > 1 && first && groups[1..].iter().all(|group| group.len() == 3)
    };
    let join = |text: &str| text.replace(SIGNS, "");
    if grouped(digits) {
        return join(digits);
    }
    match digits.rsplit_once(['.', ',']) {
        Some((whole, fraction)) if grouped(whole) => format!("{}.{fraction}", join(whole)),
        _ => digits.to_owned(),
    }
}

/// A whole number, with or without a unit.
pub(super) fn whole(text: &str) -> Option<i64> {
    let text = narrowed(text);
    let bare = text.trim_end_matches(['%', '周']);
    halves(bare)
        .filter(|(number, _)| number % 2 == 0)
        .map(|(number, _)| number / 2)
}

/// Marks of a college in a teaching-progress table: what they mean, its own legend says.
const MARKS: [char; 4] = ['*', '#', '△', '▲'];

/// Whether [`stretch`] reads over something in a cell: marks, or brackets, which
/// mostly say that the course is optional.
pub(super) fn is_marked(text: &str) -> bool {
    let text = narrowed(text);
    text.contains(MARKS) || text.starts_with('(') && text.ends_with(')')
}

/// One cell of a teaching-progress table. Marks of the college (`*`, `#`,
/// brackets) are read over.
pub(super) fn stretch(text: &str) -> Option<Stretch> {
    let text = narrowed(text)
        .to_lowercase()
        .replace(MARKS, "")
        .replace(' ', "");
    let inner = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    let bracketed = inner.is_some();
    let text = inner.unwrap_or(&text);
    let number = |text: &str| halves(text).map(|(number, _)| number);
    let weeks_of = |text: &str| {
        let digits = text.strip_suffix(['w', '周']).unwrap_or(text);
        digits
            .parse::<i64>()
            .ok()
            .filter(|weeks| (1..=60).contains(weeks))
    };
    if let Some(rest) = text.strip_prefix(['☆', '★']) {
        let hours = if rest.is_empty() {
            None
        } else {
            Some(number(rest)?)
        };
        return Some(Stretch::Lectures { hours });
    }
    if let Some((hours, weeks)) = text.split_once(['/', '×', 'x']) {
        return Some(Stretch::Weekly {
            hours: number(hours)?,
            weeks: Some(weeks_of(weeks)?),
        });
    }
    if let Some((weeks, hours)) = text.split_once('@') {
        return Some(Stretch::Whole {
            weeks: weeks_of(weeks)?,
            hours: Some(number(hours)?),
        });
    }
    if text.ends_with(['w', '周']) {
        return Some(Stretch::Whole {
            weeks: weeks_of(text)?,
            hours: None,
        });
    }
    if let Some(hours) = text.strip_suffix('h') {
        return Some(Stretch::Lectures {
            hours: Some(number(hours)?),
        });
    }
    let hours = number(text)?;
    match hours {
        1..=80 => Some(Stretch::Weekly { hours, weeks: None }),
        // `(108)`: more than a week has, so those of the whole term.
        81.. if bracketed => Some(Stretch::Lectures { hours: Some(hours) }),
        _ => None,
    }
}

/// `T1:3/16W;T2:2W` as terms and what stands behind each.
pub(super) fn progress(text: &str) -> impl Iterator<Item = (String, &str)> {
    text.split([';', '；', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (term, cell) = part.split_once([':', '：']).unwrap_or((part, ""));
            (term.trim().to_owned(), cell.trim())
        })
}

/// A list of codes or names.
pub(super) fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '；', '、', ',', '，', '|', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// A range of weeks: `3-10`, `3–10`, `5`.
pub(super) fn weeks(text: &str) -> Option<(i64, i64)> {
    let text = narrowed(text);
    let text = text.trim_end_matches(['w', 'W', '周']);
    let (first, last) = text
        .split_once(['-', '–', '—', '~', '至'])
        .unwrap_or((text, text));
    let number = |text: &str| {
        text.trim()
            .trim_end_matches(['w', 'W', '周'])
            .parse::<i64>()
            .ok()
    };
    let (first, last) = (number(first)?, number(last)?);
    (first >= 1 && last >= first && last <= 60).then_some((first, last))
}

/// A day in the ways that offices write it, as ISO: `2026/9/7`, `07.09.2026`,
/// `2026年9月7日`. What is no day comes back as it was.
pub(super) fn day(text: &str) -> String {
    let text = narrowed(text);
    let parts: Vec<&str> = text
        .split(['-', '/', '.', '年', '月', '日'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 4);
    if let [a, b, c] = parts.as_slice()
        && let (Some(first), Some(month), Some(last)) = (number(a), number(b), number(c))
    {
        let (year, day) = if a.len() == 4 {
            (first, last)
        } else {
            (last, first)
        };
        return format!("{year:04}-{month:02}-{day:02}");
    }
    text
}

/// `增材制造（二选一）`, `Additive manufacturing (choose 1 of 2)`: the title without
/// its mark, the mark, and how many of the pool must be taken.
pub(super) fn pool_mark(title: &str) -> Option<(String, String, i64)> {
    let open = title.rfind(['（', '('])?;
    let (head, tail) = title.split_at(open);
    let mark: String = tail
        .trim()
        .trim_start_matches(['（', '('])
        .trim_end_matches(['）', ')'])
        .to_owned();
    let english = mark.to_lowercase();
    let english = english.strip_prefix("choose ");
    let english = english.and_then(|rest| rest.split_once(" of "));
    let (members, take) = match &english {
        Some((take, members)) => (*members, *take),
        None => mark.split_once('选')?,
    };
    super::words::small_number(members)?;
    let take = super::words::small_number(take)?;
    Some((head.trim().to_owned(), mark.clone(), i64::from(take)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn hours_are_read_as_offices_write_them() {
        for (text, wanted) in [
            ("48", (96, true)),
            ("（108）", (216, false)),
            ("157.0", (314, true)),
            ("3,5", (7, true)),
            ("2,688", (5376, true)),
            ("1.020", (2040, true)),
            ("1.160,5", (2321, true)),
            ("1,160.5", (2321, true)),
            ("48 学时", (96, true)),
            ("8h", (16, true)),
            ("64节", (128, true)),
            ("80 Unterrichtsstunden", (160, true)),
        ] {
            assert_eq!(halves(text), Some(wanted), "{text}");
        }
        for text in [
            "",
            "-5",
            "abc",
            "1/2",
            "48 Wochen",
            "24周",
            "()",
            "ä",
            "1.25",
        ] {
            assert_eq!(halves(text), None, "{text}");
        }
    }

    #[test]
    fn cells_of_a_progress_table_are_read() {
        let weekly = |hours, weeks| Some(Stretch::Weekly { hours, weeks });
        assert_eq!(stretch("4/16W"), weekly(8, Some(16)));
        assert_eq!(stretch("2.5/16"), weekly(5, Some(16)));
        assert_eq!(stretch("4"), weekly(8, None));
        assert_eq!(stretch("(2/8W)#"), stretch("2/8w"));
        assert_eq!(
            stretch("2W"),
            Some(Stretch::Whole {
                weeks: 2,
                hours: None
            })
        );
        assert_eq!(
            stretch("18周"),
            Some(Stretch::Whole {
                weeks: 18,
                hours: None
            })
        );
        assert_eq!(
            stretch("2W@24"),
            Some(Stretch::Whole {
                weeks: 2,
                hours: Some(48)
            })
        );
        assert_eq!(stretch("☆"), Some(Stretch::Lectures { hours: None }));
        assert_eq!(stretch("（108）"), stretch("108h"));
        assert_eq!(stretch("(4)"), weekly(8, None));
        assert_eq!(stretch("8h"), Some(Stretch::Lectures { hours: Some(16) }));
        for text in ["", "see note", "4/99W", "W", "/", "@", "400"] {
            assert_eq!(stretch(text), None, "{text}");
        }
    }

    #[test]
    fn a_pool_is_told_from_another_bracket() {
        assert_eq!(
            pool_mark("增材制造（二选一）"),
            Some(("增材制造".into(), "二选一".into(), 1))
        );
        assert_eq!(
            pool_mark("Additive manufacturing (choose 1 of 2)"),
            Some(("Additive manufacturing".into(), "choose 1 of 2".into(), 1))
        );
        assert_eq!(pool_mark("综合实训（校中厂）"), None);
        assert_eq!(pool_mark("Robots (choose freely)"), None);
    }
}
