//! Putting an act together, item by item.

use weft_model::{
    ABOUT, Act, Choice, Command, Field, FieldKey, ItemId, Kind, Lang, PartyKind, PlaceKind, Spot,
    Subject, Uid, Value, Verb, field,
};

/// A text in English, Chinese and German; an empty one is left out.
pub type Words<'a> = (&'a str, &'a str, &'a str);

/// An act that is being put together.
pub struct Draft<'a> {
    commands: Vec<Command>,
    fresh: &'a mut dyn FnMut() -> Uid,
}

impl<'a> Draft<'a> {
    /// Nothing yet.
    pub fn new(fresh: &'a mut dyn FnMut() -> Uid) -> Self {
        Self {
            commands: Vec::new(),
            fresh,
        }
    }

    /// The act.
    pub fn act(self) -> Act {
        Act::many(Verb::Template, Subject::Plan, self.commands)
    }

    /// A new item behind its siblings.
    pub fn add(
        &mut self,
        kind: Kind,
        owner: Option<ItemId>,
        fields: Vec<(FieldKey, Value)>,
    ) -> ItemId {
        let item = ItemId {
            kind,
            uid: (self.fresh)(),
        };
        self.commands.push(Command::Add {
            item,
            owner: owner.map(|owner| owner.uid),
            spot: Spot::Last,
            fields,
        });
        item
    }

    /// A value of an item.
    pub fn set(&mut self, item: ItemId, key: FieldKey, value: impl Into<Value>) {
        self.commands.push(Command::Set {
            item,
            key,
            value: Some(value.into()),
        });
    }

    /// A text of an item.
    pub fn say(&mut self, item: ItemId, field: Field, words: Words<'_>) {
        for (key, value) in text(field, words) {
            self.set(item, key, value);
        }
    }

    /// A choice that the plan makes for itself.
    pub fn about(&mut self, field: Field, choice: impl Choice) {
        self.set(ABOUT, field.key(), choice.id());
    }

    /// The plan's languages, in order.
    pub fn about_langs(&mut self, langs: &str) {
        self.set(ABOUT, field::about::languages.key(), langs);
    }

    /// The scale, lowest level first: letter, English, Chinese.
    pub fn scale(&mut self, levels: &[(&str, &str, &str)]) {
        use field::scale_level;
        let steps = levels.len().max(2) as i64 - 1;
        for (at, (letter, english, chinese)) in levels.iter().enumerate() {
            let at = at as i64;
            let mut fields = vec![
                (scale_level::letter.key(), Value::str(*letter)),
                (scale_level::rank.key(), Value::Int(at + 1)),
                (scale_level::shade.key(), Value::Int(1 + at * 4 / steps)),
            ];
            fields.extend(text(scale_level::name, (english, chinese, "")));
            self.add(Kind::ScaleLevel, None, fields);
        }
    }

    /// A school and an enterprise with a place each: the places.
    pub fn sides(&mut self, school: Words<'_>, enterprise: Words<'_>) -> (ItemId, ItemId) {
        let sides = [
            (school, PartyKind::School, PlaceKind::School),
            (enterprise, PartyKind::Enterprise, PlaceKind::Enterprise),
        ];
        let [school, enterprise] = sides.map(|(name, kind, place)| {
            let party = self.party(name, kind);
            self.place(name, place, Some(party))
        });
        (school, enterprise)
    }

    /// A party.
    pub fn party(&mut self, name: Words<'_>, kind: PartyKind) -> ItemId {
        let mut fields = text(field::party::name, name);
        fields.push((field::party::kind.key(), Value::str(kind.id())));
        self.add(Kind::Party, None, fields)
    }

    /// A place.
    pub fn place(&mut self, name: Words<'_>, kind: PlaceKind, party: Option<ItemId>) -> ItemId {
        let mut fields = text(field::place::name, name);
        fields.push((field::place::kind.key(), Value::str(kind.id())));
        fields.extend(
            party.map(|party| (field::place::party.key(), Value::Str(party.uid.to_string()))),
        );
        self.add(Kind::Place, None, fields)
    }

    /// A category of modules.
    pub fn category(&mut self, title: Words<'_>, role: weft_model::CategoryRole) -> ItemId {
        let mut fields = text(field::category::title, title);
        fields.push((field::category::role.key(), Value::str(role.id())));
        self.add(Kind::Category, None, fields)
    }

    /// A chapter of the printed plan.
    pub fn section(&mut self, key: &str, title: Words<'_>) -> ItemId {
        let mut fields = vec![(field::section::key.key(), Value::str(key))];
        fields.extend(text(field::section::title, title));
        self.add(Kind::Section, None, fields)
    }

    /// A term: code, title, year, and its weeks by kind.
    pub fn term(
        &mut self,
        code: &str,
        title: Words<'_>,
        year: i64,
        weeks: &[(Field, i64)],
    ) -> ItemId {
        let mut fields = vec![
            (field::term::code.key(), Value::str(code)),
            (field::term::year.key(), Value::Int(year)),
        ];
        fields.extend(text(field::term::title, title));
        fields.push((
            field::term::weeks.key(),
            Value::Int(weeks.iter().map(|(_, weeks)| weeks).sum()),
        ));
        fields.extend(
            weeks
                .iter()
                .map(|(field, weeks)| (field.key(), Value::Int(*weeks))),
        );
        self.add(Kind::Term, None, fields)
    }

    /// The usual signing policy: one key of the school, one of the enterprise,
    /// for the plan as a whole.
    pub fn two_keys(&mut self) {
        use field::signer_stage;
        let mut fields = text(
            signer_stage::title,
            (
                "School and enterprise sign",
                "校企双方会签",
                "Schule und Betrieb zeichnen",
            ),
        );
        fields.push((signer_stage::schools.key(), Value::Int(1)));
        fields.push((signer_stage::enterprises.key(), Value::Int(1)));
        fields.push((signer_stage::scope.key(), Value::str("whole")));
        self.add(Kind::SignerStage, None, fields);
    }
}

/// A text as values of a field.
pub(super) fn text(field: Field, (english, chinese, german): Words<'_>) -> Vec<(FieldKey, Value)> {
    let all = [
        (Lang::en(), english),
        (Lang::zh(), chinese),
        (Lang::de(), german),
    ];
    let there = all.into_iter().filter(|(_, words)| !words.is_empty());
    there
        .map(|(lang, words)| (field.lang(lang), Value::str(words)))
        .collect()
}
