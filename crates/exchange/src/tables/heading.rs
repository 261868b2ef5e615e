//! What a head says beside its name: a unit, a language, which of several choices a
//! tick below it means.

use weft_model::{Lang, field};

use super::target::Target;
use super::words::{narrow, plain, yes};

/// A head without the unit behind it: `总学时（学时）`, `Hours [h]`, `学分/分`.
pub(super) fn without_unit(cell: &str) -> Option<String> {
    let narrowed: String = cell.trim().chars().map(narrow).collect();
    let trimmed = narrowed.trim_end_matches([')', ']']);
    let (name, unit) = trimmed.rsplit_once(['(', '[', '/'])?;
    let known = [
        "h", "hrs", "hours", "std", "ustd", "stunden", "min", "学时", "课时", "小时", "节", "分",
        "学分", "周", "个", "人", "w", "weeks", "wochen", "cr", "credits", "lp", "%", "门",
    ];
    (known.contains(&plain(unit).as_str()) && !name.trim().is_empty()).then(|| name.to_owned())
}

/// A head without the mark of its language: `title_en`, `课程名称（英文）`.
pub(super) fn without_lang(cell: &str) -> (String, Option<Lang>) {
    let small: String = cell
        .chars()
        .map(narrow)
        .flat_map(char::to_lowercase)
        .collect();
    for (mark, lang) in [
        ("英文", Lang::en()),
        ("中文", Lang::zh()),
        ("德文", Lang::de()),
        ("英语", Lang::en()),
        ("德语", Lang::de()),
        ("chinese", Lang::zh()),
        ("english", Lang::en()),
        ("german", Lang::de()),
        ("deutsch", Lang::de()),
        ("englisch", Lang::en()),
    ] {
        if small.contains(mark) {
            return (small.replacen(mark, "", 1), Some(lang));
        }
    }
    let trimmed = small.trim_end_matches([')', ']']);
    for (mark, lang) in [
        ("zh-cn", Lang::zh()),
        ("zh", Lang::zh()),
        ("cn", Lang::zh()),
        ("en", Lang::en()),
        ("de", Lang::de()),
    ] {
        if let Some(rest) = trimmed.strip_suffix(mark)
            && let Some(name) = rest.strip_suffix(['_', ' ', '-', '(', '[', '@'])
        {
            return (name.to_owned(), Some(lang));
        }
    }
    // Any other two letters behind an underscore: `title_fr`.
    if let Some((name, tag)) = small.rsplit_once('_')
        && tag.len() == 2
        && tag.bytes().all(|byte| byte.is_ascii_lowercase())
    {
        return (name.to_owned(), Lang::new(tag));
    }
    (small, None)
}

/// What a column of a module is for that is ticked, and which choice a tick is: below
/// 考核方式 stand 考试 and 考查, below 课程性质 必修 and 选修.
pub(super) fn ticked(head: &str) -> Option<(Target, &'static str)> {
    let (field, id) = match head {
        "考试" => (field::module::exam, "exam"),
        "考查" => (field::module::exam, "check"),
        "必修" => (field::module::nature, "required"),
        "限选" => (field::module::nature, "restricted"),
        "选修" | "任选" => (field::module::nature, "free"),
        _ => return None,
    };
    Some((Target::Field(field), id))
}

/// Whether a cell below such a head is ticked; none: something else stands there.
pub(super) fn is_ticked(cell: &str) -> Option<bool> {
    let nothing = ["", "-", "–", "—", "/", "×", "✗", "✘"];
    if nothing.contains(&cell.trim()) {
        return Some(false);
    }
    yes(cell)
}
