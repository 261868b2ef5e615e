//! What a finding says: three words, the exact reason, why it matters and
//! where the rule comes from. Which numbers there are is `analysis`'s.

use leptos::prelude::untrack;
use weft_analysis::{Figure, Finding, Group, RuleInfo, hundredths};
use weft_model::{Choice, ItemId, Lang, Plan, Rank, Severity, Subject, field};

use crate::ui::{
    find::{code_and_title, key_name},
    phrase,
    sentences::{self, choice_name},
    text::{number, say, say_count, say_with},
};

/// How many items a sentence names before it only counts.
const MOST_NAMED: usize = 5;

/// The finding in three words.
pub fn title(rule: &str) -> String {
    say(&format!("finding.{rule}.title"))
}

/// Why the rule is there.
pub fn why(rule: &str) -> String {
    say(&format!("finding.{rule}.why"))
}

/// Where the rule comes from: a regulation by its number, or its kind in words.
pub fn source(rule: &RuleInfo) -> String {
    let key = format!("finding.source.{}", rule.source);
    let said = say(&key);
    if said == key {
        rule.source.to_owned()
    } else {
        said
    }
}

/// What a group of rules is about.
pub fn group_name(group: Group) -> String {
    say(&format!("finding.group.{}", group.id()))
}

/// How much a finding weighs, in a word.
pub fn severity_name(severity: Severity) -> String {
    choice_name(field::rule::severity, severity.id())
}

/// The exact reason, with its numbers and names. A rule whose figures are
/// optional has further sentences, under the names of those that are there.
pub fn reason(plan: &Plan, lang: &Lang, finding: &Finding) -> String {
    let values: Vec<(&str, String)> = finding
        .figures
        .iter()
        .map(|(name, value)| (name, figure(plan, lang, value)))
        .collect();
    let given = |name: &&str| values.iter().any(|(known, _)| known == name);
    let key = format!("finding.{}.text", finding.rule);
    let whole = phrase::names(&say(&key)).iter().all(given);
    if whole {
        return say_with(&key, &values);
    }
    let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
    say_with(&format!("{key}.{}", names.join("_")), &values)
}

/// A figure in words.
fn figure(plan: &Plan, lang: &Lang, figure: &Figure) -> String {
    match figure {
        Figure::Hours(hours) => unit("hours", hours.as_f64()),
        Figure::HoursOff(hours) => off("hours", hours.as_f64()),
        Figure::Credits(credits) => unit("credits", credits.as_f64()),
        Figure::CreditsOff(credits) => off("credits", credits.as_f64()),
        Figure::Weeks(weeks) => unit("weeks", *weeks as f64),
        Figure::WeeksOff(weeks) => off("weeks", *weeks as f64),
        Figure::Percent(percent) => unit("percent", *percent as f64),
        Figure::PercentOff(percent) => off("percent", *percent as f64),
        Figure::Count(count) => number(*count as f64),
        Figure::Level(rank) => level(plan, lang, *rank),
        Figure::Quotient(ratio) => number(hundredths(*ratio) as f64 / 100.0),
        Figure::Items(items) => named(items.len(), |at| code_and_title(plan, lang, items[at])),
        Figure::Fields(keys) => named(keys.len(), |at| key_name(&keys[at])),
        Figure::Code(code) => code.clone(),
    }
}

/// A number with its unit: "48 h".
fn unit(unit: &str, amount: f64) -> String {
    say_count(&format!("finding.unit.{unit}"), amount, &[])
}

/// By how much something misses: "short by 1 h", "over by 2 weeks".
fn off(name: &str, amount: f64) -> String {
    let key = if amount < 0.0 {
        "finding.short"
    } else {
        "finding.over"
    };
    say_with(key, &[("amount", unit(name, amount.abs()))])
}

fn named(count: usize, name: impl Fn(usize) -> String) -> String {
    let shown: Vec<String> = (0..count.min(MOST_NAMED)).map(name).collect();
    let list = shown.join(&say("finding.comma"));
    if count > MOST_NAMED {
        let more = (count - MOST_NAMED) as f64;
        say_count("finding.and_more", more, &[("list", list)])
    } else {
        list
    }
}

/// The letter of a level on the plan's scale; its rank where it has none.
pub fn level_letter(plan: &Plan, rank: Rank) -> String {
    plan.scale_levels
        .iter()
        .find(|level| level.rank.is_some_and(|of| of.0 == i64::from(rank)))
        .map(|level| level.letter.clone())
        .filter(|letter| !letter.is_empty())
        .unwrap_or_else(|| rank.to_string())
}

/// A level in words, with its letter: "M (master)".
pub fn level(plan: &Plan, lang: &Lang, rank: Rank) -> String {
    let letter = level_letter(plan, rank);
    let name = plan
        .scale_levels
        .iter()
        .find(|level| level.rank.is_some_and(|of| of.0 == i64::from(rank)))
        .map(|level| level.name.show(lang).to_owned())
        .unwrap_or_default();
    if name.is_empty() || name == letter {
        letter
    } else {
        say_with("finding.level", &[("letter", letter), ("name", name)])
    }
}

/// How many levels the plan's scale has.
pub fn levels(plan: &Plan) -> usize {
    plan.scale_levels.len()
}

/// What a finding is about, by name. Not reactive in the items.
pub fn subject(plan: &Plan, lang: &Lang, subject: Subject) -> String {
    match subject {
        Subject::Plan => untrack(|| say("finding.whole_plan")),
        Subject::Item(item) => code_and_title(plan, lang, item),
        Subject::Link(key) => {
            let name = |item: ItemId| sentences::item_name(plan, lang, item);
            format!(
                "{} × {}",
                name(key.module.into()),
                name(key.competency.into())
            )
        }
    }
}
