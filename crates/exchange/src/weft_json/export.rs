//! A plan as Weft JSON. One item per line, kinds and fields in the order of
//! the schema, items below each owner in their order, links by module,
//! competency and unit: the same plan always gives the same bytes.

use std::collections::BTreeSet;

use serde_json::{Map, Number, Value as Json, json};
use weft_model::{
    ABOUT, AnyTable, Aspect, CommentId, Field, FieldKey, ItemId, Kind, Lang, Link, LinkKey,
    PartyId, Plan, ProposalId, Shape, Sub, Subject, Text, Uid, Value, VerdictId, WaiverId,
    pointed_to,
};

use super::{FORMAT, VERSION};

/// What an export leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExportOptions {
    /// Write deleted items too, marked as such.
    pub deleted: bool,
    /// Leave out what this party may not see.
    pub reader: Option<PartyId>,
}

/// The whole plan, without what was deleted.
pub fn export(plan: &Plan) -> Vec<u8> {
    export_with(plan, ExportOptions::default())
}

/// The plan, as far as the options say. References to what is left out are
/// left out too.
pub fn export_with(plan: &Plan, options: ExportOptions) -> Vec<u8> {
    let sight = Sight::of(plan, options);
    let mut out = format!("{{\"format\":\"{FORMAT}\",\"version\":{VERSION},");
    if let Some(reader) = options.reader {
        out.push_str(&format!("\"made_for\":\"{reader}\","));
    }
    out.push_str("\n\"about\":");
    out.push_str(&Json::Object(sight.item(ABOUT)).to_string());
    for kind in Kind::ALL.iter().filter(|kind| **kind != Kind::About) {
        let items = sight.in_order(*kind);
        let lines = items.into_iter().map(|uid| {
            let mut line = Map::new();
            line.insert("id".into(), uid.to_string().into());
            let item = ItemId { kind: *kind, uid };
            if !plan.any(*kind).is_live(uid) {
                line.insert("deleted".into(), true.into());
            }
            line.extend(sight.item(item));
            Json::Object(line)
        });
        array(&mut out, kind.name(), lines);
    }
    let links = plan
        .weave
        .iter()
        .filter(|(key, link)| sight.link(key, link));
    array(
        &mut out,
        "links",
        links.map(|(key, link)| sight.link_json(key, link)),
    );
    out.push_str("\n}\n");
    out.into_bytes()
}

/// What of a plan such a file holds: its items, and how many links.
pub(crate) fn held(plan: &Plan, options: ExportOptions) -> (BTreeSet<ItemId>, usize) {
    let sight = Sight::of(plan, options);
    let links = plan.weave.iter();
    let links = links.filter(|(key, link)| sight.link(key, link)).count();
    (sight.seen, links)
}

fn array(out: &mut String, name: &str, lines: impl Iterator<Item = Json>) {
    let mut separator = format!(",\n\"{name}\":[\n");
    let mut any = false;
    for line in lines {
        out.push_str(&separator);
        out.push_str(&line.to_string());
        ",\n".clone_into(&mut separator);
        any = true;
    }
    if any {
        out.push_str("\n]");
    }
}

/// What the reader of the file may see of a plan.
struct Sight<'a> {
    plan: &'a Plan,
    options: ExportOptions,
    seen: BTreeSet<ItemId>,
}

impl<'a> Sight<'a> {
    fn of(plan: &'a Plan, options: ExportOptions) -> Self {
        let mut sight = Self {
            plan,
            options,
            seen: BTreeSet::new(),
        };
        for kind in Kind::ALL {
            for uid in plan.any(*kind).every() {
                let item = ItemId { kind: *kind, uid };
                if sight.shows(item) {
                    sight.seen.insert(item);
                }
            }
        }
        sight.keep_named_parties();
        sight.leave_out_talk();
        sight
    }

    /// What is said about something that the reader may not see is not for it
    /// either.
    fn leave_out_talk(&mut self) {
        if self.options.reader.is_none() {
            return;
        }
        loop {
            let seen = self.seen.iter().copied();
            let hidden: Vec<ItemId> = seen.filter(|it| !self.speaks_of_seen(*it)).collect();
            if hidden.is_empty() {
                return;
            }
            for item in hidden {
                self.seen.remove(&item);
            }
        }
    }

    fn speaks_of_seen(&self, item: ItemId) -> bool {
        let (plan, uid) = (self.plan, item.uid);
        let about = |words: &str| words.parse().ok();
        match item.kind {
            Kind::Comment => plan.comments.raw(CommentId(uid)).is_none_or(|it| {
                let answers = it.reply_to.is_none_or(|to| self.goes(to.0.into()));
                answers && self.tells(about(&it.anchor))
            }),
            Kind::Proposal => plan.proposals.raw(ProposalId(uid)).is_none_or(|it| {
                let what: Option<Aspect> = it.target.parse().ok();
                let answers = it.counters.is_none_or(|to| self.goes(to.0.into()));
                answers && self.tells(what.map(|what| what.subject()))
            }),
            Kind::Waiver => {
                (plan.waivers.raw(WaiverId(uid))).is_none_or(|it| self.tells(about(&it.subject)))
            }
            Kind::Verdict => (plan.verdicts.raw(VerdictId(uid)))
                .is_none_or(|it| it.expert.is_none_or(|to| self.goes(to.0.into()))),
            _ => true,
        }
    }

    /// Whether this is in the file, or is missing for everybody.
    fn goes(&self, item: ItemId) -> bool {
        let there = self.plan.any(item.kind).is_live(item.uid);
        self.seen.contains(&item) || (!there && self.may_see(item))
    }

    fn tells(&self, subject: Option<Subject>) -> bool {
        match subject {
            None => false,
            Some(Subject::Plan) => true,
            Some(Subject::Item(item)) => item == ABOUT || self.seen.contains(&item),
            Some(Subject::Link(key)) => match self.plan.weave.get(&key) {
                Some(link) => self.link(&key, link),
                None => {
                    let ends: [ItemId; 2] = [key.module.into(), key.competency.into()];
                    ends.iter().all(|end| self.seen.contains(end))
                }
            },
        }
    }

    /// What is shown to deleted parties alone must not come back shown to
    /// all: such parties are written, marked as deleted.
    fn keep_named_parties(&mut self) {
        let mut named: BTreeSet<ItemId> = BTreeSet::new();
        for item in &self.seen {
            let field = item.kind.field("visible_to");
            self.plan
                .any(item.kind)
                .values(item.uid, &mut |key, value| {
                    if Some(key.field) == field {
                        named.extend(pointed_to(&key, &value));
                    }
                });
        }
        let links = self
            .plan
            .weave
            .iter()
            .filter(|(key, link)| self.link(key, link));
        named.extend(
            links.flat_map(|(_, link)| link.visible_to.iter().map(|party| ItemId::from(*party))),
        );
        named.retain(|party| self.plan.any(party.kind).has(party.uid) && self.may_see(*party));
        self.seen.extend(named);
    }

    /// Whether the item and all that it belongs to may be written.
    fn shows(&self, item: ItemId) -> bool {
        let mut at = item;
        // Owners form short chains; a ring made by two partners ends here.
        for _ in 0..16 {
            let table = self.plan.any(at.kind);
            let there = if self.options.deleted {
                table.has(at.uid)
            } else {
                table.is_live(at.uid)
            };
            if !there || !self.may_see(at) {
                return false;
            }
            let owner_kind = at
                .kind
                .owner_field()
                .and_then(|field| field.shape().target());
            match (owner_kind, table.owner(at.uid)) {
                (None, _) => return true,
                // A line of the outline may stand alone, nothing else may.
                (Some(_), None) => return at.kind == Kind::JobItem,
                (Some(Kind::JobItem), Some(uid))
                    if at.kind == Kind::JobItem && !self.plan.any(Kind::JobItem).has(uid) =>
                {
                    return true;
                }
                (Some(kind), Some(uid)) => at = ItemId { kind, uid },
            }
        }
        true
    }

    fn may_see(&self, item: ItemId) -> bool {
        let Some(reader) = self.options.reader else {
            return true;
        };
        let Some(field) = item.kind.field("visible_to") else {
            return true;
        };
        let mut named = false;
        let mut any = false;
        self.plan.any(item.kind).values(item.uid, &mut |key, _| {
            if key.field == field {
                any = true;
                named |= key.sub == Sub::Member(reader.0);
            }
        });
        !any || named
    }

    fn link(&self, key: &LinkKey, link: &Link) -> bool {
        let reader = self.options.reader;
        let visible = reader
            .is_none_or(|reader| link.visible_to.is_empty() || link.visible_to.contains(&reader));
        let unit = key.unit.is_none_or(|unit| {
            let there = self.plan.units.raw(unit).and_then(|unit| unit.module);
            self.seen.contains(&unit.into()) && there.is_some_and(|to| to.0 == key.module)
        });
        visible
            && unit
            && self.seen.contains(&key.module.into())
            && self.seen.contains(&key.competency.into())
    }

    /// The items of a kind: below each owner in their order, owners as they
    /// stand in the file.
    fn in_order(&self, kind: Kind) -> Vec<Uid> {
        let table = self.plan.any(kind);
        let seen = |uid: &Uid| self.seen.contains(&ItemId { kind, uid: *uid });
        let mut out: Vec<Uid> = Vec::new();
        let mut done = BTreeSet::new();
        let mut push = |uid: Uid, out: &mut Vec<Uid>| {
            if seen(&uid) && done.insert(uid) {
                out.push(uid);
            }
        };
        match kind.owner_field().and_then(|field| field.shape().target()) {
            Some(owner) if owner == kind => {
                let mut stack: Vec<Uid> = self.siblings(table, None).into_iter().rev().collect();
                let mut visited = BTreeSet::new();
                while let Some(uid) = stack.pop() {
                    if visited.insert(uid) {
                        push(uid, &mut out);
                        stack.extend(self.siblings(table, Some(uid)).into_iter().rev());
                    }
                }
            }
            Some(owner) => {
                for above in self.in_order(owner) {
                    for uid in self.siblings(table, Some(above)) {
                        push(uid, &mut out);
                    }
                }
            }
            None => {
                for uid in self.siblings(table, None) {
                    push(uid, &mut out);
                }
            }
        }
        for uid in table.every() {
            push(uid, &mut out);
        }
        out
    }

    /// Live items below an owner and, where wanted, deleted ones among them.
    fn siblings(&self, table: &dyn AnyTable, owner: Option<Uid>) -> Vec<Uid> {
        let mut all = table.below(owner);
        if self.options.deleted {
            all.extend(
                table
                    .every()
                    .into_iter()
                    .filter(|uid| !table.is_live(*uid) && table.owner(*uid) == owner),
            );
            all.sort_by_key(|uid| (table.order(*uid).unwrap_or_default().to_owned(), *uid));
        }
        all
    }

    fn link_json(&self, key: &LinkKey, link: &Link) -> Json {
        let mut out = Map::new();
        out.insert("module".into(), key.module.to_string().into());
        if let Some(unit) = key.unit {
            out.insert("unit".into(), unit.to_string().into());
        }
        out.insert("competency".into(), key.competency.to_string().into());
        if let Some(level) = link.level {
            out.insert("level".into(), level.into());
        }
        if let Some(strength) = link.strength {
            out.insert("strength".into(), strength.into());
        }
        if !link.note.is_empty() {
            out.insert("note".into(), text_json(&link.note));
        }
        if !link.visible_to.is_empty() {
            let parties: Vec<String> = link
                .visible_to
                .iter()
                .filter(|party| self.seen.contains(&(**party).into()))
                .map(ToString::to_string)
                .collect();
            out.insert("visible_to".into(), parties.into());
        }
        Json::Object(out)
    }

    /// All fields of an item that hold something.
    fn item(&self, item: ItemId) -> Map<String, Json> {
        let mut out = Map::new();
        // What the plan says of itself: its languages and figures alone.
        let bare = item == ABOUT && !self.may_see(ABOUT);
        self.plan
            .any(item.kind)
            .values(item.uid, &mut |key, value| {
                let words = value.as_str().is_some() && key.field.shape() != Shape::Langs;
                let to = pointed_to(&key, &value);
                if !(bare && words) && to.is_none_or(|to| self.seen.contains(&to)) {
                    put(&mut out, &key, &value);
                }
            });
        out
    }
}

/// Writes one stored value into the fields of an item.
pub(crate) fn put(out: &mut Map<String, Json>, key: &FieldKey, value: &Value) {
    let name = key.field.name();
    match (key.field.shape(), &key.sub) {
        (Shape::Set(_), Sub::Member(uid)) => {
            let set = out.entry(name).or_insert_with(|| json!([]));
            if let Json::Array(members) = set {
                members.push(uid.to_string().into());
            }
        }
        (Shape::Map(_, inner), Sub::Member(uid)) => {
            into_object(out, name, uid.to_string(), single(*inner, value))
        }
        (_, Sub::Lang(lang)) => {
            into_object(out, name, lang.to_string(), single(Shape::Line, value))
        }
        (Shape::Langs, _) => {
            let tags = value.as_str().unwrap_or_default().split_whitespace();
            out.insert(name.into(), tags.collect::<Vec<_>>().into());
        }
        (shape, _) => {
            out.insert(name.into(), single(shape, value));
        }
    }
}

fn into_object(out: &mut Map<String, Json>, name: &str, key: String, value: Json) {
    if let Json::Object(object) = out.entry(name).or_insert_with(|| json!({})) {
        object.insert(key, value);
    }
}

fn single(shape: Shape, value: &Value) -> Json {
    match value {
        Value::Bool(yes) => Json::Bool(*yes),
        Value::Str(text) => Json::String(text.clone()),
        Value::Int(number) if matches!(shape, Shape::Hours | Shape::Credits | Shape::Years) => {
            halves(*number)
        }
        Value::Int(number) => Json::Number((*number).into()),
    }
}

/// 96 is 48, 97 is 48.5: halves are exact in binary fractions.
fn halves(number: i64) -> Json {
    if number % 2 == 0 {
        return Json::Number((number / 2).into());
    }
    Number::from_f64(number as f64 / 2.0).map_or(Json::Null, Json::Number)
}

fn text_json(text: &Text) -> Json {
    let pairs = text
        .iter()
        .map(|(lang, words): (&Lang, &str)| (lang.to_string(), words.into()));
    Json::Object(pairs.collect())
}

/// The fields of a kind as the schema and the import see them.
pub(super) fn is_pointing(field: Field) -> bool {
    field.shape().target().is_some()
}
