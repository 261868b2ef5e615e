//! The plan beside the state that it is a revision of: the plan that it was copied
//! from, or one of its own named versions; and why each thing reads otherwise.

use weft_document::Point;
use weft_model::{
    Aspect, Difference, Lang, Plan, Verb, differences, is_revision, reason_for, reasoning,
};

use crate::browser::device;
use crate::ui::state::{Editor, language_untracked};
use crate::ui::text::{say, say_with};
use crate::ui::told::{self, Told};

/// How the origin is named among the states to compare with.
pub const ORIGIN: &str = "origin";

/// A state that the plan can be compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Base {
    /// [`ORIGIN`], or the uid of a version.
    pub id: String,
    /// As people read it.
    pub title: String,
    /// The hash of the state: reasons are kept for it.
    pub digest: String,
    /// Where in the history it stands.
    pub point: Point,
}

/// A line of the comparison table.
#[derive(Clone, Debug, PartialEq)]
pub struct Revised {
    /// What reads otherwise.
    pub target: Aspect,
    /// The same in words.
    pub what: String,
    /// What it was; empty: nothing.
    pub before: String,
    /// What it is; empty: nothing.
    pub after: String,
}

/// The words for where the plan was copied from: title, version, hash. Reactive in
/// the language; nothing for a plan that was not copied.
pub fn origin(plan: &Plan, lang: &Lang) -> Option<String> {
    let about = plan.about();
    if about.lineage_digest.is_empty() {
        return None;
    }
    let digest = about.lineage_digest.parse::<weft_seal::Digest>();
    let hash = digest.map(|digest| digest.short()).unwrap_or_default();
    let title = about.lineage_title.show(lang).to_owned();
    let version = about.lineage_version.clone();
    let all = [("title", title), ("version", version), ("hash", hash)];
    let key = if about.lineage_version.is_empty() {
        "revision.origin"
    } else {
        "revision.origin_version"
    };
    Some(say_with(key, &all))
}

impl Editor {
    /// What the plan can be compared with: its origin first, then its versions, the
    /// newest first. Reactive in the language.
    pub fn bases(&self) -> Vec<Base> {
        let lang = self.lang();
        self.plan(|plan| {
            let about = plan.about();
            let from = origin(plan, &lang).and_then(|title| {
                Some(Base {
                    id: ORIGIN.to_owned(),
                    title,
                    digest: about.lineage_digest.clone(),
                    point: about.lineage_point.parse().ok()?,
                })
            });
            let mut versions: Vec<_> = plan.versions.iter().collect();
            versions.sort_by_key(|it| (core::cmp::Reverse(it.at.map(|at| at.0)), it.id));
            let versions = versions.into_iter().filter_map(|version| {
                let all = [
                    ("title", version.title.show(&lang).to_owned()),
                    (
                        "when",
                        version.at.map(|at| told::when(at.0)).unwrap_or_default(),
                    ),
                ];
                Some(Base {
                    id: version.id.to_string(),
                    title: say_with("revision.version", &all),
                    digest: version.digest.clone(),
                    point: version.point.parse().ok()?,
                })
            });
            from.into_iter().chain(versions).collect()
        })
    }

    /// What reads otherwise than in a state, in words; nothing where this copy does
    /// not hold that state. Reactive in the language.
    pub fn revised(&self, base: &Base) -> Option<Vec<Revised>> {
        let then = self.at(&base.point)?;
        let mut all = self.plan(|now| differences(&then, now));
        all.retain(|it| is_revision(&it.what));
        Some(all.iter().map(|it| self.in_words(it)).collect())
    }

    fn in_words(&self, it: &Difference) -> Revised {
        let (what, before, after) = match told::difference(*self, it) {
            Told::Sentence(words) => (
                words,
                told::value(*self, &it.what, it.before.as_ref()),
                told::value(*self, &it.what, it.after.as_ref()),
            ),
            Told::Value {
                what,
                field,
                before,
                after,
            } => (format!("{what} {field}"), before, after),
        };
        Revised {
            target: it.what.clone(),
            what,
            before,
            after,
        }
    }

    /// The reason that is kept for a line; empty: none.
    pub fn reason(&self, since: &str, target: &Aspect, lang: &Lang) -> String {
        self.plan(|plan| {
            let found = reason_for(plan, since, target);
            found.map_or_else(String::new, |it| it.reason.show(lang).to_owned())
        })
    }

    /// Keeps the reason of a line.
    pub fn give_reason_for(&self, since: &str, target: &Aspect, words: &str) {
        let by = (self.author(), device::now_millis());
        let lang = language_untracked();
        let commands = self.plan(|plan| reasoning(plan, since, target, (lang, words), by));
        if !commands.is_empty() {
            let subject = target.subject();
            self.act(Verb::Comment, subject, commands);
        }
    }
}

/// Says what nobody can compare: without a base, or without its history.
pub fn no_base(bases: &[Base]) -> String {
    say(if bases.is_empty() {
        "revision.no_base"
    } else {
        "revision.no_history"
    })
}
