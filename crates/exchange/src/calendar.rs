//! Terms and rotation blocks as iCalendar (RFC 5545), for the calendars that
//! people already keep. Whole days without a zone; each event keeps its UID,
//! so that a calendar that takes the file again moves what it has.

use weft_model::{Plan, RotationBlock, Term, Uid, field};

use crate::Words;
use crate::dates::{calendar_day, day_number, time_of};

/// A line holds so many bytes at most before it is folded.
const LINE: usize = 75;

/// What an export needs to know beside the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CalendarOptions {
    /// The uid of the plan, a part of the events' UIDs.
    pub plan: Uid,
    /// When the plan was last edited, in milliseconds since 1970.
    pub at: i64,
}

/// The calendar; none where no term has a first day and a length.
pub fn export(plan: &Plan, options: CalendarOptions, words: Words<'_>) -> Option<Vec<u8>> {
    let mut events = Vec::new();
    for term in plan.terms.iter() {
        let Some(first) = first_day(term) else {
            continue;
        };
        if let Some(weeks) = term.weeks {
            events.push(Event {
                uid: format!("term-{}", term.id),
                first,
                days: weeks.0 * 7,
                title: words.code_and_title(plan, term.id.into()),
                told: weeks_of(plan, term, words),
                place: String::new(),
            });
        }
        let blocks = plan.rotation_blocks.iter();
        let blocks = blocks.filter(|it| it.term.is_some_and(|of| of.0 == term.id));
        events.extend(blocks.filter_map(|block| block_event(plan, block, first, words)));
    }
    if events.is_empty() {
        return None;
    }
    let mut out = String::new();
    let title = words.item(plan, weft_model::ABOUT);
    for (name, value) in [
        ("BEGIN", "VCALENDAR".to_owned()),
        ("VERSION", "2.0".to_owned()),
        ("PRODID", "-//Weft//Weft//EN".to_owned()),
        ("CALSCALE", "GREGORIAN".to_owned()),
        ("X-WR-CALNAME", text(&title)),
    ] {
        line(&mut out, name, &value);
    }
    let stamp = stamp(options.at);
    for event in events {
        event.write(&mut out, options.plan, &stamp);
    }
    line(&mut out, "END", "VCALENDAR");
    Some(out.into_bytes())
}

struct Event {
    uid: String,
    /// The first day, counted from 1970.
    first: i64,
    days: i64,
    title: String,
    told: String,
    place: String,
}

impl Event {
    fn write(&self, out: &mut String, plan: Uid, stamp: &str) {
        line(out, "BEGIN", "VEVENT");
        line(out, "UID", &format!("{}@{plan}.weft", self.uid));
        line(out, "DTSTAMP", stamp);
        line(out, "DTSTART;VALUE=DATE", &date(self.first));
        // The day after the last.
        line(out, "DTEND;VALUE=DATE", &date(self.first + self.days));
        line(out, "SUMMARY", &text(&self.title));
        for (name, words) in [("DESCRIPTION", &self.told), ("LOCATION", &self.place)] {
            if !words.is_empty() {
                line(out, name, &text(words));
            }
        }
        // It does not make anybody busy.
        line(out, "TRANSP", "TRANSPARENT");
        line(out, "END", "VEVENT");
    }
}

fn first_day(term: &Term) -> Option<i64> {
    day_number(term.start.as_ref()?.as_str())
}

/// The kinds of weeks of a term, a line each, and its note.
fn weeks_of(plan: &Plan, term: &Term, words: Words<'_>) -> String {
    let kinds = [
        field::term::weeks,
        field::term::teaching_weeks,
        field::term::military_weeks,
        field::term::whole_week_weeks,
        field::term::enterprise_weeks,
        field::term::exam_weeks,
        field::term::flexible_weeks,
        field::term::graduation_weeks,
        field::term::holiday_weeks,
    ];
    let told = kinds.iter().filter_map(|kind| {
        let value = plan.value(term.id.into(), &kind.key())?.as_int()?;
        (value > 0).then(|| format!("{}: {value}", words.field(*kind)))
    });
    let mut lines: Vec<String> = told.collect();
    let note = term.note.show(words.lang());
    if !note.is_empty() {
        lines.push(note.to_owned());
    }
    lines.join("\n")
}

fn block_event(
    plan: &Plan,
    block: &RotationBlock,
    term_first: i64,
    words: Words<'_>,
) -> Option<Event> {
    let first = block.first_week?.0;
    let last = block.last_week.map_or(first, |it| it.0).max(first);
    let named = |items: Vec<weft_model::ItemId>| {
        let names: Vec<String> = items
            .into_iter()
            .filter(|item| plan.is_live(*item))
            .map(|item| words.code_and_title(plan, item))
            .collect();
        names.join(&words.say("finding.comma"))
    };
    let mode = block.mode.map(|it| it.0.into());
    let title = [block.group.clone(), named(mode.into_iter().collect())];
    let title: Vec<String> = title.into_iter().filter(|it| !it.is_empty()).collect();
    let modules = block.modules.iter().map(|it| (*it).into()).collect();
    let places = block.place.iter().map(|it| it.0.into());
    let places = places.chain(block.venues.iter().map(|it| (*it).into()));
    Some(Event {
        uid: format!("block-{}", block.id),
        first: term_first + (first - 1) * 7,
        days: (last - first + 1) * 7,
        title: title.join(" · "),
        told: named(modules),
        place: named(places.collect()),
    })
}

fn date(days: i64) -> String {
    let (year, month, day) = calendar_day(days);
    format!("{year:04}{month:02}{day:02}")
}

fn stamp(at: i64) -> String {
    let ((year, month, day), (hours, minutes, seconds)) = time_of(at);
    format!("{year:04}{month:02}{day:02}T{hours:02}{minutes:02}{seconds:02}Z")
}

/// A text as the format holds it. Control letters, which it cannot hold, are
/// left out.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push('\t'),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// One content line, folded between letters.
fn line(out: &mut String, name: &str, value: &str) {
    let mut length = 0;
    for letter in name.chars().chain([':']).chain(value.chars()) {
        if length + letter.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(letter);
        length += letter.len_utf8();
    }
    out.push_str("\r\n");
}
