//! What two sides made of one text at the same time. The library mixes their
//! letters; whether they worked at the same spot, and how the text read on each
//! side, is found here by playing the edits of each side through by themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use loro::json::{JsonChange, JsonOpContent, TextOp};
use loro::{Container, Frontiers, ID, IdSpan, LoroDoc, LoroText, ValueOrContainer, VersionVector};
use weft_model::{Aspect, Splice};

use crate::chronicle::updates_between;
use crate::layout::{self, Facet};
use crate::opening::new_loro;
use crate::side::{By, Head};
use crate::walk::Saw;

/// One edit of a text.
#[derive(Clone)]
pub(crate) struct Stroke {
    /// The place of its change in the walk.
    pub at: usize,
    /// Its last operation.
    pub end: ID,
    pub by: Arc<By>,
    pub op: TextOp,
}

/// A stretch of a text.
#[derive(Clone, Debug)]
enum Piece {
    /// Of the text as it was, from and to.
    Old(usize, usize),
    New(Vec<char>),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Old(from, to) => to - from,
            Self::New(letters) => letters.len(),
        }
    }

    /// Cuts it; what stays has this many letters.
    fn split(&mut self, at: usize) -> Self {
        match self {
            Self::Old(from, to) => {
                let behind = Self::Old(*from + at, *to);
                *to = *from + at;
                behind
            }
            Self::New(letters) => Self::New(letters.split_off(at)),
        }
    }
}

/// A text in terms of one that it was made from, without knowing the letters of
/// that one, nor how many there are.
#[derive(Clone)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn untouched() -> Self {
        Self(vec![Piece::Old(0, usize::MAX)])
    }

    /// The piece that begins at a place.
    fn cut(&mut self, place: usize) -> usize {
        let mut left = place;
        for at in 0..self.0.len() {
            if left == 0 {
                return at;
            }
            let len = self.0[at].len();
            if left < len {
                let behind = self.0[at].split(left);
                self.0.insert(at + 1, behind);
                return at + 1;
            }
            left -= len;
        }
        self.0.len()
    }

    /// Plays an edit. `gone` hears which letters of the old text it took out: from,
    /// how many, and the identity of the first of them.
    fn play(&mut self, op: &TextOp, mut gone: impl FnMut(usize, usize, ID)) {
        match op {
            TextOp::Insert { pos, text } => {
                let at = self.cut(*pos as usize);
                self.0.insert(at, Piece::New(text.chars().collect()));
            }
            TextOp::Delete { pos, len, start_id } => {
                let count = len.unsigned_abs() as usize;
                // A negative length counts backwards from the place, itself included.
                let back = if *len < 0 { len + 1 } else { 0 };
                let from = usize::try_from(pos.saturating_add(back)).unwrap_or_default();
                let (first, last) = (self.cut(from), self.cut(from.saturating_add(count)));
                let mut id = *start_id;
                for piece in self.0.drain(first..last) {
                    if let Piece::Old(from, to) = piece {
                        gone(from, to - from, id);
                    }
                    let len = i32::try_from(piece.len()).unwrap_or_default();
                    id.counter = id.counter.saturating_add(len);
                }
            }
            TextOp::Mark { .. } | TextOp::MarkEnd => {}
        }
    }

    /// The stretches of the old text in whose place something else stands.
    fn touched(&self) -> Vec<(usize, usize)> {
        let (mut all, mut upto, mut new) = (Vec::new(), 0, false);
        for piece in &self.0 {
            match piece {
                Piece::New(letters) => new |= !letters.is_empty(),
                Piece::Old(from, to) => {
                    if new || *from > upto {
                        all.push((upto, *from));
                    }
                    (upto, new) = (*to, false);
                }
            }
        }
        all
    }

    fn letters(&self, old: &[char]) -> String {
        let stretch = |piece: &Piece| match piece {
            Piece::Old(from, to) => {
                let to = (*to).min(old.len());
                old.get(*from..to).unwrap_or_default().to_vec()
            }
            Piece::New(letters) => letters.clone(),
        };
        self.0.iter().flat_map(stretch).collect()
    }
}

/// Whether two worked at one spot: stretches that overlap or touch.
fn meet(one: &[(usize, usize)], other: &[(usize, usize)]) -> bool {
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
    pairs.into_iter().any(|(a, b)| a.0 <= b.1 && b.0 <= a.1)
}

/// Who keeps a text as it reads has an opinion on all of it.
fn of_head(head: &Head, touched: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    if head.by.settles && touched.is_empty() {
        vec![(0, usize::MAX)]
    } else {
        touched
    }
}

/// More edits of one text since its sides parted are no work of hands.
const MOST_STROKES: usize = 5_000;
/// More sides of one text are not told apart.
const MOST_HEADS: usize = 64;
/// More letters than any text of a plan has: what takes out as many is no edit.
const MOST_LETTERS: usize = 1 << 20;

/// How a text read for each of its heads, where the authors of any two of them worked
/// at one spot of it; nothing where they did not.
pub(crate) fn sides<'a>(
    loro: &LoroDoc,
    what: &Aspect,
    strokes: &[Stroke],
    heads: &'a [Head],
) -> Vec<(&'a Head, String)> {
    if heads.len() > MOST_HEADS {
        return Vec::new();
    }
    let strokes = cut_where_seen(strokes, heads);
    match plain(heads, &strokes) {
        Some(plain) if !plain.has_met() => Vec::new(),
        Some(plain) => plain.told(loro, what, heads).unwrap_or_default(),
        None => by_the_library(loro, what, heads),
    }
}

/// The same edits, none of which anybody has seen in part: the library joins what one
/// person types on, though a partner may have heard the beginning before.
fn cut_where_seen(strokes: &[Stroke], heads: &[Head]) -> Vec<Stroke> {
    let saws = heads.iter().map(|it| &it.by.saw);
    let vectors: Vec<&VersionVector> = saws
        .chain(strokes.iter().map(|it| &it.by.saw))
        .filter_map(Saw::vector)
        .collect();
    let mut cut = Vec::new();
    for stroke in strokes {
        let mut rest = stroke.clone();
        let (begin, end) = (stroke.begin(), stroke.end);
        let seen = vectors.iter().filter_map(|it| it.get(&end.peer).copied());
        let within = seen.filter(|count| *count > begin && *count <= end.counter);
        for count in within.collect::<BTreeSet<_>>() {
            if let Some(first) = rest.split(count) {
                cut.push(first);
            }
        }
        cut.push(rest);
    }
    cut
}

impl Stroke {
    fn length(&self) -> i32 {
        crate::walk::length(&self.op).max(1)
    }

    fn begin(&self) -> i32 {
        self.end.counter.saturating_sub(self.length() - 1)
    }

    /// Takes the operations before this count off.
    fn split(&mut self, count: i32) -> Option<Self> {
        let some = count - self.begin();
        let (first, rest) = match &self.op {
            TextOp::Insert { pos, text } => {
                let (first, rest): (Vec<_>, Vec<_>) =
                    (text.chars().enumerate()).partition(|(at, _)| (*at as i64) < i64::from(some));
                let text = |part: Vec<(usize, char)>| part.into_iter().map(|it| it.1).collect();
                let behind = pos.saturating_add(some.unsigned_abs());
                let (first, rest): (String, String) = (text(first), text(rest));
                (
                    TextOp::Insert {
                        pos: *pos,
                        text: first,
                    },
                    TextOp::Insert {
                        pos: behind,
                        text: rest,
                    },
                )
            }
            TextOp::Delete { pos, len, start_id } => {
                let part = |pos: i32, len: i32, from: i32| TextOp::Delete {
                    pos,
                    len,
                    start_id: ID::new(start_id.peer, start_id.counter.saturating_add(from)),
                };
                let left = len.saturating_abs() - some;
                if *len < 0 {
                    // Backwards: the last letter goes first.
                    (
                        part(*pos, -some, left),
                        part(pos.saturating_sub(some), -left, 0),
                    )
                } else {
                    (part(*pos, some, 0), part(*pos, left, some))
                }
            }
            TextOp::Mark { .. } | TextOp::MarkEnd => return None,
        };
        let taken = Self {
            end: ID::new(self.end.peer, count - 1),
            op: first,
            ..self.clone()
        };
        self.op = rest;
        Some(taken)
    }
}

/// The sides of a text since all knew the same of it, where each edit of a side had
/// seen the one before it on that side.
struct Plain {
    /// By head: its text in terms of what all knew.
    read: Vec<Pieces>,
    /// By head: what it touched of that.
    touched: Vec<Vec<(usize, usize)>>,
    /// What was taken out of it, by place.
    gone: BTreeMap<usize, ID>,
}

fn plain(heads: &[Head], strokes: &[Stroke]) -> Option<Plain> {
    let knew = |head: &Head, it: &Stroke| head.at == it.at || head.by.saw.includes(it.at, it.end);
    let after = |it: &Stroke, one: &Stroke| one.at == it.at || it.by.saw.includes(one.at, one.end);
    let (common, own): (Vec<&Stroke>, Vec<&Stroke>) = strokes
        .iter()
        .partition(|it| heads.iter().all(|head| knew(head, it)));
    if own.len() > MOST_STROKES {
        return None;
    }
    let (mut gone, mut many) = (BTreeMap::new(), false);
    let (mut read, mut touched) = (Vec::new(), Vec::new());
    for head in heads {
        let mine: Vec<&Stroke> = own.iter().copied().filter(|it| knew(head, it)).collect();
        let first = mine.first()?;
        let follows = |pair: &[&Stroke]| matches!(pair, [one, next] if after(next, one));
        if !common.iter().all(|it| after(first, it)) || !mine.windows(2).all(follows) {
            return None;
        }
        let mut pieces = Pieces::untouched();
        for stroke in mine {
            pieces.play(&stroke.op, |from, count, id| {
                many |= count > MOST_LETTERS || gone.len() > MOST_LETTERS;
                if !many {
                    let counters = (id.counter..).take(count);
                    let ids = counters.map(|counter| ID::new(id.peer, counter));
                    gone.extend((from..).zip(ids));
                }
            });
        }
        touched.push(of_head(head, pieces.touched()));
        read.push(pieces);
    }
    (!many).then_some(Plain {
        read,
        touched,
        gone,
    })
}

impl Plain {
    fn has_met(&self) -> bool {
        let all = self.touched.iter().enumerate();
        all.clone()
            .any(|(at, one)| all.clone().any(|(other, it)| other > at && meet(one, it)))
    }

    fn told<'a>(
        &self,
        loro: &LoroDoc,
        what: &Aspect,
        heads: &'a [Head],
    ) -> Option<Vec<(&'a Head, String)>> {
        let old = self.old(loro, &shared(&vectors(loro, heads)?), what);
        let told = heads.iter().zip(&self.read);
        Some(
            told.map(|(head, read)| (head, read.letters(&old)))
                .collect(),
        )
    }

    /// The text as all knew it: what is left of it, and between that what was taken
    /// out since.
    fn old(&self, loro: &LoroDoc, known: &VersionVector, what: &Aspect) -> Vec<char> {
        let Some(text) = stored(loro, what) else {
            return Vec::new();
        };
        let knew = |id: ID| known.get(&id.peer).is_some_and(|count| *count > id.counter);
        let letters = text.to_string();
        let left = letters.chars().enumerate().filter(|(at, _)| {
            let cursor = text.get_cursor(*at, loro::cursor::Side::Middle);
            cursor.and_then(|it| it.id).is_some_and(knew)
        });
        let mut left = left.map(|(_, letter)| letter);
        let mut gone = self.letters_gone(loro).into_iter().peekable();
        let mut old = Vec::new();
        loop {
            let next = gone.next_if(|(place, _)| *place == old.len());
            match next.map(|(_, letter)| letter).or_else(|| left.next()) {
                Some(letter) => old.push(letter),
                None => return old,
            }
        }
    }

    /// What was taken out, read from where it was written, stretch by stretch.
    fn letters_gone(&self, loro: &LoroDoc) -> Vec<(usize, char)> {
        let follows =
            |one: &ID, next: &ID| one.peer == next.peer && one.counter + 1 == next.counter;
        let all: Vec<(usize, ID)> = self.gone.iter().map(|(place, id)| (*place, *id)).collect();
        let stretches = all.chunk_by(|one, next| follows(&one.1, &next.1));
        let read = stretches.flat_map(|stretch| {
            let ids = stretch.iter().map(|(_, id)| *id);
            let (first, last) = (stretch.first(), stretch.last());
            let span = first.zip(last).map(|((_, first), (_, last))| {
                IdSpan::new(first.peer, first.counter, last.counter.saturating_add(1))
            });
            let written = span.map(|it| written(loro, it)).unwrap_or_default();
            let letters =
                ids.map(move |id| written.get(&id.counter).copied().unwrap_or('\u{fffd}'));
            stretch.iter().map(|(place, _)| *place).zip(letters)
        });
        read.collect()
    }
}

/// The letters that these operations wrote, though they are gone by now.
pub(crate) fn written(loro: &LoroDoc, span: IdSpan) -> BTreeMap<i32, char> {
    let changes: Vec<JsonChange> = loro.export_json_in_id_span(span);
    let ops = changes.iter().flat_map(|change| &change.ops);
    let letters = ops.filter_map(|op| match &op.content {
        JsonOpContent::Text(TextOp::Insert { text, .. }) => Some((op.counter..).zip(text.chars())),
        _ => None,
    });
    letters.flatten().collect()
}

/// The same by the library, for a side that is itself mixed of several. What lies
/// between the first and the last letter that differ counts as one stretch.
fn by_the_library<'a>(loro: &LoroDoc, what: &Aspect, heads: &'a [Head]) -> Vec<(&'a Head, String)> {
    let Some(vectors) = vectors(loro, heads) else {
        return Vec::new();
    };
    let read = |copy: &LoroDoc, from: &VersionVector, to: &VersionVector| {
        read_on(copy, &updates_between(loro, from, to)?, what)
    };
    // What all knew is most of any side and takes longest: the first goes on from it.
    let (begun, nothing, common) = (new_loro(), VersionVector::default(), shared(&vectors));
    let known = read(&begun, &nothing, &common).unwrap_or_default();
    let texts = vectors.iter().enumerate().map(|(at, vector)| match at {
        0 => read(&begun, &common, vector),
        _ => read(&new_loro(), &nothing, vector),
    });
    let texts: Vec<String> = texts.map(Option::unwrap_or_default).collect();
    let touched = |text: &String| -> Vec<(usize, usize)> {
        let splice = Splice::between(&known, text);
        splice
            .map(|it| (it.at, it.at + it.delete))
            .into_iter()
            .collect()
    };
    let all = heads.iter().zip(&texts);
    let touched: Vec<_> = all
        .map(|(head, text)| of_head(head, touched(text)))
        .collect();
    let all = touched.iter().enumerate();
    let mut pairs = all.clone().flat_map(|(at, one)| {
        let others = all.clone().filter(move |(other, _)| *other > at);
        others.map(move |(_, other)| (one, other))
    });
    if pairs.any(|(one, other)| meet(one, other)) {
        heads.iter().zip(texts).collect()
    } else {
        Vec::new()
    }
}

/// How far each head reaches.
fn vectors(loro: &LoroDoc, heads: &[Head]) -> Option<Vec<VersionVector>> {
    let vector = |head: &Head| loro.frontiers_to_vv(&Frontiers::from_id(head.id));
    heads.iter().map(vector).collect()
}

/// What is in all of these.
fn shared(all: &[VersionVector]) -> VersionVector {
    let mut shared = all.first().cloned().unwrap_or_default();
    for other in all {
        for (peer, count) in &mut *shared {
            *count = (*count).min(other.get(peer).copied().unwrap_or_default());
        }
    }
    shared
}

/// How a text reads in a copy that takes this in.
fn read_on(copy: &LoroDoc, updates: &[u8], what: &Aspect) -> Option<String> {
    copy.import(updates).ok()?;
    Some(stored(copy, what)?.to_string())
}

/// A text where it is stored.
pub(crate) fn stored(loro: &LoroDoc, what: &Aspect) -> Option<LoroText> {
    let container = |found: Option<ValueOrContainer>| match found {
        Some(ValueOrContainer::Container(container)) => Some(container),
        _ => None,
    };
    let found = match what {
        Aspect::Value(item, key) => {
            let root = loro.get_map(item.kind.name());
            let Container::Map(map) = container(root.get(&item.uid.to_string()))? else {
                return None;
            };
            container(map.get(&key.to_string()))
        }
        Aspect::Note(key, lang) => {
            let key = layout::link_key(key, &Facet::Note(lang.clone()));
            container(loro.get_map(layout::WEAVE).get(&key))
        }
        _ => None,
    };
    match found? {
        Container::Text(text) => Some(text),
        _ => None,
    }
}
