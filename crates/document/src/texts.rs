//! Edits of texts that can be taken back by character: each edit remembers
//! the identities of the characters that came and went, so that undoing it
//! later finds exactly those, whatever partners wrote around them.

use std::collections::BTreeMap;

use loro::LoroText;
use loro::cursor::Side;
use weft_model::{Lang, TextAt};

/// The identity of one character: the peer that wrote it and its count.
pub(crate) type CharId = (u64, i32);

/// How many neighbours an edit remembers on each side, in case that partners
/// delete the nearest ones.
const NEIGHBOURS: usize = 8;

/// One edit of a text, as it was done.
#[derive(Clone, Debug)]
pub(crate) struct TextEdit {
    /// Which text.
    pub at: TextAt,
    /// In which language.
    pub lang: Lang,
    /// The first character that came, and how many.
    pub came: Option<(CharId, usize)>,
    /// The characters that went.
    pub went: Vec<(CharId, char)>,
    /// The nearest characters before the spot, nearest first.
    before: Vec<CharId>,
    /// The nearest characters behind it, nearest first.
    behind: Vec<CharId>,
    /// The spot as a plain position, where no neighbour is left.
    spot: usize,
}

/// Characters that went and were brought back have a new identity; earlier
/// edits still know them by the old one.
#[derive(Debug, Default)]
pub(crate) struct Aliases(BTreeMap<CharId, CharId>);

impl Aliases {
    fn now(&self, mut id: CharId) -> CharId {
        // Each renaming points to a younger character, so this ends.
        while let Some(next) = self.0.get(&id) {
            id = *next;
        }
        id
    }

    /// Forgets everything: no step is left that could ask.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

fn char_id(text: &LoroText, at: usize) -> Option<CharId> {
    let id = text.get_cursor(at, Side::Middle)?.id?;
    Some((id.peer, id.counter))
}

/// Replaces a stretch; `next` is the identity that the next operation gets.
/// Nothing when the stretch is not there.
pub(crate) fn splice(
    text: &LoroText,
    (at, lang): (TextAt, &Lang),
    (spot, delete, insert): (usize, usize, &str),
    next: impl Fn() -> CharId,
) -> Option<TextEdit> {
    let len = text.len_unicode();
    let end = spot.checked_add(delete).filter(|end| *end <= len)?;
    let id_at = |at: usize| char_id(text, at);
    let mut went = Vec::new();
    if delete > 0 {
        let gone = text.slice(spot, end).ok()?;
        let ids = (spot..end).map(id_at);
        went = ids
            .zip(gone.chars())
            .filter_map(|(id, c)| Some((id?, c)))
            .collect();
    }
    let first = spot.saturating_sub(NEIGHBOURS);
    let before = (first..spot).rev().filter_map(id_at).collect();
    let behind = (end..len.min(end + NEIGHBOURS)).filter_map(id_at).collect();
    if delete > 0 {
        text.delete(spot, delete).ok()?;
    }
    let mut came = None;
    if !insert.is_empty() {
        let id = next();
        text.insert(spot, insert).ok()?;
        came = Some((id, insert.chars().count()));
    }
    Some(TextEdit {
        at,
        lang: lang.clone(),
        came,
        went,
        before,
        behind,
        spot,
    })
}

/// Takes an edit back: the characters that came go, where they are still
/// there, and those that went come back beside their neighbours. Returns the
/// edits that did this, for the way forward again; none when nothing was left
/// to do.
pub(crate) fn take_back(
    text: &LoroText,
    edit: &TextEdit,
    aliases: &mut Aliases,
    next: impl Fn() -> CharId,
) -> Vec<TextEdit> {
    let mut done = Vec::new();
    let to = (edit.at, &edit.lang);
    if let Some(((peer, first), count)) = edit.came {
        let places = places(text);
        let mut mine: Vec<usize> = (0..count)
            .filter_map(|step| {
                let id = (peer, first.checked_add(i32::try_from(step).ok()?)?);
                places.get(&aliases.now(id)).copied()
            })
            .collect();
        mine.sort_unstable();
        // From behind, so that the earlier places stay right.
        while let Some(last) = mine.pop() {
            let mut start = last;
            while mine.last().is_some_and(|at| at + 1 == start) {
                start -= 1;
                mine.pop();
            }
            done.extend(splice(text, to, (start, last + 1 - start, ""), &next));
        }
    }
    if !edit.went.is_empty() {
        let places = places(text);
        let find = |id: &CharId| places.get(&aliases.now(*id)).copied();
        let spot = (edit.before.iter().find_map(find).map(|at| at + 1))
            .or_else(|| edit.behind.iter().find_map(find))
            .unwrap_or(edit.spot.min(text.len_unicode()));
        let back: String = edit.went.iter().map(|(_, c)| *c).collect();
        if let Some(edit_back) = splice(text, to, (spot, 0, &back), &next) {
            if let Some(((peer, first), _)) = edit_back.came {
                for ((old, _), count) in edit.went.iter().zip(first..) {
                    let old = aliases.now(*old);
                    aliases.0.insert(old, (peer, count));
                }
            }
            done.push(edit_back);
        }
    }
    done
}

/// Where each visible character stands.
fn places(text: &LoroText) -> BTreeMap<CharId, usize> {
    let len = text.len_unicode();
    (0..len)
        .filter_map(|at| Some((char_id(text, at)?, at)))
        .collect()
}
