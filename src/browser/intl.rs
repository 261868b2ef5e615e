//! Dates, names and order as a language has them, by the browser's Intl.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

fn options(pairs: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in pairs {
        // Setting a property of a fresh plain object cannot fail.
        drop(Reflect::set(&object, &(*name).into(), value));
    }
    object
}

fn call(function: &Function, value: &JsValue) -> Option<String> {
    function.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}

/// The order of names in a language: Chinese by pinyin, digits by their value
/// ("P-2" before "P-10"), case and accents last. Make one, compare many.
#[derive(Debug)]
pub struct Collator(Function);

impl Collator {
    /// The order of the language with this tag ("en", "zh-CN").
    #[must_use]
    pub fn new(tag: &str) -> Self {
        let options = options(&[("numeric", true.into())]);
        Self(Intl::Collator::new(&Array::of1(&tag.into()), &options).compare())
    }

    /// Which of two texts comes first.
    #[must_use]
    pub fn compare(&self, first: &str, second: &str) -> Ordering {
        self.0
            .call2(&JsValue::UNDEFINED, &first.into(), &second.into())
            .ok()
            .and_then(|order| order.as_f64())
            .and_then(|order| order.partial_cmp(&0.0))
            .unwrap_or_else(|| first.cmp(second))
    }
}

thread_local! {
    /// By language. Making a formatter takes a hundred times as long as using it.
    static FORMATS: RefCell<HashMap<(String, Moment), Function>> = RefCell::default();
}

/// How much of a moment is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// "14 May 2026", "2026年5月14日".
    Day,
    /// "14 May 2026, 09:44".
    DayAndTime,
    /// "09:44".
    Time,
}

/// A moment, given in milliseconds since 1970, in the person's time zone.
/// English dates are written day first, as in the look.
#[must_use]
pub fn moment(tag: &str, millis: f64, how: Moment) -> String {
    let tag = if tag == "en" { "en-GB" } else { tag };
    let date = Date::new(&millis.into());
    let written = FORMATS.with_borrow_mut(|formats| {
        let format = formats.entry((tag.to_owned(), how));
        call(format.or_insert_with(|| moment_format(tag, how)), &date)
    });
    written.unwrap_or_default()
}

fn moment_format(tag: &str, how: Moment) -> Function {
    let mut pairs: Vec<(&str, JsValue)> = Vec::new();
    if how != Moment::Time {
        let month = if tag.starts_with("zh") {
            "long"
        } else {
            "short"
        };
        pairs.extend([
            ("year", "numeric".into()),
            ("month", month.into()),
            ("day", "numeric".into()),
        ]);
    }
    if how != Moment::Day {
        pairs.extend([
            ("hour", "2-digit".into()),
            ("minute", "2-digit".into()),
            ("hourCycle", "h23".into()),
        ]);
    }
    Intl::DateTimeFormat::new(&Array::of1(&tag.into()), &options(&pairs)).format()
}

/// A calendar day, given as ISO text ("2026-09-07"), in words. Text that is no
/// such day comes back as it is.
#[must_use]
pub fn day(tag: &str, iso: &str) -> String {
    let mut parts = iso.split('-').map(str::parse::<u32>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return iso.to_owned();
    };
    // Noon of the local day: no time zone makes another day of it.
    let date = Date::new_with_year_month_day(year, month.cast_signed() - 1, day.cast_signed());
    date.set_hours(12);
    if date.get_date() != day || date.get_month() + 1 != month {
        return iso.to_owned();
    }
    moment(tag, date.get_time(), Moment::Day)
}

/// The name of a language in a language: "German", "德语". The tag itself where
/// the browser does not know.
#[must_use]
pub fn language_name(tag: &str, of: &str) -> String {
    let options = Object::new();
    drop(Reflect::set(&options, &"type".into(), &"language".into()));
    Reflect::get(&js_sys::global(), &"Intl".into())
        .and_then(|intl| Reflect::get(&intl, &"DisplayNames".into()))
        .ok()
        .and_then(|class| class.dyn_into::<Function>().ok())
        .and_then(|class| Reflect::construct(&class, &Array::of2(&tag.into(), &options)).ok())
        .and_then(|names| {
            let name = Reflect::get(&names, &"of".into()).ok()?;
            let name = name.dyn_into::<Function>().ok()?;
            name.call1(&names, &of.into()).ok()?.as_string()
        })
        .unwrap_or_else(|| of.to_owned())
}
