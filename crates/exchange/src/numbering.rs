//! The numbers of chapters: `一、` before a Chinese title, `1` before others, as offices
//! expect them. A title that has a number keeps its own.

use weft_model::{Lang, Plan, Section};

const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// The key of the chapter that a programme may do without.
const APPENDIX: &str = "appendix";

/// The chapters of a plan in their order, each with its title and number. An appendix
/// that holds nothing is left out; another chapter without words is a gap to be seen.
pub fn numbered_chapters<'p>(
    plan: &'p Plan,
    lang: &'p Lang,
) -> impl Iterator<Item = (String, &'p Section)> {
    let said = |section: &&Section| section.key != APPENDIX || !section.body.show(lang).is_empty();
    let sections = (1..).zip(plan.sections.iter().filter(said));
    sections.map(|(number, section)| (numbered(lang, number, section.title.show(lang)), section))
}

/// A chapter's title with its number, which counts from 1.
fn numbered(lang: &Lang, number: usize, title: &str) -> String {
    if is_numbered(title) {
        title.to_owned()
    } else if *lang == Lang::zh() {
        format!("{}、{title}", chinese(number))
    } else {
        format!("{number} {title}")
    }
}

/// Whether a title says its number itself: `1.`, `一、`, `（二）`, `第三章`.
fn is_numbered(title: &str) -> bool {
    let title = title.trim_start();
    let numeral = |sign: char| sign == '十' || DIGITS.iter().any(|it| it.starts_with(sign));
    let mut signs = title.chars();
    match signs.next() {
        None => true,
        Some('(' | '（' | '第') => signs
            .next()
            .is_some_and(|it| numeral(it) || it.is_ascii_digit()),
        Some(first) if numeral(first) => {
            let rest = title.trim_start_matches(numeral);
            rest.starts_with(['、', '.', '．', ' '])
        }
        Some(first) => first.is_ascii_digit(),
    }
}

/// A number below a hundred in Chinese: 十, 十一, 二十, 二十一.
fn chinese(number: usize) -> String {
    let [tens, ones] = [number / 10, number % 10].map(|it| DIGITS.get(it).copied());
    match (tens, ones) {
        (Some(""), Some(ones)) => ones.to_owned(),
        (Some("一"), Some(ones)) => format!("十{ones}"),
        (Some(tens), Some(ones)) => format!("{tens}十{ones}"),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_are_numbered_once() {
        let zh = |number, title| numbered(&Lang::zh(), number, title);
        for (number, told) in [
            (1, "一、培养目标"),
            (10, "十、培养目标"),
            (11, "十一、培养目标"),
            (20, "二十、培养目标"),
            (35, "三十五、培养目标"),
            (120, "120、培养目标"),
        ] {
            assert_eq!(zh(number, "培养目标"), told);
        }
        assert_eq!(numbered(&Lang::en(), 2, "Admission"), "2 Admission");
        for own in [
            "一、培养目标",
            "1. Aims",
            "（二）目标",
            "第三章 目标",
            "十二、附则",
        ] {
            assert_eq!(zh(4, own), own);
        }
        // A word that begins with a numeral is no number.
        assert_eq!(zh(4, "一体化教学"), "四、一体化教学");
    }
}
