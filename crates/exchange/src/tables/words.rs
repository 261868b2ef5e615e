//! Words of the field in three languages: choices, sums, remarks, numbers.
//! All are compared after [`plain`].

use weft_model::Lang;

/// Letters and digits only, small, full-width ones as their narrow twins.
pub(crate) fn plain(text: &str) -> String {
    let narrow = text.chars().map(narrow);
    narrow
        .flat_map(char::to_lowercase)
        .filter(|letter| letter.is_alphanumeric() || *letter == '%')
        .collect()
}

/// A name as it is compared: small, narrow, single spaces. Signs stay: `C++`
/// is not `C`, and `P-1.11` is not `P-11.1`.
pub(super) fn same(text: &str) -> String {
    let narrow: String = text
        .chars()
        .map(narrow)
        .flat_map(char::to_lowercase)
        .collect();
    narrow.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A full-width letter or sign as its narrow twin.
pub(super) fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        '\u{3000}' | '\u{a0}' => ' ',
        _ => letter,
    }
}

/// Whether a text has Chinese letters.
pub(crate) fn is_chinese(text: &str) -> bool {
    text.chars()
        .any(|letter| matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'))
}

/// The language that most texts are in, by letters and frequent small words.
pub(super) fn language<'a>(texts: impl Iterator<Item = &'a str>) -> Lang {
    const GERMAN: &[&str] = &[
        "und", "der", "die", "das", "von", "eines", "mit", "für", "einer", "zum", "im", "des",
    ];
    const ENGLISH: &[&str] = &["and", "the", "of", "with", "for", "to", "in", "an", "on"];
    let (mut chinese, mut german, mut english) = (0, 0, 0);
    for text in texts {
        if is_chinese(text) {
            chinese += 1;
            continue;
        }
        let small = text.to_lowercase();
        german += usize::from(small.contains(['ä', 'ö', 'ü', 'ß']));
        for word in small.split_whitespace() {
            german += usize::from(GERMAN.contains(&word));
            english += usize::from(ENGLISH.contains(&word));
        }
    }
    if german > english {
        Lang::de()
    } else if english == 0 && chinese > 0 {
        Lang::zh()
    } else {
        Lang::en()
    }
}

/// Ids of choices with the words that also mean them, parted by `|`.
#[rustfmt::skip]
const CHOICES: &[(&str, &str)] = &[
    ("required", "必修|必修课|compulsory|mandatory|pflicht|pflichtfach|core"),
    ("restricted", "限选|限定选修|限选课|restricted elective|wahlpflicht|wahlpflichtfach"),
    ("free", "任选|选修|公选|任选课|选修课|任意选修|free elective|elective|optional|wahl|wahlfach"),
    ("a", "a类|纯理论|理论课|theory|a: theory|a：纯理论"),
    ("b", "b类|理论+实践|理实一体|理论实践|theory and practice|b: theory and practice|b：理论+实践"),
    ("c", "c类|纯实践|实践课|practice only|c: practice|c：纯实践"),
    ("exam", "考试|考试课|examination|prüfung|klausur"),
    ("check", "考查|考查课|assessment|leistungsnachweis"),
    ("face", "线下|面授|face to face|präsenz|classroom teaching"),
    ("online", "线上|网络|在线"),
    ("blended", "混合|线上线下混合|hybrid|gemischt"),
    ("hours", "按学时|学时|by hours|stunden"),
    ("weeks", "按周|周|by weeks|wochen|周数"),
    ("fixed", "固定|fest"),
    ("professional", "p|职业能力|专业能力|职业技能|professional competency|fachkompetenz"),
    ("general", "g|通用能力|通用|general competency"),
    ("social", "s|社会能力|social competency|sozialkompetenz"),
    ("development", "d|发展能力|发展岗位|development competency|development job"),
    ("initial", "初始岗位|initial job"),
    ("knowledge", "k|知识|知识要求|kenntnisse|wissen"),
    ("skill", "技能|fertigkeit|fertigkeiten|skills|skill/competence"),
    ("behaviour", "b|behavior|behaviours|行为"),
    ("quality", "素质|素养|素质要求|haltung"),
    ("ability", "能力|能力要求|fähigkeit"),
    ("school", "学校|校内|院校|高职院校|college|schule|berufsschule|training provider"),
    ("enterprise", "企业|公司|校外|company|employer|betrieb|unternehmen|enterprise licence|企业证书|workplace"),
    ("training_centre", "培训中心|实训中心|überbetriebliche ausbildungsstätte|training center"),
    ("industry_body", "行业协会|行业组织|kammer|chamber"),
    ("assessment_body", "评价机构|认定机构|prüfungsausschuss|awarding body"),
    ("third", "第三方|基地|third place|dritter ort"),
    ("lead", "负责人|专业带头人|leiter|programme lead"),
    ("teacher", "教师|学校教师|校内教师|lehrer|lehrkraft|school teacher"),
    ("mentor", "导师|企业导师|师傅|ausbilder|trainer|enterprise mentor"),
    ("expert", "专家|企业专家|experte|enterprise expert"),
    ("officer", "教务|管理人员|verwaltung|academic office|教务人员"),
    ("committee", "委员会|专业建设委员会"),
    ("vocational_skill_level", "职业技能等级证书|vocational skill level|职业技能等级"),
    ("one_plus_x", "1+x|1+x证书|x证书|1+x certificate"),
    ("qualification", "职业资格|职业资格证书|abschluss"),
    ("open", "有效|开放|offen"),
    ("closed", "已停|停止|geschlossen"),
    ("classroom", "教室|多媒体教室|lecture room|klassenraum"),
    ("laboratory", "实验室|实训室|机房|labor|lab"),
    ("workshop", "车间|实训车间|werkstatt"),
    ("production_line", "产线|生产线|校中厂|fertigungslinie"),
    ("sports", "体育|体育场馆|sporthalle|sports ground|运动场馆"),
    ("workplace", "岗位|工作现场|arbeitsplatz"),
    ("public_basic", "公共基础课|公共基础课程|公共课|公共必修课|公共基础|general education"),
    ("professional_basic", "专业基础课|专业基础课程|专业基础"),
    ("professional_core", "专业核心课|专业核心课程|专业核心"),
    ("professional_extension", "专业拓展课|专业拓展课程|专业拓展|专业选修课|拓展课|extension"),
    ("practice", "实践性教学环节|实践教学环节|集中实践|实践环节|practical block|praktikum"),
    ("learning_field", "学习领域|lernfeld|lernfelder"),
    ("on_the_job", "on the job|on-the-job training|岗位培养"),
    ("off_the_job", "off the job|off-the-job training"),
    ("both", "双方|共同|beide|school and enterprise"),
    ("high", "h|强|高|hoch"),
    ("medium", "m|中|mittel"),
    ("low", "l|弱|低|niedrig"),
    ("research", "研究机构|科研院所"),
    ("authority", "主管部门|教育行政部门"),
    ("other", "其他|其它|sonstige|andere"),
    ("higher_vocational", "高等职业教育|高职"),
    ("secondary_vocational", "中等职业教育|中职"),
    ("dual_system", "双元制|duales system"),
    ("apprenticeship", "学徒制|现代学徒制|lehre"),
    ("draft", "草案|entwurf"),
    ("review", "论证中|in review|in prüfung"),
    ("agreed", "已议定|vereinbart"),
    ("frozen", "已定稿|festgeschrieben"),
    ("role", "岗位|job role|rolle"),
    ("task", "典型工作任务|typical work task|arbeitsaufgabe"),
    ("content", "工作内容|work content|arbeitsinhalt"),
    ("competency", "能力|kompetenz"),
    ("development", "later in the career|发展岗位"),
    ("on_the_job", "在岗学习"),
    ("off_the_job", "脱产学习"),
    ("weekly", "每周|wöchentlich"),
    ("whole_weeks", "整周|ganze wochen"),
    ("lectures", "讲座|vorträge"),
    ("formative", "过程性考核|过程性评价"),
    ("summative", "终结性考核|终结性评价"),
    ("practical", "实操|praktische prüfung"),
    ("project", "项目|projekt"),
    ("portfolio", "作品集|mappe"),
    ("oral", "口试|mündlich"),
    ("ordinary", "普通|普通班"),
    ("order_class", "订单班"),
    ("direction", "专业方向|fachrichtung"),
    ("school_selected", "学校招生|school|schule"),
    ("enterprise_recruited", "企业招工|enterprise|betrieb"),
    ("closed", "停用"),
    ("line", "引企入校|enterprise line in the school"),
    ("rotation", "工学交替|work-study rotation"),
    ("work_and_class", "半工半读|work and evening class"),
    ("interaction", "校企互动|school-enterprise interaction"),
    ("order", "订单培养|order-based training|订单|an order"),
    ("hard", "必须|must|muss"),
    ("soft", "建议|should|soll"),
    ("info", "提示|information"),
    ("whole", "整个方案|整个计划|the whole plan"),
    ("modules", "部分课程|some modules"),
];

/// The choice that a word means. `职业能力（P）` is 职业能力.
pub(crate) fn choice(ids: &'static [&'static str], text: &str) -> Option<&'static str> {
    meant(ids, text).or_else(|| {
        let text = text.trim();
        let bare = text.strip_suffix([')', '）'])?;
        meant(ids, bare.get(..bare.rfind(['(', '（'])?)?)
    })
}

fn meant(ids: &'static [&'static str], text: &str) -> Option<&'static str> {
    let word = plain(text);
    let exact = ids.iter().find(|id| plain(id) == word);
    exact.copied().or_else(|| {
        let known = CHOICES.iter().filter(|(id, _)| ids.contains(id));
        let mut meaning =
            known.filter(|(_, words)| words.split('|').any(|known| plain(known) == word));
        meaning.next().map(|(id, _)| *id)
    })
}

/// Yes or no.
pub(crate) fn yes(text: &str) -> Option<bool> {
    match plain(text).as_str() {
        "yes" | "y" | "true" | "1" | "x" | "ja" | "j" | "是" | "有" | "√" | "对" => Some(true),
        "no" | "n" | "false" | "0" | "nein" | "否" | "无" | "没有" => Some(false),
        _ if matches!(text.trim(), "√" | "✓" | "✔" | "☑" | "●" | "○" | "★") => {
            Some(true)
        }
        _ => None,
    }
}

/// A row that sums up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SumWord {
    /// Of the rows since the last one.
    Sub,
    /// Of all rows.
    Total,
}

/// Whether a cell says that its row is a sum.
pub(super) fn sum_word(text: &str) -> Option<SumWord> {
    let word = plain(text);
    const SUB: &[&str] = &["小计", "subtotal", "zwischensumme", "分计"];
    const TOTAL: &[&str] = &[
        "合计",
        "总计",
        "总学时合计",
        "共计",
        "total",
        "grandtotal",
        "sum",
        "summe",
        "gesamt",
        "gesamtsumme",
        "insgesamt",
        "totals",
    ];
    if SUB.contains(&word.as_str()) || word.ends_with("小计") || word.starts_with("zwischensumme")
    {
        Some(SumWord::Sub)
    } else if TOTAL.contains(&word.as_str()) || word.ends_with("合计") || word.ends_with("总计")
    {
        Some(SumWord::Total)
    } else {
        None
    }
}

/// Whether a text is a remark at the foot of a table.
pub(super) fn is_remark(text: &str) -> bool {
    let small = text.trim().to_lowercase();
    let starts = [
        "备注",
        "注：",
        "注:",
        "说明",
        "note:",
        "notes:",
        "remark",
        "anmerkung",
        "hinweis",
        "fußnote",
        "quelle:",
        "source:",
    ];
    // A mark that other cells refer to, and what it means: `* Zeitrichtwerte in …`.
    let behind = small.trim_start_matches(['*', '†', '‡', '¹', '²', '³', '#', '※']);
    let footnote = behind.len() < small.len() && behind.chars().count() > 12;
    footnote || starts.iter().any(|start| small.starts_with(start))
}

/// A small number in Chinese or Arabic digits: 六 is 6, 十二 is 12.
pub(super) fn small_number(text: &str) -> Option<u8> {
    if let Ok(number) = text.parse::<u8>() {
        return (1..=20).contains(&number).then_some(number);
    }
    const DIGITS: &str = "一二三四五六七八九";
    let digit = |letter: char| {
        DIGITS
            .chars()
            .position(|known| known == letter)
            .map(|at| at as u8 + 1)
    };
    let letters: Vec<char> = text.chars().collect();
    match letters.as_slice() {
        ['十'] => Some(10),
        ['十', ones] => digit(*ones).map(|ones| 10 + ones),
        [one] => digit(*one),
        _ => None,
    }
}

/// The number of a term or year in words such as `第一学期`, `T1`, `Semester 2`,
/// `1. Ausbildungsjahr`, `Year 1`. The words are what must stand beside it.
pub(super) fn numbered(text: &str, words: &[&str]) -> Option<u8> {
    let word = plain(text);
    words.iter().find_map(|known| {
        let known = plain(known);
        let rest = word
            .strip_prefix(&known)
            .or_else(|| word.strip_suffix(&known))?;
        let rest = rest.strip_prefix('第').unwrap_or(rest);
        small_number(rest)
    })
}

/// The term that a head or a code names.
pub(super) fn term_number(text: &str) -> Option<u8> {
    numbered(
        text,
        &["学期", "term", "semester", "sem", "halbjahr", "t", "s"],
    )
}

/// `16周`, `16 weeks`, `16W`: nothing but how many weeks a term has.
pub(super) fn weeks_alone(cell: &str) -> Option<u8> {
    weeks(cell).filter(|weeks| *weeks > 0)
}

/// The same, with no weeks at all: a term that is spent elsewhere.
fn weeks(cell: &str) -> Option<u8> {
    let word = plain(cell);
    let units = ["周", "weeks", "wochen", "w"];
    let number = units.iter().find_map(|unit| word.strip_suffix(unit))?;
    number.parse().ok().filter(|weeks| *weeks <= 40)
}

/// A term's head without the weeks that stand with it: `1（16周）`, `第一学期 18周`.
pub(super) fn without_weeks(cell: &str) -> (String, Option<u8>) {
    let narrowed: String = cell.trim().chars().map(narrow).collect();
    let trimmed = narrowed.trim_end_matches([')', ']']);
    let parted = trimmed.rsplit_once(|sign: char| sign.is_whitespace() || "([".contains(sign));
    match parted.map(|(name, tail)| (name, weeks(tail))) {
        Some((name, Some(weeks))) => (name.to_owned(), Some(weeks).filter(|it| *it > 0)),
        _ => (cell.to_owned(), None),
    }
}

/// The school year that a period names.
pub(super) fn year_number(text: &str) -> Option<u8> {
    numbered(
        text,
        &[
            "ausbildungsjahr",
            "lehrjahr",
            "schuljahr",
            "year",
            "学年",
            "jahr",
        ],
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::tables::export::UNCARRIED;
    use std::collections::BTreeMap;
    use weft_model::{Kind, Shape};

    #[test]
    fn every_choice_that_a_workbook_shows_is_read_back() {
        let mut wrong = Vec::new();
        for tag in ["en", "zh-CN"] {
            let path = format!("{}/../../locales/{tag}.json", env!("CARGO_MANIFEST_DIR"));
            let texts: BTreeMap<String, String> =
                serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
            let find = |key: &str| texts.get(key).cloned();
            let lang = Lang::en();
            let words = crate::Words::new(&find, &lang);
            let kinds = Kind::ALL.iter().filter(|kind| !UNCARRIED.contains(kind));
            for field in kinds.flat_map(|kind| kind.all_fields()) {
                let shape = match field.shape() {
                    Shape::Map(_, inner) => *inner,
                    shape => shape,
                };
                let Shape::Choice(ids) = shape else {
                    continue;
                };
                for id in ids {
                    let shown = words.choice(field, id);
                    if choice(ids, &shown) != Some(id) {
                        wrong.push(format!("{tag} {field:?} {id} {shown}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
