//! How a typed field takes a stored value and gives it back. One small
//! implementation per shape of field; items are made of these.

use std::collections::{BTreeMap, BTreeSet};

use crate::choice::Choice;
use crate::schema::{Shape, Sub};
use crate::{BadValue, Credits, Hours, Id, Kind, Lang, Text, Uid, Value, Years};

/// The most characters of a line.
pub const LINE_LIMIT: usize = 1_000;
/// The most characters of a text in one language.
pub const TEXT_LIMIT: usize = 100_000;

/// The most characters of a piece that is kept for the way back.
pub const VERBATIM_LIMIT: usize = 200_000;

/// A field of an item, seen without its type.
pub trait Slot {
    /// Writes a stored value, or takes it out. A refused value leaves the
    /// field as it was.
    fn put(&mut self, sub: &Sub, value: Option<&Value>) -> Result<(), BadValue>;
    /// Hands out every value the field holds, in a fixed order.
    fn each(&self, emit: &mut dyn FnMut(Sub, Value));
    /// Hands out the items that the field points to, of the kind that its shape names.
    fn each_target(&self, _emit: &mut dyn FnMut(Uid)) {}

    /// The value under one key of the field.
    fn get(&self, sub: &Sub) -> Option<Value> {
        let mut found = None;
        self.each(&mut |at, value| {
            if at == *sub {
                found = Some(value);
            }
        });
        found
    }
}

/// A type that a field may have.
pub trait SlotValue: Slot {
    /// What the field looks like from outside.
    const SHAPE: Shape;
}

/// One scalar, absent or there.
trait Scalar: Sized + Clone {
    const SHAPE: Shape;
    fn read(value: &Value) -> Result<Self, BadValue>;
    fn write(&self) -> Value;
    fn target(&self) -> Option<Uid> {
        None
    }
}

impl<T: Scalar> Slot for Option<T> {
    fn put(&mut self, sub: &Sub, value: Option<&Value>) -> Result<(), BadValue> {
        if *sub != Sub::None {
            return Err(BadValue::WrongKey);
        }
        *self = value.map(T::read).transpose()?;
        Ok(())
    }

    fn each(&self, emit: &mut dyn FnMut(Sub, Value)) {
        if let Some(inner) = self {
            emit(Sub::None, inner.write());
        }
    }

    fn each_target(&self, emit: &mut dyn FnMut(Uid)) {
        if let Some(to) = self.as_ref().and_then(Scalar::target) {
            emit(to);
        }
    }
}

impl<T: Scalar> SlotValue for Option<T> {
    const SHAPE: Shape = T::SHAPE;
}

impl Scalar for bool {
    const SHAPE: Shape = Shape::Bool;
    fn read(value: &Value) -> Result<Self, BadValue> {
        match value {
            Value::Bool(yes) => Ok(*yes),
            _ => Err(BadValue::WrongType),
        }
    }
    fn write(&self) -> Value {
        Value::Bool(*self)
    }
}

fn whole_number(value: &Value, min: i64, max: i64) -> Result<i64, BadValue> {
    let number = value.as_int().ok_or(BadValue::WrongType)?;
    if (min..=max).contains(&number) {
        Ok(number)
    } else {
        Err(BadValue::OutOfRange { min, max })
    }
}

macro_rules! half_scalar {
    ($($name:ident),*) => {$(
        impl Scalar for $name {
            const SHAPE: Shape = Shape::$name;
            fn read(value: &Value) -> Result<Self, BadValue> {
                whole_number(value, 0, $name::MAX.halves()).map($name::from_halves)
            }
            fn write(&self) -> Value { Value::Int(self.halves()) }
        }
    )*};
}
half_scalar!(Hours, Credits, Years);

/// A whole number in a range that belongs to the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Whole<const MIN: i64, const MAX: i64>(pub i64);

impl<const MIN: i64, const MAX: i64> Scalar for Whole<MIN, MAX> {
    const SHAPE: Shape = Shape::Int { min: MIN, max: MAX };
    fn read(value: &Value) -> Result<Self, BadValue> {
        whole_number(value, MIN, MAX).map(Self)
    }
    fn write(&self) -> Value {
        Value::Int(self.0)
    }
}

/// An ISO day such as `2026-09-07`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(String);

impl Day {
    /// Reads a day of the Gregorian calendar between 1900 and 2299.
    pub fn new(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |part: &str| -> Option<u32> {
            part.bytes()
                .all(|b| b.is_ascii_digit())
                .then(|| part.parse().ok())?
        };
        let (year, month, day) = (
            number(text.get(0..4)?)?,
            number(text.get(5..7)?)?,
            number(text.get(8..10)?)?,
        );
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u32::from(leap),
            1..=12 => 31,
            _ => return None,
        };
        let fits = (1900..2300).contains(&year) && (1..=days).contains(&day);
        fits.then(|| Self(text.to_owned()))
    }

    /// The day as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Scalar for Day {
    const SHAPE: Shape = Shape::Day;
    fn read(value: &Value) -> Result<Self, BadValue> {
        value.as_str().and_then(Self::new).ok_or(BadValue::BadDate)
    }
    fn write(&self) -> Value {
        Value::Str(self.0.clone())
    }
}

/// A choice as a field holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Of<T>(pub T);

impl<T: Choice> Scalar for Of<T> {
    const SHAPE: Shape = Shape::Choice(T::IDS);
    fn read(value: &Value) -> Result<Self, BadValue> {
        let id = value.as_str().ok_or(BadValue::WrongType)?;
        T::from_id(id).map(Self).ok_or(BadValue::UnknownChoice)
    }
    fn write(&self) -> Value {
        Value::str(self.0.id())
    }
}

/// A reference as a field holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct To<T>(pub T);

impl<T: Id> Scalar for To<T> {
    const SHAPE: Shape = Shape::Ref(T::KIND);
    fn read(value: &Value) -> Result<Self, BadValue> {
        let uid: Uid = value
            .as_str()
            .and_then(|t| t.parse().ok())
            .ok_or(BadValue::WrongType)?;
        Ok(Self(T::from(uid)))
    }
    fn write(&self) -> Value {
        let uid: Uid = self.0.into();
        Value::Str(uid.to_string())
    }
    fn target(&self) -> Option<Uid> {
        Some(self.0.into())
    }
}

fn short_enough(text: &str, limit: usize) -> Result<(), BadValue> {
    // Bytes first: counting characters of a huge text is work in itself.
    if text.len() > limit && text.chars().count() > limit {
        return Err(BadValue::TooLong { limit });
    }
    Ok(())
}

impl Slot for String {
    fn put(&mut self, sub: &Sub, value: Option<&Value>) -> Result<(), BadValue> {
        if *sub != Sub::None {
            return Err(BadValue::WrongKey);
        }
        let text = match value {
            None => "",
            Some(value) => value.as_str().ok_or(BadValue::WrongType)?,
        };
        short_enough(text, LINE_LIMIT)?;
        text.clone_into(self);
        Ok(())
    }

    fn each(&self, emit: &mut dyn FnMut(Sub, Value)) {
        if !self.is_empty() {
            emit(Sub::None, Value::str(self.as_str()));
        }
    }
}

impl SlotValue for String {
    const SHAPE: Shape = Shape::Line;
}

/// A piece of a foreign file, as that file wrote it: the plan has no other
/// place for it and keeps it for the way back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Verbatim(pub String);

impl Slot for Verbatim {
    fn put(&mut self, sub: &Sub, value: Option<&Value>) -> Result<(), BadValue> {
        if *sub != Sub::None {
            return Err(BadValue::WrongKey);
        }
        let text = match value {
            None => "",
            Some(value) => value.as_str().ok_or(BadValue::WrongType)?,
        };
        short_enough(text, VERBATIM_LIMIT)?;
        text.clone_into(&mut self.0);
        Ok(())
    }

    fn each(&self, emit: &mut dyn FnMut(Sub, Value)) {
        if !self.0.is_empty() {
            emit(Sub::None, Value::str(self.0.as_str()));
        }
    }
}

impl SlotValue for Verbatim {
    const SHAPE: Shape = Shape::Verbatim;
}

impl Slot for Text {
    fn put(&mut self, sub: &Sub, value: Option<&Value>) -> Result<(), BadValue> {
        let Sub::Lang(lang) = sub else {
            return Err(BadValue::WrongKey);
        };
        let text = match value {
            None => "",
            Some(value) => value.as_str().ok_or(BadValue::WrongType)?,
        };
        short_enough(text, TEXT_LIMIT)?;
        self.set(lang.clone(), text.to_owned());
        Ok(())
    }

    fn each(&self, emit: &mut dyn FnMut(Sub, Value)) {
        for (lang, text) in self.iter() {
            emit(Sub::Lang(lang.clone()), Value::str(text));
        }
    }

    fn get(&self, sub: &Sub) -> Option<Value> {
        let Sub::Lang(lang) = sub else { return None };
        let text = Text::get(self, lang);
        (!text.is_empty()).then(|| Value::str(text))
    }
}

impl SlotValue for Text {
    const SHAPE: Shape = Shape::Text;
}

impl<T: Id> Slot for BTreeSet<T> {
    fn put(&mut self, sub: &Sub, value: Option<&Value>) -> Result<(), BadValue> {
        let Sub::Member(uid) = sub else {
            return Err(BadValue::WrongKey);
        };
        match value {
            Some(Value::Bool(true)) => self.insert(T::from(*uid)),
            None | Some(Value::Bool(false)) => self.remove(&T::from(*uid)),
            Some(_) => return Err(BadValue::WrongType),
        };
        Ok(())
    }

    fn each(&self, emit: &mut dyn FnMut(Sub, Value)) {
        for member in self {
            emit(Sub::Member((*member).into()), Value::Bool(true));
        }
    }

    fn each_target(&self, emit: &mut dyn FnMut(Uid)) {
        self.iter().for_each(|member| emit((*member).into()));
    }
}

impl<T: Id> SlotValue for BTreeSet<T> {
    const SHAPE: Shape = Shape::Set(T::KIND);
}

impl<T: Id, V: Scalar> Slot for BTreeMap<T, V> {
    fn put(&mut self, sub: &Sub, value: Option<&Value>) -> Result<(), BadValue> {
        let Sub::Member(uid) = sub else {
            return Err(BadValue::WrongKey);
        };
        match value.map(V::read).transpose()? {
            Some(inner) => self.insert(T::from(*uid), inner),
            None => self.remove(&T::from(*uid)),
        };
        Ok(())
    }

    fn each(&self, emit: &mut dyn FnMut(Sub, Value)) {
        for (member, inner) in self {
            emit(Sub::Member((*member).into()), inner.write());
        }
    }

    fn each_target(&self, emit: &mut dyn FnMut(Uid)) {
        self.keys().for_each(|member| emit((*member).into()));
    }
}

impl<T: Id, V: Scalar> SlotValue for BTreeMap<T, V> {
    const SHAPE: Shape = Shape::Map(T::KIND, &V::SHAPE);
}

/// The languages of a plan, in order; stored as one line (`zh-CN en`).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Langs(pub Vec<Lang>);

impl Slot for Langs {
    fn put(&mut self, sub: &Sub, value: Option<&Value>) -> Result<(), BadValue> {
        let mut line = String::new();
        line.put(sub, value)?;
        let all: Option<Vec<Lang>> = line.split_whitespace().map(Lang::new).collect();
        self.0 = all.ok_or(BadValue::UnknownChoice)?;
        Ok(())
    }

    fn each(&self, emit: &mut dyn FnMut(Sub, Value)) {
        if !self.0.is_empty() {
            let tags: Vec<&str> = self.0.iter().map(Lang::as_str).collect();
            emit(Sub::None, Value::Str(tags.join(" ")));
        }
    }
}

impl SlotValue for Langs {
    const SHAPE: Shape = Shape::Langs;
}

impl Shape {
    /// The kind of item that values of this shape point to.
    pub const fn target(&self) -> Option<Kind> {
        match self {
            Self::Ref(kind) | Self::Set(kind) | Self::Map(kind, _) => Some(*kind),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_must_exist_in_the_calendar() {
        for day in ["2026-09-07", "2028-02-29", "2000-02-29"] {
            assert!(Day::new(day).is_some(), "{day}");
        }
        for day in [
            "2026-02-29",
            "2100-02-29",
            "2026-13-01",
            "2026-00-10",
            "26-1-1",
            "2026/09/07",
            "2026-0a-07",
            "二〇二六",
        ] {
            assert!(Day::new(day).is_none(), "{day}");
        }
    }

    #[test]
    fn a_refused_value_leaves_the_field_as_it_was() {
        let mut hours = Some(Hours::whole(48));
        let refused = Slot::put(&mut hours, &Sub::None, Some(&Value::Int(-1)));
        assert!(matches!(refused, Err(BadValue::OutOfRange { .. })));
        assert_eq!(hours, Some(Hours::whole(48)));
        let mut line = String::from("LF1");
        assert!(
            line.put(&Sub::None, Some(&Value::str("x".repeat(1_001))))
                .is_err()
        );
        assert_eq!(line, "LF1");
    }
}
