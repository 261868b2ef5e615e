//! Words of the field, put together at random; and texts that test borders.

use rand::Rng;
use weft_model::Lang;

const ENGLISH: &[&str] = &[
    "turning",
    "milling",
    "assembly",
    "quality",
    "drawings",
    "safety",
    "process",
    "batch",
    "tooling",
    "logistics",
    "robot",
    "welding",
    "sensors",
    "hydraulics",
    "maintenance",
    "setup",
    "programming",
    "inspection",
    "materials",
    "customer",
    "order",
    "planning",
    "energy",
    "control",
];

const CHINESE: &[&str] = &[
    "数控车削",
    "铣削加工",
    "装配调试",
    "质量检验",
    "识读图纸",
    "安全生产",
    "工艺编制",
    "设备维护",
    "机器人编程",
    "焊接技术",
    "传感器",
    "液压气动",
    "物料管理",
    "客户沟通",
    "生产计划",
    "节能环保",
];

const GERMAN: &[&str] = &[
    "Drehen",
    "Fräsen",
    "Montage",
    "Prüfen",
    "Zeichnungen",
    "Arbeitsschutz",
    "Fertigung",
    "Instandhaltung",
    "Steuerungstechnik",
    "Werkstoffe",
    "Kundenauftrag",
    "Übergabe",
];

/// Texts that have broken programs before.
const BORDER: &[&str] = &[
    "",
    " ",
    "=1+1",
    "<b>&amp;</b>",
    "\"quoted\", with comma",
    "line\nbreak",
    "tab\tstop",
    "👩‍🔧🏭",
    "e\u{301}",
    "\u{202e}reversed",
    "𠀋𡈽",
    "0",
    "null",
    "~order",
    "title@en",
    "#note",
];

/// One word of the field.
pub(crate) fn word(lang: &Lang, rng: &mut impl Rng) -> &'static str {
    let all = match lang.as_str() {
        "zh-CN" => CHINESE,
        "de" => GERMAN,
        _ => ENGLISH,
    };
    all[rng.random_range(0..all.len())]
}

/// Some words of the field.
pub(crate) fn phrase(lang: &Lang, words: usize, rng: &mut impl Rng) -> String {
    let gap = if lang.as_str() == "zh-CN" { "" } else { " " };
    let all: Vec<&str> = (0..words).map(|_| word(lang, rng)).collect();
    all.join(gap)
}

/// Words up to exactly this many characters.
pub(crate) fn exactly(lang: &Lang, chars: usize, rng: &mut impl Rng) -> String {
    let mut text = String::new();
    let mut len = 0;
    while len < chars {
        let next = phrase(lang, 6, rng);
        len += next.chars().count() + 1;
        text.push_str(&next);
        text.push(if lang.as_str() == "zh-CN" { '，' } else { ' ' });
    }
    text.chars().take(chars).collect()
}

/// A short text: mostly words, now and then one from the border.
pub(crate) fn short(lang: &Lang, rng: &mut impl Rng) -> String {
    if rng.random_ratio(1, 8) {
        BORDER[rng.random_range(0..BORDER.len())].to_owned()
    } else {
        let words = rng.random_range(1..4);
        phrase(lang, words, rng)
    }
}

/// One of the three languages.
pub(crate) fn lang(rng: &mut impl Rng) -> Lang {
    match rng.random_range(0..3) {
        0 => Lang::zh(),
        1 => Lang::de(),
        _ => Lang::en(),
    }
}
