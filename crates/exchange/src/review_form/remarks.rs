//! What a filled-in form says of a plan: one remark after the other, each about
//! a line that is still there, or, where it is not found again, about the plan.

use serde::{Deserialize, Serialize};
use weft_model::{Choice as _, ItemId, JobItemId, Judgement, Lang, Outline, Plan, Tier, Uid};

use super::lines::{Named, read_key, sum_of};

/// What a line that waits for something new begins with.
const ROOM: char = '＋';

/// A filled-in form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// The plan that it was made from, where it still says so.
    pub plan: Option<Uid>,
    /// The language in which it was made.
    pub lang: Option<Lang>,
    /// Whoever filled it in; may be empty.
    pub name: String,
    /// What they do; may be empty.
    pub role: String,
    /// For whom they speak; may be empty.
    pub party: String,
    pub(super) rows: Vec<Filled>,
}

/// A line of a form as it was filled in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Filled {
    pub line: u64,
    pub key: String,
    pub code: String,
    pub words: String,
    /// The id of the judgement.
    pub judged: Option<String>,
    /// The judgement as it was written.
    pub typed: String,
    pub remark: String,
    pub wording: String,
}

/// One thing that the form says.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// The line of the sheet, or of the tables of the Word file, counted from 1.
    pub line: u64,
    /// The line of the plan that it is about; none: the plan as a whole, for it
    /// was not found again.
    pub about: Option<JobItemId>,
    /// How that line reads in the form.
    pub title: String,
    /// What it says.
    pub what: What,
}

/// What a remark says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A judgement of a task, with a sentence; one of both may be missing.
    Judged(Option<Judgement>, String),
    /// A remark on something that is not judged.
    Comment(String),
    /// Other words for the line.
    Words(String),
    /// A line that is missing below it: its tier, its words, and why.
    Line(Tier, String, String),
}

impl Form {
    /// What it says of a plan, in the order of its lines.
    pub fn remarks(&self, plan: &Plan) -> Vec<Remark> {
        let outline = Outline::of(plan);
        // Where lines still carry their keys, one without was added by hand.
        let keyed = self.rows.iter().any(|row| !row.key.is_empty());
        let rows = self.rows.iter();
        let lang = self.lang.clone().unwrap_or_else(Lang::en);
        rows.flat_map(|row| said(plan, &outline, row, (keyed, &lang)))
            .collect()
    }
}

fn said(plan: &Plan, outline: &Outline, row: &Filled, (keyed, lang): (bool, &Lang)) -> Vec<Remark> {
    let named = read_key(&row.key);
    if let Some(Named {
        line,
        new: Some(tier),
        ..
    }) = named
    {
        return missing(plan, row, (line, tier), lang);
    }
    let live = |id: &JobItemId| plan.is_live(ItemId::from(*id));
    let about = named.and_then(|it| it.line).filter(live);
    let about = about.or_else(|| found(plan, outline, row));
    let title = [row.code.as_str(), row.words.as_str()].join(" ");
    let title = title.trim().to_owned();
    let remark = |what| Remark {
        line: row.line,
        about,
        title: title.clone(),
        what,
    };
    let mut all = Vec::new();
    let judgement = row.judged.as_deref().and_then(Judgement::from_id);
    let said = row.judged.is_some() || !row.remark.is_empty();
    // What experts judge is a task, or what stands for one; see `task_cards`.
    let judged = about.is_some_and(|id| {
        let tier = outline.row(id).map(|row| row.tier);
        match tier {
            Some(Tier::Task) => true,
            Some(Tier::Competency) => outline.above(id, Tier::Task).is_none(),
            _ => false,
        }
    });
    if said && judged {
        all.push(remark(What::Judged(judgement, row.remark.clone())));
    } else if said {
        all.push(remark(What::Comment(worded(row))));
    }
    // Whoever wrote over the line itself means the same as in the column for it.
    let over = named
        .and_then(|it| it.sum)
        .filter(|sum| !row.words.is_empty() && *sum != sum_of(&row.words))
        .map(|_| row.words.clone());
    let wording = Some(row.wording.clone()).filter(|it| !it.is_empty());
    if let Some(words) = wording.or(over) {
        all.push(remark(match about {
            Some(_) => What::Words(words),
            None => What::Comment(words),
        }));
    }
    if about.is_none() && all.is_empty() && keyed && row.key.is_empty() && !row.words.is_empty() {
        all.push(Remark {
            title: row.code.clone(),
            ..remark(What::Comment(row.words.clone()))
        });
    }
    all
}

/// A remark on what is not judged says its judgement in words.
fn worded(row: &Filled) -> String {
    let judgement = row.judged.as_ref().map_or("", |_| row.typed.as_str());
    let parts = [judgement, row.remark.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    parts.join(": ")
}

/// A line that is missing. Somebody may write it into any of the three cells.
fn missing(
    plan: &Plan,
    row: &Filled,
    (below, tier): (Option<JobItemId>, Tier),
    lang: &Lang,
) -> Vec<Remark> {
    let own = Some(row.words.as_str()).filter(|it| !it.is_empty() && !it.starts_with(ROOM));
    let wording = Some(row.wording.as_str()).filter(|it| !it.is_empty());
    let (words, reason) = match wording.or(own) {
        Some(words) => (words, row.remark.as_str()),
        None => (row.remark.as_str(), ""),
    };
    if words.is_empty() {
        return Vec::new();
    }
    let about = below.filter(|id| plan.is_live(ItemId::from(*id)));
    let title = about.map_or_else(String::new, |id| {
        plan.title(id.into()).show(lang).to_owned()
    });
    vec![Remark {
        line: row.line,
        about,
        title,
        what: match (about, tier) {
            // A competency needs its task; a task may stand by itself.
            (None, Tier::Competency) => What::Comment(words.to_owned()),
            _ => What::Line(tier, words.to_owned(), reason.to_owned()),
        },
    }]
}

/// A line by its words, else by its code, where only one fits.
fn found(plan: &Plan, outline: &Outline, row: &Filled) -> Option<JobItemId> {
    let only = |fits: &dyn Fn(&weft_model::JobItem) -> bool| {
        let mut all = outline.rows().iter().filter(|row| {
            let line = plan.job_items.get(row.id);
            line.is_some_and(fits)
        });
        let first = all.next()?;
        all.next().is_none().then_some(first.id)
    };
    let words = row.words.trim();
    let by_words =
        |line: &weft_model::JobItem| line.statement.iter().any(|(_, text)| text.trim() == words);
    let by_code = |line: &weft_model::JobItem| line.code == row.code;
    let both = |line: &weft_model::JobItem| by_words(line) && by_code(line);
    let worded = (!words.is_empty())
        .then(|| only(&both).or_else(|| only(&by_words)))
        .flatten();
    worded.or_else(|| (!row.code.is_empty()).then(|| only(&by_code)).flatten())
}
