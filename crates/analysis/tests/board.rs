//! A board that caught up with changes equals a board built anew, whatever was
//! edited: any field of any kind of item, places, links, damaged values.

use crate::plans::{Draft, example::example, of};
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use weft_analysis::{Board, rules};
use weft_model::*;

const KINDS: &[Kind] = &[
    Kind::JobItem,
    Kind::JobItem,
    Kind::JobItem,
    Kind::Module,
    Kind::Module,
    Kind::Offering,
    Kind::Offering,
    Kind::Unit,
    Kind::Assessment,
    Kind::ElectivePool,
    Kind::Term,
    Kind::Place,
    Kind::Category,
    Kind::ScaleLevel,
    Kind::SpecificationItem,
    Kind::Track,
    Kind::Party,
    Kind::Venue,
];

/// Fields that much is derived from: edited more often than others.
fn weighty(kind: Kind) -> Vec<Field> {
    use field::{assessment as a, job_item as j, module as m, offering as o, term as t};
    match kind {
        Kind::JobItem => vec![j::required_level, j::importance, j::learn_at, j::code],
        Kind::Module => vec![
            m::total_hours,
            m::theory_hours,
            m::practice_hours,
            m::credits,
            m::credit_basis,
            m::prerequisites,
            m::parallels,
            m::hours_by_place,
            m::code,
            m::period,
            m::tracks,
        ],
        Kind::Offering => vec![
            o::term,
            o::pattern,
            o::weeks,
            o::hours_per_week,
            o::start_week,
        ],
        Kind::Assessment => vec![a::competencies, a::weight],
        Kind::Term => vec![t::weeks, t::teaching_weeks, t::enterprise_weeks],
        _ => vec![],
    }
}

/// Uids that references point to although nothing has them, at first.
const NOWHERE: u64 = 5_000_000;

struct Chance {
    rng: ChaCha8Rng,
    next: u64,
}

impl Chance {
    fn any(&mut self, plan: &Plan, kind: Kind) -> Option<Uid> {
        plan.any(kind).live().choose(&mut self.rng).copied()
    }

    fn scalar(&mut self, plan: &Plan, shape: &Shape) -> Option<Value> {
        let rng = &mut self.rng;
        Some(match shape {
            Shape::Line | Shape::Verbatim | Shape::Text | Shape::Langs => {
                Value::str(*["A1", "A2", " A1", "", "zh-CN"].choose(rng)?)
            }
            Shape::Bool => Value::Bool(rng.random()),
            Shape::Int { min, max } => Value::Int(rng.random_range(*min..=(*max).min(min + 20))),
            Shape::Hours | Shape::Credits | Shape::Years => {
                Value::Int(*[0, 1, 6, 32, 64, 96].choose(rng)?)
            }
            Shape::Day => Value::str("2026-09-07"),
            Shape::Choice(ids) => Value::str(*ids.choose(rng)?),
            Shape::Ref(kind) => Value::Str(self.any(plan, *kind)?.to_string()),
            Shape::Set(_) => Value::Bool(true),
            Shape::Map(_, inner) => return self.scalar(plan, inner),
        })
    }

    fn entry(&mut self, plan: &Plan, kind: Kind) -> Option<(FieldKey, Option<Value>)> {
        let weighty = weighty(kind);
        let fields: Vec<Field> = if !weighty.is_empty() && self.rng.random_bool(0.75) {
            weighty
        } else {
            kind.all_fields().collect()
        };
        let field = *fields.choose(&mut self.rng)?;
        let shape = field.shape();
        let key = match shape {
            Shape::Text => field.lang(Lang::zh()),
            Shape::Set(kind) | Shape::Map(kind, _) => field.member(self.any(plan, kind)?),
            _ => field.key(),
        };
        let value = self.scalar(plan, &shape)?;
        Some((key, self.rng.random_bool(0.85).then_some(value)))
    }

    fn link(&mut self, plan: &Plan) -> Option<LinkKey> {
        let module = ModuleId(self.any(plan, Kind::Module)?);
        let lines: Vec<_> = Outline::of(plan).competencies().collect();
        let competency = *lines.choose(&mut self.rng)?;
        let units: Vec<_> = plan.units.below(module).map(|unit| unit.id).collect();
        let unit = units.choose(&mut self.rng).copied();
        let unit = unit.filter(|_| self.rng.random_bool(0.5));
        Some(LinkKey {
            module,
            competency,
            unit,
        })
    }

    fn item(&mut self, plan: &Plan) -> Option<ItemId> {
        let kind = *KINDS.choose(&mut self.rng)?;
        Some(ItemId {
            kind,
            uid: self.any(plan, kind)?,
        })
    }

    fn add(&mut self, plan: &Plan) -> Option<Command> {
        let kind = *KINDS.choose(&mut self.rng)?;
        self.next += 1;
        let item = ItemId {
            kind,
            uid: Uid(1_000_000 + self.next),
        };
        // Now and then what a reference pointed to before it was there.
        let item = match self.rng.random_range(0..20) {
            0 => ItemId {
                kind: item.kind,
                uid: Uid(NOWHERE + self.rng.random_range(0..4)),
            },
            _ => item,
        };
        let mut owner = None;
        let mut fields = Vec::new();
        if kind == Kind::JobItem {
            let tier = *Tier::ALL.choose(&mut self.rng)?;
            fields.push(of(field::job_item::tier, tier));
            let rows: Vec<_> = Outline::of(plan).rows().to_vec();
            let above: Vec<_> = rows.iter().filter(|row| row.tier < tier).collect();
            owner = above.choose(&mut self.rng).map(|row| row.id.0);
        } else if let Some(target) = kind.owner_field().and_then(|f| f.shape().target()) {
            owner = Some(self.any(plan, target)?);
        }
        for _ in 0..4 {
            if let Some((key, Some(value))) = self.entry(plan, kind)
                && kind.owner_field() != Some(key.field)
                && key.field != field::job_item::tier
            {
                fields.push((key, value));
            }
        }
        Some(Command::Add {
            item,
            owner,
            spot: Spot::Last,
            fields,
        })
    }

    fn waive(&mut self, board: &Board) -> Option<Command> {
        let findings: Vec<_> = board.findings().collect();
        let finding = findings.choose(&mut self.rng)?;
        self.next += 1;
        let item = ItemId {
            kind: Kind::Waiver,
            uid: Uid(1_000_000 + self.next),
        };
        let line = |field: Field, text: String| (field.key(), Value::Str(text));
        let fields = vec![
            line(field::waiver::rule, finding.rule.to_owned()),
            line(field::waiver::subject, finding.subject.to_string()),
            line(field::waiver::figures, finding.figures.to_string()),
        ];
        Some(Command::Add {
            item,
            owner: None,
            spot: Spot::Last,
            fields,
        })
    }

    fn rule(&mut self, plan: &Plan) -> Option<Command> {
        self.next += 1;
        let item = ItemId {
            kind: Kind::Rule,
            uid: Uid(1_000_000 + self.next),
        };
        let id = rules().choose(&mut self.rng)?.id;
        let on = (field::rule::on.key(), Value::Bool(self.rng.random()));
        let code = (field::rule::code.key(), Value::str(id));
        let fields = vec![code, on, of(field::rule::severity, Severity::Info)];
        (plan.rules.len() < 3).then_some(Command::Add {
            item,
            owner: None,
            spot: Spot::Last,
            fields,
        })
    }

    fn command(&mut self, plan: &Plan, board: &Board) -> Option<Command> {
        Some(match self.rng.random_range(0..100) {
            0..20 => self.add(plan)?,
            20..50 => {
                let item = self.item(plan)?;
                let (key, value) = self.entry(plan, item.kind)?;
                Command::Set { item, key, value }
            }
            50..70 => {
                let level = self
                    .rng
                    .random_bool(0.7)
                    .then(|| self.rng.random_range(1..=4));
                Command::Link {
                    key: self.link(plan)?,
                    level,
                }
            }
            70..76 => {
                let keys: Vec<_> = plan.weave.iter().map(|(key, _)| *key).collect();
                Command::Unlink {
                    key: *keys.choose(&mut self.rng)?,
                }
            }
            76..82 => Command::Delete {
                item: self.item(plan)?,
            },
            82..88 => {
                let kind = *KINDS.choose(&mut self.rng)?;
                let table = plan.any(kind);
                let every = table.every().into_iter();
                let gone: Vec<_> = every.filter(|uid| !table.is_live(*uid)).collect();
                let uid = *gone.choose(&mut self.rng)?;
                Command::Restore {
                    item: ItemId { kind, uid },
                }
            }
            88..94 => {
                let item = self.item(plan)?;
                let mut owner = plan.any(item.kind).owner(item.uid);
                if item.kind == Kind::JobItem && self.rng.random() {
                    owner = self.any(plan, Kind::JobItem);
                }
                Command::Move {
                    item,
                    owner,
                    spot: Spot::First,
                }
            }
            94..97 => self.waive(board)?,
            97..98 => self.rule(plan)?,
            _ => {
                let (key, value) = self.entry(plan, Kind::About)?;
                Command::Set {
                    item: ABOUT,
                    key,
                    value,
                }
            }
        })
    }

    /// What a partner's copy can bring: values that fit nowhere, references
    /// into nothing, lines below their own children, links without ends.
    fn odd_write(&mut self, plan: &Plan) -> Option<Write> {
        let nowhere = Uid(NOWHERE + self.rng.random_range(0..4));
        Some(match self.rng.random_range(0..4) {
            0 => {
                let item = self.item(plan)?;
                let (key, _) = self.entry(plan, item.kind)?;
                if item.kind.owner_field() == Some(key.field) {
                    return None;
                }
                Write::Put {
                    item,
                    key,
                    value: Some(Value::Int(-7)),
                }
            }
            1 => Write::Put {
                item: ItemId {
                    kind: Kind::Module,
                    uid: self.any(plan, Kind::Module)?,
                },
                key: field::module::prerequisites.member(nowhere),
                value: Some(Value::Bool(true)),
            },
            2 => Write::Put {
                item: ItemId {
                    kind: Kind::JobItem,
                    uid: self.any(plan, Kind::JobItem)?,
                },
                key: field::job_item::parent.key(),
                value: Some(Value::Str(self.any(plan, Kind::JobItem)?.to_string())),
            },
            _ => {
                let mut key = self.link(plan)?;
                key.unit = Some(UnitId(nowhere));
                Write::Link {
                    key,
                    level: Some(Some(1)),
                }
            }
        })
    }
}

/// Edits a plan at random; after every edit the board must be right.
fn edits(mut draft: Draft, seed: u64, steps: usize) -> BTreeSet<&'static str> {
    let mut spoke = BTreeSet::new();
    let mut board = Board::new(&draft.plan);
    let mut chance = Chance {
        rng: ChaCha8Rng::seed_from_u64(seed),
        next: seed * 10_000,
    };
    for step in 0..steps {
        let mut change = Change::default();
        let said;
        if chance.rng.random_bool(0.07) {
            let Some(write) = chance.odd_write(&draft.plan) else {
                continue;
            };
            draft.plan.write(&write, &mut change);
            said = format!("{write:?}");
        } else {
            let Some(command) = chance.command(&draft.plan, &board) else {
                continue;
            };
            said = format!("{command:?}");
            let act = Act::one(Verb::Edit, Subject::Plan, command);
            // Impossible edits are part of life and change nothing.
            let Ok((done, writes)) = draft.plan.apply(&act) else {
                continue;
            };
            change = done;
            if chance.rng.random_bool(0.1) {
                for write in writes.iter().rev() {
                    if !matches!(write, Write::Create { .. }) {
                        draft.plan.write(&draft.plan.inverse(write), &mut change);
                    }
                }
            }
        }
        board.apply(&draft.plan, &change);
        spoke.extend(board.findings().map(|finding| finding.rule));
        let fresh = Board::new(&draft.plan);
        if board != fresh {
            let differ = |a: String, b: String| {
                let line = a.lines().zip(b.lines()).find(|(a, b)| a != b);
                line.map(|(a, b)| format!("{a} / {b}"))
            };
            let facts = differ(
                format!("{:#?}", board.facts()),
                format!("{:#?}", fresh.facts()),
            );
            let old: Vec<_> = board
                .findings()
                .filter(|f| !fresh.findings().any(|g| g == *f))
                .collect();
            let new: Vec<_> = fresh
                .findings()
                .filter(|f| !board.findings().any(|g| g == *f))
                .collect();
            panic!(
                "seed {seed}, step {step}: {said}\nfacts: {facts:?}\nkept: {old:?}\nmissed: {new:?}"
            );
        }
    }
    assert_eq!(
        pointing(&draft.plan),
        pointing_by_value(&draft.plan),
        "seed {seed}"
    );
    spoke
}

/// What points to what.
fn pointing(plan: &Plan) -> BTreeSet<(ItemId, ItemId)> {
    let mut all = BTreeSet::new();
    for kind in Kind::ALL.iter().copied() {
        plan.any(kind).every_target(&mut |uid, to| {
            all.insert((ItemId { kind, uid }, to));
        });
    }
    all
}

/// The same, read off the values of the items one by one.
fn pointing_by_value(plan: &Plan) -> BTreeSet<(ItemId, ItemId)> {
    let mut all = BTreeSet::new();
    for kind in Kind::ALL.iter().copied() {
        for uid in plan.any(kind).live() {
            plan.any(kind).references(uid, &mut |key, value| {
                all.extend(pointed_to(&key, &value).map(|to| (ItemId { kind, uid }, to)));
            });
        }
    }
    all
}

#[test]
fn a_board_that_caught_up_equals_one_built_anew_from_an_empty_plan() {
    let mut spoke = BTreeSet::new();
    for seed in 0..60 {
        spoke.extend(edits(Draft::default(), seed, 400));
    }
    // The edits are worth something only if they make the rules speak.
    let silent: Vec<_> = rules()
        .iter()
        .map(|info| info.id)
        .filter(|id| !spoke.contains(id))
        .collect();
    assert_eq!(silent, [""; 0]);
}

#[test]
fn a_board_that_caught_up_equals_one_built_anew_from_the_example() {
    for seed in 100..104 {
        edits(example(), seed, 100);
    }
}

#[test]
fn a_board_that_caught_up_equals_one_built_anew_after_whole_acts() {
    for seed in 0..20 {
        let mut rng = weft_sample::chance(seed);
        let mut plan = Plan::new();
        let mut board = Board::new(&plan);
        for step in 0..200 {
            let act = weft_sample::random_act(&plan, &mut rng);
            if let Ok((change, _)) = plan.apply(&act) {
                board.apply(&plan, &change);
                assert!(
                    board == Board::new(&plan),
                    "seed {seed}, step {step}: {act:?}"
                );
            }
        }
    }
}

#[test]
fn a_change_of_everything_is_a_board_built_anew() {
    let draft = example();
    let mut board = Board::default();
    assert!(board.apply(&draft.plan, &Change::whole()).all);
    assert_eq!(board, Board::new(&draft.plan));
}
