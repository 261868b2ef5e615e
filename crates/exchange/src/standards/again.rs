//! Lines of a standard that the plan has from an earlier version.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{Choice as _, Framework, JobItemId, Lang, Plan, Tier, field};

use super::FORMAT;
use super::lines::short;
use crate::foreign::Node;

/// Lines of the plan that came from an earlier version. A version may give what
/// it does not change another GUID: such a line is known by its words.
pub(super) struct Known {
    origins: Vec<String>,
    by_words: BTreeMap<(Tier, String, String), Option<JobItemId>>,
    lines: BTreeMap<JobItemId, String>,
}

impl Known {
    /// The lines that came from this standard.
    pub fn of(into: &Plan, reference: &str) -> Self {
        let is_it =
            |known: &&Framework| known.format == FORMAT && known.identifier == short(reference);
        let framework = into.frameworks.iter().find(is_it).map(|known| known.id);
        let mut known = Self {
            origins: Vec::new(),
            by_words: BTreeMap::new(),
            lines: BTreeMap::new(),
        };
        let held = into
            .job_items
            .iter()
            .filter(|line| framework.is_some() && line.framework.map(|to| to.0) == framework);
        for line in held.filter(|line| !line.origin_uri.is_empty()) {
            known.origins.push(line.origin_uri.clone());
            known.lines.insert(line.id, line.origin_uri.clone());
            let item = crate::skills::kept_part(line, "item");
            let said = match crate::case::json::text(&item, "fullStatement") {
                "" => line.statement.get(&Lang::en()),
                said => said,
            };
            let kind = line.kind.map_or("", |kind| kind.0.id());
            let tier = line.tier.map_or(Tier::Competency, |tier| tier.0);
            let key = (tier, kind.to_owned(), said.to_owned());
            let entry = known.by_words.entry(key);
            // Two lines with the same words are told apart by nothing.
            entry.and_modify(|it| *it = None).or_insert(Some(line.id));
        }
        known
    }

    /// Lets nodes with another identifier be known by their words.
    pub fn recognise(&self, nodes: &mut [Node]) {
        let here: BTreeSet<String> = nodes
            .iter()
            .map(|node| node.origin.to_lowercase())
            .collect();
        let held: BTreeSet<String> = self.origins.iter().map(|it| it.to_lowercase()).collect();
        let mut taken = BTreeSet::new();
        for node in nodes {
            if held.contains(&node.origin.to_lowercase()) {
                continue;
            }
            let value = |of: weft_model::Field| {
                let found = node.values.iter().find(|(key, _)| key.field == of);
                let found = found.and_then(|(_, value)| value.as_str());
                found.unwrap_or_default().to_owned()
            };
            let tier = node.tier.unwrap_or(Tier::Competency);
            let key = (
                tier,
                value(field::job_item::kind),
                value(field::job_item::statement),
            );
            let line = self.by_words.get(&key).copied().flatten();
            let origin = line.and_then(|line| self.lines.get(&line));
            if let Some(origin) = origin.filter(|it| !here.contains(&it.to_lowercase()))
                && taken.insert(origin.clone())
            {
                node.alias.clone_from(origin);
            }
        }
    }
}
