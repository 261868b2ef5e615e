//! Modules that presuppose each other in a ring. One finding per ring, about
//! the member that comes first in the order of modules.

use std::collections::BTreeMap;

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use crate::facts::Facts;
use crate::reach::Topic;
use weft_model::{ModuleId, Plan, Severity, Subject};

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "prerequisite.cycle",
        group: Group::Sequence,
        severity: Severity::Hard,
        source: "practice",
        figures: &["modules"],
    },
    look: Look::Across(Topic::Sequence, rings),
};

fn rings(plan: &Plan, _: &Facts) -> Vec<(Subject, Figures)> {
    let modules: Vec<_> = plan.modules.iter().collect();
    let place: BTreeMap<ModuleId, usize> = modules
        .iter()
        .enumerate()
        .map(|(at, module)| (module.id, at))
        .collect();
    let next: Vec<Vec<usize>> = modules
        .iter()
        .map(|module| {
            let known = |id| place.get(id).copied();
            module.prerequisites.iter().filter_map(known).collect()
        })
        .collect();
    components(&next)
        .into_iter()
        .filter(|ring| ring.len() > 1 || ring.iter().any(|at| next[*at].contains(at)))
        .filter_map(|mut ring| {
            ring.sort_unstable();
            let items = ring.iter().map(|at| modules[*at].id.into()).collect();
            let first = modules[*ring.first()?].id;
            let figures = Figures::none().with("modules", Figure::Items(items));
            Some((Subject::Item(first.into()), figures))
        })
        .collect()
}

/// Strongly connected components (Tarjan), without recursion: a chain of
/// thousands of modules must not exhaust the stack.
fn components(next: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const NEW: usize = usize::MAX;
    let mut number = vec![NEW; next.len()];
    let mut low = vec![0; next.len()];
    let mut open = vec![false; next.len()];
    let (mut count, mut stack, mut found) = (0, Vec::new(), Vec::new());
    for start in 0..next.len() {
        if number[start] != NEW {
            continue;
        }
        let mut path = vec![(start, 0)];
        while let Some((at, edge)) = path.last().copied() {
            if edge == 0 && number[at] == NEW {
                (number[at], low[at]) = (count, count);
                count += 1;
                stack.push(at);
                open[at] = true;
            }
            if let Some(to) = next[at].get(edge).copied() {
                if let Some(top) = path.last_mut() {
                    top.1 += 1;
                }
                if number[to] == NEW {
                    path.push((to, 0));
                } else if open[to] {
                    low[at] = low[at].min(number[to]);
                }
                continue;
            }
            path.pop();
            if let Some((above, _)) = path.last() {
                low[*above] = low[*above].min(low[at]);
            }
            if low[at] == number[at] {
                let from = stack.iter().rposition(|on| *on == at).unwrap_or(0);
                let ring = stack.split_off(from);
                for member in &ring {
                    open[*member] = false;
                }
                found.push(ring);
            }
        }
    }
    found
}
