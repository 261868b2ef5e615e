//! The order in which modules are shown: by the term in which they begin.

use std::collections::BTreeMap;

use weft_model::{CategoryId, ModuleId, Plan, TermId};

use crate::facts::Facts;

/// The modules that begin in one term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermGroup {
    /// The term; none: the modules without a term.
    pub term: Option<TermId>,
    /// By category, then by their own order.
    pub modules: Vec<ModuleId>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ModuleOrder {
    pub(crate) groups: Vec<TermGroup>,
    pub(crate) place: BTreeMap<ModuleId, usize>,
}

impl Facts {
    /// Puts all modules in order. Their figures must be right already.
    pub(crate) fn arrange(&mut self, plan: &Plan) {
        let categories: BTreeMap<CategoryId, usize> = plan
            .categories
            .iter()
            .enumerate()
            .map(|(place, category)| (category.id, place))
            .collect();
        let terms = self.term_order.len();
        let mut sorted: Vec<(usize, usize, usize, ModuleId)> = plan
            .modules
            .iter()
            .enumerate()
            .map(|(own, module)| {
                let first = self.modules.get(&module.id).and_then(|f| f.first_term());
                let term = first.and_then(|term| self.term_place(term));
                let category = module.category.and_then(|c| categories.get(&c.0));
                let category = category.copied().unwrap_or(usize::MAX);
                (term.unwrap_or(terms), category, own, module.id)
            })
            .collect();
        sorted.sort_unstable();
        let mut groups: Vec<TermGroup> = self
            .term_order
            .iter()
            .map(|term| Some(*term))
            .chain([None])
            .map(|term| TermGroup {
                term,
                modules: Vec::new(),
            })
            .collect();
        let mut place = BTreeMap::new();
        for (at, (term, _, _, module)) in sorted.into_iter().enumerate() {
            groups[term].modules.push(module);
            place.insert(module, at);
        }
        if groups.last().is_some_and(|last| last.modules.is_empty()) {
            groups.pop();
        }
        self.order = ModuleOrder { groups, place };
    }
}
