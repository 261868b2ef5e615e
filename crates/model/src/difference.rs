//! How two states of a plan differ, value by value. The one measure of change:
//! for what a file would bring, for the history, for two versions side by side.

use core::fmt;
use core::str::FromStr;
use std::collections::BTreeSet;

use crate::id::NotAUid;

use crate::{FieldKey, ItemId, Kind, Lang, Link, LinkKey, PartyId, Plan, Subject, Uid, Value};

/// One thing that a plan says and that can change by itself.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// Whether an item is there.
    Presence(ItemId),
    /// Its place among its siblings.
    Place(ItemId),
    /// One value of it.
    Value(ItemId, FieldKey),
    /// Whether a link is there, and its level.
    Link(LinkKey),
    /// How strongly it holds.
    Strength(LinkKey),
    /// Whether a party is named among those who may see it.
    Shown(LinkKey, PartyId),
    /// Its note in one language.
    Note(LinkKey, Lang),
}

impl Aspect {
    /// What it is about.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Presence(item) | Self::Place(item) | Self::Value(item, _) => (*item).into(),
            Self::Link(key) | Self::Strength(key) | Self::Shown(key, _) | Self::Note(key, _) => {
                (*key).into()
            }
        }
    }

    /// What it reads in a plan, as a [`Difference`] tells it.
    pub fn read(&self, plan: &Plan) -> Option<Value> {
        let yes = |it: bool| it.then_some(Value::Bool(true));
        match self {
            Self::Presence(item) => yes(plan.any(item.kind).is_live(item.uid)),
            Self::Place(item) => plan.any(item.kind).order(item.uid).map(Value::str),
            Self::Value(item, key) => plan.value(*item, key),
            Self::Link(key) => {
                let link = plan.weave.get(key)?;
                Some(Value::Int(i64::from(link.level.unwrap_or_default())))
            }
            Self::Strength(key) => {
                let strength = plan.weave.get(key)?.strength?;
                Some(Value::Int(i64::from(strength)))
            }
            Self::Shown(key, party) => yes(plan.weave.get(key)?.visible_to.contains(party)),
            Self::Note(key, lang) => {
                let words = plan.weave.get(key)?.note.get(lang);
                (!words.is_empty()).then(|| Value::str(words))
            }
        }
    }

    /// Whether it only notes who said something about the plan, and when: told beside
    /// what was said, of no use by itself, and nothing to decide between.
    pub fn is_a_note(&self) -> bool {
        let notes = [
            "author",
            "at",
            "answered_by",
            "answered_at",
            "confirmed",
            "confirmed_at",
            "taken_from",
        ];
        match self {
            Self::Value(item, key) => {
                item.kind.is_about_the_plan() && notes.contains(&key.field.name())
            }
            _ => false,
        }
    }

    /// Whether it is about this item: it is one of its values, or a link that it
    /// is an end of.
    pub fn touches(&self, item: ItemId) -> bool {
        match self.subject() {
            Subject::Plan => false,
            Subject::Item(it) => it == item,
            Subject::Link(key) => {
                item == key.module.into()
                    || item == key.competency.into()
                    || key.unit.is_some_and(|unit| item == unit.into())
            }
        }
    }
}

impl fmt::Display for Aspect {
    /// A word, the item or link, and what further tells it: `value
    /// modules/… total_hours`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Presence(item) => write!(f, "presence {}", Subject::Item(*item)),
            Self::Place(item) => write!(f, "place {}", Subject::Item(*item)),
            Self::Value(item, key) => write!(f, "value {} {key}", Subject::Item(*item)),
            Self::Link(key) => write!(f, "link {key}"),
            Self::Strength(key) => write!(f, "strength {key}"),
            Self::Shown(key, party) => write!(f, "shown {key} {party}"),
            Self::Note(key, lang) => write!(f, "note {key} {lang}"),
        }
    }
}

impl FromStr for Aspect {
    type Err = NotAUid;

    fn from_str(text: &str) -> Result<Self, NotAUid> {
        let mut parts = text.splitn(3, ' ');
        let mut next = || parts.next().ok_or(NotAUid);
        let (word, of) = (next()?, next()?);
        let item = || match of.parse()? {
            Subject::Item(item) => Ok(item),
            Subject::Plan | Subject::Link(_) => Err(NotAUid),
        };
        Ok(match word {
            "presence" => Self::Presence(item()?),
            "place" => Self::Place(item()?),
            "value" => {
                let item = item()?;
                let key = FieldKey::read(item.kind, next()?).ok_or(NotAUid)?;
                Self::Value(item, key)
            }
            "link" => Self::Link(of.parse()?),
            "strength" => Self::Strength(of.parse()?),
            "shown" => Self::Shown(of.parse()?, PartyId(next()?.parse()?)),
            "note" => Self::Note(of.parse()?, Lang::new(next()?).ok_or(NotAUid)?),
            _ => return Err(NotAUid),
        })
    }
}

/// One thing that reads otherwise.
///
/// How values stand here: `Presence` and `Shown` as yes; `Place` as the key by
/// which siblings are sorted, where that gives another order; `Link` as its level, 0 where none is stated, and
/// nothing where there is no link.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What.
    pub what: Aspect,
    /// What it was; nothing: empty, or not there.
    pub before: Option<Value>,
    /// What it is.
    pub after: Option<Value>,
}

/// All that reads otherwise in `after`, sorted by what it is. Of an item that
/// came or went only that is told, not its values and not that its links went with it.
pub fn differences(before: &Plan, after: &Plan) -> Vec<Difference> {
    let mut all = Vec::new();
    for kind in Kind::ALL {
        let uids = |plan: &Plan| -> BTreeSet<_> { plan.any(*kind).live().into_iter().collect() };
        for uid in uids(before).union(&uids(after)) {
            item(
                before,
                after,
                ItemId {
                    kind: *kind,
                    uid: *uid,
                },
                &mut all,
            );
        }
    }
    let keys = |plan: &Plan| {
        plan.weave
            .iter()
            .map(|(key, _)| *key)
            .collect::<BTreeSet<_>>()
    };
    for key in keys(before).union(&keys(after)) {
        link(before, after, *key, &mut all);
    }
    all
}

/// What reads otherwise of one item.
pub fn item_differences(before: &Plan, after: &Plan, of: ItemId) -> Vec<Difference> {
    let mut all = Vec::new();
    item(before, after, of, &mut all);
    all
}

/// What reads otherwise of one link.
pub fn link_differences(before: &Plan, after: &Plan, of: LinkKey) -> Vec<Difference> {
    let mut all = Vec::new();
    link(before, after, of, &mut all);
    all
}

fn note(all: &mut Vec<Difference>, what: Aspect, before: Option<Value>, after: Option<Value>) {
    if before != after {
        all.push(Difference {
            what,
            before,
            after,
        });
    }
}

fn item(before: &Plan, after: &Plan, item: ItemId, all: &mut Vec<Difference>) {
    let yes = |plan: &Plan| {
        let live = plan.any(item.kind).is_live(item.uid);
        live.then_some(Value::Bool(true))
    };
    let (was, is) = (yes(before), yes(after));
    if was.is_none() || is.is_none() {
        note(all, Aspect::Presence(item), was, is);
        return;
    }
    if has_moved(before, after, item) {
        let place = |plan: &Plan| plan.any(item.kind).order(item.uid).map(Value::str);
        note(all, Aspect::Place(item), place(before), place(after));
    }
    let mut keys = BTreeSet::new();
    for plan in [before, after] {
        plan.any(item.kind).values(item.uid, &mut |key, _| {
            keys.insert(key);
        });
    }
    for key in keys {
        let (was, is) = (before.value(item, &key), after.value(item, &key));
        note(all, Aspect::Value(item, key), was, is);
    }
}

/// Whether an item stands elsewhere among its siblings. Keys alone say nothing: others
/// may give the same order, and of two that changed places only one has another key.
fn has_moved(before: &Plan, after: &Plan, item: ItemId) -> bool {
    let [was, is] = [before, after].map(|plan| plan.any(item.kind));
    let owner = was.owner(item.uid);
    if was.order(item.uid) == is.order(item.uid) {
        return false;
    }
    if owner != is.owner(item.uid) {
        return true;
    }
    let [was, is] = [was.below(owner), is.below(owner)];
    let there: BTreeSet<Uid> = is.iter().copied().collect();
    let known: BTreeSet<Uid> = was.iter().copied().collect();
    let ahead = |of: &[Uid], others: &BTreeSet<Uid>| -> BTreeSet<Uid> {
        let ahead = of.iter().take_while(|uid| **uid != item.uid);
        ahead.filter(|uid| others.contains(*uid)).copied().collect()
    };
    ahead(&was, &there) != ahead(&is, &known)
}

fn link(before: &Plan, after: &Plan, key: LinkKey, all: &mut Vec<Difference>) {
    let level = |link: Option<&Link>| {
        link.map(|link| Value::Int(i64::from(link.level.unwrap_or_default())))
    };
    // A link hangs on its ends: it is there while they are, and goes with them
    // without a word of its own.
    let whole = |plan: &Plan| {
        let ends = [
            Some(key.module.into()),
            Some(key.competency.into()),
            key.unit.map(Into::into),
        ];
        let mut ends = ends.into_iter().flatten();
        ends.all(|end: ItemId| plan.any(end.kind).is_live(end.uid))
    };
    let (had, has) = (whole(before), whole(after));
    if had && !has {
        return;
    }
    let was = before.weave.get(&key).filter(|_| had);
    let is = after.weave.get(&key).filter(|_| has);
    note(all, Aspect::Link(key), level(was), level(is));
    let (Some(was), Some(is)) = (was, is) else {
        return;
    };
    let strength = |link: &Link| link.strength.map(|it| Value::Int(i64::from(it)));
    note(all, Aspect::Strength(key), strength(was), strength(is));
    for party in was.visible_to.union(&is.visible_to) {
        let shown = |link: &Link| link.visible_to.contains(party).then_some(Value::Bool(true));
        note(all, Aspect::Shown(key, *party), shown(was), shown(is));
    }
    let langs: BTreeSet<&Lang> = [was, is]
        .iter()
        .flat_map(|it| it.note.iter())
        .map(|(lang, _)| lang)
        .collect();
    for lang in langs {
        let words = |link: &Link| {
            let words = link.note.get(lang);
            (!words.is_empty()).then(|| Value::str(words))
        };
        note(all, Aspect::Note(key, lang.clone()), words(was), words(is));
    }
}
