//! Texts that people write, in as many languages as they care to.

use core::fmt;
use std::collections::BTreeMap;

/// The longest language tag.
const TAG: usize = 16;

/// A language tag such as `en`, `zh-CN` or `de`: 2 to 16 letters, digits and
/// hyphens.
// Kept within itself, with zeros behind it: each text of a plan has one, and to ask for
// memory for it takes longer than all else about it.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang([u8; TAG]);

impl Lang {
    /// Reads a tag; refuses anything that could not be one.
    pub fn new(tag: &str) -> Option<Self> {
        let fits = (2..=TAG).contains(&tag.len())
            && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && tag.as_bytes()[0].is_ascii_alphabetic();
        fits.then(|| Self::of(tag))
    }

    /// A tag that is known to be one.
    fn of(tag: &str) -> Self {
        let mut bytes = [0; TAG];
        for (place, byte) in bytes.iter_mut().zip(tag.bytes()) {
            *place = byte;
        }
        Self(bytes)
    }

    /// English.
    pub fn en() -> Self {
        Self::of("en")
    }

    /// Simplified Chinese.
    pub fn zh() -> Self {
        Self::of("zh-CN")
    }

    /// German.
    pub fn de() -> Self {
        Self::of("de")
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(TAG);
        // It was text when it came.
        core::str::from_utf8(&self.0[..end]).unwrap_or_default()
    }

    /// What stands before the first hyphen: `zh` of `zh-CN`.
    fn family(&self) -> &str {
        self.as_str().split('-').next().unwrap_or_default()
    }
}

#[cfg(feature = "serde")]
impl TryFrom<String> for Lang {
    type Error = &'static str;

    fn try_from(tag: String) -> Result<Self, Self::Error> {
        Self::new(&tag).ok_or("no language tag")
    }
}

#[cfg(feature = "serde")]
impl From<Lang> for String {
    fn from(lang: Lang) -> Self {
        lang.as_str().to_owned()
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One text in several languages. A language with an empty text is the same as
/// a language without one.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Text(BTreeMap<Lang, String>);

impl Text {
    /// A text in one language.
    pub fn one(lang: Lang, text: impl Into<String>) -> Self {
        let mut all = Self::default();
        all.set(lang, text.into());
        all
    }

    /// The text in exactly this language; empty if there is none.
    pub fn get(&self, lang: &Lang) -> &str {
        self.0.get(lang).map_or("", String::as_str)
    }

    /// The text to show to a reader of `lang`: that language, else one of the
    /// same family (`zh` for `zh-CN`), else English, else the first there is.
    pub fn show(&self, lang: &Lang) -> &str {
        self.shown_lang(lang).map_or("", |found| self.get(found))
    }

    /// The language that `show` takes; nothing when no text is there at all.
    pub fn shown_lang(&self, lang: &Lang) -> Option<&Lang> {
        let of = |family: &str| {
            let mut tags = self.0.keys();
            tags.find(|tag| tag.family().eq_ignore_ascii_case(family))
        };
        let known = self.0.get_key_value(lang).map(|(tag, _)| tag);
        known
            .or_else(|| of(lang.family()))
            .or_else(|| of("en"))
            .or_else(|| self.0.keys().next())
    }

    /// Writes the text of one language; an empty one is taken out.
    pub fn set(&mut self, lang: Lang, text: String) {
        if text.is_empty() {
            self.0.remove(&lang);
        } else {
            self.0.insert(lang, text);
        }
    }

    /// All languages with a text, in the order of their tags.
    pub fn iter(&self) -> impl Iterator<Item = (&Lang, &str)> {
        self.0.iter().map(|(lang, text)| (lang, text.as_str()))
    }

    /// True when no language has a text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// One stretch of a text replaced by another. Positions count Unicode scalar
/// values, not bytes.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    /// Where the stretch begins.
    pub at: usize,
    /// How many characters go.
    pub delete: usize,
    /// What comes in their place.
    pub insert: String,
}

impl Splice {
    /// The smallest single replacement that turns `old` into `new`; nothing
    /// when they are equal.
    pub fn between(old: &str, new: &str) -> Option<Self> {
        if old == new {
            return None;
        }
        let old: Vec<char> = old.chars().collect();
        let new: Vec<char> = new.chars().collect();
        let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let most = old.len().min(new.len()) - head;
        let tail = (old.iter().rev().zip(new.iter().rev()))
            .take(most)
            .take_while(|(a, b)| a == b)
            .count();
        Some(Self {
            at: head,
            delete: old.len() - head - tail,
            insert: new[head..new.len() - tail].iter().collect(),
        })
    }

    /// The text after the replacement; nothing when it reaches past the end.
    pub fn apply(&self, text: &str) -> Option<String> {
        let chars: Vec<char> = text.chars().collect();
        let end = self.at.checked_add(self.delete)?;
        if end > chars.len() {
            return None;
        }
        let mut out: String = chars[..self.at].iter().collect();
        out.push_str(&self.insert);
        out.extend(&chars[end..]);
        Some(out)
    }
}

/// What two have made of one text at the same time, together: neither loses what
/// they wrote. Where both replaced the same stretch, both replacements stand there.
pub fn merged(base: &str, mine: &str, theirs: &str) -> String {
    let (Some(a), Some(b)) = (Splice::between(base, mine), Splice::between(base, theirs)) else {
        return if mine == base { theirs } else { mine }.to_owned();
    };
    if mine == theirs {
        return mine.to_owned();
    }
    let (first, second) = if (b.at, b.at + b.delete) < (a.at, a.at + a.delete) {
        (b, a)
    } else {
        (a, b)
    };
    let chars: Vec<char> = base.chars().collect();
    let part = |from: usize, to: usize| chars.get(from..to).unwrap_or_default().iter();
    let end = first.at + first.delete;
    let mut out: String = part(0, first.at).collect();
    out.push_str(&first.insert);
    // Nothing where the two reach into each other.
    out.extend(part(end, second.at));
    out.push_str(&second.insert);
    out.extend(part(end.max(second.at + second.delete), chars.len()));
    out
}

/// Where a place of the old text lies in the new one, counted in UTF-16 units as
/// browsers count them.
pub fn carried_along(old: &str, new: &str, at: usize) -> usize {
    let Some(splice) = Splice::between(old, new) else {
        return at;
    };
    let mut units = 0;
    let place = old.chars().take_while(|it| {
        units += it.len_utf16();
        units <= at
    });
    let place = place.count();
    let comes = splice.insert.chars().count();
    let moved = if place <= splice.at {
        place
    } else if place >= splice.at + splice.delete {
        place + comes - splice.delete
    } else {
        splice.at + comes
    };
    new.chars().take(moved).map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_reader_gets_the_nearest_language() {
        let mut text = Text::one(Lang::zh(), "车削");
        assert_eq!(text.show(&Lang::en()), "车削");
        text.set(Lang::de(), "Drehen".into());
        text.set(Lang::en(), "Turning".into());
        assert_eq!(text.show(&Lang::new("fr").unwrap()), "Turning");
        assert_eq!(text.show(&Lang::new("zh").unwrap()), "车削");
        text.set(Lang::en(), String::new());
        assert_eq!(text.iter().count(), 2);
    }

    #[test]
    fn a_tag_reads_as_it_was_written_and_is_ordered_by_its_letters() {
        let tags = ["de", "en", "en-GB", "zh", "zh-CN", "zh-Hant-TW-x-abc"];
        let langs: Vec<Lang> = tags.iter().map(|tag| Lang::new(tag).unwrap()).collect();
        let read: Vec<&str> = langs.iter().map(Lang::as_str).collect();
        assert_eq!(read, tags);
        assert!(langs.is_sorted());
        for odd in ["", "d", "1a", "de_DE", "德语", "zh-Hant-TW-x-abcd", "e\0"] {
            assert_eq!(Lang::new(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_splice_turns_the_old_text_into_the_new_one() {
        for (old, new) in [
            ("", "a"),
            ("aaa", "aa"),
            ("能操作数控车床", "能操作三轴数控车床"),
            ("abc", ""),
            ("banana", "bananana"),
            ("x😀y", "x😁y"),
        ] {
            let splice = Splice::between(old, new).unwrap();
            assert_eq!(splice.apply(old).unwrap(), new);
        }
        assert_eq!(Splice::between("same", "same"), None);
    }

    #[test]
    fn two_who_write_into_one_text_lose_nothing() {
        let base = "Turn parts";
        for (mine, theirs, both) in [
            ("Turn parts", "Mill parts", "Mill parts"),
            ("Turn long parts", "Turn parts", "Turn long parts"),
            (
                "Turn long parts",
                "Turn parts alone",
                "Turn long parts alone",
            ),
            (
                "Turn parts alone",
                "Also turn parts",
                "Also turn parts alone",
            ),
            ("Turn big parts", "Turn old parts", "Turn big old parts"),
            ("Turn parts", "", ""),
            ("Turn parts!", "", "!"),
            ("Turn parts", "Turn parts", "Turn parts"),
            ("Turns", "Turns", "Turns"),
        ] {
            assert_eq!(merged(base, mine, theirs), both, "{mine} + {theirs}");
        }
        assert_eq!(
            merged("车削零件", "车削轴类零件", "数控车削零件"),
            "数控车削轴类零件"
        );
    }

    #[test]
    fn a_caret_stays_between_the_same_letters() {
        assert_eq!(carried_along("ab", "xxab", 1), 3);
        assert_eq!(carried_along("ab", "abxx", 1), 1);
        assert_eq!(carried_along("abcdef", "af", 3), 1);
        assert_eq!(carried_along("😀ab", "x😀ab", 2), 3);
        assert_eq!(carried_along("ab", "ab", 2), 2);
        assert_eq!(carried_along("ab", "", 2), 0);
    }

    #[test]
    fn a_splice_past_the_end_is_refused() {
        let splice = Splice {
            at: 2,
            delete: 2,
            insert: String::new(),
        };
        assert_eq!(splice.apply("abc"), None);
    }
}
