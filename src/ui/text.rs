//! Every visible text: found by key in the locale files, in the language of
//! the moment. Filling in values is `ui::phrase`'s, numbers are `ui::number`'s.
//!
//! `t("home.title")` is reactive text for a view or a component's prop;
//! `say("home.title")` is the text as it is now, for use inside closures (where
//! it still follows the language) and handlers.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use leptos::prelude::*;

use super::phrase;
use crate::browser::{dom, intl, prefs};

/// A language of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// All, in the order of the menu.
    pub const ALL: [Language; 2] = [Language::English, Language::Chinese];

    /// The BCP 47 tag, also the locale file's name.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Chinese => "zh-CN",
        }
    }

    /// The language's name in itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Chinese => "简体中文",
        }
    }

    fn catalogue(self) -> &'static BTreeMap<String, String> {
        static ENGLISH: OnceLock<BTreeMap<String, String>> = OnceLock::new();
        static CHINESE: OnceLock<BTreeMap<String, String>> = OnceLock::new();
        // A broken file would leave the keys on the screen; a test reads both.
        let read = || serde_json::from_str(self.file()).unwrap_or_default();
        match self {
            Language::English => ENGLISH.get_or_init(read),
            Language::Chinese => CHINESE.get_or_init(read),
        }
    }

    const fn file(self) -> &'static str {
        match self {
            Language::English => include_str!("../../locales/en.json"),
            Language::Chinese => include_str!("../../locales/zh-CN.json"),
        }
    }

    fn sentence(self, key: &str) -> &str {
        self.catalogue()
            .get(key)
            .or_else(|| Language::English.catalogue().get(key))
            .map_or("", String::as_str)
    }
}

fn signal_of_language() -> &'static ArcRwSignal<Language> {
    static LANGUAGE: OnceLock<ArcRwSignal<Language>> = OnceLock::new();
    LANGUAGE.get_or_init(|| {
        let remembered = prefs::read("language");
        let wanted = remembered
            .into_iter()
            .chain(prefs::languages())
            .find_map(|tag| {
                let tag = tag.to_lowercase();
                match tag.split('-').next() {
                    Some("zh") => Some(Language::Chinese),
                    Some("en") => Some(Language::English),
                    _ => None,
                }
            });
        ArcRwSignal::new(wanted.unwrap_or(Language::English))
    })
}

/// The language of the moment; reactive.
#[must_use]
pub fn language() -> Language {
    signal_of_language().get()
}

/// Chooses the language and remembers it.
pub fn choose_language(language: Language) {
    prefs::write("language", language.tag());
    signal_of_language().set(language);
}

/// Keeps `lang` on the root element in step. Call once, at the root.
pub fn follow_language() {
    Effect::new(|| dom::set_root_attribute("lang", language().tag()));
}

/// The text of a key; reactive where it is read. A key without a text shows
/// itself, so that it is seen.
#[must_use]
pub fn say(key: &str) -> String {
    shown(language().sentence(key), key)
}

/// The text of a key, if it has one.
#[must_use]
pub fn find(key: &str) -> Option<String> {
    let language = signal_of_language().get_untracked();
    Some(language.sentence(key).to_owned()).filter(|text| !text.is_empty())
}

/// The locale file of the moment, for what is written elsewhere in its words.
#[must_use]
pub fn locale() -> &'static str {
    signal_of_language().get_untracked().file()
}

/// The text of a key without following the language, for the last-resort
/// screen: nothing reactive can be relied on there.
#[must_use]
pub fn say_untracked(key: &str) -> String {
    let language = signal_of_language()
        .try_get_untracked()
        .unwrap_or(Language::English);
    shown(language.sentence(key), key)
}

fn shown(sentence: &str, key: &str) -> String {
    if sentence.is_empty() {
        key.to_owned()
    } else {
        sentence.to_owned()
    }
}

/// The text of a key with `{name}`s filled in.
#[must_use]
pub fn say_with(key: &str, values: &[(&str, String)]) -> String {
    phrase::fill(&say(key), values)
}

/// The text for a count: the forms stand under `key.one` and `key.other`, and
/// `{n}` is the count as the language writes it. Further values as in
/// [`say_with`].
#[must_use]
pub fn say_count(key: &str, count: f64, values: &[(&str, String)]) -> String {
    let english = language() == Language::English;
    let key = format!("{key}{}", phrase::plural_suffix(english, count));
    let mut all = vec![("n", number(count))];
    all.extend_from_slice(values);
    say_with(&key, &all)
}

/// Reactive text of a key.
#[must_use]
pub fn t(key: &'static str) -> Signal<String> {
    Signal::derive(move || say(key))
}

/// Reactive text of a key with `{name}`s filled in.
#[must_use]
pub fn t_with(key: &'static str, values: &[(&'static str, String)]) -> Signal<String> {
    let values: Arc<[(&'static str, String)]> = values.into();
    Signal::derive(move || say_with(key, &values))
}

/// Reactive text for a count, see [`say_count`].
#[must_use]
pub fn t_count(key: &'static str, count: f64, values: &[(&'static str, String)]) -> Signal<String> {
    let values: Arc<[(&'static str, String)]> = values.into();
    Signal::derive(move || say_count(key, count, &values))
}

/// A number as both languages write it, with at most two decimals.
#[must_use]
pub fn number(value: f64) -> String {
    super::number::shown(value)
}

/// A moment in milliseconds since 1970, as the language writes it.
#[must_use]
pub fn moment(millis: f64, how: intl::Moment) -> String {
    intl::moment(language().tag(), millis, how)
}

/// A calendar day from ISO text, as the language writes it.
#[must_use]
pub fn day(iso: &str) -> String {
    intl::day(language().tag(), iso)
}

/// The order of names in the language of the moment.
#[must_use]
pub fn collator() -> intl::Collator {
    intl::Collator::new(language().tag())
}

/// Names one after another, as a sentence lists them. Reactive in the language.
pub fn listed(names: &[String]) -> String {
    names.join(&say("list.comma"))
}

/// A thing and what it reads: "Hours: 40". Reactive in the language.
pub fn paired(what: String, value: String) -> String {
    say_with("list.pair", &[("what", what), ("value", value)])
}
