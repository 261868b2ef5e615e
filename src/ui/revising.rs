//! The plan beside the state that it is a revision of: the plan that it was copied
//! from, or one of its own named versions; and why each thing reads otherwise.

use std::sync::Arc;

use leptos::prelude::*;
use weft_document::{Point, unpack_plan};
use weft_model::{
    Aspect, Difference, Lang, Plan, Verb, differences, is_revision, reason_for, reasoning,
};
use weft_sandbox::{Answer, Job};
use weft_seal::digest;

use crate::browser::files::Chosen;
use crate::browser::sandbox::{self, Stop};
use crate::browser::{device, task};
use crate::ui::apart::failed_apart;
use crate::ui::state::{Editor, language_untracked};
use crate::ui::text::{say, say_with};
use crate::ui::told::{self, Told};

/// How the origin is named among the states to compare with.
pub const ORIGIN: &str = "origin";
/// How the plan as it reads now is named among them.
pub const NOW: &str = "now";
/// Files that hold a plan.
pub const PLAN_FILES: &str = ".weft,.html,.htm,.json,application/json,text/html";

/// A state that the plan can be compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Base {
    /// [`ORIGIN`], or the uid of a version.
    pub id: String,
    /// As people read it.
    pub title: String,
    /// The hash of the state: reasons are kept for it.
    pub digest: String,
    /// Where it is read.
    state: State,
}

/// Where a state is read.
#[derive(Clone, Debug, PartialEq)]
enum State {
    /// In the history.
    Past(Point),
    /// In one of the files that were chosen, by its place among them.
    File(usize),
}

impl Base {
    /// Whether it is a point of this plan's own history.
    pub fn point(&self) -> Option<&Point> {
        match &self.state {
            State::Past(point) => Some(point),
            State::File(_) => None,
        }
    }
}

/// A plan out of a file, to be compared with.
#[derive(Clone, Debug)]
pub struct Beside {
    name: String,
    digest: String,
    plan: Arc<Plan>,
}

/// The states of these ids: the old one, else the first; and the new one where that
/// is not how the plan reads now.
pub fn chosen(all: &[Base], from: &str, to: &str) -> Option<(Base, Option<Base>)> {
    let find = |id: &str| all.iter().find(|base| base.id == id);
    let from = find(from).or(all.first()).cloned()?;
    Some((from, find(to).cloned()))
}

/// What the two are, in a line above the table.
pub fn between(from: &Base, to: Option<&Base>) -> String {
    match to {
        None => say_with("print.since", &[("what", from.title.clone())]),
        Some(to) => {
            let all = [("from", from.title.clone()), ("to", to.title.clone())];
            say_with("print.between", &all)
        }
    }
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
                    state: State::Past(about.lineage_point.parse().ok()?),
                })
            });
            let mut versions: Vec<_> = plan.versions.iter().collect();
            versions.sort_by_key(|it| (core::cmp::Reverse(it.at.map(|at| at.0)), it.id));
            let versions = versions.into_iter().filter_map(|version| {
                let all = [
                    ("title", version.title.show(&lang).to_owned()),
                    (
                        "when",
                        version.at.map(|at| told::dated(at.0)).unwrap_or_default(),
                    ),
                ];
                Some(Base {
                    id: version.id.to_string(),
                    title: say_with("revision.version", &all),
                    digest: version.digest.clone(),
                    state: State::Past(version.point.parse().ok()?),
                })
            });
            let files = self.beside.get();
            let files = files.iter().enumerate().map(|(at, file)| Base {
                id: format!("file-{at}"),
                title: say_with("revision.of_file", &[("file", file.name.clone())]),
                digest: file.digest.clone(),
                state: State::File(at),
            });
            from.into_iter().chain(versions).chain(files).collect()
        })
    }

    /// Has a file read apart from the plan, to be laid beside it. Hands on the id of
    /// the state, or what to say.
    pub fn compare_with_file(self, file: Chosen, then: impl Fn(Result<String, String>) + 'static) {
        task::spawn(async move {
            let name = file.name.clone();
            let peer = device::chance();
            let job = Job::Read { peer };
            let read = sandbox::ask(&job, &[file], &Stop::default(), |_| {}).await;
            let plan = match read {
                Ok(Answer::Read(Some(packed))) => unpack_plan(&packed),
                Ok(_) => None,
                Err(failure) => return then(Err(failed_apart(&name, &failure))),
            };
            let Some(plan) = plan else {
                let words = say_with("revision.file_refused", &[("file", name)]);
                return then(Err(words));
            };
            let beside = Beside {
                digest: digest(&plan).to_string(),
                plan: Arc::new(plan),
                name,
            };
            let at = self.beside.try_update(|all| {
                all.push(beside);
                all.len() - 1
            });
            if let Some(at) = at {
                then(Ok(format!("file-{at}")));
            }
        });
    }

    fn state(&self, base: &Base) -> Option<Arc<Plan>> {
        match &base.state {
            State::Past(point) => self.at(point).map(Arc::new),
            State::File(at) => self.beside.with(|all| Some(all.get(*at)?.plan.clone())),
        }
    }

    /// What reads otherwise in one state than in another, or than now, in words;
    /// nothing where this copy does not hold one of them. Reactive in the language.
    pub fn revised(&self, from: &Base, to: Option<&Base>) -> Option<Vec<Revised>> {
        let then = self.state(from)?;
        let later = match to {
            Some(to) => Some(self.state(to)?),
            None => None,
        };
        let lang = self.lang();
        self.plan(|now| {
            let now = later.as_deref().unwrap_or(now);
            let mut all = differences(&then, now);
            all.retain(|it| is_revision(&it.what));
            let told = all.iter().map(|it| {
                // What is gone is called as it was.
                let plan = if it.after.is_some() { now } else { &then };
                in_words(plan, &lang, it)
            });
            Some(told.collect())
        })
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

/// A difference as the table has it, told of a plan.
pub fn in_words(plan: &Plan, lang: &Lang, it: &Difference) -> Revised {
    let value = |value| told::value_in(plan, lang, &it.what, value);
    let (what, before, after) = match told::difference_in(plan, lang, it) {
        Told::Sentence(words) => (words, value(it.before.as_ref()), value(it.after.as_ref())),
        Told::Value {
            what,
            before,
            after,
            ..
        } => {
            // On paper nothing else says in which language a text was revised.
            let field = told::aspect_in(plan, lang, &it.what);
            (format!("{what} {field}"), before, after)
        }
    };
    Revised {
        target: it.what.clone(),
        what,
        before,
        after,
    }
}
