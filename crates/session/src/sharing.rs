//! A plan going to partners as a file, and coming back.

use std::collections::{BTreeMap, BTreeSet};

use weft_document::{Clash, Document, MergeError, OpenError, PeerId, Span, Version};
use weft_model::{Aspect, Change, Difference, Kind, Plan, Uid, item_differences, link_differences};
use weft_seal::Key;

use crate::session::Session;
use crate::taking::is_frozen;
use crate::weft_file::{self, Head};

/// How many came, changed and went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// That were not there before.
    pub added: usize,
    /// That read otherwise than before.
    pub changed: usize,
    /// That are there no longer.
    pub removed: usize,
}

/// What a history from elsewhere would do to a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meeting {
    /// Items by kind; only kinds of which something would differ.
    pub items: BTreeMap<Kind, Counts>,
    /// Links of the weave.
    pub links: Counts,
    /// Nothing in it is new here.
    pub known: bool,
    /// This copy holds something that the other one lacks.
    pub ahead: bool,
    /// What both sides changed without seeing each other, and nobody has decided.
    pub clashes: Vec<Clash>,
    /// Who changed in it a plan that is frozen here, without an approval.
    pub unapproved: BTreeSet<Uid>,
}

/// Why a history was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untaken {
    /// Another plan's.
    OtherPlan,
    /// A newer program wrote it.
    Newer,
    /// Larger than is taken in at once.
    TooLarge,
    /// It builds on changes that are not here.
    Incomplete,
    /// It does not hold together.
    Damaged,
}

impl Meeting {
    /// What a change did between two states of a plan.
    pub fn between(before: &Plan, after: &Plan, change: &Change) -> Self {
        let (items, links, _) = count(before, after, change);
        Self {
            known: items.is_empty() && links == Counts::default(),
            items,
            links,
            ..Self::default()
        }
    }
}

impl Session {
    /// The plan with its whole history as a `.weft` file, signed where there is a
    /// key.
    pub fn file(&self, now: i64, key: Option<&Key>) -> Vec<u8> {
        weft_file::write(&self.head(now, false), &self.document.save(), key)
    }

    /// The plan with its whole history, as a document saves it.
    pub fn history(&self) -> Vec<u8> {
        self.document.save()
    }

    /// A file with what a partner lacks whose copy is at this version, and no
    /// more; nothing where it lacks nothing.
    pub fn file_for(&self, version: &Version, now: i64, key: Option<&Key>) -> Option<Vec<u8>> {
        let updates = self.document.updates_since(version);
        let head = self.head(now, true);
        (!updates.is_empty()).then(|| weft_file::write(&head, &updates, key))
    }

    pub(crate) fn head(&self, now: i64, only_new: bool) -> Head {
        let author = self.author.uid;
        let origin = self.document.origin();
        Head {
            plan: self.id().to_string(),
            title: titles(self.plan()),
            saved_millis: now,
            saved_by: self.author.name.clone(),
            author: if author == Uid(0) {
                String::new()
            } else {
                author.to_string()
            },
            only_new,
            excerpt_of: (origin.as_ref())
                .map(|it| it.plan.to_string())
                .unwrap_or_default(),
            made_for: (origin.and_then(|it| it.made_for))
                .map(|it| it.to_string())
                .unwrap_or_default(),
        }
    }

    /// What a history would do here; see [`meeting`].
    pub fn meet(&self, history: &[u8], peer: PeerId) -> Result<Meeting, Untaken> {
        meeting(&self.document, history, peer)
    }

    /// The same, and what reads otherwise then, told by the plan as it would be.
    /// Nothing is told where nothing is new.
    pub fn meet_and_tell<T>(
        &self,
        history: &[u8],
        peer: PeerId,
        tell: impl FnOnce(&Plan, Vec<Difference>) -> T,
    ) -> Result<(Meeting, Option<T>), Untaken> {
        try_out(&self.document, history, peer, tell)
    }
}

/// Tries out on a copy what a history would do to a plan. The copy is saved and
/// opened again as well: what spoils that must not come near the plan.
/// `peer` is a fresh random number.
pub fn meeting(here: &Document, history: &[u8], peer: PeerId) -> Result<Meeting, Untaken> {
    try_out(here, history, peer, |_, _| ()).map(|(meeting, _)| meeting)
}

fn try_out<T>(
    here: &Document,
    history: &[u8],
    peer: PeerId,
    tell: impl FnOnce(&Plan, Vec<Difference>) -> T,
) -> Result<(Meeting, Option<T>), Untaken> {
    let theirs = match open(here.id(), history, peer) {
        Ok(whole) => whole.version(),
        // Only what was new: it makes sense to those who have the rest.
        Err(Untaken::Damaged | Untaken::Incomplete) => {
            with_spans(here, &Document::spans(history)?)?
        }
        Err(why) => return Err(why),
    };
    let mine = here.version();
    if mine.includes(&theirs) {
        let meeting = Meeting {
            known: true,
            ahead: !theirs.includes(&mine),
            ..Meeting::default()
        };
        return Ok((meeting, None));
    }
    let mut copy = open(here.id(), &here.save(), peer)?;
    let merged = copy.merge(history)?;
    if merged.pending {
        return Err(Untaken::Incomplete);
    }
    if open(here.id(), &copy.save(), peer)?.plan() != copy.plan() {
        return Err(Untaken::Damaged);
    }
    let (items, links, differences) = count(here.plan(), copy.plan(), &merged.change);
    let before = here.clashes();
    let mut clashes = copy.clashes();
    clashes.retain(|clash| !before.contains(clash));
    let altered = links != Counts::default() || items.keys().any(|it| !it.is_about_the_plan());
    let meeting = Meeting {
        unapproved: if altered && is_frozen(here.plan()) {
            copy.unapproved_since(&mine)
        } else {
            BTreeSet::new()
        },
        items,
        links,
        known: false,
        ahead: !theirs.includes(&mine),
        clashes,
    };
    Ok((meeting, Some(tell(copy.plan(), differences))))
}

/// The version of whoever has these changes and all that is here.
fn with_spans(here: &Document, spans: &[Span]) -> Result<Version, Untaken> {
    let mut version = here.version();
    for span in spans {
        if !version.extend(*span) {
            return Err(Untaken::Incomplete);
        }
    }
    Ok(version)
}

/// How far whoever wrote a history was.
pub fn version_of(history: &[u8]) -> Version {
    let mut version = Version::default();
    for span in Document::spans(history).unwrap_or_default() {
        version.extend(Span { from: 0, ..span });
    }
    version
}

/// The title of a plan by language, as a head has it.
pub(crate) fn titles(plan: &Plan) -> BTreeMap<String, String> {
    let title = plan.about().title.iter();
    title
        .map(|(lang, words)| (lang.to_string(), words.to_owned()))
        .collect()
}

fn open(plan: Uid, history: &[u8], peer: PeerId) -> Result<Document, Untaken> {
    match Document::open(plan, [history], peer) {
        Ok(opened) if opened.pending => Err(Untaken::Incomplete),
        Ok(opened) => Ok(opened.document),
        Err(OpenError::OtherPlan) => Err(Untaken::OtherPlan),
        Err(OpenError::TooLarge { .. }) => Err(Untaken::TooLarge),
        Err(_) => Err(Untaken::Damaged),
    }
}

impl From<MergeError> for Untaken {
    fn from(error: MergeError) -> Self {
        match error {
            MergeError::OtherPlan => Self::OtherPlan,
            MergeError::Newer => Self::Newer,
            MergeError::TooLarge { .. } => Self::TooLarge,
            MergeError::Damaged | MergeError::SamePeer => Self::Damaged,
        }
    }
}

fn count(
    before: &Plan,
    after: &Plan,
    change: &Change,
) -> (BTreeMap<Kind, Counts>, Counts, Vec<Difference>) {
    let mut differences = Vec::new();
    let mut items: BTreeMap<Kind, Counts> = BTreeMap::new();
    for item in change.items.keys() {
        let told = item_differences(before, after, *item);
        let Some(first) = told.first() else { continue };
        let counts = items.entry(item.kind).or_default();
        match (&first.what, &first.after) {
            (Aspect::Presence(_), Some(_)) => counts.added += 1,
            (Aspect::Presence(_), None) => counts.removed += 1,
            _ => counts.changed += 1,
        }
        differences.extend(told);
    }
    let mut links = Counts::default();
    for key in &change.links {
        let told = link_differences(before, after, *key);
        let Some(first) = told.first() else { continue };
        match (&first.what, &first.before, &first.after) {
            (Aspect::Link(_), None, _) => links.added += 1,
            (Aspect::Link(_), _, None) => links.removed += 1,
            _ => links.changed += 1,
        }
        differences.extend(told);
    }
    (items, links, differences)
}
