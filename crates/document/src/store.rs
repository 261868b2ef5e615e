//! From writes to the saved document. Everything goes through here; nothing
//! here decides.

use loro::{ContainerTrait, LoroDoc, LoroMap, LoroResult, LoroText, LoroValue, ValueOrContainer};
use weft_model::{Aspect, ItemId, Lang, LinkKey, PartyId, Splice, TextAt, Write};

use crate::layout::{self, Facet};
use crate::texts::{CharId, TextEdit, splice};

/// Takes writes. Keeps the last item at hand, because acts come item by item.
pub(crate) struct Pen<'a> {
    doc: &'a LoroDoc,
    peer: u64,
    /// The first operation of the open commit.
    first: i32,
    last: Option<(ItemId, LoroMap)>,
    /// Something stood where only this program's containers should stand: the
    /// plan must be read anew.
    pub odd: bool,
}

impl<'a> Pen<'a> {
    /// A pen for a commit that begins at this count of operations.
    pub fn new(doc: &'a LoroDoc, first: i32) -> Self {
        Self {
            doc,
            peer: doc.peer_id(),
            first,
            last: None,
            odd: false,
        }
    }

    /// The identity of the next operation.
    fn next(&self) -> CharId {
        let pending = i32::try_from(self.doc.get_pending_txn_len()).unwrap_or(i32::MAX);
        (self.peer, self.first.saturating_add(pending))
    }

    /// Does one write. A splice gives the edit that it was.
    pub fn write(&mut self, write: &Write) -> LoroResult<Option<TextEdit>> {
        match write {
            Write::Create { item, order } | Write::Order { item, order } => {
                self.item(*item)?.insert(layout::ORDER, order.as_str())?;
            }
            Write::Put { item, key, value } => {
                let (map, key) = (self.item(*item)?, key.to_string());
                match value {
                    Some(value) => map.insert(&key, layout::store(value))?,
                    None => take_out(&map, &key)?,
                }
            }
            Write::Deleted { item, deleted } => {
                self.item(*item)?.insert(layout::DELETED, *deleted)?;
            }
            Write::Link { key, level } => {
                let (map, key) = (self.weave(), layout::link_key(key, &Facet::Level));
                match level {
                    Some(level) => map.insert(&key, layout::store_level(*level))?,
                    None => take_out(&map, &key)?,
                }
            }
            Write::Strength { key, strength } => {
                let (map, key) = (self.weave(), layout::link_key(key, &Facet::Strength));
                match strength {
                    Some(strength) => map.insert(&key, i64::from(*strength))?,
                    None => take_out(&map, &key)?,
                }
            }
            Write::ShowLink { key, party, named } => {
                let (map, key) = (self.weave(), layout::link_key(key, &Facet::To(*party)));
                match named {
                    true => map.insert(&key, true)?,
                    false => take_out(&map, &key)?,
                }
            }
            Write::Confirm { what } => self.again(what)?,
            Write::Splice { at, lang, splice } => return self.splice(*at, lang, splice),
        }
        Ok(None)
    }

    fn splice(&mut self, at: TextAt, lang: &Lang, wanted: &Splice) -> LoroResult<Option<TextEdit>> {
        let text = self.text(at, lang)?;
        let edit = splice(
            &text,
            (at, lang),
            (wanted.at, wanted.delete, &wanted.insert),
            || self.next(),
        );
        // The plan shows another text than the one that is stored: one that
        // grew too long by merging. The caller puts that right.
        self.odd |= edit.is_none();
        Ok(edit)
    }

    /// Runs an edit of a text that is already there.
    pub fn edit<T>(
        &mut self,
        at: TextAt,
        lang: &Lang,
        edit: impl FnOnce(&LoroText, &dyn Fn() -> CharId) -> T,
    ) -> LoroResult<T> {
        let text = self.text(at, lang)?;
        Ok(edit(&text, &|| self.next()))
    }

    /// Makes a text read exactly so.
    pub fn set_text(&mut self, at: TextAt, lang: &Lang, to: &str) -> LoroResult<()> {
        let text = self.text(at, lang)?;
        text.delete(0, text.len_unicode())?;
        text.insert(0, to)
    }

    fn weave(&self) -> LoroMap {
        self.doc.get_map(layout::WEAVE)
    }

    /// The map of an item, made if it is not there.
    pub fn item(&mut self, item: ItemId) -> LoroResult<LoroMap> {
        if let Some((known, map)) = &self.last
            && *known == item
        {
            return Ok(map.clone());
        }
        let root = self.doc.get_map(item.kind.name());
        let key = item.uid.to_string();
        self.clear(
            &root,
            &key,
            |stored| matches!(stored, loro::Container::Map(map) if map.id().is_mergeable()),
        )?;
        let map = root.ensure_mergeable_map(&key)?;
        self.last = Some((item, map.clone()));
        Ok(map)
    }

    /// A text, made if it is not there.
    pub fn text(&mut self, at: TextAt, lang: &Lang) -> LoroResult<LoroText> {
        let (map, key) = match at {
            TextAt::Field(item, field) => (self.item(item)?, field.lang(lang.clone()).to_string()),
            TextAt::LinkNote(key) => (
                self.weave(),
                layout::link_key(&key, &Facet::Note(lang.clone())),
            ),
        };
        self.clear(
            &map,
            &key,
            |stored| matches!(stored, loro::Container::Text(text) if text.id().is_mergeable()),
        )?;
        map.ensure_mergeable_text(&key)
    }

    /// Makes room at a key where something foreign stands.
    fn clear(
        &mut self,
        map: &LoroMap,
        key: &str,
        ours: impl FnOnce(&loro::Container) -> bool,
    ) -> LoroResult<()> {
        match map.get(key) {
            None => {}
            Some(ValueOrContainer::Container(stored)) if ours(&stored) => {}
            Some(_) => {
                map.delete(key)?;
                self.odd = true;
            }
        }
        Ok(())
    }

    /// Who wrote this register last.
    pub fn last_editor(&self, register: &Write) -> Option<u64> {
        let item = |item: &ItemId, key: &str| {
            let root = self.doc.get_map(item.kind.name());
            match root.get(&item.uid.to_string()) {
                Some(ValueOrContainer::Container(loro::Container::Map(map))) => {
                    map.get_last_editor(key)
                }
                _ => None,
            }
        };
        let link = |key: &LinkKey, facet: Facet| {
            self.weave().get_last_editor(&layout::link_key(key, &facet))
        };
        match register {
            Write::Create { item: at, .. } => item(at, layout::DELETED),
            Write::Deleted { item: at, .. } => item(at, layout::DELETED),
            Write::Order { item: at, .. } => item(at, layout::ORDER),
            Write::Put { item: at, key, .. } => item(at, &key.to_string()),
            Write::Link { key, .. } => link(key, Facet::Level),
            Write::Strength { key, .. } => link(key, Facet::Strength),
            Write::ShowLink { key, party, .. } => link(key, Facet::To(PartyId(party.0))),
            Write::Splice { .. } | Write::Confirm { .. } => None,
        }
    }

    /// Stores the present value once more. Writing an equal one costs no
    /// operation, so it is taken out before; nothing is stored as null.
    fn again(&mut self, what: &Aspect) -> LoroResult<()> {
        let (map, key) = match what {
            Aspect::Presence(item) => (self.item(*item)?, layout::DELETED.to_owned()),
            Aspect::Place(item) => (self.item(*item)?, layout::ORDER.to_owned()),
            Aspect::Value(item, key) => (self.item(*item)?, key.to_string()),
            Aspect::Link(key) => (self.weave(), layout::link_key(key, &Facet::Level)),
            Aspect::Strength(key) => (self.weave(), layout::link_key(key, &Facet::Strength)),
            Aspect::Shown(key, party) => (self.weave(), layout::link_key(key, &Facet::To(*party))),
            Aspect::Note(key, lang) => (
                self.weave(),
                layout::link_key(key, &Facet::Note(lang.clone())),
            ),
        };
        let value = match map.get(&key) {
            Some(ValueOrContainer::Value(value)) => value,
            // A letter that comes and goes: somebody was here and left it so.
            Some(ValueOrContainer::Container(loro::Container::Text(text))) => {
                text.insert(0, " ")?;
                return text.delete(0, 1);
            }
            Some(ValueOrContainer::Container(_)) => return Ok(()),
            None => LoroValue::Null,
        };
        take_out(&map, &key)?;
        map.insert(&key, value)
    }
}

/// Takes a value out; one that is not there costs no operation.
fn take_out(map: &LoroMap, key: &str) -> LoroResult<()> {
    match map.get(key) {
        Some(_) => map.delete(key),
        None => Ok(()),
    }
}
