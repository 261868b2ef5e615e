//! The hierarchy of a package: its associations "is child of".

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use weft_model::Kind;

use super::read::Reader;
use super::{TEACHES, json};
use crate::WarningKind;
use crate::foreign::{Node, Places};

/// "Is child of".
struct Edge {
    /// Which association.
    at: usize,
    child: String,
    /// None: the document.
    parent: Option<String>,
    sequence: i64,
}

/// The associations that make the hierarchy.
pub(super) struct Edges {
    below: Vec<Edge>,
    pub(super) used: BTreeSet<usize>,
}

impl Edges {
    pub(super) fn of(associations: &[Json], document: &str) -> Self {
        let mut edges = Self {
            below: Vec::new(),
            used: BTreeSet::new(),
        };
        for (at, value) in associations.iter().enumerate() {
            let Some(raw) = value.as_object() else {
                continue;
            };
            if json::text(raw, "associationType") != "isChildOf" {
                continue;
            }
            let ends = ["originNodeURI", "destinationNodeURI"]
                .map(|key| raw.get(key).and_then(json::linked));
            let [Some(child), Some(parent)] = ends else {
                continue;
            };
            let sequence = raw.get("sequenceNumber").and_then(json::whole);
            edges.used.insert(at);
            edges.below.push(Edge {
                at,
                child,
                parent: (parent != document).then_some(parent),
                sequence: sequence.unwrap_or(i64::MAX),
            });
        }
        edges
    }

    /// Whether there are others than those and links of ours.
    pub(super) fn has_others(&self, associations: &[Json]) -> bool {
        associations.iter().enumerate().any(|(at, value)| {
            let ours = value.get("associationType").and_then(Json::as_str) == Some(TEACHES);
            !self.used.contains(&at) && !ours
        })
    }
}

/// What a package says to stand in the place of something older: the identifiers
/// of the older and of the newer line.
pub(super) fn replaced(associations: &[Json]) -> Vec<(String, String)> {
    let pair = |value: &Json| {
        let raw = value.as_object()?;
        let ends = ["originNodeURI", "destinationNodeURI"];
        let [old, new] = ends.map(|key| raw.get(key).and_then(json::linked));
        (json::text(raw, "associationType") == "replacedBy").then_some((old?, new?))
    };
    associations.iter().filter_map(pair).collect()
}

impl Reader<'_, '_> {
    /// Hangs the lines below each other, in the order that the edges say.
    pub(super) fn hierarchy(&mut self, associations: &[Json], edges: &Edges) {
        let mut sorted: Vec<&Edge> = edges.below.iter().collect();
        sorted.sort_by_key(|edge| (edge.sequence, edge.at));
        let mut hung: BTreeSet<usize> = BTreeSet::new();
        let mut order: Vec<usize> = Vec::new();
        for edge in sorted {
            let Some(child) = self.by_id.get(&edge.child).copied() else {
                // A line that is not in the package.
                if let Some(value) = associations.get(edge.at) {
                    self.keep(2, edge.at, "CFAssociations", value);
                }
                continue;
            };
            let above = edge.parent.as_ref().map(|parent| self.by_id.get(parent));
            let Some(value) = associations.get(edge.at) else {
                continue;
            };
            if !hung.insert(child) {
                let called = |at: Option<usize>| {
                    let called = self.nodes.get(at?)?.called();
                    (!called.is_empty()).then_some(called)
                };
                let other = || edge.parent.clone().unwrap_or_default();
                let kind = WarningKind::AlsoBelow {
                    what: called(Some(child)).unwrap_or_else(|| edge.child.clone()),
                    text: called(above.flatten().copied()).unwrap_or_else(other),
                };
                let place = self.place("CFAssociations", edge.at);
                self.planter.warn(place, kind);
                if let Some(Some(parent)) = above {
                    self.places.also.entry(child).or_default().push(*parent);
                }
                self.keep(2, edge.at, "CFAssociations", value);
                continue;
            }
            order.push(child);
            if above.is_none_or(|above| above.is_some()) {
                self.places.known.insert(child);
            }
            let parent = match above {
                None => None,
                Some(Some(parent)) => Some(*parent),
                Some(None) => {
                    let kind = WarningKind::NoSuch {
                        kind: Kind::JobItem,
                        text: edge.parent.clone().unwrap_or_default(),
                    };
                    let place = self.place("CFAssociations", edge.at);
                    self.planter.warn(place, kind);
                    None
                }
            };
            if let Some(node) = self.nodes.get_mut(child) {
                node.parent = parent;
                if node.uid.is_none() || node.kept.is_some() {
                    let kept = node.kept.get_or_insert_default();
                    kept.insert("child_of".into(), value.clone());
                }
            }
        }
        // Lines stand in the order of their edges, the others behind them.
        let rest = (0..self.nodes.len()).filter(|at| !hung.contains(at));
        order.extend(rest);
        let place: BTreeMap<usize, usize> = order
            .iter()
            .enumerate()
            .map(|(new, old)| (*old, new))
            .collect();
        let old = core::mem::take(&mut self.nodes);
        let mut nodes: Vec<Option<Node>> = old.into_iter().map(Some).collect();
        for at in &order {
            if let Some(mut node) = nodes.get_mut(*at).and_then(Option::take) {
                node.parent = node.parent.and_then(|parent| place.get(&parent).copied());
                self.nodes.push(node);
            }
        }
        for at in self.by_id.values_mut() {
            if let Some(new) = place.get(at) {
                *at = *new;
            }
        }
        let now = |at: &usize| place.get(at).copied();
        let Places { known, also } = core::mem::take(&mut self.places);
        let also = also.into_iter().filter_map(|(at, parents)| {
            let parents = parents.iter().filter_map(now).collect();
            Some((now(&at)?, parents))
        });
        self.places = Places {
            known: known.iter().filter_map(now).collect(),
            also: also.collect(),
        };
    }
}
