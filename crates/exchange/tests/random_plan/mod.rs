//! Random plans from a seed, by way of commands, for round-trip tests.

use weft_model::*;

/// A small fixed sequence of random numbers (splitmix64).
pub struct Seeded(pub u64);

impl Seeded {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    pub fn uid(&mut self) -> Uid {
        Uid(self.next() | 1)
    }
}

const WORDS: &[&str] = &[
    "数控车削",
    "Turning",
    "Prüfen",
    "=1+1",
    "'-x",
    "a,b;\"c\"\nd",
    "😀",
    "\u{7}\t",
    "</script>",
    " leading",
];

/// Applies `steps` random commands; those that are impossible fall away.
pub fn random_plan(seed: u64, steps: usize, moving: bool) -> Plan {
    let mut seeded = Seeded(seed);
    let mut plan = Plan::new();
    for _ in 0..steps {
        let command = random_command(&plan, &mut seeded, moving);
        plan.apply(&Act::one(Verb::Edit, Subject::Plan, command))
            .ok();
    }
    plan
}

fn pick(plan: &Plan, kind: Kind, seeded: &mut Seeded) -> Option<Uid> {
    let live: Vec<Uid> = plan
        .any(kind)
        .live()
        .into_iter()
        .filter(|uid| plan.is_live(ItemId { kind, uid: *uid }))
        .collect();
    (!live.is_empty()).then(|| live[seeded.below(live.len())])
}

fn random_command(plan: &Plan, seeded: &mut Seeded, moving: bool) -> Command {
    let kind = match seeded.below(3) {
        0 => Kind::ALL[seeded.below(Kind::ALL.len())],
        1 => Kind::JobItem,
        _ => Kind::Module,
    };
    let picked = pick(plan, kind, seeded).unwrap_or_default();
    let item = ItemId { kind, uid: picked };
    match seeded.below(if moving { 12 } else { 8 }) {
        // A plan has one "about", from the start.
        0..=2 if kind != Kind::About => {
            let owner_kind = kind.owner_field().and_then(|field| field.shape().target());
            let owner = owner_kind.and_then(|kind| {
                if seeded.below(5) == 0 {
                    None
                } else {
                    pick(plan, kind, seeded)
                }
            });
            let mut fields = vec![];
            if kind == Kind::JobItem {
                fields.push((
                    field::job_item::tier.key(),
                    Value::str(Tier::IDS[seeded.below(4)]),
                ));
            }
            let spot = if moving && seeded.below(2) == 0 {
                Spot::First
            } else {
                Spot::Last
            };
            Command::Add {
                item: ItemId {
                    kind,
                    uid: seeded.uid(),
                },
                owner,
                spot,
                fields,
            }
        }
        0..=5 => {
            let field = kind
                .all_fields()
                .nth(seeded.below(kind.fields().len()))
                .unwrap();
            let (key, value) = random_value(plan, field, seeded);
            // A tier changed afterwards can leave a line where it cannot come in again.
            let key = if field == field::job_item::tier {
                field::job_item::code.key()
            } else {
                key
            };
            Command::Set {
                item,
                key,
                value: Some(value),
            }
        }
        6 | 7 => {
            let module = pick(plan, Kind::Module, seeded).unwrap_or_default();
            let lines: Vec<Uid> = Outline::of(plan).competencies().map(Into::into).collect();
            let competency = if lines.is_empty() {
                Uid(0)
            } else {
                lines[seeded.below(lines.len())]
            };
            let units: Vec<UnitId> = plan.units.below(module).map(|unit| unit.id).collect();
            let unit = (seeded.below(2) == 0 && !units.is_empty())
                .then(|| units[seeded.below(units.len())]);
            let key = LinkKey {
                module: ModuleId(module),
                competency: JobItemId(competency),
                unit,
            };
            match seeded.below(4) {
                0 => Command::Strength {
                    key,
                    strength: Some(seeded.below(5) as u8 + 1),
                },
                1 => Command::Write {
                    at: TextAt::LinkNote(key),
                    lang: Lang::de(),
                    splice: Splice {
                        at: 0,
                        delete: 0,
                        insert: WORDS[seeded.below(WORDS.len())].into(),
                    },
                },
                _ => Command::Link {
                    key,
                    level: (seeded.below(3) > 0).then(|| seeded.below(9) as u8 + 1),
                },
            }
        }
        8 | 9 => Command::Move {
            item,
            owner: plan.any(kind).owner(picked),
            spot: if seeded.below(2) == 0 {
                Spot::First
            } else {
                Spot::Last
            },
        },
        10 => Command::Delete { item },
        _ => Command::Restore { item },
    }
}

fn random_value(plan: &Plan, field: Field, seeded: &mut Seeded) -> (FieldKey, Value) {
    let words = |seeded: &mut Seeded| Value::str(WORDS[seeded.below(WORDS.len())]);
    let single = |shape: Shape, seeded: &mut Seeded| match shape {
        Shape::Bool => Value::Bool(seeded.below(2) == 0),
        Shape::Int { min, max } => {
            Value::Int(min + (seeded.next() % ((max - min) as u64 + 1)) as i64)
        }
        Shape::Hours | Shape::Credits | Shape::Years => Value::Int(seeded.below(2_000_001) as i64),
        Shape::Day => Value::str("2028-02-29"),
        Shape::Choice(ids) => Value::str(ids[seeded.below(ids.len())]),
        Shape::Ref(kind) => Value::Str(pick(plan, kind, seeded).unwrap_or_default().to_string()),
        Shape::Langs => Value::str("zh-CN en"),
        _ => words(seeded),
    };
    match field.shape() {
        Shape::Text => {
            let lang = [Lang::en(), Lang::zh(), Lang::de()][seeded.below(3)].clone();
            (field.lang(lang), words(seeded))
        }
        Shape::Set(kind) => (
            field.member(pick(plan, kind, seeded).unwrap_or_default()),
            Value::Bool(true),
        ),
        Shape::Map(kind, inner) => (
            field.member(pick(plan, kind, seeded).unwrap_or_default()),
            single(*inner, seeded),
        ),
        shape => (field.key(), single(shape, seeded)),
    }
}
