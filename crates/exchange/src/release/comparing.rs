//! The comparison itself: the plan before an import, the plan after it, and
//! what the import met on its way.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{
    Aspect, Difference, FrameworkId, ItemId, JobItem, JobItemId, Outline, Plan, Tier, field,
    item_differences,
};

use super::source_says::{IS_CHILD_OF, Said};
use super::touched::{Touched, below};
use super::{Changed, Comparison, Gone, New, Release, Whose};

/// What came in of one framework.
#[derive(Debug, Default)]
pub(crate) struct Coming {
    /// The framework that its lines belong to.
    pub framework: Option<FrameworkId>,
    /// The source has an identifier of its own. Without one a file may hold any
    /// part of it.
    pub named: bool,
    pub title: String,
    pub release: Release,
    /// Lines of the plan that it speaks of, in its order.
    pub met: Vec<JobItemId>,
    /// Identifiers that the files hold, whatever became of them.
    pub seen: BTreeSet<String>,
    /// Lines whose absence means something; none: all of the framework.
    pub judged: Option<BTreeSet<JobItemId>>,
    /// Identifiers that the source replaces by others.
    pub replaced: Vec<(String, String)>,
}

/// What each release changes. Frameworks that the plan had nothing of are
/// left out.
pub(crate) fn compare(before: &Plan, after: &Plan, coming: &[Coming]) -> Vec<Comparison> {
    if coming.is_empty() || before.job_items.is_empty() {
        return Vec::new();
    }
    let mut held: BTreeMap<FrameworkId, Vec<&JobItem>> = BTreeMap::new();
    for line in before.job_items.iter() {
        if let Some(framework) = line.framework {
            held.entry(framework.0).or_default().push(line);
        }
    }
    let touched = Touched::of(before);
    let outline = Outline::of(after);
    let one = |coming: &Coming| {
        let framework = earlier(before, &held, coming)?;
        let reader = Reader {
            before,
            after,
            touched: &touched,
            outline: &outline,
            coming,
        };
        Some(reader.compare(framework, held.get(&framework)?))
    };
    coming.iter().filter_map(one).collect()
}

/// The framework of the plan that this is a release of: the same one, or the
/// one that most of its lines came from.
fn earlier(
    before: &Plan,
    held: &BTreeMap<FrameworkId, Vec<&JobItem>>,
    coming: &Coming,
) -> Option<FrameworkId> {
    let mut met: BTreeMap<FrameworkId, usize> = BTreeMap::new();
    for line in &coming.met {
        let known = before.job_items.get(*line).and_then(|line| line.framework);
        if let Some(framework) = known {
            *met.entry(framework.0).or_default() += 1;
        }
    }
    if let Some(same) = coming.framework.filter(|it| held.contains_key(it)) {
        return Some(same);
    }
    let (framework, count) = met.into_iter().max_by_key(|(_, count)| *count)?;
    let all = held.get(&framework).map_or(0, Vec::len);
    (count * 2 > all).then_some(framework)
}

struct Reader<'a> {
    before: &'a Plan,
    after: &'a Plan,
    touched: &'a Touched<'a>,
    outline: &'a Outline,
    coming: &'a Coming,
}

impl Reader<'_> {
    fn compare(&self, framework: FrameworkId, held: &[&JobItem]) -> Comparison {
        let record = self.before.frameworks.get(framework);
        let mut comparison = Comparison {
            framework,
            into: self.coming.framework.unwrap_or(framework),
            title: self.coming.title.clone(),
            before: record.map_or_else(Release::default, |record| Release {
                name: record.release.clone(),
                changed: record.changed.clone(),
            }),
            after: self.coming.release.clone(),
            changed: Vec::new(),
            new: Vec::new(),
            gone: self.gone(held),
            same: Vec::new(),
        };
        let deleted: BTreeSet<&str> = {
            let all = self.before.job_items.deleted();
            let named = all.map(|line| line.origin_uri.as_str());
            named.filter(|name| !name.is_empty()).collect()
        };
        let mut met: Vec<JobItemId> = self.coming.met.clone();
        met.sort_by_key(|line| self.outline.position(*line).unwrap_or(usize::MAX));
        met.dedup();
        for line in met {
            let Some(is) = self.after.job_items.get(line) else {
                continue;
            };
            match self.before.job_items.get(line) {
                None => comparison.new.push(New {
                    line,
                    above: is.parent.map(|to| to.0),
                    tier: is.tier.map_or(Tier::Competency, |tier| tier.0),
                    code: is.code.clone(),
                    statement: is.statement.clone(),
                    deleted: deleted.contains(is.origin_uri.as_str()),
                }),
                Some(was) => match self.changed(was, is) {
                    Some(changed) => comparison.changed.push(changed),
                    None => comparison.same.push(line),
                },
            }
        }
        comparison
    }

    fn changed(&self, was: &JobItem, is: &JobItem) -> Option<Changed> {
        let differences = item_differences(self.before, self.after, was.id.into());
        let differences: Vec<Difference> = differences.into_iter().filter(is_told).collect();
        let (said, says) = (Said::of(&was.kept.0), Said::of(&is.kept.0));
        let mut particulars = said.particulars(&says);
        let moved = differences.iter().any(is_place);
        if moved {
            // Told by its new place.
            particulars.retain(|it| it.name != IS_CHILD_OF);
        }
        if differences.is_empty() && particulars.is_empty() {
            return None;
        }
        let mut whose = Whose::Source;
        let mut put = None;
        let reworded = differences.iter().any(|it| !is_place(it));
        if said.is_the_same(&says) {
            if reworded {
                whose = if moved { Whose::Both } else { Whose::Plan };
            }
        } else if let Some(words) = said.statement() {
            let here = differences.iter().find(|it| is_statement(&it.what));
            let here = here.and_then(|it| it.before.as_ref()?.as_str());
            if here.is_some_and(|here| here.trim() != words.trim()) {
                whose = Whose::Both;
                put = Some(words);
            }
        }
        Some(Changed {
            line: was.id,
            differences,
            particulars,
            modules: self.touched.modules(was.id),
            whose,
            said: put,
        })
    }

    /// Lines of the plan that came from this framework and are not in the files.
    fn gone(&self, held: &[&JobItem]) -> Vec<Gone> {
        let met: BTreeSet<JobItemId> = self.coming.met.iter().copied().collect();
        let known = held.iter().filter(|line| met.contains(&line.id)).count();
        // A file of a source without an identifier that holds less than half of
        // what is here is taken for a part of it.
        if !self.coming.named && self.coming.judged.is_none() && known * 2 <= held.len() {
            return Vec::new();
        }
        let is_gone = |line: &&&JobItem| {
            let judged = self.coming.judged.as_ref();
            !met.contains(&line.id)
                && !line.origin_uri.is_empty()
                && judged.is_none_or(|judged| judged.contains(&line.id))
                && !names(&line.origin_uri).any(|name| self.coming.seen.contains(&name))
                && self.outline.position(line.id).is_some()
        };
        let mut lines: Vec<&JobItem> = held.iter().filter(is_gone).copied().collect();
        lines.sort_by_key(|line| self.outline.position(line.id));
        let all: BTreeSet<JobItemId> = lines.iter().map(|line| line.id).collect();
        let one = |line: &JobItem| Gone {
            line: line.id,
            above: line.parent.map(|to| to.0),
            modules: self.touched.modules(line.id),
            holds: below(self.after, line.id).difference(&all).count(),
            leaving: self.leaving(line.id),
            replaced_by: self.replaced_by(&line.origin_uri),
        };
        lines.into_iter().map(one).collect()
    }

    /// Lines below a line that have been moved from there by the import.
    fn leaving(&self, line: JobItemId) -> Vec<JobItemId> {
        let left = below(self.after, line);
        let gone = below(self.before, line).into_iter();
        let above = |plan: &Plan, line| plan.job_items.get(line).map(|it| it.parent);
        gone.filter(|it| !left.contains(it) && above(self.before, *it) != above(self.after, *it))
            .collect()
    }

    fn replaced_by(&self, origin: &str) -> Vec<JobItemId> {
        let mine: BTreeSet<String> = names(origin).collect();
        let replaced = self.coming.replaced.iter();
        let by: BTreeSet<&str> = replaced
            .filter(|(old, _)| mine.contains(old))
            .map(|(_, new)| new.as_str())
            .collect();
        if by.is_empty() {
            return Vec::new();
        }
        let lines = self.coming.met.iter().copied();
        lines
            .filter(|line| {
                let line = self.after.job_items.get(*line);
                line.is_some_and(|line| {
                    names(&line.origin_uri).any(|name| by.contains(name.as_str()))
                })
            })
            .collect()
    }
}

/// The names by which a line is known: what its source calls it, and the
/// identifier at the end of that.
pub(crate) fn names(origin: &str) -> impl Iterator<Item = String> {
    let last = origin.trim_end_matches('/').rsplit('/').next();
    let last = last.filter(|last| *last != origin && crate::case::is_uuid(last));
    let last = last.map(str::to_ascii_lowercase);
    [
        Some(origin.to_owned()),
        last,
        crate::case::uuid_at_end(origin),
    ]
    .into_iter()
    .flatten()
    .filter(|name| !name.is_empty())
}

/// Whether a difference is one of what the line says, and not of where it came
/// from.
fn is_told(it: &Difference) -> bool {
    use field::job_item as f;
    let noted = [
        f::origin_uri,
        f::origin_source,
        f::origin_release,
        f::framework,
        f::kept,
    ];
    match &it.what {
        Aspect::Value(ItemId { .. }, key) => !noted.contains(&key.field),
        _ => false,
    }
}

/// Whether it is the line that it stands below. An import moves only what its source
/// has moved.
pub(super) fn is_place(it: &Difference) -> bool {
    matches!(&it.what, Aspect::Value(_, key) if key.field == field::job_item::parent)
}

fn is_statement(what: &Aspect) -> bool {
    matches!(what, Aspect::Value(_, key) if key.field == field::job_item::statement)
}
