//! How a plan lies in the saved document: names of containers and keys, and
//! how values are stored. `docs/formats/document.md` says the same in prose.
//! A name that was once released never changes its meaning.

use loro::LoroValue;
use weft_model::{ItemId, Kind, Lang, LinkKey, PartyId, Rank, Uid, Value};

/// The version of this layout that the program writes. A plan with a higher
/// one opens for reading only.
pub const SCHEMA: u32 = 1;

/// Root map: the schema and the plan's id.
pub(crate) const META: &str = "meta";
/// Root map: who writes.
pub(crate) const AUTHORS: &str = "authors";
/// Root map: the links.
pub(crate) const WEAVE: &str = "weave";

/// In `meta`: the version of the layout, a whole number.
pub(crate) const META_SCHEMA: &str = "schema";
/// In `meta`: the plan's id.
pub(crate) const META_PLAN: &str = "plan";

/// In `meta` of an excerpt: the plan that it was taken from.
pub(crate) const META_FROM: &str = "from";
/// In `meta` of an excerpt: how far that plan was, a written version.
pub(crate) const META_FROM_VERSION: &str = "from_version";

/// In `meta` of an excerpt: the party for which it was made, where it is for one.
pub(crate) const META_MADE_FOR: &str = "made_for";

/// In `meta`: how far an excerpt was whose changes were carried over, and the
/// version that the changes have here, both written, one behind the other.
pub(crate) fn carried_key(excerpt: Uid) -> String {
    format!("carried/{excerpt}")
}

/// In an item: its place among its siblings.
pub(crate) const ORDER: &str = "~order";
/// In an item: true once it was deleted.
pub(crate) const DELETED: &str = "~deleted";

/// In `authors`: the author behind a peer.
pub(crate) fn peer_key(peer: u64) -> String {
    format!("peer/{}", Uid(peer))
}

/// What `authors` says of an author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AuthorField {
    /// What the author is called.
    Name,
    /// As what the author works.
    Role,
    /// The public key.
    Key,
    /// The uid of the party.
    Party,
    /// The number of a colour.
    Colour,
}

impl AuthorField {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Name, "name"),
        (Self::Role, "role"),
        (Self::Key, "key"),
        (Self::Party, "party"),
        (Self::Colour, "colour"),
    ];
}

/// In `authors`: one thing about an author.
pub(crate) fn author_key(author: Uid, field: AuthorField) -> String {
    let name = AuthorField::ALL.iter().find(|(it, _)| *it == field);
    format!("author/{author}/{}", name.map_or("", |(_, name)| name))
}

/// Reads such a key; nothing for one that this program does not know.
pub(crate) fn read_author_key(text: &str) -> Option<(Uid, AuthorField)> {
    let (author, name) = text.strip_prefix("author/")?.split_once('/')?;
    let (field, _) = AuthorField::ALL.iter().find(|(_, it)| *it == name)?;
    Some((author.parse().ok()?, *field))
}

/// What a key of the weave says of its link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Facet {
    /// The link itself and its level.
    Level,
    /// How strongly it holds.
    Strength,
    /// A party that may see it.
    To(PartyId),
    /// The remark in one language.
    Note(Lang),
}

/// The key in `weave` under which one thing about a link is stored.
pub(crate) fn link_key(link: &LinkKey, facet: &Facet) -> String {
    match facet {
        Facet::Level => link.to_string(),
        Facet::Strength => format!("{link}#strength"),
        Facet::To(party) => format!("{link}#to/{party}"),
        Facet::Note(lang) => format!("{link}#note@{lang}"),
    }
}

/// Reads a key of `weave`; nothing for one that this program does not know.
pub(crate) fn read_link_key(text: &str) -> Option<(LinkKey, Facet)> {
    let Some((link, rest)) = text.split_once('#') else {
        return Some((text.parse().ok()?, Facet::Level));
    };
    let facet = if rest == "strength" {
        Facet::Strength
    } else if let Some(party) = rest.strip_prefix("to/") {
        Facet::To(PartyId(party.parse().ok()?))
    } else {
        Facet::Note(Lang::new(rest.strip_prefix("note@")?)?)
    };
    Some((link.parse().ok()?, facet))
}

/// A level as stored: 0 says that the level is not stated.
pub(crate) fn store_level(level: Option<Rank>) -> LoroValue {
    LoroValue::I64(i64::from(level.unwrap_or(0)))
}

/// A stored level; nothing where no link is (shown).
pub(crate) fn read_level(value: &LoroValue) -> Option<Option<Rank>> {
    match value {
        LoroValue::I64(0) => Some(None),
        LoroValue::I64(rank @ 1..=9) => Some(Some(*rank as Rank)),
        _ => None,
    }
}

/// A stored strength.
pub(crate) fn read_strength(value: &LoroValue) -> Option<u8> {
    match value {
        LoroValue::I64(strength @ 1..=5) => Some(*strength as u8),
        _ => None,
    }
}

/// A primitive as stored.
pub(crate) fn store(value: &Value) -> LoroValue {
    match value {
        Value::Bool(yes) => LoroValue::Bool(*yes),
        Value::Int(number) => LoroValue::I64(*number),
        Value::Str(text) => LoroValue::String(text.as_str().into()),
    }
}

/// The primitive in a stored value; nothing for what no field holds.
pub(crate) fn read(value: &LoroValue) -> Option<Value> {
    Some(match value {
        LoroValue::Bool(yes) => Value::Bool(*yes),
        LoroValue::I64(number) => Value::Int(*number),
        LoroValue::String(text) => Value::Str(text.to_string()),
        _ => return None,
    })
}

/// The item behind a key of a kind's root map.
pub(crate) fn read_item(kind: Kind, key: &str) -> Option<ItemId> {
    let uid = key.parse().ok()?;
    Some(ItemId { kind, uid })
}
