//! What was changed on two sides at the same time, neither having seen the
//! other. The document shows one of the values; the others are found in the
//! history. Every copy finds the same, and one that is decided anywhere, by
//! writing a value or by confirming the one that stands, is decided everywhere.

use std::collections::BTreeMap;

use loro::ID;
use weft_model::{Aspect, ItemId, LinkKey, Plan, Subject, TextAt, Uid, Value};

use crate::document::Document;
use crate::line::end_of_line;
use crate::side::{Head, Side};
use crate::wording;

/// A value that somebody wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The value, as a [`Difference`](weft_model::Difference) tells it.
    pub value: Option<Value>,
    /// Who, by the uid; 0 where nobody gave one.
    pub author: Uid,
    /// When, in milliseconds since 1970, by the clock of whoever did it.
    pub at_millis: i64,
}

/// Something that was changed on several sides at the same time.
#[derive(Clone, Debug, PartialEq)]
pub enum Clash {
    /// One value, written differently.
    Value {
        /// What.
        what: Aspect,
        /// The value that is shown.
        shown: Claim,
        /// Those that are not.
        others: Vec<Claim>,
    },
    /// A text that several rewrote at one spot: their letters stand mixed.
    Text {
        /// Which, in which language.
        what: Aspect,
        /// As it reads now.
        reads: Option<Value>,
        /// How it read for each of them.
        sides: Vec<Claim>,
    },
    /// An item that one deleted, or a link that one took away, while another worked
    /// on it.
    Deleted {
        /// The item or the link.
        subject: Subject,
        /// Who did that, and when.
        by: Claim,
        /// What was written meanwhile, with the values.
        edited: Vec<(Aspect, Claim)>,
    },
}

impl Clash {
    /// What it is about.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Value { what, .. } | Self::Text { what, .. } => what.subject(),
            Self::Deleted { subject, .. } => *subject,
        }
    }
}

impl Document {
    /// How often something came from elsewhere that was not here. What was done
    /// at the same time grows with that alone.
    pub fn merges(&self) -> u64 {
        self.others.merges()
    }

    /// What is still open of all that was changed at the same time, sorted by
    /// what it is. Texts merge by character: they are listed where two worked at one
    /// spot of them. Places settle by themselves and are not listed, unless the item
    /// was deleted meanwhile.
    pub fn clashes(&self) -> Vec<Clash> {
        if !self.look_on() {
            return Vec::new();
        }
        let side = self.side.borrow();
        side.as_ref()
            .map_or_else(Vec::new, |side| self.clashes_in(side))
    }

    /// Reads what merges have brought since the last look, for [`Document::clashes`] to
    /// have less to read: it takes as long as there is news. False: all is one line.
    pub fn look_on(&self) -> bool {
        let Some(begin) = end_of_line(&self.loro) else {
            return false;
        };
        let mut side = self.side.borrow_mut();
        // What came late may have begun further back.
        let kept = side.take().filter(|side| side.begin == begin);
        let mut walked = kept.unwrap_or_else(|| Side::new(begin));
        walked.go_on(&self.loro);
        *side = Some(walked);
        true
    }

    fn clashes_in(&self, side: &Side) -> Vec<Clash> {
        let heads = &side.heads;
        let mut all = Vec::new();
        let mut deleted: BTreeMap<Subject, &Head> = BTreeMap::new();
        for (what, heads) in heads {
            let gone = match what {
                Aspect::Presence(item) => !self.plan.any(item.kind).is_live(item.uid),
                Aspect::Link(key) => {
                    self.plan.weave.get(key).is_none() && visible(&self.plan, what)
                }
                _ => false,
            };
            if gone && let Some(head) = heads.iter().rfind(|head| head.value.is_none()) {
                deleted.insert(what.subject(), head);
            }
            let listed = !matches!(what, Aspect::Presence(_) | Aspect::Place(_));
            if heads.len() < 2 || !listed || what.is_a_note() || !visible(&self.plan, what) {
                continue;
            }
            if side.strokes.contains_key(what) {
                all.extend(self.of_text(side, what, heads));
                continue;
            }
            let shows = side.reader.now(what);
            let Some(shown) = heads.iter().rfind(|head| head.value == shows) else {
                continue;
            };
            let others = heads.iter().filter(|head| head.value != shows);
            let others: Vec<Claim> = others.map(Head::claim).collect();
            if !others.is_empty() {
                // Whoever decides about a link decides about what hangs on it.
                deleted.remove(&what.subject());
                all.push(Clash::Value {
                    what: what.clone(),
                    shown: shown.claim(),
                    others,
                });
            }
        }
        let links = worked_on(heads);
        for (subject, gone) in deleted {
            let edited = match subject {
                Subject::Item(item) => self.edited_meanwhile(heads, item, gone),
                Subject::Link(key) => {
                    let all = links.get(&key).into_iter().flatten();
                    let apart = all.filter_map(|(what, all)| {
                        let head = all.iter().find(|head| head.apart(gone))?;
                        Some(((*what).clone(), head))
                    });
                    apart.collect()
                }
                Subject::Plan => Vec::new(),
            };
            if !edited.is_empty() {
                let edited = edited.into_iter().map(|(what, head)| (what, head.claim()));
                all.push(Clash::Deleted {
                    subject,
                    by: gone.claim(),
                    edited: edited.collect(),
                });
            }
        }
        all.sort_by_key(Clash::subject);
        all
    }

    fn of_text(&self, side: &Side, what: &Aspect, heads: &[Head]) -> Option<Clash> {
        let ids: Vec<ID> = heads.iter().map(|head| head.id).collect();
        let mut found = side.texts.borrow_mut();
        if let Some((held, clash)) = found.get(what)
            && *held == ids
        {
            return clash.clone();
        }
        let strokes = side.strokes.get(what)?;
        let reads = reads(&self.plan, what);
        let told = wording::sides(&self.loro, what, strokes, heads);
        let claims = told.into_iter().map(|(head, text)| Claim {
            value: (!text.is_empty()).then_some(Value::Str(text)),
            ..head.claim()
        });
        let sides: Vec<Claim> = claims.collect();
        let clash = sides
            .iter()
            .any(|it| it.value != reads)
            .then(|| Clash::Text {
                what: what.clone(),
                reads,
                sides,
            });
        found.insert(what.clone(), (ids, clash.clone()));
        clash
    }

    /// What was written of an item, of what belongs to it down to the last, and of the
    /// links of all these, by those who did not know that it was deleted.
    fn edited_meanwhile<'a>(
        &self,
        heads: &'a BTreeMap<Aspect, Vec<Head>>,
        item: ItemId,
        gone: &Head,
    ) -> Vec<(Aspect, &'a Head)> {
        let mut found = Vec::new();
        let below = |it: &ItemId| self.plan.above(*it).contains(&item);
        for (what, all) in heads {
            let mine = match what.subject() {
                Subject::Plan => false,
                Subject::Item(it) => match what {
                    Aspect::Presence(_) | Aspect::Place(_) => below(&it),
                    _ => it == item || below(&it),
                },
                Subject::Link(key) => what.touches(item) || ends(&key).any(|end| below(&end)),
            };
            if mine && let Some(head) = all.iter().find(|head| head.apart(gone)) {
                found.push((what.clone(), head));
            }
        }
        found
    }
}

/// What was written at links besides their levels, by link.
fn worked_on(heads: &BTreeMap<Aspect, Vec<Head>>) -> BTreeMap<LinkKey, Vec<(&Aspect, &Vec<Head>)>> {
    let mut all: BTreeMap<LinkKey, Vec<_>> = BTreeMap::new();
    for (what, heads) in heads {
        if let Aspect::Strength(key) | Aspect::Shown(key, _) | Aspect::Note(key, _) = what {
            all.entry(*key).or_default().push((what, heads));
        }
    }
    all
}

fn ends(key: &LinkKey) -> impl Iterator<Item = ItemId> + use<> {
    let ends = [
        Some(key.module.into()),
        Some(key.competency.into()),
        key.unit.map(Into::into),
    ];
    ends.into_iter().flatten()
}

/// A text as the plan shows it.
fn reads(plan: &Plan, what: &Aspect) -> Option<Value> {
    match what {
        Aspect::Value(item, key) => plan.value(*item, key),
        Aspect::Note(key, lang) => {
            let words = plan.text(TextAt::LinkNote(*key), lang);
            (!words.is_empty()).then_some(Value::Str(words))
        }
        _ => None,
    }
}

/// Whether what it is about is there to be seen.
fn visible(plan: &Plan, what: &Aspect) -> bool {
    match what {
        Aspect::Strength(key) | Aspect::Shown(key, _) | Aspect::Note(key, _)
            if plan.weave.get(key).is_none() =>
        {
            false
        }
        _ => match what.subject() {
            Subject::Plan => true,
            Subject::Item(item) => plan.is_live(item),
            Subject::Link(key) => ends(&key).all(|end| plan.is_live(end)),
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeSet;

    use loro::VersionVector;
    use rand::Rng;

    use super::*;
    use crate::{Author, PeerId};

    /// The whole history walked through at once.
    fn from_the_beginning(document: &Document) -> Vec<Clash> {
        let mut side = Side::new(VersionVector::default());
        side.go_on(&document.loro);
        document.clashes_in(&side)
    }

    /// Without those items below what was deleted that two partners made under one uid,
    /// as devices do not: of the two, one walk has the one and another the other.
    fn told(mut clashes: Vec<Clash>, twice: &BTreeSet<ItemId>) -> Vec<Clash> {
        for clash in &mut clashes {
            if let Clash::Deleted { edited, .. } = clash {
                edited.retain(
                    |(what, _)| !matches!(what, Aspect::Presence(item) if twice.contains(item)),
                );
            }
        }
        clashes
    }

    #[test]
    fn walking_on_behind_the_line_finds_what_the_whole_history_says() {
        let (mut found, mut texts) = (0, 0);
        for seed in 0..120 {
            let mut rng = weft_sample::chance(seed);
            let author = Author::default();
            let mut first = Document::create(Uid(1), PeerId(1), &author, 0);
            for _ in 0..rng.random_range(0..40) {
                let act = weft_sample::random_act(first.plan(), &mut rng);
                drop(first.apply(&act, 0));
            }
            let saved = first.save();
            let mut all = vec![first];
            for peer in 2..=4 {
                let opened = Document::open(Uid(1), [&saved], PeerId(peer)).unwrap();
                all.push(opened.document);
            }
            let (mut made, mut twice) = (BTreeSet::new(), BTreeSet::new());
            for now in 0..70 {
                let at = rng.random_range(0..all.len());
                if rng.random_ratio(1, 4) {
                    let from = rng.random_range(0..all.len());
                    let news = all[from].updates_since(&all[at].version());
                    all[at].merge(&news).unwrap();
                } else {
                    let act = weft_sample::random_act(all[at].plan(), &mut rng);
                    let done = all[at].apply(&act, now * 700).is_ok();
                    for command in act.commands.iter().filter(|_| done) {
                        if let weft_model::Command::Add { item, .. } = command
                            && !made.insert(*item)
                        {
                            twice.insert(*item);
                        }
                    }
                }
                if rng.random_ratio(1, 3) {
                    let clashes = all[at].clashes();
                    found += clashes.len();
                    let is_text = |clash: &&Clash| matches!(clash, Clash::Text { .. });
                    texts += clashes.iter().filter(is_text).count();
                    let whole = from_the_beginning(&all[at]);
                    assert_eq!(
                        told(clashes, &twice),
                        told(whole, &twice),
                        "seed {seed}, {now}"
                    );
                }
            }
        }
        assert!(found > 1_000 && texts > 20, "{found}, {texts}");
    }
}
