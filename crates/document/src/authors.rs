//! Who writes: what the plan says of its authors, by peer and by person.

use std::collections::BTreeMap;

use loro::{LoroValue, ValueOrContainer};
use weft_model::{PartyId, Uid};

use crate::document::{Author, Document};
use crate::layout::{self, AuthorField};

impl Document {
    /// Everybody who has written here, by their uid. All of it is claimed.
    pub fn authors(&self) -> BTreeMap<Uid, Author> {
        let mut all: BTreeMap<Uid, Author> = BTreeMap::new();
        self.loro.get_map(layout::AUTHORS).for_each(|key, value| {
            let (Some((uid, field)), ValueOrContainer::Value(value)) =
                (layout::read_author_key(key), value)
            else {
                return;
            };
            let author = all.entry(uid).or_insert_with(|| Author {
                uid,
                ..Author::default()
            });
            match (field, value) {
                (AuthorField::Name, LoroValue::String(name)) => author.name = name.to_string(),
                (AuthorField::Role, LoroValue::String(role)) => author.role = role.to_string(),
                (AuthorField::Key, LoroValue::String(key)) => author.key = key.to_string(),
                (AuthorField::Party, LoroValue::String(party)) => {
                    author.party = party.parse().ok().map(PartyId);
                }
                (AuthorField::Colour, LoroValue::I64(colour)) => {
                    author.colour = u8::try_from(colour).unwrap_or_default();
                }
                _ => {}
            }
        });
        all
    }

    /// Whether somebody who has written here says more of themselves than stands here.
    pub(crate) fn reads_otherwise(&self, author: &Author) -> bool {
        let says = !author.name.is_empty() || author.party.is_some();
        let mut known = self.authors();
        says && known.remove(&author.uid).is_some_and(|it| it != *author)
    }

    /// Somebody with what stands here of them where they have not said it themselves: on
    /// another device, or after its storage was cleared, they are still who they were.
    pub fn as_known(&self, author: &Author) -> Author {
        let mut author = author.clone();
        if let Some(known) = self.authors().remove(&author.uid) {
            author.party = author.party.or(known.party);
            if author.role.is_empty() {
                author.role = known.role;
            }
            if author.colour == 0 {
                author.colour = known.colour;
            }
        }
        author
    }

    /// Notes who this session's peer is. Values equal to the present ones cost no
    /// operation; what was never said is not written.
    pub(crate) fn sign(&mut self) {
        let map = self.loro.get_map(layout::AUTHORS);
        let author = &self.author;
        let peer = layout::peer_key(self.loro.peer_id());
        let party = author.party.map(|party| party.to_string());
        let colour = i64::from(author.colour);
        let fields: [(AuthorField, LoroValue); 5] = [
            (AuthorField::Name, author.name.as_str().into()),
            (AuthorField::Role, author.role.as_str().into()),
            (AuthorField::Key, author.key.as_str().into()),
            (AuthorField::Party, party.unwrap_or_default().into()),
            (AuthorField::Colour, colour.into()),
        ];
        let mut done = map.insert(&peer, author.uid.to_string()).is_ok();
        for (field, value) in fields {
            let key = layout::author_key(author.uid, field);
            let empty = value == "".into() || value == 0_i64.into();
            if field == AuthorField::Name || !empty || map.get(&key).is_some() {
                done &= map.insert(&key, value).is_ok();
            }
        }
        self.signed = done;
    }
}
