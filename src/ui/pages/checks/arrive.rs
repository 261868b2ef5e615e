//! Coming to a finding by its address: its row is shown, has the focus and is
//! marked for as long as the address names it. Whoever follows a finding to its
//! spot and comes back stands where they left.

use leptos::{html, prelude::*};
use weft_analysis::Finding;
use weft_model::Subject;

use crate::browser::{dom, timer};
use crate::route::Page;
use crate::ui::find::finding_at;
use crate::ui::spot::SpotOn;
use crate::ui::state::Editor;

/// The finding that the address names. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Arrival {
    spot: SpotOn,
    found: Memo<Option<Finding>>,
    /// Whether its row has still to get the focus.
    awaited: StoredValue<bool>,
}

impl Arrival {
    /// For the page with all these findings.
    pub fn new(editor: &Editor, all: Memo<Vec<Finding>>) -> Self {
        let spot = SpotOn::new(editor, Page::Checks);
        let found = Memo::new(move |_| {
            let at = spot.all();
            all.with(|all| all.iter().find(|it| names(&at, it)).cloned())
        });
        Self {
            spot,
            found,
            awaited: StoredValue::new(false),
        }
    }

    /// Calls `act` with the finding each time that an address leads to one.
    pub fn on_arrival(self, act: impl Fn(&Finding) + 'static) {
        Effect::new(move |before: Option<Vec<String>>| {
            let at = self.spot.all();
            if before.as_ref() != Some(&at) {
                let found = self.found.get_untracked();
                self.awaited.set_value(found.is_some());
                if let Some(found) = found {
                    act(&found);
                }
            }
            at
        });
    }

    /// Whether the address names a finding that is no longer there. Reactive.
    pub fn is_gone(self) -> bool {
        self.found.with(Option::is_none) && !self.spot.all().is_empty()
    }

    /// Whether the address names this finding. Reactive.
    pub fn is_here(self, finding: &Finding) -> bool {
        let same = |it: &Finding| (it.rule, it.subject) == (finding.rule, finding.subject);
        self.found.with(|found| found.as_ref().is_some_and(same))
    }

    /// Gives the focus to the row of this finding once it is drawn, if an
    /// address has just led to it.
    pub fn receive(self, finding: StoredValue<Finding>, row: NodeRef<html::Li>) {
        Effect::new(move || {
            let here = finding.with_value(|finding| self.is_here(finding));
            if !here || row.get().is_none() {
                return;
            }
            timer::next_frame(move || {
                let Some(Some(row)) = row.try_get_untracked() else {
                    return;
                };
                if self.awaited.try_get_value() == Some(true) {
                    self.awaited.set_value(false);
                    dom::focus(&row);
                    dom::reveal(&row);
                }
            });
        });
    }

    /// Lets the address name this finding: the way back leads here.
    pub fn leave_from(self, finding: &Finding) {
        self.spot.point(finding_at(finding));
    }
}

/// Whether an address names a finding: by its rule and its subject, or by its
/// waiver or its subject alone.
fn names(at: &[String], finding: &Finding) -> bool {
    if let [one] = at {
        let waiver = finding.waived.as_ref().map(|it| it.by.to_string());
        let item = match finding.subject {
            Subject::Item(item) => Some(item.uid.to_string()),
            _ => None,
        };
        if waiver.as_ref() == Some(one) || item.as_ref() == Some(one) {
            return true;
        }
    }
    *at == finding_at(finding)
}
