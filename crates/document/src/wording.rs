//! What two sides made of one text at the same time. The library mixes their
//! letters; whether they worked at the same spot, and how the text read on each
//! side, is found here by playing the edits of each side through by themselves.

use std::collections::BTreeMap;
use std::sync::Arc;

use loro::json::{JsonChange, JsonOpContent, TextOp};
use loro::{Container, Frontiers, ID, IdSpan, LoroDoc, LoroText, ValueOrContainer, VersionVector};
use weft_model::{Aspect, Splice};

use crate::layout::{self, Facet};
use crate::opening::new_loro;
use crate::side::{By, Head};

/// One edit of a text.
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

/// Of a text those heads whose authors worked at one spot with another one's, and
/// how it read for each of them. `begin` is where the walk began.
pub(crate) fn sides<'a>(
    loro: &LoroDoc,
    begin: &VersionVector,
    what: &Aspect,
    strokes: &[Stroke],
    heads: &'a [Head],
) -> Vec<(&'a Head, String)> {
    match plain(heads, strokes) {
        Some(plain) => plain.told(loro, begin, what, heads),
        None => by_the_library(loro, what, heads),
    }
}

/// The sides of a text where each edit had seen the one before it on its side.
struct Plain {
    /// By head, from where the walk began.
    read: Vec<Pieces>,
    /// By head, what it touched of the text that all heads had seen.
    touched: Vec<Vec<(usize, usize)>>,
    /// Letters from before the walk that were taken out, by their place then.
    gone: BTreeMap<usize, ID>,
}

/// More letters than any text of a plan has: what takes out as many is no edit.
const MOST: usize = 1 << 20;

fn plain(heads: &[Head], strokes: &[Stroke]) -> Option<Plain> {
    let knew = |head: &Head, it: &Stroke| head.at == it.at || head.by.saw.includes(it.at, it.end);
    let past =
        |head: &Head| -> Vec<&Stroke> { strokes.iter().filter(|it| knew(head, it)).collect() };
    let pasts: Vec<Vec<&Stroke>> = heads.iter().map(past).collect();
    for past in &pasts {
        let follows = |pair: &[&Stroke]| {
            let [one, next] = pair else { return true };
            one.at == next.at || next.by.saw.includes(one.at, one.end)
        };
        if !past.windows(2).all(follows) {
            return None;
        }
    }
    let common = strokes
        .iter()
        .filter(|it| heads.iter().all(|head| knew(head, it)));
    let common: Vec<&Stroke> = common.collect();
    let (mut gone, mut many) = (BTreeMap::new(), false);
    let mut out = |from: usize, count: usize, id: ID| {
        many |= count > MOST || gone.len() > MOST;
        if !many {
            let counters = id.counter..id.counter.saturating_add_unsigned(count as u32);
            let ids = counters.map(|counter| ID::new(id.peer, counter));
            gone.extend((from..).zip(ids));
        }
    };
    let mut fork = Pieces::untouched();
    common.iter().for_each(|it| fork.play(&it.op, &mut out));
    let (mut read, mut touched) = (Vec::new(), Vec::new());
    for past in &pasts {
        let (mut all, mut own) = (fork.clone(), Pieces::untouched());
        for stroke in past.get(common.len()..)? {
            all.play(&stroke.op, &mut out);
            own.play(&stroke.op, |_, _, _| {});
        }
        read.push(all);
        touched.push(own.touched());
    }
    (!many).then_some(Plain {
        read,
        touched,
        gone,
    })
}

impl Plain {
    fn told<'a>(
        &self,
        loro: &LoroDoc,
        begin: &VersionVector,
        what: &Aspect,
        heads: &'a [Head],
    ) -> Vec<(&'a Head, String)> {
        let all = self.touched.iter().enumerate();
        let met = all.clone().filter(|(at, one)| {
            let mut others = all.clone().filter(|(other, _)| other != at);
            others.any(|(_, other)| meet(one, other))
        });
        let met: Vec<usize> = met.map(|(at, _)| at).collect();
        if met.is_empty() {
            return Vec::new();
        }
        let old = self.old(loro, begin, what);
        let tell = |at: usize| Some((heads.get(at)?, self.read.get(at)?.letters(&old)));
        met.into_iter().filter_map(tell).collect()
    }

    /// The text as it was where the walk began: what is left of it, and between
    /// that what was taken out since.
    fn old(&self, loro: &LoroDoc, begin: &VersionVector, what: &Aspect) -> Vec<char> {
        let Some(text) = stored(loro, what) else {
            return Vec::new();
        };
        let knew = |id: ID| begin.get(&id.peer).is_some_and(|count| *count > id.counter);
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
fn written(loro: &LoroDoc, span: IdSpan) -> BTreeMap<i32, char> {
    let changes: Vec<JsonChange> = loro.export_json_in_id_span(span);
    let ops = changes.iter().flat_map(|change| &change.ops);
    let letters = ops.filter_map(|op| match &op.content {
        JsonOpContent::Text(TextOp::Insert { text, .. }) => Some((op.counter..).zip(text.chars())),
        _ => None,
    });
    letters.flatten().collect()
}

/// The same by the library: for a text that was written at the same time before, so
/// that the places on one side do not say where its letters stand.
fn by_the_library<'a>(loro: &LoroDoc, what: &Aspect, heads: &'a [Head]) -> Vec<(&'a Head, String)> {
    let vector = |head: &Head| loro.frontiers_to_vv(&Frontiers::from_id(head.id));
    let Some(vectors) = heads.iter().map(vector).collect::<Option<Vec<_>>>() else {
        return Vec::new();
    };
    let read = |vector: &VersionVector| read_at(loro, vector, what).unwrap_or_default();
    let known = read(&shared(&vectors));
    let texts: Vec<String> = vectors.iter().map(read).collect();
    let touched = |text: &String| -> Vec<(usize, usize)> {
        let splice = Splice::between(&known, text);
        splice
            .map(|it| (it.at, it.at + it.delete))
            .into_iter()
            .collect()
    };
    let touched: Vec<_> = texts.iter().map(touched).collect();
    let mut told = Vec::new();
    for (at, (head, text)) in heads.iter().zip(texts).enumerate() {
        let mut others = touched.iter().enumerate().filter(|(other, _)| *other != at);
        if others.any(|(_, other)| meet(&touched[at], other)) {
            told.push((head, text));
        }
    }
    told
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

fn read_at(loro: &LoroDoc, vector: &VersionVector, what: &Aspect) -> Option<String> {
    let then = new_loro();
    then.import(&crate::chronicle::updates_up_to(loro, vector)?)
        .ok()?;
    Some(stored(&then, what)?.to_string())
}

/// A text where it is stored.
fn stored(loro: &LoroDoc, what: &Aspect) -> Option<LoroText> {
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
