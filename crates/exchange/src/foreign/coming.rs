//! What an import meets of a framework on its way: needed to say what a newer
//! release changes.

use weft_model::JobItemId;

use super::outline::Planter;
use super::source::short;
use crate::release::{Coming, Release, names};

impl Planter<'_> {
    /// What comes in from now on belongs to the source that was begun. Several
    /// files of one framework are one release.
    pub(super) fn expect(&mut self) {
        let same = self
            .coming
            .iter()
            .position(|it| it.framework.is_some() && it.framework == self.framework);
        self.now = same.unwrap_or(self.coming.len());
        if same.is_none() {
            self.coming.push(Coming {
                framework: self.framework,
                named: !self.source.identifier.is_empty(),
                title: self.source.title.clone(),
                release: Release {
                    name: short(&self.source.release),
                    changed: short(&self.source.changed),
                },
                ..Coming::default()
            });
        }
    }

    /// What comes in now.
    pub fn coming(&mut self) -> Option<&mut Coming> {
        self.coming.get_mut(self.now)
    }

    /// Notes that the files hold this identifier, whatever becomes of it.
    pub fn saw(&mut self, identifier: &str) {
        if let Some(coming) = self.coming.get_mut(self.now) {
            coming.seen.extend(names(identifier));
        }
    }

    pub(super) fn meet(&mut self, line: JobItemId) {
        self.taken.insert(line);
        if let Some(coming) = self.coming.get_mut(self.now) {
            coming.met.push(line);
        }
    }
}
