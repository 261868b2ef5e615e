//! What no other table has a column for: one value per row, under the id of
//! its item. With these rows the tables carry a plan as it reads now but for
//! what the format names as lost.

use weft_model::{ABOUT, Field, FieldKey, ItemId, Kind, Shape, Sub, Tier, Uid, Value, field};

use super::{Tables, columns};
use crate::tables::target::TableKind;

/// Kinds that neither a table nor these rows carry: what people have said of
/// the plan, and what its file keeps for the way back of a framework.
pub(crate) const UNCARRIED: &[Kind] = &[
    Kind::FrameworkPart,
    Kind::Comment,
    Kind::Expert,
    Kind::Verdict,
    Kind::Proposal,
    Kind::NamedVersion,
    Kind::Signature,
    Kind::Amendment,
    Kind::RevisionReason,
];

/// Fields that neither carries: who may see an item, and what is kept as its
/// source had it.
pub(crate) fn is_uncarried(field: Field) -> bool {
    field.name() == "visible_to" || field.shape() == Shape::Verbatim
}

/// How far other tables carry the items of a kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Carried {
    /// Not at all.
    Not,
    /// The item, and some of its values.
    Partly,
}

impl Tables<'_> {
    pub(super) fn further(&self) -> Vec<Vec<String>> {
        let head = [
            "weft id",
            "weft kind",
            "belongs to weft id",
            "weft field",
            "weft part",
            "about",
            "value",
        ];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        // What others belong to comes before them.
        let mut kinds: Vec<Kind> = Kind::ALL.to_vec();
        kinds.retain(|kind| !UNCARRIED.contains(kind));
        let owned = |kind: &Kind| kind.owner_field().is_some();
        kinds.sort_by_key(owned);
        for kind in kinds {
            for item in self.live(kind) {
                self.values(item, &mut rows);
            }
        }
        rows
    }

    /// The rows of one item.
    fn values(&self, item: ItemId, rows: &mut Vec<Vec<String>>) {
        let carried = self.carried(item);
        let owner = self.plan.any(item.kind).owner(item.uid);
        let row = |key: Option<&FieldKey>, value: String| {
            let part = match key.map(|key| &key.sub) {
                Some(Sub::Lang(lang)) => lang.to_string(),
                Some(Sub::Member(uid)) => uid.to_string(),
                _ => String::new(),
            };
            vec![
                item.uid.to_string(),
                item.kind.name().to_owned(),
                owner.map_or_else(String::new, |uid| uid.to_string()),
                key.map_or_else(String::new, |key| key.field.name().to_owned()),
                part,
                self.plan.title(item).show(&self.first_lang()).to_owned(),
                value,
            ]
        };
        let from = rows.len();
        self.plan
            .any(item.kind)
            .values(item.uid, &mut |key, value| {
                if Some(key.field) == item.kind.owner_field()
                    || is_uncarried(key.field)
                    || !self.is_chosen(&key)
                    || carried == Carried::Partly && self.has_column(item, &key, &value)
                    || self.is_in_its_module(item, &key)
                {
                    return;
                }
                if let Some(text) = self.further_value(&key, &value).filter(|it| !it.is_empty()) {
                    rows.push(row(Some(&key), text));
                }
            });
        if carried == Carried::Not && item != ABOUT && rows.len() == from {
            rows.push(row(None, String::new()));
        }
    }

    fn is_chosen(&self, key: &FieldKey) -> bool {
        match &key.sub {
            Sub::Lang(lang) => self.langs.contains(lang),
            _ => true,
        }
    }

    /// A value in a cell; none: it points to what is not there.
    fn further_value(&self, key: &FieldKey, value: &Value) -> Option<String> {
        if let (Shape::Map(kind, _) | Shape::Set(kind), Sub::Member(uid)) =
            (key.field.shape(), &key.sub)
        {
            let member = ItemId { kind, uid: *uid };
            self.plan.is_live(member).then_some(())?;
        }
        let shape = match key.field.shape() {
            Shape::Map(_, inner) => *inner,
            shape => shape,
        };
        match (shape, value) {
            (Shape::Ref(kind), Value::Str(uid)) => {
                let item = ItemId {
                    kind,
                    uid: uid.parse().ok()?,
                };
                // Words such as "3" or "autumn" may name several terms.
                match kind {
                    Kind::Term => self.plan.is_live(item).then(|| uid.clone()),
                    _ => self.name(item),
                }
            }
            (Shape::Hours | Shape::Credits | Shape::Years, Value::Int(halves)) => {
                Some(weft_model::Hours::from_halves(*halves).to_string())
            }
            (_, Value::Int(number)) => Some(number.to_string()),
            (_, Value::Bool(yes)) => Some(if *yes { "yes" } else { "no" }.to_owned()),
            (_, Value::Str(text)) => Some(text.clone()),
        }
    }

    /// Whether the row of a module names this pool as its own.
    fn is_in_its_module(&self, item: ItemId, key: &FieldKey) -> bool {
        let (field::elective_pool::members, Sub::Member(uid)) = (key.field, &key.sub) else {
            return false;
        };
        let module = (*uid).into();
        let mut pools = self.plan.elective_pools.iter();
        let first = pools.find(|pool| pool.members.contains(&module));
        first.is_some_and(|pool| pool.id.0 == item.uid)
    }

    fn carried(&self, item: ItemId) -> Carried {
        let plan = self.plan;
        let own_table = TableKind::ALL.iter().any(|table| {
            !matches!(table, TableKind::Further | TableKind::Rotation) && table.item() == item.kind
        });
        let carried = match item.kind {
            Kind::Offering => plan
                .offerings
                .get(item.uid.into())
                .is_some_and(|offering| self.stretch(offering).is_some()),
            Kind::RotationBlock => plan
                .rotation_blocks
                .get(item.uid.into())
                .is_some_and(|block| {
                    block.term.is_some() && block.first_week.is_some() && block.last_week.is_some()
                }),
            _ => own_table,
        };
        if carried {
            Carried::Partly
        } else {
            Carried::Not
        }
    }

    /// Whether a column of the item's own table holds the value.
    fn has_column(&self, item: ItemId, key: &FieldKey, value: &Value) -> bool {
        use field::{job_item, module, offering, order, party, rotation_block, specification_item};
        let tables = TableKind::ALL.iter().filter(|it| it.item() == item.kind);
        let plainly = |table: &TableKind| columns(*table).iter().any(|it| it.1 == key.field);
        if tables.copied().any(|table| plainly(&table)) {
            return true;
        }
        match key.field {
            job_item::tier | job_item::required_level => true,
            module::category => self.has_category(value),
            module::total_hours | module::hours_by_place => true,
            // Bracketed hours are not counted.
            module::counted => {
                let module = self.plan.modules.get(item.uid.into());
                let total = module.and_then(|module| module.total_hours);
                *value == Value::Bool(false) && total.is_some()
            }
            specification_item::supported_by => true,
            // Columns and rows of these are named after job roles.
            party::staff_by_role | order::seats | order::enterprise_recruits => match key.sub {
                Sub::Member(line) => {
                    let line = self.plan.job_items.get(line.into());
                    line.and_then(|line| line.tier)
                        .is_some_and(|tier| tier.0 == Tier::Role)
                }
                _ => false,
            },
            order::code | order::enterprise | order::intake_year | order::retention_percent => true,
            // Where it starts is named as a loss: an offering has no id here.
            field if field.kind() == Kind::Offering => field != offering::module,
            rotation_block::term
            | rotation_block::first_week
            | rotation_block::last_week
            | rotation_block::group
            | rotation_block::size
            | rotation_block::place
            | rotation_block::modules
            | rotation_block::venues => true,
            _ => false,
        }
    }

    /// Whether the title of a category tells it from the others.
    fn has_category(&self, value: &Value) -> bool {
        let uid: Option<Uid> = value.as_str().and_then(|uid| uid.parse().ok());
        let title = |uid: Uid| {
            self.plan.title(ItemId {
                kind: Kind::Category,
                uid,
            })
        };
        uid.is_some_and(|uid| {
            let own = title(uid);
            let alike = |other: Uid| {
                let other = title(other);
                own.iter().any(|(lang, words)| other.get(lang) == words)
            };
            let others = self.plan.any(Kind::Category).live().into_iter();
            !own.is_empty() && !others.filter(|it| *it != uid).any(alike)
        })
    }
}
