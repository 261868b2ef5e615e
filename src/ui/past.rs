//! What was done to the open plan, and what partners did at the same time.

use std::collections::BTreeMap;

use leptos::prelude::*;
use weft_document::{Approval, Author, Clash, Entry, Origin, Point, RecentAct, Version};
use weft_exchange::weft_json::Voice;
use weft_model::{ItemId, NamedVersion, PartyId, Plan, Uid};
use weft_seal::{Key, is_genuine};

use crate::browser::device;
use crate::browser::following::FolderState;
use crate::browser::seen;
use crate::browser::timer::Timer;
use crate::ui::state::Editor;
use crate::ui::text::say_with;

/// How long after a change it is looked for what was done at the same time.
const LOOK_AFTER: u32 = 400;

/// How somebody is told of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// In words; empty where nobody knows.
    pub name: String,
    /// The number of a colour; 0: none.
    pub colour: u8,
}

/// Keeps how far those are who write into a shared folder.
pub fn note_followers(plan: Uid, state: &FolderState) {
    let FolderState::Following { followers, .. } = state else {
        return;
    };
    for follower in followers.iter().filter(|it| !it.own) {
        if let Some(version) = &follower.version {
            seen::note(plan, follower.author, version, follower.changed);
        }
    }
}

impl Editor {
    /// How far a partner was when this device last heard of it, and when.
    pub fn reached(&self, author: Uid) -> Option<(Version, i64)> {
        let live = self.session(|session| session.reached(author)).flatten();
        let kept = seen::all(self.id()).remove(&author);
        match (live, kept) {
            (Some(live), Some((kept, _))) => Some((live.joined(&kept), device::now_millis())),
            (Some(live), None) => Some((live, device::now_millis())),
            (None, kept) => kept,
        }
    }

    /// What was done that a copy at this version lacks, newest first.
    pub fn done_since(&self, version: &Version, limit: usize) -> Vec<RecentAct> {
        self.session(|session| session.done_since(version, limit))
            .unwrap_or_default()
    }

    /// What is new for a copy at this version, as a `.weft` file.
    pub fn weft_file_for(&self, version: &Version, key: Option<&Key>) -> Option<Vec<u8>> {
        let now = device::now_millis();
        self.session(|session| session.file_for(version, now, key))
            .flatten()
    }

    /// What was done last, newest first; read from the history at each call.
    pub fn recent(&self, limit: usize) -> Vec<RecentAct> {
        self.session(|session| session.recent(limit))
            .unwrap_or_default()
    }

    /// The plan with its whole history as a `.weft` file; empty when none is open.
    pub fn weft_file(&self, key: Option<&Key>) -> Vec<u8> {
        self.session(|session| session.file(device::now_millis(), key))
            .unwrap_or_default()
    }

    /// The plan as it reads now as a `.weft` file without its history, perhaps
    /// for one party alone; nothing where it cannot be made.
    pub fn excerpt_file(&self, made_for: Option<PartyId>, key: Option<&Key>) -> Option<Vec<u8>> {
        let made = self
            .plan(|plan| weft_exchange::excerpt(plan, made_for))
            .ok()?;
        let (id, now) = (Uid(device::chance()), device::now_millis());
        self.session(|session| session.excerpt(id, made.commands, made_for, now, key).ok())
            .flatten()
    }

    /// Where the plan was taken from, if it is an excerpt of another one.
    pub fn origin(&self) -> Option<Origin> {
        self.session(|session| session.origin()).flatten()
    }

    /// All that was done, oldest first; with an item: to that. Reads the whole
    /// history at each call.
    pub fn chronicle(&self, about: Option<ItemId>) -> Vec<Entry> {
        self.session(|session| session.chronicle(about))
            .unwrap_or_default()
    }

    /// The point of the history that this is; nothing right after a merge.
    pub fn point(&self) -> Option<Point> {
        self.session(weft_session::Session::point).flatten()
    }

    /// The plan as it read at a point of its history.
    pub fn at(&self, point: &Point) -> Option<Plan> {
        self.session(|session| session.at(point)).flatten()
    }

    /// The plan as a version names it: at its point of the history, or the plan of now
    /// where this copy does not reach back that far, as one that came by a link, and
    /// the version's hash is that of the plan of now.
    pub fn as_named(&self, version: &NamedVersion) -> Option<Plan> {
        let then = (version.point.parse().ok()).and_then(|point| self.at(&point));
        then.or_else(|| self.plan(|now| is_genuine(now, version).then(|| now.clone())))
    }

    /// Whether somebody at this version has something that is not here.
    pub fn lacks_some_of(&self, version: &Version) -> bool {
        self.session(|session| session.version().includes(version)) == Some(false)
    }

    /// Whether this is a copy without history of somebody's plan.
    pub fn is_excerpt(&self) -> bool {
        self.session(|session| session.origin().is_some()) == Some(true)
    }

    /// Who edits here, by the uid.
    pub fn author(&self) -> Uid {
        self.session(|session| session.author().uid)
            .unwrap_or_default()
    }

    /// The person who edits, as a plan without a history names them.
    pub fn voice(&self) -> Option<Voice> {
        self.session(|session| voice(session.author()))
    }

    /// The approvals to change the plan while it was frozen, oldest first.
    pub fn approvals(&self) -> Vec<Approval> {
        self.session(weft_session::Session::approvals)
            .unwrap_or_default()
    }

    /// The person who edits, whether they have written here or not.
    pub fn who_edits(&self) -> Author {
        self.session(|session| session.author().clone())
            .unwrap_or_default()
    }

    /// Everybody who has written here, by their uid.
    pub fn authors(&self) -> BTreeMap<Uid, Author> {
        self.session(weft_session::Session::authors)
            .unwrap_or_default()
    }

    /// How everybody who has written here is told of: "Ding Hui (Haiheng)".
    /// Reactive in the language.
    pub fn names(&self) -> BTreeMap<Uid, Named> {
        let all = self.authors().into_iter();
        all.map(|(uid, author)| (uid, self.named(author))).collect()
    }

    /// The same of entries of the history: for whom their authors spoke then, and
    /// where they had not said so, for whom they speak now. Reactive in the language.
    pub fn by_whom(&self) -> impl Fn(&Entry) -> Named + use<> {
        let (editor, authors) = (*self, self.authors());
        move |entry| {
            let author = authors.get(&entry.author).cloned();
            let author = author.map(|author| Author {
                party: entry.party.or(author.party),
                ..author
            });
            author
                .map(|author| editor.named(author))
                .unwrap_or_default()
        }
    }

    fn named(&self, author: Author) -> Named {
        let lang = self.lang();
        let party = author
            .party
            .map(|party| self.plan(|plan| plan.title(party.into()).show(&lang).to_owned()));
        let party = party.unwrap_or_default();
        let name = match (author.name.is_empty(), party.is_empty()) {
            (_, true) => author.name,
            (true, false) => party,
            (false, false) => say_with("told.of_party", &[("name", author.name), ("party", party)]),
        };
        Named {
            name,
            colour: author.colour,
        }
    }

    /// What was changed on several sides at the same time and nobody has decided.
    /// Reactive; it is brought up to date a moment after a change.
    pub fn clashes(&self) -> Vec<Clash> {
        self.clashes.get()
    }

    /// Looks for clashes a moment from now. They come with what others did, and
    /// go with anything: only then the history has to be read.
    pub(crate) fn look_for_clashes(&self) {
        let merges = self
            .session(weft_session::Session::merges)
            .unwrap_or_default();
        let none = self.clashes.with_untracked(Vec::is_empty);
        if none && self.looked.get_value() == Some(merges) {
            return;
        }
        let editor = *self;
        let timer = Timer::after(LOOK_AFTER, move || {
            if editor.clashes.is_disposed() {
                return;
            }
            editor.looked.set_value(Some(merges));
            let found = editor
                .session(weft_session::Session::clashes)
                .unwrap_or_default();
            if editor.clashes.with_untracked(|known| *known != found) {
                editor.clashes.set(found);
            }
        });
        let before = self
            .looking
            .try_update_value(|looking| looking.replace(timer));
        if let Some(Some(before)) = before {
            before.stop();
        }
    }
}

/// An author as a plan without a history names them.
pub fn voice(author: &Author) -> Voice {
    Voice {
        id: author.uid,
        name: author.name.clone(),
        role: author.role.clone(),
        party: author.party,
    }
}
