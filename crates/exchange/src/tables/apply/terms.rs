//! Terms, places and parties that tables name by a number or a word, and that
//! are made where a table needs them.

use weft_model::{ItemId, Kind, Lang, PartyKind, PlaceKind, Value, field};

use super::{At, Importer};
use crate::WarningKind;
use crate::tables::target::Target;
use crate::tables::words;
use field::{offering, place, term};

const NUMBERS: &str = "一二三四五六七八九十";

impl Importer<'_> {
    /// The term with this number: by its code, else by its place, else made
    /// together with those before it.
    pub(super) fn term_number(&mut self, at: At<'_>, number: u8) -> Option<ItemId> {
        let coded = self
            .work
            .plan
            .terms
            .iter()
            .find(|term| words::term_number(&term.code) == Some(number));
        if let Some(term) = coded {
            return Some(term.id.into());
        }
        let terms: Vec<ItemId> = self
            .work
            .plan
            .terms
            .iter()
            .map(|term| term.id.into())
            .collect();
        let coded = self
            .work
            .plan
            .terms
            .iter()
            .any(|term| words::term_number(&term.code).is_some());
        if let Some(term) = terms.get(usize::from(number) - 1).filter(|_| !coded) {
            return Some(*term);
        }
        let first = if coded { number } else { terms.len() as u8 + 1 };
        let mut made = None;
        for number in first..=number {
            let item = self.work.fresh(Kind::Term);
            let chinese = NUMBERS
                .chars()
                .nth(usize::from(number) - 1)
                .map_or_else(|| number.to_string(), String::from);
            let values = vec![
                (0, term::code.key(), Value::Str(format!("T{number}"))),
                (
                    0,
                    term::title.lang(Lang::zh()),
                    Value::Str(format!("第{chinese}学期")),
                ),
                (
                    0,
                    term::title.lang(Lang::en()),
                    Value::Str(format!("Term {number}")),
                ),
                (
                    0,
                    term::year.key(),
                    Value::Int(i64::from(number.div_ceil(2))),
                ),
            ];
            self.add(at, item, None, values).ok()?;
            made = Some(item);
        }
        made
    }

    /// The term that a cell names by code, title or number.
    pub(super) fn term_named(&mut self, at: At<'_>, text: &str) -> Option<ItemId> {
        let word = words::same(text);
        let named = self.work.plan.terms.iter().find(|term| {
            words::same(&term.code) == word
                || term
                    .title
                    .iter()
                    .any(|(_, title)| words::same(title) == word)
        });
        match named {
            Some(term) => Some(term.id.into()),
            None => {
                let number = words::term_number(text)
                    .or_else(|| words::small_number(&words::plain(text)))?;
                self.term_number(at, number)
            }
        }
    }

    /// A module whose table only names a school year: that year is a term,
    /// and the module lies in it with all its hours.
    pub(super) fn period_term(&mut self, at: At<'_>, item: ItemId) {
        let period = at.first(Target::Field(field::module::period));
        if !self.options.terms_from_periods || period.is_empty() {
            return;
        }
        let Some(year) = words::year_number(period) else {
            return;
        };
        if self.work.plan.offerings.below(item.uid).next().is_some() {
            return;
        }
        let of_year: Vec<ItemId> = self
            .work
            .plan
            .terms
            .iter()
            .filter(|term| term.year.is_some_and(|known| known.0 == i64::from(year)))
            .map(|term| term.id.into())
            .collect();
        let found = match of_year.as_slice() {
            [term] => *term,
            // A year of several terms does not say which one.
            [_, _, ..] => return,
            [] => {
                let item = self.work.fresh(Kind::Term);
                let lang = at.lang(None, period);
                let values = vec![
                    (0, term::code.key(), Value::Str(format!("Y{year}"))),
                    (0, term::title.lang(lang), Value::str(period)),
                    (0, term::year.key(), Value::Int(i64::from(year))),
                ];
                if self.add(at, item, None, values).is_err() {
                    return;
                }
                item
            }
        };
        let total = self
            .work
            .plan
            .modules
            .raw(item.uid.into())
            .and_then(|module| module.total_hours);
        let mut values = vec![(0, offering::term.key(), Value::Str(found.uid.to_string()))];
        values.extend(total.map(|total| (0, offering::hours.key(), Value::Int(total.halves()))));
        let new = self.work.fresh(Kind::Offering);
        if let Err(crate::Reason::Refused(error)) = self.add(at, new, Some(item.uid), values) {
            self.warn(at.place(None), WarningKind::Refused(error));
        }
    }

    /// The first place of a kind, made where there is none.
    pub(super) fn place_of(&mut self, at: At<'_>, kind: PlaceKind) -> Option<ItemId> {
        let known = self
            .work
            .plan
            .places
            .iter()
            .find(|place| place.kind.is_some_and(|known| known.0 == kind));
        if let Some(place) = known {
            return Some(place.id.into());
        }
        let (chinese, english, german) = match kind {
            PlaceKind::School => ("学校", "School", "Schule"),
            PlaceKind::Enterprise => ("企业", "Enterprise", "Betrieb"),
            PlaceKind::Third => ("第三方", "Third place", "Dritter Ort"),
            PlaceKind::Online => ("线上", "Online", "Online"),
            PlaceKind::Other => ("其他", "Other", "Sonstiges"),
        };
        let item = self.work.fresh(Kind::Place);
        let names = [
            (Lang::zh(), chinese),
            (Lang::en(), english),
            (Lang::de(), german),
        ];
        let names = names.into_iter().filter(|(lang, _)| self.names_in(lang));
        let mut values: Vec<_> = names
            .map(|(lang, name)| (0, place::name.lang(lang), Value::str(name)))
            .collect();
        values.push((
            0,
            place::kind.key(),
            Value::str(weft_model::Choice::id(kind)),
        ));
        // The only party on that side is whose place it is.
        if let Some(Ok(party)) = side(kind).map(|side| self.party_of(side)) {
            values.push((0, place::party.key(), Value::Str(party.uid.to_string())));
        }
        self.add(at, item, None, values).ok()?;
        Some(item)
    }

    /// Whether what an import makes of itself is named in a language: one of
    /// the plan's; where it names none, Chinese, English and that of the
    /// sheets.
    pub(super) fn names_in(&self, lang: &Lang) -> bool {
        let own = &self.work.plan.about().languages.0;
        if own
            .iter()
            .any(|own| [Lang::zh(), Lang::en(), Lang::de()].contains(own))
        {
            return own.contains(lang);
        }
        *lang != Lang::de()
            || self
                .sheets
                .iter()
                .any(|(_, matching)| matching.lang == *lang)
    }

    /// The only party of a kind, or how many there are.
    pub(super) fn party_of(&self, kind: PartyKind) -> Result<ItemId, usize> {
        let of_kind = self
            .work
            .plan
            .parties
            .iter()
            .filter(|party| party.kind.is_some_and(|known| known.0 == kind));
        let all: Vec<ItemId> = of_kind.map(|party| party.id.into()).collect();
        match all.as_slice() {
            [one] => Ok(*one),
            several => Err(several.len()),
        }
    }

    /// `school`, `enterprise` or a party's code as the owner; `shared` is
    /// nobody's own.
    pub(super) fn owner(&mut self, at: At<'_>, item: ItemId, field: weft_model::Field) {
        let Some(column) = at.matching.column(Target::OwnerSide) else {
            return;
        };
        let cell = at.cell(column);
        if cell.is_empty() {
            return;
        }
        let word = words::same(cell);
        if [
            "shared",
            "both",
            "common",
            "共同",
            "双方",
            "校企",
            "校企共同",
            "gemeinsam",
            "beide",
        ]
        .contains(&word.as_str())
        {
            self.put(at, Some(column), item, field.key(), None);
            return;
        }
        let coded = self.lookup(Kind::Party, cell);
        let party = match (
            coded,
            words::choice(<PartyKind as weft_model::Choice>::IDS, cell),
        ) {
            (Ok(Some(party)), _) => Some(party),
            (_, Some(id)) => {
                let kind =
                    <PartyKind as weft_model::Choice>::from_id(id).unwrap_or(PartyKind::Other);
                match self.party_of(kind) {
                    Ok(party) => Some(party),
                    Err(parties) => {
                        let text = cell.chars().take(60).collect();
                        self.warn(
                            at.place(Some(column)),
                            WarningKind::WhichParty { text, parties },
                        );
                        None
                    }
                }
            }
            _ => {
                let text = cell.chars().take(60).collect();
                self.warn(
                    at.place(Some(column)),
                    WarningKind::WhichParty { text, parties: 0 },
                );
                None
            }
        };
        if let Some(party) = party {
            self.put(
                at,
                Some(column),
                item,
                field.key(),
                Some(Value::Str(party.uid.to_string())),
            );
        }
    }
}

fn side(kind: PlaceKind) -> Option<PartyKind> {
    match kind {
        PlaceKind::School => Some(PartyKind::School),
        PlaceKind::Enterprise => Some(PartyKind::Enterprise),
        _ => None,
    }
}
