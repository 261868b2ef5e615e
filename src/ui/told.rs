//! What was done and what it changed, in the words of the field.

use weft_document::Tally;
use weft_model::{
    Aspect, Choice as _, Difference, FieldKey, Intent, ItemId, Kind, LinkKey, Plan, ProposalId,
    Proposed, Splice, Sub, Subject, Value, Verb,
};

use crate::browser::{
    device,
    intl::{Moment, language_name},
};
use crate::route::{Page, Route};
use crate::ui::cell_text::value_text;
use crate::ui::find::{code_and_title, link_to, spot};
use crate::ui::pages::checks::sentence;
use crate::ui::sentences::{field_name, kind_name, kind_names};
use crate::ui::state::Editor;
use crate::ui::text::{language, moment, number, paired, say, say_count, say_with};

/// How many letters around a changed stretch of a long text are shown.
const AROUND: usize = 24;
/// Texts up to this length are shown whole.
const SHORT: usize = 80;

/// Who did something. Reactive in the language.
pub fn who(name: &str, own: bool) -> String {
    match (name.is_empty(), own) {
        (false, _) => name.to_owned(),
        (true, true) => say("overview.you"),
        (true, false) => say("overview.someone"),
    }
}

/// What was done: "set levels of “Turning”". Reactive in the item, so that it
/// is called as it is called now.
pub fn did(editor: Editor, intent: Intent) -> String {
    let what = thing(editor, intent.subject);
    say_with(&format!("did.{}", intent.verb.id()), &[("what", what)])
}

/// What an act was about, with the marks that a title stands in. Reactive.
pub fn thing(editor: Editor, subject: Subject) -> String {
    let lang = editor.lang();
    match subject {
        Subject::Plan => {}
        Subject::Item(item) => editor.follow_item(item),
        Subject::Link(key) => {
            editor.follow_item(key.module.into());
            editor.follow_item(key.competency.into());
        }
    }
    editor.plan(|plan| name(plan, &lang, subject))
}

fn name(plan: &Plan, lang: &weft_model::Lang, subject: Subject) -> String {
    let quoted = |what| say_with("overview.thing", &[("what", what)]);
    match subject {
        Subject::Plan => say("overview.the_plan"),
        Subject::Item(item) if item == weft_model::ABOUT => say("overview.the_plan"),
        Subject::Item(item) => match proposed(plan, lang, item) {
            Some(words) => words,
            None => quoted(called(plan, lang, item)),
        },
        Subject::Link(LinkKey {
            module, competency, ..
        }) => {
            let module = code_and_title(plan, lang, module.into());
            let competency = code_and_title(plan, lang, competency.into());
            quoted(format!("{module} × {competency}"))
        }
    }
}

/// An item by its title; a part of something without one also by what it belongs to.
fn called(plan: &Plan, lang: &weft_model::Lang, item: ItemId) -> String {
    let own = code_and_title(plan, lang, item);
    let module = (matches!(item.kind, Kind::Offering | Kind::Unit | Kind::Assessment)
        && plan.title(item).show(lang).is_empty())
    .then(|| plan.any(item.kind).owner(item.uid))
    .flatten();
    match module {
        Some(module) => {
            let module = ItemId {
                kind: Kind::Module,
                uid: module,
            };
            format!("{own} · {}", code_and_title(plan, lang, module))
        }
        None => own,
    }
}

/// What a proposal would change, which says more than its reason.
fn proposed(plan: &Plan, lang: &weft_model::Lang, item: ItemId) -> Option<String> {
    let proposal = (item.kind == Kind::Proposal)
        .then(|| plan.proposals.raw(ProposalId(item.uid)))
        .flatten()?;
    let read = Proposed::of(plan, proposal)?;
    let words = |value: &Option<Value>| match value_in(plan, lang, &read.target, value.as_ref()) {
        words if words.is_empty() => say("told.nothing"),
        words => words,
    };
    let (before, after) = around_the_change(&words(&read.base), &words(&read.proposed));
    let what = name(plan, lang, read.target.subject());
    let which = aspect_in(plan, lang, &read.target);
    Some(format!("{what} {which}: {before} → {after}"))
}

/// Where it is shown now; nothing for what is gone.
pub fn href(editor: Editor, intent: Intent) -> Option<String> {
    let waiver = matches!(intent.verb, Verb::Waive | Verb::Unwaive);
    if let (true, Subject::Item(item)) = (waiver, intent.subject) {
        let live = editor.plan(|plan| plan.any(item.kind).is_live(item.uid));
        let id = editor.id().to_string();
        return live.then(|| Route::spot(id, Page::Checks, [item.uid.to_string()]).href());
    }
    href_of(editor, intent.subject)
}

/// Where a thing is shown now; nothing for what is gone.
pub fn href_of(editor: Editor, subject: Subject) -> Option<String> {
    let id = editor.id().to_string();
    editor.plan(|plan| {
        let live = |item: ItemId| plan.any(item.kind).is_live(item.uid);
        match subject {
            Subject::Plan => None,
            Subject::Item(item) => live(item).then(|| spot(plan, &id, item).href()),
            Subject::Link(key) => {
                let both = live(key.module.into()) && live(key.competency.into());
                both.then(|| link_to(&id, key.module, key.competency).href())
            }
        }
    })
}

/// The time of today, else the day with the time. Reactive in the language.
pub fn when(millis: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970")]
    let (millis, now) = (millis as f64, device::now_millis() as f64);
    let today = moment(millis, Moment::Day) == moment(now, Moment::Day);
    moment(
        millis,
        if today {
            Moment::Time
        } else {
            Moment::DayAndTime
        },
    )
}

/// The day with the time, for what is kept or printed. Reactive in the language.
pub fn dated(millis: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970")]
    moment(millis as f64, Moment::DayAndTime)
}

/// The time of the day. Reactive in the language.
pub fn clock(millis: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970")]
    moment(millis as f64, Moment::Time)
}

/// What an act changed, in figures: "added: 44 modules, 8 terms". Reactive in
/// the language.
pub fn tally(tally: &Tally) -> String {
    let comma = say("finding.comma");
    let kinds = |of: &std::collections::BTreeMap<Kind, usize>| {
        let each = of.iter().map(|(kind, count)| {
            let name = if *count == 1 {
                kind_name(*kind)
            } else {
                kind_names(*kind)
            };
            let all = [("n", number(*count as f64)), ("what", name)];
            say_with("told.so_many", &all)
        });
        each.collect::<Vec<_>>().join(&comma)
    };
    let mut parts = Vec::new();
    for (key, of) in [("told.added", &tally.came), ("told.removed", &tally.went)] {
        if !of.is_empty() {
            parts.push(say_with(key, &[("what", kinds(of))]));
        }
    }
    for (key, count) in [("told.values", tally.values), ("told.links", tally.links)] {
        if count > 0 {
            parts.push(say_count(key, count as f64, &[]));
        }
    }
    parts.join(" · ")
}

/// A difference in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// A sentence.
    Sentence(String),
    /// A value of something: what it was, what it is. Empty: nothing.
    Value {
        /// Whose.
        what: String,
        /// Which.
        field: String,
        /// What it was.
        before: String,
        /// What it is.
        after: String,
    },
}

/// A difference, told of the plan as it is now. Reactive in the language.
pub fn difference(editor: Editor, it: &Difference) -> Told {
    let lang = editor.lang();
    editor.plan(|plan| difference_in(plan, &lang, it))
}

/// A value in words, as of a difference. Reactive in the language.
pub fn value(editor: Editor, what: &Aspect, value: Option<&Value>) -> String {
    let lang = editor.lang();
    editor.plan(|plan| value_in(plan, &lang, what, value))
}

/// What an aspect is called beside its thing: the field, the level.
pub fn aspect(what: &Aspect) -> String {
    match what {
        Aspect::Presence(_) => say("told.presence"),
        Aspect::Place(_) => say("told.place"),
        Aspect::Value(_, key) => field_name(key.field),
        Aspect::Link(_) => say("told.level"),
        Aspect::Strength(_) => say("told.strength"),
        Aspect::Shown(..) => say("told.shown"),
        Aspect::Note(..) => say("told.note"),
    }
}

/// As [`aspect`], with which member of several, and the language of a text in a plan of
/// several. Reactive in the languages.
pub fn aspect_of(editor: Editor, what: &Aspect) -> String {
    editor.follow_item(weft_model::ABOUT);
    let lang = editor.lang();
    editor.plan(|plan| aspect_in(plan, &lang, what))
}

/// As [`aspect_of`], of a plan.
pub fn aspect_in(plan: &Plan, lang: &weft_model::Lang, what: &Aspect) -> String {
    let name = aspect(what);
    let in_words_of = |name: String, tag: &weft_model::Lang| {
        // A language that is new to the plan is named, too.
        if plan.about().languages.0.len() > 1 || tag != lang {
            let called = language_name(language().tag(), tag.as_str());
            format!("{name} ({called})")
        } else {
            name
        }
    };
    match what {
        Aspect::Value(_, FieldKey { field, sub }) => match sub {
            Sub::Lang(tag) => in_words_of(name, tag),
            Sub::Member(uid) => {
                let kind = field.shape().target();
                let member = kind.map(|kind| ItemId { kind, uid: *uid });
                let member = member.map(|it| code_and_title(plan, lang, it));
                paired(name, member.unwrap_or_default())
            }
            _ => name,
        },
        Aspect::Shown(_, party) => paired(name, code_and_title(plan, lang, (*party).into())),
        Aspect::Note(_, tag) => in_words_of(name, tag),
        _ => name,
    }
}

/// A difference, told of a plan.
pub fn difference_in(plan: &Plan, lang: &weft_model::Lang, it: &Difference) -> Told {
    let what = || name(plan, lang, it.what.subject());
    let words = |value: &Option<Value>| value_in(plan, lang, &it.what, value.as_ref());
    match &it.what {
        Aspect::Presence(item) => {
            let key = if it.after.is_some() {
                "told.came"
            } else {
                "told.went"
            };
            let kind = kind_name(item.kind);
            Told::Sentence(say_with(key, &[("kind", kind), ("what", what())]))
        }
        Aspect::Place(_) => Told::Sentence(say_with("did.move", &[("what", what())])),
        Aspect::Link(_) => {
            let key = match (level(&it.before), level(&it.after)) {
                (None, _) => "told.woven",
                (_, None) => "told.unwoven",
                (Some(before), Some(after)) if before < after => "told.raised",
                _ => "told.lowered",
            };
            let all = [
                ("what", what()),
                ("before", words(&it.before)),
                ("after", words(&it.after)),
            ];
            Told::Sentence(say_with(key, &all))
        }
        // A text that two wrote at once.
        Aspect::Value(
            _,
            FieldKey {
                sub: Sub::Lang(_), ..
            },
        )
        | Aspect::Note(..)
            if it.before.is_none() && it.after.is_none() =>
        {
            let all = [("what", what()), ("field", aspect(&it.what))];
            Told::Sentence(say_with("told.at_once", &all))
        }
        Aspect::Value(
            _,
            FieldKey {
                sub: Sub::Member(_),
                ..
            },
        ) => value_told(
            what(),
            aspect_in(plan, lang, &it.what),
            words(&it.before),
            words(&it.after),
        ),
        _ => value_told(
            what(),
            aspect(&it.what),
            words(&it.before),
            words(&it.after),
        ),
    }
}

fn level(value: &Option<Value>) -> Option<i64> {
    value.as_ref().and_then(Value::as_int)
}

fn value_told(what: String, field: String, before: String, after: String) -> Told {
    let (before, after) = around_the_change(&before, &after);
    Told::Value {
        what,
        field,
        before,
        after,
    }
}

/// A value in words, as of a plan.
pub fn value_in(
    plan: &Plan,
    lang: &weft_model::Lang,
    what: &Aspect,
    value: Option<&Value>,
) -> String {
    match what {
        Aspect::Value(_, key) => value_text(plan, lang, key.field, value),
        Aspect::Link(_) => match level(&value.cloned()) {
            None => say("told.no_link"),
            Some(0) => say("told.level_open"),
            Some(rank) => sentence::level(plan, lang, u8::try_from(rank).unwrap_or_default()),
        },
        Aspect::Shown(_, party) => match value {
            Some(_) => code_and_title(plan, lang, (*party).into()),
            None => String::new(),
        },
        Aspect::Presence(_) => say(if value.is_some() {
            "told.there"
        } else {
            "told.deleted"
        }),
        Aspect::Place(_) => String::new(),
        Aspect::Strength(_) | Aspect::Note(..) => match value {
            Some(Value::Str(words)) => words.clone(),
            Some(Value::Int(number)) => number.to_string(),
            _ => String::new(),
        },
    }
}

/// Of two long texts only the stretch that differs, with some letters around.
fn around_the_change(before: &str, after: &str) -> (String, String) {
    let (long_before, long_after) = (before.chars().count(), after.chars().count());
    let Some(splice) = Splice::between(before, after) else {
        return (before.to_owned(), after.to_owned());
    };
    if long_before <= SHORT && long_after <= SHORT {
        return (before.to_owned(), after.to_owned());
    }
    let cut = |text: &str, length: usize, changed: usize| {
        let from = splice.at.saturating_sub(AROUND);
        let to = (splice.at + changed + AROUND).min(length);
        let middle: String = text.chars().skip(from).take(to - from).collect();
        let start = if from > 0 { "…" } else { "" };
        let end = if to < length { "…" } else { "" };
        format!("{start}{middle}{end}")
    };
    (
        cut(before, long_before, splice.delete),
        cut(after, long_after, splice.insert.chars().count()),
    )
}
