//! Elective pools that tables name, or mark in a title: `（二选一）`.

use std::collections::BTreeMap;

use weft_model::{ItemId, Kind, Lang, Value, field};

use super::{At, Importer};
use crate::tables::cells;
use crate::tables::target::Target;
use field::module;

/// Elective pools that a sheet names.
#[derive(Default)]
pub(super) struct Pools(BTreeMap<String, Pool>);

/// One pool: where it is named first, how many to take, and the members.
struct Pool {
    number: usize,
    row: usize,
    lang: Lang,
    name: String,
    take: i64,
    members: Vec<ItemId>,
}

/// The pool of a row: its key, its name and how many of it are taken.
pub(super) fn pool_of(at: At<'_>, category: &str) -> Option<(String, String, i64)> {
    let name = at.first(Target::Pool);
    if !name.is_empty() {
        let take = cells::whole(at.first(Target::PoolTake)).unwrap_or(1);
        return Some((name.to_owned(), name.to_owned(), take));
    }
    let (_, mark, take) = cells::pool_mark(at.first(Target::Field(module::title)))?;
    Some((format!("{category}|{mark}"), mark, take))
}

impl Importer<'_> {
    /// The pool that a row names, for when all rows are in.
    pub(super) fn note_pool(&self, at: At<'_>, item: ItemId, pools: &mut Pools) {
        let category = self
            .work
            .plan
            .modules
            .raw(item.uid.into())
            .and_then(|module| module.category);
        let category = category.map_or_else(String::new, |category| category.0.to_string());
        if let Some((key, name, take)) = pool_of(at, &category) {
            let lang = at.lang(None, &name);
            let entry = pools.0.entry(key).or_insert_with(|| Pool {
                number: at.number,
                row: at.row,
                lang,
                name,
                take,
                members: Vec::new(),
            });
            entry.members.push(item);
        }
    }

    /// Elective pools: known by a member or by their name, else made.
    pub(super) fn pools(&mut self, pools: Pools) {
        use field::elective_pool;
        for pool in pools.0.into_values() {
            let Pool {
                number,
                row,
                lang,
                name,
                take,
                members,
            } = pool;
            let sheets = self.sheets;
            let at = At {
                number,
                row,
                sheet: &sheets[number].0,
                matching: &sheets[number].1,
            };
            let by_id = self.meant(Kind::ElectivePool, &name);
            let known = self.work.plan.elective_pools.iter().find(|pool| {
                pool.members
                    .iter()
                    .any(|member| members.contains(&(*member).into()))
                    || pool.title.iter().any(|(_, title)| title == name)
            });
            let item = match by_id.or_else(|| known.map(|pool| ItemId::from(pool.id))) {
                Some(item) => {
                    self.work.met(item);
                    item
                }
                None => {
                    let item = self.work.fresh(Kind::ElectivePool);
                    let values = vec![
                        (0, elective_pool::title.lang(lang), Value::Str(name)),
                        (0, elective_pool::take_modules.key(), Value::Int(take)),
                    ];
                    if self.add(at, item, None, values).is_err() {
                        continue;
                    }
                    item
                }
            };
            for member in members {
                self.put(
                    at,
                    None,
                    item,
                    elective_pool::members.member(member.uid),
                    Some(Value::Bool(true)),
                );
            }
        }
    }
}
