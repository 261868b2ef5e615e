//! The whole history, change by change: who did what when, and what every value
//! was before. The operations are read as they are stored and played through
//! here; asking the library for the document at each of them would take
//! seconds for a large plan, this takes a tenth of one.

use std::collections::{BTreeMap, HashMap, HashSet};

use loro::json::{JsonChange, JsonOp, JsonOpContent, MapOp, TextOp};
use loro::{ContainerID, Frontiers, ID, IdSpan, LoroDoc, LoroValue, VersionVector};
use weft_model::{Aspect, FieldKey, Intent, ItemId, Kind, PartyId, Shape, Sub, Uid, Value};

use crate::layout::{self, AuthorField, Facet};
use crate::wording;

/// One change as it is stored: acts of one author with one intent, typed
/// within a second.
pub(crate) struct Step {
    /// The change without its operations.
    pub id: ID,
    /// The identity of its last operation.
    pub end: ID,
    /// Who; 0 where nobody gave a name.
    pub author: Uid,
    /// What for; nothing for what another program wrote without saying so.
    pub intent: Option<Intent>,
    /// When, in seconds since 1970, by the clock of whoever did it.
    pub seconds: i64,
    /// What its author had before the eyes.
    pub saw: Saw,
    lamport: u32,
    ops: Vec<JsonOp>,
}

impl Step {
    /// As the document resolves what an operation of it wrote: the latest stands,
    /// and of two that are equally late the one of the higher peer.
    pub fn rank(&self, id: ID) -> (u32, u64) {
        let at = u32::try_from(id.counter - self.id.counter).unwrap_or_default();
        (self.lamport.saturating_add(at), self.id.peer)
    }

    /// For whom authors said here that they speak.
    pub fn parties(&self) -> impl Iterator<Item = (Uid, Option<PartyId>)> + '_ {
        self.ops.iter().filter_map(|op| match &op.content {
            JsonOpContent::Map(MapOp::Insert { key, value }) if is_authors(&op.container) => {
                let (author, field) = layout::read_author_key(key)?;
                let party = value.as_string().map(|it| it.parse().ok().map(PartyId));
                (field == AuthorField::Party).then_some((author, party.flatten()))
            }
            _ => None,
        })
    }
}

fn is_authors(container: &ContainerID) -> bool {
    matches!(container, ContainerID::Root { name, .. } if name.as_str() == layout::AUTHORS)
}

/// What was known when a change was made.
#[derive(Clone, Debug)]
pub(crate) enum Saw {
    /// All changes before this one in the walk.
    All(usize),
    /// Of each peer so many operations.
    These(VersionVector),
}

impl Saw {
    /// What was known, where it was not all that had been walked.
    pub fn vector(&self) -> Option<&VersionVector> {
        match self {
            Self::All(_) => None,
            Self::These(vector) => Some(vector),
        }
    }

    /// Whether an operation of the change at `index` in the walk was known.
    pub fn includes(&self, index: usize, id: ID) -> bool {
        match self {
            Self::All(before) => index < *before,
            Self::These(vector) => vector
                .get(&id.peer)
                .is_some_and(|count| *count > id.counter),
        }
    }
}

/// All changes, each behind those that it builds on.
pub(crate) fn steps(loro: &LoroDoc) -> Vec<Step> {
    steps_since(loro, &VersionVector::default(), 0, &mut HashSet::new())
}

/// The changes that a copy at this version lacks, each behind those that it builds
/// on: a walk that goes on. So many were walked before, and `ends` are those of
/// them that no other one builds on.
pub(crate) fn steps_since(
    loro: &LoroDoc,
    from: &VersionVector,
    walked: usize,
    ends: &mut HashSet<ID>,
) -> Vec<Step> {
    // Reading a history from memory fails only where a part of it is missing.
    let read = loro.export_json_updates_without_peer_compression(from, &loro.oplog_vv());
    let mut changes = read.map(|read| read.changes).unwrap_or_default();
    changes.sort_by_key(|change| (change.lamport, change.id.peer));
    let all = changes.into_iter().enumerate();
    all.map(|(index, change)| step(loro, change, walked + index, ends))
        .collect()
}

/// `ends` are the changes that none of those walked so far builds on.
fn step(loro: &LoroDoc, change: JsonChange, index: usize, ends: &mut HashSet<ID>) -> Step {
    let id = change.id;
    let own = (id.counter > 0).then(|| ID::new(id.peer, id.counter - 1));
    let built_on = |end: &ID| change.deps.contains(end) || own == Some(*end);
    let saw = if ends.iter().all(built_on) {
        Saw::All(index)
    } else {
        let deps = Frontiers::from(change.deps.clone());
        let mut vector = loro.frontiers_to_vv(&deps).unwrap_or_default();
        let count = vector.get(&id.peer).copied().unwrap_or_default();
        vector.insert(id.peer, count.max(id.counter));
        Saw::These(vector)
    };
    ends.retain(|end| !built_on(end));
    let length = i32::try_from(change.op_len()).unwrap_or(1).max(1);
    let end = ID::new(id.peer, id.counter + length - 1);
    ends.insert(end);
    let read = change.msg.as_deref().and_then(|message| {
        let (author, intent) = message.split_once(' ')?;
        Some((author.parse::<Uid>().ok()?, intent.parse::<Intent>().ok()))
    });
    let (author, intent) = read.unwrap_or((Uid(0), None));
    Step {
        id,
        end,
        author,
        intent,
        seconds: change.timestamp,
        saw,
        lamport: change.lamport,
        ops: change.ops,
    }
}

/// Where a container of the document stands in the plan.
#[derive(Clone)]
enum Place {
    Root(Kind),
    Item(ItemId),
    Weave,
    /// A text: what it is.
    Text(Aspect),
    Elsewhere,
}

/// A text as the operations have made it so far.
#[derive(Default)]
struct Words {
    chars: Vec<char>,
    /// The changes that wrote here and that no later one saw: their places in the
    /// walk and their ends.
    ends: Vec<(usize, ID)>,
    /// Two have written here without seeing each other: where their letters
    /// stand is not told by counting.
    blurred: bool,
    /// What was written since by one after the other, each seeing all before.
    tail: Vec<(usize, TextOp)>,
}

/// Where the last stretch of a text begins that is written by one after the other,
/// and how the text read before it.
pub(crate) struct Tail {
    index: usize,
    chars: Vec<char>,
}

/// A value with the operation that wrote it.
struct Written {
    value: Option<Value>,
    index: usize,
    id: ID,
    /// By [`Step::rank`].
    rank: (u32, u64),
}

/// One write of a change.
pub(crate) enum Wrote<'a> {
    /// A value, or that there is none.
    Value(&'a Option<Value>),
    /// An edit of a text.
    Text(&'a TextOp),
}

/// Values as they stand at one spot of the walk.
#[derive(Default)]
pub(crate) struct Reader {
    /// Keeps only what stands, and no words of texts.
    lean: bool,
    places: HashMap<ContainerID, Place>,
    /// By what it is: all that was written, in the order of the walk.
    held: BTreeMap<Aspect, Vec<Written>>,
    texts: BTreeMap<Aspect, Words>,
    /// From where on texts are told again.
    tails: BTreeMap<Aspect, Tail>,
}

impl Reader {
    /// One that knows from where on texts that two wrote at once are told again.
    pub fn knowing(tails: BTreeMap<Aspect, Tail>) -> Self {
        Self {
            tails,
            ..Self::default()
        }
    }

    /// After a whole walk: where each text that two wrote at once can be followed
    /// again, worked out backwards from how it reads in the end.
    pub fn tails(&self, loro: &LoroDoc) -> BTreeMap<Aspect, Tail> {
        let blurred = self.texts.iter().filter(|(_, words)| words.blurred);
        let tails = blurred.filter_map(|(what, words)| {
            let (index, _) = *words.tail.first()?;
            let text = wording::stored(loro, what)?.to_string();
            let mut chars: Vec<char> = text.chars().collect();
            for (_, op) in words.tail.iter().rev() {
                unsplice(loro, &mut chars, op)?;
            }
            Some((what.clone(), Tail { index, chars }))
        });
        tails.collect()
    }

    /// One that can say what stands, but not of texts, and not what was seen.
    pub fn lean() -> Self {
        Self {
            lean: true,
            ..Self::default()
        }
    }

    /// What stands there now. Nothing also for a text that cannot be told.
    pub fn now(&self, what: &Aspect) -> Option<Value> {
        if let Some(words) = self.texts.get(what) {
            let told = !words.blurred && !words.chars.is_empty();
            return told.then(|| Value::Str(words.chars.iter().collect()));
        }
        let all = self.held.get(what)?;
        let stands = all.iter().max_by_key(|written| written.rank)?;
        stands.value.clone()
    }

    /// What the author of a change had before the eyes.
    pub fn seen(&self, what: &Aspect, step: &Step) -> Option<Value> {
        if matches!(step.saw, Saw::All(_)) {
            return self.now(what);
        }
        match self.held.get(what) {
            Some(all) => {
                let seen = all.iter().filter(|it| step.saw.includes(it.index, it.id));
                seen.max_by_key(|written| written.rank)?.value.clone()
            }
            None => self.now(what),
        }
    }

    /// Whether two wrote this text without seeing each other.
    pub fn blurred(&self, what: &Aspect) -> bool {
        self.texts.get(what).is_some_and(|words| words.blurred)
    }

    /// Plays a change through. `before` hears of each thing that it writes while
    /// the reader still holds the value from before; `wrote` what it writes, with
    /// the last operation of that.
    pub fn play(
        &mut self,
        step: &Step,
        index: usize,
        mut before: impl FnMut(&Self, &Aspect),
        mut wrote: impl FnMut(&Aspect, ID, Wrote<'_>),
    ) {
        for op in &step.ops {
            let place = self.place(&op.container);
            match (&place, &op.content) {
                (Place::Text(what), JsonOpContent::Text(text)) => {
                    let words = self.texts.entry(what.clone()).or_default();
                    if let Some(tail) = self.tails.get(what)
                        && words.blurred
                        && index >= tail.index
                    {
                        words.chars.clone_from(&tail.chars);
                        words.blurred = false;
                    }
                    before(self, what);
                    let words = self.texts.entry(what.clone()).or_default();
                    let known =
                        |(at, id): &(usize, ID)| step.saw.includes(*at, *id) || *at == index;
                    let at_once = !words.ends.iter().all(known);
                    words.ends.retain(|end| !known(end));
                    words.ends.push((index, step.end));
                    words.blurred |= at_once;
                    if !self.lean {
                        if at_once {
                            words.tail.clear();
                        } else if words.blurred {
                            words.tail.push((index, text.clone()));
                        }
                        splice(&mut words.chars, text);
                    }
                    let last = op.counter + length(text).max(1) - 1;
                    wrote(what, ID::new(step.id.peer, last), Wrote::Text(text));
                }
                (place, JsonOpContent::Map(map)) => {
                    let (key, value) = match map {
                        MapOp::Insert { key, value } => (key, Some(value)),
                        MapOp::Delete { key } => (key, None),
                    };
                    let Some((what, value)) = read(place, key, value) else {
                        continue;
                    };
                    // Made on two sides, or again: whether it was deleted stands.
                    if matches!(place, Place::Root(_)) && self.held.contains_key(&what) {
                        continue;
                    }
                    before(self, &what);
                    let id = ID::new(step.id.peer, op.counter);
                    let rank = step.rank(id);
                    wrote(&what, id, Wrote::Value(&value));
                    let mine = Written {
                        value,
                        index,
                        id,
                        rank,
                    };
                    let all = self.held.entry(what).or_default();
                    if self.lean {
                        all.retain(|it| it.rank > mine.rank);
                        if !all.is_empty() {
                            continue;
                        }
                    }
                    all.push(mine);
                }
                _ => {}
            }
        }
    }

    fn place(&mut self, id: &ContainerID) -> Place {
        if let Some(known) = self.places.get(id) {
            return known.clone();
        }
        let place = self.find(id);
        self.places.insert(id.clone(), place.clone());
        place
    }

    fn find(&mut self, id: &ContainerID) -> Place {
        if let Some((parent, key, _)) = id.parse_mergeable() {
            return match self.place(&parent) {
                Place::Root(kind) => layout::read_item(kind, &key).map(Place::Item),
                Place::Item(item) => FieldKey::read(item.kind, &key)
                    .filter(|key| matches!(key.sub, Sub::Lang(_)))
                    .map(|key| Place::Text(Aspect::Value(item, key))),
                Place::Weave => match layout::read_link_key(&key) {
                    Some((link, Facet::Note(lang))) => Some(Place::Text(Aspect::Note(link, lang))),
                    _ => None,
                },
                Place::Text(_) | Place::Elsewhere => None,
            }
            .unwrap_or(Place::Elsewhere);
        }
        match id {
            ContainerID::Root { name, .. } if name.as_str() == layout::WEAVE => Place::Weave,
            ContainerID::Root { name, .. } => {
                Kind::from_name(name.as_str()).map_or(Place::Elsewhere, Place::Root)
            }
            ContainerID::Normal { .. } => Place::Elsewhere,
        }
    }
}

/// What an entry of a map says of the plan; nothing for what it does not show.
fn read(place: &Place, key: &str, value: Option<&LoroValue>) -> Option<(Aspect, Option<Value>)> {
    // An empty line is no value, as the plan shows it.
    let plain = || {
        let read = value.and_then(layout::read);
        read.filter(|value| value.as_str() != Some(""))
    };
    let yes = |it: bool| it.then_some(Value::Bool(true));
    Some(match place {
        // The mark of an item's own map: it is there from now on.
        Place::Root(kind) => {
            let item = layout::read_item(*kind, key)?;
            (Aspect::Presence(item), yes(value.is_some()))
        }
        Place::Item(item) if key == layout::DELETED => {
            let deleted = value == Some(&LoroValue::Bool(true));
            (Aspect::Presence(*item), yes(!deleted))
        }
        Place::Item(item) if key == layout::ORDER => (Aspect::Place(*item), plain()),
        Place::Item(item) => {
            let key = FieldKey::read(item.kind, key)?;
            if key.field.shape() == Shape::Text {
                return None;
            }
            (Aspect::Value(*item, key), plain())
        }
        Place::Weave => match layout::read_link_key(key)? {
            (link, Facet::Level) => {
                let level = value.and_then(layout::read_level);
                let level = level.map(|it| Value::Int(i64::from(it.unwrap_or_default())));
                (Aspect::Link(link), level)
            }
            (link, Facet::Strength) => {
                let strength = value.and_then(layout::read_strength);
                let strength = strength.map(|it| Value::Int(i64::from(it)));
                (Aspect::Strength(link), strength)
            }
            (link, Facet::To(party)) => {
                let named = value == Some(&LoroValue::Bool(true));
                (Aspect::Shown(link, party), yes(named))
            }
            (_, Facet::Note(_)) => return None,
        },
        Place::Text(_) | Place::Elsewhere => return None,
    })
}

/// How many operations an edit of a text counts for.
pub(crate) fn length(op: &TextOp) -> i32 {
    match op {
        TextOp::Insert { text, .. } => i32::try_from(text.chars().count()).unwrap_or(1),
        TextOp::Delete { len, .. } => len.saturating_abs(),
        TextOp::Mark { .. } | TextOp::MarkEnd => 1,
    }
}

fn splice(chars: &mut Vec<char>, op: &TextOp) {
    // Positions of a blurred text may lie beyond its end.
    match op {
        TextOp::Insert { pos, text } => {
            let at = (*pos as usize).min(chars.len());
            chars.splice(at..at, text.chars());
        }
        TextOp::Delete { pos, len, .. } => {
            // A negative length counts backwards from the position, itself included.
            let count = len.unsigned_abs() as usize;
            let from = if *len < 0 { pos + len + 1 } else { *pos };
            let from = usize::try_from(from).unwrap_or_default().min(chars.len());
            let to = (from + count).min(chars.len());
            chars.drain(from..to);
        }
        TextOp::Mark { .. } | TextOp::MarkEnd => {}
    }
}

/// Takes an edit back; nothing where it does not fit.
fn unsplice(loro: &LoroDoc, chars: &mut Vec<char>, op: &TextOp) -> Option<()> {
    match op {
        TextOp::Insert { pos, text } => {
            let from = *pos as usize;
            let to = from.checked_add(text.chars().count())?;
            let same = chars.get(from..to)?.iter().copied().eq(text.chars());
            same.then(|| drop(chars.drain(from..to)))
        }
        TextOp::Delete { pos, len, start_id } => {
            let back = if *len < 0 { len + 1 } else { 0 };
            let at = usize::try_from(pos.checked_add(back)?).ok()?;
            let end = start_id.counter.checked_add(len.checked_abs()?)?;
            let span = IdSpan::new(start_id.peer, start_id.counter, end);
            let gone = wording::written(loro, span);
            let whole = gone.len() == len.unsigned_abs() as usize && at <= chars.len();
            whole.then(|| drop(chars.splice(at..at, gone.into_values())))
        }
        TextOp::Mark { .. } | TextOp::MarkEnd => Some(()),
    }
}
