//! What a person reads in a written file comes from the caller, as the screen
//! has it: this crate holds keys, not sentences.

use weft_model::{Field, ItemId, Kind, Lang, Plan, Rank};

/// The texts of one language, by the keys of the locale files.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    find: &'a dyn Fn(&str) -> Option<String>,
    lang: &'a Lang,
    foot: &'a str,
}

impl<'a> Words<'a> {
    /// `find` gives the text of a key. `lang` is the language in which texts of
    /// the plan are shown first.
    pub const fn new(find: &'a dyn Fn(&str) -> Option<String>, lang: &'a Lang) -> Self {
        Self {
            find,
            lang,
            foot: "",
        }
    }

    /// The same, with what stands at the foot of every sheet of a paper beside its
    /// title and the number: by what the plan as it reads is known.
    #[must_use]
    pub const fn with_foot(mut self, foot: &'a str) -> Self {
        self.foot = foot;
        self
    }

    /// See [`Self::with_foot`]; empty: nothing.
    pub(crate) const fn foot(&self) -> &'a str {
        self.foot
    }

    /// The language.
    pub const fn lang(&self) -> &'a Lang {
        self.lang
    }

    /// The text of a key; a key without a text stands for itself, so that a gap
    /// is seen.
    pub fn say(&self, key: &str) -> String {
        (self.find)(key).unwrap_or_else(|| key.to_owned())
    }

    /// A text with values in the places of `{name}`.
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let text = self.say(key);
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        // In one pass: a value may hold what looks like a name.
        while let Some((before, tail)) = rest.split_once('{') {
            out.push_str(before);
            let named = tail.split_once('}').and_then(|(name, after)| {
                let value = values.iter().find(|(known, _)| *known == name)?;
                Some((value.1, after))
            });
            match named {
                Some((value, after)) => {
                    out.push_str(value);
                    rest = after;
                }
                None => {
                    out.push('{');
                    rest = tail;
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// The first of several keys that has a text.
    pub(crate) fn either(&self, keys: &[String]) -> Option<String> {
        keys.iter().find_map(|key| (self.find)(key))
    }

    /// What a field is called.
    pub fn field(&self, field: Field) -> String {
        let name = field.name();
        self.either(&[
            format!("plan.field.{}.{name}", field.kind().name()),
            format!("plan.field.{name}"),
        ])
        .unwrap_or_else(|| name.to_owned())
    }

    /// How one of a field's choices reads.
    pub fn choice(&self, field: Field, id: &str) -> String {
        let name = field.name();
        self.either(&[
            format!("plan.choice.{}.{name}.{id}", field.kind().name()),
            format!("plan.choice.{name}.{id}"),
        ])
        .unwrap_or_else(|| id.to_owned())
    }

    /// What several items of a kind are called.
    pub fn kinds(&self, kind: Kind) -> String {
        self.say(&format!("plan.kind.{}.other", kind.name()))
    }

    /// What one item of a kind is called.
    pub fn kind(&self, kind: Kind) -> String {
        self.say(&format!("plan.kind.{}.one", kind.name()))
    }

    /// An item by its title, else its code, else what its kind is called.
    pub fn item(&self, plan: &Plan, item: ItemId) -> String {
        let title = plan.title(item);
        let shown = title.show(self.lang);
        if !shown.is_empty() {
            return shown.to_owned();
        }
        let code = self.code(plan, item);
        if code.is_empty() {
            self.kind(item.kind)
        } else {
            code
        }
    }

    /// The code of an item; empty where it has none.
    pub fn code(&self, plan: &Plan, item: ItemId) -> String {
        let field = item.kind.field("code");
        let value = field.and_then(|field| plan.value(item, &field.key()));
        value
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Code and title, as far as there are.
    pub fn code_and_title(&self, plan: &Plan, item: ItemId) -> String {
        let (code, title) = (self.code(plan, item), self.item(plan, item));
        if code.is_empty() || code == title {
            title
        } else {
            format!("{code} {title}")
        }
    }

    /// The letter of a level of the plan's scale, else its rank.
    pub fn letter(&self, plan: &Plan, rank: Rank) -> String {
        let mut levels = plan.scale_levels.iter();
        let level = levels.find(|level| level.rank.is_some_and(|of| of.0 == i64::from(rank)));
        level
            .map(|level| level.letter.clone())
            .filter(|letter| !letter.is_empty())
            .unwrap_or_else(|| rank.to_string())
    }
}
